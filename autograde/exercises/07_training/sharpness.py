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
    "that rounding spoils their difference: a distance of about 1e-4 is neither"
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


def _one(rng: Rng) -> Arguments:
    return *_problem(rng, 1), rng


exercise = Exercise(
    reference=largest,
    probe=sharpness_values,
    patience=2.0,
    cases=[
        Case("largest curvature upwards", [_up], times=4),
        Case("largest curvature downwards", [_down], times=3),
        Case("a parabola, a number of steps", [_fixed], times=2),
        Case("a single parameter", [_one], times=2, weight=0.5),
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
# The matrix is never built: a product with it is a difference of two gradients, and repeated products turn any start to
# the steepest direction. The curvature along it is one inner product.

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

# %% wrong
# the size without its sign: `value = v @ Hv` -> `value = np.linalg.norm(Hv)` | `value = abs(v @ Hv)`
#   A length is never negative, a curvature may be: v @ Hv has the sign.
# divided by eps instead of 2 eps: `/ (2 * eps)` -> `/ eps`
#   The two places are 2 eps apart.
# not divided by the distance: without ` / (2 * eps)`
#   A difference becomes a derivative when it is divided by the distance of the two places, 2 eps.
# the gradient instead of its difference: `(grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `grad(theta + eps * v)`
#   The Hessian says how the gradient *changes*: take the difference at two places.
# the gradient at v: `(grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `grad(v)`
#   That is H v for a parabola around 0 only. Take the difference of gradients around theta.
# the curvature at 0: `(grad(theta + eps * v) - grad(theta - eps * v))` -> `(grad(eps * v) - grad(-eps * v))`
#   The curvature is wanted at theta: start both places there.
# a step as long as v: `eps = 1e-4` -> `eps = 1.0`
#   Only nearby the difference is the derivative: take eps of about 1e-4.
# a sum instead of a difference: `grad(theta + eps * v) - grad` -> `grad(theta + eps * v) + grad`
#   How the gradient changes is a difference.
# uphill and downhill are exchanged: `(grad(theta + eps * v) - grad(theta - eps * v))` -> `(grad(theta - eps * v) - grad(theta + eps * v))`
#   The gradient further along v comes first, with the plus.
# half of the curvature: `return value` -> `return value / 2`
#   The half belongs to the second-order picture of the loss. Asked is the eigenvalue.
# the largest stable rate: `return value` -> `return 2 / value`
#   2 over the largest curvature is the rate that is still stable on a parabola. Asked is the curvature itself.
# the root: `return value` -> `return np.sqrt(abs(value))`
#   The eigenvalue itself is asked for, without a root.
# the square: `return value` -> `return value**2`
#   The eigenvalue itself is asked for.
# the direction instead of the curvature: `return value` -> `return v`
#   v is the direction. The curvature along it is the number v @ Hv.
# the curvature along the first parameter
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     v = np.eye(len(theta))[0]
# +     return v @ (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
#   One axis is one direction among many: iterate, so that the direction whose curvature is largest in size wins.
# the largest entry of the diagonal
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     return max([e @ (grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E], key=abs)
#   The diagonal shows what happens along the axes only. Iterate, so that the direction whose curvature is largest in
#   size wins.
# the sum of all curvatures
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     return sum(e @ (grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E)
#   The trace is the sum of all eigenvalues. Asked is the one that is largest in size.
# the smallest in size
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     H = np.array([(grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E])
# +     return min(np.linalg.eigvalsh((H + H.T) / 2), key=abs)
#   Asked is the eigenvalue that is *largest* in size.
# the largest upwards, even where one downwards is larger
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     H = np.array([(grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E])
# +     return np.linalg.eigvalsh((H + H.T) / 2)[-1]
#   In this exercise the *size* decides, as in the power iteration: it may be a negative one.
# the direction is never made of length 1: `v = Hv / np.linalg.norm(Hv)` -> `v = Hv`
#   or `v = Hv / np.linalg.norm(Hv)` -> `v = Hv`, without `v = v / np.linalg.norm(v)`
#   or `v = Hv / np.linalg.norm(Hv)` -> `v = Hv`, `value = v @ Hv` -> `value = v @ Hv / (v @ v)`
#   Each product makes v longer or shorter, by the size of a curvature. So it leaves the neighbourhood of theta, and in the end the
#   range of floats: divide by its length each time, `v = Hv / np.linalg.norm(Hv)`.
# theta is moved: `Hv = (grad` -> `theta -= 0.01 * v ⏎ Hv = (grad`
#   or `Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `theta += eps * v ⏎ up = grad(theta) ⏎ theta -= 2 * eps * v ⏎ Hv = (up - grad(theta)) / (2 * eps)`
#   or `Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `here = grad(theta) ⏎ theta += eps * v ⏎ Hv = (grad(theta) - here) / eps`
#   Only measure here: theta belongs to the caller. `theta + eps * v` is a new array; what `theta += ...` has moved must be put
#   back.
