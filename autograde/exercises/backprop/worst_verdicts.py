"""Wrong answers to ``worst_gradient`` that measure well: other norms, other denominators, other things returned."""

from autograde.exercise import Misconception, variant
from autograde.exercises.backprop.worst_mistakes import ERROR, QUOTIENT, RETURN, RIGHT, SIZE

VERDICTS = [
    *[
        Misconception(
            "another norm than the Euclidean one",
            variant(RIGHT, (f"{ERROR}\n", f"({norm('a - n')}) / max({norm('a')} + {norm('n')}, 1e-12)\n")),
            "The norm is the Euclidean one over all entries: the root of the sum of their squares. For an array of any shape that is `np.linalg.norm(x)`, without a second argument.",
        )
        for norm in (
            "np.abs({}).sum()".format,
            "np.abs({}).max()".format,
            "np.linalg.norm({}, 1)".format,
            "np.linalg.norm({}, 2)".format,
            "np.linalg.norm({}, np.inf)".format,
        )
    ],
    *[
        Misconception(
            "divided by another size than the sum of both norms",
            variant(RIGHT, (SIZE, size)),
            "The denominator is ‖a‖ + ‖m‖, the norms of the given and the measured gradient added: not the larger one, and not the norm of a + m, in which opposite gradients cancel.",
        )
        for size in (
            "max(np.linalg.norm(a + n), 1e-12)",
            "max(np.linalg.norm(a), np.linalg.norm(n), 1e-12)",
            "max(min(np.linalg.norm(a), np.linalg.norm(n)), 1e-12)",
            "max(np.linalg.norm(a) * np.linalg.norm(n), 1e-12)",
            "max(np.linalg.norm(a) ** 2 + np.linalg.norm(n) ** 2, 1e-12)",
            "max((np.linalg.norm(a) ** 2 + np.linalg.norm(n) ** 2) ** 0.5, 1e-12)",
            "max((np.linalg.norm(a) + np.linalg.norm(n)) / 2, 1e-12)",
        )
    ],
    *[
        Misconception(
            "squared norms instead of norms",
            variant(RIGHT, (f"{ERROR}\n", f"np.sum((a - n) ** 2) / {size}\n")),
            "A norm is the *root* of the sum of the squares, and you compare the sums themselves: an error of a tenth looks like a hundredth. Take `np.linalg.norm` of each.",
        )
        for size in ("max(np.sum(a**2) + np.sum(n**2), 1e-12)", "(np.sum(a**2) + np.sum(n**2) or 1.0)")
    ],
    Misconception(
        "one side of a difference over both steps",
        variant(
            RIGHT, ("x[j] = centre - eps\n            down = f(mine)\n            ", "down = f(params)\n            ")
        ),
        "From x to x + eps is one step, divided by two. Step to both sides: (f(x + eps) - f(x - eps)) / (2 eps).",
    ),
    Misconception(
        "divided by 2, then multiplied by eps",
        variant(RIGHT, (QUOTIENT, "(up - down) / 2 * eps")),
        "Python reads `a / 2 * eps` from left to right, as `(a / 2) * eps`. Put the denominator in brackets: `/ (2 * eps)`.",
    ),
    Misconception(
        "an empty string for nothing found",
        variant(RIGHT, ("else None", "else ''")),
        "Where nothing is wrong the answer is None.",
    ),
    Misconception(
        "yes or no instead of a name",
        variant(RIGHT, (RETURN, "return bool(errors[worst] > tol)")),
        "The name is asked for, so that you know where to look.",
    ),
    Misconception(
        "all errors instead of a name",
        variant(RIGHT, (RETURN, "return errors")),
        "One name is asked for, the worst.",
    ),
    Misconception(
        "None in every case",
        variant(RIGHT, (RETURN, "print(worst)")),
        "A function without a `return` gives None. To print the name is not enough: return it.",
    ),
]
