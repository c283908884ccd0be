"""Figures of notebook 08."""

import numpy as np

from mlp_reference.viz import figures


def test_figures_are_described():
    falling = np.logspace(0, -40, 30)
    described = figures.rescue.profiles({"hers": (falling, falling[::-1]), "LeCun's": (np.ones(30), np.ones(30))})
    assert "hers: values end at 1e-40, gradients arrive at the first layer with 1e-40" in described.alt
    assert len(described.figure.axes[0].lines) == 2
    described = figures.rescue.losses({"hers": [2.3, 2.3], "mended": [1.9, 0.2]})
    assert "mended: 1.90 in the first epoch, 0.20 in the last" in described.alt
    described = figures.rescue.weights({"hers": np.full((2, 3), 0.5), "LeCun's": np.array([[-1.0, 1.0]])})
    assert "hers: standard deviation 0.000; LeCun's: standard deviation 1.000" in described.alt
    described = figures.rescue.gradients({(5, "W1"): (0.2, 1.0), (10, "W1"): (0.1, 0.9)})
    assert "With 10 examples, length and cosine: W1 0.10 and 0.90" in described.alt
