"""``letters``: the one table of the letters and shapes of the course."""

from dataclasses import dataclass

_ALL = (1, 2, 3, 4, 5, 6, 7, 8)


@dataclass(frozen=True)
class Letter:
    """What a letter stands for in some of the notebooks.

    sign: as a formula.  shape: as it stands in code, "" for a function or a symbol.
    """

    sign: str
    meaning: str
    shape: str
    notebooks: tuple[int, ...]


LETTERS = (
    Letter("n", "number of examples, one in each row", "number", _ALL),
    Letter("d", "number of inputs of a unit or network", "number", _ALL),
    Letter("m", "width of a hidden layer: its number of units, or of basis functions", "number", (2, 3, 4, 5, 7)),
    Letter("m", "number of mistakes so far", "number", (1,)),
    Letter("k", "number of outputs, of classes", "number", (1, 2, 4, 5, 7, 8)),
    Letter("X", "the inputs of all examples", "(n, d)", (1, 2, 5, 6, 7, 8)),
    Letter("x", "one example, or one number that goes in", "(d,)", _ALL),
    Letter("y", "label or target of an example; in 04 also what a function returns", "(n,)", (1, 2, 4, 5, 7, 8)),
    Letter(r"\hat y", "prediction", "like y", (1, 5, 7)),
    Letter("w", "weights of one unit", "(d,)", (1, 2, 3, 6, 7)),
    Letter("b", "bias of one unit, biases of a layer", "number, (d_out,)", (1, 2, 3, 5, 6, 7, 8)),
    Letter(r"\tau", "threshold of a unit (tau), $-b$", "number", (1,)),
    Letter(
        r"v, \tilde x", "weights and bias in one vector, $[w, b]$; an example with its 1, $[x, 1]$", "(d+1,)", (1, 7)
    ),
    Letter(
        "W",
        "weights of a layer: a row for each input, a column for each output",
        "(d_in, d_out)",
        (2, 3, 4, 5, 6, 7, 8),
    ),
    Letter(r"\theta", "all parameters together", "any", (2, 7)),
    Letter("L", "number of layers; they are numbered $l = 1, \\dots, L$", "number", (2, 4, 5, 6, 7, 8)),
    Letter("z", "weighted sum plus bias, the pre-activation; of the last layer: logits", "(d_out,)", _ALL),
    Letter("Z", "the same for all examples", "(n, d_out)", (5, 6, 7, 8)),
    Letter(r"\psi", "activation (psi), entry by entry", "", (2, 3, 4, 5, 6, 8)),
    Letter(r"\sigma", "the sigmoid $1/(1 + e^{-z})$", "", (2, 3, 5)),
    Letter("f, F", "output of a network, its logits; of all examples", "(k,), (n, k)", (2,)),
    Letter("h", "hidden values $\\psi(z)$ of one example", "(m,)", (2, 3, 5, 8)),
    Letter("h", "hidden values $\\psi(z)$ of one example, of one layer", "(d_out,)", (6,)),
    Letter("H", "hidden values of all examples", "(n, m)", (5,)),
    Letter("p", "probability, probabilities of the classes", "(k,)", (2, 4, 5, 7)),
    Letter("S, Y", "probabilities and one-hot truths of all examples", "(n, k)", (5,)),
    Letter("E", "the loss; $E_i$ of example $i$", "number", (2, 4, 5, 6, 7, 8)),
    Letter(r"\nabla_W E", "gradient of the loss by $W$, shaped like $W$", "like W", (2, 4, 5, 6, 7, 8)),
    Letter("g", "gradient of the loss by what a module returned, for one example", "like it", (4, 5, 6)),
    Letter("G", "the same for all examples; with an index $l$: by $Z_l$", "like it", (4, 5, 6)),
    Letter("G", "gradient of the loss by the pre-activations $Z$ of a layer", "(n, d_out)", (8,)),
    Letter(r"\eta", "learning rate, `eta` or `lr` in code", "number", (1, 2, 7, 8)),
    Letter("s", "sign of a label, $2y - 1$", "(n,)", (1, 2, 7)),
    Letter(
        r"\gamma, R", "smallest distance to the right side, largest length; examples with an extra 1", "number", (1,)
    ),
    Letter(r"\lambda", "weights of a certificate", "(n,)", (1, 2)),
    Letter(r"\varphi_j, \Phi", "basis function (phi); their values for all examples", "(n, m)", (2,)),
    Letter(r"f, \hat f", "function to come close to, function of a network", "", (3,)),
    Letter("k", "number of tents, one in each hidden layer", "number", (3,)),
    Letter("g", "a function of one number; a ridge is $g(w \\cdot x)$", "", (3,)),
    Letter("r", "number of ridges", "number", (3,)),
    Letter("c_j", "weight of a hinge, of a ridge", "(m,), (r,)", (3,)),
    Letter("k, q", "frequencies of waves, where it is about ridges", "number", (3,)),
    Letter("q", "number of hidden layers, where it is about the sawtooth", "number", (3,)),
    Letter("p", "sum of products of waves, in *Two inputs, then any number* only", "", (3,)),
    Letter("N, F_N", "number of waves in one direction; the weights of a mean that come with it", "number", (3,)),
    Letter("u", "one number: a place, a shift of $x$", "number", (3,)),
    Letter("u, v", "place along a fold, distance from it with a sign", "(n,)", (3,)),
    Letter("t_j, v_j", "knots and values of a broken line", "(m+1,)", (3,)),
    Letter(r"\Delta", "width of an interval", "number", (3,)),
    Letter("M_2", "bound of the second derivative", "number", (3,)),
    Letter(r"\varepsilon", "a small number: allowed error (03), step of a difference quotient (04)", "number", (3, 4)),
    Letter("a, b, c, d", "modules of the small graphs; elsewhere $d$ is as above", "number", (4,)),
    Letter("v", "direction in which something moves; with momentum: velocity", "like what moves", (4, 7)),
    Letter("u, v", "what goes into a module, and what comes out of it", "any", (5,)),
    Letter("u_1, u_2", "running means of a gradient and of its square", "like the parameters", (7,)),
    Letter(r"\beta", "share of a velocity or a running mean that is kept (beta)", "number", (7,)),
    Letter("t", "number of a step, from 1; in *Distances of distributions* a real number", "number", (7,)),
    Letter(r"\rho", "distance from a ridge (rho), in *Are there many saddles?* only", "number", (7,)),
    Letter("J", "Jacobian: a row for each output, a column for each input", "(outputs, inputs)", (4, 5)),
    Letter("H", "Hessian: the second derivatives by $d$ parameters", "(d, d)", (4, 7)),
    Letter(r"\sigma^2", "width times variance of the weights", "number", (6, 8)),
    Letter(r"\langle h_l^2 \rangle", "mean of the squares of all entries of $h_l$", "number", (6,)),
    Letter("q_l", "variance of the pre-activations $z_l$", "number", (6,)),
    Letter(r"\chi", "factor by which one layer multiplies the mean square of a gradient (chi)", "number", (6,)),
    Letter(
        "c", "cosine of two inputs at a layer, $h \\cdot h' / (\\lVert h \\rVert \\lVert h' \\rVert)$", "number", (6,)
    ),
    Letter(
        r"\sigma_w^2, \sigma_b^2",
        "the same as $\\sigma^2$ beside it, and the variance of random biases",
        "number",
        (6,),
    ),
    Letter(
        r"\tilde z, \hat z",
        "pre-activations of one example without their mean; divided by their size, too",
        "(d,)",
        (6,),
    ),
    Letter(r"\mathbb{E}[\,\cdot\,]", "expectation: mean over everything random", "number", (6,)),
    Letter("u", "a standard normal number", "number", (6,)),
    Letter(r"\alpha", "slope or depth of an activation on its left side", "number", (6,)),
    Letter("a", "edge of a uniform distribution", "number", (6,)),
    Letter(
        r"\gamma", r"margin of a direction, its smallest $s_i\, \tilde x_i \cdot v / \lVert v \rVert$", "number", (7,)
    ),
    Letter(
        "a_i, q_i",
        r"weights with sum 1; $s_i\, \tilde x_i \cdot v$, both in *Where an endless walk leads* only",
        "number",
        (7,),
    ),
    Letter("q", "probabilities that a model gives, in *Distances of distributions* only", "(k,)", (7,)),
    Letter(r"\mu", "shortest mean of the $s_i\\, \\tilde x_i$ (mu)", "(d+1,)", (7,)),
    Letter(r"\tau^2", "variance of a Gaussian target", "number", (7,)),
    Letter("r", "residual $\\hat y - y$", "like y", (7,)),
    Letter(r"\delta", "where Huber's loss turns straight", "number", (7,)),
    Letter("B", "number of examples in a minibatch", "number", (7,)),
    Letter(r"\lambda", "strength of weight decay", "number", (7,)),
    Letter(r"\kappa", "curvature: an eigenvalue of the Hessian (kappa)", "number", (7,)),
)


class Table:
    """The rows of some letters, as a table with formulas, and as plain text."""

    def __init__(self, rows: tuple[Letter, ...], title: str) -> None:
        self._rows, self._title = rows, title

    def _repr_markdown_(self) -> str:
        head = "| letter | stands for | shape | notebooks |\n|---|---|---|---|\n"
        lines = [f"| ${r.sign}$ | {r.meaning} | {_code(r.shape)} | {_span(r.notebooks)} |" for r in self._rows]
        return f"**{self._title}**\n\n{head}" + "\n".join(lines)

    def __repr__(self) -> str:
        lines = [f"  {row.sign:24} {row.meaning}{f', {row.shape}' * bool(row.shape)}" for row in self._rows]
        return "\n".join([self._title, *lines])


def letters(notebook: int | None = None) -> Table:
    """The letters of the course with their shapes, or those of one notebook.

    Raises: ValueError where there is no such notebook.
    """
    if notebook is None:
        return Table(LETTERS, "Letters of the course")
    if notebook not in _ALL:
        raise ValueError(f"letters({notebook!r}): got no number of a notebook, expected one of 1 to {_ALL[-1]}")
    rows = tuple(row for row in LETTERS if notebook in row.notebooks)
    return Table(rows, f"Letters of notebook {notebook:02}")


def _code(shape: str) -> str:
    return f"`{shape}`" if shape.startswith("(") else shape


def _span(notebooks: tuple[int, ...]) -> str:
    """01 to 03 for three or more in a row, else the numbers."""
    if len(notebooks) > 2 and notebooks == tuple(range(notebooks[0], notebooks[-1] + 1)):
        return f"{notebooks[0]:02} to {notebooks[-1]:02}"
    return ", ".join(f"{number:02}" for number in notebooks)
