"""pyproject.toml, constraints.txt, environment.yml and the set-up script describe one environment."""

import ast
import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

pytestmark = pytest.mark.slow

PYTHONS = ("3.11", "3.12", "3.13")
FILES = ("pyproject.toml", "constraints.txt", "environment.yml")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return project


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, Version]:
    lines = (root / "constraints.txt").read_text().splitlines()
    requirements = [line.split("==") for line in lines]
    return {canonicalize_name(name): Version(version) for name, version in requirements}


def requirements(project: dict[str, Any], *roles: str) -> list[Requirement]:
    """What is installed for some roles, extras of the project itself resolved; for all of them unless named."""
    extras = project["optional-dependencies"]
    wanted = [Requirement(r) for role in roles or extras for r in extras[role]]
    own = [extra for r in wanted if r.name == project["name"] for extra in r.extras]
    plain = [Requirement(r) for r in project["dependencies"]] + [r for r in wanted if r.name != project["name"]]
    return plain + (requirements(project, *own) if own else [])


def test_every_dependency_is_pinned_to_a_version_it_allows(project: dict[str, Any], pins: dict[str, Version]) -> None:
    wrong = [r for r in requirements(project) if pins.get(canonicalize_name(r.name)) not in r.specifier]
    assert not wrong, "these are not pinned in constraints.txt, or to a version that pyproject.toml excludes"


def with_what_they_need(wanted: list[Requirement]) -> set[str]:
    """The names of distributions, and of all that they depend on here."""
    todo, seen = [r.name for r in wanted], set[str]()
    while todo:
        name = canonicalize_name(todo.pop())
        if name not in seen:
            seen.add(name)
            needs = [Requirement(r) for r in distribution(name).requires or []]
            todo += [r.name for r in needs if r.marker is None or r.marker.evaluate({"extra": ""})]
    return seen


def test_what_the_dependencies_need_is_pinned_too(project: dict[str, Any], pins: dict[str, Version]) -> None:
    assert not with_what_they_need(requirements(project)) - pins.keys(), "add these to constraints.txt"


def imported(folder: Path) -> set[str]:
    """The distributions whose modules the files below a folder import, wherever in the file."""
    trees = [ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in folder.rglob("*.py")]
    nodes = list(itertools.chain(*trees))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    known = packages_distributions()
    return {canonicalize_name(name) for module in modules for name in known.get(module.partition(".")[0], [])}


@pytest.mark.parametrize(
    ("folder", "roles"),
    [("mlp_reference", ["lab"]), ("solutions", ["lab"]), ("autograde", ["grading", "cluster"]), ("tests", ["test"])],
)
def test_every_import_is_declared(folder: str, roles: list[str], project: dict[str, Any], root: Path) -> None:
    declared = {canonicalize_name(r.name) for r in requirements(project, *roles)} | {project["name"]}
    assert not imported(root / folder) - declared, f"declare these in pyproject.toml, for the roles {roles} or for all"


def test_a_learner_needs_no_more_than_the_dependencies_without_a_role(project: dict[str, Any], root: Path) -> None:
    needed = with_what_they_need([Requirement(r) for r in project["dependencies"]]) | {project["name"]}
    known = packages_distributions().items()
    absent = sorted(m for m, names in known if not {canonicalize_name(name) for name in names} & needed)
    code = f"""import sys
for name in {absent!r}:
    sys.modules[name] = None  # as if it were not installed
from autograde import check, hint, progress
from mlp_reference.viz import explorers, figures
def sigmoid(z):
    raise NotImplementedError
assert check(sigmoid) == 0"""
    subprocess.run(
        [sys.executable, "-c", code], cwd=root, check=True, env=os.environ | {"MLP_COURSE_PROGRESS": os.devnull}
    )


def test_the_pins_are_what_is_installed_here(pins: dict[str, Version]) -> None:
    wrong = {name: str(pin) for name, pin in pins.items() if Version(distribution(name).version) != pin}
    assert not wrong, "these differ from what is installed: run `make setup`"


def test_every_pin_installs_on_every_python(pins: dict[str, Version]) -> None:
    demands = {name: distribution(name).metadata.get("Requires-Python") or "" for name in pins}
    wrong = [
        (name, demand, python)
        for name, demand in demands.items()
        for python in PYTHONS
        if f"{python}.0" not in SpecifierSet(demand)
    ]
    assert not wrong


def test_the_python_range_is_the_same_everywhere(project: dict[str, Any], root: Path) -> None:
    allowed = SpecifierSet(project["requires-python"])
    assert [v for v in ("3.9", "3.10", *PYTHONS, "3.14", "3.15") if v in allowed] == list(PYTHONS)
    conda = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    assert f"python {project['requires-python']}" in conda
    assert f"{' | '.join(PYTHONS)})" in (root / "scripts/setup").read_text()


def test_conda_installs_what_make_installs(root: Path) -> None:
    conda = yaml.safe_load((root / "environment.yml").read_text())["dependencies"]
    assert conda[-1] == {"pip": ["--constraint constraints.txt", "--editable .[test]"]}
    setup = (root / "scripts/setup").read_text()
    assert "--constraint constraints.txt --editable '.[test]'" in setup


@pytest.mark.parametrize("name", FILES)
def test_no_host_and_no_absolute_path_is_named(name: str, root: Path) -> None:
    text = (root / name).read_text()
    assert not re.findall(r"\w+://\S*|@ \S+|(?:^|[\s\"'=])/\w\S*|--(?:extra-)?index\S*|--find-links\S*", text)


def test_a_notebook_is_saved_with_the_state_of_its_widgets() -> None:
    """A closed notebook shows its explorers again; the set-up writes that where this JupyterLab looks for it."""
    from jupyterlab.commands import get_app_dir

    overrides = Path(get_app_dir(), "settings/overrides.json")
    assert overrides.is_file(), "scripts/setup writes it: run make setup"
    plugin = "@jupyter-widgets/jupyterlab-manager:plugin"
    settings = json.loads(overrides.read_text(encoding="utf-8"))[plugin]
    extension, name = plugin.split(":")
    schema = Path(sys.prefix, "share/jupyter/labextensions", extension, "schemas", extension, f"{name}.json")
    assert settings == {"saveState": True}
    assert settings.keys() <= json.loads(schema.read_text(encoding="utf-8"))["properties"].keys(), "a setting it has"
