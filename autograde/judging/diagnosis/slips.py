"""Kinds of slips, the likeliest first, in the words of a tutor: a question for the line, and what to say on request."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    """One kind.  question: about the line, after its number.  told: what is wrong."""

    question: str
    told: str


@dataclass(frozen=True)
class Scope:
    """Names that a function has: its own variables, and its parameters."""

    variables: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


SLIPS: dict[str, Slip] = {
    "extra": Slip(
        "what would happen without this line?",
        "This line should not be there.",
    ),
    "returned": Slip(
        "in which order are the results wanted?",
        "The results are returned in another order than is wanted.",
    ),
    "sign": Slip(
        "which sign does each term have?",
        "A sign is the opposite of the right one: a plus stands for a minus, or a minus is missing or too much.",
    ),
    "boundary": Slip(
        "what should happen where both sides are equal?",
        "The comparison is right but where both sides are equal: that case belongs to the other side.",
    ),
    "comparison": Slip(
        "for which values is this condition true, and for which should it be?",
        "A condition asks for something else than it should: a comparison the other way round, `and` for `or`, or a "
        "`not` that is missing or too much.",
    ),
    "axis": Slip(
        "along which axis does this run, and which one should be left over?",
        "The axis is not the right one, or no axis is given where one is needed.",
    ),
    "transpose": Slip(
        "which axes meet here, and what shape should come out?",
        "An array must be turned (transposed) here, or must not be.",
    ),
    "mean": Slip(
        "should this grow with the number of terms?",
        "A sum stands where a mean belongs, or a mean where a sum belongs.",
    ),
    "augment": Slip(
        "what becomes of the value that was there before?",
        "`=` stands where `+=` belongs, or the other way round: a value is replaced that should be added to, or added "
        "to that should be replaced.",
    ),
    "index": Slip(
        "which entry is meant: can you follow the index for the first and for the last one?",
        "An index or a slice takes another entry than the one that is meant.",
    ),
    "range": Slip(
        "with which index does this begin and end, and in which direction does it go?",
        "The loop begins or ends one too early or too late, or goes the other way.",
    ),
    "order": Slip(
        "which of the two stands first?",
        "Two operands have changed places.",
    ),
    "number": Slip(
        "can you say of each number in it where it comes from?",
        "A number in this line is another one than it should be.",
    ),
    "operator": Slip(
        "is each operation in it the one that the formula has?",
        "One operation is another one than in the formula: `*` for `/`, for `@` or for `**`, say.",
    ),
    "brackets": Slip(
        "what is worked out first here, and what should be?",
        "Brackets are missing or stand elsewhere: the operations happen in another order than is meant.",
    ),
    "indent": Slip(
        "how often should this run: once, or in every turn? And when?",
        "The line belongs to a block (a loop, an `if`) that it should stand behind, or the other way round.",
    ),
    "term": Slip(
        "does everything in it belong to the formula?",
        "There is a term or a factor in this line that does not belong there.",
    ),
    "arguments": Slip(
        "which argument does the function expect first?",
        "Two arguments of a call have changed places.",
    ),
    "function": Slip(
        "does this function do what you mean?",
        "A function is used whose neighbour is meant: `max` and `min`, `zeros` and `ones`, `any` and `all` are such.",
    ),
    "name": Slip(
        "is every variable in it the one that you mean?",
        "One variable stands where another one of yours belongs.",
    ),
    "length": Slip(
        "which axis has the length that is needed?",
        "It is the length of another axis that is needed.",
    ),
    "keepdims": Slip(
        "which shape does this have, and does it meet the other one as it should?",
        "An axis of length 1 is kept that should go, or gone that should be kept: look at `keepdims`.",
    ),
    "branches": Slip(
        "which of the two applies when?",
        "The two branches have changed places.",
    ),
    "wrapped": Slip(
        "is this function applied to the right thing, and is it needed?",
        "A function is applied here that should not be.",
    ),
    "moved": Slip(
        "must this happen before or after its neighbour?",
        "Two lines have changed places: one uses what the other one should have changed first, or should not have yet.",
    ),
    "copy": Slip(
        "is this an array of its own, or another name for the same one?",
        "Two names stand for the same array here: what changes one of them changes both. Make a copy, or a new array.",
    ),
    "dtype": Slip(
        "which kind of numbers can this array hold?",
        "This array takes its kind from another one: of integers, it can hold no fractions.",
    ),
    "error": Slip(
        "which kind of error is asked for?",
        "An error is raised, but of another kind than the one that is asked for.",
    ),
    "missing": Slip(
        "should this value go through a function first?",
        "The value is used as it is, though it should go through a function first: its size, its square or its root.",
    ),
    "factor": Slip(
        "does it have every factor that the formula has?",
        "A factor or a divisor of the formula is missing in this line.",
    ),
    "left out": Slip("is there a step missing here?", "A step is missing here."),
}
RANK = {kind: rank for rank, kind in enumerate(SLIPS)}
