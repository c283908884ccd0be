"""Kinds of slips, the likeliest first, in the words of a tutor: a question for the line, and what to say on request."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One kind.  name: for an instructor's list.  question: about the line, after its number.  told: what is wrong."""

    name: str
    question: str
    told: str


@dataclass(frozen=True)
class Scope:
    """Names that a function has: its own variables, and its parameters.

    tiny: variables that hold a small number: to add one of them again hides what it does elsewhere, and mends nothing.
    """

    variables: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    tiny: tuple[str, ...] = ()


SLIPS: dict[str, Slip] = {
    "extra": Slip(
        "a line too many",
        "what would happen without this line?",
        "This line should not be there.",
    ),
    "returned": Slip(
        "the order of the results",
        "in which order are the results wanted?",
        "The results are returned in another order than is wanted.",
    ),
    "sign": Slip(
        "a sign",
        "which sign does each term have?",
        "A sign is the opposite of the right one: a plus stands for a minus, or a minus is missing or too much.",
    ),
    "boundary": Slip(
        "the case where both sides are equal",
        "what should happen where both sides are equal?",
        "The comparison is right but where both sides are equal: that case belongs to the other side.",
    ),
    "comparison": Slip(
        "a condition",
        "for which values is this condition true, and for which should it be?",
        "A condition asks for something else than it should: a comparison the other way round, `and` for `or`, or a "
        "`not` that is missing or too much.",
    ),
    "axis": Slip(
        "an axis",
        "along which axis does this run, and which one should be left over?",
        "The axis is not the right one, or no axis is given where one is needed.",
    ),
    "transpose": Slip(
        "a transpose",
        "which axes meet here, and what shape should come out?",
        "An array must be turned (transposed) here, or must not be.",
    ),
    "mean": Slip(
        "a sum for a mean, or the other way round",
        "should this grow with the number of terms?",
        "A sum stands where a mean belongs, or a mean where a sum belongs.",
    ),
    "dtype": Slip(
        "the kind of an array's numbers",
        "which kind of numbers can this array hold?",
        "This array holds integers, by its `dtype` or after the pattern of another one: it can hold no fractions.",
    ),
    "rows": Slip(
        "one list that stands in all places",
        "how many lists are made here?",
        "`[row] * n` makes no copies: all entries are one and the same list, and what is set in one is set in all. "
        "`[... for _ in range(n)]` makes n of them.",
    ),
    "augment": Slip(
        "`=` for `+=`, or the other way round",
        "what becomes of the value that was there before?",
        "`=` stands where `+=` belongs, or the other way round: a value is replaced that should be added to, or added "
        "to that should be replaced.",
    ),
    "index": Slip(
        "an index",
        "which entry is meant: can you follow the index for the first and for the last one?",
        "An index or a slice takes another entry than the one that is meant.",
    ),
    "range": Slip(
        "the beginning, the end or the direction of a loop",
        "with which index does this begin and end, and in which direction does it go?",
        "The loop begins or ends one too early or too late, or goes the other way.",
    ),
    "direction": Slip(
        "the direction of a slice",
        "in which order do the entries stand, and in which should they?",
        "The order is the opposite of the one that is meant: `[::-1]` turns it around.",
    ),
    "order": Slip(
        "two operands exchanged",
        "which of the two stands first?",
        "Two operands have changed places.",
    ),
    "number": Slip(
        "a number",
        "can you say of each number in it where it comes from?",
        "A number in this line is another one than it should be.",
    ),
    "operator": Slip(
        "an operation",
        "is each operation in it the one that the formula has?",
        "One operation is another one than in the formula: `*` for `/`, for `@` or for `**`, say.",
    ),
    "brackets": Slip(
        "brackets",
        "what is worked out first here, and what should be?",
        "Brackets are missing or stand elsewhere: the operations happen in another order than is meant.",
    ),
    "indent": Slip(
        "the indentation",
        "how often should this run: once, or in every turn? And when?",
        "The line belongs to a block (a loop, an `if`) that it should stand behind, or the other way round.",
    ),
    "term": Slip(
        "a term too many",
        "does everything in it belong to the formula?",
        "There is a term or a factor in this line that does not belong there.",
    ),
    "arguments": Slip(
        "two arguments exchanged",
        "which argument does the function expect first?",
        "Two arguments of a call have changed places.",
    ),
    "function": Slip(
        "the neighbour of the function that is meant",
        "does this function do what you mean?",
        "A function is used whose neighbour is meant: `max` and `min`, `sum` and `max`, `zeros` and `ones`, `any` and "
        "`all` are such.",
    ),
    "name": Slip(
        "another variable than the one that is meant",
        "is every variable in it the one that you mean?",
        "One variable stands where another one of yours belongs.",
    ),
    "length": Slip(
        "the length of another axis",
        "which axis has the length that is needed?",
        "It is the length of another axis that is needed.",
    ),
    "keepdims": Slip(
        "`keepdims`",
        "which shape does this have, and does it meet the other one as it should?",
        "An axis of length 1 is kept that should go, or gone that should be kept: look at `keepdims`.",
    ),
    "branches": Slip(
        "two branches exchanged",
        "which of the two applies when?",
        "The two branches have changed places.",
    ),
    "wrapped": Slip(
        "a function too many",
        "is this function applied to the right thing, and is it needed?",
        "A function is applied here that should not be.",
    ),
    "moved": Slip(
        "two lines exchanged",
        "must this happen before or after its neighbour?",
        "Two lines have changed places: one uses what the other one should have changed first, or should not have yet.",
    ),
    "written": Slip(
        "an array that is written into",
        "into which array does this write, and can that one take it?",
        "This writes into an array that is there already: another name may stand for it, too, or it holds integers and can "
        "take no fractions. `a = a + ...` makes a new one.",
    ),
    "copy": Slip(
        "a copy that is missing",
        "is this an array of its own, or another name for the same one?",
        "Two names stand for the same array here: what changes one of them changes both. Make a copy, or a new array.",
    ),
    "error": Slip(
        "the kind of an error",
        "which kind of error is asked for?",
        "An error is raised, but of another kind than the one that is asked for.",
    ),
    "missing": Slip(
        "a function that is missing",
        "should this value go through a function first?",
        "The value is used as it is, though it should go through a function first: its size, its square or its root, or "
        "1 minus it.",
    ),
    "factor": Slip(
        "a factor that is missing",
        "does it have every factor that the formula has?",
        "A factor or a divisor of the formula is missing in this line.",
    ),
    "lacking": Slip(
        "a term that is missing",
        "does it have every term that the formula has?",
        "A term of the formula is missing in this line: something should be added or subtracted.",
    ),
    "left out": Slip("a step that is missing", "is there a step missing here?", "A step is missing here."),
}
RANK = {kind: rank for rank, kind in enumerate(SLIPS)}
