"""Wrong answers to ``mlp_backward``."""

from autograde.exercise import Misconception, variant

_RIGHT = """
def mlp_forward(X, Ws, bs):
    H, Hs, Zs = X, [], []
    for W, b in zip(Ws, bs):
        Hs.append(H)
        Zs.append(H @ W + b)
        H = np.maximum(Zs[-1], 0)
    return Zs[-1], (Hs, Zs, Ws)

def mlp_backward(G, cache):
    Hs, Zs, Ws = cache
    L, n = len(Ws), len(G)
    dWs, dbs = [None] * L, [None] * L
    for l in reversed(range(L)):
        if l < L - 1:
            G = G * (Zs[l] > 0)
        dWs[l] = Hs[l].T @ G
        dbs[l] = G.sum(axis=0)
        G = G @ Ws[l].T
    return dWs, dbs
"""
_MASK, _DW, _DB, _DOWN = "G * (Zs[l] > 0)", "Hs[l].T @ G", "G.sum(axis=0)", "G = G @ Ws[l].T"
_RETURN = "return dWs, dbs"


def _slope(instead: str, name: str, hint: str) -> Misconception:
    return Misconception(name, variant(_RIGHT, (_MASK, instead)), hint)


_LATEST = """
def mlp_forward(X, Ws, bs):
    global Hs, weights
    Hs, weights = [X], Ws
    for W, b in zip(Ws, bs):
        Hs.append(np.maximum(Hs[-1] @ W + b, 0))
    return Hs[-2] @ Ws[-1] + bs[-1], None

def mlp_backward(G, cache):
    dWs, dbs = [], []
    for l in reversed(range(len(weights))):
        dWs.insert(0, Hs[l].T @ G)
        dbs.insert(0, G.sum(axis=0))
        G = (G @ weights[l].T) * (Hs[l] > 0)
    return dWs, dbs
"""

MISCONCEPTIONS = [
    _slope(
        "G",
        "the slope of the ReLU is left out",
        "Where a hidden unit was off, nothing of it reached the loss: multiply G by (Z > 0), entry by entry, before it passes the layer. Or is your mask always 1? A ReLU's output is never below 0, so H >= 0 holds everywhere: ask for H > 0.",
    ),
    _slope(
        "G * (Zs[l] >= 0)",
        "at the kink the slope is taken as 1",
        "The course takes the slope from the left, relu'(0) = 0: ask for Z > 0, not Z >= 0.",
    ),
    _slope(
        "G * 0.5 * (np.sign(Zs[l]) + 1)",
        "at the kink the slope is taken as 1/2",
        "The course takes the slope from the left, relu'(0) = 0.",
    ),
    _slope(
        "np.maximum(G, 0)",
        "the ReLU is applied to the gradient",
        "The mask asks where the *pre-activation* was positive, on the way forward. G may have any sign: `G * (Z > 0)`.",
    ),
    _slope(
        "G * (G > 0)",
        "the ReLU is applied to the gradient",
        "The mask asks where the *pre-activation* was positive, on the way forward. G may have any sign: `G * (Z > 0)`.",
    ),
    _slope(
        "G * np.maximum(Zs[l], 0)",
        "the ReLU's value instead of its slope",
        "The chain rule multiplies by the slope, 0 or 1, not by the value of the ReLU.",
    ),
    _slope(
        "G * Zs[l]",
        "multiplied by the pre-activation",
        "The chain rule multiplies by the slope of the ReLU at Z, which is 0 or 1.",
    ),
    _slope(
        "G * (Zs[l] < 0)",
        "the mask is upside down",
        "The ReLU lets through what is positive: the slope is 1 where Z > 0.",
    ),
    _slope(
        "G * np.where(Zs[l] > 0, 1, 0.01)",
        "the slope of a leaky ReLU",
        "This net's ReLU is not leaky: its slope on the left is 0.",
    ),
    _slope(
        "G * (1 - np.tanh(Zs[l]) ** 2)",
        "the slope of tanh",
        "The hidden layers are ReLUs: their slope is 1 where Z > 0, else 0.",
    ),
    Misconception(
        "the output is masked, too",
        variant(_RIGHT, ("if l < L - 1:", "if True:")),
        "After the last layer there is no ReLU, so G meets it unmasked.",
    ),
    Misconception(
        "the layer before the last is not masked",
        variant(_RIGHT, ("if l < L - 1:", "if l < L - 2:")),
        "Only the output layer has no ReLU. The one before it has: look at where your condition ends.",
    ),
    Misconception(
        "only the first layer is masked",
        variant(_RIGHT, ("if l < L - 1:", "if l == 0 and L > 1:")),
        "Every hidden layer has a ReLU, and each one masks G.",
    ),
    Misconception(
        "the mask comes after the gradients of its layer",
        variant(
            _RIGHT,
            ("        if l < L - 1:\n            G = G * (Zs[l] > 0)\n", ""),
            (_DOWN, "G = (G * (Zs[l] > 0) if l < L - 1 else G) @ Ws[l].T"),
        ),
        "dW and db of a layer are made of dloss/dZ, *behind* its ReLU seen from the loss: mask first, then compute both.",
    ),
    Misconception(
        "the mask of the input instead of the layer's own",
        variant(_RIGHT, (_MASK, "G"), (_DOWN, "G = G @ (Ws[l] * (Ws[l] > 0)).T")),
        "What is switched on or off is a unit for an example, not a weight: the mask is (Z > 0), of shape (n, d_out).",
    ),
    Misconception(
        "the gradients in reverse order",
        variant(_RIGHT, (_RETURN, "return dWs[::-1], dbs[::-1]")),
        "You go backwards, so the last layer comes first: turn both lists around before you return them.",
    ),
    Misconception(
        "the gradients of the weights in reverse order",
        variant(_RIGHT, (_RETURN, "return dWs[::-1], dbs")),
        "Both lists are asked for in layer order.",
    ),
    Misconception(
        "the gradients of the biases in reverse order",
        variant(_RIGHT, (_RETURN, "return dWs, dbs[::-1]")),
        "Both lists are asked for in layer order: dbs is still the other way round.",
    ),
    Misconception(
        "db is not summed over the batch",
        variant(_RIGHT, (_DB, "G.copy()")),
        "Each bias has one gradient, the sum over the examples: `G.sum(axis=0)`.",
    ),
    Misconception(
        "db is summed along the wrong axis",
        variant(_RIGHT, (_DB, "G.sum(axis=1)")),
        "db has one entry for each output of the layer: the sum runs over the examples, axis 0.",
    ),
    Misconception(
        "db is one number",
        variant(_RIGHT, (_DB, "G.sum()")),
        "db has one entry for each output of the layer: sum over the examples only, `axis=0`.",
    ),
    Misconception(
        "db is a mean",
        variant(_RIGHT, (_DB, "G.mean(axis=0)")),
        "Every path is summed; the 1/n of the loss is in G already.",
    ),
    Misconception(
        "db is a row of shape (1, d_out)",
        variant(_RIGHT, (_DB, "G.sum(axis=0, keepdims=True)")),
        "A gradient has the shape of what it belongs to, and b has shape (d_out,).",
    ),
    Misconception(
        "the gradients are divided by n once more",
        variant(_RIGHT, (_DW, "Hs[l].T @ G / n"), (_DB, "G.sum(axis=0) / n")),
        "The 1/n of the mean is in G already: the loss put it there, and it travels down by itself. Divide nowhere, neither G at the start nor dW and db in the layers.",
    ),
    Misconception(
        "dW is divided by n",
        variant(_RIGHT, (_DW, "Hs[l].T @ G / n")),
        "The 1/n of the mean is in G already; it travels down from there.",
    ),
    Misconception(
        "G is divided by n at every layer",
        variant(_RIGHT, (_DOWN, "G = G @ Ws[l].T / n")),
        "The 1/n enters once, in the loss. Here every layer shrinks G by another factor.",
    ),
    Misconception(
        "dW is transposed",
        variant(_RIGHT, (_DW, "G.T @ Hs[l]")),
        "A gradient has the shape of what it belongs to: (d_in, d_out), as W is.",
    ),
    Misconception(
        "W is not transposed on the way down",
        variant(_RIGHT, (_DOWN, "G = G @ Ws[l]")),
        "G comes with d_out columns and must leave with d_in: multiply by W turned, `W.T`.",
    ),
    Misconception(
        "W is not transposed on the way down",
        variant(_RIGHT, (_DOWN, "G = G @ Ws[l] if l > 0 else G")),
        "G comes with d_out columns and must leave with d_in: multiply by W turned, `W.T`.",
    ),
    *[
        Misconception(
            "W on the left on the way down",
            variant(_RIGHT, (_DOWN, f"G = {product} if {where} else G")),
            "W on the left is for examples in columns. Here they are rows, and G has shape (n, d_out): `G @ W.T` has the rows of G and d_in columns.",
        )
        for product in ("Ws[l] @ G", "Ws[l].T @ G")
        for where in ("l > 0", "True")
    ],
    Misconception(
        "W of the wrong layer on the way down",
        variant(_RIGHT, (_DOWN, "G = G @ Ws[max(l - 1, 0)].T")),
        "G passes down through the layer's own W, the one that its Z was made with.",
    ),
    Misconception(
        "G is never passed down",
        variant(_RIGHT, ("        " + _DOWN + "\n", "")),
        "The layer below needs its own G: `G = G @ W.T` at the end of each round.",
    ),
    Misconception(
        "only the last layer has a gradient",
        variant(_RIGHT, (_DOWN, "G = 0 * (G @ Ws[l].T)")),
        "The gradient goes on: `G @ W.T` is the G of the layer below.",
    ),
    Misconception(
        "the gradient of the loss is taken to be 1",
        variant(_RIGHT, ("    L, n = len(Ws), len(G)\n", "    L, n, G = len(Ws), len(G), np.ones(G.shape)\n")),
        "The recursion starts with the G that it is given, not with ones.",
    ),
    Misconception(
        "dW from the pre-activations",
        variant(_RIGHT, (_DW, "(Zs[l - 1] if l > 0 else Hs[0]).T @ G")),
        "What W is multiplied with on the way forward is H, *after* the ReLU below it.",
    ),
    Misconception(
        "dW from the layer's output",
        variant(_RIGHT, (_DW, "np.maximum(Zs[l], 0).T @ G")),
        "dW is made of the layer's *input*: what W was multiplied with.",
    ),
    Misconception(
        "dbs before dWs",
        variant(_RIGHT, (_RETURN, "return dbs, dWs")),
        "The order is (dWs, dbs).",
    ),
    Misconception(
        "a list of pairs instead of two lists",
        variant(_RIGHT, (_RETURN, "return list(zip(dWs, dbs))")),
        "Two lists are asked for, `return dWs, dbs`: `zip(*pairs)` turns pairs into two.",
    ),
    Misconception(
        "dWs alone is returned",
        variant(_RIGHT, (_RETURN, "return dWs")),
        "Return both lists: `return dWs, dbs`.",
    ),
    Misconception(
        "the first layer is left out",
        variant(_RIGHT, (_RETURN, "return dWs[1:], dbs[1:]")),
        "The first layer has weights as well; its input is X.",
    ),
    Misconception(
        "all gradients have the wrong sign",
        variant(_RIGHT, (_DW, "-Hs[l].T @ G"), (_DB, "-G.sum(axis=0)")),
        "A gradient points uphill. The minus belongs to the step of gradient descent.",
    ),
    Misconception(
        "the weights are updated on the way",
        variant(_RIGHT, (_DOWN, "Ws[l] -= 0.1 * dWs[l]\n        G = G @ Ws[l].T")),
        "G must pass through the weights of the forward pass, and the step is the optimizer's: leave W as it is.",
    ),
    Misconception(
        "the last forward call instead of the cache",
        _LATEST,
        "What the forward pass keeps must travel in the cache. A global variable knows only the latest call.",
    ),
    *[
        Misconception(
            "a part of the last forward call instead of the cache",
            variant(
                _RIGHT,
                ("    return Zs[-1], (Hs", f"    global last\n    last = {kept}\n    return Zs[-1], (Hs"),
                ("Hs, Zs, Ws = cache", f"Hs, Zs, Ws = cache\n    {kept} = last"),
            ),
            "What the forward pass keeps must travel in the cache, inputs, masks and weights alike. A global variable knows only the latest call.",
        )
        for kept in ("Hs, Zs", "Hs,", "Zs,", "Ws,")
    ],
    Misconception(
        "the caller's G is changed",
        variant(_RIGHT, ("    L, n = len(Ws), len(G)\n", "    L, n = len(Ws), len(G)\n    G *= 1 / n\n")),
        "`G *= ...` changes the array of the caller; and the 1/n of the mean is in G already.",
    ),
    Misconception(
        "the caller's G is masked in place",
        variant(_RIGHT, ("if l < L - 1:", "if True:"), (_MASK, "G\n            G *= Zs[l] > 0")),
        "`G *= ...` changes the array of the caller; and after the last layer there is no ReLU.",
    ),
]
