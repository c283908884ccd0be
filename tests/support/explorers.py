"""What tests do with explorers: press their buttons, and compare their pictures."""

import ipywidgets as widgets
import numpy as np

from mlp_reference.viz import style


def press(explorer, name):
    """Click the button of this name."""
    buttons = [w for w in explorer.widget.children[0].children if isinstance(w, widgets.Button)]
    next(b for b in buttons if b.description == name).click()


def redrawn(explorer, density):
    """The same picture by matplotlib's own full drawing."""
    explorer.figure.dpi = density * 100
    with style.use():  # the number of ticks depends on the style's font size
        explorer.canvas.draw()
    return np.array(explorer.canvas.buffer_rgba())


def different_pixels(one, other):
    """How many pixels of two pictures differ."""
    return int((one != other).any(axis=-1).sum())


def assert_blitting_is_exact(explorer, density=1):
    """What a move draws is what a full redraw draws."""
    quick = explorer.pixels(density).copy()
    assert different_pixels(quick, redrawn(explorer, density)) == 0
