"""Hints come one by one, progress is kept, and no file on the disk can stop a learner."""

import json
import linecache
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from autograde import check, hint, progress
from autograde.exercises import CATALOGUE
from autograde.judging.diagnosis.repair import search
from autograde.learner.state import progress_file

NAME = "perceptron_predict"
HINTS = CATALOGUE[NAME].hints


def test_hints_come_one_by_one_and_the_last_stays() -> None:
    for count in [1, 2, 3, 3]:
        text = repr(hint(NAME))
        assert [h in text for h in HINTS] == [i < count for i in range(3)]
        assert f"Hints for {NAME}: {count} of 3." in text
        assert ("Run this again" in text) == (count < 3)


def test_a_hint_can_be_asked_for_again() -> None:
    text = repr(hint(NAME, 2))
    assert [h in text for h in HINTS] == [False, True, False]
    assert progress_file.load(NAME).hints == 0


def test_hints_may_be_asked_by_function() -> None:
    def perceptron_predict() -> None: ...

    assert HINTS[0] in repr(hint(perceptron_predict))


def test_hints_are_html_with_code() -> None:
    html = hint(NAME, 2)._repr_html_()
    assert "<code>X @ w</code>" in html
    assert "`" not in html


@pytest.mark.parametrize(("name", "number"), [("nothing", None), (NAME, 0), (NAME, 4), (None, None), (len, None)])
def test_wrong_questions_are_answered(name: object, number: int | None) -> None:
    with pytest.raises(ValueError, match=r"no such exercise; choose one of|this exercise has hints 1 to 3"):
        hint(name, number)


def test_a_written_question_has_a_sentence_for_a_hint() -> None:
    text = repr(hint("stubborn_perceptron"))
    assert "written question" in text
    assert 'review("stubborn_perceptron")' in text


def perceptron_predict(X, w, b):  # type: ignore[no-untyped-def]
    return (X @ w + b >= 0).astype(int)


def row(name: str) -> str:
    return next(line for line in repr(progress()).splitlines() if f"  {name} " in line)


def test_progress_follows_the_best_check() -> None:
    assert "○ open" in row(NAME)
    share = float(check(perceptron_predict))
    assert 0.5 < share < 1
    assert f"◐ {share:.0%}" in row(NAME)
    right = progress_file.load(NAME)
    assert (right.checks, right.solved_at) == (1, 0.0)
    assert f"points: {2 * share:.2f} of 12" in repr(progress())
    progress_file.note_check(NAME, 1.0)
    assert "✓ solved" in row(NAME)
    assert abs(progress_file.load(NAME).solved_at - time.time()) < 60
    progress_file.note_check(NAME, 0.0)
    assert "✓ solved" in row(NAME)
    assert progress_file.load(NAME).checks == 3
    progress_file.note_check("perceptron_step", 0.0)
    assert "✗ tried" in row("perceptron_step")
    assert repr(progress()).startswith("Next: the exercise perceptron_step")


def test_progress_survives_a_restart(root: Path) -> None:
    """Another process writes, this one reads, and the other way round."""
    first = "from autograde.learner import hint; from autograde.learner.state import progress_file as file"
    code = f"{first}; file.note_check({NAME!r}, 1.0); hint({NAME!r})"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env=os.environ)
    assert (progress_file.load(NAME).share, progress_file.load(NAME).hints) == (1.0, 1)
    progress_file.note_check("perceptron_step", 0.5)
    code = "from autograde import progress; print(repr(progress()))"
    out = subprocess.run([sys.executable, "-c", code], check=True, cwd=root, capture_output=True, text=True).stdout
    assert "◐ 50%" in out
    assert "✓ solved" in out


GOOD = '"perceptron_step": {"share": 1, "checks": 2, "hints": 0, "solved_at": 5}'
BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b"{}",
    b"[" * 100_000,
    *(
        f'{{"exercises": {{"{NAME}": {entry}, {GOOD}}}}}'.encode()
        for entry in (
            "3",
            "{}",
            '{"share": "x", "checks": 0, "hints": 0, "solved_at": 0}',
            '{"share": 7, "checks": 0, "hints": 0, "solved_at": 0}',
            '{"share": NaN, "checks": 0, "hints": 0, "solved_at": 0}',
            '{"share": 1, "checks": Infinity, "hints": 0, "solved_at": 0}',
            '{"share": 1, "checks": -1, "hints": 0, "solved_at": 0}',
        )
    ),
]


@pytest.mark.parametrize("content", BROKEN, ids=lambda b: b[:30])
def test_a_file_that_cannot_be_read_is_kept_aside(content: bytes, progress_folder: Path) -> None:
    progress_folder.mkdir()
    file = progress_folder / "progress.json"
    for number in ("1", "2"):  # a second accident does not cost what the first one left
        file.write_bytes(content)
        assert progress_file.load(NAME) == progress_file.Record()
        assert (progress_folder / f"progress.bad{number}").read_bytes() == content
    assert progress_file.load("perceptron_step").checks == (2 if GOOD.encode() in content else 0), "it lost good ones"
    assert "○ open" in row(NAME)
    progress_file.note_check(NAME, 1.0)
    assert progress_file.load(NAME).share == 1.0


def test_what_was_kept_in_many_files_is_taken_over(progress_folder: Path) -> None:
    progress_folder.mkdir()
    (progress_folder / f"{NAME}.json").write_text('{"share": 0.5, "checks": 4, "hints": 1, "solved_at": 0.0}')
    (progress_folder / "perceptron_step.json").write_text("{")
    assert progress_file.load(NAME).checks == 4
    progress_file.note_check(NAME, 1.0)
    assert (progress_file.load(NAME).checks, progress_file.load("perceptron_step").checks) == (5, 0)


def test_two_machines_become_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    progress_file.note_check(NAME, 0.5)
    progress_file.keep("predictions", "one_update", {"guess": ["always"], "stage": "kept", "verdict": []})
    progress(export=tmp_path / "mine.json")
    monkeypatch.setenv("MLP_COURSE_PROGRESS", str(tmp_path / "other"))
    progress_file.note_check(NAME, 1.0)
    progress_file.note_check(NAME, 1.0)
    progress_file.keep("predictions", "one_update", {"guess": ["not always"], "stage": "kept", "verdict": []})
    progress_file.keep("questions", "stubborn_perceptron", {"text": "No.", "ticked": [0]})
    for _ in range(2):  # a second time changes nothing
        progress(merge=tmp_path / "mine.json")
        state = progress_file.read()
        assert (state["exercises"][NAME]["share"], state["exercises"][NAME]["checks"]) == (1.0, 2)
        assert state["predictions"]["one_update"]["guess"] == ["not always"]  # the later one
        assert "1 of 4 points, self-assessed" in repr(progress())


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff"])
def test_a_file_without_progress_is_refused(tmp_path: Path, content: bytes) -> None:
    progress_file.note_check(NAME, 0.5)
    (tmp_path / "other.json").write_bytes(content)
    with pytest.raises(ValueError, match="a file without progress in it"):
        progress(merge=tmp_path / "other.json")
    assert progress_file.load(NAME).share == 0.5


def test_a_disk_that_refuses_does_not_stop_a_check(progress_folder: Path) -> None:
    progress_folder.write_text("a file where the folder should be")
    assert 0.5 < check(perceptron_predict) < 1
    assert HINTS[0] in repr(hint(NAME))
    assert "○ open" in row(NAME)


def test_a_folder_in_place_of_a_file(progress_folder: Path) -> None:
    (progress_folder / "progress.json").mkdir(parents=True)
    assert progress_file.load(NAME) == progress_file.Record()


@pytest.mark.slow
def test_writers_at_the_same_time_leave_whole_files(root: Path, progress_folder: Path) -> None:
    note = "from autograde.learner.state import progress_file as file"
    code = f"{note}\nfor i in range(100): file.note_check({NAME!r}, i / 100)"
    writers = [subprocess.Popen([sys.executable, "-c", code], cwd=root, env=os.environ) for _ in range(3)]
    file, seen = progress_folder / "progress.json", 0
    while any(w.poll() is None for w in writers):
        if file.exists():
            seen += set(json.loads(file.read_text())) == set(progress_file.SECTIONS)
    assert [w.returncode for w in writers] == [0, 0, 0]
    assert seen > 10
    assert progress_file.load(NAME).checks == 300, "a count was lost"
    assert [f.name for f in progress_folder.iterdir()] == [file.name]  # nothing half written is left


def test_grading_is_no_progress_of_the_grader(monkeypatch: pytest.MonkeyPatch, progress_folder: Path) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    check(perceptron_predict)
    assert not progress_folder.exists()
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    check(perceptron_predict)
    assert progress_folder.exists()


def test_without_a_setting_progress_lies_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MLP_COURSE_PROGRESS")
    assert progress_file.folder().parts[-2:] == ("mlp-course", "progress")


def test_a_hint_tells_of_the_slip_that_the_last_check_has_found(monkeypatch: pytest.MonkeyPatch) -> None:
    source = (
        "def two_layer_forward(X, W1, b1, W2, b2):\n    h = 1 / (1 + np.exp(-(X @ (W1 + b1))))\n    return h @ W2 + b2"
    )
    linecache.cache["<a cell>"] = (len(source), None, source.splitlines(keepends=True), "<a cell>")
    space = {"np": np, "__name__": "__main__"}
    exec(compile(source, "<a cell>", "exec"), space)
    monkeypatch.setattr(search, "SECONDS", 10.0)  # a busy machine
    check(space["two_layer_forward"])
    told = repr(hint("two_layer_forward"))
    assert "In your own code: Line 2, `h = 1 / (1 + np.exp(-(X @ (W1 + b1))))`: " in told
    assert "Brackets" in told
