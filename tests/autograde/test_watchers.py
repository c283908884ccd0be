"""What a learner's own cells do to the interpreter's speed does not slow down the calls of tests."""

import numpy as np
import pytest

from autograde.grading.submission import Job, grade
from autograde.sandbox.session import Limits, Session, Zygotes
from tests.autograde.books import ASSIGNMENT
from tests.autograde.handed_in import FULL, code, written

pytestmark = pytest.mark.slow

# starts: how to tell whether it is at work
WATCHERS = {
    "import tracemalloc\ntracemalloc.start(5)": "__import__('tracemalloc').is_tracing()",
    "import sys\nsys.setprofile(lambda *args: None)": "__import__('sys').getprofile() is not None",
    "import gc\ngc.set_threshold(1)": "__import__('gc').get_threshold()[0] == 1",
    "import gc\ngc.set_debug(gc.DEBUG_STATS)": "__import__('gc').get_debug() != 0",
    "import gc\ngc.callbacks.append(lambda *args: None)": "bool(__import__('gc').callbacks)",
    "import sys\nsys.setswitchinterval(1e-6)": "__import__('sys').getswitchinterval() < 1e-3",
}
PROFILE = "import cProfile\nprofile = cProfile.Profile()\nprofile.enable()"


@pytest.mark.parametrize("source", [*WATCHERS, PROFILE])
def test_watchers_rest_while_tests_call(zygotes: Zygotes, source: str) -> None:
    at_work = WATCHERS.get(source, "__import__('sys').getprofile() is not None")
    session = Session(zygotes.fit_for([]), Limits())
    try:
        session.run(f"def at_work(*args):\n    return {at_work}")
        session.run(source)
        assert session.find("at_work")(np.zeros(2)) is False
        _, shown = session.run("print(at_work())")
        assert [output.text.strip() for output in shown] == [str(source != PROFILE)]
        assert session.find("at_work")() is False
    finally:
        session.close()


def test_what_slows_all_calls_costs_nothing_where_the_answer_does_not_need_it(zygotes: Zygotes) -> None:
    slow = "import time\nimport numpy as numerics\nnumerics.heaviside = lambda *args: time.sleep(9)"
    answer = "def perceptron_predict(X, w, b):\n    return np.heaviside(X @ w + b, 0.0).astype(int)"
    data = written(lambda notebook: notebook["cells"].insert(0, code(slow)), perceptron_predict=answer)
    assert grade(Job("ada", ASSIGNMENT, data, limits=Limits(call=0.5)), zygotes).score == FULL
