"""Which numbers the tests use: what a learner sees in ``check`` must be what grading gives.

A wrong answer can be right on some numbers by luck.  For the two seeds that everybody uses the numbers are chosen, by
``scripts/choose_draws.py``, so that each wrong answer of the catalogue fails the same cases with both.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograde.judging.call import SECONDS_PER_CALL, Outcome, observe
from autograde.judging.compare import same, tolerance_for
from autograde.judging.credit import parts_of
from autograde.judging.exercise import Exercise
from autograde.judging.trials import Question

PUBLIC_SEED, HIDDEN_SEED = 0, 1
SECONDS_FOR_THE_REFERENCE = 60.0  # for one call: a busy machine must not make it wrong

# exercise -> number of the case -> what is added to the public and to the hidden seed
_CHOSEN: Mapping[str, Mapping[int, tuple[int, int]]] = {
    "perceptron_predict": {0: (3, 0), 3: (2, 2)},
    "perceptron_step": {0: (0, 1), 1: (2, 5), 3: (2, 0), 4: (5, 0)},
    "perceptron_fit": {1: (1, 0), 4: (0, 3), 6: (1, 1)},
    "mistake_bound": {3: (0, 2)},
    "certifies_nonseparable": {9: (2, 6)},
    "dual_perceptron": {0: (4, 4)},
    "bce_with_logits": {1: (7, 1)},
    "fit_logistic": {6: (0, 1)},
    "ridge_network": {4: (1, 0)},
    "sup_error": {0: (1, 0), 3: (0, 3), 4: (1, 1), 5: (0, 5)},
    "intervals_needed": {2: (2, 0), 4: (0, 1)},
    "least_error": {1: (0, 1), 2: (1, 0), 3: (5, 0), 4: (2, 0)},
    "numeric_grad": {1: (2, 0)},
    "Value": {0: (0, 1), 2: (0, 1), 4: (0, 1), 8: (0, 1), 11: (0, 1), 12: (0, 1)},
    "two_layer_grads": {0: (0, 3), 2: (4, 0), 6: (2, 2)},
    "softmax_xent": {5: (0, 1), 6: (1, 0)},
    "mlp_backward": {1: (2, 0)},
    "worst_gradient": {0: (0, 1), 2: (0, 2), 3: (3, 5), 4: (0, 1), 5: (0, 1), 7: (1, 0), 9: (0, 1)},
    "xent_hvp": {0: (0, 1)},
    "activation_grad": {5: (0, 3), 6: (1, 0), 7: (1, 1)},
    "signal_profile": {6: (1, 0)},
    "second_moment_gain": {1: (2, 0)},
    "correlation_step": {2: (0, 2)},
    "chi_at_rest": {4: (2, 0)},
    "sharpness": {0: (0, 2), 1: (0, 1), 3: (0, 1)},
    "adam_step": {2: (1, 4)},
    "classify_stationary": {4: (1, 0)},
    "wasserstein_1d": {3: (0, 3), 4: (3, 1)},
    "wasserstein_any": {2: (0, 1), 3: (1, 0), 5: (0, 1)},
    "train": {0: (0, 1), 5: (2, 1), 6: (6, 0)},
    "leaked_rows": {2: (1, 2), 4: (2, 5)},
    "reader_grads": {3: (0, 2)},
    "rescue": {1: (0, 1)},
    "lsuv": {2: (1, 3)},
}


def questions(exercise: Exercise, seed: int) -> Iterator[Question]:
    """Every call of the test with what the reference answers, once; the seed decides the numbers in it."""
    chosen = _CHOSEN.get(exercise.name, {})
    for index in range(len(exercise.cases)):
        pair = chosen.get(index, (0, 0))
        if (index, seed) not in exercise.asked:
            number = pair[seed] if seed in (PUBLIC_SEED, HIDDEN_SEED) else 0
            exercise.asked[index, seed] = list(numbers_of(exercise, index, seed, number))
        yield from exercise.asked[index, seed]


def numbers_of(exercise: Exercise, index: int, seed: int, number: int) -> Iterator[Question]:
    """The calls of one case.  number: what is added to the seed."""
    case = exercise.cases[index]
    more = [number] if number else []
    rng = np.random.default_rng([zlib.crc32(exercise.name.encode()), index, seed, *more])
    for args in case.draw(rng):
        expected = observe(exercise, exercise.reference, args, SECONDS_FOR_THE_REFERENCE)
        if not isinstance(expected.error, (ValueError, type(None))):
            raise RuntimeError(f"the reference of {exercise.name} fails in {case.label!r}") from expected.error
        if not exercise.integers:
            expected.value = _floats(expected.value)
        yield case, args, expected


def can_be_counted(asked: Sequence[Question], others: Sequence[Question]) -> bool:
    """Whether some case expects the same with two seeds, call for call: who counts the calls could know it."""
    alike: dict[str, bool] = {}
    for (case, _, first), (_, _, second) in zip(asked, others, strict=True):
        equal = type(first.error) is type(second.error) and same(first.value, second.value)
        alike[case.label] = alike.get(case.label, True) and equal
    return any(alike.values())


def _floats(value: Any) -> Any:
    """Floats for ints: what is right has been computed, and of which type the numbers are was not asked for."""
    if isinstance(value, (list, tuple)):
        return type(value)(_floats(part) for part in value)
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "iu":
        return value.astype(np.float64)
    return value


def failures(exercise: Exercise, asked: Sequence[Question] | Iterator[Question]) -> frozenset[tuple[int, Any]]:
    """What the wrong answers of the catalogue, by their numbers, get wrong in these calls: the places of values."""
    calls, found = list(asked), set[tuple[int, Any]]()
    seconds = SECONDS_PER_CALL * exercise.patience
    for answer, mistake in enumerate(exercise.misconceptions):
        wrong, ended = exercise.compile(mistake.wrong), False
        for case, args, expected in calls:
            got = Outcome(error=TimeoutError()) if ended else observe(exercise, wrong, args, seconds)
            parts = parts_of(case, got, expected, tolerance_for(args))
            found |= {(answer, (case.label, path)) for path, part in parts.items() if not part.right}
            found |= {(answer, (case.label, "changed")) for _ in got.changed}
            ended = ended or got.timed_out
    return frozenset(found)
