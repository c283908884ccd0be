"""Right answers to ``numeric_grad`` that look different."""

ALTERNATES = [
    """
def numeric_grad(f, x, eps=1e-5):
    x = np.asarray(x)
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + s) - f(x - s)) / (2 * eps) for s in steps]).reshape(x.shape)
""",
    """
def numeric_grad(f, x, eps=1e-5):
    # nudges the caller's own array where it can, and puts everything back
    work = x if x.dtype == np.float64 else x.astype(np.float64)
    out = np.empty_like(work)
    for place, _ in np.ndenumerate(work):
        old = work[place]
        work[place] = old + eps
        up = f(work)
        work[place] = old - eps
        out[place] = 0.5 * (up - f(work)) / eps
        work[place] = old
    return out
""",
    """
def partial(f, flat, shape, j, eps):
    moved = list(flat)
    moved[j] = flat[j] + eps
    above = f(np.reshape(moved, shape))
    moved[j] = flat[j] - eps
    return (above - f(np.reshape(moved, shape))) / (2 * eps)

def numeric_grad(f, x, eps=1e-5):
    flat = [float(v) for v in np.ravel(x)]
    return np.reshape([partial(f, flat, np.shape(x), j, eps) for j in range(len(flat))], np.shape(x))
""",
    """
def numeric_grad(f, x, eps=1e-5):
    x64 = np.asarray(x, dtype=np.float64)
    flat = x64.flatten()
    grad = np.zeros(flat.shape)
    it = np.nditer(flat, flags=["c_index"])
    for value in it:
        shifted = flat.copy()
        shifted[it.index] = value - eps
        low = f(shifted.reshape(x64.shape))
        shifted[it.index] = value + eps
        grad[it.index] = (f(shifted.reshape(x64.shape)) - low) / (eps + eps)
    return grad.reshape(x64.shape).astype(x.dtype if x.dtype.kind == "f" else float)
""",
    """
def numeric_grad(f, x, eps=1e-5):
    # stays in the precision of x
    x = x if np.issubdtype(np.asarray(x).dtype, np.floating) else np.asarray(x, float)
    e = np.zeros_like(x)
    grad = np.zeros_like(x)
    for j in np.ndindex(*x.shape):
        e[j] = eps
        grad[j] = (f(x + e) - f(x - e)) / (2 * eps)
        e[j] = 0
    return grad
""",
]
