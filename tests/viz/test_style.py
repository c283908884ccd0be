"""Figures as cells show them: with a rim of paper, and no more of it."""

import io
import re
from base64 import b64decode

import numpy as np
from PIL import Image

from mlp_reference.viz import style


def test_a_figure_has_a_rim_of_paper_on_all_sides_and_no_more():
    figure, axes = style.subplots(1, 2, size=(8.6, 4.0))  # taller than two squares side by side
    for ax in axes:
        ax.set_aspect("equal")
        ax.set_title("squares")
    shown = style.describe(figure, "Two squares.")._repr_mimebundle_()
    ink = np.asarray(Image.open(io.BytesIO(b64decode(shown["image/png"]))).convert("L")) < 250
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    rims = [rows[0], ink.shape[0] - 1 - rows[-1], columns[0], ink.shape[1] - 1 - columns[-1]]
    assert min(rims) >= 10 and max(rims) <= 24, rims  # of 200 pixels an inch
    width = int(re.search(r'width="(\d+)"', shown["text/html"])[1])
    assert abs(2 * width - ink.shape[1]) <= 2
