"""Exercise 7.7: the largest curvature, without the Hessian."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.exercises.support.within import within
from autograde.judging.exercise import Arguments, Case, Exercise, Formula

CLOSE = 1e-3  # relative to the answer, as the exercise asks for


class Slope(Formula):
    """``x -> A @ x + s * x**3``, which shows itself as a formula: its derivative is ``A + 3 s diag(x**2)``."""

    def __init__(self, A: Array, s: float) -> None:
        self.A, self.s = A, s
        super().__init__(f"np.array({A.tolist()}) @ x + {s} * x**3")

    def curvatures(self, theta: Array) -> Array:
        return np.asarray(np.linalg.eigvalsh(self.A + 3 * self.s * np.diag(np.asarray(theta, dtype=float) ** 2)))


def largest(grad: Slope, theta: Array, rng: Any, steps: int = 100) -> float:
    """The eigenvalue that is largest in size, with its sign."""
    curvatures = grad.curvatures(theta)
    return float(curvatures[np.argmax(np.abs(curvatures))])


_STARTS = (
    "from different random directions, so the direction has not settled yet. Go on from the direction that comes out, "
    "`steps` times, and measure along the last one"
)

_GROWN = (
    ". A product with H makes v longer or shorter, by the size of a curvature: after many of them it is too long for a float, "
    "unless it is made of length 1 each time"
)
NEAR = 0.01
_NEARLY = (
    "it is right to about two digits, but not to more. The gradients are taken too far apart, or so near to each other "
    "that rounding spoils their difference (a distance of about 1e-4 is neither), or the direction has not settled yet"
)


def sharpness_values(fn: Callable[..., Any], grad: Slope, theta: Array, rng: Any, *steps: int) -> Any:
    """What is judged: the number, where it is close enough the right one."""
    right = largest(grad, theta, rng)

    def seen(got: float) -> str:
        return _NEARLY if abs(got - right) < NEAR * abs(right) else ""

    return within(fn, (grad, theta, rng, *steps), right, CLOSE * abs(right), _STARTS, seen, _GROWN)


def _problem(rng: Rng, d: int, sign: float = 1.0, s: float = 0.125) -> tuple[Slope, Array]:
    """One curvature stands out: the next one has at most seven tenths of its size."""
    while True:
        B = eighths(rng, d, d)
        A, theta = (B + B.T) / 2, eighths(rng, d) / 2
        grad = Slope(A, sign * s)
        curvatures = grad.curvatures(theta)
        sizes = np.sort(np.abs(curvatures))
        tallest = curvatures[np.argmax(np.abs(curvatures))]
        if tallest * sign > 1 and (d == 1 or sizes[-2] < 0.7 * sizes[-1]):
            return grad, theta


def _up(rng: Rng) -> Arguments:
    return *_problem(rng, int(rng.choice([3, 4, 5]))), rng


def _down(rng: Rng) -> Arguments:
    return *_problem(rng, int(rng.choice([3, 4])), -1.0), rng


def _fixed(rng: Rng) -> Arguments:
    """A parabola: the same curvature everywhere."""
    return *_problem(rng, 4, s=0.0), rng, int(rng.choice([60, 200]))


def _at_zero(rng: Rng) -> Arguments:
    grad, theta = _problem(rng, 3, s=0.0)
    return grad, 0 * theta, rng, 100


def _one(rng: Rng) -> Arguments:
    return *_problem(rng, 1), rng


def _across(rng: Rng) -> Arguments:
    """At right angles to the steepest direction lie (1, 1, 1, 1) and the first axis: from there no product leads to it."""
    tall = float(rng.choice([3.5, 4.0, 4.5]))
    A = np.diag([1.5, 0.25, 0.25, -1.0])
    A[1:3, 1:3] += tall / 2 * np.array([[1, -1], [-1, 1]])
    return Slope(A, 0.0), eighths(rng, 4) / 2, rng, 20


class _Watched(Slope):
    """A gradient that notes which parameters were moved."""

    moved: list[tuple[int, ...]]

    def __call__(self, x: Any) -> Any:
        self.moved.append(tuple(map(int, np.flatnonzero(x))))
        return super().__call__(x)


def table_remark(fn: Callable[..., Any]) -> str:
    """A sentence where the answer measures all columns of the Hessian; for messages only, never for points."""
    grad = _Watched(np.diag(np.arange(1.0, 7.0)), 0.0)
    grad.moved = []
    fn(grad, np.zeros(6), np.random.default_rng(0))
    if {place for place in grad.moved if place} != {(i,) for i in range(6)}:
        return ""
    return (
        "The value is right, and the points are yours. But your function measured the whole Hessian, column by column. For "
        "the 4,810 parameters of a network 64-64-10 that is a table of 23 million numbers; power iteration takes `steps` "
        "products with a vector, however many parameters there are."
    )


exercise = Exercise(
    reference=largest,
    probe=sharpness_values,
    remark=table_remark,
    patience=2.0,
    cases=[
        Case("largest curvature upwards", [_up], times=4),
        Case("largest curvature downwards", [_down], times=3),
        Case("a parabola, a number of steps", [_fixed, _at_zero], times=3),
        Case("a single parameter", [_one], times=2, weight=0.5),
        Case("from a random direction", [_across], times=2, weight=0.5),
    ],
)

# %% hints
# 1. `grad` at two places a little apart along a direction v tells H v, without H: how does the gradient change from
#    one to the other?
# 2. H v is nearly `(grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)`, with eps of about 1e-4. Apply it
#    again and again, and divide by the length each time: the direction whose curvature is largest in size wins.
# 3. Start with `v = rng.standard_normal(theta.shape)`, made of length 1. In each step compute `Hv`, keep
#    `value = v @ Hv`, and set `v = Hv / np.linalg.norm(Hv)`. Return the last value: it has a sign, the length of Hv has none.

# %% elegant
# The matrix is never built: a product with it is a difference of two gradients, and repeated products turn a random start to
# the direction whose curvature is largest in size. The curvature along it is one inner product.

# %% right
def sharpness(grad, theta, rng, steps=100):
    eps = 1e-4
    v = rng.standard_normal(theta.shape)
    v = v / np.linalg.norm(v)
    for _ in range(steps):
        Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
        value = v @ Hv
        v = Hv / np.linalg.norm(Hv)
    return value

# %% right
def sharpness(grad, theta, rng, steps=100):
    # the whole Hessian, column by column
    d = len(theta)
    H = np.zeros((d, d))
    for j in range(d):
        e = np.eye(d)[j] * 1e-4
        H[:, j] = (grad(theta + e) - grad(theta - e)) / 2e-4
    curvatures = np.linalg.eigvalsh((H + H.T) / 2)
    return max(curvatures, key=abs)

# %% right
def sharpness(grad, theta, rng, steps=100):
    here = grad(theta)

    def Hv(v):
        return (grad(theta + 1e-6 * v) - here) / 1e-6

    v = rng.normal(size=len(theta))
    for _ in range(steps):
        v = Hv(v)
        v = v / np.sqrt(np.sum(v**2))
    return float(np.dot(v, Hv(v)))

# %% right
def sharpness(grad, theta, rng, steps=100):
    # Krylov: the best of all that was seen
    Q = []
    v = rng.uniform(-1, 1, len(theta))
    products = []
    for _ in range(min(steps, len(theta))):
        for q in Q:
            v = v - (q @ v) * q
        size = np.linalg.norm(v)
        if size < 1e-6:
            break
        Q.append(v / size)
        products.append((grad(theta + 1e-3 * Q[-1]) - grad(theta - 1e-3 * Q[-1])) / 2e-3)
        v = products[-1]
    T = np.array(Q) @ np.array(products).T
    found = np.linalg.eigvals((T + T.T) / 2).real
    return np.array(found[np.argmax(np.abs(found))])

# %% right
def sharpness(grad, theta, rng, steps=100):
    v = np.array([rng.random() - 0.5 for _ in theta])
    length = sum(a * a for a in v) ** 0.5
    v = v / length
    for _ in range(steps):
        up, down = grad(theta + v / 4096), grad(theta - v / 4096)
        w = np.array([2048 * (a - b) for a, b in zip(up, down)])
        curvature = (w @ w) / (w @ v)  # the same quotient, one step on
        v = w / np.linalg.norm(w)
    return curvature
