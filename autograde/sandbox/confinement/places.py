"""What of this machine a sandbox shows: Python with its packages, wherever they lie, and nothing of a course."""

import os
import site
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograde.course import PROJECT

SYSTEM = tuple(map(Path, (
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/sbin", "/etc/alternatives", "/etc/fonts", "/etc/ld.so.cache",
    "/etc/localtime", "/etc/python3", f"/etc/python{sys.version_info.major}.{sys.version_info.minor}",
)))  # fmt: skip
OWN_IN_A_SANDBOX = tuple(map(Path, ("/proc", "/dev", "/tmp")))
# What makes up an environment.  The folder around it may hold anything: a clone, or a whole home folder.
_PARTS = ("bin", "lib", "lib32", "lib64", "include", "share", "etc", "ssl", "libexec", "pyvenv.cfg")
_PACKAGES = ("site-packages", "dist-packages")


def environment() -> list[Path]:
    """The folders and files of the running Python and its packages that are no part of the system, by real names."""
    prefixes = {Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)}
    parts = [prefix / part for prefix in prefixes for part in _PARTS if (prefix / part).exists()]
    return _outermost([*parts, *package_folders()])


def package_folders() -> list[Path]:
    """The folders of installed packages on Python's path, a user's own and those of PYTHONPATH among them."""
    found = [Path(place) for place in [*sys.path, site.getusersitepackages() if site.ENABLE_USER_SITE else ""]]
    return list(dict.fromkeys(p.resolve() for p in found if p.name in _PACKAGES and p.is_dir()))


def import_folders() -> list[Path]:
    """The folders that notebooks import from: the standard library's and those of packages."""
    library = Path(os.__file__).resolve().parent
    return [library, *(p for p in (library / "lib-dynload",) if p.is_dir()), *package_folders()]


def covered(hidden: Iterable[Path]) -> list[Path]:
    """The folders that must not be seen, but lie within what is shown: of courses, and of this project's copies."""
    clone = (PROJECT / "pyproject.toml").is_file()  # else it lies among the other packages
    copies = [folder / name for folder in package_folders() for name in ("autograde", "mlp_reference")]
    folders = {folder.resolve() for folder in [*hidden, *copies, *[PROJECT] * clone] if folder.is_dir()}
    return sorted(folder for folder in folders if is_within(folder, [*SYSTEM, *environment()]))


def links() -> dict[Path, str]:
    """The symbolic links on the way to the running Python, by the place where each lies."""
    spelled = [sys.prefix, sys.base_prefix, sys.executable, getattr(sys, "_base_executable", sys.executable)]
    found = {place: target for path in spelled for place, target in _links_on(Path(path).absolute())}
    there = [*SYSTEM, *OWN_IN_A_SANDBOX, *environment()]
    return {place: target for place, target in found.items() if place not in there and not _is_there(place)}


def is_within(path: Path, places: Iterable[Path]) -> bool:
    """Whether a path is one of the places or below it."""
    return any(path.is_relative_to(place) for place in places)


def _is_there(place: Path) -> bool:
    return is_within(place, [*SYSTEM, *environment(), Path("/proc"), Path("/dev")])


def _links_on(path: Path) -> Iterator[tuple[Path, str]]:
    for part in [*reversed(path.parents), path]:
        if part.is_symlink():
            target = os.readlink(part)
            yield part.parent.resolve() / part.name, target
            yield from _links_on(part.parent / target)


def _outermost(paths: Sequence[Path]) -> list[Path]:
    """Each once, by its real name, without what lies below another one or in the system."""
    real = sorted({path.resolve() for path in paths})
    return [p for p in real if not is_within(p, SYSTEM) and not is_within(p, [o for o in real if o != p])]
