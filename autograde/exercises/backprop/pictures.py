"""A drawing for the cards of notebook 05: in which layer a wrong gradient begins.

Matplotlib is loaded with the first picture: grading draws none, and starts sooner.
"""

from typing import Any

import numpy as np

from autograde.exercise import Arguments


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
