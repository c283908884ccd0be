"""``init_weights``: random weights, judged by their distribution and by what they do with the generator."""

import numpy as np

from autograde.exercise import Arguments, Case, Exercise
from autograde.exercises.drawing import Rng
from autograde.exercises.initialization.arguments import Make
from autograde.exercises.initialization.random_matrices import WIDE, init_behaviour
from autograde.exercises.initialization.weights_mistakes import MISTAKES
from mlp_reference import initialize

SCHEMES = ("lecun", "xavier", "he")
UNKNOWN = ("glorot", "He", "he_uniform", "xavier-uniform", "")


def _wide(scheme: str, *, turned: bool = False) -> Make:
    fan_in, fan_out = WIDE[::-1] if turned else WIDE
    return lambda rng: (fan_in, fan_out, scheme, rng)


_SPREAD = [_wide("lecun"), _wide("he"), _wide("xavier"), _wide("lecun", turned=True), _wide("he", turned=True)]


def _small(rng: Rng) -> Arguments:
    sizes = [(3, 5), (5, 3), (7, 2)][rng.integers(3)]
    return *sizes, str(rng.choice([*SCHEMES, "xavier_uniform"])), rng


def _numpy_sizes(rng: Rng) -> Arguments:
    return np.int64(4), np.int64(7), str(rng.choice(SCHEMES)), rng


def _one_unit(rng: Rng) -> Arguments:
    return int(rng.choice([1, 6])), 1, str(rng.choice(SCHEMES)), rng


def _unknown(scheme: str) -> Make:
    return lambda rng: (3, 4, scheme, rng)


WEIGHTS = Exercise(
    name="init_weights",
    reference=initialize.init_weights,
    probe=init_behaviour,
    changes=("rng",),
    cases=[
        Case("lecun, xavier, he: mean, variance, distribution", _SPREAD, times=5, weight=2.0),
        Case("xavier_uniform", [_wide("xavier_uniform")], times=1),
        Case("small matrices: the generator decides", [_small, _numpy_sizes, _one_unit], times=9),
        Case("another scheme: ValueError", [_unknown(scheme) for scheme in UNKNOWN], times=5),
    ],
    misconceptions=MISTAKES,
    alternates=[
        """
VARIANCE = {
    "lecun": lambda i, o: 1 / i,
    "he": lambda i, o: 2 / i,
    "xavier": lambda i, o: 2 / (i + o),
    "xavier_uniform": lambda i, o: 2 / (i + o),
}

def init_weights(fan_in, fan_out, scheme, rng):
    if scheme not in VARIANCE:
        raise ValueError(scheme)
    v = VARIANCE[scheme](fan_in, fan_out)
    W = rng.standard_normal(size=(fan_in, fan_out)) if scheme != "xavier_uniform" else 12**0.5 * (rng.random((fan_in, fan_out)) - 0.5)
    return W * v**0.5
""",
        """
import math

def init_weights(fan_in, fan_out, scheme, rng):
    # number by number
    sd = {"lecun": fan_in**-0.5, "he": math.sqrt(2 / fan_in)}.get(scheme, math.sqrt(2 / (fan_in + fan_out)))
    if scheme not in ("lecun", "he", "xavier", "xavier_uniform"):
        raise ValueError("scheme")
    draw = (lambda: rng.uniform(-1, 1) * math.sqrt(3)) if scheme == "xavier_uniform" else rng.standard_normal
    return [[sd * draw() for _ in range(fan_out)] for _ in range(fan_in)]
""",
        """
def init_weights(fan_in, fan_out, scheme, rng):
    # Box and Muller, from uniform numbers
    u = rng.random((2, fan_in * fan_out))
    if scheme == "xavier_uniform":
        return ((2 * u[0] - 1) * np.sqrt(6 / (fan_in + fan_out))).reshape(fan_in, fan_out)
    table = {"lecun": fan_in, "xavier": (fan_in + fan_out) / 2, "he": fan_in / 2}
    if scheme not in table:
        raise ValueError("no scheme " + scheme)
    z = np.sqrt(-2 * np.log1p(-u[0])) * np.cos(2 * np.pi * u[1])
    return (z / np.sqrt(table[scheme])).reshape(fan_in, -1)
""",
        """
from scipy import stats

def init_weights(fan_in, fan_out, scheme, rng):
    shape = fan_in, fan_out
    if scheme == "lecun":
        return stats.norm.rvs(scale=np.sqrt(1 / fan_in), size=shape, random_state=rng)
    if scheme == "xavier":
        return stats.norm(0, np.sqrt(2 / sum(shape))).rvs(size=shape, random_state=rng)
    if scheme == "xavier_uniform":
        a = np.sqrt(6 / sum(shape))
        return stats.uniform.rvs(loc=-a, scale=2 * a, size=shape, random_state=rng)
    if scheme == "he":
        return stats.norm.ppf(rng.random(shape)) * np.sqrt(2 / fan_in)
    raise ValueError(f"{scheme!r}")
""",
        """
def init_weights(fan_in, fan_out, scheme, rng):
    # single precision, filled from the other side
    if scheme == "xavier_uniform":
        W = rng.random((fan_out, fan_in), dtype=np.float32)
        return ((W - 0.5) * 2 * np.sqrt(6 / (fan_in + fan_out))).T
    scales = dict(lecun=1 / fan_in, he=2 / fan_in, xavier=2 / (fan_in + fan_out))
    try:
        scale = scales[scheme]
    except KeyError as error:
        raise ValueError("unknown scheme") from error
    W = np.empty((fan_out, fan_in), dtype=np.float32)
    rng.standard_normal(dtype=np.float32, out=W)
    return np.float32(np.sqrt(scale)) * W.T
""",
        """
def init_weights(fan_in, fan_out, scheme, rng):
    # a generator seeded by the one that was given; biases drawn and thrown away
    if scheme not in ("lecun", "xavier", "xavier_uniform", "he"):
        raise ValueError(scheme)
    own = np.random.default_rng(rng.integers(2**63))
    fans = {"l": fan_in, "x": (fan_in + fan_out) / 2, "h": fan_in / 2}[scheme[0]]
    if scheme.endswith("uniform"):
        return own.uniform(-np.sqrt(3 / fans), np.sqrt(3 / fans), size=(fan_in, fan_out))
    columns = [own.normal(0, 1 / np.sqrt(fans), size=fan_in) for _ in range(fan_out)]
    own.normal(size=fan_out)
    return np.column_stack(columns)
""",
    ],
    hints=[
        "Three questions, one after the other: which variance does the scheme ask for, which standard deviation (or which edge) is that, and which method of `rng` draws it in the right shape?",
        "`rng.normal(0, s, size)` and `s * rng.standard_normal(size)` have the standard deviation s, the square root of the variance. A uniform number on [-a, a] has the variance a**2 / 3: solve for a.",
        'A dictionary from scheme to variance; `if scheme not in variances: raise ValueError(...)`; then `rng.uniform(-a, a, (fan_in, fan_out))` with a = sqrt(3 * variance) for "xavier_uniform", else `rng.normal(0, np.sqrt(variance), (fan_in, fan_out))`.',
    ],
)
