"""Wrong answers to ``certifies_nonseparable``."""

import numpy as np

# %% wrong: asks the data, not the certificate
#   The question is not whether the classes can be separated but whether this `lam` proves that they can't.
def certifies_nonseparable(X, y, lam):
    X1, v = np.column_stack([X, np.ones(len(X))]), np.zeros(X.shape[1] + 1)
    for _ in range(50):
        mistakes = 0
        for x, s in zip(X1, 2 * y - 1):
            if s * (x @ v) <= 0:
                v, mistakes = v + s * x, mistakes + 1
        if not mistakes:
            return False
    return True

# %% wrong
# returns the sum instead of a truth value
#   `return bool(total > 0 and lam.min() >= -1e-9 * total and np.abs(balance).max() <= small)` -> `return balance`
#   Compare the sum with zero, and return True or False.
# the tolerance leaves out the size of the data: `1e-9 * total * np.abs(X1).max()` -> `1e-9 * total`
#   Sums of large numbers carry large round-off: the tolerance also grows with M, the largest
#   absolute value in the rows [x, 1].
# the tolerance leaves out the ones of the bias: `np.abs(X1).max()` -> `np.abs(X).max()`
#   M is the largest absolute value in the rows [x, 1], and the 1 is one of them: where all features are small, M is 1.
# the weights must sum to 1: `total > 0` -> `abs(total - 1) < 1e-9`
#   Any positive sum will do; dividing by it would change nothing.
# says whether the data can be separated, the opposite: `return bool(` -> `return not (`
#   True means: lam proves that no hyperplane exists.
# the features are summed before they are compared with zero: `np.abs(balance).max()` -> `np.abs(balance.sum())`
#   The sum over examples is a vector with d + 1 entries; every one of them must vanish.
# large negative sums pass: `np.abs(balance).max()` -> `balance.max()`
#   A sum can miss zero on both sides: take the absolute value.
# weights of zero are refused: `lam.min() >= -1e-9 * total` -> `lam.min() > 0`
#   A weight may be 0: that example takes no part in the proof. Only negative ones are forbidden.
# no round-off is allowed in the weights: `lam.min() >= -1e-9 * total` -> `lam.min() >= 0`
#   A solver's 0 may come out as -1e-17: the second condition gets a tolerance too, in proportion to the total weight.
# only the third condition is checked: `total > 0 and lam.min() >= -1e-9 * total and np` -> `np`
#   Weights of either sign balance many sets: a proof also needs that none is negative, and that their sum is positive.
# the bias is left out of the sum: `(lam * (2 * y - 1)) @ X1` -> `(lam * (2 * y - 1)) @ X`
#   Without the column of ones this only speaks of hyperplanes through the origin. Use rows [x, 1].
# only the first entry of the sum is looked at: `np.abs(balance).max()` -> `np.abs(balance[0])`
#   All d + 1 entries of the sum must vanish. (A `return True` inside the loop says yes after the first one.)
# one condition is enough: `total > 0 and lam.min() >= -1e-9 * total and np` -> `(total > 0 and lam.min() >= -1e-9 * total) or np`
#   All three conditions must hold: `and`, not `or`.
# each class is divided by its own weights
#   `balance = (lam * (2 * y - 1)) @ X1` -> `parts = [(lam * (y == k)) @ X1 / max((lam * (y == k)).sum(), 1e-300) for k in (0, 1)] ⏎ balance = total * (parts[1] - parts[0])`
#   Then the weights of the two classes need not be equal, and the sum in the proof is not zero: the 1 of the bias must
#   balance, too.
# a tolerance ten times as wide: `small = 1e-9` -> `small = 10e-9`
#   or `lam.min() >= -1e-9` -> `lam.min() >= -10e-9`
#   or `small = 1e-9` -> `small = 10e-9`, `lam.min() >= -1e-9` -> `lam.min() >= -10e-9`
#   In Python 10e-9 is ten times 1e-9: ten to the power of -9 is written 1e-9, or 10**-9.
# the tolerance for negative weights is fixed: `lam.min() >= -1e-9 * total` -> `lam.min() >= -1e-9`
#   Multiplying all weights by a million must not change the answer: this tolerance, too, grows with the total weight.
# negative weights are allowed: without `and lam.min() >= -1e-9 * total`
#   The proof adds inequalities, and an inequality multiplied by a negative number turns around: ask for lam >= 0.
# the absolute values of the weights are used
# -     X1 =
# +     lam = np.abs(lam)
# +     X1 =
#   A negative weight makes the certificate invalid; making it positive tests other weights than the given ones.
# one sum that vanishes is enough: `np.abs(balance).max()` -> `np.abs(balance).min()`
#   All d + 1 entries of the sum must vanish: `np.all`, not `np.any`.
# weights that are all zero are accepted: `total > 0` -> `total >= 0`
#   0 = 0 holds for any data. At least one weight must be positive: sum(lam) > 0.
# the bias is left out: `np.column_stack([X, np.ones(len(X))])` -> `np.asarray(X)`
#   Without the column of ones this only speaks of hyperplanes through the origin. Use rows [x, 1].
# labels 0 and 1 are used as signs: `(2 * y - 1)` -> `y`
#   Rows of class 0 count with sign -1: s = 2y - 1.
# the balance must be exactly zero: `np.abs(balance).max() <= small` -> `np.all(balance == 0)`
#   Sums of floats carry round-off: compare with a small number, 1e-9 times the total weight times M.
# a fixed tolerance, whatever the size of the weights: `<= small` -> `<= 1e-9` | `<= 1e-8`,
#   `>= -1e-9 * total` -> `>= -1e-9` | `>= 0`
#   Multiplying all weights by a million must not change the answer: the tolerance grows with sum(lam). (`np.allclose(a,
#   0)` compares with a fixed 1e-8.)
# the tolerance is too wide: `1e-9 * total * np.abs(X1).max()` -> `1e-3 * total * np.abs(X1).max()`
#   A proof allows for round-off and for nothing else: 1e-9 of the size of the terms, not a part in a thousand.
# the weights are divided by a total that may be negative: `total = lam.sum()` -> `total = lam.sum() or np.nan ⏎ lam, total = lam / total, 1.0`
#   Divided by a negative total, negative weights come out positive. Ask for a total above 0 before you divide.
# the tolerance takes the largest entry without its sign: `np.abs(X1).max()` -> `X1.max()`
#   M is the largest *absolute* value in the rows [x, 1]: an entry of -8 is larger than one of 3.
