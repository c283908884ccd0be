"""What the usual error messages of Python and NumPy mean, in a sentence for someone who meets them first."""

import re

_LOOK = "Look at the `.shape` of both."
_PRODUCT = "In a matrix product the last axis of the left factor must be as long as the first of the right. " + _LOOK
_ENTRY_BY_ENTRY = "Arrays of these shapes can't be combined entry by entry. " + _LOOK
_PRODUCT_FIRST = (
    "Arrays of these shapes can't be combined entry by entry. Python works from left to right: `A @ B @ C * D` is the whole "
    "matrix product `A @ B @ C`, and then `* D`. On the way back a slope belongs to what arrives through the next layer, so "
    "bracket these two, `A @ ((B @ C) * D)`. " + _LOOK
)
_JOIN = "Arrays that are joined must have the same number of axes, and agree in all but one. " + _LOOK
_ONE_NUMBER = "An array of several values stands where a single number belongs."
_FOR_ARRAYS = " `math.exp` and `int(...)` take one; `np.exp` and `.astype(int)` take arrays."
_MANY = "A comparison of arrays has many answers where one is wanted: "
_MANY_ANSWERS = (
    _MANY + "`if`, `and`, `or`, `not`, `max` and `min` ask for one. Use `np.where`, `&`, `|`, `~`, `np.maximum` or "
    "`np.minimum` for an answer for each entry, `.all()` or `.any()` for one. A row of a table is an array, too."
)
_ONE_OF_TWO = (
    _MANY
    + "Python's `max(...)` and `min(...)` compare their arguments as a whole. Entry by entry it is `np.maximum(a, b)` "
    "or `np.minimum(a, b)`."
)
_ONE_CONDITION = (
    _MANY
    + "`if` and `while` go one way or the other. Where each entry has its own answer take `np.where(condition, a, b)`; "
    "is one meant for all, `.all()` or `.any()`. Look at the `.shape` of what stands there: a row of a table is an "
    "array, too."
)
_JOINED = _MANY + "`and`, `or` and `not` take single truth values. For arrays write `(a > 0) & (b > 0)`, `|`, `~`."
_NOTHING = "Something is None here: often the result of a function without `return`, or of one that works in place."
_NO_ATTRIBUTE = "A value of this type has nothing of that name. Is it the value that you think?"
_NO_INDEX = "Square brackets stand behind a single number: it has no entries."
_INTEGER = "An index or a length must be an integer: something else stands there."
_BEHIND = "The index lies behind the end: n entries have the indices 0 to n - 1. Is it the right axis?"
_SHAPE = (
    "`.shape` has an entry for each axis, and this array has fewer axes than that. A loop over "
    "`np.ndindex(x.shape)` meets every entry, however many axes there are."
)
_NO_HASH = (
    "It is to be a key of a dict or an entry of a set, and can't: a list, a dict, an array, or an object whose class "
    "defines `__eq__` (a dataclass does) without `__hash__`. `id(...)` of it is a number that can."
)
_NO_HASH_ARRAY = (
    "It is to be a key of a dict or an entry of a set, and an array or a list can't: `tuple(...)` of its numbers can."
)
_NO_ITEMS = "An entry of it can't be set: a tuple, a text or a single number stands where an array or a list is needed."
_READ_ONLY = (
    "This array is only for reading, `np.diag` and `np.broadcast_to` give such: take a copy, or fill one of your own."
)
_TOO_LARGE = (
    "A number became too large for a float: an `exp` of more than 709, or a power. Where that can happen, write the "
    "formula so that only exponentials of negative numbers come in."
)
_IN_PLACE = (
    "`+=`, `*=` and the like write into the array that is there, and one of integers can't take floats. `a = a * ...` "
    "makes a new one, and leaves the caller's as it was; an array of your own may start with `dtype=float`."
)
_INFINITE = "No integer is infinite: something was divided by 0, or `np.inf` met an array of integers."
_NOT_COMPARED = (
    "These two can't be compared: one of them is several results at once (a tuple, as `np.linalg.eig` and `np.where` "
    "give it), a list, a text or None."
)
_PAIRED = (
    "Lists of indices are paired, entry by entry: `a[rows, columns]` takes as many rows as columns, one pair for each "
    "value. Print how long both are."
)
_SINGLE = (
    "A loop, or several names on the left of `=`, meets a single value. Is a tuple of one meant? It is made by the comma: "
    "`(a,)` is one, `(a)` is `a` in brackets."
)
_NOT_DEFINED = (
    "A function meets a number for which it is not defined, such as the log of 0 or the root of a negative one: has a value "
    "that should be small been rounded to 0?"
)
_AS_AN_ERROR = (
    "Overflow, a division by 0 and nan are only noted where you say nothing: `np.seterr(all='raise')` or "
    "`np.errstate(...='raise')` makes errors of them. Look at what becomes too large here, and whether that does any harm."
)
_GENERATOR = (
    "A `Generator` has other names than the old `np.random`: `rng.normal` or `rng.standard_normal` (for `randn`), "
    "`rng.random` (for `rand`), `rng.integers` (for `randint`), `rng.permutation`, `rng.choice`."
)
_TENSOR = (
    "That belongs to PyTorch's tensors. A NumPy array has `+=`, `-=`, `*=` for what ends in `_`, `.copy()`, `.astype(...)`, "
    "`.reshape(...)`, and no gradients of its own."
)
_TENSORS = r"\.(\w+_|detach|numpy|cpu|backward|grad|no_grad|unsqueeze|view_as|permute|item_|size)\("
_OTHER_KIND = "These kinds of values can't be combined: a list, perhaps, that should be an array?"

# What else stands in the learner's own line tells which: a pattern, and what the error means there.
_IN_LINE: dict[str, tuple[tuple[str, str], ...]] = {
    _MANY_ANSWERS: (
        (r"(?<![.\w])(max|min)\(", _ONE_OF_TWO),
        (r"\b(and|or|not)\b", _JOINED),
        (r"\b(if|while|assert)\b", _ONE_CONDITION),
    ),
    _NO_ATTRIBUTE: ((_TENSORS, _TENSOR),),
    _BEHIND: ((r"\.shape\[", _SHAPE),),
    _ENTRY_BY_ENTRY: ((r"@[^()=,+-]*(?<!\*)\*(?!\*)", _PRODUCT_FIRST),),
}

# Type of the error, a piece of its message, what it means; the first line that fits is taken.
_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("AxisError", "", "The array has fewer axes than that. Print its `.shape`."),
    ("UFuncTypeError", "Cannot cast", _IN_PLACE),
    ("UnboundLocalError", "", "A variable is used before it has a value: set it before the loop or the `if`."),
    ("NameError", "", "This name means nothing here: is it misspelled, or defined in a cell that was not run?"),
    ("ValueError", "math domain", _NOT_DEFINED),
    ("ValueError", "expected a positive input", _NOT_DEFINED),
    ("ValueError", "expected a nonnegative input", _NOT_DEFINED),
    ("ValueError", "einsum", "The letters for each operand must be as many as its axes."),
    ("ValueError", "einstein sum", "The letters for each operand must be as many as its axes."),
    ("ValueError", "core dimension", _PRODUCT),
    ("ValueError", "not aligned", _PRODUCT),
    ("ValueError", "does not have enough dimensions", "`@` is for arrays; a plain number is multiplied with `*`."),
    ("ValueError", "broadcast", _ENTRY_BY_ENTRY),
    ("ValueError", "truth value of an empty", "A condition meets an array without entries."),
    ("ValueError", "truth value of an array", _MANY_ANSWERS),
    ("ValueError", "equal division", "`np.split` into a number of parts wants parts of one size; slices need not be."),
    ("ValueError", "read-only", _READ_ONLY),
    ("ValueError", "zero-size", "The smallest or largest entry of an empty array does not exist."),
    ("ValueError", "at least two arrays", "A product of several needs two factors: a single matrix stays as it is."),
    ("ValueError", "empty", "The smallest or largest of no values does not exist."),
    ("ValueError", "inhomogeneous", "The parts of which the array is made have different lengths."),
    ("ValueError", "array element with a sequence", _ONE_NUMBER),
    ("ValueError", "must match exactly", _JOIN),
    ("ValueError", "same number of dimensions", _JOIN),
    ("ValueError", "unpack", "There are more, or fewer, names on the left of `=` than values on the right."),
    ("ValueError", "cannot reshape", "A reshape keeps the number of entries: the new shape must have as many."),
    ("TypeError", "converted to Python scalars", _ONE_NUMBER + _FOR_ARRAYS),
    ("TypeError", "numpy boolean", "Truth values have no minus: turn them into numbers first, with `.astype(int)`."),
    ("TypeError", "NoneType", _NOTHING),
    ("TypeError", "not subscriptable", _NO_INDEX),
    ("TypeError", "unhashable type: 'numpy.ndarray'", _NO_HASH_ARRAY),
    ("TypeError", "unhashable type: 'list'", _NO_HASH_ARRAY),
    ("TypeError", "unhashable", _NO_HASH),
    ("TypeError", "item assignment", _NO_ITEMS),
    (
        "TypeError",
        "has no len()",
        "A single number has no length: the array has fewer axes than there are loops.",
    ),
    ("TypeError", "not supported between", _NOT_COMPARED),
    ("TypeError", "not iterable", _SINGLE),
    (
        "TypeError",
        "not callable",
        "Round brackets stand behind something that is no function: was its name reused, or is `@property` above a method?",
    ),
    ("TypeError", "unsupported operand", _OTHER_KIND),
    ("TypeError", "bad operand", _OTHER_KIND),
    ("TypeError", "multiply sequence", "A list can't be scaled: turn it into an array with `np.array(...)`."),
    ("TypeError", "interpreted as an integer", _INTEGER),
    ("TypeError", "scalar index", _INTEGER),
    ("TypeError", "indices must be integers", "A list takes one integer as index; `a[i, j]` is for arrays."),
    ("TypeError", "argument", "A function is called with the wrong number or kind of arguments."),
    ("IndexError", "too many indices", "There are more indices than axes. Print the array's `.shape`."),
    ("IndexError", "invalid index to scalar", _NO_INDEX),
    ("IndexError", "shape mismatch", _PAIRED),
    ("IndexError", "boolean index", "A mask must be as long as the axis that it selects from. " + _LOOK),
    ("IndexError", "integer", _INTEGER),
    ("IndexError", "", _BEHIND),
    ("AttributeError", "'NoneType'", _NOTHING),
    ("AttributeError", "'list'", "A list has no such attribute: turn it into an array with `np.array(...)`."),
    ("AttributeError", "'append'", "An array can't grow: collect in a list, or fill an array made before the loop."),
    ("AttributeError", "Generator' object", _GENERATOR),
    ("AttributeError", "", _NO_ATTRIBUTE),
    ("OverflowError", "infinity to integer", _INFINITE),
    ("OverflowError", "", _TOO_LARGE),
    ("FloatingPointError", "", _AS_AN_ERROR),
    ("ZeroDivisionError", "", "A number is divided by zero."),
    ("RecursionError", "", "The function calls itself without end: something must stop it."),
    ("MemoryError", "", "An array became far too large: did a row meet a column, and they broadcast?"),
    ("KeyError", "", "The dict has no such key."),
    ("AssertionError", "", "An `assert` found that its condition does not hold."),
)


def meaning(error: BaseException, message: str, line: str = "") -> str:
    """What an error says, in a sentence; "" where nothing general can be told.  line: the one that raised it."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    told = next((told for kind, piece, told in _MEANINGS if kind in kinds and piece in message), "")
    code = line.partition(": ")[2]
    return next((better for pattern, better in _IN_LINE.get(told, ()) if re.search(pattern, code)), told)
