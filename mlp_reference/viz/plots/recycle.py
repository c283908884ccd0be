"""Using artists again: moving one costs a tenth of making one, and explorers redraw at every slider move.

Plot functions ask ``artist`` for what they draw. Inside ``reuse`` they get what the last drawing on the same axes
used for the same kind and style, moved to its new place; everywhere else they get a new one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar
from weakref import WeakKeyDictionary

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

A = TypeVar("A", bound=Artist)
Key = tuple[type[Artist], str]


class Recycler:
    """What the last drawing on one axes left: ``spare`` artists by kind and style, ``used`` ones of this drawing."""

    def __init__(self) -> None:
        self.spare: defaultdict[Key, list[Artist]] = defaultdict(list)
        self.used: list[tuple[Key, Artist]] = []

    def collect(self) -> None:
        """All artists are spare again. Reversed, so that ``pop`` hands them out in the order they were made."""
        for key, artist in reversed(self.used):
            self.spare[key].append(artist)
        self.used = []

    def hide_rest(self) -> None:
        for artists in self.spare.values():
            for artist in artists:
                artist.set_visible(False)


_active: WeakKeyDictionary[Axes, Recycler] = WeakKeyDictionary()


@contextmanager
def reuse(figure: Figure, kept: dict[Axes, Recycler]) -> Iterator[None]:
    """Within, plot functions on ``figure`` reuse the artists in ``kept``, which starts empty and is updated."""
    for axes in figure.axes:
        _active[axes] = kept.setdefault(axes, Recycler())
        _active[axes].collect()
    try:
        yield
    finally:
        for axes in figure.axes:
            _active.pop(axes).hide_rest()


def artist(ax: Axes, kind: type[A], style: object, make: Callable[[], A], move: Callable[[A], object]) -> A:
    """An artist of ``kind`` and ``style`` on ``ax``: a spare one after ``move``, else what ``make`` returns, added."""
    recycler, key = _active.get(ax), (kind, repr(style))
    if recycler is not None and recycler.spare[key]:
        old = recycler.spare[key].pop()
        assert isinstance(old, kind)
        move(old)
        old.set_visible(True)
        recycler.used.append((key, old))
        return old
    new = make()
    ax.add_artist(new)
    if recycler is not None:
        recycler.used.append((key, new))
    return new
