"""Cells that lay a learner's answer beside a second computation agree with every right answer of the catalogue."""

from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from autograde.exercises import CATALOGUE


@pytest.mark.parametrize("answer", CATALOGUE["layer_norm_backward"].alternates)
def test_nudging_bears_out_a_layer_normalization_however_it_is_written(root: Path, answer: str) -> None:
    notebook = nbformat.read(root / "notebooks/06_initialization/initialization.ipynb", as_version=4)
    (cell,) = [
        c.source for c in notebook.cells if c.cell_type == "code" and "layer_norm_backward(G, cache))" in c.source
    ]
    space: dict[str, Any] = {"np": np}
    exec(answer, space)
    exec(cell, space)
    assert len(space["gaps"]) == 3
    assert max(space["gaps"]) < 1e-6
