"""How a process is confined: bubblewrap around it, with nothing to see but Python, its packages and stand-ins."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from autograde.course import PROJECT
from autograde.sandbox.confinement import places

LIBRARY = Path("/course")
_STAND_INS = Path(__file__).parents[1] / "stand_ins"

# The modules of the project that exist inside.  None of them knows an answer or a test.
SHOWN = (
    *sorted(f"autograde/runtime/{path.name}" for path in (PROJECT / "autograde/runtime").glob("*.py")),
    "mlp_reference/checks.py", "mlp_reference/data.py", "mlp_reference/shapes.py",
)  # fmt: skip
STOOD_IN = ("autograde/__init__.py", "mlp_reference/__init__.py", "mlp_reference/viz/__init__.py")
LEARNERS = ("etc/passwd", "etc/group", "etc/hosts")  # so that the user has a name, and localhost an address
HOME = "/tmp/learner"
ENVIRONMENT = {
    "HOME": HOME, "USER": "learner", "LOGNAME": "learner", "SHELL": "/bin/sh", "LANG": "C.UTF-8",
    "IPYTHONDIR": f"{HOME}/.ipython", "MPLCONFIGDIR": f"{HOME}/.matplotlib",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
    "PIP_RETRIES": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1",  # there is no network
    "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
}  # fmt: skip
RUN = ("-m", "autograde.runtime.zygote")


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
    for name, value in {**ENVIRONMENT, "PYTHONPATH": _python_path(LIBRARY)}.items():
        command += ["--setenv", name, value]
    command += _file_system(hidden)
    return [*command, "--chdir", "/", sys.executable, *RUN, *arguments]


def unconfined_environment(folder: Path) -> dict[str, str]:
    """The environment in which the zygote runs without bubblewrap, from a copy of the modules in ``folder``."""
    for name, source in _modules():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, folder / name)
    scratch = {name: str(folder) for name in ("HOME", "IPYTHONDIR", "MPLCONFIGDIR")}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return dict(os.environ) | ENVIRONMENT | scratch | {"PYTHONPATH": _python_path(folder), "PATH": path}


def _modules() -> list[tuple[str, Path]]:
    real = [(name, PROJECT / name) for name in SHOWN]
    return real + [(name, _STAND_INS / name) for name in STOOD_IN]


def _python_path(library: Path) -> str:
    """First the project's modules; then packages that Python does not find by itself, as of a user's own folder."""
    own = [Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)]
    others = [folder for folder in places.package_folders() if not places.is_within(folder, own)]
    return os.pathsep.join(map(str, [library, *others]))


def _file_system(hidden: Sequence[Path]) -> list[str]:
    """What can be seen: the system's programs, Python with its packages, and the few modules above; all read-only."""
    options = ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/dev/shm", "--tmpfs", "/tmp"]
    for place in places.SYSTEM:
        options += ["--ro-bind-try", str(place), str(place)]
    python = places.environment()
    for part in python:
        options += ["--ro-bind", str(part), str(part)]
    for folder in places.covered(hidden):
        options += ["--tmpfs", str(folder)]
        for part in python:
            if part.is_relative_to(folder):
                options += ["--ro-bind", str(part), str(part)]
        options += ["--remount-ro", str(folder)]
    for place, target in places.links().items():
        options += ["--symlink", target, str(place)]
    for name, source in _modules():
        options += ["--ro-bind", str(source), str(LIBRARY / name)]
    for name in LEARNERS:
        options += ["--ro-bind", str(_STAND_INS / name), f"/{name}"]
    return [*options, "--remount-ro", "/dev", "--remount-ro", "/"]
