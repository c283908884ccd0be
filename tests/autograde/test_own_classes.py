"""Classes of a learner's own with any base: graded like any other, whatever data their instances are as well."""

import pytest

from autograde.exercises import CATALOGUE
from autograde.grading.test_cell import judge_remotely
from autograde.judging.judge import HIDDEN_SEED
from autograde.sandbox.session import Limits, Session, Zygote

pytestmark = pytest.mark.slow

DUAL = """
    def lift(x):
        return x if isinstance(x, Dual) else Dual(x)
    def __add__(self, other):
        other = Dual.lift(other)
        return Dual(self.data + other.data, self.slope + other.slope)
    def __mul__(self, other):
        other = Dual.lift(other)
        return Dual(self.data * other.data, self.slope * other.data + self.data * other.slope)
    def __neg__(self): return Dual(-self.data, -self.slope)
    def __sub__(self, other): return self + -Dual.lift(other)
    def __rsub__(self, other): return Dual.lift(other) + -self
    __radd__, __rmul__ = __add__, __mul__
    def tanh(self): return Dual(math.tanh(self.data), (1 - math.tanh(self.data) ** 2) * self.slope)
    def exp(self): return Dual(math.exp(self.data), math.exp(self.data) * self.slope)
"""
_PAIR = """
    data, slope = property(lambda self: self[0]), property(lambda self: self[1])
"""
HEADS = {
    "list": "class Dual(list):\n    def __init__(self, data, slope=0.0): self[:] = data, slope" + _PAIR,
    "tuple": "class Dual(tuple):\n    def __new__(cls, data, slope=0.0): return super().__new__(cls, (data, slope))" + _PAIR,
    "named tuple": "from typing import NamedTuple\nclass Dual(NamedTuple):\n    data: float\n    slope: float = 0.0",
    "dict": "class Dual(dict):\n    __getattr__ = dict.__getitem__\n"
    "    def __init__(self, data, slope=0.0): super().__init__(data=data, slope=slope)",
    "array": "class Dual(np.ndarray):\n    def __new__(cls, data, slope=0.0): return np.array([data, slope]).view(cls)\n"
    "    data = property(lambda self: self.item(0))\n    slope = property(lambda self: self.item(1))",
    "float": "class Dual(float):\n    def __new__(cls, data, slope=0.0): return super().__new__(cls, data)\n"
    "    def __init__(self, data, slope=0.0): self.data, self.slope = data, slope",
    "complex": "class Dual(complex):\n    data = property(lambda self: self.real)\n"
    "    slope = property(lambda self: self.imag)",
    "text": "class Dual(str):\n    def __new__(cls, data, slope=0.0): return super().__new__(cls)\n"
    "    def __init__(self, data, slope=0.0): self.data, self.slope = data, slope",
    "frozen": "from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass Dual:\n    data: float\n"
    "    slope: float = 0.0",
    "metaclass": "class Meta(type):\n    def __repr__(cls): raise ValueError\nclass Dual(metaclass=Meta):\n"
    "    def __init__(self, data, slope=0.0): self.data, self.slope = data, slope",
    "fractions": "from fractions import Fraction\nclass Dual:\n"
    "    def __init__(self, data, slope=0): self.data, self.slope = Fraction(data), Fraction(slope)",
    "can be called": "class Dual:\n    def __call__(self): return self\n"
    "    def __init__(self, data, slope=0.0): self.data, self.slope = data, slope",
}  # fmt: skip
VALUE = CATALOGUE["Value"].alternates[0]
SHOWS_ITS_PARENTS = "\n    def __repr__(self): return f'Value({self.data}, {self.parents})'\n"


def share(zygote: Zygote, name: str, source: str) -> float:
    session = Session(zygote, Limits(call=3.0))
    try:
        error, shown = session.run(f"import math\nimport numpy as np\n{source}")
        assert error == "", shown
        return judge_remotely(CATALOGUE[name], session, HIDDEN_SEED).share
    finally:
        session.close()


@pytest.mark.parametrize("base", HEADS)
def test_a_class_that_is_data_too_has_all_points(zygote: Zygote, base: str) -> None:
    assert share(zygote, "Dual", HEADS[base] + "\n" + DUAL) == 1


@pytest.mark.parametrize("base", ["", "(list)", "(dict)"])
def test_nodes_are_never_printed(zygote: Zygote, base: str) -> None:
    """A node that shows its parents has 2**50 of them after 50 doublings."""
    source = VALUE.replace("class Value:", f"class Value{base}:{SHOWS_ITS_PARENTS}    __hash__ = object.__hash__")
    assert "(self, other)" in source
    assert share(zygote, "Value", source) == 1
