"""What is seen of ``train``: words for shapes, start, steps, losses, order and accuracy, whatever was drawn.

No two answers draw the same numbers, so none is compared with the reference's. With lr = 0 the weights that come back
are those of the start; with the same generator once more, and lr > 0, every step from there can be replayed.
"""

import copy
import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from autograde.exercises.support import replay
from autograde.exercises.support.random_matrices import ENOUGH, of_start
from autograde.exercises.support.replay import Array, Params
from autograde.judging.compare import kind_of
from autograde.runtime.values import plain
from mlp_reference import data

Rng = np.random.Generator
Train = Callable[..., Any]
# The order of 3 examples, one a batch: in 10 trainings an epoch always has the same order with probability 6**-9 =
# 1e-7, for each of two epochs; that both epochs agree in all of them has probability 6**-10.
TRAININGS, TRIES = 10, 40
# With random numbers from elsewhere, 4 trainings are repeated in the same order with probability 36**-4 = 6e-7.
REPEATED = 4
QUICK = (96, 0.5)  # batch_size and lr with which the digits are learned in a third of the steps, 9 times out of 10
RIGHT = {
    "what comes back": "Ws, bs and losses of the right shapes",
    "the random numbers": "come from rng",
    "the weights at the start": "random, mean 0, variance 2/fan_in",
    "the biases at the start": "zeros",
    "a step": replay.RIGHT,
    "the losses": "means over the examples, in each epoch",
    "the order of the examples": "random, and fresh in each epoch",
    "the accuracy on new digits": "at least 0.96",
}
RESULTS = ("Ws", "bs", "losses")
UNKNOWN = "not looked at"


def train_seen(
    fn: Train, X: Array, y: Array, sizes: list[int], epochs: int, batch_size: int, lr: float, rng: Rng
) -> dict[str, str]:
    """What can be said of an answer after a few trainings like this one."""
    task = (X, y, sizes, epochs, batch_size)
    found = {key: RIGHT[key] for key in _looked_at(len(X), sizes, batch_size)}
    if len(X) > 1000:
        return found | _on_digits(fn, task, lr, rng)
    found |= _start(fn, task, rng)
    for i, key in enumerate(list(found)[:2]):
        if found[key] != RIGHT[key]:
            return found | dict.fromkeys(list(found)[i + 1 :], UNKNOWN)
    if batch_size > 1:
        return found | _one_training(fn, task, lr, rng).words
    return found | _orders(fn, task, lr, rng)


def _looked_at(n: int, sizes: list[int], batch_size: int) -> list[str]:
    """What a task can tell of; of the rest nothing is said."""
    if n > 1000:
        return ["what comes back", "the accuracy on new digits"]
    left_out = {"the accuracy on new digits"}
    if _smallest(sizes) < ENOUGH:
        left_out.add("the weights at the start")
    if batch_size > 1:
        left_out.add("the order of the examples")
    return [key for key in RIGHT if key not in left_out]


def _smallest(sizes: list[int]) -> int:
    return min(i * o for i, o in pairwise(sizes))


def _start(fn: Train, task: tuple[Any, ...], rng: Rng) -> dict[str, str]:
    sizes = task[2]
    one, complaint = _parts(fn(*task, 0.0, copy.deepcopy(rng)), sizes)
    if one is None:
        return {"what comes back": complaint}
    again, _ = _parts(fn(*task, 0.0, copy.deepcopy(rng)), sizes)
    other, _ = _parts(fn(*task, 0.0, np.random.default_rng(rng.integers(2**40))), sizes)
    depth = len(sizes) - 1
    if again is None or other is None or any((a != b).any() for a, b in zip(one[0], again[0], strict=True)):
        return {"the random numbers": "come from elsewhere"}
    found = {"the biases at the start": RIGHT["the biases at the start"]}
    if any(b.any() for b in one[0][depth:]):
        found["the biases at the start"] = "not all zero"
    if all((a == b).all() for a, b in zip(one[0][:depth], other[0][:depth], strict=True)):
        found["the random numbers"] = "don't depend on rng"
    if _smallest(sizes) >= ENOUGH:
        found["the weights at the start"] = of_start(one[0][:depth])
    return found


@dataclass
class _Seen:
    """Of one training: words for its steps and losses, the order that it took, its end, and whether no other order fits."""

    words: dict[str, str]
    plan: replay.Plan | None = None
    end: Params = field(default_factory=list)
    certain: bool = False


def _one_training(fn: Train, task: tuple[Any, ...], lr: float, rng: Rng) -> _Seen:
    X, y, sizes, epochs, batch_size = task
    single = X.dtype == np.float32
    # an answer may shuffle what it is given: what it is told of is not that
    start, _ = _parts(fn(X.copy(), y.copy(), *task[2:], 0.0, copy.deepcopy(rng)), sizes)
    end, complaint = _parts(fn(X.copy(), y.copy(), *task[2:], lr, copy.deepcopy(rng)), sizes)
    X = X.astype(np.float64)
    if start is None or end is None:
        return _Seen({"what comes back": complaint, "a step": UNKNOWN, "the losses": UNKNOWN})
    stays = all((a == b).all() for a, b in zip(start[0], end[0], strict=True))
    for word, way, plans in _stories(len(X), batch_size, epochs):
        with np.errstate(all="ignore"):
            params = replay.ends(start[0], X, y, plans, lr, batch_size, way)
            alike = np.flatnonzero(replay.agree(end[0], params, start[0], single))
        if stays and any((p != s).any() for p, s in zip(params, start[0], strict=True)):  # nor is the gradient 0
            return _Seen({"a step": "none, the parameters stay as they were", "the losses": UNKNOWN})
        if len(alike):
            plan = plans[alike[0]]
            training = functools.partial(replay.replay, start[0], X, y, plan, lr, batch_size, way)
            losses = _losses(end[1], training, X, batch_size, single)
            if losses == RIGHT["the losses"] and len(start[1]) < epochs:
                losses = "fewer than epochs where they stay as they are, as with lr = 0"
            return _Seen({"a step": word, "the losses": losses}, plan, end[0], len(alike) == 1)
    if epochs == 1 and batch_size >= len(X):
        labels = replay.labels_of_other_rows(y)
        plans = [[[list(range(len(X)))]]] * len(labels)
        params = replay.ends(start[0], X, y, plans, lr, batch_size, replay.Way(), labels)
        if replay.agree(end[0], params, start[0], single).any():
            return _Seen({"a step": "with the labels of other rows", "the losses": UNKNOWN})
        plans = [[[list(rows)]] for rows in itertools.combinations_with_replacement(range(len(X)), len(X))]
        params = replay.ends(start[0], X, y, plans, lr, batch_size, replay.Way())
        if replay.agree(end[0], params, start[0], single).any():
            return _Seen({"a step": "on some rows several times, on others not at all", "the losses": UNKNOWN})
    return _Seen({"a step": "another one", "the losses": UNKNOWN})


def _stories(n: int, batch_size: int, epochs: int) -> Iterator[tuple[str, replay.Way, list[replay.Plan]]]:
    """Everything that a training may have been: word, way and plans, the right ones first."""
    usual = replay.plans(n, batch_size, epochs)
    yield from ((word, way, usual) for word, way in replay.WAYS[: 1 if len(usual) > 9 else None])
    for word, plans in replay.other_plans(n, batch_size, epochs).items():
        yield word, replay.Way(), plans
    if epochs > 1:
        yield "in the first epoch only", replay.Way(), [plan[:1] for plan in usual]
        yield "of one epoch too few", replay.Way(), replay.plans(n, batch_size, epochs - 1)
    yield "of one epoch too many", replay.Way(), replay.plans(n, batch_size, epochs + 1)


def _losses(got: list[float], training: Callable[..., replay.Run], X: Array, batch_size: int, single: bool) -> str:
    if replay.same_losses(got, replay.right_losses(training(thorough=False)), single):
        return RIGHT["the losses"]
    forms = replay.loss_forms(training(), X, batch_size)
    known = next((form for form, values in forms if replay.same_losses(got, values, single)), "")
    wanted = len(replay.right_losses(training(thorough=False)))
    return known or ("other numbers" if len(got) == wanted else f"{len(got)} numbers, not {wanted}")


def _orders(fn: Train, task: tuple[Any, ...], lr: float, rng: Rng) -> dict[str, str]:
    """From many short trainings, one example a batch: whether orders change, and from epoch to epoch."""

    plans: list[replay.Plan] = []
    suspicion = ""
    for i in range(TRIES):
        seed = rng.integers(2**40)
        seen = _one_training(fn, task, lr, np.random.default_rng(seed))
        if seen.plan is None or seen.words["a step"] != RIGHT["a step"]:
            alone = _one_training(fn, (*task[:3], 1, 1), lr, rng).words  # of a single epoch more can be told
            return alone if alone["a step"] != RIGHT["a step"] else seen.words
        if i < REPEATED:
            fresh = task[0].copy(), task[1].copy()
            again, _ = _parts(fn(*fresh, *task[2:], lr, np.random.default_rng(seed)), task[2])
            if again is None or any((a != b).any() for a, b in zip(seen.end, again[0], strict=True)):
                return seen.words | {"the random numbers": "come from elsewhere"}
        if not seen.certain:  # where a row moves nothing, orders can't be told from each other
            continue
        plans.append(seen.plan)
        suspicion = _suspicion(plans)
        if len(plans) >= REPEATED and not suspicion:  # nor can there be one later
            return seen.words
        if len(plans) == TRAININGS:
            return seen.words | {"the order of the examples": suspicion}
    return seen.words


def _suspicion(plans: list[replay.Plan]) -> str:
    """What the orders of several trainings have in common, if anything."""
    if all(epoch == sorted(epoch) for plan in plans for epoch in plan):
        return "that of the rows"
    if all(plan[0] == epoch for plan in plans for epoch in plan):
        return "the same in every epoch"
    if any(all(plan[e] == plans[0][e] for plan in plans) for e in range(len(plans[0]))):
        return "in some epoch the same in every training"
    return ""


@lru_cache(maxsize=1)
def digits_split() -> tuple[data.Part, data.Part]:
    """Always the same four fifths of scikit-learn's digits for training; the others are new to the network."""
    return data.split(data.digits(), np.random.default_rng(0))


def _on_digits(fn: Train, task: tuple[Any, ...], lr: float, rng: Rng) -> dict[str, str]:
    """The best of three trainings; whoever is good enough after a third of the epochs is spared them."""
    X, y, sizes, epochs, batch_size = task
    small = (X[:7], y[:7], [sizes[0], 8, sizes[-1]], 1, 7)
    if _one_training(fn, small, lr, rng).words["a step"] != RIGHT["a step"]:
        return {"the accuracy on new digits": "not measured, as single steps are not right yet"}
    quick, promised = (epochs // 3, *QUICK), (epochs, batch_size, lr)
    for setting in quick, (epochs // 3, batch_size, lr), promised, promised, promised:
        result, complaint = _parts(fn(X, y, sizes, *setting, rng), sizes)
        if result is None:
            return {"what comes back": complaint}
        right = _accuracy(result[0], *digits_split()[1])
        if right >= 0.96:
            return {}
        if right < 0.8 and setting is not quick:  # this is far from learning, not bad luck
            break
    return {"the accuracy on new digits": "below 0.96"}


def _accuracy(params: Params, H: Array, y: Array) -> float:
    depth = len(params) // 2
    for i, (W, b) in enumerate(zip(params[:depth], params[depth:], strict=True)):
        H = H @ W + b
        H = np.maximum(H, 0) if i < depth - 1 else H
    return float((H.argmax(axis=1) == y).mean())


def _part_name(part: Any) -> str:
    """What a part of the result looks like, by the number of axes of its entries."""
    try:
        axes = {min(np.ndim(entry), 2) for entry in part}
    except (TypeError, ValueError):  # a single number; pairs of arrays of different shapes
        return "pairs" if isinstance(part, (list, tuple)) else kind_of(part)
    return ("losses", "bs", "Ws")[axes.pop()] if len(axes) == 1 and not isinstance(part, (dict, str)) else kind_of(part)


def _parts(result: Any, sizes: list[int]) -> tuple[tuple[Params, list[float]] | None, str]:
    """Weights and biases in one list, and the losses; or None and what is wrong."""
    result = plain(result)
    names = tuple(map(_part_name, result)) if isinstance(result, (list, tuple)) else ()
    if not names:
        return None, f"{kind_of(result)}, not (Ws, bs, losses)"
    if len(names) != 3 or (names != RESULTS and {*names} == {*RESULTS}):
        return None, f"({', '.join(names)}), not ({', '.join(RESULTS)})"
    try:
        Ws, bs = ([np.asarray(p, dtype=np.float64) for p in part] for part in result[:2])
        losses = np.asarray(result[2], dtype=np.float64)
    except (TypeError, ValueError):
        found = "something that is no number"
        return None, found if names == RESULTS else f"({', '.join(names)}), not ({', '.join(RESULTS)})"
    shapes = [p.shape for p in (*Ws, *bs)]
    if shapes != [*pairwise(sizes), *((d,) for d in sizes[1:])]:
        return None, f"Ws {[W.shape for W in Ws]}, bs {[b.shape for b in bs]} for sizes {list(sizes)}"
    if losses.ndim != 1:
        return None, f"losses that are {kind_of(result[2])}, not a list with one number for each epoch"
    if not all(np.isfinite(p).all() for p in (*Ws, *bs)):
        return None, "weights or biases that are nan or infinite"
    if not np.isfinite(losses).all():
        return None, "losses that are nan or infinite"
    return (Ws + bs, losses.tolist()), ""
