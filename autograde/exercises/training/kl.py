"""``kl_divergence``: the surprise that a wrong model costs."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.drawing import Array, Rng
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


def _rare_and_impossible(rng: Rng) -> Arguments:
    """Rarely, but sometimes, there comes what q calls impossible."""
    rare = 10.0 ** -rng.integers(7, 40)
    order = rng.permutation(3)
    return np.array([0.25, rare, 0.75])[order], np.array([0.5, 0.0, 0.5])[order]


def _rare(rng: Rng) -> Arguments:
    """An outcome that comes once in 4096 times counts, too."""
    order = rng.permutation(3)
    return np.array([0.25, 0.75 - 2.0**-12, 2.0**-12])[order], np.array([0.5, 0.25, 0.25])[order]


_RIGHT = """
def kl_divergence(p, q):
    some = p > 0
    p = p[some]
    q = q[some]
    terms = p * np.log(p / q)
    return np.sum(terms)
"""
_TERMS = "p * np.log(p / q)"
_CARE = "    some = p > 0\n    p = p[some]\n    q = q[some]\n"


def _padded(eps: float) -> Misconception:
    return Misconception(
        "a small number hides the zeros",
        variant(_RIGHT, (_CARE, f"    p = p + {eps}\n    q = q + {eps}\n")),
        "The small number hides the nan of 0 log 0, and also the infinity: where q = 0 < p the answer is inf. Leave out the entries with p = 0 instead.",
    )


def _padded_inside(eps: float) -> Misconception:
    return Misconception(
        "a small number hides the zeros",
        variant(_RIGHT, (_CARE, ""), (_TERMS, f"p * np.log((p + {eps}) / (q + {eps}))")),
        "The small number hides the nan of 0 log 0, and also the infinity: where q = 0 < p the answer is inf. Leave out the entries with p = 0 instead.",
    )


def _clipped(eps: float) -> Misconception:
    return Misconception(
        "a small number hides the zeros",
        variant(_RIGHT, (_CARE, f"    p = np.clip(p, {eps}, 1)\n    q = np.clip(q, {eps}, 1)\n")),
        "Clipping hides the infinity: where q = 0 < p the answer is inf. Leave out the entries with p = 0 instead.",
    )


KL = Exercise(
    name="kl_divergence",
    reference=divergences.kl_divergence,
    cases=[
        Case("positive probabilities", [_positive, _positive, _single_precision], times=6),
        Case("p equal to q: 0", [_equal]),
        Case("0 log 0 counts as 0", [_zeros_in_p, _certain], times=4),
        Case("infinite where q = 0 < p", [_impossible, _impossible_and_zero, _rare_and_impossible], times=6),
        Case("a tiny q, a tiny p", [_tiny, _rare], times=4),
    ],
    misconceptions=[
        Misconception(
            "p and q are exchanged",
            variant(_RIGHT, (_CARE, "    p, q = q, p\n" + _CARE)),
            "The divergence is not symmetric. The first argument p is what happens; its probabilities are the weights.",
        ),
        Misconception(
            "the weights are those of q",
            variant(_RIGHT, (_TERMS, "q * np.log(p / q)")),
            "The mean is taken over what happens, and that is distributed like p: weight the logarithms by p.",
        ),
        Misconception(
            "the sign is wrong",
            variant(_RIGHT, (_TERMS, "p * np.log(q / p)")),
            "log(q/p) is -log(p/q). A divergence is never below 0.",
        ),
        Misconception(
            "the cross-entropy",
            variant(_RIGHT, (_TERMS, "-p * np.log(q)")),
            "-sum p log q is the cross-entropy. The divergence is what exceeds the entropy of p: it is 0 for q = p.",
        ),
        Misconception(
            "the entropy of p",
            variant(_RIGHT, (_TERMS, "-p * np.log(p)")),
            "q does not occur in your answer. Wanted is sum p log(p/q).",
        ),
        Misconception(
            "the entropies are subtracted",
            variant(_RIGHT, (_TERMS, "p * np.log(p) - q * np.log(q)")),
            "Both logarithms have the weight p: sum p (log p - log q).",
        ),
        Misconception(
            "a logarithm of base 2",
            variant(_RIGHT, ("np.log(", "np.log2(")),
            "In nats: the natural logarithm, `np.log`.",
        ),
        Misconception(
            "a logarithm of base 10",
            variant(_RIGHT, ("np.log(", "np.log10(")),
            "In nats: the natural logarithm, `np.log`.",
        ),
        Misconception(
            "the mean instead of the sum",
            variant(_RIGHT, (_CARE, "    k = len(p)\n" + _CARE), ("np.sum(terms)", "np.sum(terms) / k")),
            "The weights p sum to 1 already: take the sum.",
        ),
        Misconception(
            "the mean instead of the sum",
            variant(_RIGHT, ("np.sum(terms)", "np.mean(terms)")),
            "The weights p sum to 1 already: take the sum.",
        ),
        Misconception(
            "the weights are missing",
            variant(_RIGHT, (_TERMS, "np.log(p / q)")),
            "A surprise that is rare counts little: each logarithm is weighted by p.",
        ),
        Misconception(
            "nan from 0 log 0",
            variant(_RIGHT, (_CARE, "")),
            "0 * log(0) is 0 * -inf = nan on a computer, 0 in this formula: use only the entries where p > 0.",
        ),
        Misconception(
            "entries with q = 0 are left out",
            variant(_RIGHT, ("some = p > 0", "some = (p > 0) & (q > 0)")),
            "What is possible under p and impossible under q is the worst there is: the divergence is inf.",
        ),
        *[
            Misconception(
                "small probabilities count as 0",
                variant(_RIGHT, ("some = p > 0", f"some = p > {least}")),
                "Rare is not impossible: with p = 1e-40 and q = 0 the divergence is inf. Compare with 0 itself, `p > 0`.",
            )
            for least in (1e-3, 1e-6, 1e-8, 1e-10, 1e-12, 1e-15, 1e-16)
        ],
        Misconception(
            "0 where q has a zero",
            variant(_RIGHT, (_CARE, _CARE + "    if np.any(q == 0):\n        return 0.0\n")),
            "Where q = 0 < p the divergence is inf, not 0.",
        ),
        Misconception(
            "infinite wherever q has a zero",
            variant(_RIGHT, (_CARE, "    if np.any(q == 0):\n        return np.inf\n" + _CARE)),
            "Where p is 0, too, a zero of q does no harm: the term counts as 0.",
        ),
        Misconception(
            "an error where q has a zero",
            variant(_RIGHT, (_CARE, _CARE + '    if np.any(q == 0):\n        raise ValueError("q = 0")\n')),
            "That case has an answer: return inf.",
        ),
        *[
            make(eps)
            for make in (_padded, _padded_inside, _clipped)
            for eps in (1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
        ],
        Misconception(
            "the symmetric divergence",
            variant(_RIGHT, ("np.sum(terms)", "np.sum(terms) + np.sum(q * np.log(q / p))")),
            "Only one direction is wanted, from p to q.",
        ),
        Misconception(
            "the absolute value of each term",
            variant(_RIGHT, (_TERMS, "np.abs(p * np.log(p / q))")),
            "Single terms may be negative; their sum never is. Leave the signs.",
        ),
        Misconception(
            "one term for each entry",
            variant(_RIGHT, ("np.sum(terms)", "terms")),
            "One number is wanted: the sum of the terms.",
        ),
    ],
    alternates=[
        """
from scipy.special import rel_entr

def kl_divergence(p, q):
    return rel_entr(p, q).sum()
""",
        """
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
""",
        """
def kl_divergence(p, q):
    with np.errstate(all="ignore"):
        return np.sum(np.where(p > 0, p * np.log(p / q), 0.0))
""",
        """
def kl_divergence(p, q):
    # cross-entropy minus entropy
    some = np.flatnonzero(p)
    with np.errstate(divide="ignore"):
        cross = -np.dot(p[some], np.log(q[some]))
    return np.array(cross + np.dot(p[some], np.log(p[some])))
""",
        """
from scipy.stats import entropy

def kl_divergence(p, q):
    return float(entropy(p, q)) if not np.any((q == 0) & (p > 0)) else float("inf")
""",
    ],
    hints=[
        "Write the sum first for positive entries: `np.sum(p * np.log(p / q))`. Then look at what 0 * log(0) is for NumPy.",
        "Entries with p = 0 contribute 0, whatever q is there: select the others with `some = p > 0` and index both arrays.",
        "After the selection nothing else is needed: p/0 is inf for NumPy, and its logarithm is inf, too.",
    ],
)
