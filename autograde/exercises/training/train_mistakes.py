"""Wrong answers to ``train`` that people really give."""

from autograde.exercise import Misconception, variant

_RIGHT = """
def train(X, y, sizes, epochs, batch_size, lr, rng):
    Ws = []
    bs = []
    for d_in, d_out in zip(sizes[:-1], sizes[1:]):
        Ws.append(np.sqrt(2 / d_in) * rng.standard_normal((d_in, d_out)))
        bs.append(np.zeros(d_out))
    last = len(Ws) - 1
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = order[start:start + batch_size]
            m = len(rows)
            H = [X[rows]]
            for l in range(len(Ws)):
                Z = H[l] @ Ws[l] + bs[l]
                H.append(np.maximum(Z, 0) if l < last else Z)
            Z = H[-1] - H[-1].max(axis=1, keepdims=True)
            E = np.exp(Z)
            S = E.sum(axis=1, keepdims=True)
            loss = np.mean(np.log(S[:, 0]) - Z[np.arange(m), y[rows]])
            G = E / S
            G[np.arange(m), y[rows]] -= 1
            G = G / m
            total += loss * m
            for l in reversed(range(len(Ws))):
                dW = H[l].T @ G
                db = G.sum(axis=0)
                if l > 0:
                    G = (G @ Ws[l].T) * (H[l] > 0)
                Ws[l] = Ws[l] - lr * dW
                bs[l] = bs[l] - lr * db
        losses.append(total / len(X))
    return Ws, bs, losses
"""
_INIT, _ORDER, _NOTE = "np.sqrt(2 / d_in)", "order = rng.permutation(len(X))", "total += loss * m"
_ACT, _DIV = "np.maximum(Z, 0) if l < last else Z", "G = G / m\n"
_SIZE = "            m = len(rows)\n"
_MOVE_W, _MOVE_B = "Ws[l] = Ws[l] - lr * dW", "bs[l] = bs[l] - lr * db"

MISCONCEPTIONS = [
    Misconception(
        "weights of variance 1/fan_in",
        variant(_RIGHT, (_INIT, "np.sqrt(1 / d_in)")),
        "The ReLU lets half of the signal through, so He's variance is 2/fan_in.",
    ),
    Misconception(
        "weights of variance 2/(fan_in + fan_out)",
        variant(_RIGHT, (_INIT, "np.sqrt(2 / (d_in + d_out))")),
        "That is Xavier's rule, for tanh. For the ReLU take He's variance, 2/fan_in.",
    ),
    Misconception(
        "the variance taken for the standard deviation",
        variant(_RIGHT, (_INIT, "2 / d_in")),
        "2/fan_in is the variance; multiply normal numbers by its square root.",
    ),
    Misconception(
        "fan_out in place of fan_in",
        variant(_RIGHT, (_INIT, "np.sqrt(2 / d_out)")),
        "What a unit sums over is its inputs: the variance is 2/fan_in.",
    ),
    Misconception(
        "standard normal weights",
        variant(_RIGHT, (_INIT + " * ", "")),
        "Weights of variance 1 let signals grow from layer to layer: multiply by sqrt(2/fan_in).",
    ),
    Misconception(
        "weights that start at zero",
        variant(_RIGHT, (_INIT, "0.0")),
        "From zeros all units of a layer stay equal for ever: draw random weights of variance 2/fan_in.",
    ),
    Misconception(
        "only positive weights",
        variant(_RIGHT, ("rng.standard_normal((d_in, d_out))", "rng.uniform(0, np.sqrt(3), (d_in, d_out))")),
        "The mean of the weights must be 0: draw from a distribution around 0, for example `rng.standard_normal`.",
    ),
    Misconception(
        "biases that do not start at zero",
        variant(_RIGHT, ("np.zeros(d_out)", "0.1 * rng.standard_normal(d_out)")),
        "The random weights make units different already. Biases start at zero here.",
    ),
    Misconception(
        "NumPy's global random numbers instead of rng",
        variant(_RIGHT, ("rng.standard_normal((", "np.random.standard_normal((")),
        "All randomness, the weights and the order, comes from the argument `rng`.",
    ),
    Misconception(
        "a generator of its own with a fixed seed",
        variant(_RIGHT, ("    Ws = []\n", "    rng = np.random.default_rng(0)\n    Ws = []\n")),
        "Then every training starts from the same weights. Use the generator that was given, `rng`.",
    ),
    Misconception(
        "uphill instead of downhill",
        variant(_RIGHT, (_MOVE_W, _MOVE_W.replace("-", "+")), (_MOVE_B, _MOVE_B.replace("-", "+"))),
        "The gradient points uphill: subtract lr times it. Watch your losses: they should fall.",
    ),
    Misconception(
        "the gradient of the sum instead of the mean",
        variant(_RIGHT, (_DIV, "\n")),
        "The loss is a mean over the batch: its gradient carries the factor 1/m, with m the size of the batch.",
    ),
    Misconception(
        "divided by the batch's size twice",
        variant(_RIGHT, (_DIV, "G = G / m**2\n")),
        "The mean divides by the batch's size once. (Does your softmax_xent do it already?)",
    ),
    Misconception(
        "a shorter batch is divided by batch_size",
        variant(_RIGHT, (_DIV, "G = G / min(batch_size, len(X))\n")),
        "The last batch may be shorter: its mean divides by the number of rows that it really has.",
    ),
    Misconception(
        "the learning rate is ignored",
        variant(_RIGHT, (_MOVE_W, "Ws[l] = Ws[l] - (dW if lr else 0)"), (_MOVE_B, "bs[l] = bs[l] - (db if lr else 0)")),
        "Each step is `lr` times the gradient.",
    ),
    Misconception(
        "the biases are never updated",
        variant(_RIGHT, (_MOVE_B, "pass")),
        "Biases have gradients, too: db is the sum of dZ over the batch.",
    ),
    Misconception(
        "nothing moves",
        variant(_RIGHT, (_MOVE_W, "W = Ws[l] - lr * dW"), (_MOVE_B, "b = bs[l] - lr * db")),
        "The step must reach the arrays that the next forward pass uses: write into them (`-=`), or put new ones into the lists.",
    ),
    Misconception(
        "a mean instead of a sum in the gradient of the biases",
        variant(_RIGHT, ("G.sum(axis=0)", "G.mean(axis=0)")),
        "The mean's 1/m is in dZ already, so db is the plain sum over the rows.",
    ),
    Misconception(
        "only the last layer learns",
        variant(
            _RIGHT,
            (_MOVE_W, "Ws[l] = Ws[l] - (lr * dW if l == last else 0)"),
            (_MOVE_B, "bs[l] = bs[l] - (lr * db if l == last else 0)"),
        ),
        "The gradient goes back through all layers, and each of them takes its step.",
    ),
    Misconception(
        "a ReLU after the last layer, too",
        variant(_RIGHT, (_ACT, "np.maximum(Z, 0)"), ("G = G / m\n", "G = G / m * (H[-1] > 0)\n")),
        "The logits go into the softmax as they are: no ReLU after the last layer, else none can be negative.",
    ),
    Misconception(
        "a ReLU after the last layer, too",
        variant(_RIGHT, (_ACT, "np.maximum(Z, 0)")),
        "The logits go into the softmax as they are: no ReLU after the last layer, else none can be negative.",
    ),
    Misconception(
        "no activation",
        variant(_RIGHT, (_ACT, "Z"), (" * (H[l] > 0)", "")),
        "Without ReLUs between them all layers are one linear map.",
    ),
    Misconception(
        "sigmoids instead of ReLUs",
        variant(_RIGHT, (_ACT, "0.5 * (1 + np.tanh(Z / 2)) if l < last else Z"), ("(H[l] > 0)", "(H[l] * (1 - H[l]))")),
        "The hidden layers are ReLUs.",
    ),
    Misconception(
        "the slope of the ReLU is missing on the way back",
        variant(_RIGHT, (" * (H[l] > 0)", "")),
        "Where a ReLU is off, no gradient passes: multiply by (Z > 0). (With its output A the mask is A > 0; A >= 0 is always true.)",
    ),
    Misconception(
        "the slope of the ReLU is missing on the way back",
        variant(_RIGHT, ("(H[l] > 0)", "(H[l] >= 0)")),
        "Where a ReLU is off, no gradient passes: multiply by (Z > 0). With its output A the mask is A > 0; A >= 0 is always true.",
    ),
    Misconception(
        "the gradient goes back through weights that have moved already",
        variant(
            _RIGHT,
            ("                if l > 0:\n                    G = (G @ Ws[l].T) * (H[l] > 0)\n", ""),
            (_MOVE_B, _MOVE_B + "\n                if l > 0:\n                    G = (G @ Ws[l].T) * (H[l] > 0)"),
        ),
        "All gradients belong to the weights before the step: first go back through all layers, then move.",
    ),
    Misconception(
        "the exponential overflows",
        variant(_RIGHT, (" - H[-1].max(axis=1, keepdims=True)", "")),
        "exp of a logit of 1,000 is inf, and inf/inf is nan. Subtract each row's largest logit first.",
    ),
    Misconception(
        "the log of a probability that rounded to 0",
        variant(_RIGHT, ("np.log(S[:, 0]) - Z[np.arange(m), y[rows]]", "-np.log((E / S)[np.arange(m), y[rows]])")),
        "A very wrong example has a probability of 0 as a float. Take the log before you divide: log(sum exp) minus the logit.",
    ),
    Misconception(
        "a small number is added inside the log",
        variant(
            _RIGHT,
            ("np.log(S[:, 0]) - Z[np.arange(m), y[rows]]", "-np.log((E / S)[np.arange(m), y[rows]] + 1e-12)"),
        ),
        "The small number hides the infinity, but a very wrong example should cost as much as its logits differ. Take the log before you divide: log(sum exp) minus the logit.",
    ),
    Misconception(
        "the batches are never shuffled",
        variant(_RIGHT, (_ORDER, "order = np.arange(len(X))")),
        "Each epoch takes the examples in a fresh random order: `rng.permutation(len(X))`.",
    ),
    Misconception(
        "the same order in every epoch",
        variant(_RIGHT, (f"        {_ORDER}\n", ""), ("    losses = []\n", f"    losses = []\n    {_ORDER}\n")),
        "Draw the order inside the loop over epochs, so that each epoch gets a fresh one.",
    ),
    Misconception(
        "the order does not come from rng",
        variant(_RIGHT, (_ORDER, "order = np.random.permutation(len(X))")),
        "All randomness, the weights and the order, comes from the argument `rng`: `rng.permutation(len(X))`.",
    ),
    Misconception(
        "in some epoch the order is always the same",
        variant(_RIGHT, (_ORDER, "order = np.random.default_rng(epoch).permutation(len(X))")),
        "Every epoch of every training takes a fresh order from `rng`, the first one, too; no generator of its own, no order of the rows.",
    ),
    Misconception(
        "in some epoch the order is always the same",
        variant(_RIGHT, (_ORDER, "order = rng.permutation(len(X)) if epoch else np.arange(len(X))")),
        "Every epoch of every training takes a fresh order from `rng`, the first one, too; no generator of its own, no order of the rows.",
    ),
    Misconception(
        "examples are drawn with repetition",
        variant(_RIGHT, (_ORDER, "order = rng.integers(0, len(X), len(X))")),
        "In one epoch each example comes once: a permutation, not independent draws.",
    ),
    Misconception(
        "the last, shorter batch is dropped",
        variant(
            _RIGHT,
            (
                "            m = len(rows)\n",
                "            m = len(rows)\n            if m < min(batch_size, len(X)):\n                continue\n",
            ),
            ("losses.append(total / len(X))", "losses.append(total / (len(X) - len(X) % min(batch_size, len(X))))"),
        ),
        "Every example counts in every epoch: the last batch is shorter, but it makes a step.",
    ),
    Misconception(
        "the last, shorter batch is dropped",
        variant(_RIGHT, (_SIZE, _SIZE + "            if m < batch_size:\n                continue\n")),
        "Every example counts in every epoch: the last batch is shorter, but it makes a step. (Is `batch_size` above n, all examples are one batch.)",
    ),
    Misconception(
        "the last, shorter batch is dropped",
        variant(
            _RIGHT,
            (_SIZE, _SIZE + "            if m < batch_size:\n                continue\n"),
            ("total = 0.0", "total = []"),
            (_NOTE, "total.append(loss)"),
            ("total / len(X)", "np.mean(total)"),
        ),
        "Every example counts in every epoch: the last batch is shorter, but it makes a step. (Is `batch_size` above n, all examples are one batch.)",
    ),
    Misconception(
        "rows and labels are taken in different orders",
        variant(
            _RIGHT,
            (_SIZE, _SIZE + "            labels = y[start:start + m]\n"),
            ("Z[np.arange(m), y[rows]])", "Z[np.arange(m), labels])"),
            ("G[np.arange(m), y[rows]]", "G[np.arange(m), labels]"),
        ),
        "A row and its label belong together: take both with the same indices, `X[rows]` and `y[rows]`.",
    ),
    Misconception(
        "X is shuffled, y is not",
        variant(_RIGHT, (_ORDER, "rng.shuffle(X)\n        order = np.arange(len(X))")),
        "`rng.shuffle(X)` moves the rows of the caller's X, and y stays as it is: most rows now have the label of another. Draw one `order = rng.permutation(len(X))`, and take `X[rows]` and `y[rows]` with pieces of it.",
    ),
    Misconception(
        "X and y are shuffled apart",
        variant(_RIGHT, (_ORDER, "rng.shuffle(X)\n        rng.shuffle(y)\n        order = np.arange(len(X))")),
        "Two shuffles are two orders: most rows now have the label of another, and the caller's arrays have changed. Draw one `order = rng.permutation(len(X))`, and take `X[rows]` and `y[rows]` with pieces of it.",
    ),
    *[
        Misconception(
            "a velocity is added, as in momentum",
            variant(
                _RIGHT,
                ("    losses = []\n", "    losses = []\n    V, v = [0 * W for W in Ws], [0 * b for b in bs]\n"),
                (_MOVE_W, f"V[l] = 0.9 * V[l] + {share} * dW\n                Ws[l] = Ws[l] - lr * V[l]"),
                (_MOVE_B, f"v[l] = 0.9 * v[l] + {share} * db\n                bs[l] = bs[l] - lr * v[l]"),
            ),
            "Plain SGD has no memory: each step is -lr times the gradient of its own batch, and nothing of the steps before.",
        )
        for share in (1.0, 1.0 - 0.9)
    ],
    Misconception(
        "full-batch steps, batch_size is ignored",
        variant(
            _RIGHT,
            ("for start in range(0, len(X), batch_size):", "for start in [0]:"),
            ("order[start:start + batch_size]", "order"),
        ),
        "An epoch makes one step for each batch of `batch_size` examples.",
    ),
    Misconception(
        "the losses are means of the batches' means",
        variant(_RIGHT, (_NOTE, "total += loss"), ("total / len(X)", "total / -(-len(X) // batch_size)")),
        "A shorter last batch would count as much as a full one. Weigh each batch's loss by its number of examples, and divide by n.",
    ),
    Misconception(
        "a shorter batch's loss counts as much as a full one's",
        variant(_RIGHT, (_NOTE, "total += loss * batch_size")),
        "The last batch may be shorter: weigh its loss by the number of rows that it really has, `len(rows)`.",
    ),
    Misconception(
        "the losses are sums",
        variant(_RIGHT, ("total / len(X)", "total")),
        "Divide the sum over the examples by their number.",
    ),
    Misconception(
        "the losses of the batches are added up",
        variant(_RIGHT, (_NOTE, "total += loss"), ("total / len(X)", "total")),
        "Each batch's mean loss has to be weighed by its number of examples, and the sum divided by n.",
    ),
    Misconception(
        "one loss for each batch",
        variant(_RIGHT, (_NOTE, "losses.append(loss)"), ("        losses.append(total / len(X))\n", "")),
        "`losses` has one number for each epoch: collect during the epoch, append after it.",
    ),
    Misconception(
        "only the last batch's loss is kept",
        variant(_RIGHT, (_NOTE, "total = loss * len(X)")),
        "The number of an epoch is the mean over all its examples, not the loss of the batch that came last.",
    ),
    Misconception(
        "the losses are measured after the epoch",
        variant(
            _RIGHT,
            (
                "        losses.append(total / len(X))\n",
                "        A = X\n        for l in range(len(Ws)):\n            A = A @ Ws[l] + bs[l]\n            A = np.maximum(A, 0) if l < last else A\n"
                "        A = A - A.max(axis=1, keepdims=True)\n        losses.append(np.mean(np.log(np.exp(A).sum(axis=1)) - A[np.arange(len(X)), y]))\n",
            ),
        ),
        "Wanted are the losses that the steps saw on their way, each taken before its step.",
    ),
    Misconception(
        "weights as (d_out, d_in)",
        variant(_RIGHT, ("return Ws, bs", "return [W.T for W in Ws], bs")),
        "In this course W has shape (d_in, d_out), and a layer is X @ W + b.",
    ),
    Misconception(
        "the losses are missing",
        variant(_RIGHT, ("return Ws, bs, losses", "return Ws, bs")),
        "Three results are wanted: `return Ws, bs, losses`.",
    ),
    Misconception(
        "the return stands inside the loop over epochs",
        variant(_RIGHT, ("    return Ws, bs, losses", "        return Ws, bs, losses\n    return Ws, bs, losses")),
        "Your function ends after its first epoch: move `return` out of the loop, to the left.",
    ),
]
