"""What all explorers share: controls, one picture that follows them, words that say the same, and a reset.

A slider move must reach the screen in little more than one kernel round trip. So the figure is drawn once; a move
restores that background, draws only the artists that change, and sends one image.
"""

import asyncio
import threading
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from html import escape
from typing import Any, ClassVar

import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from mlp_reference.viz import style
from mlp_reference.viz.explorers import encode
from mlp_reference.viz.explorers.encode import Pixels
from mlp_reference.viz.plots import recycle

Values = dict[str, Any]
Action = Callable[[Values], Values]

CSS_PIXELS_PER_INCH = 100
SHARP = 2  # image pixels per CSS pixel when the picture rests; moving ones have 1, which is four times as fast
REST = 0.3  # seconds without a move

# JupyterLab hands some messages to a second thread of the kernel: one move at a time, as all share matplotlib's state.
_ONE_AT_A_TIME = threading.RLock()


class Timer:
    """Calls ``action`` once, ``seconds`` after the last ``restart``. Without an event loop (in scripts) never."""

    def __init__(self, seconds: float, action: Callable[[], None]) -> None:
        self.seconds, self.action = seconds, action
        self.pending: asyncio.TimerHandle | None = None

    def restart(self) -> None:
        if self.pending is not None:
            self.pending.cancel()
        with suppress(RuntimeError):
            self.pending = asyncio.get_running_loop().call_later(self.seconds, self.action)


class Picture(widgets.Image):
    """An image whose ``tooltip`` becomes its title, which screen readers read: ipywidgets has no ``alt``.

    The browser side of ipywidgets fails on a tooltip where there is no ``description``, and ``Image`` has none.
    """

    description = traitlets.Unicode("").tag(sync=True)


class Explorer(ABC):
    """A picture bound to controls. A new explorer says what to control, what stands still, and what moves:

    - ``controls()``: name -> widget with a ``value``;
    - ``scene(figure, **values)``: axes and everything that stays while the sliders move;
    - ``draw(**values)``: add the artists that move (pure plot functions will do) and return the caption;
    - ``actions()``: button label -> function of the present values that returns those to change (optional).

    ``scene`` runs again only when a control named in ``scene_controls`` changes.
    """

    title: ClassVar[str]
    size: ClassVar[tuple[float, float]] = (8.6, 3.8)  # inches of 100 CSS pixels: fits a JupyterLab cell
    scene_controls: ClassVar[Sequence[str]] = ()

    def __init__(self) -> None:
        self.figure = Figure(figsize=self.size, dpi=CSS_PIXELS_PER_INCH)
        self.canvas = FigureCanvasAgg(self.figure)
        self.kept: dict[Axes, recycle.Recycler] = {}
        self.moving: list[Artist] = []
        self._rest = Timer(REST, self._sharpen)
        self.named = dict(self.controls())
        self.initial = self.values
        self._listening = False
        width = f"{round(self.size[0] * CSS_PIXELS_PER_INCH)}px"
        self.image = Picture(format="url", layout=widgets.Layout(width=width, max_width="100%", height="auto"))
        self.caption = widgets.HTML(layout=widgets.Layout(max_width=width, min_height="3.2em"))
        parts = [self._panel(), self.image, self.caption]
        self.widget = widgets.VBox(parts, layout=widgets.Layout(max_width="100%"))
        for name, control in self.named.items():
            control.observe(lambda change, name=name: self._moved(name), "value")
        self._rebuild()
        self._show()
        self._listening = True

    @abstractmethod
    def controls(self) -> Mapping[str, widgets.ValueWidget]: ...

    # *args: so that mypy lets explorers name the values they use
    @abstractmethod
    def scene(self, *args: Any, **values: Any) -> None: ...

    @abstractmethod
    def draw(self, *args: Any, **values: Any) -> str: ...

    def actions(self) -> Mapping[str, Action]:
        return {}

    @property
    def values(self) -> Values:
        """The present value of each control."""
        return {name: control.value for name, control in self.named.items()}

    def set(self, **values: Any) -> None:
        """Set several controls, draw once. Scene controls first: they may limit what the others can be."""
        with _ONE_AT_A_TIME:
            self._set(values)

    def _set(self, values: Values) -> None:
        before = self.values
        scene = [name for name in values if name in self.scene_controls]
        with self._deaf():
            for name in scene:
                self.named[name].value = values[name]
            if any(self.named[name].value != before[name] for name in scene):
                self._rebuild()
            for name in values.keys() - scene:
                self.named[name].value = values[name]
        self._show()

    def reset(self) -> None:
        """Put all controls back to where they started."""
        self.set(**self.initial)

    def pixels(self, density: int = 1) -> Pixels:
        """The picture as RGBA, drawn the quick way: background, then only what moves."""
        self.figure.dpi = density * CSS_PIXELS_PER_INCH
        renderer = self.canvas.get_renderer()  # a new one where the density changed
        canvas = np.asarray(renderer.buffer_rgba())
        canvas[:] = self.backgrounds[density]  # restore_region rounds, and may leave out the outermost row
        for artist in self.moving:
            artist.draw(renderer)
        return canvas

    @property
    def alt(self) -> str:
        """The picture in words."""
        return f"{self.title}. {self.words}"

    def _moved(self, name: str) -> None:
        with _ONE_AT_A_TIME:
            if not self._listening:
                return
            if name in self.scene_controls:
                with self._deaf():
                    self._rebuild()
            self._show()

    @contextmanager
    def _deaf(self) -> Iterator[None]:
        """Within, changed controls draw nothing: a scene may adjust other controls."""
        self._listening = False
        try:
            yield
        finally:
            self._listening = True

    def _rebuild(self) -> None:
        """Draw what stands still and keep it as the background."""
        self.kept, self.moving = {}, list[Artist]()
        with style.use():
            self.figure.clear()
            self.figure.dpi = CSS_PIXELS_PER_INCH  # the layout depends on it a little
            self.figure.set_layout_engine("constrained")
            self.scene(self.figure, **self.values)
            for axes in self.figure.axes:
                axes.spines[:].set_zorder(0.5)  # the background is one layer: beneath all that moves
            self.canvas.draw()
            self.figure.set_layout_engine("none")  # what moves must not push the axes around
            self.backgrounds = {density: self._background(density) for density in (SHARP, 1)}
        self.still = {id(artist) for axes in self.figure.axes for artist in axes.get_children()}

    def _background(self, density: int) -> Pixels:
        self.figure.dpi = density * CSS_PIXELS_PER_INCH
        self.canvas.draw()
        return np.array(self.canvas.buffer_rgba())

    def _arrange(self) -> None:
        """Bring what moves up to date with the controls."""
        kept = {id(artist) for recycler in self.kept.values() for _, artist in recycler.used}
        for artist in self.moving:
            if id(artist) not in kept:  # drawn with matplotlib's own methods, such as ax.plot
                artist.remove()
        with style.use(), recycle.reuse(self.figure, self.kept):
            self.words = self.draw(**self.values)
        self.moving = []
        for axes in self.figure.axes:
            new = [a for a in axes.get_children() if id(a) not in self.still and a.get_visible()]
            self.moving += sorted(new, key=lambda artist: artist.get_zorder())

    def _show(self) -> None:
        self._arrange()
        self._push(density=1)
        self.caption.value = f'<div role="status" style="line-height: 1.5">{escape(self.words)}</div>'
        self._rest.restart()

    def _push(self, density: int) -> None:
        with self.image.hold_sync():  # one message: picture and its description
            self.image.value = encode.data_url(self.pixels(density))
            self.image.tooltip = self.alt

    def _sharpen(self) -> None:
        with _ONE_AT_A_TIME:
            self._push(SHARP)
            self.pixels(1)  # warms matplotlib's caches, which depend on the density, for the next move

    def _panel(self) -> widgets.Box:
        buttons = [self._button(name, action) for name, action in self.actions().items()]
        reset = widgets.Button(description="Reset", icon="undo", tooltip="Put all controls back to where they started")
        reset.on_click(lambda _: self.reset())
        wrap = widgets.Layout(flex_flow="row wrap", align_items="center", max_width="100%")
        return widgets.Box([*self.named.values(), *buttons, reset], layout=wrap)

    def _button(self, name: str, action: Action) -> widgets.Button:
        button = widgets.Button(description=name, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.set(**action(self.values)))
        return button

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The live widget, and for places without a kernel a still picture and its words."""
        png = b64encode(encode.png(self.pixels(SHARP))).decode()
        return {**self.widget._repr_mimebundle_(**kwargs), "image/png": png, "text/plain": self.alt}


def slider(name: str, value: float, low: float, high: float, step: float = 0.1, about: str = "") -> widgets.FloatSlider:
    """A slider with its name in front, moved by mouse or arrow keys."""
    return widgets.FloatSlider(
        value=value, min=low, max=high, step=step, description=name, tooltip=about or name, readout_format=".1f",
        style={"description_width": "initial"}, layout=widgets.Layout(width="270px"),
    )  # fmt: skip
