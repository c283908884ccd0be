"""``recall``: five short things of earlier notebooks, those that were missed before all others."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from autograde.learner.state import facts, progress_file
from autograde.runtime.silence import sealed
from autograde.runtime.timeout import OutOfTime, run_within

if TYPE_CHECKING:
    from autograde.learner.pages.sheet import Sheet

MOST = 5
_MISSED_FIRST = 3  # at most so many that were missed: the others keep the rest fresh
_SECONDS = 2


@dataclass(frozen=True)
class Item:
    """Something to be asked again."""

    key: str
    notebook: str
    ask: dict[str, Any]


def recall(notebook: int | None = None) -> "Sheet":
    """Five short items of the notebooks before this one, checked at once; what is missed comes again sooner.

    notebook: its number; the one you are in unless given.
    Raises: ValueError where there is no such notebook.
    """
    from autograde.learner.pages.sheet import Sheet  # late: it loads what draws

    here = facts.here() if notebook is None else facts.numbered(notebook)
    facts.visit(here)
    items = chosen(here, progress_file.read())
    sheet = Sheet(name="recall", title="Two minutes of recall", asks=[item.ask for item in items], quiz=True)
    sheet.observe(lambda change: _note(sheet, items) if change["new"] == "compared" else None, names="stage")
    return sheet


def chosen(notebook: str, state: progress_file.State) -> list[Item]:
    """What to ask: what was missed, the longest ago first, then what was never asked or is right for the fewest times.

    From one notebook back to the next and on, so that distances grow; kinds that are not there yet come first.
    """
    earlier = [name for name in facts.course()["notebooks"] if name < notebook]
    known = state["recall"]
    missed = [item for item in _predictions(earlier, state) if not known.get(item.key, {"right": False})["right"]]
    missed += [item for item in _items(earlier) if not known.get(item.key, {"right": True})["right"]]
    missed.sort(key=lambda item: known.get(item.key, {"at": 0})["at"])
    found = missed[:_MISSED_FIRST]
    rest = [item for item in _items(earlier) if item not in missed]
    turn = 0
    while rest and earlier and len(found) < MOST:
        here = [item for item in rest if item.notebook == earlier[-1 - turn % len(earlier)]]
        if here:
            kinds = [item.ask["kind"] for item in found]
            best = min(here, key=lambda item: (_box(known, item), kinds.count(item.ask["kind"])))
            found.append(best)
            rest.remove(best)
        turn += 1
    return found


def _box(known: dict[str, Any], item: Item) -> tuple[int, float]:
    entry = known.get(item.key)
    return (entry["box"], entry["at"]) if entry else (0, 0.0)


def _items(notebooks: list[str]) -> list[Item]:
    pools = facts.course()["recall"]
    return [Item(f"{name}: {ask['label']}", name, ask) for name in notebooks for ask in pools.get(name, [])]


def _predictions(notebooks: list[str], state: progress_file.State) -> Iterator[Item]:
    """Guesses that came out otherwise, with the notebook in the label."""
    for name, entry in facts.course()["predictions"].items():
        verdicts = state["predictions"].get(name, {"verdict": []})["verdict"]
        if entry["notebook"] in notebooks:
            for ask, verdict in zip(entry["asks"], verdicts, strict=False):
                if verdict is False and ask["kind"] != "draw":
                    label = f"Predicted in {entry['notebook'][:2]}, {name.replace('_', ' ')}: {ask['label']}"
                    yield Item(f"{name}: {ask['label']}", entry["notebook"], ask | {"label": label})


def _note(sheet: "Sheet", items: list[Item]) -> None:
    """Judge what only Python can, and keep what was right."""
    verdict = [
        same_values(item.ask["answer"], guess) if item.ask["kind"] == "code" and guess else kept
        for item, guess, kept in zip(items, sheet.guess, sheet.verdict, strict=True)
    ]
    for item, right in zip(items, verdict, strict=True):
        if right is not None:
            before = progress_file.read()["recall"].get(item.key, {"box": 0})
            progress_file.keep("recall", item.key, {"right": right, "box": before["box"] + 1 if right else 0})
    sheet.verdict = verdict


def same_values(answer: str, guess: str) -> bool:
    """Whether an expression in one letter gives what the right one gives, on some numbers."""
    (letter,) = {node.id for node in ast.walk(ast.parse(answer)) if isinstance(node, ast.Name)} - {"np"}
    numbers = np.array([-2.5, -1.0, 0.0, 0.25, 1.0, 3.0])
    expected = _value(answer, letter, numbers.copy())
    try:
        with sealed():
            got = run_within(_SECONDS, _value, guess, letter, numbers.copy())
            return bool(
                np.shape(got) == numbers.shape and np.allclose(np.asarray(got, dtype=float), expected, atol=1e-9)
            )
    except (Exception, SystemExit, OutOfTime):
        return False


def _value(source: str, letter: str, numbers: Any) -> Any:
    found = eval(source, {"np": np, letter: numbers})
    return found(numbers) if callable(found) else found
