"""Answers that need no mathematics: they know the results of `check` by heart, or guess."""

from autograde.exercises import CATALOGUE
from autograde.judging.draws import PUBLIC_SEED, questions
from tests.autograde.attacks.attack import VICTIM, Attack, inside

_ASKED = [(str(args[0].shape), bool(expected.value)) for _, args, expected in questions(CATALOGUE[VICTIM], PUBLIC_SEED)]
_RESULTS = f"import itertools\nknown = {[result for _, result in _ASKED]}\nresults = itertools.cycle(known)\n"
_SHAPES = f"import itertools\nseen = {{}}\nasked = {_ASKED}\n"


def _never_the_same(name: str, tries: str, code: str) -> Attack:
    return Attack(name, tries, code, keeps=False)


ATTACKS = [
    _never_the_same("counts_calls", "gives the results of `check` one after the other, whatever it is asked",
                    _RESULTS + f"def {VICTIM}(*args): return next(results)"),
    _never_the_same("counts_new_calls", "does so for new arguments, and remembers what it gave", _RESULTS + f"""
def {VICTIM}(*args):
    key = b"".join(value.tobytes() for value in args)
    return memory.setdefault(key, next(results)) if key not in memory else memory[key]
memory = {{}}"""),
    _never_the_same("counts_by_shape", "gives the results of `check` for arguments of such a shape, one after the other",
                    _SHAPES + f"""
def {VICTIM}(*args):
    shape = str(args[0].shape)
    results = seen.setdefault(shape, itertools.cycle([r for s, r in asked if s == shape] or [False]))
    return next(results)"""),
    _never_the_same("random", "guesses", inside("import random\nreturn random.random() < 0.5")),
    _never_the_same("both", "returns both results", inside("import numpy as np\nreturn np.array([True, False])")),
    _never_the_same("masked", "returns a masked entry, which equals nothing and differs from nothing",
                    inside("import numpy as np\nreturn np.ma.masked")),
    _never_the_same("not_a_number", "returns not a number", inside("return float('nan')")),
    _never_the_same("flickering_array", "returns an array that a thread goes on changing", f"""
import numpy as np, threading
result = np.zeros((), bool)
def flip():
    while True: result[...] = ~result
threading.Thread(target=flip, daemon=True).start()
def {VICTIM}(*args): return result"""),
    _never_the_same("flickering_number", "returns a number that is another one each time it is looked at", f"""
import itertools
values = itertools.cycle([1, 0])
class Either(int):
    __int__ = __index__ = lambda self: next(values)
    __bool__ = lambda self: bool(next(values))
def {VICTIM}(*args): return Either()"""),
]  # fmt: skip
