"""Training, replayed: what a network's parameters and losses become under given batches, rightly and with a mistake."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations, product
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
Params = list[Array]  # W1, W2, ..., then b1, b2, ...
Plan = list[list[list[int]]]  # epochs of batches of rows
_HIDDEN: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {  # value of z, slope from the value
    "relu": (lambda z: np.maximum(z, 0), lambda h: (h > 0) * 1.0),
    "relu, no slope": (lambda z: np.maximum(z, 0), np.ones_like),
    "identity": (lambda z: z, np.ones_like),
    "sigmoid": (lambda z: 0.5 * (1 + np.tanh(z / 2)), lambda h: h * (1 - h)),
    "tanh": (np.tanh, lambda h: 1 - h**2),
}


@dataclass(frozen=True)
class Way:
    """How to step.  The defaults are right; each other value is a mistake that people make."""

    hidden: str = "relu"
    output: str = "identity"
    loss: str = "xent"  # or squared errors of the logits, or of the probabilities (brier)
    factor: float = 1.0  # of the squares' slopes
    by_class: bool = False  # squares are divided by the number of classes, too
    divide_by: str = "rows"  # or nothing, rows twice, batch_size, all rows
    weights: float = 1.0
    biases: float = 1.0
    bias_mean: bool = False
    last_only: bool = False
    whole_rate: bool = False  # lr taken as 1
    moved: bool = False  # goes back through weights that have moved already
    memory: float = 0.0  # momentum
    damped: bool = False  # its velocity is a running mean, not a running sum


RIGHT = "minus lr times the gradient of the batch's mean loss"
WAYS = [
    (RIGHT, Way()),
    ("uphill", Way(weights=-1.0, biases=-1.0)),
    ("lr times the gradient of the sum", Way(divide_by="nothing")),
    ("divided by the batch's size twice", Way(divide_by="rows twice")),
    ("a shorter batch divided by batch_size", Way(divide_by="batch_size")),
    ("divided by the number of all examples", Way(divide_by="all rows")),
    ("without lr", Way(whole_rate=True)),
    ("of the weights alone, the biases stay", Way(biases=0.0)),
    ("of the biases alone, the weights stay", Way(weights=0.0)),
    ("with the biases uphill", Way(biases=-1.0)),
    ("with a mean in place of the sum for the biases", Way(bias_mean=True)),
    ("of the last layer alone", Way(last_only=True)),
    ("of a network with a ReLU at the output, too", Way(output="relu")),
    ("of a network with a ReLU at the output, whose slope is missing", Way(output="relu, no slope")),
    ("of a network without activation", Way(hidden="identity")),
    ("of a network of sigmoids", Way(hidden="sigmoid")),
    ("of a network of tanhs", Way(hidden="tanh")),
    ("without the slope of the ReLU", Way(hidden="relu, no slope")),
    ("through weights that have moved already", Way(moved=True)),
    ("twice the one that is right", Way(weights=2.0, biases=2.0)),
    *(
        (f"for the squared error of the {what}", Way(loss=loss, factor=factor, by_class=by_class))
        for what, loss in (("logits", "squared"), ("probabilities", "brier"))
        for factor in (1.0, 2.0)
        for by_class in (False, True)
    ),
    *(
        ("with a velocity, as in momentum", Way(memory=beta, damped=damped))
        for beta in (0.9, 0.5, 0.8, 0.95, 0.99)
        for damped in (False, True)
    ),
]


@dataclass
class Run:
    """Where it ends, and what it met: per epoch the batches' mean losses, sizes and squared errors."""

    params: Params
    losses: list[list[float]] = field(default_factory=list)
    later: list[list[float]] = field(default_factory=list)
    sizes: list[list[int]] = field(default_factory=list)
    squares: list[list[float]] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)


def ends(
    start: Params,
    X: Array,
    y: Array,
    plans: Sequence[Plan],
    lr: float,
    batch_size: int,
    way: Way,
    labels: Array | None = None,
) -> Params:
    """The parameters after trainings from ``start``, all plans at once along a first axis; batches of equal sizes.

    labels: (plans, n), in place of ``y`` where each plan has its own.
    """
    many = len(plans)
    params = [np.repeat(p[None], many, axis=0) for p in start]
    velocity = [np.zeros_like(p) for p in params]
    labels = np.repeat(y[None], many, axis=0) if labels is None else labels
    for epoch in zip(*plans, strict=True):
        for batch in zip(*epoch, strict=True):
            rows = np.array(batch)
            _step(params, velocity, X[rows], np.take_along_axis(labels, rows, 1), lr, batch_size, len(X), way)
    return params


def replay(
    start: Params, X: Array, y: Array, plan: Plan, lr: float, batch_size: int, way: Way, thorough: bool = True
) -> Run:
    """One training with all that can be measured on its way, or, unless ``thorough``, with what the steps saw."""
    run, velocity = Run(list(start)), [np.zeros_like(p) for p in start]
    squared = replace(way, loss="brier", factor=2.0)
    for epoch in plan:
        if thorough:
            run.before.append(float(_forward(run.params, X, y, way)[0]))
        for record in (run.losses, run.later, run.sizes, run.squares):
            record.append([])
        for rows in epoch:
            if thorough:
                run.squares[-1].append(float(_forward(run.params, X[rows], y[rows], squared)[0]))
            loss = _step(run.params, velocity, X[rows], y[rows], lr, batch_size, len(X), way)
            run.losses[-1].append(float(loss))
            run.sizes[-1].append(len(rows))
            if thorough:
                run.later[-1].append(float(_forward(run.params, X[rows], y[rows], way)[0]))
        if thorough:
            run.after.append(float(_forward(run.params, X, y, way)[0]))
    return run


def _forward(params: Params, X: Array, y: Array, way: Way) -> tuple[Array, list[Array], Array]:
    """The mean loss, all layers' values, and the loss's gradient by the output, not yet divided by the rows."""
    depth, H = len(params) // 2, [X]
    for i, (W, b) in enumerate(zip(params[:depth], params[depth:], strict=True)):
        H.append(_HIDDEN[way.hidden if i < depth - 1 else way.output][0](H[-1] @ W + b[..., None, :]))
    shifted = H[-1] - H[-1].max(axis=-1, keepdims=True)
    E = np.exp(shifted)
    S = E.sum(axis=-1, keepdims=True)
    P, hit = E / S, np.eye(E.shape[-1])[y]
    if way.loss != "xent":
        share = way.factor / (E.shape[-1] if way.by_class else 1)
        miss = (H[-1] if way.loss == "squared" else P) - hit
        slope = miss if way.loss == "squared" else P * (miss - (P * miss).sum(axis=-1, keepdims=True))
        return share / 2 * (miss**2).sum(axis=(-2, -1)) / X.shape[-2], H, share * slope
    logs = np.take_along_axis(shifted, y[..., None], -1) - np.log(S)
    return -logs[..., 0].mean(axis=-1), H, P - hit


def _step(params: Params, velocity: Params, X: Array, y: Array, lr: float, batch_size: int, n: int, way: Way) -> Array:
    loss, H, G = _forward(params, X, y, way)
    depth, m = len(params) // 2, X.shape[-2]
    by = {"rows": m, "nothing": 1, "rows twice": m * m, "batch_size": batch_size, "all rows": n}[way.divide_by]
    rate = 1.0 if way.whole_rate else lr
    G = G * _HIDDEN[way.output][1](H[-1]) / by
    moved = list(params)
    for i in reversed(range(depth)):
        dW, db = H[i].swapaxes(-1, -2) @ G, G.mean(axis=-2) if way.bias_mean else G.sum(axis=-2)
        if i == depth - 1 or not way.last_only:
            for j, slope in ((i, way.weights * dW), (depth + i, way.biases * db)):
                velocity[j] = way.memory * velocity[j] + (1 - way.memory if way.damped else 1) * slope
                moved[j] = params[j] - rate * velocity[j]
        if i:
            W = moved[i] if way.moved else params[i]
            G = (G @ W.swapaxes(-1, -2)) * _HIDDEN[way.hidden][1](H[i])
    params[:] = moved
    return loss


def plans(n: int, batch_size: int, epochs: int) -> list[Plan]:
    """All that can happen in training, but for the order within a batch, which does not matter."""
    kinds: dict[tuple[tuple[int, ...], ...], list[list[int]]] = {}
    for order in permutations(range(n)) if batch_size < n else [tuple(range(n))]:
        cut = [list(order[i : i + batch_size]) for i in range(0, n, batch_size)]
        kinds.setdefault(tuple(tuple(sorted(rows)) for rows in cut), cut)
    return [list(choice) for choice in product(kinds.values(), repeat=epochs)]


def other_plans(n: int, batch_size: int, epochs: int) -> dict[str, list[Plan]]:
    """What happens instead where batches are made wrongly."""
    found: dict[str, list[Plan]] = {}
    if batch_size >= n:
        return found
    dropped = [[[b for b in epoch if len(b) == batch_size] for epoch in plan] for plan in plans(n, batch_size, epochs)]
    found["on full batches only, the last one is dropped"] = dropped
    found["on all examples at once"] = [[[list(range(n))] for _ in range(epochs)]]
    firsts = [[epoch[:1] for epoch in plan] for plan in plans(n, batch_size, epochs)]
    found["on a single batch in each epoch"] = firsts
    if batch_size == epochs == 1:
        drawn = [[[i] for i in rows] for rows in product(range(n), repeat=n)]
        found["on examples that were drawn with repetition"] = [list(c) for c in product(drawn, repeat=epochs)]
    return found


def labels_of_other_rows(y: Array) -> Array:
    """All other ways to give these labels to the rows, a way in each row: few, as most labels come several times."""
    ways: set[tuple[int, ...]] = {()}
    for _ in y:
        ways = {(*way, k) for way in ways for k in set(y.tolist()) if way.count(k) < (y == k).sum()}
    return np.array(sorted(ways - {tuple(y.tolist())}), dtype=y.dtype).reshape(-1, len(y))


def agree(a: Params, b: Params, start: Params, single: bool) -> Array:
    """Which ends of trainings, along the first axis of ``b``, are ``a``, measured by how far the parameters moved."""
    tol, noise = (2e-3, 2e-6) if single else (1e-6, 1e-12)
    moved = [_farthest(q - s) for q, s in zip(b, start, strict=True)]
    least, alike = 1e-9 * np.max(moved, axis=0), np.ones(len(b[0]), dtype=bool)
    for p, q, s, m in zip(a, b, start, moved, strict=True):
        alike &= _farthest(p - q) <= tol * (m + least) + noise * max(1.0, float(np.abs(s).max(initial=0)))
    return alike


def _farthest(gaps: Array) -> Array:
    return np.abs(gaps).reshape(len(gaps), -1).max(axis=1, initial=0)


def right_losses(run: Run) -> list[float]:
    return [float(np.average(loss, weights=m)) for loss, m in zip(run.losses, run.sizes, strict=True)]


def loss_forms(run: Run, X: Array, batch_size: int) -> Iterator[tuple[str, list[float]]]:
    """What ``losses`` may have been filled with instead."""
    for share in (1.0, 0.5, 1 / run.params[-1].size, 0.5 / run.params[-1].size):
        means = [float(np.average(s, weights=m)) for s, m in zip(run.squares, run.sizes, strict=True)]
        yield "squared errors of the probabilities", [share * mean for mean in means]
    yield from _forms(run, X, batch_size).items()


def _forms(run: Run, X: Array, batch_size: int) -> dict[str, list[float]]:
    pairs = list(zip(run.losses, run.sizes, strict=True))
    flat = [loss for losses in run.losses for loss in losses]
    return {
        "means of the batches' means": [float(np.mean(loss)) for loss, _ in pairs],
        "sums of the batches' means": [float(np.sum(loss)) for loss, _ in pairs],
        "sums over the examples": [float(np.dot(loss, m)) for loss, m in pairs],
        "each batch counted like one of batch_size": [batch_size * float(np.sum(loss)) / len(X) for loss, _ in pairs],
        "divided by the number of all examples": [float(np.dot(loss, m)) / len(X) for loss, m in pairs],
        "measured after the epoch": run.after,
        "measured before the epoch": run.before,
        "measured after each step": [
            float(np.average(a, weights=m)) for a, m in zip(run.later, run.sizes, strict=True)
        ],
        "those of the last batch": [losses[-1] for losses in run.losses if losses],
        "those of the first batch": [losses[0] for losses in run.losses if losses],
        "one for each batch": flat,
        "divided by the number of all examples twice": [float(np.dot(loss, m)) / len(X) ** 2 for loss, m in pairs],
        "means over all epochs so far": [float(np.mean(flat[: i + 1])) for i in range(len(run.losses))],
        "the last one alone": [float(np.average(pairs[-1][0], weights=pairs[-1][1]))],
    }


def same_losses(got: Sequence[float], wanted: Sequence[float], single: bool) -> bool:
    return len(got) == len(wanted) and bool(np.allclose(got, wanted, rtol=1e-3 if single else 1e-6, atol=1e-9))
