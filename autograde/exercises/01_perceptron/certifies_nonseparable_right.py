"""More right answers to ``certifies_nonseparable``."""

import numpy as np

# %% right
def certifies_nonseparable(X, y, lam):
    lam = np.asarray(lam, dtype=float)
    if not lam.sum() > 0:
        return np.False_
    p = lam / lam.sum()
    s = np.where(y == 1, 1.0, -1.0)
    gap = np.einsum("n,n,nd->d", p, s, np.insert(X, 0, 1.0, axis=1))
    return np.all(p >= -1e-9) & (np.linalg.norm(gap) <= 1e-9 * (1 + np.linalg.norm(X)))

# %% right
def certifies_nonseparable(X, y, lam):
    one, zero = y == 1, y == 0
    total = np.sum(lam)
    means = lam[one] @ X[one] - lam[zero] @ X[zero]
    heads = lam[one].sum() - lam[zero].sum()
    reach = np.max(np.linalg.norm(X, axis=1), initial=1.0)
    balanced = abs(heads) <= 1e-9 * total and np.max(np.abs(means)) <= 1e-9 * total * reach
    good = [total > 0, (lam >= -1e-9 * total).all(), balanced]
    return all(good)

# %% right
def certifies_nonseparable(X, y, lam):
    column = (lam * (2.0 * y - 1.0)).reshape(-1, 1)
    table = column * np.hstack((X, np.ones((X.shape[0], 1))))
    total = float(lam.sum())
    if total <= 0.0 or float(lam.min()) < -1e-9 * total:
        return False
    return np.array(np.allclose(table.sum(axis=0), 0.0, rtol=0.0, atol=1e-9 * total * max(1.0, np.abs(X).max())))
