"""Explorers that the tests share: making one costs as much as fifty moves."""

from functools import cache

import pytest

from mlp_reference.viz import explorers


@pytest.fixture(scope="session")
def _made():
    return cache(lambda name: getattr(explorers, name)())


@pytest.fixture
def explorer_named(_made):
    """``name -> explorer``, at its start; the same one for all tests of a session."""

    def get(name):
        explorer = _made(name)
        if explorer.values != explorer.initial:
            explorer.reset()
        return explorer

    return get
