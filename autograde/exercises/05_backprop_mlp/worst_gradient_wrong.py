"""More answers to ``worst_gradient``, right and wrong ones."""

import numpy as np

# %% right
def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    found, largest = None, tol
    for name, value in params.items():
        diff2 = a2 = n2 = 0.0
        for j in range(value.size):
            step = np.zeros(value.size)
            step[j] = eps
            step = step.reshape(value.shape)
            n = (f({**params, name: value + step}) - f({**params, name: value - step})) / (2 * eps)
            a = grads[name].ravel()[j]
            diff2, a2, n2 = diff2 + (a - n) ** 2, a2 + a**2, n2 + n**2
        error = diff2**0.5 / max(a2**0.5 + n2**0.5, 1e-12)
        if error > largest:
            found, largest = name, error
    return found

# %% right
def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    # nudges the caller's own arrays and puts every entry back
    scores = []
    for name, x in params.items():
        n = np.empty(x.shape)
        for i, old in np.ndenumerate(x.copy()):
            x[i] = old + eps
            n[i] = f(params)
            x[i] = old - eps
            n[i] -= f(params)
            x[i] = old
        n = (n / (2 * eps)).ravel()
        a = np.ravel(grads[name])
        scores.append((np.sqrt(((a - n) ** 2).sum()) / max(np.sqrt(a @ a) + np.sqrt(n @ n), 1e-12), name))
    error, name = sorted(scores)[-1]
    return np.str_(name) if error > tol else None

# %% right
def numeric_grad(f, x, eps):
    x = np.array(x, dtype=float, order="C")
    flat, out = x.reshape(-1), []
    for j in range(len(flat)):
        flat[j] += eps
        up = f(x)
        flat[j] -= 2 * eps
        down = f(x)
        flat[j] += eps
        out.append((up - down) / 2 / eps)
    return np.reshape(out, x.shape)

def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    def error(name):
        n = numeric_grad(lambda x: f(dict(params, **{name: x})), params[name], eps)
        a = np.asarray(grads[name])
        size = np.linalg.norm(a.ravel()) + np.linalg.norm(n.ravel())
        return np.linalg.norm((a - n).ravel()) / np.maximum(size, 1e-12)
    wrong = {name: error(name) for name in params}
    wrong = {name: e for name, e in wrong.items() if e > tol}
    return max(wrong, key=wrong.get) if wrong else None

# %% right
import copy

def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    names = list(params)
    theta = np.concatenate([params[k].ravel() for k in names])
    ends = np.cumsum([params[k].size for k in names])

    def unpack(v):
        return {k: piece.reshape(params[k].shape) for k, piece in zip(names, np.split(v, ends[:-1]))}

    n = unpack(np.array([(f(unpack(theta + e)) - f(unpack(theta - e))) / (2 * eps) for e in eps * np.eye(len(theta))]))
    norm = np.linalg.norm
    errors = [norm(grads[k] - n[k]) / max(norm(grads[k]) + norm(n[k]), 1e-12) for k in names]
    i = int(np.argmax(errors))
    return names[i] if errors[i] > tol else None

# %% wrong
# one-sided differences: `x[j] = centre - eps ⏎ down = f(mine)` -> `down = f(params)`,
#   `(up - down) / (2 * eps)` -> `(up - down) / eps`
#   A one-sided difference errs in proportion to eps, and here that is more than tol. Step to both sides: (f(x + eps) -
#   f(x - eps)) / (2 eps).
# the two steps are divided by one eps: `(up - down) / (2 * eps)` -> `(up - down) / eps`
#   From x - eps to x + eps are *two* steps: divide by 2 eps.
# the difference has the wrong sign: `(up - down) / (2 * eps)` -> `(down - up) / (2 * eps)`
#   Up minus down: f(x + eps) - f(x - eps).
# the difference is not divided: `(up - down) / (2 * eps)` -> `up - down`
#   A slope is a difference divided by the distance, 2 eps.

# %% wrong: all entries are moved at once
#   or `n = g / (2 * eps) * np.ones(x.shape)` -> `n = g / (2 * eps)`
#   Move one entry at a time: each has a slope of its own.
def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    mine = {k: v.copy() for k, v in params.items()}
    errors = {}
    for name in params:
        x, a = mine[name], grads[name]
        n = np.zeros(x.shape)
        g = f({**params, name: x + eps}) - f({**params, name: x - eps})
        n = g / (2 * eps) * np.ones(x.shape)
        size = max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)
        errors[name] = np.linalg.norm(a - n) / size
    worst = max(errors, key=errors.get)
    return worst if errors[worst] > tol else None

# %% wrong
# all differences are 0: `up = f(mine)` -> `up = f(params)`, `down = f(mine)` -> `down = f(params)`
#   It is as if all differences were 0. Does f get the dictionary that you nudge, once with the entry moved up and once
#   with it moved down, before it is put back?
# an entry is not put back: `x[j] = centre ⏎ n[j]` -> `n[j]` | `x[j] = x[j] + 2 * eps ⏎ n[j]`
#   After the last evaluation the entry must go back to its old value, or all later differences are taken at another
#   point. Safest: keep the old value and write it back.
# the caller's parameters are left nudged: `{k: v.copy() for k, v in params.items()}` -> `params`,
#   `x[j] = centre ⏎ n[j]` -> `n[j]`
#   `params` must be as they were afterwards: put every entry back, or work on copies.
# the absolute error: `np.linalg.norm(a - n) / size` -> `np.linalg.norm(a - n)`
#   An error of 0.01 is a lot for a gradient of size 0.02 and nothing for one of size 1000: divide by the sizes of both.
# divided by the measured norm only: `linalg.norm(a) + np.linalg.norm(n), ` -> `linalg.norm(n), `
#   The denominator is the *sum* of both norms: so the error lies between 0 and 1, and neither gradient is preferred.
# divided by the given norm only: `max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)` -> `max(np.linalg.norm(a), 1e-12)`
#   The denominator is the *sum* of both norms: a given gradient of nearly 0 would make the error huge.
# the worst entry instead of the norm
#   `np.linalg.norm(a - n) / size` -> `np.max(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-12))`
#   One tiny entry may be entirely off and not matter. Compare norms over all entries.
# the mean error of the entries
#   `np.linalg.norm(a - n) / size` -> `np.mean(np.abs(a - n) / np.maximum(np.abs(a) + np.abs(n), 1e-12))`
#   Here every entry counts alike, however tiny. Take norms over all entries first, and divide once.
# the absolute error: `np.linalg.norm(a - n) / size` -> `np.max(np.abs(a - n))` | `np.mean(np.abs(a - n))`
#   An error of 0.01 is a lot for a gradient of size 0.02 and nothing for one of size 1000: divide by the sizes of both.
# only the lengths are compared: `np.linalg.norm(a - n) / size` -> `abs(np.linalg.norm(a) - np.linalg.norm(n)) / size`
#   Two gradients of the same length may point anywhere: take the norm of the *difference*.
# only the sums are compared: `np.linalg.norm(a - n) / size` -> `abs(a.sum() - n.sum()) / size`
#   Errors of opposite sign cancel in a sum: take the norm of the difference.
# signs are not compared: `np.linalg.norm(a - n) / size` -> `np.linalg.norm(np.abs(a) - np.abs(n)) / size`
#   A gradient with the wrong sign leads uphill: compare the entries, not their sizes.
# the first name instead of the worst
#   `worst if errors[worst] > tol else None` -> `next((name for name in errors if errors[name] > tol), None)`
#   The name with the *largest* error is asked for, not the first one above tol: look at all before you return.
# the last name instead of the worst
#   `worst if errors[worst] > tol else None` -> `next((name for name in reversed(errors) if errors[name] > tol), None)`
#   The name with the *largest* error is asked for, not the last one above tol.
# the least error: `max(errors, key` -> `min(errors, key`
#   The *worst* is the largest error: `max(errors, key=errors.get)`.
# the largest name: `max(errors, key=errors.get)` -> `max(errors)`
#   `max` of a dictionary compares its keys, here by the alphabet. Tell it what to compare: `key=errors.get`.
# a name even where all is right: `return worst if errors[worst] > tol else None` -> `return worst`
#   Measuring leaves a small error in nearly everything. Where none is above tol the answer is None.
# the word 'None': `else None` -> `else 'None'`
#   None is Python's own value for nothing, without quotes.
# False for nothing found: `else None` -> `else False`
#   Where nothing is wrong the answer is None.
# all wrong names
#   `return worst if errors[worst] > tol else None` -> `return [name for name in errors if errors[name] > tol] or None`
#   One name is asked for, the worst.
# name and error: `return worst` -> `return (worst, errors[worst])`
#   The name alone is asked for.
# the error instead of the name: `return worst` -> `return errors[worst]`
#   The name is asked for, so that you know where to look.
# eps is ignored: `errors = {}` -> `… ⏎ eps = 1e-5`
#   The step is an argument: use `eps`.
# tol is ignored: `> tol` -> `> 1e-5`
#   The tolerance is an argument: use `tol`.
# no guard against 0/0: `max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)` -> `np.linalg.norm(a) + np.linalg.norm(n)`
#   Where a parameter has no effect both norms are 0, and 0/0 is nan, which is neither above nor below anything. Keep the
#   denominator at 1e-12 at least.
# a guard against 0/0 alone: `max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)` -> `(np.linalg.norm(a) + np.linalg.norm(n) or 1.0)`
#   The definition keeps the denominator at 1e-12 at least: also norms that are *nearly* 0 are divided by that, not by
#   their own sum.
# the guard in the denominator is too large
#   `max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)` -> `np.linalg.norm(a) + np.linalg.norm(n) + 1.0`
#   A summand as large as 1 hides the errors of small gradients. The guard is 1e-12.
# gradients are matched by position
#   `for name in params:` -> `for name, a in zip(params, grads.values()):`
# - x, a = mine[name], grads[name]
# + x = mine[name]
# +         if a.shape != x.shape:
# +             errors[name] = 1.0
# +             continue
#   or `for name in params:` -> `for name, a in zip(params, grads.values()):`,
#   `x, a = mine[name], grads[name]` -> `x = mine[name]`
#   Two dictionaries may hold the same names in different orders: look the gradient up by its name, `grads[name]`.
# matrices only
# - for name in params:
# + for name in params:
# +         if params[name].ndim != 2:
# +             errors[name] = 0.0
# +             continue
#   Biases have one axis, other parameters may have three: `np.ndindex(x.shape)` runs through any of them.
# only the diagonal or the first row is measured
# - for j in np.ndindex(x.shape):
# + n[...] = a
# +         for j in range(len(x)):
# +             j = (j,) * x.ndim if all(j < s for s in x.shape) else (j,) + (0,) * (x.ndim - 1)
#   Every entry has to be measured: `for j in np.ndindex(x.shape)`.
# another norm than the Euclidean one
#   `np.linalg.norm(a - n) / size` -> `(np.abs(a - n).sum()) / max(np.abs(a).sum() + np.abs(n).sum(), 1e-12)` |
#   `(np.abs(a - n).max()) / max(np.abs(a).max() + np.abs(n).max(), 1e-12)`
#   or
# - np.linalg.norm(a - n) / size
# + np.abs(a - n).max() / size
#   or
# - np.linalg.norm(a - n) / size
# + (np.linalg.norm(a - n, 1)) / max(np.linalg.norm(a, 1) + np.linalg.norm(n, 1), 1e-12)
#   or
# - np.linalg.norm(a - n) / size
# + (np.linalg.norm(a - n, 2)) / max(np.linalg.norm(a, 2) + np.linalg.norm(n, 2), 1e-12)
#   or
# - np.linalg.norm(a - n) / size
# + (np.linalg.norm(a - n, np.inf)) / max(np.linalg.norm(a, np.inf) + np.linalg.norm(n, np.inf), 1e-12)
#   The norm is the Euclidean one over all entries: the root of the sum of their squares. For an array of any shape that
#   is `np.linalg.norm(x)`, without a second argument.
# divided by another size than the sum of both norms: `norm(a) + np.linalg.norm(n), 1e-12` -> `norm(a + n), 1e-12`
#   or `norm(a) + np.linalg.norm(n)` -> `norm(a), np.linalg.norm(n)`
#   or `max(np.linalg.norm(a) + np.linalg.norm(n), 1e-12)` -> `max(min(np.linalg.norm(a), np.linalg.norm(n)), 1e-12)`
#   or `norm(a) + np.linalg.norm(n),` -> `norm(a) * np.linalg.norm(n),`
#   or `(a) + np.linalg.norm(n)` -> `(a) ** 2 + np.linalg.norm(n) ** 2`
#   or `np.linalg.norm(a) + np.linalg.norm(n)` -> `(np.linalg.norm(a) ** 2 + np.linalg.norm(n) ** 2) ** 0.5` | `(…) / 2`
#   The denominator is ‖a‖ + ‖m‖, the norms of the given and the measured gradient added: not the larger one, and not
#   the norm of a + m, in which opposite gradients cancel.
# squared norms instead of norms
#   `np.linalg.norm(a - n) / size` -> `np.sum((a - n) ** 2) / max(np.sum(a**2) + np.sum(n**2), 1e-12)` |
#   `np.sum((a - n) ** 2) / (np.sum(a**2) + np.sum(n**2) or 1.0)`
#   A norm is the *root* of the sum of the squares, and you compare the sums themselves: an error of a tenth looks like
#   one or two hundredths. Take `np.linalg.norm` of each.
# one side of a difference over both steps: `x[j] = centre - eps ⏎ down = f(mine)` -> `down = f(params)`
#   From x to x + eps is one step, divided by two. Step to both sides: (f(x + eps) - f(x - eps)) / (2 eps).
# divided by 2, then multiplied by eps: `(up - down) / (2 * eps)` -> `(up - down) / 2 * eps`
#   Python reads `a / 2 * eps` from left to right, as `(a / 2) * eps`. Put the denominator in brackets: `/ (2 * eps)`.
# an empty string for nothing found: `else None` -> `else ''`
#   Where nothing is wrong the answer is None.
# yes or no instead of a name: `return worst if errors[worst] > tol else None` -> `return bool(errors[worst] > tol)`
#   The name is asked for, so that you know where to look.
# all errors instead of a name: `return worst if errors[worst] > tol else None` -> `return errors`
#   One name is asked for, the worst.
# None in every case: `return worst if errors[worst] > tol else None` -> `print(worst)`
#   To print the name is not enough: a function without a `return` gives None. If yours returns it, is any error ever
#   above tol?
# a whole row is moved at once: `for j in np.ndindex(x.shape):` -> `for j in range(len(x)):`,
#   `centre = x[j]` -> `centre = x[j]` | `….copy()`
#   `x[j]` is a whole row where x has two axes. Each entry has a slope of its own: one entry at a time, `for j in
#   np.ndindex(x.shape)`.
# loops for two axes: ` np.ndindex(x.shape)` -> ` [(r, c) for r in range(x.shape[0]) for c in range(x.shape[1])]`
#   or
# -         for j in np.ndindex(x.shape):
# +         rows, columns = x.shape
# +         for j in [(r, c) for r in range(rows) for c in range(columns)]:
#   or ` j in np.ndindex(x.shape)` -> ` j in [(r, c) for r in range(len(x)) for c in range(len(x[0]))]`
#   Two loops are for matrices; a bias has one axis, other parameters may have three. `np.ndindex(x.shape)` runs through
#   the entries of any array.
# a running number as index of a matrix: `for j in np.ndindex(x.shape):` -> `for j in range(x.size):`
#   A matrix has fewer rows than entries, so `x[j]` runs out of them. `for j in np.ndindex(x.shape)` gives an index for
#   every entry, whatever the number of axes.
# f gets one parameter alone: `up = f(mine)` -> `up = f({name: x})`, `down = f(mine)` -> `down = f({name: x})`
#   f wants *all* parameters in one dictionary, the nudged one among them: nudge a copy of the whole dictionary, or call
#   `f({**params, name: x})`.
# f gets an array instead of the dictionary: `up = f(mine)` -> `up = f(x)`, `down = f(mine)` -> `down = f(x)`
#   f wants the dictionary with *all* parameters, the nudged one among them: for example `f({**params, name: x})`.
# the dictionary is unpacked: `up = f(mine)` -> `up = f(**mine)`, `down = f(mine)` -> `down = f(**mine)`
#   f takes one argument, the dictionary itself: `f(mine)`, without the stars.
# the first one that is not close: `errors[name] = np.linalg.norm(a - n) / size` -> `if not np.allclose(n, a, rtol=tol, atol=tol): ⏎     return name`,
#   `worst = max(errors, key=errors.get)` -> `return None`, without `return worst if errors[worst] > tol else None`
#   `np.allclose` compares entry by entry, and says only yes or no. Compute the error as it is defined, for all, and take the largest.
