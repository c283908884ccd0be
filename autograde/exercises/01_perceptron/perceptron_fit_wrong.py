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
