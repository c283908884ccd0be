"""Data sets of the course: small, real or drawn from an ``rng``, always ``X (n, d)`` floats and ``y (n,)`` ints."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number

Dataset = tuple[Float[np.ndarray, "n d"], Int[np.ndarray, " n"]]
Part = tuple[Float[np.ndarray, "_ d"], Int[np.ndarray, " _"]]

IRIS_CLASSES = ("setosa", "versicolor", "virginica")
IRIS_FEATURES = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")


def iris_pair(
    negative: str = "setosa", positive: str = "versicolor", features: Sequence[str] = IRIS_FEATURES
) -> Dataset:
    """100 flowers of two species, 50 each: ``y`` is 0 for ``negative`` and 1 for ``positive``.

    Units: all features are in cm.
    Raises: ValueError for an unknown species or feature.
    Source: Fisher (1936), Annals of Eugenics 7(2); shipped by scikit-learn.
    """
    from sklearn.datasets import load_iris

    classes = [_index(name, IRIS_CLASSES, "species") for name in (negative, positive)]
    columns = [_index(name, IRIS_FEATURES, "feature") for name in features]
    X, species = load_iris(return_X_y=True)
    keep = np.isin(species, classes)
    return X[keep][:, columns], (species[keep] == classes[1]).astype(np.int64)


def iris() -> Dataset:
    """All 150 flowers, 50 of each species of ``IRIS_CLASSES`` in that order.

    Units: all features are in cm.
    Source: Fisher (1936), Annals of Eugenics 7(2); shipped by scikit-learn.
    """
    from sklearn.datasets import load_iris

    X, y = load_iris(return_X_y=True)
    return X, y.astype(np.int64)


def digits() -> Dataset:
    """1797 handwritten digits as 64 grey values, row by row of an 8 x 8 picture.

    Units: 0 is white paper, 1 is full ink (the file's 0 to 16, divided by 16).
    Source: Alpaydin & Kaynak (1998), UCI repository; shipped by scikit-learn.
    """
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return X / 16, y.astype(np.int64)


def split(dataset: Dataset, rng: np.random.Generator, share: Number = 0.8) -> tuple[Part, Part]:
    """``(train, test)``: a random ``share`` of the rows, and the others."""
    X, y = dataset
    order, cut = rng.permutation(len(X)), round(share * len(X))
    if not 0 < cut < len(X):
        checks.fail(
            "split", f"share = {share} of {len(X)} rows", "rows on both sides", "choose a share between 0 and 1"
        )
    train, test = order[:cut], order[cut:]
    return (X[train], y[train]), (X[test], y[test])


def blobs(n: Integer, rng: np.random.Generator, gap: Number = 2.0, spread: Number = 0.6) -> Dataset:
    """Two round clouds of points in the plane whose centres stand ``2 * gap`` apart on the diagonal."""
    y = np.arange(n) % 2
    centres = gap / np.sqrt(2) * np.array([[-1.0, -1.0], [1.0, 1.0]])
    return centres[y] + spread * rng.standard_normal((n, 2)), y


def far_ones(rng: np.random.Generator) -> Dataset:
    """60 points that the line ``x1 = 0`` separates: 24 zeros left of it, 6 ones close by on the right, 30 far away."""
    first = [rng.uniform(low, high, size) for low, high, size in ((-2.0, -0.3, 24), (0.3, 1.0, 6), (9.0, 14.0, 30))]
    return np.column_stack([np.concatenate(first), rng.normal(size=60)]), np.repeat([0, 1], [24, 36])


def xor_corners() -> Dataset:
    """The four corners of the unit square; the class is the exclusive or of the coordinates."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    return X, np.array([0, 1, 1, 0])


def xor_clusters(n: Integer, rng: np.random.Generator, centre: Number = 5.0, spread: Number = 1.0) -> Dataset:
    """Four round clouds around ``(±centre, ±centre)``; the class is 1 where the signs of the two differ."""
    corner = np.arange(n) % 4
    signs = np.array([[-1, -1], [1, 1], [-1, 1], [1, -1]])[corner]
    return centre * signs + spread * rng.standard_normal((n, 2)), (corner > 1).astype(np.int64)


def moons(n: Integer, rng: np.random.Generator, noise: Number = 0.1) -> Dataset:
    """Two half circles that reach into each other: class 0 arches up, class 1 hangs down."""
    y = np.arange(n) % 2
    angle = rng.uniform(0, np.pi, n)
    arch = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    X = np.where(y[:, None] == 0, arch, [1, 0.5] - arch)
    return X + noise * rng.standard_normal((n, 2)), y


def circles(n: Integer, rng: np.random.Generator, inner: Number = 0.5, noise: Number = 0.05) -> Dataset:
    """A circle of radius 1, class 0, around one of radius ``inner``, class 1."""
    y = np.arange(n) % 2
    angle, radius = rng.uniform(0, 2 * np.pi, n), np.where(y == 0, 1.0, inner)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return X + noise * rng.standard_normal((n, 2)), y


def spiral(n: Integer, rng: np.random.Generator, k: Integer = 3, turns: Number = 0.75, noise: Number = 0.03) -> Dataset:
    """``k`` arms, one a class, that wind ``turns`` times around the origin out to radius 1."""
    y = np.arange(n) % k
    radius = rng.uniform(0.05, 1, n)
    angle = 2 * np.pi * (turns * radius + y / k)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return X + noise * rng.standard_normal((n, 2)), y


class Target(NamedTuple):
    """A function to approximate on ``[a, b]``, and ``M2``, the largest ``abs(f'')`` there (``inf`` where none is)."""

    f: Callable[[np.ndarray], np.ndarray]
    a: float
    b: float
    M2: float


TARGETS = {
    "sine": Target(np.sin, 0.0, 2 * np.pi, 1.0),
    "square": Target(np.square, -1.0, 1.0, 2.0),
    "root": Target(np.sqrt, 0.0, 1.0, np.inf),  # infinitely steep at 0: equal intervals converge slowly
    "corner": Target(np.abs, -1.0, 1.0, np.inf),
    "runge": Target(lambda x: 1 / (1 + 25 * x**2), -1.0, 1.0, 50.0),  # high polynomials fail here, broken lines don't
    "wave": Target(lambda x: np.sin(3 * x) + x / 2, -3.0, 3.0, 9.0),
}


def _index(name: str, known: Sequence[str], what: str) -> int:
    if name not in known:
        raise ValueError(f"unknown {what} {name!r}; choose one of {', '.join(map(repr, known))}")
    return known.index(name)
