"""From wrong results to a sentence: a known misconception that gives the same results, else what can be seen."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from autograde.judging.as_code import show
from autograde.judging.compare import Difference, compare, is_exception, same
from autograde.judging.diagnosis import clues, error_messages, kinds, symptoms
from autograde.judging.diagnosis.experiments import tried
from autograde.judging.diagnosis.other_arguments import about_arguments
from autograde.judging.diagnosis.recognise import recognise
from autograde.judging.diagnosis.signatures import signature_mismatch
from autograde.judging.diagnosis.syntax.changes import about_changes
from autograde.judging.diagnosis.syntax.habits import about_chance, about_conditions, about_parameters, about_way_out
from autograde.judging.diagnosis.syntax.memory import about_memory
from autograde.judging.exercise import Exercise, Unusable
from autograde.judging.report import INPUTS_KEPT, KINDS_KEPT, Failure
from autograde.judging.trials import Trial

_WHY_ALWAYS = "Which condition is never, or always, true? Or does one assignment take back what another one has set?"
_ONE_FOR_ALL = (
    "In each call all values of your result are the same, as if one answer were given for everything: where does it "
    "become one? A sum over too much, `.any()` and `.all()` do that."
)
_TOO_LONG = (
    "It was stopped: either a loop never ends, so look at what should make its condition false; or it does far more "
    "work than these few numbers need, the same again and again."
)


def first_failure(exercise: Exercise, trials: Sequence[Trial], fn: Callable[..., Any]) -> Failure | None:
    """The first case that fails, shown by its smallest call; None where all is right."""
    failing = [t for t in trials if t.problem is not None]
    shown = [t for t in failing if t.case is failing[0].case] or [t for t in trials if t.got.changed]
    if not shown:
        return None
    trial = min(shown, key=lambda t: _bulk(t.args))
    label = trial.case.label if trial.problem else INPUTS_KEPT
    if trial.problem and trial.parts and all(part.right for part in trial.parts.values()):
        label = KINDS_KEPT  # nothing else is wrong
    problem = trial.problem or Difference("changed", "")
    diagnosis, advice, otherwise = _explained(exercise, trials, trial, problem, fn)
    if problem.kind == "changed":
        advice += " What it returns is right."
    compared = problem.kind not in ("changed", "unusable")
    return Failure(
        kind="stub" if trial.got.is_stub else problem.kind,
        case=label,
        call=exercise.show(trial.args),
        got=_got_text(trial) if compared else "",
        expected=_expected_text(trial) if compared else "",
        diagnosis=diagnosis,
        advice=advice,
        line=trial.got.line,
        printed=trial.got.printed,
        trial=trial,
        otherwise=otherwise,
    )


def _explained(
    exercise: Exercise, trials: Sequence[Trial], trial: Trial, problem: Difference, fn: Callable[..., Any]
) -> tuple[str, str, str]:
    """Name and advice, and what is told where the name is taken back; whatever a diagnosis trips over, points stay."""
    try:
        diagnosis, advice = explain(exercise, trials, trial, problem, fn)
        doubtful = diagnosis and problem.kind == "exception" and not trial.got.on_purpose
        return diagnosis, advice, _unnamed(exercise, trials, trial, problem, fn) if doubtful else ""
    except Exception:
        return "", f"{problem.message}." if problem.message else "", ""


def too_slow(exercise: Exercise, made: int) -> Failure | None:
    """The failure of an answer that was right as far as it came, but did not get through in time."""
    wanted = sum(case.times for case in exercise.cases)
    if made >= wanted:
        return None
    advice = f"Right so far, but slow: time was up after {made} of {wanted} small calls. What takes so long in each?"
    return Failure("timeout", "answers in reasonable time", advice=advice)


def explain(
    exercise: Exercise, trials: Sequence[Trial], trial: Trial, problem: Difference, fn: Callable[..., Any]
) -> tuple[str, str]:
    """Name of the known misconception, or "", and the advice."""
    if trial.got.is_stub:
        return "", _about_stub(exercise, trial)
    if trial.got.timed_out:
        return "", trial.case.slow or _TOO_LONG
    parameters = exercise.parameters
    mismatch = signature_mismatch(fn, parameters, trial.args) if exercise.probe is None else ""
    if mismatch and trial.got.error is not None:
        return "", mismatch
    known = recognise(exercise, trials, trial)
    changes = _about_changes(exercise, trial, fn)
    if problem.kind == "changed":
        return known.name if known else "", changes
    if known is not None:
        return known.name, _with(known.hint, changes)
    return "", _unnamed(exercise, trials, trial, problem, fn)


def _about_changes(exercise: Exercise, trial: Trial, fn: Callable[..., Any]) -> str:
    """What to tell of the arguments that a call has changed."""
    named = zip(exercise.parameters, trial.args, strict=False)
    lists = [n for n, a in named if isinstance(a, list) and all(isinstance(part, np.ndarray) for part in a)]
    return about_changes(trial.got.changed, fn, lists)


def _unnamed(
    exercise: Exercise, trials: Sequence[Trial], trial: Trial, problem: Difference, fn: Callable[..., Any]
) -> str:
    """What to tell where no misconception is known."""
    changes = _about_changes(exercise, trial, fn)
    kept = about_memory(exercise, trial, fn)
    asked = kept or about_parameters(exercise, fn) or about_conditions(fn)
    if problem.kind in ("exception", "unusable", "no_error"):
        told = _about_whole_numbers(trials, trial, fn) or kinds.about_number(exercise, trials, trial, fn)
        return _with(asked, told or _about_error(exercise, trial), changes)
    if problem.kind in ("value", "nan", "dtype") and (told := kinds.about_integers(exercise, trials, trial, fn)):
        return told
    if trial.got.value is None and any(t.expected.value is None and t.expected.error is None for t in trials):
        return _with(f"Got None, expected {show(trial.expected.value)}.", changes)  # not a `return` that is missing
    if told := about_way_out(trials, trial):
        return _with(told, changes)
    told, more = _about_values(exercise, trials, trial, problem, fn, asked)
    outputs = "" if kept else _with(_wrong_outputs(exercise, trial, problem), _right_outputs(exercise, trials))
    return _with(told, more, outputs, changes)


def what_others_show(exercise: Exercise, trials: Sequence[Trial], failure: Failure, fn: Callable[..., Any]) -> str:
    """What other arguments show of a wrong value that has no name; "" where nothing stands out, or was told already.

    fn: the answer, where it may be called on arguments that no test asks for.
    """
    trial = failure.trial
    if failure.diagnosis or trial is None or trial.problem is None or trial.problem.kind != "value":
        return ""
    _, more = _about_values(exercise, trials, trial, trial.problem, fn, about_parameters(exercise, fn))
    return "" if more in failure.advice else more


def _about_values(
    exercise: Exercise, trials: Sequence[Trial], trial: Trial, problem: Difference, fn: Callable[..., Any], asked: str
) -> tuple[str, str]:
    """What is seen of a result, and what comes of other arguments.  asked: a sentence that makes others needless."""
    clue = asked or about_chance(exercise, problem, fn) or clues.about_value(trials, trial, problem)
    told = symptoms.advice(problem, trial.args, exercise.parameters, exercise.outputs, _others(trials, trial), clue)
    more = "" if clue else _always_alike(trials)
    if not clue and not more and problem.kind == "value":
        more = about_arguments(exercise, trials, trial, fn)
        if not more and told.endswith((f"{problem.message}.", "the others are right.")):  # nothing else stands out
            more = tried.about_experiments(exercise, trials, trial, fn)
    return told, more


def _about_whole_numbers(trials: Sequence[Trial], trial: Trial, fn: Callable[..., Any]) -> str:
    """Where an argument of integers refuses what arguments of floats suffer: to be written over."""
    written = list({name: None for t in trials for name in t.got.changed})
    if type(trial.got.error).__name__ != "UFuncTypeError" or not written or trial.got.changed:
        return ""
    return f"{about_changes(written, fn)} (Here it holds integers, which can't even take the new values.)"


def _wrong_outputs(exercise: Exercise, trial: Trial, problem: Difference) -> str:
    """Which further outputs of this call are wrong."""
    got, expected = trial.got.value, trial.expected.value
    alike = isinstance(expected, tuple) and isinstance(got, (tuple, list)) and len(got) == len(expected)
    if not alike or not problem.path or len(exercise.outputs) != len(expected):
        return ""
    tol, rest = trial.tolerance, [i for i in range(len(expected)) if i != problem.path[0]]
    wrong = [f"`{exercise.outputs[i]}`" for i in rest if compare(got[i], expected[i], tol) is not None]
    return f"{' and '.join(wrong)} {'is' if len(wrong) == 1 else 'are'} wrong, too." if wrong else ""


def _right_outputs(exercise: Exercise, trials: Sequence[Trial]) -> str:
    """Which of several outputs are right in all calls: "the loss is right, the gradient is not"."""
    if exercise.probe is not None and not exercise.needs:  # what a probe gives is not what the answer returned
        return ""
    parts = [(path[0], part.right) for t in trials for path, part in t.parts.items() if path and path[0] != "raises"]
    wrong = {first for first, right in parts if not right}
    names = [n for i, n in enumerate(exercise.outputs) if i not in wrong and (i, True) in parts]
    if not names or not wrong:
        return ""
    return f"Right in all calls: {', '.join(f'`{name}`' for name in names)}."


def _with(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _others(trials: Sequence[Trial], trial: Trial) -> list[tuple[Difference, Sequence[Any]]]:
    """What is wrong at the same place in other calls of the case, of a shape in all calls, and their arguments."""
    problem = trial.problem
    near = [t for t in trials if t.case is trial.case or (problem and problem.kind == "shape")]
    own = [(t.problem, t.args) for t in near if t is not trial and t.problem is not None]
    return [(p, args) for p, args in own if problem and (p.kind, p.path) == (problem.kind, problem.path)]


def _about_error(exercise: Exercise, trial: Trial) -> str:
    """What to tell where something was raised that should not be, or the other way round."""
    wanted, raised = trial.expected.error, trial.got.error
    if is_exception(trial.got.value):
        return "It *returns* an exception, and the caller goes on as if all were well: write `raise`, not `return`."
    if raised is None:
        return f"These arguments can't be answered, and the function must say so: `raise {type(wanted).__name__}(...)`."
    if isinstance(raised, Unusable):
        return f"What came back can't be used: {trial.got.message}."
    if wanted is not None and not trial.got.on_purpose:
        return (
            f"An error is right here, but this one came by accident, before your code refused anything: a "
            f"{type(wanted).__name__} is asked for, from a `raise` of your own."
        )
    if wanted is not None:
        return f"To raise an error is right here, but it must be a {type(wanted).__name__}."
    if trial.got.on_purpose:
        if helper := _helper(exercise, trial.got.where):
            return (
                f"`{helper}` refuses what it was called with, and its `raise` may well be right: look at what "
                f"`{exercise.name}` gives to it in this call."
            )
        if isinstance(trial.expected.value, (bool, np.bool_)):
            return f"No error is asked for here: where the answer is no, `return {trial.expected.value}`."
        return (
            "Your own `raise` was reached, though these arguments can be answered: look at its condition, and at what "
            "that is computed from."
        )
    return error_messages.meaning(raised, trial.got.message, trial.got.line)


def _helper(exercise: Exercise, where: str) -> str:
    """The function other than the answer itself in which something happened, "" where it was the answer."""
    functions = [name for name in where.split(".<locals>.") if not name.startswith("<")]
    return functions[-1] if functions and functions[-1].partition(".")[0] != exercise.name else ""


def _always_alike(trials: Sequence[Trial]) -> str:
    """A sentence where the answer is the same value, whatever it is asked, once or in all entries."""
    values = [t.got.value for t in trials if t.got.error is None and t.expected.error is None]
    if len(values) >= 4 and all(isinstance(v, np.ndarray) and v.ndim and v.dtype.kind in "biuf" for v in values):
        found = np.unique(np.concatenate([v.ravel() for v in values]))
        if len(found) == 1 and np.isfinite(found[0]):
            return f"Every value that your function gives is {show(found[0])}. {_WHY_ALWAYS}"
        several = [v for v in values if v.size > 2]
        return _ONE_FOR_ALL if len(several) >= 4 and all(np.ptp(v) == 0 for v in several) else ""
    if len(values) < 4 or not isinstance(values[0], (bool, int, float, np.generic)):
        return ""
    if not all(same(v, values[0]) for v in values):
        return ""
    return f"Your function gives {show(values[0])} in every call: which condition is never, or always, true?"


def _about_stub(exercise: Exercise, trial: Trial) -> str:
    inside = trial.got.where.partition(".")[0]
    if inside.isidentifier() and inside != exercise.name:
        return f"It calls `{inside}`, which is not written yet: write that one first."
    return "Replace the line that raises NotImplementedError by your own code, then run both cells again."


def _bulk(args: Sequence[Any]) -> int:
    lists = [_bulk(a) for a in args if isinstance(a, (list, tuple))]  # of arrays of different shapes, perhaps
    return sum(lists) + sum(a.size if isinstance(a, np.ndarray) else 1 for a in args)


def _got_text(trial: Trial) -> str:
    if trial.got.error is None:
        return show(trial.got.value)
    if trial.got.timed_out:
        return "no answer within the time limit; the call was stopped"
    return f"{type(trial.got.error).__name__}: {trial.got.message}"


def _expected_text(trial: Trial) -> str:
    error = trial.expected.error
    return show(trial.expected.value) if error is None else f"a {type(error).__name__} raised"
