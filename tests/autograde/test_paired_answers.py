"""Answers that belong together: a backward function is judged on caches of the learner's own forward function."""

from typing import Any

import numpy as np
import pytest

from autograde import check
from autograde.authoring.verify import verify
from autograde.exercises import CATALOGUE
from autograde.judging.answer import judge_anything
from autograde.judging.exercise import Arguments, Case, Exercise, Misconception, Together, together

FORWARD = "def scale_forward(x, w):\n    return w * x, (x, w)\n"
BACKWARD = "def scale_backward(g, cache):\n    x, w = cache\n    return g * w, (g * x).sum()\n"
NO_SUM = FORWARD + BACKWARD.replace(".sum()", "")
GLOBAL = """
def scale_forward(x, w):
    global last
    last = x, w
    return w * x, None
def scale_backward(g, cache):
    x, w = last
    return g * w, (g * x).sum()
"""


def scale_forward(x: Any, w: float) -> Any:
    return w * x, {"x": x, "w": w}


def scale_backward(g: Any, cache: Any) -> Any:
    return g * cache["w"], (g * cache["x"]).sum()


def _forward(rng: np.random.Generator) -> Arguments:
    return rng.normal(size=5), float(rng.normal())


def _backward(rng: np.random.Generator) -> Arguments:
    return *_forward(rng), rng.normal(size=5)


def _output(fn: Any, x: Any, w: float) -> Any:
    return fn(x, w)[0]


def _gradients(fn: Together, x: Any, w: float, g: Any) -> Any:
    _, cache = fn["scale_forward"](x, w)
    fn["scale_forward"](x + 1, w + 1)  # a later call must not spoil an earlier cache
    return fn["scale_backward"](g, cache)


HINTS = ["one", "two", "three"]


@pytest.fixture(autouse=True)
def pair(monkeypatch: pytest.MonkeyPatch) -> Exercise:
    """A backward exercise that needs its forward one; both are in the catalogue while a test runs."""
    forward = Exercise(scale_forward, [Case("w x", [_forward])], name="scale_forward", hints=HINTS, probe=_output)
    backward = Exercise(
        name="scale_backward",
        reference=together(scale_forward, scale_backward),
        cases=[Case("dx and dw", [_backward])],
        misconceptions=[
            Misconception("not summed", NO_SUM, "Sum."),
            Misconception("kept in a global", GLOBAL, "Use the cache."),
        ],
        alternates=[
            FORWARD + BACKWARD,
            "def scale_forward(x, w):\n    return w * x, lambda g: (g * w, (g * x).sum())\n"
            "def scale_backward(g, cache):\n    return cache(g)",
        ],
        hints=HINTS,
        probe=_gradients,
        given=["x", "w", "G"],
        script=lambda args: "Z, cache = scale_forward(x, w)\nscale_backward(G, cache)",
    )
    for exercise in (forward, backward):
        monkeypatch.setitem(CATALOGUE, exercise.name, exercise)
    return backward


def report(source: str) -> Any:
    scope: dict[str, Any] = {"np": np}
    exec(source, scope)
    return judge_anything(CATALOGUE["scale_backward"], scope.get("scale_backward"), 0, CATALOGUE, scope.get)


def test_the_catalogue_proves_a_pair(pair: Exercise) -> None:
    problems = [p for p in verify(pair, seeds=(0, 1)).problems if "wanted" not in p]
    assert pair.needs == ("scale_forward",)
    assert problems == []


@pytest.mark.parametrize(
    "forward",
    [
        FORWARD,
        "def scale_forward(x, w):\n    return w * x, iter([x, w])\n",  # can't be copied, nor read twice
        "class Kept(tuple):\n    def __deepcopy__(self, memo): raise RuntimeError\n    __copy__ = __reduce__ = None\n"
        "    def __eq__(self, other): raise RuntimeError\n"
        "def scale_forward(x, w):\n    return w * x, Kept((x, w))\n",
    ],
)
def test_a_cache_is_handed_on_untouched(forward: str) -> None:
    assert report(forward + BACKWARD).outcome == "passed"


def test_a_global_in_the_place_of_a_cache_is_found() -> None:
    found = report(GLOBAL)
    assert (found.outcome, found.failure.diagnosis) == ("failed", "kept in a global")


OWN = "Tried with your own `scale_forward`"
ANOTHER = "Tried with a right `scale_forward`"
CACHE_OF_REFERENCE = (
    "def scale_backward(g, cache):\n    x, w = cache['x'], cache['w']\n    return g * w, (g * x).sum()\n"
)

CHANGES_X = "def scale_forward(x, w):\n    kept = x.copy(), w\n    x *= w\n    return x, kept\n"


@pytest.mark.parametrize(
    ("forward", "backward", "said"),
    [
        ("def scale_forward(x, w):\n    return w + x, (x, w)\n", BACKWARD, OWN),
        (
            "def scale_forward(x, w):\n    z = w * x\n    kept = x.copy(), w\n    x += 1\n    return z, kept\n",
            BACKWARD,
            OWN,
        ),
        ("def scale_forward(x, w):\n    return w * x\n", CACHE_OF_REFERENCE, ANOTHER),
        ("def scale_forward(x, w):\n    raise NotImplementedError\n", CACHE_OF_REFERENCE, ANOTHER),
        ("scale_forward = 3\n", CACHE_OF_REFERENCE, ANOTHER),
        ("", CACHE_OF_REFERENCE, ANOTHER),
    ],
)
def test_what_is_wrong_in_the_forward_function_is_charged_once(forward: str, backward: str, said: str) -> None:
    found = report(forward + backward)
    assert (found.outcome, found.share) == ("passed", 1.0)
    assert found.remark.startswith(said)
    worse = report(forward + backward.replace(".sum()", ""))
    assert worse.share < 1
    assert worse.failure is not None


def test_what_the_backward_function_changes_is_charged() -> None:
    found = report(CHANGES_X + BACKWARD.replace("= cache", "= cache\n    g[:1] += 1"))
    assert found.share < 1


@pytest.mark.parametrize(
    ("forward", "outcome", "said"),
    [
        ("", "failed", "not right yet: mend `scale_forward` first"),
        ("scale_forward = 3\n", "failed", "not right yet: mend `scale_forward` first"),
        ("def scale_forward(x, w):\n    return w * x\n", "failed", "not right yet: mend `scale_forward` first"),
        ("def scale_forward(x, w):\n    raise NotImplementedError\n", "missing", "write `scale_forward` first"),
    ],
)
def test_where_neither_cache_can_be_used_nothing_is_scored(forward: str, outcome: str, said: str) -> None:
    found = report(forward + BACKWARD)
    assert (found.outcome, found.share) == (outcome, 0.0)
    assert said in found.failure.advice
    assert set(found.cases.values()) == {"not run"}


def test_a_stub_stays_a_stub_whatever_the_forward_function_is() -> None:
    stub = "def scale_backward(g, cache):\n    raise NotImplementedError\n"
    for forward in (FORWARD, "def scale_forward(x, w):\n    return w + x, (x, w)\n"):
        assert report(forward + stub).outcome == "missing"


def test_check_finds_the_forward_function_beside_the_call(capsys: pytest.CaptureFixture[str]) -> None:
    scope = {"check": check, "np": np}
    exec(FORWARD + BACKWARD + "score = check(scale_backward, 2)", scope)
    assert scope["score"] == 2.0
    exec(NO_SUM + "score = check('scale_backward')", scope)
    assert scope["score"] == 0.5
    shown = capsys.readouterr().out
    assert "Z, cache = scale_forward(x, w)\n      scale_backward(G, cache)" in shown
    assert "Diagnosis: not summed" in shown
