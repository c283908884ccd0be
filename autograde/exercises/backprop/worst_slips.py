"""Wrong answers to ``worst_gradient`` that nudge too much at once, or give ``f`` something else than it wants."""

from autograde.exercise import Misconception, variant
from autograde.exercises.backprop.worst_mistakes import RIGHT

_EVERY, _CENTRE = "for j in np.ndindex(x.shape):", "centre = x[j]"
_CALLS = ("up = f(mine)", "down = f(mine)")


def _given(what: str) -> str:
    return variant(RIGHT, *((call, call.replace("mine", what)) for call in _CALLS))


SLIPS = [
    *[
        Misconception(
            "a whole row is moved at once",
            variant(RIGHT, (_EVERY, "for j in range(len(x)):"), (_CENTRE, centre)),
            "`x[j]` is a whole row where x has two axes. Each entry has a slope of its own: one entry at a time, `for j in np.ndindex(x.shape)`.",
        )
        for centre in ("centre = x[j]", "centre = x[j].copy()")
    ],
    *[
        Misconception(
            "loops for two axes",
            variant(RIGHT, ("        " + _EVERY, loops)),
            "Two loops are for matrices; a bias has one axis, other parameters may have three. `np.ndindex(x.shape)` runs through the entries of any array.",
        )
        for loops in (
            "        for j in [(r, c) for r in range(x.shape[0]) for c in range(x.shape[1])]:",
            "        rows, columns = x.shape\n        for j in [(r, c) for r in range(rows) for c in range(columns)]:",
            "        for j in [(r, c) for r in range(len(x)) for c in range(len(x[0]))]:",
        )
    ],
    Misconception(
        "a running number as index of a matrix",
        variant(RIGHT, (_EVERY, "for j in range(x.size):")),
        "A matrix has fewer rows than entries, so `x[j]` runs out of them. `for j in np.ndindex(x.shape)` gives an index for every entry, whatever the number of axes.",
    ),
    Misconception(
        "f gets one parameter alone",
        _given("{name: x}"),
        "f wants *all* parameters in one dictionary, the nudged one among them: nudge a copy of the whole dictionary, or call `f({**params, name: x})`.",
    ),
    Misconception(
        "f gets an array instead of the dictionary",
        _given("x"),
        "f wants the dictionary with *all* parameters, the nudged one among them: for example `f({**params, name: x})`.",
    ),
    Misconception(
        "the dictionary is unpacked",
        _given("**mine"),
        "f takes one argument, the dictionary itself: `f(mine)`, without the stars.",
    ),
]
