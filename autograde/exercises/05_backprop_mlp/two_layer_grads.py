"""Exercise 5.4: the whole backward pass of the smallest network, written out by hand."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.batches import few_labels, in_single, in_whole, labels, odd_sizes
from autograde.exercises.support.drawing import Rng, eighths
from autograde.exercises.support.families import exchanged
from autograde.exercises.support.variants import each_whole, with_zeros
from mlp_reference import two_layer


def _net(rng: Rng, n: int, d: int, h: int, k: int) -> Arguments:
    return eighths(rng, n, d), labels(rng, n, k), eighths(rng, d, h) / 4, eighths(rng, h, k)


def _different(rng: Rng) -> Arguments:
    return _net(rng, *odd_sizes(rng, 4))


def _one_example(rng: Rng) -> Arguments:
    X, _, W1, W2 = _net(rng, 1, 3, 5, 4)
    return X, rng.integers(0, 4, 1), W1, W2


def _square(rng: Rng) -> Arguments:
    """n = d = m = k."""
    return _net(rng, 4, 4, 4, 4)


def _unused_class(rng: Rng) -> Arguments:
    X, y, W1, W2 = _net(rng, 5, 2, 3, 6)
    return X, y % 4, W1, W2


def _half_of_the_classes(rng: Rng) -> Arguments:
    X, _, W1, W2 = _net(rng, 5, 2, 3, 6)
    return X, few_labels(rng, 5, 6), W1, W2


def _large(rng: Rng) -> Arguments:
    """Half-saturated units and output weights of thousands: the logits are too."""
    X, y, W1, W2 = _net(rng, 5, 3, 4, 3)
    return X, y, W1, 2000 * W2


def _large_alone(rng: Rng) -> Arguments:
    """The same for a single example, whose largest logit is that of the batch."""
    X, y, W1, W2 = _large(rng)
    return X[:1], y[:1], W1, W2


def _saturated(rng: Rng) -> Arguments:
    """Pre-activations of thousands in the hidden layer, of both signs, next to moderate ones."""
    X, y, W1, W2 = _net(rng, 7, 3, 4, 3)
    W1[:, 1:3] *= 4000
    return X, y, W1, W2


exercise = Exercise(
    reference=two_layer.two_layer_grads,
    outputs=("loss", "dW1", "dW2"),
    families=[exchanged("loss", "dW1", "dW2")],
    cases=[
        Case("nets of any shape", [_different, _different, in_single(_different)], times=6),
        Case(
            "whole numbers, also beside others; zeros",
            [in_whole(_different), *each_whole(_different, 0, 2, 3), with_zeros(_different)],
            times=5,
            weight=0.5,
        ),
        Case("a single example", [_one_example], times=2),
        Case("n = d = m = k: no error tells of a wrong axis", [_square], times=2),
        Case(
            "one input, one hidden unit, one class",
            [lambda rng: _net(rng, 5, 1, 1, 3), lambda rng: _net(rng, 5, 2, 3, 1)],
            times=4,
            weight=0.5,
        ),
        Case("classes that no example has", [_unused_class, _half_of_the_classes]),
        Case("saturated hidden units", [_saturated], times=2),
        Case("logits of thousands: finite and exact", [_large, _large_alone], times=2),
    ],
)

# %% hints
# 1. Go forward and keep what you meet: the hidden pre-activations, H, the logits. Then go back in the reverse order:
#    logits, W2, H, the sigmoid, W1. At each stop ask what shape the gradient must have.
# 2. G = (softmax - one-hot)/n has shape (n, k). dW2 has shape (m, k), so it is H turned, times G. Through W2 back to
#    the hidden layer: G @ W2.T, shape (n, m). Through the sigmoid: times H (1 - H), entry by entry.
# 3. dW1 = `X.T @ ((G @ W2.T) * H * (1 - H))`, dW2 = `H.T @ G`. The loss: shift each row of logits by its maximum,
#    then log(sum of exp) minus the label's entry, and the mean.

# %% elegant
# The slope of the sigmoid is made of its output, H (1 - H), so nothing is computed a second time. Backward the
# lines of forward come in the opposite order, each with a product of its own.

# %% right
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z > 0, 1, e) / (1 + e)

def two_layer_grads(X, y, W1, W2):
    n = len(y)
    A = X @ W1
    H = sigmoid(A)
    Z = H @ W2
    T = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(T)
    G = E / E.sum(axis=1, keepdims=True)
    loss = (np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()
    G[np.arange(n), y] -= 1
    G = G / n
    slope = H * (1 - H)
    dW2 = H.T @ G
    dW1 = X.T @ (G @ W2.T * slope)
    return loss, dW1, dW2

# %% right
def two_layer_grads(X, y, W1, W2):
    n, loss = len(X), 0.0
    dW1, dW2 = np.zeros(W1.shape), np.zeros(W2.shape)
    for x, label in zip(X, y):
        h = 0.5 * (1 + np.tanh(0.5 * (x @ W1)))
        z = h @ W2
        lse = z.max() + np.log(np.exp(z - z.max()).sum())
        loss += (lse - z[label]) / n
        g = np.exp(z - lse)
        g[label] -= 1
        dW2 += np.outer(h, g) / n
        dW1 += np.outer(x, (W2 @ g) * h * (1 - h)) / n
    return loss, dW1, dW2

# %% right
def sigma(a):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-a))

def two_layer_grads(X, y, W1, W2):
    A = np.einsum("nd,dh->nh", X, W1)
    H, slope = sigma(A), sigma(A) * sigma(-A)
    Z = np.einsum("nh,hk->nk", H, W2)
    log_p = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    Y = np.eye(W2.shape[1])[y]
    G = (np.exp(log_p) - Y) / len(X)
    return [-(Y * log_p).sum() / len(X), np.einsum("nd,nk,hk,nh->dh", X, G, W2, slope), np.einsum("nh,nk->hk", H, G)]

# %% right
def two_layer_grads(X, y, W1, W2):
    # examples in columns, as some notes have it
    x, w1, w2 = X.T, W1.T, W2.T
    n = x.shape[1]
    h = 1 / (1 + np.exp(-np.clip(w1 @ x, -700, 700)))
    z = w2 @ h
    z = z - z.max(axis=0)
    s = np.exp(z) / np.exp(z).sum(axis=0)
    t = (np.arange(len(w2))[:, None] == y).astype(z.dtype)
    loss = (np.log(np.exp(z).sum(axis=0)) - (t * z).sum(axis=0)).mean()
    delta2 = (s - t) / n
    delta1 = (w2.T @ delta2) * h * (1 - h)
    return np.array(loss), (delta1 @ x.T).T, (delta2 @ h.T).T

# %% right
def modules(X, W1, W2):
    H = np.where(X @ W1 > 0, 1, np.exp(-abs(X @ W1))) / (1 + np.exp(-abs(X @ W1)))
    return H, H @ W2

def two_layer_grads(X, y, W1, W2):
    X, W1, W2 = (np.float64(a) for a in (X, W1, W2))
    H, Z = modules(X, W1, W2)
    Z -= Z.max(axis=1)[:, None]
    P = np.exp(Z)
    P /= P.sum(axis=1)[:, None]
    loss = np.mean([np.log(np.exp(row).sum()) - row[c] for row, c in zip(Z, y)])
    for row, c in zip(P, y):
        row[c] -= 1
    back = (P @ W2.T) * (H - H**2)
    return loss, X.T @ back / len(y), H.T @ P / len(y)

# %% wrong
# the slope of the sigmoid is left out: `X.T @ (G @ W2.T * slope)` -> `X.T @ (G @ W2.T)`
#   On the way from H to the hidden pre-activations stands the sigmoid: multiply, entry by entry, by its slope H (1 -
#   H).
# the sigmoid's slope is taken at H: `H * (1 - H)` -> `sigmoid(H) * (1 - sigmoid(H))`
#   The derivative belongs to the *pre-activation*: sigma'(X W1). With H = sigma(X W1) that is H (1 - H); you applied
#   the sigmoid twice.
# A (1 - A) with the pre-activation: `H * (1 - H)` -> `A * (1 - A)`
#   sigma' = sigma (1 - sigma): the factors are the *outputs* H of the sigmoid, not what went in.
# the slope is only 1 - H: `H * (1 - H)` -> `1 - H`
#   sigma' = sigma (1 - sigma) has two factors.
# the slope is only H: `H * (1 - H)` -> `H`
#   sigma' = sigma (1 - sigma): the second factor is missing.
# the slope of a ReLU: `H * (1 - H)` -> `(A > 0).astype(float)`
#   The hidden layer here is a sigmoid; its slope is H (1 - H).
# the slope of tanh: `H * (1 - H)` -> `1 - H**2`
#   1 - H^2 is the slope of tanh. The sigmoid has H (1 - H).
# a ReLU net: `H = sigmoid(A)` -> `H = np.maximum(A, 0)`, `H * (1 - H)` -> `(A > 0) * 1.0`
#   The hidden layer of this exercise is a sigmoid, not a ReLU.
# tanh in the hidden layer: `H = sigmoid(A)` -> `H = np.tanh(A)`, `H * (1 - H)` -> `1 - H**2` | `H * (1 - H)`
#   The hidden layer of this exercise is the sigmoid 1 / (1 + exp(-A)), with the slope H (1 - H); tanh lies between -1
#   and 1.
# no activation in the hidden layer: `H = sigmoid(A)` -> `H = A`, `H * (1 - H)` -> `1`
#   or `H = sigmoid(A)` -> `H = A`
#   Between the two layers stands the sigmoid: H = sigma(X W1). Without it the net is a single linear map.
# the slope of the sigmoid in dW2: `H.T @ G` -> `(H * slope).T @ G` | `slope.T @ G`
#   On the way from the loss to W2 there is no sigmoid yet: dW2 = H^T G, without a slope. The slope belongs to dW1
#   alone.
# the gradient has an extra softmax derivative
#   `G[np.arange(n), y] -= 1 ⏎ G = G / n` -> `S = G.copy() ⏎ G[np.arange(n), y] -= 1 ⏎ G = G * S * (1 - S) / n`
#   S - Y *is* the gradient by the logits: the derivative of softmax is in it already.
# only one term of the loss is shifted: `(E.sum(axis=1)) - T` -> `(E.sum(axis=1)) - Z`
#   The shift cancels only if it stands in both terms of log(sum of exp) - z_y: shift z_y as well.
# 0 times the log of 0
#   `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `-(np.eye(W2.shape[1])[y] * np.log(G)).sum(axis=1).mean()`
#   Where a probability rounds to 0 its log is -inf, and one-hot's 0 times -inf is nan, not 0. Use log(sum of exp) - z_y
#   of the label, with shifted logits.
# a sigmoid on the output, too: `Z = H @ W2` -> `Z = sigmoid(H @ W2)`
#   The logits H W2 go into softmax as they are.
# no 1/n in the gradients: without `G = G / n`
#   The loss is a mean: S - Y carries the factor 1/n. (Notes that drop it mean the *sum* of the losses.)
# the loss and its gradients are sums: without `G = G / n`,
#   `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).sum()`
#   Loss and gradients belong to the mean over the batch: divide by n.
# the loss is a sum instead of a mean: `mean()` -> `sum()`
#   The loss is the mean over the batch. (Your gradients are already those of the mean.)
# divided by n twice: `X.T @ (G @ W2.T * slope)` -> `… / n`, `H.T @ G` -> `… / n`
#   or `X.T @ (G @ W2.T * slope)` -> `… / n`
#   or `H.T @ G` -> `… / n`
#   The 1/n enters once, with G = (S - Y)/n, and travels down from there.
# the labels are not subtracted: without `G[np.arange(n), y] -= 1`
#   The gradient by the logits is softmax *minus* one-hot.
# the gradients have the wrong sign: `G = G / n` -> `G = -G / n`
#   The gradient by the logits is S - Y, not Y - S.
# dW2 from the pre-activations: `H.T @ G` -> `A.T @ G`
#   What is multiplied by W2 on the way forward is H, *after* the sigmoid: dW2 = H^T G.
# dW2 is transposed: `H.T @ G` -> `G.T @ H`
#   A gradient has the shape of what it belongs to: dW2 is (m, k), as W2 is.
# dW1 is transposed: `X.T @ (G @ W2.T * slope)` -> `(G @ W2.T * slope).T @ X`
#   A gradient has the shape of what it belongs to: dW1 is (d, m), as W1 is.
# W2 is not transposed: `X.T @ (G @ W2.T * slope)` -> `X.T @ (G @ W2 * slope)`
#   On the way back W2 is turned: (n, k) times (k, m).
# the slope enters before W2: `X.T @ (G @ W2.T * slope)` -> `X.T @ (G * slope @ W2.T)`
#   Backwards the order is turned around: first through W2 (to the shape of H), then through the sigmoid.
# the chain to dW1 skips W2: `X.T @ (G @ W2.T * slope)` -> `X.T @ (G * slope)`
#   Between the logits and the hidden layer stands W2: G must pass through it, `G @ W2.T`.
# the loss stands last: `return loss, dW1, dW2` -> `return dW1, dW2, loss`
#   The order is (loss, dW1, dW2).
# the gradients alone are returned: `return loss, dW1, dW2` -> `return dW1, dW2`
#   Three things are asked for: (loss, dW1, dW2).
# softmax along the wrong axis: `G = E / E.sum(axis=1, keepdims=True)` -> `G = E / E.sum(axis=0, keepdims=True)`
#   Each row is one example, and its probabilities add up to 1: axis 1.
# exp overflows in the softmax: `T = Z - Z.max(axis=1, keepdims=True)` -> `T = Z`
#   or `T = Z - Z.max(axis=1, keepdims=True)` -> `T = Z`,
#   `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `-np.log(G[np.arange(n), y]).mean()`
#   Logits of thousands need softmax with the row's maximum subtracted: exp(1000) is inf, exp(-1000) is 0.
# one maximum for the whole batch: `Z.max(axis=1, keepdims=True)` -> `Z.max()`
#   or `Z.max(axis=1, keepdims=True)` -> `Z.max()`,
#   `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `-np.log(G[np.arange(n), y]).mean()`
#   In a row that lies far below the largest logit of the batch every exp is 0, and 0/0 is nan. Each row needs its own
#   maximum: `Z.max(axis=1, keepdims=True)`.
# the log of a probability that rounded to 0
#   `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `-np.log(G[np.arange(n), y]).mean()`
#   Where the net is very sure and wrong, p rounds to 0 and its log is -inf: use log(sum of exp) - z_y with shifted
#   logits.
# a small number is added inside the log
#   `(np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `-np.log(G[np.arange(n), y] + 1e-07).mean()` |
#   `-np.log(G[np.arange(n), y] + 1e-08).mean()` | `-np.log(G[np.arange(n), y] + 1e-09).mean()` |
#   `-np.log(G[np.arange(n), y] + 1e-10).mean()` | `-np.log(G[np.arange(n), y] + 1e-12).mean()` |
#   `-np.log(G[np.arange(n), y] + 1e-15).mean()` | `-np.log(G[np.arange(n), y] + 1e-16).mean()` |
#   `-np.log(G[np.arange(n), y] + 1e-300).mean()`
#   A small number inside the log, added or as a limit, hides the infinity. But the loss of a sure and wrong prediction
#   grows with the logits, and yours stops at minus the logarithm of that number.
# the sigmoid is not exact for large inputs
#   `e = np.exp(-np.abs(z)) ⏎ return np.where(z > 0, 1, e) / (1 + e)` -> `return np.exp(z) / (1 + np.exp(z))`
#   exp(1000) is inf, and inf / inf is nan. 1 / (1 + exp(-z)) is right in both tails.
# the classes are counted by the labels: `G[np.arange(n), y] -= 1` -> `G = G - np.eye(y.max() + 1)[y]`
#   A batch need not contain every class. The number of classes is the number of columns of W2.
# a sigmoid for each class instead of the softmax
# -     G = E / E.sum(axis=1, keepdims=True)
# -     loss = (np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()
# +     G = sigmoid(Z)
# +     Y = np.eye(Z.shape[1])[y]
# +     with np.errstate(all="ignore"):
# +         loss = -np.mean(Y * np.log(G) + (1 - Y) * np.log(1 - G))
#   One example has exactly one class: the classes share the softmax, and the loss is -log p_y. Sigmoids are for labels
#   that may occur together.
# 1 minus the probability: `loss = (np.log(E.sum(axis=1)) - T[np.arange(n), y]).mean()` -> `loss = 1 - G[np.arange(n), y].mean()`
#   The loss is the logarithm of the probability, with a minus: -log p_y.
# tanh of Z1, not of half of it: `H = sigmoid(A)` -> `H = (1 + np.tanh(A)) / 2`
#   The sigmoid is (1 + tanh(z / 2)) / 2: the half stands inside, too.
# the loss is a mean of squares: `G[np.arange(n), y] -= 1` -> `… ⏎ loss = (G**2).mean()` | `… ⏎ loss = (G**2).sum() / n`
#   The gradients are those of the cross-entropy, -log p_y, and the loss is another one: squares don't come in.
# one factor of the slope is subtracted: `* slope)` -> `* H - H)`
#   The slope H (1 - H) multiplies as a whole: mind the brackets.
