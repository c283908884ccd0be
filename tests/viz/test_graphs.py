"""Pictures and explorers of notebook 04: the numbers on the edges are derivatives, the areas are determinants."""

from itertools import combinations

import numpy as np
import pytest
import sympy
from matplotlib.figure import Figure

from mlp_reference import softmax_vjp
from mlp_reference.viz import explorers, figures, plots, style
from mlp_reference.viz.experiments.expressions import EXPRESSIONS, Parser, walk
from mlp_reference.viz.experiments.graphs import CHARTS, gradient_seconds, one_row_costs, vjp_by_jacobian
from tests.support.derivatives import jacobian

X, Y = sympy.symbols("x y")
FORMULAS = {
    "2 / sin(exp(−x))": 2 / sympy.sin(sympy.exp(-X)),
    "x·y + sin x": X * Y + sympy.sin(X),
    "x² · exp(x/2), two paths": X**2 * sympy.exp(X / 2),
    "(1 − tanh(x·y + x))²": (1 - sympy.tanh(X * Y + X)) ** 2,
}


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_a_walk_ends_with_what_sympy_derives(name):
    expression, formula = EXPRESSIONS[name], FORMULAS[name]
    inputs = {"x": -0.7, "y": 1.3}
    seen = walk(expression, {k: inputs[k] for k in expression.inputs}, expression.steps)
    at = {X: inputs["x"], Y: inputs["y"]}
    assert seen.values[expression.root] == pytest.approx(float(formula.subs(at)))
    for symbol in (X, Y):
        if symbol.name in expression.inputs:
            assert seen.grads[symbol.name] == pytest.approx(float(sympy.diff(formula, symbol).subs(at)))
    assert not any(seen.waiting.values())


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_nothing_is_handed_on_before_all_has_arrived(name):
    expression = EXPRESSIONS[name]
    inputs = {k: value for k, (value, _) in expression.inputs.items()}
    for step in range(len(expression.modules) + 2, expression.steps + 1):
        before = walk(expression, inputs, step - 1)
        active = walk(expression, inputs, step).active
        assert active is not None
        assert before.waiting[active.name] == 0


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_words_of_a_graph_keep_out_of_each_others_way(name):
    expression = EXPRESSIONS[name]
    figure = Figure(figsize=plots.graphs.graph_size(expression), layout="constrained")
    ax = figure.add_subplot()
    ax.set_title("both passes")
    plots.graphs.nodes_and_arrows(ax, expression)
    inputs = {k: value for k, (value, _) in expression.inputs.items()}
    plots.graphs.numbers_of_passes(ax, expression, walk(expression, inputs, expression.steps))
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    assert [(a, b) for a, b in combinations(boxes, 2) if a.overlaps(b)] == []
    assert all(figure.bbox.contains(*box.p0) and figure.bbox.contains(*box.p1) for box in boxes)


@pytest.mark.parametrize("name", CHARTS)
def test_jacobians_of_the_maps_agree_with_differences(name):
    chart = CHARTS[name]
    x = np.array([0.7, -0.4])
    nudged = jacobian(lambda x: chart.f(x[None])[0], x)
    np.testing.assert_allclose(chart.jacobian(*x), nudged, atol=1e-8)


def test_stepper_tells_what_happens(explorer_named):
    stepper = explorer_named("graph_stepper")
    assert "Only the inputs" in stepper.words
    stepper.set(step=1)
    assert stepper.words == "Step 1 of 9. Forward: a = −x = −0.5."
    stepper.set(step=9)
    f = float(sympy.diff(FORMULAS["2 / sin(exp(−x))"], X).subs({X: 0.5}))
    assert f"Done: ∂d/∂x = {f:.4g}." in stepper.words


@pytest.mark.parametrize(("text", "slope"), [("x*x", "4"), ("x - x", "0"), ("x/x", "0")])
def test_a_node_used_twice_by_one_module_gets_both_shares_at_once(text, slope):
    words = explorers.graph_stepper(text, x=2.0, step=3).words
    assert words == f"Step 3 of 3. Backward: x gets ∂a/∂a · ∂a/∂x = 1 · {slope} = {slope}. Done: ∂a/∂x = {slope}."


@pytest.mark.parametrize(
    "text",
    ["x*y + sin(x)", "relu(x)^3 - 2/y", "-(x + 1)**2 * exp(-y/3) + 4*5", "sqrt(cos(y) + 3) / (log(x + 9) - tanh(x*x))"],
)
def test_an_expression_of_ones_own_is_derived(text):
    expression = Parser(text).expression(0.7, -0.4)
    seen = walk(expression, {name: value for name, (value, _) in expression.inputs.items()}, expression.steps)
    formula = sympy.sympify(text.replace("^", "**").replace("relu", "Max_0")).replace(
        lambda e: e.func == sympy.Function("Max_0"), lambda e: sympy.Max(e.args[0], 0)
    )
    at = {X: 0.7, Y: -0.4}
    assert seen.values[expression.root] == pytest.approx(float(formula.subs(at)))
    for symbol in (X, Y):
        assert seen.grads[symbol.name] == pytest.approx(float(sympy.diff(formula, symbol).subs(at)))


@pytest.mark.parametrize("text", ["x +", "foo(x)", "3 * 4", "x ** y", "x.real", "__import__('os')", "[x]", "z + x"])
def test_what_is_no_expression_is_refused_with_what_to_do(text):
    with pytest.raises(ValueError, match=r"can't be read|not known|nothing|must be a number"):
        explorers.graph_stepper(text)


def test_area_ratios_of_the_linear_map_agree_and_a_turned_square_counts_negative(explorer_named):
    square_map = explorer_named("linear_map")
    square_map.set(chart="linear: (x₁ + x₂, x₂ / 2)", x1=0.5, x2=0.5, side=0.7)
    assert "Its determinant, 0.50" in square_map.words
    assert "true image has 0.50 times" in square_map.words
    square_map.set(chart="polar: (x₁ cos x₂, x₁ sin x₂)")
    square_map.set(x1=-1.0, side=0.1)
    assert "Its determinant, −1.00" in square_map.words
    assert "reversed" in square_map.words


def test_parallelogram_has_the_columns_as_edges_and_keeps_the_view():
    ax = Figure().add_subplot()
    ax.set(xlim=(-2, 3), ylim=(-1, 4))
    area, *_ = plots.graphs.parallelogram(ax, np.array([1.0, 2.0]), np.array([[1.0, 0.5], [0.0, 2.0]]))
    np.testing.assert_allclose(area.get_xy()[:4], [[1, 2], [2, 2], [2.5, 4], [1.5, 4]])
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 3), (-1, 4))


FIGURES = {name: getattr(figures.graphs, name) for name in ("step_errors", "local_maps", "toy_graph")}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_described(name):
    described = FIGURES[name]()
    assert isinstance(described, style.Described)
    assert len(described.alt) > 40
    assert described._repr_mimebundle_()["image/png"]


def test_best_steps_are_those_of_the_text():
    alt = figures.graphs.step_errors().alt
    assert "at ε = 1e-08, central" in alt
    assert "at ε = 3e-06, in single" in alt or "at ε = 1e-05, in single" in alt


def test_nudging_costs_more_than_a_thousand_backward_passes():
    weights, nudging, backward = gradient_seconds(256)
    assert weights == 16 * 256 + 256 * 256 + 256 * 4
    assert nudging > 1000 * backward


def test_a_jacobian_takes_memory_that_a_vjp_does_not():
    _, full = one_row_costs(vjp_by_jacobian, 512)
    _, lean = one_row_costs(softmax_vjp, 512)
    assert full > 512**2 * 8 > 50 * lean
