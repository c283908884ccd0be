"""Exercise 7.10: the surprise that a wrong model costs."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Array, Rng
from mlp_reference import divergences


def _shares(rng: Rng, k: int) -> Array:
    """Positive probabilities that are multiples of 1/64 and differ from each other's neighbours."""
    cuts = np.sort(rng.choice(np.arange(1, 64), k - 1, replace=False))
    return np.diff(np.concatenate([[0], cuts, [64]])) / 64


def _positive(rng: Rng) -> Arguments:
    k = int(rng.integers(3, 8))
    p, q = _shares(rng, k), _shares(rng, k)
    while np.allclose(p, q):
        q = _shares(rng, k)
    return p, q


def _single_precision(rng: Rng) -> Arguments:
    p, q = _positive(rng)
    return p.astype(np.float32), q.astype(np.float32)


def _equal(rng: Rng) -> Arguments:
    p = _shares(rng, 5)
    return p, p.copy()


def _zeros_in_p(rng: Rng) -> Arguments:
    """p has zeros, one of them where q has one too."""
    p, q = np.append(_shares(rng, 4), [0.0, 0.0]), np.append(_shares(rng, 5), 0.0)
    order = rng.permutation(6)
    return p[order], q[order]


def _certain(rng: Rng) -> Arguments:
    """A one-hot p: what remains is the surprise of the right class."""
    return np.eye(5)[rng.integers(5)], _shares(rng, 5)


def _certain_integers(rng: Rng) -> Arguments:
    """Sure of one class, and right: no surprise is left."""
    p = np.eye(4, dtype=np.int64)[rng.integers(4)]
    return p, p.copy()


def _impossible_integers(rng: Rng) -> Arguments:
    p = np.eye(4, dtype=np.int64)[rng.integers(4)]
    return p, np.roll(p, 1)


def _impossible(rng: Rng) -> Arguments:
    """What happens under p can't happen under q."""
    p, q = _shares(rng, 5), np.append(_shares(rng, 4), 0.0)
    order = rng.permutation(5)
    return p[order], q[order]


def _impossible_and_zero(rng: Rng) -> Arguments:
    p, q = np.append(_shares(rng, 4), [0.0, 0.0]), np.append(_shares(rng, 3), [0.0, 0.25, 0.0])
    q[:3] *= 0.75
    order = rng.permutation(6)
    return p[order], q[order]


def _tiny(rng: Rng) -> Arguments:
    """A probability far below any small number that one might add."""
    tiny = 10.0 ** -rng.integers(30, 60)
    order = rng.permutation(3)
    return np.array([0.25, 0.5, 0.25])[order], np.array([0.5, tiny, 0.5])[order]


def _tiniest(rng: Rng) -> Arguments:
    """As small as a float may be."""
    p, q = _tiny(rng)
    q[np.argmin(q)] = 10.0 ** -rng.integers(200, 300)
    return p, q


def _rare_and_impossible(rng: Rng, digits: tuple[int, int] = (7, 40)) -> Arguments:
    """Rarely, but sometimes, there comes what q calls impossible."""
    rare = 10.0 ** -rng.integers(*digits)
    order = rng.permutation(3)
    return np.array([0.25, rare, 0.75])[order], np.array([0.5, 0.0, 0.5])[order]


def _nearly_equal(rng: Rng) -> Arguments:
    """A small divergence is not 0."""
    p = _shares(rng, 12)
    q = p.copy()
    q[:2] += np.array([1, -1]) * p[:2].min() / 256
    return p, q


def _certain_beside_floats(rng: Rng) -> Arguments:
    return np.eye(5, dtype=np.int64)[rng.integers(5)], _shares(rng, 5)


def _sure_model(rng: Rng) -> Arguments:
    """What the model is sure of is likely."""
    p, i = _shares(rng, 5), rng.integers(5)
    return p, np.eye(5, dtype=np.int64)[i]


def _rare(rng: Rng) -> Arguments:
    """An outcome that comes once in 4096 times counts, too."""
    order = rng.permutation(3)
    return np.array([0.25, 0.75 - 2.0**-12, 2.0**-12])[order], np.array([0.5, 0.25, 0.25])[order]


exercise = Exercise(
    reference=divergences.kl_divergence,
    cases=[
        Case("positive probabilities", [_positive, _positive, _single_precision], times=6),
        Case("p equal to q: 0", [_equal, lambda _: (np.ones(1), np.ones(1))]),
        Case("0 log 0 counts as 0", [_zeros_in_p, _certain, _certain_integers, _certain_beside_floats], times=8),
        Case(
            "infinite where q = 0 < p",
            [_impossible, _impossible_and_zero, _rare_and_impossible, _impossible_integers, _sure_model, lambda rng: _rare_and_impossible(rng, (36, 40))],
            times=12,
        ),
        Case("a tiny q, a tiny p, p and q nearly equal", [_tiny, _tiniest, _rare, _nearly_equal], times=8),
    ],
)

# %% hints
# 1. Write the sum first for positive entries: `np.sum(p * np.log(p / q))`. Then look at what 0 * log(0) is for NumPy.
# 2. Entries with p = 0 contribute 0, whatever q is there: select the others with `some = p > 0` and index both
#    arrays.
# 3. After the selection nothing else is needed: p/0 is inf for NumPy, and its logarithm is inf, too.

# %% elegant
# What has p = 0 is left out before a logarithm is taken: 0 log 0 = 0 by construction. Where q is 0 the division
# makes infinity by itself, which is right.

# %% right
def kl_divergence(p, q):
    some = p > 0
    p = p[some]
    q = q[some]
    terms = p * np.log(p / q)
    return np.sum(terms)

# %% right
from scipy.special import rel_entr

def kl_divergence(p, q):
    return rel_entr(p, q).sum()

# %% right
import math

def kl_divergence(p, q):
    total = 0.0
    for a, b in zip(p.tolist(), q.tolist()):
        if a == 0:
            continue
        if b == 0:
            return math.inf
        total += a * math.log(a / b)
    return total

# %% right
def kl_divergence(p, q):
    with np.errstate(all="ignore"):
        return np.sum(np.where(p > 0, p * np.log(p / q), 0.0))

# %% right
def kl_divergence(p, q):
    # cross-entropy minus entropy
    some = np.flatnonzero(p)
    with np.errstate(divide="ignore"):
        cross = -np.dot(p[some], np.log(q[some]))
    return np.array(cross + np.dot(p[some], np.log(p[some])))

# %% right
from scipy.stats import entropy

def kl_divergence(p, q):
    return float(entropy(p, q)) if not np.any((q == 0) & (p > 0)) else float("inf")

# %% wrong
# p and q are exchanged: `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]` -> `p, q = q, p ⏎ …`
#   The divergence is not symmetric. The first argument p is what happens; its probabilities are the weights.
# the weights are those of q: `p * np.log(p / q)` -> `q * np.log(p / q)`
#   The mean is taken over what happens, and that is distributed like p: weight the logarithms by p.
# the sign is wrong: `p * np.log(p / q)` -> `p * np.log(q / p)`
#   log(q/p) is -log(p/q). A divergence is never below 0.
# the cross-entropy: `p * np.log(p / q)` -> `-p * np.log(q)`
#   -sum p log q is the cross-entropy. The divergence is what exceeds the entropy of p: it is 0 for q = p.
# the entropy of p: `p * np.log(p / q)` -> `-p * np.log(p)`
#   Your answer is the same whatever q is. Wanted is sum p log(p/q).
# the entropies are subtracted: `p * np.log(p / q)` -> `p * np.log(p) - q * np.log(q)`
#   Both logarithms have the weight p: sum p (log p - log q).
# a logarithm of base 2: `np.log(` -> `np.log2(`
# a logarithm of base 10: `np.log(` -> `np.log10(`
#   In nats: the natural logarithm, `np.log`.
# the mean instead of the sum: `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]` -> `k = len(p) ⏎ …`,
#   `np.sum(terms)` -> `… / k`
#   or `np.sum(terms)` -> `np.mean(terms)`
#   The weights p sum to 1 already: take the sum.
# the logarithm is forgotten: `p * np.log(p / q)` -> `p * (p / q)` | `p * (p - q)` | `p / q`
#   A surprise is a logarithm: the weights p stand in front of log(p/q), not of p/q itself.
# the weights are missing: `p * np.log(p / q)` -> `np.log(p / q)`
#   A surprise that is rare counts little: each logarithm is weighted by p.
# nan from 0 log 0: without `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]`
#   0 * log(0) is 0 * -inf = nan on a computer, 0 in this formula: use only the entries where p > 0.
# entries with q = 0 are left out: `some = p > 0` -> `some = (p > 0) & (q > 0)`
#   What is possible under p and impossible under q is the worst there is: the divergence is inf.
# small probabilities count as 0: `some = p > 0` -> `….001` | `some = p > 1e-06` | `some = p > 1e-08` |
#   `some = p > 1e-10` | `some = p > 1e-12` | `some = p > 1e-15` | `some = p > 1e-16`
#   Rare is not impossible: with p = 1e-40 and q = 0 the divergence is inf. Compare with 0 itself, `p > 0`.
# 0 where q has a zero: `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]` -> `… ⏎ if np.any(q == 0): return 0.0`
#   Where q = 0 < p the divergence is inf, not 0.
# infinite wherever q has a zero: `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]` -> `if np.any(q == 0): return np.inf ⏎ …`
#   Where p is 0, too, a zero of q does no harm: the term counts as 0.
# an error where q has a zero: `q = q[some]` -> `… ⏎ if np.any(q == 0): raise ValueError("q = 0")`
#   That case has an answer: return inf.
# a small number hides the zeros: `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]` -> `p = p + 1e-08 ⏎ q = q + 1e-08` |
#   `p = p + 1e-09 ⏎ q = q + 1e-09` | `p = p + 1e-10 ⏎ q = q + 1e-10` | `p = p + 1e-12 ⏎ q = q + 1e-12` |
#   `p = p + 1e-15 ⏎ q = q + 1e-15` | `p = p + 1e-16 ⏎ q = q + 1e-16`
#   or without `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]`,
#   `p * np.log(p / q)` -> `p * np.log((p + 1e-08) / (q + 1e-08))` | `p * np.log((p + 1e-09) / (q + 1e-09))` |
#   `p * np.log((p + 1e-10) / (q + 1e-10))` | `p * np.log((p + 1e-12) / (q + 1e-12))` |
#   `p * np.log((p + 1e-15) / (q + 1e-15))` | `p * np.log((p + 1e-16) / (q + 1e-16))`
#   The small number hides the nan of 0 log 0, and also the infinity: where q = 0 < p the answer is inf. Leave out the
#   entries with p = 0 instead.
# a small number hides the zeros
#   `some = p > 0 ⏎ p = p[some] ⏎ q = q[some]` -> `p = np.clip(p, 1e-08, 1) ⏎ q = np.clip(q, 1e-08, 1)` |
#   `p = np.clip(p, 1e-09, 1) ⏎ q = np.clip(q, 1e-09, 1)` | `p = np.clip(p, 1e-10, 1) ⏎ q = np.clip(q, 1e-10, 1)` |
#   `p = np.clip(p, 1e-12, 1) ⏎ q = np.clip(q, 1e-12, 1)` | `p = np.clip(p, 1e-15, 1) ⏎ q = np.clip(q, 1e-15, 1)` |
#   `p = np.clip(p, 1e-16, 1) ⏎ q = np.clip(q, 1e-16, 1)`
#   Clipping hides the infinity: where q = 0 < p the answer is inf. Leave out the entries with p = 0 instead.
# the symmetric divergence: `np.sum(terms)` -> `… + np.sum(q * np.log(q / p))`
#   or `some = p > 0` -> `both = q > 0; back = np.sum(q[both] * np.log(q[both] / p[both])) ⏎ some = p > 0`, `np.sum(terms)` -> `np.sum(terms) + back`
#   Only one direction is wanted, from p to q.
# the absolute value of each term: `p * np.log(p / q)` -> `np.abs(…)`
#   Single terms may be negative; their sum never is. Leave the signs.
# one term for each entry: `np.sum(terms)` -> `terms`
#   One number is wanted: the sum of the terms.
# Jensen and Shannon's divergence: `return np.sum(terms)` -> `r = (p + q) / 2; return (np.sum(p * np.log(p / r)) + np.sum(q * np.log(q / r))) / 2`
#   That one goes through the middle of both, and is never infinite. Asked is sum p log(p/q).
# the largest float instead of inf: `return np.sum(terms)` -> `return np.sum(np.nan_to_num(terms))`
#   `np.nan_to_num` turns inf into a large number, too. Leave out the entries with p = 0, and let the infinity be.
