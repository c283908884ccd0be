"""Wrong answers of exercise 8.4."""

# %% wrong
# the variance is 1/d squared: `np.sqrt(1 / a)` -> `1 / a`, `range(15)` -> `range(1)`
#   The second argument of `rng.normal` is the *standard deviation*: for the variance 1/d_in write np.sqrt(1 / d_in). With
#   1/d_in the signals die on their way through thirty layers.
# all weights start at 0: `rng.normal(0, np.sqrt(1 / a), (a, b))` -> `np.zeros((a, b))`, `range(15)` -> `range(1)`
#   From weights of 0 no signal and no gradient gets through: draw them, with variance 1/d_in.
# it is not trained: `range(15)` -> `range(0)`
#   or `p -= 0.05 * g` -> `p = p - 0.05 * g`, `range(15)` -> `range(1)`
#   or `0.05 * g` -> `1e-9 * g`, `range(15)` -> `range(1)`
#   Signals arrive, and nothing is read: did any step change the weights that you return? `p -= ...` changes an array in
#   place, `p = p - ...` makes a new one that nobody sees.
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
# the images are shuffled in place: `range(15)` -> `range(1)`, `    Ws = [` -> `    X[:] = X[::-1]; y[:] = y[::-1]; Ws = [`
#   X and y belong to the caller, who goes on with them: draw an order of rows, and take X[rows], instead of moving them.
# random numbers that do not come from rng: `range(15)` -> `range(1)`, `    Ws = [` -> `    rng = np.random.default_rng(); Ws = [`
#   or `rng.normal` -> `np.random.normal`, `rng.permutation` -> `np.random.permutation`, `range(15)` -> `range(1)`
#   With the same `rng` the training must come out the same, so that it can be repeated: draw weights and order from the argument.
