"""Wrong answers to ``init_weights``."""

from autograde.exercise import Misconception, variant

RIGHT = """
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
"""
_NORMAL, _UNIFORM = (
    "rng.normal(0.0, np.sqrt(variance), (fan_in, fan_out))",
    "rng.uniform(-edge, edge, (fan_in, fan_out))",
)
_LECUN, _HE, _XAVIER = "variance = 1 / fan_in\n", "variance = 2 / fan_in\n", "variance = 2 / (fan_in + fan_out)"
_EDGE, _RAISE = "np.sqrt(3 * variance)", 'raise ValueError(f"unknown scheme {scheme!r}")'
_START = '    if scheme == "lecun":'

MISTAKES = [
    Misconception(
        "the variance is taken for the standard deviation",
        variant(RIGHT, (_NORMAL, "rng.normal(0.0, variance, (fan_in, fan_out))")),
        "`rng.normal(mean, scale)` wants a standard deviation: the square root of the variance.",
    ),
    Misconception(
        "the variance is taken for the standard deviation, and for the edge",
        variant(RIGHT, (_NORMAL, "variance * rng.standard_normal((fan_in, fan_out))"), (_EDGE, "variance")),
        "A factor s multiplies the variance by s**2: take the square root of the variance. For a uniform number on [-a, a] the variance is a**2 / 3.",
    ),
    *(
        Misconception(
            "one scheme takes the variance for the standard deviation",
            variant(
                RIGHT,
                (
                    _NORMAL,
                    f'rng.normal(0.0, variance if scheme == "{scheme}" else np.sqrt(variance), (fan_in, fan_out))',
                ),
            ),
            "One scheme lacks the square root: `rng.normal(mean, scale)` wants a standard deviation, in every scheme.",
        )
        for scheme in ("lecun", "xavier", "he")
    ),
    *(
        Misconception(
            "the edge lacks its square root",
            variant(RIGHT, (_EDGE, edge)),
            "The variance on [-a, a] is a**2 / 3. Solve it for a: there is a square root, a = sqrt(3 * variance).",
        )
        for edge in ("3 * variance", "variance", "variance / 3")
    ),
    Misconception(
        "fan_in and fan_out are exchanged",
        variant(RIGHT, (_LECUN, "variance = 1 / fan_out\n"), (_HE, "variance = 2 / fan_out\n")),
        "A unit sums over its fan_in inputs: that number must be made up for.",
    ),
    Misconception(
        "lecun uses fan_out",
        variant(RIGHT, (_LECUN, "variance = 1 / fan_out\n")),
        "LeCun's variance is 1/fan_in: a unit sums over its fan_in inputs.",
    ),
    Misconception(
        "he uses fan_out",
        variant(RIGHT, (_HE, "variance = 2 / fan_out\n")),
        "He's variance is 2/fan_in here: a unit sums over its fan_in inputs, of which the ReLU halves the square.",
    ),
    Misconception(
        "he lacks its factor 2",
        variant(RIGHT, (_HE, "variance = 1 / fan_in\n")),
        "That is LeCun's variance. A ReLU lets through half of the mean square, so He doubles the variance: 2/fan_in.",
    ),
    Misconception(
        "lecun has a factor 2",
        variant(RIGHT, (_LECUN, "variance = 2 / fan_in\n")),
        "2/fan_in is He's variance. LeCun's is 1/fan_in.",
    ),
    Misconception(
        "he and lecun are exchanged",
        variant(
            RIGHT,
            (f'"lecun":\n        {_LECUN}', '"lecun":\n        variance = 2/fan_in\n'),
            (_HE, "variance = 1 / fan_in\n"),
        ),
        "LeCun: 1/fan_in. He: 2/fan_in, as the ReLU halves the mean square.",
    ),
    Misconception(
        "he has the factor 4",
        variant(RIGHT, (_HE, "variance = 4 / fan_in\n")),
        "The standard deviation is sqrt(2/fan_in), not 2/sqrt(fan_in): the 2 stands under the root.",
    ),
    Misconception(
        "xavier lacks its factor 2",
        variant(RIGHT, (_XAVIER, "variance = 1 / (fan_in + fan_out)")),
        "The *mean* of the two fans stands in the denominator: 1 / ((fan_in + fan_out) / 2).",
    ),
    Misconception(
        "xavier is lecun",
        variant(RIGHT, (_XAVIER, "variance = 1 / fan_in")),
        "Xavier is the compromise between both directions: 2 / (fan_in + fan_out).",
    ),
    Misconception(
        "xavier multiplies the fans",
        variant(RIGHT, (_XAVIER, "variance = 1 / (fan_in * fan_out)")),
        "The fans are added: 2 / (fan_in + fan_out).",
    ),
    Misconception(
        "xavier averages the two variances",
        variant(RIGHT, (_XAVIER, "variance = (1 / fan_in + 1 / fan_out) / 2")),
        "The mean is taken of the fans, not of the two variances: 2 / (fan_in + fan_out).",
    ),
    Misconception(
        "xavier by the edge of the uniform one",
        variant(RIGHT, (_XAVIER, "variance = (2 if scheme == 'xavier_uniform' else 6) / (fan_in + fan_out)")),
        "6 / (fan_in + fan_out) is the square of the *edge* of the uniform version. The variance is 2 / (fan_in + fan_out).",
    ),
    Misconception(
        "the edge is the standard deviation",
        variant(RIGHT, (_EDGE, "np.sqrt(variance)")),
        "A uniform number on [-a, a] has the variance a**2 / 3, so the edge is sqrt(3) standard deviations.",
    ),
    Misconception(
        "the edge is sqrt(3 / (fan_in + fan_out))",
        variant(RIGHT, (_EDGE, "np.sqrt(3 / (fan_in + fan_out))")),
        "a**2 / 3 = 2 / (fan_in + fan_out) gives a = sqrt(6 / (fan_in + fan_out)).",
    ),
    Misconception(
        "the edge is taken for the width of the interval",
        variant(RIGHT, (_UNIFORM, "rng.uniform(-edge / 2, edge / 2, (fan_in, fan_out))")),
        "The interval is [-a, a], twice a wide: its variance is a**2 / 3.",
    ),
    Misconception(
        "the uniform weights are all positive",
        variant(RIGHT, (_UNIFORM, "rng.uniform(0, edge, (fan_in, fan_out))")),
        "The mean must be 0: the interval is [-a, a].",
    ),
    Misconception(
        "the uniform weights are shifted to one side",
        variant(RIGHT, (_UNIFORM, "2 * edge * rng.random((fan_in, fan_out))")),
        "`rng.random` lies in [0, 1): subtract 1/2 before you stretch it, so that the mean is 0.",
    ),
    Misconception(
        "xavier_uniform is normal",
        variant(RIGHT, ('if scheme == "xavier_uniform":', "if False:")),
        "The scheme's name says it: the weights are uniform on [-a, a] with a = sqrt(6 / (fan_in + fan_out)).",
    ),
    Misconception(
        "uniform instead of normal",
        variant(RIGHT, (_NORMAL, "np.sqrt(3 * variance) * rng.uniform(-1, 1, (fan_in, fan_out))")),
        'The variance is right, but only "xavier_uniform" is uniform. The others are normal.',
    ),
    Misconception(
        "rng.random instead of rng.normal",
        variant(RIGHT, (_NORMAL, "rng.random((fan_in, fan_out)) * np.sqrt(variance)")),
        "`rng.random` is uniform on [0, 1), with mean 1/2. `rng.standard_normal` has mean 0 and variance 1.",
    ),
    Misconception(
        "centred uniform numbers that are not stretched",
        variant(RIGHT, (_NORMAL, "(rng.random((fan_in, fan_out)) - 0.5) * np.sqrt(variance)")),
        "`rng.random` is uniform, with variance 1/12. Draw normal numbers: `rng.standard_normal`.",
    ),
    Misconception(
        "the tails are cut off",
        variant(
            RIGHT,
            (
                f"return {_NORMAL}",
                f"W = {_NORMAL}\n    far = abs(W) > 2 * np.sqrt(variance)\n    while far.any():\n"
                "        W[far] = rng.normal(0.0, np.sqrt(variance), far.sum())\n"
                "        far = abs(W) > 2 * np.sqrt(variance)\n    return W",
            ),
        ),
        "Numbers beyond two standard deviations are drawn again (a truncated normal): that is another distribution, of smaller variance.",
    ),
    Misconception(
        "the tails are clipped",
        variant(RIGHT, (f"return {_NORMAL}", f"s = np.sqrt(variance)\n    return np.clip({_NORMAL}, -2 * s, 2 * s)")),
        "Clipping heaps up weights at both ends. Leave the tails as they are.",
    ),
    Misconception(
        "the sizes of normal numbers",
        variant(RIGHT, (_NORMAL, f"np.abs({_NORMAL})")),
        "Without their signs the weights have a positive mean, and every unit adds up instead of weighing.",
    ),
    Misconception(
        "the mean is not 0",
        variant(RIGHT, ("rng.normal(0.0,", "rng.normal(1.0,")),
        "The mean of the weights must be 0.",
    ),
    Misconception(
        "plain normal numbers, of variance 1",
        variant(RIGHT, (_NORMAL, "rng.standard_normal((fan_in, fan_out))")),
        "Multiply them by the standard deviation that the scheme asks for.",
    ),
    Misconception(
        "divided by the standard deviation",
        variant(RIGHT, (_NORMAL, "rng.standard_normal((fan_in, fan_out)) / np.sqrt(variance)")),
        "Standard normal numbers are *multiplied* by the standard deviation wanted.",
    ),
    Misconception(
        "a fixed 0.01",
        variant(RIGHT, (_NORMAL, "0.01 * rng.standard_normal((fan_in, fan_out))")),
        "A fixed size ignores how many inputs a unit sums over: the scheme says which variance.",
    ),
    Misconception(
        "all rows are the same",
        variant(RIGHT, (_NORMAL, "np.tile(rng.normal(0.0, np.sqrt(variance), fan_out), (fan_in, 1))")),
        "Every weight must be drawn by itself: the size of the draw is (fan_in, fan_out).",
    ),
    Misconception(
        "all units are the same",
        variant(RIGHT, (_NORMAL, "rng.normal(0.0, np.sqrt(variance), (fan_in, 1)) * np.ones(fan_out)")),
        "Equal columns are units that compute the same and learn the same. Draw every weight by itself.",
    ),
    Misconception(
        "zeros",
        variant(
            RIGHT,
            (f"return {_NORMAL}", "return np.zeros((fan_in, fan_out))"),
            (f"return {_UNIFORM}", "return np.zeros((fan_in, fan_out))"),
        ),
        "From zero weights all hidden units stay equal for ever. Draw random numbers.",
    ),
    Misconception(
        "neighbouring weights depend on each other",
        variant(RIGHT, (_NORMAL, f"np.sort({_NORMAL})")),
        "Sorted, summed up, or blended with their neighbours: leave the numbers as they were drawn, one by one.",
    ),
    Misconception(
        "the shape is transposed",
        variant(
            RIGHT,
            (_NORMAL, _NORMAL.replace("(fan_in, fan_out)", "(fan_out, fan_in)")),
            (_UNIFORM, _UNIFORM.replace("(fan_in, fan_out)", "(fan_out, fan_in)")),
        ),
        "Rows are inputs in this course, X @ W: the shape is (fan_in, fan_out).",
    ),
    Misconception(
        "another generator than rng",
        variant(
            RIGHT, (_NORMAL, _NORMAL.replace("rng", "np.random")), (_UNIFORM, _UNIFORM.replace("rng", "np.random"))
        ),
        "An `rng` in the same state must give the same weights. Draw from the one you are given, neither from `np.random` nor from one made inside.",
    ),
    Misconception(
        "another generator than rng",
        variant(RIGHT, (_START, "    rng = np.random.default_rng()\n" + _START)),
        "An `rng` in the same state must give the same weights. Draw from the one you are given, neither from `np.random` nor from one made inside.",
    ),
    Misconception(
        "a seed of its own",
        variant(RIGHT, (_START, "    rng = np.random.default_rng(0)\n" + _START)),
        "With a fixed seed all layers of one shape get the same weights. Draw from the `rng` you are given.",
    ),
    Misconception(
        "the same weights at every call",
        variant(RIGHT, (_START, "    import copy\n    rng = copy.deepcopy(rng)\n" + _START)),
        "Two layers drawn from one generator must differ. Draw from `rng` itself, not from a copy.",
    ),
    Misconception(
        "a pair of weights and biases",
        variant(RIGHT, (f"return {_NORMAL}", f"return {_NORMAL}, np.zeros(fan_out)")),
        "Only the weights are asked for, not a pair with biases.",
    ),
    Misconception(
        "KeyError instead of ValueError",
        variant(RIGHT, (_RAISE, "raise KeyError(scheme)")),
        "A dictionary raises KeyError by itself; asked is a ValueError.",
    ),
    Misconception(
        "no error for an unknown scheme",
        variant(RIGHT, (_RAISE, "variance = 1 / fan_in")),
        "A misspelt scheme would pass silently: `raise ValueError(...)` where no name fits.",
    ),
    Misconception(
        "None for an unknown scheme",
        variant(RIGHT, (_RAISE, "return None")),
        "A None may travel far before anybody notices: `raise ValueError(...)` where no name fits.",
    ),
]
