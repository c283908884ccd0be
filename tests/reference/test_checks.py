"""Bad input: each is a ValueError that says what was called, what was got, what was expected and what to do next."""

import re

import numpy as np
import pytest

import mlp_reference as m
from mlp_reference.losses import multilabel_xent, squared_error

pytestmark = pytest.mark.usefixtures("no_shape_checks")

X, W, b, Z = np.ones((5, 3)), np.ones((3, 2)), np.ones(2), np.ones((5, 2))
W2, y, p = np.ones((2, 4)), np.array([0, 1, 1, 0, 1]), np.array([0.25, 0.75])
RNG = np.random.default_rng(0)

# What a call must be given, argument by argument; a test spoils one argument at a time.
CALLS = {
    m.bce_with_logits: [Z[:, 0], y],
    m.softmax_xent: [Z, y],
    multilabel_xent: [Z, np.eye(2, dtype=int)[y]],
    squared_error: [Z, Z],
    m.affine_forward: [X, W, b],
    m.two_layer_forward: [X, W, b, W2, np.ones(4)],
    m.two_layer_grads: [X, y, W, W2],
    m.xor_features: [Z],
    m.fit_logistic: [X, y, 0.1, 2],
    m.softmax_jacobian: [p],
    m.softmax_vjp: [Z, Z],
    m.kl_divergence: [p, p],
    m.wasserstein_1d: [b, b],
    m.relu_spline: [np.arange(3.0), np.ones(3)],
    m.classify_stationary: [np.eye(2)],
    m.numeric_grad: [np.sum, b],
}


FREE_LENGTH = {(m.affine_forward, 0), (m.two_layer_forward, 0)}  # the number of rows


def spoilt():
    for call, args in CALLS.items():
        for i, arg in enumerate(args):
            if not isinstance(arg, np.ndarray):
                continue
            yield call, i, "empty", arg[:0]
            if call is not m.numeric_grad:  # which takes any shape
                yield call, i, "one axis more", arg[None]
                if len(args) > 1 and not callable(args[0]) and (call, i) not in FREE_LENGTH:
                    yield call, i, "one row more", np.concatenate([arg, arg[-1:] + (call is m.relu_spline and i == 0)])
            if arg.dtype.kind == "f":
                for bad in (np.nan, np.inf):
                    yield call, i, str(bad), np.where(np.arange(arg.size).reshape(arg.shape) == arg.size - 1, bad, arg)
            else:
                yield call, i, "a label too high", arg + 4
                yield call, i, "a negative label", arg - 1
                yield call, i, "labels with fractions", arg + 0.5


@pytest.mark.parametrize(
    ("call", "i", "what", "bad"),
    [pytest.param(*case, id=f"{case[0].__name__}-{case[1]}-{case[2]}") for case in spoilt()],
)
def test_bad_arrays_are_refused(call, i, what, bad):
    args = list(CALLS[call])
    call(*args)  # the good call works
    args[i] = bad
    with pytest.raises(ValueError, match=r"^\S+ got .+, expected .+; .+$"):
        call(*args)


def test_a_message_names_call_argument_shapes_and_next_step():
    with pytest.raises(ValueError, match=re.escape(
        "affine_forward got W of shape (2, 4), expected (d, m) where n = 5, d = 3; "
        "print the .shape of every argument, and transpose or reshape the one that differs"
    )):  # fmt: skip
        m.affine_forward(X, W2, b)
    with pytest.raises(ValueError, match=r"softmax_xent got Z\[4, 1\] = inf, expected finite numbers only; look for"):
        m.softmax_xent(np.where(np.arange(10).reshape(5, 2) == 9, np.inf, 0), y)
    with pytest.raises(ValueError, match=r"softmax_xent got the label 0\.5, expected whole numbers; look for prob"):
        m.softmax_xent(Z, y / 2)
    with pytest.raises(ValueError, match=r"softmax_xent got y\[1\] = nan"):
        m.softmax_xent(Z, np.where(np.arange(5) == 1, np.nan, y))
    with pytest.raises(ValueError, match=r"real numbers; convert"):
        m.affine_forward(X.astype(complex), W, b)


def test_networks_whose_layers_do_not_fit():
    for Ws, bs, message in [
        ([W, W], [b, b], r"Ws\[1\] \(3, 2\).*\(2, h\)"),
        ([W, W2], [b, b], r"bs\[1\] \(2,\)"),
        ([W, W2], [b], "2 weight matrices and 1 biases"),
        ([], [], "0 weight matrices"),
        ([W, W2 * np.nan], [b, np.ones(4)], r"Ws\[1\]\[0, 0\] = nan"),
    ]:
        with pytest.raises(ValueError, match=message):
            m.mlp_forward(X, Ws, bs)
    with pytest.raises(ValueError, match="collapse_linear"):
        m.collapse_linear([W, W], [b, b])
    with pytest.raises(ValueError, match="signal_profile"):
        m.signal_profile(X, [W, W], "relu", Z)
    with pytest.raises(ValueError, match="signal_profile got G"):
        m.signal_profile(X, [W], "relu", X)


def test_upstream_gradients_of_another_shape():
    _, cache = m.affine_forward(X, W, b)
    with pytest.raises(ValueError, match="affine_backward"):
        m.affine_backward(X, cache)
    _, cache = m.mlp_forward(X, [W, W2], [b, np.ones(4)])
    with pytest.raises(ValueError, match="affine_backward got G of shape"):
        m.mlp_backward(Z, cache)


def test_models():
    for sizes, options, message in [
        ([3, 0, 2], {}, r"sizes\[1\] = 0"),
        ([3], {}, "layers = 0"),
        ([3, 4, 2], {"activations": "rleu"}, "'rleu'"),
        ([3, 4, 2], {"activations": ["relu"]}, "1 activations, expected 2"),
        ([3, 2], {"target": "classes"}, "'classes'.*'categorical'"),
    ]:
        with pytest.raises(ValueError, match=message):
            m.MLP(sizes, RNG, **options)
    with pytest.raises(TypeError):
        m.MLP([3, 4, 2], RNG, "relu")
    model = m.MLP([3, 2], RNG)
    with pytest.raises(ValueError, match=r"MLP\.forward"):
        model.predict(Z)
    with pytest.raises(ValueError, match="labels from 1 to 2"):
        model.loss(X, y + 1)
