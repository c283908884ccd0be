"""The command ``autograde new``: the beginnings of an exercise, its cells in the notebook's source and its own file."""

import sys
from pathlib import Path

from autograde.course import find_root

_CELLS = '''
# %% [markdown]
# ### Exercise: `{name}` · easy · 10 minutes
#
# What is asked for, with the shapes of all arrays.
#
# **Predict** what comes out before you run it.

# %% exercise="{name}"
def {name}(x):
    """First line: what is returned.

    x: its type and shape.
    """
    ### BEGIN SOLUTION
    raise NotImplementedError("the model answer")
    ### END SOLUTION


# %% test="{name}" points=2
check({name})
### BEGIN HIDDEN TESTS
check({name}, hidden=True)
### END HIDDEN TESTS
'''

_FILE = '''"""Exercise {place}: what it is about."""

from typing import Any

import numpy as np

from autograde.judging.exercise import Case, Exercise
from autograde.exercises.support.drawing import eighths


def reference(x: Any) -> Any:
    """To be replaced by the function of mlp_reference."""
    raise NotImplementedError


exercise = Exercise(
    reference=reference,
    cases=[
        Case("what every serious answer gets right", [lambda rng: (eighths(rng, 5),)]),
    ],
)

# %% hints
# 1. Where to look.
# 2. What to look for.
# 3. Nearly the answer.

# %% right
def {name}(x):
    return np.asarray(x)

# %% wrong
# the sign is wrong: `np.asarray(x)` -> `-…`
#   What a good tutor would say to that.
'''


def main(assignment: str, name: str, root: Path | None = None) -> int:
    """Begin an exercise; 2 where that can't be done."""
    root = root or find_root()
    source = root / "solutions" / assignment / f"{assignment[3:]}.py"
    folder = root / "autograde" / "exercises" / assignment
    problem = _problem(root, source, name)
    if problem:
        print(f"autograde new: {problem}", file=sys.stderr)
        return 2
    text = source.read_text(encoding="utf-8")
    place = f"{int(assignment[:2])}.{text.count('# %% exercise=') + 1}"
    file = folder / f"{name}.py"
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(_FILE.format(name=name, place=place), encoding="utf-8")
    source.write_text(text.rstrip("\n") + "\n" + _CELLS.format(name=name), encoding="utf-8")
    print(f"Began {file.relative_to(root)} and the last cells of {source.relative_to(root)}.")
    print(f"Next: `autograde build` makes the notebooks, `autograde verify {name}` says what is missing.")
    return 0


def _problem(root: Path, source: Path, name: str) -> str:
    """Why an exercise can't be begun; "" where it can."""
    if not source.is_file():
        known = ", ".join(sorted(path.parent.name for path in (root / "solutions").glob("*/*.py")))
        return f"no assignment {source.parent.name!r}, expected one of {known}"
    if not name.isidentifier() or name.endswith(("_right", "_wrong")):
        return f"got the name {name!r}, expected that of a function or class, not ending in _right or _wrong"
    taken = next((root / "autograde" / "exercises").glob(f"*/{name}.py"), None)
    return f"{taken.relative_to(root)} exists: choose another name" if taken else ""
