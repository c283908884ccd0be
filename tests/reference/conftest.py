"""Fixtures of the reference's tests."""

import jaxtyping
import pytest


@pytest.fixture
def no_shape_checks():
    """As a learner runs it: no type checker stands before the function's own errors."""
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)
