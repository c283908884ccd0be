"""Reader of an exercise's file: Python that makes its tests, then py:percent cells with hints and answers.

``# %% hints``
    A numbered list, as comments.
``# %% right``
    A right answer.  The first one is the base of all edits.
``# %% elegant``
    What a learner may see in the first right answer once their own has passed, as comments.
``# %% wrong: what is wrong``
    A whole wrong answer, below comments with what a tutor would say to it; edits among them make it in other ways.
``# %% wrong``
    Wrong answers that are edits of the base, as comments: what is wrong and the edit, then what a tutor would say::

        # db is a mean: `G.sum(axis=0)` -> `G.mean(axis=0)`
        #   Every path is summed. The 1/n of the loss is in G already.

    An edit is ``without `old` `` or `` `old` -> `new` ``, where ``⏎`` stands for a new line of the same indentation and
    ``…`` in the new text for the old one.  Several edits are parted by commas and all made, several new texts by ``|``
    and tried in turn; a line ``or`` and further edits make the same mistake in another way.  Longer ones stand below
    the name, where ``- `` and ``+ `` begin lines that go and lines that come.  A mistake without a sentence of its own
    shares that of the next one.

What an edit looks for must occur exactly once.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from autograde.judging.exercise import Misconception, variant

_CELL = re.compile(r"^# %% ?(\w*)(?:: (.+))?\n", re.MULTILINE)
_ONE_EDIT = r"(?:without `[^`]+`|`[^`]+` -> `[^`]+`(?: \| `[^`]+`)*)"
_EDITS = re.compile(rf"{_ONE_EDIT}(?:, {_ONE_EDIT})*")
_ITEM = re.compile(rf"(?P<name>.+?)(?:: (?P<edits>{_EDITS.pattern}))?")

Edit = tuple[str, Sequence[str]]  # what goes, and what may come in its place


@dataclass
class Answers:
    """What the cells of an exercise's file hold."""

    hints: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    wrong: list[Misconception] = field(default_factory=list)
    elegant: str = ""


@dataclass
class _Item:
    """A mistake that edits of the base make; each version is a way to make it."""

    name: str
    hint: list[str] = field(default_factory=list)
    versions: list[list[Edit]] = field(default_factory=lambda: [[]])

    def made_of(self, base: str) -> Iterator[Misconception]:
        for version in self.versions:
            for news in itertools.product(*(new or [""] for _, new in version)):
                source = base
                for (old, _), new in zip(version, news, strict=True):
                    source = edited(source, old, new)
                yield Misconception(self.name, source, " ".join(self.hint))


def edited(source: str, old: str, new: str) -> str:
    """A source with one piece exchanged; ``⏎`` is a new line, indented as the old piece's, ``…`` is the old piece."""
    new = new.replace("…", old)
    before = source.partition(re.split(" ?⏎", old)[0])[0]
    line = source[before.rfind("\n") + 1 :]
    newline = "\n" + line[: len(line) - len(line.lstrip(" "))]
    return variant(source, (re.sub(" ?⏎ ?", newline, old), re.sub(" ?⏎ ?", newline, new)))


def head_of(text: str) -> str:
    """The Python above the first cell."""
    found = _CELL.search(text)
    return text[: found.start()] if found else text


def read_cells(*texts: str) -> Answers:
    """The answers and hints in the cells of a file, and of those that continue it.

    Raises: ValueError where a cell can't be read, or an edit does not fit the base.
    """
    answers = Answers()
    for text in texts:
        _, *rest = _CELL.split(text)
        for kind, title, body in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
            _add(answers, kind, title or "", body.strip("\n"))
    return answers


def _add(answers: Answers, kind: str, title: str, body: str) -> None:
    if kind == "hints":
        answers.hints += [" ".join(h.split()) for h in re.split(r"^\d+\. ", _bare(body), flags=re.MULTILINE)[1:]]
    elif kind == "right":
        answers.right.append(body + "\n")
    elif kind == "elegant":
        answers.elegant = " ".join(_bare(body).split())
    elif kind == "wrong" and title:
        comments = re.match(r"(?:#.*\n)*", body).group()  # type: ignore[union-attr]
        [item] = _items(f"# {title}\n{comments}")
        answers.wrong += item.made_of(body.removeprefix(comments) + "\n")
    elif kind == "wrong" and answers.right:
        answers.wrong += [m for item in _items(body) for m in item.made_of(answers.right[0])]
    else:
        raise ValueError(f"a cell `# %% {kind}`: expected hints, right, elegant, or, after a right one, wrong")


def _bare(comments: str) -> str:
    return re.sub(r"^# ?", "", comments, flags=re.MULTILINE)


def _items(body: str) -> list[_Item]:
    """The mistakes in a cell, each from its own lines."""
    items: list[_Item] = []
    for line in _joined(_bare(body).splitlines()):
        if line[:2] in ("- ", "+ ", "-", "+", "  ") and items:
            _read_line(items[-1], line)
        elif found := _ITEM.fullmatch(line):
            items.append(_Item(found["name"], versions=[_edits(found["edits"] or "")]))
    for item, following in reversed(list(pairwise(items))):
        item.hint = item.hint or following.hint
    return items


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines, those put together of which edits go on in the next one: ``,`` or ``|`` at an end, or ``|`` at a beginning."""
    kept: list[str] = []
    for line in lines:
        goes_on = kept and kept[-1][:1] not in "-+" and re.search(r"`[,|]$| \|$", kept[-1])
        if goes_on or (kept and line.lstrip().startswith("| `")):
            kept[-1] += f" {line.strip()}"
        else:
            kept.append(line)
    return kept


def _read_line(item: _Item, line: str) -> None:
    version = item.versions[-1]
    text = line.strip()
    if line[0] == "-":  # a run of these and the run that follows are one edit
        old = version.pop()[0] + "\n" if version and version[-1][1] == [] else ""
        version.append((old + line[2:], []))
    elif line[0] == "+":
        old, new = version.pop()
        version.append((old, ["\n".join([*new, line[2:]])]))
    elif text == "or" or re.fullmatch(rf"or {_EDITS.pattern}", text):
        item.versions.append(_edits(text[3:]))
    elif _EDITS.fullmatch(text):
        version += _edits(text)
    else:
        item.hint.append(text)


def _edits(text: str) -> list[Edit]:
    found = re.findall(_ONE_EDIT, text)
    pieces = [re.findall(r"`([^`]+)`", edit) for edit in found]
    return [(old, new or [""]) for old, *new in pieces]
