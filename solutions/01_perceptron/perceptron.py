# %% [markdown]
# # 01 · The perceptron
#
# A machine that learns from its mistakes, in two lines of code; a proof that it stops; and a four-point data set that
# defeats it. When you have worked through this notebook you can
#
# - say what a threshold unit computes, as a formula and as a picture,
# - derive and program the perceptron's learning rule,
# - prove that it makes only finitely many mistakes where a separating hyperplane exists, and compute how many at most,
# - prove, in a way that anybody can check, that no such hyperplane exists,
# - say what minimizing a smooth loss has to do with the number of mistakes.
#
# **Time** about 3 hours, in five sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 40 |
# | 2 | [Again and again](#Again-and-again) | 30 |
# | 3 | [Why it must stop](#Why-it-must-stop) | 35 |
# | 4 | [A certificate of impossibility](#A-certificate-of-impossibility) | 32 |
# | 5 | [Counting mistakes is a bad guide](#Counting-mistakes-is-a-bad-guide) | 27, and 18 for the question |
#
# **You need** vectors, their lengths and dot products, sums written with $\sum$, NumPy arrays and a little Python; in
# sitting 5, what a derivative is.
#
# **How it works.** Run a cell with Shift+Enter. Where it says `raise NotImplementedError()`, you write code; the cell
# below it checks your answer and tells you what is wrong with it. `hint("name")` gives you a nudge, and a stronger one each
# time you call it again; `progress()` shows what you have done and what is next, and `solution("name")` shows how others
# write it, once yours has passed. No time limit is set, and you may check as often as you like. Your functions are
# given arrays of floats or of whole numbers, unless the text says which.
#
# Now and then it says **Predict**: run the cell below it and give your guess *before* you go on (Escape skips). Then unfold
# *Compare*, which begins with what you guessed. A wrong guess teaches you more than a right one.

# %% setup
import numpy as np

from autograde import check, hint, letters, predict, progress, review, solution
from mlp_reference import data
from mlp_reference.viz import explorers, figures, plots, style

rng = np.random.default_rng(1)

# %% [markdown]
# The next cell shows the letters of this notebook and the shapes of what they stand for. You need not learn them now: each is
# introduced where it is first used, and the table is here to come back to.

# %%
letters(1)

# %% [markdown]
# ## A unit that decides
#
# You stand in a meadow with a ruler and want a rule that tells two kinds of iris apart, *versicolor* from *setosa*. You
# could weigh the evidence: long petals speak for *versicolor*, and strongly; wide sepals (the leaves below the petals)
# speak against it, a little. Add up the evidence, and decide for *versicolor* if the sum exceeds some threshold.
#
# That is the whole machine. An example is a vector $x$ of shape `(d,)`: here $d$ measurements of a flower, its **features**. The unit has
# one weight for each, a vector $w$ of shape `(d,)`, and a threshold $\tau$ (tau), a number:
#
# $$ \hat y = \begin{cases} 1 & \text{if } \sum_{j=1}^{d} w_j x_j > \tau \\ 0 & \text{else.} \end{cases} $$
#
# The label it should produce is $y \in \{0, 1\}$; the hat on $\hat y$ says that it is only a guess.

# %%
figures.perceptron.unit()

# %% [markdown]
# ### The threshold is one more weight
#
# Move $\tau$ to the other side, call $b = -\tau$ the **bias**, and the comparison is always with zero:
#
# $$ \sum_j w_j x_j > \tau \quad\Longleftrightarrow\quad z = \sum_j w_j x_j + b > 0 . $$
#
# Then give every example an extra entry that is always 1 (many books write it $x_0 = 1$). With $\tilde x = [x, 1]$ and
# $v = [w, b]$, both of shape `(d + 1,)`, the sum is a single dot product, $z = v \cdot \tilde x$. In code we keep $w$ and
# $b$ apart; in proofs the tilde saves a lot of ink. Let the computer confirm that the three ways agree, on 1,000 random
# units and examples:

# %%
W, X = rng.normal(size=(2, 1000, 4))  # row i of W: the weights of unit i; row i of X: its example
tau = rng.normal(size=1000)  # entry i: the threshold of unit i
b = -tau
by_threshold = (W * X).sum(axis=1) > tau
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

# %% [markdown]
# How far is $x$ from the boundary? Walk to $x$ from the nearest point $p$ of the boundary. The way runs along $w$, so
# $x = p + t\, w / \lVert w \rVert$, where $\lVert w \rVert = \sqrt{w \cdot w}$ is the length of $w$ and $t$ the distance,
# with a sign: positive on the side of the ones. Insert this into the sum: $w \cdot x + b = w \cdot p + b + t\, \lVert w
# \rVert = t\, \lVert w \rVert$, because $w \cdot p + b = 0$. So
#
# $$ \text{signed distance of } x \text{ from the boundary} = \frac{w \cdot x + b}{\lVert w \rVert} . $$

# %%
w, b = np.array([1.5, -2.0]), 0.75
x = np.array([2.0, -1.0])
distance = (w @ x + b) / np.linalg.norm(w)
foot = x - distance * w / np.linalg.norm(w)  # walk back along w by that distance
print(f"distance {distance:.3f}; the sum at the foot point is {w @ foot + b:.1e}: on the boundary")

# %% [markdown]
# **Predict**, then move the sliders, or grab the picture itself: drag the line, the tip of $w$ or an example; a click adds an
# example, a double click takes one away. (Tab, the arrow keys and Delete work, too.)
#
# 1. What happens to the line when you double $w_1$, $w_2$ and $b$ together?
# 2. Which sliders turn the line, and which one only shifts it?
# 3. Count the distance of an example as positive if it lies on the *right* side for its class, as negative if on the
#    wrong one. The smallest of these is the **margin**, drawn in purple. Find a setting with a margin above 0.75. Could
#    another setting reach 1? The two nearest examples of different class are less than 1.7 apart.
# 4. What does the unit say if both weights are 0?
# <!-- less than 1.7 apart: min(np.linalg.norm(p - q) for X, y in [data.blobs(10, np.random.default_rng(8), gap=1.7)] for p in X[y == 0] for q in X[y == 1]) < 1.7 -->
# <!-- predict moving_the_line
# doubling w₁, w₂ and b: *nothing happens | the line moves | the line turns
# turned by: w₁, w₂ and b | *w₁ and w₂ | only b
# a margin of 1: some setting has it | *no setting has it
# both weights 0: always 0 | always 1 | *the same everywhere, by the sign of b
# -->

# %% explorer
explorers.half_space()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. Nothing: the line, and every distance, stays. Only the direction of $[w, b]$ matters for the decisions.
# 2. $w_1$ and $w_2$ turn it (and shift it along the way), $b$ only shifts it, along its normal.
# 3. $w = (1, 1.3)$, $b = -0.3$ has a margin of about 0.84. A margin of 1 is impossible: the straight way between two examples
#    of different class crosses the line, so their two distances to it add up to the length of that way at most. The nearest
#    two are less than 1.7 apart, so no line leaves more than half of 1.7 to both.
# 4. The sum is $b$ everywhere: all ones if $b > 0$, all zeros if not.
# </details>
# <!--
# 0.84 = experiments.perceptron.signed_distances(*data.blobs(10, np.random.default_rng(8), gap=1.7), np.array([1, 1.3]), -0.3).min()
# given 1.3, 0.3
# less than 1.7 apart: 1.6 < min(np.linalg.norm(p - q) for X, y in [data.blobs(10, np.random.default_rng(8), gap=1.7)] for p in X[y == 0] for q in X[y == 1]) < 1.7
# -->

# %% [markdown]
# ### Exercise: `perceptron_predict` · easy · 5 minutes
#
# Let a unit decide for a whole **batch**: `X` has shape `(n, d)`, one example in each row; `w` has shape `(d,)`, `b` is a
# number. Return an array of shape `(n,)` of integers: 1 where $X w + b > 0$, else 0. On the boundary itself, where the sum
# is exactly 0, the answer is 0.
#
# **Predict** before you write: what are the shapes of `X @ w` and of `X @ w + b`, for `X` of shape `(7, 3)`? Try it in a cell
# of your own, with `X = np.ones((7, 3))`.
# <!-- predict shapes_of_a_batch
# X @ w = (7,)
# X @ w + b = (7,)
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Both are `(7,)`: the 3 is summed over, and adding a number changes no shape.
# </details>
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
# ## Learn from a mistake
#
# Nobody gave us $w$ and $b$. Frank Rosenblatt's idea, around 1960: show the unit one example after the other; if it is right,
# leave it alone; if it is wrong, push the sum in the right direction.
#
# Suppose the label is $y = 1$ but the unit says 0: the sum $w \cdot x + b$ is too small. How do we raise it? By adding a
# piece $\eta x$ of $x$ to $w$, with a number $\eta > 0$ (eta), the **learning rate**: $(w + \eta x) \cdot x = w \cdot x +
# \eta \lVert x \rVert^2$. The input of the bias is 1, so the bias grows by $\eta \cdot 1$. One update raises the sum of such
# an example by exactly $\eta(\lVert x \rVert^2 + 1)$.
#
# If the unit says 1 but the label is 0, subtract instead. Both cases and the case of no mistake fit in one line, since
# $y - \hat y$ is $1$, $-1$ or $0$:
#
# $$ w \leftarrow w + \eta\,(y - \hat y)\,x, \qquad b \leftarrow b + \eta\,(y - \hat y) . $$
#
# **Predict:** does one update always put the example on its right side?
# <!-- predict one_update: always | *not always -->

# %%
w, b, eta = np.array([0.4, -1.0]), -0.5, 0.5
x = np.array([0.5, 1.25])  # its label is 1
before = w @ x + b
w_new, b_new = w + eta * x, b + eta
after = w_new @ x + b_new
print(f"sum before {before:.4f}, after {after:.4f}: raised by {after - before:.4f}")
print(f"the formula says {eta * (x @ x + 1):.4f}")
figures.perceptron.one_update(w, b, w_new, b_new, x)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# No. Here the sum has risen from $-1.55$ to $-0.14$ and is still negative: the triangle is nearer to the line, but on the
# wrong side of it. A second visit would settle it, since each one raises the sum by the same amount.
# </details>
# <!--
# -1.55 = before
# -0.14 = after
# A second visit would settle it: after + eta * (x @ x + 1) > 0
# -->
#
# In the left picture $x$ is drawn among the weights, as an arrow: the update adds $\eta x$ to $w$. In the right one the line
# turns towards the example; the half-plane where the unit now says 1 is shaded.

# %% [markdown]
# ### Exercise: `perceptron_step` · easy · 8 minutes
#
# One example, one step. `x` has shape `(d,)`, `y` is 0 or 1. Return the new `(w, b)`; the arrays you were given must stay
# as they are. Predict with the same rule as before: a sum of exactly 0 means $\hat y = 0$.
#
# **Predict:** for `w = np.array([0.0, 0.0])`, `b = 0`, `x = np.array([3.0, -1.0])`, `y = 1` and `eta = 1`, what comes out?
# And for `y = 0`?
# <!-- predict step_from_zeros
# new w for y = 1 = [3, -1]
# new b for y = 1 = 1
# for y = 0: *nothing changes | w becomes [-3, 1] | only b changes
# -->
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
# *(A good place to stop.)*

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
# 3. Two of the four ready data sets can't be separated by a line. How will you tell them by watching?
# <!-- predict watching_epochs
# fewer mistakes in every epoch: yes | *no
# another η changes the number of steps: yes | *no
# how to tell by watching: text
# -->

# %% explorer
explorers.perceptron_steps()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. No. On *versicolor* / *virginica* the first epoch makes 43 mistakes and the second 48.
# 2. No. Starting from zeros, $w$ and $b$ are sums of updates, and every update carries the factor $\eta$. So $\eta$
#    scales $w$ and $b$ together, and by prediction 1 of the last explorer that changes no decision. (Where a sum comes out
#    as 0 up to round-off, an $\eta$ that is no power of two can tip it to the other side.)
# 3. The mistakes alone can't tell: they go on, but so they do where it takes more epochs than you watched. (An epoch with
#    mistakes that ends at the $w$ and $b$ at which it began repeats for ever: look at the third on the corners of XOR.)
#    Keep your guess: [A certificate of impossibility](#A-certificate-of-impossibility) will show which two they are.
# </details>
# <!-- the third on the corners of XOR: [lambda t: t.mistakes(12)[2] > 0 and t.B[12] == t.B[8] and (t.W[12] == t.W[8]).all()][0](experiments.perceptron.Trace(*data.xor_corners(), 1.0, 3)) -->
# <!-- 43 mistakes and the second 48: [experiments.perceptron.Trace(*explorers.perceptron.DATASETS["iris: versicolor / virginica"](), 1.0, 2).mistakes(200)] == [[43, 48]] -->
#
# For examples of your own choose the data set *my own*, click to add some and drag them where you like. And the same picture
# runs the rule that *you* have written: `explorers.perceptron_steps(rule=perceptron_step)`.

# %% [markdown]
# ### Exercise: `perceptron_fit` · medium · 12 minutes
#
# Write the whole learner. Start from `w` all zeros and `b = 0`. In each epoch take the rows of `X`, shape `(n, d)`, in the
# given order, one step for each row. Return `(w, b, mistakes)`, where `mistakes` is a list with the number of updates in
# each epoch. Stop after the first epoch with 0 updates (its 0 is the last entry of the list), and in any case after
# `max_epochs` epochs.
#
# **Predict:** for data that no hyperplane separates, how long is `mistakes`? And what is its smallest length on any data?
# <!-- predict length_of_mistakes
# where no hyperplane separates: 0 | *max_epochs | it never returns
# smallest length on any data = 1
# -->
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
# In 1936 [Ronald Fisher](https://doi.org/10.1111/j.1469-1809.1936.tb02137.x) published measurements of irises that Edgar
# Anderson had collected: four lengths in centimetres for each of 50 *setosa*, 50 *versicolor* and 50 *virginica*. The next
# cell runs **your** functions on two pairs of species, *setosa* / *versicolor* and *versicolor* / *virginica*. (Until they
# are written it says which one it needs; that's fine, come back later.)
#
# **Predict:** *setosa* has much smaller petals than the others. Which pair will your perceptron separate, and after how many
# epochs, roughly: 5, 50 or 500?
# <!-- predict iris_pairs
# separated: *setosa and versicolor | versicolor and virginica | both pairs
# after about: *5 epochs | 50 epochs | 500 epochs
# -->

# %% raises-exception
for negative, positive in (("setosa", "versicolor"), ("versicolor", "virginica")):
    X, y = data.iris_pair(negative, positive)  # (100, 4)
    w, b, mistakes = perceptron_fit(X, y, max_epochs=500)
    wrong = int((perceptron_predict(X, w, b) != y).sum())
    print(f"{negative} / {positive}: {len(mistakes)} epochs,", end=" ")
    print(f"{mistakes[-1]} updates in the last, {wrong} of {len(y)} flowers wrong now")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# *Setosa* and *versicolor*, after 4 epochs. The other pair is still making mistakes in its 500th epoch. (Updates are counted
# while the weights move, wrong flowers with the last weights: two different numbers.)
# </details>
# <!--
# after 4 epochs: len(perceptron_fit(*data.iris_pair("setosa", "versicolor"), max_epochs=500)[2]) == 4
# given 500
# -->
#
# Would 5,000 epochs have helped the second pair, or 5 million? The mistakes can't tell. A theorem can, and another one says
# why the first pair had to come to an end.
# <!-- given 5,000 -->
#
# *(A good place to stop.)*

# %% [markdown]
# ## Why it must stop
#
# Claim (Albert Novikoff, 1962): *if some hyperplane separates the classes, the perceptron makes only finitely many mistakes*,
# however long you feed it, in whatever order. The proof has three steps and needs no calculus.
#
# Fold the bias in, as above: $\tilde x_i = [x_i, 1]$ for example $i$ and $v = [w, b]$, all of shape `(d + 1,)`. Let the sign
# $s_i = 2y_i - 1$ be $+1$ for class 1 and $-1$ for class 0. Then *example $i$ is strictly on its right side* is one
# inequality for both classes:
#
# $$ s_i\, v \cdot \tilde x_i > 0 . $$
#
# (The unit is right about a zero whose sum is exactly 0, too; but such an example lies on the hyperplane and has no room.)

# %% [markdown]
# Now let $v^* = [w^*, b^*]$ describe *any* hyperplane that separates the classes: $s_i\, v^* \cdot \tilde x_i > 0$ for all
# $i$. The perceptron doesn't know it; it only has to exist. Two numbers describe how hard the data is:
#
# - how far out the examples lie, $\; R = \max_i \lVert \tilde x_i \rVert$,
# - how much room the hyperplane leaves, $\; \gamma = \min_i\, s_i\, v^* \cdot \tilde x_i \,/\, \lVert v^* \rVert > 0$ (gamma).
#
# Like the margin of the explorer, $\gamma$ is a smallest distance to the right side, but measured among the points $\tilde x$
# with their extra 1: that is why it is divided by the length of $[w^*, b^*]$ and not of $w^*$. With one feature, for
# example, the examples are numbers on a line; the points $\tilde x = (x, 1)$ lie side by side at height 1 in a plane, and
# $\gamma$ is measured from the line through the origin of that plane to which $v^*$ is perpendicular.
#
# Each separating hyperplane has its own $\gamma$; the theorem holds for all of them, and says most for the one with the most
# room. The one at which a perceptron has stopped will do, too, if it leaves room: then the bound speaks of the very run that
# found it.

# %%
X, y = data.iris_pair("setosa", "versicolor")
s = 2 * y - 1
rows = np.column_stack([X, np.ones(len(X))])  # each row is [x, 1]
v_star = np.array([-1.1, -3.6, 5.2, 2.2, -1.0])  # one of many: the perceptron above stops here
print("separates:", (s * (rows @ v_star) > 0).all())
v_star = v_star / np.linalg.norm(v_star)  # of length 1 from here on
R = np.linalg.norm(rows, axis=1).max()
gamma = (s * (rows @ v_star)).min()
print(f"R = {R:.3f}, gamma = {gamma:.4f}")

# %% [markdown]
# Take $\eta = 1$ (starting from zeros, another $\eta$ scales $v$ and changes no decision), and $v^*$ of length 1 (dividing
# it by its length changes neither its decisions nor $\gamma$), so that $s_i\, v^* \cdot \tilde x_i \ge \gamma$ for all $i$.
# When the unit is wrong about example $i$, $y_i - \hat y_i$ is $1 - 0$ or $0 - 1$, which is $s_i$: the update is
# $v_{\text{new}} = v + s_i \tilde x_i$.
#
# **Step 1: every mistake makes progress.** Multiply the update by $v^*$:
#
# $$ v_{\text{new}} \cdot v^* = v \cdot v^* + s_i\, \tilde x_i \cdot v^* \;\ge\; v \cdot v^* + \gamma , $$
#
# so after $m$ mistakes, starting from $v_0 = 0$, the weights $v_m$ have $v_m \cdot v^* \ge m\gamma$.

# %% [markdown]
# **Step 2: every mistake adds little length.** The example was wrong, so $s_i\, v \cdot \tilde x_i \le 0$. Multiply out, with
# $s_i^2 = 1$:
#
# $$ \lVert v_{\text{new}} \rVert^2 = \lVert v \rVert^2 + 2 \underbrace{s_i\, v \cdot \tilde x_i}_{\le\, 0}
#    + \lVert \tilde x_i \rVert^2 \;\le\; \lVert v \rVert^2 + R^2 , $$
#
# so after $m$ mistakes $\lVert v_m \rVert^2 \le m R^2$, which is $\lVert v_m \rVert \le \sqrt{m}\, R$.

# %% [markdown]
# **Step 3: squeeze.** A dot product with a vector of length 1 is at most the length (Cauchy-Schwarz):
#
# $$ m \gamma \;\le\; v_m \cdot v^* \;\le\; \lVert v_m \rVert \;\le\; \sqrt{m}\, R . $$
#
# Divide $m \gamma \le \sqrt{m}\, R$ by $\sqrt{m}\, \gamma$ and square: $\; m \le (R / \gamma)^2$. That is Novikoff's bound. A
# straight line can't stay below a square root for ever.
#
# Check steps 1 and 2 on single mistakes, with random $v$:

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
# Here is a whole run, on the two sepal measurements in a random order, where there is much less room between the species. As
# $v^*$ the hyperplane with the largest $\gamma$ is taken; a solver found it. Four curves over the number $m$ of mistakes, in
# the order of the squeeze: $m\gamma$, $v_m \cdot v^*$, $\lVert v_m \rVert$ and $\sqrt{m}\, R$.
#
# **Predict:** both axes are logarithmic. What do $m\gamma$ and $\sqrt{m}\, R$ look like on them? And $v_m \cdot v^* / \lVert
# v_m \rVert$ is the cosine of the angle between $v_m$ and $v^*$: how large is it when the run stops?
# <!-- predict between_the_bounds
# mγ and √m R on these axes: *both straight | only mγ straight | both curved
# cosine at the end: below 0.1 | about 0.5 | *above 0.9
# -->

# %%
figures.perceptron.novikoff_on_a_run()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# On two logarithmic axes both are straight: $\log(m\gamma) = \log\gamma + \log m$ has slope 1, $\log(\sqrt{m} R) = \log R +
# \tfrac12 \log m$ has slope $\tfrac12$. They meet at $m = (R/\gamma)^2 \approx$ 22,134, and there is no room for a mistake
# beyond. This run stopped after 1,309. The cosine has risen from 0.01 after the first mistake to 0.93: the two curves in the
# middle have all but met, since $v_m$ has come to point nearly along $v^*$.
# </details>
# <!--
# 22,134 = experiments.perceptron.novikoff_run().bound
# 1,309 = len(experiments.perceptron.novikoff_run().path) - 1
# 0.01 = experiments.perceptron.novikoff_run().path[1] @ experiments.perceptron.novikoff_run().v_star / np.linalg.norm(experiments.perceptron.novikoff_run().path[1])
# 0.93 = experiments.perceptron.novikoff_run().path[-1] @ experiments.perceptron.novikoff_run().v_star / np.linalg.norm(experiments.perceptron.novikoff_run().path[-1])
# -->

# %% [markdown]
# ### Exercise: `mistake_bound` · easy · 10 minutes
#
# Compute Novikoff's bound $(R / \gamma)^2$ for data `X` of shape `(n, d)`, labels `y` of shape `(n,)` and a hyperplane
# `w_star` of shape `(d,)`, `b_star` a number. The hyperplane comes with any length: the formula for $\gamma$ divides by it.
# Where the hyperplane does not separate the classes strictly ($\gamma \le 0$) the theorem says nothing: raise a
# `ValueError`.
#
# **Predict:** you measure the same flowers in millimetres instead of centimetres, so `X` becomes `10 * X`. With the same
# `w_star` and `10 * b_star` every flower stays on its side of the hyperplane. Does the bound change, for the `v_star` of the
# cell that computes `R` and `gamma`? And for the hyperplane with the same weights through the origin, which separates these
# flowers, too?
# <!-- predict millimetres
# for v_star: the bound stays | *it grows | it falls
# with b_star = 0: it stays | it grows | *it falls
# -->
#
# <details><summary><b>Compare</b></summary>
#
# It does, though nothing about the flowers has changed. For `v_star` it grows from 684 to 2,099: the length by which $\gamma$ is
# divided is that of $[w^*, b^*]$, and it grows with $b^*$. Without a bias, that length stays and $\gamma$ becomes ten times as
# large, but $R$ a little less than that, as the extra 1 in $[x, 1]$ is not multiplied: the bound falls from 334.6 to 330.6.
# </details>
# <!--
# 684 = (R / gamma) ** 2
# 2,099 = perceptron.mistake_bound(10 * X, y, v_star[:4], 10 * v_star[4])
# 334.6 = perceptron.mistake_bound(X, y, v_star[:4], 0.0)
# 330.6 = perceptron.mistake_bound(10 * X, y, v_star[:4], 0.0)
# -->


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
# How good is the bound? The next figure counts the mistakes on 150 random data sets in the plane, each with its own room. As
# $v^*$ it takes the line by which the classes were made. No point can lie above the orange line, where as many mistakes
# are made as the bound allows. **Predict:** close to it, or far below?
# <!-- given 150 -->
# <!-- predict close_to_the_bound: close to the bound | *far below it -->

# %%
figures.perceptron.mistakes_against_bound()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Far below: the bound is between 7 and 698 times the count. It is a promise for every data set and every order, and these
# were drawn at random. The direction is right, as a rule: the smaller the room $\gamma$ compared with the size $R$, the
# more mistakes.
# </details>
# <!--
# between 7 and 698 times: np.allclose(np.round([f([b / c for b, c in [experiments.perceptron.bound_and_mistakes(r) for r in [np.random.default_rng(11)] for _ in range(150)]]) for f in (min, max)]), [7, 698])
# -->

# %% [markdown]
# ### Units matter
#
# Measure *one* of the four features in another unit, and the same flowers can become harder. With the sepal length in tenths
# of a millimetre an update adds hundreds to its weight, and single digits to the others. Whatever the others contribute to
# the sum is drowned by that one feature until their weights have grown large, update by update.
#
# To **standardize** is to subtract from each feature its mean and to divide by its standard deviation.
#
# **Predict:** how many mistakes does *your* perceptron make on the 100 flowers *setosa* / *versicolor* when only the sepal
# length is given in millimetres? In tenths of one? And when all four are standardized?
# <!-- predict units_of_a_feature
# sepal length in millimetres: a few mistakes | *tens | thousands
# in tenths of one: a few mistakes | tens | *thousands
# all standardized: *fewer than in centimetres | as many | more
# -->

# %% raises-exception
X, y = data.iris_pair("setosa", "versicolor")
for factor in (1, 10, 100):
    w, _, mistakes = perceptron_fit(X * [factor, 1, 1, 1], y, max_epochs=2000)
    print(f"sepal length times {factor}: {sum(mistakes)} mistakes in {len(mistakes)} epochs,")
    print(f"    weight of the petal length at the end {w[2]:.1f}")
standardized = (X - X.mean(axis=0)) / X.std(axis=0)
print("all standardized:", sum(perceptron_fit(standardized, y)[2]), "mistakes")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 5 mistakes in centimetres, 43 in millimetres, 4,676 in tenths of one: the same flowers, the same species, and more than 900
# times the mistakes. The weight of the petal length ends at 5.2 in the first run; in the last it grows beyond 5,000, a few at
# a time. Standardized, 2: that is the remedy.
# </details>
# <!--
# 43 = sum(perceptron_fit(X * [10, 1, 1, 1], y, max_epochs=2000)[2])
# 4,676 = sum(mistakes)
# more than 900: 900 < sum(mistakes) / sum(perceptron_fit(X, y)[2]) < 1000
# 5.2 = perceptron_fit(X, y, max_epochs=2000)[0][2]
# beyond 5,000: w[2] > 5000
# Standardized, 2: sum(perceptron_fit(standardized, y)[2]) == 2
# -->
#
# *(A good place to stop.)*

# %% [markdown]
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
# no hyperplane does is [Gordan's theorem of 1873](https://doi.org/10.1007/BF01442864).)

# %% [markdown]
# The last condition has a picture. Its last entry says that both classes carry the same total weight; the others say that
# the *weighted mean* of class 1 and that of class 0 are the same point. A point between the ones and also between the zeros
# would have to lie on both sides of a line that separates them.
#
# Below, three zeros stand at the corners of a triangle and two ones inside. The weighted mean of each class is drawn as a star,
# with lines to the examples that have weight; the two stars lie on top of each other.

# %%
X = np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 3.0], [1.5, 1.0], [2.5, 1.0]])
y = np.array([0, 0, 0, 1, 1])
lam = np.array([2.0, 2.0, 2.0, 3.0, 3.0])
print("sum of lam * s * [x, 1]:", (lam * (2 * y - 1)) @ np.column_stack([X, np.ones(5)]))
figures.perceptron.certificate(X, y, lam)

# %% [markdown]
# ### Exercise: `certifies_nonseparable` · medium · 10 minutes
#
# Check a certificate: `X` of shape `(n, d)`, `y` and `lam` of shape `(n,)`. Return `True` if `lam` proves that no hyperplane
# separates the data, else `False`. All three conditions must hold. Sums of floats carry round-off, so two of them get a
# tolerance, in proportion to the total weight $\Lambda = \sum_i \lambda_i$:
#
# 1. $\Lambda > 0$,
# 2. $\lambda_i \ge -10^{-9}\, \Lambda$ for each $i$,
# 3. $\lvert c_j \rvert \le 10^{-9}\, \Lambda\, M$ for each of the $d + 1$ entries $c_j$ of
#    $c = \sum_i \lambda_i s_i [x_i, 1]$, where $M$ is the largest absolute value in the rows $[x_i, 1]$.
#
# (So the proof holds up to round-off; features of very different sizes should be standardized first.)
# <!-- given 10^{-9} -->
#
# **Predict:** if your function returns `False` for some `lam`, does that mean that the data *can* be separated?
# <!-- predict false_certificate: yes | *no -->
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
# Where does a certificate come from? Its conditions are linear equations and inequalities in $\lambda$: a *linear program*.
# SciPy's `linprog(cost, A_eq=..., b_eq=..., bounds=(0, None))` looks for a vector $\lambda \ge 0$ with `A_eq @ lam = b_eq`,
# or says that there is none. (What it costs doesn't matter here, so the cost is 0.) The rows of `A_eq` say that the $d + 1$ entries of
# the sum vanish, and that the weights add up to 1.
#
# No trust in the solver is needed: the certificate can be checked with one matrix product. (If your `certifies_nonseparable`
# works, call it on `X, y, lam` in a cell of your own.)
#
# **Predict:** how many of the 100 flowers will have a weight above 0?
# <!-- predict flowers_that_settle_it: flowers with a weight above 0 = 6 ± 3 -->

# %%
from scipy.optimize import linprog

X, y = data.iris_pair("versicolor", "virginica")
rows, s = np.column_stack([X, np.ones(len(X))]), 2 * y - 1
conditions = np.vstack([(s[:, None] * rows).T, np.ones(len(X))])  # (6, 100)
zero_and_one = np.append(np.zeros(5), 1.0)
answer = linprog(np.zeros(len(X)), A_eq=conditions, b_eq=zero_and_one, bounds=(0, None))
lam = answer.x
print(f"smallest weight {lam.min():.3f}, sum of the weights {lam.sum():.6f}")
print(f"largest entry of the sum of lam * s * [x, 1]: {np.abs((lam * s) @ rows).max():.1e}")
print("flowers that take part in the proof:", np.flatnonzero(lam > 1e-12))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Six: this solver looks for an answer with no more non-zero weights than there are equations, and there are six. Six flowers
# settle it: no perceptron will ever separate these two species by these four measurements, in 500 epochs or in 5 million.
# </details>
# <!--
# Six flowers: np.count_nonzero(lam > 1e-12) == 6 == len(conditions)
# given 500
# -->

# %% [markdown]
# ## Four points that no line separates
#
# The best-known set without a separating line has four points, the corners of a square. Its class is the *exclusive or* of
# the coordinates, XOR: 1 at $(0, 1)$ and $(1, 0)$, where exactly one of them is 1, and 0 at $(0, 0)$ and $(1, 1)$.
#
# **Predict:** find a certificate for it without a computer. Which $\lambda$ balances the corners?
# <!-- predict corner_weights: *(1, 1, 1, 1) or a multiple | (1, 1, −1, −1) or a multiple | (1, 0, 0, 1) or a multiple -->
#
# <details><summary><b>Compare</b></summary>
#
# $\lambda = (1, 1, 1, 1)$. Both diagonals cross in the centre, so both classes have the centre as their mean: that is the whole
# proof. (Any positive multiple will do as well.)
# </details>

# %%
figures.perceptron.xor_certificate()

# %% [markdown]
# In 1969 Marvin Minsky and Seymour Papert published [Perceptrons](https://mitpress.mit.edu/9780262534772/perceptrons/), a
# book of proofs of what such machines can't compute. XOR is its most famous victim, though not its main one: the theorems
# are about larger questions, for example whether the number of ones is odd or whether a figure is connected. In the years
# after it, interest in learning machines faded; how much the book was to blame is disputed.
#
# And yet the way out is near. Give the unit not $x_1$ and $x_2$ but better **features** of them, and XOR becomes separable.
# Better still: let the machine *learn* the features, with more units in a layer in between. That is
# [notebook 02](../02_xor_basis_functions/xor_basis_functions.ipynb), and the rest of this course.

# %% [markdown]
# *(A good place to stop.)*

# %% [markdown]
# ## Counting mistakes is a bad guide
#
# To train more than one unit we will need something to follow downhill. Why not the number of mistakes? Look at it, along
# with a smooth **loss** that serves as its proxy, while the bias $b$ moves and everything else stays: nine examples with a
# single feature each, and the weight $w = 1$.
#
# The loss is the mean of $\log(1 + e^{-s_i z_i})$ with $z_i = w x_i + b$ and $s_i = 2y_i - 1$, called the **logistic
# loss**; the next notebook derives it. For now it matters that each term is small where $z_i$ has the sign $s_i$, large
# where it has the other, and smooth in between.
#
# **Predict:** at how many values of $b$ does the number of mistakes jump? Where the loss is smallest, is the number of mistakes
# smallest, too?
# <!-- predict jumps_and_the_bowl
# values of b where it jumps = 9
# at the smallest loss, fewest mistakes: yes | *no
# -->

# %%
x1 = np.array([-2.0, -1.4, -1.1, -0.3, 0.2, 0.5, 0.9, 1.6, 2.2])
y1 = np.array([0, 0, 0, 1, 0, 1, 1, 1, 1])
biases = np.linspace(-3, 3, 601)
z = x1 + biases[:, None]  # (601, 9): every bias against every example
errors = ((z > 0) != y1).mean(axis=1)
loss = np.log1p(np.exp(-(2 * y1 - 1) * z)).mean(axis=1)  # log1p(u) is log(1 + u)

figure, ax = style.subplots(size=(6.8, 3.8))
ax.plot(biases, errors, color=style.BLUE, drawstyle="steps-mid", label="fraction of mistakes")
ax.plot(biases, loss, color=style.ORANGE, label="logistic loss")
ax.set(xlabel="bias b", ylabel="mean over the examples", title="Mistakes and a smooth loss")
ax.set_ylim(bottom=0)
ax.legend()
print(f"fewest mistakes: {errors.min():.3f} of the examples,", end=" ")
print(f"where the loss is smallest: {errors[loss.argmin()]:.3f}")
style.describe(figure, "The fraction of mistakes is a staircase; the smooth loss is a bowl.")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# At nine, one for each example, when $b$ passes $-x_i$. And no: the fewest mistakes are one in nine, but at the bottom of
# the bowl there are two in nine.
# </details>
# <!--
# nine, one for each example: np.count_nonzero(np.diff(errors)) == len(x1) == 9
# one in nine: np.isclose(errors.min(), 1 / 9)
# two in nine: np.isclose(errors[loss.argmin()], 2 / 9)
# -->
#
# Between its jumps the staircase is level: its derivative is 0, and at the jumps it doesn't exist. The bowl has a slope
# everywhere but at its lowest point. So one minimizes the bowl and hopes that the mistakes follow. How far can they fall
# behind?

# %% [markdown]
# ### Squared errors
#
# That depends on the loss. Take another one, the mean *squared error*: the squared distance of $w \cdot x + b$ to the label
# 0 or 1, averaged over the examples. Decide for 1 where $w \cdot x + b$ is nearer to 1 than to 0, that is above $\tfrac12$.
#
# The set below can be separated by the line $x_1 = 0$, and a perceptron would find such a line. NumPy's `lstsq` (*least
# squares*) finds the weights with the smallest mean squared error, exactly and not by trial. **Predict:** will they
# separate the classes?
# <!-- predict least_squares: they separate | *they don't -->

# %%
X, y = data.far_ones(np.random.default_rng(7))  # 24 zeros on the left, 6 ones close by, 30 far away
print("the line x1 = 0 separates:", ((X[:, 0] > 0) == y).all())
rows = np.column_stack([X, np.ones(len(X))])
best, *_ = np.linalg.lstsq(rows, y, rcond=None)  # the minimum of the mean of (rows @ v - y)**2
slope = 2 * rows.T @ (rows @ best - y) / len(y)
print(f"slope of the squared error there: {np.abs(slope).max():.1e}, zero up to round-off")
w, b = best[:2], best[2] - 0.5  # w @ x + best[2] is above one half where w @ x + b is above 0
figures.perceptron.least_squares(X, y, w, b)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# No. This *is* the minimum, and it gets all six near ones wrong. The squared error wants the value 1 for *every* one, and
# being too right costs as much as being wrong. For a line that separates, $w \cdot x + b$ is $\tfrac12$ near $x_1 = 0$. From
# there it either rises gently, and gives the zeros almost $\tfrac12$ where 0 is wanted, or steeply, and gives the far ones
# much more than 1. Both cost more than six near examples on the wrong side.
# </details>
# <!-- all six near ones wrong: np.array_equal(np.flatnonzero((rows @ best > 0.5) != y), np.arange(24, 30)) -->
#
# (There are such examples for units with sigmoids and for networks with hidden layers, too:
# [Brady, Raghavan and Slawny 1989](https://doi.org/10.1109/31.31314). Without hidden layers they vanish if being more than
# right costs nothing: [Sontag and Sussmann 1991](https://doi.org/10.1016/0893-6080%2891%2990008-S).)

# %% [markdown]
# The logistic loss can't miss in this way. A mistake has $s_i z_i \le 0$, so it costs $\log(1 + e^{-s_i z_i}) \ge \log 2$.
# If the *mean* over $n$ examples is below $(\log 2)/n$, the sum is below $\log 2$, and there is **no** mistake. And where a
# hyperplane separates the data, longer and longer weights along it bring the mean as near to 0 as you like. Watch plain
# downhill steps on the same 60 points; the next notebook derives the slope that they follow.

# %%
v = np.zeros(3)
for step in range(1, 1001):
    v -= 0.5 * rows.T @ (1 / (1 + np.exp(-rows @ v)) - y) / len(y)
    if step in (1, 10, 100, 1000):
        mean = np.log1p(np.exp(-(2 * y - 1) * (rows @ v))).mean()
        wrong = int(((rows @ v > 0) != y).sum())
        print(f"step {step:4}: logistic loss {mean:.4f}, {wrong} examples wrong")
print(f"(log 2)/n = {np.log(2) / len(y):.4f}")

# %% [markdown]
# ### Bias and variance
#
# So why doesn't everybody use the perceptron, which makes no mistakes where none need be made? Look at the *next* sample of
# flowers. Ask two things of a learner, by letting it learn again and again from samples drawn anew:
#
# - Let all the learned boundaries vote on new examples. On how many does the *majority* decide otherwise than the best
#   possible line? This is the **bias** (a second meaning of the word, which has nothing to do with $b$): being wrong in the
#   same way on every sample.
# - How often does a *single* boundary decide otherwise than the majority? This is the **variance**: being thrown about by the
#   sample.
#
# The figure asks this of three learners: the perceptron (at most 50 epochs), the smallest squared error, and 100 downhill
# steps on the logistic loss. Each learns from 60 samples of two sources: the set with one far group, and two clouds that
# overlap. (It takes some seconds.) **Predict:** where is the bias largest, where the variance?
# <!-- predict bias_and_variance
# largest bias: the perceptron | the logistic loss | *the squared error
# largest variance: *the perceptron | the logistic loss | the squared error
# -->

# %%
figures.perceptron.bias_and_variance()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The squared error has the largest bias: 10 % on the far group, the six near ones of 60, sample after sample; and hardly
# any variance there. The perceptron has the largest variance: 10.4 % on the clouds, against 3.0 % for the logistic loss.
# Where nothing separates it never settles, and its last mistakes decide where it stands: the *mean* of all its weights on
# the way has about half the variance, 5.0 %.
# </details>
# <!--
# 10 % = experiments.perceptron.spread_on("one far group", experiments.perceptron.squared_line)[1]
# 10.4 % = experiments.perceptron.spread_on("two clouds", experiments.perceptron.perceptron_line)[2]
# 5.0 % = experiments.perceptron.spread_on("two clouds", experiments.perceptron.averaged_line)[2]
# 3.0 % = experiments.perceptron.spread_on("two clouds", experiments.perceptron.logistic_line)[2]
# -->
#
# You will read that the perceptron has low bias and high variance, and that minimizing a smooth loss is the other way
# round. The first half holds here on the clouds. The second one depends on the data and on the loss: the squared error
# fits it on the far group, the logistic loss is low in both. (What bias you see on the clouds comes mostly from counting
# 60 votes only, and shrinks with more: the clouds mirror each other, and neither side is favoured.)
# <!--
# shrinks with more: [lambda b: b[0] > b[1]][0]([experiments.perceptron.spread_on("two clouds", experiments.perceptron.perceptron_line, n)[1] for n in (60, 240)])
# -->

# %% [markdown]
# ## A page of history
#
# The first perceptrons, [from 1957 on](https://doi.org/10.1109/JRPROC.1960.287598), were programs on an IBM 704. In 1960 came the
# Mark I, a cabinet in which motors turned potentiometers, one for each weight; it learned, one sample at a time, to tell
# simple images apart. Newspapers promised machines that walk and talk. Then came the proofs.
#
# It also became clear that people had expected the wrong things to be hard. Proofs and chess, where we sweat, take
# comparatively little computation once the rules are written down. Seeing and walking, which a child does without
# thinking, take enormous amounts: the input is vast, noisy and comes without rules. This is **Moravec's paradox**.
#
# Two paths led on:
#
# 1. **Better inputs.** Keep the simple learner, and let people who know the field design the features. Image recognition
#    worked like this for decades: extract local features, aggregate them over the image, train a classical model on top.
# 2. **Bigger machines.** Put units in layers, and let the lower layers find the features. For a long time this disappointed:
#    there was too little computing power and too little data, large networks overfitted, and the learning signal vanished on
#    its way through the layers.
#
# An early way around the vanishing signal was to **train one layer at a time**: teach the lowest layer alone, for example
# to keep what is needed to restore its input; freeze it; teach the next layer on what the first one makes of the data; and
# so on. At the end the whole stack was trained together, from weights that were already of use. Better activations, better
# initialization and much more data made this unnecessary.
#
# This course walks the second path. The vanishing signal has a notebook of its own,
# [06](../06_initialization/initialization.ipynb); overfitting comes up in [03](../03_relu_splines/relu_splines.ipynb) and
# [07](../07_training/training.ipynb). Computing power and data came with the years.
# <!-- given 704 -->

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
#   $(R/\gamma)^2 \ge 30{,}000$: the room of every hyperplane is at most $R/\sqrt{30000} \approx R/173$. Little room is
#   no contradiction. (Half a point for "no" with an argument that does not use the bound.)
# - 1 point, question 2: right: a certificate, weights $\lambda \ge 0$, not all zero, with $\sum \lambda_i s_i [x_i, 1] = 0$,
#   which can be checked (or an epoch that ends at the very $w$ and $b$ of an earlier end, so that the run repeats). Wrong: a hyperplane that classifies all 200 examples rightly, for example from a linear program or
#   after more epochs. Half a point for each.
# - 1 point, question 3: income is 10,000 times larger than height, so $R$ is set by income alone, while height, measured in
#   metres, can contribute almost nothing to the sum until its weight has grown very large; $R/\gamma$ may be huge.
# - 1 point, question 3: standardize the features (subtract the mean, divide by the standard deviation) and run again.
#   Whether the data can be separated does not change by this, how many mistakes it takes does.
#
# <!--
# given 200, 10,000
# 30,000 = 3 * 10_000
# 30{,}000 = 3 * 10_000
# R/173: near(np.sqrt(30_000), "173")
# -->
#
# **Model answer.**
#
# It does not follow. In each of 10,000 epochs at least 3 mistakes were made, 30,000 in all. If a hyperplane with room
# $\gamma$ exists, Novikoff allows at most $(R/\gamma)^2$ of them, so $(R/\gamma)^2 \ge 30{,}000$ and $\gamma$ is below
# $R/173$: a narrow gap, but no contradiction.
#
# I would believe her if she showed a certificate: weights $\lambda \ge 0$, not all 0, for which $\sum_i \lambda_i s_i [x_i,
# 1] = 0$. I would believe the opposite if somebody showed one hyperplane with all examples on their right sides, from a
# linear program for instance, or after more epochs.
#
# Metres and euros are the likely culprit. Income alone sets $R$, while a height of about 2 hardly moves the sum until its
# weight has become very large, one small step at a time; so $R/\gamma$ can be huge although the two classes lie well apart.
# Standardize both features and run again: whether the data can be separated stays the same, but the number of mistakes may
# fall a lot.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("stubborn_perceptron")

# %% [markdown]
# ## A starred problem
#
# Without points, and in nobody's way: `progress()` shows a star for it. It is checked as all others are, and the time table
# above leaves it out.
#
# ### Exercise: `dual_perceptron` · hard · 30 minutes · ★
#
# The weights of a perceptron are a sum of examples: every mistake on $x_i$ has added $s_i\, x_i$ to $w$ and $s_i$ to $b$
# (with $\eta = 1$ and a start at zeros). So after $\alpha_i$ mistakes on example $i$,
#
# $$ w \cdot x + b = \sum_{j=1}^{n} \alpha_j\, s_j\, (x_j \cdot x + 1) . $$
#
# On the right stand only *products of examples* $x_j \cdot x$, and a 1 for the bias. Put the values of a **kernel** in the
# place of the products, for example $K_{ij} = (1 + x_i \cdot x_j)^2$ (the 1 for the bias stays), and you have a perceptron
# on features that nobody has written down, here all products of at most two inputs. It draws conics where the plain one draws
# lines.
#
# `K` has shape `(n, n)` and is symmetric, `y` shape `(n,)` with labels 0 and 1. Return `(alpha, mistakes)`: `alpha` of shape
# `(n,)` counts the mistakes on each example, `mistakes` is the list of the numbers of each epoch. All rules are those of
# `perceptron_fit`: rows in order, a score of 0 is class 0, a mistake counts at once, stop after the first epoch without one,
# and never more than `max_epochs`.
#
# **Predict:** XOR's four corners with the kernel above. Can it learn them?
# <!-- predict kernel_and_xor: *yes | no -->
#
# <details><summary><b>Compare</b></summary>
#
# Yes: among the products of two inputs is $x_1 x_2$, and with it a hyperplane in the space of features separates the corners.
#
# </details>
#
# There are two hints.


# %% exercise="dual_perceptron" starred=true
def dual_perceptron(K, y, max_epochs=100):
    """A perceptron from the products of the examples alone.

    K: products, (n, n).  y: labels 0 and 1, (n,).  Returns (alpha, mistakes).
    """
    ### BEGIN SOLUTION
    s = 2 * np.asarray(y) - 1
    alpha, mistakes = np.zeros(len(y), dtype=int), []
    for _ in range(max_epochs):
        before = alpha.sum()
        for i in range(len(y)):
            score = np.sum(alpha * s * (K[i] + 1))  # the 1 is the bias, an input that is always 1
            alpha[i] += int(score > 0) != y[i]
        mistakes.append(int(alpha.sum() - before))
        if mistakes[-1] == 0:
            break
    return alpha, mistakes
    ### END SOLUTION


# %%
check(dual_perceptron)

# %% [markdown]
# ## What you can say now
#
# - A threshold unit cuts the space with a hyperplane; its weight vector is perpendicular to it and points to the ones.
# - The perceptron adds or subtracts the examples it gets wrong, and leaves the others alone.
# - Where a hyperplane with room $\gamma$ exists, it makes at most $(R/\gamma)^2$ mistakes: a line under a square root.
# - Where none exists, $n$ numbers $\lambda$ prove it; for XOR four ones are enough.
# - The number of mistakes has no useful slope, so one minimizes a smooth loss in its place. The squared error may then miss a
#   hyperplane that separates; a logistic loss below $(\log 2)/n$ can't.
# - Learners differ in bias and in variance. Measured here: the perceptron had most variance, on the clouds, and the squared
#   error most bias, on the far group.
#
# Next, in [notebook 02](../02_xor_basis_functions/xor_basis_functions.ipynb), XOR falls: first with features made by hand, then
# with features that are learned.
# <!-- recall
# both weights are 0 and b = -1, the unit says = 0
# X @ w + b, for X of shape (7, 3) = (7,)
# the update of w for a missed example of class 1 adds: *η x | −η x | η | η y w
# one update puts its example on the right side: always | *not always
# R = 10 and gamma = 2: at most this many mistakes = 25
# from below, in Novikoff's proof: order mγ < v_m · v* < ‖v_m‖ < √m R
# a certificate that no line separates is: a long training | *weights λ ≥ 0 | a large loss
# signs -1 and 1 from labels y in {0, 1}, with np: code 2 * y - 1
# -->

# %% [markdown]
# ## Appendix: more than two classes
#
# Five minutes, if you like; nothing later in this notebook needs it. With $k$ classes take $k$ units, drop the comparison
# with zero, and let the largest sum win: $\hat y = \arg\max_c (w_c \cdot x + b_c)$, the class $c$ for which the bracket is
# largest, with a weight vector $w_c$ of shape `(d,)` for each class. The space falls into at most $k$ regions with straight borders.
#
# A rule you may know is of this kind in disguise: *choose the class whose mean $\mu_c$ is nearest*. Expand the square,
# $\lVert x - \mu_c \rVert^2 = \lVert x \rVert^2 - 2 \mu_c \cdot x + \lVert \mu_c \rVert^2$: the first term is the same for
# all classes, so the nearest mean is the one with the largest $\mu_c \cdot x - \tfrac12 \lVert \mu_c \rVert^2$. That is a
# linear unit with $w_c = \mu_c$ and $b_c = -\tfrac12 \lVert \mu_c \rVert^2$.

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
same = (nearest_mean(places) == largest_sum(places)).all()
print("same class at every one of 10,000 places:", same)

figure, ax = style.subplots()
plots.perceptron.points(ax, X3, y3, names=petals)
plots.perceptron.decision_regions(ax, largest_sum, classes=3, resolution=600)
ax.legend(["setosa", "versicolor", "virginica"], loc="upper left")
ax.set_title("Three regions with straight borders")
style.describe(
    figure, "Petals of three iris species; straight lines divide the plane into three regions."
)

# %%
progress()
