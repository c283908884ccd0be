"""Wrong answers of exercise 8.4."""

# %% wrong
# only the last layers learn: `np.sqrt(1 / a)` -> `1 / a`, `range(15)` -> `range(1)`
#   Signals die on their way up through thirty layers, or gradients on their way down. Is the *standard deviation*, the
#   second argument of `rng.normal`, np.sqrt(1 / d_in)? Does G go down through every layer?
# not all layers learn: `rng.normal(0, np.sqrt(1 / a), (a, b))` -> `np.zeros((a, b))`, `range(15)` -> `range(1)`
#   Some layers come back the same for all labels. From weights of 0 nothing gets through: are they drawn, with variance 1/d_in?
#   And does every layer take its steps, the last one, too?
# values at the ends of tanh: `np.sqrt(1 / a)` -> `1`, `range(15)` -> `range(2)`
#   The hidden values sit at the ends of tanh, where its slope is 0. Either the weights start too large (the standard
#   deviation that LeCun's rule asks for is sqrt(1/d_in)), or the steps are too large: try a rate of 0.03.
# nothing is learned from the labels: `range(15)` -> `range(0)`
#   or `p -= lr * g` -> `p = p - lr * g`, `range(15)` -> `range(1)`
#   or `lr * g` -> `1e-12 * g`, `range(15)` -> `range(1)`
#   The same comes back for other labels: does y come in, and did any step change the weights that you return? `p -= ...`
#   changes an array in place, `p = p - ...` makes a new one that nobody sees.
# the biases are left out: `zip(Ws + bs, dWs + dbs)` -> `zip(Ws, dWs)`
#   The biases that come back are the same for all labels: they take steps, too.
# the weights are left out: `zip(Ws + bs, dWs + dbs)` -> `zip(bs, dbs)`, `range(15)` -> `range(1)`, `0.03` -> `0.003`
#   The weights that come back are the same for all labels: they take steps, too.
# the weights move too little beside the biases: `for p, g in zip(Ws + bs, dWs + dbs):` -> `for p, g in zip(Ws + bs, [dW / len(rows) for dW in dWs] + dbs):`, `range(15)` -> `range(1)`, `0.03` -> `0.003`
#   An input that is always 1 has the gradient of the bias beside it; here its weights move several times less, as with her
#   second mean: the 1/n of the loss is in G already, so `h.T @ G`, and nothing more; and one rate for all.
# the biases move too little beside the weights: `for p, g in zip(Ws + bs, dWs + dbs):` -> `for p, g in zip(Ws + bs, dWs + [db / len(rows) for db in dbs]):`
#   An input that is always 1 has the gradient of the bias beside it; here the biases move several times less. The 1/n of the
#   loss is in G already: `G.sum(axis=0)`, not the mean; and one rate for all.
# it has only begun to learn: `0.03` -> `0.001`, `range(15)` -> `range(10)`
#   It learns from its images, and reads too few of the new ones: more epochs, or a rate of about 0.03 that falls to 0. Is the
#   slope in your gradients the right one, and does `worst_gradient` accuse nobody?
# it reads many, and not enough: `    Ws = [` -> `    X, y = X[y > 2], y[y > 2]; Ws = [`
#   It reads many, and not yet enough: more epochs, or a rate of about 0.03 that falls to 0. Is the slope in your gradients the
#   right one, and does `worst_gradient` accuse nobody?
# not even its own images are read: `y[rows]` -> `y[start:start + 16]`, `range(15)` -> `range(2)`
#   Not even the images that it learned from are read. Do the rows of X and of y belong together, `X[rows]` and `y[rows]`? Are the
#   steps of a fitting size, about 0.03 times the gradient, neither far more nor far less? Does `worst_gradient` accuse nobody?
# the loss has risen: `p -= lr * g` -> `p += lr * g`, `0.03` -> `0.3`, `range(15)` -> `range(4)`
#   On the very images that it learned from the loss is far above a guesser's: steps go against the gradient, `p -= lr * g`, and a
#   rate may also be too large.
# numbers grow without end: `(1 - h**2)` -> `1e3`, `range(15)` -> `range(1)`
#   The weights have become huge, infinite or nan: steps are too large, or gradients grow on their way down. Is the slope 1 - h**2 there,
#   is the largest logit of each row taken away before `np.exp`?
# only the weights come back: `return Ws, bs` -> `return Ws`, `range(15)` -> `range(1)`
#   A pair is asked for: the list of the weights, then the list of the biases.
# biases first: `return Ws, bs` -> `return bs, Ws`, `range(15)` -> `range(1)`
#   The order is (Ws, bs): weights first.
# the losses come back, too: `return Ws, bs` -> `return Ws, bs, [loss]`, `range(15)` -> `range(1)`
#   A pair is asked for, (Ws, bs), without the losses.
# a pair for each layer: `return Ws, bs` -> `return list(zip(Ws, bs))`, `range(15)` -> `range(1)`
#   Two lists are asked for: `return Ws, bs`. To turn a list of pairs around, write `Ws, bs = zip(*pairs)`.
# all in one list: `return Ws, bs` -> `return Ws + bs`, `range(15)` -> `range(1)`
#   Two lists are asked for: `return Ws, bs`.
# a dictionary: `return Ws, bs` -> `return {"Ws": Ws, "bs": bs}`, `range(15)` -> `range(1)`
#   Two lists are asked for: `return Ws, bs`.
# nothing comes back: without `return Ws, bs`, `range(15)` -> `range(1)`
#   The trained network must come back: `return Ws, bs`.
# one layer too few: `return Ws, bs` -> `return Ws[:-1], bs[:-1]`, `range(15)` -> `range(1)`
#   A layer lies between every two neighbours of `sizes`, the last two as well: the network has len(sizes) - 1 of them.
# weights of shape (d_out, d_in): `return Ws, bs` -> `return [W.T for W in Ws], bs`, `range(15)` -> `range(1)`
#   Examples are rows, h W + b, so W has the shape (d_in, d_out).
# biases with two axes: `return Ws, bs` -> `return Ws, [b[None, :] for b in bs]`, `range(15)` -> `range(1)`
#   A bias has one axis, (d_out,).
# the same width everywhere: `return Ws, bs` -> `return [np.resize(W, (sizes[1], sizes[1])) for W in Ws], bs`, `range(15)` -> `range(1)`
#   The first matrix takes sizes[0] inputs, the last one gives sizes[-1] outputs.
# her sizes, whatever is asked for: `    Ws = [` -> `    sizes = [64] + 29 * [32] + [10]; Ws = [`, `range(15)` -> `range(1)`
#   The widths come from `sizes`, and are others than hers in every call: write none of them into the function.
# X or y is changed in place: `    Ws = [` -> `    X[:] = X[::-1]; y[:] = y[::-1]; Ws = [`
#   X and y belong to the caller, who goes on with them: `X[:] = ...`, `X -= ...` and `rng.shuffle(X)` change the caller's arrays. Draw
#   an order of rows and take X[rows]; write `X = X - ...` where numbers change.
# random numbers that do not come from rng: `    Ws = [` -> `    rng = np.random.default_rng(); Ws = [`
#   or `rng.normal` -> `np.random.normal`, `rng.permutation` -> `np.random.permutation` or `rng.permutation` -> `np.random.permutation`
#   With the same `rng` the training must come out the same, so that it can be repeated: draw weights and order from the argument.
# a generator of its own, with a fixed seed: `    Ws = [` -> `    rng = np.random.default_rng(8); Ws = [`
#   With another `rng` the training must be another one, but yours never changes: draw weights and order from the argument, not from
#   a generator that is made inside.
