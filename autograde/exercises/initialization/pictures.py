"""Drawings for the cards of notebook 06: curves and profiles that were returned beside those asked for.

Matplotlib is loaded with the first picture: grading draws none, and starts sooner.
"""

from typing import Any

import numpy as np

from autograde.compare import as_numbers
from autograde.exercise import Arguments


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
