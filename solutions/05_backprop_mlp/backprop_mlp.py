# %% [markdown]
# # 05 · Back-propagation, layer by layer
#
# Notebook 04 took the chain rule apart, one number at a time. Here you put it together again, a layer at a time: at the
# end you own a network of any depth, its gradient, and a tool that names a gradient that is wrong. When you have
# worked through it you can
#
# - build a layer as a module with a forward and a backward function, and a cache between them that nobody else looks into,
# - derive the backward pass of an affine layer from sums of numbers, and write it with two matrix products,
# - say where the $1/n$ of a mean goes, and why softmax and cross-entropy belong in one module,
# - write the backward pass of any depth as one recursion, and tell what it costs in time and memory,
# - find a planted bug with a gradient check, and know when the check itself is fooled,
# - name what back-propagation assumes, and what it does not promise.
#
# **Time** about 4 ½ hours, in seven sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 43 |
# | 2 | [The affine layer](#The-affine-layer) | 35 |
# | 3 | [Two layers by hand](#Two-layers-by-hand) | 40 |
# | 4 | [Backward as a recursion](#Backward-as-a-recursion) | 34 |
# | 5 | [Forward through any depth](#Forward-through-any-depth) | 27 |
# | 6 | [Which gradient is wrong?](#Which-gradient-is-wrong?) | 40 |
# | 7 | [What it does not promise](#What-it-does-not-promise) | 30, and 18 for the question |
#
# **You need** the chain rule, Jacobians, vector-Jacobian products and central differences of
# [notebook 04](../04_backprop_graphs/backprop_graphs.ipynb), the sigmoid and cross-entropy of
# [notebook 02](../02_xor_basis_functions/xor_basis_functions.ipynb), NumPy arrays with two axes.
#
# **How it works.** As before: where it says `raise NotImplementedError()` you write code, the cell below it checks your
# answer, `hint("name")` nudges, `progress()` shows what is next. Where it says **Predict**, give your guess
# before you go on, and unfold *Compare* afterwards. No exercise needs the answer of another one, with two exceptions: a backward
# function is tried on what *your* forward function has kept for it, so write `affine_forward` before `affine_backward`, and
# `mlp_forward` before `mlp_backward`. Your functions are given arrays of floats or of whole numbers, unless the text
# says which.

# %% setup
import time

import numpy as np

from autograde import check, hint, letters, predict, progress, recall, review, solution
from mlp_reference import data
from mlp_reference.viz import explorers, figures, style

rng = np.random.default_rng(5)

# %%
letters(5)

# %% [markdown]
# **Two minutes first:** five short things from earlier notebooks, what you missed among them. They are checked, and cost nothing.

# %%
recall(5)

# %% [markdown]
# ## Modules
#
# A network is a chain of functions, the last of which is the loss $E$, a single number:
# $E = f_L(\cdots f_2(f_1(x)))$. Call each link a **module** (others say block, or layer; they mean the same). What does a
# module have to be able to do, so that a chain of them can be trained?
#
# - **Forward**: from its input $u$ compute its output $v$.
# - **Backward**: from $g_v = \partial E/\partial v$, of the shape of $v$, compute $g_u = \partial E/\partial u$, of the shape
#   of $u$. By the chain rule this is the vector-Jacobian product of $g_v$ with the module's *own* derivative. What stands
#   before or behind it in the chain, it need not know.
# - **Parameters**, if it has any: their gradients as well. A module $v = Au$ with a fixed $A$ has none to train, nor has
#   $v = e^u$; an affine layer has $W$ and $b$.
#
# Its own derivative is taken at the input of the forward pass. So forward mostly has to keep something for backward: the
# **cache**. And the derivative must exist, at least *almost everywhere*: at a kink, such as that of the ReLU at 0, the module has to
# decide (in this course: the slope from the left).

# %% [markdown]
# Two modules, each a forward function that returns its output and a backward function; the cache is what the inner function
# remembers. **Predict** for each of them: which one should it keep, so that the way back costs least, its input or its output?
# <!-- predict what_to_keep
# exponential: its input | *its output
# square: *its input | its output
# -->


# %%
def exp_module(u):
    v = np.exp(u)
    return v, lambda g: g * v


def square_module(u):
    return u**2, lambda g: g * 2 * u


u = rng.normal(size=3)
v, exp_back = exp_module(u)
_, square_back = square_module(v)  # the loss is the sum of what comes out
g = exp_back(square_back(np.ones(3)))
eps = 1e-6
measured = [(np.exp(u[i] + eps) ** 2 - np.exp(u[i] - eps) ** 2) / (2 * eps) for i in range(3)]
print("two modules:", np.round(g, 6))
print("measured:   ", np.round(measured, 6))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The exponential its output, because that is its derivative (from the input it would have to be computed again). The square its
# input, because its derivative is $2u$; the output has lost the sign of $u$.
#
# </details>

# %% [markdown]
# Backward runs through the modules in the *opposite* order. The smallest network as such a chain, for a batch `X` of $n$
# examples; $\psi$ (psi) stands for any activation:

# %%
figures.backprop.chain()

# %% [markdown]
# **Predict:** the backward arrow that would leave the picture on the left, $\partial E/\partial X$, is missing. Can
# it be computed? What would you do with it?
# <!-- predict gradient_by_the_examples
# it can be computed: *yes | no
# of use for: text
# -->
#
# <details><summary><b>Compare</b></summary>
#
# It can, by the same rule. For descent on the weights it is useless, since the examples stay as they are; that is why it is often
# left out for the first layer. It is worth having when the question is which pixels an answer depends on.
#
# </details>

# %% [markdown]
# Chains are the plainest case. If the output of a module goes to *several* others, their gradients are added up
# ([notebook 04](../04_backprop_graphs/backprop_graphs.ipynb)), and the rule for the order is: backwards through the graph
# of modules, each one after everything that uses it. A library for automatic differentiation records this graph during the
# forward pass and does the rest by itself. Among its modules are the ones that you are about to write.

# %% [markdown]
# ## Softmax and cross-entropy
#
# Begin at the end, where the gradient begins. The last layer gives $k$ numbers for each example, its **logits** $z$, of shape
# `(k,)`. **Softmax** turns them into probabilities $p$, of the same shape, and the loss is the surprise at the right class $y$
# (a whole number from 0 to $k - 1$), the **cross-entropy**:
#
# $$ p_c = \frac{e^{z_c}}{\sum_{c'} e^{z_{c'}}}, \qquad E = -\log p_y . $$
#
# (The logarithm is the natural one; its unit is called *nat*.)
#
# **Predict:** before training, all logits are about 0. What is the loss then, for 10 classes?
# <!-- predict loss_before_training: loss = 2.303 ± 0.1 -->
#
# <details><summary><b>Compare</b></summary>
#
# Every class gets $1/10$, so it is $\log 10 \approx 2.303$ nats. If the first loss you see for 10 classes is far from this,
# look for the mistake at once, before you wait for a training to end.
#
# </details>
# <!-- 2.303 = np.log(10) -->

# %% [markdown]
# ### Two modules, or one?
#
# Softmax has a full Jacobian (every logit moves every probability), and the logarithm has the slope $1/p$, which explodes
# where $p$ is small. Put together they become tame. Insert $p$ into the loss,
#
# $$ E = \log \sum_{c} e^{z_c} - z_y , $$
#
# and differentiate by $z_c$. The first term gives $e^{z_c} / \sum_{c'} e^{z_{c'}} = p_c$. The second is $-1$ if $c$ is the
# right class, else 0. So
#
# $$ \frac{\partial E}{\partial z_c} = p_c - [c = y] , $$
#
# *probability minus truth*: the bracket is 1 where what it says is true, else 0. No division by $p$ is left over. For one
# example of four classes, once as one module, once as two (the Jacobian of softmax is that of notebook 04), and nudged:


# %%
def softmax(z):
    return np.exp(z) / np.exp(z).sum()


z, y, eps = rng.normal(size=4), 2, 1e-6
p, truth = softmax(z), np.eye(4)[y]
by_p = -truth / p  # the logarithm's module: slope of -log p_y by each p
J = np.diag(p) - np.outer(p, p)  # the softmax's module
nudged = np.zeros(4)
for c in range(4):  # one logit after the other
    step = eps * np.eye(4)[c]
    nudged[c] = (np.log(softmax(z - step)[y]) - np.log(softmax(z + step)[y])) / (2 * eps)
print("one module: ", np.round(p - truth, 6))
print("two modules:", np.round(J.T @ by_p, 6))
print("nudged:     ", np.round(nudged, 6))
print(f"sum of the entries: {(p - truth).sum():.6f}")

# %% [markdown]
# **Predict:** why is the sum of the entries 0, for every $z$?
# <!-- predict why_zero: text -->
#
# <details><summary><b>Compare</b></summary>
#
# The probabilities add up to 1, and so does the truth. Or, without the formula: adding the same number to all logits changes no
# probability, so the slope in the direction $(1, 1, \dots, 1)$ is 0, and this slope is the sum of the entries.
#
# </details>

# %% [markdown]
# ### A mean, or a sum?
#
# A batch has $n$ examples. Stack their logits as rows of `Z` $(n, k)$, their probabilities as rows of `S`, and the truths, 1 at
# the label and 0 elsewhere, as rows of `Y` (*one-hot*). Some texts take the **sum** of the losses of all examples, others,
# and we, the **mean**. The gradients differ by a factor, and that factor enters the chain *here and nowhere else*:
#
# | loss | gradient by `Z` |
# |---|---|
# | sum over the examples | $S - Y$ |
# | mean over the examples | $(S - Y)/n$ |
#
# *Above* is nearer to the loss, *below* nearer to the input. Every module below multiplies and adds what comes from above, so
# the $1/n$ travels down by itself. A second one, in some layer, makes that layer's steps $n$ times too small. Where it is
# missing, all steps are $n$ times too large, and the learning rate depends on the batch size.

# %% [markdown]
# To pick one entry from each row, NumPy pairs two lists of indices: `Z[np.arange(n), y]` holds $Z_{0,y_0}, Z_{1,y_1}, \dots$,
# shape `(n,)`. And `Z.max(axis=1, keepdims=True)` has the shape `(n, 1)`, so that it can be subtracted from `Z` row by row.
# **Predict** what the next cell prints:
# <!-- predict picked_and_shifted
# picked = [2, 7]
# shifted = [[-4, 0, -3], [0, -7, -4]]
# -->

# %%
Z, y = np.array([[1, 5, 2], [7, 0, 3]]), np.array([2, 0])
print("picked:", Z[np.arange(2), y])
print("shifted:\n", Z - Z.max(axis=1, keepdims=True))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Entry 2 of the first row and entry 0 of the second: 2 and 7. Then each row minus its own largest entry: $(-4, 0, -3)$ and
# $(0, -7, -4)$.
#
# </details>

# %% [markdown]
# ### Exercise: `softmax_xent` · medium · 10 minutes
#
# From logits `Z` $(n, k)$ and labels `y` $(n,)$, ints in $[0, k)$, return `(loss, dZ)`: the **mean** cross-entropy in nats (a
# number), and its gradient $(S - Y)/n$, of shape `(n, k)`. A class may occur in no label of the batch. `Z` stays as it is.
#
# Both must be exact for logits as large as 10,000, of either sign, where $e^{z}$ overflows or rounds to 0. What helps: softmax does
# not change when you add the same number to a whole *row*, so you may choose that number; and $-\log p_y$ can be had without
# ever dividing, as above.
# <!-- given 10,000 -->
#
# **Predict:** an example has the logits $(0, 1000)$ and the label 0. What is its loss? What would $-\log(p_0)$ say on a computer?
# <!-- predict sure_and_wrong
# its loss = 1000
# by −log p₀: 1000 | *infinity | about 23
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $\log(e^0 + e^{1000}) - 0 = 1000$. On a computer $p_0$ rounds to 0, whose logarithm is $-\infty$. With $10^{-10}$
# added inside the logarithm, a common remedy, it would say 23, and hide that this is wrong.
#
# </details>
# <!--
# 1000: np.logaddexp(0, 1000) == 1000
# 23 = -np.log(1e-10)
# given 10^{-10}
# -->

# %% [markdown]
# Stuck? Run `hint("softmax_xent")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="softmax_xent"
def softmax_xent(Z, y):
    """Mean cross-entropy of softmax(Z), and its gradient by Z.

    Z: logits (n, k).  y: labels (n,), ints in [0, k).  Returns (loss, dZ), dZ (n, k).
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(Z))
    shifted = Z - Z.max(axis=1, keepdims=True)  # the largest exponent is 0: nothing overflows
    E = np.exp(shifted)
    total = E.sum(axis=1, keepdims=True)
    losses = np.log(total[:, 0]) - shifted[rows, y]
    dZ = E / total
    dZ[rows, y] -= 1
    return losses.mean(), dZ / len(Z)
    ### END SOLUTION


# %% test="softmax_xent" points=3
check(softmax_xent)
### BEGIN HIDDEN TESTS
check(softmax_xent, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Is the first loss what it should be? (Until the function is written, the next cell says that it needs it.)

# %% raises-exception
first_loss, dZ = softmax_xent(np.zeros((5, 10)), rng.integers(0, 10, 5))
print(f"loss {first_loss:.4f}, log 10 = {np.log(10):.4f}")
print("sums of the rows of dZ:", np.round(dZ.sum(axis=1), 12) + 0.0)

# %% [markdown]
# ## The affine layer
#
# *(The second sitting begins here.)*
#
# One example $x$ with $d_\text{in}$ numbers comes in, $d_\text{out}$ numbers go out. Every output has a weight for every input:
# $W$ has a **row $r$ for each input** and a **column $c$ for each output**,
#
# $$ z_c = \sum_{r} x_r W_{rc} + b_c . $$
#
# From above comes $g$, shape `(d_out,)`, with $g_c = \partial E/\partial z_c$. What is the gradient by $W$? Ask for the Jacobian
# of $z$ by $W$ first. It has *three* axes: output, row, column. Which entries are not 0? $z_c$ contains a weight only if that
# weight stands in column $c$ (notebook 04):
#
# $$ \frac{\partial z_c}{\partial W_{rc'}} = x_r\,[c = c'] . $$
#
# Below it is laid flat, for six inputs and five outputs: a row for each output $z_c$, and a column for each weight, in blocks, one
# for each input. Orange entries are positive, blue ones negative, pale ones small; white is 0. **Predict:** what share of it is
# not white?
# <!-- predict share_not_white: share = 20 % ± 4 % -->

# %%
figures.backprop.tensor()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# One in $d_\text{out}$, here 20 %: in the block of input $r$, output $c$ reacts to one weight only.
#
# </details>
# <!-- 20 % = 1 / 5 -->

# %% [markdown]
# A layer with 784 inputs and 500 outputs, modest by any standard, has a Jacobian of $500 \cdot 784 \cdot 500 = 196$ million
# numbers, 1.6 GB, *for each example*; all but a five-hundredth of them are 0, and the others are 784 numbers, repeated.
# <!--
# given 784, 500
# 196 = 500 * 784 * 500 / 1e6
# 1.6 = 500 * 784 * 500 * 8 / 1e9
# -->
#
# So we build it once, for a layer of $4 \times 3$, to see what the chain rule does with it. Then never again.

# %%
d_in, d_out = 4, 3
x, g = rng.normal(size=d_in), rng.normal(size=d_out)
J = np.zeros((d_out, d_in, d_out))  # output c, row r, column c'
for c in range(d_out):
    for r in range(d_in):
        J[c, r, c] = x[r]
by_jacobian = sum(g[c] * J[c] for c in range(d_out))  # chain rule: the sum over the outputs
print("with the Jacobian, shape", by_jacobian.shape)
print("x_r g_c is the same:", np.allclose(by_jacobian, np.outer(x, g)))

# %% [markdown]
# Of the sum over all outputs one term survives:
#
# $$ \frac{\partial E}{\partial W_{rc}} = x_r\, g_c , $$
#
# *what came in times what came back*. It is a table of all products, an **outer product**.

# %% [markdown]
# Now a batch: `X` $(n, d_\text{in})$, example $i$ in row $i$, and `G` $(n, d_\text{out})$ with $G_{ic} = \partial E /
# \partial Z_{ic}$. The *same* $W$ serves all examples, and what is used several times sums what comes back:
#
# $$ \frac{\partial E}{\partial W_{rc}} = \sum_{i} X_{ir}\, G_{ic} . $$
#
# In numbers, for two examples with two inputs and two outputs:

# %%
two_in = np.array([[1.0, 2.0], [0.0, 3.0]])  # an example in each row
came_back = np.array([[0.1, -0.2], [0.4, 0.0]])
tables = [np.outer(x_i, g_i) for x_i, g_i in zip(two_in, came_back)]
print("example 0 alone:", tables[0].tolist())
print("example 1 alone:", np.round(tables[1], 6).tolist())
print("the sum, which is the gradient by W:", np.round(sum(tables), 6).tolist())

# %% [markdown]
# A sum over a shared index is a matrix product, if the index stands in the right places. The rule that never fails: **the
# index that is summed must be the inner one**, and the result has the shape of what it is the gradient of.

# %% [markdown]
# ### Exercise: `affine_forward` · easy · 3 minutes
#
# Return `(Z, cache)`. `Z = X @ W + b` has shape `(n, d_out)`, for `X` $(n, d_\text{in})$, `W` $(d_\text{in}, d_\text{out})$,
# `b` $(d_\text{out},)$. The `cache` is **yours**: any one object that you like (a tuple, a dictionary, a function ...). It is
# never looked at; it is only ever given back to your own `affine_backward`. The arrays that come in stay as they are.
#
# **Predict:** what will the backward function need, for the gradients by $W$, by $b$ and by $X$?
# <!-- predict what_backward_needs: *X and W | X and b | W and Z -->
#
# <details><summary><b>Compare</b></summary>
#
# `X` for the gradient of `W`, and `W` for that of `X`. Neither `b` nor `Z` occurs in any derivative.
#
# </details>


# %% exercise="affine_forward"
def affine_forward(X, W, b):
    """X @ W + b, and what the way back needs.

    X: (n, d_in).  W: (d_in, d_out).  b: (d_out,).  Returns (Z, cache), Z (n, d_out).
    """
    ### BEGIN SOLUTION
    return X @ W + b, (X, W)
    ### END SOLUTION


# %% test="affine_forward" points=1
check(affine_forward)
### BEGIN HIDDEN TESTS
check(affine_forward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `affine_backward` · medium · 10 minutes
#
# Given `G` $(n, d_\text{out})$, the gradient of the loss by `Z`, and the cache of a forward call, return `(dX, dW, db)`, each of
# the shape of what it belongs to. The sum for `dW` stands above. Find those for `dX` and `db` in the same way: in which entries
# of `Z` does $X_{ir}$ occur, and with what factor? In which ones $b_c$?
#
# A network calls the forward function once for each of its layers before it comes back to the first: a cache must survive
# later calls. `G` may be anything, so there is no $1/n$ here.
#
# **Predict:** which of the three results adds up over examples, and which does not?
# <!-- predict what_adds_up: dX and dW | *dW and db | all three -->
#
# <details><summary><b>Compare</b></summary>
#
# `dW` and `db` add up, because all examples share $W$ and $b$. `dX` does not: the row of an example influences nothing but its
# own row of `Z`, and the sum runs over the outputs.
#
# </details>


# %% exercise="affine_backward"
def affine_backward(G, cache):
    """The gradients of an affine layer, from that of its output.

    G: dloss/dZ, (n, d_out).  cache: of affine_forward.  Returns (dX, dW, db).
    """
    ### BEGIN SOLUTION
    X, W = cache
    return G @ W.T, X.T @ G, G.sum(axis=0)
    ### END SOLUTION


# %% test="affine_backward" points=3
check(affine_backward)
### BEGIN HIDDEN TESTS
check(affine_backward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Books in columns
#
# Many texts write an example as a column and the layer as $z = Wx + b$, so that *their* $W$ is the transpose of ours, of shape
# $(d_\text{out}, d_\text{in})$. Some, moreover, write gradients as **rows**, of shape $(1, d_\text{out})$ (then they call $W$
# itself the Jacobian of the layer). Nothing is wrong with either, as long as you do not mix. This table is for looking up; the
# rest of the notebook stays with rows.
#
# | | examples are rows (here) | columns, gradients as columns | columns, gradients as rows |
# |---|---|---|---|
# | forward | $Z = XW + b$ | $z = Wx + b$ | $z = Wx + b$ |
# | gradient by the input | $G\,W^\top$ | $W^\top g$ | $g\,W$ |
# | gradient by the weights | (your formula) | $g\,x^\top$ | $x\,g$, which has the shape of $W^\top$ |

# %% [markdown]
# ### Why batches?
#
# Nothing stops you from sending examples through one at a time. **Predict:** by which factor is that slower, for 1,000 examples
# and a layer of $16 \times 16$?
# <!-- predict one_at_a_time: about 2 | *10 to 200 | above 1,000 -->

# %%
X, W = rng.normal(size=(1000, 16)), rng.normal(size=(16, 16))


def seconds(run, times=10):
    """The shortest of ten runs: the others were disturbed by something."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        found.append(time.perf_counter() - start)
    return min(found)


one_by_one = seconds(lambda: [x @ W for x in X])
at_once = seconds(lambda: X @ W)
print(f"one by one {1e3 * one_by_one:.3f} ms, all at once {1e3 * at_once:.3f} ms")
print(f"factor {one_by_one / at_once:.0f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Usually by a factor between 10 and 200, depending on the machine. It is the same number of multiplications. What is saved is
# 1,000 trips through Python and, for large layers, reading $W$ from memory 1,000 times: in one product a piece of $W$ that is
# in the processor's cache serves many examples. To say something once for a whole array is called **vectorization**.
#
# </details>
# <!-- 200: 4 < one_by_one / at_once < 500 -->

# %% [markdown]
# ## Two layers by hand
#
# *(The third sitting begins here.)*
#
# Now a whole network, the smallest one that learns its features. To keep it small it has no biases:
#
# $$ \begin{gathered} Z_1 = X W_1, \quad H = \sigma(Z_1), \quad Z_2 = H W_2, \\
#    E = \text{mean cross-entropy of softmax}(Z_2) \end{gathered} $$
#
# with `X` $(n, d)$, `W1` $(d, m)$, `W2` $(m, k)$, and the sigmoid $\sigma$ entry by entry. Go back through it, module by module.
# Of each gradient you know the shape before you compute it:
#
# | gradient by | shape | how you get there |
# |---|---|---|
# | $Z_2$ | $(n, k)$ | softmax and cross-entropy, as one module |
# | $W_2$ | $(m, k)$ | an affine layer without a bias; its input was $H$ |
# | $H$ | $(n, m)$ | the same layer, by its input |
# | $Z_1$ | $(n, m)$ | the sigmoid: entry by entry, *times its slope at $Z_1$* |
# | $W_1$ | $(d, m)$ | an affine layer again; its input was $X$ |

# %% [markdown]
# The sigmoid acts on each entry alone, so its Jacobian is diagonal, and a product with a diagonal matrix is a product entry by
# entry, written $\circ$. In texts you find both spellings, $\operatorname{diag}(\sigma'(z))\, g$ and $\sigma'(z) \circ g$. The
# slope is cheap, because $\sigma' = \sigma (1 - \sigma)$ and $\sigma(Z_1)$ is known from the way forward.
#
# *Matching shapes* finds many a formula, but it proves none. If $n$, $m$ and $k$ are equal by chance, wrong products fit as
# well; a missing $1/n$ or a slope that was taken at the wrong point never shows in a shape.

# %% [markdown]
# ### Exercise: `two_layer_grads` · medium · 12 minutes
#
# Return `(loss, dW1, dW2)` for the network above, with the **mean** cross-entropy: a number and two arrays of the shapes of `W1`
# and `W2`. `y` $(n,)$ holds ints in $[0, k)$; not every class needs to occur. Logits of thousands and saturated hidden units
# must do no harm. The function is tried on its own, with your other answers beside it: you may call your `softmax_xent`, or
# write everything inside of it.
#
# **Predict:** all hidden units of the network are saturated: about half of the entries of $H$ are 1 to many digits, the others 0.
# Which of the two gradients is then almost 0?
# <!-- predict saturated_units: *dW1 | dW2 | both -->
#
# <details><summary><b>Compare</b></summary>
#
# `dW1`: everything that goes back through the sigmoid is multiplied by $H(1 - H) \approx 0$. The gradient of `W2` does not pass
# through the sigmoid: the rows of the units that are at 1 are as large as ever. (Those of units at 0 vanish as well, since $H$
# itself is a factor of $H^\top G$.)
#
# </details>


# %% exercise="two_layer_grads"
def two_layer_grads(X, y, W1, W2):
    """Loss and gradients of softmax_xent(sigmoid(X @ W1) @ W2, y), a mean over the examples.

    X: (n, d).  y: (n,), ints in [0, k).  W1: (d, m).  W2: (m, k).  Returns (loss, dW1, dW2).
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(X))
    Z1 = X @ W1
    small = np.exp(-np.abs(Z1))
    H = np.where(Z1 > 0, 1, small) / (1 + small)  # the sigmoid, without overflow
    Z = H @ W2
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    loss = (np.log(E.sum(axis=1)) - Z[rows, y]).mean()
    G = E / E.sum(axis=1, keepdims=True)
    G[rows, y] -= 1
    G = G / len(X)
    return loss, X.T @ (G @ W2.T * H * (1 - H)), H.T @ G
    ### END SOLUTION


# %% test="two_layer_grads" points=4
check(two_layer_grads)
### BEGIN HIDDEN TESTS
check(two_layer_grads, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Test it, entry by entry: every weight is moved up and down a little, and the loss that *your* function returns is compared.

# %% raises-exception
X, y = rng.normal(size=(6, 2)), rng.integers(0, 4, 6)
W1, W2 = rng.normal(size=(2, 3)), rng.normal(size=(3, 4))
_, dW1, dW2 = two_layer_grads(X, y, W1, W2)
for name, W, dW in (("W1", W1, dW1), ("W2", W2, dW2)):
    for at in np.ndindex(W.shape):
        before, ends = W[at], []
        for step in (1e-5, -1e-5):
            W[at] = before + step
            ends.append(two_layer_grads(X, y, W1, W2)[0])
        W[at] = before
        measured = (ends[0] - ends[1]) / 2e-5
        print(f"{name}{list(at)}: yours {dW[at]:9.6f}, measured {measured:9.6f}")

# %% [markdown]
# <details><summary><b>The same result in the notation of other texts</b> (unfold it when your answer passes)</summary>
#
# With $S$ for the rows of probabilities and $I_y$ for our one-hot $Y$, other texts say
#
# $$ \nabla_{W_2} = \sigma(X W_1)^\top (S - I_y), \qquad
#    \nabla_{W_1} = X^\top \big( (S - I_y)\, W_2^\top \circ \sigma'(X W_1) \big) . $$
#
# Three things are left unsaid there: the loss is a **sum** (for a mean, divide both by $n$); the last layer has no
# activation of its own, its output *is* the logits; and $\circ$ binds less tightly than the matrix product before it.
#
# </details>

# %% [markdown]
# ### One gradient for each example
#
# The loss is a mean of the losses of single examples. To differentiate and to add may change places, so the gradient is the
# **mean of the gradients of single examples**, and you may compute these one by one, or never. **Predict:** what is the largest
# difference that the next cell prints?
# <!-- predict mean_of_gradients: *about 10⁻¹⁷ | about 10⁻⁵ | about 1 -->

# %% raises-exception
whole = two_layer_grads(X, y, W1, W2)[1]
singles = [two_layer_grads(X[i : i + 1], y[i : i + 1], W1, W2)[1] for i in range(len(X))]
print(f"largest difference: {np.abs(np.mean(singles, axis=0) - whole).max():.0e}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# About $10^{-17}$, or 0: rounding. (For one example, $n$ is 1, so nothing is divided.)
#
# </details>
# <!-- 10^{-17}: np.abs(np.mean(singles, axis=0) - whole).max() < 2e-16 -->

# %% [markdown]
# Single gradients disagree: each wants its own example to be surprised less. Take one sigmoid unit without a bias, at the weights
# $(0.5, -0.5)$ that nobody has trained, and 100 flowers of two species, each given by the length and the width of its petals,
# standardized. **Predict:** about what share of the flowers has a gradient in the half of the plane that the mean points to?
# <!-- 100 = len(data.iris_pair("versicolor", "virginica")[1]) -->
# <!-- given 0.5, -0.5 -->
# <!-- predict share_of_flowers: share = 80 % to 100 % -->

# %%
figures.backprop.single_gradients()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Here 94 %. The loss of the few others rises when you step against the mean.
#
# </details>
# <!-- 94 % = experiments.backprop.agreeing_share() -->

# %% [markdown]
# The mean of *ten* of them points about where the mean of all 100 points: in 95 of 100 random draws they are less than 13 degrees
# apart. [Notebook 07](../07_training/training.ipynb) lives on this: it takes a few examples at a time, and many more steps.
# <!--
# 100 = len(data.iris_pair("versicolor", "virginica")[1])
# less than 13 degrees: 11 < experiments.backprop.angle_of_few(10) < 13
# -->

# %% [markdown]
# ### A number as target
#
# So far $y$ was a class, and its row of $Y$ what the output is compared with. If the target is a number, only the end of the
# chain changes. For one example, $x$ of shape `(d,)` with its number $y$, take a hidden layer of $m$ sigmoids, one linear
# output, and all biases:
#
# $$ z = x W_1 + b_1, \qquad h = \sigma(z), \qquad \hat y = h \cdot w_2 + b_2, \qquad E = \tfrac12 (\hat y - y)^2 , $$
#
# with $W_1$ `(d, m)`, $b_1$, $z$, $h$ and $w_2$ `(m,)`, and the numbers $b_2$ and $\hat y$.

# %% [markdown]
# Backwards, one module after the other:
#
# 1. the loss: $\;\dfrac{\partial E}{\partial \hat y} = \hat y - y$
# 2. the output: $\;\nabla_{w_2} E = (\hat y - y)\, h, \qquad \nabla_h E = (\hat y - y)\, w_2$
# 3. the sigmoid: $\;\nabla_z E = (\nabla_h E) \circ \sigma'(z)$
# 4. the hidden layer: $\;\nabla_{W_1} E = \text{outer product of } x \text{ and } \nabla_z E$
#
# (Without the $\tfrac12$ in the loss, every gradient is twice as large.)
#
# **Predict:** the gradients by the two biases are left out. What are they?
# <!-- predict gradients_by_biases
# by b₂: 1 | *ŷ − y | (ŷ − y) h
# by b₁: ∇h | *∇z | h
# -->
#
# The cell lets all parameters move at once, in a random direction, and compares the slopes.

# %%
draw = np.random.default_rng(50).normal
x, target = draw(size=3), 0.7
params = [draw(size=shape) for shape in ((3, 4), 4, 4, ())]  # W_1, b_1, w_2 and b_2
way = [draw(size=np.shape(p)) for p in params]


def regression(W_1, b_1, w_2, b_2):
    h = 1 / (1 + np.exp(-(x @ W_1 + b_1)))
    return h @ w_2 + b_2, h


yhat, h = regression(*params)
dy = yhat - target
dz = dy * params[2] * h * (1 - h)
gradients = [np.outer(x, dz), dz, dy * h, dy]
ahead, behind = ([p + eps * v for p, v in zip(params, way)] for eps in (1e-5, -1e-5))
losses = [0.5 * (regression(*place)[0] - target) ** 2 for place in (ahead, behind)]
print(f"by the formulas {sum(np.sum(g * v) for g, v in zip(gradients, way)):.8f}")
print(f"measured        {(losses[0] - losses[1]) / 2e-5:.8f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# $\partial E / \partial b_2 = \hat y - y$, which is that by the output $\hat y$, and $\nabla_{b_1} E = \nabla_z E$: a bias is added
# with the factor 1. So for one example it costs nothing on the way back.
#
# </details>

# %% [markdown]
# ## Backward as a recursion
#
# *(The fourth sitting begins here.)*
#
# Any depth is more of the same. Number the layers $l = 1, \dots, L$; what goes into the first is $H_0 = X$, and
#
# $$ Z_l = H_{l-1} W_l + b_l, \qquad H_l = \psi(Z_l), $$
#
# where the last layer has no activation, so $Z_L$ are the logits. Write $G_l = \partial E / \partial Z_l$, of the same shape as
# $Z_l$. The way back starts at the end, with $G_L = (S - Y)/n$.

# %% [markdown]
# Suppose $G_l$ is known. How do you get $G_{l-1}$? Line by line, for one example $i$, a unit $c$ of layer $l$ and a unit $r$ of the
# layer below:
#
# 1. *Through the affine layer.* The value $H_{l-1,ir}$ goes into every unit $c$ of layer $l$, each time with the weight
#    $W_{l,rc}$. Multiply along each path, add over paths:
#
#    $$ \frac{\partial E}{\partial H_{l-1,ir}} = \sum_c \frac{\partial E}{\partial Z_{l,ic}}\,
#       \frac{\partial Z_{l,ic}}{\partial H_{l-1,ir}} = \sum_c G_{l,ic}\, W_{l,rc} = \big( G_l W_l^\top \big)_{ir} . $$
#
# 2. *Through the activation.* $H_{l-1,ir} = \psi(Z_{l-1,ir})$ depends on this one pre-activation and on nothing else:
#
#    $$ G_{l-1,ir} = \frac{\partial E}{\partial Z_{l-1,ir}} = \frac{\partial E}{\partial H_{l-1,ir}}\, \psi'(Z_{l-1,ir}) . $$
#
# 3. *Both together*, for all $i$ and $r$ at once:
#
#    $$ \boxed{\; G_{l-1} = \big( G_l W_l^\top \big) \circ \psi'(Z_{l-1}) \;} $$
#
# Whatever else is needed falls off on the way: at each layer, $G_l$ and the layer's input $H_{l-1}$ give the gradients of $W_l$
# and $b_l$ (your `affine_backward`). The gradients of the layers above are not needed again.

# %% [markdown]
# The same with loops, unit by unit, forwards and backwards, for a net of three layers and one example. **Predict:** which of
# the loops over units could run in any order, and which loop could not?
# <!-- predict loops_in_any_order
# over units: *any order | one order only
# over layers: any order | *one order only
# -->

# %%
Ws = [rng.normal(size=shape) for shape in ((3, 4), (4, 5), (5, 2))]
h, g_out = [rng.normal(size=3)], rng.normal(size=2)  # the input, and the gradient that arrives

z = []
for l in (0, 1, 2):  # forwards; the last layer's tanh is never used
    W = Ws[l]
    z.append([sum(h[-1][r] * W[r, c] for r in range(len(W))) for c in range(len(W[0]))])
    h.append([np.tanh(z_c) for z_c in z[-1]])

g, dWs = list(g_out), []
for l in (2, 1, 0):  # backwards; the last layer has no activation
    dWs.insert(0, [[h[l][r] * g[c] for c in range(len(g))] for r in range(len(h[l]))])
    back = [sum(g[c] * Ws[l][r, c] for c in range(len(g))) for r in range(len(h[l]))]
    if l > 0:
        g = [back[r] * (1 - np.tanh(z[l - 1][r]) ** 2) for r in range(len(back))]

# the same with matrices
G_3 = g_out
G_2 = (G_3 @ Ws[2].T) * (1 - np.tanh(z[1]) ** 2)
G_1 = (G_2 @ Ws[1].T) * (1 - np.tanh(z[0]) ** 2)
for l, G_l in enumerate((G_1, G_2, G_3)):
    print(f"W_{l + 1}: loops and matrices agree:", np.allclose(dWs[l], np.outer(h[l], G_l)))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Units of one layer do not wait for each other, so all loops over $r$ and $c$ may run in any order, or at the same time. The
# loop over the layers can't: layer $l$ needs what layer $l - 1$ hands on, and on the way back the other way round.
#
# </details>

# %% [markdown]
# <details><summary><b>The same recursion in the notation of other texts</b></summary>
#
# - *With steps counted from the end:* step $i$ of the way back reaches layer $L - i + 1$.
# - *With the border elsewhere:* some write $Z_i$ for the **input** of layer $i$, $Z_{i+1} = \sigma_i(Z_i W_i)$ for its output, and
#   $G_i$ for the gradient by $Z_i$. Then
#   $G_i = \big( G_{i+1} \circ \sigma_i'(Z_i W_i) \big) W_i^\top$ and
#   $\nabla_{W_i} E = Z_i^\top \big( G_{i+1} \circ \sigma_i'(Z_i W_i) \big)$: the same products in the same order.
# - *In columns, for one example:* with $g_L = \partial E / \partial z_L$ the gradient by the first layer's $z_1$ is
#   $\operatorname{diag}(\psi'(z_1))\, W_2^\top \operatorname{diag}(\psi'(z_2))\, W_3^\top \cdots W_L^\top\, g_L$, and that by $W_1$ is
#   this column times the row $x^\top$. Read it from the right: then each step is a matrix times a *vector*. From the left it would
#   be matrix times matrix.
#
# </details>

# %% [markdown]
# ### Look at it
#
# One flower has gone through a net of three hidden layers, and its gradient comes back. A unit's colour is the gradient by its
# pre-activation, a line's colour and width the gradient by that weight: orange positive, blue negative, no colour 0. Every
# layer is scaled by itself, so colours compare units of the same layer only. The inputs have no pre-activation, and so no
# colour. The chart beside it has the sizes: $\lVert \cdot \rVert$ is the length of a layer's vector. The loss may be the
# cross-entropy or the squared error $\tfrac12 \lVert z - Y_i \rVert^2$, where $Y_i$ `(k,)` is the flower's one-hot row.

# %% [markdown]
# **Predict**, then move:
#
# 1. With the ReLU, which hidden units have no colour? What do they have in common?
# 2. With the sigmoid, does $\lVert G \rVert$ grow or shrink on the way back? And with the weight scale at 4?
# 3. With the identity everywhere, no slope is ever below 1. Does the gradient keep its size?
# 4. Squared error instead of cross-entropy: for which of the two can $\lVert G \rVert$ at the last layer exceed $\sqrt 2$?
# <!-- predict flowing_back
# 1. no colour: *units that were off | units with small weights | the last layer
# 2. sigmoid, on the way back: grows | *shrinks | stays
# 2. with the weight scale at 4: grows | *still shrinks | stays
# 3. identity, the gradient keeps its size: yes | *no
# 4. can exceed √2: *the squared error | cross-entropy | both
# -->

# %% explorer
explorers.gradient_flow()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. Those whose pre-activation was negative for this flower. Every path through them is cut, and a unit that passes
#    something forward can still have no colour if all its successors are off.
# 2. It shrinks, for the first flower to about a third in each layer. The slope contributes at most $\tfrac14$, and $W_l^\top$
#    multiplies as well. Larger weights work against the shrinking, but saturate the units, which works for it: with the scale at 4
#    the first flower's gradient still shrinks, from 0.116 to 0.018. Which of the two wins, and when, is the subject of
#    [notebook 06](../06_initialization/initialization.ipynb).
# 3. No: it is still multiplied by $W_l^\top$ in each layer. With weight scale 0.2 it dies. With scale 4 and the squared error it
#    explodes. (With cross-entropy it depends on the flower: such a net is so sure of seven of them, and right, that $G$ begins
#    below $10^{-39}$. Of the other five it is as sure, and wrong: $\lVert G \rVert$ begins at 1.41 and explodes as well.)
# 4. That of the squared error: it is $z - Y_i$, as large as the logits are. For cross-entropy each entry lies between $-1$ and 1,
#    and the norm is never above $\sqrt 2$.
#
# </details>
# <!--
# given 0.2
# 0.116 = experiments.backprop.flow_norms("sigmoid", 4.0)[0, 3]
# 0.018 = experiments.backprop.flow_norms("sigmoid", 4.0)[0, 0]
# about a third in each layer: (lambda G: (abs(G[:-1] / G[1:] - 1 / 3) < 0.05).all())(experiments.backprop.flow_norms("sigmoid", 1.4)[0])
# seven of them: (experiments.backprop.flow_norms("identity", 4.0)[:, 3] < 1e-39).sum() == 7
# 1.41: sum(near(norm, "1.41") for norm in experiments.backprop.flow_norms("identity", 4.0)[:, 3]) == 5
# explodes as well: (experiments.backprop.flow_norms("identity", 4.0)[:, 0] > 90).sum() == 5
# given 10^{-39}
# -->

# %% [markdown]
# ### What it costs
#
# **Time.** The product $H_{l-1} W_l$ takes $n \cdot d_\text{in} \cdot d_\text{out}$ multiplications. Backward has two products of the
# same size, one for $W_l$, one for the layer below. So loss *and all gradients* cost about as much as **three** forward passes,
# whether there are a hundred parameters or a billion. Central differences take two passes for *each parameter*.
#
# **Memory.** The forward pass alone may forget $H_{l-1}$ as soon as $Z_l$ is there. The backward pass needs all of them again:
# to keep them takes $n$ times the width, times the depth. $G$, in contrast, is needed for one step only: when $G_{l-1}$ is
# there, $G_l$ can go. Here is the memory that NumPy really takes:

# %%
figures.backprop.activation_memory()

# %% [markdown]
# **Predict:** the third line of the figure keeps only every eighth layer's input when there are 64, and still gets the same
# gradients. How? What does it pay?
# <!-- predict every_eighth_layer
# how: text
# it pays: *one more forward pass | twice the memory | eight passes
# -->
#
# <details><summary><b>Compare</b></summary>
#
# When $G$ arrives at a stretch of eight layers, their activations are *computed again* from the input that was kept, used, and
# forgotten. So nearly every layer is run forward twice: about four passes instead of three. With stretches of $\sqrt L$ layers,
# $\sqrt L$ kept inputs and $\sqrt L$ activations of the present stretch are held at a time: memory grows like $2\sqrt L$ instead
# of $L$. This is called *checkpointing* ([Chen and others, 2016](https://arxiv.org/abs/1604.06174)).
#
# </details>

# %% [markdown]
# ## Forward through any depth
#
# *(The fifth sitting begins here.)*
#
# ### Exercise: `mlp_forward` · easy · 6 minutes
#
# `Ws` and `bs` are lists of equal length, at least 1: `Ws[0]` belongs to the input, and each layer has as many rows as the one
# before has columns. Return `(Z, cache)`: the output of the last layer $(n, k)$, and, as before, an object of your own choice
# for `mlp_backward`. A **ReLU**, $\max(z, 0)$, follows every layer **but the last**. All that comes in stays as it is.
#
# **Predict:** if you keep the *input* of each layer, do you also have to keep its pre-activations $Z_l$, in order to know which
# ReLUs were on?
# <!-- predict input_and_preactivation: both must be kept | *the input is enough -->
#
# <details><summary><b>Compare</b></summary>
#
# No. $H_l = \operatorname{relu}(Z_l)$ is above 0 exactly where $Z_l$ is, and $H_l$ is the input of the next layer. (Sigmoid and tanh need
# no more: their slopes are $h(1 - h)$ and $1 - h^2$.)
#
# </details>


# %% exercise="mlp_forward"
def mlp_forward(X, Ws, bs):
    """The output of affine layers with a ReLU after each but the last, and what the way back needs.

    X: (n, d).  Ws, bs: lists of W (d_in, d_out) and b (d_out,).  Returns (Z, cache), Z (n, k).
    """
    ### BEGIN SOLUTION
    H, cache = X, []
    for W, b in zip(Ws, bs):
        cache.append((H, W))
        Z = H @ W + b
        H = np.maximum(Z, 0)  # for the last layer this goes unused
    return Z, cache
    ### END SOLUTION


# %% test="mlp_forward" points=2
check(mlp_forward)
### BEGIN HIDDEN TESTS
check(mlp_forward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Backward through any depth
#
# ### Exercise: `mlp_backward` · medium · 12 minutes
#
# Given `G` $(n, k)$, the gradient of the loss by the output, and the cache of a forward call, return `(dWs, dbs)`: two lists **in
# layer order**, each gradient of the shape of its parameter. The slope of the ReLU at exactly 0 is 0, the one from the left.
# There may be a single layer, with no ReLU at all. As before, other forward calls may happen in between.
#
# **Predict:** one hidden unit is off for *every* example of the batch. Which entries of which gradients are 0 because of this?
# <!-- predict unit_that_is_off
# in dW of its layer: its row | *its column | nothing
# in dW of the next: *its row | its column | nothing
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Its column of the layer's `dW` and its entry of `db`, since its $G$ is 0 everywhere; and its *row* in the `dW` of the next layer,
# because its output is 0. None of its own weights moves in this step. If this stays so, the unit is **dead**.
#
# </details>


# %% exercise="mlp_backward"
def mlp_backward(G, cache):
    """The gradients of all layers, from that of the output.

    G: dloss/dZ, (n, k).  cache: of mlp_forward.  Returns (dWs, dbs), lists in layer order.
    """
    ### BEGIN SOLUTION
    dWs, dbs = [], []
    for H, W in reversed(cache):
        dWs.append(H.T @ G)
        dbs.append(G.sum(axis=0))
        G = (G @ W.T) * (H > 0)  # H is relu(Z) of the layer below; at the input: unused
    return dWs[::-1], dbs[::-1]
    ### END SOLUTION


# %% test="mlp_backward" points=4
check(mlp_backward)
### BEGIN HIDDEN TESTS
check(mlp_backward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# A first test of any training code: can it learn *twenty* examples by heart? If it can't, more data will not help. With your
# three functions, on twenty digits of $8 \times 8$ pixels, by gradient descent from random weights of variance $2/d_\text{in}$ (why,
# [notebook 06](../06_initialization/initialization.ipynb) tells). **Predict** the first loss that is printed,
# roughly.
# <!-- predict first_loss_of_digits: = 2.2 to 3.2 -->

# %% raises-exception
X, y = data.digits()
X, y = X[:20], y[:20]
draws, seen = np.random.default_rng(20), {}
sizes = (64, 32, 16, 10)
Ws = [draws.normal(0, np.sqrt(2 / sizes[l]), sizes[l : l + 2]) for l in range(3)]
bs = [np.zeros(width) for width in sizes[1:]]
for step in range(101):
    Z, cache = mlp_forward(X, Ws, bs)
    loss, G = softmax_xent(Z, y)
    if step % 25 == 0:
        seen[step] = (loss, (Z.argmax(axis=1) == y).sum())
        print(f"step {step:3}: loss {loss:.4f}, {seen[step][1]} of 20 right")
    dWs, dbs = mlp_backward(G, cache)
    for p, dp in zip(Ws + bs, dWs + dbs):
        p -= 0.3 * dp

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 2.37, a little above $\log 10 \approx 2.30$: the first logits are random, not 0, so the net is wrong with some confidence. All
# twenty are right by step 50; after that only the confidence grows.
#
# </details>
# <!--
# 2.30 = np.log(10)
# 2.37 = seen[0][0]
# right by step 50: seen[50][1] == 20
# -->

# %% [markdown]
# ## Which gradient is wrong?
#
# *(The sixth sitting begins here.)*
#
# A wrong gradient need not crash. Often the loss still falls, more slowly or to a worse place, and one blames the data, the
# learning rate, fate. So measure: for each parameter array compare the gradient $g$ that the code claims with the one that central
# differences measure, $\hat g$. A number for "how different",
#
# $$ \text{error}(g, \hat g) = \frac{\lVert g - \hat g \rVert}{\max(\lVert g \rVert + \lVert \hat g \rVert,\; 10^{-12})} , $$
#
# with Euclidean norms over *all entries* of the array, lies between 0 and 1, whatever the scale. Experience says: below
# $10^{-7}$ most likely all is well; above $10^{-4}$ most likely something is wrong; in between, look for a kink or for numbers
# that lose digits. These limits are for `float64`: in `float32` the loss is rounded by up to $6 \cdot 10^{-8}$ of itself, and this,
# divided by a step of $10^{-5}$, is 0.006.
# <!--
# given 10^{-12}, 10^{-7}, 10^{-4}, 10^{-5}
# 6 \cdot 10^{-8} = np.finfo(np.float32).eps / 2
# 0.006 = np.finfo(np.float32).eps / 2 / 1e-5
# -->

# %% [markdown]
# **Predict:** what is the error if $g$ has the wrong sign everywhere? If $g = 2 \hat g$? If both are 0?
# <!-- predict relative_errors
# wrong sign = 1 ± 0.01
# twice as large = 0.333 ± 0.01
# both 0 = 0 ± 0.01
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $1$; $\tfrac13$; and 0, thanks to the maximum in the denominator. A factor of $n$ too much gives
# $(n-1)/(n+1)$, and so does one too little.
#
# </details>

# %% [markdown]
# ### Exercise: `worst_gradient` · medium · 12 minutes
#
# `f(params)` returns a number; `params` and `grads` are dictionaries of float arrays with the same names, perhaps in
# another order. The arrays may have any number of axes. Measure each gradient by central differences with
# the step `eps`, one entry at a time, $(f(\dots + \text{eps}) - f(\dots - \text{eps})) / (2\,\text{eps})$, and return the
# **name** with the largest error as
# defined above, or `None` if no error is above `tol`. Afterwards `params` must be as it was before (in between you may nudge
# it). `f` wants a dictionary with *all* parameters.
#
# **Predict:** a network has 10,000 parameters. How many times is `f` called?
# <!-- predict calls_for_a_network: calls = 20,000 -->
#
# <details><summary><b>Compare</b></summary>
#
# 20,000 times. So one checks *small* networks: with sizes that differ from each other, and numbers that are not 0.
#
# </details>
# <!--
# given 10,000
# 20,000 = 2 * 10_000
# -->


# %% exercise="worst_gradient"
def worst_gradient(f, params, grads, eps=1e-5, tol=1e-5):
    """The name of the gradient furthest from central differences; None if all are within tol.

    f: params -> number.  params, grads: dicts of arrays by name.  Returns a str or None.
    """
    ### BEGIN SOLUTION
    mine = {name: p.copy() for name, p in params.items()}
    errors = {}
    for name, p in mine.items():
        measured = np.zeros(p.shape)
        for at in np.ndindex(p.shape):
            before = p[at]
            p[at] = before + eps
            up = f(mine)
            p[at] = before - eps
            measured[at] = (up - f(mine)) / (2 * eps)
            p[at] = before
        size = np.linalg.norm(grads[name]) + np.linalg.norm(measured)
        errors[name] = np.linalg.norm(grads[name] - measured) / max(size, 1e-12)
    worst = max(errors, key=errors.get)
    return worst if errors[worst] > tol else None
    ### END SOLUTION


# %% test="worst_gradient" points=4
check(worst_gradient)
### BEGIN HIDDEN TESTS
check(worst_gradient, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Six suspects
#
# Somebody wrote the backward pass of the network $\psi(X W_1 + b_1) W_2 + b_2$ six times, with $n = 8$ examples and all widths 4.
# Your function questions each of them; its answer is the title. The points are the entries: where a gradient is right they lie
# on the diagonal, which is grey.
#
# For each suspect: **what is the bug?** Use the shape of the cloud.
#
# - A line of another slope is a constant factor.
# - A cloud without a line is a wrong product.
# - A wrong slope of the activation, if it is positive, gives the share of each example a positive factor of its own. (Where the
#   sigmoid's slope is forgotten, it is 4 or more, because that slope is $\tfrac14$ at most.) The shares are added, so the
#   points lie on no line, but most of them stay on the right side of 0.
#
# And note which gradients are *right*: $G$ came there unharmed, so the bug sits later on its way, or in the formula of one
# gradient alone.
# <!-- most of them stay: 0.8 < np.mean([experiments.backprop.Net(seed).slope_quotients() > 0 for seed in range(100)]) < 1 -->
#
# One of the six is innocent, and one is let off too early. Which? Write down your suspicion, then question all of them again with
# another step, in a cell of your own: `figures.backprop.lineup(worst_gradient, eps=1e-7)`.

# %% raises-exception
figures.backprop.lineup(worst_gradient)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. $W_2$ and $b_2$ are right, all of layer 1 is a cloud: on the way down $G$ was multiplied by $W_2$ instead of $W_2^\top$. No
#    error was raised because all widths are 4. (The worst name is not always where the bug is: it is where it shows most.)
# 2. $W_2$ lies on a line of slope 8, which is $n$: its $1/n$ is missing.
# 3. Layer 1 is off, by different factors, here all positive: the slope of the sigmoid was taken at $h$ instead of at the
#    pre-activation, $\sigma'(\sigma(z))$ instead of $\sigma'(z)$.
# 4. Nobody is accused, and yet it is the *same code* as suspect 5. Here all of $W_2$ is 0: then nothing gets through to layer 1,
#    and any multiple of nothing is right. Zeros hide bugs; check at random, non-zero parameters.
# 5. $b_1$ lacks the slope of the sigmoid.
# 6. The innocent one. It is a ReLU net, and one pre-activation is $3 \cdot 10^{-6}$, nearer to 0 than the step
#    $\text{eps} = 10^{-5}$: the measurement steps over the kink and mixes both slopes. With
#    $\text{eps} = 10^{-7}$ the accusation is dropped: the answer is `None`. A bug stays when you make `eps` smaller; a kink's
#    false alarm goes, unless a pre-activation is exactly 0.
#
# </details>
# <!--
# given 10^{-5}, 10^{-7}
# 3 \cdot 10^{-6} = (lambda s: np.abs(s.f.__self__.X @ s.params["W1"] + s.params["b1"]).min())(experiments.backprop.lineup()[5])
# -->

# %% [markdown]
# ## What back-propagation assumes
#
# Notebook 04 named four assumptions of the usual derivation. **Write them down from memory**, then unfold. Each can be given up,
# and the chain rule tells what to do instead.
#
# <details><summary><b>Compare</b></summary>
#
# | assumption | given up, for example, by | then |
# |---|---|---|
# | 1. a unit influences no other of its own layer | softmax as a layer (a *vector activation*) | the Jacobian is full, no longer diagonal: `J.T @ g` for each example, as in notebook 04 |
# | 2. inputs are combined by weighted sums | products of two signals (gates, attention) | the product rule: each factor's gradient contains the other factor |
# | 3. activations are differentiable | ReLU, maximum | choose a one-sided slope at the kink |
# | 4. nothing goes in circles, every weight is used once | recurrent networks, convolutions | unroll, and add up |
#
# </details>

# %% [markdown]
# The last one, that nothing goes in circles and every weight is used once, deserves a look. A recurrent unit feeds its value
# $h$ back to itself, $h_t = \tanh(w\, h_{t-1} + u_t)$ for the times $t = 1, \dots, T$, with inputs $u_t$, $h_0 = 0$, and one
# weight $w$. A graph with a circle has no order "backwards". But *unrolled in time* it is a chain of $T$ modules that
# **share** one weight. To differentiate, pretend that each has a weight of its own; then add these $T$ gradients up.
# **Predict:** which of these gradients is 0, whatever the numbers are?
# <!-- predict zero_gradient: *that of the first step | that of the last step | none -->

# %%
T, w = 6, 0.9
u = rng.normal(size=T)


def states(w):
    h = [0.0]
    for t in range(T):
        h.append(np.tanh(w * h[-1] + u[t]))
    return h  # the loss is half the square of the last one


h, dw = states(w), []
g = h[-1]
for t in reversed(range(T)):
    g = g * (1 - h[t + 1] ** 2)  # through tanh
    dw.append(g * h[t])  # the gradient of the weight as it was used at this time
    g = g * w  # one step back in time
eps = 1e-6
measured = (states(w + eps)[-1] ** 2 - states(w - eps)[-1] ** 2) / 2 / (2 * eps)
print("by time, last first:", np.round(dw, 5) + 0.0)
print(f"sum {sum(dw):.9f}, measured {measured:.9f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# That of the first step, the last one printed: there the weight multiplies $h_0 = 0$, and what came in times what came back
# is 0.
#
# </details>

# %% [markdown]
# ## What it does not promise
#
# *(The seventh sitting begins here.)*
#
# Back-propagation computes a gradient, exactly and fast. Three things that one would like to follow do not follow.
#
# **The loss is a proxy.** We want few mistakes, but a count of mistakes is a staircase with the slope 0 almost everywhere, so we
# descend on something smooth instead. **Predict:** can the loss fall while the number of mistakes rises? With two classes an
# example is a mistake if the right one has a probability of $\tfrac12$ or less: try three such probabilities, before and after
# a step, then run the cell.
# <!-- predict loss_and_mistakes: *yes | no -->

# %%
before, after = np.array([0.55, 0.55, 0.02]), np.array([0.45, 0.45, 0.30])  # p of the right class
for name, p in (("before", before), ("after", after)):
    print(f"{name}: loss {-np.log(p).mean():.3f}, mistakes {(p <= 0.5).sum()} of 3")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It can: the loss has almost halved; the mistakes went from one to three.
#
# </details>
# <!-- almost halved: 0.5 < np.log(after).mean() / np.log(before).mean() < 0.65 -->

# %% [markdown]
# **A gradient of 0 need not be a minimum.** Where it vanishes the surface may be a saddle, and in many dimensions saddles are believed
# to be far more common than poor minima. Descent slows down *near* them; [notebook 07](../07_training/training.ipynb) has a look.

# %% [markdown]
# **Is a separator found if there is one?** The perceptron stops at a line without mistakes, whenever one exists
# ([notebook 01](../01_perceptron/perceptron.ipynb)). The squared error weighs *all* examples, also those that are right already.
# In the next picture circles crowd left of a gap, and triangles begin right of it and reach far out. **Predict:** a linear unit
# with the target $-1$ for a circle and 1 for a triangle has the exact minimum of the mean squared error. Where does the line lie on
# which its output is 0, and why?
# <!-- predict exact_minimum: in the middle | *on the side of the triangles | on the side of the circles -->

# %%
figures.backprop.least_squares_line()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Too far to the right, among the triangles: the separator is missed. The squared error punishes a far triangle for being *too* right: it should give 1, and
# gives up to 1.8 already. A steeper plane would give more, so it stays flat, and four triangles near the gap pay for that. No better
# optimizer helps, since this *is* the minimum.
#
# </details>
# <!--
# 1.8 = experiments.backprop.least_squares()[1].max()
# four: ((experiments.backprop.least_squares()[1] > 0) != experiments.backprop.stretched_classes()[1]).sum() == 4
# -->

# %% [markdown]
# **Cross-entropy does not do this.** If the *mean* of the losses of $n$ examples is below $(\log 2)/n$, their sum is below
# $\log 2$, so each of them is. An example with $-\log p < \log 2$ has $p > \tfrac12$, and is right. So on data that can be
# separated, descent on the cross-entropy of a logistic unit, with steps that are small enough, ends without mistakes, since the
# loss comes as close to 0 as you like.

# %% [markdown]
# The perceptron, in turn, hangs its line on a handful of examples, and one more example can throw it over. The logistic loss takes
# every example into account, and a single one pulls at it with a slope of at most the example's own length (a 1 for the
# bias counted in): its line moves less from sample to sample. (The squared error has no such bound: above, far examples drew its
# line in among the triangles.) Notebook 01 measured how far both move from sample to sample (their *variance*), and how far off
# they are on average (their *bias*, in the statistician's sense).

# %% [markdown]
# ## Eight sentences, an error in each
#
# Each of these sentences is wrong, or true only with something that it leaves out. They are easy to write and hard to notice.
# **Write down what is wrong before you unfold.** Shapes find most of them. In the first four, one example is a *column*,
# $z = W x + b$ with $W$ of shape $(d_\text{out}, d_\text{in})$, $x$ $(d_\text{in}, 1)$, and $g = \nabla_z E$ $(d_\text{out}, 1)$.
#
# 1. "The gradient by the weights is $\nabla_{W} E = g \cdot [x^\top; \dots; x^\top]$", where the bracket holds the row $x^\top$ once
#    for each output.
# 2. "$\nabla_W E = x\, \frac{\partial E}{\partial z}$", with $\frac{\partial E}{\partial z} = g^\top$, a row of shape
#    $(1, d_\text{out})$.
# 3. "The backward function of a layer multiplies its Jacobian $J$ by a vector, so it is a Jacobian-vector product $J g$."
# 4. "On the way back the activation $\psi$ contributes the factor $\operatorname{diag}(\psi(z))$."

# %% [markdown]
# The next one is written in rows, as this notebook is:
#
# 5. "For the network $Z = \sigma(X W_1) W_2$ with softmax and the **mean** cross-entropy, $\nabla_{W_2} E = \sigma(X W_1)^\top
#    (S - Y)$."
#
# Again in columns; layer $l$ takes $h_{l-1}$ and makes $z_l = W_l h_{l-1} + b_l$ of it:
#
# 6. "With gradients as rows, $\nabla_{W_l} = h_{l-1} \nabla_{z_l}$ is the gradient of $W_l$; subtract it from $W_l$."
# 7. "$\frac{\partial E}{\partial h_1} = \frac{\partial E}{\partial h_L} \frac{\partial h_{L-1}}{\partial h_{L-2}} \cdots
#    \frac{\partial h_2}{\partial h_1}$, and all these gradients have to be stored."
# 8. "A linear layer never saturates, so gradients stay strong and stable however many there are."
#
# The cell tries six of them with random numbers:

# %%
d_in, d_out = 4, 3
W, x = rng.normal(size=(d_out, d_in)), rng.normal(size=(d_in, 1))
g = rng.normal(size=(d_out, 1))  # the gradient by z, as a column
right = [[g[r, 0] * x[c, 0] for c in range(d_in)] for r in range(d_out)]  # entry by entry
stacked = np.repeat(x.T, d_out, axis=0)
print("1. g has shape", g.shape, "and the bracket", stacked.shape)
print("2. x times a row has shape", (x * g.T).shape, "but W", W.shape)
print("3. J has shape", W.shape, "and g", g.shape)
z, nudge = 1.5, 1e-6
slope = (np.tanh(z + nudge) - np.tanh(z - nudge)) / (2 * nudge)
print(f"4. tanh at {z}: value {np.tanh(z):.3f}, measured slope {slope:.3f}")
print("6. is it the transpose of the right one?", np.allclose(x @ g.T, np.transpose(right)))
for scale in (0.7, 1.3):
    v = np.ones(50) / 50**0.5  # of length 1
    for _ in range(30):  # thirty linear layers of width 50, backwards
        v = rng.normal(0, scale / 50**0.5, (50, 50)) @ v
    print(f"8. weights of scale {scale}: the length becomes {np.linalg.norm(v):.1e}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. $(d_\text{out}, 1)$ times $(d_\text{out}, d_\text{in})$ does not exist. The gradient is the outer product $g\, x^\top$ (or, with
#    the stack, a product entry by entry).
# 2. It has the shape $(d_\text{in}, d_\text{out})$, the transpose. With the row it must be $\big(\frac{\partial E}{\partial z}\big)^\top x^\top$.
# 3. $J g$ does not fit: backward is $J^\top g$, or $g^\top J$, a **vector-Jacobian** product. (For a square $J$ nothing would warn
#    you.)
# 4. The slope belongs there, not the value: $\operatorname{diag}(\psi'(z))$, and in *every* layer, the last one included if
#    it has an activation.
# 5. That is the gradient of the *sum*. The mean has a $1/n$. (And it is presumed that the output layer has no activation.)
# 6. It has the shape of $W_l^\top$. Transpose it before you subtract.
# 7. The factor $\partial h_L / \partial h_{L-1}$ is skipped. And of these gradients only the present one has to be held; what
#    is stored are the *activations* of the forward pass.
# 8. Not saturating is one thing; a product of thirty matrices is another. As a rule it grows or dies exponentially with the
#    depth, unless the scale is right.
#
# </details>

# %% [markdown] question="a_suspicious_review" points=4
# ### Question: a code review (4 points, read by a person)
#
# A colleague shows you the backward pass of a layer with tanh, and a note. The arrays are named as in this notebook; `W` has
# shape $(d_\text{in}, d_\text{out})$.
#
# ```
# def layer_backward(G, cache):      # G: gradient by H = tanh(X @ W + b)
#     X, W, H = cache
#     G = G * (1 - np.tanh(H) ** 2)
#     dW = X.T @ G / len(X)
#     return G @ W.T, dW, G.sum(axis=0)
# ```
#
# *"The gradient check passes: I ran it with all weights and biases at 0 and a batch of one example. The loss goes down as
# well. Merge it?"*
#
# 1. Find the two bugs, and say for each what is right, and why.
# 2. Explain for each bug why the colleague's check could not see it.
# 3. What would you change in the check? Name two things.
# 4. "The loss goes down" is offered as evidence. How much is it worth here?
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points.
#
# - 1 point: the slope of tanh is $1 - \tanh(Z)^2$ with the pre-activation $Z = XW + b$, which is `1 - H ** 2`; the code applies tanh
#   twice. And `/ len(X)` is wrong: the $1/n$ of the mean is in `G` already (it entered with the loss), and `db` has no
#   such factor. Half a point for each.
# - 1 point: with all parameters 0 the pre-activations are 0, and $\tanh(\tanh 0) = \tanh 0 = 0$, so both slopes are 1 (half). With
#   one example `len(X)` is 1 (half). Saying that with weights of 0 hardly anything flows to lower layers may replace one half.
# - 1 point: random, non-zero parameters of moderate size; several examples; sizes that differ ($n \ne d_\text{in} \ne d_\text{out}$); a random `G`;
#   errors relative, for each parameter. Half a point for each of two.
# - 1 point: very little. A gradient of a wrong length, or turned by less than 90 degrees, still leads downhill: here, while no
#   unit saturates, every `dW` points roughly the right way and is about $n$ times too short: the loss falls, slowly, and nobody notices.
#
# **Model answer.**
#
# The slope of tanh belongs at the pre-activation: $1 - \tanh(Z)^2$, which is `1 - H ** 2`. The code takes tanh of H once
# more. And `/ len(X)` is a second $1/n$: that of the mean is in `G` already, as it came from the loss; `db`, rightly, has
# none.
#
# The check could see neither. With all parameters 0 the pre-activations are 0, and there both slopes are 1. With one example
# `len(X)` is 1.
#
# I would check at random parameters that are not 0, with several examples, sizes that all differ, and a random `G`, and
# report a relative error for each parameter.
#
# That the loss goes down is worth little. A gradient of the wrong length, or one that is turned somewhat, still leads
# downhill: while no unit saturates, `dW` points roughly the right way and is about $n$ times too short. I would not merge it.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("a_suspicious_review")

# %% [markdown]
# ## A starred problem
#
# Without points, and in nobody's way: `progress()` shows a star for it. It is checked as all others are, and the time table above
# leaves it out.
#
# ### Exercise: `xent_hvp` · hard · 25 minutes · ★
#
# Along one direction, second derivatives cost about as much as first ones. Take the classifier without a hidden layer,
# $E(W) = $ `softmax_xent(X @ W, y)`, whose gradient is $\nabla E = X^\top (S - Y) / n$. Move the weights by a small
# $\varepsilon$ along a direction $V$, shaped like $W$. The derivative of the *gradient* along it,
#
# $$ \nabla^2 E(W)\, V = \frac{d}{d\varepsilon} \nabla E(W + \varepsilon V) \Big|_{\varepsilon=0} , $$
#
# is a Hessian-vector product, shaped like $W$.
#
# **Predict:** does it depend on the labels $y$?
# <!-- predict labels_in_a_hessian: yes | *no -->
#
# <details><summary><b>Compare</b></summary>
#
# No: $Y$ stands in the gradient as it is, and does not move with $W$. All of the curvature is in the softmax.
#
# </details>
#
# Return the product from `X` of shape `(n, d)` and `W` and `V` of shape `(d, k)`, without differences, and stable for logits of
# many thousands. (Differences of your own gradient are the test to try it with.) There are two hints.


# %% exercise="xent_hvp" starred=true
def xent_hvp(X, W, V):
    """The Hessian of the softmax cross-entropy of X @ W by W, times the direction V.

    X: (n, d).  W, V: (d, k).  Returns (d, k).
    """
    ### BEGIN SOLUTION
    Z, U = X @ W, X @ V  # the logits, and how they move
    S = np.exp(Z - Z.max(axis=1, keepdims=True))
    S = S / S.sum(axis=1, keepdims=True)
    moved = S * (U - (S * U).sum(axis=1, keepdims=True))  # the softmax's Jacobian times U
    return X.T @ moved / len(X)
    ### END SOLUTION


# %%
check(xent_hvp)

# %% [markdown]
# ## What you can say now
#
# - A module needs forward, backward and a cache. It knows its neighbours only by what comes in and what comes back.
# - Softmax with cross-entropy gives $(S - Y)/n$; the $1/n$ of a mean enters there, once.
# - The gradient by a weight is what came in times what came back, summed over all uses of the weight: examples, time steps.
#   The Jacobian need not be built.
# - Depth is a recursion for $G$. It costs about two more forward passes, and the memory of all activations; the memory can be traded
#   for time.
# - A gradient check names a gradient that is wrong, if you keep zeros, batches of one example and kinks away from it.
# - An exact gradient of a proxy promises neither a minimum nor few mistakes; with the squared error even a separator may be missed.
#
# Gradients that die or explode on their way through many layers have shown up several times. When that happens, and how to start
# so that it doesn't, is the [next notebook](../06_initialization/initialization.ipynb).
# <!-- recall
# loss of 10 classes before training = 2.303 ± 0.05
# dW for X (7, 3) and G (7, 5) = (3, 5)
# db for the same = (5,)
# divided by n: each layer | *the loss alone | nowhere
# what affine_backward needs: *X and W | X and b | Z and b
# relative error, if a gradient is twice as large = 0.333 ± 0.01
# a unit off for all examples has in dW of its layer: a row of zeros | *a column of zeros | ones
# going back through a ReLU multiplies G by: *1 where z > 0, else 0 | z | the output
# order of the gradients of a layer H = ψ(XW + b), on the way back: order by H < by Z < by W and b
# -->

# %%
progress()
