"""Whole figures of the notebooks, each with its text alternative: an experiment is run, its result is drawn."""

from mlp_reference.viz.figures import backprop, graphs, initialization, perceptron, rescue, splines, training, xor

__all__ = ["backprop", "graphs", "initialization", "perceptron", "rescue", "splines", "training", "xor"]
