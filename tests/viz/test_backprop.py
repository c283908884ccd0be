"""Pictures and explorer of notebook 05: what they draw is what they say, and what they say is true."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from mlp_reference import gradient_report, worst_gradient
from mlp_reference.viz import figures, plots, style
from mlp_reference.viz.experiments.backprop import EXAMPLES, LOSSES, SIZES, FlowNet, N, Net, lineup
from mlp_reference.viz.explorers.backprop import ACTIVATIONS

FLOW = FlowNet()
H, G = [np.ones(2), np.array([0.5, 0.0, 2.0])], [np.array([1.0, 0.0, -2.0]), np.array([0.25, -0.5])]
DRAWINGS = {
    "flat_jacobian": lambda ax: plots.backprop.flat_jacobian(ax, np.eye(3, 6), 2),
    "scatter_by_name": lambda ax: plots.backprop.scatter_by_name(ax, {"W": np.ones(3)}, {"W": np.ones(3)}),
    "gradient_flow": lambda ax: plots.backprop.gradient_flow(ax, H, G),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_plots_have_title_and_labels_and_keep_the_callers(name):
    ax = Figure().add_subplot()
    artists = DRAWINGS[name](ax)
    assert artists
    assert set(artists) <= set(ax.get_children())
    assert all([ax.get_title(), ax.get_xlabel(), ax.get_ylabel()])
    ax.set(title="mine", xlabel="mine", ylabel="mine")
    DRAWINGS[name](ax)
    assert {ax.get_title(), ax.get_xlabel(), ax.get_ylabel()} == {"mine"}


def test_flow_shows_signs_and_zeros():
    edges, nodes = plots.backprop.gradient_flow(Figure().add_subplot(), H, G)
    red, _, blue = nodes.get_facecolors()[2:5, :3].T  # the first layer of units, after two inputs
    assert red[0] > blue[0] and red[2] < blue[2]
    np.testing.assert_allclose(nodes.get_facecolors()[3, :3], 1, atol=0.02)
    assert len(edges.get_segments()) == 2 * 3 + 3 * 2
    widths = edges.get_linewidth()
    assert widths[2] == max(widths) and widths[1] == min(widths)  # dW = h g


FIGURES = {
    "chain": figures.backprop.chain,
    "tensor": figures.backprop.tensor,
    "memory": figures.backprop.activation_memory,
    "single": figures.backprop.single_gradients,
    "lineup": lambda: figures.backprop.lineup(worst_gradient),
    "separator": figures.backprop.least_squares_line,
}


@pytest.fixture(scope="module")
def described():
    return {name: make() for name, make in FIGURES.items()}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_are_described(described, name):
    assert isinstance(described[name], style.Described)
    assert len(described[name].alt) > 40
    assert described[name]._repr_mimebundle_()["image/png"]


def test_memory_grows_with_depth_only_where_activations_are_kept(described):
    forward, kept, some = (line.get_ydata() for line in described["memory"].figure.axes[0].lines)
    assert forward[-1] < 1.2 * forward[0]
    assert kept[-1] == pytest.approx(kept[0] * 64 / 4, rel=0.4)
    assert forward[-1] < some[-1] < kept[-1] / 3


def test_the_verdicts_of_the_text(described):
    assert described["lineup"].alt.endswith("1: b1, 2: W2, 3: W1, 4: None, 5: b1, 6: W1")
    assert figures.backprop.lineup(worst_gradient, eps=1e-7).alt.endswith(
        "1: b1, 2: W2, 3: W1, 4: None, 5: b1, 6: None"
    )
    assert "makes 4" in described["separator"].alt


def test_each_suspect_has_the_fault_that_was_planted():
    wrong = [{r.name for r in gradient_report(case.f, case.params, case.grads) if not r.ok} for case in lineup()]
    assert wrong[:5] == [{"W1", "b1"}, {"W2"}, {"W1", "b1"}, set(), {"b1"}]
    innocent = lineup()[5]
    assert all(r.ok for r in gradient_report(innocent.f, innocent.params, innocent.grads, eps=1e-7))
    slope = lineup()[1]
    good = Net(2).grads(slope.params)
    np.testing.assert_allclose(slope.grads["W2"], N * good["W2"])


@pytest.mark.parametrize("psi", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_flow_shows_true_gradients(psi, loss):
    """A nudge of a bias moves the pre-activation, so the loss answers with G."""
    _, Gs, _, _ = FLOW.passes(3, psi, loss, 1.2)
    assert [len(g) for g in Gs] == list(SIZES[1:])
    for layer, unit in ((0, 1), (1, 4), (2, 0), (3, 2)):
        before, ends = FLOW.bs[layer][unit], []
        for step in (1e-6, -1e-6):
            FLOW.bs[layer][unit] = before + step
            ends.append(FLOW.passes(3, psi, loss, 1.2)[3])
        FLOW.bs[layer][unit] = before
        assert Gs[layer][unit] == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-4, abs=1e-8)


def test_the_answers_that_the_notebook_gives_about_the_explorer(explorer_named):
    assert "hidden units have the gradient 0" in explorer_named("gradient_flow").words

    def grown(psi, loss, scale):
        norms = [np.linalg.norm(g) for g in FLOW.passes(0, psi, loss, scale)[1]]
        return norms[0] / norms[-1]

    assert max(grown("sigmoid", loss, scale) for loss in LOSSES for scale in (0.2, 1.0, 4.0)) < 0.5
    assert grown("identity", LOSSES[0], 0.2) < 0.05
    assert grown("identity", LOSSES[1], 4.0) > 20
    largest = [np.linalg.norm(FLOW.passes(i, "identity", LOSSES[0], 4.0)[1][-1]) for i in range(EXAMPLES)]
    assert max(largest) <= np.sqrt(2)
    assert max(np.linalg.norm(FLOW.passes(i, "identity", LOSSES[1], 4.0)[1][-1]) for i in range(EXAMPLES)) > 2
