"""The card: escaped HTML, a plain twin, a drawing where there is one."""

from html.parser import HTMLParser

import matplotlib
import numpy as np
import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.call import Outcome
from autograde.judging.card import Card, as_html, as_text, inline, picture_of
from autograde.judging.exercise import Exercise, compile_answer
from autograde.judging.judge import judge
from autograde.judging.report import Failure, Report

EVIL = "<script>alert('&\"')</script><img src=x onerror=alert(1)>"
ALLOWED = {"div", "code", "b", "ul", "li", "span", "pre", "img", "details", "summary"}


class Tags(HTMLParser):
    """Collects tags and text; complains where they are not balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def tags(html: str) -> Tags:
    found = Tags(html)
    assert found.open == []
    assert set(found.seen) <= ALLOWED
    return found


FIELDS = ("case", "call", "got", "expected", "diagnosis", "advice", "line", "printed", "question", "slip")


@pytest.mark.parametrize("field", FIELDS)
def test_every_text_of_a_failure_is_escaped(field: str) -> None:
    report = Report("f", {"a case": "failed"}, 0.0, Failure("value", **{"case": "a case", field: EVIL}))
    assert tags(as_html(report)).text.count(EVIL) == 1
    assert EVIL in as_text(report)


def test_what_a_learner_writes_is_escaped(toy: Exercise) -> None:
    source = f"def ramp(x, slope=2.0):\n    print({EVIL!r})\n    raise KeyError({EVIL!r})"
    report = judge(toy, compile_answer(source, "ramp"))
    html = as_html(report)
    assert "<script" not in html
    assert tags(html).text.count("<script>alert") == 2


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("use `a < b`", "use <code>a &lt; b</code>"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("a ` alone", "a ` alone"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
    ],
)
def test_backticks_mark_code(text: str, html: str) -> None:
    assert inline(text) == html


def test_marks_tell_verdicts_without_colour() -> None:
    report = Report("f", {"one": "passed", "two": "failed", "three": "not run"}, 0.5, Failure("value", "two"))
    text, html = as_text(report), as_html(report)
    for mark, label, verdict in (("✓", "one", "passed"), ("✗", "two", "failed"), ("–", "three", "not run")):
        assert f"{mark} {label}" in text
        assert f"aria-label='{verdict}'>{mark}</span> {label}" in html
    assert "1 of 3" in html


@pytest.mark.parametrize(
    ("kind", "share", "title"),
    [
        (None, 1.0, "Passed"),
        ("value", 0.5, "Partly right"),
        ("value", 0.0, "Not right yet"),
        ("stub", 0.0, "Not yet"),
        ("exception", 0.0, "It raised an error"),
        ("timeout", 0.0, "It did not finish"),
        ("signature", 0.0, "Not right yet"),
    ],
)
def test_titles(kind: str | None, share: float, title: str) -> None:
    report = Report("f", {"a": "passed"}, share, Failure(kind, "a") if kind else None)
    assert as_text(report, "a note").startswith(f"f: {title} (a note)")
    assert "<b style" in as_html(report)
    assert f"{title}</b>" in as_html(report, "a note")


def test_a_stub_is_not_told_what_it_fails() -> None:
    report = Report("f", {"a": "failed"}, 0.0, Failure("stub", "a", call="f(1)", got="x", advice="Write it."))
    assert as_text(report) == "f: Not yet\n  Write it."


def test_several_lines_stay_below_their_heading() -> None:
    report = Report("f", {"a": "failed"}, 0.0, Failure("value", "a", call="x = 1\nf(x)"))
    assert "  Call:\n      x = 1\n      f(x)" in as_text(report)


@pytest.mark.parametrize("text", ["\ud800", "\udfff \x00 \x1b[31m"])
def test_what_cannot_be_encoded_is_replaced(text: str) -> None:
    card = Card(Report("f", {"a": "failed"}, 0.0, Failure("value", "a", printed=text, got=text)))
    repr(card).encode("utf-8")
    card._repr_html_().encode("utf-8")


def wrong_predict(dimension: int) -> Report:
    """Of answers that exchange the classes: the report, shown on data of this dimension."""
    exercise = CATALOGUE["perceptron_predict"]
    answer = compile_answer("def perceptron_predict(X, w, b): return (X @ w + b <= 0).astype(int)", exercise.name)
    reports = [judge(exercise, answer, seed=seed) for seed in range(20)]
    return next(r for r in reports if r.failure and r.failure.trial and r.failure.trial.args[0].shape[1] == dimension)


@pytest.mark.slow
def test_a_wrong_result_in_the_plane_is_drawn() -> None:
    before = len(matplotlib.pyplot.get_fignums()) if hasattr(matplotlib, "pyplot") else 0
    html = Card(wrong_predict(2), CATALOGUE["perceptron_predict"])._repr_html_()
    assert "src='data:image/png;base64,iVBOR" in html
    assert "alt='" in html
    tags(html)
    after = len(matplotlib.pyplot.get_fignums()) if hasattr(matplotlib, "pyplot") else 0
    assert after == before  # no figure is left for the notebook to show


@pytest.mark.slow
def test_other_results_are_not_drawn(toy: Exercise) -> None:
    assert picture_of(CATALOGUE["perceptron_predict"], None) is None
    assert picture_of(CATALOGUE["perceptron_predict"], wrong_predict(3).failure) is None
    assert picture_of(toy, wrong_predict(2).failure) is None


def test_a_drawing_that_fails_is_left_out() -> None:
    exercise, report = CATALOGUE["perceptron_predict"], wrong_predict(2)
    assert report.failure is not None
    assert report.failure.trial is not None
    report.failure.trial.got = Outcome(value=np.array(["a"], dtype=object))
    assert picture_of(exercise, report.failure) is None
    assert "<img" not in Card(report, exercise)._repr_html_()
