"""Widgets whose front end is one of the ES modules in ``static/``, bundled from ``web/``."""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

STATIC = Path(__file__).parent / "static"


class PageModule(anywidget.AnyWidget):
    """An anywidget with a module of its own, which a page imports once, however many widgets show it."""

    module: ClassVar[str]  # the name of its file in static/

    _esm = traitlets.Unicode().tag(sync=True)  # the loader, the same for all
    _code = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _read_loader(self) -> str:
        return _text("load")

    @traitlets.default("_code")
    def _read_module(self) -> str:
        return _text(self.module)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:  # type: ignore[override]  # IPython takes both
        """The live widget, and what stands for it where it can't run; those of the cell's earlier runs end."""
        _close_earlier(self)
        live = super()._repr_mimebundle_(**kwargs)
        return {**(live[0] if live else {}), **self.still()}

    def still(self) -> dict[str, str]:
        """What is shown where no front end runs, by its kind: "text/plain" at least."""
        raise NotImplementedError


@cache
def _text(module: str) -> str:
    """One text for all widgets of a kind."""
    return (STATIC / f"{module}.js").read_text(encoding="utf-8")


_shown: defaultdict[str, list[tuple[int, PageModule]]] = defaultdict(list)


def _close_earlier(widget: PageModule) -> None:
    """A cell that runs again replaces its widgets: ipywidgets would keep those of each run for ever."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = parent.get("metadata", {}).get("cellId")
    if not cell:
        return
    run = shell.execution_count
    for past, other in _shown[cell]:
        if past != run and other is not widget:
            other.layout.close()
            other.close()
            _forget(shell, other)
    _shown[cell] = [*((past, other) for past, other in _shown[cell] if past == run), (run, widget)]


def _forget(shell: Any, widget: PageModule) -> None:
    """IPython keeps what a cell gave in ``Out[n]`` and ``_n``, for ever."""
    outputs = shell.user_ns.get("_oh", {})
    for n in [n for n, value in outputs.items() if value is widget]:
        del outputs[n]
        shell.user_ns.pop(f"_{n}", None)
