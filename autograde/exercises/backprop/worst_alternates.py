"""Right answers to ``worst_gradient``, written differently."""

ALTERNATES = [
    """
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
""",
    """
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
""",
    """
def numeric_grad(f, x, eps):
    x = np.array(x, dtype=float)
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
        return np.linalg.norm((a - n).ravel()) / np.maximum(np.linalg.norm(a.ravel()) + np.linalg.norm(n.ravel()), 1e-12)
    wrong = {name: error(name) for name in params}
    wrong = {name: e for name, e in wrong.items() if e > tol}
    return max(wrong, key=wrong.get) if wrong else None
""",
    """
import copy

def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    names = list(params)
    theta = np.concatenate([params[k].ravel() for k in names])
    ends = np.cumsum([params[k].size for k in names])

    def unpack(v):
        return {k: piece.reshape(params[k].shape) for k, piece in zip(names, np.split(v, ends[:-1]))}

    n = unpack(np.array([(f(unpack(theta + e)) - f(unpack(theta - e))) / (2 * eps) for e in eps * np.eye(len(theta))]))
    errors = [np.linalg.norm(grads[k] - n[k]) / max(np.linalg.norm(grads[k]) + np.linalg.norm(n[k]), 1e-12) for k in names]
    i = int(np.argmax(errors))
    return names[i] if errors[i] > tol else None
""",
]
