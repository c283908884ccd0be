# %% [markdown]
# # 07 · Training
#
# You have a network, its gradients, and weights that start well. This notebook trains it. At the end a function of your
# own, `train`, reads handwritten digits, after a second or two of learning at most. On
# the way you decide what to minimize, how to step, and what to look at while it runs. When you have worked through it you
# can
#
# - derive the loss from what you believe about the target, and replace it where outliers spoil it,
# - explain what a minibatch saves, what it costs, and what its noise is good for,
# - read the signs of a Hessian, and say what is known about saddles and what is a guess,
# - check a training before you trust it, scale its inputs, stop it in time, and say what helps against overfitting,
# - compare your training with a library's, and tell a divergence from a distance.
#
# **Time** about 5 ½ hours, in nine sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 30 |
# | 2 | [From all examples to a few](#From-all-examples-to-a-few) | 22 |
# | 3 | [The step](#The-step) | 50 |
# | 4 | [The landscape of a loss](#The-landscape-of-a-loss) | 35 |
# | 5 | [What descent really does](#What-descent-really-does) | 45 |
# | 6 | [The training loop](#The-training-loop) | 45 |
# | 7 | [Before you trust a training](#Before-you-trust-a-training) | 20 |
# | 8 | [What practice adds](#What-practice-adds) | 45 |
# | 9 | [Distances of distributions](#Distances-of-distributions) | 25, and 15 for the question |
#
# **You need** softmax and cross-entropy ([notebook 05](../05_backprop_mlp/backprop_mlp.ipynb)), He's rule
# ([notebook 06](../06_initialization/initialization.ipynb)), Hessians (notebook 04), eigenvalues of symmetric matrices; from
# probability: densities, the normal distribution, mean and variance. With your own functions from notebook 05 at hand the
# exercise `train` is a matter of putting together; without them, allow for 15 minutes more.
#
# **How it works.** As before: you write code where it says `raise NotImplementedError()`, the cell below checks it,
# `hint("name")` nudges, `progress()` shows what is next. Where it says **Predict**, give your guess first. Where it
# says **Your turn**, fill in the cell; it tests itself. Your functions are given arrays of floats or of whole numbers,
# unless the text says which.

# %% setup
import time

import numpy as np

from autograde import check, hint, letters, predict, progress, recall, review, solution
from mlp_reference import data
from mlp_reference.viz import explorers, figures, plots, style

rng = np.random.default_rng(7)

# %%
letters(7)

# %% [markdown]
# **Two minutes first:** five short things from earlier notebooks, what you missed among them. They are checked, and cost nothing.

# %%
recall(7)

# %% [markdown]
# ## Which loss for which target
#
# A network's last layer gives numbers, any numbers. To compare them with a target, say first what the target *is*: a random
# variable, whose distribution the network describes. Then there is one natural loss, the surprise at what happened: the
# **negative log-likelihood** $-\log p(y \mid x)$, in nats. Take a target that is a real number, and believe that it is
# Gaussian around the network's output $\hat y$ with a fixed variance $\tau^2$:
#
# $$ \begin{aligned} p(y \mid x) &= \frac{1}{\sqrt{2 \pi \tau^2}}\, \exp\Big(-\frac{(\hat y - y)^2}{2 \tau^2}\Big) , \\
#    -\log p(y \mid x) &= \frac{(\hat y - y)^2}{2 \tau^2} + \tfrac12 \log(2 \pi \tau^2) . \end{aligned} $$
#
# The last term does not depend on $\hat y$. With $\tau = 1$ the rest is **half** the squared error. (Many texts drop the
# $\tfrac12$. That moves no minimum, but it doubles every gradient, and so what a learning rate means.) Let the computer
# test it. **Predict:** what do you get if you subtract half the squared error from the surprise, for five random targets?
# <!-- predict difference_of_two_losses: *five times the same number | five different numbers | zeros -->

# %%
from scipy.stats import norm

yhat, y = rng.normal(size=5), rng.normal(size=5)
surprise = -norm.logpdf(y, loc=yhat, scale=1.0)
print("surprise - half the square:", np.round(surprise - (yhat - y) ** 2 / 2, 6))
print(f"log(2 pi) / 2:              {np.log(2 * np.pi) / 2:.6f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Five times the same number, the last term: $\tfrac12 \log(2 \pi) = 0.919$.
#
# </details>
# <!-- 0.919 = np.log(2 * np.pi) / 2 -->

# %% [markdown]
# The same recipe for other targets gives a table. $Z$ of shape `(n, k)` is the output of the last linear layer, for `n`
# examples:
#
# | the target is | distribution | last layer | loss of one example |
# |---|---|---|---|
# | yes or no, $y \in \{0, 1\}$ | Bernoulli | sigmoid, $k = 1$ | $-y \log p - (1 - y) \log(1 - p)$ |
# | one of $k$ classes | categorical | softmax | $-\log p_y$ |
# | any of $k$ labels, also several or none | $k$ independent Bernoullis | sigmoid, entry by entry | sum of $k$ binary losses |
# | real numbers | Gaussian, variance 1 | identity | $\tfrac12 \lVert \hat y - y \rVert^2$ |
#
# The third row is **multilabel** classification: a photograph may show a cat *and* a sofa. A softmax would force its
# probabilities to share 1 between them, so here every label gets a sigmoid of its own.
#
# In all four rows the gradient by $Z$ is the same expression, *prediction minus target*. That is no accident. Written with the
# last layer's output $z$, each loss is of the form $A(z) - z \cdot y$ (up to a constant), with $y$ one-hot in the second row and
#
# $$ A(z) = \log(1 + e^z), \qquad A(z) = \log \sum_j e^{z_j}, \qquad A(z) = \tfrac12 \lVert z \rVert^2 $$
#
# for Bernoulli, categorical, Gaussian. The gradient of the loss is $\nabla A(z) - y$; and $\nabla A$ is the sigmoid, the softmax, the identity:
# the last layer that stands in the table.
#
# This form is also a reason not to apply the softmax first and the logarithm afterwards. With the **logits** $z$ (one row of $Z$) and their
# largest entry $z_{\max}$,
#
# $$ p_i = \frac{e^{z_i}}{\sum_j e^{z_j}} = \frac{e^{z_i - z_{\max}}}{\sum_j e^{z_j - z_{\max}}}, \qquad
#    -\log p_y = \log \sum_j e^{z_j - z_{\max}} - (z_y - z_{\max}) . $$
#
# No exponent on the right is above 0, and the logarithm is taken of a sum that is at least 1.
#
# **Predict:** what do the two ways give for $z = (1000, 0)$ and $y = 1$ (classes are counted from 0)?
# <!-- given 1000 -->
# <!-- predict two_ways
# by the probabilities: 1000 | *infinity or nan | 0
# shifted, the loss = 1000
# -->

# %%
z, right = np.array([1000.0, 0.0]), 1
with np.errstate(all="ignore"):
    p = np.exp(z) / np.exp(z).sum()
    print("softmax, then log:  ", -np.log(p[right]), " with p =", p)
shifted = z - z.max()
print("shifted by the max: ", np.log(np.exp(shifted).sum()) - shifted[right])

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The probability of the first class is `inf / inf`, which is nan, and that of the second is 0, whose log is minus infinity.
# Shifted, the loss is 1000: very wrong, and still a number that has a gradient.
#
# </details>
# <!-- 1000: np.log(np.exp(shifted).sum()) - shifted[right] == 1000 -->

# %% [markdown]
# ### Must it be a likelihood?
#
# No. What counts in the end is often the share of wrong answers. But that share is flat almost everywhere: a small change of
# a weight changes no decision, so its gradient is 0, and says nothing. Training needs a stand-in that slopes toward what you
# want. **Any loss with a useful gradient** will do: nonzero where the network is wrong, and cheap. Likelihoods are the
# principled way to find one, not the only way.

# %% [markdown]
# ## Losses that forgive outliers
#
# Let $r = \hat y - y$ be the **residual**. The squared loss has the slope $r$: a point that is ten times farther off pulls
# ten times harder. One sensor that fails may bend the whole fit. The **absolute** loss $\lvert r \rvert$ (its mean is the MAE, as
# the mean square is the MSE) pulls with force 1 from everywhere, but its slope jumps at 0, so that steps of a fixed rate
# hardly ever come to rest. Peter Huber joined the two in [1964](https://doi.org/10.1214/aoms/1177703732): a square near 0, a straight
# line from $\pm\delta$ on,
#
# $$ \ell_\delta(r) = \begin{cases} \tfrac12 r^2 & \text{where } \lvert r \rvert \le \delta \\
#    \delta\,\big(\lvert r \rvert - \tfrac12 \delta\big) & \text{elsewhere.} \end{cases} $$
#
# The smooth cousin is $\log\cosh r$, with the slope $\tanh r$. In the right picture five of thirty points are broken; the others
# scatter about a line of slope 1. **Predict:** which fit suffers most, and is the second worst far behind?

# <!-- predict fit_that_suffers
# most: *squared | log-cosh | Huber | absolute
# the second worst is: close behind | *far better
# -->
# %%
figures.training.robust()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The true slope is 1. The squared loss finds 0.11, log-cosh 0.68, Huber 0.73, the absolute loss 0.85: what pulls with
# limited force can be outvoted by the many.
#
# </details>
# <!--
# 0.11 = experiments.training.line_fit(*experiments.training.with_outliers(), lambda r: r)[0]
# 0.68 = experiments.training.line_fit(*experiments.training.with_outliers(), np.tanh)[0]
# 0.73 = experiments.training.line_fit(*experiments.training.with_outliers(), lambda r: np.clip(r, -1, 1))[0]
# 0.85 = experiments.training.line_fit(*experiments.training.with_outliers(), np.sign)[0]
# -->

# %% [markdown]
# ### Exercise: `huber` · easy · 8 minutes
#
# Return `(loss, grad)`: the loss above for each residual, and its derivative with respect to the residual. `r` is a number or
# an array of any shape, also of integers; both results have its shape. `delta` is a positive number. Residuals of `1e250` do
# occur, and both results must stay finite there, though a warning on the way is no harm.
#
# **Predict:** how does the derivative look as a graph, and what is it at $r = \delta$, where the two pieces meet?
# <!-- predict slope_of_huber
# draw slope, in δ over r, in δ, x -3 to 3, y -1.5 to 1.5: np.clip(x, -1, 1)
# at r = δ: 0 | 1 | *δ | δ²/2
# -->
#
# <details><summary><b>Compare</b></summary>
#
# A ramp of slope 1 that is cut off at $-\delta$ and $\delta$. At $r = \delta$ both pieces of the loss have the
# value $\delta^2/2$ and the slope $\delta$: the loss has no kink.
# </details>

# %% [markdown]
# Stuck? Run `hint("huber")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="huber"
def huber(r, delta):
    """Huber's loss of each residual, and its derivative.

    r: a number or an array of any shape.  delta: positive.  Returns (loss, grad), both like r.
    """
    ### BEGIN SOLUTION
    size = np.abs(np.asarray(r, dtype=float))
    near = np.minimum(size, delta)
    return near * (size - near / 2), np.clip(np.asarray(r, dtype=float), -delta, delta)
    ### END SOLUTION


# %% test="huber" points=2
check(huber)
### BEGIN HIDDEN TESTS
check(huber, hidden=True)
### END HIDDEN TESTS


# %% [markdown]
# ## From all examples to a few
#
# *(The second sitting begins here.)*
#
# Let $\theta$ stand for all parameters together, and $E_i(\theta)$ for the loss of example $i$. We want to lower the mean
# $E = \frac1n \sum_i E_i$. **Gradient descent** takes steps $\theta \leftarrow \theta - \eta \nabla E(\theta)$ with the
# **learning rate** $\eta > 0$ (`lr` in code). One such step looks at all $n$ examples. The gradient of a mean is the mean of the
# gradients,
#
# $$ \nabla E = \frac1n \sum_{i=1}^{n} \nabla E_i , $$
#
# and a mean can be *estimated* from a sample. Draw a few rows, a **minibatch** $S$ of $B$ examples, and use
# $\frac1B \sum_{i \in S} \nabla E_i$. (With $B = 1$ this is **stochastic gradient descent** in the strict sense; the name SGD is
# used for all $B < n$.) Is the estimate right on average? Here is a linear model with half squared errors, where
# $\nabla E_i = (x_i \cdot w - y_i)\, x_i$:

# %%
n, d, B = 12, 3, 4
X, w, y = rng.normal(size=(n, d)), rng.normal(size=d), rng.normal(size=n)


def E(w):
    return 0.5 * np.mean((X @ w - y) ** 2)


each = (X @ w - y)[:, None] * X  # (n, d): one gradient a row
eps = 1e-6
slope = [(E(w + eps * e) - E(w - eps * e)) / (2 * eps) for e in np.eye(d)]
order = rng.permutation(n)
batches = each[order].reshape(n // B, B, d).mean(axis=1)  # the gradients of three batches of 4
print("gradient of the mean   ", np.round(slope, 6))
print("mean of the gradients  ", np.round(each.mean(axis=0), 6))
print("mean over the batches  ", np.round(batches.mean(axis=0), 6))
print("and of the first batch ", np.round(batches[0], 6))

# %% [markdown]
# Each batch is off, and the errors cancel over an **epoch**, one pass through all examples. How far off is a batch of $B$?
# The mean of $B$ independent draws has a standard deviation that falls like $1/\sqrt B$. **Predict:** to halve the noise,
# how much more work is a step? And for the same number of single gradients, who gets farther: batches of 1, of 32, or of
# all 1,797 digits?
# <!-- 1,797 = len(data.digits()[1]) -->
# <!-- predict half_the_noise
# work for half the noise, times = 4
# same gradients, farthest: *batches of 1 | of 32 | of 1,797
# -->

# %%
figures.training.batch_noise()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Four times the work for half the noise: a bad bargain. Left, the measured slope is about $-\tfrac12$. Right, every curve has
# paid for all that stands on its axis: batches of 32 need about a fiftieth of the work of full batches for the same
# loss, since they make 56 steps where the full batch makes one. By this count single examples are cheaper still. But their steps
# tremble, need a smaller rate, and use none of the speed that a computer has for matrices: on the clock 32 steps with one example
# take many times as long as one step with 32 (the cell *Why batches?* of notebook 05).
#
# </details>
# <!-- 56 = 1797 // 32 -->

# %% [markdown]
# The number of examples is the reason for minibatches, not the number of parameters: a step costs $B$ gradients instead of
# $n$. And the noise has one more effect. At a point where $\nabla E = 0$, a **stationary point**, gradient descent stays for ever.
# The gradient of a batch is as a rule not 0 there (it is where every single example is fitted perfectly), so minibatches may leave it:
# good if it was a saddle, a nuisance if it was the minimum.

# %% [markdown]
# ### Exercise: `minibatches` · medium · 8 minutes
#
# `minibatches(n, batch_size, rng)` makes the batches of one epoch. Return any iterable (a list, a generator with `yield`) of
# integer index arrays, each of shape `(batch_size,)`, the last one shorter where `batch_size` does not divide `n`, and none
# empty. Together they hold each of the numbers `0` to `n - 1` once, in a random order in which all $n!$ orders are equally
# likely. All randomness comes from `rng`, a NumPy `Generator`: the next call with the same `rng` gives a fresh order, and two
# generators in the same state give the same batches. Both numbers are at least 1, and `batch_size` may exceed `n`.
#
# **Predict:** how many steps does an epoch have for $n = 1438$ and batches of 32, and how large is the last batch?
# <!-- predict steps_of_an_epoch
# steps = 45
# last batch = 30
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $\lceil 1438 / 32 \rceil = 45$ steps, and $1438 - 44 \cdot 32 = 30$ examples are left for the last one.
#
# </details>
# <!--
# given 1438
# = 45: -(-1438 // 32) == 45
# = 30: 1438 - 44 * 32 == 30
# -->


# %% exercise="minibatches"
def minibatches(n, batch_size, rng):
    """Index arrays of one epoch: a fresh random order of range(n), cut into pieces of batch_size.

    rng: numpy.random.Generator.  Returns an iterable of integer arrays, the last one shorter.
    """
    ### BEGIN SOLUTION
    order = rng.permutation(n)
    for start in range(0, n, batch_size):
        yield order[start : start + batch_size]
    ### END SOLUTION


# %% test="minibatches" points=3
check(minibatches)
### BEGIN HIDDEN TESTS
check(minibatches, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## The step
#
# *(The third sitting begins here.)*
#
# How large may $\eta$ be? On a parabola $E(x) = \tfrac12 \kappa x^2$ with **curvature** $\kappa > 0$ (kappa) a step is
# $x \leftarrow x - \eta \kappa x = (1 - \eta \kappa)\, x$: each step multiplies the distance to the minimum by the same factor.
# **Predict:** for $\kappa = 4$, what happens with $\eta = 0.1$, $0.25$, $0.45$ and $0.6$?
# <!-- predict four_rates
# η = 0.1: *slow | one step | swings | diverges
# η = 0.25: slow | *one step | swings | diverges
# η = 0.45: slow | one step | *swings | diverges
# η = 0.6: slow | one step | swings | *diverges
# -->

# %%
kappa = 4.0
for eta in (0.1, 0.25, 0.45, 0.6):
    x, places = 1.0, []
    for _ in range(6):
        x = x - eta * kappa * x
        places.append(f"{x:6.3f}")
    print(f"eta = {eta:4}: factor {1 - eta * kappa:5.2f}, x = {' '.join(places)}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Factors $0.6$, $0$, $-0.8$ and $-1.4$: slow, in one step, swinging from side to side, and off to infinity. On a parabola a rate
# above $2/\kappa$ diverges.
#
# </details>
# <!--
# given 0.6
# -0.8 = 1 - 0.45 * 4
# -1.4 = 1 - 0.6 * 4
# -->

# %% [markdown]
# With several directions the *steepest* curvature decides which rates are allowed, and the *flattest* how long you walk: in a valley with
# curvatures 1 and 20 a step leaves $1 - \eta$ of the distance along the long axis.
#
# In a network the curvature changes on the way; what that does to the rates is measured [below](#How-sharp-is-it-here?).

# %% [markdown]
# ### A schedule
#
# The rate may also depend on the step: $\theta_{t+1} = \theta_t - \eta_t \nabla E(\theta_t)$, with a **schedule**
# $\eta_1, \eta_2, \dots$ that begins large, to make progress, and ends small, so that minibatches tremble less. The cell walks down a
# parabola of curvature 1 from $x = 10$, with noise of standard deviation 1 in every gradient, at two constant rates and with a
# schedule. **Predict:** which of the three is nearest to 0 after 20 steps, and which after 1,000?
# <!-- predict nearest_to_zero
# after 20 steps: the small rate | the large rate | *the schedule
# after 1,000 steps: the small rate | the large rate | *the schedule
# -->

# %%
def distances(rate, steps=1000, walks=200):
    """Root mean square of x after each step, over many walks."""
    noise, x, found = np.random.default_rng(0), np.full(walks, 10.0), []
    for t in range(steps):
        x = x - rate(t) * (x + noise.normal(size=walks))
        found.append(np.sqrt(np.mean(x**2)))
    return found


rates = {
    "0.5": lambda t: 0.5,
    "0.01": lambda t: 0.01,
    "0.5 / (1 + t/10)": lambda t: 0.5 / (1 + t / 10),
}
far = {name: distances(rate) for name, rate in rates.items()}
for name, found in far.items():
    print(f"rate {name:17} after 20 steps {found[19]:.2f}, after 1000 steps {found[-1]:.2f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# After 20 steps the small rate has hardly left, the other two have arrived. After 1,000 the large rate trembles, by more than half
# of the noise, the small one by far less; the schedule is nearest both times, after a quick start and with a calm end. Below one $\eta$ serves for
# the whole training.
#
# </details>
# <!--
# hardly left: far["0.01"][19] > 7
# the other two have arrived: max(far["0.5"][19], far["0.5 / (1 + t/10)"][19]) < 1
# by more than half: far["0.5"][-1] > 0.5
# the small one by far less: far["0.01"][-1] < 0.2
# nearest both times: all(min(far, key=lambda name: far[name][t]) == "0.5 / (1 + t/10)" for t in (19, 999))
# 1,000 = len(far["0.01"])
# -->

# %% [markdown]
# ### Exercise: `sgd_step` · easy · 5 minutes
#
# `params` and `grads` are lists of float arrays with the same shapes in the same order. Move every array of `params` **in place** by
# `-lr` times its gradient, and return nothing (`None`). In place means that the array itself changes: whoever else holds it, the
# network for example, sees the step. Dtypes stay as they are, the gradients stay untouched, and an array may be a window into
# a larger one, say every second column.
#
# **Predict:** a loop that takes a `p` and its `g` from the two lists says `p = p - lr * g`. What has changed after it?
# <!-- predict names_and_arrays: all arrays | the last array | *nothing -->
#
# <details><summary><b>Compare</b></summary>
#
# Nothing that anybody can see. The name `p` was bound to a new array in each round, and the old arrays are as they were.
# </details>


# %% exercise="sgd_step"
def sgd_step(params, grads, lr):
    """Move every array of params in place by -lr times its gradient; returns None.

    params, grads: lists of float arrays of the same shapes.
    """
    ### BEGIN SOLUTION
    for p, g in zip(params, grads):
        p -= lr * g
    ### END SOLUTION


# %% test="sgd_step" points=2
check(sgd_step)
### BEGIN HIDDEN TESTS
check(sgd_step, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Memory in a step
#
# In a narrow valley the gradient mostly points across, not along. **Momentum** ([Polyak,
# 1964](https://doi.org/10.1016/0041-5553%2864%2990137-5)) lets a ball roll: a velocity $v$, shaped like $\theta$, collects gradients,
#
# $$ v \leftarrow \beta v + \nabla E, \qquad \theta \leftarrow \theta - \eta v, $$
#
# with $\beta = 0.9$, say. What points back and forth cancels in part, what points the same way adds up.
# <!-- given 0.9 -->
#
# **Your turn:** the valley has the curvatures 1 and 20, so its gradient at $(x, y)$ is $(x, 20 y)$. The loop counts plain steps until
# the walk is within 0.01 of the minimum. Write two lines of momentum in place of the plain step. **Predict** first: how many steps will
# it save, at this rate?
# <!-- predict saved_by_momentum: steps saved = 427 ± 120 -->

# %%
theta, v, steps = np.array([-1.8, 1.0]), np.zeros(2), 0
while np.linalg.norm(theta) > 0.01:
    gradient = theta * [1, 20]
    theta = theta - 0.01 * gradient  # your two lines here
    steps += 1
print(steps, "steps")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# `v = 0.9 * v + gradient` and `theta = theta - 0.01 * v`: 90 steps instead of 517.
#
# </details>
# <!--
# 517 = experiments.training.valley_steps(0.0)
# 90 = experiments.training.valley_steps(0.9)
# given 0.01
# -->

# %% [markdown]
# ### Exercise: `momentum_step` · easy · 5 minutes
#
# The same for a network. `params`, `grads` and `velocities` are lists of float arrays with the same shapes in the same order. First every velocity becomes $\beta v + \nabla E$,
# then every parameter moves by $-\eta$ times its *new* velocity. Both lists of arrays change **in place**, the gradients stay untouched, and nothing is returned.
#
# **Predict:** the gradient is 1 in every step, $\beta = 0.9$, and the velocity begins at 0. How long is the step, in units of $\eta$, in the first round, in the second, and after many?
# <!-- predict rolling_steps
# first = 1
# second = 1.9
# after many = 10 ± 0.5
# -->
# <!-- given 0.9 -->
#
# <details><summary><b>Compare</b></summary>
#
# 1, then 1.9, and towards 10: the sum of all $0.9^i$ is $1 / (1 - 0.9)$.
#
# </details>
# <!--
# given 0.9
# 1.9 = 0.9 * 1 + 1
# -->


# %% exercise="momentum_step"
def momentum_step(params, grads, velocities, lr, beta=0.9):
    """Move every velocity, then every array of params, in place; returns None.

    params, grads, velocities: lists of float arrays of the same shapes.
    """
    ### BEGIN SOLUTION
    for p, g, v in zip(params, grads, velocities):
        v[...] = beta * v + g
        p -= lr * v
    ### END SOLUTION


# %% test="momentum_step" points=2
check(momentum_step)
### BEGIN HIDDEN TESTS
check(momentum_step, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### A step size for every weight
#
# **Adam** ([Kingma and Ba, 2015](https://arxiv.org/abs/1412.6980)) keeps two running means for each parameter, $u_1$ of the gradient
# and $u_2$ of its square, and steps by $\eta\, u_1 / \sqrt{u_2}$ (after a correction for their start at 0). Good without much tuning; on long trainings SGD with momentum often ends as well or
# better.

# %% [markdown]
# In full: with $g = \nabla E$, in step number $t = 1, 2, \dots$,
#
# $$ \begin{gathered} u_1 \leftarrow \beta_1 u_1 + (1 - \beta_1)\, g , \qquad u_2 \leftarrow \beta_2 u_2 + (1 - \beta_2)\, g^2 , \\
#    \theta \leftarrow \theta - \eta\, \frac{u_1 / (1 - \beta_1^t)}{\sqrt{u_2 / (1 - \beta_2^t)} + \epsilon} , \end{gathered} $$
#
# entry by entry. Both means begin at 0 and are too small at first; the divisions by $1 - \beta^t$ make up for exactly that.
#
# ### Exercise: `adam_step` · medium · 8 minutes
#
# `params`, `grads`, `u1` and `u2` are lists of float arrays with the same shapes in the same order, `t` is the number of this step, counted from 1. Bring the means up to date and move the parameters, all **in place**; the means
# themselves are kept *without* their corrections. The gradients stay untouched, and nothing is returned.
#
# **Predict:** in step 1, from means of 0, the gradient is $1{,}000$ for one weight and $0.001$ for another. How far does each of them move?
# <!-- predict first_step_of_adam
# the one: *η | 1,000 η | √1,000 η
# the other: *η | 0.001 η | √0.001 η
# -->
# <!-- given 1{,}000, 0.001 -->
#
# <details><summary><b>Compare</b></summary>
#
# Both by $\eta$: the corrected means are $g$ and $g^2$, and $g / \sqrt{g^2}$ is the sign of $g$. The step has a size of about
# $\eta$ in every direction, steep or flat, where the gradient stays about the same; where the sign changes from step to step, as it does for minibatches
# near a minimum, it is much smaller.
#
# </details>


# %% exercise="adam_step"
def adam_step(params, grads, u1, u2, t, lr=1e-3, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam: running means, then parameters, all in place; returns None.

    params, grads, u1, u2: lists of float arrays of the same shapes.  t: 1, 2, ...
    """
    ### BEGIN SOLUTION
    for p, g, m, v in zip(params, grads, u1, u2):
        m[...] = beta1 * m + (1 - beta1) * g
        v[...] = beta2 * v + (1 - beta2) * g**2
        p -= lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    ### END SOLUTION


# %% test="adam_step" points=3
check(adam_step)
### BEGIN HIDDEN TESTS
check(adam_step, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Three ways to walk, now yours. **Predict**, then try in the explorer. The ring at the start can be dragged; *beside it* lets a second method start there, too.
#
# 1. Narrow valley, plain step: at which rate does it begin to swing across the valley, at which does it fly away?
# 2. The same at a rate of 0.01, with momentum and with Adam: who reaches $(0, 0)$ first?
# 3. Saddle, plain step, start at $(-1.8, 0)$: where does it end? What does a little batch noise change?
# 4. Two wells, start at $(1.4, 1)$: can noise, or momentum, carry the walk into the deeper well?
# <!-- given 0.01, 1.8, 1.4 -->
# <!-- predict walks
# 1. swings above a rate of = 0.05
# 1. flies away above = 0.1 ± 0.01
# 2. first at (0, 0): *momentum | Adam
# 3. from the ridge: *to the saddle | to a minimum | far away
# 4. noise or momentum reach the deeper well: *with luck | never
# -->

# %% explorer
explorers.optimizer_walk()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. The curvature across is 20. Above a rate of $1/20$ it swings, at $0.1 = 2/20$ it swings for ever, and above, as at 0.3, it is lost.
# 2. Momentum, by far, with swings. Adam walks at the same pace in both directions, so it cuts the corner; with steps of 0.01 each it doesn't get
#    far, and is even behind the plain step. But it bears rates at which the others are lost.
# 3. On the saddle itself: $y$ is 0 and its slope is 0. So it walks along the ridge, the line $y = 0$ from which the surface falls
#    to both sides. Any noise pushes it off, and it rolls towards one of the minima.
# 4. Both can, with enough of it: noise 3 at rate 0.1, or momentum at rate 0.1. Luck, not a method you can rely on.
#
# </details>
# <!--
# 0.1 = 2 / 20
# as at 0.3, it is lost: experiments.training.walk(experiments.training.SURFACES["narrow valley"], experiments.training.METHODS["plain step"](0.3), (-1.8, 1.0), 60)[1]
# -->

# %% [markdown]
# ## The landscape of a loss
#
# *(The fourth sitting begins here: what follows is about where the steps lead.)*
#
# The loss of a network is not a bowl. Around a stationary point, where $\nabla E = 0$, a smooth loss looks like
#
# $$ E(\theta + v) \approx E(\theta) + \tfrac12 v^\top H v, $$
#
# where $v$ is a small shift and the **Hessian** $H$, shape `(d, d)` for `d` parameters, holds the second derivatives
# $H_{ij} = \partial^2 E / \partial \theta_i \partial \theta_j$. (A network of ReLUs has kinks, where there is no Hessian; between them
# there is one.) $H$ is symmetric, so it has $d$ real eigenvalues with perpendicular directions (`np.linalg.eigvalsh`): these are the
# curvatures. A positive one bends up, a negative one down. With all of them positive you stand in a **minimum**, with all negative on a
# **maximum**, with both signs on a **saddle**.
#
# From above, with lines of equal height, bright ones high and dark ones low. **Predict** before you run the cell: what do the lines look
# like around a saddle?
# <!-- predict lines_at_a_saddle: closed rings | *lines that cross | parallel lines -->

# %%
figures.training.four_kinds()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# They cross: two lines of the saddle's own height go through it, and the others turn away between them. Around a minimum or a maximum
# the lines are closed rings.
# </details>

# %% [markdown]
# ### Exercise: `classify_stationary` · medium · 8 minutes
#
# `H` is a symmetric array of shape `(d, d)`, the Hessian at a stationary point. Return one of four words. An eigenvalue within `tol` of
# 0 counts as 0, and `tol` is taken as it is, not relative to anything.
#
# - `"saddle"` where at least one eigenvalue is above 0 and one below, whatever the others are;
# - `"minimum"` where all are above 0, `"maximum"` where all are below;
# - `"degenerate"` in all other cases: the second derivatives can't decide.
#
# **Predict:** which of them is $H = \begin{pmatrix} 0 & 1 \\ 1 & 0 \end{pmatrix}$? There is no negative number in it.
# <!-- predict which_kind: minimum | maximum | *saddle | degenerate -->
#
# <details><summary><b>Compare</b></summary>
#
# A saddle: $\tfrac12 v^\top H v = v_1 v_2$ is positive along $(1, 1)$ and negative along $(1, -1)$. The eigenvalues are 1 and
# $-1$. The diagonal shows only what happens along the axes.
#
# </details>


# %% exercise="classify_stationary"
def classify_stationary(H, tol=1e-8):
    """The kind of a stationary point: "minimum", "maximum", "saddle" or "degenerate".

    H: its Hessian, symmetric, shape (d, d).  An eigenvalue within tol of 0 counts as 0.
    """
    ### BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(H)
    up, down = curvatures > tol, curvatures < -tol
    if up.any() and down.any():
        return "saddle"
    return "minimum" if up.all() else "maximum" if down.all() else "degenerate"
    ### END SOLUTION


# %% test="classify_stationary" points=2
check(classify_stationary)
### BEGIN HIDDEN TESTS
check(classify_stationary, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Minima come in crowds
#
# Exchange two hidden units, together with all their weights, and the network computes the same function. So a minimum of a
# layer of $m$ units has $m!$ copies, all equally deep, if no two of its units agree: 3,628,800 for ten units. (With tanh there are even
# more: change the sign of all weights of a unit, and nothing changes. That makes $2^m$ times as many.)
# <!-- 3,628,800 = __import__("math").factorial(10) -->
#
# **Predict:** two of these copies have the same outputs; are their parameters near each other? And what about the point half-way
# between them, the mean of both sets of parameters: is it a minimum, too?
# <!-- predict copies_of_a_minimum
# parameters near each other: yes | *no
# half-way: a minimum | *no minimum
# -->

# %%
d, m, k = 3, 10, 2
X, W1, b1, W2 = (rng.normal(size=shape) for shape in ((5, d), (d, m), (m,), (m, k)))
order = rng.permutation(m)
one = np.maximum(X @ W1 + b1, 0) @ W2
other = np.maximum(X @ W1[:, order] + b1[order], 0) @ W2[order]
V1, c1, V2 = (W1 + W1[:, order]) / 2, (b1 + b1[order]) / 2, (W2 + W2[order]) / 2
middle = np.maximum(X @ V1 + c1, 0) @ V2
length, way = np.linalg.norm(W1), np.linalg.norm(W1 - W1[:, order])  # roots of sums of squares
print(f"largest difference of the outputs: {np.abs(one - other).max():.0e}")
print(f"length of W1 {length:.2f}, and its way to the other {way:.2f}")
print(f"half-way between them the outputs differ by up to {np.abs(one - middle).max():.2f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The outputs agree up to rounding, though the matrix would have to move by about its own length or more to get from one to the other.
# Half-way the network computes something else, so nothing keeps the loss low there.
#
# </details>
# <!-- about its own length or more: way > 0.8 * length -->

# %% [markdown]
# Which of the copies you reach does not matter. *Other* minima do differ, and it is the validation loss that chooses among them (see
# [What practice adds](#What-practice-adds)).
#
# Between two isolated minima every path must climb, and where the lowest path is highest there is, as a rule, a saddle: the landscape
# can't be a bowl. But minima of large networks are often not isolated: there are nearly flat paths from one to another. With ReLUs there always
# is a flat direction: double a unit's incoming weights and its bias, halve its outgoing weights, and nothing changes.

# %% [markdown]
# ### Are there many saddles?
#
# Each of $d$ curvatures may be up or down. If coins decided, all would be up with probability $2^{-d}$, and a network has thousands
# of directions. Hence the **hypothesis** ([Dauphin and others, 2014](https://arxiv.org/abs/1406.2572)) that saddles are far more common
# than minima in large networks, and that the minima that do exist are nearly as good as the best. Be careful with it:
#
# - Curvatures are no coins. For random symmetric matrices the share is even smaller, as the picture in the middle shows.
# - The Hessian of a trained network is no random matrix either; most of its eigenvalues are close to 0, which makes points
#   *degenerate*.
# - Experiments on small networks support the hypothesis, and nobody has proved it for the networks that we use.
#
# Nor does gradient descent "get stuck" in saddles: it passes **slowly**. The left picture shows a saddle with its **ridge**, the line on
# which a walker comes down to it; beside the ridge the surface falls away. Let $\rho$ (rho) be the distance from the ridge. Near it the slope away
# from it is $\lvert \kappa \rvert\, \rho$, with the curvature $\kappa < 0$ across the ridge, so each step multiplies $\rho$ by
# $1 + \eta \lvert \kappa \rvert$.
#
# **Predict:** you start a thousand times nearer. How many more steps does it take, at $\eta = 0.1$ and $\kappa = -1$?
# <!-- given 0.1 -->
# <!-- predict thousand_times_nearer: more steps = 72 ± 10 -->

# %%
figures.training.saddles()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $\log 1000 / \log 1.1 \approx 72$ steps more, 24 for each factor of ten: slow, but only a logarithm. To stay for ever you would
# have to start *exactly* on the ridge. A network does so if all its hidden units have the same weights: no gradient tells them apart.
# (That is why weights start at random.)
#
# </details>
# <!--
# given 1000, 1.1
# 72 = np.log(1000) / np.log(1.1)
# 24 = np.log(10) / np.log(1.1)
# -->

# %% [markdown]
# ### A saddle without curvature
#
# The logarithm needs a curvature that is not 0. The saddle that matters in deep networks with tiny weights is of another kind. Take the
# smallest deep network, a product of $L$ weights that should be 1, $E = \tfrac12 (w^L - 1)^2$, all weights equal for simplicity. Its
# slope by each weight is $(w^L - 1)\, w^{L-1}$, so $w = 0$ is stationary. For $L = 2$ it has a negative curvature there, for
# $L \ge 3$ all second derivatives are 0. **Predict:** how does the number of steps grow when $w$ starts ten times smaller?
# <!-- predict ten_times_smaller
# L = 2: *some steps more | ten times | a hundred times
# L = 3: some steps more | *ten times | a hundred times
# L = 4: some steps more | ten times | *a hundred times
# -->

# %%
steps = {}
for L in (2, 3, 4):
    for start in (0.1, 0.01):
        w, count = start, 0
        while 0.5 * (w**L - 1) ** 2 > 0.01:
            w -= 0.1 * (w**L - 1) * w ** (L - 1)
            count += 1
        steps[L, start] = count
    print(f"L = {L}: {steps[L, 0.1]:6} steps from 0.1, {steps[L, 0.01]:6} from 0.01")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# For $L = 2$ by 24 steps more, the logarithm again. For $L = 3$ ten times, for $L = 4$ a hundred times as many: the slope itself
# shrinks like $w^{L-1}$. That is why deep networks must not start with weights that are too small (notebook 06).
#
# </details>
# <!--
# 24 = steps[2, 0.01] - steps[2, 0.1]
# ten times: 9 < steps[3, 0.01] / steps[3, 0.1] < 11
# a hundred times: 90 < steps[4, 0.01] / steps[4, 0.1] < 110
# -->

# %% [markdown]
# Is it true that the saddle of $L \ge 3$ has no curvature? Ask exactly, without a step size. In notebook 04 a `Dual` went through a
# `Value`, and the slopes of the gradients were the product $H v$ of the Hessian with a direction. Let the $L$ weights be 0.01 each, and
# $v$ the direction in which all of them grow alike, of length 1. **Predict:** how does the curvature $v \cdot H v$ depend on $L$?
# <!-- given 0.01 -->
# <!-- predict curvature_of_a_product
# L = 2, curvature = -1 ± 0.05
# each further layer: same | half as much | *a hundredth or so
# -->

# %%
from mlp_reference import Dual, Value  # the two classes of notebook 04

for L in (2, 3, 4):
    v = np.full(L, 1 / np.sqrt(L))
    weights = [Value(Dual(0.01, part)) for part in v]  # forward mode inside of reverse mode
    product = weights[0]
    for w in weights[1:]:
        product = product * w
    miss = product - 1.0
    (miss * miss * 0.5).backward()
    curvature = v @ [w.grad.slope for w in weights]
    print(f"L = {L}: curvature along v {curvature:.6f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $-1$, then $-0.02$ and $-0.0003$: about $-(L - 1)\, w^{L-2}$ with $w = 0.01$. At $w = 0$ nothing is left of it for $L \ge 3$.
#
# </details>
# <!--
# given 0.01
# about $-(L - 1)\, w^{L-2}$: near(curvature, "-0.0003")
# -0.02 = -2 * 0.01
# -0.0003 = -3 * 0.01**2
# -->

# %% [markdown]
# ## What descent really does
#
# *(The fifth sitting begins here: not where a walk may end, but how it goes.)*
#
# ### How sharp is it here?
#
# The curvatures at a stationary point are one thing; those on the *way* decide which rate is stable. On a parabola a rate above 2 over the largest curvature diverges. Is the largest curvature of a network, its **sharpness**, below $2 / \eta$ while it
# trains? A Hessian of a few thousand parameters is a table of millions of numbers. But to learn its largest eigenvalue no table is needed, only what it does to a direction $v$, shape `(d,)`:
#
# $$ H v \approx \frac{\nabla E(\theta + \epsilon v) - \nabla E(\theta - \epsilon v)}{2 \epsilon} . $$
#
# Two gradients, whatever $d$ is. And applied again and again to a random direction, $H$ turns it into the direction of the curvature that is largest in size, since that component grows fastest (**power iteration**). With $v$ of length 1, the
# curvature along it is the number $v \cdot H v$.
#
# ### Exercise: `sharpness` · medium · 12 minutes
#
# `grad` is a function that takes $\theta$, a float array of shape `(d,)`, and returns $\nabla E(\theta)$, shape `(d,)`. Return the eigenvalue of the Hessian at `theta` that is largest *in size*, to a thousandth of it. (Sharpness is the largest curvature; near a minimum, where no large one is negative, that is the same.)
# Keep $v$ at length 1, so that an $\epsilon$ of about $10^{-4}$ suits any gradient here. `rng` is a generator for the first direction, on
# which the result does not depend; `steps` is how many products with $H$ the iteration takes. `theta` stays as it is. In the tests the next eigenvalue has at most 0.7 of its size.
# <!-- given 0.7, 10^{-4} -->
#
# **Predict:** why is $v \cdot H v$ better than the length of $Hv$, which has the same size?
# <!-- predict better_than_a_length: it is cheaper | *it has a sign | it is larger -->
#
# <details><summary><b>Compare</b></summary>
#
# A length has no sign, and the eigenvalue that is asked for has one. On a ridge the curvature that is largest in size may be one downwards.
#
# </details>


# %% exercise="sharpness"
def sharpness(grad, theta, rng, steps=100):
    """The eigenvalue of the Hessian at theta that is largest in size, by power iteration.

    grad: function (d,) -> (d,), the gradient of a loss.  theta: (d,).  Returns a float.
    """
    ### BEGIN SOLUTION
    eps = 1e-4
    v = rng.standard_normal(theta.shape)
    for _ in range(steps):
        v = v / np.linalg.norm(v)
        Hv = (grad(theta + eps * v) - grad(theta - eps * v)) / (2 * eps)
        curvature = float(v @ Hv)
        v = Hv
    return curvature
    ### END SOLUTION


# %% test="sharpness" points=3
check(sharpness)
### BEGIN HIDDEN TESTS
check(sharpness, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Now a network on its way: 64 inputs, 32 tanh units, 10 outputs, half the squared error, 300 digits, and *all* of them in every step, so that there is no noise. Twice 3,000 steps, with the rates 0.1 and 0.2. **Predict:** at the start the sharpness $\kappa$ is 21.4, so
# $\eta$ times it is 2.1 and 4.3. Will both trainings diverge? And where is the product $\eta \kappa$ at the end? (It takes some seconds.)
# <!-- predict over_the_edge
# they diverge: both | the faster | *neither
# product at the end = 2 ± 0.3
# -->
# <!--
# given 300, 0.1, 0.2, 3,000
# 21.4 = experiments.stability.descent(0.1, 3000)[2][0]
# 2.1 = 0.1 * experiments.stability.descent(0.1, 3000)[2][0]
# 4.3 = 0.2 * experiments.stability.descent(0.2, 3000)[2][0]
# -->

# %%
figures.training.stability()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Neither. At the rate of 0.2 the first steps climb, and throw the walk to a place that is less sharp, below $2/\eta$; at 0.1 the product is barely above 2, and falls
# below it while the loss falls. From there on the sharpness *rises* while the loss falls, until the product is 2: after some 200 steps at 0.2, after some 1,000 at 0.1. It goes beyond for a while, until a burst of the loss
# throws it back, and then stays at about 2. The loss no longer falls in each step, it swings, and comes down all the same. This is the **edge of stability**
# ([Cohen and others, 2021](https://arxiv.org/abs/2103.00065)): it looks as if too sharp a valley threw the walk out, towards a wider one, so that the step chooses the curvature, not only the curvature the step.
# (There are limits. Try `figures.training.stability(20, (0.4,))`: the first steps throw it out for good.)
#
# </details>
# <!--
# given 0.1, 0.2
# the first steps climb: (lambda E: E[0] < E[1] < E[2])(experiments.stability.descent(0.2, 3000)[0])
# while the loss falls: (lambda E: (E[1:1500] < E[:1499]).all())(experiments.stability.descent(0.1, 3000)[0])
# below $2/\eta$: max(0.1 * experiments.stability.descent(0.1, 3000)[2][1], 0.2 * experiments.stability.descent(0.2, 3000)[2][1]) < 2
# some 200 steps: 150 < (lambda at, s: at[(at > 50) & (0.2 * s > 2)][0])(*experiments.stability.descent(0.2, 3000)[1:]) < 260
# some 1,000: 900 < (lambda at, s: at[(at > 50) & (0.1 * s > 2)][0])(*experiments.stability.descent(0.1, 3000)[1:]) < 1100
# goes beyond for a while: all(max(lr * experiments.stability.descent(lr, 3000)[2][1:]) > 2.1 for lr in (0.1, 0.2))
# about 2: all(1.8 < lr * s < 2.2 for lr in (0.1, 0.2) for s in experiments.stability.descent(lr, 3000)[2][-25:])
# no longer falls in each step: all((lambda E: (E[1:] > E[:-1])[1600:].any())(experiments.stability.descent(lr, 3000)[0]) for lr in (0.1, 0.2))
# comes down all the same: all((lambda E: E[-1] < 0.8 * E[1600])(experiments.stability.descent(lr, 3000)[0]) for lr in (0.1, 0.2))
# throw it out for good: experiments.stability.descent(0.4, 20, 2)[0][-1] > 1e6
# -->

# %% [markdown]
# ### Where an endless walk leads
#
# In notebook 02 a logistic regression on separable examples had no minimum: longer and longer weights brought the loss as near to 0 as you like, and
# the walk went on for ever. Where does it go? The *length* has no end, but the **direction** may have one, and the direction is what decides. In notebook 01 a direction $v = [w, b]$
# had a quality, its margin $\gamma$, the least $s_i\, \tilde x_i \cdot v / \lVert v \rVert$ with $\tilde x = [x, 1]$ and $s_i = \pm 1$. (The length is that of $w$ and $b$ together. So $\gamma$ is at most the distance
# of the nearest example from the line, which divides by $\lVert w \rVert$ alone.) The perceptron takes *some* direction of positive margin. And this walk?
#
# The loss is the mean of all $\log(1 + e^{-q_i})$ with $q_i = s_i\, \tilde x_i \cdot v$, nearly $e^{-q_i}$ once the $q_i$ are large. Double the length of $v$: all $e^{-q_i}$ are squared, and whatever was the largest of them now outweighs the others even more. So in the end the loss is that of
# the examples with the least $q_i$, those *nearest* to the line, and the cheapest way to lower it is to enlarge the margin.
#
# How large can $\gamma$ be at all? Take any weights $a_i \ge 0$ with sum 1. Then $\gamma \le \sum_i a_i s_i\, \tilde x_i \cdot v / \lVert v \rVert \le \lVert \sum_i a_i s_i\, \tilde x_i \rVert$ for **every** $v$. So the *shortest* of all these means, call it
# $\mu$ (mu), shape `(d+1,)`, bounds all margins: $\gamma \le \lVert \mu \rVert$.
#
# And $v = \mu$ reaches the bound. Go a little way from $\mu$ towards one of the $s_i\, \tilde x_i$, and you are at another mean, which is not shorter: with $u = s_i\, \tilde x_i - \mu$ and a small $\epsilon > 0$, $\lVert \mu + \epsilon u \rVert^2 = \lVert \mu \rVert^2 + 2 \epsilon\, \mu \cdot u + \epsilon^2 \lVert u \rVert^2$, and that is at least $\lVert \mu \rVert^2$ for all such $\epsilon$ only if $\mu \cdot u = \mu \cdot (s_i\, \tilde x_i - \mu) \ge 0$. Divided by
# $\lVert \mu \rVert$, that is $s_i\, \tilde x_i \cdot \mu / \lVert \mu \rVert \ge \lVert \mu \rVert$, for every $i$. (If $\mu$ has length 0 it is the certificate of notebook 01: no hyperplane at all.)
#
# SciPy finds $\mu$ by least squares with all $a_i \ge 0$, if one more row asks for the sum 1. It asks gently: for weights with the sum $c$ and the mean $\mu'$ the error is $c^2 \lVert \mu' \rVert^2 + (c - 1)^2$. Its least value over $c$ is
# $\lVert \mu' \rVert^2 / (1 + \lVert \mu' \rVert^2)$, and that is the smaller the shorter $\mu'$ is. So $\mu'$ comes out as $\mu$, and $a$ divided by its sum are the weights.
#
# **Predict:** setosa and versicolor by their petals, $\eta = 0.5$ and all 100 flowers in each step. Which share of the best margin does the walk's direction have after 10 steps, after 100, after 100,000? Is it always on the rise?
# <!-- given 100, 100,000 -->
# <!-- predict share_of_the_margin
# after 10 steps: *below 0.6 | 0.6 to 0.9 | above 0.9
# after 100 steps: below 0.6 | 0.6 to 0.9 | *above 0.9
# always on the rise: yes | *no
# -->

# %%
from scipy.optimize import nnls

X, y = data.iris_pair("setosa", "versicolor", ("petal length (cm)", "petal width (cm)"))
A = (2 * y - 1)[:, None] * np.column_stack([X, np.ones(len(X))])  # (n, 3): s_i [x_i, 1]
a, _ = nnls(np.vstack([A.T, np.ones(len(A))]), np.array([0, 0, 0, 1.0]))
mu = A.T @ a / a.sum()  # (3,): the shortest mean of the rows
best = np.linalg.norm(mu)
print(f"best margin {best:.4f}, that of mu {(A @ mu).min() / best:.4f};", end=" ")
print(f"it hangs on {np.count_nonzero(a)} of {len(A)} flowers")
sharpest = np.linalg.eigvalsh(A.T @ A / len(A))[-1] / 4  # no curvature of the loss is larger
print(f"the loss falls in every step for rates below {2 / sharpest:.2f}")
v, share, length = np.zeros(3), {}, {}
for step in range(1, 100_001):
    v += 0.5 * A.T @ (1 / (1 + np.exp(A @ v))) / len(A)  # minus the slope of mean log(1 + exp(-q))
    if step in (10, 100, 200, 1000, 10_000, 100_000):
        share[step], length[step] = (A @ v).min() / np.linalg.norm(v) / best, np.linalg.norm(v)
        print(f"step {step:6}: {share[step]:5.2f} of the best margin, length {length[step]:5.1f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# After 10 steps the share is below 0: a flower is still on the wrong side. 0.95 after 100, 0.98 after 200. Then the walk passes by, 0.94 after 1,000, and comes back very slowly: 0.98 again after 100,000 steps. It is proved that the direction tends to that of the largest margin, for every separable set and
# every rate below the bound that the cell prints ([Soudry and others, 2018](https://arxiv.org/abs/1710.10345)). But it does so like 1 over the *logarithm* of the number of steps, since the length grows like it: by 5.8 from 1,000 steps to 10,000, by 6.5 from there to 100,000.
#
# So the walk that nobody told about margins prefers one of the many directions with a loss of nearly 0, and a good one. Gradient descent brings a *preference* along; it is called its **implicit bias**.
#
# </details>
# <!--
# is below 0: share[10] < 0
# 0.95 = share[100]
# 0.98 after 200: near(share[200], "0.98")
# 0.94 = share[1000]
# 0.98 again: near(share[100_000], "0.98")
# 5.8 = length[10_000] - length[1000]
# 6.5 = length[100_000] - length[10_000]
# below the bound: 0.5 < 2 / sharpest
# given 100,000, 10,000, 1,000, 200, 100
# -->

# %% [markdown]
# ## The training loop
#
# *(The sixth sitting begins here.)*
#
# All pieces are there. Training is two loops, one around the other:
#
# 1. Draw weights by He's rule, set biases to zero.
# 2. For each epoch: a fresh random order, cut into batches. For each batch: forward, loss, backward, step.
#
# The outer loop ends when the loss has **converged**, that is, has stopped falling, or when other examples say so ([What practice adds](#What-practice-adds)), or,
# as here, after a fixed number of epochs.
#
# First look at one that runs, on the ten digits. Take the *length* of a matrix as that of the vector of all its entries,
# $\lVert W \rVert$, the root of the sum of their squares. **Predict:** how large is the first reading of the loss, before
# anything is learned? Which rate is too small to be of use, which is too large? And in a healthy training, which share of its
# length does a layer's weight matrix move in one step: a half, a hundredth, a millionth? (The rate can be changed while it trains.
# `explorers.training_dashboard(step=sgd_step)` draws a run with *your* step beside it, in green.)
# <!-- predict readings
# first loss = 2.2 to 2.8
# too small: *0.001 | 0.01 | 0.1
# too large: 0.1 | 0.3 | *3
# moved in a step: a half | *a hundredth or somewhat less | a millionth
# -->

# %% explorer
explorers.training_dashboard()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# A little above the dashed line, which is $\log 10 = 2.30$, the surprise of somebody who has no idea: random logits are a
# bit worse than none, because they have opinions that nothing supports. At 0.001 the loss has come from 2.5 to 2.2 after 20 epochs, and
# at 0.1 to 0.1. At 3 the first steps are so long that all hidden units die, and the loss hangs above $\log 10$ for good. At 0.1 a
# matrix moves by some thousandths of its length, the layers alike within a factor of a few; at the start the last layer is ahead (0.017
# against 0.005). Ratios of $10^{-3}$ to a few $10^{-2}$ are a good sign, $10^{-6}$ means that a layer stands still, and $10^{-1}$,
# if it stays there, that it forgets in every step.
#
# </details>
# <!--
# 2.30 = np.log(10)
# given 0.001
# 2.5 = experiments.training.reading(0.001, 0)[0]
# 2.2 = experiments.training.reading(0.001, 56)[0]
# 0.1 = experiments.training.reading(0.1, 56)[0]
# above $\log 10$: experiments.training.reading(3.0, 56)[0] > np.log(10) and max(experiments.training.reading(3.0, 56)[2:4]) < 1e-2
# 0.017 = experiments.training.reading(0.1, 1)[5]
# 0.005 = experiments.training.reading(0.1, 1)[4]
# some thousandths: all(1e-3 < r < 1e-2 for r in experiments.training.reading(0.1, 56)[4:])
# given 10^{-3}, 10^{-2}, 10^{-6}, 10^{-1}
# -->

# %% [markdown]
# ### Exercise: `train` · hard · 30 minutes
#
# Write it all: `train(X, y, sizes, epochs, batch_size, lr, rng) -> (Ws, bs, losses)`. In this order:
#
# 1. *Weights.* `sizes` lists the widths from input to output, for example `[64, 64, 10]`; there may be no hidden layer at all. `Ws[l]`
#    has shape `(sizes[l], sizes[l+1])` and starts random, with mean 0 and He's variance $2 / \text{sizes}[l]$; `bs[l]` has shape
#    `(sizes[l+1],)` and starts at zero.
# 2. *Epochs.* Each takes the examples in a fresh random order, in batches of `batch_size`, the last one shorter.
# 3. *Batches.* `X` has shape `(n, d)`, `y` shape `(n,)` with labels from 0 to $k - 1$ (`sizes[0]` is $d$, `sizes[-1]` is $k$; not every
#    label need occur). Forward: ReLU after every layer but the last. Loss: the mean softmax cross-entropy of the batch, stable for logits
#    of many thousands. Backward, then one step of plain SGD: all gradients are taken before anything moves.
# 4. *Losses.* After each epoch one float goes into the list `losses`: the mean over all **examples** of the losses that the steps saw. So
#    a batch of 32 counts 32 times, and a last batch of 30 counts 30 times.
#
# All randomness comes from `rng`; how you use it is up to you. `X` and `y` stay as they are: don't shuffle them in place, their owner
# still needs them. Whatever you return, final weights included, may be lists or tuples of arrays.
#
# The check replays your steps on small data, where it knows the start from a run with `lr = 0` and the same `rng`. Then it trains on
# four fifths of the digits with sizes 64-64-10, batches of 32, rate 0.1, at most 40 epochs, and wants 96 % of the others right, in the
# best of three runs. Functions from earlier notebooks may be pasted into the cell.
# <!-- given 0.1, 96 % -->
#
# **Predict:** how many parameters does the network 64-64-10 have, and what will its loss be after training on ten examples only, for
# as long as you like?
# <!-- predict ten_examples_only
# parameters = 4,810
# loss on ten examples: *as near 0 as you like | log 10 | about 0.5
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $64 \cdot 64 + 64 + 64 \cdot 10 + 10 = 4{,}810$, and they can learn ten examples by heart: the loss goes to 0, as near as you like.
#
# </details>
# <!-- 4{,}810 = 64 * 64 + 64 + 64 * 10 + 10 -->


# %% exercise="train"
def train(X, y, sizes, epochs, batch_size, lr, rng):
    """Train a ReLU network with softmax cross-entropy by minibatch SGD.

    X: (n, d).  y: labels (n,).  sizes: widths from input to output.  rng: numpy.random.Generator.
    Returns (Ws, bs, losses), the losses being one mean over the examples for each epoch.
    """

    ### BEGIN SOLUTION
    from itertools import pairwise

    def gradients(X, y):
        H = [X]
        for W, b in zip(Ws, bs):
            Z = H[-1] @ W + b
            H.append(np.maximum(Z, 0))
        n, rows = len(y), np.arange(len(y))
        Z = Z - Z.max(axis=1, keepdims=True)
        log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
        G = np.exp(log_p)
        G[rows, y] -= 1
        G = G / n
        dWs, dbs = [], []
        for h, W in zip(H[-2::-1], Ws[::-1]):
            dWs.insert(0, h.T @ G)
            dbs.insert(0, G.sum(axis=0))
            G = (G @ W.T) * (h > 0)
        return -log_p[rows, y].mean(), dWs, dbs

    shapes = [(d_in, d_out) for d_in, d_out in pairwise(sizes)]
    Ws = [rng.normal(0, np.sqrt(2 / d_in), (d_in, d_out)) for d_in, d_out in shapes]
    bs = [np.zeros(d_out) for _, d_out in shapes]
    losses = []
    for _ in range(epochs):
        order, total = rng.permutation(len(X)), 0.0
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            loss, dWs, dbs = gradients(X[rows], y[rows])
            for p, g in zip(Ws + bs, dWs + dbs):
                p -= lr * g
            total += loss * len(rows)
        losses.append(total / len(X))
    return Ws, bs, losses
    ### END SOLUTION


# %% test="train" points=6
check(train)
### BEGIN HIDDEN TESTS
check(train, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Before you trust a training
#
# *(The seventh sitting begins here.)*
#
# `explorers.training_dashboard(train=train)` puts your training beside the course's, in green.
#
# A wrong gradient often trains too, only worse, and nobody notices. Four cheap checks find many mistakes. (Not all: a bias that is never moved passes each of them.) The next cell runs them on
# **your** `train`, from outside. (Until it is written the cells below say that they need it; come back later.)
#
# 1. **The initial loss** is about $\log k$. Far more means that the logits start too large.
# 2. **The gradient.** For a tiny rate $\eta$ a full-batch step moves all parameters together by $\eta \lVert g \rVert$, with the
#    gradient $g$, and the loss must fall by $\eta \lVert g \rVert^2$. Both can be measured, and they know nothing of each other.
# 3. **Ten examples can be learned by heart.** If not, something is broken that no amount of data will mend.
# 4. **The update ratio** $\eta \lVert \nabla_W E \rVert / \lVert W \rVert$ of each layer is between about $10^{-3}$ and a
#    few $10^{-2}$; at the start the last layer may be the highest.
# <!-- given 10^{-3}, 10^{-2} -->


# %% raises-exception
X, y = data.digits()
sizes, eta, some = [64, 64, 10], 1e-4, slice(0, 200)


def run(epochs, lr, rows=some):
    """Full batches, always from the same start."""
    return train(X[rows], y[rows], sizes, epochs, 10_000, lr, np.random.default_rng(1))


start, moved, losses = run(1, 0.0), run(1, eta), run(2, eta)[2]
print(f"1. initial loss {losses[0]:.3f}, log 10 = {np.log(10):.3f}")
way = [q - p for p, q in zip([*start[0], *start[1]], [*moved[0], *moved[1]])]
squared = sum((v**2).sum() for v in way) / eta**2
print(f"2. fall of the loss / eta {(losses[0] - losses[1]) / eta:.4f}, |g|**2 = {squared:.4f}")
print(f"3. ten examples: loss {run(500, 0.3, slice(0, 10))[2][-1]:.5f}")
ratios = [np.linalg.norm(v) / eta * 0.1 / np.linalg.norm(W) for v, W in zip(way, start[0])]
print("4. update ratios at rate 0.1:", ", ".join(f"{r:.1e}" for r in ratios))

# %% [markdown]
# ### Read the digits
#
# Now the real thing: four fifths of the digits to learn from, the others to be read. **Predict:** how many of the 359 new ones will be
# wrong, and which digits will be confused?
# <!-- 359 = len(data.split(data.digits(), np.random.default_rng(0))[1][1]) -->
# <!-- predict wrong_digits
# wrong = 3 to 12
# confused: text
# -->

# %%
(X_train, y_train), (X_test, y_test) = data.split(data.digits(), np.random.default_rng(0))
print(len(X_train), "digits to learn from,", len(X_test), "to be read")
first = [np.flatnonzero(y_train == label)[0] for label in range(10)]
figure, axes = style.subplots(1, 10, size=(8.6, 1.2))
plots.training.digit_pictures(axes, X_train[first], y_train[first])
style.describe(figure, "One of each of the ten digits, 8 by 8 grey values, each with its label.")

# %% raises-exception
began = time.perf_counter()
Ws, bs, losses = train(X_train, y_train, [64, 64, 10], 40, 32, 0.1, np.random.default_rng(0))
seconds = time.perf_counter() - began
hidden = np.maximum(X_test @ Ws[0] + bs[0], 0)  # (n, 64), one hidden layer
read = (hidden @ Ws[1] + bs[1]).argmax(axis=1)
print(f"{seconds:.1f} s, loss {losses[0]:.2f} in the first epoch, {losses[-1]:.3f} in the last")
print(f"{100 * (read == y_test).mean():.1f} % of {len(y_test)} new digits are right")
figures.training.misread(X_test, y_test, read)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# A right `train` takes a second or two at most. From thirty starts ours read 97.5 to 99.2 % of the new digits: between nine and three of them were
# wrong. Look at yours: some you would misread yourself. A 6 was read as an 8 from all thirty starts, a 9 as a 5 and a 4 as a 7 from nearly all, and often a 1 as
# an 8, too.
#
# </details>
# <!--
# 97.5 to 99.2 %: near(1 - max(map(len, experiments.training.misreadings())) / 359, "97.5 %") and near(1 - min(map(len, experiments.training.misreadings())) / 359, "99.2 %")
# between nine and three: {3, 9} <= set(map(len, experiments.training.misreadings())) <= set(range(3, 10)) and 3 <= (read != y_test).sum() <= 9
# from all thirty starts: sum((6, 8) in wrong for wrong in experiments.training.misreadings()) == 30
# a 9 as a 5 and a 4 as a 7 from nearly all: all(sum(pair in wrong for wrong in experiments.training.misreadings()) >= 27 for pair in ((9, 5), (4, 7)))
# often a 1 as: 18 < sum((1, 8) in wrong for wrong in experiments.training.misreadings()) < 28
# -->

# %% [markdown]
# How good is that? scikit-learn's `MLPClassifier` with the same sizes, rate and batches, and without the extras that it switches
# on by default, is the same algorithm (it draws its first weights by another rule). **Predict:** which of the two reads better?
# <!-- predict other_hands: yours | the library | *much the same -->

# %%
import warnings

from sklearn.neural_network import MLPClassifier

peer = MLPClassifier(
    hidden_layer_sizes=(64,), solver="sgd", learning_rate_init=0.1, momentum=0.0, alpha=0.0,
    batch_size=32, max_iter=40, random_state=0,
)  # fmt: skip
began = time.perf_counter()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would like to train longer
    peer.fit(X_train, y_train)
seconds = time.perf_counter() - began
print(f"scikit-learn: {seconds:.1f} s, {100 * peer.score(X_test, y_test):.1f} % right")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Both read 97 to 99 of 100 right, no farther apart than two of our thirty starts may be. Which of them is faster, and by how much, depends on the machine and on what your function does.
#
# </details>
# <!--
# 97 to 99: 0.965 < peer.score(X_test, y_test) < 0.995
# no farther apart: abs(peer.score(X_test, y_test) - (read == y_test).mean()) < 0.992 - 0.975
# given 100
# -->

# %% [markdown]
# ## What practice adds
#
# *(The eighth sitting begins here.)*
#
# ### Scale your inputs
#
# Notebook 06 *standardized* its images: each input shifted to mean 0 and divided by its standard deviation. Here the pixels were only
# divided by 16, so that they lie between 0 and 1. Does it matter? A layer's first pre-activations grow in proportion to what comes in, and
# so does the gradient of its weights. So inputs that are ten times larger start with logits ten times as large, and make steps ten times
# as long. To choose a scale is a decision, and it is made on 359 of the training digits that are set aside for such things, the
# **validation set**; the test digits stay out of it. **Predict:** the same training, ten epochs at the rate 0.1, on pixels from 0 to 1,
# from 0 to 16, from 0 to 255, standardized, and from 0 to 1 with a single one of the 64 pixels multiplied by 100: in which order will they come in?
# <!-- predict scales_of_inputs
# first: *standardized | 0 to 1 | 0 to 16
# 0 to 255: slow | *nothing is learned | as good
# one pixel times 100: no difference | *spoils it
# -->


# %% raises-exception
def share_right(Ws, bs, X, y):
    """Share of right answers of the network that train returns."""
    *hidden, (last_W, last_b) = zip(Ws, bs)
    for layer_W, layer_b in hidden:
        X = np.maximum(X @ layer_W + layer_b, 0)
    return ((X @ last_W + last_b).argmax(axis=1) == y).mean()


X_learn, y_learn = X_train[:-359], y_train[:-359]
X_val, y_val = X_train[-359:], y_train[-359:]  # the validation set
mean, deviation = X_learn.mean(axis=0), X_learn.std(axis=0) + 1e-3  # of what is learned from
scalings = {
    "0 to 1": lambda X: X,
    "0 to 16": lambda X: 16 * X,
    "0 to 255": lambda X: 255 * X,
    "standardized": lambda X: (X - mean) / deviation,
    "one times 100": lambda X: X * np.where(np.arange(64) == 28, 100, 1),
}
scaled, dead = {}, {}
for name, scale in scalings.items():
    run_rng = np.random.default_rng(0)
    Ws, bs, losses = train(scale(X_learn), y_learn, [64, 64, 10], 10, 32, 0.1, run_rng)
    scaled[name] = (losses[0], losses[-1], share_right(Ws, bs, scale(X_val), y_val))
    dead[name] = (scale(X_learn) @ Ws[0] + bs[0] <= 0).all(axis=0).mean()
    print(f"{name:13} loss {losses[0]:7.2f}, at last {losses[-1]:.2f};", end=" ")
    print(f"{scaled[name][2]:.1%} right, {dead[name]:.0%} dead units")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Standardized comes first: it is ahead from the first epoch on; there no input dominates, and $z$ is not pushed to one side. From 0 to
# 1 is close behind. At 0 to 16 the start decides how many hidden units die (yours may differ): in our run most do, and it reads far worse. At 0 to 255 the
# first steps are so long that all of them die, or nearly all: from then on the loss stays at about $\log 10$. And one pixel on another scale is enough to spoil the training at this rate.
#
# </details>
# <!--
# given 255
# in our run most do: 0.5 < dead["0 to 16"] < 1
# far worse: scaled["0 to 16"][2] < scaled["0 to 1"][2] - 0.1
# or nearly all: dead["0 to 255"] > 0.9
# one pixel on another scale: scaled["one times 100"][2] < 0.5
# Standardized comes first: scaled["standardized"][1] < scaled["0 to 1"][1] < scaled["0 to 16"][1] < scaled["0 to 255"][1]
# the loss stays at about $\log 10$: near(scaled["0 to 255"][1], "2.3")
# close behind: scaled["0 to 1"][2] > scaled["standardized"][2] - 0.03
# -->
#
# At *this* rate. **Predict:** is there a smaller one with which the last of the five learns to read in ten epochs?
# <!-- predict rate_for_one_large_pixel: yes, a smaller one | *none of them -->

# %% raises-exception
spoiled = {}
for eta in (0.1, 0.03, 0.01, 0.003, 0.001, 0.0003):
    scale, run_rng = scalings["one times 100"], np.random.default_rng(0)
    Ws, bs, losses = train(scale(X_learn), y_learn, [64, 64, 10], 10, 32, eta, run_rng)
    spoiled[eta] = share_right(Ws, bs, scale(X_val), y_val)
    print(f"rate {eta:6}: loss {losses[-1]:.2f} in the last epoch, {spoiled[eta]:.1%} right")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# None of those tried: not half of the digits at any of them. A rate that is small enough for the one pixel is too small for the 63 others.
#
# </details>
# <!--
# not half of the digits: max(spoiled.values()) < 0.5
# 63 = X_learn.shape[1] - 1
# -->

# %% [markdown]
# Mean and deviation are those of the *training* examples, also when validation and test examples are scaled.

# %% [markdown]
# ### When to stop
#
# A low loss on the examples that the network was trained on is not the aim. Watch the loss on the validation set, too. Below, a network learns from 120 digits, a third of which carry a random label. **Predict:** what will the two
# curves do?
# <!-- given 120 -->
# <!-- predict two_curves
# training loss: *falls on | rises again
# validation loss: falls on | *falls, then rises
# -->

# %%
figures.training.overfitting()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# First both fall: the network learns what digits look like. Then the training loss goes on falling while the validation loss
# rises: it learns the wrong labels by heart, and there is nothing to be gained from them elsewhere.
#
# </details>

# %% [markdown]
# This is called **overfitting**. The first remedy is **early stopping**: keep the parameters of the epoch with the lowest validation
# loss.

# %% [markdown]
# ### Three remedies, measured
#
# - **Early stopping**, as above.
# - **Weight decay**: before each step all parameters shrink a little, $\theta \leftarrow (1 - \eta \lambda)\, \theta$, with a small
#   $\lambda$. That is the step for an added loss $\tfrac{\lambda}{2} \lVert \theta \rVert^2$, a price for long weights. The idea: what is learned
#   by heart from single examples needs longer weights than what many examples share.
# - **More data.** If there are none, examples can be varied (shifted, turned, with noise): *augmentation*.
#
# (A fourth, *dropout*, switches units off at random during training; a fifth is a smaller network.) **Predict:** the same training as
# above, once with $\lambda = 0.01$ and once with four times as many digits, again a third of them with random labels. Which has the lowest validation
# loss at its best epoch, and which rises least afterwards?
# <!-- given 0.01 -->
# <!-- predict remedies
# best epoch: neither | weight decay | *more digits
# rises least: neither | *weight decay | more digits
# -->

# %%
figures.training.remedies()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# With more digits the best epoch is far better, 0.59 in place of 1.00. But stopping is still needed: the loss rises again, to a mean of 0.92 in the last ten
# epochs, with swings up to what weight decay has there. Weight decay does not find a lower loss here than early stopping does (1.01 against 1.00), but it hardly rises afterwards, to 1.10, and
# without a remedy to 1.34: when to stop matters less. The remedies can be combined, and which of them helps is itself a question for the validation set.
#
# </details>
# <!--
# 0.59 = min(experiments.training.overfit(80, 480, 0.0).validation)
# 0.92 = np.mean(experiments.training.overfit(80, 480, 0.0).validation[-10:])
# with swings up to: max(experiments.training.overfit(80, 480, 0.0).validation[-20:]) > min(experiments.training.overfit(80, 120, 0.01).validation[-20:])
# 1.00 = min(experiments.training.overfit(80, 120, 0.0).validation)
# 1.01 = min(experiments.training.overfit(80, 120, 0.01).validation)
# 1.10 = np.mean(experiments.training.overfit(80, 120, 0.01).validation[-10:])
# 1.34 = np.mean(experiments.training.overfit(80, 120, 0.0).validation[-10:])
# -->

# %% [markdown]
# ### Too many parameters?
#
# Above, *a smaller network* stood among the remedies. Is larger always worse, once the training examples are known by heart? Take the extreme: a hidden layer of $m$ random ReLUs that are never trained, and an output layer by least squares, in one step. There are 300 digits, each pixel less its mean over them, and 15 % of them got a random label. From
# $m = 300$ on there are at least as many features as examples, enough here to meet every label exactly, the wrong ones, too; this is the **interpolation threshold**. Of the many output layers beyond it, NumPy's `lstsq` takes the shortest. **Predict:** where is the error on new digits largest, and how is it for ten
# times as many features as examples?
#
# For comparison, with the same features: *another* of the output layers that meet all labels, the one that is nearest to a random layer instead of nearest to 0; and one whose length has a price, with $\lVert W \rVert^2$ added to the squared errors (weight decay), so that it does
# not meet them. How do these two read?
# <!-- given 300, 15 % -->
# <!-- predict more_and_more_features
# error on new digits is largest: with few features | *at the threshold | with 3,000 features
# with 3,000 features, against the best below the threshold: far worse | *about as good
# another that meets all labels: as good | *far worse
# length with a price, at the threshold: *no peak | the same peak
# -->

# %%
figures.training.random_features()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It falls to 16 % at 100 features and climbs to 86 % at 300. There a single output layer meets all labels, and it is a wild one, hundreds long. Beyond there are many, the shortest of them is ever shorter, and the error falls **again**, to 18 % at 3,000, though every wrong label is still met. This is **double descent**
# ([Belkin and others, 2019](https://arxiv.org/abs/1812.11118)). In notebook 03 a network that represented its data perfectly read new digits hardly better than a guesser; this one does better. (All known labels are *read* right from 250 features on: for that the largest output must be the right one, not 1.)
#
# So the number of features is not all that counts. With 3,000 of them the other layer that meets all labels is wrong on 85 % of the new digits, where guessing is on 90 %; and with a price for length there is no peak, 11 % at 300. At the same number of features it is *which* layer is taken that
# decides: the shortest, as here, or that of the largest margin above.
#
# </details>
# <!--
# 16 % = experiments.double.descent().new[experiments.double.COUNTS.index(100)]
# 86 % = experiments.double.descent().new[experiments.double.COUNTS.index(300)]
# 18 % = experiments.double.descent().new[experiments.double.COUNTS.index(3000)]
# 85 % = experiments.double.descent().other[-1]
# 11 % = experiments.double.descent().priced[experiments.double.COUNTS.index(300)]
# meets all labels: max(experiments.double.descent().miss[experiments.double.COUNTS.index(300):]) < 1e-6
# every wrong label is still met: experiments.double.descent().miss[-1] < 1e-6
# hundreds long: 100 < experiments.double.descent().length[experiments.double.COUNTS.index(300)] < 1000
# from 250 features on: (experiments.double.descent().known == 0).argmax() == experiments.double.COUNTS.index(250)
# there is no peak: max(experiments.double.descent().priced[3:]) < 0.16
# given 100, 300, 3,000, 250, 90 %
# -->

# %% [markdown]
# ### Which of several starts?
#
# Different starts end in different minima, and their training losses may all be near 0. Which network do you keep? The validation set
# chooses. Every choice that you make by looking at it (when to stop, which rate, how many units, which start) fits it a little. So the
# final number is reported on a third set that no choice was made on, the **test set**. (Ours has been reported before, and the dashboard showed it to you while you turned the rate: strictly, that was
# a look too many.)
#
# Six starts on 150 digits. **Predict:** does the start with the lowest training loss read new digits best? And is the validation share of
# the chosen one too good, too bad, or right on average?
# <!-- predict best_of_six
# lowest training loss reads best: always | *not always
# its validation share: *too good | too bad | right on average
# -->

# %% raises-exception
X_few, y_few = X_train[:150], y_train[:150]
found = []
for start in range(6):
    Ws, bs, losses = train(X_few, y_few, [64, 64, 10], 60, 16, 0.1, np.random.default_rng(start))
    shares = [share_right(Ws, bs, *part) for part in ((X_val, y_val), (X_test, y_test))]
    found.append((losses[-1], *shares))
    print(f"start {start}: training loss {losses[-1]:.3f}, validation {shares[0]:.1%}", end=" ")
    print(f"right, test {shares[1]:.1%}")
best = max(range(6), key=lambda start: found[start][1])
print(f"chosen: start {best}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The training losses are all small, and say little about the others: in our run one with a larger loss reads the test digits best. (Yours may
# differ in its numbers, since it depends on how your function uses `rng`.) The best of six by
# validation was picked for its number, so on average that number is too good: part of it is luck with these validation digits. Its
# test share is the honest one. (In our run the test digits happen to be easier than the validation digits for all starts, so compare
# numbers within a column.)
#
# </details>
# <!--
# The training losses are all small: max(row[0] for row in found) < 0.1
# one with a larger loss: min(range(6), key=lambda i: found[i][0]) != max(range(6), key=lambda i: found[i][2])
# easier than the validation digits for all starts: all(row[2] > row[1] for row in found)
# -->

# %% [markdown]
# ## Distances of distributions
#
# *(The ninth sitting begins here.)*
#
# Sometimes the target is a whole distribution: the word that a reader expects next, the colours of an image. Two questions
# can be asked of two distributions, and they have different answers.
#
# **How surprised will I be?** Let $p$ and $q$ be probabilities of $k$ outcomes, both of shape `(k,)`. If outcomes follow $p$ and
# your model says $q$, your mean surprise is the cross-entropy $-\sum_i p_i \log q_i$. With the right model it would be the
# entropy $-\sum_i p_i \log p_i$. The excess is the **Kullback-Leibler divergence**
#
# $$ D(p \,\Vert\, q) = \sum_{i=1}^{k} p_i \log \frac{p_i}{q_i} \; \ge 0 . $$
#
# To minimize a cross-entropy over $q$ is to minimize this divergence, since the entropy of $p$ stays the same. For distributions of
# a real number with densities $p(t)$ and $q(t)$ the sum becomes an integral, $D(p \,\Vert\, q) = \int p(t) \log \frac{p(t)}{q(t)}\, dt$.
#
# **How far must I carry?** Think of $p$ as a heap of earth and of $q$ as a hole. The **earth mover's** or **Wasserstein
# distance** is the least work that fills the hole: mass times way. For two samples of $n$ numbers each grain has the mass
# $1/n$, and a plan is a matching of the $x$ with the $y$ (to cut grains does not help). On a line some cheapest plan has no two ways that cross.
#
# **Predict:** two boxes of probability lie on each other, and you move one of them aside. How do the two measures grow? And two
# Gaussians of variance 1?
# <!-- predict moved_aside
# boxes, earth mover's: *like the shift | like its square | infinite at once
# boxes, divergence: like the shift | like its square | *infinite at once
# Gaussians, divergence: like the shift | *like its square | infinite at once
# -->

# %%
figures.training.distances()

# %%
from scipy.stats import wasserstein_distance

t = np.linspace(-12, 20, 32_001)
for shift in (0.5, 1.0, 2.0, 4.0):
    log_p, log_q = norm.logpdf(t), norm.logpdf(t, loc=shift)
    divergence = np.sum(np.exp(log_p) * (log_p - log_q)) * (t[1] - t[0])
    distance = wasserstein_distance(t, t, np.exp(log_p), np.exp(log_q))  # places, then masses
    print(f"Gaussians moved by {shift}: divergence {divergence:.4f}, distance {distance:.4f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The earth mover's distance is the way itself. The divergence knows nothing of places: it asks how likely $q$ makes
# what happens. For the boxes it is infinite as soon as $q$ gives no probability to something that happens, here from a shift of 1 on, the least one. With a floor of probability everywhere it becomes
# finite, but once the boxes are apart it does not change any more, and a loss that does not change has no useful gradient. For Gaussians
# nothing is impossible, only ever more surprising: it is half the square of the shift, the squared error once more.
#
# </details>
# <!--
# half the square: near(divergence, "8.000")
# is the way itself: near(distance, "4.000")
# -->

# %% [markdown]
# ### Exercise: `wasserstein_1d` · easy · 6 minutes
#
# `x` and `y` are samples of equal size, shape `(n,)` each, in any order, floats or integers. Return the earth mover's distance,
# a float: the mean way when every `x` is carried to a `y` of its own in the cheapest manner. Leave `x` and `y` as they are.
#
# **Predict:** $x = (0, 1)$ and $y = (5, -1)$. Which matching is the cheapest, and what does the other one cost?
# <!-- predict cheapest_matching
# the cheapest costs = 2.5
# the other = 3.5
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $0 \to -1$ and $1 \to 5$ cost $(1 + 4)/2 = 2.5$; $0 \to 5$ and $1 \to -1$ cost $(5 + 2)/2 = 3.5$. Crossing costs nothing extra only
# where all ways lead to the same side, as for $y = (5, 3)$.
#
# </details>
# <!--
# 2.5 = divergences.wasserstein_1d(np.array([0, 1]), np.array([5, -1]))
# 3.5 = (5 + 2) / 2
# -->


# %% exercise="wasserstein_1d"
def wasserstein_1d(x, y):
    """Least mean way that carries the sample x to the sample y.

    x, y: shape (n,).  Returns a float.
    """
    ### BEGIN SOLUTION
    return np.abs(np.sort(x) - np.sort(y)).mean()  # smallest to smallest: no ways cross
    ### END SOLUTION


# %% test="wasserstein_1d" points=2
check(wasserstein_1d)
### BEGIN HIDDEN TESTS
check(wasserstein_1d, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `kl_divergence` · easy · 6 minutes
#
# Return $D(p \,\Vert\, q)$ in nats, a float, for probabilities `p` and `q` of shape `(k,)`. An outcome with $p_i = 0$ adds
# nothing, whatever $q_i$ is, for $t \log t \to 0$ as $t \to 0$. If there is an outcome with $q_i = 0 < p_i$, the result is `inf`
# (warnings are no harm). Small numbers that are added "for safety" would hide that infinity: don't.
#
# **Predict:** is $D(p \,\Vert\, q) = D(q \,\Vert\, p)$?
# <!-- predict symmetric: yes | *no -->
#
# <details><summary><b>Compare</b></summary>
#
# No. For $p = (1, 0)$ and $q = (\tfrac12, \tfrac12)$ the first is $\log 2$, and the second is infinite: a model may not call
# impossible what happens. That is why it is called a divergence and not a distance.
#
# </details>


# %% exercise="kl_divergence"
def kl_divergence(p, q):
    """The mean surprise that the model q costs beyond the right model p, in nats.

    p, q: probabilities, shape (k,).  Returns a float, inf where q = 0 < p.
    """
    ### BEGIN SOLUTION
    some = p > 0
    with np.errstate(divide="ignore"):
        return np.sum(p[some] * (np.log(p[some]) - np.log(q[some])))
    ### END SOLUTION


# %% test="kl_divergence" points=2
check(kl_divergence)
### BEGIN HIDDEN TESTS
check(kl_divergence, hidden=True)
### END HIDDEN TESTS

# %% [markdown] question="read_the_curves" points=4
# ### Question: three trainings (4 points, read by a person)
#
# A colleague trains a ReLU network with three hidden layers on 1,000 photographs of 20 kinds of mushrooms, with a softmax at the
# end, and shows you three attempts.
#
# 1. The first loss is 11.2, then it falls, slowly. What should the first loss be, and what is the likely reason that it is not?
# 2. In another attempt the training loss falls to 0.01 within 30 epochs, the validation loss to 1.9 after 12 epochs, and is 3.1 at the
#    end. What has happened? Name two things that she can do.
# 3. In the third the loss hovers around 3.0 from the beginning, and the update ratios are $10^{-7}$ in the first layer and $10^{-3}$ in
#    the last. What do you suspect, and which cheap experiment would tell whether the code is at fault?
# 4. "Batches of 1,000 have no noise at all, so they must be best." What do you answer?
#
# <!-- given 1,000, 11.2, 0.01, 1.9, 3.1, 3.0, 10^{-7}, 10^{-3}, 255 -->
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points.
#
# - 1 point, question 1: $\log 20 \approx 3.0$; the logits start too large: weights with too much variance (not He's), or inputs
#   that are not scaled (0 to 255). Half a point for the number alone.
# - 1 point, question 2: overfitting; two of: stop early at epoch 12 and keep those parameters, more data or augmentation, weight decay
#   or another regularization, a smaller network. Half a point for one.
# - 1 point, question 3: nothing is learned ($3.0 = \log 20$) as the gradient vanishes on its way to the first layer (too small initial
#   weights, dead units). Check gradients by differences, or overfit ten examples (from He's weights: from this start right code fails,
#   too). Half a point for the suspicion alone.
# - 1 point, question 4: it costs 1,000 gradients a step, and the noise falls with $1/\sqrt B$ only, so for the same work small
#   batches make many more steps; noise also helps off stationary points. Half a point for one of the arguments.
# <!-- 3.0 = np.log(20) -->
#
# **Model answer.**
#
# With 20 classes and no idea the loss is $\log 20 \approx 3.0$. At 11.2 the network is sure of wrong answers: its first
# logits are too large, because the weights are (not He's), or because pixels go in as 0 to 255.
#
# The second attempt overfits: after epoch 12 it learns the training images by heart, and the validation loss rises. She can
# stop at epoch 12 and keep those parameters, and take more images, or weight decay.
#
# In the third nothing is learned, since 3.0 is the loss of somebody who guesses. The ratios say that the gradient vanishes on
# its way to the first layer: initial weights that are too small, or dead units. Whether the code is at fault, differences
# tell: compare its gradients with them. Ten examples tell, too, but from He's weights: from this start even right code can't learn them
# in a moment.
#
# To have no noise is dear: a step costs 1,000 gradients, and the noise falls with $1/\sqrt B$ only. For the same work small
# batches make many more steps, and their noise helps to leave saddles.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("read_the_curves")

# %% [markdown]
# ## A starred problem
#
# Without points, and in nobody's way: `progress()` shows a star for it. It is checked as all others are, and the time table above leaves it out.
#
# ### Exercise: `wasserstein_any` · hard · 25 minutes · ★
#
# `wasserstein_1d` wants samples of one size. Real ones seldom have it. Let `x` have shape `(n,)` and `y` shape `(m,)`, in any order, floats or integers, with repeated numbers or without. Each `x` is a grain of mass $1/n$, each `y` a hole of mass $1/m$, and a grain may be cut. Return the least work that fills all holes, mass times way, as a float; for $n = m$ it is `wasserstein_1d`.
#
# **Predict:** $x = (0, 3)$ and $y = (0, 1, 2)$. What is the distance?
# <!-- predict grains_that_are_cut: distance = 0.833 ± 0.005 -->
#
# <details><summary><b>Compare</b></summary>
#
# $\tfrac13$ stays at 0 and $\tfrac16$ goes from 0 to 1; then $\tfrac16$ goes from 3 to 1 and $\tfrac13$ from 3 to 2: $\tfrac16 + \tfrac26 + \tfrac13 = \tfrac56$.
#
# </details>
#
# There are two hints.


# %% exercise="wasserstein_any" starred=true
def wasserstein_any(x, y):
    """Least work that carries the sample x to the sample y, whatever their sizes.

    x: shape (n,).  y: shape (m,).  Returns a float.
    """
    ### BEGIN SOLUTION
    every = np.sort(np.concatenate([x, y]))  # between two of them nothing lies
    left = [np.searchsorted(np.sort(s), every[:-1], side="right") / len(s) for s in (x, y)]
    return np.sum(np.abs(left[0] - left[1]) * np.diff(every))  # what must cross, times the way
    ### END SOLUTION


# %%
check(wasserstein_any)

# %% [markdown]
# ## Where the same ideas lead
#
# What you have built is the engine of nearly everything that is called deep learning. The loop stays; the modules and the losses change.
#
# - **Convolutional networks** slide one small weight matrix over an image: the same edge detector everywhere, far fewer weights.
# - **Recurrent networks** feed a layer's output back into it, step by step through a text. Unfold the loop in time, and it is a deep
#   network with shared weights, trained by the back-propagation that you know. **Transformers** let all positions look at each other
#   instead; inside of each block sits a two-layer MLP.
# - **Autoencoders** need no labels: the target is the input itself, and in between is a layer that is too narrow to copy. What it keeps is
#   a representation, as *embeddings* of words or of the nodes of a graph are. Learning without labels is called *unsupervised*.
# - **Variational autoencoders** make that layer a distribution, and add a KL divergence to the loss, which keeps it close to a Gaussian.
#   To draw from it is to make new data.
# - **Generative adversarial networks** let two networks play: one makes images, the other tells them from real ones, and its verdict is
#   the loss of the first. Where the two distributions don't overlap that loss has no useful gradient; an earth mover's distance has one.
#
# ## What you can say now
#
# - The loss follows from what you believe about the target: sigmoid and Bernoulli, softmax and categorical, identity and Gaussian, with
#   its $\tfrac12$. Where outliers spoil it, a loss of limited slope helps.
# - A minibatch estimates the gradient at $B/n$ of the price; its noise falls with $1/\sqrt B$.
# - On a parabola a rate above 2 divided by the curvature diverges; in a network the curvature moves with the steps.
# - A saddle with a negative curvature slows you down by a logarithm; one without, as at tiny weights in deep networks, by a power.
# - On separable data logistic regression walks on for ever, and its direction tends to the largest margin. Past the interpolation threshold the error
#   may fall a second time, if the shortest solution is taken; another one, with as many features, may know next to nothing.
# - Scale the inputs. Check the first loss, the gradient, ten examples, the update ratios. Stop by the validation loss, report on the
#   test set. Four times the data lowered the best validation loss most; weight decay made it matter less when to stop.
# - KL measures surprise, the earth mover measures ways.
#
# ### The course in one breath
#
# A threshold unit separates with a line wherever a line can ([01](../01_perceptron/perceptron.ipynb)). Features mend what a line can't do,
# and features can be learned ([02](../02_xor_basis_functions/xor_basis_functions.ipynb)). One hidden layer approximates any continuous
# function on a closed and bounded set, at a price ([03](../03_relu_splines/relu_splines.ipynb)). The chain rule, run backwards, gives all
# slopes for the price of a few evaluations ([04](../04_backprop_graphs/backprop_graphs.ipynb)), in a few matrix products
# ([05](../05_backprop_mlp/backprop_mlp.ipynb)). Signals must survive the depth, both ways
# ([06](../06_initialization/initialization.ipynb)). And 1,800 small steps, each from a handful of examples, turn random numbers into a
# reader of digits (07).
# <!-- 1,800 = 40 * -(-len(X_train) // 32) -->
#
# One patient is left: in [notebook 08](../08_rescue/rescue.ipynb) a deep reader of digits doesn't learn, and you find out why, with your own functions.
#
# <!-- recall
# batches of 32 in an epoch of 1,438 = 45
# to halve the noise of a batch, times as many examples = 4
# curvature 20, plain steps diverge above a rate of = 0.1 ± 0.01
# velocity after many gradients of 1, share 0.9 kept = 10 ± 0.1
# first step of Adam, in units of the rate, gradient 1,000 = 1
# edge of stability: rate times sharpness is about = 2 ± 0.1
# v · Hv is better than the length of Hv, as it has: *a sign | a unit | no noise
# the direction of descent on separable data tends to: the mean of the examples | *the largest margin | the first step
# least squares on random features, the error on new examples peaks at: no features | *as many features as examples | ten times as many
# first loss of a reader of ten digits = 2.2 to 2.8
# training loss near 0, validation loss rising: *overfitting | a wrong gradient | too small weights
# update ratios, from too small to too large: order 1e-6 < 1e-3 < 1e-1
# slope of Huber's loss far outside, for delta = 2, r > 0 = 2
# gradient of the mean of 4 losses, from y, the sum of their gradients: code y / 4
# -->
#
# **What to read next.** Simon Prince, [Understanding Deep Learning](https://udlbook.github.io/udlbook/) (2023, free online): pictures
# for much of what stands above. Goodfellow, Bengio and Courville, [Deep Learning](https://www.deeplearningbook.org/) (2016, free online):
# chapters 6 to 8 retell much of this course with more theory. Bottou, Curtis and Nocedal,
# [Optimization Methods for Large-Scale Machine Learning](https://arxiv.org/abs/1606.04838) (2018): why noise is cheap. Dauphin and others,
# [Identifying and attacking the saddle point problem](https://arxiv.org/abs/1406.2572) (2014): the hypothesis about saddles, and its
# evidence.
#
# Here is what you have solved:

# %%
progress()
