"""Wrong answers to ``signal_profile``."""

# %% wrong
# forward starts with the input: `hs[1:]]` -> `hs[:-1]]`
#   `forward[0]` belongs to h_1, the output of the first layer. The input X is not in the list.
# forward has the input in front: `hs[1:]]` -> `hs]`
#   L layers, L values: `forward[0]` belongs to h_1. Leave the input X out.
# forward measures z instead of h: ` [np.mean(h**2) for h in hs[1:]]` -> ` [np.mean(z**2) for z in zs]`
#   `forward` measures what a layer hands on: h = psi(z), after the activation.
# the variance instead of the mean square
#   `forward = [np.mean(h**2) for h in hs[1:]]` -> `forward = [np.var(h) for h in hs[1:]]`,
#   `backward = [np.mean(dz**2) for dz in dzs[::-1]]` -> `backward = [np.var(dz) for dz in dzs[::-1]]`
#   The variance subtracts the mean first. What the next layer meets is the mean square, mean included.
# the variance instead of the mean square of h: `np.mean(h**2) ` -> `np.var(h) `
#   `np.var` subtracts the mean first; ReLUs and sigmoids have a mean, and the next layer sees it. Use np.mean(h**2).
# standard deviations instead of mean squares
#   `forward = [np.mean(h**2) for h in hs[1:]]` -> `forward = [np.std(h) for h in hs[1:]]`,
#   `backward = [np.mean(dz**2) for dz in dzs[::-1]]` -> `backward = [np.std(dz) for dz in dzs[::-1]]`
#   `np.std` subtracts the mean and takes a root. Asked is np.mean(h**2).
# roots of the mean squares: `np.array(forward), np.array(backward)` -> `np.sqrt(forward), np.sqrt(backward)`
#   The mean square itself is asked for, without a root: its recursion is the one that can be derived.
# sums instead of means: `np.mean(h**2)` -> `np.sum(h**2)`, `np.mean(dz**2)` -> `np.sum(dz**2)` | `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.sum(dz**2)`
#   A sum of squares (a squared norm) grows with the width and the number of examples; take the mean over all entries.
# the squared length of a row, averaged over examples: `np.mean(h**2)` -> `np.mean((h**2).sum(axis=1))`,
#   `np.mean(dz**2)` -> `np.mean((dz**2).sum(axis=1))` | `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.mean((dz**2).sum(axis=1))`
#   That is the mean square times the width. Average over units, too: np.mean(h**2).
# norms instead of mean squares: `np.mean(h**2)` -> `np.linalg.norm(h)`, `np.mean(dz**2)` -> `np.linalg.norm(dz)` |
#   `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.linalg.norm(dz)`
#   A norm is the root of a *sum* of squares. Asked is the mean of the squares.
# the square of the mean: `np.mean(h**2)` -> `np.mean(h)**2`, `np.mean(dz**2)` -> `np.mean(dz)**2` | `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.mean(dz)**2`
#   Positive and negative entries cancel in the mean. Square first, then average.
# a value for each example: `np.mean(h**2)` -> `np.mean(h**2, axis=1)`, `np.mean(dz**2)` -> `np.mean(dz**2, axis=1)` |
#   `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.mean(dz**2, axis=1)`
#   One number per layer is asked for. Take the mean over all entries, examples and units: no `axis`.
# row sums instead of mean squares: `np.mean(h**2)` -> `np.sum(h**2, axis=1)`,
#   `np.mean(dz**2)` -> `np.sum(dz**2, axis=1)` | `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.sum(dz**2, axis=1)`
#   Those are the squared lengths of the rows. Take the mean over all entries: np.mean(h**2), without `axis`.
# mean sizes instead of mean squares: `np.mean(h**2)` -> `np.mean(np.abs(h))`,
#   `np.mean(dz**2)` -> `np.mean(np.abs(dz))` | `np.mean(dz**2)`
#   or `np.mean(dz**2)` -> `np.mean(np.abs(dz))`
#   Squares are asked for: the variance of the next z is made of their mean.
# backward is in the order of the computation: `dzs[::-1]]` -> `dzs]`
#   You meet the last layer first. Turn the list around at the end: `backward[0]` belongs to z_1.
# backward measures the gradient of h instead of z: `dzs.append(dz)` -> `dzs.append(G)`
#   Asked is dloss/dz, after the factor psi'(z); you kept dloss/dh, before it.
# backward is one layer too early: `dzs.append(dz) ⏎ G = dz @ W.T` -> `G = dz @ W.T ⏎ dzs.append(G)`
#   After the multiplication by W.T you have dloss/dh of the layer *below*. Measure dz before it.
# the slope is taken at h instead of z: `zip(zs[::-1]` -> `zip(hs[:0:-1]`
#   psi' is a function of the pre-activation z here. Keep the z of each layer in the forward pass.
# the slope of the activation is missing: `dz = G * slope(name, z)` -> `dz = G`
#   The chain rule: dloss/dz = dloss/dh times psi'(z), entry by entry.
# the activation instead of its slope on the way back: `dz = G * slope(name, z)` -> `dz = G * psi(name, z)`
#   On the way back each entry is multiplied by the derivative psi'(z), not by the value psi(z).
# G is taken for the gradient at z of the last layer: `dz = G * slope(name, z)` -> `… if dzs else G`
#   G is dloss/dh_L, behind the last activation: it must be multiplied by psi'(z_L), too.
# no activation after the last layer: `h = psi(name, z)` -> `… if len(zs) + 1 < len(Ws) else z`,
#   `dz = G * slope(name, z)` -> `… if dzs else G`
# the last layer has no activation on the way forward: `h = psi(name, z)` -> `… if len(zs) + 1 < len(Ws) else z`
#   In this exercise all L layers have the activation, the last one included.
# W is not transposed on the way back: `dz @ W.T` -> `dz @ W`
#   dz has shape (n, d_out) and W (d_in, d_out): to get back to (n, d_in), multiply by W.T.
# the weights are used in forward order on the way back: `Ws[::-1])` -> `Ws)`
#   The last layer comes first on the way back: its z, and its own W.
# the two profiles are exchanged: `np.array(forward), np.array(backward)` -> `np.array(backward), np.array(forward)`
#   First `forward`, then `backward`.
# one value of each profile comes back: `np.array(forward), np.array(backward)` -> `forward[-1], backward[0]`
#   One value per layer: collect them in lists of L values.
# the gradients of the weights instead of those of z
#   `[np.mean(dz**2) for dz in dzs[::-1]]` -> `[np.mean((h.T @ dz)**2) for h, dz in zip(hs, dzs[::-1])]`
#   h.T @ dz is dloss/dW. Asked is the mean square of dz itself.
# divided by the number of examples: `np.mean(dz**2)` -> `np.mean((dz / len(X))**2)`
#   G holds the gradient already, with whatever 1/n the loss has. Take the mean of dz**2 as it is.
# the name is ignored, always tanh: `h, hs, zs = X, [X], []` -> `name = "tanh" ⏎ …`
# the name is ignored, always relu: `h, hs, zs = X, [X], []` -> `name = "relu" ⏎ …`
#   Use the activation that `name` says.
# the activation is forgotten: `h = psi(name, z)` -> `h = z`
#   h_l = psi(z_l): without it the layers collapse into one.
# the input is activated, too: `h, hs, zs = X, [X], []` -> `h = psi(name, X) ⏎ hs, zs = [h], []`
#   h_0 is X itself. The first activation comes after the first layer's weights.
# every layer starts from the input: `z = h @ W` -> `z = X @ W`
#   Each layer takes the h of the layer before it; only the first one sees X.
# the upstream gradient is not replaced: `G = dz @ W.T` -> `dz @ W.T`
#   Each step back needs the gradient at its own layer: G = dz @ W.T, before the next one.
# the way back skips the slopes below the last layer: ` G * slope` -> ` G if dzs else G * slope`
#   Every layer has an activation, so every step back has its factor psi'(z).
# W is changed in place: `G = dz @ W.T` -> `… ⏎ W -= 0.1 * W`
#   Only measure here: the weights belong to the caller.
# the slope of the ReLU at 0 is 1: `(z > 0) * 1.0` -> `(z >= 0) * 1.0`
#   At a kink this course takes the slope from the left: for the ReLU at 0 that is 0.
# the slopes are computed of z as if it were the output: `dz = G * slope(name, z)` -> `dz = G * {"identity": 1, "sigmoid": z * (1 - z), "tanh": 1 - z**2, "relu": z > 0}[name]`
#   t (1 - t) and 1 - t**2 are the slopes by the *output* t = psi(z). Compute t first.
# roots of the mean squares: `np.mean(h**2)` -> `np.sqrt(np.mean(h**2))`
#   The mean of the squares itself is asked for, without a root.
