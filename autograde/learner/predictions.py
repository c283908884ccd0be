"""``predict``: a guess that is written down before one looks, and stands in *Compare* afterwards."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from autograde.learner.state import facts, progress_file

if TYPE_CHECKING:
    from autograde.learner.pages.sheet import Sheet

Ask = dict[str, Any]
_FIRST: dict[str, Any] = {"guess": [], "stage": "open", "verdict": []}


def predict(name: str) -> "Sheet":
    """A sheet for the guess that the text above asks for; what is written there is kept.

    Raises: ValueError where there is no such prediction.
    """
    from autograde.learner.pages.sheet import Sheet  # late: it loads what draws

    known = facts.course()["predictions"]
    if name not in known:
        raise ValueError(f"predict({name!r}): no such prediction; choose one of {', '.join(known)}")
    entry = known[name]
    facts.visit(entry["notebook"])
    kept = progress_file.read()["predictions"].get(name, _FIRST)
    sheet = Sheet(name=name, asks=entry["asks"], **_fitting(kept, entry["asks"]))
    sheet.when_moved(lambda moved: _keep(moved, entry["notebook"]))
    return sheet


def _keep(sheet: "Sheet", notebook: str) -> None:
    facts.visit(notebook)
    entry = {"guess": list(sheet.guess), "stage": sheet.stage, "verdict": list(sheet.verdict)}
    progress_file.keep("predictions", sheet.name, entry)


def _fitting(kept: dict[str, Any], asks: Sequence[Ask]) -> dict[str, Any]:
    """What is kept, unless the questions have changed since."""
    fits = len(kept["guess"]) == len(asks) and len(kept["verdict"]) in (0, len(asks))
    return {key: kept[key] for key in _FIRST} if fits or kept["stage"] == "skipped" else dict(_FIRST)
