"""The course's matplotlib style. Importing this module changes nothing; ``apply()`` or ``with use():`` does."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from html import escape
from io import BytesIO
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe & Ito (2008), Color Universal Design: told apart with every common colour blindness.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#A8477F"  # purple darkened to 4.5:1 on white
AMBER, SKY, YELLOW, BLACK = "#E69F00", "#56B4E9", "#F0E442", "#000000"
GREY = "#6E6E6E"

# What activations are called in pictures and menus.
ACTIVATION_NAMES = {
    "identity": "identity", "sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "leaky_relu": "leaky ReLU",
    "prelu": "PReLU", "elu": "ELU", "gelu": "GELU",
}  # fmt: skip

# Classes differ in colour and in marker, so the picture also works in print.
CLASS_COLORS = (BLUE, ORANGE, GREEN, PURPLE, AMBER, SKY)
CLASS_MARKERS = ("o", "^", "s", "D", "v", "P")

RC: Mapping[Any, Any] = {
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.figsize": (6.4, 4.0),
    "savefig.facecolor": "white",
    "font.family": "sans-serif",
    "font.size": 10.5,
    "axes.titlesize": 12,
    "axes.titleweight": "bold",
    "axes.labelsize": 11,
    "axes.facecolor": "white",
    "axes.edgecolor": GREY,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.prop_cycle": cycler(color=CLASS_COLORS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "lines.linewidth": 2.0,
    "lines.markersize": 7.0,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": "#333333",
    "ytick.labelcolor": "#333333",
}


def apply() -> None:
    """Make the style the default of this session."""
    mpl.rcParams.update(RC)


@contextmanager
def use() -> Iterator[None]:
    """A context in which new figures have the style."""
    # rc_context would copy all 300 parameters, at every slider move.
    before: dict[Any, Any] = {name: mpl.rcParams[name] for name in RC}
    apply()
    try:
        yield
    finally:
        mpl.rcParams.update(before)


def _in_style(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def styled(*args: Any, **kwargs: Any) -> Any:
        with use():
            return method(*args, **kwargs)

    return styled


class StyledAxes(Axes):
    """Axes whose titles, legends and lines have the course's style, also when a cell adds them later.

    Matplotlib reads its settings when such a thing is made, not when the axes are.
    """

    set_title, legend = _in_style(Axes.set_title), _in_style(Axes.legend)
    set_xlabel, set_ylabel = _in_style(Axes.set_xlabel), _in_style(Axes.set_ylabel)
    plot, errorbar, bar = _in_style(Axes.plot), _in_style(Axes.errorbar), _in_style(Axes.bar)
    axline, axhline, axvline = _in_style(Axes.axline), _in_style(Axes.axhline), _in_style(Axes.axvline)
    text, annotate = _in_style(Axes.text), _in_style(Axes.annotate)


def label(ax: Axes, title: str = "", x: str = "", y: str = "") -> None:
    """Fill in title and axis labels where ``ax`` has none yet: what the caller wrote stays."""
    if not ax.get_title():
        ax.set_title(title)
    if not ax.get_xlabel():
        ax.set_xlabel(x)
    if not ax.get_ylabel():
        ax.set_ylabel(y)


_RIM = 0.08  # inches of paper around what is drawn, all of it seen where the page is dark


class Described:
    """A figure together with the words that replace it for those who cannot see it.

    density: pixels of the picture for each pixel of a usual screen.
    """

    def __init__(self, figure: Figure, alt: str, density: float = 2) -> None:
        self.figure, self.alt, self.density = figure, alt, density

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self.outputs()

    def outputs(self) -> dict[str, str]:
        """The picture with its words, in all forms, by MIME type: a bare image/png would be shown without them."""
        png = BytesIO()
        with use():  # ticks are made when they are drawn
            sharp = self.density * self.figure.dpi
            self.figure.savefig(png, format="png", dpi=sharp, bbox_inches="tight", pad_inches=_RIM)
        code = b64encode(png.getvalue()).decode("ascii")
        width = round(int.from_bytes(png.getvalue()[16:20], "big") / self.density)  # a PNG begins with its size
        image = (
            f'<img alt="{escape(self.alt)}" width="{width}" style="max-width:100%" src="data:image/png;base64,{code}">'
        )
        return {"text/html": image, "image/png": code, "text/plain": self.alt}


def describe(figure: Figure, alt: str) -> Described:
    """``figure`` with an alternative text: make it the last expression of a cell."""
    return Described(figure, alt)


def subplots(rows: int = 1, columns: int = 1, size: tuple[float, float] | None = None) -> tuple[Figure, Any]:
    """A figure in the course's style and its axes, as ``plt.subplots`` gives them, outside of pyplot's list of figures.

    size: width and height in inches.
    """
    with use():
        figure = Figure(figsize=size or (5.2 * columns, 4.2 * rows), layout="constrained")
        return figure, figure.subplots(rows, columns, subplot_kw={"axes_class": StyledAxes})
