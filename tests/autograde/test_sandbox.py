"""Functions in another process: they must look to the grader as if they were here."""

import linecache
import re
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.grading.test_cell import asked, judge_remotely
from autograde.judging.answer import judge_anything
from autograde.judging.compare import same
from autograde.judging.exercise import Exercise
from autograde.judging.judge import HIDDEN_SEED
from autograde.judging.report import Report
from autograde.runtime.timeout import OutOfTime
from autograde.runtime.tracebacks import own_line, raised_on_purpose
from autograde.runtime.values import Foreign, plain
from autograde.sandbox.connection import Ended, TookTooLong
from autograde.sandbox.pipelining import pack_calls
from autograde.sandbox.session import Limits, Session, Zygote
from tests.support.programs import require_program

pytestmark = pytest.mark.slow

Run = Callable[[str], Session]


@pytest.fixture
def run(zygote: Zygote) -> Iterator[Run]:
    """Opens a session in which a cell was run."""
    opened: list[Session] = []

    def start(source: str, limits: Limits | None = None) -> Session:
        opened.append(Session(zygote, limits or Limits(call=2.0)))
        error, shown = opened[-1].run("import numpy as np\n" + source)
        assert error == "", shown
        return opened[-1]

    yield start
    for session in opened:
        session.close()


def test_a_call_takes_and_gives_data(run: Run) -> None:
    echo = run("def f(*args, **options):\n    return args, options").find("f")
    matrix = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    given = (
        1,
        2.5,
        -(10**30),
        1j,
        None,
        True,
        "ä",
        b"\x00",
        [1, (2,)],
        {"a": {3: [4]}},
        np.float32(0.1),
        np.int8(3),
        np.str_("µ"),
    )
    (*back, array), options = echo(*given, matrix, axis=0)
    assert (tuple(back), options) == (given, {"axis": 0})
    assert [type(v) for v in back] == [type(v) for v in given]
    np.testing.assert_array_equal(array, matrix)
    assert (array.dtype, array.flags.f_contiguous) == (matrix.dtype, True)


@pytest.mark.parametrize("value", [np.zeros((0, 3)), np.array(2.0), np.array(["a", "bc"]), np.array([True]), np.nan])
def test_arrays_of_every_form(run: Run, value: Any) -> None:
    back = run("f = lambda x: x").find("f")(value)
    np.testing.assert_array_equal(back, value)
    assert (type(back), np.shape(back)) == (type(value), np.shape(value))


def test_an_array_with_gaps_has_gaps_there(run: Run) -> None:
    a = np.arange(12.0).reshape(3, 4)[:, ::2]
    run("def f(a):\n    a.ravel()[:] = 0\n    a[0, 0] = 9").find("f")(a)
    np.testing.assert_array_equal(a, [[9, 2], [4, 6], [8, 10]])


def test_what_is_changed_there_is_changed_here(run: Run) -> None:
    spoil = run("def f(a, xs, d):\n    a += 1; xs.append(7); xs[0][:] = 0; d.pop('k'); d['n'] = a").find("f")
    a, xs, d = np.ones(2), [np.ones(2)], {"k": 1}
    same_a, same_x = a, xs[0]
    spoil(a, xs, d)
    np.testing.assert_array_equal(same_a, [2, 2])
    np.testing.assert_array_equal(same_x, [0, 0])
    assert (xs[1], list(d)) == (7, ["n"])


def test_an_array_put_in_the_place_of_another_is_a_new_one_here(run: Run) -> None:
    session = run("def f(xs):\n    xs[0] = xs[0] + 1; xs[1] += 1; xs[2], xs[3] = xs[3], xs[2]")
    xs = [np.full(2, float(i)) for i in range(4)]
    before = list(xs)
    session.find("f")(xs)
    assert [next((i for i, b in enumerate(before) if b is x), None) for x in xs] == [None, 1, 3, 2]
    np.testing.assert_array_equal(xs, [[1, 1], [2, 2], [3, 3], [2, 2]])
    np.testing.assert_array_equal(before[0], [0, 0])


def test_an_array_that_comes_back_is_the_one_that_was_given(run: Run) -> None:
    session = run("def f(a, b):\n    return b, (a, a.copy())\ndef g(cache):\n    cache[0][:] = 7")
    a, b = np.zeros(2), np.ones(2)
    given, cache = session.find("f")(a, b)
    session.find("g")(cache)
    assert given is b
    assert cache[0] is a
    np.testing.assert_array_equal(a, [7, 7])
    np.testing.assert_array_equal(cache[1], [0, 0])


def test_what_is_changed_by_a_later_call_is_changed_here(run: Run) -> None:
    session = run("def keep(a):\n    return lambda: a.fill(7)\ndef other(b): pass")
    a = np.ones(2)
    change = session.find("keep")(a)
    session.find("other")(np.zeros(3))
    change()
    np.testing.assert_array_equal(a, [7, 7])


def test_the_same_array_twice_is_one_array_there(run: Run) -> None:
    a = np.ones(2)
    assert run("f = lambda a, b: a is b").find("f")(a, a) is True


def test_a_random_generator_goes_on_here_where_it_was_left_there(run: Run) -> None:
    draw = run("f = lambda rng, n: rng.normal(size=n)").find("f")
    rng, twin = np.random.default_rng(3), np.random.default_rng(3)
    for n in (2, 3):
        np.testing.assert_array_equal(draw(rng, n), twin.normal(size=n))
        assert rng.normal() == twin.normal()


def test_what_yields_comes_as_a_list_with_an_end(run: Run) -> None:
    session = run("import itertools\ndef f(n):\n    yield from range(n)\ng = lambda: itertools.count()")
    assert list(session.find("f")(3)) == [0, 1, 2]
    assert len(list(session.find("g")())) == 100_000


def test_functions_of_the_grader_are_called_back(run: Run) -> None:
    grad = run("def f(g, x, h):\n    return (g(x + h) - g(x - h)) / (2 * h)").find("f")
    asked: list[float] = []

    def square(x: float) -> float:
        asked.append(x)
        return x * x

    assert grad(square, 3.0, 0.5) == 6.0
    assert asked == [3.5, 2.5]


def test_an_object_that_can_be_called_is_one_of_the_same_class_there(run: Run) -> None:
    class Curve:
        def __call__(self, x: float) -> float:
            return 2 * x

    assert run("def f(g):\n    return type(g).__name__, g(2.0)").find("f")(Curve()) == ("Curve", 4.0)


def test_an_error_of_a_function_called_back_arrives_there(run: Run) -> None:
    caught = run("def f(g):\n    try:\n        g()\n    except KeyError as error:\n        return error.args").find("f")

    def fail() -> None:
        raise KeyError("no")

    assert caught(fail) == ("no",)


def test_errors_are_of_the_same_class_and_know_their_line(run: Run) -> None:
    session = run(
        "def f(x):\n    if x:\n        raise ValueError('no', x)\n    return 1 / x\nclass Own(KeyError): pass\n"
        "def g():\n    raise Own('k')\ndef h():\n    raise SystemExit"
    )
    with pytest.raises(ValueError, match=re.escape("('no', 2)")) as chosen:
        session.find("f")(2)
    assert own_line(chosen.value) == ("f", "line 4: raise ValueError('no', x)")
    assert raised_on_purpose(chosen.value)
    with pytest.raises(ZeroDivisionError) as slip:
        session.find("f")(0)
    assert own_line(slip.value) == ("f", "line 5: return 1 / x")
    assert not raised_on_purpose(slip.value)
    with pytest.raises(KeyError) as own:
        session.find("g")()
    assert type(own.value).__name__ == "Own"
    with pytest.raises(Exception) as leaving:
        session.find("h")()
    assert type(leaving.value).__name__ == "SystemExit"


VALUE = """
class Value:
    def __init__(self, data): self.data = data
    def __add__(self, other): return Value(self.data + getattr(other, 'data', other))
    def __mul__(self, other): return Value(self.data * getattr(other, 'data', other))
    def __rmul__(self, other): return self * other
    def __radd__(self, other): return self + other
    def __rsub__(self, other): return Value(other - self.data)
    def __sub__(self, other): return Value(self.data - getattr(other, 'data', other))
    def __neg__(self): return Value(-self.data)
    def double(self): return self + self
"""


def test_objects_compute_where_they_are(run: Run) -> None:
    Value = run(VALUE).find("Value")
    a, b = Value(2.0), Value(5.0)
    c = 3 * a + b * a - 1 + (7 - b) + (-a) + np.float64(2) * b
    assert (c.data, c.double().data) == (25.0, 50.0)
    assert isinstance(c, Foreign)


DATA = """
from array import array
from decimal import Decimal
from fractions import Fraction
from collections import OrderedDict, UserDict, defaultdict, deque, namedtuple
from enum import IntEnum
from types import MappingProxyType
Pair = namedtuple("Pair", "x y")
class Stack(list): top = property(lambda self: self[-1])
class Attributes(dict): __getattr__ = dict.__getitem__
class Number(float): tag = 7
class Kind(IntEnum): one = 1
"""
# data of a class of one's own: what the grader sees, and what the learner's next function finds in it
HELD = {
    "Pair(1, np.zeros(2))": ((1, np.zeros(2)), "t.y is t[1]"),
    "[Pair(1, Pair(2, 3))]": ([(1, (2, 3))], "t[0].y.x == 2"),
    "Stack([1, 2])": ([1, 2], "t.top == 2"),
    "Attributes(a=1)": ({"a": 1}, "t.a == 1"),
    "defaultdict(list, a=1)": ({"a": 1}, "t['none'] == []"),
    "OrderedDict(a=1)": ({"a": 1}, "t.popitem()"),
    "{'a': Number(2.5)}": ({"a": 2.5}, "t['a'].tag == 7"),
    "Kind.one": (1, "t.name == 'one'"),
    "np.ma.array([1, 2])": (np.array([1, 2]), "t.filled(0).sum() == 3"),
    "np.matrix([[1, 2]])": (np.array([[1, 2]]), "t.A1.sum() == 3"),
    "Fraction(1, 4)": (0.25, "t.denominator == 4"),
    "(Decimal('0.1'), 2)": ((0.1, 2), "str(t[0]) == '0.1'"),
    "np.array([Fraction(1, 4), 2])": (np.array([0.25, 2.0]), "t[0].denominator == 4"),
    "array('q', [1, 2])": ([1, 2], "t.typecode == 'q'"),
    "deque([1, Fraction(1, 4)], 5)": ([1, 0.25], "t.maxlen == 5"),
    "range(3)": ([0, 1, 2], "t.step == 1"),
    "MappingProxyType({'a': 1})": ({"a": 1}, "str(type(t)) == \"<class 'mappingproxy'>\""),
    "UserDict(a=1)": ({"a": 1}, "t.data == {'a': 1}"),
    "np.array([1, 2.5], dtype=object)": (np.array([1, 2.5]), "t.dtype == object"),
}


@pytest.mark.parametrize("made", HELD)
def test_data_of_ones_own_class_is_data_here_and_itself_there(run: Run, made: str) -> None:
    data, look = HELD[made]
    session = run(f"{DATA}def make():\n    return {made}\ndef look(t):\n    return {look}")
    found = session.find("make")()
    assert same(plain(found), data)
    assert session.find("look")(found)


def test_data_of_ones_own_class_computes_where_it_is(run: Run) -> None:
    source = VALUE.replace("class Value:\n    def __init__(self, data): self.data = data", "")
    Value = run(f"from typing import NamedTuple\nclass Value(NamedTuple):\n    data: float{source}").find("Value")
    a, b = Value(2.0), Value(5.0)
    c = 3 * a + b * a - 1 + (7 - b) + (-a)
    assert (c.data, c.double().data, a.data, tuple(a)) == (15.0, 30.0, 2.0, (2.0,))
    assert Value(1).double() == (2,)
    with pytest.raises(AttributeError, match="no attribute 'slope'"):
        _ = a.slope


def test_what_is_computed_here_from_data_of_ones_own_class_is_data(run: Run) -> None:
    session = run(
        "class Loss(float): pass\ndef f():\n    return Loss(2), np.matrix([1.0])\ndef g(x):\n    return str(type(x))"
    )
    loss, row = session.find("f")()
    assert loss + 1 == 3.0
    assert session.find("g")(row) == "<class 'numpy.matrix'>"
    assert session.find("g")(row + 1) == "<class 'numpy.ndarray'>"


def test_arguments_may_become_data_of_ones_own_class(run: Run) -> None:
    session = run(
        "def f(Ws):\n    Ws[0] = np.asmatrix(Ws[0] + 1)\n    Ws[1][:] = 7\n    Ws[2] = np.array([1, 2], dtype=object)"
    )
    Ws = [np.zeros((1, 2)), np.zeros(2), np.zeros(2)]
    last = Ws[1]
    session.find("f")(Ws)
    assert same(Ws, [np.ones((1, 2)), np.full(2, 7.0), np.array([1, 2])])
    assert Ws[1] is last


def test_an_operator_that_is_missing_is_told_when_its_value_is_needed(run: Run) -> None:
    thing = run("class Thing: pass").find("Thing")()
    with pytest.raises(TypeError, match="unsupported operand"):
        _ = (thing + 1).data


def test_closures_keep_what_they_hold(run: Run) -> None:
    make = run(
        "def f(x):\n    kept = [x]\n    def back(g):\n        kept.append(g)\n        return kept\n    return x, back"
    )
    value, back = make.find("f")(1)
    assert (value, back(2), back(3)) == (1, [1, 2], [1, 2, 3])
    assert make.find("f")(9)[1](0) == [9, 0]


def test_names(run: Run) -> None:
    session = run("x = 3\nf = np.exp\ng = lambda a, *, b=2: a")
    assert (session.find("x"), session.find("f")(0.0)) == (3, 1.0)
    assert str(session.find("g").__signature__) == "(a, *, b=2)"
    with pytest.raises(NameError, match="name 'y' is not defined"):
        session.find("y")


def test_prints_and_warnings_arrive(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    session = run("def f():\n    print('here')\n    return np.float64(1) / 0")
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        assert session.find("f")() == np.inf
    assert capsys.readouterr().out == "here\n"


def test_a_session_knows_nothing_of_the_one_before(run: Run) -> None:
    run("x = 1\nnp.pi = 3\nnp.sum = None\nopen('/tmp/x', 'w').close()").close()
    session = run("import os\nfound = [np.pi, np.sum([1]), os.path.exists('/tmp/x'), os.listdir()]")
    assert session.find("found") == [np.pi, 1, False, []]
    with pytest.raises(NameError):
        session.find("x")


def test_a_call_that_does_not_end_costs_itself(run: Run) -> None:
    session = run("def f():\n    while True: pass\ng = lambda: 1", Limits(call=1.0))
    with pytest.raises(OutOfTime):
        session.find("f")()
    assert session.find("g")() == 1


def test_a_call_that_will_not_be_stopped_ends_the_process(run: Run) -> None:
    session = run("import signal\ndef f():\n    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})\n"
                  "    while True: pass", Limits(call=0.3))  # fmt: skip
    start = time.monotonic()
    with pytest.raises(TookTooLong, match="it did not stop when its time was up"):
        session.find("f")()
    assert time.monotonic() - start < 20
    with pytest.raises(TookTooLong):
        session.run("1")


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("os._exit(3)", "exit 3|its process ended"),
        ("ctypes.string_at(0)", "exit -11|its process ended"),
    ],
)
def test_a_process_that_ends_is_told(run: Run, end: str, said: str) -> None:
    session = run(f"import ctypes, os\ndef f():\n    {end}")
    with pytest.raises(Ended, match=said):
        session.find("f")()


def test_too_much_memory_is_an_error_of_the_cell(run: Run) -> None:
    session = run("f = lambda: np.ones(2**31).sum()", Limits(memory=2**31))
    with pytest.raises(MemoryError):
        session.find("f")()


def test_a_notebook_has_so_many_seconds(run: Run) -> None:
    session = run("import time\nf = lambda: time.sleep(0.4)", Limits(call=1.0, notebook=1.0))
    start = time.monotonic()
    with pytest.raises((TookTooLong, OutOfTime)):  # noqa: PT012
        while time.monotonic() - start < 6:
            session.find("f")()


def _answers(exercise: Exercise) -> list[str]:
    """Three wrong answers and two right ones: the first, the last, and one between; of one that trains long, two."""
    wrong = [m.wrong for m in exercise.misconceptions]
    if exercise.patience > 5:
        return [wrong[0], exercise.alternates[0]]
    return [wrong[0], wrong[len(wrong) // 2], wrong[-1], exercise.alternates[0], exercise.alternates[-1]]


def _seen(report: Report) -> Any:
    failure = report.failure
    kept = ("kind", "case", "call", "got", "expected", "diagnosis", "advice", "line", "printed")
    told = {name: getattr(failure, name) for name in kept} if failure else {}
    told["call"] = re.sub(r" at 0x\w+", "", told.get("call", ""))  # of a random generator
    return report.exercise, report.outcome, report.share, report.cases, told


def _here(exercise: Exercise, source: str) -> Report:
    names: dict[str, Any] = {"np": np, "__name__": "answer"}
    linecache.cache["<answer>"] = (len(source), None, source.splitlines(True), "<answer>")
    exec(compile(source, "<answer>", "exec"), names)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return judge_anything(exercise, names.get(exercise.name), HIDDEN_SEED, CATALOGUE, names.get)


@pytest.mark.parametrize("name", CATALOGUE)
def test_answers_get_the_report_that_they_get_without_a_sandbox(zygote: Zygote, name: str) -> None:
    exercise = CATALOGUE[name]
    for source in map(str.strip, _answers(exercise)):
        session = Session(zygote, Limits())
        try:
            session.run("import numpy as np")
            error, shown = session.run(source)
            assert error == "", shown
            assert _seen(judge_remotely(exercise, session, HIDDEN_SEED)) == _seen(_here(exercise, source)), source
        finally:
            session.close()


def test_groups_of_killed_sandboxes_are_removed() -> None:
    require_program("bwrap")
    first = Zygote()
    folder = first.cgroup.folder if first.cgroup else None
    first.process.kill()
    first.process.wait()
    second = Zygote()
    try:
        assert folder is None or not folder.exists()
        assert (second.cgroup is not None and second.cgroup.folder is not None) == (folder is not None)
    finally:
        second.close()
        first.close()


def _ahead(session: Session, source: str, calls: list[tuple[Any, ...]]) -> Any:
    """A function that works on calls already."""
    session.run(f"import numpy as np\n{source}")
    f = session.find("f")
    session.exchange.ahead(f, pack_calls(calls))
    return f


CALLS = [(1.0, np.arange(3.0)), (2.0, np.arange(4)), (3.0, [np.ones(2), 7]), (4.0, {"a": np.eye(2)})]


def test_calls_sent_ahead_are_answered_in_order(zygote: Zygote) -> None:
    with closing(Session(zygote, Limits())) as session:
        f = _ahead(session, "def f(x, y):\n    print(x)\n    return [x, y]", CALLS)
        for call in CALLS:
            assert same(f(*call), list(call))
        assert not session.exchange.expected


def test_other_calls_than_those_sent_ahead_are_made_all_the_same(zygote: Zygote) -> None:
    with closing(Session(zygote, Limits())) as session:
        f = _ahead(session, "def f(x, y=0):\n    return [x, y]\ndef g(x): return -x", CALLS)
        assert same(f(*CALLS[0]), list(CALLS[0]))
        assert same(f(*CALLS[2]), list(CALLS[2])), "one is left out"
        assert session.find("g")(5) == -5
        session.exchange.ahead(f, pack_calls(CALLS))
        assert session.find("g")(6) == -6
        session.exchange.ahead(f, pack_calls(CALLS))
        assert same(f(1.0, y=2.0), [1.0, 2.0])


def test_a_call_sent_ahead_has_arguments_of_its_own(zygote: Zygote) -> None:
    shared = np.zeros(3)
    with closing(Session(zygote, Limits())) as session:
        f = _ahead(session, "def f(x):\n    x += 1\n    return x", [(shared,), (shared,)])
        for _ in range(2):
            given = shared.copy()
            assert f(given).tolist() == [1, 1, 1]
            assert given.tolist() == [1, 1, 1], "what it changed is told"
    assert shared.tolist() == [0, 0, 0]


def test_a_call_ahead_that_takes_too_long_costs_itself(zygote: Zygote) -> None:
    loops = "def f(x):\n    while x == 1:\n        pass\n    return x\ndef g(): return 7"
    with closing(Session(zygote, Limits(call=1.0))) as session:
        f = _ahead(session, loops, [(0,), *[(1,)] * 20, (2,)])
        assert f(0) == 0
        start = time.monotonic()
        with pytest.raises(OutOfTime):
            f(1)
        assert session.find("g")() == 7
        assert time.monotonic() - start < 15, "the others were not waited for"


def test_generators_and_functions_are_not_sent_ahead() -> None:
    calls = [(1.0,), (np.random.default_rng(0),), (2.0,)]
    assert len(pack_calls(calls)) == 1
    assert pack_calls([(abs, 1.0)]) == []
    assert len(pack_calls([(np.zeros(400_000),)] * 5)) == 1, "not more than there is room for"


def test_a_submission_stays_on_its_processor(run: Run) -> None:
    session = run("import os\ndef f():\n    os.sched_setaffinity(0, range(os.cpu_count()))")
    with pytest.raises(PermissionError):
        session.find("f")()


@pytest.mark.parametrize("source", ["pwd", "whos", "%pwd", "  1 + 1", "x = 1\n%time x", "?len", "!true"])
def test_what_ipython_understands_is_run(zygote: Zygote, source: str) -> None:
    with closing(Session(zygote, Limits())) as session:
        assert session.run(source)[0] == ""


FORGED = """
import sys
from autograde.runtime.serialization import send

def perceptron_predict(X, w, b):
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Worker":
        frame = frame.f_back
    there = ["l", [["o", "f", "", True], ["l", [["a", "<f8", [1], "C", True, bytes(8)]] * 3], ["d", []]]]
    for changed in [[], [[key, there, [0, 1, 2]] for key in range(100)]] * 50:
        send(frame.f_locals["self"].sock, ["returned", 0, changed, [], "", []])
    return X
"""


def test_forged_answers_change_nothing_that_others_are_asked(zygote: Zygote) -> None:
    before = repr([args for _, args, _ in asked("perceptron_predict", HIDDEN_SEED)])
    with closing(Session(zygote, Limits())) as session:
        session.run(FORGED)
        assert judge_remotely(CATALOGUE["perceptron_predict"], session, HIDDEN_SEED).share == 0
    assert repr([args for _, args, _ in asked("perceptron_predict", HIDDEN_SEED)]) == before
