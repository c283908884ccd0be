"""Wrong answers to ``signal_profile``."""

from autograde.exercise import Misconception, variant

RIGHT = """
def psi(name, z):
    if name == "sigmoid":
        return 1 / (1 + np.exp(-z))
    return {"identity": z, "tanh": np.tanh(z), "relu": np.maximum(z, 0)}[name]

def slope(name, z):
    if name == "sigmoid":
        return psi(name, z) * (1 - psi(name, z))
    return {"identity": np.ones_like(z), "tanh": 1 - np.tanh(z)**2, "relu": (z > 0) * 1.0}[name]

def signal_profile(X, Ws, name, G):
    h, hs, zs = X, [X], []
    for W in Ws:
        z = h @ W
        h = psi(name, z)
        zs.append(z)
        hs.append(h)
    forward = [np.mean(h**2) for h in hs[1:]]
    dzs = []
    for z, W in zip(zs[::-1], Ws[::-1]):
        dz = G * slope(name, z)
        dzs.append(dz)
        G = dz @ W.T
    backward = [np.mean(dz**2) for dz in dzs[::-1]]
    return np.array(forward), np.array(backward)
"""
_FORWARD = "forward = [np.mean(h**2) for h in hs[1:]]"
_BACKWARD = "backward = [np.mean(dz**2) for dz in dzs[::-1]]"
_STEP = "dz = G * slope(name, z)"


def _measures(name: str, measure: str, hint: str) -> list[Misconception]:
    """Another measure than the mean square: in both directions, in one of them."""
    forward = ("np.mean(h**2)", measure)
    backward = ("np.mean(dz**2)", measure.replace("h)", "dz)").replace("h*", "dz*"))
    return [
        Misconception(name, variant(RIGHT, *edits), hint) for edits in ((forward, backward), (forward,), (backward,))
    ]


MISTAKES = [
    Misconception(
        "forward starts with the input",
        variant(RIGHT, ("hs[1:]]", "hs[:-1]]")),
        "`forward[0]` belongs to h_1, the output of the first layer. The input X is not in the list.",
    ),
    Misconception(
        "forward has the input in front",
        variant(RIGHT, ("hs[1:]]", "hs]")),
        "L layers, L values: `forward[0]` belongs to h_1. Leave the input X out.",
    ),
    Misconception(
        "forward measures z instead of h",
        variant(RIGHT, (_FORWARD, "forward = [np.mean(z**2) for z in zs]")),
        "`forward` measures what a layer hands on: h = psi(z), after the activation.",
    ),
    Misconception(
        "the variance instead of the mean square",
        variant(
            RIGHT,
            (_FORWARD, "forward = [np.var(h) for h in hs[1:]]"),
            (_BACKWARD, "backward = [np.var(dz) for dz in dzs[::-1]]"),
        ),
        "The variance subtracts the mean first. What the next layer meets is the mean square, mean included.",
    ),
    Misconception(
        "the variance instead of the mean square of h",
        variant(RIGHT, (_FORWARD, "forward = [np.var(h) for h in hs[1:]]")),
        "`np.var` subtracts the mean first; ReLUs and sigmoids have a mean, and the next layer sees it. Use np.mean(h**2).",
    ),
    Misconception(
        "standard deviations instead of mean squares",
        variant(
            RIGHT,
            (_FORWARD, "forward = [np.std(h) for h in hs[1:]]"),
            (_BACKWARD, "backward = [np.std(dz) for dz in dzs[::-1]]"),
        ),
        "`np.std` subtracts the mean and takes a root. Asked is np.mean(h**2).",
    ),
    Misconception(
        "roots of the mean squares",
        variant(RIGHT, ("np.array(forward), np.array(backward)", "np.sqrt(forward), np.sqrt(backward)")),
        "The mean square itself is asked for, without a root: its recursion is the one that can be derived.",
    ),
    *_measures(
        "sums instead of means",
        "np.sum(h**2)",
        "A sum of squares (a squared norm) grows with the width and the number of examples; take the mean over all entries.",
    ),
    *_measures(
        "the squared length of a row, averaged over examples",
        "np.mean((h**2).sum(axis=1))",
        "That is the mean square times the width. Average over units, too: np.mean(h**2).",
    ),
    *_measures(
        "norms instead of mean squares",
        "np.linalg.norm(h)",
        "A norm is the root of a *sum* of squares. Asked is the mean of the squares.",
    ),
    *_measures(
        "the square of the mean",
        "np.mean(h)**2",
        "Positive and negative entries cancel in the mean. Square first, then average.",
    ),
    *_measures(
        "a value for each example",
        "np.mean(h**2, axis=1)",
        "One number per layer is asked for. Take the mean over all entries, examples and units: no `axis`.",
    ),
    *_measures(
        "row sums instead of mean squares",
        "np.sum(h**2, axis=1)",
        "Those are the squared lengths of the rows. Take the mean over all entries: np.mean(h**2), without `axis`.",
    ),
    *_measures(
        "mean sizes instead of mean squares",
        "np.mean(np.abs(h))",
        "Squares are asked for: their means obey a recursion, those of absolute values don't.",
    ),
    Misconception(
        "backward is in the order of the computation",
        variant(RIGHT, ("dzs[::-1]]", "dzs]")),
        "You meet the last layer first. Turn the list around at the end: `backward[0]` belongs to z_1.",
    ),
    Misconception(
        "backward measures the gradient of h instead of z",
        variant(RIGHT, ("        dzs.append(dz)\n", "        dzs.append(G)\n")),
        "Asked is dloss/dz, after the factor psi'(z); you kept dloss/dh, before it.",
    ),
    Misconception(
        "backward is one layer too early",
        variant(RIGHT, ("        dzs.append(dz)\n        G = dz @ W.T", "        G = dz @ W.T\n        dzs.append(G)")),
        "After the multiplication by W.T you have dloss/dh of the layer *below*. Measure dz before it.",
    ),
    Misconception(
        "the slope is taken at h instead of z",
        variant(RIGHT, ("zip(zs[::-1]", "zip(hs[:0:-1]")),
        "psi' is a function of the pre-activation z here. Keep the z of each layer in the forward pass.",
    ),
    Misconception(
        "the slope of the activation is missing",
        variant(RIGHT, (_STEP, "dz = G")),
        "The chain rule: dloss/dz = dloss/dh times psi'(z), entry by entry.",
    ),
    Misconception(
        "the activation instead of its slope on the way back",
        variant(RIGHT, (_STEP, "dz = G * psi(name, z)")),
        "On the way back each entry is multiplied by the derivative psi'(z), not by the value psi(z).",
    ),
    Misconception(
        "G is taken for the gradient at z of the last layer",
        variant(RIGHT, (_STEP, "dz = G * slope(name, z) if dzs else G")),
        "G is dloss/dh_L, behind the last activation: it must be multiplied by psi'(z_L), too.",
    ),
    Misconception(
        "no activation after the last layer",
        variant(
            RIGHT,
            ("h = psi(name, z)", "h = psi(name, z) if len(zs) + 1 < len(Ws) else z"),
            (_STEP, "dz = G * slope(name, z) if dzs else G"),
        ),
        "In this exercise all L layers have the activation, the last one included.",
    ),
    Misconception(
        "the last layer has no activation on the way forward",
        variant(RIGHT, ("h = psi(name, z)", "h = psi(name, z) if len(zs) + 1 < len(Ws) else z")),
        "In this exercise all L layers have the activation, the last one included.",
    ),
    Misconception(
        "W is not transposed on the way back",
        variant(RIGHT, ("dz @ W.T", "dz @ W")),
        "dz has shape (n, d_out) and W (d_in, d_out): to get back to (n, d_in), multiply by W.T.",
    ),
    Misconception(
        "the weights are used in forward order on the way back",
        variant(RIGHT, ("Ws[::-1])", "Ws)")),
        "The last layer comes first on the way back: its z, and its own W.",
    ),
    Misconception(
        "the two profiles are exchanged",
        variant(RIGHT, ("np.array(forward), np.array(backward)", "np.array(backward), np.array(forward)")),
        "First `forward`, then `backward`.",
    ),
    Misconception(
        "only the last layer comes back",
        variant(RIGHT, ("np.array(forward), np.array(backward)", "forward[-1], backward[0]")),
        "One value per layer: collect them in lists of L values.",
    ),
    Misconception(
        "the gradients of the weights instead of those of z",
        variant(RIGHT, (_BACKWARD, "backward = [np.mean((h.T @ dz)**2) for h, dz in zip(hs, dzs[::-1])]")),
        "h.T @ dz is dloss/dW. Asked is the mean square of dz itself.",
    ),
    Misconception(
        "divided by the number of examples",
        variant(RIGHT, (_BACKWARD, "backward = [np.mean((dz / len(X))**2) for dz in dzs[::-1]]")),
        "G holds the gradient already, with whatever 1/n the loss has. Take the mean of dz**2 as it is.",
    ),
    Misconception(
        "the name is ignored, always tanh",
        variant(RIGHT, ("h, hs, zs = X, [X], []", 'name = "tanh"\n    h, hs, zs = X, [X], []')),
        "Use the activation that `name` says.",
    ),
    Misconception(
        "the name is ignored, always relu",
        variant(RIGHT, ("h, hs, zs = X, [X], []", 'name = "relu"\n    h, hs, zs = X, [X], []')),
        "Use the activation that `name` says.",
    ),
    Misconception(
        "the activation is forgotten",
        variant(RIGHT, ("h = psi(name, z)", "h = z")),
        "h_l = psi(z_l): without it the layers collapse into one.",
    ),
    Misconception(
        "the input is activated, too",
        variant(RIGHT, ("h, hs, zs = X, [X], []", "h = psi(name, X)\n    hs, zs = [h], []")),
        "h_0 is X itself. The first activation comes after the first layer's weights.",
    ),
    Misconception(
        "every layer starts from the input",
        variant(RIGHT, ("z = h @ W", "z = X @ W")),
        "Each layer takes the h of the layer before it; only the first one sees X.",
    ),
    Misconception(
        "the upstream gradient is not replaced",
        variant(RIGHT, ("        G = dz @ W.T\n", "        dz @ W.T\n")),
        "Each step back needs the gradient at its own layer: G = dz @ W.T, before the next one.",
    ),
    Misconception(
        "the way back skips the slopes below the last layer",
        variant(RIGHT, (_STEP, "dz = G if dzs else G * slope(name, z)")),
        "Every layer has an activation, so every step back has its factor psi'(z).",
    ),
    Misconception(
        "W is changed in place",
        variant(RIGHT, ("        G = dz @ W.T\n", "        G = dz @ W.T\n        W -= 0.1 * W\n")),
        "Only measure here: the weights belong to the caller.",
    ),
]
