"""An explorer seen from Python: traits that the page and the kernel share, and a still picture for where no page is.

What moves is drawn and computed in the page, by the ES module of the same name (sources in ``web/``, bundled in
``static/``).
"""

from collections.abc import Sequence
from typing import Any, ClassVar

import traitlets
from matplotlib.figure import Figure

from mlp_reference.shapes import Number
from mlp_reference.viz import style
from mlp_reference.viz.explorers.page_module import PageModule

Values = dict[str, Any]


def real(first: float, low: float, high: float) -> Any:
    """A trait for a number between two ends."""
    return traitlets.Float(first, min=low, max=high).tag(sync=True, state=True)


def whole(first: int, low: int, high: int) -> Any:
    """A trait for a whole number between two ends."""
    return traitlets.Int(first, min=low, max=high).tag(sync=True, state=True)


def kept() -> Any:
    """A trait for a list that the page keeps: what was painted, added or dragged."""
    return traitlets.List().tag(sync=True, state=True)


def kept_run() -> Any:
    """A trait for a run that the page keeps beside the present one: what its curves are, and its ``words``."""
    return traitlets.Dict().tag(sync=True, state=True)


def choice(options: Sequence[str | Number], first: str | Number | None = None) -> Any:
    """A trait for one of some values, the first of which it has at the start unless another is named."""
    return traitlets.Enum(list(options), options[0] if first is None else first).tag(sync=True, state=True)


class Explorer(PageModule):
    """State that Python and the page share. A new explorer has traits marked as ``state``, ``words`` and ``draw``."""

    title: ClassVar[str]
    size: ClassVar[tuple[float, float]] = (8.6, 3.9)  # of the still picture, in inches

    _initial = traitlets.Dict().tag(sync=True)  # where Reset goes

    def __init__(self, **values: Any) -> None:
        self._refuse_unknown(values)
        super().__init__(**values)
        self._initial = self.values

    @property
    def values(self) -> Values:
        """The present state: what the controls show, and what was dragged or drawn."""
        return {name: getattr(self, name) for name in self.trait_names(state=True)}

    @property
    def initial(self) -> Values:
        """The state that Reset goes back to."""
        return dict(self._initial)

    def set(self, **values: Any) -> None:
        """Change several parts of the state at once.

        Raises: TypeError for a name that the explorer does not have, TraitError for a value out of its range.
        """
        self._refuse_unknown(values)
        with self.hold_sync(), self.hold_trait_notifications():
            for name, value in values.items():
                setattr(self, name, value)

    def reset(self) -> None:
        """Put everything back to where it started."""
        self.set(**self._initial)

    @property
    def words(self) -> str:
        """What the picture shows, in words."""
        raise NotImplementedError

    def draw(self, figure: Figure) -> None:
        """Draw the present state without a page."""
        raise NotImplementedError

    @property
    def alt(self) -> str:
        """The picture in words."""
        return f"{self.title}. {self.words}"

    def picture(self) -> Figure:
        """The present state as a still picture."""
        with style.use():
            figure = Figure(figsize=self.size, dpi=100, layout="constrained")
            self.draw(figure)
        return figure

    def _refuse_unknown(self, values: Values) -> None:
        known = self.trait_names(state=True)
        for name in values:
            if name not in known:
                raise TypeError(f"{self.module}() has no {name!r}; it has {', '.join(known)}: name one of these")

    def still(self) -> dict[str, str]:
        """The picture and its words, for where no page draws it."""
        return style.Described(self.picture(), self.alt, density=1.5).outputs()
