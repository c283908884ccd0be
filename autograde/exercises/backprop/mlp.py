"""``mlp_forward``: any number of layers, a ReLU after each but the last."""

from typing import Any

from autograde.exercise import Arguments, Case, Exercise, Misconception, variant
from autograde.exercises.backprop.batches import in_single, layers, odd_sizes, output_and_cache
from autograde.exercises.drawing import Rng, eighths
from mlp_reference import mlp


def net(rng: Rng, n: int, sizes: list[int]) -> Arguments:
    """``X, Ws, bs``."""
    return eighths(rng, n, sizes[0]), *layers(rng, sizes)


def three_layers(rng: Rng) -> Arguments:
    """Five different sizes."""
    n, *sizes = odd_sizes(rng, 5)
    return net(rng, n, sizes)


def one_layer(rng: Rng) -> Arguments:
    return net(rng, 5, [3, 4])


def deep(rng: Rng) -> Arguments:
    """Six layers of unlike widths."""
    return net(rng, 7, [3, 8, 6, 9, 5, 7, 4])


def one_example(rng: Rng) -> Arguments:
    return net(rng, 1, [3, 6, 5, 2])


def all_alike(rng: Rng) -> Arguments:
    """n and every width are 4."""
    return net(rng, 4, [4, 4, 4, 4])


def output(fn: Any, X: Any, Ws: Any, bs: Any) -> Any:
    """What is judged: the output alone."""
    return output_and_cache(fn(X, Ws, bs))[0]


_RIGHT = """
def mlp_forward(X, Ws, bs):
    H, cache, L = X, [], len(Ws)
    for l in range(L):
        cache.append((H, Ws[l]))
        Z = H @ Ws[l] + bs[l]
        H = np.maximum(Z, 0)
    return Z, cache
"""
_RELU = "np.maximum(Z, 0)"


def _activated(activation: str) -> Misconception:
    return Misconception(
        "another activation than the ReLU",
        variant(_RIGHT, (_RELU, activation)),
        "The hidden layers of this net are ReLUs: `np.maximum(Z, 0)`.",
    )


MLP_FORWARD = Exercise(
    name="mlp_forward",
    reference=mlp.mlp_forward,
    probe=output,
    cases=[
        Case("three layers of any width", [three_layers, three_layers, in_single(three_layers)], times=6),
        Case("one layer: no ReLU at all", [one_layer], times=2),
        Case("six layers", [deep], times=2),
        Case("a single example", [one_example], times=2),
        Case("all widths alike, and n too", [all_alike], times=2),
    ],
    misconceptions=[
        Misconception(
            "a ReLU after the last layer, too",
            variant(_RIGHT, ("return Z, cache", "return H, cache")),
            "The output layer stays linear: its numbers are logits, and those may be negative.",
        ),
        Misconception(
            "no ReLU anywhere",
            variant(_RIGHT, (_RELU, "Z")),
            "Without an activation in between the whole stack is one affine map (notebook 02).",
        ),
        Misconception(
            "a ReLU before the first layer",
            variant(_RIGHT, ("H, cache, L = X", "H, cache, L = np.maximum(X, 0)")),
            "The input goes into the first layer as it is.",
        ),
        Misconception(
            "ReLU only after the first layer",
            variant(_RIGHT, (_RELU, "np.maximum(Z, 0) if l == 0 else Z")),
            "Every layer but the last is followed by a ReLU.",
        ),
        Misconception(
            "the layer before the last has no ReLU",
            variant(_RIGHT, (_RELU, "np.maximum(Z, 0) if l < L - 2 else Z")),
            "Every layer but the last is followed by a ReLU, also the one before the last: look at where your loop ends.",
        ),
        Misconception(
            "np.max instead of np.maximum",
            variant(_RIGHT, (_RELU, "np.max(Z, 0)")),
            "`np.max(Z, 0)` is the largest entry of each *column*; the 0 is taken for an axis. Entry by entry it is `np.maximum(Z, 0)`.",
        ),
        Misconception(
            "the mask instead of the values",
            variant(_RIGHT, (_RELU, "1.0 * (Z > 0)")),
            "`Z > 0` is the ReLU's slope. Its value is Z there: `np.maximum(Z, 0)`.",
        ),
        Misconception(
            "the negative part",
            variant(_RIGHT, (_RELU, "np.minimum(Z, 0)")),
            "The ReLU keeps what is positive: `np.maximum(Z, 0)`.",
        ),
        _activated("1 / (1 + np.exp(-Z))"),
        _activated("np.tanh(Z)"),
        _activated("np.abs(Z)"),
        _activated("np.where(Z > 0, Z, 0.01 * Z)"),
        Misconception(
            "the biases are left out",
            variant(_RIGHT, (" + bs[l]", "")),
            "Each layer adds its bias before the ReLU.",
        ),
        Misconception(
            "the last bias is left out",
            variant(_RIGHT, (" + bs[l]", " + (bs[l] if l < L - 1 else 0)")),
            "The output layer has a bias as well.",
        ),
        Misconception(
            "the bias is added after the ReLU",
            variant(
                _RIGHT,
                ("Z = H @ Ws[l] + bs[l]", "Z = H @ Ws[l]"),
                (_RELU, "np.maximum(Z, 0) + bs[l]"),
                ("return Z", "return Z + bs[-1]"),
            ),
            "First the whole affine map, X W + b, then the ReLU: the bias decides where the kink is.",
        ),
        Misconception(
            "the weights are transposed",
            variant(_RIGHT, ("H @ Ws[l]", "H @ Ws[l].T")),
            "W has shape (d_in, d_out), so H @ W fits as it is.",
        ),
        Misconception(
            "the layers in reverse order",
            variant(_RIGHT, ("range(L)", "reversed(range(L))")),
            "Ws[0] belongs to the input. Backwards is the other function.",
        ),
        Misconception(
            "the last layer is left out",
            variant(_RIGHT, ("range(L)", "range(max(L - 1, 1))")),
            "The loop must reach the output layer too; it only has no ReLU.",
        ),
        Misconception(
            "every layer reads the input",
            variant(_RIGHT, ("H @ Ws[l]", "X @ Ws[l]")),
            "A layer's input is the output of the layer below: use H, which changes in the loop.",
        ),
        Misconception(
            "something else than a pair is returned",
            variant(_RIGHT, ("return Z, cache", "return Z")),
            "Return exactly two things, `return Z, cache`; the second one is what `mlp_backward` will be given.",
        ),
        Misconception(
            "cache and output are exchanged",
            variant(_RIGHT, ("return Z, cache", "return cache, Z")),
            "The output comes first: `return Z, cache`.",
        ),
        Misconception(
            "the outputs of all layers",
            variant(
                _RIGHT,
                ("H, cache, L = X, [], len(Ws)", "H, cache, L, Zs = X, [], len(Ws), []"),
                ("        H = np", "        Zs.append(Z)\n        H = np"),
                ("return Z,", "return Zs,"),
            ),
            "The first thing returned is the last layer's output alone. What the other layers computed belongs into the cache.",
        ),
        Misconception(
            "the caller's lists are emptied",
            variant(
                _RIGHT,
                ("Ws[l]))", "W))"),
                ("Z = H @ Ws[l] + bs[l]", "Z = H @ W + b"),
                ("        cache.append", "        W, b = Ws.pop(0), bs.pop(0)\n        cache.append"),
            ),
            "`pop` takes the layers out of the caller's own list. Loop over them: `for W, b in zip(Ws, bs)`.",
        ),
    ],
    alternates=[
        """
def mlp_forward(X, Ws, bs):
    Zs, Hs = [], [X]
    for i, (W, b) in enumerate(zip(Ws, bs)):
        Zs.append(np.dot(Hs[-1], W) + b[None, :])
        if i + 1 < len(Ws):
            Hs.append(Zs[-1] * (Zs[-1] > 0))
    return Zs[-1], {"Zs": Zs, "Hs": Hs, "Ws": Ws}
""",
        """
def mlp_forward(X, Ws, bs):
    if len(Ws) == 1:
        return X @ Ws[0] + bs[0], (X, Ws[0], None)
    hidden = X @ Ws[0] + bs[0]
    Z, rest = mlp_forward(np.where(hidden < 0, 0, hidden), Ws[1:], bs[1:])
    return Z, (X, Ws[0], rest)
""",
        """
def mlp_forward(X, Ws, bs):
    out = []
    for x in X:
        h = x
        for W, b in zip(Ws[:-1], bs[:-1]):
            h = np.array([max(0.0, float(h @ W[:, j] + b[j])) for j in range(len(b))])
        out.append(h @ Ws[-1] + bs[-1])
    return out, lambda: None
""",
        """
def layer(H, W, b):
    return np.einsum("nd,dh->nh", H, W) + b

def mlp_forward(X, Ws, bs):
    cache, H = [X], np.asarray(X, dtype=np.float64)
    *hidden, last = zip(Ws, bs)
    for W, b in hidden:
        H = np.clip(layer(H, W, b), 0, None)
        cache.append(H)
    return [layer(H, *last), cache]
""",
    ],
    hints=[
        "A loop over the layers; one variable, H, is what goes into the next one. Which layer is different, and in what? And what did `affine_backward` need to know of each layer?",
        "`for W, b in zip(Ws, bs):` compute Z = H @ W + b, then H = np.maximum(Z, 0) for the next round. After the loop Z is the output: its ReLU is never used.",
        "Before H is overwritten, `cache.append((H, W))`: the input and the weights of every layer. Whether a hidden unit was on can be seen from the next layer's input, which is above 0 there.",
    ],
)
