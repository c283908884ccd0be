"""Wrong answers of exercise 3.5."""

# %% wrong
# knots on both sides of 0, as far as the sum of all sizes: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `-np.abs(w).sum(), np.abs(w).sum()`
#   That is the range over the cube [-1, 1]^d. On [0, 1]^d the least value of w @ x takes the negative parts of w only, the
#   largest the positive ones.
# knots from 0 to the sum of w: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, w.sum()`
#   | `min(0.0, w.sum()), max(0.0, w.sum())`
#   Those are the corners (0, ..., 0) and (1, ..., 1). Another corner makes w @ x smaller: the one that takes the
#   inputs with negative weights only.
# knots from 0 to 1: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, 1.0`
#   x lies between 0 and 1 in each input, but w @ x does not: find its least and its largest value on the cube.
# knots between the least and the largest weight: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `w.min(), w.max()`
#   or `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `w.min(), w.max()`, `if low == high:` -> `if False:`
#   w @ x is a sum: at its least it takes *all* negative parts of w together.
# knots as far as the length of w: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `-np.linalg.norm(w), np.linalg.norm(w)`
#   | `0.0, np.linalg.norm(w)`
#   The length of w bounds w @ x on a ball. On the cube look at the corners: the least value takes the negative parts of w,
#   the largest the positive ones.
# knots from 0 on: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, np.maximum(w, 0).sum()` | `0.0, np.abs(w).sum()`
#   With a negative component w @ x goes below 0: begin at the sum of the negative parts.
# knots up to 0: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `np.minimum(w, 0).sum(), 0.0` | `w.sum(), 0.0`
#   With a positive component w @ x goes above 0: end at the sum of the positive parts.
# the knots lie in the middles of the pieces: `np.linspace(low, high, m + 1)` -> `low + (high - low) * (np.arange(m + 1) + 0.5) / m`
#   The first knot is the least value of w @ x, the last one the largest: the ends of the pieces, not their middles.
# the line does not reach the last knot: `np.linspace(low, high, m + 1)` -> `low + (high - low) * np.arange(m + 1) / (m + 1)`
#   m pieces of equal width reach from the least value of w @ x to the largest: each is (high - low) / m wide.
# a curve of one's own instead of g: `np.diff(g(t))` -> `np.diff(np.cos(t))`, `g(t[0])` -> `np.cos(t[0])`, `g(0.0)` -> `1.0`
#   or `np.diff(g(t))` -> `np.diff(np.cos(np.pi * t))`, `g(t[0])` -> `np.cos(np.pi * t[0])`, `g(0.0)` -> `1.0`
#   The cosine is one example. Call the g that is given.
# g at pi times the knots: `np.diff(g(t))` -> `np.diff(g(np.pi * t))`, `g(t[0])` -> `g(np.pi * t[0])`
#   The pi belongs to the waves of the text. Here it would stand in g: call g at the knots as they are.
# g of the difference: `np.diff(g(t))` -> `g(np.diff(t))`
#   The rise is the difference of two values of g: first g at the knots, then the difference.
# the changes of slope are shifted: `np.diff(slope, prepend=0)` -> `np.append(np.diff(slope), 0)`
#   The first unit brings the whole first slope, the next one what is added to it: prepend a 0, don't append one.
# one knot too few: `np.linspace(low, high, m + 1)` -> `np.linspace(low, high, m)`
#   or `np.linspace(low, high, m + 1)` -> `np.linspace(low, high, m)`, `[w] * m` -> `[w] * (m - 1)`
#   or `np.linspace(low, high, m + 1)` -> `np.linspace(low, high, max(m, 2))`, `[w] * m` -> `[w] * max(m - 1, 1)`
#   m pieces have m + 1 ends.
# one piece too many: `np.linspace(low, high, m + 1)` -> `np.linspace(low, high, m + 2)`, `[w] * m` -> `[w] * (m + 1)`
#   m pieces, so m units for each ridge and m + 1 knots.
# a unit at the last knot, too: `[w] * m` -> `[w] * (m + 1)`, `-t[:-1]` -> `-t`, `prepend=0` -> `…, append=slope[-1]`
#   m pieces need m units: one that opens at the largest value of w @ x does nothing on the cube.
# slopes instead of changes of slope: `np.diff(slope, prepend=0)` -> `slope`
#   A unit that has opened stays open: each one adds what the slope *changes* by.
# the first slope is forgotten: `prepend=0` -> `prepend=slope[0]`
#   Before the first knot no unit is open and the slope is 0, so the first change is the whole first slope.
# not divided by the width of a piece: without ` / np.diff(t)`
#   A slope is rise over run, and the run of each piece is the range of its ridge divided by m.
# divided by 1/m: `/ np.diff(t)` -> `* m`
#   The pieces are 1/m wide only if the range of w @ x has the length 1. Divide by the distance of the knots.
# the biases have the wrong sign: `-t[:-1]` -> `t[:-1]`
#   The unit relu(w @ x - t) opens where w @ x = t, so its bias is -t.
# each unit opens one knot too late: `-t[:-1]` -> `-t[1:]`
#   Piece k begins at its left knot: that is where its unit must open.
# b2 is forgotten: `b2 += weight * g(t[0])` -> `pass`
#   Where all units of a ridge are shut it has the value weight * g(low), and that goes into b2.
# b2 has g at 0: `g(t[0])` -> `g(0.0)`
#   At the first knot, not at 0, all units of a ridge are shut: b2 collects weight * g(low).
# b2 has g at the last knot: `g(t[0])` -> `g(t[-1])`
#   All units of a ridge are shut at its *first* knot.
# b2 is that of the last ridge: `b2 += weight * g(t[0])` -> `b2 = weight * g(t[0])`
#   Every ridge brings a constant, and they add up in b2.
# the constants come without their weights: `b2 += weight * g(t[0])` -> `b2 += g(t[0])`
#   The whole ridge is multiplied by its weight, its constant too.
# the weights of the ridges are forgotten in w2: `weight * change` -> `change`
#   Every ridge is multiplied by its c: so are its output weights.
# the weights of the ridges are forgotten: `weight * change` -> `change`, `b2 += weight * g(t[0])` -> `b2 += g(t[0])`
#   The sum is c_j g(w_j @ x): each ridge is multiplied by its c.
# the weight stands inside of the ReLU: `[w] * m` -> `[weight * w] * m`, `-t[:-1]` -> `-t[:-1] * weight`, `weight * change` -> `change`
#   A positive factor may go into a ReLU. A negative one turns the unit around: leave it outside, in w2.
# the size of the weight without its sign: `weight * change` -> `abs(weight) * change`
#   | `np.sqrt(abs(weight)) * change` | `weight**2 * change`
#   w2 takes the weight of its ridge as it is, with its sign: c_j times the change of slope.
# g of the weighted direction: `in zip(W.T, c):` -> `in zip((W * c).T, np.ones(len(c))):`
#   The weight stands in front of g, not inside: c_j g(w_j @ x).
# directions are made of length 1: `W1 += [w] * m` -> `W1 += [w / np.linalg.norm(w)] * m`
#   g is a function of w @ x as it stands: a longer w runs through more of g.
# rows of W instead of columns: `zip(W.T, c)` -> `zip(W, c)`
#   W has a row for each input and a column for each ridge: loop over `W.T`.
# ranges from the rows of W: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `np.minimum(W, 0).sum(), np.maximum(W, 0).sum()`
#   Each ridge has a range of its own: take the parts of its own column.
# the mean instead of the sum: `np.concatenate(w2), b2` -> `np.concatenate(w2) / len(c), b2 / len(c)`
#   The ridges are added up, not averaged.
# directions and kinks don't belong together: `np.array(W1).T` -> `np.tile(W, m)[:, : len(W1)]`
#   In b1 and w2 the m units of the first ridge come first, then those of the next one. In W1 they must stand in the same order:
#   `np.repeat`, not `np.tile`.
# W1 is transposed: `np.array(W1).T` -> `np.array(W1)`
#   W1 has a row for each input and a column for each unit, as in X @ W1.
# w2 is a column: `np.concatenate(w2), b2` -> `np.concatenate(w2)[:, None], b2`
#   With w2 of shape (units, 1) the values come out as (n, 1). Return w2 with shape (units,).
# a direction of zeros divides by 0: `if low == high:` -> `if False:`
#   Where w is 0, w @ x is 0 everywhere: no piece has a width. That ridge is the constant weight * g(0), which goes into b2.
# a direction with one zero is taken for one of zeros: `if low == high:` -> `if not w.all():`
#   | `if (w == 0).any():`
#   A direction with a component 0 still leads somewhere: along the other inputs. Only where *all* of w is 0 is the ridge a constant.
# the range lies between the least and the largest component: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `min(0, w.min()), max(0, w.max())`
#   | `np.minimum(w, 0).min(), np.maximum(w, 0).max()`
#   On the cube w @ x takes its least value where *all* inputs with a negative component are 1, its largest where all with a positive
#   one are: sums of the negative and of the positive components, not the least and the largest of them.
# a direction of zeros is left out: `b2 += weight * g(0.0)` -> `b2 += 0.0`
#   A ridge along no direction is no 0: it is the constant weight * g(0), and belongs to b2.
# a direction of zeros brings its weight without g: `b2 += weight * g(0.0)` -> `b2 += weight`
#   Where w is 0 the ridge is c_j g(0), not c_j: g at 0 need not be 1.
# a direction of zeros is refused: `b2 += weight * g(0.0)` -> `raise ValueError("knots must increase")`
#   All knots of a column of zeros are one and the same, and a `relu_spline` may well refuse such. Don't hand them on: that ridge
#   is the constant c_j g(0). Add it to b2, and go on with the next column.
# a direction of zeros without its weight: `b2 += weight * g(0.0)` -> `b2 += g(0.0)`
#   The constant of a ridge is multiplied by its c, too.
# only the first ridge: `return np.array(W1).T` -> `    return np.array(W1).T`
#   The loop over the ridges ends too early: return after it.
# no error where m is below 1: `if m < 1:` -> `if False:`
#   A broken line has at least one piece: raise ValueError where m is below 1.
# an error for a single piece, too: `if m < 1:` -> `if m <= 1:`
#   A single piece is a straight line, and allowed.
# returns None instead of raising an error: `raise ValueError("at least one piece for each ridge")` -> `return None`
#   A None may travel far before anybody notices: `raise ValueError(...)` says at once what is wrong.
# knots that fall from 0: `np.minimum(w, 0).sum(), np.maximum(w, 0).sum()` -> `0.0, w.sum()`, `if low == high:` -> `if low > high: raise ValueError("knots must increase") ⏎ …`
#   The sum of w is below 0 here, so knots from 0 to it fall, and a `relu_spline` refuses them. The range of w @ x on the cube goes
#   from the sum of the negative components to the sum of the positive ones.
# all ridges get the same knots: `in zip(W.T, c):` -> `in zip(W.T, c): ⏎     all_low, all_high = np.minimum(W, 0).sum(axis=0).min(), np.maximum(W, 0).sum(axis=0).max()`,
#   `np.linspace(low, high, m + 1)` -> `np.linspace(all_low, all_high, m + 1)`
#   Each ridge has its own range, from its own column: m pieces of equal width from its least to its largest value.
# the directions are left out of W1: `[w] * m` -> `[np.ones(len(w))] * m`
#   Each unit of a ridge sees w @ x: its column of W1 is w.
# the direction is brought to length 1: `low, high = np` -> `w = w / max(np.linalg.norm(w), 1e-12) ⏎ …`
#   g is a function of w @ x as it stands: a longer w runs through more of g.
# a reshape in the place of columns: `np.array(W1).T` -> `np.array(W1).reshape(len(W), -1)`
#   `reshape` fills row after row, and mixes the directions. Each unit is a column of W1: transpose, `.T`.
