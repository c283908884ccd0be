"""Hints and cards use the letters of the text: whoever reads them has seen nothing else."""

import re
from pathlib import Path

import pytest

from autograde.exercises import ASSIGNMENTS, CATALOGUE

PLACES = [(notebook, name) for notebook, names in ASSIGNMENTS.items() for name in names]
KNOWN = {
    "np",
    "T",
    "is",
    "in",
    "or",
    "and",
    "not",
    "for",
    "if",
    "def",
    "int",
    "out",
    "key",
    "rng",
    "zip",
    "True",
    "None",
}
GREEK = re.compile(
    r"\b(?:[Aa]lpha|[Gg]amma|[Dd]elta|[Ee]psilon|[Tt]heta|[Ll]ambda|[Mm]u|[Pp]hi|[Pp]si|[Ss]igma|[Oo]mega)\b"
)


def text_of(root: Path, notebook: str) -> str:
    """What a learner reads in a notebook."""
    [source] = (root / "solutions" / notebook).glob("*.py")
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)


def section(text: str, name: str) -> str:
    """The text of an exercise, with the pages before it, to the end of its docstring."""
    end = text.index(f'exercise="{name}"') + 1_500
    return text[max(0, text.rindex(f"### Exercise: `{name}", 0, end) - 6_000) : end]


def letters(text: str) -> set[str]:
    """The short names in the code of a text that it does not introduce itself."""
    codes = re.findall(r"`([^`]+)`", text)
    used = {w for code in codes for w in re.findall(r"(?<![\w.])[A-Za-z]\w{0,2}(?![\w(])", code)}
    introduced = {w for w in used if re.search(rf"\b{w}\b( =[^=]|,| in\b)|\bfor [^`]*\b{w}\b", text)}
    return used - introduced - KNOWN


@pytest.mark.parametrize(("notebook", "name"), PLACES)
def test_hints_use_the_letters_of_the_text(root: Path, notebook: str, name: str) -> None:
    seen = section(text_of(root, notebook), name)
    unknown = {
        w for w in letters(" ".join(CATALOGUE[name].hints)) if not re.search(rf"(?<![A-Za-z]){w}(?![A-Za-z])", seen)
    }
    assert unknown <= {"eps"}  # the name of a small step in every notebook


@pytest.mark.parametrize(("notebook", "name"), PLACES)
def test_greek_letters_of_hints_and_cards_stand_in_the_text(root: Path, notebook: str, name: str) -> None:
    exercise, seen = CATALOGUE[name], text_of(root, notebook)
    told = " ".join([*exercise.hints, *(f"{m.name} {m.hint}" for m in exercise.misconceptions)])
    words = set(GREEK.findall(re.sub(r"`[^`]+`", "", told)))
    assert {word for word in words if not re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", seen)} == set()


@pytest.mark.parametrize("notebook", ASSIGNMENTS)
def test_texts_count_the_hints(root: Path, notebook: str) -> None:
    said = re.findall(r'`hint\("(\w+)"\)` in a cell of your own\. There are (\w+)', text_of(root, notebook))
    words = {2: "two", 3: "three", 4: "four"}
    assert [(name, number) for name, number in said if words[len(CATALOGUE[name].hints)] != number] == []
