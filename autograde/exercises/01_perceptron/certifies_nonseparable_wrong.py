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
#   Sums of large numbers carry large round-off: the tolerance also grows with M, the largest entry of the rows [x, 1].
# the weights must sum to 1: `total > 0` -> `abs(total - 1) < 1e-9`
#   Any positive sum will do; dividing by it would change nothing.
# says whether the data can be separated, the opposite: `return bool(` -> `return not (`
#   True means: lam proves that no hyperplane exists.
