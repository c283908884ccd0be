# %% [markdown]
# # 03 · What one hidden layer can do
#
# A famous theorem says that one hidden layer is enough to come as close as you like to any continuous function on a closed
# and bounded set. This notebook builds the proof with its hands, first for functions of one number: you will write down the
# weights of a network that follows a given curve, without any training, and count what each digit of accuracy costs. When you
# have worked through it you can
#
# - state the universal approximation theorem, and list what it does not say,
# - turn any broken line into a layer of ReLUs,
# - derive the error bound $\Delta^2 M_2 / 8$, and predict how many units a given error costs,
# - count what the same argument costs in 64 dimensions, and measure whether training finds a network that *exists*,
# - prove the theorem for any number of inputs, and say what the proof does not promise,
# - build a deep network of few units, and prove what a single layer must pay to come near its function.
#
# **Time** about 4 ½ hours, in seven sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 30 |
# | 2 | [A broken line is a layer of ReLUs](#A-broken-line-is-a-layer-of-ReLUs) | 50 |
# | 3 | [Where to put the knots](#Where-to-put-the-knots) | 30 |
# | 4 | [Two inputs, then any number](#Two-inputs,-then-any-number) | 40 |
# | 5 | [Ridges as a network](#Ridges-as-a-network) | 45 |
# | 6 | [Learned or written down](#Learned-or-written-down) | 30 |
# | 7 | [What a single layer must pay](#What-a-single-layer-must-pay) | 35, and 12 for the question |
#
# **You need** the network with one hidden layer of [notebook 02](../02_xor_basis_functions/xor_basis_functions.ipynb),
# first and second derivatives, NumPy arrays. (In *Two inputs, then any number* also sine and cosine of a sum, and means over a period.)
#
# **How it works.** As before: where it says `raise NotImplementedError()` you write code, the cell below it checks your
# answer, `hint("name")` nudges, `progress()` shows what is next. Where it says **Predict**, give your guess
# before you go on, and unfold *Compare* afterwards. Your functions are given arrays of floats or of whole numbers,
# unless the text says which.

# %% setup
import numpy as np

from autograde import check, hint, letters, predict, progress, recall, review, solution
from mlp_reference import data
from mlp_reference.viz import explorers, figures, plots, style

rng = np.random.default_rng(3)

# %%
letters(3)

# %% [markdown]
# **Two minutes first:** five short things from earlier notebooks, what you missed among them. They are checked, and cost nothing.

# %%
recall(3)

# %% [markdown]
# ## A promise with small print
#
# In notebook 02 a hidden layer of two units was enough for XOR. Which functions can a hidden layer come close to, if you may
# have as many units as you like? Take one input, a number $x$, for now. A network with $m$ hidden units and the activation
# $\psi$ (psi; the sigmoid, say) computes
#
# $$ \hat f(x) = \sum_{j=1}^{m} w^{(2)}_j\, \psi\big( w^{(1)}_j x + b^{(1)}_j \big) + b^{(2)} . $$
#
# Its parameters are $w^{(1)}$, $b^{(1)}$ and $w^{(2)}$, each of shape `(m,)`, and the number $b^{(2)}$; in code they are
# `w1`, `b1`, `w2`, `b2`. The number $m$ is the **width**. For a batch `x` of shape `(n,)` it is one line:

# %%
m, n = 5, 7
w1, b1, w2, b2 = rng.normal(size=m), rng.normal(size=m), rng.normal(size=m), 0.5
x = np.linspace(-1, 1, n)
hidden = np.tanh(x[:, None] * w1 + b1)  # (n, 1) times (m,) is (n, m): each x meets each unit
print("hidden layer:", hidden.shape, " output:", (hidden @ w2 + b2).shape)

# %% [markdown]
# Call $\psi$ *sigmoidal* if it is continuous, tends to 1 for $z \to \infty$ and to 0 for $z \to -\infty$. In 1989
# [George Cybenko](https://doi.org/10.1007/BF02551274) proved the **universal approximation theorem** (in the same year, by
# other routes and for a $\psi$ that never falls, [Ken-ichi Funahashi](https://doi.org/10.1016/0893-6080%2889%2990003-8) did, and so did [Kurt
# Hornik, Maxwell Stinchcombe and Halbert White](https://doi.org/10.1016/0893-6080%2889%2990020-8)):
#
# > Let $\psi$ be sigmoidal. For every continuous function $f$ on the cube $[0, 1]^d$ and every $\varepsilon > 0$ there are a
# > width $m$ and parameters for which $\lvert \hat f(x) - f(x) \rvert < \varepsilon$ for **all** $x$ in the cube.
#
# (For $d$ inputs, $w^{(1)}_j$ is a vector of shape `(d,)` for each unit, and $w^{(1)}_j x$ a dot product.)

# %% [markdown]
# Read it like a contract, because much that is said about it is not in it:
#
# - **Continuous**, on a **closed and bounded** set. A curve that jumps by 1 can't be followed more closely than 1/2 at its
#   jump by anything continuous. And nothing is promised outside of the cube: no sum of finitely many sigmoids follows a
#   sine along the whole line.
# - **There are**: the theorem doesn't say how to find the parameters. Training may find others, or none.
# - **A width**: it doesn't say how large. It may be astronomical.
# - **Close to $f$**: it is about a function that you know everywhere, not about a few noisy samples of it. A network
#   wide enough to fit anything can fit the noise, too.
# - **Sigmoidal**: the sigmoid qualifies, and tanh after a shift and a stretch. The ReLU grows without bound, so *this*
#   theorem doesn't cover it. (A later one does: [Leshno and others](https://doi.org/10.1016/S0893-6080%2805%2980131-5)
#   showed in 1993 that among continuous activations every one that is not a polynomial will do.) We shall give the ReLU its
#   own, better argument.

# %% [markdown]
# ### Finitely many points are easy
#
# If $f$ is wanted at finitely many inputs only, there is nothing to approximate.
# Project the inputs on a direction in which no two of them coincide, so that each gets a number $u_i$, and draw a broken line
# through the points $(u_i, y_i)$, where $y_i$ is what is wanted. A broken line is a hidden layer of ReLUs, as you will show below.
#
# Do it with 1,400 of the 1,797 digits of scikit-learn, as images of 64 pixels: `np.interp` draws the line, a random
# direction does the projecting. The line runs through all of the 1,400. **Predict:** how many of the other 397 does it get right?
# <!--
# 1,797 = len(data.digits()[1])
# 397 = len(data.digits()[1]) - 1400
# -->
# <!-- predict random_projection
# of the other 397: one in ten | *one in seven | one in two | nearly all
# -->

# %%
X, y = data.digits()  # (1797, 64), classes 0 to 9
order = rng.permutation(len(y))
known, others = order[:1400], order[1400:]
u = X @ rng.normal(size=64)  # one number for each image
print("all different:", len(np.unique(u)) == len(u))
knots = known[np.argsort(u[known])]
for name, rows in (("known", known), ("others", others)):
    answer = np.rint(np.interp(u[rows], u[knots], y[knots]))
    print(f"{name:>6}: {100 * (answer == y[rows]).mean():.1f} % right")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# All 1,400, with 1,399 hidden units, and one in seven of the others, where a blind guess gets one in ten: the projection
# has thrown away most of what the images show. A network that represents its training data perfectly may have learned next to
# nothing. To represent, to find and to generalize are three different things, and this notebook is mostly about the first.
# </details>
# <!--
# 1,399 = len(knots) - 1
# one in seven: round(1 / (answer == y[rows]).mean()) == 7
# given 1,400
# -->

# %% [markdown]
# ## A proof from bumps
#
# Cybenko's own proof is short but abstract. For one input there is one that you can see. A sigmoid is a soft step. The
# factor in front of $x$, the *steepness*, makes it as sharp as you like. A step up at `left` and a step down at `right`
# make a **bump**,
#
# $$ \sigma\big(\text{steepness} \cdot (x - \text{left})\big) - \sigma\big(\text{steepness} \cdot (x - \text{right})\big),
# \qquad
#    \sigma(z) = \frac{1}{1 + e^{-z}} . $$
#
# **Predict:** how high is the bump in its middle if the steepness is small?
# <!-- predict low_bump: about 1 | *below 1 | above 1 -->

# %%
figures.splines.bumps()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# In the middle the first sigmoid is $\sigma(\text{steepness} \cdot \text{width}/2)$ and the second
# $\sigma(-\text{steepness} \cdot \text{width}/2)$. Both are near $\tfrac12$ if the steepness is small, so the bump is low:
# 0.76 for steepness 2 and width 2, on the left.
# </details>
# <!-- 0.76 = mlp_reference.sigmoid_bump(1.5, 0.5, 2.5, 2) -->

# %% [markdown]
# ### Exercise: `sigmoid_bump` · easy · 5 minutes
#
# Write the bump. `x` is a number or an array of any shape; the result has the same shape. `left`, `right` and `steepness`
# are numbers. The steepness may be several thousand: then $e^{-z}$ overflows to `inf` on the way, which is harmless in
# $1/(1 + e^{-z})$ but not in every other way to write the sigmoid.
#
# **Predict:** what is the value at `x = left` if the bump is very steep?
# <!-- predict steep_bump: value at left = 0.5 -->
#
# <details><summary><b>Compare</b></summary>
#
# $\sigma(0) - \sigma(\text{steepness} \cdot (\text{left} - \text{right}))$, which is nearly $\tfrac12 - 0$: half way up.
# </details>
#
# Stuck? Run `hint("sigmoid_bump")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="sigmoid_bump"
def sigmoid_bump(x, left, right, steepness):
    """A rising sigmoid at left minus one at right: if steep, near 1 between them, 0 elsewhere.

    x: a number or an array of any shape.  Returns the same shape.
    """

    ### BEGIN SOLUTION
    def soft_step(z):
        small = np.exp(-np.abs(z))  # at most 1: nothing overflows
        return np.where(z > 0, 1, small) / (1 + small)

    return soft_step(steepness * (x - left)) - soft_step(steepness * (x - right))
    ### END SOLUTION


# %% test="sigmoid_bump" points=2
check(sigmoid_bump)
### BEGIN HIDDEN TESTS
check(sigmoid_bump, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# A bump is two hidden units with output weights $1$ and $-1$. Cut the interval into $m$ parts, stand a bump on each, as high
# as $f$ is in the middle of the part, and add them up: a staircase of $2m$ units. (Neighbouring bumps share an edge, where one
# falls and the next one rises by the same curve. So two sigmoids there can be made one, and $m + 1$ units are enough.)
#
# **Predict:** the figure takes 4, 16 and 64 parts. By which factor will the error fall from 16 to 64?
# <!-- predict quarter_of_the_width: factor = 4 ± 0.5 -->

# %%
figures.splines.staircases()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# By about 4, from 0.50 to 0.13. A step of width $\Delta$ misses a slope of size $\lvert f' \rvert$ by up to about
# $\lvert f' \rvert \Delta / 2$ (less where the step is soft): a quarter of the width, a quarter of the error.
# (With 4 parts the staircase misses whole waves, and the rule says nothing.)
# </details>
# <!--
# from 0.50 to 0.13: [f"{np.abs(experiments.splines.staircase(x, m) - data.TARGETS['wave'].f(x)).max():.2f}" for x in [np.linspace(-3, 3, 2001)] for m in (16, 64)] == ["0.50", "0.13"]
# -->

# %% [markdown]
# Why does this prove the theorem for one input, $d = 1$? Choose the **parts first**. A continuous function on a closed,
# bounded interval changes as little as you want within a part, if the parts are narrow enough everywhere (it is *uniformly*
# continuous). So take them so narrow that $f$ changes by less than $\varepsilon/2$ from any place of a part to any place of
# the same part or the next one.
#
# Then choose the **steepness**. Look at one place $x$ and the step between two parts that is nearest to it, so that $x$ lies in one of the two. Through that step
# the staircase passes from the height of one part to that of the next, and both are within $\varepsilon/2$ of $f(x)$. All other steps are at
# least half a part away from $x$; their sigmoids are nearly 0 or nearly 1 there, and what they miss, times the heights of
# their steps, adds up to less than $\varepsilon/2$ if the steepness is large enough. Together: less than $\varepsilon$, at
# every $x$.
#
# (The first bump begins and the last one ends half a part outside the interval or farther. Any sigmoidal $\psi$
# in place of $\sigma$ will do. One that leaves $[0, 1]$ carries a step past the two heights, by at most a multiple of their
# difference, and finer parts make that small.)
#
# We can do better with a broken line.
#
# *(A good place to stop.)*

# %% [markdown]
# ## A broken line is a layer of ReLUs
#
# The ReLU, short for *rectified linear unit*, is $\operatorname{relu}(z) = \max(z, 0)$. As a function of $x$,
# $\operatorname{relu}(x - t)$ is 0 up to $t$ and then rises with slope 1: a **hinge** that opens at $t$. Now walk along a
# broken line through the points $(t_0, v_0), (t_1, v_1), \dots, (t_m, v_m)$ from left to right. The places $t_j$ are called
# **knots**.
#
# 1. Piece $j$, from $t_j$ to $t_{j+1}$, has the slope $(v_{j+1} - v_j) / (t_{j+1} - t_j)$, for $j = 0, \dots, m - 1$.
# 2. At each knot the slope changes. A hinge that opens at $t_j$ with weight $c_j$ adds $c_j$ to the slope, *for good*.
# 3. So what the hinge at $t_j$ must contribute is not the slope of its piece but the **change** of slope. Before the first
#    knot no hinge is open, and the slope is 0.
#
# **Predict**, on paper: the points are $(0, 1)$, $(1, 3)$, $(3, 2)$, $(4, 2)$. Which three slopes, and which three weights
# $c_0, c_1, c_2$? Then run the cell.
# <!-- predict three_slopes
# slopes = [2, -0.5, 0]
# weights c = [2, -2.5, 0.5]
# -->

# %%
figures.splines.construction()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Slopes $2$, $-\tfrac12$, $0$, the black pieces in the middle; weights $2$, $-\tfrac52$, $\tfrac12$, the purple steps
# between them. On the right stand the hinges with these weights, blue where they bend the line up, orange where they bend
# it down. Three units for three pieces, and the constant $b^{(2)}$ is the value at the first knot, where all hinges are
# closed.
# </details>
#
# Does the sum of the hinges, lifted by the first value, give the broken line? `np.interp` draws the line without any hinge:

# %%
t, v = np.array([0.0, 1.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 2.0])
x = np.linspace(0, 4, 401)
hinges = 2 * np.maximum(x - 0, 0) - 2.5 * np.maximum(x - 1, 0) + 0.5 * np.maximum(x - 3, 0)
print(f"largest difference: {np.abs(1 + hinges - np.interp(x, t, v)).max():.1e}")

# %% [markdown]
# You may meet the same sum written with signs only, $\hat f(x) = \sum_j \pm \max(0, w_j x + b_j)$. That is no other network: a
# positive factor can be moved into a ReLU, $c \max(0, z) = \max(0, cz)$ for $c > 0$, so only the sign of $c$ has to stay
# outside; and the constant is one more unit, with $w_j = 0$.

# %%
c, z = rng.uniform(0, 5, 1000), rng.normal(size=1000)
same = np.allclose(c * np.maximum(z, 0), np.maximum(c * z, 0))
print("c relu(z) = relu(c z) for 1,000 positive c:", same)

# %% [markdown]
# ### Exercise: `relu_spline` · medium · 15 minutes
#
# Build the network for any points: `t` of shape `(m+1,)`, strictly increasing but at any distances, and `v` of shape
# `(m+1,)`. Return `(w1, b1, w2, b2)`, three arrays of one length, at most `m`, and a number, such that
#
# ```
# f(x) = np.maximum(x[:, None] * w1 + b1, 0) @ w2 + b2
# ```
#
# passes through every point and is straight between neighbours. What it does left of the first and right of the last knot
# is up to you, and so are the parameters: many networks have the same function, and all of them pass. If `t` is not strictly
# increasing, raise a `ValueError`.
#
# **Predict:** how many units does a straight line through two points need? And if the values of 20 points happen to lie on
# one straight line?
# <!-- predict units_for_a_line
# two points = 1
# 20 points on a line, weights that are not 0 = 1
# -->
#
# <details><summary><b>Compare</b></summary>
#
# One, if the line isn't level: two points make one piece. For the 20 points, one unit and 18 of weight 0, since the
# slope never changes. (You may return these or leave them away.)
# </details>


# %% exercise="relu_spline"
def relu_spline(t, v):
    """A hidden layer of ReLUs that is the broken line through all points (t_j, v_j).

    t: knots, shape (m+1,), strictly increasing, else ValueError.  v: values, shape (m+1,).
    Returns (w1, b1, w2, b2) of a net with at most m units.
    """
    ### BEGIN SOLUTION
    if not np.all(np.diff(t) > 0):
        raise ValueError(f"knots must be strictly increasing, got {t}")
    slope = np.diff(v) / np.diff(t)
    change = np.diff(slope, prepend=0)  # what each unit adds to the slope
    return np.ones(len(change)), -t[:-1], change, v[0]
    ### END SOLUTION


# %% test="relu_spline" points=4
check(relu_spline)
### BEGIN HIDDEN TESTS
check(relu_spline, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Put **your** network to work: it follows $\sin 3x + x/2$ on $[-3, 3]$ through 13 points. (Until it is written, the next
# cell says that it needs it; come back later.)


# %% raises-exception
def run(x, w1, b1, w2, b2):
    """One hidden layer of ReLUs, at a number or an array x."""
    column = np.asarray(x)[..., None]  # one more axis at the end: each x meets each unit
    return np.maximum(column * w1 + b1, 0) @ w2 + b2


f, a, b, _ = data.TARGETS["wave"]  # a function, the ends of its interval, a bound on abs(f'')
t = np.linspace(a, b, 13)
net = relu_spline(t, f(t))  # (w1, b1, w2, b2)
x = np.linspace(a, b, 601)
figure, ax = style.subplots(size=(7.4, 3.4))
ax.plot(x, f(x), color=style.BLUE, linewidth=4, alpha=0.45, label="sin 3x + x/2")
ax.plot(x, run(x, *net), color=style.ORANGE, label=f"your network, {len(net[0])} units")
ax.set(title="A network that was never trained", xlabel="x", ylabel="f(x)")
ax.legend()
style.describe(figure, "A wavy curve and a broken line of 12 pieces that meets it at 13 knots.")

# %% [markdown]
# ## How close is close?
#
# The theorem promises that *no* place is bad. So the distance between $f$ and $\hat f$ has to be the largest one,
#
# $$ \lVert f - \hat f \rVert_\infty = \max_{a \le x \le b} \lvert f(x) - \hat f(x) \rvert , $$
#
# called the **sup norm** of the difference (from *supremum*). A mean would forgive a network that is far off in a narrow
# place. On a computer we look at a fine grid of places.
#
# ### Exercise: `sup_error` · easy · 5 minutes
#
# Return the largest $\lvert f(x) - g(x) \rvert$ on `n` equally spaced points of $[a, b]$, both ends in. `f` and `g` are
# functions that take a number or an array.
#
# **Predict:** can the largest distance on the grid be larger than the true one? Smaller?
# <!-- predict error_on_a_grid
# larger than the true one: can be | *can't be
# smaller: *can be | can't be
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Not larger: every point of the grid is a point of the interval. But smaller, if the worst place lies between two grid points.
# A grid gives a lower bound, and one with further points between them no worse a bound.
# </details>


# %% exercise="sup_error"
def sup_error(f, g, a, b, n=1001):
    """The largest distance of f and g on n equally spaced points of [a, b], both ends in.

    f, g: functions of a number or an array.  Returns a float.
    """
    ### BEGIN SOLUTION
    x = np.linspace(a, b, n)
    return float(np.max(np.abs(f(x) - g(x))))
    ### END SOLUTION


# %% test="sup_error" points=2
check(sup_error)
### BEGIN HIDDEN TESTS
check(sup_error, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## How many pieces are enough?
#
# Let $f$ have a second derivative with $\lvert f''(x) \rvert \le M_2$ on $[a, b]$. Look at one interval between two knots
# $t_j$ and $t_{j+1}$, of width $\Delta$, and at the error there, $e(x) = f(x) - \text{chord}(x)$. The chord meets $f$ at
# both knots, so $e$ is 0 at both. How large can it get in between?
#
# **Step 1: one more zero.** Fix a place $x$ between the knots. There is a parabola that is 0 at both knots and equals $e$
# at this $x$; subtract it from $e$. What is left is a function $r$ of a place $u$,
#
# $$ r(u) = e(u) - e(x)\, \frac{(u - t_j)(u - t_{j+1})}{(x - t_j)(x - t_{j+1})} . $$
#
# It has three zeros: $t_j$, $x$ and $t_{j+1}$. Between two zeros of a function there is a place where its slope vanishes
# (Rolle's theorem: it goes up and comes down again, or the other way round). So $r'$ has two zeros, and between these $r''$
# has one, at some place $\xi$ (xi).

# %% [markdown]
# **Step 2: read off.** What is $r''$? The chord is straight, so its second derivative is 0, and $e'' = f''$. The product
# $(u - t_j)(u - t_{j+1}) = u^2 - (t_j + t_{j+1})\, u + t_j t_{j+1}$ has the second derivative 2 everywhere. So
# $r''(\xi) = 0$ says
#
# $$ \begin{gathered} f''(\xi) - e(x)\, \frac{2}{(x - t_j)(x - t_{j+1})} = 0 , \\
#    \text{that is}\quad e(x) = \tfrac12 f''(\xi)\, (x - t_j)(x - t_{j+1}) . \end{gathered} $$
#
# **Step 3: the worst place.** $(x - t_j)(t_{j+1} - x)$ is largest in the middle, where it is
# $\tfrac{\Delta}{2} \cdot \tfrac{\Delta}{2} = \Delta^2/4$, and $\lvert f''(\xi) \rvert$ is $M_2$ at most. Together:
#
# $$ \lVert f - \hat f \rVert_\infty \le \tfrac12 M_2 \cdot \frac{\Delta^2}{4} = \frac{\Delta^2 M_2}{8} . $$
#
# Is the bound ever reached? **Predict** for $f(x) = x^2$, where $f'' = 2$ everywhere. Then see both, for three widths:
# <!-- predict bound_reached: *exactly, for each width | nearly, for small widths | never -->

# %%
for width in (1.0, 0.5, 0.25):
    t = np.arange(-1, 1 + width, width)
    x = np.linspace(-1, 1, 4001)
    error = np.abs(np.interp(x, t, t**2) - x**2).max()
    print(f"width {width:4}: error {error:.6f}, bound width**2 * 2 / 8 = {width**2 * 2 / 8:.6f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It is reached exactly: the second derivative of $x^2$ has its largest value everywhere, also in the middle of each interval.
# So the 8 can't be improved.
# </details>

# %% [markdown]
# ### Exercise: `intervals_needed` · easy · 8 minutes
#
# Turn the bound around. You want an error of at most `eps` on $[a, b]$, and you know $M_2$. What is the least number of
# equal intervals for which $\Delta^2 M_2 / 8 \le \varepsilon$ holds? Return an `int`, at least 1. (If $f$ is a straight
# line then $M_2 = 0$, and one interval is enough.)
#
# **Predict:** how many times as many intervals does a hundredth of the error cost? One more correct decimal?
# <!-- predict price_of_a_decimal
# a hundredth of the error, times = 10
# one more decimal, times = 3.2 ± 0.2
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Ten times as many: $m$ goes with $1/\sqrt{\varepsilon}$. One more decimal, a tenth of the error, costs $\sqrt{10} \approx 3.2$
# times as many.
# </details>
# <!-- 3.2 = np.sqrt(10) -->


# %% exercise="intervals_needed"
def intervals_needed(eps, M2, a, b):
    """The least number of equal intervals of [a, b] with width**2 * M2 / 8 <= eps; at least 1.

    eps: the error allowed, > 0.  M2: bound on abs(f''), >= 0.  a < b.  Returns an int.
    """
    ### BEGIN SOLUTION
    return max(1, int(np.ceil((b - a) * np.sqrt(M2 / (8 * eps)))))
    ### END SOLUTION


# %% test="intervals_needed" points=2
check(intervals_needed)
### BEGIN HIDDEN TESTS
check(intervals_needed, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# All three together, if you have written them: ask for an error, compute the number of units, build the network, measure.
# **Predict:** will the measured error be above or below `eps`? By much?
# <!-- predict error_and_eps
# the measured error is: *below eps | above eps | now this, now that
# for eps = 0.001 it is off by: *a few percent | a third | a factor of 10
# -->

# %% raises-exception
f, a, b, M2 = data.TARGETS["sine"]  # on [0, 2 pi], where abs(f'') <= 1
for eps in (0.1, 0.01, 0.001):
    m = intervals_needed(eps, M2, a, b)
    t = np.linspace(a, b, m + 1)
    net = relu_spline(t, f(t))
    measured = sup_error(f, lambda x, net=net: run(x, *net), a, b, n=20_001)
    print(f"eps = {eps}: {m} units, measured error {measured:.6f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Below: it is a bound. By 30 % for `eps = 0.1`: 7.02 intervals are rounded up to 8, and none of the 8 has its middle
# where $\lvert \sin'' \rvert$ is 1. By 2 % for `eps = 0.001`, nearly all of it from rounding up: of many narrow intervals some
# always lie where the bound is tight.
# </details>
# <!--
# By 30 %: near(1 - max(abs(np.interp(u, np.linspace(0, 2 * np.pi, 9), np.sin(np.linspace(0, 2 * np.pi, 9))) - np.sin(u)) for u in np.linspace(0, 2 * np.pi, 4001)) / 0.1, "30 %")
# 7.02 = 2 * np.pi * np.sqrt(1 / 0.8)
# By 2 %: near(1 - measured / 0.001, "2 %")
# -->
#
# *(A good place to stop.)*

# %% [markdown]
# ## Where to put the knots
#
# The bound says: twice the intervals, a quarter of the error. On axes that are both logarithmic, an error
# $C m^p$ with a constant $C > 0$ is a straight line of slope $p$, because $\log(C m^p) = \log C + p \log m$. So for the sine we expect a line of slope
# $-2$. But $\sqrt{x}$ on $[0, 1]$ is infinitely steep at 0; its second derivative has no bound there, and
# $\Delta^2 M_2 / 8$ promises nothing.
#
# **Predict:** does the error for $\sqrt{x}$ still go to 0 with more equal intervals? With which slope?
# <!-- predict equal_knots_for_a_root
# the error goes to 0: *yes | no
# slope = -0.5
# -->

# %%
figures.splines.rates()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It does, but with slope $-\tfrac12$ only: a quarter of the error costs not twice but *sixteen* times the intervals. The
# largest error sits in the first interval $[0, \Delta]$, with $\Delta = 1/m$. There the chord is $x / \sqrt{\Delta}$. The
# difference $\sqrt{x} - x/\sqrt{\Delta}$ has the slope $\tfrac{1}{2\sqrt{x}} - \tfrac{1}{\sqrt{\Delta}}$, which is 0 at
# $x = \Delta/4$; the difference there is $\tfrac12\sqrt{\Delta} - \tfrac14\sqrt{\Delta} = \tfrac14 \sqrt{\Delta}$. The next
# cell measures it.
# </details>

# %%
for m in (16, 64, 256):
    t, x = np.linspace(0, 1, m + 1), np.linspace(0, 1, 64 * m + 1)
    error = np.abs(np.sqrt(x) - np.interp(x, t, np.sqrt(t))).max()
    print(f"m = {m:3}: error {error:.6f}, sqrt(width)/4 = {np.sqrt(1 / m) / 4:.6f}")

# %% [markdown]
# The green line in the figure above shows the remedy: move the knots to where the curve bends. With knots at $(j/m)^4$ the
# slope is $-2$ again. Why the fourth power?
#
# An interval of width $\Delta$ costs about $\Delta^2 \lvert f'' \rvert / 8$. The knots are well spent if all intervals cost
# the same: as long as one costs more than another, the largest error can be lowered by moving knots towards it, away from
# the cheaper ones. So $\Delta$ should be proportional to $\lvert f'' \rvert^{-1/2}$. For $\sqrt{x}$ the second derivative
# is $-\tfrac14 x^{-3/2}$, and $\Delta$ should be proportional to $x^{3/4}$.
#
# Knots at $t = (j/m)^4$ do this: from $j$ to $j + 1$ they move by about $\frac{4}{m} (j/m)^3 = \frac4m\, t^{3/4}$. The
# cheapest and the dearest interval should cost about the same:

# %%
for power in (1, 4):
    t = (np.arange(17) / 16) ** power  # 16 intervals; below, 101 places in each
    x = t[:-1, None] + np.diff(t)[:, None] * np.linspace(0, 1, 101)  # (16, 101)
    cost = np.abs(np.sqrt(x) - np.interp(x, t, np.sqrt(t))).max(axis=1)
    print(f"(j/16)**{power}: errors of the intervals from {cost.min():.5f} to {cost.max():.5f}")

# %% [markdown]
# A factor of 2 between them, where it was almost 500 with equal knots.
# <!--
# A factor of 2: near(cost.max() / cost.min(), "2")
# almost 500: 450 < 0.0625 / 0.000128 < 500
# -->
#
# **Try it:** add the powers 3 and 5 to the cell above. **Predict** first: will the factor between dearest and cheapest be
# larger or smaller than for 4, and which interval is the dearest, the first or the last?
# <!-- predict powers_3_and_5
# factor: *larger for both | larger for one | smaller for both
# power 3, dearest interval: *the first | the last
# power 5, dearest interval: the first | *the last
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Larger for both: 3.5 and 12. With the power 3 the first interval is too wide, and the dearest; with 5 it is too narrow,
# and the last one is the dearest.
# </details>
# <!--
# 3.5 = experiments.splines.spread_of_costs(3)
# 12 = experiments.splines.spread_of_costs(5)
# -->

# %% [markdown]
# You need no formula for $f''$ to do this. **Greedy** knots go from left to right, and let every chord reach as far as an
# allowed error permits. (The explorer asks for a number of intervals instead. It looks for the smallest allowed error with
# which greedy knots get by with that many; for the sine and an even number they need one fewer.) The ring in the right picture
# is the network you see.
#
# A knot can be dragged, a click adds one, and `explorers.spline_builder(f, a, b)` shows any function `f` of your own between `a`
# and `b`.
#
# **Predict**, then look:
#
# 1. At 32 intervals, for which of $\sin x$, $\sqrt{x}$ and $1/(1 + 25x^2)$ do greedy knots gain the most?
# 2. $\lvert x \rvert$ on $[-1, 1]$ has no second derivative at 0. How many units does it need?
# 3. With equal knots, $1/(1 + 25x^2)$ gets *worse* from 4 to 5 intervals. Why?
# 4. For $\sqrt{x}$ and many greedy knots the hinges reach far above the curve: look at the axis of the lower left picture. Is
#    that a danger?
# <!-- predict greedy_knots
# greedy gains most at 32 intervals for: the sine | *the root | the bell 1/(1 + 25x²)
# units for the absolute value = 2
# 5 intervals are worse than 4, as: *the peak is cut off | slopes are larger | floats are rounded
# large hinges are a danger: never | *in float32, if there are many | always
# -->

# %% explorer
explorers.spline_builder()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. $\sqrt{x}$: at 32 intervals equal knots err 0.044, greedy ones 0.00055, an eightieth. For the sine they gain a third,
#    0.0032 in place of 0.0048: its $\lvert f'' \rvert$ is above half its largest value on two thirds of the interval.
# 2. Two, if a knot stands at 0: with an even number of equal intervals one does. With 3 equal intervals the error is 0.33.
# 3. With 4 intervals a knot stands at the peak, $x = 0$; with 5 the peak lies in the middle of an interval and is cut off.
# 4. The weights are large and cancel each other: the first hinge rises steeply, the others take most of it away again. In
#    exact arithmetic that is fine. In `float32` differences of large numbers lose digits, the more the higher the hinges reach;
#    at 32 intervals the largest error does not show it yet.
# </details>
# <!--
# 0.044 = (lambda p: p.error(p.knots(32, False)))(experiments.splines.placement("root"))
# 0.00055 = (lambda p: p.error(p.knots(32, True)))(experiments.splines.placement("root"))
# does not show it yet: experiments.splines.growth_in_float32("root", 32) < 1.02
# an eightieth: 0.044 / 0.00055 > 79
# 0.0048 = (lambda p: p.error(p.knots(32, False)))(experiments.splines.placement("sine"))
# 0.0032 = (lambda p: p.error(p.knots(32, True)))(experiments.splines.placement("sine"))
# two thirds of the interval: near(np.mean(np.abs(np.sin(np.linspace(0, 2 * np.pi, 10_001))) > 0.5), "0.67")
# 0.33 = (lambda p: p.error(p.knots(3, False)))(experiments.splines.placement("corner"))
# -->

# %% [markdown]
# ## A real curve
#
# Matplotlib brings along a map of heights around the Jacksboro fault in Tennessee, 344 rows of 403 samples. We take one
# row, 30 km from west to east, and allow an error of 20 m at every sample. Nobody knows $M_2$ of a mountain, so equal knots are
# found by trial. For the other knots all chords between two samples that stay within 20 m are tried, and the shortest chain
# of such chords is taken: no choice of samples as knots can do with fewer.
#
# **Predict:** how many of the 403 samples have to become knots, and how many with equal distances? (A line with $m$ pieces
# has $m$ units and $m + 1$ knots.)
# <!-- given 344, 403 -->
# <!-- predict knots_for_a_curve
# free knots = 45 ± 20
# at equal distances = 142 ± 60
# -->

# %%
from matplotlib.cbook import get_sample_data

height = get_sample_data("jacksboro_fault_dem.npz")["elevation"][172].astype(float)  # metres
km = np.linspace(0, 30, len(height))  # about 75 m from sample to sample
for m in range(1, len(height)):
    t = np.linspace(0, 30, m + 1)
    line = np.interp(km, t, np.interp(t, km, height))
    if np.abs(line - height).max() <= 20:
        break
print(f"{len(height)} samples between {height.min():.0f} and {height.max():.0f} m")
print(f"equal knots: {m} units for 20 m")
figures.splines.terrain(km, height, eps=20)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 45 samples, so 44 units; 142 knots and 141 units at equal distances. The greedy walk takes 46 units here. It is not always the
# best choice, since a chord that reaches far may end in a bad place to start from, but it is close, and fast.
# </details>
# <!--
# 45 samples: len(mlp_reference.minimal_knots(lambda x: np.interp(x, km, height), 20, 0, 30, 403)) == 45
# 141 = m
# 142 = m + 1
# 46 = len(mlp_reference.greedy_knots(lambda x: np.interp(x, km, height), 20, 0, 30, 403)) - 1
# -->
#
# Each of the 44 units has a kink and a weight, so the network with its constant is 89 numbers, for 403 samples: a network as a
# compressed signal. (Equal knots need not be stored, but 141 weights must, and all units are to be computed for every $x$.)
# <!-- given 403 -->

# %% [markdown]
# ## The price in many dimensions
#
# How much would an error of 0.01 cost if $x$ were not one number but an image of $8 \times 8 = 64$ grey values? Carry the
# argument over: cut the cube $[0, 1]^d$ into $m^d$ cells, $m$ intervals in each direction, and go straight from corner to
# corner along each direction in turn. Each direction adds an error of $\Delta^2 M_2 / 8$ at most, if $M_2$ bounds the
# second derivatives along all of them (means between corners never enlarge an error that is there already). So the bound is
# now
#
# $$ \begin{gathered} \frac{d\, \Delta^2 M_2}{8} \quad\text{with}\quad \Delta = \frac1m , \\
#    \text{that is}\quad m = \Big\lceil \sqrt{d\, M_2 / (8\, \varepsilon)} \,\Big\rceil \ \text{ (rounded up).} \end{gathered} $$
#
# **Predict:** for $M_2 = 1$ and $\varepsilon = 0.01$, how many intervals are that for $d = 1$ and for $d = 64$? How many
# cells, for $d = 64$?
# <!-- given 0.01 -->
# <!-- predict intervals_and_cells
# intervals, one input = 4
# intervals, 64 inputs = 29
# cells, 64 inputs = 4e93 × 1000
# -->

# %%
for d in (1, 2, 3, 10, 64):
    m = int(np.ceil(np.sqrt(d / (8 * 0.01))))
    print(f"d = {d:2}: {m}**{d} = {float(m) ** d:.3g} cells")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 4 intervals, then 29, and $29^{64} \approx 4 \cdot 10^{93}$ cells. To know $f$ at the corners of all of them takes more
# measurements than there are atoms in the universe that we can see.
# </details>
# <!--
# 4 \cdot 10^{93} = 29.0**64
# 4 intervals, then 29: int(np.ceil(np.sqrt(1 / 0.08))) == 4 and m == 29
# given 29^{64}
# -->
#
# This is the **curse of dimensionality**: sampling everywhere is a proof, not a method.
#
# Learning can work in 64 dimensions because the functions that we meet there are not arbitrary. Images fill a tiny part of
# the cube, and what matters about them seems to depend on few combinations of the pixels. A network whose kinks are *learned* can
# spend its units there.
#
# *(A good place to stop.)*

# %% [markdown]
# ## Two inputs, then any number
#
# There is a gap left. For $d \ge 2$ a hidden ReLU is not a bump over one cell: it opens along a whole line, plane or
# hyperplane, and rises for ever. Why does one hidden layer suffice all the same? Look at a function that varies along a
# single direction $w$, of shape `(d,)`, a **ridge** $g(w \cdot x)$. Since $g$ is a function of *one* number, we know what
# to do: a broken line follows it, and each hinge of that line is one ReLU of $w \cdot x$. So everything that is a *sum of
# ridges* can be followed by one hidden layer.
#
# Are there enough ridges? Take two inputs and the product of two waves. The cosine of a sum and of a difference give
#
# $$ \cos \alpha \cos \beta = \tfrac12 \cos(\alpha + \beta) + \tfrac12 \cos(\alpha - \beta) , $$
#
# so with $\alpha = \pi k x_1$ and $\beta = \pi q x_2$ the product of waves is the sum of two ridges, along $(k, q)$ and
# along $(k, -q)$. With more inputs do it again. **Predict:** into how many cosines, of one number each, does the product of three
# waves fall, and that of $d$ waves?
# <!-- predict products_of_waves
# three waves = 4
# d waves: d | 2d | *2ᵈ⁻¹ | d!
# -->

# %%
x = rng.uniform(0, 1, (3, 5))  # five places with three inputs each
k1, k2, k3 = 2, 1, 3
product = np.cos(np.pi * k1 * x[0]) * np.cos(np.pi * k2 * x[1]) * np.cos(np.pi * k3 * x[2])
signs = [(s2, s3) for s2 in (1, -1) for s3 in (1, -1)]
ridges = [np.cos(np.pi * np.array([k1, s2 * k2, s3 * k3]) @ x) for s2, s3 in signs]
apart = np.abs(product - np.mean(ridges, axis=0)).max()
print(f"{len(ridges)} ridges; product and mean of the ridges differ by {apart:.0e} at most")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Four: each further factor doubles the number, since every cosine is multiplied by the new one and becomes a sum of two. So a product
# of $d$ waves is the mean of $2^{d-1}$ ridges, one for each choice of signs.
# </details>

# %% [markdown]
# ### The theorem, for any number of inputs
#
# > For every continuous $f$ on the cube $[0, 1]^d$ and every $\varepsilon > 0$ there is a network with one hidden layer of ReLUs for
# > which $\lvert \hat f(x) - f(x) \rvert < \varepsilon$ for all $x$ in the cube.
#
# **Step 1: waves.** Some sum $p$ of products of waves, $\cos(\pi k_1 x_1) \cdots \cos(\pi k_d x_d)$ with a weight each, is within
# $\varepsilon/2$ of $f$ everywhere. For one input this is a theorem of Lipót Fejér (1900), and it needs one idea. Continue $f$ to the
# whole line as a mirror does, $f(-x) = f(x)$ and with the period 2; it stays continuous. Now replace $f(x)$ by a *mean of $f$ around
# $x$*: shift $x$ by all $u$ from $-1$ to 1, and give $f(x + u)$ the weight
#
# $$ F_N(u) = \frac1N \left( \frac{\sin(N \pi u / 2)}{\sin(\pi u / 2)} \right)^2
#    = 1 + 2 \sum_{k=1}^{N-1} \Big( 1 - \frac kN \Big) \cos(\pi k u) $$
#
# with a whole number $N$ that we may choose. For $N = 2$ both sides can be read off: on the left
# $\sin(\pi u) = 2 \sin(\pi u/2) \cos(\pi u/2)$ makes it $2 \cos^2(\pi u/2)$, and that is $1 + \cos(\pi u)$, the right side.
#
# <details><summary>And for any N?</summary>
#
# Let $u$ be no even number; at even ones the left side is $0/0$, and a limit is meant.
#
# Walk $N$ steps of length 1 in the plane, and turn by the angle $\pi u$ after each. Step $j$ moves you by $(\cos \pi j u, \sin \pi j u)$, for
# $j = 0, \dots, N - 1$. How far do they all lead, squared? The two sums, squared and added, are the sum of $\cos \pi (i - j) u$ over
# all pairs $(i, j)$: $N$ of these have $i = j$, and $2(N - k)$ are $k$ apart, which makes $N$ times the right side. But all places of the
# walk lie on one circle. A step is a chord over the angle $\pi u$, and the way from the first place to the last a chord over $N \pi u$. Chords are
# in the ratio of the sines of half their angles, so this way is $\lvert \sin(N \pi u / 2) / \sin(\pi u / 2) \rvert$ long, and its square is $N$ times
# the left side.
# </details>
#
# **Predict:** how high is $F_{16}$ at $u = 0$? (Ask the right side.) And which share of the weight lies within $\tfrac14$ of it?
# <!-- predict weights_of_a_mean
# height at 0 = 16
# share near 0: less than half | about two thirds | *more than nine tenths
# -->

# %%
u = np.linspace(-1, 1, 2000)  # an even number of places: 0 is none of them
figure, ax = style.subplots(size=(7.4, 3.0))
for N, color in ((2, style.GREY), (4, style.BLUE), (16, style.ORANGE)):
    F = (np.sin(N * np.pi * u / 2) / np.sin(np.pi * u / 2)) ** 2 / N  # (2000,)
    k = np.arange(1, N)
    waves = 1 + 2 * np.cos(np.pi * u[:, None] * k) @ (1 - k / N)  # (2000, N-1) times (N-1,)
    close = F[np.abs(u) < 0.25].sum() / F.sum()
    print(f"N = {N:2}: both sides differ by {np.abs(F - waves).max():.0e} at most,", end=" ")
    print(f"mean {F.mean():.3f},", end=" ")
    print(f"{close:.0%} of the weight within 1/4 of 0")
    ax.plot(u, F, color=color, label=f"N = {N}")
ax.set(title="Weights of a mean", xlabel="shift u", ylabel="weight")
ax.legend()
words = f"Curves with a peak at 0; the highest, {F.max():.0f} high, is the narrowest."
style.describe(figure, words)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 16: the right side is $1 + (N - 1)$ there. And 95 % of the weight lies within $\tfrac14$ of 0.
# </details>
# <!--
# 16 = N
# 95 % = close
# -->

# %% [markdown]
# What do we gain? The left side is never negative, and where $\lvert u \rvert$ is above some distance $\delta$ it is at most
# $1 / (N \sin^2(\pi \delta / 2))$, which tends to 0 for large $N$. The right side has the mean 1 over a period, since every cosine has the
# mean 0. So for large $N$ nearly all of the weight sits near $u = 0$: we take a mean of values of $f$ from near $x$, and these differ
# from $f(x)$ as little as we want, at all $x$ at once ($f$ is uniformly continuous). What lies farther out has little weight, and $f$ is bounded, so it
# changes the mean by little.

# %% [markdown]
# And this mean *is* a sum of waves. Put $s = x + u$. For each $k$ the mean of $f(s) \cos(\pi k (s - x))$ over a period is
#
# $$ \begin{aligned} & \cos(\pi k x) \cdot \text{mean of } f(s) \cos(\pi k s) \\
#    {} + {} & \sin(\pi k x) \cdot \text{mean of } f(s) \sin(\pi k s) , \end{aligned} $$
#
# and the last mean is 0: $f$ is the same at $s$ and $-s$, where the sine has opposite signs. What stays is a number times $\cos(\pi k x)$, for each
# $k < N$. For $d$ inputs mirror $f$ in each of them, and take the product of $d$ such weights: a mean over small shifts of all inputs (where at least
# one shift is large, there is at most $d$ times the weight that one input has at large shifts), and a sum of products of waves.

# %% [markdown]
# **Step 2: ridges.** Each product in $p$ is a mean of $2^{d-1}$ ridges. So $p(x) = c_0 + \sum_j c_j \cos(\pi\, w_j \cdot x)$, with
# finitely many directions $w_j$ of whole numbers.
#
# **Step 3: broken lines.** On the cube the number $w_j \cdot x$ runs through an interval. On it a broken line follows
# $\cos(\pi u)$ as closely as we like, within $\varepsilon / (2 \sum_j \lvert c_j \rvert)$, say (were all $c_j = 0$, $p$ would be a constant, and we were done), by pieces of one width (the bound
# $\Delta^2 M_2/8$ with $M_2 = \pi^2$ says which).
#
# **Step 4: together.** The errors of all ridges add up to at most $\varepsilon/2$, and Step 1 has cost less than the other half. A sum of
# broken lines of $w_j \cdot x$ is one hidden layer of ReLUs. $\square$ (With the staircases of sigmoids from above in place of broken lines it is a proof for them.)

# %% [markdown]
# ### What it does not say
#
# Nothing about the price. How large $N$ must be depends on $f$, and there are $N^d$ products, each of them up to $2^{d-1}$ ridges: the exponent
# $d$ is back. Nor does it say that *these* ridges are a good choice; waves are the ones for which a proof is short. What it does show is
# what costs: the number of ridges, and the length of the interval through which each $w_j \cdot x$ runs. A function of 64 inputs that
# is a sum of three ridges is as cheap as three curves on three such intervals.
#
# *(A good place to stop.)*

# %% [markdown]
# ## Ridges as a network
#
# Now with your hands, and then at work: on waves, on a bump, and on the mountain.
#
# ### Exercise: `ridge_network` · medium · 15 minutes
#
# Write Steps 3 and 4, for a sum of $r$ ridges with one curve $g$,
#
# $$ f(x) = \sum_{j=1}^{r} c_j\, g(w_j \cdot x) \qquad \text{for } x \text{ in } [0, 1]^d . $$
#
# `g` is a function of a number or an array. `W` has shape `(d, r)`, and $w_j$ is its *column* number $j$. `c` has shape `(r,)`, and `m` is
# the number of pieces for each ridge. Return `(W1, b1, w2, b2)`, arrays of shapes `(d, units)`, `(units,)`, `(units,)` with at most $r\,m$ units,
# and a number, such that
#
# ```
# f(X) = np.maximum(X @ W1 + b1, 0) @ w2 + b2  # X (n, d), f (n,)
# ```
#
# is on the whole cube the sum of $c_j$ times a broken line of $w_j \cdot x$. That line has $m$ pieces of equal width, from the least to the
# largest value of $w_j \cdot x$ **on the cube**, and meets $g$ at its $m + 1$ knots.
#
# - A column of zeros is a ridge, too: the constant $c_j\, g(0)$, which needs no unit. (At least one column is not zero.)
# - Outside of the cube the network may do what it likes, and any parameters with this function pass.
# - If `m` is below 1, raise a `ValueError`. Leave `W` and `c` as they are.
#
# You may call your own `relu_spline`. Try one ridge of one input first, `W = [[1.0]]` and `c = [1.0]` as arrays: there the network is the broken
# line of $g$ on $[0, 1]$.
#
# **Predict:** $w = (3, -2, 1)$. Between which numbers does $w \cdot x$ lie on the cube?
# <!-- predict range_of_a_ridge: least, largest = [-2, 4] -->
#
# <details><summary><b>Compare</b></summary>
#
# Between $-2$, at the corner $(0, 1, 0)$, and $4$, at $(1, 0, 1)$: each has a 1 at the inputs whose weights have one sign, and
# a 0 at the others.
# </details>


# %% exercise="ridge_network"
def ridge_network(g, W, c, m):
    """A hidden layer of ReLUs that follows the sum of c_j g(w_j . x) on the unit cube.

    g: function of a number or an array.  W: directions in columns, (d, r).  c: (r,).
    m: pieces for each ridge, at least 1, else ValueError.  Returns (W1, b1, w2, b2).
    """
    ### BEGIN SOLUTION
    if m < 1:
        raise ValueError(f"expected at least one piece for each ridge, got m = {m}")
    low, high = np.minimum(W, 0).sum(axis=0), np.maximum(W, 0).sum(axis=0)  # (r,): at two corners
    t = np.linspace(low, high, m + 1)  # (m+1, r): a column of knots for each ridge
    v = np.stack([g(u) for u in t.T], axis=1)
    slope = np.diff(v, axis=0) / np.where(high > low, np.diff(t, axis=0), 1)
    change = c * np.diff(slope, axis=0, prepend=0)  # (m, r)
    return np.repeat(W, m, axis=1), -t[:-1].T.ravel(), change.T.ravel(), v[0] @ c
    ### END SOLUTION


# %% test="ridge_network" points=4
check(ridge_network)
### BEGIN HIDDEN TESTS
check(ridge_network, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Put **your** network to work: $\cos(2 \pi x_1) \cos(\pi x_2)$ is two ridges. **Predict:** by which factor does its error fall when `m` is
# doubled?
# <!-- predict twice_the_pieces: factor = 4 ± 0.5 -->

# %% raises-exception
directions = np.array([[2, 2], [1, -1]])  # (2, 1) and (2, -1), in columns
places = np.stack(np.meshgrid(*2 * [np.linspace(0, 1, 101)]), axis=-1).reshape(-1, 2)  # (n, 2)
wanted = np.cos(2 * np.pi * places[:, 0]) * np.cos(np.pi * places[:, 1])
found = []
for m in (6, 12, 24, 48):
    W1, b1, w2, b2 = ridge_network(lambda u: np.cos(np.pi * u), directions, np.array([0.5, 0.5]), m)
    values = np.maximum(places @ W1 + b1, 0) @ w2 + b2
    found.append(np.abs(values - wanted).max())
    print(f"m = {m:2}: {len(b1):2} units, largest error {found[-1]:.5f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# By a factor that tends to 4, once the pieces are small: 3.9 at the last doubling. The bound $\Delta^2 M_2 / 8$ of one number carries over.
# </details>
# <!--
# tends to 4: 3.7 < found[-2] / found[-1] < 4.3
# 3.9 = found[-2] / found[-1]
# -->
#
# Does a ridge know how many inputs there are? **Predict:** one ridge, $\cos(\pi (x_1 + \dots + x_d))$, and always 48 pieces. How does its
# largest error change from 2 inputs to 8?
# <!-- predict ridge_of_many_inputs: the same | four times | *about sixteen times -->

# %% raises-exception
misses = []
for d in (2, 8, 64):
    W = np.ones((d, 1))
    W1, b1, w2, b2 = ridge_network(lambda u: np.cos(np.pi * u), W, np.ones(1), 48)
    X = np.linspace(0, 1, 5001)[:, None] * np.ones(d)  # (n, d): from corner to corner
    values = np.maximum(X @ W1 + b1, 0) @ w2 + b2
    misses.append(np.abs(values - np.cos(np.pi * X.sum(axis=1))).max())
    print(f"{d:2} inputs: w · x from 0 to {d:2}, pieces {d / 48:.3f} wide,", end=" ")
    print(f"largest error {misses[-1]:.4f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Fifteen times, and the bound says sixteen. A ridge does not count its inputs, but $w \cdot x$ runs through an interval that is as long as the sum of all
# $\lvert w_i \rvert$: four times as long here, so the pieces are four times as wide. For 64 inputs a piece is wider than the way from
# a crest to the next trough, and the broken line is 1.5 off. To keep the error, $m$ has to grow with that length.
# </details>
# <!--
# Fifteen times: near(misses[1] / misses[0], "15")
# 1.5 = misses[2]
# -->

# %% [markdown]
# Now a function that is no wave. **Predict** for a round bump on the square, with all waves $k, q \le 6$: how many ridges are these, and
# how many ReLUs, roughly, for an error near 0.01?
# <!-- given 0.01 -->
# <!-- predict ridges
# ridges = 84 ± 15
# ReLUs = 1,484 × 3
# -->

# %%
figures.splines.ridges(highest=6)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $7 \cdot 7 - 1 = 48$ pairs $(k, q)$ without $(0, 0)$, of which 36 give two ridges: 84. They take 1,484 ReLUs,
# for a single bump that is 0.012 off. (The bump is its own mirror image, so waves with an odd $k$ or $q$ have the weight 0. They
# make 60 of the ridges, and take one ReLU each.) With $d$ inputs and waves up to $6$ there are more than $6^d$ products.
# </details>
# <!--
# 84: experiments.ridges.ridge_net(6, 0.02).ridges == 84 == 48 + 36
# 1,484 = experiments.ridges.ridge_net(6, 0.02).units
# 0.012 = experiments.ridges.ridge_net(6, 0.02).error
# 60 = sum(2 if k and q else 1 for k in range(7) for q in range(7) if k % 2 or q % 2)
# -->

# %% [markdown]
# ### The mountain, in two dimensions
#
# Of the map of the fault we took one row. Here is a square of it, a function of two inputs:

# %%
heights = get_sample_data("jacksboro_fault_dem.npz")["elevation"][100:228, 130:258].astype(float)
print(f"{heights.size:,} samples, which vary by {heights.std():.0f} m (standard deviation)")

# %% [markdown]
# We keep the 10, 50 or
# 200 products of cosines that matter most to it, turn each into its ridges, and give these so many pieces that all the broken lines together are
# off by at most 100 m, in the worst case; as they hardly ever all err in the same direction, that costs little on the mean. Errors are
# root mean squares, and the heights themselves vary by 176 m in that sense.
#
# **Predict:** along one row of 403 samples 44 units stayed within 20 m of each; as a root mean square that was 10 m. How many ReLUs does a
# root mean square of 25 m cost here: some 300, some 3,000, or more than 10,000?
# <!-- predict price_of_a_map: some 300 | some 3,000 | *more than 10,000 -->
# <!--
# 176 = heights.std()
# given 300, 100, 3,000, 10,000, 403
# 10 m: near(experiments.splines.fewest_pieces(km, height, 20)[1], "10")
# 44 units: len(mlp_reference.minimal_knots(lambda u: np.interp(u, km, height), 20, 0, 30, 403)) == 45
# -->

# %%
figures.splines.ridge_map(heights, products=(10, 50, 200), eps=100)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 26,888 ReLUs for 25 m, where the map has 16,384 samples; 2,872 for 52 m; 132 for 88 m, half of what there was. Getting from 88 m
# to 52 m takes twenty times as many, and from there to 25 m nine times again.
# </details>
# <!--
# 26,888 = experiments.ridges.ridge_map(heights, 200, 100).units
# 25 = experiments.ridges.ridge_map(heights, 200, 100).rms
# 16,384 = heights.size
# 2,872 = experiments.ridges.ridge_map(heights, 50, 100).units
# 52 = experiments.ridges.ridge_map(heights, 50, 100).rms
# 132 = experiments.ridges.ridge_map(heights, 10, 100).units
# 88 = experiments.ridges.ridge_map(heights, 10, 100).rms
# half of what there was: near(experiments.ridges.ridge_map(heights, 10, 100).rms / heights.std(), "0.5")
# twenty times: 20 < experiments.ridges.ridge_map(heights, 50, 100).units / experiments.ridges.ridge_map(heights, 10, 100).units < 22
# nine times: near(experiments.ridges.ridge_map(heights, 200, 100).units / experiments.ridges.ridge_map(heights, 50, 100).units, "9")
# -->
#
# The 100 m were our choice. **Predict:** what if all the broken lines together may cost 500 m in the worst case?
# <!-- given 500 -->
# <!-- predict coarser_pieces
# ReLUs for 200 products: nearly as many | *about half | a tenth
# the error rises by: *3 m | 30 m | 300 m
# -->

# %%
figures.splines.ridge_map(heights, products=(10, 50, 200), eps=500)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 12,124 ReLUs for 28 m, less than half as many for 3 m more: the price depends on how the error is shared between too few waves and too coarse pieces. But
# it stays at three ReLUs for four samples, where the row got by with one for nine, and came closer. Waves run through the whole square, and a mountain is
# something local; every fold of the ground has to be made of waves that cancel elsewhere. So this is a proof, and not a way to build networks.
# </details>
# <!--
# 12,124 = experiments.ridges.ridge_map(heights, 200, 500).units
# 28 = experiments.ridges.ridge_map(heights, 200, 500).rms
# less than half: experiments.ridges.ridge_map(heights, 200, 500).units < 0.5 * experiments.ridges.ridge_map(heights, 200, 100).units
# 3 m more: near(experiments.ridges.ridge_map(heights, 200, 500).rms - experiments.ridges.ridge_map(heights, 200, 100).rms, "3")
# three ReLUs for four: near(4 * experiments.ridges.ridge_map(heights, 200, 500).units / heights.size, "3")
# one for nine: near(403 / 44, "9")
# -->

# %% [markdown]
# ### Lines of kinks
#
# Look at the layer itself. Each ReLU of two inputs has a line on which it opens, its *line of kinks*, and between these lines the network is flat,
# a piece of a plane. How many pieces? Draw the lines one after another. The new line meets each of the $k$ older ones at most once; these places
# cut it into at most $k + 1$ parts, and each part cuts a region in two. So $m$ lines make at most
#
# $$ 1 + (1 + 2 + \dots + m) = 1 + m + \frac{m (m - 1)}{2} $$
#
# regions, and exactly so many if no two lines are parallel and no three meet in a point. ($m$ hyperplanes in $d$ dimensions make at most $\binom m0 + \binom m1 + \dots + \binom md$ regions, as Ludwig Schläfli knew about 1850;
# [Thomas Zaslavsky](https://doi.org/10.1090/memo/0154) counted those of any arrangement in 1975.)
#
# **Predict:** how many regions do five lines make at most? What do you lose by making two of them parallel? By letting three meet in a point?
# <!-- predict five_lines
# five lines = 16
# two parallel, lost = 1
# three in a point, lost = 1
# -->
#
# In the explorer the lines are dragged on the left, and the regions are seen on the right. Its two colours only tell neighbours apart: orange is where an
# odd number of the five units is on.

# %% explorer
explorers.folding(layers=5, way="side by side")  # five units of one layer

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $1 + 5 + 10 = 16$, as many as with the lines at the start. Two parallel lines lack one crossing, so one region is lost; three lines through one
# point lose the triangle between them.
# </details>
# <!--
# 16 = experiments.folding.regions_of_lines([[0, 0], [90, 0], [45, 0.7], [135, -0.3], [110, 0.3]])
# one region is lost: experiments.folding.regions_of_lines([[0, 0], [0, 1], [45, 0.7], [135, -0.3], [110, 0.3]]) == 15
# lose the triangle: experiments.folding.regions_of_lines([[0, 0], [90, 0], [45, 0], [135, -0.3], [110, 0.3]]) == 15
# -->
#
# So the number of pieces can grow like $m^2/2$ in the plane, and like $m^d$ in $d$ dimensions, though the network has only a few numbers for each unit: most of the
# pieces are not free. *What depth buys* shows the same lines in layers of their own, where they fold.
#
# *(A good place to stop.)*

# %% [markdown]
# ## Learned or written down
#
# So let us learn the kinks. Twenty networks of 16 ReLUs start from random weights and are trained on the sine, with 256
# samples and 2,500 steps of a good optimizer ([notebook 07](../07_training/training.ipynb) explains it). The constructed
# network has 16 units as well, and equal knots: nothing about it is tuned. (It takes some seconds.)
#
# **Predict:** how many of the twenty get below the largest error of the constructed network? And how many below its root mean square?
# <!-- given 256, 2,500 -->
# <!-- predict trained_or_built
# largest error, below the built one = 0
# root mean square, below the built one: none | *some | nearly all
# -->

# %%
figures.splines.trained_against_constructed()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# By the largest error none. The constructed network is off by 0.019, the best trained one by 0.028, the median by more than 0.05. Networks with a
# smaller error than all of them *exist*: one of them stands in blue in the picture. Training ended elsewhere.
#
# By the root mean square, in the picture on the right, 4; the other 16 are worse by it, too.
# </details>
# <!--
# 0.019 = experiments.splines.rivals().built
# 0.028 = experiments.splines.rivals().errors[0]
# more than 0.05: np.median(experiments.splines.rivals().errors) > 0.05
# 4 = ((experiments.splines.rivals().trained ** 2).mean(axis=1) < (experiments.splines.rivals().constructed ** 2).mean()).sum()
# 16 = ((experiments.splines.rivals().trained ** 2).mean(axis=1) > (experiments.splines.rivals().constructed ** 2).mean()).sum()
# -->
#
# Part of the reason shows when you take another ruler. What training lowers is the *mean* of the squared error, and by that
# measure some of the twenty are better than the constructed network. A step that lowers the mean doesn't care about a few narrow
# peaks like those in the left picture. Dead units, as in notebook 02, and a landscape that is no bowl
# ([notebook 07](../07_training/training.ipynb)) may be the rest; this experiment doesn't tell them apart.
#
# *(A good place to stop.)*

# %% [markdown]
# ## What depth buys
#
# If one layer can come close to everything, why have more? Because of the price. Take the **tent**: it rises from 0 to 1 on
# $[0, \tfrac12]$ and falls back to 0 on $[\tfrac12, 1]$,
#
# $$ T(x) = 1 - \lvert 2x - 1 \rvert = 2 \operatorname{relu}(x) - 4 \operatorname{relu}\big(x - \tfrac12\big)
#    \qquad \text{for } 0 \le x \le 1 . $$
#
# It covers $[0, 1]$ twice. So $T(T(x))$ runs through a whole tent on each half: two teeth, four pieces.
#
# **Predict:** how many pieces after $k$ tents? How many ReLUs does it take, if every tent is one hidden layer?
# <!-- predict pieces_and_units
# pieces: 2k | k² | *2ᵏ
# ReLUs: k | *2k | 2ᵏ
# -->

# %%
figures.splines.folding()

# %%
x = np.linspace(0, 1, 4097)
y = x
for k in range(1, 8):
    y = 2 * np.maximum(y, 0) - 4 * np.maximum(y - 0.5, 0)  # one more tent
    slope = np.diff(y) / np.diff(x)
    pieces = 1 + np.count_nonzero(np.abs(np.diff(slope)) > 1e-6)
    print(f"tents: {k}, units: {2 * k:2}, pieces: {pieces:3}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $2^k$ pieces from $2k$ units: every further $T$ doubles the teeth, as folding a strip of paper doubles its layers.
# </details>

# %% [markdown]
# Now write it as one network. Two ReLUs make the hidden values $h = [\operatorname{relu}(x), \operatorname{relu}(x - \tfrac12)]$; the
# output layer of the tent takes $2h_0 - 4h_1$. The next tent takes that number as its input, so the output layer of one is
# followed directly by the first layer of the next. Two linear maps in a row are one (notebook 02): in between stands a
# single matrix of shape `(2, 2)`.
#
# ### Exercise: `sawtooth_net` · medium · 15 minutes
#
# Return the list `[(W, b), ...]` of a network with `k` hidden layers of two units each and a linear output layer, `k + 1`
# pairs in all, for $k \ge 1$. `W` has shape `(d_in, d_out)` and `b` shape `(d_out,)`, from `(1, 2)` at the input to `(2, 1)` at
# the output. With a batch `x` of shape `(n,)` it is run like this:
#
# ```
# h = x[:, None]
# for W, b in net[:-1]:
#     h = np.maximum(h @ W + b, 0)
# W, b = net[-1]
# f = h @ W + b          # shape (n, 1)
# ```
#
# On $[0, 1]$ it shall be the tent, applied `k` times. Any parameters with this function pass.
#
# **Predict:** how many numbers, weights and biases together, has the network for $k = 10$? How many would a single hidden
# layer with 1,024 units have?
# <!-- predict numbers_of_the_sawtooth
# k = 10 tents = 61
# one layer of 1,024 units = 3,073
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $4 + 9 \cdot 6 + 3 = 61$, for 1,024 pieces. The single layer has $3 \cdot 1024 + 1 = 3073$.
# </details>
# <!--
# 61 = sum(W.size + b.size for W, b in mlp_reference.sawtooth_net(10))
# 3073 = 3 * 1024 + 1
# given 1,024
# -->


# %% exercise="sawtooth_net"
def sawtooth_net(k):
    """A ReLU net with k hidden layers of two units: the tent 1 - abs(2x - 1) applied k times.

    k: at least 1.  Returns [(W, b), ...], k + 1 pairs, W (d_in, d_out), b (d_out,).
    """
    ### BEGIN SOLUTION
    first, kinks = np.array([[1.0, 1.0]]), np.array([0.0, -0.5])
    last = np.array([[2.0], [-4.0]])
    between = [(last @ first, kinks) for _ in range(k - 1)]  # out of one tent, into the next
    return [(first, kinks), *between, (last, np.zeros(1))]
    ### END SOLUTION


# %% test="sawtooth_net" points=3
check(sawtooth_net)
### BEGIN HIDDEN TESTS
check(sawtooth_net, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# *(A good place to stop.)*

# %% [markdown]
# ### What a single layer must pay
#
# Which width does a single hidden layer need for the sawtooth of $k$ tents? Its graph is a broken line with at most one
# kink for each ReLU. The sawtooth has $2^k$ pieces and so $2^k - 1$ kinks inside of $[0, 1]$. So it takes **at least
# $2^k - 1$ units**.
#
# Does it help to be content with an approximation? No:
#
# 1. At the $2^k + 1$ places $i / 2^k$ the sawtooth is 0 and 1 in turn.
# 2. Let a broken line $g$ be less than $\tfrac12$ off everywhere. Then $g - \tfrac12$ is negative and positive in turn at
#    these places, so it changes its sign $2^k$ times.
# 3. A straight piece changes its sign once at most. So $g$ has at least $2^k$ pieces, and at least $2^k - 1$ kinks.
#
# With fewer units a single layer is off by $\tfrac12$ or more somewhere, and that is what the constant $\tfrac12$ achieves
# with no unit.
#
# <details><summary>Is $2^k - 1$ enough for the sawtooth itself?</summary>
#
# No, it takes $2^k$, as in `relu_spline`. All slopes of the sawtooth are $\pm 2^k$, so at each kink the slope changes by
# $\pm 2^{k+1}$. With exactly one unit for each kink, each unit adds $\pm 2^{k+1}$ to the slope on one side of its kink, to
# the right or to the left, and nothing on the other. The slope of the first piece is the sum of those that open to the
# left, a multiple of $2^{k+1}$. But it has to be $2^k$.
# </details>

# %% [markdown]
# **Predict**, then move the slider: from which $k$ on is a single layer with the *same* number of units, $2k$, too narrow?
# <!-- predict too_narrow: from k = 3 -->

# %% explorer
explorers.width_vs_depth()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# From $k = 3$ on: 6 units against 8 pieces. For $k = 1$ and $k = 2$ the two are equal.
# </details>

# %% [markdown]
# A tent folds the line. How does a layer fold a sheet of paper? Let $u$ be the place of a point along the fold, and $v$ its distance from
# the fold, with a sign. A fold keeps $u$ and makes $\lvert v \rvert = \operatorname{relu}(v) + \operatorname{relu}(-v)$ of $v$, by two ReLUs. But $u$ has to
# come through the layer as well. On a bounded sheet a third ReLU carries it, $\operatorname{relu}(u + 2)$, say, if $u + 2$ is above 0 everywhere:
# what it adds is taken off by the next bias. **Predict:** what would become of the sheet with the first two alone?
# <!-- predict two_relus_fold: it is folded, too | *it shrinks to lines | it stays flat -->

# %%
along, normal = np.array([-0.6, 0.8]), np.array([0.8, 0.6])  # of the fold, each of length 1
sheet = rng.uniform(-1, 1, (2000, 2))
u, v = sheet @ along, sheet @ normal  # (n,) each
two = np.column_stack([np.maximum(v, 0), np.maximum(-v, 0)])  # (n, 2): hidden values
three = np.column_stack([two, np.maximum(u + 2, 0)])  # (n, 3)
folded = three @ np.array([normal, normal, along]) - 2 * along  # one matrix, one bias
mirrored = np.where(v[:, None] < 0, sheet - 2 * v[:, None] * normal, sheet)
print(f"three ReLUs and a mirror differ by {np.abs(folded - mirrored).max():.0e} at most")
figure, axes = style.subplots(1, 3, size=(8.6, 3.2))
names = ("The sheet", "Two ReLUs: hidden values", "Three, and a matrix")
for ax, places, name in zip(axes, (sheet, two, folded), names, strict=True):
    for side, color in ((v > 0, style.BLUE), (v < 0, style.ORANGE)):
        ax.plot(*places[side].T, ".", color=color, markersize=2)
    ax.set_title(name, fontsize=10.5)
    ax.set_aspect("equal")
style.describe(
    figure,
    "A square of points, blue on one side of a line and orange on the other; then each "
    "point drawn at the values of two ReLUs. With the third one the orange side lies on the blue "
    "one, mirrored.",
)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It shrinks to two stretches of the axes: where one of two ReLUs is off, only one number is left of two. The third one keeps the other.
# </details>
#
# Each further layer folds what is folded already. Drag the folds on the left and the one line of the output unit: how often is it there on the right, where
# the sheet is flat again? How many regions can each further layer make at most?

# %% explorer
explorers.folding()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Twice as many with each layer: a fold cuts at most every region in two. The line is there once in each region that it meets on the
# folded sheet, and mirrored from one to the next.
# </details>

# %% [markdown]
# The sawtooth is [Matus Telgarsky's example of 2015](https://arxiv.org/abs/1509.08101). The same counting works for any depth in
# between. A ReLU at most doubles the number of pieces of what comes in (it can cut each piece in two), and a sum of $m$
# broken lines has at most as many pieces as all of them together. So $q$ hidden layers of $m$ units make at most $(2m)^q$
# pieces, and to come closer than $\tfrac12$ to the sawtooth they need
#
# $$ (2m)^q \ge 2^k , \quad\text{that is}\quad m \ge \tfrac12 \cdot 2^{k/q} . $$
#
# **Predict:** $k = 20$ tents. Which width does this demand of $q = 20$, of 10, of 2 hidden layers, and of a single one?
# <!-- predict width_for_20_tents
# 20 hidden layers = 1
# 10 hidden layers = 2
# 2 hidden layers = 512
# a single one = 524,288 to 1,048,576
# -->
#
# <details><summary><b>Compare</b></summary>
#
# 1, 2, 512, and 524,288; for a single layer you have proved twice as much above, since $m$ hinges add up to $m + 1$ pieces, not $2m$. What counts is the *ratio* $k/q$: with half as many layers as tents a constant width is enough, however
# large $k$ is (4 units do it: two tents in one layer); with a constant number of layers the width grows exponentially with
# $k$.
# </details>
# <!--
# 1, 2, 512, and 524,288; for a single layer you have proved twice as much: 2**20 - 1 > 1.99 * 524288
# 1, 2, 512, and 524,288: [0.5 * 2 ** (20 / q) for q in (20, 10, 2, 1)] == [1, 2, 512, 524288]
# -->
#
# Be careful with the direction: it is the deep network's *function* that is expensive for shallow ones. Nobody says that
# every function becomes cheap with depth.

# %% [markdown]
# ### Does depth help in practice?
#
# A sawtooth is no image, but the mechanism may carry over: a layer reuses what the layers below have made, as each tent
# reuses all the teeth before it. In networks for images one sees edges in the first layers, then corners and textures, then
# parts of objects: many high features share the same low ones.
#
# Whether *training* profits is another question, for an experiment. Two spirals, wound two and a half times around each
# other, 600 points; three networks with about as many numbers: one hidden layer of 64 ReLUs, two of 14, three of 10. All
# are trained in the same way, from four starts each. **Predict:** which gets most of 3,000 *new* points right?
# <!-- given 600, 3,000 -->
# <!-- predict depth_in_practice: one layer | two layers | *three layers -->

# %%
figures.splines.depth_on_spirals()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Depth helps a lot here, with fewer numbers: 70 % of the new points for one layer (322 numbers), 89 % for two
# (282), 97 % for three (272). The losses on the right say one reason: within these epochs all deeper ones come farther
# down than those of one layer.
# </details>
# <!--
# 70 % = experiments.splines.depth_on_spirals((64,)).new
# 89 % = experiments.splines.depth_on_spirals((14, 14)).new
# 97 % = experiments.splines.depth_on_spirals((10, 10, 10)).new
# all deeper ones come farther down: max(experiments.splines.depth_on_spirals(h).losses[:, -1].max() for h in ((14, 14), (10, 10, 10))) < experiments.splines.depth_on_spirals((64,)).losses[:, -1].min()
# 322 = experiments.splines.depth_on_spirals((64,)).numbers
# 282 = experiments.splines.depth_on_spirals((14, 14)).numbers
# 272 = experiments.splines.depth_on_spirals((10, 10, 10)).numbers
# -->
#
# **Predict:** does the same hold for digits? 300 of them to learn from, and one layer of 40 or three of 24, which are 3,010 numbers each.
# <!-- 3,010: all(experiments.splines.depth_on_digits(hidden).numbers == 3010 for hidden in ((40,), (24, 24, 24))) -->
# <!-- given 300 -->
# <!-- predict depth_on_digits
# loss falls faster with: one layer | *three layers
# more new digits are right with: one layer, by far | *much the same | three layers, by far
# -->

# %%
figures.splines.depth_on_digits()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The loss of three layers falls faster after some epochs, and they read no better: 94.6 % of the other digits for one layer, 93.3 % for three, in four starts each.
# </details>
# <!--
# 94.6 % = experiments.splines.depth_on_digits((40,)).new
# 93.3 % = experiments.splines.depth_on_digits((24, 24, 24)).new
# -->
#
# So two examples disagree. In practice, on large data sets, deeper networks, with some care about initialization
# ([notebook 06](../06_initialization/initialization.ipynb)), often train faster and generalize better. It is experience,
# not a theorem, and not a law.
#
# *(A good place to stop.)*

# %% [markdown] question="theorem_as_promise" points=4
# ### Question: what was promised? (4 points, read by a person)
#
# A colleague models how the load on a bridge (one number, between 0 and 2 tonnes) bends it. He knows that the bending $f$ is
# smooth, with $\lvert f'' \rvert \le 16$ in his units, and he wants an error of at most 0.02 everywhere.
#
# 1. How many ReLUs in one hidden layer are certainly enough? Show how you get the number. Is it certain that fewer are *not*
#    enough?
# 2. He trains a network with that many units, on 5,000 measurements, and its largest error stays at 0.1. "Then the code has a
#    bug, since the theorem guarantees 0.02." Does it follow? Name two other explanations.
# 3. Next he wants a model of 20 sensors at once, with the same construction and the same number of intervals in each
#    direction. What do you tell him?
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points.
#
# - 1 point, question 1: $\Delta^2 \cdot 16 / 8 \le 0.02$ gives $\Delta \le 0.1$, so 20 intervals on $[0, 2]$, and 20 units.
#   (Half a point for the right formula with an arithmetic slip.)
# - 1 point, question 1: no. It is an upper bound for equal knots and the largest $\lvert f'' \rvert$; where $f$ bends less,
#   or with knots that are placed better, fewer suffice.
# - 1 point, question 2: it does not follow. The theorem says that such parameters exist, not that training finds them. Two
#   of: training got stuck or was stopped early; the loss is a mean, which tolerates a narrow peak; the measurements are noisy,
#   or leave gaps; inputs outside of the interval. Half a point for one of them.
# - 1 point, question 3: the cube falls into $20^{20} \approx 10^{26}$ cells, with at least one measurement and one parameter
#   each: the construction can't be carried out (curse of dimensionality). A good answer adds what may help: learned
#   features, structure in $f$, depth.
# <!--
# 0.1 = np.sqrt(8 * 0.02 / 16)
# 20 intervals: intervals_needed(0.02, 16, 0, 2) == 20
# 10^{26} = 20.0**20
# given 0.02, 5,000, 20^{20}
# -->
#
# **Model answer.**
#
# A broken line with equal intervals errs by at most $\Delta^2 M_2 / 8$. From $\Delta^2 \cdot 16 / 8 \le 0.02$ follows $\Delta
# \le 0.1$, so 20 intervals on $[0, 2]$ and 20 ReLUs are enough. Fewer may do: the bound takes the largest $\lvert f'' \rvert$
# everywhere, and where $f$ bends less, or with knots in better places, one needs fewer.
#
# A bug does not follow. The theorem says that good weights exist, not that training finds them. It may have stopped early or
# in a poor place; and it minimizes a mean over measurements, which tolerates a narrow peak, and knows nothing between them.
#
# With 20 inputs the same construction cuts a cube into $20^{20} \approx 10^{26}$ cells, and wants a measurement and a parameter for
# each. I would tell him to forget it, and to ask what structure $f$ has: few inputs that matter, sums of simple parts,
# features that can be learned, more than one layer.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("theorem_as_promise")

# %% [markdown]
# ## A starred problem
#
# Without points, and in nobody's way: `progress()` shows a star for it. It is checked as all others are, and the time table above leaves it out.
#
# ### Exercise: `least_error` · hard · 35 minutes · ★
#
# Greedy knots were good, and the shortest chain of chords was best for a given error. Turn it around: you can afford $m$ units. How close can you come?
#
# `x` and `v`, both of shape `(n,)`, are samples, `x` strictly increasing at any distances. A broken line has at most `m` pieces, with $m \ge 1$, and its knots are samples that it passes through, the first and the last among them. Return the **smallest** possible largest miss $\max_i \lvert \hat f(x_i) - v_i \rvert$ over all choices of the knots, a float. For a dozen samples all choices can be tried; write it so that hundreds would do, too.
#
# **Predict:** how many choices of inner knots are there for 12 samples and exactly 4 pieces?
# <!-- predict choices_of_knots: choices = 120 -->
#
# <details><summary><b>Compare</b></summary>
#
# Three of ten inner samples, 120; and 56 more with fewer pieces. For 403 samples and 44 pieces the number has some sixty digits.
#
# </details>
#
# There are two hints.
# <!--
# 120 = __import__("math").comb(10, 3)
# 56 = sum(__import__("math").comb(10, k) for k in range(3))
# some sixty digits: 55 < len(str(__import__("math").comb(401, 43))) < 65
# given 403
# -->


# %% exercise="least_error" starred=true
def least_error(x, v, m):
    """The least possible largest miss of a broken line of at most m pieces with knots at samples.

    x, v: samples, (n,), x strictly increasing.  m: at least 1.  Returns a float.
    """
    ### BEGIN SOLUTION
    n = len(x)
    best = np.where(np.arange(n) == 0, 0.0, np.inf)  # up to each sample, with the pieces so far
    for _ in range(m):
        longer = best.copy()
        for i in range(n):
            for j in range(i + 1, n):
                chord = np.interp(x[i : j + 1], x[[i, j]], v[[i, j]])
                miss = np.abs(chord - v[i : j + 1]).max()
                longer[j] = min(longer[j], max(best[i], miss))
        best = longer
    return float(best[-1])
    ### END SOLUTION


# %%
check(least_error)

# %% [markdown]
# ## What you can say now
#
# - On a cube one hidden layer of ReLUs comes as close as you like to any continuous function. The theorem names
#   neither the width nor the way to the weights.
# - Two sigmoids make a bump, bumps make a staircase. ReLUs make a broken line: one unit for each change of slope.
# - The broken line errs by at most $\Delta^2 M_2 / 8$: twice the units, a quarter of the error, where the curve is smooth.
#   Where it is not, knots that crowd in the right place can restore the rate, as they did for $\sqrt{x}$.
# - Cells in $d$ dimensions are counted with an exponent $d$. Waves that run in one direction each, *ridges*, prove the theorem
#   for any $d$, at a price of the same kind: a proof, not a method.
# - $m$ lines of kinks cut the plane into $1 + m + m(m-1)/2$ regions at most.
# - In the worst place twenty trainings did not come as close to the sine as the network that we wrote down.
# - Depth folds: $2k$ units in $k$ layers make $2^k$ pieces, and a single layer pays for each of them. Trained on spirals,
#   deeper networks of about the same size did better; on digits they did not.
#
# To *learn* weights in many layers we need the slope of the loss with respect to each of them, fast. That is
# back-propagation, and [notebook 04](../04_backprop_graphs/backprop_graphs.ipynb) begins it.
# <!-- recall
# units of a broken line with 5 pieces = 5
# half the width, the error of the broken line, divided by = 4
# one more decimal costs this many times the intervals = 3.2 ± 0.2
# pieces of 10 tents = 1,024
# weight of a hinge is: the slope after it | *the change of slope | the height of the knot
# existence of a good network says that training finds it: yes | *no
# errors for a large m: order 1/m² < 1/m < 1/√m
# relu of y, in one expression with np: code np.maximum(y, 0)
# ridges in cos α cos β = 2
# least value of w·x on the unit square, w = (3, -2) = -2
# regions of 4 lines in the plane, at most = 11
# what makes a sum of ridges dear for one hidden layer: its inputs | *how many ridges, and how far they run | its bias
# -->

# %%
progress()
