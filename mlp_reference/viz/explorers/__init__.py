"""Explorers: pictures with sliders, each the last expression of a notebook cell."""

from mlp_reference.viz.explorers.perceptron import half_space, perceptron_steps
from mlp_reference.viz.explorers.playground import playground
from mlp_reference.viz.explorers.splines import spline_builder, width_vs_depth
from mlp_reference.viz.explorers.xor import feature_space

__all__ = ["feature_space", "half_space", "perceptron_steps", "playground", "spline_builder", "width_vs_depth"]
