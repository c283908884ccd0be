"""Training in buffers: ``training.fit`` with an epoch that allocates almost nothing."""

from itertools import pairwise
from typing import Any

import numpy as np

from mlp_reference import training
from mlp_reference.fast.memory import aligned
from mlp_reference.fast.workspace import Workspace
from mlp_reference.mlp import MLP, n_parameters
from mlp_reference.optimize import SGD, Optimizer, minibatches
from mlp_reference.shapes import Integer, Rows


def fit(model: MLP, X: Rows, y: np.ndarray, optimizer: Optimizer, **options: Any) -> training.History:
    """What ``training.fit`` does, with the same options."""
    return training.fit(model, X, y, optimizer, **options, epoch=Epochs())


class Epochs:
    """One epoch after the other, in two workspaces: for full batches, and for the shorter last one.

    Called with the same model and optimizer each time, on data that ``training.fit`` has checked.
    """

    def __init__(self) -> None:
        self.workspaces: dict[int, Workspace] = {}

    def __call__(
        self,
        model: MLP,
        X: np.ndarray,
        y: np.ndarray,
        optimizer: Optimizer,
        batch_size: Integer,
        rng: np.random.Generator,
    ) -> float:
        """The mean over all examples of the loss that each had when it was used."""
        if not self.workspaces:
            self._make_room(model, optimizer)
        total = 0.0
        for rows in minibatches(len(X), batch_size, rng):
            work = self.workspaces.get(len(rows)) or self._workspace(model, len(rows))
            X.take(rows, axis=0, out=work.X, mode="clip")  # "clip" writes straight into out
            total += self._step(work, y.take(rows, axis=0), optimizer) * len(rows)
        return total / len(X)

    def _make_room(self, model: MLP, optimizer: Optimizer) -> None:
        """For the gradient: plain SGD needs that of one layer at a time, other optimizers that of all."""
        self.sgd = type(optimizer) is SGD
        sizes = [n_parameters(pair) for pair in pairwise(model.sizes)]
        self.grad = aligned((max(sizes) if self.sgd else sum(sizes),), model.theta.dtype)
        self.theta = [model.theta]

    def _step(self, work: Workspace, y: np.ndarray, optimizer: Optimizer) -> float:
        if isinstance(optimizer, SGD) and self.sgd:
            return work.sgd_step(y, optimizer.lr)
        loss = work.gradients(y)
        optimizer.step(self.theta, [self.grad])
        return loss

    def _workspace(self, model: MLP, n: Integer) -> Workspace:
        self.workspaces[n] = Workspace(model, n, self.grad)
        return self.workspaces[n]
