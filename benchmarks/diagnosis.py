"""What a learner is told about mistakes that the catalogue does not know: how often, how rightly, and how fast.

    python benchmarks/diagnosis.py [--sample 0.1] [--seed 0] [--kind misconceptions|mutants|written] [--lines] [EXERCISE ...]

``misconceptions``: each wrong answer of the catalogue with its own entry (and those that give the same name) taken
away: is it named by a neighbour, is the line found by repair, is something general said, does the exercise itself say
in words what came back (words), is a small call that is still wrong all there is (smaller), or are there only numbers?
``mutants``: right answers with one mechanical slip, two for each answer, drawn from a seed; none was written for the
catalogue.  A line counts as right where it is one of those that differ from the right answer that the wrong one is
nearest to.
``written``: the wrong answers in ``wrong_answers/``, written from the learners' notebooks alone, without a look at the
catalogue, each with what is wrong in it.  Whether a message is right or misleads is for a person to read: ``--lines``.
Each answer stands in linecache as a notebook's cell does, and is judged as ``check`` judges it.
"""

import argparse
import dataclasses
import difflib
import linecache
import os
import random
import re
import statistics
import time
import types
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("MPLBACKEND", "Agg")

import numpy as np

from autograde.authoring.mutants import mutants
from autograde.exercises import CATALOGUE
from autograde.judging.answer import judge_anything
from autograde.judging.diagnosis.repair import search
from autograde.judging.exercise import Exercise
from autograde.judging.judge import PUBLIC_SEED
from autograde.judging.report import Failure
from autograde.runtime.silence import sealed

WRITTEN = Path(__file__).parent / "wrong_answers"
HOW = ("named", "line", "general", "words", "smaller", "numbers")
_PARTS = r"(`[^`]*`( and `[^`]*`)* (is|are) wrong, too\.)? ?(Right in all calls: .*)?"
_COUNT = re.compile(r"(\d+ of \d+ values (is|are) wrong, the others are right\.)? ?" + _PARTS)
_SMALLER = "A small call that is still wrong"
_NUMBERS = re.compile(r"(`[^`]*`(\[\d+\])? is|Got) .*?, expected .*?\.(?= |$)")


@dataclass(frozen=True)
class Wrong:
    """A wrong answer.  right: answers that it may be a slip of.  exercise: as far as the catalogue may know it."""

    exercise: Exercise
    name: str
    source: str
    right: Sequence[str]


def cell(source: str, number: int) -> dict[str, Any]:
    """The names that a source defines, with its text at hand as IPython leaves it."""
    filename = f"<cell {number}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    space: dict[str, Any] = {"np": np, "__name__": "__main__"}
    exec(compile(source, filename, "exec"), space)
    return space


def told(wrong: Wrong, number: int, limit: float = search.SECONDS) -> tuple[str, Failure | None, float]:
    """How a wrong answer is diagnosed, and the seconds of a processor that it took."""
    catalogue = types.MappingProxyType({**{name: CATALOGUE[name] for name in wrong.exercise.needs}})
    start = time.process_time()
    try:
        space = cell(wrong.source, number)
    except Exception:
        return "no answer", None, 0.0
    with sealed():
        answer = space.get(wrong.exercise.name)
        report = judge_anything(wrong.exercise, answer, PUBLIC_SEED, catalogue, space.get)
        failure = search.looked_into(wrong.exercise, report, limit)
    seconds = time.process_time() - start
    linecache.cache.pop(f"<cell {number}>")
    return how(failure), failure, seconds


def how(failure: Failure | None) -> str:
    """The best that a card says."""
    if failure is None:
        return "passes"
    if failure.kind in ("stub", "needs"):
        return "no answer"
    if failure.diagnosis:
        return "named"
    if failure.question:
        return "line"
    problem = failure.trial.problem if failure.trial else None
    rest = _NUMBERS.sub("", failure.advice, count=1).strip()
    if _SMALLER in rest:
        return "smaller"
    if failure.kind == "value" and _COUNT.fullmatch(rest):
        return "words" if problem and problem.key and isinstance(problem.got, str) else "numbers"
    return "general" if rest or failure.kind != "value" else "numbers"


def lines_of(wrong: Wrong) -> set[int]:
    """The lines in which a wrong answer differs from the nearest right one."""
    mine = wrong.source.splitlines()
    best = max(wrong.right, key=lambda text: difflib.SequenceMatcher(None, text, wrong.source).ratio())
    found: set[int] = set()
    for tag, _, _, j1, j2 in difflib.SequenceMatcher(None, best.splitlines(), mine, autojunk=False).get_opcodes():
        if tag != "equal":
            found |= set(range(j1 + 1, j2 + 1)) if j2 > j1 else {j1, j1 + 1}
    return found


def misconceptions(names: Sequence[str]) -> Iterator[Wrong]:
    """Each wrong answer of the catalogue beside an exercise that does not know it."""
    for name in names:
        exercise = CATALOGUE[name]
        for one in exercise.misconceptions:
            rest = [other for other in exercise.misconceptions if other.name != one.name]
            yield Wrong(dataclasses.replace(exercise, misconceptions=rest), one.name, one.wrong, exercise.alternates)


def slips(names: Sequence[str], rng: random.Random) -> Iterator[Wrong]:
    """Two mutants of each right answer."""
    for name in names:
        exercise = CATALOGUE[name]
        for right in exercise.alternates:
            made = list(mutants(right))
            for mutant in rng.sample(made, min(2, len(made))):
                yield Wrong(exercise, str(mutant), mutant.source, [mutant.original])


def written(names: Sequence[str]) -> Iterator[Wrong]:
    """The wrong answers that were written for this: after ``#% exercise: what is wrong`` comes the code."""
    for path in sorted(WRITTEN.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("#% ")[1:]:
            head, source = block.split("\n", 1)
            name, what = head.split(": ", 1)
            if name in names:
                yield Wrong(CATALOGUE[name], what, source, CATALOGUE[name].alternates)


class _ProcessorTime:
    """A clock for the search that stands still while the machine does other things."""

    perf_counter = staticmethod(time.process_time)


def main() -> int:
    """Print a line for each answer that is not told rightly, and the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercises", nargs="*", default=list(CATALOGUE), metavar="EXERCISE")
    text = "of the answers, at random; 0.1 by default"
    parser.add_argument("--sample", type=float, default=0.1, metavar="SHARE", help=text)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", choices=("misconceptions", "mutants", "written"), action="append")
    parser.add_argument(
        "--lines", action="store_true", help="show what is told, but for what the catalogue names itself"
    )
    text = "of a processor that the search for a repair may take"
    parser.add_argument("--seconds", type=float, default=search.SECONDS, help=text)
    args = parser.parse_args()
    search.time = _ProcessorTime  # type: ignore[assignment,misc]
    for kind in args.kind or ("misconceptions", "mutants", "written"):
        rng = random.Random(args.seed)
        found = {
            "misconceptions": lambda: misconceptions(args.exercises),
            "mutants": lambda rng=rng: slips(args.exercises, rng),
            "written": lambda: written(args.exercises),
        }[kind]()
        chosen = [wrong for wrong in found if rng.random() < args.sample]
        measure(kind, chosen, args.lines, args.seconds)
    return 0


def measure(kind: str, chosen: Sequence[Wrong], show: bool, limit: float) -> None:
    """Judge the answers, and say how they were told."""
    counts: Counter[str] = Counter()
    right_lines, seconds = 0, []
    for number, wrong in enumerate(chosen):
        what, failure, took = told(wrong, number, limit)
        counts[what] += 1
        if what in HOW:
            seconds.append(took)
        if what == "line" and failure:
            lines = {int(n) for n in re.findall(r"[Ll]ine (\d+)", failure.question)}
            ok = bool(lines & lines_of(wrong))
            right_lines += ok
            counts["other line"] += not ok
        if show and (kind == "written" or what not in ("named", "no answer")):
            text = f"{failure.diagnosis} | {failure.question} | {failure.slip} | {failure.advice}" if failure else ""
            mark = "" if what != "line" or ok else " OTHER LINE"
            print(f"{wrong.exercise.name}: {wrong.name}\n    {took:.2f} s {what}{mark}: {text}", flush=True)
    total = sum(counts[what] for what in HOW)
    if not total:
        return
    shares = ", ".join(f"{what} {counts[what] / total:.1%}" for what in HOW)
    p95 = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    print(f"{kind}: {total} wrong answers: {shares}; {counts['passes']} pass")
    print(f"    of the lines {right_lines} of {counts['line']} are where the answer differs from a right one")
    times = f"median {statistics.median(seconds):.2f}, p95 {p95:.2f}, most {max(seconds):.2f}"
    print(f"    seconds of a processor: {times}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
