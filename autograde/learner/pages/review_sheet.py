"""The widgets of ``review``."""

from typing import Any

import ipywidgets as widgets

from autograde.learner.pages.page import prose
from autograde.learner.state import facts, progress_file

LEAST = 80  # signs that an answer has


class Review(widgets.VBox):
    """A field for the answer, then model answer and rubric."""

    def __init__(self, name: str, entry: dict[str, Any], written: str) -> None:
        self.name, self.entry = name, entry
        kept = progress_file.read()["questions"].get(name, {"text": "", "ticked": []})
        self.ticked = {i for i in kept["ticked"] if i in range(len(entry["rubric"]))}
        wide = widgets.Layout(width="52rem", max_width="calc(100% - 4px)")  # beside its margins
        self.text = widgets.Textarea(
            kept["text"] or written, rows=9, layout=wide, placeholder="Write or paste your answer here.",
            description="Your answer", style={"description_width": "0px"},  # the field's name, seen in the title
        )  # fmt: skip
        self.button = widgets.Button(description="Compare with a model answer", layout=widgets.Layout(width="auto"))
        self.note, self.points = widgets.HTML(), widgets.HTML()
        self.button.on_click(lambda _: self._pressed())
        self.title = widgets.HTML("<b>Your answer</b>")
        self.top = (self.title, self.text, widgets.HBox([self.button, self.note]))  # they stay, and the focus with them
        super().__init__(self.top)
        if kept["text"]:
            self._compare()

    def _pressed(self) -> None:
        if len(self.text.value.strip()) < LEAST:
            self.note.value = _aloud(
                "Write your own answer first, a few sentences: then comparing teaches you something."
            )
        elif self.children == self.top:
            self._compare()
            self.note.value = _aloud("A model answer stands below, with its points to tick.")
        else:
            self._keep()
            self.note.value = _aloud("Your answer is kept.")

    def _compare(self) -> None:
        self.button.description = "Keep my changes"
        rows = [self._row(i, text) for i, text in enumerate(self.entry["rubric"])]
        model = widgets.HTMLMath(
            f"<div style='max-width:52rem'><b>A model answer</b>{prose(self.entry['model'])}</div>"
        )
        ask = widgets.HTML("<b>Which of these does yours say?</b> Tick what it has; nobody else sees it.")
        self.children = (*self.top, model, ask, *rows, self.points)
        self._keep()

    def _row(self, i: int, text: str) -> widgets.HBox:
        # its name is heard, the words beside it are seen
        box = widgets.Layout(width="17px", flex="0 0 17px", margin="0 8px 0 2px", overflow="hidden")
        name = f"point {i + 1} of {len(self.entry['rubric'])}: yours says it"
        tick = widgets.Checkbox(i in self.ticked, description=name, indent=False, layout=box)
        tick.observe(lambda change: self._tick(i, change["new"]), names="value")
        words = widgets.HTMLMath(f"<div style='max-width:50rem;line-height:1.5'>{prose(text)[3:-4]}</div>")
        return widgets.HBox([tick, words], layout=widgets.Layout(align_items="flex-start"))

    def _tick(self, i: int, on: bool) -> None:
        self.ticked = self.ticked | {i} if on else self.ticked - {i}
        self._keep()
        self.points.value = _aloud(self.points.value)

    def _keep(self) -> None:
        facts.visit(self.entry["notebook"])
        points = facts.self_assessed(self.entry, self.ticked)
        self.points.value = f"<b>{points:g} of {self.entry['points']:g} points</b>, by your own judgement"
        progress_file.keep("questions", self.name, {"text": self.text.value, "ticked": sorted(self.ticked)})

    def __repr__(self) -> str:
        lines = [f"  [ ] {text}" for text in self.entry["rubric"]]
        return "\n".join(["Compare your answer with these points, where no widget runs:", *lines])


def _aloud(html: str) -> str:
    """What a screen reader says at once; a quieter region would have to be there before its words."""
    return f"<span role='alert'>{html}</span>"
