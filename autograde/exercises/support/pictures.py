"""Drawings for the cards of several notebooks: a wrong result beside the right one.

Matplotlib is loaded with the first picture: grading draws none, and starts sooner.
"""

from typing import Any

import numpy as np

from autograde.judging.compare import as_numbers
from autograde.judging.exercise import Arguments


def predicted_classes(args: Arguments, got: Any, expected: Any) -> Any:
    """The rows with the learner's classes and with the right ones, over the half-plane; None outside the plane."""
    from mlp_reference.viz import plots, style

    X, w, b = args
    classes = np.asarray(got)
    if X.shape[1] != 2 or classes.shape != (len(X),) or not np.isin(classes, (0, 1)).all():
        return None
    figure, axes = style.subplots(1, 2, size=(7.2, 3.2))
    for ax, y, title in zip(axes, (classes.astype(int), expected), ("your classes", "right classes"), strict=True):
        ax.set_title(title)
        plots.perceptron.points(ax, X, y)
        plots.perceptron.half_plane(ax, w, b)
    return figure


def updated_boundary(args: Arguments, got: Any, expected: Any) -> Any:
    """The boundary after the learner's step and after the right one, with the example; None outside the plane."""
    from mlp_reference.viz import plots, style

    x, y = args[0], args[1]
    if x.shape != (2,):
        return None
    figure, axes = style.subplots(1, 2, size=(7.2, 3.2))
    for ax, (w, b), title in zip(axes, (got, expected), ("after your step", "after the right step"), strict=True):
        ax.set(title=title, xlim=(-4, 4), ylim=(-4, 4))
        plots.perceptron.points(ax, x[None, :], np.array([y]))
        plots.perceptron.half_plane(ax, np.asarray(w, dtype=float), float(b))
    return figure


def broken_lines(args: Arguments, got: Any, expected: Any) -> Any:
    """The learner's network and the broken line asked for, with the points; None where the shapes differ."""
    from mlp_reference.viz import style

    t, v = args
    x = np.concatenate([t, (t[:-1, None] + np.diff(t)[:, None] * np.array([0.25, 0.5, 0.75])).ravel()])
    order = np.argsort(x)
    mine = np.concatenate([got["f at the knots"], got["f between the knots"]])
    if mine.shape != x.shape or not np.isfinite(mine).all():
        return None
    figure, ax = style.subplots(size=(5.6, 3.2))
    ax.plot(x[order], np.interp(x, t, v)[order], color=style.BLUE, label="asked for")
    ax.plot(x[order], mine[order], color=style.ORANGE, linestyle="--", label="your network")
    ax.plot(t, v, "o", color=style.BLUE)
    ax.set(title="Your network and the broken line", xlabel="x", ylabel="f(x)")
    ax.legend()
    return figure


def teeth(args: Arguments, got: Any, expected: Any) -> Any:
    """The learner's function on [0, 1] and the sawtooth; None where the shapes differ."""
    from mlp_reference.viz import style

    mine, right = got["f"], expected["f"]
    if mine.shape != right.shape or not np.isfinite(mine).all():
        return None
    x = np.linspace(0, 1, len(right))
    figure, ax = style.subplots(size=(5.6, 3.0))
    ax.plot(x, right, color=style.BLUE, label="asked for")
    ax.plot(x, mine, color=style.ORANGE, linestyle="--", label="your network")
    ax.set(title=f"Your network and the sawtooth for k = {args[0]}", xlabel="x", ylabel="f(x)")
    ax.legend()
    return figure


def layer_errors(args: Arguments, got: Any, expected: Any) -> Any:
    """Relative error of each layer's gradients; None where shapes differ, since there is nothing to compare then."""
    from mlp_reference.viz import style

    parts = [np.concatenate([np.ravel(a) for a in pair]) for pair in zip(*expected, strict=True)]
    mine = [np.concatenate([np.ravel(a) for a in pair]) for pair in zip(*got, strict=True)]
    if (
        [p.shape for p in parts] != [p.shape for p in mine]
        or not all(np.isfinite(p).all() for p in mine)
        or len(parts) < 2
    ):
        return None
    errors = [_relative(a, b) for a, b in zip(mine, parts, strict=True)]
    figure, ax = style.subplots(size=(5.6, 2.8))
    layers = np.arange(1, len(errors) + 1)
    right = np.array(errors) < 1e-4
    ax.bar(layers, np.maximum(errors, 0.01), color=np.where(right, style.BLUE, style.ORANGE).tolist())
    for layer, error in zip(layers, errors, strict=True):
        ax.annotate("right" if error < 1e-4 else f"{error:.2g}", (layer, max(error, 0.01)), ha="center", va="bottom")
    title = "Your gradients, layer by layer (the loss is on the right)"
    ax.set(title=title, xlabel="layer", ylabel="relative error", ylim=(0, 1.15), xticks=layers)
    return figure


def _relative(a: Any, b: Any) -> float:
    return float(np.linalg.norm(a - b) / max(float(np.linalg.norm(a) + np.linalg.norm(b)), 1e-12))


def curve(args: Arguments, got: Any, expected: Any) -> Any:
    """The learner's values over z and the right ones; None where there is no curve to draw."""
    from mlp_reference.viz import style

    name, z = args[0], np.ravel(args[1])
    mine, right = as_numbers(got), as_numbers(expected)
    if mine is None or right is None or mine.size != z.size or z.size < 3 or not np.isfinite(mine).all():
        return None
    if np.abs(z).max() > 20:  # far out there is nothing to see
        return None
    order = np.argsort(z)
    figure, ax = style.subplots(size=(5.6, 3.0))
    ax.plot(z[order], right.ravel()[order], "o-", color=style.BLUE, label="asked for")
    ax.plot(z[order], mine.ravel()[order], "^--", color=style.ORANGE, label="yours")
    ax.set(title=f"{name}, at the places of this call", xlabel="z", ylabel="value")
    ax.legend()
    return figure


def profiles(args: Arguments, got: Any, expected: Any) -> Any:
    """Both profiles of the learner and the right ones on a logarithmic axis; None where the shapes differ."""
    from mlp_reference.viz import style

    parts = [as_numbers(p) for p in got] if isinstance(got, (list, tuple)) and len(got) == 2 else []
    layers = np.arange(1, len(expected[0]) + 1)
    if any(p is None or p.shape != layers.shape or not (p > 0).all() for p in parts) or not parts:
        return None
    figure, axes = style.subplots(1, 2, size=(7.4, 2.9))
    for ax, name, mine, right in zip(axes, ("forward", "backward"), parts, expected, strict=True):
        ax.plot(layers, right, "o-", color=style.BLUE, label="asked for")
        ax.plot(layers, mine, "^--", color=style.ORANGE, label="yours")
        ax.set(title=name, xlabel="layer l", ylabel="mean square", yscale="log", xticks=layers)
    axes[0].legend()
    return figure
