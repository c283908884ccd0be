"""The training loop: epochs of minibatches, a history, early stopping, and a progress bar for those who can see it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from mlp_reference import checks
from mlp_reference.mlp import MLP
from mlp_reference.optimize import SGD, Optimizer, minibatches
from mlp_reference.progress_bar import progress_bar
from mlp_reference.shapes import Integer, Labels, Number, Rows

Epoch = Callable[[MLP, np.ndarray, np.ndarray, Optimizer, Integer, np.random.Generator], float]


@dataclass
class History:
    """What happened, per epoch: the mean of the losses seen while training, and the validation loss afterwards."""

    losses: list[float] = field(default_factory=list)
    validation: list[float] = field(default_factory=list)
    best_epoch: int | None = None  # counted from 0; None without validation data

    @property
    def epochs_since_best(self) -> int:
        return 0 if self.best_epoch is None else len(self.validation) - 1 - self.best_epoch


def train(
    X: Rows,
    y: Labels,
    sizes: Sequence[Integer],
    epochs: Integer,
    batch_size: Integer,
    lr: Number,
    rng: np.random.Generator,
) -> tuple[list[Float[np.ndarray, "_ _"]], list[Float[np.ndarray, " _"]], list[float]]:
    """``(Ws, bs, losses)``: He weights, zero biases, ReLU, softmax cross-entropy, SGD in a fresh order each epoch.

    ``losses`` holds per epoch the mean over examples of the losses seen during it.
    Source: notebook 07, the training loop.
    """
    checks.arrays("train", "n d", X=X)
    model = MLP(sizes, rng, scheme="he", dtype=X.dtype if X.dtype.kind == "f" else np.float64)
    history = fit(model, X, y, SGD(lr), epochs=epochs, batch_size=batch_size, rng=rng, progress=False)
    return model.Ws, model.bs, history.losses


def plain_epoch(
    model: MLP, X: Rows, y: np.ndarray, optimizer: Optimizer, batch_size: Integer, rng: np.random.Generator
) -> float:
    """The mean over all examples of the loss that each had when it was used; the model is trained in place."""
    params, total = list(model.params.values()), 0.0
    for rows in minibatches(len(X), batch_size, rng):
        loss, grads = model.loss_and_grads(X[rows], y[rows])
        optimizer.step(params, list(grads.values()))
        total += loss * len(rows)
    return total / len(X)


def fit(
    model: MLP,
    X: Rows,
    y: np.ndarray,
    optimizer: Optimizer,
    *,
    epochs: Integer,
    batch_size: Integer,
    rng: np.random.Generator,
    validation: tuple[np.ndarray, np.ndarray] | None = None,
    patience: Integer | None = None,
    progress: bool | None = None,
    epoch: Epoch = plain_epoch,
) -> History:
    """The history of training ``model`` in place, epoch by epoch, with the loss that its target asks for.

    With ``validation`` data the parameters of the best epoch are kept at the end, and after ``patience`` epochs without
    a better one the training stops. ``progress`` shows a bar; None shows it in a terminal and in a notebook.
    ``epoch`` trains for one epoch; ``mlp_reference.fast`` has a quicker one.
    Raises: ValueError where the data do not fit the model.
    Source: notebook 07, the training loop; notebook 07, when to stop.
    """
    checks.positive("fit", epochs=epochs, batch_size=batch_size)
    X, y = _checked(model, X, y)
    history, best = History(), model.theta
    for _ in progress_bar(range(epochs), "training", "epoch", progress):
        history.losses.append(epoch(model, X, y, optimizer, batch_size, rng))
        if validation is not None:
            history.validation.append(model.loss(*validation))
            if history.validation[-1] <= min(history.validation):
                history.best_epoch, best = len(history.validation) - 1, model.theta.copy()
            if patience is not None and history.epochs_since_best >= patience:
                break
    model.theta[:] = best  # without validation data, itself
    return history


def _checked(model: MLP, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The data in the model's dtype and in one piece, after a full check; labels as integers."""
    checks.arrays("fit", "n d", X=X)
    if len(X) != len(y):
        checks.fail("fit", f"{len(X)} rows and {len(y)} answers", "one answer per row", "select both with one index")
    model.loss(X, y)
    return np.ascontiguousarray(X, model.theta.dtype), y if model.target == "real" else y.astype(np.int64)
