"""The package as a whole: what it exports, what it imports, how long its parts are."""

import ast
import inspect
import statistics

import pytest

import mlp_reference
from autograde.exercises import CATALOGUE

ALLOWED = {"numpy", "jaxtyping", "mlp_reference", "collections", "dataclasses", "functools", "itertools", "math", "os",
           "sys", "typing"}  # fmt: skip


@pytest.fixture(scope="module")
def modules(root):
    return {path.stem: ast.parse(path.read_text()) for path in (root / "mlp_reference").glob("*.py")}


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_exercise_is_exported_under_its_name_with_a_docstring(name):
    assert name in mlp_reference.__all__
    assert inspect.getdoc(getattr(mlp_reference, name))


def test_everything_exported_exists_once():
    assert len(set(mlp_reference.__all__)) == len(mlp_reference.__all__)
    assert all(hasattr(mlp_reference, name) for name in mlp_reference.__all__)


def test_numerical_modules_import_numpy_and_jaxtyping_only(modules):
    for stem, tree in modules.items():
        lazy = {"data": {"sklearn"}, "training": {"tqdm"}}.get(stem, set())
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else (
                [node.module] if isinstance(node, ast.ImportFrom) else [])  # fmt: skip
            roots = {name.split(".")[0] for name in names}
            assert roots <= ALLOWED | (lazy if node not in tree.body else set()), stem


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
    lengths = {path.name: len(path.read_text().splitlines()) for path in (root / "mlp_reference").glob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 300} == {}
