"""Mutation testing of an exercise: right answers with one mechanical slip, and what its tests say to them."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograde.judging.diagnosis.recognise import wrong_outcomes_remembered
from autograde.judging.diagnosis.repair.edits import edits
from autograde.judging.exercise import Exercise
from autograde.judging.judge import PUBLIC_SEED, judge, questions

_ONLY_REPAIRS = {"missing", "factor", "lacking", "copy", "dtype"}  # what is put around a right value is seldom a slip
SECONDS_PER_CALL = 1.0


@dataclass(frozen=True)
class Mutant:
    """A source text with one slip.  told: its line, what was there and what stands there now.

    original: the text without it, laid out in the same way.
    """

    told: str
    source: str
    original: str

    def __str__(self) -> str:
        return self.told


@dataclass
class Survey:
    """What the tests make of the mutants of a right answer."""

    exercise: str
    made: int = 0
    survivors: list[Mutant] = field(default_factory=list)
    unnamed: list[Mutant] = field(default_factory=list)


def survey(exercise: Exercise) -> Survey:
    """The mutants of the exercise's first right answer that pass its tests, and those that get no name."""
    found, asked = Survey(exercise.name), list(questions(exercise, PUBLIC_SEED))
    with wrong_outcomes_remembered():
        for mutant in mutants(exercise.alternates[0]):
            try:
                answer = exercise.compile(mutant.source)
            except Exception:  # a slip in what runs when the answer is defined
                continue
            found.made += 1
            failure = judge(exercise, answer, asked=asked, seconds=SECONDS_PER_CALL).failure
            if failure is None:
                found.survivors.append(mutant)
            elif not failure.diagnosis:
                found.unnamed.append(mutant)
    return found


def shown(found: Survey) -> str:
    """A survey as lines of text."""
    named = found.made - len(found.survivors) - len(found.unnamed)
    head = f"{found.exercise}: {found.made} mutants, {named} named, {len(found.unnamed)} caught without a name, "
    lines = [f"{head}{len(found.survivors)} survive"]
    lines += [f"     survives  {m}" for m in found.survivors]
    return "\n".join([*lines, *(f"     unnamed   {m}" for m in found.unnamed)])


def mutants(source: str) -> Iterator[Mutant]:
    """All sources that one slip makes of this one: operators, numbers, signs, order of results, statements left out."""
    tree = ast.parse(source)
    original = ast.unparse(tree)
    seen = {original}
    for edit in edits(tree):
        if edit.kind in _ONLY_REPAIRS or (edit.adds and edit.kind in ("sign", "transpose")):
            continue
        told = str(edit)
        with edit.made():
            text = ast.unparse(tree)
        if text not in seen:
            seen.add(text)
            yield Mutant(told, text, original)
