"""Exercise 7.6: what the signs of the curvatures say."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.arguments import Make
from autograde.exercises.support.drawing import Array, Rng
from mlp_reference import stationary


def _hessian(rng: Rng, curvatures: Array) -> Array:
    """A symmetric matrix with these eigenvalues in random directions."""
    Q = np.linalg.qr(rng.standard_normal((len(curvatures), len(curvatures))))[0]
    H = Q * curvatures @ Q.T
    return (H + H.T) / 2


def _sizes(rng: Rng, d: int) -> Array:
    return rng.uniform(0.5, 4.0, d)


def _saddle_of_two_falls(rng: Rng) -> Arguments:
    """Two of the curvatures are negative: the determinant is above 0, and so may be the trace."""
    return (_hessian(rng, np.append(-0.25 * _sizes(rng, 2), 3 * _sizes(rng, 3))),)


def _flat(rng: Rng) -> Arguments:
    """Up in some directions, or down, level in the others."""
    d = int(rng.integers(2, 5))
    sign = float(rng.choice([-1.0, 1.0]))
    return (np.diag(rng.permutation(np.append(sign * np.round(4 * _sizes(rng, d)), 0.0))),)


def _nearly_flat(rng: Rng) -> Arguments:
    tiny = float(rng.choice([-1.0, 1.0])) * 1e-10
    sign = float(rng.choice([-1.0, 1.0]))
    return (_hessian(rng, np.array([sign * 2.0, sign * 1.0, tiny])),)


def _small_saddle(rng: Rng) -> Arguments:
    """Both curvatures are above the tolerance, but their product is not."""
    return (_hessian(rng, float(rng.choice([-1.0, 1.0])) * np.array([1e-4, -1e-6])),)


def _near_the_default(small: float) -> Make:
    """An exact number a little above the tolerance that is taken where none is given, or a little below it."""
    return lambda rng: (np.diag(rng.permutation([2.0, small])),)


def _wider_tolerance(rng: Rng) -> Arguments:
    """With the tolerance given, curvatures that would count otherwise are 0."""
    small = float(rng.choice([-0.05, 0.05]))
    big = float(rng.choice([-1.0, 1.0])) * rng.uniform(1, 2, 2)
    return _hessian(rng, np.append(big, small)), 0.1


def _wide_but_steep(rng: Rng) -> Arguments:
    """The smallest curvature is above the tolerance, but not in comparison with the largest."""
    big, small = rng.uniform(10, 20, 2), float(rng.choice([-0.3, 0.3]))
    return _hessian(rng, np.append(big, small)), 0.1


def _hidden_saddle(rng: Rng) -> Arguments:
    """All diagonal entries are above 0, or all are 0: only the eigenvalues tell."""
    if rng.integers(2):
        return (int(rng.integers(1, 9)) * np.array([[0, 1], [1, 0]]),)
    H = np.diag(np.round(4 * _sizes(rng, int(rng.integers(2, 5)))))
    H[0, 1] = H[1, 0] = 17.0  # above the largest entry of the diagonal
    return (H,)


def _exactly_tol(rng: Rng) -> Arguments:
    """A curvature as large as the tolerance counts as 0: both are exact in binary, and nothing is rounded."""
    tol, big, sign = float(rng.choice([0.25, 0.5])), float(rng.choice([-2.0, 3.0])), float(rng.choice([-1.0, 1.0]))
    return np.diag(rng.permutation([big, sign * tol])), tol


def _no_tolerance(rng: Rng) -> Arguments:
    """With a tolerance of 0 nothing counts as 0 but 0."""
    return np.diag(rng.permutation([3.0, float(rng.choice([-1.0, 1.0])) * 2.0**-30])), 0


def _one_within(rng: Rng) -> Arguments:
    return np.array([[float(rng.choice([-0.25, 0.25]))]]), 0.5


def _many_and_steep(rng: Rng) -> Arguments:
    """Of nine large curvatures one may be different."""
    return (_hessian(rng, 1e4 * np.append(_sizes(rng, 8), float(rng.choice([-0.25, 0.25])))),)


def _whole_tolerance(rng: Rng) -> Arguments:
    return np.diag(rng.permutation(np.append(rng.choice([-1, 1]) * np.array([3, 5]), rng.choice([-1, 1])))), 1


exercise = Exercise(
    reference=stationary.classify_stationary,
    cases=[
        Case(
            "minima, maxima and saddles",
            [
                lambda rng: (_hessian(rng, _sizes(rng, int(rng.integers(2, 6)))),),
                lambda rng: (_hessian(rng, -_sizes(rng, int(rng.choice([2, 4])))),),
                lambda rng: (_hessian(rng, rng.permutation([1.0, -1.0]) * _sizes(rng, 2)),),
                lambda rng: (_hessian(rng, -_sizes(rng, 3)),),
                lambda rng: (_hessian(rng, np.append(-_sizes(rng, 3), 0.25)),),
                _many_and_steep,
            ],
            times=12,
        ),
        Case("saddles that hide", [_hidden_saddle, _saddle_of_two_falls, _hidden_saddle], times=9),
        Case(
            "directions without curvature",
            [
                _flat,
                lambda rng: (np.diag(rng.permutation([1.5, -2.0, 0.0, 0.0])),),
                lambda rng: (np.zeros((int(rng.integers(1, 4)),) * 2),),
            ],
            times=9,
        ),
        Case(
            "rounding, and small curvatures that count",
            [
                _nearly_flat,
                lambda rng: (_hessian(rng, np.array([2.0, 1.0, float(rng.choice([-1.0, 1.0])) * 1e-5])),),
                _small_saddle,
                *map(_near_the_default, (0.75e-8, -0.75e-8, 1.5e-8, -1.5e-8)),
            ],
            times=14,
        ),
        Case(
            "another tolerance",
            [
                _wider_tolerance,
                lambda rng: (np.diag(rng.permutation([1.0, float(rng.choice([-1.0, 1.0])) * 1e-10])), 1e-12),
                _wide_but_steep,
                _exactly_tol,
                _whole_tolerance,
                _no_tolerance,
                _one_within,
            ],
            times=14,
        ),
        Case(
            "a single direction, single precision",
            [
                lambda rng: (_sizes(rng, 1)[:, None],),
                lambda rng: (-_sizes(rng, 1)[:, None],),
                lambda rng: (_sizes(rng, 1)[:, None].astype(np.float32),),
                lambda rng: (-_sizes(rng, 1)[:, None].astype(np.float32),),
            ],
            times=4,
        ),
    ],
)

# %% hints
# 1. Which numbers are the curvatures along the directions in which H does nothing but stretch? NumPy computes them
#    for symmetric matrices.
# 2. `e = np.linalg.eigvalsh(H)`; then `up = e > tol` and `down = e < -tol` are arrays of truth values. In which order
#    do you ask the questions?
# 3. First `if up.any() and down.any()`: a saddle. Then `up.all()`, then `down.all()`; what is left is degenerate.

# %% elegant
# Two masks, and the four words are what `any` and `all` say of them. An eigenvalue of 0 is in neither mask, so
# `degenerate` is what remains.

# %% right
def classify_stationary(H, tol=1e-8):
    e = np.linalg.eigvalsh(H)
    up = e > tol
    down = e < -tol
    if up.any() and down.any():
        return "saddle"
    if up.all():
        return "minimum"
    if down.all():
        return "maximum"
    return "degenerate"

# %% right
def classify_stationary(H, tol=1e-8):
    signs = {int(np.sign(e)) if abs(e) > tol else 0 for e in np.linalg.eigvalsh(H)}
    if {1, -1} <= signs:
        return "saddle"
    return {(1,): "minimum", (-1,): "maximum"}.get(tuple(signs), "degenerate")

# %% right
def classify_stationary(H, tol=1e-8):
    e = np.linalg.eigh(np.asarray(H, dtype=float))[0]
    low, high = e.min(), e.max()
    if low < -tol and high > tol:
        return "saddle"
    if low > tol:
        return "minimum"
    return "maximum" if high < -tol else "degenerate"

# %% right
def classify_stationary(H, tol=1e-8):
    e = np.real(np.linalg.eigvals(H))
    n, up, down = len(e), int((e > tol).sum()), int((e < -tol).sum())
    return np.select([up > 0 and down > 0, up == n, down == n], ["saddle", "minimum", "maximum"], "degenerate")

# %% right
import scipy.linalg

def classify_stationary(H, tol=1e-8):
    names = np.array(["degenerate", "minimum", "maximum", "saddle"])
    e = scipy.linalg.eigvalsh(H)
    if np.any(e > tol) and np.any(e < -tol):
        return names[3]
    return names[int(np.all(e > tol)) + 2 * int(np.all(e < -tol))]

# %% right
def classify_stationary(H, tol=1e-8):
    # count with Sylvester's law of inertia: how many eigenvalues of H - s lie below 0
    def below(s):
        return sum(e < s for e in np.linalg.eigvalsh(H).tolist())
    d = len(H)
    down, up = below(-tol), sum(e > tol for e in np.linalg.eigvalsh(H).tolist())
    if up and down:
        return "saddle"
    if up == d:
        return "minimum"
    if down == d:
        return "maximum"
    return "degenerate"

# %% wrong
# minimum and maximum are exchanged: `"minimum"` -> `"MAX"`, `"maximum"` -> `"minimum"`, `"MAX"` -> `"maximum"`
#   Positive curvature in all directions is a valley: a minimum.
# the diagonal instead of the eigenvalues: `np.linalg.eigvalsh(H)` -> `np.diag(H)`
#   The diagonal holds the curvatures along the axes only. [[0, 1], [1, 0]] falls along the diagonal (1, -1): take
#   eigenvalues.
# determinant and trace, as for two variables
#   `e = np.linalg.eigvalsh(H) ⏎ up = e > tol ⏎ down = e < -tol` -> `det = np.linalg.det(H)`,
#   `up.any() and down.any()` -> `det < -tol`, `up.all()` -> `det > tol and np.trace(H) > 0`,
#   `down.all()` -> `det > tol`
#   With three directions or more the determinant no longer tells: two negative factors make it positive. Look at each
#   eigenvalue.
# the sum of the curvatures: `np.linalg.eigvalsh(H)` -> `np.array([np.trace(H)])`
#   A steep rise can outweigh a fall in the sum. Look at each eigenvalue's sign.
# the signs of the curvatures are thrown away: `np.linalg.eigvalsh(H)` -> `np.linalg.svd(H)[1]` | `np.abs(…)`
#   Absolute values and singular values are never negative: the signs, which you need, are gone. Take the eigenvalues as
#   they are.
# the product of the extreme curvatures is compared with the tolerance
#   `up.any() and down.any()` -> `e[0] * e[-1] < -tol`
#   A product of two small numbers is far smaller than both: compare each curvature with the tolerance for itself.
# no saddle where some direction is level: `down = e < -tol` -> `… ⏎ if (~up & ~down).any(): return "degenerate"`
#   One direction up and one down make a saddle, whatever the others do: ask this first.
# level directions count as up: `up = e > tol` -> `up = e >= -tol`,
#   `up.any() and down.any()` -> `(e > tol).any() and down.any()`
#   A direction without curvature proves nothing: with such a one there is no certain minimum, but `degenerate`.
# level directions don't matter: `if up.all()` -> `if up.any()`, `if down.all()` -> `if down.any()`
#   `any` is not enough for a minimum: with a level direction the point is degenerate. All eigenvalues must be above
#   `tol`.
# not below 0 is taken for above 0: `if up.all()` -> `if not down.any()`, `if down.all()` -> `if not up.any()`
#   or `if up.all()` -> `if (e >= 0).all()`, `if down.all()` -> `if (e <= 0).all()`
#   No curvature below 0 is not enough for a minimum: along a level direction it may fall all the same. All eigenvalues
#   must be above `tol`, else it is degenerate.
# the signs of the entries instead of the eigenvalues: `np.linalg.eigvalsh(H)` -> `np.ravel(H)`
#   The entries of H are no eigenvalues: [[2, -1], [-1, 2]] has entries of both signs and rises in every direction. Take
#   eigenvalues.
# the tolerance is ignored: `up = e > tol ⏎ down = e < -tol` -> `up = e > 0 ⏎ down = e < 0`
#   Rounding can turn a 0 into 1e-17 of some sign: what lies within `tol` of 0 counts as 0.
# the tolerance is fixed: `up = e > tol ⏎ down = e < -tol` -> `up = e > 1e-8 ⏎ down = e < -1e-8`
#   The caller chooses how near to 0 counts as 0: use the parameter `tol`.
# the tolerance is relative to the largest curvature: `up = e` -> `tol = tol * np.abs(e).max() ⏎ …`
#   The tolerance is meant as it is given: compare the eigenvalues with `tol` itself.
# negative curvatures are compared with tol instead of -tol: `e < -tol` -> `e < tol`
#   or `if up.any() and down.any():` -> `if up.any() and (e < tol).any():`
#   Below 0 by more than the tolerance means `e < -tol`.
# no fourth answer: `return "degenerate"` -> `return "saddle"`
#   Where nothing else is certain the answer is `degenerate`.
# falls as a whole are called saddles: `up.any() and down.any()` -> `down.any()`
#   All curvatures below 0 are a maximum. A saddle needs one of each sign.
# capital letters: `"saddle"` -> `"Saddle"`, `"minimum"` -> `"Minimum"`, `"maximum"` -> `"Maximum"`,
#   `"degenerate"` -> `"Degenerate"`
#   The four words are "minimum", "maximum", "saddle" and "degenerate", in small letters.
# it prints the answer and returns nothing: `return "saddle"` -> `print("saddle")`,
#   `return "minimum"` -> `print("minimum")`, `return "maximum"` -> `print("maximum")`,
#   `return "degenerate"` -> `print("degenerate")`
#   Return the word instead of printing it.
# eigenvalues and eigenvectors are exchanged: `e = np.linalg.eigvalsh(H)` -> `_, e = np.linalg.eigh(H)`
#   `np.linalg.eigh` gives the eigenvalues first, then the eigenvectors: `e, Q = np.linalg.eigh(H)`.
# leading minors
# - up = e > tol
# + m = [np.linalg.det(H[:k, :k]) for k in range(1, len(H) + 1)]
# +     up = np.array([d > tol for d in m])
# - down = e < -tol
# + down = np.array([d * (-1)**k > tol for k, d in enumerate(m, 1)])
# - if up.any() and down.any():
# + if not up.all() and not down.all() and abs(m[-1]) > tol:
#   Leading minors tell the kind where none of them is 0, and often not elsewhere: a saddle may have a level direction. Ask the eigenvalues.
