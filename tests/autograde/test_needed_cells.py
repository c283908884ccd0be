"""Which of the course's own cells are run when a submission is graded."""

import pytest

from autograde.submissions.needed_cells import Uses, unneeded, uses_of

DATA = "X = np.ones((3, 2))"
FIT = "w = fit(X)"
PLOT = "fig, ax = plt.subplots()\nax.plot(w)"
OWN = "def step(X, w):\n    return X @ w"


def test_demonstrations_that_nothing_refers_to_are_not_run() -> None:
    assert unneeded([DATA, FIT, PLOT], [OWN]) == {DATA, FIT, PLOT}


def test_what_the_learner_uses_is_run_with_all_that_it_takes() -> None:
    assert unneeded([DATA, FIT, PLOT], ["def f():\n    return w"]) == {PLOT}
    assert unneeded([DATA, FIT, PLOT], ["X.sum()"]) == {FIT, PLOT}


@pytest.mark.parametrize(
    "change",
    ["cache['a'] = 1", "cache.update(a=1)", "cache.a = 1", "del cache['a']", "cache += [1]", "cache[0][1] = 2"],
)
def test_a_cell_that_changes_what_the_learner_uses_is_run(change: str) -> None:
    assert unneeded(["cache = {}", change, DATA], ["def f():\n    return cache"]) == {DATA}


@pytest.mark.parametrize(
    "own",
    [
        "%matplotlib inline",
        "globals()['w']",
        "eval('w')",
        "_",
        "def f(:",
        "!ls",
        "from __main__ import w",
        "dir()",
        "import __main__ as m\nm.w",
        "import sys",
        "__import__('__main__').w",
        "f.__globals__['w']",
        f"f = {'lambda: ' * 3_000}0",
    ],
)
def test_where_it_can_not_be_told_everything_is_run(own: str) -> None:
    assert unneeded([DATA, FIT, PLOT], [OWN, own]) == set()


def test_a_cell_of_the_course_that_is_no_plain_python_is_run() -> None:
    assert unneeded(["%load_ext autoreload", DATA], [OWN]) == {DATA}


def test_names_of_a_function_are_its_own() -> None:
    assert unneeded([DATA], ["def f(X):\n    return X"]) == {DATA}
    assert unneeded([DATA], ["def f(y):\n    return [X for x in y]"]) == set()
    assert unneeded([DATA], ["class A:\n    def f(self):\n        return lambda: X"]) == set()


@pytest.mark.parametrize("effect", ["global best; best = 1", "best.append(1)", "best['a'] = 1"])
def test_a_call_of_a_function_that_changes_what_the_learner_uses_is_run(effect: str) -> None:
    setter = f"def g():\n    {effect}"
    assert unneeded([setter, "g()", DATA, FIT], ["def f():\n    return best"]) == {DATA, FIT}


@pytest.mark.parametrize(
    "course",
    ["from scipy.special import expit", "import scipy.special as expit", "import expit", "from a.b import c as expit"],
)
def test_an_import_of_the_course_that_the_learner_uses_is_run(course: str) -> None:
    assert unneeded([course, DATA], ["def sigmoid(z):\n    return expit(z)"]) == {DATA}


def test_what_the_learner_imports_need_not_come_from_the_course() -> None:
    timing = "import time\nstart = time.time()"
    assert unneeded([timing], ["import time\ntime.sleep(0)"]) == {timing}
    assert unneeded([timing], ["def f():\n    import time\n    return time.time()"]) == {timing}
    assert unneeded([timing], ["def f():\n    return time.time()"]) == set()


def test_uses() -> None:
    assert uses_of("y = f(x)\nz.append(y)") == Uses(frozenset({"f", "x", "y", "z"}), frozenset({"y", "z"}))
    assert uses_of("import numpy as np\nnp.ones(3)") == Uses(frozenset(), frozenset({"np"}))
    assert uses_of("(") is None
