"""Plot functions by notebook: they draw on the axes they are given, return the new artists, and touch nothing else."""

from mlp_reference.viz.plots import backprop, geometry, graphs, initialization, perceptron, splines, training, xor

__all__ = ["backprop", "geometry", "graphs", "initialization", "perceptron", "splines", "training", "xor"]
