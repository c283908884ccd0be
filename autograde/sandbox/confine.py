"""How a process is confined: bubblewrap around it, with nothing to see but Python, its packages and stand-ins."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
LIBRARY = Path("/course")
_STAND_INS = Path(__file__).parent / "stand_ins"

# The modules of the project that exist inside.  None of them knows an answer or a test.
SHOWN = (
    "autograde/limits.py", "autograde/plain.py", "autograde/quiet.py", "autograde/traces.py",
    "autograde/sandbox/__init__.py", "autograde/sandbox/wire.py",
    *(f"autograde/sandbox/inside/{name}.py" for name in ("__init__", "jail", "shell", "worker", "zygote")),
    "mlp_reference/checks.py", "mlp_reference/data.py", "mlp_reference/shapes.py",
)  # fmt: skip
STOOD_IN = ("autograde/__init__.py", "mlp_reference/__init__.py", "mlp_reference/viz/__init__.py")
SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/sbin", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
ENVIRONMENT = {
    "HOME": "/tmp", "IPYTHONDIR": "/tmp/.ipython", "LANG": "C.UTF-8", "MPLCONFIGDIR": "/tmp/.matplotlib",
    "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": str(LIBRARY),
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
}  # fmt: skip
RUN = ("-m", "autograde.sandbox.inside.zygote")


class ConfinementError(RuntimeError):
    """Confinement can't be had here; the text says why and what to do."""


def confined_command(arguments: Sequence[str], hidden: Sequence[Path] = ()) -> list[str]:
    """The command that runs the zygote within bubblewrap; ``hidden`` folders don't exist there.

    Raises: ConfinementError where bubblewrap is not installed.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise ConfinementError(
            "bubblewrap, which keeps submissions from the rest of the machine, is not installed: install it, on Debian "
            "and Ubuntu with `apt install bubblewrap`, or accept the risk with --unconfined"
        )
    command = [
        bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000",
        "--cap-add", "CAP_SYS_ADMIN", "--die-with-parent", "--new-session", "--hostname", "sandbox", "--clearenv",
    ]  # fmt: skip
    for name, value in ENVIRONMENT.items():
        command += ["--setenv", name, value]
    command += _file_system(hidden)
    return [*command, "--chdir", "/", sys.executable, *RUN, *arguments]


def unconfined_environment(folder: Path) -> dict[str, str]:
    """The environment in which the zygote runs without bubblewrap, from a copy of the modules in ``folder``."""
    for name, source in _modules():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / name)
    scratch = {name: str(folder) for name in ("HOME", "IPYTHONDIR", "MPLCONFIGDIR")}
    return dict(os.environ) | ENVIRONMENT | scratch | {"PYTHONPATH": str(folder), "PATH": os.environ.get("PATH", "")}


def _modules() -> list[tuple[str, Path]]:
    real = [(name, PROJECT / name) for name in SHOWN]
    return real + [(name, _STAND_INS / name) for name in STOOD_IN]


def _file_system(hidden: Sequence[Path]) -> list[str]:
    """What can be seen: the system's programs, Python with its packages, and the few modules above; all read-only."""
    options = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm", "--tmpfs", "/tmp"]
    pythons = sorted({Path(sys.base_prefix).resolve(), Path(sys.prefix).resolve()})
    bound = [Path(p) for p in SYSTEM]
    for place in SYSTEM:
        options += ["--ro-bind-try", place, place]
    for python in pythons:
        if not any(python.is_relative_to(place) for place in SYSTEM):
            options += ["--ro-bind", str(python), str(python)]
            bound.append(python)
    for folder in _to_cover(hidden, bound):
        options += ["--tmpfs", str(folder)]
        for python in pythons:
            if python.is_relative_to(folder):
                options += ["--ro-bind", str(python), str(python)]
    for name, source in _modules():
        options += ["--ro-bind", str(source), str(LIBRARY / name)]
    return [*options, "--remount-ro", "/dev", "--remount-ro", "/"]


def _to_cover(hidden: Sequence[Path], bound: Sequence[Path]) -> list[Path]:
    """The folders that must not be seen, but lie within what is bound."""
    installed = not (PROJECT / "pyproject.toml").is_file()  # then the packages lie among all others
    own = [PROJECT / "autograde", PROJECT / "mlp_reference"] if installed else [PROJECT]
    folders = {folder.resolve() for folder in [*own, *hidden]}
    return sorted(folder for folder in folders if any(folder.is_relative_to(place) for place in bound))
