"""Wrong answers to ``worst_gradient``."""

from autograde.exercise import Misconception, variant

RIGHT = """
def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    mine = {k: v.copy() for k, v in params.items()}
    errors = {}
    for name in params:
        x, a = mine[name], grads[name]
        n = np.zeros(x.shape)
        for j in np.ndindex(x.shape):
            centre = x[j]
            x[j] = centre + eps
            up = f(mine)
            x[j] = centre - eps
            down = f(mine)
            x[j] = centre
            n[j] = (up - down) / (2 * eps)
        size = max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)
        errors[name] = np.linalg.norm(a - n) / size
    worst = max(errors, key=errors.get)
    return worst if errors[worst] > tol else None
"""
SIZE = "max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)"
ERROR = "np.linalg.norm(a - n) / size"
_COPY = "{k: v.copy() for k, v in params.items()}"
_BACK = "            x[j] = centre\n            n[j]"
QUOTIENT = "(up - down) / (2 * eps)"
RETURN = "return worst if errors[worst] > tol else None"
_LOOP = RIGHT[RIGHT.index("        for j in") : RIGHT.index("        size =")]


def _at_once(where: str) -> str:
    return variant(
        RIGHT,
        (_LOOP, f"        g = f({{**params, name: x + eps}}) - f({{**params, name: x - eps}})\n        n = {where}\n"),
    )


MISCONCEPTIONS = [
    Misconception(
        "one-sided differences",
        variant(
            RIGHT,
            ("x[j] = centre - eps\n            down = f(mine)\n            ", "down = f(params)\n            "),
            (QUOTIENT, "(up - down) / eps"),
        ),
        "A one-sided difference errs in proportion to eps, and here that is more than tol. Step to both sides: (f(x + eps) - f(x - eps)) / (2 eps).",
    ),
    Misconception(
        "the two steps are divided by one eps",
        variant(RIGHT, (QUOTIENT, "(up - down) / eps")),
        "From x - eps to x + eps are *two* steps: divide by 2 eps.",
    ),
    Misconception(
        "the difference has the wrong sign",
        variant(RIGHT, (QUOTIENT, "(down - up) / (2 * eps)")),
        "Up minus down: f(x + eps) - f(x - eps).",
    ),
    Misconception(
        "the difference is not divided",
        variant(RIGHT, (QUOTIENT, "up - down")),
        "A slope is a difference divided by the distance, 2 eps.",
    ),
    Misconception(
        "all entries are moved at once",
        _at_once("g / (2 * eps) * np.ones(x.shape)"),
        "Move one entry at a time: each has a slope of its own.",
    ),
    Misconception(
        "all entries are moved at once",
        _at_once("g / (2 * eps)"),
        "Move one entry at a time: each has a slope of its own.",
    ),
    Misconception(
        "f never sees the nudge",
        variant(RIGHT, ("up = f(mine)", "up = f(params)"), ("down = f(mine)", "down = f(params)")),
        "You nudge a copy but evaluate f at the parameters that did not move: all differences are 0. Call f with the dictionary that you nudged.",
    ),
    Misconception(
        "an entry is not put back",
        variant(RIGHT, (_BACK, "            n[j]")),
        "After the last evaluation the entry must go back to its old value, or all later differences are taken at another point. Safest: keep the old value and write it back.",
    ),
    Misconception(
        "an entry is not put back",
        variant(RIGHT, (_BACK, "            x[j] = x[j] + 2 * eps\n            n[j]")),
        "After the last evaluation the entry must go back to its old value, or all later differences are taken at another point. Safest: keep the old value and write it back.",
    ),
    Misconception(
        "the caller's parameters are left nudged",
        variant(RIGHT, (_COPY, "params"), (_BACK, "            n[j]")),
        "`params` must be as they were afterwards: put every entry back, or work on copies.",
    ),
    Misconception(
        "the absolute error",
        variant(RIGHT, (ERROR, "np.linalg.norm(a - n)")),
        "An error of 0.01 is a lot for a gradient of size 0.02 and nothing for one of size 1000: divide by the sizes of both.",
    ),
    Misconception(
        "divided by the measured norm only",
        variant(RIGHT, (SIZE, "max(np.linalg.norm(n), 1e-12)")),
        "The denominator is the *sum* of both norms: so the error lies between 0 and 1, and neither gradient is preferred.",
    ),
    Misconception(
        "divided by the given norm only",
        variant(RIGHT, (SIZE, "max(np.linalg.norm(a), 1e-12)")),
        "The denominator is the *sum* of both norms: a given gradient of nearly 0 would make the error huge.",
    ),
    Misconception(
        "the worst entry instead of the norm",
        variant(RIGHT, (ERROR, "np.max(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-12))")),
        "One tiny entry may be entirely off and not matter. Compare norms over all entries.",
    ),
    Misconception(
        "the mean error of the entries",
        variant(RIGHT, (ERROR, "np.mean(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-12))")),
        "Here every entry counts alike, however tiny. Take norms over all entries first, and divide once.",
    ),
    Misconception(
        "the absolute error",
        variant(RIGHT, (ERROR, "np.max(np.abs(a - n))")),
        "An error of 0.01 is a lot for a gradient of size 0.02 and nothing for one of size 1000: divide by the sizes of both.",
    ),
    Misconception(
        "only the lengths are compared",
        variant(RIGHT, (ERROR, "abs(np.linalg.norm(a) - np.linalg.norm(n)) / size")),
        "Two gradients of the same length may point anywhere: take the norm of the *difference*.",
    ),
    Misconception(
        "only the sums are compared",
        variant(RIGHT, (ERROR, "abs(a.sum() - n.sum()) / size")),
        "Errors of opposite sign cancel in a sum: take the norm of the difference.",
    ),
    Misconception(
        "signs are not compared",
        variant(RIGHT, (ERROR, "np.linalg.norm(np.abs(a) - np.abs(n)) / size")),
        "A gradient with the wrong sign leads uphill: compare the entries, not their sizes.",
    ),
    Misconception(
        "the first name instead of the worst",
        variant(RIGHT, (RETURN, "return next((name for name in errors if errors[name] > tol), None)")),
        "The name with the *largest* error is asked for, not the first one above tol: look at all before you return.",
    ),
    Misconception(
        "the last name instead of the worst",
        variant(RIGHT, (RETURN, "return next((name for name in reversed(errors) if errors[name] > tol), None)")),
        "The name with the *largest* error is asked for, not the last one above tol.",
    ),
    Misconception(
        "the least error",
        variant(RIGHT, ("max(errors, key", "min(errors, key")),
        "The *worst* is the largest error: `max(errors, key=errors.get)`.",
    ),
    Misconception(
        "the largest name",
        variant(RIGHT, ("max(errors, key=errors.get)", "max(errors)")),
        "`max` of a dictionary compares its keys, here by the alphabet. Tell it what to compare: `key=errors.get`.",
    ),
    Misconception(
        "a name even where all is right",
        variant(RIGHT, (RETURN, "return worst")),
        "Rounding leaves a small error everywhere. Where none is above tol the answer is None.",
    ),
    Misconception(
        "the word 'None'",
        variant(RIGHT, ("else None", "else 'None'")),
        "None is Python's own value for nothing, without quotes.",
    ),
    Misconception(
        "False for nothing found",
        variant(RIGHT, ("else None", "else False")),
        "Where nothing is wrong the answer is None.",
    ),
    Misconception(
        "all wrong names",
        variant(RIGHT, (RETURN, "return [name for name in errors if errors[name] > tol] or None")),
        "One name is asked for, the worst.",
    ),
    Misconception(
        "name and error",
        variant(RIGHT, (RETURN, "return (worst, errors[worst]) if errors[worst] > tol else None")),
        "The name alone is asked for.",
    ),
    Misconception(
        "the error instead of the name",
        variant(RIGHT, (RETURN, "return errors[worst] if errors[worst] > tol else None")),
        "The name is asked for, so that you know where to look.",
    ),
    Misconception(
        "eps is ignored",
        variant(RIGHT, ("errors = {}\n", "errors = {}\n    eps = 1e-5\n")),
        "The step is an argument: use `eps`.",
    ),
    Misconception(
        "tol is ignored",
        variant(RIGHT, ("> tol", "> 1e-5")),
        "The tolerance is an argument: use `tol`.",
    ),
    Misconception(
        "no guard against 0/0",
        variant(RIGHT, (SIZE, "np.linalg.norm(a) + np.linalg.norm(n)")),
        "Where a parameter has no effect both norms are 0, and 0/0 is nan, with which no comparison is true. Keep the denominator at 1e-12 at least.",
    ),
    Misconception(
        "the guard in the denominator is too large",
        variant(RIGHT, (SIZE, "np.linalg.norm(a) + np.linalg.norm(n) + 1.0")),
        "A summand as large as 1 hides the errors of small gradients. The guard is 1e-12.",
    ),
    Misconception(
        "gradients are matched by position",
        variant(
            RIGHT,
            ("for name in params:", "for name, a in zip(params, grads.values()):"),
            (
                "x, a = mine[name], grads[name]",
                "x = mine[name]\n        if a.shape != x.shape:\n            errors[name] = 1.0\n            continue",
            ),
        ),
        "Two dictionaries may hold the same names in different orders: look the gradient up by its name, `grads[name]`.",
    ),
    Misconception(
        "gradients are matched by position",
        variant(
            RIGHT,
            ("for name in params:", "for name, a in zip(params, grads.values()):"),
            ("x, a = mine[name], grads[name]", "x = mine[name]"),
        ),
        "Two dictionaries may hold the same names in different orders: look the gradient up by its name, `grads[name]`.",
    ),
    Misconception(
        "matrices only",
        variant(
            RIGHT,
            (
                "for name in params:",
                "for name in params:\n        if params[name].ndim != 2:\n            errors[name] = 0.0\n            continue",
            ),
        ),
        "Biases have one axis, other parameters may have three: `np.ndindex(x.shape)` runs through any of them.",
    ),
    Misconception(
        "only the diagonal or the first row is measured",
        variant(
            RIGHT,
            (
                "for j in np.ndindex(x.shape):",
                "n[...] = a\n        for j in range(len(x)):\n            j = (j,) * x.ndim if all(j < s for s in x.shape) else (j,) + (0,) * (x.ndim - 1)",
            ),
        ),
        "Every entry has to be measured: `for j in np.ndindex(x.shape)`.",
    ),
]
