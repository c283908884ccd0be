"""Random answers of notebook 07 are judged by their distribution, and a right one is never suspected."""

import re

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.exercises.support import replay, seen, shuffles
from autograde.judging.exercise import compile_answer
from autograde.judging.judge import HIDDEN_SEED, judge
from mlp_reference import MLP, minibatches, sgd_step, train

TRAIN = CATALOGUE["train"].alternates[0]


def report(name, source, **options):
    return judge(CATALOGUE[name], compile_answer(source, name), **options)


@pytest.mark.parametrize(("n", "freedom"), [(4, 23), (100, 16)])
def test_unevenness_of_right_orders_has_the_distribution_that_the_limit_is_taken_from(n, freedom):
    """Mean and variance of chi-square; the limits are its points of probability 1e-8."""
    calls, rng = shuffles.CALLS[n], np.random.default_rng(0)
    values = [shuffles.unevenness(rng.permuted(np.tile(np.arange(n), (calls, 1)), axis=1)) for _ in range(600)]
    assert abs(np.mean(values) - freedom) < 5 * np.sqrt(2 * freedom / 600)
    assert abs(np.var(values) - 2 * freedom) < 0.3 * 2 * freedom
    assert max(values) < 0.75 * shuffles.LIMIT[n]


def test_limits_are_those_of_the_comment():
    from scipy.stats import chi2

    assert chi2.sf(shuffles.LIMIT[4], 23) == pytest.approx(1e-8, rel=0.05)
    assert chi2.sf(shuffles.LIMIT[100], 16) == pytest.approx(1e-8, rel=0.5)
    assert 2 * 6.0**-seen.TRAININGS < 1e-6


@pytest.mark.parametrize("seed", range(40))
def test_right_batches_are_never_suspected(seed):
    rng = np.random.default_rng([seed, 5])
    n = (4, 13, 13, 100)[seed % 4]
    found = shuffles.batches_seen(minibatches, n, 3, rng)
    unseen = {"the orders of two calls", "the random numbers"} if n < shuffles.ENOUGH else set()
    unseen |= set() if n in shuffles.CALLS else {"the orders"}
    assert {key: found[key] for key in shuffles.RIGHT} == shuffles.RIGHT | dict.fromkeys(unseen, shuffles.NOT_LOOKED_AT)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_right_training_is_never_suspected(seed):
    assert judge(CATALOGUE["train"], train, seed=seed + 100).outcome == "passed"


def test_replay_is_the_reference_step():
    rng = np.random.default_rng(0)
    X, y, model = rng.normal(size=(5, 3)), np.array([0, 2, 1, 1, 0]), MLP([3, 4, 3], rng)
    start = [p.copy() for p in model.Ws + model.bs]
    run = replay.replay(start, X, y, [[[0, 1, 2], [3, 4]]], 0.3, 3, replay.Way())
    for rows in ([0, 1, 2], [3, 4]):
        loss, grads = model.loss_and_grads(X[rows], y[rows])
        sgd_step(list(model.params.values()), list(grads.values()), 0.3)
    for p, q in zip(run.params, model.Ws + model.bs, strict=True):
        np.testing.assert_allclose(p, q, rtol=1e-12, atol=1e-14)
    assert run.losses[0][-1] == pytest.approx(loss)
    plans = [[[[3, 4, 0], [1, 2]]], [[[0, 1, 2], [3, 4]]]]
    ends = replay.ends(start, X, y, plans, 0.3, 3, replay.Way())
    np.testing.assert_allclose(ends[0][1], model.Ws[0])
    assert replay.agree(model.Ws + model.bs, ends, start, single=False).tolist() == [False, True]


def test_labels_of_other_rows_are_all_but_the_right_ones():
    assert replay.labels_of_other_rows(np.array([0, 1, 0])).tolist() == [[0, 0, 1], [1, 0, 0]]
    assert replay.labels_of_other_rows(np.array([0, 0])).shape == (0, 2)
    assert len(replay.labels_of_other_rows(np.array([0, 1, 2, 0, 1, 2, 0]))) == 7 * 6 * 5 * 4 * 3 * 2 // (6 * 2 * 2) - 1


@pytest.mark.slow
def test_only_what_was_looked_at_is_told():
    uphill = TRAIN.replace("- lr * dW", "+ lr * dW").replace("- lr * db", "+ lr * db")
    failure = report("train", uphill).failure
    assert "uphill" in failure.got
    assert "0.96" not in failure.got and "2/fan_in" not in failure.got


def test_all_plans_are_counted():
    assert len(replay.plans(3, 1, 2)) == 36
    assert len(replay.plans(4, 3, 1)) == 4
    assert len(replay.plans(3, 2, 2)) == 9
    assert replay.plans(5, 9, 2) == [[[[0, 1, 2, 3, 4]], [[0, 1, 2, 3, 4]]]]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (None, "is a `return` missing"),
        (([np.ones((4, 3))], [np.ones(4)], [1.0]), r"Ws \[\(4, 3\)\], bs \[\(4,\)\] for sizes \[3, 4\]"),
        (([np.ones((3, 4))], [np.ones(4)], 1.0), "not a list with one number for each epoch"),
        (([np.full((3, 4), np.nan)], [np.ones(4)], [1.0]), "weights or biases that are nan"),
        (("a", [np.ones(4)], [1.0]), "a string, bs, losses"),
        (([[["a", "b"]]], [np.ones(4)], [1.0]), "no number"),
        (([1.0], [np.ones((3, 4))], [np.ones(4)]), r"\(losses, Ws, bs\), not \(Ws, bs, losses\)"),
    ],
)
def test_what_train_returns_wrongly_is_told(result, words):
    parts, complaint = seen._parts(result, [3, 4])
    assert parts is None
    assert re.search(words, complaint)


MIXED = [
    (
        "momentum_step",
        "def momentum_step(params, grads, velocities, lr, beta=0.9):\n    for i in range(len(params)):\n"
        "        velocities[i][...] = beta * velocities[i] - lr * grads[i]\n        params[i] += velocities[i]",
        "the rate is inside the velocity",
    ),
    (
        "sharpness",
        "def sharpness(grad, theta, rng, steps=100):\n    v = rng.uniform(-1, 1, len(theta))\n    for _ in range(steps):\n"
        "        v = (grad(theta + 1e-4 * v) - grad(theta)) / 1e-4\n"
        "    return v @ (grad(theta + 1e-4 * v) - grad(theta)) / 1e-4 / (v @ v)",
        "the direction is never made of length 1",
    ),
    (
        "wasserstein_any",
        "def wasserstein_any(x, y):\n    z = np.unique(np.r_[x, y])\n"
        "    f, g = (np.searchsorted(np.sort(s), z[:-1]) / len(s) for s in (x, y))\n"
        "    return np.sum(np.abs(f - g) * np.diff(z))",
        "only what lies strictly left counts",
    ),
    (
        "minibatches",
        "def minibatches(n, batch_size, rng):\n    p = np.random.permutation(n)\n"
        "    return [list(p[i:i + batch_size]) for i in range(0, n, batch_size)]",
        "random numbers that do not come from rng",
    ),
    (
        "minibatches",
        "def minibatches(n, batch_size, rng):\n    a = list(range(n))\n    for i in range(n):\n"
        "        j = int(rng.random() * n)\n        a[i], a[j] = a[j], a[i]\n"
        "    while a:\n        yield a[:batch_size]\n        a = a[batch_size:]",
        "a shuffle that prefers some orders",
    ),
    (
        "minibatches",
        "def minibatches(n, batch_size, rng):\n    p = np.arange(n)\n"
        "    parts = [p[i:i + batch_size] for i in range(0, n, batch_size)]\n    rng.shuffle(parts)\n    return parts",
        "only the order of the batches is random",
    ),
    (
        "minibatches",
        "def minibatches(n, batch_size, rng):\n    p = rng.permutation(n)\n"
        "    for i in range(n // batch_size + 1):\n        yield p[i * batch_size:(i + 1) * batch_size]",
        "an empty batch where the sizes fit",
    ),
    (
        "kl_divergence",
        "def kl_divergence(p, q):\n    m = ~np.isclose(p, 0)\n    return np.sum(p[m] * (np.log(p[m]) - np.log(q[m])))",
        "small probabilities count as 0",
    ),
    (
        "wasserstein_1d",
        "def wasserstein_1d(x, y):\n    free, total = list(y), 0\n    for v in x:\n"
        "        i = int(np.argmin([abs(v - w) for w in free]))\n        total += abs(v - free.pop(i))\n"
        "    return total / len(x)",
        "each x in turn takes the nearest y that is free",
    ),
    (
        "sgd_step",
        "def sgd_step(params, grads, lr):\n    params = params - lr * grads",
        "arithmetic with whole lists",
    ),
    (
        "sgd_step",
        "def sgd_step(params, grads, lr):\n    for p, g in zip(params, grads):\n        p = np.subtract(p, lr * g)",
        "a new array moves, the caller's own stays as it was",
    ),
    (
        "sgd_step",
        "def sgd_step(params, grads, lr):\n    params[:] = [p - lr * g for p, g in zip(params, grads)]",
        "new arrays are put into the list",
    ),
    (
        "classify_stationary",
        "def classify_stationary(H, tol=1e-8):\n    d = np.diagonal(H)\n    if (d > tol).any() and (d < -tol).any():\n"
        "        return 'saddle'\n    return 'minimum' if min(d) > tol else 'maximum' if max(d) < -tol "
        "else 'degenerate'",
        "the diagonal instead of the eigenvalues",
    ),
]


@pytest.mark.parametrize(("name", "source", "diagnosis"), MIXED)
def test_mistakes_are_named_however_they_are_written(name, source, diagnosis):
    assert report(name, source).failure.diagnosis == diagnosis


@pytest.mark.slow
def test_two_mistakes_at_once_are_told_apart_by_what_is_seen():
    wrong = TRAIN.replace("np.sqrt(2 / d_in)", "np.sqrt(1 / d_in)").replace("G = G / m\n", "\n")
    failure = report("train", wrong).failure
    assert "lr times the gradient of the sum" in failure.got
    assert "mean loss" in failure.expected


@pytest.mark.slow
def test_a_slow_loop_over_examples_passes():
    """One example after the other: a hundred times slower than matrices, and right."""
    slow = """
def train(X, y, sizes, epochs, batch_size, lr, rng):
    Ws = [rng.normal(0, (2 / a) ** 0.5, (a, b)) for a, b in zip(sizes[:-1], sizes[1:])]
    bs, losses = [np.zeros(b) for b in sizes[1:]], []
    for _ in range(epochs):
        order, total = rng.permutation(len(X)), 0.0
        for s in range(0, len(X), batch_size):
            rows = order[s:s + batch_size]
            dWs, dbs = [0 * W for W in Ws], [0 * b for b in bs]
            for i in rows:
                h = [X[i].astype(float)]
                for W, b in zip(Ws, bs):
                    z = h[-1] @ W + b
                    h.append(z * (z > 0))
                e = np.exp(z - z.max())
                total += np.log(e.sum()) - (z - z.max())[y[i]]
                g = e / e.sum() / len(rows)
                g[y[i]] -= 1 / len(rows)
                for l in range(len(Ws) - 1, -1, -1):
                    dWs[l] += h[l][:, None] * g
                    dbs[l] += g
                    g = (Ws[l] @ g) * (h[l] > 0)
            for l in range(len(Ws)):
                Ws[l] = Ws[l] - lr * dWs[l]
                bs[l] = bs[l] - lr * dbs[l]
        losses.append(total / len(X))
    return Ws, bs, losses
"""
    assert report("train", slow, seed=HIDDEN_SEED).outcome == "passed"


@pytest.mark.slow
def test_who_does_not_learn_the_digits_quickly_gets_the_promised_time() -> None:
    """Weights that start too large: their logits are in the thousands, and a high learning rate is too much for them."""
    exercise = CATALOGUE["train"]
    wrong = next(m.wrong for m in exercise.misconceptions if m.name == "standard normal weights")
    [args] = exercise.cases[-1].draw(np.random.default_rng(0))
    assert exercise.observe(exercise.compile(wrong), args)["the accuracy on new digits"] == "at least 0.96"


def test_a_theta_that_was_moved_is_told_before_anything_that_comes_of_it():
    source = (
        "def sharpness(grad, theta, rng, steps=100):\n    v = rng.uniform(size=len(theta))\n    for _ in range(steps):\n"
        "        v /= np.linalg.norm(v)\n        here = grad(theta)\n        theta += 1e-3 * v\n"
        "        v = (grad(theta) - here) / 1e-3\n    return np.linalg.norm(v)"
    )
    advice = report("sharpness", source).failure.advice
    assert "Your function changes its input `theta`" in advice
    assert "not settled" not in advice and "two digits" not in advice


@pytest.mark.parametrize("places", [200, 1001])
def test_quantiles_of_broken_lines_are_seen_however_fine_they_are(places):
    source = (
        f"def wasserstein_any(x, y):\n    q = np.linspace(0, 1, {places})\n"
        "    return np.mean(np.abs(np.quantile(x, q) - np.quantile(y, q)))"
    )
    assert "broken line" in report("wasserstein_any", source).failure.advice
