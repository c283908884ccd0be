"""A browser for bare pages, and Node for the page's mathematics."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.lab import CHROMIUM_ARGS
from tests.support.paths import ROOT
from tests.support.programs import require_program
from tests.support.web import web_tools

Compute = Callable[..., Any]


@pytest.fixture(scope="package")
def web_browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node, which runs the page's mathematics without a page."""
    return require_program("node", "nodejs")


@pytest.fixture(scope="session")
def page_math(node: str) -> Compute:
    """``calls -> results``, each call a name of ``web/src/parity.js`` and its arguments."""

    def compute(*calls: list[Any]) -> Any:
        text = json.dumps(calls, default=lambda x: x.tolist() if isinstance(x, np.ndarray) else x.item())
        command = [node, str(ROOT / "web/src/parity.js")]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return compute


@pytest.fixture(scope="session")
def web(node: str) -> Path:
    """The folder of the explorers' sources with what builds them."""
    return web_tools()
