"""The widget on which a learner guesses; the page asks and judges, in an ES module that needs no kernel."""

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from mlp_reference.viz.explorers.widget import STATIC, close_earlier


class Sheet(anywidget.AnyWidget):
    """Questions and what a learner guesses; the page shows them, asks, and judges what can be judged."""

    name = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode("Your prediction").tag(sync=True)
    asks: Any = traitlets.List().tag(sync=True)
    quiz = traitlets.Bool(False).tag(sync=True)
    guess: Any = traitlets.List().tag(sync=True)
    stage = traitlets.Unicode("open").tag(sync=True)
    verdict: Any = traitlets.List().tag(sync=True)
    _esm = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _read_module(self) -> str:
        return (STATIC / "predict.js").read_text(encoding="utf-8")

    def when_moved(self, call: Callable[["Sheet"], None]) -> None:
        """Call this whenever the learner has kept, skipped, changed or compared."""
        self.observe(lambda _: call(self), names=["stage", "verdict"])

    def __repr__(self) -> str:
        lines = [f"  {ask['label']}{_offered(ask)}" for ask in self.asks]
        return "\n".join(["Write your guess down, on paper where this can't be filled in:", *lines])

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:  # type: ignore[override]  # IPython takes both
        close_earlier(self)
        live = super()._repr_mimebundle_(**kwargs)
        return {**(live[0] if live else {}), "text/plain": repr(self)}


def _offered(ask: dict[str, Any]) -> str:
    return f": {', '.join(ask['options'])}?" if "options" in ask else ""
