"""Explorers: pictures with sliders, each the last expression of a notebook cell."""

from mlp_reference.viz.explorers.backprop import gradient_flow
from mlp_reference.viz.explorers.chaos import edge_of_chaos
from mlp_reference.viz.explorers.folding import folding
from mlp_reference.viz.explorers.graphs import graph_stepper, linear_map
from mlp_reference.viz.explorers.initialization import activations, init_variance
from mlp_reference.viz.explorers.perceptron import half_space, perceptron_steps
from mlp_reference.viz.explorers.playground import playground
from mlp_reference.viz.explorers.splines import spline_builder, width_vs_depth
from mlp_reference.viz.explorers.training import optimizer_walk, training_dashboard
from mlp_reference.viz.explorers.xor import feature_space

__all__ = [
    "activations",
    "edge_of_chaos",
    "feature_space",
    "folding",
    "gradient_flow",
    "graph_stepper",
    "half_space",
    "init_variance",
    "linear_map",
    "optimizer_walk",
    "perceptron_steps",
    "playground",
    "spline_builder",
    "training_dashboard",
    "width_vs_depth",
]
