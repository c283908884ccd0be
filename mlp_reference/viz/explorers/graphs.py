"""Explorers of notebook 04: an expression walked through step by step, and a map beside its Jacobian."""

from typing import Any

import numpy as np
import traitlets
from jaxtyping import Float
from matplotlib.figure import Figure

from mlp_reference.viz import plots, style
from mlp_reference.viz.experiments.expressions import EXPRESSIONS, Expression, Parser, Walk, walk
from mlp_reference.viz.experiments.graphs import CHARTS
from mlp_reference.viz.explorers.widget import Explorer, choice, real, whole
from mlp_reference.viz.explorers.wording import near
from mlp_reference.viz.plots import geometry
from mlp_reference.viz.plots.graphs import short

Points = Float[np.ndarray, "m 2"]
OWN = "my own"


def graph_stepper(expression: str = "2 / sin(exp(−x))", **values: Any) -> Explorer:
    """Choose an expression; walk through its forward and its backward pass, numbers on nodes and edges.

    ``expression``: one of the menu, or one of your own in x and y, such as ``"x*y + sin(x)"``. Also: ``x, y, step``.
    """
    if expression in EXPRESSIONS:
        first = {name: x for name, (x, _) in EXPRESSIONS[expression].inputs.items()}
        return GraphStepper(expression=expression, **first | values)
    Parser(expression)  # raises where it can't be read
    return GraphStepper(expression=OWN, text=expression, **values)


def linear_map(chart: str = "polar: (x₁ cos x₂, x₁ sin x₂)", **values: Any) -> Explorer:
    """Choose a map and a place; see what it does to a square there, and what its Jacobian would do.

    Also: ``x1, x2, side``.
    """
    if chart in CHARTS:
        start = dict(zip(("x1", "x2"), CHARTS[chart].start, strict=True))
        return LinearMap(chart=chart, **start | values)
    return LinearMap(chart=chart, **values)


class GraphStepper(Explorer):
    module = "graph_stepper"
    title = "Forward, then backward"
    size = (8.6, 3.9)
    expression = choice([*EXPRESSIONS, OWN])
    x = real(0.5, -5.0, 3.0)
    y = real(-1.5, -5.0, 3.0)
    step = whole(0, 0, 49)
    text = traitlets.Unicode("x*y + sin(x)").tag(sync=True, state=True)

    @property
    def graph(self) -> Expression:
        return EXPRESSIONS[self.expression] if self.expression != OWN else Parser(self.text).expression(self.x, self.y)

    def _walk(self) -> tuple[Expression, Walk, int]:
        graph = self.graph
        step = min(self.step, graph.steps)
        return graph, walk(graph, {name: getattr(self, name) for name in graph.inputs}, step), step

    def draw(self, figure: Figure) -> None:
        try:
            graph, seen, _ = self._walk()
        except ValueError as error:  # a text of the page that can't be read
            figure.text(0.5, 0.5, str(error), ha="center", wrap=True)
            return
        figure.set_size_inches(plots.graphs.graph_size(graph))
        ax = figure.subplots()
        plots.graphs.nodes_and_arrows(ax, graph)
        ax.set_title(f"{self.expression}: values in blue, derivatives in orange")
        plots.graphs.numbers_of_passes(ax, graph, seen)

    @property
    def words(self) -> str:
        try:
            with np.errstate(all="ignore"):
                return _step_words(*self._walk())
        except ValueError as error:
            return str(error)


def _step_words(expression: Expression, seen: Walk, step: int) -> str:
    where, root = f"Step {step} of {expression.steps}.", expression.root
    if step == 0:
        known = ", ".join(f"{name} = {short(seen.values[name])}" for name in expression.inputs)
        return f"{where} Only the inputs are known: {known}. Press Step."
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
    for parent in dict.fromkeys(module.parents):
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
    module = "linear_map"
    title = "A map and its Jacobian"
    size = (8.6, 4.5)
    chart = choice(list(CHARTS))
    x1 = real(1.2, -1.5, 1.5)
    x2 = real(0.4, -1.5, 1.5)
    side = real(0.8, 0.02, 1.0)

    def _outline(self) -> Points:
        """The image of the square's outline, counter-clockwise from its corner."""
        t = np.linspace(0, 1, 101)[:-1]
        zero, one = np.zeros(100), np.ones(100)
        x, y = np.concatenate([t, one, 1 - t, zero]), np.concatenate([zero, t, one, 1 - t])
        return CHARTS[self.chart].f(np.array([self.x1, self.x2]) + self.side * np.column_stack([x, y]))

    def draw(self, figure: Figure) -> None:
        chart, corner = CHARTS[self.chart], np.array([self.x1, self.x2])
        J, start = np.array(chart.jacobian(self.x1, self.x2)), chart.f(corner[None])[0]
        before, after = figure.subplots(1, 2)
        geometry.set_square_view(before, np.array([[-2.6, -2.6], [2.6, 2.6]]), pad=0.0)
        tangent = start + self.side * np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]]) @ J.T
        geometry.set_square_view(after, np.vstack([self._outline(), tangent]), pad=0.3)
        style.label(before, "A square", "x₁", "x₂")
        style.label(after, "Its image (blue), J times it (orange)", "y₁", "y₂")
        plots.graphs.square(before, corner, self.side)
        plots.graphs.parallelogram(after, start, self.side * J)
        plots.graphs.image_of_square(after, chart.f, corner, self.side)

    @property
    def words(self) -> str:
        J = np.round(np.array(CHARTS[self.chart].jacobian(self.x1, self.x2)), 12) + 0.0
        u, v = self._outline().T
        ratio = float((u * np.roll(v, -1) - v * np.roll(u, -1)).sum() / 2) / self.side**2
        det = float(J[0, 0] * J[1, 1] - J[0, 1] * J[1, 0])
        rows = "; ".join(" ".join(near(a) for a in row) for row in J)
        turned = " The orientation is reversed at the corner." if det < 0 else ""
        return (
            f"J = [{rows}] at the corner. Its determinant, {near(det)}, is the area ratio of the parallelogram; the "
            f"true image has {near(ratio)} times the area of the square (counted negative where it is turned over, twice "
            f"where it lies double).{turned}"
        )
