"""``numeric_grad``: a gradient by nudging one entry after the other."""

from autograde.exercise import Case, Exercise, Misconception, variant
from autograde.exercises.graphs import functions
from autograde.exercises.graphs.numeric_alternates import ALTERNATES
from mlp_reference import gradcheck

_LOOP = """
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        centre = x[j]
        x[j] = centre + eps
        above = float(f(x))
        x[j] = centre - eps
        below = float(f(x))
        x[j] = centre
        grad[j] = (above - below) / (2 * eps)
    return grad
"""
_QUOTIENT = "(above - below) / (2 * eps)"
_COPY = "x = np.array(x, dtype=float)"

NUMERIC = Exercise(
    name="numeric_grad",
    reference=gradcheck.numeric_grad,
    cases=[
        Case(
            "a wide step, where the kind of difference shows",
            [functions.wide_step, functions.wide_step_of_waves],
            times=6,
        ),
        Case("the default step, to many digits", [functions.default_step], times=3),
        Case("a matrix: f gets x in its own shape", [functions.matrix, functions.other_order], times=4, weight=2.0),
        Case("three axes, no axis", [functions.block, functions.number], times=4),
        Case("an array of integers", [functions.integers], times=2),
        Case("single precision", [functions.single_precision], times=2),
    ],
    misconceptions=[
        Misconception(
            "one-sided differences",
            variant(_LOOP, ("x[j] = centre - eps", "x[j] = centre"), ("(2 * eps)", "eps")),
            "(f(x + eps) - f(x)) / eps is off by about eps times half the second derivative. Step to both sides: the error of the central difference falls with eps squared.",
        ),
        Misconception(
            "one-sided differences to the left",
            variant(_LOOP, ("x[j] = centre + eps", "x[j] = centre"), ("(2 * eps)", "eps")),
            "(f(x) - f(x - eps)) / eps looks to one side only. Step to both sides: the error of the central difference falls with eps squared.",
        ),
        Misconception(
            "the difference of both sides is divided by eps",
            variant(_LOOP, ("(2 * eps)", "eps")),
            "From x - eps to x + eps it is 2 eps: every slope comes out twice as large.",
        ),
        Misconception(
            "half of a one-sided difference",
            variant(_LOOP, ("x[j] = centre - eps", "x[j] = centre")),
            "The quotient divides by 2 eps, but its second value is taken at x, not at x - eps.",
        ),
        Misconception(
            "divided by 2, then multiplied by eps",
            variant(_LOOP, ("(2 * eps)", "2 * eps")),
            "`a / 2 * eps` is (a / 2) * eps: write `a / (2 * eps)`.",
        ),
        Misconception(
            "the difference is not divided",
            variant(_LOOP, (_QUOTIENT, "above - below")),
            "A slope is a change of f per change of x: divide by the distance of the two places, 2 eps.",
        ),
        Misconception(
            "f at x + eps minus f at x + eps",
            variant(_LOOP, ("x[j] = centre - eps", "x[j] = centre + eps")),
            "Both values are taken at the same place, so their difference is 0.",
        ),
        Misconception(
            "the other way round",
            variant(_LOOP, ("above - below", "below - above")),
            "f(x + eps) comes first: where f rises, the slope is positive.",
        ),
        Misconception(
            "a step of its own instead of eps",
            variant(_LOOP, ("    grad = np", "    eps = 1e-5\n    grad = np")),
            "The caller chooses the step: use the argument `eps`.",
        ),
        Misconception(
            "the five-point formula",
            variant(
                _LOOP,
                (
                    "below = float(f(x))\n        x[j] = centre",
                    "below = float(f(x))\n        x[j] = centre + 2 * eps\n        far_above = float(f(x))\n"
                    "        x[j] = centre - 2 * eps\n        far_below = float(f(x))\n        x[j] = centre",
                ),
                (_QUOTIENT, "(8 * (above - below) - (far_above - far_below)) / (12 * eps)"),
            ),
            "The five-point formula comes closer to the derivative, but takes four values of f for each entry. Asked for is the central difference of two: (f(x + eps) - f(x - eps)) / (2 eps).",
        ),
        Misconception(
            "another default of eps",
            variant(_LOOP, ("eps=1e-5", "eps=1e-2")),
            "The default is eps=1e-5; 1e-2 leaves an error in the fifth digit.",
        ),
        Misconception(
            "a default of eps below the best one",
            variant(_LOOP, ("eps=1e-5", "eps=1e-12")),
            "At 1e-12 the two values agree in nearly all of their digits, and the difference is rounding error. The default is eps=1e-5.",
        ),
        Misconception(
            "an entry stays where the last step left it",
            variant(_LOOP, ("        x[j] = centre\n", "")),
            "Put every entry back before you nudge the next one, else f is taken at another and another place.",
        ),
        Misconception(
            "all entries are nudged at once",
            """
def numeric_grad(f, x, eps=1e-5):
    x = np.asarray(x, dtype=float)
    slope = (float(f(x + eps)) - float(f(x - eps))) / (2 * eps)
    return np.full(x.shape, slope)
""",
            "That is the sum of all partial derivatives. Each entry of the gradient asks what happens if *one* entry of x moves.",
        ),
        Misconception(
            "one number: the sum of all partial derivatives",
            """
def numeric_grad(f, x, eps=1e-5):
    return (f(x + eps) - f(x - eps)) / (2 * eps)
""",
            "x + eps moves all entries at once and gives one number. The gradient has one number for each entry: move one at a time.",
        ),
        Misconception(
            "the caller's x is left changed",
            """
def numeric_grad(f, x, eps=1e-5):
    if x.dtype.kind != "f":
        x = x.astype(float)
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        centre = x[j]
        x[j] = centre + eps
        above = float(f(x))
        x[j] = centre - eps
        grad[j] = (above - float(f(x))) / (2 * eps)
    return grad
""",
            "Every entry of the caller's x is eps too small afterwards (and already while the next one is nudged). Put it back, or work on a copy.",
        ),
        Misconception(
            "the caller's x is put back to another value",
            """
def numeric_grad(f, x, eps=1e-5):
    if x.dtype.kind != "f":
        x = x.astype(float)
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        x[j] += eps
        above = float(f(x))
        x[j] -= 2 * eps
        grad[j] = (above - float(f(x))) / (2 * eps)
        x[j] += 2 * eps
    return grad
""",
            "+ eps, - 2 eps, + 2 eps does not add up to 0. Remember the old value and put that back.",
        ),
        Misconception(
            "f gets a flat x",
            """
def numeric_grad(f, x, eps=1e-5):
    flat = np.array(x, dtype=float).ravel()
    grad = np.zeros(flat.size)
    for j in range(flat.size):
        step = np.zeros(flat.size)
        step[j] = eps
        grad[j] = (f(flat + step) - f(flat - step)) / (2 * eps)
    return grad.reshape(x.shape)
""",
            "f may need the shape of x: give it an array of the same shape, `flat.reshape(x.shape)`.",
        ),
        Misconception(
            "the gradient comes back flat",
            variant(_LOOP, ("return grad", "return grad.ravel()")),
            "The gradient has the shape of x, whatever that is: each entry belongs to the entry of x at the same place.",
        ),
        Misconception(
            "only the first axis is walked along",
            """
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float)
    grad = np.zeros(x.shape)
    for j in range(len(x)):
        step = np.zeros(x.shape)
        step[j] = eps
        grad[j] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad
""",
            "For a matrix, x[j] is a whole row, and all of it moves at once. `np.ndindex(x.shape)` walks through all places of an array with any number of axes, even none.",
        ),
        Misconception(
            "the nudged entries are a copy that f never sees",
            """
def numeric_grad(f, x, eps=1e-5):
    x = np.array(x, dtype=float, order="K")
    grad = np.zeros(x.shape)
    flat, out = x.ravel(), grad.ravel()
    for j in range(flat.size):
        centre = flat[j]
        flat[j] = centre + eps
        above = float(f(x))
        flat[j] = centre - eps
        out[j] = (above - float(f(x))) / (2 * eps)
        flat[j] = centre
    return grad
""",
            "`x.ravel()` is the same memory as x only where the rows of x lie one after the other; of a transposed array it is a copy, and f(x) never changes. Index x itself, with `np.ndindex(x.shape)`.",
        ),
        Misconception(
            "integers swallow the step",
            """
def numeric_grad(f, x, eps=1e-5):
    x = x.copy()
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        centre = x[j]
        x[j] = centre + eps
        above = float(f(x))
        x[j] = centre - eps
        below = float(f(x))
        x[j] = centre
        grad[j] = (above - below) / (2 * eps)
    return grad
""",
            "An array of integers has no room for 1e-5: 2 + eps is stored as 2, and 2 - eps as 1. Make a copy of floats, `x.astype(float)`.",
        ),
        Misconception(
            "integers swallow the step and the gradient",
            """
def numeric_grad(f, x, eps=1e-5):
    x = x.copy()
    grad = np.zeros_like(x)
    for j in np.ndindex(x.shape):
        centre = x[j]
        x[j] = centre + eps
        above = float(f(x))
        x[j] = centre - eps
        below = float(f(x))
        x[j] = centre
        grad[j] = (above - below) / (2 * eps)
    return grad
""",
            "A copy of integers has no room for 1e-5 (2 + eps is stored as 2, 2 - eps as 1), and `np.zeros_like` of it holds integers as well. Make x an array of floats first, `x.astype(float)`: then both are.",
        ),
        Misconception(
            "an array of steps made of integers",
            """
def numeric_grad(f, x, eps=1e-5):
    grad = np.zeros(x.shape)
    for j in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[j] = eps
        grad[j] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad
""",
            "`np.zeros_like` of an array of integers holds integers, and 1e-5 is stored in it as 0: nothing is nudged. Write `np.zeros(x.shape)`.",
        ),
        Misconception(
            "an array of steps and a gradient made of integers",
            """
def numeric_grad(f, x, eps=1e-5):
    grad = np.zeros_like(x)
    for j in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[j] = eps
        grad[j] = (f(x + step) - f(x - step)) / (2 * eps)
    return grad
""",
            "`np.zeros_like` of an array of integers holds integers: 1e-5 is stored in it as 0, so nothing is nudged, and slopes lose what stands behind the point. Write `np.zeros(x.shape)`.",
        ),
        Misconception(
            "integers swallow the gradient",
            variant(_LOOP, (_COPY, f"kind = x.dtype\n    {_COPY}"), ("np.zeros(x.shape)", "np.zeros(x.shape, kind)")),
            "`np.zeros_like` of an array of integers holds integers, and cuts every slope off behind the point. Make it an array of floats.",
        ),
        Misconception(
            "a number without axes is refused",
            variant(_LOOP, (_COPY, "x = np.array(x, dtype=float)\n    len(x)")),
            "x may have no axis at all, and then no len. `np.ndindex(x.shape)` works for every shape: for () it gives one empty index, and x[()] is the number.",
        ),
        Misconception(
            "a number without axes comes back as a row",
            variant(_LOOP, ("return grad", "return np.atleast_1d(grad)")),
            "The result has the shape of x: for a 0-d array that is (), no axis.",
        ),
        Misconception(
            "the step is relative to x",
            variant(
                _LOOP,
                ("centre = x[j]", "centre = x[j]\n        h = eps * abs(centre)"),
                ("centre + eps", "centre + h"),
                ("centre - eps", "centre - h"),
                ("2 * eps", "2 * h"),
            ),
            "A step that grows with x has its merits, but here the step is `eps` itself, and an entry of 0 must get one, too.",
        ),
        Misconception(
            "the nudge happens in single precision",
            variant(_LOOP, (_COPY, "x = np.array(x, dtype=np.float32)")),
            "A float32 has seven digits, and eps=1e-5 uses up five of them. Compute in float64, Python's own floats, whatever x is.",
        ),
        Misconception(
            "the second difference",
            variant(
                _LOOP,
                (
                    "below = float(f(x))\n        x[j] = centre",
                    "below = float(f(x))\n        x[j] = centre\n        middle = float(f(x))",
                ),
                (_QUOTIENT, "(above - 2 * middle + below) / eps**2"),
            ),
            "f(x + eps) - 2 f(x) + f(x - eps), divided by eps squared, is the *second* derivative.",
        ),
    ],
    alternates=ALTERNATES,
    hints=[
        "Forget arrays for a moment: for a single number the slope is about (f(x + eps) - f(x - eps)) / (2 eps). For an array do that once for each entry, while all others stay where they are.",
        "Work on a copy of floats, `np.array(x, dtype=float)`. `for j in np.ndindex(x.shape):` gives the index of every entry, for any number of axes. In the loop: remember the entry, set it to + eps, call f, set it to - eps, call f, put it back.",
        "`centre = copy[j]`, `copy[j] = centre + eps`, `above = f(copy)`, `copy[j] = centre - eps`, `below = f(copy)`, `copy[j] = centre`, `grad[j] = (above - below) / (2 * eps)`, with `grad = np.zeros(copy.shape)` before the loop.",
    ],
)
