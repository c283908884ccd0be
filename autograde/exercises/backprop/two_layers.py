"""``two_layer_grads``: the whole backward pass of the smallest network, written out by hand."""

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.backprop.batches import in_single, labels, odd_sizes
from autograde.exercises.backprop.two_layers_alternates import ALTERNATES
from autograde.exercises.drawing import Rng, eighths
from mlp_reference import two_layer


def _net(rng: Rng, n: int, d: int, h: int, k: int) -> Arguments:
    return eighths(rng, n, d), labels(rng, n, k), eighths(rng, d, h) / 4, eighths(rng, h, k)


def _different(rng: Rng) -> Arguments:
    return _net(rng, *odd_sizes(rng, 4))


def _one_example(rng: Rng) -> Arguments:
    X, _, W1, W2 = _net(rng, 1, 3, 5, 4)
    return X, rng.integers(0, 4, 1), W1, W2


def _square(rng: Rng) -> Arguments:
    """n = d = h = k."""
    return _net(rng, 4, 4, 4, 4)


def _unused_class(rng: Rng) -> Arguments:
    X, y, W1, W2 = _net(rng, 5, 2, 3, 6)
    return X, y % 4, W1, W2


def _large(rng: Rng) -> Arguments:
    """Half-saturated units and output weights of thousands: the logits are too."""
    X, y, W1, W2 = _net(rng, 5, 3, 4, 3)
    return X, y, W1, 2000 * W2


def _saturated(rng: Rng) -> Arguments:
    """Pre-activations of thousands in the hidden layer, of both signs, next to moderate ones."""
    X, y, W1, W2 = _net(rng, 7, 3, 4, 3)
    W1[:, 1:3] *= 4000
    return X, y, W1, W2


_RIGHT = """
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z > 0, 1, e) / (1 + e)

def two_layer_grads(X, y, W1, W2):
    n = len(y)
    A = X @ W1
    H = sigmoid(A)
    Z = H @ W2
    S = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(S)
    G = E / E.sum(axis=1, keepdims=True)
    loss = (np.log(E.sum(axis=1)) - S[np.arange(n), y]).mean()
    G[np.arange(n), y] -= 1
    G = G / n
    slope = H * (1 - H)
    dW2 = H.T @ G
    dW1 = X.T @ (G @ W2.T * slope)
    return loss, dW1, dW2
"""
_SHIFT, _SLOPE, _DW1, _DW2 = (
    "S = Z - Z.max(axis=1, keepdims=True)",
    "H * (1 - H)",
    "X.T @ (G @ W2.T * slope)",
    "H.T @ G",
)
_LOSS = "(np.log(E.sum(axis=1)) - S[np.arange(n), y]).mean()"

TWO_LAYER_GRADS = Exercise(
    name="two_layer_grads",
    reference=two_layer.two_layer_grads,
    outputs=("loss", "dW1", "dW2"),
    cases=[
        Case("nets of any shape", [_different, _different, in_single(_different)], times=6),
        Case("a single example", [_one_example], times=2),
        Case("n = d = h = k: no error tells of a wrong axis", [_square], times=2),
        Case("classes that no example has", [_unused_class]),
        Case("saturated hidden units", [_saturated], times=2),
        Case("logits of thousands: finite and exact", [_large], times=2),
    ],
    misconceptions=[
        Misconception(
            "the slope of the sigmoid is left out",
            variant(_RIGHT, (_DW1, "X.T @ (G @ W2.T)")),
            "On the way from H to the hidden pre-activations stands the sigmoid: multiply, entry by entry, by its slope H (1 - H).",
        ),
        Misconception(
            "the sigmoid's slope is taken at H",
            variant(_RIGHT, (_SLOPE, "sigmoid(H) * (1 - sigmoid(H))")),
            "The derivative belongs to the *pre-activation*: sigma'(X W1). With H = sigma(X W1) that is H (1 - H); you applied the sigmoid twice.",
        ),
        Misconception(
            "A (1 - A) with the pre-activation",
            variant(_RIGHT, (_SLOPE, "A * (1 - A)")),
            "sigma' = sigma (1 - sigma): the factors are the *outputs* H of the sigmoid, not what went in.",
        ),
        Misconception(
            "the slope is only 1 - H",
            variant(_RIGHT, (_SLOPE, "1 - H")),
            "sigma' = sigma (1 - sigma) has two factors.",
        ),
        Misconception(
            "the slope is only H",
            variant(_RIGHT, (_SLOPE, "H")),
            "sigma' = sigma (1 - sigma): the second factor is missing.",
        ),
        Misconception(
            "the slope of a ReLU",
            variant(_RIGHT, (_SLOPE, "(A > 0).astype(float)")),
            "The hidden layer here is a sigmoid; its slope is H (1 - H).",
        ),
        Misconception(
            "the slope of tanh",
            variant(_RIGHT, (_SLOPE, "1 - H**2")),
            "1 - H^2 is the slope of tanh. The sigmoid has H (1 - H).",
        ),
        Misconception(
            "a ReLU net",
            variant(_RIGHT, ("H = sigmoid(A)", "H = np.maximum(A, 0)"), (_SLOPE, "(A > 0) * 1.0")),
            "The hidden layer of this exercise is a sigmoid, not a ReLU.",
        ),
        *[
            Misconception(
                "tanh in the hidden layer",
                variant(_RIGHT, ("H = sigmoid(A)", "H = np.tanh(A)"), (_SLOPE, slope)),
                "The hidden layer of this exercise is the sigmoid 1 / (1 + exp(-A)), with the slope H (1 - H); tanh lies between -1 and 1.",
            )
            for slope in ("1 - H**2", "H * (1 - H)")
        ],
        Misconception(
            "no activation in the hidden layer",
            variant(_RIGHT, ("H = sigmoid(A)", "H = A"), (_SLOPE, "1")),
            "Between the two layers stands the sigmoid: H = sigma(X W1). Without it the net is a single linear map.",
        ),
        *[
            Misconception(
                "the slope of the sigmoid in dW2",
                variant(_RIGHT, (_DW2, dW2)),
                "On the way from the loss to W2 there is no sigmoid yet: dW2 = H^T G, without a slope. The slope belongs to dW1 alone.",
            )
            for dW2 in ("(H * slope).T @ G", "slope.T @ G")
        ],
        Misconception(
            "the gradient has an extra softmax derivative",
            variant(
                _RIGHT,
                (
                    "    G[np.arange(n), y] -= 1\n    G = G / n\n",
                    "    P = G.copy()\n    G[np.arange(n), y] -= 1\n    G = G * P * (1 - P) / n\n",
                ),
            ),
            "S - Y *is* the gradient by the logits: the derivative of softmax is in it already.",
        ),
        Misconception(
            "only one term of the loss is shifted",
            variant(_RIGHT, (_LOSS, _LOSS.replace("S[", "Z["))),
            "The shift cancels only if it stands in both terms of log(sum of exp) - z_y: shift z_y as well.",
        ),
        Misconception(
            "0 times the log of 0",
            variant(_RIGHT, (_LOSS, "-(np.eye(W2.shape[1])[y] * np.log(G)).sum(axis=1).mean()")),
            "Where a probability rounds to 0 its log is -inf, and one-hot's 0 times -inf is nan, not 0. Use log(sum of exp) - z_y of the label, with shifted logits.",
        ),
        Misconception(
            "a sigmoid on the output, too",
            variant(_RIGHT, ("Z = H @ W2", "Z = sigmoid(H @ W2)")),
            "The logits H W2 go into softmax as they are.",
        ),
        Misconception(
            "no 1/n in the gradients",
            variant(_RIGHT, ("    G = G / n\n", "")),
            "The loss is a mean: S - Y carries the factor 1/n. (Notes that drop it mean the *sum* of the losses.)",
        ),
        Misconception(
            "the loss and its gradients are sums",
            variant(_RIGHT, ("    G = G / n\n", ""), (_LOSS, _LOSS.replace("mean", "sum"))),
            "Loss and gradients belong to the mean over the batch: divide by n.",
        ),
        Misconception(
            "the loss is a sum instead of a mean",
            variant(_RIGHT, (_LOSS, _LOSS.replace("mean", "sum"))),
            "The loss is the mean over the batch. (Your gradients are already those of the mean.)",
        ),
        Misconception(
            "divided by n twice",
            variant(_RIGHT, (_DW1, _DW1 + " / n"), (_DW2, _DW2 + " / n")),
            "The 1/n enters once, with G = (S - Y)/n, and travels down from there.",
        ),
        Misconception(
            "the labels are not subtracted",
            variant(_RIGHT, ("    G[np.arange(n), y] -= 1\n", "")),
            "The gradient by the logits is softmax *minus* one-hot.",
        ),
        Misconception(
            "the gradients have the wrong sign",
            variant(_RIGHT, ("G = G / n", "G = -G / n")),
            "The gradient by the logits is S - Y, not Y - S.",
        ),
        Misconception(
            "dW2 from the pre-activations",
            variant(_RIGHT, (_DW2, "A.T @ G")),
            "What is multiplied by W2 on the way forward is H, *after* the sigmoid: dW2 = H^T G.",
        ),
        Misconception(
            "dW2 is transposed",
            variant(_RIGHT, (_DW2, "G.T @ H")),
            "A gradient has the shape of what it belongs to: dW2 is (h, k), as W2 is.",
        ),
        Misconception(
            "dW1 is transposed",
            variant(_RIGHT, (_DW1, "(G @ W2.T * slope).T @ X")),
            "A gradient has the shape of what it belongs to: dW1 is (d, h), as W1 is.",
        ),
        Misconception(
            "W2 is not transposed",
            variant(_RIGHT, (_DW1, "X.T @ (G @ W2 * slope)")),
            "On the way back W2 is turned: (n, k) times (k, h).",
        ),
        Misconception(
            "the slope enters before W2",
            variant(_RIGHT, (_DW1, "X.T @ (G * slope @ W2.T)")),
            "Backwards the order is turned around: first through W2 (to the shape of H), then through the sigmoid.",
        ),
        Misconception(
            "the chain to dW1 skips W2",
            variant(_RIGHT, (_DW1, "X.T @ (G * slope)")),
            "Between the logits and the hidden layer stands W2: G must pass through it, `G @ W2.T`.",
        ),
        Misconception(
            "dW1 and dW2 are exchanged",
            variant(_RIGHT, ("return loss, dW1, dW2", "return loss, dW2, dW1")),
            "The order is (loss, dW1, dW2).",
        ),
        Misconception(
            "the loss stands last",
            variant(_RIGHT, ("return loss, dW1, dW2", "return dW1, dW2, loss")),
            "The order is (loss, dW1, dW2).",
        ),
        Misconception(
            "the gradients alone are returned",
            variant(_RIGHT, ("return loss, dW1, dW2", "return dW1, dW2")),
            "Three things are asked for: (loss, dW1, dW2).",
        ),
        Misconception(
            "softmax along the wrong axis",
            variant(_RIGHT, ("G = E / E.sum(axis=1, keepdims=True)", "G = E / E.sum(axis=0, keepdims=True)")),
            "Each row is one example, and its probabilities add up to 1: axis 1.",
        ),
        Misconception(
            "exp overflows in the softmax",
            variant(_RIGHT, (_SHIFT, "S = Z")),
            "Logits of thousands need softmax with the row's maximum subtracted: exp(1000) is inf.",
        ),
        Misconception(
            "the log of a probability that rounded to 0",
            variant(_RIGHT, (_LOSS, "-np.log(G[np.arange(n), y]).mean()")),
            "Where the net is very sure and wrong, p rounds to 0 and its log is -inf: use log(sum of exp) - z_y with shifted logits.",
        ),
        *[
            Misconception(
                "a small number is added inside the log",
                variant(_RIGHT, (_LOSS, f"-np.log(G[np.arange(n), y] + {eps}).mean()")),
                "A small number inside the log, added or as a limit, hides the infinity. But the loss of a sure and wrong prediction grows with the logits, and yours stops at the logarithm of that number.",
            )
            for eps in (1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-300)
        ],
        Misconception(
            "the sigmoid is not exact for large inputs",
            variant(
                _RIGHT,
                (
                    "    e = np.exp(-np.abs(z))\n    return np.where(z > 0, 1, e) / (1 + e)",
                    "    return np.exp(z) / (1 + np.exp(z))",
                ),
            ),
            "exp(1000) is inf, and inf / inf is nan. 1 / (1 + exp(-z)) is right in both tails.",
        ),
        Misconception(
            "the classes are counted by the labels",
            variant(_RIGHT, ("    G[np.arange(n), y] -= 1\n", "    G = G - np.eye(y.max() + 1)[y]\n")),
            "A batch need not contain every class. The number of classes is the number of columns of W2.",
        ),
    ],
    alternates=ALTERNATES,
    hints=[
        "Go forward and keep what you meet: the hidden pre-activations, H, the logits. Then go back in the reverse order: logits, W2, H, the sigmoid, W1. At each stop ask what shape the gradient must have.",
        "G = (softmax - one-hot)/n has shape (n, k). dW2 has shape (h, k), so it is H turned, times G. Through W2 back to the hidden layer: G @ W2.T, shape (n, h). Through the sigmoid: times H (1 - H), entry by entry.",
        "dW1 = `X.T @ ((G @ W2.T) * H * (1 - H))`, dW2 = `H.T @ G`. The loss: shift each row of logits by its maximum, then log(sum of exp) minus the label's entry, and the mean.",
    ],
)
