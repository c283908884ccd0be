"""Gradient checking: what a derivative must be, found by nudging, and a report that names the part that is wrong."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Real

from mlp_reference import checks
from mlp_reference.shapes import Number

Params = Mapping[str, Real[np.ndarray, "..."]]
Loss = Callable[[dict[str, np.ndarray]], float]


def numeric_grad(
    f: Callable[[np.ndarray], float], x: Real[np.ndarray, "*s"], eps: Number = 1e-5
) -> Float[np.ndarray, "*s"]:
    """Central differences ``(f(x + eps e_j) - f(x - eps e_j)) / (2 eps)``, one entry ``j`` at a time.

    The sum is done in float64; the result has the dtype of ``x``, float64 for ints.
    Source: notebook 04, nudging.
    """
    checks.finite("numeric_grad", x=x)
    nudged = np.array(x, dtype=np.float64)  # a copy: the caller's x stays as it is
    grad = np.zeros(x.shape, x.dtype if x.dtype.kind == "f" else np.float64)
    for j in np.ndindex(x.shape):
        centre = nudged[j]
        nudged[j] = centre + eps
        above = float(f(nudged))
        nudged[j] = centre - eps
        grad[j] = (above - float(f(nudged))) / (2 * eps)
        nudged[j] = centre
    return grad


class GradientReport(NamedTuple):
    """One parameter's verdict: its name, ``‖a - n‖ / max(‖a‖ + ‖n‖, 1e-12)``, and whether that is small enough."""

    name: str
    error: float
    ok: bool

    def __str__(self) -> str:
        return f"{self.name}: relative error {self.error:.1e}, {'ok' if self.ok else 'WRONG'}"


def gradient_report(
    f: Loss, params: Params, grads: Params, eps: Number = 1e-5, tol: Number = 1e-5
) -> list[GradientReport]:
    """One line per parameter: how far its gradient is from central differences. ``params`` are left as they were.

    Raises: ValueError where a gradient is missing or has another shape than its parameter.
    Source: notebook 05, which gradient is wrong.
    """
    report = []
    for name, value in params.items():
        if name not in grads or np.shape(grads[name]) != np.shape(value):
            got = f"shape {np.shape(grads[name])}" if name in grads else "nothing"
            checks.fail("gradient_report", f"{got} as the gradient of {name!r}", f"shape {np.shape(value)}",
                        "return one gradient per parameter, of its shape, under its name")  # fmt: skip
        numeric = numeric_grad(lambda x, name=name: f({**params, name: x}), value, eps)  # type: ignore[misc]
        size = float(np.linalg.norm(grads[name]) + np.linalg.norm(numeric))
        error = float(np.linalg.norm(grads[name] - numeric)) / max(size, 1e-12)
        report.append(GradientReport(name, error, error <= tol))  # nan is not ok
    return report


def worst_gradient(f: Loss, params: Params, grads: Params, eps: Number = 1e-5, tol: Number = 1e-5) -> str | None:
    """The name whose gradient is furthest from central differences, relatively; None where all are within ``tol``.

    Source: notebook 05, which gradient is wrong.
    """
    wrong = [line for line in gradient_report(f, params, grads, eps, tol) if not line.ok]
    return max(wrong, key=lambda line: np.nan_to_num(line.error, nan=np.inf)).name if wrong else None
