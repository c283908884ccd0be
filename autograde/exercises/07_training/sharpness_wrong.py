"""Wrong answers of exercise 7.7."""

# %% wrong
# the size without its sign: `value = v @ Hv` -> `value = np.linalg.norm(Hv)` | `value = abs(v @ Hv)`
#   A length is never negative, a curvature may be: v @ Hv has the sign.
# divided by eps instead of 2 eps: `/ (2 * eps)` -> `/ eps`
#   The two places are 2 eps apart.
# not divided by the distance: without ` / (2 * eps)`
#   A difference becomes a derivative when it is divided by the distance of the two places, 2 eps.
# the gradient instead of its difference: `(grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `grad(theta + eps * v)`
#   The Hessian says how the gradient *changes*: take the difference at two places.
# the gradient at v: `(grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `grad(v)`
#   That is H v for a parabola around 0 only. Take the difference of gradients around theta.
# the curvature at 0: `(grad(theta + eps * v) - grad(theta - eps * v))` -> `(grad(eps * v) - grad(-eps * v))`
#   The curvature is wanted at theta: start both places there.
# a step as long as v: `eps = 1e-4` -> `eps = 1.0`
#   Only nearby the difference is the derivative: take eps of about 1e-4.
# a sum instead of a difference: `grad(theta + eps * v) - grad` -> `grad(theta + eps * v) + grad`
#   How the gradient changes is a difference.
# uphill and downhill are exchanged: `(grad(theta + eps * v) - grad(theta - eps * v))` -> `(grad(theta - eps * v) - grad(theta + eps * v))`
#   The gradient further along v comes first, with the plus.
# half of the curvature: `return value` -> `return value / 2`
#   The half belongs to the second-order picture of the loss. Asked is the eigenvalue.
# the largest stable rate: `return value` -> `return 2 / value`
#   2 over the largest curvature is the rate that is still stable on a parabola. Asked is the curvature itself.
# the root: `return value` -> `return np.sqrt(abs(value))`
#   The eigenvalue itself is asked for, without a root.
# the square: `return value` -> `return value**2`
#   The eigenvalue itself is asked for.
# the direction instead of the curvature: `return value` -> `return v`
#   v is the direction. The curvature along it is the number v @ Hv.
# the curvature along the first parameter
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     v = np.eye(len(theta))[0]
# +     return v @ (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
#   One axis is one direction among many: iterate, so that the direction whose curvature is largest in size wins.
# the largest entry of the diagonal
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     return max([e @ (grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E], key=abs)
#   The diagonal shows what happens along the axes only. Iterate, so that the direction whose curvature is largest in
#   size wins.
# the sum of all curvatures
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     return sum(e @ (grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E)
#   The trace is the sum of all eigenvalues. Asked is the one that is largest in size.
# the smallest in size
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     H = np.array([(grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E])
# +     return min(np.linalg.eigvalsh((H + H.T) / 2), key=abs)
#   Asked is the eigenvalue that is *largest* in size.
# the largest upwards, even where one downwards is larger
# -     for _ in range(steps):
# -         Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
# -         value = v @ Hv
# -         v = Hv / np.linalg.norm(Hv)
# -     return value
# +     E = np.eye(len(theta))
# +     H = np.array([(grad(theta + eps * e) - grad(theta - eps * e)) / (2 * eps) for e in E])
# +     return np.linalg.eigvalsh((H + H.T) / 2)[-1]
#   In this exercise the *size* decides, as in the power iteration: it may be a negative one.
# the direction is never made of length 1: `v = Hv / np.linalg.norm(Hv)` -> `v = Hv`
#   or `v = Hv / np.linalg.norm(Hv)` -> `v = Hv`, without `v = v / np.linalg.norm(v)`
#   or `v = Hv / np.linalg.norm(Hv)` -> `v = Hv`, `value = v @ Hv` -> `value = v @ Hv / (v @ v)`
#   Each product makes v longer or shorter, by the size of a curvature. So it leaves the neighbourhood of theta, and in the end the
#   range of floats: divide by its length each time, `v = Hv / np.linalg.norm(Hv)`.
# theta is moved: `Hv = (grad` -> `theta -= 0.01 * v ⏎ Hv = (grad`
#   or `Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `theta += eps * v ⏎ up = grad(theta) ⏎ theta -= 2 * eps * v ⏎ Hv = (up - grad(theta)) / (2 * eps)`
#   or `Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)` -> `here = grad(theta) ⏎ theta += eps * v ⏎ Hv = (grad(theta) - here) / eps`
#   Only measure here: theta belongs to the caller. `theta + eps * v` is a new array; what `theta += ...` has moved must be put
#   back.
# a start that is not random: `v = rng.standard_normal(theta.shape)` -> `v = np.ones(theta.shape)` | `v = np.eye(len(theta))[0]`
#   Where the direction that is asked for lies across to a fixed start, no product leads there. A random one has some of every direction.
# one place is a whole v away: `grad(theta + eps * v)` -> `grad(theta + v)`
#   Both places lie near theta: eps times v to either side.
# the other place is a whole v away: `grad(theta - eps * v)` -> `grad(theta - v)`
#   Both places lie near theta: eps times v to either side.
# divided by the square of the length: `v = Hv / np.linalg.norm(Hv)` -> `v = Hv / (Hv @ Hv)`
#   `Hv @ Hv` is the square of the length: divide by its root, so that v has length 1.
# another length than the Euclidean: `v = Hv / np.linalg.norm(Hv)` -> `v = Hv / np.abs(Hv).max()` | `v = Hv / np.abs(Hv).sum()`
#   The curvature along v is v @ Hv where v has length 1, the root of the sum of its squares: divide by `np.linalg.norm(Hv)`.
