"""Forward and backward of an ``MLP`` without allocating: the formulas of ``mlp`` and ``losses``, written into buffers.

Nothing new is computed here. ``MLP.loss_and_grads`` says the same in plain form and checks its arguments; this is what
the training loop runs, once per batch, on data that was checked before the loop.
"""

import numpy as np
from jaxtyping import Float

from mlp_reference.activations import ACTIVATIONS
from mlp_reference.fast.activations import SLOPE_FROM_VALUE
from mlp_reference.fast.memory import aligned
from mlp_reference.mlp import MLP, n_parameters, views
from mlp_reference.outputs import OUTPUTS
from mlp_reference.shapes import Integer, Labels, Number


class SoftmaxXent:
    """``losses.softmax_xent`` for batches of ``n`` rows and ``k`` classes."""

    def __init__(self, n: Integer, k: Integer, dtype: np.dtype) -> None:
        self.eye, self.onehot = np.eye(k, dtype=dtype), np.empty((n, k), dtype)
        self.row = np.empty(n, dtype)
        self.column = self.row[:, None]
        self.ones_n, self.ones_k = np.ones(n, dtype), np.ones(k, dtype)

    def __call__(
        self, Z: Float[np.ndarray, "n k"], y: Labels, G: Float[np.ndarray, "n k"], scale: Number = 1.0
    ) -> float:
        """The loss; ``scale`` times the gradient is left in ``G``, and ``Z`` is used up."""
        n, row, column, onehot = len(Z), self.row, self.column, self.onehot
        self.eye.take(y, axis=0, out=onehot, mode="clip")  # "clip" writes straight into out
        turned = G.reshape(-1, n, copy=False)  # room that is free as yet
        turned[...] = Z.T  # the maximum of k long rows is quicker than n maxima of k numbers
        np.maximum.reduce(turned, axis=0, out=row)
        np.subtract(Z, column, out=Z)
        log_p = np.vdot(Z, onehot)  # the sum of the shifted logits of the right classes ...
        np.exp(Z, out=G)
        np.dot(G, self.ones_k, out=row)
        np.divide(G, column, out=G)
        np.subtract(G, onehot, out=G)
        np.multiply(G, scale / n, out=G)
        log_p -= np.dot(self.ones_n, np.log(row, out=row))  # ... minus the logs of their denominators
        return float(-log_p / n)


class Layer:
    """One affine layer with its activation: what comes in is ``A``, what goes out ``H``, and ``G`` is dloss/dH.

    ``p`` holds its weights and biases one after the other, ``g`` their gradients.
    """

    def __init__(self, name: str, A: np.ndarray, width: Integer, p: np.ndarray, g: np.ndarray) -> None:
        self.name, self.A, self.p, self.g = name, A, p, g
        n, d = A.shape
        ((self.W,), (self.b,)), ((self.dW,), (self.db,)) = views(p, (d, width)), views(g, (d, width))
        self.Z = aligned((n, width), A.dtype)
        # ReLU and identity write over Z: h = relu(z) alone tells where z was above 0.
        self.H = self.Z if name in ("relu", "identity") else aligned((n, width), A.dtype)
        self.G, self.ones = aligned((n, width), A.dtype), np.ones(n, A.dtype)
        self.slope = aligned((n, width), A.dtype) if name != "identity" else self.G

    def forward(self) -> None:
        """``Z = A @ W + b``, ``H = psi(Z)``, and psi'(Z) for the way back."""
        np.dot(self.A, self.W, out=self.Z)
        np.add(self.Z, self.b, out=self.Z)
        if self.name == "relu":
            np.maximum(self.Z, 0, out=self.H)
            np.greater(self.H, 0, out=self.slope)
        elif self.name != "identity":
            self.H[...] = ACTIVATIONS[self.name].value(self.Z)
            from_value = SLOPE_FROM_VALUE.get(self.name)
            self.slope[...] = from_value(self.H) if from_value else ACTIVATIONS[self.name].grad(self.Z)

    def backward(self, G_in: np.ndarray | None) -> None:
        """``G`` becomes dloss/dZ; ``G_in``, the ``G`` of the layer before, and ``dW`` and ``db`` follow from it."""
        if self.name != "identity":
            np.multiply(self.G, self.slope, out=self.G)
        if G_in is not None:
            np.dot(self.G, self.W.T, out=G_in)
        np.dot(self.ones, self.G, out=self.db)  # the sum over rows as a product: quicker for small layers
        np.dot(self.A.T, self.G, out=self.dW)


class Workspace:
    """The arrays of one training step on batches of ``n`` rows; ``grad`` has the layout of ``model.theta``.

    For ``sgd_step`` alone a shorter ``grad`` does, with room for the largest layer: each layer in turn writes to its
    start, which thereby stays in the cache.
    """

    def __init__(self, model: MLP, n: Integer, grad: np.ndarray) -> None:
        self.X = aligned((n, model.sizes[0]), model.theta.dtype)
        self.layers: list[Layer] = []
        A, start, shared = self.X, 0, grad.size < model.theta.size
        for name, width in zip(model.activations, model.sizes[1:], strict=True):
            stop = start + n_parameters((A.shape[1], width))
            g = grad[: stop - start] if shared else grad[start:stop]
            self.layers.append(Layer(name, A, width, model.theta[start:stop], g))
            A, start = self.layers[-1].H, stop
        self.plain_loss = OUTPUTS[model.target].loss
        self.xent = SoftmaxXent(n, model.sizes[-1], grad.dtype) if model.target == "categorical" else None

    def gradients(self, y: np.ndarray) -> float:
        """The mean loss on the rows in ``X`` with answers ``y``; its gradient is left in ``grad``."""
        return self._passes(y, 1.0, descend=False)

    def sgd_step(self, y: np.ndarray, lr: Number) -> float:
        """The mean loss before the step ``theta <- theta - lr grad``, which each layer takes on the way back.

        ``lr`` rides along with the 1/n of the mean, which spares a pass over the gradient.
        """
        return self._passes(y, float(lr), descend=True)

    def _passes(self, y: np.ndarray, scale: float, descend: bool) -> float:
        for layer in self.layers:
            layer.forward()
        if self.xent is not None:
            loss = self.xent(layer.H, y, layer.G, scale)
        else:
            loss, G = self.plain_loss(layer.H, y)
            np.multiply(G, scale, out=layer.G)
        for before, layer in zip([None, *self.layers[:-1]][::-1], self.layers[::-1], strict=True):
            layer.backward(before.G if before else None)
            if descend:  # now, while the gradient is in the cache; the layer before has its G from the old weights
                np.subtract(layer.p, layer.g, out=layer.p)
        return loss
