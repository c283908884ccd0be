"""Drawings for the cards of notebook 03: the function that was returned beside the one asked for.

Matplotlib is loaded with the first picture: grading draws none, and starts sooner.
"""

from typing import Any

import numpy as np

from autograde.exercise import Arguments


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
