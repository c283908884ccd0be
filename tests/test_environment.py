"""pyproject.toml, constraints.txt, environment.yml and the set-up script describe one environment."""

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

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


def requirements(project: dict[str, Any]) -> list[Requirement]:
    return [Requirement(r) for r in [*project["dependencies"], *project["optional-dependencies"]["test"]]]


def test_every_dependency_is_pinned_to_a_version_it_allows(project: dict[str, Any], pins: dict[str, Version]) -> None:
    wrong = [r for r in requirements(project) if pins.get(canonicalize_name(r.name)) not in r.specifier]
    assert not wrong, "these are not pinned in constraints.txt, or to a version that pyproject.toml excludes"


def test_what_the_dependencies_need_is_pinned_too(project: dict[str, Any], pins: dict[str, Version]) -> None:
    todo, seen = [r.name for r in requirements(project)], set()
    while todo:
        name = canonicalize_name(todo.pop())
        if name not in seen:
            seen.add(name)
            needs = [Requirement(r) for r in distribution(name).requires or []]
            todo += [r.name for r in needs if r.marker is None or r.marker.evaluate({"extra": ""})]
    assert not seen - pins.keys(), "add these to constraints.txt"


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
