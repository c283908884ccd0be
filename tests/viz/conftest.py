"""Explorers at their start."""

import pytest

from mlp_reference.viz import explorers


@pytest.fixture
def explorer_named():
    """``name -> explorer``."""
    return lambda name: getattr(explorers, name)()
