"""Numbers in prose: marks in a source, which learners never see, say which computation each of them comes from.

A mark is an HTML comment in a markdown cell, with one statement a line:

    <!-- 0.0397 = losses[-1] -->                the number, as it is printed, and an expression that gives it
    <!-- a hundredfold: 90 < growth < 110 -->   words of the text, and what must hold for them
    <!-- given 0.3, 1,000 -->                   numbers that nobody computes: settings, conventions, facts

Expressions see what the notebook has computed above the cell, all modules of ``mlp_reference`` by their names,
``experiments`` (what the figures compute) and ``near(value, printed)``.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_COMMENT = re.compile(r"\n?<!--(.*?)-->", re.DOTALL)
_POWER = r"10\^(?:\{-?\d+\}|\d)"
_NUMBER = re.compile(
    rf"(?<![\w.^_])(?<!_\{{)-?(?:{_POWER}|\d(?:[\d,]|\{{,\}})*(?:(?<=\d)\.\d+)?(?:e-?\d+|\s*\\cdot\s*{_POWER})?)(?:\s?\\?%)?(?!\w)"
)
_NO_RESULT = re.compile(  # what stands in a text and is no result
    r"```.*?```|`[^`\n]*`|\]\([^)]*\)|^#+ .*?$|\d+ (?:minutes|points)|\\tfrac\d\d|\b[Nn]otebooks? \d\d|\(\d\d\)"
    r"|\b(?:1[89]|20)\d\d\b",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Mark:
    """One statement about a text: ``shown`` occurs in it, and ``expression`` gives it ("" where it is given)."""

    shown: str
    expression: str
    exact: bool
    """Whether the expression is the value of ``shown``; else it must be true."""


def without_marks(text: str) -> str:
    """The text of a cell as its readers get it."""
    return _COMMENT.sub("", text)


def marks_of(text: str) -> list[Mark]:
    """The statements in the marks of a markdown cell.

    Raises: ValueError for a line that is none.
    """
    lines = [line.strip() for comment in _COMMENT.findall(text) for line in comment.split("\n")]
    return [mark for line in lines if line for mark in _parse(line)]


def _parse(line: str) -> Iterator[Mark]:
    if line.startswith("given "):
        yield from (Mark(shown.strip(), "", False) for shown in re.split(r",\s+", line.removeprefix("given ")))
    elif exact := re.fullmatch(r"(\S.*?) = (.+)", line) if _NUMBER.match(line) else None:
        size(exact[1])
        yield Mark(exact[1], exact[2], True)
    elif loose := re.fullmatch(r"(\S.*?): (.+)", line):
        yield Mark(loose[1], loose[2], False)
    else:
        raise ValueError(f"got the mark {line!r}, expected `number = expression`, `words: condition` or `given number`")


def size(shown: str) -> tuple[float, float]:
    """A number as it is printed, and half a unit of its last place.

    Raises: ValueError where it is no number.
    """
    plain = re.sub(r"[\s,{}]|\\,|\\%$", "", shown.replace("\\cdot", "e").replace("−", "-"))
    plain = re.sub(r"e10\^", "e", plain)
    plain = re.sub(r"10\^(-?\d+)", r"1e\1", plain)
    number = re.fullmatch(r"(-?\d+(?:\.(\d+))?)(?:e(-?\d+))?(%?)", plain)
    if number is None:
        example = r"0.25, 1,024, 3 % or 4 \cdot 10^{-32}"
        raise ValueError(f"got {shown!r}, expected a number as it is printed, for example {example}")
    scale = 10.0 ** int(number[3] or 0) / (100 if number[4] or shown.rstrip().endswith("%") else 1)
    return float(number[1]) * scale, 0.5 * 10.0 ** -len(number[2] or "") * scale


def near(value: Any, shown: str) -> bool:
    """Whether a value, rounded, is what is printed."""
    printed, half = size(shown)
    return bool(abs(float(value) - printed) <= half * (1 + 1e-6))


def complaints(text: str, names: Mapping[str, Any]) -> list[str]:
    """What is wrong with the numbers of a markdown cell, where ``names`` is what the notebook has computed."""
    scope = _modules() | {"near": near} | dict(names)
    said = " ".join(without_marks(text).split())
    found = []
    for mark in marks_of(text):
        if not _occurs(mark, said):
            found.append(f"{mark.shown!r} is marked, but does not occur in the text")
        elif mark.expression:
            try:
                value = eval(mark.expression, scope)
            except Exception as error:  # all of a cell's faults are wanted at once
                found.append(f"{mark.shown!r} is said, but `{mark.expression}` raises {type(error).__name__}: {error}")
                continue
            if not (near(value, mark.shown) if mark.exact else value):
                found.append(f"{mark.shown!r} is said, but `{mark.expression}` is {value}")
    return found


def _occurs(mark: Mark, said: str) -> bool:
    return bool(re.search(rf"(?<![\d.]){re.escape(' '.join(mark.shown.split()))}(?![\d])", said))


def dealt_out(text: str, parts: list[str]) -> list[str]:
    """The parts that a text was cut into, each with those of its marks that speak of it."""
    marks = marks_of(text)
    bare = [without_marks(part) for part in parts]
    mine = [[mark for mark in marks if _occurs(mark, " ".join(part.split()))] for part in bare]
    mine[-1] += [mark for mark in marks if not any(mark in held for held in mine)]
    return [f"{part}\n<!--\n{_lines(held)}\n-->" if held else part for part, held in zip(bare, mine, strict=True)]


def _lines(marks: Iterable[Mark]) -> str:
    words = {True: "{0.shown} = {0.expression}", False: "{0.shown}: {0.expression}"}
    return "\n".join(words[mark.exact].format(mark) if mark.expression else f"given {mark.shown}" for mark in marks)


def _modules() -> dict[str, Any]:
    """The modules that expressions may name, without the notebook having imported them."""
    import mlp_reference
    from mlp_reference.viz import experiments

    scope: dict[str, Any] = {"np": importlib.import_module("numpy"), "mlp_reference": mlp_reference}
    for package in (mlp_reference, experiments):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            name = module.name.rpartition(".")[2]
            if package is mlp_reference and name != "viz":
                scope[name] = importlib.import_module(module.name)
            elif package is experiments:
                importlib.import_module(module.name)
    return scope | {"experiments": experiments}


def unmarked(text: str, settings: Iterable[str]) -> list[str]:
    """The numbers of a markdown cell that no mark holds and that are no settings.

    Left out are whole numbers below 100, years, the numbers of notebooks, minutes and points, and code.
    settings: the texts of code in which a number may stand as it is.
    """
    held = " ".join(mark.shown for mark in marks_of(text))
    known = {token for code in (held, *settings) for token in _tokens(code)}
    said = _NO_RESULT.sub(" ", without_marks(text))
    return [token for token in _tokens(said) if _may_go_stale(token) and token not in known]


def _tokens(text: str) -> list[str]:
    plain = re.sub(r"(?<=\d)_(?=\d)", "", text)  # 10_000
    return [re.sub(r"[\s,{}\\]", "", token.lstrip("-")) for token in _NUMBER.findall(plain)]


def _may_go_stale(token: str) -> bool:
    return not token.isdigit() or int(token) >= 100
