"""Exercise 5.7: the learner's own checker, judged on gradients of which some are wrong by a known amount."""

from collections.abc import Sequence

import numpy as np

from autograde.exercises.support.checked_losses import SHAPES, Arrays, Loss
from autograde.exercises.support.drawing import Array, Rng, eighths
from autograde.judging.exercise import Arguments, Case, Exercise, Formula
from mlp_reference import gradcheck


def _problem(rng: Rng, names: Sequence[str] = ("W1", "b1", "W2", "b2"), **scales: float) -> tuple[Loss, Arrays, Arrays]:
    """A loss, parameters in random order, and right gradients."""
    order = [str(name) for name in rng.permutation(list(names))]
    params = {name: rng.uniform(0.05, 0.35, SHAPES[name]) * rng.choice([-1, 1], SHAPES[name]) for name in order}
    f = Loss({name: scales.get(name, float(rng.choice([0.5, 1.0, 2.0]))) for name in order}, at=params)
    return f, params, f.gradients(params)


def _orthogonal(g: Array, ratio: float) -> Array:
    """A vector at right angles to ``g``, ``ratio`` times as long."""
    other = np.roll(g.ravel(), 1).reshape(g.shape)
    other = other - g * (other * g).sum() / (g * g).sum()
    return other * ratio * np.linalg.norm(g) / np.linalg.norm(other)


def _one_wrong(rng: Rng) -> Arguments:
    """One gradient is scaled, turned, mixed up or wrong in one entry; the others are right."""
    f, params, grads = _problem(rng)
    name = str(rng.choice(["W1", "W2", "b2"]))
    g = grads[name]
    other = g.copy()
    other.flat[rng.integers(g.size)] *= 1.25
    grads[name] = [2 * g, -g, g / 5, np.roll(g.ravel(), 1).reshape(g.shape), other, 0 * g][rng.integers(6)]
    return f, params, grads


def _signs_only(rng: Rng) -> Arguments:
    f, params, grads = _problem(rng)
    grads["W2"] = -grads["W2"]
    return f, params, grads


def _same_sum(rng: Rng) -> Arguments:
    """The entries are right but stand in other places."""
    f, params, grads = _problem(rng)
    grads["W1"] = grads["W1"][::-1].copy()
    return f, params, grads


def _last_entry(rng: Rng) -> Arguments:
    f, params, grads = _problem(rng)
    grads["W2"][-1, -1] *= -1
    return f, params, grads


def _all_wrong(rng: Rng) -> Arguments:
    """Every gradient is off, by different relative amounts; sizes run against them."""
    f, params, grads = _problem(rng, W1=0.01, b1=4.0, W2=0.5, b2=1.0)
    for name, factor in zip(params, rng.permutation([1.01, 1.2, 1.5]).tolist() + [1.1], strict=True):
        grads[name] = factor * grads[name]
    return f, params, grads


def _small_but_worst(rng: Rng) -> Arguments:
    """The tiny gradient is wrong by half, the huge one by a hundredth, which is more in absolute terms."""
    f, params, grads = _problem(rng, W1=1e-5, b2=50.0)
    grads["b2"], grads["W1"] = 1.01 * grads["b2"], 2 * grads["W1"]
    return f, params, grads


def _entry_against_norm(rng: Rng, tiny: int = 1) -> Arguments:
    """W1 has a few entirely wrong but tiny entries; W2 is off by a fifth everywhere."""
    f, params, _ = _problem(rng)
    f = Loss(f.scales)
    params["W1"][1, :tiny] = -1.0  # a gradient 1/3000 of a usual one
    grads = f.gradients(params)
    grads["W1"][1, :tiny] *= -3
    grads["W2"] *= 1.5
    return f, params, grads


def _numerator(rng: Rng) -> Arguments:
    """``4 g`` against ``-0.8 g``: 3 against 1.8 by the right gradient alone, 0.6 against 1 by both."""
    f, params, grads = _problem(rng)
    grads["W1"], grads["W2"] = 4 * grads["W1"], -0.8 * grads["W2"]
    return f, params, grads


def _by_given(rng: Rng) -> Arguments:
    """``0.2 g`` against ``-1.5 g``: 4 against 1.67 by the given gradient alone, 0.67 against 1 by both."""
    f, params, grads = _problem(rng)
    grads["W2"], grads["W1"] = 0.2 * grads["W2"], -1.5 * grads["W1"]
    return f, params, grads


def _by_larger(rng: Rng) -> Arguments:
    """About at right angles, as long or a fifth: 1.5 against 1.02 by the larger norm, .74 against .85 by their sum."""
    f, params, grads = _problem(rng)
    grads["W1"] = _orthogonal(grads["W1"], 1.0) - 0.1 * grads["W1"]
    grads["W2"] = _orthogonal(grads["W2"], 0.2)
    return f, params, grads


def _one_entry(rng: Rng, rest: float) -> Arguments:
    """Six equal entries each; one of W1 has the wrong sign: 0.41 by Euclidean norms, 0.17 by sums, 1 by maxima."""
    f, params, _ = _problem(rng)
    f = Loss(f.scales)
    params["W1"][...] = params["W2"][...] = 0.25
    grads = f.gradients(params)
    grads["W1"].flat[rng.integers(6)] *= -1
    grads["W2"] *= rest
    return f, params, grads


def _tiny_loss(rng: Rng) -> Arguments:
    """All gradients are below 1e-6, and one of them is twice too large."""
    f, params, grads = _problem(rng, W1=1e-9, b1=2e-9, W2=1e-9, b2=5e-10)
    grads["b2"] = 2 * grads["b2"]
    return f, params, grads


def _within(rng: Rng) -> Arguments:
    """An error of 0.7 times the default tolerance."""
    f, params, grads = _problem(rng)
    grads["W1"] = (1 + 1.4e-5) * grads["W1"]
    return f, params, grads


def _beyond(rng: Rng) -> Arguments:
    f, params, grads = _problem(rng)
    grads["b1"] = (1 + 6e-5) * grads["b1"]
    return f, params, grads


def _loose(rng: Rng) -> Arguments:
    """Half a percent off, with a tolerance of one."""
    f, params, grads = _problem(rng)
    grads["W2"] = 1.01 * grads["W2"]
    return f, params, grads, 1e-5, 1e-2


def _strict(rng: Rng) -> Arguments:
    f, params, grads = _problem(rng)
    grads["b2"] = (1 + 4e-6) * grads["b2"]
    return f, params, grads, 1e-5, 1e-7


def _very_strict(rng: Rng) -> Arguments:
    """All is right; a step ten times as wide would err by more than this tolerance."""
    return *_problem(rng), 1e-5, 2e-8


def _noisy(rng: Rng) -> Arguments:
    """A huge constant in the loss swallows the differences of the default step, but not those of the given one."""
    f, params, _ = _problem(rng)
    params = {name: np.abs(p) for name, p in params.items()}  # no gradient is small
    f = Loss(f.scales, extra=" + 2.0**34")
    return f, params, f.gradients(params), 1e-3, 1e-3


def _idle_parameter(rng: Rng) -> Arguments:
    """The loss does not depend on b1, whose gradient is 0: 0/0 must not count as an error."""
    f, params, grads = _problem(rng, b1=0.0)
    return f, params, grads


def _idle_first(rng: Rng) -> Arguments:
    f, params, grads = _problem(rng, b1=0.0)
    grads["W2"] = 1.5 * grads["W2"]
    return f, {"b1": params["b1"], **params}, grads


def _other_order(rng: Rng) -> Arguments:
    f, params, grads = _problem(rng)
    grads["b2"] = 3 * grads["b2"]
    order = sorted(grads, key=list(params).index, reverse=True)
    return f, params, {name: grads[name] for name in order}


def _any_axes(rng: Rng) -> Arguments:
    """Parameters with one, two and three axes."""
    shapes = {"W1": (2, 3, 2), "b1": (4,), "W2": (1, 3)}
    params = {name: rng.uniform(-0.3, 0.3, shape) for name, shape in shapes.items()}
    f = Loss({name: float(rng.choice([0.5, 1.0])) for name in shapes})
    grads = f.gradients(params)
    name = str(rng.choice(["W1", "W2"]))
    grads[name] = np.roll(grads[name].ravel(), 1).reshape(shapes[name])
    return f, params, grads


def _other_axes(rng: Rng, name: str = "W1") -> Arguments:
    """Four axes, and one entry; and a table as after a transposition, whose flat form is a copy."""
    shapes: dict[str, tuple[int, ...]] = {"b1": (1,), "W1": (2, 1, 3, 2), "W2": (2, 3)}
    params = {name: np.asarray(rng.uniform(-0.3, 0.3, shape), order="F") for name, shape in shapes.items()}
    f = Loss({name: float(rng.choice([0.5, 1.0])) for name in shapes})
    grads = {name: np.asarray(g) for name, g in f.gradients(params).items()}
    grads[name] = np.asarray(1.5 * grads[name])
    return f, params, grads


def _one_parameter(rng: Rng) -> Arguments:
    params = {"b1": rng.uniform(-0.3, 0.3, (2, 2))}
    f = Loss({"b1": 1.0})
    return f, params, {"b1": float(rng.choice([1.0, 1.5])) * f.gradients(params)["b1"]}


def _exactly_tol(rng: Rng) -> Arguments:
    """Of a parabola all is exact: the error is 1/2, which is not above a tolerance of 1/2."""
    w = eighths(rng, 1)
    return Formula("np.sum(p['W1']**2)", "p"), {"W1": w}, {"W1": 6 * w}, 0.25, 0.5


def _no_tolerance(rng: Rng, off: float = 0.0) -> Arguments:
    """With a tolerance of 0 the smallest error is above it; without an error there is none."""
    v, w = eighths(rng, 3), eighths(rng, 2)
    return Formula("np.sum(p['b2']**2) + np.sum(p['W1']**2)", "p"), {"b2": v, "W1": w}, {"b2": 2 * v * (1 + off), "W1": 2 * w}, 0.25, 0


def _default_step(rng: Rng) -> Arguments:
    """So wavy that the gradient of the differences is another one with any step but the default one."""
    w = rng.uniform(0.2, 0.4, 5)
    return Formula("np.sin(2e4 * p['W1']).sum()", "p"), {"W1": w}, {"W1": np.cos(2e4 * w) * np.sin(0.2) / 1e-5}


def _tiniest_loss(rng: Rng) -> Arguments:
    """Norms a little above the 1e-12 of the definition."""
    f, params, grads = _problem(rng, W1=1e-12, b1=2e-12, W2=1e-12, b2=5e-13)
    grads["b2"] = 2 * grads["b2"]
    return f, params, grads, 1e-5, 0.125


def _below_the_floor(rng: Rng) -> Arguments:
    """A norm of 5e-13 where 0 is right: half of the 1e-12 of the definition, and not all of itself."""
    f, params, grads = _problem(rng, b1=0.0)
    grads["b1"] = rng.permutation([3e-13, -4e-13])
    return f, params, grads, 1e-5, 0.75


exercise = Exercise(
    reference=gradcheck.worst_gradient,
    cases=[
        Case("one gradient is wrong", [_one_wrong, _signs_only, _same_sum, _last_entry], times=8),
        Case("all gradients are right: None", [lambda rng: _problem(rng)], times=2),
        Case("several are wrong: the largest relative error counts", [_small_but_worst, _all_wrong], times=6),
        Case(
            "norms over all entries, not the worst entry",
            [
                _entry_against_norm,
                lambda rng: _entry_against_norm(rng, tiny=2),
                *(lambda rng, rest=rest: _one_entry(rng, rest) for rest in (1.8, 4.0, 2.6)),
            ],
            times=5,
        ),
        Case("divided by the sum of both norms", [_numerator, _by_given, _by_larger, _tiny_loss], times=8),
        Case("errors a little below and above tol", [_within, _beyond, _loose, _strict, _very_strict, _exactly_tol, _no_tolerance, lambda rng: _no_tolerance(rng, 2.0**-22)], times=8),
        Case("another eps, and the default one", [_noisy, _default_step], times=4),
        Case("a parameter that the loss does not depend on", [_idle_parameter, _idle_first], times=4),
        Case("gradients in another order than the parameters", [_other_order], times=2),
        Case("arrays with any number of axes, a single one", [_any_axes, _other_axes, lambda rng: _other_axes(rng, "W2"), _one_parameter], times=8),
        Case("norms as small as the 1e-12 of the definition", [_tiniest_loss, _below_the_floor], times=2, weight=0.5),
    ],
)

# %% hints
# 1. For each name two arrays of the same shape: the gradient you are given and the one you measure. Measure entry by
#    entry, as in `numeric_grad` of notebook 04: move one number up and down by eps, call f with *all* parameters both
#    times, put it back.
# 2. Work on copies: `mine = {k: v.copy() for k, v in params.items()}`, and for each `name` loop `for j in
#    np.ndindex(mine[name].shape)`. Then one number for each name, with `g = grads[name]`: `np.linalg.norm(g - measured) /
#    max(np.linalg.norm(g) + np.linalg.norm(measured), 1e-12)`, where norms of matrices are taken over all entries.
# 3. Collect the errors in a dictionary, take `worst = max(errors, key=errors.get)`, and return it if `errors[worst] >
#    tol`, else None.

# %% elegant
# A copy of all parameters is nudged, one entry at a time. `max(errors, key=errors.get)` names the worst, and the
# tolerance is asked once, at the end.

# %% right
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
