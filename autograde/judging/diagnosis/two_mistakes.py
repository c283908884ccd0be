"""Two known mistakes at once: wrong answers of the catalogue that are edits of one right answer, made together.

Whoever makes two slips gets numbers that no single wrong answer gives.  Most wrong answers differ from the first right
one in a place or two, so two of them can be put together where these places are apart; what both together give is then
compared with what the learner's answer gives, in every call.
"""

import difflib
import functools
import itertools
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from autograde.judging.call import observe
from autograde.judging.diagnosis.recognise import errs, gives_nearly, tells, wrong_answers
from autograde.judging.exercise import Exercise, Misconception, compile_answer
from autograde.judging.trials import Trial

SECONDS = 0.3  # of a processor, for all pairs
_MOST_ELAPSED = 1.0  # seconds on the clock
_MOST_RIGHT = 4  # calls that are right already: there each of two mistakes must do no harm
_QUICK = 0.01  # seconds of a call that may be repeated some hundred times
_WHOLE = 0.4  # of the right answer: what replaces more is no edit

Piece = tuple[int, int, str]  # from which token of the right answer to which one, and what stands there instead


def two_at_once(exercise: Exercise, trials: Sequence[Trial]) -> Misconception | None:
    """The two misconceptions that together give what the answer gives in every trial; None where no two do."""
    wrong = [t for t in trials if t.problem is not None]
    if not wrong or any(t.got.error is not None or t.got.seconds > _QUICK for t in trials) or not tells(wrong):
        return None
    busy, elapsed = time.process_time() + SECONDS, time.perf_counter() + _MOST_ELAPSED
    ordered = sorted(trials, key=lambda t: (t.problem is None, t.got.seconds))
    right = [t for t in ordered if t.problem is None and t.expected.error is None][:_MOST_RIGHT]
    for first, second, source in _pairs(exercise, ordered[0], right):
        if time.process_time() > busy or time.perf_counter() > elapsed:
            break
        try:
            both = compile_answer(source, exercise.name, exercise.needs)
        except Exception:  # what each edit leaves may be no Python together
            continue
        if all(_agrees(exercise, both, t) for t in ordered):
            return Misconception(f"{first.name}; and {second.name}", source, f"Two mistakes. {_joined(first, second)}")
    return None


def _joined(first: Misconception, second: Misconception) -> str:
    return " The other: ".join(dict.fromkeys(hint for hint in (first.hint, second.hint) if hint))


def _agrees(exercise: Exercise, both: Callable[..., Any], trial: Trial) -> bool:
    return gives_nearly(observe(exercise, both, trial.args, _limit(trial)), trial)


def _limit(trial: Trial) -> float:
    return max(20 * trial.got.seconds, 0.05)


def _pairs(
    exercise: Exercise, wrong: Trial, right: Sequence[Trial]
) -> Iterator[tuple[Misconception, Misconception, str]]:
    """Two misconceptions whose edits don't touch, and the source with both.

    Each by itself does no harm in the right calls, and one of them does in the wrong one.
    """
    if not exercise.alternates:
        return
    tokens = _tokens(exercise.alternates[0])
    edits = ((m, fn, _pieces(exercise.alternates[0], m.wrong)) for m, fn in wrong_answers(exercise))
    kept = [(m, fn, p) for m, fn, p in edits if p and all(_agrees(exercise, fn, t) for t in right)]
    harm = {id(p) for _, fn, p in kept if errs(observe(exercise, fn, wrong.args, _limit(wrong)), wrong)}
    for (first, _, a), (second, _, b) in itertools.combinations(kept, 2):
        if id(a) not in harm and id(b) not in harm:
            continue
        pieces = sorted([*a, *b])
        apart = all(x[1] < y[0] for x, y in itertools.pairwise(pieces))
        if first.name != second.name and apart:
            yield first, second, _with(tokens, pieces)


@functools.lru_cache(maxsize=4_000)
def _pieces(right: str, wrong: str) -> tuple[Piece, ...]:
    """Where a wrong answer differs from the right one; nothing where it is another answer altogether."""
    before, after = _tokens(right), _tokens(wrong)
    start = _alike(before, after)
    rest = _alike(before[start:][::-1], after[start:][::-1])  # what is compared token by token takes its time
    inner, new = before[start : len(before) - rest], after[start : len(after) - rest]
    codes = difflib.SequenceMatcher(None, inner, new, autojunk=False).get_opcodes()
    pieces = [(start + i1, start + i2, "".join(new[j1:j2])) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
    return tuple(pieces) if sum(i2 - i1 for i1, i2, _ in pieces) < _WHOLE * len(before) and len(pieces) < 6 else ()


def _alike(first: Sequence[str], second: Sequence[str]) -> int:
    """How many tokens are the same from the beginning on."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(first), len(second)))


@functools.lru_cache(maxsize=4_000)
def _tokens(source: str) -> list[str]:
    return re.findall(r"\w+|\s+|.", source)


def _with(tokens: Sequence[str], pieces: Sequence[Piece]) -> str:
    made, at = list[str](), 0
    for start, stop, new in pieces:
        made += [*tokens[at:start], new]
        at = stop
    return "".join([*made, *tokens[at:]])
