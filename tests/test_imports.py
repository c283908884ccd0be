"""What tests, benchmarks and tools share stands in modules for it: nothing is imported from a file of tests."""

import ast
from pathlib import Path

import pytest

FOLDERS = ("tests", "benchmarks", "docs")


def shared(source: str) -> list[str]:
    """What a file imports from below ``tests``, as ``module.name``."""
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.ImportFrom | ast.Import)]
    named = [f"{n.module}.{a.name}" for n in nodes if isinstance(n, ast.ImportFrom) for a in n.names]
    named += [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    return [name for name in named if name.startswith("tests.")]


def is_own(name: str) -> bool:
    """Whether it belongs to one file: a test, a fixture, or a name that begins with an underscore."""
    return any(part.startswith(("test_", "_")) or part == "conftest" for part in name.split("."))


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("from tests.autograde.books import POINTS", False),
        ("from tests.autograde.test_many import answers", True),
        ("def f():\n    import tests.autograde.test_many as many", True),
        ("from tests.autograde import test_many", True),
        ("from tests.browser.lab import _settings", True),
        ("from tests.conftest import ROOT", True),
    ],
)
def test_what_belongs_to_one_file_is_recognized(source: str, wrong: bool) -> None:
    assert [is_own(name) for name in shared(source)] == [wrong]


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_imported_that_belongs_to_one_file(folder: str, root: Path) -> None:
    found = {path: shared(path.read_text(encoding="utf-8")) for path in (root / folder).rglob("*.py")}
    wrong = [f"{path}: {name}" for path, names in found.items() for name in names if is_own(name)]
    assert not wrong, "put what files share into tests/support or a module beside them"
