"""Right answers to ``two_layer_grads``, written differently."""

ALTERNATES = [
    """
def two_layer_grads(X, y, W1, W2):
    n, loss = len(X), 0.0
    dW1, dW2 = np.zeros(W1.shape), np.zeros(W2.shape)
    for x, label in zip(X, y):
        h = 0.5 * (1 + np.tanh(0.5 * (x @ W1)))
        z = h @ W2
        lse = z.max() + np.log(np.exp(z - z.max()).sum())
        loss += (lse - z[label]) / n
        g = np.exp(z - lse)
        g[label] -= 1
        dW2 += np.outer(h, g) / n
        dW1 += np.outer(x, (W2 @ g) * h * (1 - h)) / n
    return loss, dW1, dW2
""",
    """
def sigma(a):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-a))

def two_layer_grads(X, y, W1, W2):
    A = np.einsum("nd,dh->nh", X, W1)
    H, slope = sigma(A), sigma(A) * sigma(-A)
    Z = np.einsum("nh,hk->nk", H, W2)
    log_p = Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)
    Y = np.eye(W2.shape[1])[y]
    G = (np.exp(log_p) - Y) / len(X)
    return [-(Y * log_p).sum() / len(X), np.einsum("nd,nk,hk,nh->dh", X, G, W2, slope), np.einsum("nh,nk->hk", H, G)]
""",
    """
def two_layer_grads(X, y, W1, W2):
    # examples in columns, as some notes have it
    x, w1, w2 = X.T, W1.T, W2.T
    n = x.shape[1]
    h = 1 / (1 + np.exp(-np.clip(w1 @ x, -700, 700)))
    z = w2 @ h
    z = z - z.max(axis=0)
    s = np.exp(z) / np.exp(z).sum(axis=0)
    t = (np.arange(len(w2))[:, None] == y).astype(z.dtype)
    loss = (np.log(np.exp(z).sum(axis=0)) - (t * z).sum(axis=0)).mean()
    delta2 = (s - t) / n
    delta1 = (w2.T @ delta2) * h * (1 - h)
    return np.array(loss), (delta1 @ x.T).T, (delta2 @ h.T).T
""",
    """
def modules(X, W1, W2):
    H = np.where(X @ W1 > 0, 1, np.exp(-abs(X @ W1))) / (1 + np.exp(-abs(X @ W1)))
    return H, H @ W2

def two_layer_grads(X, y, W1, W2):
    X, W1, W2 = (np.float64(a) for a in (X, W1, W2))
    H, Z = modules(X, W1, W2)
    Z -= Z.max(axis=1)[:, None]
    P = np.exp(Z)
    P /= P.sum(axis=1)[:, None]
    loss = np.mean([np.log(np.exp(row).sum()) - row[c] for row, c in zip(Z, y)])
    for row, c in zip(P, y):
        row[c] -= 1
    back = (P @ W2.T) * (H - H**2)
    return loss, X.T @ back / len(y), H.T @ P / len(y)
""",
]
