"""More wrong answers to ``perceptron_fit``."""

# %% wrong
# the best weights on the way are returned: `mistakes.append(wrong)` -> `… ⏎ if wrong == min(mistakes): ⏎     best = w, b`, `return w, b, mistakes` -> `return *best, mistakes`
#   or `mistakes.append(wrong)` -> `… ⏎ if wrong < min(mistakes[:-1], default=wrong + 1): ⏎     best = w, b`, `return w, b, mistakes` -> `return *best, mistakes`
#   To keep the best weights on the way is the idea of the pocket algorithm, another method. Return the weights
#   that the last step has left.
# an epoch with few mistakes ends it: `if wrong == 0:` -> `if wrong < 0.05 * len(X):`
#   or `if wrong == 0:` -> `if wrong <= 1:`
#   Only an epoch without any mistake ends it early: `wrong == 0`.
# two epochs with as many mistakes end it: `if wrong == 0:` -> `if mistakes[-2:] == [wrong, wrong]:`
#   or `if wrong == 0:` -> `if mistakes[-2:] == [wrong, wrong] or wrong == 0:`
#   As many mistakes as before need not be the same ones: the weights still move. Only an epoch without any ends it.
# weights that are where they were end it: `wrong = 0` -> `wrong, before = 0, w`, `if wrong == 0:` -> `if np.allclose(before, w):`
#   The weights can come back to where they were, and the bias may have moved. Count the mistakes: only an epoch without any ends it.
# an example on the boundary always counts as a mistake
#   `error = label - int(x @ w + b > 0)` -> `error = label - int(x @ w + b > 0) if x @ w + b else 2 * label - 1`
#   On the boundary the prediction is 0, so a row of class 0 is right there. Compare yhat with y; the product s*(w.x + b)
#   can't tell the two sides of a tie.
# the mean of the weights of all steps is returned
#   `w, b, mistakes = np.zeros(X.shape[1]), 0.0, []` -> `… ⏎ ws, bs = [], []`
#   `wrong += abs(error)` -> `… ⏎ ws.append(w) ⏎ bs.append(b)`
#   `return w, b, mistakes` -> `return np.mean(ws, axis=0), np.mean(bs), mistakes`
#   That is the averaged perceptron, another method. Return the weights that the last step has left.
# the learning rate is missing from the bias: `b = b + eta * error` -> `b = b + error`
#   The bias is a weight like the others: it moves by eta*(y - yhat).
# a number for each row instead of each epoch
# -         mistakes.append(wrong)
# +             mistakes.append(wrong)
#   Note the count where the epoch ends, behind the loop over the rows.
# the learning rate shrinks from epoch to epoch: `w = w + eta * error * x ⏎ b = b + eta * error` -> `w = w + eta / (epoch + 1) * error * x ⏎ b = b + eta / (epoch + 1) * error`
#   Every step has the same learning rate `eta`.
# labels -1 and 1, and so steps twice as long: `error = label - int(x @ w + b > 0)` -> `error = 2 * (label - int(x @ w + b > 0))`, `abs(error)` -> `abs(error) // 2`
#   With labels 0 and 1 the difference y - yhat is -1, 0 or 1. (The factor 2 comes from labels -1 and 1.)
