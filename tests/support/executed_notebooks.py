"""Learner notebooks with the outputs of a run, which all tests and the site share."""

import importlib
import sys

from nbformat import NotebookNode

from tests.support.paths import ROOT


def saved(assignment: str) -> NotebookNode:
    """The notebook of an assignment as JupyterLab would save it after all its cells were run, but for their numbers."""
    sys.path.insert(0, str(ROOT / "site"))
    try:
        executed = importlib.import_module("executed")
    finally:
        sys.path.remove(str(ROOT / "site"))
    path = ROOT / "notebooks" / assignment / f"{assignment.partition('_')[2]}.ipynb"
    notebook: NotebookNode = executed.saved(path, ROOT / "build/executed")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = None  # so that a cell which is run again is seen to be
    return notebook
