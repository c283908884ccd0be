"""``affine_backward``: three gradients from one, on a cache of the learner's own."""

from typing import Any

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.backprop.affine import batch
from autograde.exercises.backprop.affine_back_alternates import ALTERNATES
from autograde.exercises.backprop.batches import in_single, odd_sizes, output_and_cache
from autograde.exercises.drawing import Rng, eighths
from autograde.together import Together, together
from mlp_reference import layers


def _with_gradient(rng: Rng, n: int, d: int, h: int) -> Arguments:
    return *batch(rng, n, d, h), eighths(rng, n, h)


def _different(rng: Rng) -> Arguments:
    return _with_gradient(rng, *odd_sizes(rng, 3))


def _one_example(rng: Rng) -> Arguments:
    return _with_gradient(rng, 1, 3, 5)


def _narrow(rng: Rng) -> Arguments:
    d, h = rng.permutation([1, 4])
    return _with_gradient(rng, 3, int(d), int(h))


def _square(rng: Rng) -> Arguments:
    return _with_gradient(rng, 4, 4, 4)


def _later_call(rng: Rng) -> Arguments:
    """Another batch of the same shape goes forward before the first one goes back."""
    sizes = odd_sizes(rng, 3)
    return *_with_gradient(rng, *sizes), *batch(rng, *sizes)


def _gradients(fn: Together, X: Any, W: Any, b: Any, G: Any, *later: Any) -> Any:
    _, cache = output_and_cache(fn["affine_forward"](X, W, b))
    if later:
        fn["affine_forward"](*later)
    return fn["affine_backward"](G, cache)


def _script(args: Arguments) -> str:
    between = "affine_forward(X2, W2, b2)  # must leave the first cache alone\n" if len(args) > 4 else ""
    return f"Z, cache = affine_forward(X, W, b)\n{between}dX, dW, db = affine_backward(G, cache)"


_RIGHT = """
def affine_forward(X, W, b):
    cache = X, W
    return X @ W + b, cache

def affine_backward(G, cache):
    X, W = cache
    n = len(X)
    dX = G @ W.T
    dW = X.T @ G
    db = G.sum(axis=0)
    return dX, dW, db
"""
_DX, _DW, _DB = "G @ W.T", "X.T @ G", "G.sum(axis=0)"

AFFINE_BACKWARD = Exercise(
    name="affine_backward",
    reference=together(layers.affine_forward, layers.affine_backward),
    outputs=("dX", "dW", "db"),
    probe=_gradients,
    given=("X", "W", "b", "G", "X2", "W2", "b2"),
    script=_script,
    cases=[
        Case("batches of any shape", [_different, _different, in_single(_different)], times=6),
        Case("a single example", [_one_example], times=2),
        Case("one input, or one output", [_narrow], times=3),
        Case("n = d = h: no error tells of a wrong axis", [_square], times=2),
        Case("another forward call in between", [_later_call], times=2),
    ],
    misconceptions=[
        Misconception(
            "the last forward call instead of the cache",
            """
def affine_forward(X, W, b):
    global kept
    kept = X, W
    return X @ W + b, None

def affine_backward(G, cache):
    X, W = kept
    return G @ W.T, X.T @ G, G.sum(axis=0)
""",
            "What the forward pass keeps must travel in the cache. A global variable knows only the latest call, and a net with two layers makes two.",
        ),
        Misconception(
            "W of the last forward call, X of the right one",
            variant(
                _RIGHT,
                ("    cache = X, W", "    global last\n    last, cache = W, X"),
                ("X, W = cache", "X, W = cache, last"),
            ),
            "What the forward pass keeps must travel in the cache, the weights too. A global variable knows only the latest call.",
        ),
        Misconception(
            "db is not summed over the batch",
            variant(_RIGHT, (_DB, "G")),
            "b has shape (d_out,), and its gradient too. The same b is added in every row, so its effects add up: sum over the rows.",
        ),
        Misconception(
            "db is a mean",
            variant(_RIGHT, (_DB, "G.mean(axis=0)")),
            "Every path is summed. The 1/n of the loss is in G already.",
        ),
        Misconception(
            "db is summed along the wrong axis",
            variant(_RIGHT, (_DB, "G.sum(axis=1)")),
            "db has one entry for each output: the sum runs over the examples, axis 0.",
        ),
        Misconception(
            "db is one number",
            variant(_RIGHT, (_DB, "G.sum()")),
            "db has one entry for each output: sum over the examples only, `axis=0`.",
        ),
        Misconception(
            "db is a row of shape (1, d_out)",
            variant(_RIGHT, (_DB, "G.sum(axis=0, keepdims=True)")),
            "A gradient has the shape of what it belongs to, and b has shape (d_out,): leave `keepdims` away.",
        ),
        Misconception(
            "db is all ones",
            variant(_RIGHT, (_DB, "np.ones(G.shape[1])")),
            "dZ/db is 1, but that is the *local* derivative. Multiply it by G and sum over the rows.",
        ),
        Misconception(
            "db counts the rows",
            variant(_RIGHT, (_DB, "len(G) * np.ones(G.shape[1])")),
            "dZ/db is 1, but that is the *local* derivative. Multiply it by G and sum over the rows.",
        ),
        Misconception(
            "dW is divided by n",
            variant(_RIGHT, (_DW, "X.T @ G / n")),
            "The 1/n of the mean is in G already: the loss put it there. Dividing again makes the step too small.",
        ),
        Misconception(
            "the parameters' gradients are divided by n",
            variant(_RIGHT, (_DW, "X.T @ G / n"), (_DB, "G.mean(axis=0)")),
            "The 1/n of the mean is in G already: the loss put it there. Dividing again makes the step too small.",
        ),
        Misconception(
            "all gradients are divided by n",
            variant(_RIGHT, (_DX, "G @ W.T / n"), (_DW, "X.T @ G / n"), (_DB, "G.mean(axis=0)")),
            "The 1/n of the mean is in G already: the loss put it there.",
        ),
        Misconception(
            "dW is transposed",
            variant(_RIGHT, (_DW, "G.T @ X")),
            "A gradient has the shape of what it belongs to: dW is (d_in, d_out), as W is.",
        ),
        Misconception(
            "W is not transposed in dX",
            variant(_RIGHT, (_DX, "G @ W")),
            "G is (n, d_out) and W (d_in, d_out): the sum runs over the outputs, so W must be turned, `W.T`.",
        ),
        Misconception(
            "X is not transposed in dW",
            variant(_RIGHT, (_DW, "X @ G")),
            "The sum in dW runs over the examples, the first axis of both: turn X, `X.T @ G`.",
        ),
        Misconception(
            "dX is transposed",
            variant(_RIGHT, (_DX, "W @ G.T")),
            "A gradient has the shape of what it belongs to: dX is (n, d_in), as X is.",
        ),
        Misconception(
            "the derivatives without G",
            variant(
                _RIGHT,
                (_DX, "np.ones(G.shape) @ W.T"),
                (_DW, "X.T @ np.ones(G.shape)"),
                (_DB, "np.full(G.shape[1], float(n))"),
            ),
            "These are derivatives of the *sum* of Z. The chain rule multiplies by what comes from above: G.",
        ),
        Misconception(
            "dX is W itself",
            variant(_RIGHT, (_DX, "W.T")),
            "W (turned) is the local derivative dZ/dX. The chain rule multiplies it by what comes from above: G.",
        ),
        Misconception(
            "dW from the first example only",
            variant(_RIGHT, (_DW, "np.outer(X[0], G[0])")),
            "Each example has an outer product of its own; W is shared by all of them, so their sum counts: `X.T @ G`.",
        ),
        Misconception(
            "dW uses W in the place of X",
            variant(_RIGHT, (_DW, "W.T @ G")),
            "What is multiplied with W on the way forward is X, so X is what dW is made of.",
        ),
        Misconception(
            "the cache holds Z instead of X",
            variant(_RIGHT, ("cache = X, W", "cache = X @ W + b, W")),
            "dW is made of the layer's *input*. Keep X in the cache, not the output.",
        ),
        Misconception(
            "dW and db are exchanged",
            variant(_RIGHT, ("return dX, dW, db", "return dX, db, dW")),
            "The order is (dX, dW, db), that of the arguments of affine_forward.",
        ),
        Misconception(
            "dX stands last",
            variant(_RIGHT, ("return dX, dW, db", "return dW, db, dX")),
            "The order is (dX, dW, db), that of the arguments of affine_forward.",
        ),
        Misconception(
            "dX and dW are exchanged",
            variant(_RIGHT, ("return dX, dW, db", "return dW, dX, db")),
            "The order is (dX, dW, db), that of the arguments of affine_forward.",
        ),
        Misconception(
            "dX is left out",
            variant(_RIGHT, ("return dX, dW, db", "return dW, db")),
            "The layer below needs dX, it is *its* G: return all three.",
        ),
        Misconception(
            "all gradients have the wrong sign",
            variant(_RIGHT, (_DX, "-G @ W.T"), (_DW, "-X.T @ G"), (_DB, "-G.sum(axis=0)")),
            "A gradient points uphill. The minus belongs to the step of gradient descent, not to the gradient.",
        ),
        Misconception(
            "the slope of an activation is mixed in",
            variant(_RIGHT, ("    n = len(X)\n", "    n = len(X)\n    G = G * (G > 0)\n")),
            "This layer has no activation: G is used as it comes.",
        ),
        Misconception(
            "the caller's G is changed",
            variant(
                _RIGHT,
                ("    n = len(X)\n", "    n = len(X)\n    G /= n\n"),
                (_DX, "G @ W.T * n"),
                (_DW, "X.T @ G * n"),
                (_DB, "G.sum(axis=0) * n"),
            ),
            "`G /= ...` changes the array of the caller. Use a new name for what you make of it.",
        ),
        Misconception(
            "the caller's G is changed",
            variant(_RIGHT, ("    n = len(X)\n", "    n = len(X)\n    G /= n\n")),
            "`G /= ...` changes the array of the caller; and the 1/n of the mean is in G already.",
        ),
        Misconception(
            "the weights are updated already",
            variant(_RIGHT, ("    return dX", "    W -= 0.1 * dW\n    return dX")),
            "The backward pass computes gradients. The step is the optimizer's, later: here W must stay as it is.",
        ),
    ],
    alternates=ALTERNATES,
    hints=[
        "Write one entry: Z_ic = sum over r of X_ir W_rc, plus b_c. Which entries of Z does W_rc touch? Multiply each of these local derivatives by its G_ic and add. Then the same for X_ir and b_c.",
        "dW_rc = sum over i of X_ir G_ic; dX_ir = sum over c of G_ic W_rc; db_c = sum over i of G_ic. Each is a product of two matrices, one of them turned, or a sum along one axis. The shapes leave one way to write them.",
        "`dX = G @ W.T`, `dW = X.T @ G`, and db is G summed over the examples, axis 0. X and W come out of your cache.",
    ],
)
