import numpy as np
import pytest

from mlp_reference import data, xor_features

DRAWN = [data.blobs, data.xor_clusters, data.moons, data.circles, data.spiral]


@pytest.mark.parametrize("draw", DRAWN, ids=lambda f: f.__name__)
def test_drawn_sets_depend_on_the_rng_alone_and_are_balanced(draw):
    X, y = draw(120, np.random.default_rng(0))
    again, other = draw(120, np.random.default_rng(0))[0], draw(120, np.random.default_rng(1))[0]
    assert X.shape == (120, 2)
    assert y.shape == (120,)
    assert (X.dtype, y.dtype) == (np.float64, np.int64)
    assert (again == X).all()
    assert (other != X).any()
    assert set(np.bincount(y).tolist()) == {120 // (y.max() + 1)}


def test_xor_clusters_have_the_class_of_their_signs():
    X, y = data.xor_clusters(400, np.random.default_rng(0), spread=0.5)
    assert (y == (np.sign(X[:, 0]) != np.sign(X[:, 1]))).all()
    Phi = xor_features(X)
    assert ((Phi.sum(axis=1) > 1.5) == y).all()  # one line separates the features


def test_circles_and_spirals_have_the_shape_they_promise():
    X, y = data.circles(500, np.random.default_rng(0), inner=0.4, noise=0.0)
    np.testing.assert_allclose(np.hypot(*X.T), np.where(y, 0.4, 1.0))
    X, y = data.spiral(500, np.random.default_rng(0), k=4, turns=1.0, noise=0.0)
    radius, angle = np.hypot(*X.T), np.arctan2(X[:, 1], X[:, 0])
    np.testing.assert_allclose(np.cos(angle - 2 * np.pi * (radius + y / 4)), 1)
    X, y = data.moons(500, np.random.default_rng(0), noise=0.0)
    np.testing.assert_allclose(np.hypot(*(X - np.where(y[:, None], [1, 0.5], 0)).T), 1)
    assert X[y == 0, 1].min() >= 0
    assert X[y == 1, 1].max() <= 0.5


def test_shipped_sets():
    X, y = data.digits()
    assert X.shape == (1797, 64)
    assert (X.min(), X.max()) == (0, 1)
    assert np.bincount(y).min() > 170
    X, y = data.iris()
    assert X.shape == (150, 4)
    assert np.bincount(y).tolist() == [50] * 3
    pair, labels = data.iris_pair("versicolor", "virginica", ["petal width (cm)"])
    assert pair.shape == (100, 1)
    assert (pair[labels == 1, 0] == data.iris()[0][100:, 3]).all()
    with pytest.raises(ValueError, match="tulip"):
        data.iris_pair("tulip")


def test_split_cuts_without_loss():
    X, y = np.arange(20.0)[:, None], np.arange(20)
    (X1, y1), (X2, y2) = data.split((X, y), np.random.default_rng(0), 0.75)
    assert (len(y1), len(y2)) == (15, 5)
    assert sorted([*y1, *y2]) == list(range(20))
    assert (X1[:, 0] == y1).all()
    assert (X2[:, 0] == y2).all()
    assert y1.tolist() != sorted(y1)
    with pytest.raises(ValueError, match=r"share = 0\.0"):
        data.split((X, y), np.random.default_rng(0), 0.0)
