"""Optimizers: each changes a list of parameters in place, given their gradients."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float, Int

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number

Arrays = list[Float[np.ndarray, "..."]]


@runtime_checkable
class Optimizer(Protocol):
    """Anything with ``step(params, grads)``, always called with the same parameters."""

    def step(self, params: Arrays, grads: Arrays) -> None: ...


def minibatches(n: Integer, batch_size: Integer, rng: np.random.Generator) -> Iterator[Int[np.ndarray, " m"]]:
    """Index arrays of one epoch: a fresh order of ``range(n)``, cut into ``batch_size``; the last may be shorter.

    Source: notebook 07, from all examples to a few.
    """
    checks.positive("minibatches", n=n, batch_size=batch_size)
    order = rng.permutation(n)
    return (order[start : start + batch_size] for start in range(0, n, batch_size))


def sgd_step(params: Arrays, grads: Arrays, lr: Number) -> None:
    """Nothing is returned: every parameter is moved in place by ``-lr`` times its gradient.

    Source: notebook 07, the step.
    """
    for p, g in zip(params, grads, strict=True):
        p -= lr * g


def momentum_step(params: Arrays, grads: Arrays, velocities: Arrays, lr: Number, beta: Number = 0.9) -> None:
    """Nothing is returned: in place ``v <- beta v + g``, then ``p <- p - lr v``, a heavy ball.

    Source: Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4(5); notebook 07, memory in a step.
    """
    for p, g, v in zip(params, grads, velocities, strict=True):
        v *= beta
        v += g
        p -= lr * v


def adam_step(
    params: Arrays,
    grads: Arrays,
    u1: Arrays,
    u2: Arrays,
    t: Integer,
    lr: Number = 1e-3,
    beta1: Number = 0.9,
    beta2: Number = 0.999,
    eps: Number = 1e-8,
) -> None:
    """Nothing is returned: in place the running means ``u1`` of g and ``u2`` of g**2, then the step number ``t``.

    ``t`` counts from 1. Each mean is divided by ``1 - beta**t``, which frees it of its start at 0; ``p`` moves by
    ``-lr u1 / (sqrt(u2) + eps)``.
    Source: Kingma & Ba (2015), arXiv:1412.6980; notebook 07, a step size for every weight.
    """
    for p, g, m, v in zip(params, grads, u1, u2, strict=True):
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        v += (1 - beta2) * g**2
        p -= lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)


@dataclass
class SGD:
    """``p <- p - lr g``."""

    lr: Number

    def step(self, params: Arrays, grads: Arrays) -> None:
        sgd_step(params, grads, self.lr)


@dataclass
class Momentum:
    """``momentum_step`` with velocities that start at 0."""

    lr: Number
    beta: Number = 0.9
    _velocity: Arrays = field(default_factory=list, repr=False)

    def step(self, params: Arrays, grads: Arrays) -> None:
        self._velocity = self._velocity or [np.zeros_like(p) for p in params]
        momentum_step(params, grads, self._velocity, self.lr, self.beta)


@dataclass
class Adam:
    """``adam_step`` with means that start at 0."""

    lr: Number = 1e-3
    beta1: Number = 0.9
    beta2: Number = 0.999
    eps: Number = 1e-8
    _steps: int = field(default=0, repr=False)
    _means: tuple[Arrays, Arrays] | None = field(default=None, repr=False)

    def step(self, params: Arrays, grads: Arrays) -> None:
        self._means = self._means or ([np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params])
        self._steps += 1
        adam_step(params, grads, *self._means, self._steps, self.lr, self.beta1, self.beta2, self.eps)
