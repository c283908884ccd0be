"""Where in a learner's code an exception came from."""

import dis
import inspect
import linecache
import traceback
from dataclasses import dataclass
from pathlib import Path

_OURS = (str(Path(__file__).parents[1]), str(Path(inspect.__file__).parent))  # this package and the standard library


@dataclass(frozen=True)
class Told:
    """What the process in which the learner's code ran has told about an exception; it stands for a traceback."""

    where: str
    line: str
    on_purpose: bool


def told(error: BaseException | None) -> Told | None:
    """What came with an exception that was raised in another process."""
    found = getattr(error, "__dict__", {}).get("told")
    return found if isinstance(found, Told) else None


def own_line(error: BaseException | None) -> tuple[str, str]:
    """The function and the line of the learner's, ``line 3: w += x``, that raised; "" where the error has none."""
    found = "", ""
    if error is None:
        return found
    if (remote := told(error)) is not None:
        return remote.where, remote.line
    for frame, lineno in traceback.walk_tb(error.__traceback__):
        filename = frame.f_code.co_filename
        if "site-packages" in filename or filename.startswith(_OURS):
            continue  # without having read a whole file for one line of it
        if text := _source_line(filename, lineno):
            found = frame.f_code.co_qualname, f"line {lineno}: {text}"
    return found if found[1] else own_line(error.__context__)  # a call is stopped again while it is being stopped


def raised_on_purpose(error: BaseException) -> bool:
    """Whether a ``raise`` of the learner's own code made it, and not NumPy or Python at some other line."""
    if (remote := told(error)) is not None:
        return remote.on_purpose
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    if last is None or "site-packages" in last.tb_frame.f_code.co_filename:
        return False
    return last.tb_frame.f_code.co_code[last.tb_lasti] == dis.opmap["RAISE_VARARGS"]


def _source_line(filename: str, lineno: int) -> str:
    try:
        return linecache.getline(filename, lineno).strip()
    except Exception:  # its cache may have been left in a bad state by a call that was stopped
        return ""
