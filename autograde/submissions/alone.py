"""Which cells are run when a submission's process is gone: answers that wait for their tests, and what they need."""

from collections.abc import Mapping, Sequence, Set

from autograde.submissions.needed_cells import definitions, plainly, unneeded, uses_of
from autograde.submissions.plan import needed
from autograde.submissions.reading import Step

SLOW = 2.0  # seconds


def cells_for(
    tests: Sequence[int], source: Sequence[Step], steps: Sequence[Step], left_out: Set[int], took: Mapping[int, float]
) -> list[int]:
    """The cells to be run again in a fresh process before some tests, by their places, the tests among them.

    left_out: cells that must not be run again.  took: the seconds that cells took before; where it can't be told what
    an answer needs, everything counts as needed that was not slow.
    """
    names = {name for at in tests for name in _answers(source, steps[at])}
    usable = [i for i, s in enumerate(steps) if s.kind == "code" and not s.is_test and not s.idle and i not in left_out]
    wanted = {i for i in usable if steps[i].name in names or steps[i].role.get("locked")}
    texts = {i: plainly(steps[i].source) for i in usable}
    rest = [i for i in usable if i not in wanted and not definitions(texts[i]) & _answered(steps, wanted)]
    own = [texts[i] for i in wanted]
    skipped = unneeded(sorted({texts[i] for i in rest}), own)
    opaque = {i for i in rest if uses_of(texts[i]) is None}
    reads = {name for text in own if (uses := uses_of(text)) for name in uses.reads}
    needed_too = {i for i in rest if texts[i] not in skipped or definitions(texts[i]) & reads} | opaque
    if not skipped:
        needed_too = {i for i in needed_too if took.get(i, 0.0) < SLOW}
    return sorted({*tests, *wanted, *needed_too})


def may_be_disturbed(test: int, names: Sequence[str], steps: Sequence[Step], ran: Set[int]) -> bool:
    """Whether what a test is about was defined by several cells that were run, or others stood between answer and test.

    test: its place.  names: the answers that it is about, the one that it tests first.  ran: places of cells.
    """
    texts = {i: steps[i].source for i in ran}
    cells = {name: [i for i, text in texts.items() if name in text and name in definitions(text)] for name in names}
    above = [i for name in names[:1] for i in cells[name] if i < test]
    own = any(max(above) < i < test and not steps[i].role for i in ran) if above else False
    return own or any(len(places) > 1 for places in cells.values())


def _answers(source: Sequence[Step], test: Step) -> list[str]:
    index = next(i for i, step in enumerate(source) if step.name == test.name)
    return needed(source, index)


def _answered(steps: Sequence[Step], places: Set[int]) -> set[str]:
    return {steps[i].name for i in places if steps[i].role.get("solution")}
