# %% [markdown]
# # 06 · How to begin: activations and first weights
#
# Back-propagation gives the gradient of any network. Whether that gradient is worth following is decided before the first
# step: by the function that each unit applies, and by the random numbers that you put into its weights. In this notebook a
# network of fifty layers falls silent, a second one explodes, and a third one hands on values of a healthy size while its
# gradients vanish; and with a few lines of theory you will predict all three. When you have worked through it you can
#
# - write down the common activations with their slopes, and say where each saturates,
# - say what kills a ReLU, and which activations find their way back,
# - explain why weights must start at random, and derive how large they should be,
# - measure through fifty layers the size of signals, the size of gradients, and whether two inputs stay different,
# - predict these sizes for wide networks, and say which variance of the weights an activation asks for,
# - predict how alike two inputs become, and say what order and chaos have to do with gradients,
# - build two cures, a way around the layers, and layer normalization with its backward pass, and ask how deep networks train with either and with both.
#
# **Time** about 4 ½ hours, in eight sittings:
#
# | sitting | from | minutes |
# |---|---|---|
# | 1 | here | 32 |
# | 2 | [Slopes](#Slopes) | 35 |
# | 3 | [Why not start from zero?](#Why-not-start-from-zero?) | 25 |
# | 4 | [Fifty layers](#Fifty-layers) | 52 |
# | 5 | [Theory over measurement](#Theory-over-measurement) | 31 |
# | 6 | [How alike do two inputs become?](#How-alike-do-two-inputs-become?) | 42 |
# | 7 | [Two cures](#Two-cures) | 48 |
# | 8 | [The map once more](#The-map-once-more) | 12 |
#
# The question at the end takes 10 minutes more, and needs nothing of the last two sittings.
#
# **You need** layers and back-propagation ([notebook 05](../05_backprop_mlp/backprop_mlp.ipynb)); from probability: mean and
# variance, sums of independent random numbers, the normal distribution with its density; integrals.
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

rng = np.random.default_rng(6)

# %%
letters(6)

# %% [markdown]
# **Two minutes first:** five short things from earlier notebooks, what you missed among them. They are checked, and cost nothing.

# %%
recall(6)

# %% [markdown]
# ## Seven functions
#
# A layer computes $z = h\, W + b$ from the values $h$ of the layer before, and hands on $\psi(z)$, with an **activation**
# $\psi$ (psi). The numbers $z$ are called **pre-activations**. Without $\psi$ a stack of layers would be a single affine map
# ([notebook 02](../02_xor_basis_functions/xor_basis_functions.ipynb)).
#
# An activation works **entry by entry**: a matrix $Z$ of shape `(n, d)` becomes a matrix of shape `(n, d)`, and no entry looks at
# another one. (The softmax is an exception, and so it gets no place in this table: there all entries of a row compete.)
#
# | name | $\psi(z)$ | remark |
# |---|---|---|
# | `identity` | $z$ | a linear layer |
# | `sigmoid` | $1 / (1 + e^{-z})$ | between 0 and 1 |
# | `tanh` | $(e^z - e^{-z}) / (e^z + e^{-z})$ | between $-1$ and $1$, both excluded |
# | `relu` | $\max(z, 0)$ | 0 for all $z \le 0$ |
# | `leaky_relu` | $z$ for $z > 0$, else $0.01\, z$ | the slope 0.01 is a convention |
# | `elu` | $z$ for $z > 0$, else $\alpha (e^z - 1)$, with $\alpha = 1$ | no kink for $\alpha = 1$ |
# | `gelu` | $z \cdot \operatorname{cdf}(z)$ | see below |
#
# The **PReLU** is a leaky ReLU whose slope $\alpha$ on the left is learned, like a weight. In the **GELU**,
# $\operatorname{cdf}(z)$, often written $\Phi(z)$, is the probability that a standard normal number lies below $z$,
#
# $$ \operatorname{cdf}(z) = \tfrac12 \big( 1 + \operatorname{erf}(z / \sqrt 2) \big) , $$
#
# so it is a gate that opens softly: closed far left, half open at 0, open far right. (`math.erf` takes one number,
# `scipy.special.erf` arrays.) You will also meet approximations of it by tanh or by a sigmoid; we use the exact one.
#
# The cell below draws each activation in blue and its slope in orange. Grey marks the inputs at which the slope is next to
# nothing, less than 0.05 in size. **Predict**, before you run it: which of these curves fall somewhere? Which have a slope
# that is never above $\tfrac14$? Which have one above 1?
# <!-- given 0.01, 0.05 -->
# <!-- predict seven_curves
# fall somewhere: the ELU | *the GELU | both
# slope never above ¼: *the sigmoid | tanh | the GELU
# slope above 1: the ELU | tanh | *the GELU
# draw slope of the GELU over z, x -4 to 4, y -0.5 to 1.5: mlp_reference.activation_grad("gelu", x)
# -->

# %%
figures.initialization.activation_table()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Only the GELU falls, left of about $-0.75$: it has a dip of depth 0.17. (The narrow grey band is the bottom of the dip.) The
# sigmoid is the one with slopes of at most $\tfrac14$. Only the GELU's slope exceeds 1: it reaches 1.13 near $z = 1.4$.
#
# </details>
# <!--
# -0.75 = (lambda z: z[np.argmin(activations.ACTIVATIONS["gelu"].value(z))])(np.linspace(-2, 0, 2001))
# 0.17 = -activations.ACTIVATIONS["gelu"].value(np.linspace(-2, 0, 2001)).min()
# 1.13 = activations.ACTIVATIONS["gelu"].grad(np.linspace(0, 4, 4001)).max()
# 1.4 = (lambda z: z[np.argmax(activations.ACTIVATIONS["gelu"].grad(z))])(np.linspace(0, 4, 4001))
# -->

# %% [markdown]
# ### Find the error
#
# Somebody writes: *"The ELU is a smooth approximation of the ReLU. It has a non-monotonic bump for z < 0. It is the default
# activation of BERT."* (That is a language model of 2018.) Two of the three sentences name the wrong function. Which ones? (The third
# one you can't know; the picture decides about the other.)
#
# <details><summary><b>Compare</b></summary>
#
# The bump and BERT both belong to the **GELU** ([Hendrycks and Gimpel, 2016](https://arxiv.org/abs/1606.08415)). The ELU rises
# everywhere, from $-1$ on; look at its slope in the picture.
#
# </details>

# %% [markdown]
# ### Exercise: `activation` · easy · 10 minutes
#
# Write the table as a function. `name` is one of the seven strings above, `z` is a number or an array of any shape, of floats
# or of ints; return $\psi(z)$ with the same shape. Any other name, "ReLU" in capital letters as well, is a `ValueError`.
#
# Entries of size 10,000 may occur. A warning is no harm then, a `nan` is: $e^{10000}$ is `inf` on a computer, and $0 \cdot$ `inf`
# and `inf / inf` are `nan`. Remember that `np.where` computes both of its branches everywhere and picks afterwards.
# <!-- given 10,000 -->
#
# **Predict:** how large is the GELU at $z = -1$? And at $z = 10$?
# <!-- predict gelu_values
# at z = −1 = -0.159 ± 0.01
# at z = 10 = 10
# -->
#
# <details><summary><b>Compare</b></summary>
#
# $-\operatorname{cdf}(-1) = -0.159$: 16 % of normal numbers lie below $-1$. At 10 it is 10, to 20 digits.
#
# </details>
# <!--
# -0.159 = activations.ACTIVATIONS["gelu"].value(np.array([-1.0]))[0]
# 16 % = -activations.ACTIVATIONS["gelu"].value(np.array([-1.0]))[0]
# 20 digits: __import__("math").erfc(10 / 2**0.5) / 2 < 1e-20
# -->

# %% [markdown]
# Stuck? Run `hint("activation")` in a cell of your own. There are three, from a nudge to nearly the answer.


# %% exercise="activation"
def activation(name, z):
    """psi(z), entry by entry.

    name: "identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu" or "gelu"; another: ValueError.
    z: a number or an array of any shape.  Returns the same shape.
    """
    ### BEGIN SOLUTION
    from math import erfc

    z = np.asarray(z, dtype=float)
    left = np.minimum(z, 0)  # so that no exponential overflows
    if name == "identity":
        return z
    if name == "sigmoid":
        return 0.5 * (1 + np.tanh(z / 2))
    if name == "tanh":
        return np.tanh(z)
    if name == "relu":
        return np.maximum(z, 0)
    if name == "leaky_relu":
        return np.maximum(z, 0.01 * z)
    if name == "elu":
        return np.where(z > 0, z, np.expm1(left))
    if name == "gelu":
        return z * np.vectorize(lambda t: 0.5 * erfc(-t / np.sqrt(2)), otypes=[float])(z)
    raise ValueError(f"unknown activation {name!r}")
    ### END SOLUTION


# %% test="activation" points=3
check(activation)
### BEGIN HIDDEN TESTS
check(activation, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## What comes out
#
# Feed normal numbers of mean 0 into an activation. Three questions about what comes out will matter for everything that
# follows: is it **bounded** (a *squashing* function), is it **centred** at 0, and is it **sparse**, that is, often exactly 0? A
# fourth one is about the way back: how many inputs land where the slope is next to nothing? There the unit **saturates**.
#
# **Predict**, then move the sliders:
#
# 1. Which activations have outputs of mean 0?
# 2. With the input variance at 1, the sigmoid has no grey inputs to speak of. What happens at 16?
# 3. The ReLU's outputs have a mean of about 0.4 at variance 1. What is their mean *square*? And at variance 4?
# 4. For which activations does the input variance make no difference to the share of small slopes?
# <!-- 0.4: near((lambda u: np.maximum(u, 0).mean())(experiments.initialization.normal_sample()), "0.4") -->
# <!-- predict scale_of_the_inputs
# outputs of mean 0: ReLU and ELU | *identity and tanh | all but the sigmoid
# sigmoid at 16, in grey bands = 47 % ± 12 %
# ReLU's mean square at 1 = 0.5
# and at 4 = 2
# no difference for: *ReLU, leaky ReLU, identity | sigmoid and tanh | none
# -->

# %% explorer
explorers.activations()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. Those with $\psi(-z) = -\psi(z)$: the identity and tanh (and a PReLU of slope 1, which is the identity). At variance 1, and with
#    slopes on the left below 1, the others lean to the positive side; the sigmoid's mean is 0.5.
# 2. Almost half of the inputs, 47 %, lie in the grey bands.
# 3. One half, and 2: half of the inputs pass, so half of the mean square does. This factor of $\tfrac12$ will come back.
# 4. For ReLU and leaky ReLU (its slope is 0.01) it is always one half, for the identity, and a PReLU of slope 0.05 or more,
#    always 0. They have no scale: stretch the input, and the output is stretched alike.
#
# </details>
# <!--
# given 0.01, 0.05
# 0.5 = activations.ACTIVATIONS["sigmoid"].value(experiments.initialization.normal_sample()).mean()
# 47 % = (lambda z: (activations.ACTIVATIONS["sigmoid"].grad(z) < 0.05).mean())(4 * experiments.initialization.normal_sample())
# One half, and 2: [near((np.maximum(s * experiments.initialization.normal_sample(), 0) ** 2).mean(), t) for s, t in ((1, "0.5"), (2, "2.0"))] == [True, True]
# -->

# %% [markdown]
# Sparsity can be seen on real data. A layer of 100 ReLUs with random weights looks at the digits. First the images are
# **standardized**: each pixel is shifted to mean 0 and divided by its standard deviation, so that the values that come in have a
# mean square of about 1, as the theory below wants them. ([Notebook 07](../07_training/training.ipynb) measures what
# the scale of the inputs does to a training.) **Predict:** what share of the 179,700 outputs is 0? What share of the *units* is off
# for every image?
# <!-- 179,700 = 1797 * 100 -->
# <!-- predict share_of_zeros
# outputs that are 0 = 50 % ± 10 %
# units off for every image = 0
# -->

# %%
images, labels = data.digits()  # (1797, 64)
X = (images - images.mean(axis=0)) / (images.std(axis=0) + 1e-3)
Z = X @ rng.choice([-0.125, 0.125], size=(64, 100))  # pre-activations, (1797, 100)
print(f"outputs that are 0:       {(Z <= 0).mean():.1%}")
print(f"units off for all images: {(Z <= 0).all(axis=0).mean():.1%}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# About half of the outputs, as the weights are as often positive as negative. And no unit is off throughout: each image
# switches on other units, between 32 % and 67 % of them.
# </details>
# <!--
# 32 % = (Z > 0).mean(axis=1).min()
# 67 % = (Z > 0).mean(axis=1).max()
# -->

# %% [markdown]
# ### Why centred values help
#
# A unit has the weights $w$, of shape `(d,)`, and $z = h \cdot w$. For one example its gradient is
# $\partial E / \partial w = \frac{\partial E}{\partial z}\, h$: a number times the values of the layer before. If those all come
# out of sigmoids, they are all positive. **Predict:** what does it mean for the signs of the $d$ entries of the gradient?
# <!-- predict positive_inputs: they are all positive | *they share one sign | nothing -->

# %%
h = 1 / (1 + np.exp(-rng.normal(size=8)))  # eight outputs of sigmoids
for dz in (0.7, -1.3):
    print(f"dE/dz = {dz:4}: gradient of w =", np.round(dz * h, 2))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# They all have the same sign. For this example the weights of the unit can only rise together or fall together; to raise one and
# lower another takes a zigzag over many examples. Values around 0, as tanh gives them, don't tie the weights together.
# </details>

# %% [markdown]
# ## Slopes
#
# *(The second sitting begins here.)*
#
# On its way back a gradient is multiplied by $\psi'(z)$ in every layer, entry by entry. So we want slopes that are cheap to
# compute, and not too close to 0.
#
# Two activations have a **kink** at 0, where left and right slope differ: ReLU (0 and 1) and leaky ReLU (0.01 and 1). Any value
# between them could be defended at that one point, in theory it hardly ever matters, and libraries choose differently. This course has one
# policy: **the left slope**, so $\text{relu}'(0) = 0$ and $\text{leaky}'(0) = 0.01$.

# %% [markdown]
# ### Exercise: `activation_grad` · medium · 12 minutes
#
# Write the derivatives. `name` and `z` are as above, and $\psi'$ is taken **at the pre-activation** $z$, not at the output: a
# formula like $t\,(1 - t)$ for the sigmoid holds for the *output* $t$, so you compute $t$ first. The result has the shape of
# `z` and holds numbers, not truth values. Up to sizes of 10,000 there is no `nan`. Any other name is a `ValueError`.
# <!-- given 10,000 -->
#
# For the GELU you need the product rule, and the derivative of $\operatorname{cdf}$: that is the normal density,
# $\operatorname{pdf}(z) = e^{-z^2/2} / \sqrt{2\pi}$.
#
# **Predict:** somebody has thrown $z$ away and kept only the output $\psi(z)$. For which of the seven can the slope still be
# computed?
# <!-- predict only_the_output: all seven | *all but the GELU | the identity only -->
#
# <details><summary><b>Compare</b></summary>
#
# For all but the GELU. Where its curve falls and where it rises again it takes the same values, with slopes of different signs: the output
# alone doesn't tell on which side of the dip it was. (For the ELU the slope on the left is its output plus 1.)
#
# </details>


# %% exercise="activation_grad"
def activation_grad(name, z):
    """The derivative psi'(z), entry by entry; at a kink the left one.

    name: as for activation; another: ValueError.
    z: pre-activations, a number or an array of any shape.  Returns the same shape.
    """
    ### BEGIN SOLUTION
    from math import erfc

    z = np.asarray(z, dtype=float)
    if name == "identity":
        return np.ones(z.shape)
    if name == "sigmoid":
        return 0.25 * (1 - np.tanh(z / 2) ** 2)
    if name == "tanh":
        return 1 - np.tanh(z) ** 2
    if name == "relu":
        return np.where(z > 0, 1.0, 0.0)
    if name == "leaky_relu":
        return np.where(z > 0, 1.0, 0.01)
    if name == "elu":
        return np.exp(np.minimum(z, 0))
    if name == "gelu":
        cdf = np.vectorize(lambda t: 0.5 * erfc(-t / np.sqrt(2)), otypes=[float])(z)
        return cdf + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    raise ValueError(f"unknown activation {name!r}")
    ### END SOLUTION


# %% test="activation_grad" points=3
check(activation_grad)
### BEGIN HIDDEN TESTS
check(activation_grad, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Do your two functions belong together? Nudge $z$ and see. (Until both are written, the next cell says
# which one it needs; go on and come back.)

# %% raises-exception
z, eps = np.linspace(-4, 4, 100), 1e-6  # an even number of places: no kink among them
for name in ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu"):
    nudged = (activation(name, z + eps) - activation(name, z - eps)) / (2 * eps)
    difference = np.abs(nudged - activation_grad(name, z)).max()
    print(f"{name:>10}: largest difference {difference:.1e}")

# %% [markdown]
# ## Slopes multiply
#
# A gradient that travels through $L$ layers meets $L$ slopes. **Predict:** by which factor does it shrink *at least* in 20 layers of sigmoids,
# if the weights do nothing against it?
# <!-- predict twenty_sigmoids: it is divided by at least = 1e12 × 2 -->

# %%
for L in (1, 5, 20, 50):
    print(f"{L:2} sigmoids: at most {0.25**L:.1e}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# By $4^{20}$, about a million million: $10^{12}$.
#
# </details>
# <!-- 10^{12}: near(4.0**20 / 1e12, "1") -->

# %% [markdown]
# Here tanh is the better squashing function: its slope at 0 is 1, four times the sigmoid's best, so it hands **stronger
# gradients** down as long as the units stay near the middle. Far out both saturate. Such a unit says 0 or 1 (or $\pm 1$) as
# if it could not be wrong, it is **overconfident**, and next to nothing comes back that could change its mind.

# %% [markdown]
# A linear layer has $\psi' = 1$: it never saturates, and one reads that its gradients are "strong and stable". The first
# part is true. Test the second: on the way back the gradient is not only multiplied by slopes but also by $W^\top$, layer after layer. Take
# fifty linear layers of width 64, with random weights of three sizes. **Predict:** what remains of a gradient of length 1?
# <!-- predict fifty_linear_layers
# smallest weights: *it vanishes | it stays | it explodes
# largest weights: it vanishes | it stays | *it explodes
# -->

# %%
for size in (0.09, 0.125, 0.18):
    g = np.ones(64) / 8  # length 1
    for _ in range(50):
        g = rng.choice([-size, size], (64, 64)) @ g
    print(f"weights of size {size:5}: length {np.linalg.norm(g):.1e}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It vanishes with the smallest and explodes with the largest weights, without a single non-linear unit. Products of matrices
# vanish and explode as products of numbers do, and *no* activation by itself is a protection from it. Here the size of the weights
# decides, and the size in the middle, $0.125 = 1/\sqrt{64}$, is no accident: you will derive it.
#
# </details>
# <!-- 0.125 = 1 / 64**0.5 -->

# %% [markdown]
# ## Dead units, and how they come back
#
# A ReLU that is off for *every* example has slope 0 for every example. No gradient reaches its weights, so they never change: the
# unit is **dead**. It gets there by a step that throws its bias so far down, or its weights so far to one side, that no image switches
# it on any more.
#
# That holds for the *first* hidden layer, whose inputs are the images and stay as they are. Further up the inputs are the outputs of a layer
# that learns: when it changes, a unit above it may be switched on again.
#
# On the left below, one hidden layer of 64 ReLUs is trained on digits with three learning rates. On the right a single unit that should learn
# $\max(x + 1, 0)$ is started dead, and is then given other activations.
#
# **Predict:** one reads of dead units that "higher learning rates might help". Which way does the picture go? And can a leaky
# ReLU with slope 0.01 revive a unit?
# <!-- given 0.01 -->
# <!-- predict reviving_units
# higher rates: revive units | *kill more units | change nothing
# a slope of 0.01 can revive: *yes | no
# -->

# %%
figures.initialization.dead_units()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It is the other way round: **lower** learning rates help. Longer steps kill more units, from 5 % over 77 % to 97 %.
# And dead they stay, no curve ever falls: a unit without gradient doesn't care about the learning rate any more.
#
# The ReLU on the right never moves. Each of the others has a slope on the left, however small, and finds its way back. With a slope
# of 0.01 it takes about 300 steps, with 0.1 about 40.
#
# </details>
# <!--
# 5 % = experiments.initialization.dying_runs(150, 64)[1.0][-1]
# 77 % = experiments.initialization.dying_runs(150, 64)[1.5][-1]
# 97 % = experiments.initialization.dying_runs(150, 64)[2.5][-1]
# given 0.01, 0.1
# about 300: (lambda c: 250 < np.argmax(c < 0.5 * c[0]) < 350)(experiments.initialization.one_unit_losses(experiments.initialization.with_slope("leaky_relu", 0.01)))
# about 40: (lambda c: 25 < np.argmax(c < 0.5 * c[0]) < 60)(experiments.initialization.one_unit_losses(experiments.initialization.with_slope("leaky_relu", 0.1)))
# -->

# %% [markdown]
# ## Which one should I take?
#
# | place | usual choice | why |
# |---|---|---|
# | hidden layers | ReLU or GELU, the same everywhere | the ReLU is cheap, and half of its slopes are 1; one function for all layers is one choice less |
# | hidden, where units die | leaky ReLU, PReLU, ELU | a way back |
# | hidden, recurrent networks | tanh, and sigmoids as gates | bounded, whatever the number of steps |
# | output, a number | identity | any value must be possible |
# | output, two classes | sigmoid | a probability |
# | output, one of $k$ classes | softmax | $k$ probabilities that sum to 1 |
# | output, several labels at once | a sigmoid for each | each label has its own probability |
#
# The ReLU's price, once more: a kink, outputs that are neither centred nor **bounded**, and units that can die.
#
# Sigmoids in hidden layers are a bad idea, for two of the reasons above: their slopes shrink gradients by a factor of 4 at least, and their
# outputs are not centred. As an output they are fine, with the right loss (notebook 07).

# %% [markdown]
# ## Why not start from zero?
#
# *(The third sitting begins here.)*
#
# Somewhere the weights must begin. Zero looks fair: no preference for anything. Take a network with six hidden tanh units,
# $h = \tanh(x W_1)$, and the ten logits $h W_2$, with $W_1$ of shape `(64, 6)` and $W_2$ of shape `(6, 10)`.
#
# - All zeros: then $h = 0$, so the gradient of $W_2$, which is made of $h$, is 0. And the gradient of $W_1$ comes through
#   $W_2$, which is 0. Nothing ever moves.
# - All units equal, but not 0: the six units have the same incoming and the same outgoing weights. Which values do they compute, and which
#   gradients do they receive?
#
# Each curve below is a weight from the same pixel to one of the six units. **Predict** the middle picture: how many curves will you see, and
# do they move?
# <!-- predict zero_start
# curves to see = 1
# they: stand still | *move
# -->

# %%
figures.initialization.symmetry()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# One: six curves on top of each other, which do move, because the outgoing weights of the ten *classes* differ. (The curve zigzags, because
# six equal units take one step six times: with a sixth of the learning rate it runs smoothly.) The random start on the right gives
# six different units, and a loss of 0.55 instead of 1.91.
#
# </details>
# <!--
# 1.91 = experiments.initialization.symmetry_runs(100)["six equal units"][1]
# 0.55 = experiments.initialization.symmetry_runs(100)["random"][1]
# it runs smoothly: (lambda p: np.sum(np.diff(np.sign(np.diff(p))) != 0) < 5)(experiments.initialization.weight_paths(images, labels, np.full((64, 6), 0.02), np.repeat(np.random.default_rng(0).normal(0, 0.4, (1, 10)), 6, axis=0), 120, 0.4 / 6)[0][:, 0])
# -->

# %% [markdown]
# Two units with the same incoming and the same outgoing weights compute the same $h$, receive the same gradient, and take the same step. So they are equal
# after it, and for ever: six units are worth one. This is a **symmetry**: exchange two units, and nothing changes. Gradient descent can't break it; chance
# can. (Biases may start at 0: random weights have broken the symmetry already.)

# %% [markdown]
# ## How large should the first weights be?
#
# So the weights are random, independent of each other, with mean 0. What is left to choose is their **variance** $\operatorname{Var} w$. We follow
# one number, the size of the signal. Let a layer get $d$ values $h_1, \dots, h_d$, and let a unit compute
#
# $$ z = \sum_{i=1}^{d} w_i h_i . $$
#
# Look at the mean of $z$ over the random weights, with $h$ fixed. It is 0, because each $w_i$ has mean 0. And its
# variance, line by line:
#
# $$ \begin{aligned}
# \operatorname{Var} z &= \sum_{i=1}^{d} \operatorname{Var}(w_i h_i) && \text{the terms are independent} \\
# &= \sum_{i=1}^{d} h_i^2 \operatorname{Var} w && h_i \text{ is a fixed factor} \\
# &= d \cdot \operatorname{Var} w \cdot \frac1d \sum_{i=1}^{d} h_i^2 && \text{one mean instead of a sum}
# \end{aligned} $$
#
# The last factor is the **mean square** of the incoming values. Not their variance! The mean of $h$ is *not* subtracted. And nothing was said
# about the distribution of the weights but mean and variance: let weights of one size and two signs confirm it.

# %%
d, size = 200, 0.1
h = np.abs(rng.normal(size=d)) + 0.5  # values that are anything but centred
z = rng.choice([-size, size], size=(20_000, d)) @ h  # 20,000 units, one for each row of signs
print(f"variance of z, measured:       {z.var():.3f}")
print(f"d * Var w * mean square of h:  {d * size**2 * np.mean(h**2):.3f}")
print(f"d * Var w * variance of h:     {d * size**2 * np.var(h):.3f}")

# %% [markdown]
# So with $\operatorname{Var} w = 1/d$ the pre-activations have the mean square of the incoming values. That is **LeCun**'s choice
# of 1998. The number of inputs of a unit is called its **fan-in**, the number of units that a value feeds its **fan-out**: for a matrix
# $W$ of shape `(d_in, d_out)` they are `d_in` and `d_out`.
#
# **And on the way back?** The gradient of a value $h_i$ is a sum as well, over the units that it feeds:
# $\frac{\partial E}{\partial h_i} = \sum_{j} W_{ij}\, \frac{\partial E}{\partial z_j}$. **Predict:** how many terms has this sum, and
# which variance of the weights does it ask for, by the same three lines?
# <!-- predict terms_backwards
# terms: d_in | *d_out
# variance: 1/fan_in | *1/fan_out
# -->
#
# <details><summary><b>Compare</b></summary>
#
# `d_out` terms, so $\operatorname{Var} w = 1/\text{fan\_out}$. Both wishes can't be granted, unless the fans agree.
#
# </details>

# %% [markdown]
# ### Four schemes
#
# Xavier Glorot and Yoshua Bengio proposed a compromise between both directions: the reciprocal of the mean of both fans
# ([2010](https://proceedings.mlr.press/v9/glorot10a.html)). Kaiming He and others doubled LeCun's variance for layers whose inputs
# come out of ReLUs ([2015](https://arxiv.org/abs/1502.01852)); you will soon see why.
#
# | scheme | variance | distribution |
# |---|---|---|
# | `"lecun"` | $1 / \text{fan\_in}$ | normal |
# | `"xavier"` | $2 / (\text{fan\_in} + \text{fan\_out})$ | normal |
# | `"xavier_uniform"` | $2 / (\text{fan\_in} + \text{fan\_out})$ | uniform on $[-a, a]$ |
# | `"he"` | $2 / \text{fan\_in}$ | normal |
#
# (The edge $a$ of the uniform distribution is for you to find.)

# %% [markdown]
# ### Exercise: `init_weights` · medium · 10 minutes
#
# Return a matrix of shape `(fan_in, fan_out)` of independent floats with mean 0, and the variance and distribution of the table. For
# the uniform one find the edge $a$ yourself: the variance of a uniform number on $[-a, a]$ is $\frac{1}{2a} \int_{-a}^{a} w^2\, dw$. Any other
# scheme, "He" with a capital letter as well, is a `ValueError`.
#
# All randomness comes from `rng`, a `numpy.random.Generator`. So a generator in the same state gives the same weights, and
# a second call with the same `rng` gives new ones. Every way of drawing is fine.
#
# The check draws matrices of 40,000 weights and looks at mean, variance, distribution and independence. By chance alone it is
# wrong about a right answer less than once in a million times.
# <!-- given 40,000 -->
#
# **Predict:** in which of these do `(100, 400)` and `(400, 100)` get the same variance?
# <!-- predict same_variance: LeCun's and He's | *Xavier's two | all of them -->
#
# <details><summary><b>Compare</b></summary>
#
# In Xavier's two, as the sum of the fans is the same. For LeCun and He the second matrix has a quarter of the variance of the first.
#
# </details>


# %% exercise="init_weights"
def init_weights(fan_in, fan_out, scheme, rng):
    """Random first weights of mean 0 and the scheme's variance.

    scheme: "lecun", "xavier", "xavier_uniform" or "he"; another: ValueError.
    rng: the numpy.random.Generator to draw from.  Returns shape (fan_in, fan_out).
    """
    ### BEGIN SOLUTION
    variances = {"lecun": 1 / fan_in, "he": 2 / fan_in}
    variances["xavier"] = variances["xavier_uniform"] = 2 / (fan_in + fan_out)
    if scheme not in variances:
        raise ValueError(f"unknown scheme {scheme!r}")
    if scheme == "xavier_uniform":
        a = np.sqrt(3 * variances[scheme])  # the variance is a**2 / 3
        return rng.uniform(-a, a, (fan_in, fan_out))
    return rng.normal(0, np.sqrt(variances[scheme]), (fan_in, fan_out))
    ### END SOLUTION


# %% test="init_weights" points=3
check(init_weights)
### BEGIN HIDDEN TESTS
check(init_weights, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Fifty layers
#
# *(The fourth sitting begins here.)*
#
# In a deep network the rule is applied fifty times, and small errors multiply. From here on all layers are equally wide, and we
# measure variances in units of LeCun's:
#
# $$ \sigma^2 = \text{width} \cdot \operatorname{Var} w . $$
#
# (In this notebook $\sigma^2$ always means that; the sigmoid is spelt out.) Below, images of digits enter fifty layers of 64 tanh
# units. The upper pictures show the values of each layer, the darker the more; the lower ones the size of the gradient that arrives
# at it: the mean square of its entries.
#
# **Predict:** what will you see at the last layer for $\sigma^2 = 0.25$? And for $\sigma^2 = 4$: is the gradient at the first layer smaller
# or larger than at the last?
# <!-- given 0.25 -->
# <!-- predict fifty_layers_of_tanh
# σ² = 0.25, last layer: lively | *squeezed to almost 0 | all at ±1
# σ² = 4, gradient at the first layer: smaller | *larger | the same
# -->

# %%
figures.initialization.depth_histograms(X)

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# With 0.25 the values halve in each layer and are squeezed to almost 0 after five: whatever image goes in, nothing comes out, and
# next to nothing comes back. With 4 the values fill the whole range and look lively, but the gradient *grows* on its way back, in the
# mean square more than a millionfold. Of the three only $\sigma^2 = 1$ treats both directions gently.
#
# </details>
# <!--
# given 0.25
# more than a millionfold: (lambda f: 1e6 < f.backward[0] / f.backward[-1] < 4e6)(experiments.initialization.random_signals("tanh", 4.0, 50, 64, 0, X[:48]))
# halve in each layer: (lambda f: all(1.8 < a / b < 2.2 for a, b in zip(f.forward[:5] ** 0.5, f.forward[1:6] ** 0.5)))(experiments.initialization.random_signals("tanh", 0.25, 50, 64, 0, X[:48]))
# -->

# %% [markdown]
# To judge a network before it is trained you need a gauge for every layer and both directions. Build it.
#
# ### Exercise: `signal_profile` · hard · 15 minutes
#
# A network without biases has $L$ layers, with an activation after **every** one, the last included. With
# $h_0 = X$ of shape `(n, d)`,
#
# $$ z_l = h_{l-1} W_l , \qquad h_l = \psi(z_l) , \qquad l = 1, \dots, L . $$
#
# `Ws` is the list $W_1, \dots, W_L$; the widths may differ. `G` is $\partial E / \partial h_L$, of the shape of $h_L$: the gradient that
# arrives at what the network *returned*. Return `(forward, backward)`, both of shape `(L,)`, in layer order:
#
# - `forward[l]` is the mean of the squares of all entries of $h_{l+1}$,
# - `backward[l]` is the mean of the squares of all entries of $\partial E / \partial z_{l+1}$.
#
# (Python counts from 0: index 0 belongs to the first layer.) `name` is here one of `"identity"`, `"sigmoid"`, `"tanh"` and `"relu"`. Call your own
# `activation` and `activation_grad`, or, where you have skipped them, write these four down once more inside your cell.
#
# **Predict:** is `backward[-1]` the mean square of `G`?
# <!-- predict last_slope: always | *for the identity only | never -->
#
# <details><summary><b>Compare</b></summary>
#
# In general only for the identity. $\partial E/\partial z_L$ is `G` times $\psi'(z_L)$: also the last activation has its slope.
#
# </details>


# %% exercise="signal_profile"
def signal_profile(X, Ws, name, G):
    """Mean squares of h_l and of dloss/dz_l, layer by layer, in a network without biases.

    X: (n, d).  Ws: list of weights (d_in, d_out).  name: activation after every layer.
    G: dloss/dh_L, shaped like the last h.  Returns (forward, backward), both (L,).
    """

    ### BEGIN SOLUTION
    def value_and_slope(z):
        if name == "sigmoid":
            s = 1 / (1 + np.exp(-z))
            return s, s * (1 - s)
        if name == "tanh":
            return np.tanh(z), 1 - np.tanh(z) ** 2
        if name == "relu":
            return np.maximum(z, 0), (z > 0) * 1.0
        return z, np.ones_like(z)

    h, slopes, forward, backward = X, [], [], []
    for W in Ws:
        h, slope = value_and_slope(h @ W)
        slopes.append(slope)
        forward.append(np.mean(h**2))
    for W, slope in zip(Ws[::-1], slopes[::-1]):
        dz = G * slope
        backward.append(np.mean(dz**2))
        G = dz @ W.T
    return np.array(forward), np.array(backward[::-1])
    ### END SOLUTION


# %% test="signal_profile" points=4
check(signal_profile)
### BEGIN HIDDEN TESTS
check(signal_profile, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Your gauge on real images, with 30 layers of ReLUs and weights of one size and two signs. **Predict:** for which of the three variances does the signal
# survive? (The layers are ReLUs, so what becomes of LeCun's $\sigma^2 = 1$?)
# <!-- predict surviving_signal: 1 | *2 | 3 -->

# %% raises-exception
chance = np.random.default_rng(1)
G, ends = chance.normal(size=(200, 64)), {}
for sigma2 in (1.0, 2.0, 3.0):
    size = np.sqrt(sigma2 / 64)
    Ws = [chance.choice([-size, size], (64, 64)) for _ in range(30)]
    forward, backward = signal_profile(X[:200], Ws, "relu", G)
    ends[sigma2] = (forward[-1], backward[0])
    print(f"variance {sigma2}: mean square of the last h {forward[-1]:.0e},", end=" ")
    print(f"of the gradient at the first z {backward[0]:.0e}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Only for 2. With 1 both are down to about $10^{-9}$ or below, with 3 both are up at $10^{4}$ or $10^{5}$. Each ReLU layer halves the mean
# square, and $2^{-30} \approx 10^{-9}$. (Layers of only 64 units add some chance of their own.)
#
# </details>
# <!--
# 10^{-9}: max(ends[1.0]) < 5e-9
# 10^{4}: 5e3 < min(ends[3.0])
# 10^{5}: max(ends[3.0]) < 5e5
# -->

# %% [markdown]
# ## The law behind it
#
# All these numbers can be predicted. Three facts about random numbers are needed.
#
# - The **expectation** $\mathbb{E}[\,\cdot\,]$ of something random is its mean over all draws. For independent factors the expectation
#   of the product is the product of the expectations.
# - A sum of many independent terms, none of which dominates, is nearly **normal** (the *central limit theorem*). We write
#   $z \sim N(0, q)$ for a normal number of mean 0 and variance $q$.
# - Such a number is $\sqrt q\; u$ with a **standard** normal $u \sim N(0, 1)$.
#
# Let the layers be wide, the weights random as before, and write $\langle h_l^2 \rangle$ for the mean of the squares of all entries of
# $h_l$ for one example (for examples of one size that is `forward`; $h_0$ is the input).
#
# **Forward, one layer.**
#
# 1. The pre-activations $z_l$ have the variance $q_l = \sigma^2 \langle h_{l-1}^2 \rangle$: the sum of variances from above, with
#    $d \cdot \operatorname{Var} w = \sigma^2$.
# 2. Each is a sum of many independent terms, so it is nearly normal: $z_l \sim N(0, q_l)$.
# 3. So the mean square behind the activation is an expectation over one normal number:
#
# $$ \langle h_l^2 \rangle = \mathbb{E}\big[\psi(\sqrt{q_l}\; u)^2\big] . $$
#
# One number goes in, one comes out. Iterate.

# %% [markdown]
# **Backward, one layer.** Write $g_l = \partial E/\partial z_l$ and $\langle g_l^2 \rangle$ for its mean square (that is `backward`).
#
# 1. $\frac{\partial E}{\partial h_{l-1}} = g_l\, W_l^\top$ is again a sum with random weights, over the units of layer $l$. Its mean square is
#    (number of these units) $\cdot \operatorname{Var} w \cdot \langle g_l^2 \rangle$. With equal widths that is $\sigma^2 \langle g_l^2 \rangle$.
# 2. $g_{l-1}$ is that, times $\psi'(z_{l-1})$, entry by entry. Taking the two factors for independent (which is not exact, and
#    turns out to be very good), the mean square of the product is the product of the mean squares:
#
# $$ \langle g_{l-1}^2 \rangle = \chi_{l-1}\, \langle g_l^2 \rangle, \qquad \chi_l = \sigma^2 \; \mathbb{E}\big[\psi'(\sqrt{q_l}\; u)^2\big] . $$
#
# So each layer multiplies the mean square of the gradient by its $\chi$ (chi). If it settles below 1, gradients **vanish** exponentially
# with depth, if above, they **explode**.
#
# Step 1 of both directions can be tested with a single layer. **Predict:** below, 300 values go into 500 units. Which of the two
# numbers multiplies $\operatorname{Var} w$ forwards, which one backwards?
# <!-- predict both_fans
# forwards: *300 | 500
# backwards: 300 | *500
# -->

# %%
d_in, d_out, var_w = 300, 500, 0.004
W = rng.choice([-1.0, 1.0], (d_in, d_out)) * np.sqrt(var_w)
h = np.tanh(rng.normal(size=(400, d_in)))
dz = rng.normal(size=(400, d_out)) * 0.3
forward, backward = np.mean((h @ W) ** 2), np.mean((dz @ W.T) ** 2)
print(f"forward:  {forward:.4f}, predicted {d_in * var_w * np.mean(h**2):.4f}")
print(f"backward: {backward:.4f}, predicted {d_out * var_w * np.mean(dz**2):.4f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Forwards the 300, since each unit sums over what comes in; backwards the 500, since each value is fed by all units above.
#
# </details>

# %% [markdown]
# ### Exercise: `second_moment_gain` · medium · 10 minutes
#
# Everything hangs on one expectation. Write it for $q = 1$: return $\mathbb{E}[\psi(z)^2]$ for $z \sim N(0, 1)$, a number, right to $0.001$. `psi` is a
# function that takes a number or an array (and returns the same shape). It may be any continuous function that is nowhere too steep.
#
# There are two ways. An **integral**: $\int \psi(z)^2\, \operatorname{pdf}(z)\, dz$ with the normal density $\operatorname{pdf}(z) = e^{-z^2/2} / \sqrt{2\pi}$, as a sum over a fine grid. Or **Monte
# Carlo**: a mean over many normal numbers. Its error is about the standard deviation of $\psi(z)^2$, divided by the root of how many you draw.
#
# **Predict:** the standard deviation of $\psi(z)^2$ is, say, 0.4. How many numbers do you need, so that an error of 0.001 is five
# standard errors?
# <!-- predict numbers_needed: = 4,000,000 × 1.5 -->
#
# <details><summary><b>Compare</b></summary>
#
# A standard error must be $0.001 / 5 = 0.0002$, and $0.4 / \sqrt{N} = 0.0002$ gives $N = 4$ million. For such a $\psi$ a
# sum over a grid of a thousand places is better than that.
#
# </details>
# <!--
# given 0.4, 0.001
# 0.0002 = 0.001 / 5
# $N = 4$ million: near((0.4 / 0.0002) ** 2 / 1e6, "4")
# thousand places is better: (lambda z: abs(np.sum(np.maximum(z, 0) ** 2 * np.exp(-(z**2) / 2)) / np.sum(np.exp(-(z**2) / 2)) - 0.5) < 2e-5)(np.linspace(-8, 8, 1000))
# -->


# %% exercise="second_moment_gain"
def second_moment_gain(psi):
    """E[psi(z)**2] for z ~ N(0, 1), to 0.001.

    psi: a function of a number or an array.  Returns a float.
    """
    ### BEGIN SOLUTION
    z = np.linspace(-10, 10, 20_001)
    mass = np.exp(-(z**2) / 2)
    return float(np.sum(psi(z) ** 2 * mass) / mass.sum())
    ### END SOLUTION


# %% test="second_moment_gain" points=3
check(second_moment_gain)
### BEGIN HIDDEN TESTS
check(second_moment_gain, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ## Where the schemes come from
#
# The signal keeps its size if $\langle h_l^2 \rangle = \langle h_{l-1}^2 \rangle$: a **fixed point** of the recursion. And the gradient keeps
# its size if $\chi = 1$ there. **Both** are wanted. Put the activations in:
#
# - **Identity**: $\langle h_l^2 \rangle = \sigma^2 \langle h_{l-1}^2 \rangle$, and $\chi = \sigma^2$. Both are satisfied for $\sigma^2 = 1$: LeCun.
# - **ReLU**: by symmetry half of the mean square of a normal number lies right of 0, so
#   $\langle h_l^2 \rangle = \tfrac12 \sigma^2 \langle h_{l-1}^2 \rangle$. And $\psi'^2$ is 1 or 0, half of the time each, so $\chi = \tfrac12 \sigma^2$.
#   Both are satisfied for $\sigma^2 = 2$: He. The 2 makes up for the ReLU *before* the layer, so the first layer, which sees the data, needs only 1.
#   And logits want less than 2: with He's variance in all layers the first loss of ten classes is about 3, above $\log 10 = 2.30$.
# - **Leaky ReLU, PReLU** with slope $\alpha$: the factor is $\tfrac12 (1 + \alpha^2)\, \sigma^2$ in both directions. Satisfied for
#   $\sigma^2 = 2 / (1 + \alpha^2)$.
# - **tanh**: every $\sigma^2 > 1$ has a fixed point above 0, but there $\chi > 1$. For $\sigma^2 = 1$ the only fixed point is 0, where tanh
#   is the identity and $\chi = 1$. On the way to it signals and gradients shrink, first quickly and then ever more slowly: LeCun's
#   variance, or Xavier's, which agrees with it at equal widths.
#
# So **no variance is right for all networks**: each activation asks for its own. Your function should confirm the second and the
# third:
# <!--
# about 3: 2.9 < np.log(np.exp(np.random.default_rng(0).normal(0, 2**0.5, (10_000, 10))).sum(axis=1)).mean() < 3.2
# 2.30 = np.log(10)
# -->

# %% raises-exception
for alpha in (0.0, 0.01, 0.25, 1.0):
    gain = second_moment_gain(
        lambda z, alpha=alpha: np.where(np.asarray(z) > 0, z, alpha * np.asarray(z))
    )
    print(f"slope {alpha:4}: gain {gain:.4f}, so variance {1 / gain:.4f};", end=" ")
    print(f"formula {2 / (1 + alpha**2):.4f}")

# %% [markdown]
# ### Why the centred variance is the wrong quantity
#
# A common slip: to follow the *variance* of $h$ instead of its mean square. For tanh the two agree, because its outputs have mean 0. A ReLU's don't:
# its mean square is $\tfrac12 q$, its variance only $0.341\, q$, as the square of its mean, $q / 2\pi$, is missing. Whoever follows the variance concludes that $\sigma^2$ should be
# $1 / 0.341 = 2.93$. **Predict** what happens to 20 layers that are set up in this way:
# <!--
# 0.341 = 0.5 - 0.5 / np.pi
# 2.93 = 1 / (0.5 - 0.5 / np.pi)
# -->
# <!-- predict centred_variance: the mean square stays | *it grows | it falls -->

# %%
for sigma2 in (2.0, 2 / (1 - 1 / np.pi)):
    h = rng.normal(size=(100, 300))
    for _ in range(20):
        signs = 2 * rng.integers(2, size=(300, 300)) - 1
        h = np.maximum(h @ signs * np.sqrt(sigma2 / 300), 0)
    print(f"variance {sigma2:.2f}: mean square {np.mean(h**2):.3g}, centred {np.var(h):.3g}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# With 2 the mean square stays of the order of 1. With 2.93 it grows by $2.93 / 2$ in each layer, to some $1.47^{20} \approx 2000$, or a third or three times that: 300 units leave so much to chance. The next layer sums $w_i h_i$ with the mean of $h$ left
# in, so it is the mean square that it feels.
#
# </details>
# <!--
# 2.93 = 2 / (1 - 1 / np.pi)
# 1.47 = 1 / (1 - 1 / np.pi)
# given 300
# 2000: 500 < np.mean(h**2) < 8000 and 1900 < (1 / (1 - 1 / np.pi)) ** 20 < 2300
# -->

# %% [markdown]
# ## Theory over measurement
#
# *(The fifth sitting begins here.)*
#
# Now fifty layers again, five kinds of networks, 400 units wide. The markers are measured, the black lines are the recursion.
#
# **Predict**, for the sigmoid with $\sigma^2 = 1$ and for tanh with $\sigma^2 = 16$: are the values of the last layer of a healthy size? The gradients at the first layer?
# <!-- given 400 -->
# <!-- predict healthy_or_not
# sigmoid, values: *healthy | vanishing | exploding
# sigmoid, gradient: healthy | *vanishing | exploding
# tanh, values: *healthy | vanishing | exploding
# tanh, gradient: healthy | vanishing | *exploding
# -->

# %%
figures.initialization.profiles()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# - **Sigmoid, 1**: the values have a mean square of 0.27, level through all layers, because the *mean* of a sigmoid's outputs keeps it up. The
#   gradient at the first layer is down to $10^{-63}$.
# - **tanh, 16**: forwards 0.78, as nothing can exceed 1; backwards it explodes, to $4 \cdot 10^{17}$. More than half of the units saturate, but
#   what the others let through is multiplied by large weights.
# - **ReLU, 1**: half of the mean square per layer, in both directions: $2^{-50} \approx 10^{-15}$.
# - **ReLU, 2**: level in both directions, up to chance.
# - **tanh, 1**: its fixed point is 0, and it creeps towards it. The mean squares fall about forty-fold forwards and seventy-fold backwards, ever
#   more slowly.
#
# So watch *both* directions. A look at the size of the values alone would have let the first two pass.
#
# </details>
# <!--
# 0.27 = experiments.initialization.measured_profiles(50, 400, 1)["sigmoid", 1.0][0][-1]
# 10^{-63}: 5e-64 < experiments.initialization.measured_profiles(50, 400, 1)["sigmoid", 1.0][1][0] < 5e-63
# 0.78 = experiments.initialization.measured_profiles(50, 400, 1)["tanh", 16.0][0][-1]
# 4 \cdot 10^{17} = experiments.initialization.measured_profiles(50, 400, 1)["tanh", 16.0][1][0]
# More than half of the units saturate: np.mean(1 - np.tanh(4 * 0.78**0.5 * experiments.initialization.normal_sample()) ** 2 < 0.05) > 0.5
# 10^{-15}: near(2.0**-50 / 1e-15, "1")
# about forty-fold: (lambda f: 30 < f[0][0] / f[0][-1] < 50)(experiments.initialization.measured_profiles(50, 400, 1)["tanh", 1.0])
# seventy-fold: (lambda f: 60 < f[1][-1] / f[1][0] < 80)(experiments.initialization.measured_profiles(50, 400, 1)["tanh", 1.0])
# -->

# %% [markdown]
# ### A third gauge: do two inputs stay different?
#
# The values of the sigmoid network have a steady size. Are they a *signal*? That depends on whether different images still give different
# values. For two images take the cosine of the angle between their values at a layer: 1 means the same direction, 0 perpendicular. The cell
# prints $1 - \cos$, the mean over all pairs of 100 digits, after 1, 5, 10, 32 and 50 layers: how different the images still are.
#
# **Predict** for the sigmoid with $\sigma^2 = 1$, and for the ReLU with He's variance: which of the two keeps images apart?
# <!-- predict kept_apart: the sigmoid | the ReLU | both | *neither for long -->

# %%
def differences(psi, sigma2, layers=50, width=200):
    """1 - cosine between the values of two images, on average, after each layer."""
    h, found, draws = X[:100], [], np.random.default_rng(2)
    for _ in range(layers):
        scale = np.sqrt(sigma2 / h.shape[1])
        h = psi(h @ draws.normal(0, scale, (h.shape[1], width)))
        unit = h / np.linalg.norm(h, axis=1, keepdims=True)
        apart = 1 - unit @ unit.T
        found.append(apart.sum() / (100 * 99))  # the diagonal is 0
    return found


apart = {
    "sigmoid, 1": differences(lambda z: 1 / (1 + np.exp(-z)), 1.0),
    "ReLU, 2": differences(lambda z: np.maximum(z, 0), 2.0),
    "tanh, 1": differences(np.tanh, 1.0),
}
for name, found in apart.items():
    print(f"{name:10}", "  ".join(f"{l:2}: {max(found[l - 1], 0):.1e}" for l in (1, 5, 10, 32, 50)))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# The sigmoid network forgets its input: after ten layers $1 - \cos$ is below $10^{-12}$. Since that is about half the *square* of the relative difference,
# the images then agree to six digits. The mean square did not show it, because it counts the part that all images share. He's
# ReLUs keep the size, and yet make images more and more alike: of a difference of 0.65 after one layer 0.01 are left after 32. tanh with
# $\sigma^2 = 1$ keeps them apart.
#
# So a healthy start wants three things: values of a steady size, gradients of a steady size, and inputs that stay different.
#
# </details>
# <!--
# 10^{-12}: abs(apart["sigmoid, 1"][9]) < 1e-12
# six digits: 1e-7 < np.sqrt(2 * apart["sigmoid, 1"][9]) < 3e-6
# 0.65 = apart["ReLU, 2"][0]
# 0.01 = apart["ReLU, 2"][31]
# keeps them apart: apart["tanh, 1"][49] > 0.9
# -->

# %% [markdown]
# ### Try it yourself
#
# **Predict**, then look:
#
# 1. tanh: from which variance on does the gradient explode? Is it the same number for a depth of 10?
# 2. ReLU with $\sigma^2 = 2$: change the seed, with few units and with many. Why do the markers leave the line?
# 3. The sigmoid: how does its gradient at the first layer depend on $\sigma^2$?
# 4. The identity with $\sigma^2 = 1$ never saturates. Is it stable?
# <!-- predict try_the_variance
# 1. tanh explodes from σ² = 1 to 2
# 1. the same at depth 10: yes | *no
# 2. markers leave the line: *most with few units | most with many units
# 3. σ² larger, sigmoid's gradient: *larger | smaller | the same
# 4. identity at σ² = 1: *stable | explodes | vanishes
# -->

# %% explorer
explorers.init_variance()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. In the limit of many layers for every $\sigma^2 > 1$, though slowly. In fifty layers the mean square exceeds 1 from about $\sigma^2 = 1.5$ on: the
#    gradient loses something to the slope of the last activation, and to the first layers, where the values are still large. It is
#    then about 32 at $\sigma^2 = 2$ and nearly a million at 4. With a depth of 10 it exceeds 1 only from about 2.5 on, and is 3.7 at 4: the
#    factor per layer is the same, but there are few of them.
# 2. The theory is for infinite width. At width 16 each layer multiplies by a random factor around 1, and fifty of these wander. The wider, the closer to the line.
# 3. The larger $\sigma^2$, the more of it survives. The slope is $\tfrac14$ at most, so it takes a $\sigma^2$ of 16 at least to make up for
#    it, and such weights saturate units: 23 % of them at 16, 29 % at 20, where the mean square still loses nineteen powers of ten in fifty layers. The next
#    cell goes further.
# 4. At this variance, yes, up to chance. Move it to 0.8 or 1.2: the product of matrices vanishes or explodes without any help.
#
# </details>
# <!--
# 1.5: (lambda t: t("tanh", 1.4, 50)[1][0] < 1 < t("tanh", 1.55, 50)[1][0])(experiments.initialization.theory)
# about 32: near(experiments.initialization.theory("tanh", 2.0, 50)[1][0], "32")
# nearly a million at 4: 8e5 < experiments.initialization.theory("tanh", 4.0, 50)[1][0] < 1e6
# 2.5: (lambda t: t("tanh", 2.4, 10)[1][0] < 1 < t("tanh", 2.6, 10)[1][0])(experiments.initialization.theory)
# 3.7 = experiments.initialization.theory("tanh", 4.0, 10)[1][0]
# 23 % = np.mean(activations.ACTIVATIONS["sigmoid"].grad((16 * experiments.initialization.theory("sigmoid", 16.0, 50)[0][-1]) ** 0.5 * experiments.initialization.normal_sample()) < 0.05)
# 29 % = np.mean(activations.ACTIVATIONS["sigmoid"].grad((20 * experiments.initialization.theory("sigmoid", 20.0, 50)[0][-1]) ** 0.5 * experiments.initialization.normal_sample()) < 0.05)
# nineteen powers of ten: 18.5 < -np.log10(experiments.initialization.theory("sigmoid", 20.0, 50)[1][0]) < 19.5
# given 0.8, 1.2
# -->

# %% [markdown]
# ### The criterion
#
# For sigmoid and tanh the recursion settles at a fixed point, and from then on every layer multiplies the gradient by the same $\chi$. So this
# one number, at the fixed point, says what happens in very deep networks. **Predict:** is there a $\sigma^2$ for which the sigmoid's gradient
# survives?
# <!-- predict sigmoid_of_any_variance: *yes | no -->

# %%
u = np.linspace(-8, 8, 8001)
mass = np.exp(-(u**2) / 2) / np.sum(np.exp(-(u**2) / 2))  # the expectation is a sum with this mass


def chi_at_fixed_point(psi, slope, sigma2):
    q = sigma2
    for _ in range(200):
        q = sigma2 * np.sum(mass * psi(np.sqrt(q) * u) ** 2)
    return sigma2 * np.sum(mass * slope(np.sqrt(q) * u) ** 2)


def sigmoid(z):
    return 0.5 + 0.5 * np.tanh(z / 2)


chi = {}
for sigma2 in (1, 16, 50, 100, 110, 200):
    chi["sigmoid", sigma2] = chi_at_fixed_point(sigmoid, lambda z: sigmoid(z) * sigmoid(-z), sigma2)
    chi["tanh", sigma2] = chi_at_fixed_point(np.tanh, lambda z: 1 - np.tanh(z) ** 2, sigma2)
    print(f"variance {sigma2:3}: chi of the sigmoid {chi['sigmoid', sigma2]:.2f},", end=" ")
    print(f"of tanh {chi['tanh', sigma2]:.2f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# Yes, between 100 and 110; beyond that it explodes, by the mechanism of tanh at 16: two thirds of the units saturate, and the others
# have large weights behind them. Nobody starts there. But it is the variance that decides, together with the activation; none protects from
# vanishing or exploding for every variance.
#
# </details>
# <!--
# 100: chi["sigmoid", 100] < 1
# 110: chi["sigmoid", 110] > 1
# two thirds of the units saturate: all(0.65 < np.mean(activations.ACTIVATIONS["sigmoid"].grad((v * experiments.initialization.theory("sigmoid", v, 50)[0][-1]) ** 0.5 * experiments.initialization.normal_sample()) < 0.05) < 0.69 for v in (100.0, 110.0))
# -->

# %% [markdown]
# ## What the weights feel
#
# The gradient with respect to a weight matrix has two factors. For one example it is the outer product of the incoming values and the gradient at the
# pre-activations, entry by entry $\partial E / \partial W_{l,ij} = h_{l-1,i}\, g_{l,j}$, so its size is the *product* of both sizes:
#
# $$ \lVert \nabla_{W_l} E \rVert = \lVert h_{l-1} \rVert \cdot \lVert g_l \rVert . $$
#
# (Norms are Euclidean, over all entries.) A gradient can therefore vanish because nothing comes back, or because nothing went in.

# %%
h, g = rng.normal(size=7), rng.normal(size=5)  # one example: 7 values in, 5 units
gradient = np.outer(h, g)  # of W, (7, 5)
print(f"length of the gradient {np.linalg.norm(gradient):.6f},", end=" ")
print(f"product of the lengths {np.linalg.norm(h) * np.linalg.norm(g):.6f}")

# %% [markdown]
# **Predict:** ReLUs with $\sigma^2 = 1$ lose half of their mean square per layer in both directions. Is the gradient of $W_l$ smaller in the first
# layers or in the last ones?
# <!-- predict gradient_of_the_weights: smaller in the first layers | smaller in the last | *neither -->
#
# <details><summary><b>Compare</b></summary>
#
# Neither! $h_{l-1}$ has lost $l - 1$ halves; $g_l$, counted from $g_L$, has lost $L - l$ of them: together always $L - 1$. All layers have equally tiny gradients,
# $2^{-(L-1)}$ in the mean square.
#
# </details>

# %% [markdown]
# ## Does it train?
#
# All of this is about the moment before the first step. Does it matter afterwards? Here are ReLU networks of 48 units per layer on the digits: seven variances, five depths, 200 steps of
# gradient descent on 64 images each (no step longer than the learning rate, so that explosions are given a fair chance). The number is the loss, in nats, the mean over the last 20 steps. Guessing at random costs
# $\log 10 = 2.30$; a ✕ on dark red stands for a loss above three times that, or for no number at all.
#
# The orange curves come from theory alone: there the *mean square* of the signal has changed by a factor of 100 on its way, $(\sigma^2 / 2)^{L} = 100^{\pm 1}$. The level line is He's variance. (The rows of the picture are not
# evenly spaced in $\sigma^2$; hence the bends in the curves.)
# <!--
# 2.30 = np.log(10)
# given 200, 64, 20, 100
# -->
#
# **Predict**, before you run it: at which depth does the variance begin to matter? What happens to a good variance at depth 32? It takes up to half a minute.
# <!-- predict depth_and_variance
# matters from depth: 2 | 4 | *8 | 32
# good variance at depth 32: trains as fast | *has learned little
# -->

# %%
figures.initialization.trainability()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# With 2 or 4 layers everything trains: shallow networks forgive. From 8 layers on the lower edge cuts in, and at 16 it is sharp: below it the gradient is gone and the loss stays at 2.30.
# The upper edge is soft at that depth: $\sigma^2 = 3$ lies outside the orange curves and still learns (about 0.6), better than 1.5 on the lower edge (about 0.9), and 4 ends near 1.3: too
# large a gradient is cut to a step of the learning rate's length and still points somewhere, a gradient of 0 doesn't. At depth 32 no others than 1.5 to 2.5 come well below 2.30, and with 4 the outputs are wild.
#
# At depth 32 even He's variance has learned little after 200 steps: that signals and gradients keep their size is not enough. The third gauge shows one reason: after 32 layers
# all images look nearly alike.
#
# </details>
# <!--
# 2.30 = np.log(10)
# about 0.6: 0.5 < experiments.initialization.last_losses(16, 200, 48, 0.2)[5] < 0.7
# about 0.9: 0.8 < experiments.initialization.last_losses(16, 200, 48, 0.2)[2] < 1.0
# near 1.3: 1.15 < experiments.initialization.last_losses(16, 200, 48, 0.2)[6] < 1.45
# no others than 1.5 to 2.5: (lambda a: [v for v, e in zip(experiments.initialization.VARIANCES, a) if e < 2.15] == [1.5, 2.0, 2.5])(experiments.initialization.last_losses(32, 200, 48, 0.2))
# given 1.5, 2.5, 200
# -->

# %% [markdown]
# ## How alike do two inputs become?
#
# *(The sixth sitting begins here.)*
#
# With He's variance both profiles of a ReLU network are level, and yet 32 layers of it learned little. The third gauge showed one reason.
# It can be predicted like the other two.
#
# Let two inputs $h$ and $h'$ of a layer have the same mean square, and let the **cosine** between them be $c$:
#
# $$ c = \frac{h \cdot h'}{\lVert h \rVert \, \lVert h' \rVert} . $$
#
# Both meet the *same* weights, so their pre-activations $z = \sum_i w_i h_i$ and $z' = \sum_i w_i h'_i$ are not independent of each
# other. **Predict:** what is the mean of the product $z z'$ over the random weights, by the three lines that gave the variance of $z$?
# <!-- predict mean_of_the_product: 0 | q | *c times q | c² times q -->
#
# <details><summary><b>Compare</b></summary>
#
# The mixed terms $w_i w_j$ have mean 0, so $\mathbb{E}[z z'] = \operatorname{Var} w \sum_i h_i h'_i$. That is $c$ times
# $\operatorname{Var} w \, \lVert h \rVert^2 = q$. So in a wide layer the cosine before the activation is what it was.
#
# </details>
#
# So behind the weights stand two normal numbers, each of mean 0 and variance $q$, with the correlation $c$: that is,
# $\mathbb{E}[z z'] = c\, q$. Then comes the activation, and behind it the cosine is
#
# $$ \frac{\mathbb{E}[\psi(z)\, \psi(z')]}{\mathbb{E}[\psi(z)^2]} , $$
#
# the mean product over the mean square, since in a wide layer a mean over the units is an expectation. (Cosine, not correlation: the means of $\psi(z)$ and
# $\psi(z')$ stay in, as they did in the mean square.)

# %% [markdown]
# ### Exercise: `correlation_step` · medium · 12 minutes
#
# Return this cosine behind the activation, a number, right to $0.001$. `psi` is a function of a number or an array, as in `second_moment_gain`. `c` is a number
# from $-1$ to $1$, both included, `q` is above 0. (Where $\psi(z)$ is always 0 there is no cosine; that is never asked for.)
# <!-- given 0.001 -->
#
# How do you get two normal numbers with correlation $c$? Mix two independent standard normal ones, $u$ and $v$:
#
# $$ z = \sqrt q\; u , \qquad z' = \sqrt q\, \big( c\, u + \sqrt{1 - c^2}\; v \big) . $$
#
# The mean over both is a double sum on a grid, 200 places for $u$ times 200 for $v$ are plenty while $q$ is not large, with the weight $\operatorname{pdf}(u) \operatorname{pdf}(v)$ at each place.
# <!-- given 200 -->
#
# **Predict** three values without computing: what comes out for $c = 1$? For the identity? For a ReLU and $c = -1$?
# <!-- predict three_cosines
# c = 1, any activation = 1
# the identity: 0 | *c | c²
# a ReLU and c = −1 = 0
# -->
#
# <details><summary><b>Compare</b></summary>
#
# 1, whatever $\psi$ is: equal inputs stay equal. The identity gives back $c$. And the ReLU 0: where $z$ is positive $z' = -z$ is
# negative, so one of the two values is always 0.
#
# </details>


# %% exercise="correlation_step"
def correlation_step(psi, c, q):
    """Cosine of two inputs behind an activation, to 0.001.

    psi: a function of a number or an array.  c: their cosine before it, from -1 to 1.
    q: variance of the pre-activations.  Returns a float.
    """
    ### BEGIN SOLUTION
    u = np.linspace(-8, 8, 401)
    density = np.exp(-(u**2) / 2)
    mass = density / density.sum()
    mixed = c * u[:, None] + np.sqrt(1 - c**2) * u  # rows: u, columns: v
    values = psi(np.sqrt(q) * u)
    product = (mass * values) @ (psi(np.sqrt(q) * mixed) @ mass)
    return float(product / (mass @ values**2))
    ### END SOLUTION


# %% test="correlation_step" points=3
check(correlation_step)
### BEGIN HIDDEN TESTS
check(correlation_step, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# For the ReLU the integral has a closed form, whatever $q$ is:
#
# $$ c \;\mapsto\; \frac{\sqrt{1 - c^2} + c\, (\pi - \arccos c)}{\pi} . $$
#
# Check yours against it, and then iterate it from $c = 0$ on, as if the images were perpendicular (the cosine of the hundred above is 0.02 on average).
# **Predict** how the difference $1 - c$ goes to 0 in fifty layers: does it halve every few layers?
# <!-- predict alike_in_fifty_layers: it halves every few layers | *slower and slower | it stays -->
# <!-- 0.02 = (lambda U: ((U @ U.T).sum() - 100) / 9900)(X[:100] / np.linalg.norm(X[:100], axis=1, keepdims=True)) -->

# %% raises-exception
def relu(z):
    return np.maximum(z, 0)


def closed(c):
    return (np.sqrt(1 - c**2) + c * (np.pi - np.arccos(c))) / np.pi


for c in (-0.5, 0.0, 0.9):
    print(f"c = {c:4}: yours {correlation_step(relu, c, 1.0):.4f}, closed form {closed(c):.4f}")
c, left = 0.0, []
for _ in range(50):
    c = closed(c)  # small errors of yours would add up
    left.append(1 - c)
print("1 - c: ", "  ".join(f"after {l}: {left[l - 1]:.3f}" for l in (1, 5, 10, 25, 50)))

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# No: from 5 to 10 layers it halves, but in the next 15 it falls only by a factor of 3.5, and from 25 to 50 by a little more than a factor of
# three. That is no exponential: in hundreds of layers it comes close to a power, $1/l^2$. The measured differences above (0.65 after one layer) begin
# as the theory says, 0.68, and stray from it, downwards with these weights: 200 units are not wide enough to be exact for so long.
#
# </details>
# <!--
# 5 to 10 layers it halves: 1.9 < left[4] / left[9] < 2.2
# comes close to a power, $1/l^2$: (lambda c: (lambda f: abs(np.log2(f[399] / f[799]) - 2) < 0.1)([1 - (c := (np.sqrt(1 - c**2) + c * (np.pi - np.arccos(c))) / np.pi) for _ in range(800)]))(0.0)
# 3.5 = left[9] / left[24]
# a little more than a factor of three: 3 < left[24] / left[49] < 3.7
# 0.65 = apart["ReLU, 2"][0]
# 0.68 = left[0]
# given 200
# -->

# %% [markdown]
# ### One number for both gauges
#
# Two inputs that are almost equal: does a layer draw them together, or apart? Write $c = 1 - \delta$ with a small $\delta$. Behind
# the layer the difference is $\delta$ times the slope of the map at $c = 1$. That slope is a known number: it is $q\, \mathbb{E}[\psi'(z)^2] / \mathbb{E}[\psi(z)^2]$ (for small $\delta$
# the two values differ by $\psi'(z)\,(z' - z)$, and $\mathbb{E}[(z' - z)^2] = 2 \delta q$). At a fixed point $q = \sigma^2\, \mathbb{E}[\psi(z)^2]$ above 0 it is
#
# $$ \sigma^2\; \mathbb{E}[\psi'(z)^2] = \chi , $$
#
# the very factor that the gradients are multiplied by on their way back.

# %% [markdown]
# So there $\chi$ is one number with two meanings:
#
# - $\chi < 1$, **order**: gradients vanish, and inputs become alike.
# - $\chi > 1$, **chaos**: gradients explode, and inputs that were almost equal drift apart, until nothing tells that they ever were.
# - $\chi = 1$, **the edge of chaos**: neither happens exponentially. Of the networks of 32 layers in the map above only those near it learned anything to speak of.
#
# (Without such a fixed point the gradient alone follows $\chi$: with tanh and $\sigma^2 = 0.5$, where $q$ goes to 0, inputs of mean square 1 and cosine 0.6 have 0.58 after fifty layers.)
#
# So the criterion in general is not a variance but $\chi = 1$ *at the fixed point*: choose the variances of weights (and of biases, if they are random, too) so that it holds.
# The ReLU with $\sigma^2 = 2$ is on the edge, and its differences fall by a power only. **Predict:** the slope of your map at
# $c = 1$, for tanh with $\sigma^2 = 2$. Where have you seen it?
# <!--
# given 0.5, 0.6
# only those near it: (lambda a: [v for v, e in zip(experiments.initialization.VARIANCES, a) if e < 2.15] == [1.5, 2.0, 2.5])(experiments.initialization.last_losses(32, 200, 48, 0.2))
# 0.58 = experiments.chaos.theory("tanh", 0.5, 0.0, 0.6, 50).cosines[-1]
# -->
# <!-- predict slope_at_one
# slope = 1.11 ± 0.05
# seen as: text
# -->

# %% raises-exception
q = 2.0
for _ in range(200):
    q = 2.0 * np.sum(mass * np.tanh(np.sqrt(q) * u) ** 2)
slope = (1 - correlation_step(np.tanh, 0.9, q)) / 0.1
chi_here = chi_at_fixed_point(np.tanh, lambda z: 1 - np.tanh(z) ** 2, 2.0)
print(f"difference behind the layer, over 0.1: {slope:.2f};  chi = {chi_here:.2f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# It is $\chi = 1.11$; at a distance of 0.1 it is a bit less, 1.09. So at $\sigma^2 = 2$ tanh is slightly chaotic.
#
# </details>
# <!--
# 1.11 = chi_here
# 1.09 = slope
# given 0.1
# -->

# %% [markdown]
# Here are both variances as axes: $\sigma_w^2$, which is $\sigma^2$ up to now, and $\sigma_b^2$, the variance of random biases. The dashed line is
# the edge, $\chi = 1$. Beside it, one network with 64 units as dots, the theory as a line: the cosine between the pre-activations of two inputs, and the gradient on its way back.
#
# **Predict**, then move the white point:
#
# 1. ReLU: what shape has its edge? (Does $\chi$ depend on $q$?)
# 2. tanh without biases, $\sigma_w^2 = 3$, two inputs of cosine 0.95: what is their cosine after 30 layers, by the line? What does it mean for two photographs of
#    the same digit?
# 3. tanh on the edge, once without biases and once with $\sigma_b^2 = 0.05$: which of them keeps gradients, which keeps inputs apart?
# 4. The sigmoid: where is its edge?
# <!-- predict edges_of_chaos
# ReLU: *a vertical line | a parabola | a slanted line
# cosine after 30 layers = 0.16 ± 0.2
# keeps inputs apart: *without biases | with biases
# edge of the sigmoid: near 4 | near 16 | *out of the picture
# -->
# <!-- given 0.95, 0.05 -->

# %% explorer
explorers.edge_of_chaos()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# 1. A vertical line at $\sigma_w^2 = 2$: its slopes are 0 and 1, half of the time each, whatever $q$ is. (Biases change $q$, not $\chi$.)
# 2. About 0.16: after 30 layers a small change of the input has become nearly another input altogether. What the network says about one photograph tells
#    little about the other.
# 3. On the edge neither loses its gradients exponentially. By the theory their mean square still falls, forty-fold in 30 layers without biases, two-fold with them
#    ($\sigma_w^2 = 1.76$), while the cosine of two inputs that began at 0.6 falls to 0.54 without biases, and rises to 0.84 with biases, which are the same for both. A single network of 64 units
#    scatters widely about these lines.
# 4. Out of the picture, far to the right: you found it between 100 and 110. Here everything is order.
#
# </details>
# <!--
# 0.16 = experiments.chaos.theory("tanh", 3.0, 0.0, 0.95, 30).cosines[-1]
# 0.54 = experiments.chaos.theory("tanh", 1.0, 0.0, 0.6, 30).cosines[-1]
# 0.84 = experiments.chaos.theory("tanh", 1.76, 0.05, 0.6, 30).cosines[-1]
# forty-fold: (lambda b: 35 < max(b) / min(b) < 45)(experiments.chaos.theory("tanh", 1.0, 0.0, 0.6, 30).backward)
# two-fold: (lambda b: 1.7 < max(b) / min(b) < 2.5)(experiments.chaos.theory("tanh", 1.76, 0.05, 0.6, 30).backward)
# given 1.76, 0.6
# given 100, 110
# -->

# %% [markdown]
# ## Two cures
#
# *(The seventh sitting begins here.)*
#
# The start of a deep network should lie near the edge, and random weights of a finite width hit it only up to chance. Since 2016 there are two
# cures that make the start less delicate. Both change the *network*, not the weights. ([He and others, 2016](https://arxiv.org/abs/1512.03385), is the paper of the first.)
#
# ### A way around
#
# A **residual layer** adds to what it gets, instead of replacing it:
#
# $$ h_l = h_{l-1} + \frac{1}{\sqrt L}\, \psi(h_{l-1} W_l) , \qquad l = 1, \dots, L , $$
#
# with all $W_l$ of shape `(d, d)`. The first summand is called a **skip connection**: it goes around the layer. On the way back a gradient has two ways as well, and the sum of both
# arrives: all of it around, and a share through the layer. Nothing needs to survive fifty slopes any more.
#
# Why the root of $L$? For the identity each layer adds a term of $\sigma^2 / L$ times the mean square that is there, independent of it: the mean square is multiplied by
# $1 + \sigma^2 / L$. **Predict:** by which factor do $L$ such layers multiply it, if $\sigma^2 = 1$ and $L$ is large? And without the root, for $L = 64$?
# <!-- predict many_small_additions
# with the root = 2.718 ± 0.1
# without it: 64 | 64² | *2 to the power of 64
# -->
#
# <details><summary><b>Compare</b></summary>
#
# By $(1 + 1/L)^L$, for large $L$ nearly $e = 2.72$. Without the root by $2^{64}$.
#
# </details>
# <!-- 2.72 = np.e -->

# %% [markdown]
# ### Exercise: `residual_profile` · medium · 12 minutes
#
# Measure residual layers as `signal_profile` measured plain ones. `X` and `G` have the shape `(n, d)`, `Ws` is the list of the $L$ matrices $W_l$ of shape `(d, d)`, and `name` is one of
# `"identity"`, `"sigmoid"`, `"tanh"`, `"relu"`. The layers are those of the formula above, $h_0 = X$, and `G` is $\partial E / \partial h_L$. Return `(forward, backward)`, both of shape `(L,)`, in layer order:
#
# - `forward[l]` is the mean square of $h_{l+1}$: what layer $l + 1$ hands up,
# - `backward[l]` is the mean square of $\partial E / \partial h_l$: what the same layer hands down.
#
# (So `backward[0]` is that of the gradient by the input `X`. It is $h$ here and not $z$: what is of interest is the sum of both ways.) The arrays that come in stay as they are.
#
# **Predict:** somebody sets all $W_l$ to 0, with tanh. What are `forward` and `backward`?
# <!-- predict all_weights_zero
# forward: zeros | *the mean square of X, everywhere
# backward: zeros | *the mean square of G, everywhere
# -->
#
# <details><summary><b>Compare</b></summary>
#
# Everything goes around: all `forward` are the mean square of `X`, all `backward` that of `G`. A residual network may start from layers that do nothing, and is then as good as one without them.
#
# </details>


# %% exercise="residual_profile"
def residual_profile(X, Ws, name, G):
    """Mean squares of h_l and of dloss/dh_{l-1}, layer by layer, in residual layers.

    X: (n, d).  Ws: list of L weights (d, d).  name: the activation in every layer.
    G: dloss/dh_L, (n, d).  Returns (forward, backward), both (L,).
    """

    ### BEGIN SOLUTION
    def value_and_slope(z):
        if name == "sigmoid":
            s = 1 / (1 + np.exp(-z))
            return s, s * (1 - s)
        if name == "tanh":
            return np.tanh(z), 1 - np.tanh(z) ** 2
        if name == "relu":
            return np.maximum(z, 0), (z > 0) * 1.0
        return z, np.ones_like(z)

    h, slopes, forward, backward = X, [], [], []
    for W in Ws:
        value, slope = value_and_slope(h @ W)
        h = h + value / np.sqrt(len(Ws))
        slopes.append(slope)
        forward.append(np.mean(h**2))
    for W, slope in zip(Ws[::-1], slopes[::-1]):
        G = G + (G * slope / np.sqrt(len(Ws))) @ W.T
        backward.append(np.mean(G**2))
    return np.array(forward), np.array(backward[::-1])
    ### END SOLUTION


# %% test="residual_profile" points=3
check(residual_profile)
### BEGIN HIDDEN TESTS
check(residual_profile, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# Your gauge on 64 and on 256 residual layers. **Predict:** identity and tanh with $\sigma^2 = 1$, ReLU with $\sigma^2 = 2$. For which of the three does the factor from one
# end of the network to the other stay the same when the network gets deeper? (You have seen the trap: think of the *mean* of what a layer adds.)
# <!-- predict which_stays
# identity: *stays | grows
# tanh: *stays | grows
# ReLU: stays | *grows
# -->
# <!-- given 256 -->

# %% raises-exception
chance, around = np.random.default_rng(1), {}
for name, sigma2 in (("identity", 1.0), ("tanh", 1.0), ("relu", 2.0)):
    for L in (64, 256):
        Ws = [chance.normal(0, np.sqrt(sigma2 / 64), (64, 64)) for _ in range(L)]
        G = chance.normal(size=(100, 64))
        forward, backward = residual_profile(X[:100], Ws, name, G)
        up, down = forward[-1] / np.mean(X[:100] ** 2), backward[0] / np.mean(G**2)
        around[name, L] = (up, down)
        print(f"{name:8} {L:3} layers: values {up:9.3g}-fold, gradients {down:9.3g}-fold")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# For the identity and tanh: factors between 1.2 and 3, at both depths. For the ReLU both grow, the values more than a thousandfold in 64 layers and
# more than a millionfold in 256. Each ReLU layer adds something positive to about half of the units, in proportion to the size that the values already have, and takes nothing away from the others: growth by a factor of about $1 + \text{const} / \sqrt L$ in each of $L$ layers,
# which is about $e^{\text{const} \sqrt L}$. The logarithm of the values' growth is about twice as large for four times the depth. It is the
# mean square that counts, once more. A second matrix behind the ReLU, whose random signs take the mean away, ends this; the second cure tames it.
#
# </details>
# <!--
# between 1.2 and 3: all(1.2 < f < 3 for k, v in around.items() if k[0] != "relu" for f in v)
# more than a thousandfold: around["relu", 64][0] > 1000
# more than a millionfold in 256: around["relu", 256][0] > 1e6
# about twice as large: 1.8 < np.log(around["relu", 256][0]) / np.log(around["relu", 64][0]) < 2.5
# ends this: all((lambda r: np.mean(__import__("functools").reduce(lambda h, _: h + np.maximum(h @ r.normal(0, (2 / 64) ** 0.5, (64, 64)), 0) @ r.normal(0, 1 / 8, (64, 64)) / L**0.5, range(L), X[:100]) ** 2) / np.mean(X[:100] ** 2))(np.random.default_rng(1)) < 3 for L in (64, 256))
# both grow: around["relu", 256][1] > 100 * around["relu", 64][1] > 1000
# -->

# %% [markdown]
# ### Back to a healthy size
#
# If the size of the signal is what goes wrong, why not set it right in every layer? **Layer normalization** ([Ba, Kiros and Hinton, 2016](https://arxiv.org/abs/1607.06450)) does it for one example at a
# time: of the pre-activations of an example, a row $z$ of $d$ numbers, it takes the mean away and divides by the standard deviation,
#
# $$ \tilde z = z - \tfrac1d \sum_j z_j , \qquad s = \sqrt{\tfrac1d \sum_j \tilde z_j^2 + \epsilon} , \qquad \hat z = \tilde z / s . $$
#
# Then each unit may stretch and shift the result, with two learned numbers of its own: $\text{gain} \cdot \hat z + \text{bias}$. The small number $\epsilon$ keeps
# a row of equal entries from a division by 0.
#
# (**Batch** normalization, [Ioffe and Szegedy, 2015](https://arxiv.org/abs/1502.03167), takes mean and deviation of each *unit* over the examples of a batch. Then what an example gets depends on its neighbours, and a batch of one
# needs something else.)

# %% [markdown]
# ### Exercise: `layer_norm` · easy · 5 minutes
#
# Return `(out, cache)`. `Z` has the shape `(n, d)`, `gain` and `bias` have the shape `(d,)`, and `out`, of shape `(n, d)`, is gain times $\hat z$ plus bias, row by row. The variance is the mean of the squares, with $1/d$. The `cache` is yours, as
# in notebook 05: any one object, for `layer_norm_backward`. The arrays that come in stay as they are.
#
# **Predict:** `Z` is multiplied by 100. What happens to `out`? And if 5 is added to every entry?
# <!-- predict scaled_and_shifted
# multiplied by 100: *nothing | 100 times as large | its square
# 5 added: *nothing | 5 more | it depends on the row
# -->
# <!-- given 100 -->
#
# <details><summary><b>Compare</b></summary>
#
# Nothing, both times (the first time but for $\epsilon$). A layer whose weights are a hundred times too large does the same behind the norm: on the way up the variance of the weights no longer matters.
#
# </details>


# %% exercise="layer_norm"
def layer_norm(Z, gain, bias, eps=1e-5):
    """Each row of Z with mean 0 and size 1, times gain, plus bias; and what the way back needs.

    Z: (n, d).  gain, bias: (d,).  eps: added to the variance.  Returns (out, cache), out (n, d).
    """
    ### BEGIN SOLUTION
    centred = Z - Z.mean(axis=1, keepdims=True)
    size = np.sqrt((centred**2).mean(axis=1, keepdims=True) + eps)
    normed = centred / size
    return gain * normed + bias, (normed, size, gain)
    ### END SOLUTION


# %% test="layer_norm" points=2
check(layer_norm)
### BEGIN HIDDEN TESTS
check(layer_norm, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# ### Exercise: `layer_norm_backward` · hard · 15 minutes
#
# Given `G`, $\partial E / \partial \text{out}$ of shape `(n, d)`, and the cache of a forward call, return `(dZ, dgain, dbias)`, each of the shape of what it belongs to.
#
# The last two are those of notebook 05: shared by all rows. For `dZ` take one row. Every $z_j$ reaches its own entry of the output directly, and all entries through the mean and through the size $s$. All paths are summed. You may
# go through the three formulas above backwards, one at a time; of the size you need $\partial s / \partial \tilde z_j = \tilde z_j / (d\, s)$, the derivative of a root. What comes out is short. A network calls the forward function in every layer before it comes back: a cache must survive later calls.
#
# **Predict:** what is the sum of a row of `dZ`? Think of what adding 5 to every entry of a row does to the output.
# <!-- predict sum_of_a_row
# sum = 0
# -->
#
# <details><summary><b>Compare</b></summary>
#
# 0: moving all entries alike changes nothing, so the gradient has no part in that direction. Multiplying a row changes nothing either (but for $\epsilon$), so it has no part along $\hat z$. The normalization takes both parts out of what comes back.
#
# </details>


# %% exercise="layer_norm_backward"
def layer_norm_backward(G, cache):
    """The gradients of a layer normalization, from that of its output.

    G: dloss/dout, (n, d).  cache: of layer_norm.  Returns (dZ, dgain, dbias).
    """
    ### BEGIN SOLUTION
    normed, size, gain = cache
    back = G * gain
    along = (back * normed).mean(axis=1, keepdims=True)
    dZ = (back - back.mean(axis=1, keepdims=True) - normed * along) / size
    return dZ, (G * normed).sum(axis=0), G.sum(axis=0)
    ### END SOLUTION


# %% test="layer_norm_backward" points=4
check(layer_norm_backward)
### BEGIN HIDDEN TESTS
check(layer_norm_backward, hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# A backward pass is right when nudging says so. Your `worst_gradient` of [notebook 05](../05_backprop_mlp/backprop_mlp.ipynb) would do it here: copy its cell to this place and ask it, with
# `{"Z": Z, "gain": gain, "bias": bias}` as parameters. Until then one random direction for each of the three is a quick test: **predict** how close the two columns are.

# %% raises-exception
draws = np.random.default_rng(4)
Z, G = draws.normal(size=(2, 6, 5))
gain, bias = draws.normal(size=(2, 5))
start, names = (Z, gain, bias), ("Z", "gain", "bias")
out, cache = layer_norm(*start)
gaps = []
for i, gradient in enumerate(layer_norm_backward(G, cache)):
    way = draws.normal(size=start[i].shape)
    ends = [
        np.sum(G * layer_norm(*start[:i], start[i] + step * way, *start[i + 1 :])[0])
        for step in (-1e-5, 1e-5)
    ]
    nudged, yours = (ends[1] - ends[0]) / 2e-5, np.sum(gradient * way)
    gaps.append(abs(nudged - yours))
    print(f"{names[i]:4}: nudged {nudged:.7f}, from your gradient {yours:.7f}")

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# To all digits that are printed, or one less: central differences are off by about the square of the step.
#
# </details>
# <!-- To all digits: max(gaps) < 1e-6 -->

# %% [markdown]
# ## The map once more
#
# *(The eighth sitting begins here.)*
#
# ReLU networks on the digits once more, now 32 units wide, 200 steps on 32 images each; four variances from 0.5 to 4, the depths 8 and 64, and the loss over the last 20 steps (it takes up to a minute). On the left as they were, then with layer normalization before each ReLU (gain 1, bias 0, not learned), with a way around every hidden
# layer but the first, and with both. **Predict:** which of the eight cells of the first map are below 1? And of the other three maps?
# <!-- predict four_maps
# plain, of depth 64: *none | one | all four
# norm alone, of depth 64: *none | two | all four
# skip alone, of depth 64: none | *those of small variance | all four
# both, of depth 64: none | those of small variance | *all four
# -->
# <!-- given 200, 0.5, 20 -->

# %%
figures.initialization.cured()

# %% [markdown]
# <details><summary><b>Compare</b></summary>
#
# - **Plain**: at depth 8 three of the four variances come below 1, at 64 none.
# - **Layer norm** alone: at depth 8 all four train, but at 64 nothing does (2.30 or more). It gives each image a healthy size in each layer, but the ReLUs make images alike: before training $1 - \cos$ is below $10^{-5}$ behind 64 layers.
# - **A way around** alone: 64 layers train, if the variance is small: 0.15 at $\sigma^2 = 0.5$. At 2 and 4 the means of the ReLUs pile up, as you measured, and the losses are far above that of guessing.
# - **Both**: everything trains. At depth 64 the losses go from 0.13 to 0.66. The way around keeps gradients alive and more of what tells images apart ($1 - \cos$ is 0.03); the norm keeps the means from multiplying.
#
# </details>
# <!--
# three of the four variances: (experiments.cures.last_losses("none", 8) < 1).sum() == 3
# at 64 none: min(experiments.cures.last_losses("none", 64)) > 1
# at depth 8 all four train: max(experiments.cures.last_losses("norm", 8)) < 0.5
# 2.30 or more: min(experiments.cures.last_losses("norm", 64)) > 2.295
# 10^{-5}: max(experiments.cures.differences("norm", 64)) < 1e-5
# 0.03 = experiments.cures.differences("skip and norm", 64)[2]
# 0.15 = experiments.cures.last_losses("skip", 64)[0]
# far above that of guessing: min(experiments.cures.last_losses("skip", 64)[2:]) > 2 * np.log(10)
# 0.13 = min(experiments.cures.last_losses("skip and norm", 64))
# 0.66 = max(experiments.cures.last_losses("skip and norm", 64))
# given 0.5
# -->

# %% [markdown] question="slides_on_gradients" points=4
# ### Question: four sentences (4 points, read by a person)
#
# For each of these sentences, say what is wrong with it, or what is wrongly concluded from it, and write the right version, with a
# reason from this notebook. Plan 10 minutes.
#
# 1. "Linear layers don't saturate; hence gradients through them are strong and stable."
# 2. "The gradient depends linearly on the slopes $\psi'(z_l)$. So a slope of $\tfrac14$ does little harm: it makes the gradient four times smaller."
# 3. "To avoid vanishing signals, set $h$ randomly, with a suitable variance."
# 4. "The outputs of the last layer have a healthy size, so the initialization is fine."
#
# Write your answer, about ten sentences, in the cell below this one.
#
# === BEGIN MARK SCHEME ===
#
# **Rubric**, 4 points, one for each sentence; half a point for "wrong" with a reason that is only partly right.
#
# - 1: it is true that $\psi' = 1$ never saturates, but the gradient is also multiplied by $W^\top$ in every layer; products of matrices vanish for
#   $\sigma^2 < 1$ and explode for $\sigma^2 > 1$.
# - 2: the premise holds for the slopes of *one* layer, the others held fixed; the conclusion is wrong. Through depth the slopes of all layers multiply, so a factor of at most $\tfrac14$ per layer is at most $4^{-L}$ after $L$ layers: exponential in depth.
# - 3: it is the *weights* that are set at random; $h$ follows from them and from the data. Right version: weights of mean 0 and variance 1/fan_in (identity, tanh) or 2/fan_in (ReLU).
# - 4: values can have a healthy size while gradients are dead or explode: sigmoid with $\sigma^2 = 1$ (mean square 0.27 forwards, $10^{-63}$ backwards), tanh with $\sigma^2 = 16$ (0.78 forwards, $10^{17}$ to $10^{18}$ backwards);
#   and they may be the same for all inputs. Gradients must be measured as well. (Naming one of the two shortcomings with an example is enough.)
# <!--
# 0.27 = experiments.initialization.measured_profiles(50, 400, 1)["sigmoid", 1.0][0][-1]
# 0.78 = experiments.initialization.measured_profiles(50, 400, 1)["tanh", 16.0][0][-1]
# given 10^{-63}, 10^{17}, 10^{18}
# -->
#
# **Model answer.**
#
# 1. Linear layers don't saturate, that is true, but their gradients are products of matrices, and those vanish for $\sigma^2
# < 1$ and explode for $\sigma^2 > 1$. Right: the gradient stays of a steady size where the variance of the weights fits, with
# or without activations.
#
# 2. In the slopes of one layer the gradient is linear. Over $L$ layers they multiply, and the product of slopes of at most
# $\tfrac14$ is at most $4^{-L}$: exponentially small in the depth.
#
# 3. What is set at random are the weights; $h$ follows from them and the data. Right: weights of mean 0 and variance 1/fan_in
# for the identity and tanh, 2/fan_in for ReLUs.
#
# 4. Values can look well while gradients don't. For the sigmoid with $\sigma^2 = 1$ the mean square is 0.27 forwards and the
# gradient is down to $10^{-63}$. And all inputs may give the same values. Right: measure values, gradients, and whether two
# different inputs still give different values at the end.
#
# === END MARK SCHEME ===

# %% [markdown]
# *Double-click here and replace this line by your answer.*

# %% [markdown]
# Done? The next cell lays a model answer and the points of its rubric beside yours, to be ticked one by one.

# %%
review("slides_on_gradients")

# %% [markdown]
# ## A starred problem
#
# Without points, and in nobody's way: `progress()` shows a star for it. It is checked as all others are, and the time table above leaves it out.
#
# ### Exercise: `chi_at_rest` · hard · 30 minutes · ★
#
# The edge of chaos in general. For wide layers with weights of variance $\sigma_w^2 / \text{fan-in}$ and biases of variance $\sigma_b^2$ the variance $q$ of the pre-activations goes from layer to layer by
#
# $$ q \leftarrow \sigma_w^2\, \mathbb{E}\big[\psi(\sqrt q\, u)^2\big] + \sigma_b^2, \qquad \chi = \sigma_w^2\, \mathbb{E}\big[\psi'(\sqrt q\, u)^2\big] $$
#
# with a standard normal $u$. Iterate $q$ from 1 until it is at rest, and return $\chi$ **there**, a float, to a thousandth of its value.
#
# `psi` and `slope` are functions that take numbers and arrays, $\psi$ and $\psi'$; `w2` and `b2` are $\sigma_w^2$ and $\sigma_b^2$. In the tests $q$ comes to rest within some hundred layers, at a value above 0.
#
# **Predict:** a leaky ReLU. Does $\chi$ depend on $\sigma_b^2$?
# <!-- predict chi_of_a_leaky_relu: yes | *no -->
#
# <details><summary><b>Compare</b></summary>
#
# No: its slope depends on the sign of $z$ alone, so $\chi$ does not depend on $q$, and only through $q$ would $\sigma_b^2$ come in. For tanh it does.
#
# </details>
#
# There are two hints.


# %% exercise="chi_at_rest" starred=true
def chi_at_rest(psi, slope, w2, b2):
    """What a layer multiplies the mean square of a gradient by, where q is at rest.

    psi, slope: an activation and its derivative.  w2, b2: variances.  Returns a float.
    """
    ### BEGIN SOLUTION
    u = np.linspace(-8, 8, 1601)
    bell = np.exp(-(u**2) / 2)
    mass = bell / bell.sum()
    q, before = 1.0, 0.0
    while abs(q - before) > 1e-10 * q:
        before, q = q, w2 * mass @ psi(np.sqrt(q) * u) ** 2 + b2
    return w2 * mass @ slope(np.sqrt(q) * u) ** 2
    ### END SOLUTION


# %%
check(chi_at_rest)

# %% [markdown]
# ## What you can say now
#
# - An activation is judged by what it hands on (bounded? centred? sparse?) and by its slope, which gradients are multiplied by.
# - A ReLU of the first layer that is off for all examples is dead. Shorter steps kill fewer; a slope on the left brings a unit back.
# - Equal units stay equal: weights start at random, with mean 0.
# - $\operatorname{Var} z$ is fan-in times $\operatorname{Var} w$ times the *mean square* of what comes in. LeCun (1/fan_in) and He (2/fan_in) keep it
#   for the identity and the ReLU, and at equal widths the gradient; Xavier is a compromise between both directions.
# - Three gauges: the size of values, the size of gradients, and whether inputs stay different. Each can look healthy while another is dead.
# - In wide networks the factor $\chi$ at the fixed point says whether gradients vanish or explode. It depends on the activation and on the variance, and its effect grows
#   exponentially with the depth. No activation protects for every variance.
# - At a fixed point above 0 the same $\chi$ says whether two inputs become alike (order) or drift apart (chaos). The criterion in general is $\chi = 1$ at the fixed point.
# - A way around each layer and layer normalization change the network instead of its weights. On digits, both together let ReLU networks of 64 layers learn at all
#   four variances that were tried; the way around alone at small ones, the norm alone at none.
#
# Now the network is ready for its first step. Which loss, which step, and when to stop: that is [notebook 07](../07_training/training.ipynb).
# <!-- recall
# variance of He's weights for 50 inputs and 20 outputs = 0.04
# variance of Xavier's for the same = 0.0286 ± 0.001
# ReLU keeps this share of the mean square, for weights of variance 1/fan_in = 0.5
# the slopes of 20 sigmoids divide a gradient by at least = 1e12 × 2
# too high a learning rate: revives dead units | *kills units
# weights equal, but not 0, at first: nothing moves | *equal units stay equal
# variance of weights, from small to large, for 100 in and 300 out: order Xavier < LeCun < He
# leaky relu of y with slope 0.01, with np: code np.where(y > 0, y, 0.01 * y)
# cosine of two inputs behind many ReLU layers with He's weights goes to = 1 ± 0.05
# χ = 1 is: order | chaos | *the edge between them
# a residual layer adds what, for L layers, divided by: L | *√L | 2
# mean of one example's values after layer normalization, before gain and bias = 0
# mean of their squares = 1 ± 0.001
# -->

# %%
progress()
