"""Right answers to ``fit_logistic``, written very differently."""

ALTERNATES = [
    """
def fit_logistic(Phi, y, lr, steps):
    X1 = np.column_stack([Phi, np.ones(len(Phi))])
    v, losses = np.zeros(X1.shape[1]), np.zeros(steps)
    for t in range(steps):
        z = X1 @ v
        losses[t] = np.logaddexp(0, np.where(y == 1, -z, z)).mean()
        v -= lr * X1.T @ (0.5 * (1 + np.tanh(z / 2)) - y) / len(y)
    return v[:-1], v[-1], losses
""",
    """
import math

def fit_logistic(Phi, y, lr, steps):
    rows, labels = Phi.tolist(), y.tolist()
    n, d = len(rows), len(rows[0])
    w, b, losses = [0.0] * d, 0.0, []
    while len(losses) < steps:
        gw, gb, total = [0.0] * d, 0.0, 0.0
        for x, label in zip(rows, labels):
            z = sum(wi * xi for wi, xi in zip(w, x)) + b
            s = 1 if label else -1
            total += max(-s * z, 0) + math.log1p(math.exp(-abs(z)))
            e = math.exp(-abs(z))
            p = 1 / (1 + e) if z >= 0 else e / (1 + e)
            gb += (p - label) / n
            gw = [g + (p - label) / n * xi for g, xi in zip(gw, x)]
        losses.append(total / n)
        w, b = [wi - lr * g for wi, g in zip(w, gw)], b - lr * gb
    return np.array(w), b, losses
""",
    """
def bce_with_logits(z, y):
    p = np.exp(-np.logaddexp(0, -z))
    return np.mean(np.logaddexp(0, z) - z * y), (p - y) / len(z)

def fit_logistic(Phi, y, lr, steps):
    w, b, losses = np.zeros((Phi.shape[1], 1)), np.zeros(1), []
    for _ in range(steps):
        loss, dz = bce_with_logits((Phi @ w + b)[:, 0], y)
        losses += [loss]
        w -= lr * (dz @ Phi)[:, None]
        b -= lr * dz.sum()
    return w.ravel(), b[0], tuple(losses)
""",
    """
from scipy.special import expit, log_expit

def fit_logistic(Phi, y, lr, steps):
    w, b, losses, s = 0 * Phi[0].astype(float), np.float64(0), [], 2 * y - 1
    for step in range(steps):
        z = np.einsum("nd,d->n", Phi, w) + b
        losses.append(float(-log_expit(s * z).mean()))
        pull = s * expit(-s * z)
        w, b = w + lr * np.mean(pull[:, None] * Phi, axis=0), b + lr * np.mean(pull)
    return [w, b, losses]
""",
]
