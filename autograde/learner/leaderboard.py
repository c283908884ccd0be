"""``compete``: a learner's own networks within one budget, best first."""

import contextlib
import json
import time
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import numpy as np

from autograde.files import write_atomically
from autograde.learner.pages.page import SHOWN, Page
from autograde.learner.state import progress_file
from mlp_reference import data

MOST_PARAMETERS, MOST_SECONDS = 20_000, 30.0
_SEED = 8  # of the split: everybody's runs read the same digits
Row = dict[str, Any]


class Board(Page):
    """Runs within the budget, best first, then those beyond it.

    shares: of right answers on the validation part, by the runs' names.  best: the leader's name, "" without one.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        ranked = sorted(rows, key=lambda row: (not _within(row), -row["chosen"], row["parameters"]))
        self.shares: dict[str, float] = {row["name"]: row["chosen"] for row in ranked}
        self.best: str = next((row["name"] for row in ranked if _within(row)), "")
        super().__init__(*_shown(ranked))


def compete(name: str = "", train: Callable[..., Any] | None = None) -> Board:
    """The board, after a run under this name, where one is given; the last run under a name counts.

    train: ``train(X, y, rng) -> (params, read)``: the arrays of a network, and its function from images (n, 64) to labels.
    Raises: TypeError, ValueError for what can't be run; whatever ``train`` raises.
    """
    rows = [row for row in _kept() if row["name"] != name]
    if name or train is not None:
        rows.append(_run(name, train))
    if not progress_file.is_grading():
        with contextlib.suppress(OSError):
            write_atomically(progress_file.folder() / "runs.json", json.dumps(rows, indent=1))
    return Board(rows)


def _run(name: str, train: Any) -> Row:
    if not isinstance(name, str) or not name.strip() or not callable(train):
        raise TypeError(
            f"got compete({name!r}, {train!r}), expected a name and a function: compete('my reader', train)"
        )
    (X, y), (X_choose, y_choose), (X_test, y_test) = parts()
    began = time.perf_counter()
    result = train(X.copy(), y.copy(), np.random.default_rng(_SEED))
    seconds = time.perf_counter() - began
    if not isinstance(result, (list, tuple)) or len(result) != 2 or not callable(result[1]):
        raise TypeError(f"{name!r}: got {type(result).__name__}, expected the pair (params, read)")
    shares = [_share(name, result[1](Z), labels) for Z, labels in ((X_choose, y_choose), (X_test, y_test))]
    count = sum(int(np.size(p)) for p in result[0])
    return {"name": name, "parameters": count, "seconds": round(seconds, 2), "chosen": shares[0], "test": shares[1]}


def _share(name: str, said: Any, labels: np.ndarray) -> float:
    """The share of right labels among those that were read.

    Raises: TypeError where what was read is no label for each image.
    """
    shape = np.shape(said)
    if shape == labels.shape:
        return float(np.mean(np.asarray(said) == labels))
    more = ": are these logits? Then .argmax(axis=1) of them" if shape[:1] == labels.shape else ""
    raise TypeError(f"{name!r}: got {shape} from read, expected a label for each image, {labels.shape}{more}")


def parts() -> tuple[data.Part, data.Part, data.Part]:
    """Digits to learn from, to choose by, and to be read at the end; standardized as the first ones are."""
    rest, test = data.split(data.digits(), np.random.default_rng(_SEED))
    learn, choose = data.split(rest, np.random.default_rng(_SEED))
    mean, deviation = learn[0].mean(axis=0), learn[0].std(axis=0) + 1e-3
    first, second, third = (((X - mean) / deviation, y) for X, y in (learn, choose, test))
    return first, second, third


def _kept() -> list[Row]:
    try:
        stored = json.loads((progress_file.folder() / "runs.json").read_text(encoding="utf-8"))
        return [row for row in stored if row.keys() == {"name", "parameters", "seconds", "chosen", "test"}]
    except (OSError, ValueError, AttributeError, TypeError):
        return []


def _within(row: Row) -> bool:
    return bool(row["parameters"] <= MOST_PARAMETERS and row["seconds"] <= MOST_SECONDS)


def _shown(ranked: Sequence[Row]) -> tuple[str, str]:
    """The board as HTML and as text, with the test share of the leader only."""
    if not ranked:
        return f"<div style='{SHOWN}'>No runs yet.</div>", "no runs yet"
    lines = []
    for place, row in enumerate(ranked, 1):
        rank = str(place) if _within(row) else "over budget"
        figures = f"{row['parameters']:,}", f"{row['seconds']:.1f} s", f"{row['chosen']:.1%}"
        lines.append((rank, str(row["name"]), *figures, f"{row['test']:.1%}" if rank == "1" else ""))
    head = ("place", "run", "parameters", "time", "validation", "test")
    table = "".join(
        f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in line)}</tr>"
        for tag, line in [("th", head), *(("td", line) for line in lines)]
    )
    text = "\n".join("  ".join(f"{cell:12}" for cell in line).rstrip() for line in (head, *lines))
    return f"<div style='{SHOWN}'><table>{table}</table></div>", text
