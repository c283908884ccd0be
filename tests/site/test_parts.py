"""Parts of the site that need no browser: the cache of executed notebooks, settings to try, addresses, workflows."""

import importlib
import re
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest
import yaml
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from mlp_reference.viz import explorers
from tests.support.paths import ROOT

TRIES = tomllib.loads((ROOT / "site/tries.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "site"))
    return importlib.import_module("executed")


def test_a_notebook_is_executed_again_only_when_something_that_it_used_has_changed(
    executed: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, used, runs = tmp_path / "lesson.ipynb", tmp_path / "module.py", []

    def execute(asked: Path) -> tuple[NotebookNode, list[Path]]:
        runs.append(asked.name)
        return nbformat.read(asked, as_version=4), [used]

    monkeypatch.setattr(executed, "_execute", execute)

    def count() -> int:
        assert len(list(executed.executed([path], tmp_path / "cache"))) == 1
        return len(runs)

    def write(source: str) -> None:
        nbformat.write(new_notebook(cells=[new_code_cell(source, id="a")]), path)

    write("1 + 1")
    used.write_text("x = 1")
    assert (count(), count()) == (1, 1)
    used.write_text("x = 2")
    assert (count(), count()) == (2, 2)
    write("1 + 2")
    assert (count(), count()) == (3, 3)
    used.unlink()
    assert count() == 4
    (tmp_path / "cache/lesson.ipynb").unlink()
    assert count() == 5


def test_every_explorer_has_settings_to_try_and_can_be_in_them() -> None:
    assert sorted(TRIES) == sorted(explorers.__all__)
    for name, tries in TRIES.items():
        first = getattr(explorers, name)().words
        for one in tries:
            explorer = getattr(explorers, name)(**one["values"])
            assert explorer.words != first or explorer.values != getattr(explorers, name)().values, one["say"]


def test_a_heading_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "site"))
    heading = importlib.import_module("markup").to_html("## A broken line").strip()
    link = '<a class="anchor" href="#A-broken-line" aria-hidden="true" tabindex="-1">#</a>'
    assert heading == f'<h2 id="A-broken-line">A broken line {link}</h2>'


def test_addresses_are_read_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "site"))
    address = importlib.import_module("widgets").address("spline_builder", {"target": "sin 3x + x/2", "m": 6})
    assert address == "#spline_builder?target=sin+3x+%2B+x%2F2&m=6"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_call_what_exists(path: Path) -> None:
    """They can't be run here; what they call can be looked for."""
    flow: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step["uses"]) for step in steps if "uses" in step)
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for step in steps:
        assert set(re.findall(r"\bmake (\w+)", step.get("run", ""))) <= set(targets)
    for trigger in flow[True].values():  # YAML takes `on` for a truth value
        for named in (trigger or {}).get("paths", []):
            assert list(ROOT.glob(named)), named
    for made in re.findall(r"path: (build/\w+)", path.read_text(encoding="utf-8")):
        assert made in {"build/site", "build/executed"}
