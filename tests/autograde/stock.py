"""A course folder in which nbgrader's own commands run, as an instructor would type them."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tests.autograde.books import ASSIGNMENT, NAME
from tests.support.paths import ROOT
from tests.support.servers import free_port, wait_until_ready

_COMMANDS = """
import sys
from nbgrader.apps.nbgraderapp import NbGraderApp
for command in sys.argv[1:]:
    NbGraderApp.launch_instance(command.split())
    NbGraderApp.clear_instance()
"""


def cell_named(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The first cell with a grade_id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def run_nbgrader(folder: Path, *commands: str) -> None:
    """Run commands in one process: starting it is what takes most of the time."""
    places = {"JUPYTER_CONFIG_DIR": "jupyter", "MLP_COURSE_PROGRESS": "progress"}
    env = os.environ | {name: str(folder / place) for name, place in places.items()}
    command = [sys.executable, "-c", _COMMANDS, *commands]
    run = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True)
    assert run.returncode == 0, f"nbgrader {commands}:\n{run.stderr[-4000:]}"


class Course:
    """A course with the instructor's notebooks and settings, and what nbgrader makes of what is handed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "solutions", folder / "solutions")
        shutil.copy(ROOT / "nbgrader_config.py", folder)

    def nbgrader(self, *commands: str) -> None:
        """Run commands as an instructor would in the course's folder."""
        run_nbgrader(self.folder, *commands)

    def submit(self, student: str, notebook: NotebookNode) -> None:
        """Put a notebook where nbgrader looks for it."""
        place = self.folder / "submitted" / student / ASSIGNMENT / f"{NAME}.ipynb"
        place.parent.mkdir(parents=True)
        nbformat.write(notebook, place)

    def read(self, *parts: str) -> NotebookNode:
        """The notebook in one of the course's folders."""
        return nbformat.read(self.folder.joinpath(*parts, ASSIGNMENT, f"{NAME}.ipynb"), as_version=4)

    def scores(self, student: str) -> dict[str, float]:
        """The points of a student, by test."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission_notebook(NAME, ASSIGNMENT, student)
            return {grade.name: grade.auto_score for grade in submission.grades if grade.name.startswith("test_")}

    def page(self, path: str) -> str:
        """What the server with formgrader delivers."""
        port, log_file = free_port(), self.folder / "server.log"
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--ServerApp.port={port}",
            "--IdentityProvider.token=course", f"--ServerApp.root_dir={self.folder}",
        ]  # fmt: skip
        places = {"JUPYTER_CONFIG_DIR": "jupyter", "JUPYTER_RUNTIME_DIR": "runtime"}
        env = os.environ | {name: str(self.folder / place) for name, place in places.items()}
        with log_file.open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=env, stdout=log, stderr=log)
            try:
                wait_until_ready(port, "course", process, log_file)
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}{path}", headers={"Authorization": "token course"}
                )
                with urllib.request.urlopen(request, timeout=60) as response:
                    text: Any = response.read().decode()
                    return str(text)
            finally:
                process.terminate()
                process.wait(timeout=30)
