"""Code that may do anything is called, stopped and looked at without harm."""

import gc
import logging
import os
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograde.judging.call import Outcome, attempt
from autograde.runtime.silence import KEPT_OUTPUT, quiet, sealed
from autograde.runtime.timeout import OutOfTime, run_within
from autograde.runtime.values import Opaque, plain

SOON = 0.15
pytestmark = pytest.mark.timeout(60, method="thread")  # by a thread: what is tested uses the signal of the other method


def loop() -> None:
    while True:
        pass


def loop_around_except() -> None:
    while True:
        try:  # noqa: SIM105
            sum(range(10))
        except Exception:
            pass


def loop_around_bare_except() -> None:
    while True:
        try:  # noqa: SIM105
            time.sleep(0.01)
        except:  # noqa: E722
            pass


def loops_around_bare_excepts() -> None:
    while True:
        try:
            loop_around_bare_except()
        except:  # noqa: E722
            continue


def sleep() -> None:
    time.sleep(1000)


def numpy_loop() -> None:
    while True:
        np.ones(1000).sum()


def printing_loop() -> None:
    while True:
        print("x" * 1000)


def turns_it_into_another_error() -> None:
    try:
        loop()
    except BaseException:
        raise ValueError("something else") from None


def turns_it_into_a_value() -> int:
    try:
        loop()
    finally:
        return 3  # noqa: B012


class LoopingText(Exception):
    def __str__(self) -> str:
        loop()
        return ""


def raises_with_endless_text() -> None:
    raise LoopingText


LOOPS = [
    loop,
    loop_around_except,
    loop_around_bare_except,
    loops_around_bare_excepts,
    sleep,
    numpy_loop,
    printing_loop,
    turns_it_into_another_error,
    turns_it_into_a_value,
    raises_with_endless_text,
]


@pytest.mark.parametrize("endless", LOOPS)
def test_what_never_ends_is_stopped(endless: Callable[[], Any]) -> None:
    start, handler = time.process_time(), signal.getsignal(signal.SIGALRM)  # the time of a busy machine is not ours
    outcome = attempt(endless, (), seconds=SOON)
    assert outcome.timed_out
    assert outcome.value is None
    assert time.process_time() - start < 10 * SOON
    time.sleep(0.01)  # nothing is left that could ring, but what was set before: pytest's own limit
    assert not 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 60
    assert signal.getsignal(signal.SIGALRM) == handler


def test_the_line_that_was_running_is_told() -> None:
    outcome = attempt(loop, (), seconds=SOON)
    assert outcome.where == "loop"
    assert outcome.line.endswith((": while True:", ": pass"))


@pytest.mark.parametrize("endless", [loop, loop_around_except, numpy_loop])
def test_a_thread_has_a_limit_too(endless: Callable[[], Any]) -> None:
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(attempt(endless, (), seconds=SOON)))
    thread.start()
    thread.join(10)
    assert outcomes[0].timed_out


def test_limits_may_be_nested_and_the_outer_one_survives() -> None:
    def nested() -> None:
        assert attempt(loop, (), seconds=0.05).timed_out
        end = time.perf_counter() + 2
        while time.perf_counter() < end:
            pass

    start = time.process_time()
    assert attempt(nested, (), seconds=SOON).timed_out
    assert time.process_time() - start < 1.5


def test_a_call_that_ends_late_counts_as_late() -> None:
    end = time.perf_counter() + 0.2

    def busy() -> int:
        while time.perf_counter() < end:
            try:
                time.sleep(0.01)
            except OutOfTime:
                continue
        return 1

    with pytest.raises(OutOfTime):
        run_within(0.05, busy)


@pytest.mark.parametrize("error", [SystemExit, GeneratorExit, MemoryError, StopIteration, BaseException])
def test_whatever_is_raised_is_kept(error: type[BaseException]) -> None:
    def raises() -> None:
        raise error("why")

    outcome = attempt(raises, ())
    assert type(outcome.error) is error
    assert (outcome.message, outcome.where.rpartition(".")[2]) == ("why", "raises")
    assert outcome.line.endswith('raise error("why")')


def test_stop_is_obeyed() -> None:
    def interrupted() -> None:
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job would ignore it
    try:
        with pytest.raises(KeyboardInterrupt):
            attempt(interrupted, ())
    finally:
        signal.signal(signal.SIGINT, before)
    assert not 0 < signal.getitimer(signal.ITIMER_REAL)[0] < 60


class Nasty(Exception):
    def __str__(self) -> str:
        raise SystemExit

    __repr__ = __str__


def test_an_error_without_text_and_one_with_too_much() -> None:
    def nasty() -> None:
        raise Nasty

    def long() -> None:
        raise ValueError("x" * 10**6)

    assert attempt(nasty, ()).message == ""
    assert len(attempt(long, ()).message) <= 1000


def test_endless_recursion_is_an_error_like_others() -> None:
    def deep(n: int) -> int:
        return deep(n + 1)

    assert isinstance(attempt(deep, (0,)).error, RecursionError)


def change_all(x: Any, items: list[float], d: dict[str, Any]) -> None:
    x *= 2
    items.append(1.0)
    d["a"][0] = 5


def test_changed_arguments_are_named_and_the_callers_are_not_touched() -> None:
    args = (np.ones(2, dtype=np.float32), [1.0], {"a": np.ones(1)})
    outcome = attempt(change_all, args, ("x", "items", "d"))
    assert outcome.changed == ["x", "items", "d"]
    assert args[0].tolist() == [1, 1]
    assert args[1] == [1.0]
    assert attempt(lambda x, items, d: x + 1, args, ("x", "items", "d")).changed == []
    assert attempt(lambda x, items, d: setattr(x, "shape", (2, 1)), args).changed == ["argument 1"]


def test_functions_and_random_generators_may_be_arguments() -> None:
    rng = np.random.default_rng(0)
    outcome = attempt(lambda f, r: f(r.normal()), (float, rng))
    assert outcome.error is None
    assert outcome.changed == []
    assert outcome.value == np.random.default_rng(0).normal()  # the call got a copy


def test_results_do_not_change_later() -> None:
    buffer = np.zeros(3)

    def reuse(x: float) -> np.ndarray:
        buffer[:] = x
        return buffer

    first = attempt(reuse, (1.0,))
    attempt(reuse, (2.0,))
    assert first.value.tolist() == [1, 1, 1]


def test_nothing_global_is_left_changed() -> None:
    def meddle() -> None:
        np.seterr(all="raise")
        warnings.simplefilter("error")
        sys.setrecursionlimit(300)
        sys.stdout, sys.stderr = None, None  # type: ignore[assignment]
        logging.disable(logging.NOTSET)
        np.random.seed(0)  # noqa: NPY002
        os.environ["HOME"] = "/nowhere"
        os.environ["NEW"] = "1"
        os.chdir("/")

    def state() -> list[Any]:
        numpys, pythons = np.random.get_state()[1].tolist(), sys.getrecursionlimit()  # noqa: NPY002
        streams, folder, environment = (sys.stdout, sys.stderr), os.getcwd(), dict(os.environ)
        silenced = logging.root.manager.disable, list(warnings.filters), np.geterr()
        return [numpys, pythons, streams, folder, environment, silenced]

    before = state()
    with sealed():
        assert attempt(meddle, ()).error is None
    assert state() == before


def test_numpy_warns_even_where_the_learner_made_it_raise() -> None:
    with np.errstate(all="raise"):
        assert attempt(lambda: np.log(np.zeros(1)), ()).error is None


def test_prints_are_kept_and_cut() -> None:
    outcome = attempt(lambda: [print("word", i) for i in range(10**5)], ())
    assert outcome.printed.startswith("word 0\nword 1\n")
    assert len(outcome.printed) == KEPT_OUTPUT


def test_nothing_reaches_the_notebook(capfd: pytest.CaptureFixture[str]) -> None:
    saved = sys.stderr

    def noisy() -> None:
        warnings.warn("warned", stacklevel=1)
        np.log(-np.ones(1))
        logging.getLogger("x").error("logged")
        print("printed", file=sys.stderr)
        print("kept stream", file=saved)
        os.write(1, b"one")
        os.write(2, b"two")
        sys.__stderr__.write("dunder")  # type: ignore[union-attr]
        os.system("echo shell >&2")

    with sealed():
        outcome = attempt(noisy, ())
    assert outcome.error is None
    print("after", file=sys.stderr)
    assert capfd.readouterr() == ("", "after\n")


def test_quiet_alone_keeps_what_was_printed() -> None:
    with quiet() as printed:
        print("a")
        print("b", file=sys.stderr)
    assert printed.getvalue() == "a\nb\n"


async def coroutine() -> None: ...


def test_a_coroutine_is_no_result_and_nobody_complains() -> None:
    outcome = attempt(coroutine, ())
    assert isinstance(outcome.value, Opaque)
    assert outcome.value.kind == "coroutine"
    gc.collect()  # "never awaited" would be an error here


class Masquerade:
    """Raises, or lies, wherever it is touched."""

    def __getattribute__(self, name: str) -> Any:
        raise SystemExit(name)

    def __repr__(self) -> str:
        raise RuntimeError

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class Liar(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return True

    def __array__(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError

    __hash__ = None  # type: ignore[assignment]


class OddFloat(float):
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (np.ones(2).view(Liar), np.ndarray),
        (np.ma.masked_array([1, 2]), np.ndarray),
        (np.array([1, 2.5], dtype=object), np.ndarray),
        (np.array([[1], [1, 2]], dtype=object), Opaque),
        (np.float32(2), np.float32),
        (OddFloat(2), float),
        ([1, (2, 3)], list),
        ([0] * 10**6, Opaque),
        (iter([1]), Opaque),
        (print, Opaque),
        (object(), Opaque),
        ({"a": object()}, dict),
        (3 + 4j, complex),
    ],
    ids=lambda v: type(v).__name__,
)
def test_results_become_plain(value: Any, kind: type) -> None:
    assert type(plain(value)) is kind


def test_object_arrays_of_numbers_become_numbers() -> None:
    assert plain(np.array([1, 2.5], dtype=object)).dtype == np.float64


def test_a_list_that_holds_itself_ends() -> None:
    ring: list[Any] = []
    ring.append(ring)
    assert isinstance(plain(ring), list)


def test_an_object_that_resists_becomes_an_error_or_an_opaque() -> None:
    outcome = attempt(Masquerade, ())
    assert isinstance(outcome.value, Opaque) or isinstance(outcome.error, SystemExit)
