"""More wrong answers to ``perceptron_step``."""

# %% wrong
# moves where the prediction is right, and back where it is wrong
#   `delta = eta * (y - yhat)` -> `delta = eta * (1 if y == yhat else -1)`
#   Where y and yhat agree nothing may change. Where they differ the label says where to: `eta * (y - yhat)`.
# the weights are brought to length 1: `return w, b` -> `return w / max(np.linalg.norm(w), 1e-12), b`
#   The rule doesn't bring w to length 1: return what the update has made of it.
# the step is multiplied by eta twice: `w + delta * x` -> `w + eta * delta * x`
#   `eta` is a factor of the step once: it is in `eta * (y - yhat)` already.
# yhat is the sign of the sum, -1, 0 or 1: `1 if x @ w + b > 0 else 0` -> `np.sign(x @ w + b)`
#   `np.sign` has three values, a unit only two: yhat is 1 where the sum is above 0, else 0.
# divides by the learning rate: `delta = eta * (y - yhat)` -> `delta = (y - yhat) / eta`
#   A larger `eta` makes a longer step: multiply.
# the prediction is not asked: `delta = eta * (y - yhat)` -> `delta = eta * y`
#   A perceptron learns from mistakes only, and of both kinds: eta * (y - yhat).
# small sums are taken for zero: `x @ w + b > 0` -> `x @ w + b > 1e-9`
#   However small it is, a positive sum means 1: compare with 0 exactly, without rounding or tolerance.
# the prediction is made anew for each entry
# -     delta = eta * (y - yhat)
# -     w = w + delta * x
# -     b = b + delta
# +     w = np.array(w, dtype=float)
# +     for j in range(len(x)):
# +         w[j] += eta * (y - (1 if x @ w + b > 0 else 0)) * x[j]
# +     b = b + eta * (y - (1 if x @ w + b > 0 else 0))
#   One example, one prediction: work out yhat once, with the old weights. All entries of w, and b, move by that one.
