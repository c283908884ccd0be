# %% [markdown]
# # 02 · XOR and the features that solve it
#
# Four clusters of points defeat every line. Two features made by hand bring the line back, and then the machine learns to
# make such features itself: that is a neural network. When you have worked through this notebook you can
#
# - turn a weighted sum into a probability, and a probability into a loss, without ever overflowing,
# - say what a basis function is, and why a model may bend in $x$ and yet be linear in its weights,
# - find the error in a worked solution of XOR, and repair it,
# - write a network with a hidden layer in matrix form, with the shape of everything,
# - work out what layers without a bend between them are worth,
# - keep apart what a network *can represent* and what training *finds*, and measure the difference.
#
# **Time** about 3 ½ hours, in five sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 30 |
# | 2 | [Logistic regression](#Logistic-regression) | 40 |
# | 3 | [Features made by hand](#Features-made-by-hand) | 50 |
# | 4 | [Layer upon layer of weighted sums](#Layer-upon-layer-of-weighted-sums) | 40 |
# | 5 | [Deeper](#Deeper) | 34, and 18 for the question |
#
# **You need** [notebook 01](../01_perceptron/perceptron.ipynb); the derivatives of exp and log, the chain rule, and the
# *partial* derivative, written with $\partial$ (the derivative by one number while all others stay); of probability: that
# $P(\cdot)$ is a number between 0 and 1, and that probabilities of independent events multiply.
#
# As before: **Predict** means give your guess *before* you go on; `hint("name")` gives a nudge; a cell that says `needs your`
# waits for a function of yours, and you may come back to it later. Your functions are given arrays of floats or of whole
# numbers, unless the text says which.

# %% setup
import numpy as np

from autograde import check, hint, letters, predict, progress, recall, review, solution
from mlp_reference import data
from mlp_reference.viz import explorers, figures, plots, style

rng = np.random.default_rng(1)

# %%
letters(2)

# %% [markdown]
# **Two minutes first:** five short things from earlier notebooks, what you missed among them. They are checked, and cost nothing.

# %%
recall(2)

# %% [markdown]
# ## Where we stand
#
# [Notebook 01](../01_perceptron/perceptron.ipynb#Four-points-that-no-line-separates) met four corners of a square,
# opposite ones of the same class. Real measurements never sit on corners, so blur them: 200 examples in four round
# clusters, centred at $(\pm 5, \pm 5)$. The array `X` has shape `(200, 2)`, the labels `y` in $\{0, 1\}$ have shape
# `(200,)`. The class is still the exclusive or: 1 where the signs of the two coordinates differ.
#
# **Predict:** how many percent of the examples can a line get right, if you choose the best one there is? The cell tries
# 20,000 of them.
# <!-- predict best_line: = 75 % -->

# %%
X, y = data.xor_clusters(200, np.random.default_rng(2))
W = rng.normal(size=(2, 20_000))  # one line in each column
b = 8 * rng.normal(size=20_000)
right = ((X @ W + b > 0) == y[:, None]).mean(axis=0)
print(f"best of 20,000 lines: {right.max():.1%} right")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 75 %: three clusters of four, never all of them.
# </details>
# <!-- 75 % = right.max() -->
#
# A search can't prove that no line gets all of them right; a **certificate** can, as in notebook 01: weights
# $\lambda_i \ge 0$, not all 0, with $\sum_i \lambda_i s_i [x_i, 1] = 0$ and $s_i = 2 y_i - 1$. They say that a weighted mean of
# class 1 and one of class 0 are the same point. The solver is the one of notebook 01.

# %%
from scipy.optimize import linprog

rows, s = np.column_stack([X, np.ones(len(X))]), 2 * y - 1
conditions = np.vstack([(s[:, None] * rows).T, np.ones(len(X))])  # (4, 200)
answer = linprog(np.zeros(len(X)), A_eq=conditions, b_eq=[0, 0, 0, 1], bounds=(0, None))
lam = answer.x
print(f"smallest weight {lam.min():.3f}, sum of the weights {lam.sum():.6f}")
print(f"largest entry of the sum of lam * s * [x, 1]: {np.abs((lam * s) @ rows).max():.1e}")
print(np.count_nonzero(lam > 1e-12), "examples have a weight above 0")

figures.perceptron.certificate(X, y, lam)

# %% [markdown]
# Four examples, one of each cluster, are proof enough. So the inputs have to change, or the machine.
#
# Before that, the threshold has to go. An output that is only 0 or 1 gives a learner no slope to follow: notebook 01 showed
# that the number of mistakes is a staircase. We need an output that moves when the weights move.

# %% [markdown]
# ## The sigmoid
#
# Let the unit say how sure it is: a probability $p$ between 0 and 1 that the label is 1. The weighted sum
# $z = w \cdot x + b$ can be any number, so it can't be $p$ itself. What about the **odds**, $p / (1 - p)$? They run from 0 to
# infinity. And the logarithm of the odds runs from $-\infty$ to $\infty$, as $z$ does. So let $z$ be the log-odds, and
# solve for $p$:
#
# $$ \begin{aligned} z = \log \frac{p}{1 - p} \;&\Longleftrightarrow\; e^z = \frac{p}{1 - p} \;\Longleftrightarrow\; e^z = p\, (1 + e^z) \\
#    &\Longleftrightarrow\; p = \frac{e^z}{1 + e^z} = \frac{1}{1 + e^{-z}} . \end{aligned} $$
#
# This function of $z$ is called the **sigmoid** and written $\sigma(z)$. Its inverse, $\log \frac{p}{1 - p}$, is called the
# **logit** of $p$, and so is the number $z$ that goes into a sigmoid. One unit more of $z$ multiplies the odds by $e$.
#
# **Predict,** with pencil and paper: what are $\sigma(0)$, and $\sigma(z) + \sigma(-z)$? Where is the curve steepest, and how
# steep is it there?
# <!-- predict values_of_the_sigmoid
# σ(0) = 0.5
# σ(z) + σ(−z) = 1
# steepest at z = 0
# slope there = 0.25
# draw σ(z) over z, x -6 to 6, y 0 to 1: 1 / (1 + np.exp(-x))
# -->

# %%
figures.xor.sigmoid_and_slope()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $\sigma(0) = \tfrac12$: no evidence, even odds. $\sigma(z) + \sigma(-z) = 1$: exchange the classes, and the log-odds change
# their sign. The slope is
# $$ \sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}
#    = \sigma(z)\,\bigl(1 - \sigma(z)\bigr) , $$
# and a product $p (1 - p)$ is largest at $p = \tfrac12$: steepest at $z = 0$, with slope $\tfrac14$.
# </details>

# %% [markdown]
# Test $\sigma' = \sigma (1 - \sigma)$ and $\sigma(z) + \sigma(-z) = 1$ at 1,000 random places. The slope is measured by a small
# difference quotient, how much the value changes for each unit of $z$:

# %%
from scipy.special import expit  # SciPy's name for the sigmoid

z, eps = rng.normal(scale=3, size=1000), 1e-6
measured = (expit(z + eps) - expit(z - eps)) / (2 * eps)
gap = np.abs(measured - expit(z) * (1 - expit(z))).max()
print(f"slope against p (1 - p): largest gap {gap:.1e}")
print(f"sum of both sides: largest gap from 1: {np.abs(expit(z) + expit(-z) - 1).max():.1e}")

# %% [markdown]
# Can you type the formula into Python and be done? **Predict** what the three calls below give. (The first line asks NumPy
# to raise an error where it would otherwise only warn.)
# <!-- predict three_calls
# z = 40: 0 | *1 | an error
# z = −40: exactly 0 | *about 10⁻¹⁸ | an error
# z = −1000: 0 | 1 | *an error
# -->

# %%
with np.errstate(over="raise"):
    for value in (40.0, -40.0, -1000.0):
        try:
            print(f"z = {value}: {1 / (1 + np.exp(np.float64(-value))):.6g}")
        except FloatingPointError as error:
            print(f"z = {value}: {error}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1, then $4 \cdot 10^{-18}$, then an error. At $z = -1000$ the formula asks for $e^{1000}$, and no finite 64-bit float goes beyond
# about $1.8 \cdot 10^{308} \approx e^{709.8}$. The true value begins with 434 zeros after the point, a harmless 0. A
# formula can be right and its program wrong.
# </details>
# <!--
# 4 \cdot 10^{-18} = expit(-40.0)
# 709.8 = np.log(np.finfo(float).max)
# 434 = np.floor(1000 / np.log(10))
# given e^{1000}, -1000, 1.8 \cdot 10^{308}
# -->

# %% [markdown]
# ### Exercise: `sigmoid` · easy · 8 minutes
#
# Write $\sigma(z)$ for a number or an array `z` of any shape, of floats or ints; the result has the same shape. It must be
# right, and without warnings, for all $|z| \le 10{,}000$.
#
# **Predict:** multiply numerator and denominator of $1 / (1 + e^{-z})$ by $e^{z}$. For which $z$ is the new form in danger?
# <!-- predict the_other_form: *large positive z | large negative z | z near 0 -->
#
# <details><summary><b>Compare</b></summary>
#
# You get $e^z / (1 + e^z)$, which is in danger for large *positive* $z$: there both exponentials are `inf`, and `inf / inf`
# is `nan`. Each form is safe on one half of the line. (`np.where(condition, A, B)` won't protect you by itself: NumPy
# computes all of `A` and all of `B` before it chooses.)
# </details>


# %% exercise="sigmoid"
def sigmoid(z):
    """1 / (1 + exp(-z)), entry by entry, for every abs(z) up to 10,000.

    z: a number or an array of any shape, floats or ints.  Returns floats of the same shape.
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))  # the exponent is never positive
    return np.where(np.asarray(z) >= 0, 1.0, small) / (1.0 + small)
    ### END SOLUTION


# %% test="sigmoid" points=2
check(sigmoid)
### BEGIN HIDDEN TESTS
check(sigmoid, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# *(A good place to stop.)*

# %% [markdown]
# ## Logistic regression
#
# Put both steps together. An example $x$ of shape `(d,)` is weighed with $w$ of shape `(d,)`, the bias $b$ is added, and the
# sigmoid turns the sum into the probability of class 1:
#
# $$ p = P(y = 1 \mid x) = \sigma(w \cdot x + b) . $$
#
# Read $P(y = 1 \mid x)$ as *the probability that the label is 1, if the inputs are $x$*. A coin that shows 1 with
# probability $p$ is called a **Bernoulli** variable, written $y \mid x \sim \text{Bernoulli}(p)$. As a graph it is the unit
# of notebook 01 with another last node. (With the constant input written as $x_0 = 1$ and $w_0 = b$, books write
# $\sigma(w^\top x)$ and mean the same.)

# %%
figures.xor.logistic_unit()

# %% [markdown]
# If you must decide, decide for 1 where $p > \tfrac12$, which is where $z > 0$: with two inputs the boundary is still a line. So
# this unit can't solve XOR either. What it has gained is a slope.

# %% [markdown]
# ## From likelihood to cross-entropy
#
# Which weights are good? Those under which the labels that we *saw* are probable. A coin shows the label $y$ with probability
# $p$ if $y = 1$ and $1 - p$ if $y = 0$. Both cases in one formula:
#
# $$ P(y) = p^{\,y}\, (1 - p)^{1 - y} . $$
#
# (For $y = 1$ the second factor is 1, for $y = 0$ the first.) Its logarithm with the sign changed is the loss of one example,
#
# $$ E_i = -\bigl[\, y_i \log p_i + (1 - y_i) \log (1 - p_i) \,\bigr] , \qquad p_i = \sigma(z_i) , $$
#
# the *surprise* at the label $y_i$, in nats (the logarithm is natural): 0 if you were sure and right, $\log 2$ for a shrug, and
# without bound if you were sure and wrong.

# %% [markdown]
# With $n$ independent examples the probabilities multiply: the **likelihood** of all labels is $\prod_i P(y_i)$, and we want it
# large. A product of many small numbers soon rounds to 0, so take the logarithm, which turns it into a sum and has its maximum
# in the same place. Change the sign, since we minimize, and divide by $n$, so that the size of the data set doesn't matter.
# What is left is the mean of the surprises, the **binary cross-entropy**:
#
# $$ E = -\frac1n \log \prod_{i=1}^{n} P(y_i) = \frac1n \sum_{i=1}^{n} E_i . $$

# %%
n = 2000
p = rng.uniform(0.2, 0.9, size=n)
seen = (rng.uniform(size=n) < p).astype(int)  # what 2,000 coins have shown
likelihood = np.prod(p**seen * (1 - p) ** (1 - seen))
cross_entropy = -np.mean(seen * np.log(p) + (1 - seen) * np.log(1 - p))
print("the product of the probabilities, as a float:", likelihood)
print(f"its logarithm: {-n * cross_entropy:.1f}, so {cross_entropy:.3f} nats for each example")

# %% [markdown]
# ### The slope is the miss
#
# How does the loss of one example change with its logit $z$? Two steps of the chain rule (the index $i$ is left out):
#
# $$ \frac{dE_i}{dp} = -\frac{y}{p} + \frac{1 - y}{1 - p} , \qquad \frac{dp}{dz} = \sigma'(z) = p\,(1 - p) . $$
#
# Multiply them:
#
# $$ \frac{dE_i}{dz} = -y\,(1 - p) + (1 - y)\,p = -y + yp + p - yp = p - y . $$
#
# All the fractions cancel: the slope is what you said minus what was true. Compare the perceptron's $\hat y - y$: the same
# rule, with a probability in place of the verdict. In the mean over $n$ examples each $z_i$ appears once, with a factor $1/n$:
# $\partial E / \partial z_i = (p_i - y_i)/n$. Test it on three logits:

# %%
z1, y1, eps = np.array([-1.5, 0.25, 2.0]), np.array([0, 1, 0]), 1e-6


def loss_of(z):
    return -np.mean(y1 * np.log(expit(z)) + (1 - y1) * np.log(1 - expit(z)))


for i, direction in enumerate(np.eye(3)):  # nudge one logit after the other
    measured = (loss_of(z1 + eps * direction) - loss_of(z1 - eps * direction)) / (2 * eps)
    formula = (expit(z1)[i] - y1[i]) / 3
    print(f"slope of the loss by logit {i}: measured {measured:.6f}, formula {formula:.6f}")

# %% [markdown]
# ### Why from logits
#
# Here is the loss of one example with label $y = 0$, $-\log(1 - \sigma(z))$, for larger and larger $z$: surer and surer, and
# wrong. **Predict:** how does it grow? And what will the computer say at $z = 40$?
# <!-- predict wrong_and_sure
# the loss grows like: log z | *z | eᶻ
# at z = 40 the computer says: 40 | *infinity | 0
# -->

# %%
with np.errstate(divide="ignore"):
    for value in (10.0, 20.0, 30.0, 36.0, 40.0):
        print(f"z = {value}: sigmoid {expit(value):.17f}, loss {-np.log(1 - expit(value)):.6f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It should grow like $z$ itself, since $-\log(1 - \sigma(z)) = \log(1 + e^z) \approx z$. But between 1 and the float before
# it lies a gap of about $10^{-16}$: at 30 the fifth digit is already wrong, at 36 the second decimal, at 40 the probability
# *is* 1, and the loss infinite.
# </details>
# <!--
# the fifth digit: f"{-np.log(1 - expit(30.0)):.3f}" == "30.001"
# the second decimal: f"{-np.log(1 - expit(36.0)):.2f}" == "36.04"
# the probability *is* 1: expit(40.0) == 1
# 10^{-16}: near(1 - np.nextafter(1, 0), "1e-16")
# -->
#
# The slope $p - y$ would still be right there: 1. But the loss that you are shown is useless, and a program that
# differentiates $-\log(1 - \sigma(z))$ step by step multiplies $1 / (1 - \sigma) = \infty$ by $\sigma' = 0$, which is `nan`, and spoils all weights. With
# $y = 1$ and $z = -800$ the same happens on the other side. The information was in $z$, and squashing threw it away.
# <!-- With $y = 1$ and $z = -800$: expit(-800.0) == 0 -->

# %% [markdown]
# So compute the loss from the logit. From $p = e^z / (1 + e^z)$ and $1 - p = 1 / (1 + e^z)$ come
#
# $$ \log p = z - \log(1 + e^z) , \qquad \log(1 - p) = -\log(1 + e^z) , $$
#
# and with them
#
# $$ E_i = -y \bigl[ z - \log(1 + e^z) \bigr] + (1 - y) \log(1 + e^z) = \log(1 + e^{z}) - y\,z . $$
#
# With the sign $s = 2y - 1$ it is $\log(1 + e^{-s z})$: for $y = 0$ at sight, for $y = 1$ because
# $\log(1 + e^z) - z = \log\bigl((1 + e^z)\, e^{-z}\bigr) = \log(e^{-z} + 1)$. That is the logistic loss of notebook 01, now
# derived. Test both on logits of moderate size:

# %%
z2, y2 = rng.normal(scale=3, size=1000), rng.integers(0, 2, size=1000)
from_p = -y2 * np.log(expit(z2)) - (1 - y2) * np.log(1 - expit(z2))
from_z = np.log(1 + np.exp(z2)) - y2 * z2
with_sign = np.log(1 + np.exp(-(2 * y2 - 1) * z2))
print(f"from the probability or from the logit: largest gap {np.abs(from_p - from_z).max():.1e}")
print(f"from the logit or with the sign: largest gap {np.abs(from_z - with_sign).max():.1e}")

# %% [markdown]
# ### Exercise: `bce_with_logits` · medium · 20 minutes
#
# Return `(loss, dz)` for logits `z` of shape `(n,)` and labels `y` of shape `(n,)` in {0, 1}: the **mean** cross-entropy, a
# number, and its slope `dz = (sigmoid(z) - y) / n`, of shape `(n,)`. Both must be finite and right for all
# $|z| \le 10{,}000$. The formula $\log(1 + e^z) - yz$ is not safe yet: $e^z$ overflows. How did you rescue the sigmoid?
#
# **Predict:** what is the loss for `z = np.zeros(n)`, whatever the labels? And what is it, roughly, for one example with
# $z = 10{,}000$ and $y = 0$?
# <!-- predict loss_of_a_shrug
# all z = 0, the loss = 0.693 ± 0.01
# z = 10,000 and y = 0, the loss = 10,000 ± 100
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $\log 2 \approx 0.693$: remember this number, with two classes every training from zeros starts there. And $10{,}000$: the
# loss of a sure and wrong answer is the size of its logit.
# </details>
# <!--
# 0.693 = np.log(2)
# given 10{,}000
# -->


# %% exercise="bce_with_logits"
def bce_with_logits(z, y):
    """Mean binary cross-entropy of sigmoid(z), and its gradient (sigmoid(z) - y) / n.

    z: logits, (n,).  y: labels 0 or 1, (n,).  Returns (loss, dz): a number and (n,).
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))
    p = np.where(z >= 0, 1.0, small) / (1.0 + small)
    # log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|))
    loss = np.mean(np.maximum(z, 0) + np.log1p(small) - y * z)
    return loss, (p - y) / len(z)
    ### END SOLUTION


# %% test="bce_with_logits" points=3
check(bce_with_logits)
### BEGIN HIDDEN TESTS
check(bce_with_logits, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# *(A good place to stop.)*

# %% [markdown]
# ## Features made by hand
#
# The line is not the problem. The coordinates are. Look again at the clusters: class 0 is where $x_1 + x_2$ is far from 0,
# about $-10$ or about $10$; class 1 is where it is near 0. One number, $x_1 + x_2$, tells the classes apart, but no *single*
# threshold on it does: it takes two.
#
# So build two soft switches, each with its own threshold on the sum:
#
# $$ \varphi_1(x) = \sigma(5 + x_1 + x_2), \qquad \varphi_2(x) = \sigma(5 - x_1 - x_2) . $$
#
# The first is off (near 0) in the cluster at the lower left and on (near 1) in the other three. The second is off at the
# upper right only. Functions like these, computed from the input before the weights come in, are called **features** or
# **basis functions**, and a model on top of them is
#
# $$ \begin{gathered} p(x) = \sigma\Bigl( b + \sum_{j=1}^{m} w_j\, \varphi_j(x) \Bigr) = \sigma\bigl( w \cdot \varphi(x) + b \bigr) , \\
#    \varphi(x) = (\varphi_1(x), \dots, \varphi_m(x)) \text{ of shape } (m,) . \end{gathered} $$
#
# It bends in $x$, yet the logit is **linear in $w$**: everything that holds for logistic regression holds here, with
# $\varphi(x)$ in place of $x$. For the whole batch the features form a matrix $\Phi$ of shape `(n, m)`.
#
# **Predict:** where does each of the four clusters land in the plane with the axes $\varphi_1$ and $\varphi_2$? Draw it.
# <!-- predict four_clusters
# class 1 lands: *near (1, 1) | at (0, 1) and (1, 0) | near (0, 0)
# class 0 lands: near (1, 1) | *at (0, 1) and (1, 0) | near (0, 0)
# -->

# %%
figures.xor.two_spaces()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Both clusters of class 1 become one, near $(1, 1)$. The other two sit in corners of their own, $(0, 1)$ and $(1, 0)$: a
# line will do, here the black one. (The dashed lines on the left are where one of the features is $\tfrac12$.)
# </details>

# %% [markdown]
# ### Exercise: `xor_features` · easy · 5 minutes
#
# Compute both features for a batch: `X` has shape `(n, 2)`, the result too, with the columns $\sigma(5 + x_1 + x_2)$ and
# $\sigma(5 - x_1 - x_2)$. You may call your own `sigmoid` if it works, or write it again here: points may lie far away,
# and the sums have the range of `sigmoid`.
#
# **Predict:** what are the two features of the origin, $x = (0, 0)$, to two digits?
# <!-- predict features_of_the_origin: both features = 0.99 -->
#
# <details><summary><b>Compare</b></summary>
#
# Both are $\sigma(5) \approx 0.99$: the origin is treated like class 1.
# </details>
# <!-- 0.99 = expit(5.0) -->


# %% exercise="xor_features"
def xor_features(X):
    """The two features made by hand, as columns.

    X: examples, (n, 2).  Returns sigmoid(5 + x1 + x2) and sigmoid(5 - x1 - x2), (n, 2).
    """
    ### BEGIN SOLUTION
    total = X.sum(axis=1)
    Z = np.column_stack([5 + total, 5 - total])
    return 0.5 * (1 + np.tanh(Z / 2))  # the sigmoid, in a form that never overflows
    ### END SOLUTION


# %% test="xor_features" points=1
check(xor_features)
### BEGIN HIDDEN TESTS
check(xor_features, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Find the error
#
# Here is a worked example with an error in it. It uses these very features, draws the picture above, and then writes down the
# function that is modelled:
#
# $$ p(x) = \sigma\left( \begin{bmatrix} w_0 & w_1 \end{bmatrix} \cdot
#    \sigma\left( \begin{bmatrix} 5 & 1 & 1 \\ 5 & -1 & -1 \end{bmatrix}
#    \begin{bmatrix} 1 \\ x_1 \\ x_2 \end{bmatrix} \right) \right) . $$
#
# (Its $w_0$ and $w_1$ are our $w_1$ and $w_2$: one weight for each feature.) Something is missing, and without it no
# weights solve XOR. **Predict** what, before you go on: compare the formula with the picture and with the model $p(x)$
# further up.
# <!-- predict what_is_missing: *the bias of the output | a third feature | a bias of the inner sums | a smaller learning rate -->
#
# <details><summary><b>Compare</b></summary>
#
# The output bias. The line in the picture, $\varphi_1 + \varphi_2 = 1.5$, does not pass through the origin of feature
# space, and without a bias every line does. (The column of fives in the matrix is a bias, but that of the *inner* sums. It
# is also why such examples call $\varphi$ a function of three numbers: they count the constant 1 as an input. Of $x$ alone it
# is a function of two.)
# </details>
# <!-- given 1.5 -->

# %% [markdown]
# The explorer begins with the formula as it was written, and lets you add what is missing. **Predict:**
#
# 1. As it was written: what is the largest percentage of examples that you can get right?
# 2. Repaired: find weights that get all of them right. What does the boundary look like in *input* space?
# 3. Once all are right, multiply $w_1$, $w_2$ and $b$ by 2. What happens to the line, what to the loss?
# <!-- predict repaired_formula
# as it was written, right at most = 75 %
# boundary in input space: one line | *two parallel lines | a circle
# weights doubled, the line: *stays | moves | turns
# weights doubled, the loss: stays | *falls | rises
# -->

# %% explorer
explorers.feature_space()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. 75 %. Without an output bias the line must pass through the origin of feature space. Class 0 sits at $(0, 1)$ and
#    $(1, 0)$, so to get both right you need $w_2 \le 0$ and $w_1 \le 0$. Then at $(1, 1)$ the sum $w_1 + w_2$ is not
#    positive, and all of class 1 is wrong. At most three of the four clusters can be right.
# 2. For example $w = (2, 2)$, $b = -3$. The boundary is a pair of parallel lines, $x_1 + x_2 \approx -5$ and
#    $x_1 + x_2 \approx 5$.
# 3. The line stays where it is. The probabilities move towards 0 and 1, and as all examples are right, the loss falls.
# </details>
# <!-- given 75 % -->

# %% [markdown]
# With $b = 0$ only the *direction* of $(w_1, w_2)$ matters for the decisions, so we try 3,600 directions, a tenth of a degree
# apart. (`expit` stands in for your `sigmoid`.)

# %%
Phi = expit(np.column_stack([5 + X.sum(axis=1), 5 - X.sum(axis=1)]))  # (n, 2)
angles = np.deg2rad(np.arange(0, 360, 0.1))
directions = np.stack([np.cos(angles), np.sin(angles)])  # (2, 3600)
right = ((Phi @ directions > 0) == y[:, None]).mean(axis=0)
print(f"without output bias, best of {len(angles)} directions: {right.max():.0%} right")
print(f"with w = (1, 1) and b = -1.5: {((Phi @ [1, 1] - 1.5 > 0) == y).mean():.0%} right")

# %% [markdown]
# Here a missing number costs a quarter of the data.

# %% [markdown]
# ### One valley
#
# Training will walk downhill on the cross-entropy. Can such a walk end in a place that is not the lowest? Look at the loss of one
# example, $\log(1 + e^z) - yz$. Its slope is $p - y$, and the slope of *that* is $dp/dz = p(1 - p) > 0$: as a function of
# $z$ the loss curves upwards everywhere.
#
# The logit $z = w \cdot \varphi(x) + b$ is linear in $w$ and $b$. On a straight way from one setting $(w, b)$ to another,
# each $z_i$ moves at a constant speed or not at all, so each $E_i$ curves upwards along the way or stays, and so does their
# mean. A function that never rises above its chord on any straight way is called **convex**.

# %% [markdown]
# So walking downhill can't get stuck: from a local minimum that isn't global, the chord to a lower place would lead down,
# and the loss lies on it or below it. (On data that a line separates there is no lowest point: once all examples are right,
# longer $w$ and $b$ always lower the loss a little, as you saw in the explorer. The walk goes on for ever, slower and slower.)
# Test the convexity on 10,000 pairs of random settings:


# %%
def loss_at(settings):
    """Loss for q settings, (3, q): weights in the rows 0 and 1, biases in row 2."""
    z = Phi @ settings[:2] + settings[2]  # (n, q): one column for each of them
    return np.mean(np.logaddexp(0, z) - y[:, None] * z, axis=0)  # logaddexp(0, z) is log(1 + e^z)


start, end = rng.normal(scale=5, size=(2, 3, 10_000))
chord = (loss_at(start) + loss_at(end)) / 2
print("halfway at or below the chord:", (loss_at((start + end) / 2) <= chord + 1e-12).all())

# %% [markdown]
# Write $\partial E / \partial w_j$ (a *partial* derivative) for the slope of $E$ when $w_j$ alone moves, and $\nabla_w E$
# (nabla, the **gradient**) for all of these in an array shaped like $w$. **Gradient descent** takes small steps against the
# slope, $w \leftarrow w - \eta\, \nabla_w E$ and $b \leftarrow b - \eta\, \partial E / \partial b$, with a learning rate
# $\eta > 0$ (`lr` in code).

# %% [markdown]
# We know the slopes by the logits, $dz_i := \partial E / \partial z_i = (p_i - y_i)/n$, an array `dz` of shape `(n,)`. The
# logit $z_i = \sum_j \Phi_{ij} w_j + b$ grows by $\Phi_{ij}$ when $w_j$ grows by 1, and by 1 when $b$ does. Each example
# passes its slope on, and the effects add up:
#
# $$ \begin{gathered} \frac{\partial E}{\partial w_j} = \sum_{i=1}^{n} \Phi_{ij}\, dz_i , \quad\text{that is}\quad
#    \nabla_w E = \Phi^\top dz \ \text{ of shape } (m,) , \\ \frac{\partial E}{\partial b} = \sum_{i=1}^{n} dz_i . \end{gathered} $$

# %% [markdown]
# ### Exercise: `fit_logistic` · medium · 12 minutes
#
# Start from `w` all zeros, shape `(m,)`, and `b = 0`. In each of `steps` steps: compute the logits of all examples with the
# present `w` and `b`, the loss and `dz`; note the loss; then move both parameters, `w` by `-lr` times $\Phi^\top dz$ and `b`
# by `-lr` times the sum of `dz`. Return `(w, b, losses)`, where `losses` holds `steps` numbers, each taken *before* its step.
# `Phi` has shape `(n, m)`, one feature in each column, and `y` shape `(n,)`.
#
# You may call your own `bce_with_logits` if it works, or write it again here: logits may become large.
#
# **Predict:** what is `losses[0]`, for any data?
# <!-- predict first_loss: losses[0] = 0.693 ± 0.01 -->
#
# <details><summary><b>Compare</b></summary>
#
# $\log 2 \approx 0.693$, since all logits are 0 before the first step.
# </details>
# <!-- 0.693 = np.log(2) -->


# %% exercise="fit_logistic"
def fit_logistic(Phi, y, lr, steps):
    """Logistic regression by gradient descent from zeros, with all examples in every step.

    Phi: features, (n, m).  y: labels 0 or 1, (n,).  Returns (w, b, losses).
    """
    ### BEGIN SOLUTION
    n, m = Phi.shape
    w, b, losses = np.zeros(m), 0.0, []
    for _ in range(steps):
        z = Phi @ w + b
        losses.append(float(np.mean(np.logaddexp(0, z) - y * z)))
        dz = (0.5 * (1 + np.tanh(z / 2)) - y) / n
        w = w - lr * (Phi.T @ dz)
        b = b - lr * dz.sum()
    return w, b, losses
    ### END SOLUTION


# %% test="fit_logistic" points=3
check(fit_logistic)
### BEGIN HIDDEN TESTS
check(fit_logistic, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Now **your** functions on the clusters, first with the raw coordinates, then with the features. **Predict** the loss and the
# percentage for the raw ones.
# <!-- predict raw_coordinates
# loss = 0.693 ± 0.04
# right: *about 50 % | about 75 % | all
# -->

# %% raises-exception
for name, inputs in (("raw coordinates", X), ("two features", xor_features(X))):
    w, b, losses = fit_logistic(inputs, y, lr=0.1, steps=2000)
    right = ((inputs @ w + b > 0) == y).mean()
    print(f"{name}: loss {losses[0]:.3f} -> {losses[-1]:.3f}, {right:.0%} right")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Convexity promises the smallest loss there is, not a small one. With the raw coordinates it stays at 0.693, the shrug: the best line by this loss is no line at all, $w \approx 0$, and
# 51 % are right by chance. (Lines with 75 % exist, but are so wrong about the fourth cluster that their cross-entropy is
# larger.) With the two features the loss falls to 0.104, and 100 % are right.
# </details>
# <!--
# 0.693 = fit_logistic(X, y, lr=0.1, steps=2000)[2][-1]
# 51 % = ((X @ fit_logistic(X, y, lr=0.1, steps=2000)[0] + fit_logistic(X, y, lr=0.1, steps=2000)[1] > 0) == y).mean()
# 0.104 = losses[-1]
# 100 % = right
# given 75 %
# -->
#
# So the recipe is: good features, then a linear model. Who finds the features? For decades people did, with much knowledge of
# their field and a new set for every problem. The other way is to give the features parameters too, and let the data choose.
#
# *(A good place to stop.)*

# %% [markdown]
# ## Layer upon layer of weighted sums
#
# The cheapest learned features would be weighted sums: $h = x V + c$ with a matrix $V$ of shape `(d, m)` and biases $c$ of
# shape `(m,)`; $x$ is a row here, as in `X`. On top comes a second layer for $k$ outputs, with $W$ of shape `(m, k)` and
# $b$ of shape `(k,)`. Two layers, more numbers to learn, and surely more power?
#
# **Predict:** can this solve XOR, if $m$ is large enough? With ten layers instead of two? Insert $h$ into $h W + b$ and
# multiply out before you unfold.
# <!-- predict linear_stack
# two layers, m large: solve XOR | *can't
# ten layers: solve XOR | *can't
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Neither can:
#
# $$ h W + b = (x V + c)\, W + b = x\, \underbrace{(V W)}_{\text{one matrix}} + \underbrace{(c\, W + b)}_{\text{one bias}} . $$
#
# The two layers *are* one layer, with the matrix $V W$ of shape `(d, k)`. Apply this again and again, and a stack of any height
# collapses. With numbers in place of matrices: $w(v x + c) + b = (w v)\, x + (w c + b)$.
# </details>
#
# Test your result on the clusters, with 50 features:

# %%
V, c = rng.normal(size=(2, 50)), rng.normal(size=50)
W, b = rng.normal(size=(50, 1)), rng.normal(size=1)
two_layers = (X @ V + c) @ W + b
one_layer = X @ (V @ W) + (c @ W + b)
many, few = V.size + c.size + W.size + b.size, (V @ W).size + b.size
gap = np.abs(two_layers - one_layer).max()
print(f"{many} numbers do the work of {few}; largest gap {gap:.1e}")

# %% [markdown]
# ### Exercise: `collapse_linear` · easy · 8 minutes
#
# `Ws` is a list of matrices, `bs` a list of biases. Layer after layer, `X @ Ws[0] + bs[0]` goes into the next with `Ws[1]`,
# `bs[1]`, and so on; each matrix has as many rows as the one before has columns. Return `(W, b)` of the **one** layer that
# does the same: `X @ W + b` for every `X`. There may be any number of layers, also a single one.
#
# **Predict:** through which matrices does the bias of the *first* layer go on its way to the output?
# <!-- predict way_of_the_first_bias: through all matrices | *through all but the first | through the last only -->
#
# <details><summary><b>Compare</b></summary>
#
# Through all but its own: it is added after `Ws[0]`, so it meets `Ws[1]`, `Ws[2]`, …
# </details>


# %% exercise="collapse_linear"
def collapse_linear(Ws, bs):
    """The one layer, X @ W + b, that equals the stack.

    Ws: matrices (d0, d1), (d1, d2), ...  bs: biases (d1,), (d2,), ...
    Returns (W, b) with W (d0, d_last) and b (d_last,).
    """
    ### BEGIN SOLUTION
    W, b = Ws[0], bs[0]
    for V, c in zip(Ws[1:], bs[1:]):
        W, b = W @ V, b @ V + c
    return W, b
    ### END SOLUTION


# %% test="collapse_linear" points=2
check(collapse_linear)
### BEGIN HIDDEN TESTS
check(collapse_linear, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Features that are learned
#
# The features made by hand had something that a weighted sum lacks: a bend. Look at them once more,
#
# $$ \varphi_1(x) = \sigma(5 + 1 \cdot x_1 + 1 \cdot x_2), \qquad \varphi_2(x) = \sigma(5 - 1 \cdot x_1 - 1 \cdot x_2) : $$
#
# each is a *logistic unit of its own*, with weights and a bias that somebody chose. Make those numbers parameters. A
# feature is then $\varphi_j(x) = \psi(v_j \cdot x + c_j)$ with weights $v_j$ of shape `(d,)`, a bias $c_j$, and a fixed
# function $\psi$ (psi) that bends, the **activation function**. Here $\psi = \sigma$; others are $\tanh z$ and the
# **ReLU**, $\max(0, z)$. With the identity, $\psi(z) = z$, the stack would collapse.
#
# With a bend nothing can be multiplied out in $\psi(x V + c)\, W + b$, and in general no single layer does the same: where
# one unit changes its mind is a line, and no line solves XOR.

# %% [markdown]
# Four steps lead from input to output:
#
# 1. the input $x$, of shape `(d,)`,
# 2. the sums of all units at once, $z = x W_1 + b_1$, where column $j$ of $W_1$, shape `(d, m)`, holds the weights of unit
#    $j$, and $b_1$, shape `(m,)`, the biases,
# 3. the **hidden layer** $h = \psi(z)$, of shape `(m,)`: the learned features; their number $m$ is the **width** of the layer,
# 4. the output $f = h W_2 + b_2$, of shape `(k,)`, with $W_2$ of shape `(m, k)` and one column for each of the $k$ outputs.
#    For two classes $k = 1$, and $f$ is the logit; the sigmoid that makes a probability of it belongs to the loss.

# %%
figures.xor.hidden_layer()

# %% [markdown]
# A whole batch goes through at once; the biases are added to every row:
#
# $$ F = \sigma(X W_1 + b_1)\, W_2 + b_2 , \qquad
#    \underset{(n,\,k)}{F},\ \underset{(n,\,d)}{X},\ \underset{(d,\,m)}{W_1},\ \underset{(m,)}{b_1},\
#    \underset{(m,\,k)}{W_2},\ \underset{(k,)}{b_2} . $$
#
# This is a **multilayer perceptron** or feedforward network with one hidden layer. Many books call it a *two-layer
# network*, since two layers have weights. The output is left linear: it is a logit, and the loss squashes it. Both biases
# help: $b_1$ puts the bends in the right places, and what a missing $b_2$ costs the features made by hand you have seen.

# %% [markdown]
# ### Exercise: `two_layer_forward` · easy · 6 minutes
#
# Return $F = \sigma(X W_1 + b_1) W_2 + b_2$ for `X (n, d)`, `W1 (d, m)`, `b1 (m,)`, `W2 (m, k)`, `b2 (k,)`; its shape is
# `(n, k)`, also for a single output. The sums in $\sigma$ have the range of `sigmoid`.
#
# **Predict:** the features made by hand (unit $j$ is $\varphi_j$) and $w = (4, 4)$, $b = -6$ are such a network. What are its
# `W1`, `b1`, `W2` and `b2`?
# <!-- predict hand_made_network
# W1 = [[1, -1], [1, -1]]
# b1 = [5, 5]
# W2 = [[4], [4]]
# b2 = [-6]
# -->
#
# <details><summary><b>Compare</b></summary>
#
# `W1 = [[1, -1], [1, -1]]` (a column for each feature), `b1 = [5, 5]`, `W2 = [[4], [4]]`, `b2 = [-6]`.
# </details>


# %% exercise="two_layer_forward"
def two_layer_forward(X, W1, b1, W2, b2):
    """Logits of a network with one hidden layer of sigmoids.

    X: (n, d).  W1: (d, m).  b1: (m,).  W2: (m, k).  b2: (k,).  Returns (n, k).
    """
    ### BEGIN SOLUTION
    H = 0.5 * (1 + np.tanh((X @ W1 + b1) / 2))  # the sigmoid again, (n, m)
    return H @ W2 + b2
    ### END SOLUTION


# %% test="two_layer_forward" points=2
check(two_layer_forward)
### BEGIN HIDDEN TESTS
check(two_layer_forward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# That network, run by **your** function:

# %% raises-exception
by_hand = two_layer_forward(
    X,
    W1=np.array([[1.0, -1.0], [1.0, -1.0]]),
    b1=np.array([5.0, 5.0]),
    W2=np.array([[4.0], [4.0]]),
    b2=np.array([-6.0]),
)
print("shape", by_hand.shape, f"and {((by_hand[:, 0] > 0) == y).mean():.0%} right")

# %% [markdown]
# ### All weights at once
#
# Training is the same idea as before, with more parameters. Collect all of them, $\theta = (W_1, b_1, W_2, b_2)$ (theta),
# let $f(x; \theta)$ be the output and $E_i(\theta)$ the loss of example $i$, the cross-entropy of $f(x_i; \theta)$ and
# $y_i$. Minimize over the features and the last layer, which reads them out (the **readout**), *together*, end to end:
#
# $$ \theta^* = \arg\min_{\theta} \frac1n \sum_{i=1}^{n} E_i(\theta) , $$
#
# where $\arg\min$ means: the $\theta$ at which what follows is smallest. (Statistics calls this *empirical risk
# minimization*. On the clusters no $\theta$ is the best: once all examples are right, longer $W_2$ and $b_2$ always lower the
# loss a little.)

# %% [markdown]
# The slopes for $W_1$ and $b_1$ come from the chain rule; notebooks [04](../04_backprop_graphs/backprop_graphs.ipynb) and
# [05](../05_backprop_mlp/backprop_mlp.ipynb) are about how to get them, and here the course's library does it. Below, two
# sigmoid units start from random weights and learn the clusters. Dashed lines will show where a hidden unit is at
# $\tfrac12$.
#
# **Predict:** will it find the features made by hand?
# <!-- predict found_features: the same ones | *others that work | none that work -->

# %%
figures.xor.learned_features()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It found others, which get all examples right as well: it cuts the clusters along the *other* diagonal. In the plane of
# the two hidden values (middle) each cluster of class 1 has a corner to itself, and both clusters of class 0 share a third.
# </details>

# %% [markdown]
# There is a price: this loss is no longer convex. Exchange the two hidden units, that is, columns of $W_1$, entries of
# $b_1$ and rows of $W_2$, and you have another setting with the same function. Halfway between the two, both hidden units
# are equal.
#
# **Predict** the three losses, which is larger than which: here, there, and halfway.
# <!-- predict half_way: all three equal | *halfway is the largest | halfway is the smallest -->

# %%
here = [np.array([[1.0, -1], [1, -1]]), np.array([5.0, 5]), np.array([[8.0], [8.5]]), -12.0]
there = [here[0][:, ::-1], here[1][::-1], here[2][::-1], here[3]]
halfway = [(p + q) / 2 for p, q in zip(here, there)]
for name, (W1, b1, W2, b2) in (("here", here), ("there", there), ("halfway", halfway)):
    logits = (expit(X @ W1 + b1) @ W2 + b2)[:, 0]
    print(f"{name}: loss {np.mean(np.logaddexp(0, logits) - y * logits):.3f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Here and there it is 0.023, the same function. Halfway it is 2.207, far above the chord: two equal units are one, and one
# sigmoid can't solve XOR.
# </details>
# <!--
# 0.023 = np.mean([np.logaddexp(0, u) - t * u for u, t in zip((expit(X @ here[0] + here[1]) @ here[2] + here[3])[:, 0], y)])
# 2.207 = np.mean(np.logaddexp(0, logits) - y * logits)
# -->
#
# So the promise of [One valley](#One-valley) is gone. This alone doesn't prove that a walk downhill gets stuck: the two
# settings are equally good, and there may be ways around the hill. How often it does get stuck is measured
# [below](#What-training-finds).
#
# *(A good place to stop.)*

# %% [markdown]
# ## Deeper
#
# Nothing stops us from feeding the features of one layer to a next one. Of $L$ layers all but the last bend:
#
# $$ \begin{gathered} h_0 = x, \qquad z_l = h_{l-1} W_l + b_l, \quad h_l = \psi(z_l) \quad (l = 1, \dots, L - 1), \\
#    f = h_{L-1} W_L + b_L . \end{gathered} $$
#
# This is **forward propagation**. (Where a text lets the loop run to $L$ and then computes $f$ as well, that is one layer
# too many.) $W_l$ has shape (width of layer $l - 1$, width of layer $l$). Every unit sees the whole layer before it, so the
# network is **fully connected**. Layers may differ in width and in activation, and there may be several outputs.
#
# **Predict** for the network in the next picture, with three inputs, hidden layers of 4 and 3 units, and two outputs: what are
# the shapes of its three matrices, and how many numbers has $\theta$?
# <!-- predict size_of_theta
# first matrix = (3, 4)
# second = (4, 3)
# third = (3, 2)
# numbers in θ = 39
# -->

# %%
figures.xor.deep_network()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# `(3, 4)`, `(4, 3)` and `(3, 2)`, with $12 + 12 + 6$ weights, and $4 + 3 + 2$ biases: 39 numbers.
# </details>
#
# A network is a **composition of functions** with parameters, one function for each layer, each of them differentiable
# almost everywhere (the ReLU has a kink at 0, a single point). **Deep learning** is this idea on a large scale: functions
# with parameters, nonlinear, stacked into a hierarchy in which each layer builds on the features of the one below, and all
# of it fitted to data by following the slope of a loss ([notebook 07](../07_training/training.ipynb)). What is known about
# the problem, for example that a shifted image shows the same thing, goes into the form of the layers.

# %% [markdown]
# In all of this information flows one way, from the input to the output: the network is *feedforward*. With a loop in the
# graph, a unit's output comes back as an input a moment later, and the network is *recurrent*. Brains are full of such
# loops. To train one, it is **unrolled in time**: one copy of the network for each moment, all with the same weights, and
# the loop becomes an ordinary stack of layers. Try it on a single unit with weight $w$ to itself, which hears
# $x_1, x_2, x_3$ one after the other:

# %%
w, heard = 0.8, [1.0, -0.5, 2.0]
memory = 0.0
for x in heard:  # the loop
    memory = np.tanh(w * memory + x)
unrolled = np.tanh(w * np.tanh(w * np.tanh(0.0 + heard[0]) + heard[1]) + heard[2])  # three layers
print(f"with a loop {memory:.6f}, unrolled into three layers {unrolled:.6f}")

# %% [markdown]
# The letters of this section are not the only ones in use. If you read another book beside this course, look into
# [Letters in other books](#Letters-in-other-books) at the end.

# %% [markdown]
# ## What training finds
#
# Back to the four corners $(0,0), (0,1), (1,0), (1,1)$. Two ReLUs, $\psi(z) = \max(0, z)$, are enough to represent XOR:
#
# $$ f(x) = \max(0,\, x_1 + x_2) \;-\; 2 \max(0,\, x_1 + x_2 - 1) \;-\; \tfrac12 . $$

# %%
corners, labels = data.xor_corners()
total = corners.sum(axis=1)
f = np.maximum(0, total) - 2 * np.maximum(0, total - 1) - 0.5
print("logits:", f, " decisions:", (f > 0).astype(int), " labels:", labels)

# %% [markdown]
# So a solution *exists*. The next cell trains networks on the four corners from random starts (all
# weights and biases drawn from a normal distribution with mean 0 and variance 1), 200 for each width and activation, by 3,000
# steps of gradient descent with learning rate 0.5, and counts how many end with all four corners right. It takes about ten
# seconds; the bar shows the progress.
#
# **Predict:** which percentage of the networks with *two* ReLUs succeed? With eight? And which activation finds XOR most
# often with two units?
# <!-- given 200, 3,000, 0.5 -->
# <!-- predict chance_to_find_xor
# two ReLUs succeed = 22.5 % ± 8 %
# eight ReLUs = 94.5 % ± 6 %
# two units, most often: ReLU | tanh | *sigmoid
# -->

# %%
figures.xor.success_rates()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Two ReLUs find XOR in 22.5 % of the runs, eight in 94.5 %. Two tanh units succeed in 49.5 %, two sigmoid units in 67 %;
# with eight, both succeeded in every run. (The bars are 95 % confidence intervals: with 200 runs a measured rate is
# uncertain by up to 7 points.)
# </details>
# <!--
# 22.5 % = experiments.xor.success_rate(2, "relu")
# 94.5 % = experiments.xor.success_rate(8, "relu")
# 49.5 % = experiments.xor.success_rate(2, "tanh")
# 67 % = experiments.xor.success_rate(2, "sigmoid")
# both succeeded in every run: experiments.xor.success_rate(8, "tanh") == experiments.xor.success_rate(8, "sigmoid") == 1
# by up to 7 points: 0.06 < experiments.xor.wilson_interval(np.array([100]), 200)[1][0] - 0.5 < 0.07
# given 95 %, 200
# -->

# %% [markdown]
# Why does a network that *can* solve the problem fail to? One way for a ReLU to get stuck can be seen without an
# experiment: if its sum is negative at all four corners, its output is 0 there, and so is its slope. No step ever moves its
# weights again. It is **dead**, and a network with two units can't spare one.
#
# The experiment agrees: of the runs with two ReLUs that failed, 79 % ended with a dead unit, of those that succeeded none.
# With eight ReLUs, 95 % of the runs that *succeeded* had a dead unit as well. They had enough others.
# <!--
# 79 % = experiments.xor.with_silent_unit(2, False).mean()
# of those that succeeded none: experiments.xor.with_silent_unit(2, True).mean() == 0
# 95 % = experiments.xor.with_silent_unit(8, True).mean()
# -->

# %% [markdown]
# What are the other 21 % like? And how can tanh and sigmoid units fail, which have a slope everywhere? Suppose a network
# gives two corners of different classes one and the same probability, and is surely right about the other two.
# <!-- 21 % = 1 - experiments.xor.with_silent_unit(2, False).mean() -->
#
# **Predict:** which probability is best for the two, and what is then the mean loss of the four corners?
# <!-- predict two_for_one
# best probability = 0.5
# mean loss = 0.347 ± 0.01
# -->

# %%
figures.xor.where_runs_end()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $\tfrac12$, a shrug at two of the four corners: $\tfrac12 \log 2 \approx 0.347$. Three corners taken for one cost at least
# 0.477, all four $\log 2$. The numbers in the picture count the runs.
# </details>
# <!--
# 0.347 = experiments.xor.shared_losses()[1]
# 0.477 = experiments.xor.shared_losses()[2]
# all four $\log 2$: near(experiments.xor.shared_losses()[3], f"{np.log(2):.3f}")
# -->

# %% [markdown]
# All 322 failed runs with two units end within 0.041 of one of these three losses. Few are on their way: after ten times
# as many steps 318 of them still fail. Why does no slope lead on?
#
# - **ReLUs.** In 78 of the 155 failures (13 of them without a dead unit) each unit is on at all four corners or at none:
#   there the network is linear, and can only shrug. In the other 77 (20 of them without) there are two or three corners at
#   which no unit is on. They all get the logit $b_2$, and no slope from them reaches the hidden weights.
# - **tanh and sigmoid.** Where corners are taken for one the units are nearly flat, with slopes below 0.02. At each of the
#   other corners some unit has a slope above 0.11, but there the answer is nearly right, and little
#   pulls. (One sigmoid run is different: it shrugs at all four.)
# <!--
# All 322 failed runs: sum((~experiments.xor.corner_runs(2, name, 200, 3000, 0.5)[0]).sum() for name in experiments.xor.TRIED) == 322
# within 0.041: near(max(np.abs(experiments.xor.final_losses(name)[:, None] - experiments.xor.shared_losses()).min(axis=1).max() for name in experiments.xor.TRIED), "0.041")
# 318 = sum(experiments.xor.still_failed(name, 10) for name in experiments.xor.TRIED)
# 78 = experiments.xor.straight_failures().sum()
# 155 = len(experiments.xor.straight_failures())
# 13 = (experiments.xor.straight_failures() & ~experiments.xor.with_silent_unit(2, False)).sum()
# 20 = (~experiments.xor.straight_failures() & ~experiments.xor.with_silent_unit(2, False)).sum()
# there the network is linear: (experiments.xor.shared_corners("relu") == 4).sum() == experiments.xor.straight_failures().sum()
# 77 = (~experiments.xor.straight_failures()).sum()
# two or three corners: set(experiments.xor.unlit_corners()[~experiments.xor.straight_failures()]) == {2, 3}
# below 0.02: max(experiments.xor.slopes_of_failures(name, True).max() for name in ("tanh", "sigmoid")) < 0.02
# above 0.11: min(experiments.xor.slopes_of_failures(name, False).min() for name in ("tanh", "sigmoid")) > 0.11
# One sigmoid run: (experiments.xor.shared_corners("sigmoid") == 4).sum() == 1 and not (experiments.xor.shared_corners("tanh") == 4).any()
# -->

# %% [markdown]
# And why do two sigmoids succeed more often than two tanhs? Since $\sigma(z) = \tfrac12 (1 + \tanh \tfrac z2)$, a sigmoid is a
# tanh of half the sum. The same random start takes a tanh twice as far out, towards where it is flat. With the weights
# and biases of the first layer drawn half as large, two tanh units succeed in 65 % of the runs; a tenth as large, in 94.5 %.
# How large to begin is the question of [notebook 06](../06_initialization/initialization.ipynb).
# <!--
# 65 % = experiments.xor.success_rate(2, "tanh", 0.5)
# 94.5 % = experiments.xor.success_rate(2, "tanh", 0.1)
# a tanh of half the sum: np.allclose(1 / (1 + np.exp(-np.arange(-9, 9))), (1 + np.tanh(np.arange(-9, 9) / 2)) / 2)
# -->

# %% [markdown]
# Keep two questions apart whenever you hear what a network can do: *is there* a setting of the weights, and *does training
# find* it? The theorem of the next notebook is an impressive answer to the first. It says nothing about the second.

# %% [markdown]
# ## A playground
#
# Now play. Choose a data set, a network and a learning rate, and press *Train*; the same button stops, *Step* makes one
# step, *Start again* goes back to step 0, and the slider *step* to any of the first 5,000, backwards too (as far as your last
# change on the way). The large picture shows the probability of class 1. The small ones show the value of each hidden unit
# over the same plane (orange positive, blue negative; of a sigmoid, above and below $\tfrac12$); the second layer is made
# of the pictures of the first. A click on the large picture paints an example of the
# class that *paint* names; a click on an edge of the network puts its weight on the slider below. *Keep beside* keeps the loss
# and the boundary of a run while you train others. Two controls can wait for [notebook 07](../07_training/training.ipynb): *noise*
# scatters the examples, and *weight decay* pulls all weights towards 0. The sentence under the pictures also tells how the
# network does on new examples, on which it was not trained. (The idea is that of the
# [TensorFlow Playground](https://playground.tensorflow.org).)
# <!-- given 5,000 -->

# %% [markdown]
# **Predict** first, each time:
#
# 1. The four clusters with no hidden layer; and with three layers of eight units and the activation *none (linear)*: which
#    does better?
# 2. The ring with one hidden layer of tanh units, learning rate 1: what is the least number of units that can enclose the disc?
# 3. The four clusters with sigmoids, four units in each layer: what changes from one hidden layer to three? And with tanh?
# 4. The spirals with ReLUs, three layers of eight: learning rates 0.1 and 3.
# <!-- given 0.1 -->
# <!-- predict first_games
# no hidden layer, or three linear ones: no hidden layer is better | three are better | *no difference
# units that enclose the disc = 3
# sigmoids, three layers instead of one: better | as good | *nothing is learned
# tanh, examples right with three layers instead of one: more | *as many | no more than a shrug
# spirals at rate 3: faster and as good | *gets stuck and ends worse | no different
# -->

# %% explorer
explorers.playground()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. Both end at 50.5 % and a loss of 0.693, the shrug: without a bend three layers are one.
# 2. Three. Two lines can't enclose anything, and two units end at 84 %; three form a triangle, and end at 100 %.
# 3. One hidden layer of sigmoids reaches 95.5 % in 5,000 steps, three fall to 0.693 within 20 steps and stay there. With tanh
#    one layer and three both reach 100 %. What happens to the slopes on their way through sigmoids is the subject of
#    [notebook 06](../06_initialization/initialization.ipynb).
# 4. With 0.1 the loss comes down to 0.034, with a few jumps on the way. With 3 it gets stuck, between 0.45 and 0.51 from step
#    500 on, and ends at 0.472, with 11 of the 24 ReLUs dead; with 0.1 only the one that was dead at the start. A long step
#    can throw a unit beyond all examples.
#
# (Seed 0 everywhere, from step 0 each time, and learning rate 0.3 where no other is named. Try others!)
# </details>
# <!--
# 50.5 % = experiments.xor.played("four clusters (XOR)", (2, 8, 8, 8, 1), "identity", 0.3)[0]
# 0.693 = experiments.xor.played("four clusters (XOR)", (2, 1), "identity", 0.3)[1]
# 84 % = experiments.xor.played("ring around a disc", (2, 2, 1), "tanh", 1.0)[0]
# 100 % = experiments.xor.played("ring around a disc", (2, 3, 1), "tanh", 1.0)[0]
# 95.5 % = experiments.xor.played("four clusters (XOR)", (2, 4, 1), "sigmoid", 0.3)[0]
# three fall to 0.693: near(experiments.xor.played("four clusters (XOR)", (2, 4, 4, 4, 1), "sigmoid", 0.3)[1], "0.693")
# within 20 steps: max(experiments.xor.played_run("four clusters (XOR)", (2, 4, 4, 4, 1), "sigmoid", 0.3).losses[20:]) < 0.6935
# one layer and three both: all(experiments.xor.played("four clusters (XOR)", sizes, "tanh", 0.3)[0] == 1 for sizes in ((2, 4, 1), (2, 4, 4, 4, 1)))
# 0.034 = experiments.xor.played("two spirals", (2, 8, 8, 8, 1), "relu", 0.1)[1]
# a few jumps: 0 < (np.diff(experiments.xor.played_run("two spirals", (2, 8, 8, 8, 1), "relu", 0.1).losses) > 0.1).sum() < 10
# between 0.45 and 0.51 from step: all(0.45 < loss < 0.51 for loss in experiments.xor.played_run("two spirals", (2, 8, 8, 8, 1), "relu", 3.0).losses[500:])
# 11 = len(experiments.xor.dead_in_playground("two spirals", (2, 8, 8, 8, 1), 3.0))
# only the one that was dead at the start: len(experiments.xor.dead_in_playground("two spirals", (2, 8, 8, 8, 1), 0.1)) == 1 and experiments.xor.dead_in_playground("two spirals", (2, 8, 8, 8, 1), 0.1) == experiments.xor.dead_in_playground("two spirals", (2, 8, 8, 8, 1), 0.1, 0)
# 0.472 = experiments.xor.played("two spirals", (2, 8, 8, 8, 1), "relu", 3.0)[1]
# given 5,000, 0.1, 0.3, 24, 500
# -->

# %% [markdown] question="two_hidden_units" points=4
# ### Question: ten runs and a verdict (4 points, read by a person)
#
# A colleague trains a network with two hidden ReLUs on the four XOR corners, from 10 random starts. Two runs succeed. She
# concludes: "Two ReLUs are too few to represent XOR. The two successes were luck." To be on the safe side she then builds a
# network with five hidden layers of 100 units each, leaves out the activation functions "to keep it fast", and leaves out
# the bias of the output "because there are so many weights already". (The biases of the hidden layers stay.)
# <!-- given 100 -->
#
# 1. Does her conclusion follow from her experiment? What would settle the question?
# 2. Her rate is 2 of 10. Compare it with the experiment above: is it surprising? What does she need in order to say more?
# 3. What can her large network compute, and what is the best result it can have on the four corners $(0,0), (0,1), (1,0),
#    (1,1)$?
# 4. Which one change would you make to her small network so that training succeeds more often, and on what evidence?
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points, one for each part.
#
# - 1: it does not follow; even *one* success proves that two ReLUs can represent XOR, because that run *is* a setting of the
#   weights. Writing down weights settles it, for example max(0, x1 + x2) - 2 max(0, x1 + x2 - 1) - 1/2. (Half a point
#   for "no" with "training may fail although a solution exists", without the successes or explicit weights as proof.)
# - 2: not surprising: the measured rate is 22.5 %, and with 10 runs the 95 % interval around 2 of 10 reaches from about 6 % to
#   about 51 %. She needs many more runs (200 give an interval of about 6 points to either side).
# - 3: without activations it collapses to one matrix (half a point). A linear unit gets at most three of four corners, 75 %.
#   75 % can be reached: by the biases of the hidden layers, which still arrive at the output, or by $x_1 + x_2$ without any,
#   whose sum of 0 at (0, 0) counts as class 0 (half a point for 75 % with a reason).
# - 4: more hidden units (eight: 94.5 %), or tanh or sigmoid units instead of ReLUs (49.5 % and 67 % with two units), quoted
#   from the measured rates. Several restarts and keeping the best run is a fine answer, too.
# <!--
# 22.5 % = experiments.xor.success_rate(2, "relu")
# 94.5 % = experiments.xor.success_rate(8, "relu")
# 49.5 % = experiments.xor.success_rate(2, "tanh")
# 67 % = experiments.xor.success_rate(2, "sigmoid")
# about 6 %: near(experiments.xor.wilson_interval(np.array([2]), 10)[0][0], "6 %")
# about 51 %: near(experiments.xor.wilson_interval(np.array([2]), 10)[1][0], "51 %")
# about 6 points: near(experiments.xor.wilson_interval(np.array([45]), 200)[1][0] - 0.225, "0.06")
# given 95 %, 200, 75 %
# -->
#
# **Model answer.**
#
# It does not follow: each of her two successes *is* a setting of two ReLUs that represents XOR. Weights settle it, for
# example max(0, x1 + x2) - 2 max(0, x1 + x2 - 1) - 1/2, which is positive at exactly the two right corners.
#
# A rate of 2 in 10 is no surprise. Above, 22.5 % of the runs with two ReLUs succeed, and the interval for 2 of 10 reaches
# from about 6 % to about 51 %. With a few hundred runs she could say more.
#
# Without activations her large network is one matrix and one bias, since the biases of the hidden layers are carried through
# to the output. A line gets at most three of the four corners right, 75 %, and with that bias some line does.
#
# I would give her small network more hidden units and keep the ReLUs: with eight of them 94.5 % of our runs succeeded.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("two_hidden_units")

# %% [markdown]
# ## A starred problem
#
# Without points, and in nobody's way: `progress()` shows a star for it. It is checked as all others are, and the time table
# above leaves it out.
#
# ### Exercise: `parity_net` · hard · 25 minutes · ★
#
# XOR asks whether the number of ones among two bits is odd. Ask it of $d$ bits: $x$ has $d$ entries that are 0 or 1, and the
# class is 1 where their sum is odd. Change one bit anywhere, and the class changes: $d - 1$ of the bits tell
# nothing about it.
#
# Build a network with one hidden layer of **threshold units**, which are 1 where $z > 0$ and 0 elsewhere, and such a unit at
# the end. Return `(W1, b1, w2, b2)` with shapes `(d, m)`, `(m,)`, `(m,)` and a number, for $d \ge 1$ and with $m \le d$ units,
# such that
#
# ```
# h = X @ W1 + b1 > 0
# y = h @ w2 + b2 > 0
# ```
#
# is the right class at all $2^d$ corners. Any parameters that do it pass.
#
# **Predict:** how many of the hidden units are on, in your network, where three bits are?
# <!-- predict units_that_are_on: text -->
#
# <details><summary><b>Compare</b></summary>
#
# In the shortest solution that we know three, and they count with different signs. If yours has another number: how does it work?
#
# </details>
#
# There are two hints.


# %% exercise="parity_net" starred=true
def parity_net(d):
    """A network of threshold units that tells whether an odd number of d bits is 1.

    Returns (W1, b1, w2, b2) with at most d hidden units.
    """
    ### BEGIN SOLUTION
    k = np.arange(1, d + 1)  # unit k is on from k ones on
    return np.ones((d, d)), 0.5 - k, np.where(k % 2 == 1, 1.0, -1.0), -0.5
    ### END SOLUTION


# %%
check(parity_net)

# %% [markdown]
# ## What you can say now
#
# - The sigmoid turns log-odds into a probability; the negative log-likelihood of a coin is the cross-entropy, and its slope is
#   $p - y$.
# - Compute losses from logits: squashed numbers have forgotten what you need.
# - A model $\sigma(w \cdot \varphi(x) + b)$ bends in $x$ and its logit is linear in $w$ and $b$, so its loss has one
#   valley. With the features made by hand it needs its bias for XOR.
# - Layers without a bend between them are one layer.
# - $F = \sigma(X W_1 + b_1) W_2 + b_2$: the hidden layer is a set of features that are learned, end to end, on a loss that
#   is no longer convex.
# - Two ReLUs can represent XOR, and training found it in 22.5 % of the runs. With more units it succeeded more often. The runs
#   with two units that failed took corners of both classes for one.
# <!-- 22.5 % = experiments.xor.success_rate(2, "relu") -->
#
# Next, in [notebook 03](../03_relu_splines/relu_splines.ipynb): *which* functions can such a network come close to? Nearly
# all, and you will build the proof.
# <!-- recall
# σ(0) = 0.5
# the largest slope of σ = 0.25
# loss at the start of a training from zeros, two classes = 0.693 ± 0.01
# gradient of cross-entropy by one logit: *σ(z) − y | y − σ(z) | (σ(z) − y) σ′(z) | log σ(z)
# ten linear layers without a bend can: solve XOR | *do what one can
# W1 for 3 inputs and 4 hidden units = (3, 4)
# numbers in θ for layers of 2, 3, 1 units, with biases = 13
# loss for y = 0 at z = 10,000 = 10,000 ± 1
# sigmoid of y, in one expression with np: code 1 / (1 + np.exp(-y))
# -->

# %% [markdown]
# ## Letters in other books
#
# *(An appendix, for when you read another book; nothing later needs it.)* In this course an example is a *row*, as in
# NumPy. Many books write it as a *column* and transpose all matrices: $W^{(l)}$ has shape (width of layer $l$,
# width of layer $l - 1$), its entry $w^{(l)}_{i,j}$ is the weight *to* unit $i$ *from* unit $j$, and a layer is
# $z^{(l)} = W^{(l)} h^{(l-1)} + b^{(l)}$.
#
# | written as | one example is | first matrix has shape |
# |---|---|---|
# | $\sigma(X W_1 + b_1)\, W_2 + b_2$, this course | a row of $X$ | (inputs, hidden) |
# | $Z_{i+1} = \sigma_i(Z_i W_i + b_i)$, $Z_1 = X$, layer by layer | a row of $Z_i$ | (inputs, hidden) |
# | $W_2^\top \sigma(W_1^\top x)$, biases left out or folded in | a column $x$ | (inputs, hidden) |
# | $w^\top \psi(\Theta x)$, row $j$ of $\Theta$ is $\theta_j$, the weights of unit $j$ | a column $x$ | (hidden, inputs) |
# | $W^{(2)} \psi(W^{(1)} x + b^{(1)}) + b^{(2)}$ | a column $x$ | (hidden, inputs) |
# | $a_L = h_L \circ \dots \circ h_1(x)$, read from right to left | an argument | (inside $h_1$) |
#
# In the second line $i$ counts layers; in the last one $h_1, \dots, h_L$ are functions, not values. What flows between the
# layers has several names as well: *hidden layer*, *activations*, *neurons* or *features*; and so has the network:
# *multilayer perceptron*, *feedforward* or *fully connected network*.
#
# **Predict:** three layers for rows have the matrices of shape `(3, 4)`, `(4, 3)`, `(3, 2)`. What are their shapes for columns?
# <!-- predict columns
# first = (4, 3)
# second = (3, 4)
# third = (2, 3)
# -->

# %%
Ws = [rng.normal(size=shape) for shape in ((3, 4), (4, 3), (3, 2))]  # for rows
bs = [rng.normal(size=width) for width in (4, 3, 2)]
bends = [np.tanh, expit]  # one activation for each hidden layer
batch = rng.normal(size=(5, 3))

H = batch
for W, b, psi in zip(Ws, bs, bends):  # the hidden layers: L - 1 of them
    H = psi(H @ W + b)
F = H @ Ws[-1] + bs[-1]  # (5, 2), and no bend at the end

for x, f in zip(batch, F):
    h = x[:, None]  # a column
    for W, b, psi in zip(Ws, bs, bends):
        h = psi(W.T @ h + b[:, None])
    assert np.allclose(Ws[-1].T @ h + bs[-1][:, None], f[:, None])
print("rows and columns agree on all", len(batch), "examples")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Transposed: `(4, 3)`, `(3, 4)`, `(2, 3)`.
# </details>

# %%
progress()
