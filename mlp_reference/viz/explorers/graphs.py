"""Explorers of notebook 04: an expression walked through step by step, and a map beside its Jacobian."""

from typing import Any

import ipywidgets as widgets
import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure

from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.graphs import CHARTS, EXPRESSIONS, Expression, Walk, walk
from mlp_reference.viz.explorers.base import Action, Explorer, Values, slider
from mlp_reference.viz.plots import geometry
from mlp_reference.viz.plots.graphs import short

Points = Float[np.ndarray, "m 2"]
_NAMED = {"description_width": "initial"}


def graph_stepper() -> Explorer:
    """Choose an expression; walk through its forward and its backward pass, numbers on nodes and edges."""
    return GraphStepper()


def linear_map() -> Explorer:
    """Choose a map and a place; see what it does to a square there, and what its Jacobian would do."""
    return LinearMap()


class GraphStepper(Explorer):
    title = "Forward, then backward"
    size = (8.6, 3.9)
    scene_controls = ("expression",)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        choice = widgets.Dropdown(
            options=list(EXPRESSIONS), description="expression", style=_NAMED, layout=widgets.Layout(width="300px")
        )
        first = EXPRESSIONS[choice.value]
        step = widgets.IntSlider(
            0, 0, first.steps, description="step", tooltip="steps of the two passes", style=_NAMED,
            layout=widgets.Layout(width="270px"),
        )  # fmt: skip
        x, y = slider("x", 0.5, -5.0, 3.0, about="first input"), slider("y", -1.5, -5.0, 3.0, about="second input")
        return {"expression": choice, "x": x, "y": y, "step": step}

    def actions(self) -> dict[str, Action]:
        def forward(values: Values) -> Values:
            return {"step": min(values["step"] + 1, self.expression.steps)}

        def back(values: Values) -> Values:
            return {"step": max(values["step"] - 1, 0)}

        def finish(values: Values) -> Values:
            return {"step": self.expression.steps}

        return {"Step": forward, "Step back": back, "To the end": finish}

    def scene(self, figure: Figure, *, expression: str, **_: Any) -> None:
        self.expression = EXPRESSIONS[expression]
        self.named["step"].value, self.named["step"].max = 0, self.expression.steps
        for name, (value, _place) in self.expression.inputs.items():
            self.named[name].value = value
        self.named["y"].disabled = "y" not in self.expression.inputs
        self.ax = figure.subplots()
        plots.graphs.nodes_and_arrows(self.ax, self.expression)
        self.ax.set_title(f"{expression}: values in blue, derivatives in orange")

    def draw(self, *, step: int, **values: Any) -> str:
        inputs = {name: values[name] for name in self.expression.inputs}
        seen = walk(self.expression, inputs, step)
        plots.graphs.numbers_of_passes(self.ax, self.expression, seen)
        return _step_words(self.expression, seen, step)


def _step_words(expression: Expression, seen: Walk, step: int) -> str:
    where, root = f"Step {step} of {expression.steps}.", expression.root
    if step == 0:
        return f"{where} Only the inputs are known. Press Step."
    module = seen.active
    if module is None:
        return f"{where} The forward pass is done. Backward starts with ∂{root}/∂{root} = 1."
    if not seen.backward:
        return f"{where} Forward: {module.name} = {module.rule} = {short(seen.values[module.name])}."
    return f"{where} Backward: {'; '.join(_handed_on(expression, seen))}.{_ending(expression, seen, step)}"


def _handed_on(expression: Expression, seen: Walk) -> list[str]:
    """What the last module gave to each of its parents."""
    module, root = seen.active, expression.root
    assert module is not None
    arrived = seen.grads[module.name]
    words = []
    for parent in module.parents:
        slope = seen.local[parent, module.name]
        words.append(
            f"{parent} gets ∂{root}/∂{module.name} · ∂{module.name}/∂{parent} = "
            f"{short(arrived)} · {short(slope)} = {short(arrived * slope)}"
        )
    return words


def _ending(expression: Expression, seen: Walk, step: int) -> str:
    if step < expression.steps:
        return ""
    totals = [f"∂{expression.root}/∂{name} = {short(seen.grads[name])}" for name in expression.inputs]
    return f" Done: {', '.join(totals)}."


class LinearMap(Explorer):
    title = "A map and its Jacobian"
    size = (8.6, 4.5)
    scene_controls = ("chart",)

    def controls(self) -> dict[str, widgets.ValueWidget]:
        chart = widgets.Dropdown(
            options=list(CHARTS), description="map", style=_NAMED, layout=widgets.Layout(width="300px")
        )
        return {
            "chart": chart,
            "x1": slider("x₁", 1.2, -1.5, 1.5, about="first coordinate of the corner"),
            "x2": slider("x₂", 0.4, -1.5, 1.5, about="second coordinate of the corner"),
            "side": slider("side", 0.8, 0.1, 1.0, about="side of the square"),
        }

    def scene(self, figure: Figure, *, chart: str, **_: Any) -> None:
        self.chart = CHARTS[chart]
        self.named["x1"].value, self.named["x2"].value = self.chart.start
        self.before, self.after = figure.subplots(1, 2)
        geometry.set_square_view(self.before, np.array([[-2.6, -2.6], [2.6, 2.6]]), pad=0.0)
        geometry.set_square_view(self.after, np.array(self.chart.view), pad=0.0)
        style.label(self.before, "A square", "x₁", "x₂")
        style.label(self.after, "Its image (blue), J times it (orange)", "y₁", "y₂")

    def draw(self, *, x1: float, x2: float, side: float, **_: Any) -> str:
        corner, J = np.array([x1, x2]), np.array(self.chart.jacobian(x1, x2))
        plots.graphs.square(self.before, corner, side)
        plots.graphs.parallelogram(self.after, self.chart.f(corner[None])[0], side * J)
        plots.graphs.image_of_square(self.after, self.chart.f, corner, side)
        return _map_words(J, self._area(corner, side) / side**2)

    def _area(self, corner: Float[np.ndarray, " 2"], side: float) -> float:
        """Of the square's image: what its outline encloses, positive where it runs counter-clockwise."""
        t = np.linspace(0, 1, 101)[:-1]
        zero, one = np.zeros(100), np.ones(100)
        x, y = np.concatenate([t, one, 1 - t, zero]), np.concatenate([zero, t, one, 1 - t])
        u, v = self.chart.f(corner + side * np.column_stack([x, y])).T
        return float((u * np.roll(v, -1) - v * np.roll(u, -1)).sum() / 2)


def _map_words(J: Float[np.ndarray, "2 2"], ratio: float) -> str:
    det = float(J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0])
    rows = "; ".join(f"{a:.2f} {b:.2f}" for a, b in J)
    turned = " The orientation is reversed." if det < 0 else ""
    words = (
        f"J = [{rows}] at the corner. Its determinant, {det:.2f}, is the area ratio of the parallelogram; the true "
        f"image has {ratio:.2f} times the area of the square (counted negative where it is turned over).{turned}"
    )
    return words.replace("-", "−")
