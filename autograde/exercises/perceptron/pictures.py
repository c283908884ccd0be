"""Drawings for the cards of notebook 01: a wrong result beside the right one, for data in the plane.

Matplotlib is loaded with the first picture: grading draws none, and starts sooner.
"""

from typing import Any

import numpy as np

from autograde.exercise import Arguments


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
