"""Exercises of notebook 05: caches of every kind pass, mistakes are named however they are written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.exercises import CATALOGUE
from autograde.exercises.support.batches import output_and_cache
from autograde.exercises.support.checked_losses import Loss
from autograde.exercises.support.pictures import layer_errors
from autograde.judging.answer import judge_anything
from autograde.judging.exercise import Formula, Unusable
from autograde.judging.judge import judge, questions
from mlp_reference import mlp_backward, mlp_forward
from tests.support.properties import examples

AFFINE = "def affine_forward(X, W, b):\n    return X @ W + b, {cache}\n"
MLP = """
def mlp_forward(X, Ws, bs):
    Hs = [X]
    for W, b in zip(Ws[:-1], bs[:-1]):
        Hs.append(np.maximum(Hs[-1] @ W + b, 0))
    return Hs[-1] @ Ws[-1] + bs[-1], (Hs, Ws)

def mlp_backward(G, cache):
    (Hs, Ws), out = cache, []
    for H, W in zip(Hs[::-1], Ws[::-1]):
        out.append((H.T @ G, {db}))
        G = {down}
    {end}
"""
RIGHT = {"db": "G.sum(0)", "down": "(G @ W.T) * (H > 0)", "end": "return tuple(zip(*out[::-1]))"}


def report(name, source, seed=0):
    return judge(CATALOGUE[name], CATALOGUE[name].compile(source), seed=seed)


@pytest.mark.parametrize(
    ("cache", "backward"),
    [
        ("iter((X, W))", "X, W = cache\n    return G @ W.T, X.T @ G, G.sum(0)"),  # can be read once only
        ("(lambda G: (G @ W.T, X.T @ G, G.sum(0)))", "return cache(G)"),
        ("np.block([[X, np.zeros((len(X), W.shape[1]))], [np.eye(W.shape[0]), W]])",
         "n, d = len(G), cache.shape[1] - G.shape[1]\n    X, W = cache[:n, :d], cache[n:, d:]\n"
         "    return G @ W.T, X.T @ G, G.sum(0)"),
    ],
)  # fmt: skip
def test_a_cache_may_be_anything(cache, backward):
    source = AFFINE.format(cache=cache) + f"def affine_backward(G, cache):\n    {backward}\n"
    assert report("affine_backward", source).outcome == "passed"


def test_a_cache_may_be_a_sleeping_function():
    source = """
def mlp_forward(X, Ws, bs):
    def passes():
        Hs = [X]
        for W, b in zip(Ws[:-1], bs[:-1]):
            Hs.append(np.maximum(Hs[-1] @ W + b, 0))
        G, dWs, dbs = (yield Hs[-1] @ Ws[-1] + bs[-1]), [], []
        for H, W in zip(Hs[::-1], Ws[::-1]):
            dWs.insert(0, H.T @ G)
            dbs.insert(0, G.sum(0))
            G = (G @ W.T) * (H > 0)
        yield dWs, dbs
    run = passes()
    return next(run), run

def mlp_backward(G, cache):
    return cache.send(G)
"""
    assert report("mlp_backward", source).outcome == "passed"


@pytest.mark.parametrize(
    ("changes", "diagnosis"),
    [
        ({}, None),
        ({"down": "G @ W.T"}, "the slope of the ReLU is left out"),
        ({"down": "np.where(H >= 0, G @ W.T, 0)"}, "the slope of the ReLU is left out"),  # relu(z) >= 0 is always true
        ({"db": "np.mean(G, 0)"}, "db is a mean"),
        ({"end": "return tuple(zip(*out))"}, "the gradients in reverse order"),
        ({"db": "G.sum(axis=1)"}, "db is summed along the wrong axis"),
        ({"down": "(G @ W) * (H > 0) if H is not Hs[0] else 0"}, "W is not transposed on the way down"),
        ({"down": "(W.T @ G) * (H > 0) if H is not Hs[0] else 0"}, "W on the left on the way down"),
        ({"end": "dWs, dbs = zip(*out)\n    return dWs[::-1], dbs"}, "the gradients of the biases in reverse order"),
        ({"end": "return out[::-1]"}, "a list of pairs instead of two lists"),
    ],
)
def test_mistakes_in_mlp_backward_are_named_however_they_are_written(changes, diagnosis):
    found = report("mlp_backward", MLP.format(**RIGHT | changes)).failure
    assert (found and found.diagnosis) == diagnosis


def test_a_global_variable_is_named_even_where_only_a_part_of_the_cache_is_one():
    source = (
        MLP.format(**RIGHT)
        .replace("    Hs = [X]", "    global Hs\n    Hs = [X]")
        .replace("(Hs, Ws), out", "(_, Ws), out")
    )
    found = report("mlp_backward", source).failure
    assert found.diagnosis == "a part of the last forward call instead of the cache"


def test_a_mask_that_is_always_1_is_told_how_to_ask():
    found = report("mlp_backward", MLP.format(**RIGHT | {"down": "(G @ W.T) * (H >= 0)"})).failure
    assert "ask for H > 0" in found.advice


XENT = """
def softmax_xent(Z, y):
    n, k = np.shape(Z)
    low = Z - np.max(Z, axis=1)[:, None]
    E = np.exp(low)
    S = E / {total}
    loss = {loss}
    return loss, (S - np.eye(k)[y]) / n
"""
EXACT = {"total": "E.sum(1)[:, None]", "loss": "np.mean(np.log(E.sum(1)) - low[range(n), y])"}


@pytest.mark.parametrize(
    ("changes", "diagnosis"),
    [
        ({}, None),
        ({"loss": "np.mean(np.log(E.sum(1)) - (np.eye(k)[y] * Z).sum(1))"}, "only one term of the loss is shifted"),
        ({"loss": "-np.log(S[:, y]).mean()"}, "the loss reads whole columns"),
        ({"loss": "-np.sum(np.eye(k)[y] * np.log(S)) / n"}, "0 times the log of 0"),
        ({"loss": "-np.log(np.maximum(S[range(n), y], 1e-300)).mean()"}, "a floor under the probabilities"),
        ({"loss": "np.mean(np.log2(E.sum(1)) - low[range(n), y])"}, "the loss in bits"),
        ({"loss": "-np.mean(np.eye(k)[y] * (low - np.log(E.sum(1))[:, None]))"}, "the loss is divided by n times k"),
        ({"total": "E.sum()"}, "softmax over the whole batch"),
        ({"total": "E.sum(0)"}, "softmax along the wrong axis"),
        ({"total": "E.sum(1)"}, "keepdims is missing"),
    ],
)  # fmt: skip
def test_mistakes_in_softmax_xent_are_named_however_they_are_written(changes, diagnosis):
    found = report("softmax_xent", XENT.format(**EXACT | changes)).failure
    assert (found and found.diagnosis) == diagnosis


CHECKER = """
def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    found, most = None, tol
    for name in params:
        p = params[name].copy()
        q, m = {given}, 0 * p
        for j in {entries}:
            p[j] += eps
            up = f(q)
            p[j] -= 2 * eps
            m[j] = (up - f(q)) / 2 / eps
            p[j] += eps
        a = grads[name]
        error = {error}
        if error > most:
            found, most = name, error
    return found
"""
SOUND = {
    "given": "{**params, name: p}",
    "entries": "np.ndindex(p.shape)",
    "error": "np.linalg.norm(a - m) / max(np.linalg.norm(a) + np.linalg.norm(m), 1e-12)",
}


@pytest.mark.parametrize(
    ("changes", "diagnosis"),
    [
        ({}, None),
        ({"given": "{name: p}"}, "f gets one parameter alone"),
        ({"given": "p"}, "f gets an array instead of the dictionary"),
        ({"entries": "range(len(p))"}, "a whole row is moved at once"),
        ({"entries": "range(p.size)"}, "a running number as index of a matrix"),
        ({"entries": "[(r, c) for c in range(p.shape[1]) for r in range(p.shape[0])]"}, "loops for two axes"),
        ({"error": "((a - m)**2).sum() / max((a**2).sum() + (m**2).sum(), 1e-12)"}, "squared norms instead of norms"),
    ],
)
def test_mistakes_in_worst_gradient_are_named_however_they_are_written(changes, diagnosis):
    found = report("worst_gradient", CHECKER.format(**SOUND | changes)).failure
    assert (found and found.diagnosis) == diagnosis


@pytest.mark.parametrize(
    ("name", "source", "diagnosis"),
    [
        (
            "softmax_xent",
            "def softmax_xent(Z, y):\n    P = np.array([np.exp(z) / sum(np.exp(z)) for z in Z])\n"
            "    i = range(len(y))\n    loss = -np.mean(np.log(P[i, y]))\n    P[i, y] -= 1\n"
            "    return loss, P / len(y)",
            "exp overflows",
        ),
        (
            "affine_backward",
            AFFINE.format(cache="[W, X]") + "def affine_backward(G, cache):\n    W, X = cache\n"
            "    return np.einsum('nh,dh->nd', G, W), np.einsum('nd,nh->dh', X, G) / len(X), np.einsum('nh->h', G)",
            "dW is divided by n",
        ),
        (
            "two_layer_grads",
            "def s(a):\n    return 0.5 + 0.5 * np.tanh(a / 2)\n\n"
            "def two_layer_grads(X, y, W1, W2):\n    H = s(X @ W1)\n    Z = H @ W2\n"
            "    L = Z - np.logaddexp.reduce(Z, 1)[:, None]\n"
            "    D = np.exp(L) - np.eye(W2.shape[1])[y]\n    D /= len(y)\n"
            "    return -L[range(len(y)), y].mean(), X.T @ ((D @ W2.T) * s(H) * (1 - s(H))), H.T @ D",
            "the sigmoid's slope is taken at H",
        ),
        (
            "worst_gradient",
            "def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):\n    for k, v in params.items():\n"
            "        m = np.zeros(v.shape)\n        for j in np.ndindex(v.shape):\n"
            "            e = np.zeros(v.shape)\n            e[j] = eps\n"
            "            m[j] = (f({**params, k: v + e}) - f({**params, k: v - e})) / 2 / eps\n"
            "        size = np.linalg.norm(m) + np.linalg.norm(grads[k])\n"
            "        if np.linalg.norm(m - grads[k]) > tol * max(size, 1e-12):\n            return k",
            "the first name instead of the worst",
        ),
    ],
)
def test_mistakes_are_named_however_they_are_written(name, source, diagnosis):
    assert report(name, source).failure.diagnosis == diagnosis


def test_the_card_shows_both_calls():
    source = (
        AFFINE.format(cache="(X, W)")
        + "def affine_backward(G, cache):\n    X, W = cache\n    return G, X.T @ G, G.sum(0)"
    )
    shown = report("affine_backward", source).failure.call
    assert "W = np.array" in shown
    assert shown.endswith("Z, cache = affine_forward(X, W, b)\ndX, dW, db = affine_backward(G, cache)")


@pytest.mark.parametrize("name", ["affine_backward", "mlp_backward"])
def test_a_mistake_in_the_forward_function_is_not_charged_again(name):
    backward = CATALOGUE[name].reference[name]
    forward = {"affine_forward": lambda X, W, b: (X @ W, (X, W)), "mlp_forward": lambda X, Ws, bs: (X, [])}
    found = judge_anything(CATALOGUE[name], backward, 0, CATALOGUE, forward.get)
    assert (found.outcome, found.share) == ("passed", 1.0)
    assert "in the place of yours, which is not right yet" in found.remark


@pytest.mark.parametrize("name", ["affine_backward", "mlp_backward"])
def test_a_backward_function_waits_where_nobody_can_know(name):
    forward = {"affine_forward": lambda X, W, b: (X @ W, 7), "mlp_forward": lambda X, Ws, bs: (X, 7)}
    found = judge_anything(CATALOGUE[name], lambda G, cache: cache.inputs, 0, CATALOGUE, forward.get)
    assert (found.outcome, found.share) == ("failed", 0.0)
    assert "mend" in found.failure.advice and "_forward` first" in found.failure.advice


@pytest.mark.parametrize("result", [None, 3, np.ones((3, 4)), (1, 2, 3)])
def test_what_is_no_pair_of_output_and_cache_is_told_so(result):
    with pytest.raises(Unusable, match=r"the pair \(Z, cache\) should come back"):
        output_and_cache(result)


@examples(15)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_kink_is_met_exactly(seed):
    case = next(c for c in CATALOGUE["mlp_backward"].cases if "exactly 0" in c.label)
    X, Ws, bs, _ = case.makes[0](np.random.default_rng(seed))
    Z1 = X @ Ws[0] + bs[0]
    Z2 = np.maximum(Z1, 0) @ Ws[1] + bs[1]
    assert (Z1[0, 0], Z2[2, 1]) == (0.0, 0.0)


@examples(10)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_worst_gradient_is_so_by_a_margin(seed):
    """No right answer may fail for the sake of rounding: errors near each other, or near tol, are not asked about."""
    for _, args, expected in questions(CATALOGUE["worst_gradient"], seed):
        f, params, grads, _, tol = (*args, 1e-5, 1e-5)[:5] if len(args) == 3 else args
        if not isinstance(f, Loss):  # nothing is rounded there, or as much in the gradient as in the differences
            continue
        right = f.gradients(params)
        sizes = {k: max(np.linalg.norm(grads[k]) + np.linalg.norm(right[k]), 1e-12) for k in params}
        errors = {k: np.linalg.norm(grads[k] - right[k]) / sizes[k] for k in params}
        first, second = sorted([*errors.values(), 0.0])[::-1][:2]
        assert expected.value == (max(errors, key=errors.get) if first > tol else None)
        assert first > 2 * tol or first < 0.75 * tol
        assert first > 1.01 * second or first < tol


def test_the_picture_says_in_which_layer_it_begins():
    _, args, expected = next(iter(questions(CATALOGUE["mlp_backward"], 0)))
    X, Ws, bs, G = args
    dWs, dbs = mlp_backward(G, mlp_forward(X, Ws, bs)[1])
    figure = layer_errors(args, [[2 * dWs[0], *dWs[1:]], dbs], expected.value)
    assert [t.get_text() for t in figure.axes[0].texts][1:] == ["right", "right"]
    assert figure.axes[0].texts[0].get_text() != "right"
    assert layer_errors(args, [dWs[1:], dbs[1:]], expected.value) is None


def test_a_loss_is_its_formula() -> None:
    """It is computed in another way than it is shown."""
    for _, (f, params, *_), _ in questions(CATALOGUE["worst_gradient"], 0):
        assert f(params) == pytest.approx(Formula.__call__(f, params), rel=1e-13)
