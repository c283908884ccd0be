"""The page for a learner: what it tells, what it keeps to itself, and that nothing on it can act."""

import base64
import json
import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import insert

from autograde import cli
from autograde.gradebook.database import RESULTS, default_url
from autograde.gradebook.results import FAILED, ExerciseResult
from autograde.reporting.page import Answer, Exercise, Page, Question, render
from tests.autograde.books import ASSIGNMENT, NAME, QUESTION, SOURCE, answered, open_book, result
from tests.browser.lab import CHROMIUM_ARGS

pytestmark = pytest.mark.slow

FOUND = ExerciseResult(
    score=1.0,
    max_score=2.0,
    outcome="partial",
    diagnosis="the sign is lost",
    advice="Subtract `yhat` from `y`.",
    case="labels of both kinds",
    call="perceptron_step(x, y, w, b)",
    got="np.array([1., 2.])",
    expected="np.array([1., -2.])",
    line="line 3: w += x",
    printed="I was here",
    cases={"labels of both kinds": "failed", "another eta": "passed"},
)
CODE = "def perceptron_step(x, y, w, b, eta=1.0):\n    return w + x, b < 1"
ATTACKS = [
    "<script>window.flag = 1</script>",
    "<img src=x onerror='window.flag=1'>",
    "\"><svg onload=alert(1)>",
    "</pre></style><script>alert(1)</script>",
    "`<b onclick=alert(1)>`",
    "[x](javascript:alert(1)) {{ 7*7 }} {% raw %} {{ page }}",
    "<style>@import 'http://127.0.0.1:9/x'</style><meta http-equiv=refresh content='0;url=http://127.0.0.1:9'>",
    "<a href=javascript:alert(1)>x</a><iframe srcdoc='<script>parent.flag=1</script>'></iframe>",
    "\x00<\x00script>alert(1)</script>\u2028\x1b[31m",
]  # fmt: skip


def page_text(course: Path, student: str = "ada") -> str:
    return (course / "feedback" / student / ASSIGNMENT / f"{NAME}.html").read_text(encoding="utf-8")


def plain(html: str) -> str:
    """What a reader sees, in one line."""

    class Reader(HTMLParser):
        text = ""
        silent = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.silent = tag == "style"
            self.text += " " if tag in ("p", "pre", "section", "li") else ""

        def handle_endtag(self, tag: str) -> None:
            self.silent = False

        def handle_data(self, data: str) -> None:
            self.text += "" if self.silent else data

    reader = Reader()
    reader.feed(html)
    return " ".join(reader.text.split())


def feedback(course: Path, *arguments: str) -> int:
    return cli.main(["feedback", *arguments, "--course", str(course)])


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one submission that a person has marked."""
    notebook = answered(question="It does **not** follow.", perceptron_step=CODE)
    exercises = dict(result().exercises) | {"perceptron_step": FOUND}
    with open_book(tmp_path) as book:
        book.write(result(notebook=notebook, exercises=exercises, repaired=("A test was put back.",)), "f1")
    with Gradebook(default_url(tmp_path), "mlp-course") as gradebook:
        grade = gradebook.find_grade(QUESTION, NAME, ASSIGNMENT, "ada")
        grade.manual_score, grade.needs_manual_grade = 3.5, False
        gradebook.find_comment(QUESTION, NAME, ASSIGNMENT, "ada").manual_comment = "Well argued & short"
        gradebook.find_comment("perceptron_step", NAME, ASSIGNMENT, "ada").manual_comment = "Nearly there"
        gradebook.find_submission_notebook(NAME, ASSIGNMENT, "ada").late_submission_penalty = 1.5
        gradebook.db.commit()
    return tmp_path


def test_it_tells_everything_a_learner_needs(course: Path) -> None:
    assert feedback(course) == 0
    text = plain(page_text(course))
    for part in (
        "The perceptron",
        "5 of 16 points",
        "1.5 points taken off because it was late",
        "perceptron_step · ◐ partly right · 1 of 2 points",
        "✗ labels of both kinds (failed)",
        "✓ another eta (passed)",
        "Diagnosis: the sign is lost",
        "Subtract yhat from y.",
        "Your line: line 3: w += x",
        "Call: perceptron_step(x, y, w, b)",
        "Got: np.array([1., 2.])",
        "Expected: np.array([1., -2.])",
        "It printed: I was here",
        "Comment: Nearly there",
        "return w + x, b < 1",
        "Question: the stubborn perceptron (4 points, read by a person) · 3.5 of 4 points",
        "Your answer: It does **not** follow.",
        "Comment: Well argued & short",
        "A test was put back.",
    ):
        assert part in text, part
    assert "has not been read yet" not in text


def test_it_keeps_tests_answers_and_rubric_to_itself(course: Path) -> None:
    """As graded, a notebook has hidden tests and the rubric in it, here below the question, too."""
    graded = json.loads(SOURCE.read_text())
    texts = ["".join(cell["source"]) for cell in graded["cells"]]
    solutions = [re.findall(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", text, re.DOTALL) for text in texts]
    secret = [line.strip() for found in solutions for text in found for line in text.split("\n")]
    secret += ["hidden=True", "BEGIN HIDDEN", "Rubric", "MARK SCHEME", "check("]
    assert len(secret) > 30
    roles = [cell["metadata"].get("nbgrader", {}) for cell in graded["cells"]]
    for cell, role in zip(graded["cells"], roles, strict=True):
        if role.get("solution"):
            cell["source"] = CODE
    graded["cells"].sort(key=lambda cell: cell["metadata"].get("nbgrader", {}).get("grade_id") != QUESTION)
    (course / f"autograded/ada/{ASSIGNMENT}/{NAME}.ipynb").write_text(json.dumps(graded))
    feedback(course)
    text = plain(page_text(course))
    assert "return w + x, b < 1" in text
    assert [line for line in secret if len(line) > 5 and line in text] == []


def test_an_unread_question_has_no_points_yet(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        book.write(result(), "f1")
    assert feedback(tmp_path) == 0
    text = plain(page_text(tmp_path))
    assert "3 of 16 points A written answer has not been read yet; its points are not in the total." in text
    assert "not read yet, 4 points at most There is no answer." in text
    assert "taken off" not in text


def test_an_answer_that_has_changed_since_it_was_marked_says_what_counts(course: Path) -> None:
    with open_book(course) as book:
        assert book.write(result(notebook=answered(question="It does follow.")), "f2") == [QUESTION]
    assert feedback(course) == 0
    text = plain(page_text(course))
    assert "its points are not in the total" not in text, "they are"
    assert "A written answer has changed since a person marked it; that mark counts until it is read again." in text
    assert "3.5 of 4 points, given to an earlier version" in text
    assert "Comment on the earlier version: Well argued & short" in text


def test_points_that_a_person_gave_for_a_test_count(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        book.write(result(), "f1")
    with Gradebook(default_url(tmp_path), "mlp-course") as gradebook:
        gradebook.find_grade("test_perceptron_fit", NAME, ASSIGNMENT, "ada").manual_score = 2.5
        gradebook.db.commit()
    feedback(tmp_path)
    assert "perceptron_fit · ✗ not right yet · 2.5 of 3 points, given by a person" in plain(page_text(tmp_path))
    assert "5.5 of 16 points" in plain(page_text(tmp_path))


def test_a_submission_that_failed_gets_the_reason(tmp_path: Path) -> None:
    failed = result(status=FAILED, error="the notebook is <b>cut off</b>", tests={}, exercises={}, notebook="")
    with open_book(tmp_path) as book:
        book.write(failed, "f1")
        book.write(result("bob"), "f1")
        book.write(replace(failed, student="bob"), "f2")
    assert feedback(tmp_path) == 0
    assert "could not be graded the notebook is <b>cut off</b>" in plain(page_text(tmp_path))
    assert " of 16 points" not in plain(page_text(tmp_path))
    assert "3 of 16 points, from an earlier version" in plain(page_text(tmp_path, "bob"))


@pytest.mark.parametrize("notebook", ["", "[]", "{", '{"cells": 3}', '{"cells": [3, {"metadata": {"nbgrader": "x"}}]}'])
def test_a_notebook_that_is_gone_or_broken_costs_only_the_code(course: Path, notebook: str) -> None:
    (course / f"autograded/ada/{ASSIGNMENT}/{NAME}.ipynb").write_text(notebook)
    assert feedback(course) == 0
    assert "Subtract yhat from y." in plain(page_text(course))
    assert "Your code" not in page_text(course)


def test_only_the_assignments_asked_for(course: Path) -> None:
    with open_book(course) as book, book._writer.begin() as db:
        other = replace(result("bob"), assignment="02_gone", notebook="").to_json()
        db.execute(
            insert(RESULTS).values(student="bob", assignment="02_gone", fingerprint="", answers="", result=other)
        )
    assert feedback(course, ASSIGNMENT) == 0
    assert not (course / "feedback/bob").exists()


def test_an_unknown_assignment_is_one_sentence(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert feedback(course, "99_nothing") == 2
    said = capsys.readouterr().err
    assert said == f"autograde feedback: no assignment '99_nothing': the gradebook has {ASSIGNMENT}\n"


def test_without_a_gradebook_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert feedback(tmp_path) == 2
    assert capsys.readouterr().err.startswith("autograde feedback: there is no gradebook")
    assert list(tmp_path.iterdir()) == []


def test_the_database_may_be_elsewhere(course: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    (course / "gradebook.db").rename(elsewhere)
    assert feedback(course, "--db", f"sqlite:///{elsewhere}") == 0
    assert page_text(course)


@pytest.mark.parametrize("name", ["../x", "..", "/etc", "a/../../b"])
def test_no_name_leads_out_of_the_folder(course: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = set(course.parent.rglob("*"))
    with open_book(course) as book, book._writer.begin() as db:
        for student, assignment in ((name, ASSIGNMENT), ("eve", name)):
            text = replace(result(student), assignment=assignment, notebook="").to_json()
            row = {"student": student, "assignment": assignment, "fingerprint": "", "answers": "", "result": text}
            db.execute(insert(RESULTS).values(**row))
    assert feedback(course) == 1
    assert capsys.readouterr().err.count("rename it") == 2
    new = {path.relative_to(course).parts[0] for path in course.parent.rglob("*") if path not in before}
    assert new == {"feedback"}
    assert [path.name for path in (course / "feedback").iterdir()] == ["ada"]


def full_page(text: str) -> Page:
    """A page with one text in every place that a text can come from."""
    found = replace(
        FOUND, **dict.fromkeys(["diagnosis", "advice", "case", "call", "got", "expected", "line", "printed"], text)
    )
    found = replace(found, cases={text: "failed"})
    exercise = Exercise(text, found, 1.0, False, text, text)
    question = Question(text, 4.0, 2.0, [Answer(text)], text)
    return Page(text, text, 1.0, 2.0, 0.5, text, [exercise], [question], [text])


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, frozenset[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "code":  # text in backticks
            self.tags.append((tag, frozenset(attrs)))


def tags(page: Page) -> list[tuple[str, frozenset[tuple[str, str | None]]]]:
    reader = Tags()
    reader.feed(render(page))
    return reader.tags


HARMLESS = tags(full_page("x"))


@given(st.lists(st.sampled_from(ATTACKS) | st.text(max_size=5) | st.sampled_from(list("<>&\"'`/={}%#\n")), min_size=1))
def test_no_text_makes_a_tag(parts: list[str]) -> None:
    text = "x" + "".join(parts)  # where a text is empty, its heading is left out
    assert tags(full_page(text)) == HARMLESS


def test_the_page_may_load_and_run_nothing() -> None:
    html = render(full_page("x"))
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in html
    assert html.index("Content-Security-Policy") < html.index("<style")
    assert not {"script", "a", "img", "link", "iframe", "form", "base"} & {tag for tag, _ in HARMLESS}


PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


def test_pictures_below_a_question_are_shown(course: Path) -> None:
    """Pasted ones and those that a learner's own cells have drawn; nothing but pictures that run nothing."""
    place = course / "autograded" / "ada" / ASSIGNMENT / f"{NAME}.ipynb"
    notebook = json.loads(place.read_text())
    at = next(
        i for i, c in enumerate(notebook["cells"]) if c["metadata"].get("nbgrader", {}).get("grade_id") == QUESTION
    )
    bundle = {"image/png": PICTURE, "image/svg+xml": "<svg onload='alert(1)'/>", "image/jpeg": "'><script>"}
    pasted = {"cell_type": "markdown", "metadata": {}, "source": "see", "attachments": {"x.png": bundle}}
    drawn = {"cell_type": "code", "metadata": {}, "source": "plot()", "outputs": [{"data": {"image/gif": PICTURE}}, 7]}
    notebook["cells"][at + 1 : at + 1] = [pasted, drawn]
    place.write_text(json.dumps(notebook))
    assert feedback(course) == 0
    found = re.findall(r"<img [^>]*>", page_text(course))
    assert found == [
        f'<img alt="A picture in your answer" src="data:image/{kind};base64,{PICTURE}">' for kind in ("png", "gif")
    ]
    assert "script" not in page_text(course)


def happenings(browser: Browser, path: Path) -> list[str]:
    """What a page does beyond being shown: dialogs, messages, requests, scripts run."""
    happened: list[str] = []
    page = browser.new_page()
    page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: happened.append(message.text))
    page.on("request", lambda request: happened.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    assert page.evaluate("() => [window.flag, document.scripts.length, document.images.length]") == [None, 0, 0]
    assert page.get_by_text("Your answer:").count() == 1
    assert ATTACKS[0] in page.locator("body").inner_text()
    return happened[1:]  # the first request is for the page itself


@pytest.mark.browser
def test_attacks_do_nothing_in_a_browser(tmp_path: Path, chromium: str) -> None:
    """In a student's name, code, output, answers and comments; with and without the policy of the page."""
    attack = "\n".join(ATTACKS)
    student = "<img src=x onerror=alert(1)>"
    exercises = {name: replace(FOUND, printed=attack, got=attack) for name in result().exercises}
    notebook = answered(question=attack, perceptron_step=attack)
    with open_book(tmp_path) as book:
        book.write(result(student, notebook=notebook, exercises=exercises, repaired=(attack,)), "f1")
    with Gradebook(default_url(tmp_path), "mlp-course") as gradebook:
        gradebook.find_comment(QUESTION, NAME, ASSIGNMENT, student).manual_comment = attack
        gradebook.db.commit()
    assert feedback(tmp_path) == 0
    html = page_text(tmp_path, student)
    place = tmp_path / "feedback" / student / ASSIGNMENT / f"{NAME}.html"
    (tmp_path / "bare.html").write_text(re.sub(r"<meta http-equiv=.*", "", html, count=1))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        for path in (place, tmp_path / "bare.html"):
            assert happenings(browser, path) == []
        browser.close()


def test_a_page_takes_little_time(tmp_path: Path) -> None:
    with open_book(tmp_path) as book:
        for number in range(100):
            book.write(result(f"s{number:03d}", notebook=answered(perceptron_step=CODE)), "f1")
    start = time.process_time()
    assert feedback(tmp_path) == 0
    assert (time.process_time() - start) / 100 < 0.010
