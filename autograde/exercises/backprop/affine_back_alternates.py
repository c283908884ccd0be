"""Right answers to ``affine_backward``, written differently."""

ALTERNATES = [
    """
def affine_forward(X, W, b):
    return X @ W + b, {"X": X.copy(), "W": W.copy(), "b": b}

def affine_backward(G, cache):
    dX, dW, db = np.zeros_like(cache["X"]), np.zeros_like(cache["W"]), np.zeros_like(cache["b"])
    for x, g, row in zip(cache["X"], G, dX):
        dW += np.outer(x, g)
        db += g
        row += cache["W"] @ g
    return dX, dW, db
""",
    """
def affine_forward(X, W, b):
    def backward(G):
        return [np.einsum("nh,dh->nd", G, W), np.einsum("nd,nh->dh", X, G), np.einsum("nh->h", G)]
    return X @ W + b, backward

def affine_backward(G, cache):
    return cache(G)
""",
    """
def affine_forward(X, W, b):
    A = np.column_stack([X, np.ones(len(X))])  # the bias as one more weight
    V = np.vstack([W, b])
    return A @ V, (A, V)

def affine_backward(G, cache):
    A, V = cache
    dV = A.T @ G
    return (G @ V.T)[:, :-1], dV[:-1], dV[-1]
""",
    """
class Affine:
    def __init__(self, X, W, b):
        self.X, self.W = X, W
        self.Z = X @ W + b

    def gradients(self, G):
        G = np.asarray(G, dtype=np.float64)
        per_example = self.X[:, :, None] * G[:, None, :]
        yield G.dot(self.W.transpose())
        yield per_example.sum(axis=0)
        yield np.ones(len(G)) @ G

def affine_forward(X, W, b):
    layer = Affine(X, W, b)
    return layer.Z, layer

def affine_backward(G, cache):
    return tuple(cache.gradients(G))
""",
    """
kept = {}

def affine_forward(X, W, b):
    ticket = len(kept)
    kept[ticket] = iter((X, W))
    return X @ W + b, ticket

def affine_backward(G, cache):
    X, W = kept[cache]
    return [[g @ W.T for g in G], (G.T @ X).T, sum(G)]
""",
]
