"""Exercise 6.3: random weights, judged by their distribution and by what they do with the generator."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.arguments import Make, unlike
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.random_matrices import WIDE, init_behaviour
from mlp_reference import initialize

SCHEMES = ("lecun", "xavier", "he")
UNKNOWN = unlike((*SCHEMES, "xavier_uniform"), "glorot", "he_uniform", "xavier_normal", "kaiming", "")


def _wide(scheme: str, *, turned: bool = False) -> Make:
    fan_in, fan_out = WIDE[::-1] if turned else WIDE
    return lambda rng: (fan_in, fan_out, scheme, rng)


_POINT = {"variance": 6.0}  # what the scheme is about; mean, shape and distribution come with any call of rng.normal


def _small(rng: Rng) -> Arguments:
    sizes = [(3, 5), (5, 3), (7, 2)][rng.integers(3)]
    return *sizes, str(rng.choice([*SCHEMES, "xavier_uniform"])), rng


def _unknown(scheme: str) -> Make:
    return lambda rng: (3, 4, scheme, rng)


exercise = Exercise(
    reference=initialize.init_weights,
    probe=init_behaviour,
    changes=("rng",),
    cases=[
        Case("lecun: normal, of its variance", [_wide("lecun"), _wide("lecun", turned=True)], times=2, worth=_POINT),
        Case("he: normal, of its variance", [_wide("he"), _wide("he", turned=True)], times=2, worth=_POINT),
        Case("xavier: normal, of its variance", [_wide("xavier")], times=1, worth=_POINT),
        Case("xavier_uniform: uniform, of the same variance", [_wide("xavier_uniform")], times=1, worth=_POINT),
        Case(
            "small matrices: the generator decides",
            [
                _small,
                lambda rng: (4, 7, str(rng.choice(SCHEMES)), rng),
                lambda rng: (int(rng.choice([1, 6])), 1, str(rng.choice(SCHEMES)), rng),
                lambda rng: (1, int(rng.choice([2, 5])), str(rng.choice(SCHEMES)), rng),
            ],
            times=12,
            weight=0.5,
        ),
        Case("another scheme: ValueError", [_unknown(scheme) for scheme in UNKNOWN], times=len(UNKNOWN), weight=0.5),
    ],
)

# %% hints
# 1. Three questions, one after the other: which variance does the scheme ask for, which standard deviation (or which
#    edge) is that, and which method of `rng` draws it in the right shape?
# 2. `rng.normal(0, s, size)` and `s * rng.standard_normal(size)` have the standard deviation s, the square root of
#    the variance. A uniform number on [-a, a] has the variance a**2 / 3: solve for a.
# 3. A dictionary from scheme to variance; `if scheme not in variances: raise ValueError(...)`; then `rng.uniform(-a,
#    a, (fan_in, fan_out))` with a = sqrt(3 * variance) for "xavier_uniform", else `rng.normal(0, np.sqrt(variance),
#    (fan_in, fan_out))`.

# %% elegant
# First the variance, then the draw: what the schemes differ in stands apart from what they share. Uniform numbers
# on (-a, a) have the variance a²/3, hence the edge.

# %% right
def init_weights(fan_in, fan_out, scheme, rng):
    if scheme == "lecun":
        variance = 1 / fan_in
    elif scheme == "he":
        variance = 2 / fan_in
    elif scheme in ("xavier", "xavier_uniform"):
        variance = 2 / (fan_in + fan_out)
    else:
        raise ValueError(f"unknown scheme {scheme!r}")
    if scheme == "xavier_uniform":
        edge = np.sqrt(3 * variance)
        return rng.uniform(-edge, edge, (fan_in, fan_out))
    return rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))

# %% right
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
    shape, uniform = (fan_in, fan_out), scheme == "xavier_uniform"
    W = 12**0.5 * (rng.random(shape) - 0.5) if uniform else rng.standard_normal(size=shape)
    return W * v**0.5

# %% right
import math

def init_weights(fan_in, fan_out, scheme, rng):
    # number by number
    sd = {"lecun": fan_in**-0.5, "he": math.sqrt(2 / fan_in)}.get(scheme, math.sqrt(2 / (fan_in + fan_out)))
    if scheme not in ("lecun", "he", "xavier", "xavier_uniform"):
        raise ValueError("scheme")
    draw = (lambda: rng.uniform(-1, 1) * math.sqrt(3)) if scheme == "xavier_uniform" else rng.standard_normal
    return [[sd * draw() for _ in range(fan_out)] for _ in range(fan_in)]

# %% right
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

# %% right
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

# %% right
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

# %% right
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

# %% wrong
# the variance is taken for the standard deviation: `0.0, np.sqrt(variance)` -> `0.0, variance`
#   `rng.normal(mean, scale)`, or a factor of standard normal numbers, is a standard deviation: the root of the variance.
# the variance is taken for the standard deviation, and for the edge
#   `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `variance * rng.standard_normal((fan_in, fan_out))`,
#   `np.sqrt(3 * variance)` -> `variance`
#   A factor s multiplies the variance by s**2: take the square root of the variance. For a uniform number on [-a, a]
#   the variance is a**2 / 3.
# one scheme takes the variance for the standard deviation
#   `0, np.sqrt` -> `0, variance if scheme == "lecun" else np.sqrt` | `0, variance if scheme == "xavier" else np.sqrt` |
#   `0, variance if scheme == "he" else np.sqrt`
#   One scheme lacks the square root: `rng.normal(mean, scale)` wants a standard deviation, in every scheme.
# the edge lacks its square root: `np.sqrt(3 * variance)` -> `3 * variance` | `variance` | `variance / 3`
#   The variance on [-a, a] is a**2 / 3. Solve it for a: there is a square root, a = sqrt(3 * variance).
# fan_in and fan_out are exchanged: `variance = 1 / fan_in` -> `variance = 1 / fan_out`,
#   `variance = 2 / fan_in` -> `variance = 2 / fan_out`
#   A unit sums over its fan_in inputs: that number must be made up for.
# lecun uses fan_out: `variance = 1 / fan_in` -> `variance = 1 / fan_out`
#   LeCun's variance is 1/fan_in: a unit sums over its fan_in inputs.
# he uses fan_out: `variance = 2 / fan_in` -> `variance = 2 / fan_out`
#   He's variance is 2/fan_in here: a unit sums over its fan_in inputs, of which the ReLU halves the square.
# he lacks its factor 2: `variance = 2 / fan_in` -> `variance = 1 / fan_in`
#   That is LeCun's variance. A ReLU lets through half of the mean square, so He doubles the variance: 2/fan_in.
# lecun has a factor 2: `variance = 1 / fan_in` -> `variance = 2 / fan_in`
#   2/fan_in is He's variance. LeCun's is 1/fan_in.
# he and lecun are exchanged: `variance = 1 / fan_in` -> `variance = 2/fan_in`,
#   `variance = 2 / fan_in` -> `variance = 1 / fan_in`
#   LeCun: 1/fan_in. He: 2/fan_in, as the ReLU halves the mean square.
# he has the factor 4: `variance = 2 / fan_in` -> `variance = 4 / fan_in`
#   The standard deviation is sqrt(2/fan_in), not 2/sqrt(fan_in): the 2 stands under the root.
# xavier lacks its factor 2: `variance = 2 / (fan_in + fan_out)` -> `variance = 1 / (fan_in + fan_out)`
#   The *mean* of the two fans stands in the denominator: 1 / ((fan_in + fan_out) / 2).
# xavier is lecun: `variance = 2 / (fan_in + fan_out)` -> `variance = 1 / fan_in`
#   Xavier is the compromise between both directions: 2 / (fan_in + fan_out).
# xavier multiplies the fans: `variance = 2 / (fan_in + fan_out)` -> `variance = 1 / (fan_in * fan_out)`
#   The fans are added: 2 / (fan_in + fan_out).
# xavier averages the two variances: `variance = 2 / (fan_in + fan_out)` -> `variance = (1 / fan_in + 1 / fan_out) / 2`
#   The mean is taken of the fans, not of the two variances: 2 / (fan_in + fan_out).
# xavier by the edge of the uniform one
#   `variance = 2 / (fan_in + fan_out)` -> `variance = (2 if scheme == 'xavier_uniform' else 6) / (fan_in + fan_out)`
#   6 / (fan_in + fan_out) is the square of the *edge* of the uniform version. The variance is 2 / (fan_in + fan_out).
# the edge is the standard deviation: `np.sqrt(3 * variance)` -> `np.sqrt(variance)`
#   A uniform number on [-a, a] has the variance a**2 / 3, so the edge is sqrt(3) standard deviations.
# the edge lies three deviations out: `np.sqrt(3 * variance)` -> `3 * np.sqrt(variance)`
#   A uniform number on [-a, a] has the variance a**2 / 3, so the edge is *sqrt(3)* standard deviations.
# the edge is sqrt(3 / (fan_in + fan_out)): `np.sqrt(3 * variance)` -> `np.sqrt(3 / (fan_in + fan_out))`
#   a**2 / 3 = 2 / (fan_in + fan_out) gives a = sqrt(6 / (fan_in + fan_out)).
# the edge is taken for the width of the interval: `-edge, edge, ` -> `-edge / 2, edge / 2, `
#   The interval is [-a, a], twice a wide: its variance is a**2 / 3.
# the uniform weights are all positive: `-edge, edge, (fan_in, fan_out)` -> `0, edge, (fan_in, fan_out)`
#   The mean must be 0: the interval is [-a, a].
# the uniform weights are shifted to one side
#   `rng.uniform(-edge, edge, (fan_in, fan_out))` -> `2 * edge * rng.random((fan_in, fan_out))`
#   They lie in [0, 2a), and the mean should be 0: [-a, a]. (From `rng.random`, in [0, 1), subtract 1/2 before you stretch it.)
# xavier_uniform is normal: `if scheme == "xavier_uniform":` -> `if False:`
#   The scheme's name says it: the weights are uniform on [-a, a] with a = sqrt(6 / (fan_in + fan_out)).
# uniform instead of normal
# - rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# + np.sqrt(3 * variance) * rng.uniform(-1, 1, (fan_in, fan_out))
#   The variance is right, but only "xavier_uniform" is uniform. The others are normal.
# rng.random instead of rng.normal
#   `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `rng.random((fan_in, fan_out)) * np.sqrt(variance)`
#   `rng.random` is uniform on [0, 1), with mean 1/2. `rng.standard_normal` has mean 0 and variance 1.
# centred uniform numbers that are not stretched
# - rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# + (rng.random((fan_in, fan_out)) - 0.5) * np.sqrt(variance)
#   `rng.random` is uniform, with variance 1/12. Draw normal numbers: `rng.standard_normal`.
# the tails are cut off
# - return rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# + W = rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# +     far = abs(W) > 2 * np.sqrt(variance)
# +     while far.any():
# +         W[far] = rng.normal(0.0, np.sqrt(variance), far.sum())
# +         far = abs(W) > 2 * np.sqrt(variance)
# +     return W
#   Numbers beyond two standard deviations are drawn again (a truncated normal): that is another distribution, of
#   smaller variance.
# the tails are clipped
# - return rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# + s = np.sqrt(variance)
# +     return np.clip(rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out)), -2 * s, 2 * s)
#   Clipping heaps up weights at both ends. Leave the tails as they are.
# the sizes of normal numbers: `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `np.abs(…)`
#   Without their signs the weights have a positive mean, and every unit adds up instead of weighing.
# the mean is not 0: `rng.normal(0.0,` -> `rng.normal(1.0,`
#   The mean of the weights must be 0.
# plain normal numbers, of variance 1
#   `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `rng.standard_normal((fan_in, fan_out))`
#   Multiply them by the standard deviation that the scheme asks for.
# divided by the standard deviation
#   `normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `standard_normal((fan_in, fan_out)) / np.sqrt(variance)`
#   Standard normal numbers are *multiplied* by the standard deviation wanted.
# a fixed size
#   `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `0.01 * rng.standard_normal((fan_in, fan_out))`
#   A fixed size ignores how many inputs a unit sums over: the scheme says which variance.
# all rows are the same
# - rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# + np.tile(rng.normal(0.0, np.sqrt(variance), fan_out), (fan_in, 1))
#   Every weight must be drawn by itself: the size of the draw is (fan_in, fan_out).
# all units are the same
# - rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))
# + rng.normal(0.0, np.sqrt(variance), (fan_in, 1)) * np.ones(fan_out)
#   Equal columns are units that compute the same. Draw every weight by itself.
# zeros: `return rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `return np.zeros((fan_in, fan_out))`,
#   `return rng.uniform(-edge, edge, (fan_in, fan_out))` -> `return np.zeros((fan_in, fan_out))`
#   From zero weights all hidden units stay equal for ever. Draw random numbers.
# neighbouring weights depend on each other: `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `np.sort(…)`
#   Sorted, summed up, or blended with their neighbours: leave the numbers as they were drawn, one by one.
# the shape is transposed
#   `rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `rng.normal(0.0, np.sqrt(variance), (fan_out, fan_in))`,
#   `rng.uniform(-edge, edge, (fan_in, fan_out))` -> `rng.uniform(-edge, edge, (fan_out, fan_in))`
#   Rows are inputs in this course, X @ W: the shape is (fan_in, fan_out).
# another generator than rng: `rng.normal` -> `np.random.normal`,
#   `rng.uniform(-edge, edge, (fan_in, fan_out))` -> `np.random.uniform(-edge, edge, (fan_in, fan_out))`
#   or `if scheme == "lecun":` -> `rng = np.random.default_rng() ⏎ …`
#   An `rng` in the same state must give the same weights. Draw from the one you are given, neither from `np.random` nor
#   from one made inside.
# a seed of its own: `if scheme == "lecun":` -> `rng = np.random.default_rng(0) ⏎ …`
#   With a fixed seed, or weights kept from the first call, all layers of one shape are alike. Draw from the `rng` you are given.
# the same weights at every call: `if scheme == "lecun":` -> `import copy ⏎ rng = copy.deepcopy(rng) ⏎ …`
#   Two layers drawn from one generator must differ. Draw from `rng` itself, not from a copy.
# a pair of weights and biases: `return rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))` -> `…, np.zeros(fan_out)`
#   Only the weights are asked for, not a pair with biases.
# KeyError instead of ValueError: `raise ValueError(f"unknown scheme {scheme!r}")` -> `raise KeyError(scheme)`
#   Asked is a ValueError, not a KeyError, which is what a dictionary raises by itself.
# no error for an unknown scheme: `raise ValueError(f"unknown scheme {scheme!r}")` -> `variance = 1 / fan_in`
#   A misspelt scheme would pass silently: `raise ValueError(...)` where no name fits.
# None for an unknown scheme: `raise ValueError(f"unknown scheme {scheme!r}")` -> `return None`
#   A None may travel far before anybody notices: `raise ValueError(...)` where no name fits.
