"""Plot functions: they draw on the axes they are given, return the new artists, and touch nothing else."""

from mlp_reference.viz.plots.perceptron import (
    certificate,
    decision_regions,
    half_plane,
    margin,
    mistakes_per_epoch,
    points,
    signed_distances,
    update_vectors,
)
from mlp_reference.viz.plots.splines import (
    broken_line,
    gap,
    hinges,
    rate,
    sawtooth,
    slope_guide,
    slopes,
    tent,
)
from mlp_reference.viz.plots.xor import graph, grid, loss_curve, probability_map, success_rates, unit_pictures, wilson

__all__ = [
    "broken_line",
    "certificate",
    "decision_regions",
    "gap",
    "graph",
    "grid",
    "half_plane",
    "hinges",
    "loss_curve",
    "margin",
    "mistakes_per_epoch",
    "points",
    "probability_map",
    "rate",
    "sawtooth",
    "signed_distances",
    "slope_guide",
    "slopes",
    "success_rates",
    "tent",
    "unit_pictures",
    "update_vectors",
    "wilson",
]
