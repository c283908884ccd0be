import numpy as np
import pytest
from autograd import hessian
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import classify_stationary, numeric_hessian
from tests.reference.given import Draw, close, seeds, sizes


@pytest.mark.parametrize(
    ("curvature", "kind"),
    [
        ([1, 2, 3], "minimum"),
        ([-1, -2], "maximum"),
        ([1, -2, 3], "saddle"),
        ([1, 0], "degenerate"),
        ([-1, 0], "degenerate"),
        ([0, 0], "degenerate"),
        ([1, 0, -1], "saddle"),
        ([1, 1e-9], "degenerate"),
        ([1, 1e-7], "minimum"),
        ([1, -1e-9], "degenerate"),
        ([5], "minimum"),
    ],
)
@given(seed=seeds)
def test_the_signs_of_the_eigenvalues_decide_in_any_basis(curvature, kind, seed):
    Q, _ = np.linalg.qr(Draw(seed).normal(len(curvature), len(curvature)))
    assert classify_stationary(Q @ np.diag(curvature) @ Q.T) == kind


def test_tol_ints_and_bad_matrices(no_shape_checks):
    assert classify_stationary(np.array([[2, 0], [0, 1]]), tol=1.5) == "degenerate"
    assert classify_stationary(np.array([[2, 0], [0, -1]]), tol=0.5) == "saddle"
    for bad in (np.ones((2, 3)), np.full((2, 2), np.nan), np.ones(3)):
        with pytest.raises(ValueError, match="classify_stationary got H"):
            classify_stationary(bad)


@given(seed=seeds, d=sizes(1))
def test_numeric_hessian_agrees_with_autograd(seed, d):
    import autograd.numpy as anp

    draw = Draw(seed)
    A, x = draw.normal(3, *d), draw.normal(*d)
    f = lambda x: anp.sum(anp.sin(anp.dot(A, x))) + anp.sum(x**3)  # noqa: E731
    close(numeric_hessian(f, x), hessian(f)(x), rtol=1e-5, atol=1e-5)


@given(st.floats(-2, 2))
def test_the_saddle_of_two_variables(c):
    H = numeric_hessian(lambda x: x[0] * x[1] + c * x[0] ** 2 / 100, np.zeros(2))
    assert classify_stationary(H, tol=1e-6) == "saddle"
