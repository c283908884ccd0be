"""Figures of notebook 01: the unit, Novikoff's argument on a run, the bound, and how far boundaries wander."""

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes

from mlp_reference import data
from mlp_reference.perceptron import Labels, Rows, mistake_bound, perceptron_fit, perceptron_step
from mlp_reference.viz import plots, style


def unit() -> style.Described:
    """One threshold unit as a graph: inputs, weights, sum, comparison, class."""
    figure, ax = style.subplots(size=(7.4, 2.9))
    ax.set(xlim=(-0.6, 7.6), ylim=(-1.75, 1.75), title="One unit: weigh, add, compare")
    ax.set_axis_off()
    for height, name, weight in ((1.2, "x₁", "w₁"), (0.4, "x₂", "w₂"), (-0.4, "x₃", "w₃"), (-1.2, "1", "b")):
        _node(ax, 0.0, height, name, style.SKY if name != "1" else style.YELLOW)
        ax.annotate("", (2.75, 0.22 * height), (0.3, height), arrowprops={"arrowstyle": "-|>", "color": style.GREY})
        ax.text(1.25, 0.66 * height + 0.13, weight, ha="center", fontsize=12)
    _node(ax, 3.0, 0.0, "Σ", style.AMBER)
    _node(ax, 5.0, 0.0, ">0?", style.AMBER)
    for start, end, word in ((3.25, 4.62, "z = w·x + b"), (5.38, 6.9, "ŷ = 0 or 1")):
        ax.annotate("", (end, 0), (start, 0), arrowprops={"arrowstyle": "-|>", "color": style.GREY})
        ax.text((start + end) / 2, 0.5, word, ha="center", fontsize=12)
    return style.describe(
        figure,
        "Three inputs and a constant 1 are weighed with w1, w2, w3 and b, summed to z, and z is compared with 0.",
    )


def novikoff_on_a_run() -> style.Described:
    """The two quantities of Novikoff's proof, update by update, between their bounds."""
    X, y = data.iris_pair("setosa", "versicolor", data.IRIS_FEATURES[:2])
    order = np.random.default_rng(3).permutation(len(y))
    X, y = X[order], y[order]
    v_star = _widest(X, y)
    rows = np.column_stack([X, np.ones(len(X))])
    gamma, radius = ((2 * y - 1) * (rows @ v_star)).min(), np.linalg.norm(rows, axis=1).max()
    path = _updates(X, y)
    last = len(path) - 1
    k, crossing = np.arange(1, last + 1), (radius / gamma) ** 2
    beyond = np.array([1.0, 2 * crossing])
    figure, ax = style.subplots(size=(7.4, 4.2))
    ax.loglog(beyond, radius * np.sqrt(beyond), color=style.ORANGE, linestyle="--", label="ceiling: √k · R")
    ax.loglog(k, np.linalg.norm(path[1:], axis=1), color=style.ORANGE, label="measured: length ‖v‖")
    ax.loglog(k, path[1:] @ v_star, color=style.BLUE, label="measured: progress v · v*")
    ax.loglog(beyond, gamma * beyond, color=style.BLUE, linestyle="--", label="floor: k · γ")
    ax.axvline(crossing, color=style.GREY, linewidth=1.2)
    ax.annotate("(R/γ)² ", (crossing, ax.get_ylim()[0] * 1.5), ha="right", color=style.GREY)
    ax.set(xlabel="updates k", ylabel="size", title=f"No room is left at k = {crossing:,.0f}; it stopped at {last:,}")
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"Log-log. Over {last} updates the progress v.v* stays above the line k gamma and below the length of v, which "
        f"stays below the square root of k times R. The bounds meet at {crossing:.0f} updates.",
    )


def mistakes_against_bound(trials: int = 150) -> style.Described:
    """Counted mistakes against Novikoff's bound on random separable sets of different margin, log-log."""
    rng = np.random.default_rng(11)
    pairs = np.array([_one_set(rng) for _ in range(trials)])
    bound, counted = pairs.T
    figure, ax = style.subplots(size=(6.6, 4.4))
    ax.loglog(bound, counted, "o", color=style.BLUE, markersize=5, alpha=0.7, label="one data set each")
    ends = np.array([bound.min(), bound.max()])
    ax.loglog(ends, ends, color=style.ORANGE, label="as many as the bound allows")
    ax.set(xlabel="Novikoff's bound (R/γ)²", ylabel="mistakes counted", title="The bound holds, and is generous")
    ax.legend(loc="upper left")
    return style.describe(
        figure,
        f"{trials} data sets, mistakes counted against the bound. All points lie below the diagonal; the bound is "
        f"between {(bound / counted).min():.0f} and {(bound / counted).max():.0f} times the count.",
    )


def boundaries_of_resamples(resamples: int = 40) -> style.Described:
    """Boundaries of perceptron and logistic regression on resamples of the same 40 flowers, with how much they turn."""
    X, y = data.iris_pair("setosa", "versicolor", ("petal length (cm)", "petal width (cm)"))
    rng = np.random.default_rng(5)
    keep = np.concatenate([rng.choice(np.flatnonzero(y == c), 20, replace=False) for c in (0, 1)])
    X, y = X[keep], y[keep]
    figure, axes = style.subplots(1, 2, size=(8.6, 4.2))
    spreads = []
    for ax, name, fit in zip(axes, ("perceptron", "logistic regression"), (_perceptron, _logistic), strict=True):
        plots.points(ax, X, y)
        limits = ax.get_xlim(), ax.get_ylim()
        lines = np.array([fit(*_resample(X, y, rng)) for _ in range(resamples)])
        for line in lines:
            _boundary(ax, line)
        ax.set(xlim=limits[0], ylim=limits[1], xlabel="petal length (cm)", ylabel="petal width (cm)")
        spreads.append(np.degrees(np.arctan2(lines[:, 1], lines[:, 0])).std())
        ax.set_title(f"{name}: directions spread by {spreads[-1]:.1f}°")
    return style.describe(
        figure,
        f"Forty boundaries each. Those of the perceptron turn with a standard deviation of {spreads[0]:.1f} degrees, "
        f"those of logistic regression with {spreads[1]:.1f} degrees.",
    )


def _node(ax: Axes, x: float, y: float, text: str, color: str) -> None:
    ax.text(x, y, text, ha="center", va="center", fontsize=12, bbox={"boxstyle": "circle,pad=0.4", "facecolor": color})


def _updates(X: Rows, y: Labels) -> Float[np.ndarray, "k d1"]:
    """Weights with bias before the first update and after every one, until an epoch makes none."""
    w, b = np.zeros(X.shape[1]), 0.0
    path, moved = [np.append(w, b)], True
    while moved:
        moved = False
        for x, label in zip(X, y, strict=True):
            new_w, new_b = perceptron_step(x, int(label), w, b)
            if new_b != b:
                path, moved = [*path, np.append(new_w, new_b)], True
            w, b = new_w, new_b
    return np.array(path)


def _one_set(rng: np.random.Generator) -> tuple[float, int]:
    """Bound and count on 60 points of the plane, cleared of those near a random line."""
    v = rng.standard_normal(3)
    X = rng.uniform(-1, 1, (400, 2))
    score = (X @ v[:2] + v[2]) / np.linalg.norm(v)
    gap = np.exp(rng.uniform(np.log(0.01), np.log(0.2)))
    sides = [np.flatnonzero(side)[:30] for side in (score > gap, score < -gap)]
    rows = rng.permutation(np.concatenate(sides))
    X, y = X[rows], (score[rows] > 0).astype(np.int64)
    _, _, mistakes = perceptron_fit(X, y, max_epochs=10_000)
    return mistake_bound(X, y, v[:2], float(v[2])), max(1, sum(mistakes))


def _resample(X: Rows, y: Labels, rng: np.random.Generator) -> tuple[Rows, Labels]:
    rows = rng.integers(0, len(y), len(y))
    return X[rows], y[rows]


def _perceptron(X: Rows, y: Labels) -> Float[np.ndarray, "3"]:
    w, b, _ = perceptron_fit(X, y, max_epochs=1000)
    return np.append(w, b)


def _logistic(X: Rows, y: Labels) -> Float[np.ndarray, "3"]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression().fit(X, y)
    return np.append(model.coef_[0], model.intercept_)


def _widest(X: Rows, y: Labels) -> Float[np.ndarray, " d1"]:
    """The separating hyperplane with the largest margin, bias folded in, of length 1."""
    from sklearn.svm import SVC

    rows = np.column_stack([X, np.ones(len(X))])
    model = SVC(kernel="linear", C=1e6).fit(np.vstack([rows, -rows]), np.concatenate([y, 1 - y]))  # through the origin
    return model.coef_[0] / np.linalg.norm(model.coef_)


def _boundary(ax: Axes, line: Float[np.ndarray, "3"]) -> None:
    """A line across the whole view, drawn by a point on it and its direction."""
    w, b = line[:2], line[2]
    foot = -b * w / (w @ w)
    ax.axline(tuple(foot), tuple(foot + [-w[1], w[0]]), color=style.BLACK, linewidth=0.8, alpha=0.35, zorder=1)
