"""Optimizers: each changes a list of parameters in place, given their gradients, and allocates nothing once warm."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float, Int, Real

from mlp_reference import checks
from mlp_reference.shapes import Integer, Number

Arrays = list[Float[np.ndarray, "..."]]
BLOCK = 32_768  # entries: a block of parameters, gradients and scratch stays in the fast cache


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


def gradient_descent(
    loss_and_grad: Callable[[np.ndarray], tuple[float, np.ndarray]],
    x: Real[np.ndarray, "*s"],
    lr: Number,
    steps: Integer,
) -> tuple[Float[np.ndarray, "*s"], list[float]]:
    """``(x, losses)`` after full-batch steps from ``x``, which is not changed; each loss is taken before its step.

    Source: notebook 07, the step.
    """
    checks.positive("gradient_descent", lr=lr)
    x, losses = x.astype(np.result_type(x, np.float32)), []
    for _ in range(steps):
        loss, grad = loss_and_grad(x)
        losses.append(float(loss))
        sgd_step([x], [grad], lr)
    return x, losses


@dataclass
class SGD:
    """``p <- p - lr g``, what ``sgd_step`` does, block by block through one small scratch array."""

    lr: Number
    _scratch: np.ndarray = field(default_factory=lambda: np.empty(0), repr=False)

    def step(self, params: Arrays, grads: Arrays) -> None:
        if self._scratch.dtype != params[0].dtype or not self._scratch.size:
            self._scratch = np.empty(min(BLOCK, max(p.size for p in params)), params[0].dtype)
        for p, g in _blocks(params, grads):
            change = np.multiply(g, self.lr, out=self._scratch[: p.size])
            np.subtract(p, change, out=p)


@dataclass
class Momentum:
    """``v <- beta v + g``, ``p <- p - lr v``: a heavy ball.

    Source: Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4(5); notebook 07, memory in a step.
    """

    lr: Number
    beta: Number = 0.9
    _velocity: Arrays = field(default_factory=list, repr=False)

    def step(self, params: Arrays, grads: Arrays) -> None:
        self._velocity = self._velocity or [np.zeros_like(p) for p in params]
        for p, g, v in zip(params, grads, self._velocity, strict=True):
            v *= self.beta
            v += g
            p -= self.lr * v


@dataclass
class Adam:
    """``p <- p - lr m / (sqrt(v) + eps)`` with running means ``m`` of g and ``v`` of g**2, freed of their start at 0.

    Source: Kingma & Ba (2015), arXiv:1412.6980; notebook 07, a step size for every weight.
    """

    lr: Number = 1e-3
    beta1: Number = 0.9
    beta2: Number = 0.999
    eps: Number = 1e-8
    _steps: int = field(default=0, repr=False)
    _means: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = field(default_factory=list, repr=False)

    def step(self, params: Arrays, grads: Arrays) -> None:
        self._means = self._means or [(np.zeros_like(p), np.zeros_like(p), np.empty_like(p)) for p in params]
        self._steps += 1
        rate = self.lr / (1 - self.beta1**self._steps)
        unbias = 1 - self.beta2**self._steps
        for p, g, (m, v, s) in zip(params, grads, self._means, strict=True):
            m *= self.beta1
            m += np.multiply(g, 1 - self.beta1, out=s)
            v *= self.beta2
            np.multiply(g, g, out=s)
            v += np.multiply(s, 1 - self.beta2, out=s)
            np.sqrt(np.divide(v, unbias, out=s), out=s)
            s += self.eps
            np.divide(m, s, out=s)
            p -= np.multiply(s, rate, out=s)


def _blocks(params: Arrays, grads: Arrays) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Views of at most ``BLOCK`` entries of each parameter and of its gradient."""
    for p, g in zip(params, grads, strict=True):
        flat_p, flat_g = p.reshape(-1, copy=False), g.reshape(-1, copy=False)
        for start in range(0, p.size, BLOCK):
            yield flat_p[start : start + BLOCK], flat_g[start : start + BLOCK]
