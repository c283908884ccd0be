"""Wrong answers to ``train``."""

# %% wrong
# weights of variance 1/fan_in: `np.sqrt(2 / d_in)` -> `np.sqrt(1 / d_in)`
#   The ReLU lets half of the signal through, so He's variance is 2/fan_in.
# weights of variance 2/(fan_in + fan_out): `np.sqrt(2 / d_in)` -> `np.sqrt(2 / (d_in + d_out))`
#   That is Xavier's rule, for tanh. For the ReLU take He's variance, 2/fan_in.
# the variance taken for the standard deviation: `np.sqrt(2 / d_in)` -> `2 / d_in`
#   2/fan_in is the variance; multiply normal numbers by its square root.
# fan_out in place of fan_in: `np.sqrt(2 / d_in)` -> `np.sqrt(2 / d_out)`
#   What a unit sums over is its inputs: the variance is 2/fan_in.
# standard normal weights: without `np.sqrt(2 / d_in) *`
#   Weights of variance 1 let signals grow from layer to layer: multiply by sqrt(2/fan_in).
# weights that start at zero: `np.sqrt(2 / d_in)` -> `0.0`
#   From zeros all units of a layer stay equal for ever: draw random weights of variance 2/fan_in.
# only positive weights: `rng.standard_normal((d_in, d_out))` -> `rng.uniform(0, np.sqrt(3), (d_in, d_out))`
#   The mean of the weights must be 0: draw from a distribution around 0, for example `rng.standard_normal`.
# biases that do not start at zero: `np.zeros(d_out)` -> `0.1 * rng.standard_normal(d_out)`
#   The random weights make units different already. Biases start at zero here.
# NumPy's global random numbers instead of rng: `rng.standard_normal((` -> `np.random.standard_normal((`
#   All randomness, the weights and the order, comes from the argument `rng`.
# a generator of its own with a fixed seed: `Ws = []` -> `rng = np.random.default_rng(0) ⏎ …`
#   Then every training starts from the same weights. Use the generator that was given, `rng`.
# uphill instead of downhill: `Ws[l] = Ws[l] - lr * dW` -> `Ws[l] = Ws[l] + lr * dW`,
#   `bs[l] = bs[l] - lr * db` -> `bs[l] = bs[l] + lr * db`
#   The gradient points uphill: subtract lr times it. Watch your losses: they should fall.
# the gradient of the sum instead of the mean: without `G = G / m`
#   The loss is a mean over the batch: its gradient carries the factor 1/B, with B the size of the batch.
# divided by the batch's size twice: `G = G / m` -> `…**2`
#   The mean divides by the batch's size once. (Does your softmax_xent do it already?)
# a shorter batch is divided by batch_size: `G = G / m` -> `G = G / min(batch_size, len(X))` | `G = G / batch_size`
#   The last batch may be shorter: its mean divides by the number of rows that it really has.
# the learning rate is ignored: `Ws[l] = Ws[l] - lr * dW` -> `Ws[l] = Ws[l] - (dW if lr else 0)`,
#   `bs[l] = bs[l] - lr * db` -> `bs[l] = bs[l] - (db if lr else 0)`
#   Each step is `lr` times the gradient.
# the biases are never updated: `bs[l] = bs[l] - lr * db` -> `pass`
#   Biases have gradients, too: db is the sum of dZ over the batch.
# nothing moves: `Ws[l] = Ws[l] - lr * dW ⏎ bs[l] = bs[l] - lr * db` -> `W = Ws[l] - lr * dW ⏎ b = bs[l] - lr * db`
#   The step must reach the arrays that the next forward pass uses: write into them (`-=`), or put new ones into the
#   lists.
# a mean instead of a sum in the gradient of the biases: `G.sum(axis=0)` -> `G.mean(axis=0)`
#   The mean's 1/B is in dZ already, so db is the plain sum over the rows.
# only the last layer learns: `Ws[l] = Ws[l] - lr * dW` -> `Ws[l] = Ws[l] - (lr * dW if l == last else 0)`,
#   `bs[l] = bs[l] - lr * db` -> `bs[l] = bs[l] - (lr * db if l == last else 0)`
#   The gradient goes back through all layers, and each of them takes its step.
# a ReLU after the last layer, too: `np.maximum(Z, 0) if l < last else Z` -> `np.maximum(Z, 0)`,
#   `G = G / m` -> `… * (H[-1] > 0)` | `G = G / m`
#   The logits go into the softmax as they are: no ReLU after the last layer, else none can be negative.
# no activation: `np.maximum(Z, 0) if l < last else Z` -> `Z`, without `* (H[l] > 0)`
#   Without ReLUs between them all layers are one linear map.
# sigmoids instead of ReLUs: `np.maximum(Z, 0) if l < last else Z` -> `0.5 * (1 + np.tanh(Z / 2)) if l < last else Z`,
#   `(H[l] > 0)` -> `(H[l] * (1 - H[l]))`
#   The hidden layers are ReLUs.
# the slope of the ReLU is missing on the way back: without `* (H[l] > 0)`
#   Where a ReLU is off, no gradient passes: multiply by (Z > 0). (With its output A the mask is A > 0; A >= 0 is always
#   true.)
# the slope of the ReLU is missing on the way back: `(H[l] > 0)` -> `(H[l] >= 0)`
#   Where a ReLU is off, no gradient passes: multiply by (Z > 0). With its output A the mask is A > 0; A >= 0 is always
#   true.
# the gradient goes back through weights that have moved already
# -                 if l > 0:
# -                     G = (G @ Ws[l].T) * (H[l] > 0)
#   `bs[l] = bs[l] - lr * db` -> `… ⏎ if l > 0: G = (G @ Ws[l].T) * (H[l] > 0)`
#   All gradients belong to the weights before the step: first go back through all layers, then move.
# the exponential overflows: without `- H[-1].max(axis=1, keepdims=True)`
#   exp of a logit of 1,000 is inf, and inf/inf is nan. Subtract each row's largest logit first.
# one maximum for the whole batch: `H[-1].max(axis=1, keepdims=True)` -> `H[-1].max()`
#   exp of a logit that lies a thousand below the batch's largest is 0, and where a whole row is 0 that is 0/0, nan. Each row needs
#   its own largest logit: `.max(axis=1, keepdims=True)`.
# the log of a probability that rounded to 0
#   `np.log(S[:, 0]) - Z[np.arange(m), y[rows]]` -> `-np.log((E / S)[np.arange(m), y[rows]])`
#   A very wrong example has a probability of 0 as a float. Take the log before you divide: log(sum exp) minus the
#   logit.
# a small number is added inside the log
#   `np.log(S[:, 0]) - Z[np.arange(m), y[rows]]` -> `-np.log((E / S)[np.arange(m), y[rows]] + 1e-12)`
#   A small number inside the log, added or as a limit, hides the infinity, but a very wrong example should cost as much
#   as its logits differ. Take the log before you divide: log(sum exp) minus the logit.
# the batches are never shuffled: `order = rng.permutation(len(X))` -> `order = np.arange(len(X))`
#   Each epoch takes the examples in a fresh random order: `rng.permutation(len(X))`.
# the same order in every epoch: without `order = rng.permutation(len(X))`,
#   `losses = []` -> `… ⏎ order = rng.permutation(len(X))`
#   Draw the order inside the loop over epochs, so that each epoch gets a fresh one.
# the order does not come from rng: `order = rng.permutation(len(X))` -> `order = np.random.permutation(len(X))`
#   All randomness, the weights and the order, comes from the argument `rng`: `rng.permutation(len(X))`.
# in some epoch the order is always the same: ` rng.permutation` -> ` np.random.default_rng(epoch).permutation`
#   or `order = rng.permutation(len(X))` -> `… if epoch else np.arange(len(X))`
#   Every epoch of every training takes a fresh order from `rng`, the first one, too; no generator of its own, no order
#   of the rows.
# examples are drawn with repetition: `order = rng.permutation(len(X))` -> `order = rng.integers(0, len(X), len(X))`
#   In one epoch each example comes once: a permutation, not independent draws.
# the last, shorter batch is dropped: `m = len(rows)` -> `… ⏎ if m < min(batch_size, len(X)): continue`,
#   `losses.append(total / len(X))` -> `losses.append(total / (len(X) - len(X) % min(batch_size, len(X))))`
#   Every example counts in every epoch: the last batch is shorter, but it makes a step.
# the last, shorter batch is dropped: `m = len(rows)` -> `… ⏎ if m < batch_size: continue`
#   or `m = len(rows)` -> `… ⏎ if m < batch_size: continue`, `total = 0.0` -> `total = []`,
#   `total += loss * m` -> `total.append(loss)`, `total / len(X)` -> `np.mean(total)`
#   Every example counts in every epoch: the last batch is shorter, but it makes a step. (Is `batch_size` above n, all
#   examples are one batch.)
# rows and labels are taken in different orders: `m = len(rows)` -> `… ⏎ labels = y[start:start + m]`,
#   `Z[np.arange(m), y[rows]])` -> `Z[np.arange(m), labels])`, `G[np.arange(m), y[rows]]` -> `G[np.arange(m), labels]`
#   A row and its label belong together: take both with the same indices, `X[rows]` and `y[rows]`.
# X is shuffled, y is not: `order = rng.permutation(len(X))` -> `rng.shuffle(X) ⏎ order = np.arange(len(X))`
#   `rng.shuffle(X)` moves the rows of the caller's X, and y stays as it is: most rows now have the label of another.
#   Draw one `order = rng.permutation(len(X))`, and take `X[rows]` and `y[rows]` with pieces of it.
# X and y are shuffled apart
#   `order = rng.permutation(len(X))` -> `rng.shuffle(X) ⏎ rng.shuffle(y) ⏎ order = np.arange(len(X))`
#   Two shuffles are two orders: most rows now have the label of another, and the caller's arrays have changed. Draw one
#   `order = rng.permutation(len(X))`, and take `X[rows]` and `y[rows]` with pieces of it.
# a velocity is added, as in momentum: `losses = []` -> `… ⏎ V, v = [0 * W for W in Ws], [0 * b for b in bs]`,
#   `Ws[l] = Ws[l] - lr * dW` -> `V[l] = 0.9 * V[l] + 1.0 * dW ⏎ Ws[l] = Ws[l] - lr * V[l]`,
#   `bs[l] = bs[l] - lr * db` -> `v[l] = 0.9 * v[l] + 1.0 * db ⏎ bs[l] = bs[l] - lr * v[l]`
#   or `losses = []` -> `… ⏎ V, v = [0 * W for W in Ws], [0 * b for b in bs]`,
#   `Ws[l] = Ws[l] - lr * dW` -> `V[l] = 0.9 * V[l] + 0.09999999999999998 * dW ⏎ Ws[l] = Ws[l] - lr * V[l]`,
#   `bs[l] = bs[l] - lr * db` -> `v[l] = 0.9 * v[l] + 0.09999999999999998 * db ⏎ bs[l] = bs[l] - lr * v[l]`
#   Plain SGD has no memory: each step is -lr times the gradient of its own batch, and nothing of the steps before.
# full-batch steps, batch_size is ignored: `for start in range(0, len(X), batch_size):` -> `for start in [0]:`,
#   `order[start:start + batch_size]` -> `order`
#   An epoch makes one step for each batch of `batch_size` examples.
# the losses are means of the batches' means: `total += loss * m` -> `total += loss`,
#   `total / len(X)` -> `total / -(-len(X) // batch_size)`
#   A shorter last batch would count as much as a full one. Weigh each batch's loss by its number of examples, and
#   divide by n.
# a shorter batch's loss counts as much as a full one's: `total += loss * m` -> `total += loss * batch_size`
#   The last batch may be shorter: weigh its loss by the number of rows that it really has, `len(rows)`.
# the losses are sums: `total / len(X)` -> `total`
#   Divide the sum over the examples by their number.
# the losses of the batches are added up: `total += loss * m` -> `total += loss`, `total / len(X)` -> `total`
#   Each batch's mean loss has to be weighed by its number of examples, and the sum divided by n.
# one loss for each batch: `total += loss * m` -> `losses.append(loss)`, without `losses.append(total / len(X))`
#   `losses` has one number for each epoch: collect during the epoch, append after it.
# only the last batch's loss is kept: `total += loss * m` -> `total = loss * len(X)`
#   The number of an epoch is the mean over all its examples, not the loss of the batch that came last.
# the losses are measured after the epoch
# -         losses.append(total / len(X))
# +         A = X
# +         for l in range(len(Ws)):
# +             A = A @ Ws[l] + bs[l]
# +             A = np.maximum(A, 0) if l < last else A
# +         A = A - A.max(axis=1, keepdims=True)
# +         losses.append(np.mean(np.log(np.exp(A).sum(axis=1)) - A[np.arange(len(X)), y]))
#   Wanted are the losses that the steps saw on their way, each taken before its step.
# weights as (d_out, d_in): `return Ws, bs` -> `return [W.T for W in Ws], bs`
#   In this course W has shape (d_in, d_out), and a layer is X @ W + b.
# one epoch too many: `range(epochs)` -> `range(epochs + 1)`
#   `epochs` is how many epochs there are, and `losses` has a number for each: `range(epochs)`.
# one epoch too few: `range(epochs)` -> `range(1, epochs)`
#   `range(1, epochs)` leaves one out: `range(epochs)` has `epochs` entries, from 0 on.
# twice the gradient: `G = G / m` -> `G = 2 * G / m`
#   The gradient of the cross-entropy by the logits is (p - one-hot) / B, without a 2: that one belongs to squares. Or is
#   each step made twice?
# the losses are squared errors: `loss = np.mean(np.log(S[:, 0]) - Z[np.arange(m), y[rows]])` -> `loss = np.mean(np.sum((E / S - np.eye(sizes[-1])[y[rows]])**2, axis=1))`
#   | `loss = np.mean((E / S - np.eye(sizes[-1])[y[rows]])**2)`
#   The steps are those of the cross-entropy, and so should the losses be: the mean of -log p at the labels.
# the squared error of the logits
#   `loss = np.mean(np.log(S[:, 0]) - Z[np.arange(m), y[rows]])` -> `miss = H[-1] - np.eye(sizes[-1])[y[rows]] ⏎ loss = np.sum(miss**2) / m`,
#   `G = E / S` -> `G = 2 * miss`, without `G[np.arange(m), y[rows]] -= 1`
#   or `loss = np.mean(np.log(S[:, 0]) - Z[np.arange(m), y[rows]])` -> `miss = H[-1] - np.eye(sizes[-1])[y[rows]] ⏎ loss = np.sum(miss**2) / m`,
#   `G = E / S` -> `G = miss`, without `G[np.arange(m), y[rows]] -= 1`
#   Classes are no quantities: the loss is the cross-entropy of the softmax, the mean of -log p at the labels, as in your
#   `softmax_xent`.
# the squared error of the probabilities
#   `loss = np.mean(np.log(S[:, 0]) - Z[np.arange(m), y[rows]])` -> `P = E / S ⏎ miss = P - np.eye(sizes[-1])[y[rows]] ⏎ loss = np.sum(miss**2) / m`,
#   `G = E / S` -> `G = 2 * P * (miss - np.sum(P * miss, axis=1, keepdims=True))`, without `G[np.arange(m), y[rows]] -= 1`
#   The square of a probability's error hardly feels a confident mistake: its slope by the logits goes to 0. The loss is the
#   cross-entropy, the mean of -log p at the labels, as in your `softmax_xent`.
# it ends before its epochs are over: `losses.append(total / len(X))` -> `… ⏎ if len(losses) > 1 and losses[-1] > losses[-2] - 1e-3: break` |
#   `… ⏎ if len(losses) > 1 and losses[-1] >= losses[-2]: break`
#   The caller says how many epochs are wanted, and gets a loss for each of them: no stop before that.
# the losses are missing: `return Ws, bs, losses` -> `return Ws, bs`
#   Three results are wanted: `return Ws, bs, losses`.
# the return stands inside the loop over epochs: `losses.append(total / len(X))` -> `… ⏎ return Ws, bs, losses`
#   Your function ends after its first epoch: move `return` out of the loop, to the left.
