"""Exercise 4.2: four modules, four local derivatives, one product."""

import numpy as np

from autograde.judging.exercise import Arguments, Case, Exercise
from autograde.exercises.support.drawing import Rng
from autograde.exercises.support.families import exchanged
from mlp_reference import autodiff


def _fast_sine(rng: Rng) -> Arguments:
    """The sine has gone round several times."""
    return (float(rng.uniform(-4.0, -2.0)),)


def _many_turns(_: Rng) -> Arguments:
    return (-4.499,)


exercise = Exercise(
    reference=autodiff.toy_backward,
    outputs=("f", "local", "df_dx"),
    families=[exchanged("f", "local", "df_dx")],
    cases=[
        Case("ordinary x", [lambda rng: (float(rng.uniform(-1.0, 1.5)),)], times=5),
        Case("x where the sine has gone round, as at -4.499", [_fast_sine, _many_turns], times=4),
        Case(
            "an integer, an x far to the right, single precision",
            [
                lambda rng: (int(rng.integers(1, 4)),),
                lambda rng: (float(rng.uniform(9.0, 14.0)),),
                lambda rng: (np.float32(rng.uniform(0.25, 1.5)),),
            ],
            times=6,
        ),
        Case("0, and a negative integer", [lambda _: (0.0,), lambda _: (0,), lambda _: (-1,)], times=3, weight=0.5),
    ],
)

# %% hints
# 1. Forward first: write a, b, c, d in four lines, each from the one before. You need these values again.
# 2. A local derivative looks at one line only: how fast does d change with c, if d = 2/c? How fast c with b? Each is
#    taken at the value that went *in* during the forward pass.
# 3. da/dx = -1, db/da = exp(a), dc/db = cos(b), dd/dc = -2/c**2. df_dx is their product, and f is d.

# %% elegant
# Forward values first, then the local derivatives, each made of a value that is at hand, then one product. Nothing
# is computed twice.

# %% right
import math

def toy_backward(x):
    a = -x
    b = math.exp(a)
    c = math.sin(b)
    d = 2 / c
    da, db, dc, dd = -1.0, b, math.cos(b), -2 / c**2
    return d, (da, db, dc, dd), da * db * dc * dd

# %% right
def toy_backward(x):
    b = np.exp(-x)
    local = np.array([-1, b, np.cos(b), -2 / np.sin(b) ** 2])
    return 2 / np.sin(b), local, local.prod()

# %% right
from math import cos, exp, sin

def toy_backward(x):
    values, local = [float(x)], []
    for module, slope in (
        (lambda u: -u, lambda u: -1),
        (exp, exp),
        (sin, cos),
        (lambda u: 2 / u, lambda u: -2 * u**-2),
    ):
        local.append(slope(values[-1]))
        values.append(module(values[-1]))
    df_dx = 1.0
    for factor in local[::-1]:
        df_dx *= factor
    return [values[-1], local, df_dx]

# %% right
def toy_backward(x):
    x = np.asarray(x, dtype=np.float64)
    a = -x
    b = np.exp(a)
    c = np.sin(b)
    d = 2.0 / c
    dd_dc = -d * d / 2
    dc_db = np.sin(b + np.pi / 2)
    db_da = b
    da_dx = np.float64(-1)
    return np.array(d), (da_dx, db_da, dc_db, dd_dc), np.array(dd_dc * dc_db * db_da * da_dx)

# %% right
import math

class Chain:
    def __init__(self):
        self.local = []

    def apply(self, value, slope):
        self.local += [slope]
        return value

def toy_backward(x):
    chain = Chain()
    a = chain.apply(-x, -1)
    b = chain.apply(math.e**a, math.e**a)
    c = chain.apply(math.sin(b), math.cos(b))
    d = chain.apply(2 / c, -2 / (c * c))
    return d, tuple(chain.local), math.prod(reversed(chain.local))

# %% right
import math

def toy_backward(x):
    # the product, simplified on paper
    b = math.exp(-x)
    s, k = math.sin(b), math.cos(b)
    return 2 / s, (-1, b, k, -2 / s**2), 2 * b * k / (s * s)

# %% wrong
# the product leaves out some of the local derivatives: `da * db * dc * dd` -> `dc * dd` | `db * dc` | `da * dd` | `db * dd`
#   The path from f back to x passes all four modules: multiply all four local derivatives.
# the sine in degrees: `math.sin(b)` -> `math.sin(math.radians(b))`, `math.cos(b)` -> `math.cos(math.radians(b))`
#   b is a plain number, and sin' = cos holds in radians only: give b to `math.sin` as it is.
# the sine in degrees, its derivative too: `math.sin(b)` -> `math.sin(math.radians(b))`,
#   `math.cos(b)` -> `math.radians(1) * math.cos(math.radians(b))`
#   Consistent, but another function: sin takes b in radians, as `math.sin` does.
# the derivative of -x is +1: ` db, dc, dd = -1.0, b, math.cos` -> ` db, dc, dd = 1.0, b, math.cos`
#   a = -x falls when x rises: da/dx = -1.
# the derivative of exp at x instead of a: `dd = -1.0, b, math.cos(b), ` -> `dd = -1.0, math.exp(x), math.cos(b), `
#   A local derivative is taken at the input of its own module, and that of exp is a = -x: db/da = exp(a), which is b
#   itself.
# the derivative of exp by the power rule: ` b,` -> ` a * math.exp(a - 1),`
#   exp is its own derivative: db/da = exp(a) = b. The power rule is for a power of the variable.
# the minus of -x is counted twice: `dc, dd = -1.0, b, math.cos(b), -2` -> `dc, dd = -1.0, -b, math.cos(b), -2`
#   db/da = exp(a): the minus belongs to the module before, a = -x, where it is da/dx = -1.
# the derivative of the sine has a minus: ` -1.0, b, math.cos(b), -2` -> ` -1.0, b, -math.cos(b), -2`
#   sin' = cos. It is cos' that has the minus, cos' = -sin.
# the sine instead of the cosine: `dd = -1.0, b, math.cos(b), -2 / c**2` -> `dd = -1.0, b, c, -2 / c**2`
#   The derivative of sin(b) is cos(b).
# the cosine at a, or at x, instead of b: `-1.0, b, math.cos(b), -2 / c**2` -> `-1.0, b, math.cos(a), -2 / c**2`
#   The input of the sine is b, so its slope is cos(b): this module knows nothing of a and x.
# the cosine at c: `-1.0, b, math.cos(b), -2 / c**2` -> `-1.0, b, math.cos(c), -2 / c**2`
#   The slope of the sine is taken at what goes in, b, not at what comes out, c.
# the derivative of 2/c lacks its minus: ` b, math.cos(b), -2 / c**2` -> ` b, math.cos(b), 2 / c**2`
#   2/c falls when c grows: dd/dc = -2/c**2.
# the derivative of 2/c lacks its square: `cos(b), -2 / c**2` -> `cos(b), -2 / c`
#   2/c is 2 c**(-1), and the power rule gives -2 c**(-2) = -2/c**2.
# the derivative of 1/c instead of 2/c: ` b, math.cos(b), -2 / c**2` -> ` b, math.cos(b), -1 / c**2`
#   The factor 2 stays: dd/dc = -2/c**2.
# the derivative of 2/c is taken at d: `math.cos(b), -2 / c**2` -> `math.cos(b), -2 / d**2`
#   The slope is taken at what goes into the module, c, not at what comes out, d.
# the fraction upside down: `d = 2 / c` -> `d = 2 * c`, `-2 / c**2` -> `2.0`
#   The last module is d = 2/c (in the worked example the fraction bar got lost): f = 2 / sin(exp(-x)).
# the local derivatives run from the output to the input: `(da, db, dc, dd)` -> `(dd, dc, db, da)`
#   The order asked for is (da/dx, db/da, dc/db, dd/dc): from the input on.
# global instead of local derivatives: `(da, db, dc, dd)` -> `(da * db * dc * dd, db * dc * dd, dc * dd, dd)`
#   Those are the derivatives of the *output* by x, a, b and c. A local one stays within its module: what moves d if c
#   moves, and so on.
# the products from the input on instead of local derivatives
#   `(da, db, dc, dd)` -> `(da, da * db, da * db * dc, da * db * dc * dd)`
#   Those are the derivatives of a, b, c and d by x. A local derivative is by the module's own input.
# the local derivatives are added: `da * db * dc * dd` -> `da + db + dc + dd`
#   Along one path rates multiply: c moves dc/db times as much as b, and d dd/dc times as much as c.
# the first module is left out of the product: `da * db * dc * dd` -> `db * dc * dd`
#   That is df/da. One module further back stands a = -x, whose local derivative -1 belongs to the product.
# the last module is left out of the product: `da * db * dc * dd` -> `da * db * dc`
#   That is dc/dx. The last module, d = 2/c, has a local derivative as well.
# f is the sine instead of the quotient: `return d,` -> `return c,`
#   The first result is f itself, d = 2/c.
# the values of the modules instead of their derivatives: `(da, db, dc, dd),` -> `(a, b, c, d),`
#   The values are the forward pass. `local` wants what the backward pass multiplies: (da/dx, db/da, dc/db, dd/dc).
# df_dx is missing: without `, da * db * dc * dd`
#   Three results are wanted: `return f, local, df_dx`.
# df_dx comes before the local derivatives
#   `(da, db, dc, dd), da * db * dc * dd` -> `da * db * dc * dd, (da, db, dc, dd)`
#   The order is f, then the four local derivatives, then df_dx.
# the local derivatives are not in a tuple: `(da, db, dc, dd)` -> `da, db, dc, dd`
#   Three results are wanted, the second of which is a tuple of four: `return f, (da, db, dc, dd), df_dx`.
# a numeric derivative with a wide step
#   `da * db * dc * dd` -> `(2 / math.sin(math.exp(-x - 1e-3)) - 2 / math.sin(math.exp(-x + 1e-3))) / 2e-3`
#   A central difference is close but not exact. The product of the four local derivatives is exact to rounding.
# difference quotients for the local derivatives
#   `a = -x` -> `a = -float(x)`
# - da, db, dc, dd = -1.0, b, math.cos(b), -2 / c**2
# + h = 1e-5
# +     db = (math.exp(a + h) - math.exp(a - h)) / (2 * h)
# +     dc = (math.sin(b + h) - math.sin(b - h)) / (2 * h)
# +     da, dd = -1.0, (2 / (c + h) - 2 / (c - h)) / (2 * h)
#   A difference quotient fails where the module bends strongly: for a small c, c - h and c + h lie far apart on the
#   curve 2/c. Write each derivative as its formula, dd/dc = -2/c**2.
# the lost fraction bar, and the derivative of 2/c: `d = 2 / c` -> `d = 2 * c`
#   The derivative is that of 2/c, and the value is 2c: one of both is wrong. The last module is d = 2/c (in the
#   worked example the fraction bar got lost).
# the derivative of exp at b instead of a: `dd = -1.0, b, math.cos(b), ` -> `dd = -1.0, math.exp(b), math.cos(b), `
#   b = exp(a) is the exponential already: db/da = exp(a), which is b itself, not exp(b).
# the value of -x instead of its derivative: ` db, dc, dd = -1.0, b, math.cos(b)` -> ` db, dc, dd = a, b, math.cos(b)`
#   a = -x is the value. Its derivative by x is -1, for all x.
# the derivative of the exponential is forgotten: `dd = -1.0, b, math.cos(b), ` -> `dd = -1.0, 1.0, math.cos(b), `
#   b = exp(a) is a module of its own, with db/da = exp(a) = b.
# 1/c instead of 2/c: `d = 2 / c` -> `d = 1 / c`, `math.cos(b), -2 / c**2` -> `math.cos(b), -1 / c**2`
#   | `math.cos(b), -2 / c**2`
#   The last module is d = 2/c: the 2 stands in the value and in the derivative.
# the minus of -x is in the next module: `da, db, dc, dd = -1.0, b,` -> `da, db, dc, dd = -1.0, -b,`, `da * db * dc * dd` -> `db * dc * dd`
#   db/da = exp(a) is positive: the minus belongs to the module before, a = -x, where it is da/dx = -1.
# times 2 instead of the square: `math.cos(b), -2 / c**2` -> `math.cos(b), -2 / c * 2`
#   | `math.cos(b), -2 / (2 * c)`
#   The square is `c**2`: dd/dc = -2 / c**2.
# the derivative of exp is exp(-b): `dd = -1.0, b, math.cos(b), ` -> `dd = -1.0, math.exp(-b), math.cos(b), `
#   A local derivative is taken at the input of its own module: db/da = exp(a), which is b itself.
# x without its minus: `a = -x` -> `a = x`
#   The first module is a = -x.
# the last local derivative alone: `da * db * dc * dd` -> `dd`
#   That is the derivative by c. From x on it is the product of all four, link by link.
# the derivative of 2/c is taken for that of a logarithm: `-2 / c**2` -> `2 * math.log(abs(c))`
#   The logarithm is the other way round: its *derivative* is 1/c. Of 2/c = 2 c**(-1) the power rule makes -2 c**(-2).
