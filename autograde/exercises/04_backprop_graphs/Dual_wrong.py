"""Wrong answers to ``Dual``."""

# %% wrong
# the slope of a product is the product of the slopes: `self.slope * other.data + self.data * other.slope` -> `self.slope * other.slope`
#   The product rule: slope of the first times value of the second, plus value of the first times slope of the second.
# half of the product rule: `self.slope * other.data + self.data * other.slope` -> `self.slope * other.data`
#   Both factors may move: the other half is `self.data * other.slope`.
# half of the product rule: `self.slope * other.data + self.data * other.slope` -> `self.data * other.slope`
#   Both factors may move: the other half is `self.slope * other.data`.
# the product rule with the wrong partners: `self.slope * other.data + self.data * other.slope` -> `self.slope * self.data + other.data * other.slope`
#   Each slope is multiplied by the value of the *other* factor.
# the product rule with a minus: `self.slope * other.data + self.data * other.slope` -> `self.slope * other.data - self.data * other.slope`
#   Both halves of the product rule are added. (The minus belongs to the quotient.)
# the slope of a product is the sum of the slopes: `self.slope * other.data + self.data * other.slope` -> `self.slope + other.slope`
#   That is the sum rule. In a product each slope is multiplied by the value of the other factor.
# the slopes of a sum are multiplied: `self.slope + other.slope` -> `self.slope * other.slope`
#   The slope of a sum is the sum of the slopes.
# the second slope is lost in a sum: `self.slope + other.slope` -> `self.slope`
#   Both may move: the slope of a sum is the sum of the slopes.
# a sum loses its slope: `Dual(self.data + other.data, self.slope + other.slope)` -> `Dual(self.data + other.data)`
#   Hand the slope on, too: the sum of both.
# a plain number counts as moving: `else Dual(other, 0.0)` -> `else Dual(other, 1.0)`
#   or `else Dual(other) ⏎ return` -> `else Dual(other, 1.0) ⏎ return`
#   or `else Dual(other, 0.0)` -> `else Dual(other, 1.0)`, `else Dual(other) ⏎ return` -> `else Dual(other, 1.0) ⏎ return`
#   A plain number stands still: its slope is 0.
# a Dual without a slope counts as moving: `slope=0.0` -> `slope=1.0`
#   or `slope=0.0` -> `slope=1.0`, `Dual(other, 0.0)` -> `Dual(other)`
#   Dual(3.0) is a constant: its slope is 0.
# the slope of unary minus has the wrong sign: `Dual(-self.data, -self.slope)` -> `Dual(-self.data, self.slope)`
#   If a value rises, its negative falls: the slope changes its sign, too.
# the difference is turned around: `self + (-other)` -> `(-self) + other`
#   a - b is a + (-b).
# number minus Dual is Dual minus number: `(-self) + other` -> `self + (-other)`
#   For `3 - x` Python calls `x.__rsub__(3)`: the number comes first, so it is -x + 3.
# a difference is a sum: `self + (-other)` -> `self + other`
#   a - b is a + (-b).
# the chain rule is forgotten in tanh: `(1 - t**2) * self.slope` -> `(1 - t**2)`
#   The slope of the outer function is multiplied by the slope of what is inside.
# the chain rule is forgotten in exp: `Dual(e, e * self.slope)` -> `Dual(e, e)`
#   The slope of the outer function is multiplied by the slope of what is inside.
# the chain rule is forgotten in tanh and in exp: `(1 - t**2) * self.slope` -> `(1 - t**2)`, `Dual(e, e * self.slope)` -> `Dual(e, e)`
#   The slope of the outer function is multiplied by the slope of what is inside.
# exp hands the slope on as it is: `Dual(e, e * self.slope)` -> `Dual(e, self.slope)`
#   The slope of exp is exp itself: multiply by e.
# tanh hands the slope on as it is: `(1 - t**2) * self.slope` -> `self.slope`
#   The slope of tanh is 1 - tanh**2: multiply by it.
# the slope of tanh is taken at its input: `(1 - t**2) * self.slope` -> `(1 - self.data**2) * self.slope`
#   1 - t**2 is a formula for the *output* t of tanh.
# the slope of tanh without the square: `(1 - t**2) * self.slope` -> `(1 - t) * self.slope`
#   The slope of tanh is 1 - tanh**2.
# the slope of a sigmoid for tanh: `(1 - t**2) * self.slope` -> `t * (1 - t) * self.slope`
#   t (1 - t) belongs to the sigmoid. The slope of tanh is 1 - t**2.
# tanh of the slope: `(1 - t**2) * self.slope` -> `math.tanh(self.slope)`
#   The slope of a function's value is the derivative at data, times the slope.
# exp of the slope: `Dual(e, e * self.slope)` -> `Dual(e, math.exp(self.slope))`
#   The slope of a function's value is the derivative at data, times the slope.
# data and slope are exchanged: `self.data = data ⏎ self.slope = slope` -> `self.data = slope ⏎ self.slope = data`
#   `Dual(data, slope)`: the value comes first.
# an operation changes its operand
#   `return Dual(t, (1 - t**2) * self.slope)` -> `self.data, self.slope = t, (1 - t**2) * self.slope ⏎ return self`
#   or `return Dual(e, e * self.slope)` -> `self.data, self.slope = e, e * self.slope ⏎ return self`
#   or `return Dual(-self.data, -self.slope)` -> `self.data, self.slope = -self.data, -self.slope ⏎ return self`
#   or `return Dual(self.data + other.data, self.slope + other.slope)` -> `self.data += other.data ⏎ self.slope += other.slope ⏎ return self`
#   What is computed is a *new* Dual, and `self` stays as it is: whoever uses x once more needs its old value. End each
#   operation with `return Dual(...)`.
# number times Dual leaves the slope as it is: `__rmul__ = __mul__` -> `def __rmul__(self, other): ⏎     return Dual(other * self.data, self.slope)`
#   A factor multiplies the slope, too: 3x rises three times as fast as x.
# number minus Dual has the slope of the Dual: `return (-self) + other` -> `return Dual(other - self.data, self.slope)`
#   3 - x falls where x rises: its slope is minus that of x.
# a difference adds the slopes: `return self + (-other)` -> `other = other if isinstance(other, Dual) else Dual(other) ⏎ return Dual(self.data - other.data, self.slope + other.slope)`
#   The slope of a difference is the difference of the slopes.
# the slope of exp is its input times the slope: `e * self.slope` -> `self.data * self.slope`
#   exp is its own derivative: its slope is exp(data) times the slope.
# tanh of the slope: `(1 - t**2) * self.slope` -> `1 - math.tanh(self.slope) ** 2` | `math.tanh(self.slope)`
#   The derivative of tanh is taken at data, 1 - t**2, and multiplied by the slope.
# the slope of every Dual is 0: `self.slope = slope` -> `self.slope = 0.0`
#   `Dual(data, slope)` keeps the slope that it is given.
# a sum is a plain number: `return Dual(self.data + other.data, self.slope + other.slope)` -> `return self.data + other.data`
#   The result of every operation is a new Dual, with value and slope.
