# %% [markdown]
# # 04 · Derivatives on a graph
#
# A network learns by moving every weight a little downhill. For that it must know, for *each* weight, which way is down:
# a derivative for every one of perhaps millions of numbers, thousands of times. This notebook is about getting them right,
# and getting them cheaply. When you have worked through it you can
#
# - name four ways to a derivative, say what each one costs, and use one of them to check another,
# - choose the step of a difference quotient, and say where it fails,
# - walk through any expression forwards and backwards, with numbers on every edge,
# - read a Jacobian as a linear map, and never build one where a product with it is enough,
# - write a class `Value` that differentiates whatever you compute with it, and train a network with it.
#
# **Time** about 4 ½ hours, in five sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 42 |
# | 2 | [Forwards, and back again](#Forwards,-and-back-again) | 56 |
# | 3 | [From numbers to vectors](#From-numbers-to-vectors) | 49 |
# | 4 | [Elementwise functions, and the softmax](#Elementwise-functions,-and-the-softmax) | 40 |
# | 5 | [A graph that differentiates itself](#A-graph-that-differentiates-itself) | 64 (40 of them for one exercise; pause before it), and 15 for the question |
#
# **You need** derivatives and the chain rule for functions of one number, partial derivatives, Taylor series up to the
# third derivative, matrix products, determinants of $2 \times 2$ matrices, Python classes, and networks of ReLUs
# from [notebook 03](../03_relu_splines/relu_splines.ipynb).
#
# **How it works.** As before: where it says `raise NotImplementedError()` you write code, the cell below it checks your
# answer, `hint("name")` nudges, `progress()` shows what is next. Where it says **Predict**, give your guess
# before you go on, and unfold *Compare* afterwards. Where it says **Your turn**, fill in the cell; it tests itself.
# Your functions are given arrays of floats or of whole numbers, unless the text says which.

# %% setup
import time
from itertools import pairwise

import numpy as np

from autograde import check, hint, letters, predict, progress, recall, review, solution
from mlp_reference import data
from mlp_reference.viz import explorers, figures, plots, style

rng = np.random.default_rng(4)

# %%
letters(4)

# %% [markdown]
# **Two minutes first:** five short things from earlier notebooks, what you missed among them. They are checked, and cost nothing.

# %%
recall(4)

# %% [markdown]
# ## Four ways to a derivative
#
# Let $E(w)$ be the loss of a network, a single number, as a function of all its weights: the array $w$ with
# $\lvert w \rvert$ numbers (here the bars count). The **gradient** $\nabla E$ has the shape of $w$, and each entry answers one question: if
# *this* weight grew by a tiny amount, and no other, by how many times that amount would the loss grow?
#
# | way | idea | trouble |
# |---|---|---|
# | by hand | derive a formula on paper, program it | tedious, easy to get wrong, and again for each new network |
# | numeric | nudge each weight, look at the loss | one evaluation or two for *each* weight, and only nearly right |
# | symbolic | let a program derive the formula | the formula may be far longer than the function |
# | automatic | differentiate the *computation*, step by step | from the end back, every step must be remembered, which takes memory |
#
# Networks are trained with the last one, and this notebook builds it. The others are its rivals, and the second one is its
# judge.

# %% [markdown]
# ## Nudging
#
# The derivative of $f$ at a number $x$ is a limit, so a small step $\varepsilon$ in place of the limit gives an
# approximation. There are two candidates, the **one-sided** and the **central** difference,
#
# $$ \frac{f(x + \varepsilon) - f(x)}{\varepsilon} \qquad\text{and}\qquad
#    \frac{f(x + \varepsilon) - f(x - \varepsilon)}{2 \varepsilon} . $$
#
# (Do not forget to divide by $\varepsilon$: the numerator alone tends to 0 for every continuous $f$.)

# %% [markdown]
# How far off are they? Write the Taylor series of $f$ at $x$, to the right and to the left:
#
# $$ f(x \pm \varepsilon) = f \pm \varepsilon f' + \frac{\varepsilon^2}{2} f'' \pm \frac{\varepsilon^3}{6} f''' + \dots $$
#
# and insert it into both quotients:
#
# $$ \begin{aligned} \frac{f(x + \varepsilon) - f(x)}{\varepsilon} &= f' + \frac{\varepsilon}{2} f'' + \dots, \\
#    \frac{f(x + \varepsilon) - f(x - \varepsilon)}{2 \varepsilon} &= f' + \frac{\varepsilon^2}{6} f''' + \dots \end{aligned} $$
#
# In the second one the even terms cancel. What is left over beside $f'$, measured for $f = \exp$ (all its derivatives
# are $\exp$ again):

# %%
x = rng.uniform(0, 1)
for step in (1e-1, 1e-2, 1e-3):
    one_sided = (np.exp(x + step) - np.exp(x)) / step
    central = (np.exp(x + step) - np.exp(x - step)) / (2 * step)
    left_over = (one_sided - np.exp(x), central - np.exp(x))
    predicted = (step / 2 * np.exp(x), step**2 / 6 * np.exp(x))
    for name, found, theory in zip(("one-sided", "central"), left_over, predicted):
        print(f"step {step:5}, {name:9}: left over {found:.2e}, predicted {theory:.2e}")

# %% [markdown]
# These errors come from cutting the series off: **truncation**. They shrink with the step. So is the smallest step the
# best?
#
# **Predict:** a Python float has about 16 digits. What is left of $f(x + \varepsilon) - f(x - \varepsilon)$ for
# $\varepsilon = 10^{-15}$? Which $\varepsilon$ would you choose for the central difference? And sketch its error against
# $\varepsilon$, both axes logarithmic.
# <!-- given 10^{-15} -->
# <!-- predict best_step
# digits left at ε = 10⁻¹⁵: *at most one | about eight | sixteen
# a good ε = 1e-5 × 30
# draw log₁₀ of the error over log₁₀ ε, x -15 to 0, y -12 to 2: np.maximum(2 * x, -16 - x)
# -->

# %%
figures.graphs.step_errors()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# A letter V. On its right side truncation rules, with slope 1 for the one-sided difference and 2 for the central one.
# On its left side it is **round-off**: each value of $f$ is rounded to 16 digits, an error of about
# $10^{-16} \lvert f \rvert$, and it is divided by $\varepsilon$. The less the two values differ, the fewer of their
# digits survive the subtraction. For $\exp$ at 1 and $\varepsilon = 10^{-15}$ they differ by about a dozen
# units in their last place: of $f(x + \varepsilon) - f(x - \varepsilon)$ at most one digit is left.
#
# </details>
# <!--
# given 10^{-16}, 10^{-15}
# about a dozen: 10 < (np.exp(1 + 1e-15) - np.exp(1 - 1e-15)) / np.spacing(np.exp(1)) < 14
# -->

# %% [markdown]
# **The best step** is about where both errors are equal. For the one-sided difference that is $\varepsilon \approx
# 10^{-16} / \varepsilon$, so $\varepsilon \approx 10^{-8}$, with 8 good digits. For the central one it is
# $\varepsilon^2 \approx 10^{-16} / \varepsilon$, so about $10^{-5}$, with 10 or 11. That is why `eps=1e-5` is a common
# choice.
# <!--
# given 10^{-16}
# 10^{-8}: 3e-9 < experiments.graphs.best_steps(1.0)[0][0] < 3e-8
# 8 good digits: 1e-9 < experiments.graphs.best_steps(1.0)[0][1] < 1e-8
# 10^{-5}: 1e-6 < experiments.graphs.best_steps(1.0)[1][0] < 3e-5
# 10 or 11: 1e-11 < experiments.graphs.best_steps(1.0)[1][1] < 1e-10
# -->

# %% [markdown]
# The right picture shows two ways to fail.
#
# - In **single precision** (`float32`, 7 digits) round-off is about half a billion times larger: the best step is near
#   $10^{-2.5}$, and with $10^{-8}$ nothing is left, because $1 + 10^{-8}$ *is* 1.
# - Beside a **kink**, here of $\operatorname{relu}(x) = \max(x, 0)$ at $x = 0.001$, one of the two places lies on the
#   other side as soon as $\varepsilon > 0.001$: the quotient mixes both slopes. At $\varepsilon = 0.002$ it says
#   $\tfrac34$ where the derivative is 1, and for wider steps it tends to $\tfrac12$. So an unlucky example in a network of
#   ReLUs can raise a false alarm in an honest gradient check. (For small steps this curve lies about three decades
#   below that of exp in double precision: values near 0.001 are rounded a thousand times finer than values near 1.)
#
# <!--
# given 0.001, 0.002
# a thousand times finer: 500 < np.spacing(1.0) / np.spacing(0.001) < 2000
# with $10^{-8}$ nothing is left: np.float32(1) + np.float32(1e-8) == 1
# half a billion times: 4.5e8 < np.finfo(np.float32).eps / np.finfo(float).eps < 6e8
# 10^{-2.5}: 1e-3 < experiments.graphs.best_steps(np.float32(1))[1][0] < 1e-2
# $\tfrac34$: abs((max(0.001 + 0.002, 0) - max(0.001 - 0.002, 0)) / 0.004 - 0.75) < 1e-9
# -->

# %% [markdown]
# ### Exercise: `numeric_grad` · medium · 12 minutes
#
# Approximate the gradient of a scalar function `f` at the array `x` by **central** differences, one entry at a time, with
# the step `eps`.
#
# - `x` has any shape, even `()`; the result has the same shape. `f` takes an array of the shape of `x` and returns a
#   number.
# - An `x` of integers stands for the same numbers as floats: the result is an array of floats.
# - After the call the caller's `x` holds what it held before. You may nudge it and put it back, or work on a copy.
# - An `x` of `float32` may stay what it is. As `float64` it keeps more digits.
#
# **Predict:** how many times is `f` called for an `x` of shape `(3, 4)`?
# <!-- predict calls_of_f: calls = 24 -->
#
# <details><summary><b>Compare</b></summary>
#
# 24 times: twice for each of the 12 entries.
# </details>

# %% [markdown]
# Stuck? Run `hint("numeric_grad")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="numeric_grad"
def numeric_grad(f, x, eps=1e-5):
    """The gradient of the scalar function f at x by central differences, one entry at a time.

    x: an array of any shape, unchanged afterwards.  Returns floats of the same shape.
    """
    ### BEGIN SOLUTION
    nudged = np.array(x, dtype=float)
    grad = np.zeros(nudged.shape)
    for j in np.ndindex(nudged.shape):
        centre = nudged[j]
        nudged[j] = centre + eps
        above = f(nudged)
        nudged[j] = centre - eps
        grad[j] = (above - f(nudged)) / (2 * eps)
        nudged[j] = centre
    return grad
    ### END SOLUTION


# %% test="numeric_grad" points=3
check(numeric_grad)
### BEGIN HIDDEN TESTS
check(numeric_grad, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Your function asks about one entry after the other. A relative of it asks about *one direction* $v$, an array of the
# shape of $x$: how fast does $f$ change when $x$ moves along $v$? That needs two evaluations, however many entries $x$
# has, and it works for functions with any number of outputs.
#
# It also **tests a gradient**: if $\nabla E$ is right, the slope along $v$ is the sum over all entries,
# $\nabla E \cdot v$, for *every* $v$. One random $v$ touches all entries at once, and a wrong entry almost never goes
# unnoticed. For $E(x) = x_1^2 x_2$:


# %%
def slope_along(f, x, v, step=1e-5):
    """How fast f changes when x moves along v."""
    return (f(x + step * v) - f(x - step * v)) / (2 * step)


x, v = rng.normal(size=2), rng.normal(size=2)
gradient = np.array([2 * x[0] * x[1], x[0] ** 2])
print(f"gradient times v {gradient @ v:.8f}")
print(f"slope along v    {slope_along(lambda x: x[0] ** 2 * x[1], x, v):.8f}")

# %% [markdown]
# ### The price
#
# A forward pass of one example touches every weight once, so it costs about $\lvert w \rvert$ operations. Nudging *each* weight needs
# $2 \lvert w \rvert$ forward passes: a number of operations that grows like $\lvert w \rvert^2$, written
# $O(\lvert w \rvert^2)$. **Back-propagation**, the subject of this notebook and the next, visits every weight once forwards
# and once backwards, $O(\lvert w \rvert)$, for the *whole* gradient.
#
# **Predict:** for a million weights, which is a small network, how long does a gradient take by nudging? And by
# back-propagation? (The figure measures forward and backward passes of networks with two hidden layers on 16 examples,
# on one core of your machine. Of the passes for a million weights one is measured, and multiplied.)
# <!-- predict price_of_nudging
# by nudging: a second | a minute | *half an hour or more
# by back-propagation: *milliseconds | seconds | minutes
# -->

# %%
figures.graphs.gradient_cost()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# On the machine of the author half an hour or more against some milliseconds. The slopes come near 2 and 1 for large
# networks only: for small ones Python's own overhead, the same for every call, flattens both curves. Training takes
# thousands of gradients. So nudging is for *checking* gradients on small examples, where it is hard to beat: it needs
# no idea of how $f$ works inside.
#
# </details>

# %% [markdown]
# ## Letting a program derive the formula
#
# SymPy does on a computer what you do on paper. Take an example that will stay with us for a while,
#
# $$ f(x) = \frac{2}{\sin(e^{-x})} . $$

# %%
import sympy

symbol = sympy.Symbol("x")
toy = 2 / sympy.sin(sympy.exp(-symbol))
sympy.diff(toy, symbol)

# %% [markdown]
# Exact, for all $x$ at once. Now nest a small function into itself, as a deep network nests its layers:
# $y_0 = x$ and $y_{l+1} = 4 y_l (1 - y_l)$. Each layer is three operations. If you compute $y_l$ and its derivative
# side by side, each layer costs four more, because $y_l$ is there already: $y_{l+1}' = 4\,(1 - 2 y_l)\, y_l'$. What
# does the *formula* cost?
#
# **Predict:** by which factor does the number of operations in the formula of the derivative grow from layer to layer?
# <!-- predict growing_formula: it stays 1 | *it falls towards 2 | it grows and grows -->

# %%
y, swell = symbol, []
print("layers  operations in y  in the formula of y'  side by side")
for layers in range(1, 9):
    y = 4 * y * (1 - y)
    swell.append(sympy.count_ops(sympy.diff(y, symbol)))
    print(f"{layers:6} {sympy.count_ops(y):16} {swell[-1]:21} {7 * layers:13}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# At first by more than 10 and by nearly 4, then by less and less, towards 2: every layer writes the one before down twice, and the derivative
# of the one before, too. Growth by a factor of 2 or more is exponential in the number of layers. This is **expression
# swell**. The terms repeat each other, but a formula has no place to say "this again".
#
# </details>
# <!-- more than 10 and by nearly 4: (lambda c: 10 < c[1] / c[0] < 11 and 3.8 < c[2] / c[1] < 4 and c[-1] / c[-2] < 2.7)(swell) -->

# %% [markdown]
# A second explosion comes from cases. A ReLU has two, so a formula for a network of $m$ ReLUs has to tell up to $2^m$ of
# them apart. The sawtooth of [notebook 03](../03_relu_splines/relu_splines.ipynb), 20 units in ten layers, has 1,024
# pieces, and a formula by cases one line for each. Yet for any *given* $x$ every ReLU is either on or off, and there is
# nothing to tell apart.
# <!--
# 1,024 = 2 ** 10
# 20 units in ten layers: [W.shape[1] for W, b in mlp_reference.sawtooth_net(10)[:-1]] == 10 * [2]
# -->

# %% [markdown]
# Both explosions disappear if we ask for less: not a formula for all $x$, but the derivative at *this* $x$, as a
# number. Then everything that repeats can be kept as a number as well.

# %% [markdown]
# ## Forwards, and back again
#
# *(The second sitting begins here.)*
#
# Take the toy apart into **modules**, each so small that you know its derivative by heart:
#
# $$ a = -x, \qquad b = e^a, \qquad c = \sin b, \qquad d = \frac{2}{c}, \qquad f(x) = d . $$
#
# (In the small graphs of this notebook these letters stand for modules.) Drawn as a **graph**, with an arrow from
# what goes into a module to what comes out, this is a chain. The chain rule says
#
# $$ \underbrace{\frac{\partial f}{\partial x}}_{\text{global}} = \underbrace{\frac{\partial d}{\partial c}}_{\text{local}}
#    \cdot \frac{\partial c}{\partial b} \cdot \frac{\partial b}{\partial a} \cdot \frac{\partial a}{\partial x} . $$

# %% [markdown]
# A **local** derivative concerns one module: how does its output react to its own input? It knows nothing of the rest
# of the graph. A **global** one concerns the output of the whole graph. So the recipe is:
#
# 1. **Forward:** compute $a$, $b$, $c$, $d$ in turn, and *keep them*.
# 2. **Backward:** start at the end with $\partial d / \partial d = 1$. Go back through the modules, and multiply by
#    each local derivative, taken at the value that was kept.
#
# On the way back you get $\partial d / \partial c$, $\partial d / \partial b$ and $\partial d / \partial a$ as well,
# for free.

# %%
figures.graphs.toy_graph(x=-0.5)

# %% [markdown]
# Blue are the values, from left to right. The purple numbers on the arrows are the local derivatives. Each orange number is
# the one to its right times the purple one in between. Check one of them by hand: $\partial d / \partial b$ is the product of
# the two purple numbers to the right of $b$, $-0.07785 \cdot (-2.012) = 0.1566$.
# <!--
# -0.07785 = np.cos(np.exp(0.5))
# -2.012 = -2 / np.sin(np.exp(0.5)) ** 2
# 0.1566 = -2 / np.sin(np.exp(0.5)) ** 2 * np.cos(np.exp(0.5))
# -->
#
# Then let the computer test the number at the left end, in two ways that know nothing of graphs:

# %%
x = -0.5
print(f"nudged: {slope_along(lambda x: 2 / np.sin(np.exp(-x)), x, 1.0):.6f}")
print(f"SymPy:  {float(sympy.diff(toy, symbol).subs(symbol, x)):.6f}")

# %% [markdown]
# ### Find the error
#
# Here is a worked example at $x = -4.499$, with two errors in it:
#
# | forward | backward |
# |---|---|
# | $a = -x = 4.499$ | $\partial a / \partial x = -1$ |
# | $b = e^a = 90$ | $\partial b / \partial a = e^{4.499} = 90$ |
# | $c = \sin b = \sin 90 = 1$ | $\partial c / \partial b = \cos b = \cos 90 = 0$ |
# | $d = 2c = 2$ | $\partial d / \partial c = -2 / c^2 = -2$ |
#
# and from these $\partial f / \partial x = -2 \cdot 0 \cdot 90 \cdot (-1) = 0$.
#
# **Predict:** there is a mistake in the mathematics, and a slip of the pen. Which? Is the derivative positive or
# negative? Then run the cell.
# <!-- predict slip_of_the_pen
# mistake in the mathematics: a lost sign | *degrees for radians | the wrong order
# slip of the pen: text
# the derivative is: positive | *negative | zero
# -->
#
# <!-- given 4.499 -->

# %%
b = np.exp(4.499)
print(f"b = {b:.2f}, sin b = {np.sin(b):.3f}, cos b = {np.cos(b):.3f}")
nudged = slope_along(lambda x: 2 / np.sin(np.exp(-x)), -4.499, 1.0, 1e-7)
print(f"derivative there, by nudging: {nudged:.2f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $\sin 90 = 1$ and $\cos 90 = 0$ are true of 90 **degrees**. The derivative of the sine is the cosine for angles in
# *radians* only, and $b$ is a plain number, not an angle in degrees. In radians $c = \sin 89.93 = 0.924$,
# $\cos b = -0.382$, and the derivative is $-80.39$: not flat at all but steep, since $\sin(e^{-x})$ oscillates fast
# there. The slip of the pen is a lost fraction bar, $d = 2/c$, without which $\partial d / \partial c = -2/c^2$ would
# not fit.
#
# A plot, or one nudge, would have shown the first mistake in a second. Make it a habit.
#
# </details>
# <!--
# 89.93 = b
# 0.924 = np.sin(b)
# -0.382 = np.cos(b)
# -80.39 = nudged
# -->

# %% [markdown]
# ### Exercise: `toy_backward` · easy · 8 minutes
#
# Write both passes for the toy. For a number `x` return `(f, local, df_dx)`: the value, the tuple of the four local
# derivatives from the input on,
# $(\partial a/\partial x,\ \partial b/\partial a,\ \partial c/\partial b,\ \partial d/\partial c)$, and the global
# derivative. The sine takes radians. Write each derivative as its formula.
#
# **Predict:** which of the four local derivatives is the same for all $x$?
# <!-- predict same_for_all_x: *∂a/∂x | ∂b/∂a | ∂c/∂b | ∂d/∂c -->
#
# <details><summary><b>Compare</b></summary>
#
# $\partial a / \partial x = -1$. The other modules are curved, so their slope depends on the place.
# </details>

# %% [markdown]
# Stuck? Run `hint("toy_backward")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="toy_backward"
def toy_backward(x):
    """Value, local derivatives and global derivative of f = 2 / sin(exp(-x)), in radians.

    Modules: a = -x, b = exp(a), c = sin(b), d = 2/c.
    Returns (f, (da/dx, db/da, dc/db, dd/dc), df_dx).
    """
    ### BEGIN SOLUTION
    a = -x
    b = np.exp(a)
    c = np.sin(b)
    d = 2 / c
    local = (-1.0, b, np.cos(b), -2 / c**2)
    return d, local, np.prod(local)
    ### END SOLUTION


# %% test="toy_backward" points=2
check(toy_backward)
### BEGIN HIDDEN TESTS
check(toy_backward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Graphs that fork
#
# With several inputs nothing new happens as long as each has its own path to the output: follow it, and multiply. But
# what if an input is used *twice*? Let $c$ depend on $a_1$ and $a_2$, and both of these on $x$. Move $x$ by a tiny
# $\varepsilon$. Then $a_1$ moves by $\frac{\partial a_1}{\partial x} \varepsilon$ and $a_2$ by
# $\frac{\partial a_2}{\partial x} \varepsilon$, and $c$ feels both:
#
# $$ \frac{\partial c}{\partial x} = \sum_{i} \frac{\partial c}{\partial a_i} \cdot \frac{\partial a_i}{\partial x} . $$
#
# **Multiply along a path, add over paths.** That is the whole chain rule for several variables. At a random $x$, for
# $c = a_1 \sin a_2 + a_3$ with $a_1 = x^2$, $a_2 = 3x$, $a_3 = e^x$:

# %%
x = rng.normal()
a1, a2, a3 = x**2, 3 * x, np.exp(x)
by_paths = np.sin(a2) * 2 * x + a1 * np.cos(a2) * 3 + 1 * np.exp(x)  # three paths
nudged = slope_along(lambda x: x**2 * np.sin(3 * x) + np.exp(x), x, 1.0)
print(f"sum over paths {by_paths:.8f}, nudged {nudged:.8f}")

# %% [markdown]
# Two rules from school are special cases, with two short paths each. For $c = a_1 + a_2$ both local derivatives are 1, so
# $c' = a_1' + a_2'$: the **sum rule**. For $c = a_1 a_2$ they are $a_2$ and $a_1$, so $c' = a_2 a_1' + a_1 a_2'$: the
# **product rule**. One more reading of the sum: in a backward pass, a node that is used in several places **adds up**
# what comes back from each of them.

# %% [markdown]
# Walk through some expressions below: first forwards (blue), then backwards (orange). Predict each number before you
# press *Step*. An expression of your own goes into the field *my own*, or into the call, as in
# `explorers.graph_stepper("x*y + sin(x)")`.
#
# 1. $2/\sin(e^{-x})$: set $x = -4.5$, near the worked example. Which module is to blame for the size of the derivative?
# 2. $x y + \sin x$: which two numbers add up at $x$?
# 3. $x^2 e^{x/2}$: one path is longer than the other. When is the derivative by $x$ complete?
# 4. $(1 - \tanh(xy + x))^2$: make $x$ large. Why does nothing reach the inputs?
# <!-- predict walk_through_graphs
# 1. to blame: a = −x | *b = exp(a) | d = 2/c
# 2. add up at x: x and sin x | *y and cos x | y and sin x
# 3. complete: after the shorter path | *after both paths
# 4. nothing reaches the inputs, as: *tanh is flat | the sum is flat | two paths cancel
# -->
# <!-- given 4.5 -->

# %% explorer
explorers.graph_stepper()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. $b = e^a = 90$: the exponential multiplies everything that passes it by 90.
# 2. $y$, from the product, and $\cos x$, from the sine. The modules are visited from the last to the first, so which of the two
#    arrives first depends on how the expression is written. The sum is the same; but $x$ must wait for both (its number
#    says *so far*).
# 3. After both $a$ and $b$ have handed on. For $x$ it does not matter who comes first, but a node *in between*, with
#    inputs of its own, must not hand on before all has arrived. This will be the heart of the last exercise.
# 4. $\tanh$ is flat there: its local derivative is nearly 0, and everything behind it is multiplied by that. For
#    large *positive* $x$ (and $y > -1$) $1 - \tanh$ is nearly 0 as well, and the square, whose local derivative is
#    $2 (1 - \tanh)$ in size, lets next to nothing through before $\tanh$ is even reached.
#
# </details>
# <!-- 90: near(np.exp(4.5), "90") -->

# %% [markdown]
# ### Many paths, few edges
#
# Let every stage of a graph use the one before twice. **Predict:** after 50 stages, how many paths lead from the start to
# the end, about? And how many edges are there?
# <!-- predict paths_and_edges
# paths = 1e15 × 2
# edges = 100
# -->

# %%
paths, edges = 1, 0
for _ in range(50):
    paths, edges = 2 * paths, edges + 2
print(f"{paths:,} paths, {edges} edges")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $2^{50} \approx 10^{15}$ paths, and 100 edges: two for each stage. At a million paths a second it would take 36 years to
# walk along each of them.
#
# </details>
# <!--
# 10^{15}: paths > 1e15
# 100 = edges
# 36 = paths / 1e6 / 3600 / 24 / 365.25
# -->

# %% [markdown]
# But paths that meet in a node share the way from there, so their sum can be kept in *one number per node*: the derivative
# of the output by this node. Each edge is used once. That is why the backward pass is cheap, and why a symbolic formula,
# which writes every path out, is not.

# %% [markdown]
# ### Forward mode in one class
#
# You may also start at the input and push derivatives *forwards*, from $\partial x / \partial x = 1$, by the same local
# derivatives. This **forward mode** gives $\partial(\text{everything}) / \partial x$ for one input, where **reverse
# mode** gives $\partial(\text{one output}) / \partial(\text{everything})$. A loss is one output, and weights are many
# inputs: reverse mode it is.
#
# But forward mode needs no graph and no second sweep: each number carries its derivative along. A **dual number** is a pair
# of a value and a slope, the derivative of this value by whatever is being moved. What happens to both is known from
# school: sum rule, product rule, chain rule.

# %% [markdown]
# ### Exercise: `Dual` · medium · 12 minutes
#
# Write a class with `Dual(data, slope=0.0)` and the attributes `.data` and `.slope`, both plain numbers. What you compute
# with them is a new `Dual`; the old ones stay as they are. Needed are `+`, `*` and `-`, also with a plain number on either
# side (a plain number doesn't move), unary minus, and the methods `.tanh()` and `.exp()`. Python calls `x.__rsub__(3)` for
# `3 - x`, and `__radd__`, `__rmul__` in the same way.
#
# **Predict:** for $x = 3$ what is the slope of $x \cdot x$, if $x$ itself is `Dual(3.0, 1.0)`? And if it is
# `Dual(3.0, 0.5)`?
# <!-- predict slope_of_a_square
# from Dual(3.0, 1.0) = 6
# from Dual(3.0, 0.5) = 3
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $3 \cdot 1 + 1 \cdot 3 = 6$, which is $2x$. And half of it, 3: the slope with which you start is a factor in all slopes.
# Several inputs may start with slopes of their own: these are a *direction*, and what comes out is the slope along it.
#
# </details>


# %% exercise="Dual"
class Dual:
    """A number with its derivative: Dual(data, slope), with +, *, -, tanh and exp."""

    def __init__(self, data, slope=0.0):
        ### BEGIN SOLUTION
        self.data, self.slope = float(data), float(slope)
        ### END SOLUTION

    def __add__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.data + other.data, self.slope + other.slope)
        ### END SOLUTION

    def __mul__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Dual) else Dual(other)
        return Dual(self.data * other.data, self.slope * other.data + self.data * other.slope)
        ### END SOLUTION

    def __neg__(self):
        ### BEGIN SOLUTION
        return self * -1.0
        ### END SOLUTION

    def __sub__(self, other):
        ### BEGIN SOLUTION
        return self + -1.0 * other
        ### END SOLUTION

    def __radd__(self, other):  # other + self, where other is a plain number
        ### BEGIN SOLUTION
        return self + other
        ### END SOLUTION

    def __rmul__(self, other):
        ### BEGIN SOLUTION
        return self * other
        ### END SOLUTION

    def __rsub__(self, other):
        ### BEGIN SOLUTION
        return -self + other
        ### END SOLUTION

    def tanh(self):
        ### BEGIN SOLUTION
        t = float(np.tanh(self.data))
        return Dual(t, (1 - t * t) * self.slope)
        ### END SOLUTION

    def exp(self):
        ### BEGIN SOLUTION
        e = float(np.exp(self.data))
        return Dual(e, e * self.slope)
        ### END SOLUTION


# %% test="Dual" points=3
check(Dual)
### BEGIN HIDDEN TESTS
check(Dual, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# And a trick for later. Where a *gradient* is computed with `+`, `*` and tanh, a `Dual` can be pushed through that
# computation, too. Start every parameter with its share of a direction $v$ as its slope: then the slopes that come out
# tell how the gradient changes along $v$. That is the product of the matrix of second derivatives, the **Hessian** $H$,
# with $v$: without a step size, for a small multiple of the price of the gradient.

# %% [markdown]
# An example is $E = \tfrac12 (t - 1)^2$ with $t = \tanh(w x + b)$ and $x = 2$. Its gradient by $w$ and $b$ is worked out
# by hand below. **Predict:** to how many digits do central differences of this gradient, with the step $10^{-5}$, agree
# with the Duals?
# <!-- given 10^{-5} -->
# <!-- predict digits_of_a_difference: about 3 | *about 10 | all 16 -->

# %% raises-exception
def gradient(w, b):
    """dE/dw and dE/db of E = (tanh(2w + b) - 1)**2 / 2, for Duals w and b."""
    t = (w * 2.0 + b).tanh()
    dz = (t - 1.0) * (1.0 - t * t)
    return dz * 2.0, dz


w, b, v, eps = 0.3, -0.2, (1.0, -0.5), 1e-5
exact = [g.slope for g in gradient(Dual(w, v[0]), Dual(b, v[1]))]
ends = [gradient(Dual(w + s * eps * v[0]), Dual(b + s * eps * v[1])) for s in (1, -1)]
nudged = [(up.data - down.data) / (2 * eps) for up, down in zip(*ends)]
print("H v by Duals:      ", [f"{g:.12f}" for g in exact])
print("H v by differences:", [f"{g:.12f}" for g in nudged])

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# To about ten digits, as the letter V promised for this step. The Duals know no step: their only error is the rounding
# of their own operations.
#
# </details>
# <!-- about ten digits: 1e-11 < max(abs(a / b - 1) for a, b in zip(nudged, exact)) < 1e-9 -->

# %% [markdown]
# Who found these two directions? Forward mode was described by Robert Wengert in 1964; reverse mode, for any program, by
# Seppo Linnainmaa in his thesis of 1970; Paul Werbos proposed it for networks (1974, 1982); and David Rumelhart, Geoffrey
# Hinton and Ronald Williams made it known in 1986, as *back-propagating errors*.

# %% [markdown]
# ## From numbers to vectors
#
# *(The third sitting begins here.)*
#
# A layer takes a vector and returns a vector. Let $f$ map $x$ of shape `(d,)` to $y = f(x)$ of shape `(k,)`. Every
# output may depend on every input, so there are $k \cdot d$ derivatives. The **Jacobian** holds them, one *row* for
# each output and one *column* for each input:
#
# $$ J = \frac{\partial y}{\partial x} = \begin{pmatrix}
#    \frac{\partial y_1}{\partial x_1} & \cdots & \frac{\partial y_1}{\partial x_d} \\
#    \vdots & \ddots & \vdots \\
#    \frac{\partial y_k}{\partial x_1} & \cdots & \frac{\partial y_k}{\partial x_d} \end{pmatrix}, \qquad J_{ij} =
#    \frac{\partial y_i}{\partial x_j}, \qquad \text{shape } (k, d) . $$
#
# It answers all questions about small moves at once: if $x$ moves by a small $v$, then $y$ moves by $J v$, with an
# error much smaller than $v$.

# %% [markdown]
# **Your turn:** $y = (x_1 x_2,\ \sin x_3 + x_1)$, so $d = 3$ and $k = 2$. Write its Jacobian down, row by row, in place of
# `None`: a list of two lists with three entries each, made of `x[0]`, `x[1]`, `x[2]` and numbers. The cell compares
# $J v$ with the slope along a random $v$.

# %%
x, v = rng.normal(size=3), rng.normal(size=3)
nudged = slope_along(lambda x: np.array([x[0] * x[1], np.sin(x[2]) + x[0]]), x, v)

J = None  # [[..., ..., ...], [..., ..., ...]]

print("nudged", np.round(nudged, 6))
print("J v   ", "not written yet" if J is None else np.round(np.array(J) @ v, 6))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# `[[x[1], x[0], 0], [1, 0, np.cos(x[2])]]`. The two zeros say that $y_1$ does not see $x_3$, and $y_2$ not $x_2$.
#
# </details>

# %% [markdown]
# ### A square and its parallelogram
#
# The map $(x_1, x_2) \mapsto (x_1 \cos x_2,\ x_1 \sin x_2)$ turns a radius and an angle into a place in the plane.
# Below, blue is the true image of a square with a grid on it, orange the parallelogram that $J$, taken at the square's
# corner, makes of the square. The columns of $J$, times the side, are its edges: the first one solid, the second one dashed.
#
# **Predict:** the square shrinks from side 0.8 to 0.05. How does the picture change, if each is enlarged to the same size?
# <!-- given 0.8, 0.05 -->
# <!-- predict shrinking_square: it stays as it is | *its grid straightens | it bends more -->

# %%
figures.graphs.local_maps()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The blue grid straightens, and falls onto the parallelogram. The miss shrinks with the *square* of the side: a side four
# times shorter, a miss 16 times smaller. So it shrinks in comparison with the side, too, and that is what
# *differentiable* means: from nearby, linear.
#
# </details>
# <!-- 16 times smaller: 15.5 < experiments.graphs.miss_of_parallelogram(0.2) / experiments.graphs.miss_of_parallelogram(0.05) < 16.5 -->

# %% [markdown]
# The area of the parallelogram is $\lvert \det J \rvert$ times the area of the square, and negative determinants mean
# that the square was turned over. **Predict**, then move the sliders:
#
# 1. For the polar map, where is $\det J = 0$? What does the square look like there?
# 2. For the layer $\tanh(xW)$, with a row $x$ and a matrix $W$ of shape `(2, 2)`, where do squares nearly vanish?
# 3. For the linear map, what changes if you move the square?
# <!-- predict where_det_is_zero
# polar map: *at radius 0 | at angle 0 | nowhere
# tanh(xW), squares nearly vanish: near 0 | *far out | nowhere
# linear map, moving the square, changes: *only where the image lies | det J as well
# -->

# %% explorer
explorers.linear_map()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. $\det J = x_1 \cos^2 x_2 + x_1 \sin^2 x_2 = x_1$: at radius 0. One edge of the parallelogram has length 0, since
#    turning the angle there moves nothing. Beyond, for a negative radius, the square is turned over.
# 2. Far out, where $\tanh$ is flat: the layer *saturates*, and forgets where it was. A gradient that comes back meets
#    the same small factors. [Notebook 06](../06_initialization/initialization.ipynb) is about that.
# 3. Only where the image lies: the Jacobian of a linear map is the same everywhere, and the parallelogram is the true
#    image.
#
# </details>

# %% [markdown]
# ### The chain rule is a matrix product
#
# Let $y = f_1(x)$ and $u = f_2(y)$, with $x$ `(d,)`, $y$ `(m,)` and $u$ `(k,)`, so their Jacobians are $J_1$ of shape
# `(m, d)`, taken at $x$, and $J_2$ of shape `(k, m)`, taken at $y$. For one output $u_i$ and one input $x_j$, the sum over
# paths runs over all $y_r$ in between, and that is a row of $J_2$ times a column of $J_1$:
#
# $$ \frac{\partial u_i}{\partial x_j} = \sum_{r=1}^{m} \frac{\partial u_i}{\partial y_r} \frac{\partial y_r}{\partial x_j}
#    \qquad\Longleftrightarrow\qquad J_{f_2 \circ f_1} = J_2\, J_1 , \quad \text{shape } (k, d) . $$

# %% [markdown]
# Test it on two layers as this course writes them, with a row of $W$ for each input and a column for each output:
# $y = \tanh(x W_1)$ and $u = e^{y W_2}$. Input $j$ reaches output $i$ of $x W_1$ with the weight $W_{1,ji}$, so that part
# has the Jacobian $W_1^\top$, and each of its rows is multiplied by the slope of its tanh.

# %%
W_1, W_2 = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
x, v = rng.normal(size=3), rng.normal(size=3)
y = np.tanh(x @ W_1)
J_1 = (1 - y**2)[:, None] * W_1.T  # (4, 3): the slope of the i-th tanh times row i
J_2 = np.exp(y @ W_2)[:, None] * W_2.T  # (2, 4)
print("J_2 J_1 v", np.round(J_2 @ J_1 @ v, 6))
print("nudged   ", np.round(slope_along(lambda x: np.exp(np.tanh(x @ W_1) @ W_2), x, v), 6))

# %% [markdown]
# For a whole network the product has a factor for each layer, $J_L \cdots J_2 J_1$, and $J_L$ has a single row if the
# output is the loss. A product of matrices may be computed in any order. **Predict:** four layers of width 500 and, on
# top of them, the loss, whose Jacobian is the row. How many multiplications from the left, starting with the row? And from the right?
# <!-- predict order_of_a_product
# from the left = 1,000,000 × 1.5
# from the right = 375,000,000 × 1.5
# -->


# %%
def multiplications(shapes):
    """How many it takes, if each matrix in turn is multiplied to the product of those before it."""
    rows, total = shapes[0][0], 0
    for inner, columns in shapes[1:]:
        total += rows * inner * columns
    return total


factors = [(1, 500)] + 4 * [(500, 500)]  # the row, then a Jacobian for each layer
mirrored = [shape[::-1] for shape in reversed(factors)]  # all transposed, in reversed order
print(f"from the left, a row times a matrix each time: {multiplications(factors):,}")
print(f"from the right, matrix times matrix first: {multiplications(mirrored):,}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# From the left a million, $4 \cdot 500^2 = 1{,}000{,}000$; from the right 375 million, $3 \cdot 500^3 + 500^2$. From the
# left means from the output back to the input: reverse mode, once more. Back-propagation is the chain rule in a good order.
#
# </details>
# <!--
# 1{,}000{,}000 = multiplications(factors)
# 375 million: near(multiplications(mirrored) / 1e6, "375")
# -->

# %% [markdown]
# ### The gradient, and its transpose
#
# A loss $E$ is a single number, so its Jacobian by $x$ has one row. Stood on end it is the **gradient** $\nabla_x E$, with
# the shape of $x$. Read the chain rule for this row, $\frac{\partial E}{\partial x} = \frac{\partial E}{\partial y}\, J$,
# stood on end in the same way:
#
# $$ \nabla_x E = J^\top\, \nabla_y E , \qquad J = \frac{\partial y}{\partial x} . $$
#
# So on the way back the *transposed* Jacobian is applied. **Predict:** $x$ has 3 entries and $y$ has 4. Which shapes do
# $J$ and $J^\top$ have, and what happens if you forget to transpose? And if both have 4?
# <!-- predict transposed
# J = (4, 3)
# Jᵀ = (3, 4)
# forgotten, 3 and 4 entries: *an error | a wrong gradient
# forgotten, 4 and 4 entries: an error | *a wrong gradient
# -->

# %%
def E(x):
    return 0.5 * np.sum(np.tanh(x @ W_1) ** 2)  # half the sum of the squares of y


g = y  # so the gradient by y is y itself
print(f"J^T g . v {(J_1.T @ g) @ v:.6f}")
print(f"nudged    {slope_along(E, x, v):.6f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# `(4, 3)` and `(3, 4)`. Without the transpose NumPy refuses to multiply `(4, 3)` by `(4,)`. With equal sizes nothing
# complains, and for nearly every $\nabla_y E$ the gradient is wrong, unless $J$ is symmetric. So a network under test
# should have sizes that differ.
#
# </details>

# %% [markdown]
# ### Who writes it how
#
# Books differ in two habits.
#
# - **The Jacobian.** In **numerator layout**, ours, $\partial y / \partial x$ has the shape (outputs, inputs). In
#   **denominator layout** it is the transpose, (inputs, outputs).
# - **The examples.** In **rows**, ours: $Z = XW + b$ with $X$ `(n, d)` and $W$ `(d, k)`. In **columns**: $Z = WX + b$
#   with $X$ `(d, n)` and $W$ `(k, d)`.
#
# From one habit to the other you transpose every factor and reverse the order of products. In this course the gradient of
# a scalar always has the shape of what it belongs to.

# %% [markdown]
# Which order is right need not be remembered: shapes rule out the wrong ones, as long as all lengths differ. In the little
# function below a shape is two letters, and each letter stands for a length. **Predict:** with examples in rows, which of
# the four products of $X$ and $\nabla_Z E$ has the shape of $W$, and so may be the gradient by $W$?
# <!-- predict product_for_w: X ∇Z | *Xᵀ ∇Z | ∇Z X | ∇Zᵀ X -->


# %%
def fits(product, result):
    """Whether matrices of these shapes, "rows columns", can be multiplied, and give that shape."""
    shapes = [factor.split() for factor in product]
    inner = all(left[1] == right[0] for left, right in pairwise(shapes))
    return inner and [shapes[0][0], shapes[-1][1]] == result.split()


for words, product in {
    "X   times dE/dZ  ": ["n d", "n k"],
    "X^T times dE/dZ  ": ["d n", "n k"],
    "dE/dZ times X    ": ["n k", "n d"],
    "dE/dZ^T times X  ": ["k n", "n d"],
}.items():
    print(words, "gives the shape of W:", fits(product, "d k"))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Only the second: $\nabla_W E = X^\top\, \nabla_Z E$. The fourth can be multiplied as well, but gives `(k, d)`, the
# shape of $W$ for somebody who writes examples in columns.
#
# </details>

# %% [markdown]
# ### How many axes has a derivative?
#
# Each output by each input: the axes of the output, then those of the input.
#
# | input ↓ output → | scalar | vector `(k,)` | matrix `(k, s)` |
# |---|---|---|---|
# | scalar | scalar | `(k,)` | `(k, s)` |
# | vector `(d,)` | `(d,)` | `(k, d)`, the Jacobian | `(k, s, d)` |
# | matrix `(d, q)` | `(d, q)` | `(k, d, q)` | `(k, s, d, q)` |

# %% [markdown]
# So the derivative of a layer $z = x W + b$, with $W$ `(d, k)`, by its weights has three axes, `(k, d, k)`: output $c$,
# then row $r$ and column $c'$ of the weight. Output $z_c = \sum_r x_r W_{rc} + b_c$ contains the weight $W_{rc'}$ only if
# it stands in its own column:
#
# $$ \frac{\partial z_c}{\partial W_{rc'}} = \begin{cases} x_r & c' = c \\ 0 & \text{else.} \end{cases} $$
#
# **Predict:** for $d = 3$ and $k = 5$, how many of the entries are not zero?
# <!-- predict entries_not_zero: not zero = 15 -->

# %%
d, k = 3, 5
W, x, V = rng.normal(size=(d, k)), rng.normal(size=d), rng.normal(size=(d, k))
T = np.zeros((k, d, k))
for c in range(k):
    T[c, :, c] = x
along_V = [np.sum(T[c] * V) for c in range(k)]  # each output: sum over all weights
print("agrees with nudging W along V:", np.allclose(along_V, slope_along(lambda W: x @ W, W, V)))
print(f"{np.count_nonzero(T)} of {T.size} entries are not zero")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 15 of 75, one in $k$, and all of these are copies of $x$. For a layer of 1,000 units and as many inputs the tensor would
# have a billion entries that say nothing new. Nobody builds it; soon you will see what is done instead.
#
# </details>
# <!--
# 15 = np.count_nonzero(T)
# 75 = T.size
# a billion: 1000 ** 3 == 1e9
# given 1,000
# -->

# %% [markdown]
# The other two derivatives of the layer are plainer. Output $c$ sees input $r$ with the weight $W_{rc}$, and its own bias
# with the factor 1:
#
# $$ \begin{gathered} \frac{\partial z}{\partial x} = W^\top, \qquad \frac{\partial z}{\partial b} = I \text{ (the identity)}, \\
#    \text{so for a scalar } E:\quad \nabla_x E = W\, \nabla_z E, \quad \nabla_b E = \nabla_z E . \end{gathered} $$
#
# (With columns, $z = Wx + b$, it is $\partial z / \partial x = W$.)

# %%
b, target = rng.normal(size=k), rng.normal(size=k)
v, u = rng.normal(size=d), rng.normal(size=k)
g = x @ W + b - target  # gradient by z of half the squared distance to a target


def E(x, b):
    return 0.5 * np.sum((x @ W + b - target) ** 2)


print("by x:", np.isclose((W @ g) @ v, slope_along(lambda x: E(x, b), x, v)))
print("by b:", np.isclose(g @ u, slope_along(lambda b: E(x, b), b, u)))

# %% [markdown]
# ### Once more: the Hessian
#
# The gradient of a scalar $E$ is itself a function from vectors to vectors, so it has a Jacobian: the **Hessian**
# $H_{ij} = \partial^2 E / \partial x_i \partial x_j$, of shape `(d, d)`. It says how the slope changes as you move, and
# it is symmetric, since the order of the two derivatives does not matter (for smooth $E$).
#
# **Your turn:** for $E(x) = x_1^2 x_2 + e^{x_2}$ the gradient is $(2 x_1 x_2,\ x_1^2 + e^{x_2})$. Differentiate each of its two
# entries by $x_1$ and by $x_2$, and write the Hessian in place of `None`.

# %%
def gradient(x):
    return np.array([2 * x[0] * x[1], x[0] ** 2 + np.exp(x[1])])


x, v = rng.normal(size=2), rng.normal(size=2)

hessian = None  # [[..., ...], [..., ...]]

print("nudged gradient", np.round(slope_along(gradient, x, v), 6))
written = None if hessian is None else np.round(np.array(hessian) @ v, 6)
print("H v            ", "not written yet" if written is None else written)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# `[[2 * x[1], 2 * x[0]], [2 * x[0], np.exp(x[1])]]`, symmetric as promised.
#
# </details>

# %% [markdown]
# A network with a million weights has a Hessian of $10^{12}$ entries. One does not store it. But $Hv$, the change of
# the gradient along one direction, costs no more than two gradients, as in the cell above.
# [Notebook 07](../07_training/training.ipynb) reads the signs of a Hessian's eigenvalues.
#
# <!-- 10^{12}: 1_000_000**2 == 1e12 -->

# %% [markdown]
# ## Elementwise functions, and the softmax
#
# *(The fourth sitting begins here.)*
#
# An activation such as tanh works **elementwise**: $y_i = \psi(z_i)$ for each of the $k$ entries of $z$ by itself. **Predict:**
# what does its Jacobian look like, and what does it cost to multiply by it?
# <!-- predict jacobian_of_tanh
# it is: full | *diagonal | all ones
# multiplying by it costs: *k multiplications | k² multiplications
# -->

# %%
z, v = rng.normal(size=4), rng.normal(size=4)
J = np.stack([slope_along(np.tanh, z, e) for e in np.eye(4)], axis=1)  # one column for each input
print(np.round(J, 3))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Output $i$ does not react to input $j \ne i$, so its Jacobian is diagonal, $J = \operatorname{diag}(\psi'(z))$, and
# multiplying by it is an elementwise product: $k$ multiplications.
#
# </details>

# %%
slopes = 1 - np.tanh(z) ** 2
print("J is diagonal:                ", np.allclose(J, np.diag(slopes)))
print("J v is an elementwise product:", np.allclose(J @ v, slopes * v))

# %% [markdown]
# The **softmax** is not of this kind. It turns $k$ numbers $z$, called *logits*, into $k$ probabilities,
#
# $$ p_i = \frac{e^{z_i}}{t}, \qquad t = \sum_{r=1}^{k} e^{z_r} , $$
#
# positive and with sum 1. If one logit rises, its probability takes from all the others: *every* output depends on
# *every* input. Its Jacobian is full.

# %% [markdown]
# Its entries $\partial p_i / \partial z_j$ are of two kinds.
#
# - For $j \ne i$ only the denominator moves, and $\partial t / \partial z_j = e^{z_j}$:
#   $\;\dfrac{\partial p_i}{\partial z_j} = - \dfrac{e^{z_i}}{t^2}\, e^{z_j} = - p_i\, p_j$.
# - For $j = i$ the numerator moves as well. Quotient rule:
#   $\;\dfrac{\partial p_i}{\partial z_i} = \dfrac{e^{z_i}\, t - e^{z_i}\, e^{z_i}}{t^2} = p_i - p_i^2 = p_i (1 - p_i)$.
#
# Both in one line, with $\delta_{ij} = 1$ if $i = j$, else 0:
#
# $$ \frac{\partial p_i}{\partial z_j} = p_i\,(\delta_{ij} - p_j) . $$
#
# The logits have vanished: the probabilities are all you need. Let the computer test both cases, for $k = 4$, by moving the
# third logit alone:


# %%
def softmax(z):
    e = np.exp(z - z.max())  # the same for all shifts of z, and nothing overflows
    return e / e.sum()


z = rng.normal(size=4)
p, third = softmax(z), np.array([0.0, 0.0, 1.0, 0.0])
print("nudged ", np.round(slope_along(softmax, z, third), 6))
formula = np.array([-p[0] * p[2], -p[1] * p[2], p[2] * (1 - p[2]), -p[3] * p[2]])
print("formula", np.round(formula, 6))

# %% [markdown]
# ### Exercise: `softmax_jacobian` · easy · 7 minutes
#
# From the probabilities `p` of shape `(k,)` return the Jacobian of the softmax, shape `(k, k)`,
# `J[i, j] = p_i (delta_ij - p_j)`. What comes in has been through the softmax already. `k` may be 1.
#
# **Predict:** what is the sum of each row of $J$? What would it mean if it were not?
# <!-- predict rows_of_a_jacobian
# sum of a row = 0
# if it were not: text
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Zero: $p_i - p_i \sum_j p_j = 0$. If all logits rise by the same amount, the probabilities stay; with any other
# sum one of them would move. (And each *column*
# adds up to zero because the probabilities always add up to 1. $J$ is symmetric.)
# </details>

# %% [markdown]
# Stuck? Run `hint("softmax_jacobian")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="softmax_jacobian"
def softmax_jacobian(p):
    """The Jacobian of the softmax from its output.

    p: probabilities, shape (k,).  Returns shape (k, k).
    """
    ### BEGIN SOLUTION
    return np.diag(p) - np.outer(p, p)
    ### END SOLUTION


# %% test="softmax_jacobian" points=2
check(softmax_jacobian)
### BEGIN HIDDEN TESTS
check(softmax_jacobian, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## The Jacobian that nobody builds
#
# A backward pass never needs a Jacobian by itself. What arrives at the output of a layer is $g = \nabla_y E$, of shape
# `(k,)`, and what the layer must hand on is
#
# $$ \nabla_x E = J^\top g, \qquad\text{entry by entry}\qquad \frac{\partial E}{\partial x_j} = \sum_i g_i\, \frac{\partial y_i}{\partial x_j} . $$
#
# This is a **vector-Jacobian product**, short *vjp*, since $J^\top g$ is the row $g^\top J$ stood on end. (A
# *Jacobian-vector* product is the other one, $Jv$, which forward mode computes.)

# %% [markdown]
# The result has $d$ entries, the Jacobian $k \cdot d$. So the question for each kind of layer is: can $J^\top g$ be had
# *without* $J$?
#
# - Elementwise: $\psi'(z)$ times $g$, entry by entry.
# - A layer $z = xW + b$, by its weights: insert $\partial z_c / \partial W_{rc'}$ from above into the sum over $c$. One term
#   is left, $x_r\, g_{c'}$: all products of an entry of $x$ and one of $g$, an **outer product**, in place of the tensor
#   with three axes.
# - Softmax: your turn, below.
#
# **Your turn** first with two lines: the vjp of $y = \tanh(x W)$ by $x$ and by $W$, from the $g$ that arrives at $y$.

# %%
W, x, V = rng.normal(size=(3, 5)), rng.normal(size=3), rng.normal(size=(3, 5))
g = rng.normal(size=5)  # E = y . g
y = np.tanh(x @ W)

by_x, by_W = None, None  # shapes (3,) and (3, 5); np.outer(u, v) is the outer product


def E(x, W):
    return np.tanh(x @ W) @ g


if by_x is None or by_W is None:
    print("not written yet")
else:
    print("by x:", np.isclose(np.sum(by_x * V[:, 0]), slope_along(lambda x: E(x, W), x, V[:, 0])))
    print("by W:", np.isclose(np.sum(by_W * V), slope_along(lambda W: E(x, W), W, V)))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# First through the tanh: `back = g * (1 - y**2)` is the gradient at $xW$. Then `by_x = W @ back` and
# `by_W = np.outer(x, back)`.
#
# </details>

# %% [markdown]
# What is this worth for the softmax? The figure measures one row of $k$ classes on your machine, with the Jacobian and
# without it.
#
# **Predict:** for $k = 2048$, how many megabytes does $J$ take, in `float64`?
# <!-- predict megabytes: megabytes = 34 ± 2 -->
#
# <!-- given 2048 -->

# %%
figures.graphs.vjp_cost()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $2048^2 \cdot 8$ bytes are 34 megabytes, on the axis 34,000 kilobytes, and two or three times that while it is built,
# against some tens of kilobytes. The slopes of the memory are near 2 and 1. The time of the vjp is nearly flat, because so
# few numbers cost less than the call itself; that of the Jacobian may rise with a slope above 2, probably where the matrix
# outgrows the processor's cache.
#
# </details>
# <!--
# 34 megabytes: near(2048**2 * 8 / 1e6, "34")
# 34,000 kilobytes: near(2048**2 * 8 / 1e6, "34")
# two or three times that: 1.8 < experiments.graphs.one_row_costs(experiments.graphs.vjp_by_jacobian, 2048)[1] / (2048**2 * 8) < 3.2
# tens of kilobytes: 1e4 < experiments.graphs.one_row_costs(__import__("mlp_reference").softmax_vjp, 2048)[1] < 1e5
# given 2048
# -->

# %% [markdown]
# ### Exercise: `softmax_vjp` · medium · 10 minutes
#
# `P` of shape `(n, k)` holds the probabilities of $n$ examples, one row each, `G` of shape `(n, k)` the gradients that
# arrive at them. Return the gradients by the logits, shape `(n, k)`: row by row $J(p)^T g$. `P` and `G` stay as they
# are.
#
# The aim is to do it **without a Jacobian**: insert $J_{ij} = p_i (\delta_{ij} - p_j)$ into $\sum_i J_{ij}\, g_i$, and
# simplify on paper first. (Right values pass in any case; but the check has a look at the memory your function takes
# for a wide row, and says so if a matrix shows.)
#
# **Predict:** if all entries of $g$ are equal, what is the result?
# <!-- predict equal_entries: *zero | g itself | the probabilities -->
#
# <details><summary><b>Compare</b></summary>
#
# Zero. Then $E$ changes only with the sum of the probabilities, and that never changes.
# </details>

# %% [markdown]
# Stuck? Run `hint("softmax_vjp")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="softmax_vjp"
def softmax_vjp(P, G):
    """Gradients by the logits from those by the probabilities: row by row J(p) transposed times g.

    P: probabilities, shape (n, k).  G: gradients that arrive, shape (n, k).  Returns shape (n, k).
    """
    ### BEGIN SOLUTION
    return P * (G - np.sum(P * G, axis=1, keepdims=True))
    ### END SOLUTION


# %% test="softmax_vjp" points=3
check(softmax_vjp)
### BEGIN HIDDEN TESTS
check(softmax_vjp, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## What back-propagation assumes
#
# Older texts derive back-propagation for one kind of network, and list what that derivation assumes. Here are four of these
# assumptions, and what becomes of each on a graph.
#
# 1. *Units of the same layer do not influence each other.* In a softmax every output depends on every input of the layer.
#    Its Jacobian is full, that is all.
# 2. *A unit sees the others only through a **weighted sum**.* Some layers multiply two signals, as the gates of some
#    recurrent networks do: one signal says how much of the other gets through. A product is a module like any other.
# 3. *Every function on the way is differentiable.* The ReLU has a kink, but only at one place in each unit, and weights and
#    biases drawn at random hit it with probability 0. (With biases of 0 an input of zeros sits on it.) At a kink this
#    course takes the **left** derivative, $\operatorname{relu}'(0) = 0$. A jump is worse: the derivative of a step
#    function is 0 wherever it exists, so no gradient gets through. That is why the perceptron needs a learning rule of its own.
# 4. *Nothing goes in circles, and every weight is used once.* A network with feedback is unfolded in time first: one copy
#    for each step. What is used several times adds up what comes back.

# %% [markdown]
# Two assumptions remain: each module must be differentiable *almost everywhere*, with slopes that are not all 0, and the
# graph, unfolded where needed, must have **no cycle**, so that there is an order in which to compute.
# [Notebook 05](../05_backprop_mlp/backprop_mlp.ipynb) names networks that give up each of the
# four, and unfolds one of them in time.

# %% [markdown]
# ## A graph that differentiates itself
#
# *(The fifth sitting begins here.)*
#
# Now let the computer remember the graph *while it computes*. Every number becomes an object that knows its parents,
# the numbers it was made from, and the local derivative by each of them. Python lets a class decide what `+` and `*`
# do. An example that has nothing to do with derivatives:


# %%
class Metres:
    def __init__(self, length):
        self.length = length

    def __add__(self, other):  # called for  metres + other
        other = other if isinstance(other, Metres) else Metres(other)
        return Metres(self.length + other.length)

    def __radd__(self, other):  # called for  2.5 + metres, as a plain 2.5 does not know how
        return self + other

    def __repr__(self):
        return f"{self.length} m"


print(Metres(2) + Metres(3), "|", Metres(2) + 0.5, "|", 0.5 + Metres(2))  # each is a Metres

# %% [markdown]
# ### The order of the sweep
#
# `backward()` goes through the graph once, from the root back. **A node may hand its gradient on only when all of it
# has arrived**, that is, after all nodes that use it. A **topological order** of the nodes has every node after its
# parents. Read from its end, it is what `backward()` needs.
#
# **Predict**, on paper:
#
# ```
# a = Value(2.0)
# b = a * 3
# c = b * 4
# d = c * 5
# e = d + b
# ```
#
# What is $\partial e / \partial a$? Now visit the nodes by their distance from the root `e`, as a *breadth-first*
# search does: `e`, then its parents `d` and `b`, then their parents `c` and `a`. What comes out for `a`, and why?
# <!-- predict order_of_the_sweep
# ∂e/∂a = 63
# breadth-first, a gets = 3
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $e = 20 b + b = 21 b = 63 a$, so the derivative is 63. In breadth-first order `b` is visited third, when only the 1
# from `e` has arrived. It hands $1 \cdot 3$ on to `a`. Later `c` adds its 20 to `b`, too late: `a` ends with 3. In the
# order `e, d, c, b, a` all is well.
#
# </details>

# %% [markdown]
# How to find such an order? Two ways:
#
# - Start at the root and write a node down *after* all its parents have been written down, each node once. Then read the
#   list from its end.
# - A node is made after its parents. So give every node a running number when it is made, one more than the last. Collect
#   all nodes that the root depends on, each once, and go through them from the largest number down.

# %% [markdown]
# ### Exercise: `Value` · hard · 40 minutes
#
# Write the class. A `Value` has the attributes `.data`, its number, and `.grad`, a plain number too: 0.0 until a
# `backward()` sets it. It must know
#
# - `Value(data)`; `a + b`, `a * b`, `a - b`, where one of the two may be a plain number, on either side; and `-a`;
# - `a.tanh()`, `a.relu()`, `a.exp()`. At 0 the ReLU has slope 0;
# - `a.backward()`, which sets `.grad` of `a` itself and of every node that it depends on to
#   $\partial a / \partial(\text{node})$. Every path counts, also if a node is used twice in one operation (`a * a`). A
#   second call gives the *same* numbers, not doubled ones, and if you call `backward()` on another root that shares
#   nodes, the last call wins.
#
# No operation changes its operands: each makes a new node. Graphs may be **deep**, a chain of 5,000 nodes must work:
# Python stops a function that calls itself after about 1,000 levels, so let a list hold what is still to do. And they
# may have **many paths**: visit every node once, not every path.
# <!-- given 5,000, 1,000 -->

# %% [markdown]
# The skeleton proposes that a node keeps its parents and, in the same order, the local derivatives. How you keep them
# is up to you, and so are further methods. **Write it in this order:**
#
# 1. `__init__`, `__add__`, `__mul__`, for two `Value`s; and `backward`, which is the last method in the cell.
# 2. Check. The first cases pass, among them the one with a node that is used in several places.
# 3. Plain numbers on the right (`a + 2`), then `__radd__` and `__rmul__`; `__neg__`, `__sub__`, `__rsub__`.
# 4. `tanh`, `relu`, `exp`, and check again: the card shows which cases pass.
#
# **Predict:** let `a = Value(3.0)` and `c = a * a`, whose parents are `(a, a)`. Which two local derivatives does `c` keep?
# And what is `a.grad` after `c.backward()`?
# <!-- predict twice_a_parent
# local derivatives = [3, 3]
# a.grad = 6
# -->
#
# <details><summary><b>Compare</b></summary>
#
# 3 and 3: by each parent the other factor, which is at hand when the product is made. Both edges lead to `a`, which adds up
# what comes back, $3 + 3 = 6$, and that is $2a$. (What is kept this way is the memory that back-propagation costs.)
#
# </details>

# %% [markdown]
# Stuck? Run `hint("Value")` in a cell of your own. There are four, from a nudge to nearly the answer.


# %% exercise="Value"
class Value:
    """A number that knows from which numbers it was made, and how it reacts to each of them."""

    def __init__(self, data, parents=(), local=()):
        """data: a number.  parents: nodes.  local: derivative of this node by each parent."""
        ### BEGIN SOLUTION
        self.data = data
        self.grad = 0.0
        self.parents = parents
        self.local = local
        ### END SOLUTION

    def __add__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))
        ### END SOLUTION

    def __mul__(self, other):
        ### BEGIN SOLUTION
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))
        ### END SOLUTION

    def __neg__(self):
        ### BEGIN SOLUTION
        return self * -1
        ### END SOLUTION

    def __sub__(self, other):
        ### BEGIN SOLUTION
        return self + -other
        ### END SOLUTION

    def __radd__(self, other):  # other + self, where other is a plain number
        ### BEGIN SOLUTION
        return self + other
        ### END SOLUTION

    def __rmul__(self, other):
        ### BEGIN SOLUTION
        return self * other
        ### END SOLUTION

    def __rsub__(self, other):
        ### BEGIN SOLUTION
        return -self + other
        ### END SOLUTION

    def tanh(self):
        ### BEGIN SOLUTION
        t = np.tanh(self.data)
        return Value(t, (self,), (1 - t**2,))
        ### END SOLUTION

    def relu(self):
        ### BEGIN SOLUTION
        return Value(max(self.data, 0.0), (self,), (float(self.data > 0),))
        ### END SOLUTION

    def exp(self):
        ### BEGIN SOLUTION
        e = np.exp(self.data)
        return Value(e, (self,), (e,))
        ### END SOLUTION

    def backward(self):
        """Set .grad of this node and of all that it depends on, afresh."""
        ### BEGIN SOLUTION
        order, seen, todo = [], set(), [(self, False)]
        while todo:
            node, parents_done = todo.pop()
            if parents_done:
                order.append(node)  # after all its parents
            elif id(node) not in seen:
                seen.add(id(node))
                todo.append((node, True))
                todo.extend((parent, False) for parent in node.parents)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += local * node.grad
        ### END SOLUTION


# %% test="Value" points=6
check(Value)
### BEGIN HIDDEN TESTS
check(Value, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Train with it
#
# That is all it takes. Below, a network with 2 inputs, 4 hidden tanh units and one tanh output learns XOR, the problem
# that no single unit can solve ([notebook 01](../01_perceptron/perceptron.ipynb)), with **your** `Value`: every weight is
# one, and no derivative is written down in the cell. The targets are $\pm 1$. (Until the class is written, the cell
# says that it needs it; come back later.)
#
# **Predict:** the network has 17 weights, and the loss is a mean over the 4 corners. About how many nodes has the graph of one
# loss? (Plain numbers that your class has wrapped count, too.)
# <!-- 17 = 4 * 3 + 5 -->
# <!-- predict nodes_of_a_loss: nodes = 200 × 2 -->


# %% raises-exception
def network(x1, x2):
    hidden = [(u[0] * x1 + u[1] * x2 + u[2]).tanh() for u in first]
    return sum((w * h for w, h in zip(second, hidden)), second[-1]).tanh()


corners, label = data.xor_corners()
draws = np.random.default_rng(1)
first = [[Value(float(w)) for w in draws.normal(size=3)] for unit in range(4)]
second = [Value(float(w)) for w in draws.normal(size=5)]
weights = [w for unit in first for w in unit] + second

start, losses = time.perf_counter(), []
for _ in range(150):
    misses = [network(*x) - (2 * int(y) - 1) for x, y in zip(corners.tolist(), label)]
    loss = sum((miss * miss for miss in misses), Value(0.0)) * 0.25
    loss.backward()
    losses.append(float(loss.data))
    for w in weights:
        w.data -= 0.5 * w.grad
print(f"loss {losses[0]:.3f} before, {losses[-1]:.5f} after; {time.perf_counter() - start:.2f} s")


# %% raises-exception
def plane(P):
    """The network on many points at once, with the weights it has learned, from 0 to 1."""
    U = np.array([[v.data for v in unit] for unit in first])
    w = np.array([v.data for v in second])
    return 0.5 + 0.5 * np.tanh(np.tanh(P @ U[:, :2].T + U[:, 2]) @ w[:-1] + w[-1])


figure, (left, right) = style.subplots(1, 2, size=(8.6, 3.9))
left.semilogy(range(1, len(losses) + 1), losses, color=style.PURPLE)
left.set(title="Loss", xlabel="step", ylabel="mean squared miss")
right.set(xlim=(-0.6, 1.6), ylim=(-0.6, 1.6), aspect="equal")
plots.xor.probability_map(right, plane)
plots.perceptron.points(right, corners, label)
right.set_title("What it has learned")
style.describe(
    figure,
    f"The loss falls from {losses[0]:.2f} to {losses[-1]:.4f}; the four corners are told apart.",
)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# For each example the hidden units take $4 \cdot 5$ operations and the output 9, and the products and sums with plain
# numbers make nodes of these, too: around 40 for each example, close to 200 in all. Each node is a Python object, so
# this is slow. The next notebook does the same with whole *matrices* as nodes: a few large steps in place of many small
# ones. The mathematics is the one you have seen.
#
# </details>
# <!-- close to 200: 150 < sum(isinstance(o, Value) for o in __import__("gc").get_objects()) < 200 -->

# %% [markdown]
# ### Forward inside of reverse
#
# `Value` adds and multiplies whatever its data are. Put **Duals** in. Then whatever is computed from them is a `Dual`,
# too, on the way forwards and on the way back: the reverse sweep gives $\nabla E$, and each entry of it, unless it is a
# constant, carries its slope along the direction $v$ that the Duals started with. Slopes of a gradient along $v$ are $H v$: a
# **Hessian-vector product**, from the two classes that you have written, without a formula for the gradient. It costs a
# small multiple of one gradient; the whole table $H$ takes one such product for each of its columns.

# %% [markdown]
# Take $E = \tfrac12 (w_1 w_2 - 1)^2$, at $w = (3, 1)$ and with $v = (1, 0)$. **Predict**, on paper: which two numbers are
# $H v$?
# <!-- predict column_of_a_hessian: H v = [1, 5] -->

# %% raises-exception
w1, w2 = Value(Dual(3.0, 1.0)), Value(Dual(1.0, 0.0))  # v = (1, 0)
miss = w1 * w2 - 1.0
(miss * miss * 0.5).backward()
print("gradient:", [w.grad.data for w in (w1, w2)], " H v:", [w.grad.slope for w in (w1, w2)])

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $\nabla E = (w_1 w_2 - 1)\,(w_2, w_1) = (2, 6)$. By $w_1$ once more: $w_2^2 = 1$, and $(w_1 w_2 - 1) + w_1 w_2 = 5$. (If
# the cell stops at an error, your `Value` turns its data into floats, or takes `**` of them, which `Dual` hasn't learned.
# With `tanh` inside it needs a `Value` that asks its data for their own `tanh`, as `np.tanh` does and `math.tanh`
# doesn't.)
# [Notebook 07](../07_training/training.ipynb) uses such products to look at curvatures.
#
# </details>
# <!--
# (2, 6): [w.grad.data for w in (w1, w2)] == [2, 6]
# = 5: [w.grad.slope for w in (w1, w2)] == [1, 5]
# -->

# %% [markdown] question="which_derivative" points=4
# ### Question: a second opinion (4 points, read by a person)
#
# A colleague has written the backward pass of a network with 200,000 weights by hand, in `float32`. To test it, he
# compares all gradients with one-sided differences of step $10^{-8}$. After three hours the test reports that every
# gradient is wrong.
#
# 1. Why did it take so long, and what would you do instead, to be as sure in a few seconds? (How does the time depend
#    on the number of weights?)
# 2. Why does the test report an error, even if the backward pass is right? Name what is wrong with the step, with the
#    kind of difference and with the precision, and what you would choose.
# 3. After these are mended, 3 of 500 tested gradients still disagree: by up to a factor of 2, or one is 0 and the other
#    not. The network uses ReLUs. Give an explanation in which the backward pass is right, and say how you would find out.
# 4. In another layer, the gradient by a matrix is right wherever a number is used once, and too small wherever it is
#    used in several places. What is probably wrong?
#
# <!--
# given 200,000, 10^{-8}, 500, 10^{-5}
# does not even move: [w + np.float32(1e-8) == w for w in np.float32([0.24, 0.26, -0.24, -0.26])] == [False, True] * 2
# -->
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points.
#
# - 1 point, question 1: one or two forward passes for each weight, each proportional to the number of weights, so
#   $O(\lvert w \rvert^2)$. Instead: a small network of the same kind, a sample of the weights, or slopes along a few
#   random directions, compared with the dot product of gradient and direction. (Half a point without the growth.)
# - 1 point, question 2: in `float32` a step of $10^{-8}$ is mostly lost in the rounding of the loss (a weight of size above
#   $\tfrac14$ does not even move), so the differences are 0 or noise (round-off); one-sided differences have an error of
#   order $\varepsilon$. Choose central differences in `float64` with a step of about $10^{-5}$. Half a point for round-off
#   alone.
# - 1 point, question 3: a kink lies between $x - \varepsilon$ and $x + \varepsilon$ (a pre-activation close to 0), and
#   the quotient mixes both slopes. Find out with a smaller step, with other examples, or by looking whether a unit
#   changes from on to off.
# - 1 point, question 4: contributions of several uses are not added (`=` in place of `+=`), or a node hands on before
#   all has arrived (order of the sweep). One of the two is enough.
#
# **Model answer.**
#
# He ran the network once or twice for each of 200,000 weights, and each run costs in proportion to their number: the time
# grows with its square. I would test a small network of the same kind, or a few weights at random, or compare slopes along
# some random directions with the gradient's dot product.
#
# In `float32` the loss is rounded to 7 digits, and a step of $10^{-8}$ mostly changes it by less, so the differences are 0
# or round-off. One-sided differences also err in the order of the step. I would take central differences in `float64` with
# a step of about $10^{-5}$.
#
# For the last 3 of 500 a kink may lie between the two points: a pre-activation close to 0, so that the difference mixes the
# slopes of both sides. Then the disagreement goes away with a smaller step, or with another example, and one sees a unit
# switch; a bug would stay.
#
# Where a number is used in several places, the contributions have to be added. Probably one overwrites another, `=` in place
# of `+=`, or a node hands on before everything has arrived.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("which_derivative")

# %% [markdown]
# ## A starred problem
#
# Without points: `progress()` shows a star for it. It is checked as all others are, and the time table above leaves it out.
#
# ### Exercise: `cheapest_order` · hard · 30 minutes · ★
#
# Forward mode multiplies a chain of Jacobians from the input on, reverse mode from the output back. The product is the
# same, the price is not; and there are more orders than these two. Which is the cheapest?
#
# `sizes` is the list of widths along the chain, at least two of them: Jacobian number $l$ has the shape (`sizes[l+1]`,
# `sizes[l]`), so there are `len(sizes) - 1` matrices. To multiply a $p \times q$ by a $q \times r$ matrix takes $pqr$
# multiplications. Return the **least** number of multiplications for the whole product, an `int`; for a single matrix it
# is 0. Chains of 30 sizes must be done within seconds, and their brackets can be set in more than $10^{14}$ ways.
# <!-- 10^{14}: __import__("math").comb(56, 28) // 29 > 1e14 -->
#
# **Predict:** `sizes = [2, 50, 3, 40]`. Three matrices, two orders. Which is the cheaper one?
# <!-- predict two_orders: *first the two next to the input | first the two next to the output -->
#
# <details><summary><b>Compare</b></summary>
#
# From the input: $3 \cdot 50 \cdot 2 + 40 \cdot 3 \cdot 2 = 540$. From the output:
# $40 \cdot 3 \cdot 50 + 40 \cdot 50 \cdot 2 = 10{,}000$.
#
# </details>
#
# Stuck? Run `hint("cheapest_order")` in a cell of your own. There are two.
# <!--
# = 540: 3 * 50 * 2 + 40 * 3 * 2 == 540
# 10{,}000 = 40 * 3 * 50 + 40 * 50 * 2
# -->


# %% exercise="cheapest_order" starred=true
def cheapest_order(sizes):
    """The least number of multiplications for a product of Jacobians.

    sizes: widths along the chain, at least two.  Returns an int.
    """
    ### BEGIN SOLUTION
    n = len(sizes)
    cost = np.zeros((n, n), dtype=int)  # of the part from one size to another
    for span in range(2, n):
        for i in range(n - span):
            j = i + span
            # the product that comes last, for each place where it may stand
            last = [sizes[i] * sizes[k] * sizes[j] for k in range(i + 1, j)]
            parts = cost[i, i + 1 : j] + cost[i + 1 : j, j]
            cost[i, j] = np.min(parts + last)
    return int(cost[0, -1])
    ### END SOLUTION


# %%
check(cheapest_order)

# %% [markdown]
# ## What you can say now
#
# - A gradient by nudging costs $O(\lvert w \rvert^2)$, and has a best step: truncation on one side, round-off on the
#   other. It keeps few digits in single precision and misleads beside kinks, and yet it is the judge of all others.
# - A formula may swell; the numbers of one computation don't. Differentiating the computation takes one more
#   number per node, and in reverse mode the memory of every step.
# - Multiply along paths, add over paths. Reverse mode keeps, for each node, the derivative of the one output by that node.
# - A Jacobian has the shape (outputs, inputs) and is what a differentiable map looks like from nearby. The chain rule
#   multiplies Jacobians, and with one output and wide layers the cheap order is from the output back.
# - Gradients are handed back by the *transposed* Jacobian; shapes show which factor goes where. Elementwise is diagonal,
#   softmax is full, and what is needed is $J^\top g$, not $J$.
# - A class of some fifty lines differentiates whatever you compute with the operations that it knows, if it visits nodes in
#   topological order.
#
# The [next notebook](../05_backprop_mlp/backprop_mlp.ipynb) puts layers in place of numbers, and derives the backward pass
# of the multilayer perceptron.
#
# **What to read next.** Baydin, Pearlmutter, Radul and Siskind,
# [Automatic differentiation in machine learning: a survey](https://arxiv.org/abs/1502.05767) (2018), and the paper
# that made reverse mode known: Rumelhart, Hinton and Williams,
# [Learning representations by back-propagating errors](https://doi.org/10.1038/323533a0) (1986).
# <!-- recall
# calls of f for a central difference, x of shape (2, 5) = 20
# the Jacobian of a map from 3 to 4 numbers = (4, 3)
# gradients on two paths to the same node are: multiplied | *added | the larger one counts
# best step of a central difference, about = 1e-5 × 30
# row sum of the Jacobian of softmax = 0
# scalar loss, many inputs, the cheap order of the product is: *from the output back | from the input on
# cost, from cheap to dear, of a gradient by all weights: order back-propagation < nudging each weight
# slope of tanh at z, with np: code 1 - np.tanh(z) ** 2
# slope of x * x at x = Dual(3.0, 0.5) = 3
# forward mode is cheap where there is: *one input | one output | neither
# Duals in a gradient give: the loss | *the Hessian times a direction | the whole Hessian
# -->

# %%
progress()
