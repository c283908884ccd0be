"""Explorers that the tests share: making one costs as much as fifty moves."""

from functools import cache

import pytest

from mlp_reference.viz import explorers


@pytest.fixture(scope="session")
def explorer_made():
    """``name -> explorer``, wherever the last test left it."""
    return cache(lambda name: getattr(explorers, name)())


@pytest.fixture
def explorer_named(explorer_made):
    """``name -> explorer``, back at its start."""

    def get(name):
        explorer = explorer_made(name)
        if explorer.values != explorer.initial:
            explorer.reset()
        return explorer

    return get
