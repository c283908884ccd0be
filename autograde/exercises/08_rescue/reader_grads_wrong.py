"""Wrong answers of exercise 8.3."""

# %% wrong
# the slope is taken at h: `(1 - h**2)` -> `(1 - np.tanh(h)**2)`
#   h is tanh(z) already. The slope at z is 1 - tanh(z)**2, which is 1 - h**2: another tanh is one too many.
# 1 - z**2 with the pre-activation: `hs = [X]` -> `hs, Zs = [X], [X]`, `hs.append(np.tanh(Z))` -> `hs.append(np.tanh(Z)) ⏎ Zs.append(Z)`,
#   `for h, W in zip(hs[-2::-1], Ws[::-1]):` -> `for h, A, W in zip(hs[-2::-1], Zs[-2::-1], Ws[::-1]):`, `(1 - h**2)` -> `(1 - A**2)`
#   1 - h**2 is the slope of tanh by its *value*, h = tanh(z). From z itself it is 1 - tanh(z)**2.
# the mean is taken twice, for the weights: `dWs.append(h.T @ G)` -> `dWs.append(h.T @ G / n)`
#   The 1/n of the mean is in G already, and everything below inherits it. Divide once.
# both faults of her way back are still there: `h.T @ G` -> `h.T @ G / n`, `(1 - h**2)` -> `(1 - np.tanh(h)**2)`
#   Her `layer_gradients` divides by n once more, and her `through_tanh` takes the slope at h. Mend both: h.T @ G without n, and
#   1 - h**2, since h is tanh(z) already.
# nothing is mended yet
# -     Z = Z - Z.max(axis=1, keepdims=True)
# -     log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
# -     loss = -log_p[rows, y].mean()
# -     G = np.exp(log_p)
# +     E = np.exp(Z)
# +     G = E / E.sum(axis=1, keepdims=True)
# +     loss = -np.log(G[rows, y]).mean()
#   `h.T @ G` -> `h.T @ G / n`, `(1 - h**2)` -> `(1 - np.tanh(h)**2)`
#   These are the colleague's results. Three of her functions want mending here: cross_entropy overflows, layer_gradients
#   divides by n once more, through_tanh takes the slope at h.
# a softmax that overflows, and a second mean
# -     Z = Z - Z.max(axis=1, keepdims=True)
# -     log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
# -     loss = -log_p[rows, y].mean()
# -     G = np.exp(log_p)
# +     E = np.exp(Z)
# +     G = E / E.sum(axis=1, keepdims=True)
# +     loss = -np.log(G[rows, y]).mean()
#   `h.T @ G` -> `h.T @ G / n`
#   The slope is mended. Left are cross_entropy, which overflows, and layer_gradients, which divides by n once more.
# a softmax that overflows, and a slope at h
# -     Z = Z - Z.max(axis=1, keepdims=True)
# -     log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
# -     loss = -log_p[rows, y].mean()
# -     G = np.exp(log_p)
# +     E = np.exp(Z)
# +     G = E / E.sum(axis=1, keepdims=True)
# +     loss = -np.log(G[rows, y]).mean()
#   `(1 - h**2)` -> `(1 - np.tanh(h)**2)`
#   The second mean is gone. Left are cross_entropy, which overflows, and through_tanh, which takes the slope at h.
# the mean is taken twice, for weights and biases: `h.T @ G` -> `h.T @ G / n`, `G.sum(axis=0)` -> `G.mean(axis=0)`
#   The 1/n of the mean is in G already, and everything below inherits it. Divide once.
# db is a mean: `G.sum(axis=0)` -> `G.mean(axis=0)`
#   Every example adds to the gradient of a bias; the 1/n is in G already: `G.sum(axis=0)`.
# softmax, then log
# -     Z = Z - Z.max(axis=1, keepdims=True)
# -     log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
# -     loss = -log_p[rows, y].mean()
# -     G = np.exp(log_p)
# +     E = np.exp(Z)
# +     G = E / E.sum(axis=1, keepdims=True)
# +     loss = -np.log(G[rows, y]).mean()
#   exp of a large logit is infinite, and the log of a probability that is 0 is, too. Shift the logits of each row by their
#   largest one first, and never take the log of a probability: log p = z - log(sum of exp(z)).
# shifted, but still softmax, then log
# -     log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
# -     loss = -log_p[rows, y].mean()
# -     G = np.exp(log_p)
# +     E = np.exp(Z)
# +     G = E / E.sum(axis=1, keepdims=True)
# +     loss = -np.log(G[rows, y]).mean()
#   Shifted logits don't overflow, but a probability may still be 0, and its log infinite. Write log p = z - log(sum of exp(z))
#   and take exp of that, not the other way round.
# a small number inside the log
# -     log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
# -     loss = -log_p[rows, y].mean()
# -     G = np.exp(log_p)
# +     E = np.exp(Z)
# +     G = E / E.sum(axis=1, keepdims=True)
# +     loss = -np.log(G[rows, y] + 1e-12).mean()
#   A small number inside the log hides how wrong the network is: a loss of thousands becomes 28. Write log p = z - log(sum
#   of exp(z)) instead.
# shifted by the largest of all rows: `Z.max(axis=1, keepdims=True)` -> `Z.max()`
#   One row with large logits sends rows with smaller ones to exp(-thousands) = 0. Shift each row by its own largest entry.
# not shifted: without `Z = Z - Z.max(axis=1, keepdims=True)`
#   exp of a large logit is infinite. Shift the logits of each row by their largest one first.
# the loss is a sum: `-log_p[rows, y].mean()` -> `-log_p[rows, y].sum()`
#   The loss is the mean over the examples (the gradient is that of a mean already).
# divided by all entries: `G = G / n` -> `G = G / G.size`
#   The mean is over the n examples, not over all their logits: G has n rows, and its size is n times k.
# the gradient is that of a sum: without `G = G / n`
#   The loss is a mean over n examples, so each of them has 1/n of the gradient: G / n, once.
# loss and gradient of a sum: `-log_p[rows, y].mean()` -> `-log_p[rows, y].sum()`, without `G = G / n`
#   Both are asked for as means over the examples.
# divided by the number of classes: `G = G / n` -> `G = G / Z.shape[1]`
#   The mean is over the n examples, not over the classes.
# the sign of the loss: `loss = -log_p` -> `loss = log_p`
#   The loss is *minus* the log of the probability of the right class, a number that is never below 0.
# the gradient points uphill: `G = G / n` -> `G = -G / n`
#   By the logits the gradient is (P - onehot) / n, prediction minus target.
# the 1 of the right class is missing: without `G[rows, y] -= 1`
#   By the logits the gradient is (P - onehot) / n: take 1 away where the label is.
# the 1 is taken away in whole columns: `G[rows, y] -= 1` -> `G[:, y] -= 1`
#   `G[:, y]` means whole columns, for all examples. One entry of each row is meant: `G[np.arange(n), y]`.
# the one-hot truth ends at the largest label: `G[rows, y] -= 1` -> `G = G - np.eye(y.max() + 1)[y]`
#   or `loss = -log_p[rows, y].mean()` -> `loss = -np.mean((np.eye(y.max() + 1)[y] * log_p).sum(axis=1))`
#   Not every class need occur in y: the number of classes is that of the logits, `Z.shape[1]`.
# probabilities over the examples: `np.exp(Z).sum(axis=1, keepdims=True)` -> `np.exp(Z).sum(axis=0, keepdims=True)`
#   or `Z.max(axis=1, keepdims=True)` -> `Z.max(axis=0, keepdims=True)`, `np.exp(Z).sum(axis=1, keepdims=True)` -> `np.exp(Z).sum(axis=0, keepdims=True)`
#   The probabilities of *one* example add up to 1: sum over its row, axis=1.
# clipped logits: `Z = Z - Z.max(axis=1, keepdims=True)` -> `Z = np.clip(Z, -500, 500)`
#   or `Z = Z - Z.max(axis=1, keepdims=True)` -> `Z = np.clip(Z, -700, 700)`
#   Clipping changes the logits, and with them the loss. Subtracting its largest entry from a row leaves the loss as it is.
# the slope of tanh at the last layer, too: `G = G / n` -> `G = G / n * (1 - hs[-1]**2)`
#   No tanh stands behind the last layer, so no slope either: its G goes into h.T @ G as it is.
# the last layer has a tanh, too: `Z = Z - Z.max(axis=1, keepdims=True)` -> `Z = hs[-1] - hs[-1].max(axis=1, keepdims=True)`
#   The logits are the last Z itself, without tanh: they must be free to be large.
# tanh is missing: `hs.append(np.tanh(Z))` -> `hs.append(Z)`
#   Every layer but the last hands on tanh(Z).
# tanh is missing, and its slope: `hs.append(np.tanh(Z))` -> `hs.append(Z)`, `(G @ W.T) * (1 - h**2)` -> `G @ W.T`
#   Every layer but the last hands on tanh(Z); without it thirty layers are one.
# ReLU instead of tanh: `np.tanh(Z)` -> `np.maximum(Z, 0)`, `(1 - h**2)` -> `(h > 0)`
#   The reader's hidden layers are tanh.
# the slope is missing: `(G @ W.T) * (1 - h**2)` -> `G @ W.T`
#   On the way down each entry is multiplied by the slope of tanh at z, 1 - h**2.
# the slope of the sigmoid: `(1 - h**2)` -> `h * (1 - h)`
#   h (1 - h) is the slope of the sigmoid, by its value. That of tanh is 1 - h**2.
# the slope is not squared: `(1 - h**2)` -> `(1 - h)`
#   The slope of tanh at z is 1 - tanh(z)**2 = 1 - h**2.
# tanh instead of its slope: `(1 - h**2)` -> `h`
#   On the way down each entry is multiplied by the *slope* of tanh, 1 - h**2, not by its value.
# the slope of the layer above: `(G @ W.T) * (1 - h**2)` -> `(G * (1 - np.tanh(hs[len(Ws) - len(dWs) + 1])**2)) @ W.T`
#   or `(G @ W.T) * (1 - h**2)` -> `(G * (1 - hs[len(Ws) - len(dWs) + 1]**2)) @ W.T`
#   G @ W.T arrives at h, the input of this layer, and passes the tanh that made h: multiply by 1 - h**2, after the product.
# each layer takes the h above it: `zip(hs[-2::-1], Ws[::-1])` -> `zip(hs[::-1], Ws[::-1])`
#   The list of h has one entry more than there are layers: X, and what comes out of each. The last one goes into no layer: begin
#   behind it, so that each W meets what goes *into* it.
# the bias is forgotten: `Z = hs[-1] @ W + b` -> `Z = hs[-1] @ W`
#   Every layer adds its bias: h W + b.
# the step down uses the first matrices: `zip(hs[-2::-1], Ws[::-1])` -> `zip(hs[-2::-1], Ws)`
#   On the way down the last layer comes first: its h, and its own W.
# gradients are in the order of the computation: `dWs[::-1], dbs[::-1]` -> `dWs, dbs`
#   The way down meets the last layer first. Turn both lists around, so that the first layer's gradient comes first.
# dbs is in the order of the computation: `dbs[::-1]` -> `dbs`
#   The way down meets the last layer first. Turn both lists around.
# dWs is in the order of the computation: `dWs[::-1]` -> `dWs`
#   The way down meets the last layer first. Turn both lists around.
# the gradient by W is transposed: `h.T @ G` -> `G.T @ h`
#   The gradient by W has the shape of W, (d_in, d_out): h.T @ G.
# the gradient by W takes the layer's output: `dWs.append(h.T @ G)` -> `dWs.append(hs[len(Ws) - len(dWs) - 1 + (len(dWs) > 0)].T @ G)`
#   A weight multiplies what *goes into* its layer: h.T @ G with the h below it.
# biases keep their axis: `G.sum(axis=0)` -> `G.sum(axis=0, keepdims=True)`
#   The gradient by b has the shape of b, (d_out,).
# the loss of each example: `-log_p[rows, y].mean()` -> `-log_p[rows, y]`
#   One number is asked for: the mean over the examples.
# the gradients in one list: `return loss, dWs[::-1], dbs[::-1]` -> `return loss, dWs[::-1] + dbs[::-1]`
#   Three things come back: the loss, the list dWs, the list dbs.
# only the gradients are returned: `return loss, dWs[::-1], dbs[::-1]` -> `return dWs[::-1], dbs[::-1]`
#   Three things come back: the loss first, then dWs and dbs.
# the hidden biases are forgotten: `Z = hs[-1] @ W + b` -> `Z = hs[-1] @ W + (b if W is Ws[-1] else 0)`
#   Every layer adds its own b, before the tanh.
# the slope of a ReLU: `(1 - h**2)` -> `(h > 0)`
#   These layers are tanh: their slope is 1 - h**2, by the value h.
# the loss is divided by all entries: `-log_p[rows, y].mean()` -> `-(np.eye(Z.shape[1])[y] * log_p).mean()`
#   The mean of a table (n, k) divides by n times k. Each row has one term that counts: divide by the n examples.
# shifted logits and others: `loss = -log_p[rows, y].mean()` -> `loss = (np.log(np.exp(Z).sum(axis=1)) - (hs[-2] @ Ws[-1] + bs[-1])[rows, y]).mean()`
#   The largest logit was taken away from all of its row: take the one of the label from the same, shifted table.
# the slope comes before the way through W: `(G @ W.T) * (1 - h**2)` -> `(G * (1 - h**2)) @ W.T`
#   h is what came into this layer: its slope belongs behind the product with `W.T`, which has the shape of h.
# the logarithms are clipped: `loss = -log_p[rows, y].mean()` -> `loss = -np.maximum(log_p[rows, y], -30).mean()`
#   A very wrong example costs as much as its logits differ, thousands perhaps: the loss has no upper end.
