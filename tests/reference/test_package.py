"""The package as a whole: what it exports, what it imports, how long its parts are."""

import ast
import inspect
import statistics

import pytest

import mlp_reference
from autograde.exercises import ASSIGNMENTS

ALLOWED = {"numpy", "jaxtyping", "mlp_reference", "collections", "dataclasses", "functools", "itertools", "math", "os",
           "sys", "typing"}  # fmt: skip


@pytest.fixture(scope="module")
def modules(root):
    folder = root / "mlp_reference"
    paths = [*folder.glob("*.py"), *folder.glob("fast/*.py"), *folder.glob("viz/experiments/*.py")]
    return {path.relative_to(folder).with_suffix("").as_posix(): ast.parse(path.read_text()) for path in paths}


def imported(tree):
    """``(node, whole name)`` of each import in a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("name", [name for names in ASSIGNMENTS.values() for name in names])
def test_every_exercise_is_exported_under_its_name_with_a_docstring(name):
    assert inspect.getdoc(getattr(mlp_reference, name))


def test_what_is_public_is_said_once_for_type_checkers_too(modules, root):
    names = [alias for node in modules["__init__"].body[1:] for alias in node.names]
    assert all(alias.asname == alias.name for alias in names)
    assert len({alias.name for alias in names}) == len(names)
    assert (root / "mlp_reference" / "py.typed").exists()


def test_numerical_modules_import_numpy_and_jaxtyping_only(modules):
    for stem, tree in modules.items():
        lazy = {"data": {"sklearn"}, "progress_bar": {"tqdm", "IPython"}}.get(stem, set())
        if "viz" not in stem:
            for node, name in imported(tree):
                assert name.split(".")[0] in ALLOWED | (lazy if node not in tree.body else set()), stem
                assert ".viz" not in name, stem
                assert ".fast" not in name or stem.startswith("fast/"), f"{stem}: the plain forms stand alone"


def test_experiments_draw_nothing(modules):
    for stem, tree in modules.items():
        for _, name in imported(tree) if "viz" in stem else ():
            assert name.split(".")[0] not in {"matplotlib", "ipywidgets", "PIL"}, stem
            assert not name.startswith("mlp_reference.viz") or name.startswith("mlp_reference.viz.experiments."), stem


def test_functions_are_short(modules):
    lengths = {}
    for stem, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                doc = ast.get_docstring(node) is not None
                body = node.body[1:] if doc else node.body
                lengths[f"{stem}.{node.name}"] = body[-1].end_lineno - body[0].lineno + 1 if body else 0
    assert {name: length for name, length in lengths.items() if length > 30} == {}
    assert statistics.median(lengths.values()) <= 10


def test_no_module_is_long(root):
    lengths = {path.name: len(path.read_text().splitlines()) for path in (root / "mlp_reference").rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
