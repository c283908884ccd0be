"""The widget on which a learner guesses; the page asks and judges, in an ES module that needs no kernel."""

from collections.abc import Callable
from typing import Any

import traitlets

from mlp_reference.viz.explorers.page_module import PageModule


class Sheet(PageModule):
    """Questions and what a learner guesses; the page shows them, asks, and judges what can be judged."""

    module = "predict"

    name = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode("Your prediction").tag(sync=True)
    asks: Any = traitlets.List().tag(sync=True)
    quiz = traitlets.Bool(False).tag(sync=True)
    guess: Any = traitlets.List().tag(sync=True)
    stage = traitlets.Unicode("open").tag(sync=True)
    verdict: Any = traitlets.List().tag(sync=True)

    def when_moved(self, call: Callable[["Sheet"], None]) -> None:
        """Call this whenever the learner has kept, skipped, changed or compared."""
        self.observe(lambda _: call(self), names=["stage", "verdict"])

    def __repr__(self) -> str:
        lines = [f"  {ask['label']}{_offered(ask)}" for ask in self.asks]
        return "\n".join(["Write your guess down, on paper where this can't be filled in:", *lines])

    def still(self) -> dict[str, str]:
        """The questions, to be answered on paper."""
        return {"text/plain": repr(self)}


def _offered(ask: dict[str, Any]) -> str:
    return f": {', '.join(ask['options'])}?" if "options" in ask else ""
