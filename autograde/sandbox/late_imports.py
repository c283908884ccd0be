"""Trying, from inside a submission, what notebooks use: all packages are there, and IPython's commands work."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from autograde.sandbox.confinement import places
from autograde.sandbox.session import Session

# Loaded late by many notebooks, quick to load, and each in need of something else.
_LATE = (
    "numpy.polynomial.hermite_e", "scipy.special", "matplotlib.ft2font", "ipywidgets", "tqdm.notebook", "sqlite3",
    "ssl",
)  # fmt: skip
_CELLS = (
    "%%time\nx = 1", "%%capture\nprint(1)", "%timeit -n1 -r1 1", "!ls",
    "import tempfile\nwith tempfile.NamedTemporaryFile() as file:\n    file.write(b'1')",
    "from mlp_reference import data\ndata.xor_corners()",
)  # fmt: skip
_LOOK = """
def entries(folders):
    import os
    def there(path):
        return os.path.exists(path) and (not os.path.isdir(path) or bool(os.listdir(path)))
    return [[n for n in os.listdir(f) if there(os.path.join(f, n))] if os.path.isdir(f) else [] for f in folders]

def failing(modules):
    import importlib
    found = []
    for module in modules:
        try:
            importlib.import_module(module)
        except BaseException as error:
            found.append([module, f"{type(error).__name__}: {error}"])
    return found
"""


def missing(session: Session) -> list[str]:
    """What works outside but not in this submission, in words; [] where all that notebooks need is there.

    Raises: Ended.
    """
    session.run(_LOOK)
    return [*_unseen(session), *_not_imported(session), *_failing_cells(session)]


def _unseen(session: Session) -> Iterator[str]:
    """Packages that are hidden, wherever Python finds them."""
    folders = [str(folder) for folder in places.import_folders()]
    namespace: dict[str, Any] = {}
    exec(_LOOK, namespace)
    outside, inside = namespace["entries"](folders), session.find("entries")(folders)
    covered = {str(folder) for folder in places.covered(())}
    for folder, all_names, seen in zip(folders, outside, inside, strict=True):
        hidden = sorted(n for n in {*all_names} - {*map(str, seen)} if os.path.join(folder, n) not in covered)
        if hidden:
            names = ", ".join(hidden[:3]) + (f" and {len(hidden) - 3} others" if len(hidden) > 3 else "")
            yield f"{names} of {folder} can't be seen"


def _not_imported(session: Session) -> Iterator[str]:
    for module, error in session.find("failing")([name for name in _LATE if _is_installed(name)]):
        if subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, cwd="/").returncode == 0:
            yield f"{module} can't be imported ({error})"


def _is_installed(module: str) -> bool:
    return importlib.util.find_spec(module.partition(".")[0]) is not None


def _failing_cells(session: Session) -> Iterator[str]:
    for source in _CELLS:
        error, shown = session.run(source)
        if error:
            yield f"a cell with `{source.splitlines()[0]}` fails ({shown[-1].text.strip().splitlines()[-1]})"
