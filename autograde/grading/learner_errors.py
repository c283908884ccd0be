"""What went wrong in a learner's own cells, told to the learner, and to the instructor where it cost points."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from autograde.exercises import CATALOGUE
from autograde.judging.report import Failure, Report
from autograde.sandbox.kept_outputs import Shown
from autograde.submissions.needed_cells import definitions
from autograde.submissions.reading import Step

_LONGEST = 200  # characters of an error's message that are told
_INSTALLS = r"(pip3?|conda|mamba|uv|apt|apt-get|wget|curl|git +clone|python3? +-m +pip)\b"
_COMMAND = re.compile(rf"^[ \t]*[!%]{{1,2}}[ \t]*(sudo +)?{_INSTALLS}.*$", re.MULTILINE)
_CALL = re.compile(r"^.*(urlopen|urlretrieve|requests\.|download|socket|fetch_|https?://).*$", re.MULTILINE)
_NO_NETWORK = re.compile(
    r"Network is unreachable|name resolution|Name or service not known|No address associated with hostname|"
    r"Failed to establish a new connection|Connection refused|Could not resolve host|urlopen error|gaierror"
)
_PLACE = re.compile(r'File "(?:<ipython-input|<cell|[^"]*ipykernel)[^"]*", line (\d+)|Cell In\[\d*\], line (\d+)')
_UNKNOWN = re.compile(r"name '(\w+)' is not defined")
STOPPED = "was stopped, as it took too long"
CASE = "the cells run to their ends"


@dataclass(frozen=True)
class Mishap:
    """A cell that did not run to its end.

    number: as a reader counts the cells.  name: of the exercise that it answers.  line: where it was.
    """

    number: int
    source: str
    error: str
    name: str = ""
    line: str = ""

    def should_define(self, name: str) -> bool:
        """Whether a name is missing because of it."""
        return name == self.name or name in definitions(self.source)

    @property
    def ended(self) -> str:
        """What it did, after "your cell"."""
        return f"raised {self.error}" if "Error" in self.error.partition(":")[0] else self.error

    @property
    def advice(self) -> str:
        """What to do about it, where that is known."""
        if re.search(r"^(<{7}|={7}|>{7})", self.source, re.MULTILINE):
            return "It has the marks of a merge in it (`<<<<<<<`, `=======`, `>>>>>>>`): keep one version, no marks."
        if "\xa0" in self.source and self.error.startswith(("SyntaxError", "Indentation")):
            return (
                "It has no-break spaces in it, which were pasted from a web page or a PDF: type its indentation anew."
            )
        if _NO_NETWORK.search(self.error):
            return "There is no network in grading: hand in what the notebook needs beside it."
        if self.error.startswith("ModuleNotFoundError"):
            return "This package is not there in grading: do without it."
        return "Restart the kernel and run all cells: none of them may fail."


def mishap(number: int, step: Step, name: str, shown: Iterable[Shown]) -> Mishap:
    """What is known of a cell that ended with an error of this name, from what it showed."""
    text = next((output.text for output in shown if output.kind == "error"), "").strip()
    if name == "OutOfTime":
        return Mishap(number, step.source, STOPPED, step.name)
    last = text.rpartition("\n")[2]
    error = last if last.startswith(name) or ": " in last else name
    places = [int(first or second) for first, second in _PLACE.findall(text)]
    lines = step.source.split("\n")
    line = lines[places[-1] - 1].strip() if places and 0 < places[-1] <= len(lines) else ""
    return Mishap(number, step.source, error[:_LONGEST] or name, step.name, line[:_LONGEST])


@dataclass
class Mishaps:
    """Those of one submission, and what a person should know of them."""

    found: list[Mishap] = field(default_factory=list)
    network: list[str] = field(default_factory=list)

    def look(self, number: int, step: Step, error: str, shown: Sequence[Shown]) -> None:
        """Take in what came of a cell."""
        if error:
            self.found.append(mishap(number, step, error, shown))
        command = _COMMAND.search(step.source)
        if command or any(_NO_NETWORK.search(output.text) for output in shown if output.kind != "shown"):
            line = command or _CALL.search(step.source)
            what = line.group().strip() if line else ""
            told = f"cell {number} wanted the network, which grading has not{f': {what:.100}' if what else ''}"
            self.network += [told] * (told not in self.network)

    def explain(self, report: Report) -> str:
        """Let a report say which cell is to blame, where one is; the sentence for a person, or ""."""
        failure = report.failure
        if failure is None:
            return ""
        for name in self._missing(report.exercise, failure):
            blamed = self._blamed(name)
            if blamed:
                report.failure = _told(failure, name, blamed)
                return f"{report.exercise}: cell {blamed[-1].number}, which defines {name}, {blamed[-1].ended}"
        return ""

    def _missing(self, exercise: str, failure: Failure) -> list[str]:
        """The names that were not there."""
        if failure.kind == "stub":
            return [exercise, *CATALOGUE[exercise].needs]
        if failure.kind == "exception":
            return _UNKNOWN.findall(f"{failure.got} {failure.advice}")
        return list(CATALOGUE[exercise].needs) if failure.kind == "needs" else []

    def _blamed(self, name: str) -> list[Mishap]:
        """The cell that should have defined a name, after the one that did not define what it needed itself."""
        cell = next((m for m in reversed(self.found) if m.should_define(name)), None)
        if cell is None:
            return []
        earlier = [m for m in self.found if m.number < cell.number]
        unknown = _UNKNOWN.findall(cell.error)
        first = [m for m in earlier if unknown and m.should_define(unknown[0])]
        return [*first[-1:], cell]


def _told(failure: Failure, name: str, blamed: Sequence[Mishap]) -> Failure:
    first, cell = blamed[0], blamed[-1]
    text = f"Your cell {cell.ended.rstrip('.')}, so `{name}` was never defined."
    if first is not cell:
        text += f" What was missing was to come from an earlier cell of yours, which {first.ended.rstrip('.')}."
    kind = "timeout" if cell.error == STOPPED else "exception"
    return replace(
        failure, kind=kind, case=CASE, diagnosis=text, advice=first.advice, line=cell.line, got="", expected=""
    )
