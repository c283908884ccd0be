"""How long a learner waits for ``check``: for each exercise the right answer, wrong ones, and a wrong one drawn.

    python benchmarks/check_time.py [--repeats 5] [--json FILE] [EXERCISE ...]

Milliseconds from the call to the card's HTML. "wrong" is over all wrong answers of the catalogue, "drawn" over those
whose card has a picture; the clock of the same right answer called directly, without a check, is beside them.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["MPLBACKEND"] = "Agg"

from autograde.exercises import CATALOGUE
from autograde.judging.card import Card
from autograde.judging.exercise import Exercise
from autograde.judging.judge import PUBLIC_SEED, judge, questions
from autograde.runtime.silence import sealed

LIMIT_MS = 300.0


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds that an action takes, and what it returns."""
    start = time.perf_counter()
    result = action()
    return 1000 * (time.perf_counter() - start), result


def shown(exercise: Exercise, answer: Callable[..., Any], drawn: bool = True) -> str:
    """What ``check`` does, up to the HTML."""
    with sealed():
        return Card(judge(exercise, answer), exercise if drawn else None)._repr_html_()


def measure(exercise: Exercise, repeats: int) -> dict[str, list[float]]:
    """Milliseconds by kind of answer."""
    times: dict[str, list[float]] = {"direct": [], "right": [], "wrong": [], "drawn": []}
    calls = [args for _, args, _ in questions(exercise, PUBLIC_SEED)]
    wrongs = [exercise.compile(m.wrong) for m in exercise.misconceptions]
    for _ in range(repeats):
        times["direct"].append(timed(lambda: [called(exercise, args) for args in calls])[0])
        times["right"].append(timed(lambda: shown(exercise, exercise.reference))[0])
        for wrong in wrongs:
            times["wrong"].append(timed(lambda wrong=wrong: shown(exercise, wrong, drawn=False))[0])
            took, html = timed(lambda wrong=wrong: shown(exercise, wrong))
            times["drawn"] += [took] if "<img" in html else []
    return times


def called(exercise: Exercise, args: tuple[Any, ...]) -> Any:
    """The reference's answer, or its error."""
    try:
        return exercise.observe(exercise.reference, args)
    except ValueError as error:
        return error


def main() -> int:
    """Print the table; 1 where a median is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exercises", nargs="*", default=list(CATALOGUE), metavar="EXERCISE")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    kinds = ("direct", "right", "wrong", "drawn")
    results: dict[str, dict[str, dict[str, float]]] = {}
    print(f"{'median / max, ms':26}" + "".join(f"{kind:>17}" for kind in kinds))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MLP_COURSE_PROGRESS"] = f"{folder}/progress"
        shown(CATALOGUE["perceptron_predict"], lambda X, w, b: 1 - (X @ w + b > 0))  # imports happen before the clock
        for name in args.exercises:
            times = measure(CATALOGUE[name], args.repeats)
            row = {kind: {"median": statistics.median(t), "max": max(t)} for kind, t in times.items() if t}
            cells = [f"{row[k]['median']:8.1f} /{row[k]['max']:7.1f}" if k in row else f"{'–':>17}" for k in kinds]
            print(f"{name:26}" + "".join(cells))
            results[name] = row
    if args.json:
        args.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return int(any(cell["median"] > LIMIT_MS for row in results.values() for cell in row.values()))


if __name__ == "__main__":
    raise SystemExit(main())
