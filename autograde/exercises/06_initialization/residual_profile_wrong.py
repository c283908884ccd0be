"""Wrong answers of exercise 6.7."""

# %% wrong
# the way around is divided by the root of L, too
#   `h = h + psi(name, z) / np.sqrt(L)` -> `h = (h + psi(name, z)) / np.sqrt(L)`, `G = G + dz @ W.T` -> `G = G / np.sqrt(L) + dz @ W.T`
#   What goes around a layer stays as it is: only psi(z_l) is divided by sqrt(L). Mind the brackets.
# the way around is missing forwards and backwards: `h + psi(name, z)` -> `psi(name, z)`, `G + dz @ W.T` -> `dz @ W.T`
#   A residual layer adds: h_l = h_{l-1} + psi(z_l) / sqrt(L). On the way back both summands count.
# the way around is missing forwards: `h + psi(name, z)` -> `psi(name, z)`
#   A residual layer adds: h_l = h_{l-1} + psi(z_l) / sqrt(L).
# the way around is missing backwards: `G + dz @ W.T` -> `dz @ W.T`
#   h_l depends on h_{l-1} in two ways, directly and through z_l. The gradient is the sum of both: G + dz @ W.T.
# the layers are not scaled: `psi(name, z) / np.sqrt(L)` -> `psi(name, z)`, `slope(name, z) / np.sqrt(L)` -> `slope(name, z)`
#   Each layer adds psi(z_l) / sqrt(L): the more layers there are, the less each of them adds.
# the gradient is not scaled: `slope(name, z) / np.sqrt(L)` -> `slope(name, z)`
#   What is divided by sqrt(L) on the way up is divided by it on the way back.
# the values are not scaled: `psi(name, z) / np.sqrt(L)` -> `psi(name, z)`
#   Each layer adds psi(z_l) / sqrt(L) on the way up, too.
# divided by L, not by its root: `psi(name, z) / np.sqrt(L)` -> `psi(name, z) / L`, `slope(name, z) / np.sqrt(L)` -> `slope(name, z) / L`
#   Mean squares of independent terms add up, so the root of L is wanted: psi(z_l) / sqrt(L).
# divided by the root of the width: `L = len(Ws)` -> `L = X.shape[1]`
#   L is the number of layers, len(Ws), not the number of units.
# divided by the root of the number of examples: `L = len(Ws)` -> `L = len(X)`
#   L is the number of layers, len(Ws), not the number of examples.
# divided by the number of the layer: `psi(name, z) / np.sqrt(L)` -> `psi(name, z) / np.sqrt(len(zs) + 1)`
#   All layers are scaled alike, by 1 / sqrt(L), where L is the number of all of them.
# the sum is scaled: `h + psi(name, z) / np.sqrt(L)` -> `(h + psi(name, z)) / np.sqrt(L)`
#   Only what the layer adds is divided by sqrt(L). What goes around it stays as it is.
# the activation is outside the sum: `h + psi(name, z) / np.sqrt(L)` -> `psi(name, h + z / np.sqrt(L))`
#   What goes around passes no activation: h_{l-1} + psi(z_l) / sqrt(L).
# the way around is added before the activation: `h + psi(name, z) / np.sqrt(L)` -> `psi(name, h + z) / np.sqrt(L)`
#   What goes around is added behind the activation: h_{l-1} + psi(z_l) / sqrt(L).
# the activation is forgotten: `h + psi(name, z) / np.sqrt(L)` -> `h + z / np.sqrt(L)`
#   What is added is psi(z_l) / sqrt(L).
# the way around starts at the input: `h + psi(name, z)` -> `X + psi(name, z)`
#   Each layer adds to the h of the layer before it, not to X.
# every layer reads the input: `z = h @ W` -> `z = X @ W`
#   Each layer takes the h of the layer before it; only the first one sees X.
# every second layer has a way around: `h + psi(name, z)` -> `h * (len(zs) % 2) + psi(name, z)`
#   In this exercise there is a way around every single layer.
# the slope is missing: `dz = G * slope(name, z)` -> `dz = G`
#   The chain rule: through the layer the gradient is multiplied by psi'(z), entry by entry.
# the slope is taken at h instead of z: `zs.append(z)` -> `zs.append(h)`
#   psi' is a function of the pre-activation z here. Keep the z of each layer.
# the activation instead of its slope: `G * slope(name, z)` -> `G * psi(name, z)`
#   On the way back each entry is multiplied by the derivative psi'(z), not by the value psi(z).
# the slope is applied to what goes around, too: `G + dz @ W.T` -> `G * slope(name, z) + dz @ W.T`
#   What goes around passes no activation: its share of the gradient is G as it is.
# W is not transposed: `dz @ W.T` -> `dz @ W`
#   z = h @ W sums over the rows of W, so the way back sums over its columns: dz @ W.T.
# the weights are used in forward order: `Ws[::-1])` -> `Ws)`
#   The last layer comes first on the way back: its z, and its own W.
# the slopes are used in forward order: `zip(zs[::-1]` -> `zip(zs`
#   The last layer comes first on the way back: its own z, and its W.
# backward is in the order of the computation: `np.array(backward[::-1])` -> `np.array(backward)`
#   You meet the last layer first. Turn the list around at the end: `backward[0]` belongs to h_0.
# backward is measured one layer too early: `G = G + dz @ W.T ⏎ backward.append(np.mean(G**2))` -> `backward.append(np.mean(G**2)) ⏎ G = G + dz @ W.T`
#   `backward[l]` is dloss/dh_l, what layer l + 1 hands *down*: measure after its own step.
# backward measures dloss/dz: `np.mean(G**2)` -> `np.mean(dz**2)`
#   Asked is dloss/dh_l, what goes around included.
# backward measures the layer's share alone: `np.mean(G**2)` -> `np.mean((dz @ W.T)**2)`
#   dloss/dh_l has two summands: what comes through the layer, and what goes around it.
# forward begins with the input: `z = h @ W ⏎ h = h + psi(name, z) / np.sqrt(L) ⏎ zs.append(z) ⏎ forward.append(np.mean(h**2))` -> `forward.append(np.mean(h**2)) ⏎ z = h @ W ⏎ h = h + psi(name, z) / np.sqrt(L) ⏎ zs.append(z)`
#   `forward[0]` belongs to h_1, the output of the first layer.
# forward measures what a layer adds: `np.mean(h**2)` -> `np.mean((psi(name, z) / np.sqrt(L))**2)`
#   Asked is the mean square of h_l, the sum.
# forward measures z: `np.mean(h**2)` -> `np.mean(z**2)`
#   `forward` measures what a layer hands on: h_l.
# sums instead of means: `np.mean(h**2)` -> `np.sum(h**2)`, `np.mean(G**2)` -> `np.sum(G**2)`
#   Take the mean over all entries: sums grow with the width and the number of examples.
# roots of the mean squares: `np.array(forward), np.array(backward[::-1])` -> `np.sqrt(forward), np.sqrt(backward[::-1])`
#   The mean square itself is asked for, without a root.
# variances instead of mean squares: `np.mean(h**2)` -> `np.var(h)`, `np.mean(G**2)` -> `np.var(G)`
#   The variance subtracts the mean first. Asked is the mean square, mean included.
# squares of the means: `np.mean(h**2)` -> `np.mean(h)**2`, `np.mean(G**2)` -> `np.mean(G)**2`
#   Positive and negative entries cancel in the mean. Square first, then average.
# a value for each example: `np.mean(h**2)` -> `np.mean(h**2, axis=1)`, `np.mean(G**2)` -> `np.mean(G**2, axis=1)`
#   One number per layer is asked for: take the mean over all entries, without `axis`.
# the profiles are exchanged: `return np.array(forward), np.array(backward[::-1])` -> `return np.array(backward[::-1]), np.array(forward)`
#   First `forward`, then `backward`.
# the caller's X is changed: `h = h + psi(name, z) / np.sqrt(L)` -> `h += psi(name, z) / np.sqrt(L)`
#   `h += ...` writes into the caller's X. Write `h = h + ...`.
# the caller's G is changed: `G = G + dz @ W.T` -> `G += dz @ W.T`
#   `G += ...` writes into the caller's G. Write `G = G + ...`.
# forward has the input in front: `h, zs, forward, backward = X, [], [], []` -> `h, zs, forward, backward = X, [], [np.mean(X**2)], []`
#   L layers, L values: `forward[0]` belongs to h_1. Leave the input X out.
# the variance, not the mean square: `np.mean(h**2)` -> `np.var(h)`
#   `np.var` takes the mean away first. Asked is the mean of the squares as they are.
# the slope is taken at psi(z): `dz = G * slope(name, z)` -> `dz = G * slope(name, psi(name, z))`
#   psi' is a function of the pre-activation z. Keep the z of each layer.
# the layers in forward order on the way back: `zip(zs[::-1], Ws[::-1])` -> `zip(zs, Ws)`
#   The way back begins at the last layer: turn both lists around.
# forward measures psi(z) alone: `forward.append(np.mean(h**2))` -> `forward.append(np.mean(psi(name, z)**2))`
#   A layer hands up the sum, h_{l-1} + psi(z_l) / sqrt(L): measure the new h.
# the root of L is inside the activation: `psi(name, z) / np.sqrt(L)` -> `psi(name, z / np.sqrt(L))`
#   or `psi(name, z) / np.sqrt(L)` -> `psi(name, z / np.sqrt(L))`, `G * slope(name, z)` -> `G * slope(name, z / np.sqrt(L))`
#   What psi gives is divided, not what it gets.
