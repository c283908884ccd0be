import tracemalloc

import autograd
import numpy as np
from hypothesis import given

from mlp_reference import softmax, softmax_jacobian, softmax_vjp
from tests.reference.given import Draw, close, few, seeds, sizes


@few
@given(seed=seeds, shape=sizes(1))
def test_softmax_jacobian_agrees_with_autograd(seed, shape):
    import autograd.numpy as anp

    z = Draw(seed).normal(*shape)
    plain = lambda z: anp.exp(z) / anp.sum(anp.exp(z))  # noqa: E731
    close(softmax_jacobian(softmax(z)), autograd.jacobian(plain)(z))


@few
@given(seed=seeds, shape=sizes(2))
def test_softmax_vjp_is_the_jacobian_transposed_row_by_row(seed, shape):
    draw = Draw(seed)
    P, G = softmax(draw.normal(*shape)), draw.normal(*shape)
    close(softmax_vjp(P, G), [softmax_jacobian(p).T @ g for p, g in zip(P, G, strict=True)])
    assert softmax_vjp(P.astype(np.float32), G.astype(np.float32)).dtype == np.float32


def test_softmax_vjp_builds_no_jacobian():
    P, G = softmax(Draw(0).normal(2, 2000)), Draw(1).normal(2, 2000)
    tracemalloc.start()
    softmax_vjp(P, G)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * P.nbytes  # the Jacobians would be 2000 times P
