"""Exercise 4.3: a number that carries its derivative along."""

import functools
from collections.abc import Callable

import numpy as np

from autograde.exercises.support import programs
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.programs import Program, ProgramExercise
from autograde.judging.exercise import Arguments, Case
from mlp_reference import autodiff


def _drawn(text: str, *watched: str, names: str = "a b c d") -> Callable[[Rng], Arguments]:
    """A program in which ``<a>``, ``<b>`` and so on stand for numbers of their own each time."""
    program = Program(text, watched)

    def make(rng: Rng) -> Arguments:
        letters = names.split()
        numbers = (rng.permutation(15)[: len(letters)] + 2) / 8 * rng.choice([-1.0, 1.0], len(letters))
        return program({name: repr(float(number)) for name, number in zip(letters, numbers, strict=True)})

    return make


_TWO = "x, y = Dual(<a>, <b>), Dual(<c>, <d>)\n"
_ONE = "x = Dual(<a>, <b>)\n"
_WATCHED = ("z.data", "z.slope", "x.data", "x.slope")
_OPERATIONS = ["x + <c>", "<c> + x", "x * <c>", "<c> * x", "x - <c>", "<c> - x", "-x", "x.tanh()", "x.exp()"]
_SIGNS = _drawn("x, y = Dual(-1.25, <b>), Dual(1.5, <d>)\nz = x * x\nh = y * y - (x - x)", "z.data", "z.slope", "h.data", "h.slope")
_ZERO = _drawn("x, y = Dual(0.0, <b>), Dual(<c>, <d>)\nz = x * y\nh = x.tanh() * 5 - x.exp() - -x", "z.data", "z.slope", "h.data", "h.slope")
_ONES = "z, h = x - 0, 0 + x\nu, v = x * 1, 1 * x\nw = x + 0"
_INTEGERS = _drawn("x, y = Dual(3, <b>), Dual(-2, <d>)\nz = x * y - x\nh = y * <a> + (x - y).tanh()", "z.data", "z.slope", "h.data", "h.slope")
_OF_TWO = [_drawn(_TWO + f"z = x {op} y", *_WATCHED, "y.data", "y.slope") for op in "+*-"]
CASES = [
    Case("a pair, and a constant", [_drawn("x, c = Dual(<a>, <b>), Dual(<c>)", "x.data", "x.slope", "c.data", "c.slope")], times=2),
    Case(
        "sums and products",
        [_drawn(_TWO + "z = x * y + x", "z.data", "z.slope"), _drawn(_TWO + "z = x * x * y", "z.data", "z.slope", "x.data", "x.slope")],
        times=4,
    ),
    Case("differences and unary minus", [_drawn(_TWO + "z = (x - y) * -x", "z.data", "z.slope")], times=2),
    Case(
        "plain numbers on either side",
        [
            _drawn(_ONE + "z = (x + <c>) * <d> - 2", "z.data", "z.slope"),
            _drawn(_ONE + "z = <c> - x", "z.data", "z.slope"),
            _drawn(_ONE + "z = 3 + x * -3\ny = 3 * x", "z.data", "z.slope", "y.data", "y.slope"),
            _drawn(_ONE + _ONES, *(f"{name}.{part}" for name in "zhuvw" for part in ("data", "slope"))),
            _drawn(_ONE + "z = -3 * x\ny = 0 * x + x * 0 + (0 - x) * 1", "z.data", "z.slope", "y.data", "y.slope"),
        ],
        times=10,
    ),
    Case("numbers of both signs, and 0, integers", [_SIGNS, _ZERO, _INTEGERS], times=3),
    *(
        Case(name, [_drawn(f"x = Dual({at}, <b>)\nz = (x * 0.5).{name}() * <c>", "z.data", "z.slope") for at in ("<a>", 9, -9)], weight=0.5)
        for name in ("tanh", "exp")
    ),
    Case(
        "every operation leaves its operands as they are",
        [*_OF_TWO, *(_drawn(f"{_ONE}z = {operation}", *_WATCHED) for operation in _OPERATIONS)],
        times=len(_OF_TWO) + len(_OPERATIONS),
    ),
    Case(
        "a small network",
        [_drawn(_TWO + "h = (0.25 * x - 0.5 * y + 0.125).tanh()\nz = (1 - h) * (1 - h) + (-h).exp() * y", "h.slope", "z.data", "z.slope")],
        times=2,
    ),
]

exercise = ProgramExercise(
    reference=autodiff.Dual,
    probe=functools.partial(programs.outcome, name="Dual"),
    given=("program", "watched"),
    cases=CASES,
)

# %% hints
# 1. Each operation makes a new Dual from two numbers: the value, and the derivative of that value. You know the second one from school: sum
#    rule, product rule, chain rule.
# 2. A product has the slope `self.slope * other.data + self.data * other.slope`. A plain number is a Dual of slope 0: make
#    one of it before you compute.
# 3. tanh: with `t = np.tanh(self.data)` the result is `Dual(t, (1 - t**2) * self.slope)`. For `3 * x` and `3 - x` Python
#    asks `__rmul__` and `__rsub__` of the right one.

# %% elegant
# Two numbers travel together, and every operation brings its own rule along. Nothing is remembered: when the value is
# there, so is the slope.

# %% right
import math

class Dual:
    def __init__(self, data, slope=0.0):
        self.data = data
        self.slope = slope

    def __add__(self, other):
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.data + other.data, self.slope + other.slope)

    def __mul__(self, other):
        other = other if isinstance(other, Dual) else Dual(other, 0.0)
        return Dual(self.data * other.data, self.slope * other.data + self.data * other.slope)

    def __neg__(self):
        return Dual(-self.data, -self.slope)

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return (-self) + other

    __radd__ = __add__
    __rmul__ = __mul__

    def tanh(self):
        t = math.tanh(self.data)
        return Dual(t, (1 - t**2) * self.slope)

    def exp(self):
        e = math.exp(self.data)
        return Dual(e, e * self.slope)

# %% right
class Dual:
    """A 2 x 2 matrix [[data, slope], [0, data]] adds and multiplies as it should."""

    def __init__(self, data, slope=0.0):
        self.M = data if isinstance(data, np.ndarray) else np.array([[data, slope], [0, data]], dtype=float)

    @property
    def data(self):
        return self.M[0, 0]

    @property
    def slope(self):
        return self.M[0, 1]

    @staticmethod
    def lift(other):
        return other.M if isinstance(other, Dual) else other * np.eye(2)

    def __add__(self, other):
        return Dual(self.M + Dual.lift(other))

    def __radd__(self, other):
        return self + other

    def __mul__(self, other):
        return Dual(self.M @ Dual.lift(other))

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return Dual(-self.M)

    def __sub__(self, other):
        return Dual(self.M - Dual.lift(other))

    def __rsub__(self, other):
        return Dual(Dual.lift(other) - self.M)

    def tanh(self):
        return Dual(np.tanh(self.data), self.slope / np.cosh(self.data) ** 2)

    def exp(self):
        return Dual(np.exp(self.data), self.slope * np.exp(self.data))

# %% right
from dataclasses import dataclass
import math

@dataclass(frozen=True)
class Dual:
    data: float
    slope: float = 0.0

    def _with(self, f, df):
        return Dual(f, df * self.slope)

    def __add__(self, other):
        if isinstance(other, (int, float)):
            return Dual(self.data + other, self.slope)
        return Dual(self.data + other.data, self.slope + other.slope)

    def __radd__(self, other):
        return Dual(other + self.data, self.slope)

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + other * -1.0

    def __rsub__(self, other):
        return Dual(other - self.data, -self.slope)

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Dual(self.data * other, self.slope * other)
        return Dual(self.data * other.data, self.data * other.slope + other.data * self.slope)

    def __rmul__(self, other):
        return self.__mul__(other)

    def tanh(self):
        return self._with(math.tanh(self.data), 1 - math.tanh(self.data) ** 2)

    def exp(self):
        return self._with(math.exp(self.data), math.exp(self.data))

# %% right
class Dual:
    # a complex number with a tiny imaginary part
    TINY = 1e-150

    def __init__(self, data, slope=0.0):
        self.z = data if isinstance(data, complex) else complex(data, slope * self.TINY)

    data = property(lambda self: self.z.real)
    slope = property(lambda self: self.z.imag / self.TINY)

    def __add__(self, other):
        return Dual(self.z + getattr(other, "z", other))

    def __mul__(self, other):
        return Dual(self.z * getattr(other, "z", other))

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Dual(-self.z)

    def __sub__(self, other):
        return Dual(self.z - getattr(other, "z", other))

    def __rsub__(self, other):
        return Dual(other - self.z)

    def tanh(self):
        return Dual(complex(np.tanh(self.z)))

    def exp(self):
        return Dual(complex(np.exp(self.z)))

# %% right
import math

def lift(x):
    return x if hasattr(x, "slope") else Dual(x)

def linear(a, da, x, db=0.0, y=None):
    return Dual(a, da * x.slope + (db * y.slope if y is not None else 0.0))

class Dual:
    def __init__(self, data, slope=0):
        self.data, self.slope = float(data), float(slope)

    def __add__(self, y):
        y = lift(y)
        return linear(self.data + y.data, 1, self, 1, y)

    def __sub__(self, y):
        y = lift(y)
        return linear(self.data - y.data, 1, self, -1, y)

    def __mul__(self, y):
        y = lift(y)
        return linear(self.data * y.data, y.data, self, self.data, y)

    def __radd__(self, y):
        return lift(y) + self

    def __rsub__(self, y):
        return lift(y) - self

    def __rmul__(self, y):
        return lift(y) * self

    def __neg__(self):
        return linear(-self.data, -1, self)

    def tanh(self):
        p = math.exp(-2 * abs(self.data))
        t = math.copysign((1 - p) / (1 + p), self.data)
        return linear(t, (1 + t) * (1 - t), self)

    def exp(self):
        return linear(math.exp(self.data), math.exp(self.data), self)
