import math

import numpy as np
import sympy
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from mlp_reference import Value, toy_backward
from tests.reference.given import Draw, close, few, seeds


@few
@given(st.floats(-5, 3))
def test_toy_backward_agrees_with_symbolic_differentiation(x):
    s = sympy.Symbol("s")
    f = 2 / sympy.sin(sympy.exp(-s))
    value, local, slope = toy_backward(x)
    if abs(math.sin(math.exp(-x))) > 1e-6:
        close(value, float(f.subs(s, x).evalf(30)), rtol=1e-9)
        close(slope, float(f.diff(s).subs(s, x).evalf(30)), rtol=1e-7)
    assert local[0] == -1
    close(math.prod(local), slope)


def test_toy_backward_in_radians():
    value, local, slope = toy_backward(-4.499)
    close(value, 2.164, rtol=1e-3)
    close(slope, -80.39, rtol=1e-3)
    close(local, [-1, math.exp(4.499), math.cos(math.exp(4.499)), -2 / math.sin(math.exp(4.499)) ** 2])


def test_every_operation_and_numbers_on_either_side():
    import autograd.numpy as anp

    def f(a, b, tanh, relu, exp):
        return exp(-a * 0.3) * tanh(b + 1) + 2 * relu(a - b) - (3 - a * b) + relu(b - a) + (1 + a) * 5 - 0.5

    a, b = Value(0.7), Value(-1.3)
    root = f(a, b, Value.tanh, Value.relu, Value.exp)
    root.backward()
    plain = lambda a, b: f(a, b, anp.tanh, lambda z: z * (z > 0), anp.exp)  # noqa: E731
    close(root.data, plain(0.7, -1.3))
    close([a.grad, b.grad], [grad(plain, i)(0.7, -1.3) for i in (0, 1)])
    assert (root.grad, type(root.data), type(a.grad)) == (1.0, float, float)


def test_relu_has_slope_0_at_its_kink():
    x = Value(0)
    x.relu().backward()
    assert x.grad == 0


def test_every_path_is_summed():
    x = Value(3.0)
    y = x * x + x  # x is reached by three paths
    y.backward()
    assert x.grad == 7
    z = x + x
    (z * z).backward()
    assert (z.grad, x.grad) == (12, 24)


def test_a_second_backward_gives_the_same_and_the_last_root_wins():
    x = Value(2.0)
    y = x * x
    z = y * 3
    z.backward()
    z.backward()
    assert (x.grad, y.grad, z.grad) == (12, 3, 1)
    y.backward()
    assert (x.grad, y.grad) == (4, 1)
    assert z.grad == 1  # z is not part of y: it keeps what it had


def test_a_chain_of_5000_nodes_and_a_tower_that_doubles_its_paths():
    x = Value(1.0)
    y = x
    for _ in range(5000):
        y = y + 0.001
    y.backward()
    assert x.grad == 1
    close(y.data, 6)
    y = x
    for _ in range(60):  # 2**60 paths, but only 61 nodes
        y = y + y
    y.backward()
    assert x.grad == 2**60


@few
@given(seed=seeds)
def test_random_graphs_agree_with_autograd(seed):
    def build(x, rng):
        nodes = list(x)
        for _ in range(12):
            a, b = (nodes[i] for i in rng.integers(0, len(nodes), 2))
            nodes.append([lambda: a + b, lambda: a * b * 0.5, lambda: a - b][rng.integers(3)]())  # noqa: B023
        return nodes[-1] + nodes[-2]

    x = Draw(seed).normal(3)
    leaves = [Value(v) for v in x]
    build(leaves, np.random.default_rng(seed)).backward()
    expected = grad(lambda x: build([x[0], x[1], x[2]], np.random.default_rng(seed)))(x)
    close([v.grad for v in leaves], expected)
