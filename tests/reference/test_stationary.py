import numpy as np
import pytest
from hypothesis import given

from mlp_reference import classify_stationary, sharpness
from tests.reference.given import Draw, few, seeds


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
@few
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


@few
@given(seed=seeds)
def test_sharpness_is_the_eigenvalue_that_is_largest_in_size(seed):
    draw = Draw(seed)
    Q, _ = np.linalg.qr(draw.normal(5, 5))
    curvatures = np.array([draw.rng.choice([-4.0, 4.0]), 2, -1, 0.5, 0])
    A, theta = Q @ np.diag(curvatures) @ Q.T, draw.normal(5)
    found = sharpness(lambda t: A @ (t - theta) + (t - theta) ** 3, theta, draw.rng)
    np.testing.assert_allclose(found, curvatures[0], rtol=1e-6)
