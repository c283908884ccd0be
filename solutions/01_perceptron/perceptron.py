# %% [markdown]
# # 01 · The perceptron
#
# A machine that learns from its mistakes, in two lines of code; a proof that it stops; and a four-point data set that
# defeats it. When you have worked through this notebook you can
#
# - say what a threshold unit computes, as a formula and as a picture,
# - derive and program the perceptron's learning rule,
# - prove that it makes only finitely many mistakes where a separating hyperplane exists, and compute how many at most,
# - prove, with a handful of numbers, that no such hyperplane exists,
# - explain why minimizing a smooth loss is not the same as making no mistakes.
#
# **Time** 60 to 90 minutes; for a break, *Why it must stop* is a good place. **You need** vectors, dot products, NumPy
# arrays, a little Python.
#
# **How it works.** Run a cell with Shift+Enter. Where it says `raise NotImplementedError()`, you write code; the cell
# below it checks your answer and tells you what is wrong with it. `hint("name")` gives you a nudge, three times if need
# be, and `progress()` shows what you have solved. Nothing here is timed, and you may check as often as you like.
#
# Now and then it says **Predict**: write your guess down *before* you run the cell, then unfold *Compare*. A wrong guess
# teaches you more than a right one.

# %% setup
import numpy as np

from autograde import check, hint, progress
from mlp_reference import data
from mlp_reference.viz import explorers, figures, plots, style

rng = np.random.default_rng(1)

# %% [markdown]
# ## A unit that decides
#
# You stand in a meadow with a ruler and want a rule that tells two kinds of iris apart, *versicolor* from *setosa*. You
# could weigh the evidence: long petals speak for *versicolor*, and strongly; wide sepals (the leaves below the petals)
# speak against it, a little. Add up the evidence, and decide for *versicolor* if the sum exceeds some threshold.
#
# That is the whole machine. An example is a vector $x$ of shape `(d,)`: here $d$ measurements of a flower. The unit has
# one weight for each, a vector $w$ of shape `(d,)`, and a threshold $\theta$, a number:
#
# $$ \hat y = \begin{cases} 1 & \text{if } \sum_{j=1}^{d} w_j x_j > \theta \\ 0 & \text{else.} \end{cases} $$
#
# The label it should produce is $y \in \{0, 1\}$; the hat on $\hat y$ says that it is only a guess.

# %%
figures.perceptron.unit()

# %% [markdown]
# ### The threshold is one more weight
#
# Move $\theta$ to the other side, call $b = -\theta$ the **bias**, and the comparison is always with zero:
#
# $$ \sum_j w_j x_j > \theta \quad\Longleftrightarrow\quad z = \sum_j w_j x_j + b > 0 . $$
#
# Then give every example an extra entry that is always 1 (many books write it $x_0 = 1$). With $\tilde x = [x, 1]$ and
# $v = [w, b]$, both of shape `(d + 1,)`, the sum is a single dot product, $z = v \cdot \tilde x$. In code we keep $w$ and
# $b$ apart; in proofs the tilde saves a lot of ink. Let the computer confirm that the three ways agree, on 1,000 random
# units and examples:

# %%
W, X, theta = rng.normal(size=(1000, 4)), rng.normal(size=(1000, 4)), rng.normal(size=1000)
b = -theta
by_threshold = (W * X).sum(axis=1) > theta
by_bias = (W * X).sum(axis=1) + b > 0
by_folding = (np.column_stack([W, b]) * np.column_stack([X, np.ones(1000)])).sum(axis=1) > 0
print("all agree:", (by_threshold == by_bias).all() and (by_bias == by_folding).all())

# %% [markdown]
# ## What it looks like: a half-space
#
# Where is the boundary between the two decisions? At $w \cdot x + b = 0$. In the plane this is a line, in space a plane,
# in $d$ dimensions a **hyperplane**. It cuts the space in two halves, and the unit says 1 on one of them.
#
# Take two points $p$ and $q$ on the boundary. Then $w \cdot (p - q) = -b - (-b) = 0$: the weight vector is
# *perpendicular* to the boundary. And it points to the side of the ones, because a step along $w$ raises the sum.
# Divided by the length of $w$ the sum is a distance with a sign, positive on the side of the ones:
#
# $$ \text{distance of } x \text{ from the boundary} = \frac{w \cdot x + b}{\lVert w \rVert} . $$

# %%
w, b = np.array([1.5, -2.0]), 0.75
x = np.array([2.0, -1.0])
distance = (w @ x + b) / np.linalg.norm(w)
foot = x - distance * w / np.linalg.norm(w)  # walk back along w by that distance ...
print(
    f"distance {distance:.3f}; the sum at the foot point is {w @ foot + b:.1e}"
)  # ... to the boundary

# %% [markdown]
# **Predict**, then move the sliders. (Tab and the arrow keys work, too.)
#
# 1. What happens to the line when you double $w_1$, $w_2$ and $b$ together?
# 2. Which sliders turn the line, and which one only shifts it?
# 3. Count the distance of an example as positive if it lies on the *right* side for its class, as negative if on the
#    wrong one. The smallest of these is the **margin**, drawn in purple. Find a setting with a margin above 0.75. Could
#    another setting reach 1?
# 4. What does the unit say if both weights are 0?

# %% explorer
explorers.half_space()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. Nothing: the line, and every distance, stays. Only the direction of $[w, b]$ matters for the decisions.
# 2. $w_1$ and $w_2$ turn it (and shift it along the way), $b$ only shifts it, along its normal.
# 3. $w = (1, 1.3)$, $b = -0.3$ has a margin of about 0.84. More than half the distance between the two nearest examples of
#    different class is impossible, whatever the line, and here they are less than 1.7 apart.
# 4. The sum is $b$ everywhere: all ones if $b > 0$, all zeros if not.
# </details>

# %% [markdown]
# ### Exercise: `perceptron_predict` · easy · 5 minutes
#
# Let a unit decide for a whole **batch**: `X` has shape `(n, d)`, one example in each row; `w` has shape `(d,)`, `b` is a
# number. Return an array of shape `(n,)` of integers: 1 where $X w + b > 0$, else 0. On the boundary itself, where the sum
# is exactly 0, the answer is 0.
#
# **Predict** before you write: what are the shapes of `X @ w` and of `X @ w + b`, for `X` of shape `(7, 3)`? Try it in a cell
# of your own, with `X = np.ones((7, 3))`.
#
# Stuck? Run `hint("perceptron_predict")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="perceptron_predict"
def perceptron_predict(X, w, b):
    """Class of each row: 1 where X @ w + b > 0, else 0.

    X: examples, (n, d).  w: weights, (d,).  b: bias, a number.  Returns integers, (n,).
    """
    ### BEGIN SOLUTION
    return (X @ w + b > 0).astype(int)
    ### END SOLUTION


# %% test="perceptron_predict" points=2
check(perceptron_predict)
### BEGIN HIDDEN TESTS
check(perceptron_predict, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### More than two classes: a detour of five minutes
#
# With $k$ classes take $k$ units, drop the comparison with zero, and let the largest sum win: $\hat y = \arg\max_c (w_c
# \cdot x + b_c)$ with a weight vector $w_c$ of shape `(d,)` for each class $c$. The space falls into $k$ regions with
# straight borders. A rule you may know is of this kind in disguise: *choose the class whose mean $\mu_c$ is nearest*. Expand
# the square, $\lVert x - \mu_c \rVert^2 = \lVert x \rVert^2 - 2 \mu_c \cdot x + \lVert \mu_c \rVert^2$: the first
# term is the same for all classes, so the nearest mean is the one with the largest $\mu_c \cdot x - \tfrac12 \lVert \mu_c
# \rVert^2$. That is a linear unit with $w_c = \mu_c$ and $b_c = -\tfrac12 \lVert \mu_c \rVert^2$.

# %%
petals = ("petal length (cm)", "petal width (cm)")
X01, _ = data.iris_pair("setosa", "versicolor", petals)
X12, _ = data.iris_pair("versicolor", "virginica", petals)
X3, y3 = np.vstack([X01, X12[50:]]), np.repeat([0, 1, 2], 50)  # (150, 2), (150,)
means = np.array([X3[y3 == c].mean(axis=0) for c in range(3)])  # (k, d)


def nearest_mean(P):
    return ((P[:, None, :] - means) ** 2).sum(axis=2).argmin(axis=1)


def largest_sum(P):
    return (P @ means.T - 0.5 * (means**2).sum(axis=1)).argmax(axis=1)


places = rng.uniform(0, 8, size=(10_000, 2))
print(
    "same class at every one of 10,000 places:",
    (nearest_mean(places) == largest_sum(places)).all(),
)

figure, ax = style.subplots()
plots.perceptron.points(ax, X3, y3, names=petals)
plots.perceptron.decision_regions(ax, largest_sum, classes=3, resolution=600)
ax.legend(["setosa", "versicolor", "virginica"], loc="upper left")
ax.set_title("Three species, three regions with straight borders")
style.describe(
    figure, "Petals of three iris species; straight lines divide the plane into three regions."
)

# %% [markdown]
# ## Learn from a mistake
#
# Nobody gave us $w$ and $b$. Frank Rosenblatt's idea of 1957: show the unit one example after the other; if it is right,
# leave it alone; if it is wrong, push the sum in the right direction.
#
# Suppose the label is $y = 1$ but the unit says 0: the sum $w \cdot x + b$ is too small. How do we raise it? By adding a
# piece of $x$ to $w$, because $(w + \eta x) \cdot x = w \cdot x + \eta \lVert x \rVert^2$, and the square is positive.
# The input of the bias is 1, so the bias grows by $\eta \cdot 1$. If the unit says 1 but the label is 0, subtract
# instead. Both cases and the case of no mistake fit in one line, since $y - \hat y$ is $1$, $-1$ or $0$:
#
# $$ w \leftarrow w + \eta\,(y - \hat y)\,x, \qquad b \leftarrow b + \eta\,(y - \hat y) . $$
#
# The number $\eta > 0$ (eta) is called the **learning rate**. One update raises the sum of a missed positive example by
# exactly $\eta(\lVert x \rVert^2 + 1)$:

# %%
w, b, eta = np.array([0.4, -1.0]), -0.5, 0.5
x = np.array([0.5, 1.25])  # label 1, but ...
before = w @ x + b  # ... this is negative: a mistake
w_new, b_new = w + eta * x, b + eta
after = w_new @ x + b_new
print(f"sum before {before:.4f}, after {after:.4f}: raised by {after - before:.4f}")
print(f"the formula says {eta * (x @ x + 1):.4f}")

# %% [markdown]
# In the left picture the arrows are weight vectors: the update adds $\eta x$ to $w$. In the right picture the line turns
# until the example, which was on the wrong side, is nearer to the right one. Does one update always suffice? **Predict**,
# then look at where the triangle ends up.

# %%
figure, (left, right) = style.subplots(1, 2)
left.set(xlim=(-0.6, 1.2), ylim=(-1.3, 1.5), aspect="equal")
plots.perceptron.update_vectors(left, w, w_new, x, change="ηx")
left.set_title("The weights move along the example")
right.set(xlim=(-2.5, 2.5), ylim=(-2.5, 2.5), aspect="equal")
plots.perceptron.points(right, x[None, :], np.array([1]))
plots.perceptron.half_plane(right, w, b, color=style.GREY, normal=False)
plots.perceptron.half_plane(right, w_new, b_new)
right.set_title("The line turns (grey: before)")
style.describe(
    figure,
    "Left: old weights plus eta times the example. Right: the boundary before and after.",
)

# %% [markdown]
# One update need not suffice: the sum has risen from $-1.55$ to $-0.14$, and the triangle is still on the wrong side, though
# nearer to the line. A second visit would settle it.
#
# ### Exercise: `perceptron_step` · easy · 8 minutes
#
# One example, one step. `x` has shape `(d,)`, `y` is 0 or 1. Return the new `(w, b)`; the arrays you were given must stay
# as they are. Predict with the same rule as before: a sum of exactly 0 means $\hat y = 0$.
#
# **Predict:** for `w = np.array([0.0, 0.0])`, `b = 0`, `x = np.array([3.0, -1.0])`, `y = 1` and `eta = 1`, what comes out?
# And for `y = 0`?
#
# <details><summary><b>Compare</b></summary>
#
# The sum is 0, a tie, so $\hat y = 0$. For $y = 1$ that is a mistake: `w = [3, -1]`, `b = 1`. For $y = 0$ it is right, and
# everything stays 0.
# </details>


# %% exercise="perceptron_step"
def perceptron_step(x, y, w, b, eta=1.0):
    """Weights and bias after one example: w + eta*(y - yhat)*x and b + eta*(y - yhat).

    x: example, (d,).  y: label, 0 or 1.  w: weights, (d,).  b: bias.  Returns (w, b), both new.
    """
    ### BEGIN SOLUTION
    yhat = int(x @ w + b > 0)
    miss = y - yhat  # 0 where the prediction is right: then nothing moves
    return w + eta * miss * x, b + eta * miss
    ### END SOLUTION


# %% test="perceptron_step" points=2
check(perceptron_step)
### BEGIN HIDDEN TESTS
check(perceptron_step, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Again and again
#
# A step that mends one example may spoil another. So go through all rows, and again, until a whole pass, an **epoch**,
# makes no mistake. Watch it happen, one example or one epoch at a time.
#
# **Predict:**
#
# 1. Does the number of mistakes fall in every epoch?
# 2. Does another learning rate $\eta$ change how many steps it takes? (Start from zeros, as here, and think of what
#    $\eta$ does to $w$ and $b$ together.)
# 3. Two of the four data sets can't be separated by a line. How will you tell them by watching?

# %% explorer
explorers.perceptron_steps()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. No. An epoch can make more mistakes than the one before.
# 2. No. Starting from zeros, $w$ and $b$ are sums of updates, and every update carries the factor $\eta$. So $\eta$
#    scales $w$ and $b$ together, and by prediction 1 of the last explorer that changes no decision. (Where a sum comes out
#    as 0 up to round-off, an $\eta$ that is no power of two can tip it to the other side.)
# 3. You can't be sure. They go on making mistakes, but so does a data set that needs more epochs than you watched. (They are
#    *versicolor / virginica* and the four corners; *A certificate of impossibility* will prove it for both.)
# </details>

# %% [markdown]
# ### Exercise: `perceptron_fit` · medium · 12 minutes
#
# Write the whole learner. Start from `w` all zeros and `b = 0`. In each epoch take the rows of `X`, shape `(n, d)`, in the
# given order, one step for each row. Return `(w, b, mistakes)`, where `mistakes` is a list with the number of updates in
# each epoch. Stop after the first epoch with 0 updates (its 0 is the last entry of the list), and in any case after
# `max_epochs` epochs.
#
# **Predict:** for data that no hyperplane separates, how long is `mistakes`? What is the smallest length it can have?
#
# <details><summary><b>Compare</b></summary>
#
# `max_epochs`, because no epoch passes without a mistake. The smallest length is 1: if everything is predicted right from
# the start, the first epoch has 0 updates.
# </details>
#
# You may call your own `perceptron_step` if it works, or write the step again here.


# %% exercise="perceptron_fit"
def perceptron_fit(X, y, max_epochs=100, eta=1.0):
    """Weights, bias and updates in each epoch: from zeros, rows in order, one step per row.

    X: examples, shape (n, d).  y: labels 0 or 1, shape (n,).  Returns (w, b, mistakes).
    """
    ### BEGIN SOLUTION
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    for _ in range(max_epochs):
        updates = 0
        for x, label in zip(X, y):
            miss = label - int(x @ w + b > 0)
            w, b = w + eta * miss * x, b + eta * miss
            updates += abs(miss)
        mistakes.append(int(updates))
        if updates == 0:
            break
    return w, b, mistakes
    ### END SOLUTION


# %% test="perceptron_fit" points=3
check(perceptron_fit)
### BEGIN HIDDEN TESTS
check(perceptron_fit, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### On real flowers
#
# In 1936 Ronald Fisher published measurements of irises that Edgar Anderson had collected. Four lengths in centimetres
# for each of 50 *setosa*, 50 *versicolor* and 50 *virginica*. The next cell runs **your** functions on two pairs of
# species. (Until they are written it stops with `NotImplementedError`; that's fine, come back later.)
#
# **Predict:** *setosa* has much smaller petals than the others. Which pair will your perceptron separate?

# %% raises-exception
for negative, positive in (("setosa", "versicolor"), ("versicolor", "virginica")):
    X, y = data.iris_pair(negative, positive)  # (100, 4)
    w, b, mistakes = perceptron_fit(X, y, max_epochs=500)
    wrong = int((perceptron_predict(X, w, b) != y).sum())
    print(
        f"{negative} / {positive}: {len(mistakes)} epochs, {mistakes[-1]} updates in the last;",
        end=" ",
    )
    print(f"{wrong} of {len(y)} flowers wrong now")

# %% [markdown]
# (Updates are counted while the weights move, wrong flowers with the last weights: two different numbers.)
#
# The first pair is separated after a handful of epochs. The second goes on and on. Would 5,000 epochs have helped, or
# 5 million? An experiment can't answer that. Two theorems can, one for each pair.
#
# ## Why it must stop
#
# Claim (Albert Novikoff, 1962): *if some hyperplane separates the classes, the perceptron makes only finitely many
# mistakes*, however long you feed it, in whatever order. The proof has three steps and needs no calculus.
#
# Fold the bias in: $\tilde x_i = [x_i, 1]$, $v = [w, b]$, and let the sign $s_i = 2y_i - 1$ be $+1$ for class 1 and $-1$
# for class 0. Then $s_i\, v \cdot \tilde x_i > 0$ says that example $i$ is on its right side. Two numbers describe how hard
# the data is:
#
# $$ R = \max_i \lVert \tilde x_i \rVert \quad\text{(how far out the examples lie)}, \qquad
#    \gamma = \min_i \frac{s_i\, v^* \cdot \tilde x_i}{\lVert v^* \rVert} > 0 \quad\text{(how much room there is)} . $$
#
# Here $v^* = [w^*, b^*]$ is any hyperplane that separates the classes. The perceptron doesn't know it; it only has to exist.
# Each one has its own $\gamma$, and the one with the most room gives the best bound. Like the margin of the explorer,
# $\gamma$ is a smallest distance to the right side, but measured among the points $\tilde x$ with their extra 1: that is
# why it is divided by the length of $[w^*, b^*]$ and not of $w^*$.

# %%
X, y = data.iris_pair("setosa", "versicolor")
s = 2 * y - 1
rows = np.column_stack([X, np.ones(len(X))])  # each row is [x, 1]
v_star = np.array([-1.1, -3.6, 5.2, 2.2, -1.0])  # a hyperplane that separates the two species
print("separates:", (s * (rows @ v_star) > 0).all())
v_star = v_star / np.linalg.norm(v_star)  # of length 1 from here on
R = np.linalg.norm(rows, axis=1).max()
gamma = (s * (rows @ v_star)).min()
print(f"R = {R:.3f}, gamma = {gamma:.4f}")

# %% [markdown]
# **Step 1: every mistake makes progress.** Take $\eta = 1$ (starting from zeros, another $\eta$ scales $v$ and changes no
# decision). A mistake on example $i$ changes $v$ to $v + s_i \tilde x_i$.
# (Compare: $y - \hat y = s_i$ whenever the unit is wrong.) With $v^*$ of length 1,
#
# $$ v_{\text{new}} \cdot v^* = v \cdot v^* + s_i\, \tilde x_i \cdot v^* \;\ge\; v \cdot v^* + \gamma , $$
#
# so after $k$ mistakes, starting from zero, $v_k \cdot v^* \ge k\gamma$.
#
# **Step 2: every mistake adds little length.** The example was wrong, so $s_i\, v \cdot \tilde x_i \le 0$, and
#
# $$ \lVert v_{\text{new}} \rVert^2 = \lVert v \rVert^2 + 2 \underbrace{s_i\, v \cdot \tilde x_i}_{\le\, 0}
#    + \lVert \tilde x_i \rVert^2 \;\le\; \lVert v \rVert^2 + R^2 , $$
#
# so after $k$ mistakes $\lVert v_k \rVert \le \sqrt{k}\, R$.
#
# **Step 3: squeeze.** A dot product with a vector of length 1 is at most the length (Cauchy-Schwarz):
#
# $$ k \gamma \;\le\; v_k \cdot v^* \;\le\; \lVert v_k \rVert \;\le\; \sqrt{k}\, R
#    \qquad\Longrightarrow\qquad k \le \left( \frac{R}{\gamma} \right)^2 . $$
#
# A straight line can't stay below a square root for ever. Check steps 1 and 2 on single mistakes, with random $v$:

# %%
held = 0
for _ in range(2000):
    v, i = rng.normal(size=5), rng.integers(100)
    if (v @ rows[i] > 0) != y[i]:  # a mistake
        v_new = v + s[i] * rows[i]
        assert v_new @ v_star >= v @ v_star + gamma - 1e-12, "step 1"
        assert v_new @ v_new <= v @ v + R**2 + 1e-9, "step 2"
        held += 1
print(f"both inequalities held in all {held} mistakes")

# %% [markdown]
# Here is a whole run, on the two sepal measurements in a random order; there is much less room between the species. **Predict** before
# you run it: two of the curves are bounds and two are measured. In which order do they lie? The axes are logarithmic: what
# does a line through the origin look like on them, and what does a square root?

# %%
figures.perceptron.novikoff_on_a_run()

# %% [markdown]
# ### Exercise: `mistake_bound` · medium · 10 minutes
#
# Compute Novikoff's bound $(R / \gamma)^2$ for data `X` of shape `(n, d)`, labels `y` of shape `(n,)` and a hyperplane
# `w_star` of shape `(d,)`, `b_star` a number. The hyperplane comes with any length: the formula for $\gamma$ divides by it.
# Where the hyperplane does not separate the classes strictly ($\gamma \le 0$) the theorem says nothing: raise a
# `ValueError`.
#
# **Predict:** you measure the same flowers in millimetres instead of centimetres, so `X` becomes `10 * X`. With the same
# `w_star` and `10 * b_star` every flower stays on its side of the hyperplane. Does the bound change?
#
# <details><summary><b>Compare</b></summary>
#
# It does, though nothing about the flowers has changed: the extra 1 in $[x, 1]$ is not multiplied. For the `v_star` of the cell
# that computes `R` and `gamma` it grows from 684 to 2099.
# </details>


# %% exercise="mistake_bound"
def mistake_bound(X, y, w_star, b_star):
    """Novikoff's bound (R / gamma)**2 on the number of mistakes.

    X: (n, d).  y: 0 or 1, (n,).  w_star: (d,).  b_star: number.
    Raises ValueError unless the hyperplane separates the classes strictly.
    """
    ### BEGIN SOLUTION
    rows = np.column_stack([X, np.ones(len(X))])
    v_star = np.append(w_star, b_star)
    gamma = ((2 * y - 1) * (rows @ v_star)).min() / np.linalg.norm(v_star)
    if not gamma > 0:
        raise ValueError(
            f"the hyperplane must separate the classes strictly, its margin is {gamma}"
        )
    R = np.linalg.norm(rows, axis=1).max()
    return float((R / gamma) ** 2)
    ### END SOLUTION


# %% test="mistake_bound" points=2
check(mistake_bound)
### BEGIN HIDDEN TESTS
check(mistake_bound, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# How good is the bound? The next figure counts the mistakes on 150 random data sets, each with its own margin. Every point
# must lie below the orange line. **Predict:** close to it, or far below?

# %%
figures.perceptron.mistakes_against_bound()

# %% [markdown]
# Far below. The bound is a promise for the worst data in the worst order. What it gets right is the direction: the smaller
# the room $\gamma$ compared with the size $R$, the more mistakes.
#
# This has a practical side. Measure *one* of the four features in another unit, and $R$ is soon set by that feature alone,
# while the others can contribute to the sum only after their weights have grown very large. The remedy is to
# **standardize**: subtract from each feature its mean and divide by its standard deviation. **Predict:** how many mistakes
# does *your* perceptron make on these 100 flowers when only the sepal length is given in millimetres? In tenths of one?

# %% raises-exception
X, y = data.iris_pair("setosa", "versicolor")
for factor in (1, 10, 100):
    _, _, mistakes = perceptron_fit(X * [factor, 1, 1, 1], y, max_epochs=2000)
    print(f"sepal length times {factor}: {sum(mistakes)} mistakes in {len(mistakes)} epochs")
standardized = (X - X.mean(axis=0)) / X.std(axis=0)
print("all standardized:", sum(perceptron_fit(standardized, y)[2]), "mistakes")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 5 mistakes in centimetres, 43 in millimetres, 4,676 in tenths of one: the same flowers, the same species, and the perceptron
# is busy for a thousand times as long. Standardized, 2.
# </details>
#
# ## A certificate of impossibility
#
# Now the other pair. To show that a hyperplane *exists*, you show one, and anybody can check it. Can you also show, in a
# way that anybody can check, that *none* exists? You can't try them all.
#
# Assume somebody claims to have one, $v = [w, b]$ with $s_i\, v \cdot \tilde x_i > 0$ for all $n$ examples. Multiply each
# of these inequalities by a number $\lambda_i \ge 0$ (lambda, not all of them zero) and add them up:
#
# $$ 0 < \sum_{i=1}^{n} \lambda_i s_i\, v \cdot \tilde x_i = v \cdot \Big( \sum_{i=1}^{n} \lambda_i s_i \tilde x_i \Big) . $$
#
# If you have chosen the $\lambda_i$ such that the vector in the bracket is **zero**, this says $0 < 0$. So nobody can have
# one. A vector $\lambda$ of shape `(n,)` with
#
# $$ \lambda_i \ge 0, \qquad \sum_i \lambda_i > 0, \qquad \sum_i \lambda_i s_i [x_i, 1] = 0 $$
#
# is a **certificate**: $n$ numbers that prove that no hyperplane separates the data. (That a certificate exists whenever
# no hyperplane does is Gordan's theorem of 1873.)
#
# The last condition has a picture. Its last entry says that both classes carry the same total weight; the others say that
# the *weighted mean* of class 1 and that of class 0 are the same point. A point between the ones and also between the zeros
# lies on both sides of every line. Below, the weighted mean of each class is drawn as a star.

# %%
X = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 3.0], [1.5, 1.0], [2.5, 1.0]])
y = np.array([0, 0, 0, 1, 1])  # three zeros at the corners, two ones in the middle
lam = np.array([2.0, 2.0, 2.0, 3.0, 3.0])
print("sum of lam * s * [x, 1]:", (lam * (2 * y - 1)) @ np.column_stack([X, np.ones(5)]))

figure, ax = style.subplots()
plots.perceptron.points(ax, X, y)
plots.perceptron.certificate(ax, X, y, lam)
style.describe(
    figure, "Three examples of class 0 form a triangle; both classes have the same mean."
)

# %% [markdown]
# ### Exercise: `certifies_nonseparable` · medium · 10 minutes
#
# Check a certificate: `X` of shape `(n, d)`, `y` and `lam` of shape `(n,)`. Return `True` if `lam` proves that no hyperplane
# separates the data, else `False`. Sums of floats carry round-off, so compare with a tolerance that grows with the weights:
# $\lambda_i \ge -10^{-9} \sum\lambda$ for each $i$, and each of the $d + 1$ entries of the sum at most $10^{-9} \sum\lambda$
# times the largest absolute entry of the rows $[x_i, 1]$ in size. (So the proof holds up to round-off; features of very
# different sizes should be standardized first.)
#
# **Predict:** if your function returns `False` for some `lam`, does that mean that the data *can* be separated?
#
# <details><summary><b>Compare</b></summary>
#
# No. It means that *this* `lam` proves nothing; another one may. To show that the data can be separated, show a hyperplane.
# </details>


# %% exercise="certifies_nonseparable"
def certifies_nonseparable(X, y, lam):
    """Whether lam proves that no hyperplane separates the classes.

    X: (n, d).  y: 0 or 1, (n,).  lam: (n,).  Returns True or False.
    """
    ### BEGIN SOLUTION
    rows = np.column_stack([X, np.ones(len(X))])
    total = lam.sum()
    if total <= 0 or lam.min() < -1e-9 * total:
        return False
    balance = (lam * (2 * y - 1)) @ rows  # (d + 1,)
    return bool(np.abs(balance).max() <= 1e-9 * total * np.abs(rows).max())
    ### END SOLUTION


# %% test="certifies_nonseparable" points=3
check(certifies_nonseparable)
### BEGIN HIDDEN TESTS
check(certifies_nonseparable, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### The verdict on versicolor and virginica
#
# Where does a certificate come from? Its conditions are linear, so any solver for linear programs finds one or says that
# there is none. The next cell asks SciPy, and then looks at what came back: no trust in the solver is needed, because the
# certificate can be checked with one matrix product. (If your `certifies_nonseparable` works, call it on `X, y, lam` in a
# cell of your own.)

# %%
from scipy.optimize import linprog

X, y = data.iris_pair("versicolor", "virginica")
rows, s = np.column_stack([X, np.ones(len(X))]), 2 * y - 1
conditions = np.vstack(
    [(s[:, None] * rows).T, np.ones(len(X))]
)  # the sum vanishes; the weights sum to 1
zero_and_one = np.append(np.zeros(5), 1.0)
answer = linprog(np.zeros(len(X)), A_eq=conditions, b_eq=zero_and_one, bounds=(0, None))
lam = answer.x
print("all weights >= 0:", lam.min() >= 0, " and their sum:", lam.sum())
print("largest entry of the balance:", np.abs((lam * s) @ rows).max())
print("flowers that take part in the proof:", np.flatnonzero(lam > 1e-12))

# %% [markdown]
# A few flowers settle it: no perceptron will ever separate these two species by these four measurements, in 500 epochs or
# in 5 million.
#
# ## Four points that stopped a field
#
# The best-known set without a separating line has four points, the corners of a square. Its class is the *exclusive or* of
# the coordinates, XOR: 1 where exactly one of them is 1.
#
# **Predict:** find a certificate for it without a computer. Which $\lambda$ balances the corners? Then run the cell.

# %%
X, y = data.xor_corners()
figure, ax = style.subplots()
plots.perceptron.points(ax, X, y, size=10)
plots.perceptron.certificate(ax, X, y, np.ones(4))
ax.set_title("XOR: the means of both classes are the centre")
style.describe(
    figure,
    "The corners of a square, opposite ones of one class: both classes have the centre as mean.",
)

# %% [markdown]
# Both diagonals cross in the centre: that is the whole proof. In 1969 Marvin Minsky and Seymour Papert published a book of
# proofs of what perceptrons can't compute, and for more than a decade most people lost interest in learning machines.
#
# And yet the way out is near. Give the unit not $x_1$ and $x_2$ but better **features** of them, and XOR becomes separable.
# Better still: let the machine *learn* the features, with more units in a layer in between. That is the next notebook, and
# the rest of this course.
#
# ## Counting mistakes is a bad guide
#
# To train more than one unit we will need something to follow downhill. Why not the number of mistakes? Look at it, along
# with a smooth **loss** that serves as its proxy, while the bias $b$ moves and everything else stays. The loss here is the
# mean of $\log(1 + e^{-s_i z_i})$ with $z_i = w \cdot x_i + b$ and $s_i = 2y_i - 1$; the next notebook derives it. For now
# it matters that it is small where $z_i$ has the sign $s_i$, large where it has the other, and smooth in between.

# %%
x1, y1 = (
    np.array([-2.0, -1.4, -1.1, -0.3, 0.2, 0.5, 0.9, 1.6, 2.2]),
    np.array([0, 0, 0, 1, 0, 1, 1, 1, 1]),
)
biases = np.linspace(-3, 3, 601)
z = x1 + biases[:, None]  # (601, 9): every bias against every example
errors = ((z > 0) != y1).mean(axis=1)
loss = np.log1p(np.exp(-(2 * y1 - 1) * z)).mean(
    axis=1
)  # the logistic loss of the next notebook

figure, ax = style.subplots(size=(6.8, 3.8))
ax.plot(biases, errors, color=style.BLUE, drawstyle="steps-mid", label="fraction of mistakes")
ax.plot(biases, loss, color=style.ORANGE, label="a smooth loss")
ax.set(xlabel="bias b", ylabel="mean over the examples", title="Flat steps give no direction")
ax.legend()
print("the staircase jumps", np.count_nonzero(np.diff(errors)), "times, once for each example")
print(
    f"fewest mistakes: {errors.min():.3f}, where the loss is smallest: {errors[loss.argmin()]:.3f}"
)
style.describe(
    figure,
    "The fraction of mistakes is a staircase; the smooth loss is a bowl with one lowest point.",
)

# %% [markdown]
# Between its jumps the staircase is level: its derivative is 0, and at the jumps it doesn't exist. The bowl has a slope
# everywhere but at its lowest point. So one minimizes the bowl and hopes that the mistakes follow. They do roughly, not
# exactly, as the last line of the output shows. How far can they fall behind?
#
# **Predict:** the set below can be separated by the vertical line at 0, and a perceptron would find such a line. We
# minimize the mean *squared* distance of $w \cdot x + b$ to the label 0 or 1, exactly, not by trial, and decide for 1 where
# $w \cdot x + b$ is nearer to 1 than to 0, that is above $\tfrac12$. Will the best line separate the classes, too?

# %%
far = np.column_stack([rng.uniform(9, 14, 30), rng.normal(0, 1, 30)])  # class 1, a long way off
near = np.column_stack(
    [rng.uniform(0.3, 1.0, 6), rng.normal(0, 1, 6)]
)  # class 1, close to the others
zeros = np.column_stack([rng.uniform(-2.0, -0.3, 24), rng.normal(0, 1, 24)])
X, y = np.vstack([zeros, near, far]), np.repeat([0, 1, 1], [24, 6, 30])
print("the vertical line at 0 separates:", ((X[:, 0] > 0) == y).all())

rows = np.column_stack([X, np.ones(len(X))])
best, *_ = np.linalg.lstsq(
    rows, y, rcond=None
)  # the one minimum of the mean of (rows @ v - y)**2
print("slope of the loss there:", np.abs(2 * rows.T @ (rows @ best - y) / len(y)).max())
w, b = best[:2], best[2] - 0.5  # decide for 1 where the fitted value is above one half
print("mistakes of the best squared fit:", int(((X @ w + b > 0) != y).sum()), "of", len(y))

figure, ax = style.subplots(size=(7.4, 3.8))
plots.perceptron.points(ax, X, y)
plots.perceptron.half_plane(ax, w, b, normal=False)
ax.axvline(0, color=style.GREEN, linestyle="--", label="separates")
ax.set_title("The smallest squared loss (black) does not separate")
ax.legend(loc="lower right")
style.describe(
    figure,
    "The line x1 = 0 separates the classes; the least-squares line cuts off six examples.",
)

# %% [markdown]
# The slope is zero to rounding: this *is* the minimum, and it misclassifies examples that a perceptron gets right. The
# loss is a proxy. It wants the value 1 for all ones, and for an example far out on the *right* side it counts a value of 3
# as a miss by 2. Thirty such examples pull the line towards them, and the six near ones pay for it. (Brady, Raghavan and Slawny showed in 1989 that back-propagation with squared error can fail
# in the same way on data where perceptrons succeed.)
#
# Then why does everybody minimize smooth losses? Because the perceptron buys its zero mistakes with nervousness. It takes
# the first boundary that happens to separate, and another sample gives it another boundary. Statistics calls this high
# **variance**; being wrong in the same way on every sample, as the squared loss was above, it calls **bias** (a second
# meaning of the word, which has nothing to do with $b$). The perceptron has low bias and high variance, minimizing a smooth
# loss has higher bias and low variance.
#
# To see the variance, take 20 *setosa* and 20 *versicolor*, draw 40 times 40 of them with repetition (a *resample*), and fit
# both learners to every resample: the perceptron, and logistic regression, which minimizes the loss of the bowl above plus a
# small penalty for long weights. (Without it the loss would have no minimum here: where a line separates, longer weights
# always lower it a little.)
# **Predict:** whose lines will agree better with each other?

# %%
figures.perceptron.boundaries_of_resamples()

# %% [markdown]
# ## A page of history
#
# The first perceptrons, from 1957 on, were programs on an IBM 704. In 1960 came the Mark I, a cabinet in which motors turned
# potentiometers, one for each weight; it learned, one sample at a time, to tell simple images apart. Newspapers promised
# machines that walk and talk. Then came the proofs.
#
# It also became clear that people had expected the wrong things to be hard. Proofs and chess, where we sweat, take little
# computation once the rules are written down. Seeing and walking, which a child does without thinking, take enormous
# amounts: the input is vast, noisy and comes without rules. This is **Moravec's paradox**.
#
# Two paths led out of the crisis:
#
# 1. **Better inputs.** Keep the simple learner, and let people who know the field design the features. Image recognition
#    worked like this for decades: extract local features, aggregate them over the image, train a classical model on top.
# 2. **Bigger machines.** Put units in layers, and let the lower layers find the features. For a long time this disappointed:
#    there was too little computing power and too little data, large networks overfitted, and the learning signal vanished on
#    its way through the layers. Training one layer at a time was an early way around; better activations, better
#    initialization and much more data made it unnecessary.
#
# This course walks the second path, and each of these obstacles will get a notebook or a section.

# %% [markdown] question="stubborn_perceptron" points=4
# ### Question: the stubborn perceptron (4 points, read by a person)
#
# A colleague has 200 examples. Her perceptron has run for 10,000 epochs, and each of them still had between 3 and 9
# mistakes. She concludes: "The classes can't be separated by a hyperplane."
#
# 1. Does this follow? Use Novikoff's bound in your answer.
# 2. What would convince you that she is right? What would convince you that she is wrong?
# 3. The features are a person's height in metres and income in euros. What do you think of that, seen from $R$ and
#    $\gamma$, and what would you suggest?
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points.
#
# - 1 point, question 1: it does not follow. At least 30,000 mistakes were made, so *if* a separating hyperplane exists,
#   $(R/\gamma)^2 \ge 30{,}000$: the margin of every hyperplane is below $R/\sqrt{30000} \approx R/173$. A small margin is
#   no contradiction. (Half a point for "no" with an argument that does not use the bound.)
# - 1 point, question 2: right: a certificate, weights $\lambda \ge 0$, not all zero, with $\sum \lambda_i s_i [x_i, 1] = 0$,
#   which can be checked. Wrong: a hyperplane that classifies all 200 examples rightly, for example from a linear program or
#   after more epochs. Half a point for each.
# - 1 point, question 3: income is 10,000 times larger than height, so $R$ is set by income alone, while height, measured in
#   metres, can contribute almost nothing to the sum until its weight has grown very large; $R/\gamma$ may be huge.
# - 1 point, question 3: standardize the features (subtract the mean, divide by the standard deviation) and run again.
#   Whether the data can be separated does not change by this, how many mistakes it takes does.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# ## What you can say now
#
# - A threshold unit cuts the space with a hyperplane; its weight vector is perpendicular to it and points to the ones.
# - The perceptron adds or subtracts the examples it gets wrong, and leaves the others alone.
# - Where a hyperplane with margin $\gamma$ exists, it makes at most $(R/\gamma)^2$ mistakes: a line under a square root.
# - Where none exists, $n$ numbers $\lambda$ prove it; for XOR four ones are enough.
# - The number of mistakes has no useful slope. A smooth loss has one, but its minimum may misclassify what can be separated.
#
# Next, in notebook 02, XOR falls: first with features made by hand, then with features that are learned.

# %%
progress()
