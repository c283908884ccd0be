"""What an instructor wants to know after grading: scores, the most frequent mistakes, and who needs a person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autograde.gradebook.results import FAILED, SubmissionResult

MOST_MISTAKES, MOST_NAMES, LONGEST = 8, 40, 400


@dataclass
class Tally:
    """The sums over all submissions of one assignment, taken in one at a time."""

    graded: int = 0
    total: float = 0.0
    max_score: float = 0.0
    full: Counter[str] = field(default_factory=Counter)
    earned: Counter[str] = field(default_factory=Counter)
    points: dict[str, float] = field(default_factory=dict)
    mistakes: Counter[tuple[str, str]] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    attention: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)

    def add(self, result: SubmissionResult) -> None:
        """Take in one result."""
        if result.status == FAILED:
            self.failed.append(f"{result.student}: {result.error}")
            return
        self.graded += 1
        if result.attention:
            self.attention.append(f"{result.student}: {'; '.join(result.attention)}")
        self.total += result.score
        self.max_score = max(self.max_score, result.max_score)
        if result.repaired:
            self.repaired.append(f"{result.student}: {'; '.join(result.repaired)}")
        for name, found in result.exercises.items():
            self.points[name] = max(self.points.get(name, 0.0), found.max_score)
            self.earned[name] += found.score  # type: ignore[assignment]
            self.full[name] += found.outcome == "passed"
            if found.brief:
                self.mistakes[name, found.brief] += 1
            elif found.diagnosis and found.outcome != "missing":
                self.mistakes[name, found.diagnosis] += 1
            elif found.outcome == "missing":
                self.mistakes[name, "not written"] += 1


def tallies(results: Iterable[SubmissionResult]) -> dict[str, Tally]:
    """A tally for each assignment."""
    found: dict[str, Tally] = {}
    for result in results:
        found.setdefault(result.assignment, Tally()).add(result)
    return found


def summary(found: dict[str, Tally]) -> str:
    """The tallies as text for a terminal."""
    return "\n\n".join("\n".join(map(terminal_safe, _lines(name, tally))) for name, tally in sorted(found.items()))


def terminal_safe(text: str) -> str:
    """A line in which nothing is left that a terminal would obey, or that turns around the order of its letters."""
    return "".join(c if c.isprintable() else "�" for c in text)


def _lines(assignment: str, tally: Tally) -> list[str]:
    mean = f", mean {tally.total / tally.graded:.2f} of {tally.max_score:g}" if tally.graded else ""
    lines = [f"{assignment}: {tally.graded} graded{mean}, {len(tally.failed)} could not be"]
    for name, points in tally.points.items():
        average = tally.earned[name] / tally.graded
        lines.append(f"  {name:26} {average:5.2f} of {points:g}   {tally.full[name]} of {tally.graded} all right")
    if tally.mistakes:
        lines.append("  most frequent:")
        frequent = tally.mistakes.most_common(MOST_MISTAKES)
        lines += [f"    {n} of {tally.graded}  {name}: {text:.140}" for (name, text), n in frequent]
    groups = (
        ("could not be graded", tally.failed),
        ("need a person", tally.attention),
        ("were repaired", tally.repaired),
    )
    for title, entries in groups:
        if entries:
            lines.append(f"  {title}:")
            lines += [f"    {_cut(entry)}" for entry in sorted(entries)[:MOST_NAMES]]
            more = len(entries) - MOST_NAMES
            lines += [f"    and {more} more: `autograde grade --json FILE` writes all of them"] * (more > 0)
    return lines


def listed(names: Sequence[str]) -> str:
    """Names in a sentence; of many the first ones."""
    some, more = sorted(names)[:MOST_NAMES], len(names) - MOST_NAMES
    return ", ".join(some) + (f" and {more} more" if more > 0 else "")


def _cut(entry: str) -> str:
    return entry if len(entry) <= LONGEST else f"{entry[:LONGEST]} ... (the rest is in --json FILE)"
