"""What lies in a submission's folder and is no notebook: links to other files, pipes, devices, odd names."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.autograde.attacks.attack import ASSIGNMENT, NOTEBOOK, Attack
from tests.support.paths import ROOT


def _link(target: Callable[[Path], Path], level: int) -> Callable[[Path, Path], None]:
    """Puts a link for the notebook (0), its assignment (1) or its student (2)."""

    def place(course: Path, folder: Path) -> None:
        names = [folder / NOTEBOOK, folder, folder.parent]
        names[level].parent.mkdir(parents=True, exist_ok=True)
        names[level].symlink_to(target(course))

    return place


def _solution(course: Path) -> Path:
    return ROOT / "solutions" / ASSIGNMENT / NOTEBOOK


def _neighbour(course: Path) -> Path:
    return course / "submitted" / "honest_00"


def _pipe(course: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / NOTEBOOK)


def _socket(course: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    before = os.getcwd()
    os.chdir(folder)  # a socket's name must be short
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(NOTEBOOK)
    os.chdir(before)


def _folder(course: Path, folder: Path) -> None:
    (folder / NOTEBOOK).mkdir(parents=True)


def _odd_names(course: Path, folder: Path) -> None:
    """A notebook among links, pipes and odd names."""
    folder.mkdir(parents=True)
    (folder / NOTEBOOK).write_bytes((course / "submitted" / "merely_wrong" / ASSIGNMENT / NOTEBOOK).read_bytes())
    for name in (
        "new\nline",
        "\x1b[2Jclear",
        "\u202egnp.exe",
        "..hidden",
        "<script>",
        b"\xff".decode("utf-8", "surrogateescape"),
    ):
        (folder / name).write_text("x")
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "timestamp.txt")


def _wrapped_link(course: Path, folder: Path) -> None:
    """A link to a neighbour's in a folder, as if an archive had brought it along."""
    folder.mkdir(parents=True)
    (folder / ASSIGNMENT).symlink_to(_neighbour(course) / ASSIGNMENT)


def _shadows(course: Path, folder: Path) -> None:
    """Modules beside the notebook with the names of those that grading imports."""
    for name in ("numpy", "autograde", "msgpack", "sitecustomize", "IPython", "json", "socket", "nbgrader_config"):
        (folder / "encodings").mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.py").write_text("check = lambda *args, **options: 1000\nraise SystemExit")
        (folder / "encodings" / f"{name}.py").write_text("raise SystemExit")
    (folder / NOTEBOOK).write_bytes((course / "submitted" / "merely_wrong" / ASSIGNMENT / NOTEBOOK).read_bytes())


ATTACKS = [
    Attack("shadows", "hands in modules with the names of those that grading imports", place=_shadows),
    Attack("notebook_is_passwd", "links its notebook to /etc/passwd", place=_link(lambda _: Path("/etc/passwd"), 0),
           fails=True),
    Attack("notebook_is_solution", "links its notebook to the instructor's", place=_link(_solution, 0), fails=True),
    Attack("notebook_is_neighbours", "links its notebook to a neighbour's",
           place=_link(lambda c: _neighbour(c) / ASSIGNMENT / NOTEBOOK, 0), fails=True),
    Attack("assignment_is_neighbours", "links its assignment's folder to a neighbour's",
           place=_link(lambda c: _neighbour(c) / ASSIGNMENT, 1), fails=True),
    Attack("link_to_home", "links its assignment to a neighbour's folder, where the neighbour's assignment lies",
           place=_link(_neighbour, 1), fails=True),
    Attack("wrapped_link", "wraps a link to a neighbour's folder into its own", place=_wrapped_link, fails=True),
    Attack("notebook_is_zero", "links its notebook to /dev/zero", place=_link(lambda _: Path("/dev/zero"), 0),
           fails=True),
    Attack("notebook_is_pipe", "puts a pipe in the notebook's place, which nobody ever writes to", place=_pipe,
           fails=True),
    Attack("notebook_is_socket", "puts a socket in the notebook's place", place=_socket, fails=True),
    Attack("notebook_is_folder", "puts a folder in the notebook's place", place=_folder, fails=True),
    Attack("link_in_circle", "links its notebook to itself",
           place=_link(lambda c: Path(NOTEBOOK), 0), fails=True),
]  # fmt: skip

# Students' folders that are none; they must not be graded, whatever they lead to.
STUDENTS = {"link_to_neighbour": "honest_00", "link_to_root": "/", "link_out": "../../.."}
ODD = Attack("odd_names", "hands in its notebook among links, pipes and names with line breaks", place=_odd_names)
