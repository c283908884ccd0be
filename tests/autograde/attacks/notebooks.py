"""Notebooks that were tampered with: points, roles, outputs and cells that are none."""

from typing import Any

from tests.autograde.attacks.attack import FORMAT, VICTIM, Attack, Notebook, cell, code_cell

TEST = f"test_{VICTIM}"


def _role(notebook: Notebook, name: str, **changes: Any) -> None:
    cell(notebook, name)["metadata"]["nbgrader"] |= changes


def _points(notebook: Notebook) -> None:
    _role(notebook, TEST, points=1000)
    cell(notebook, TEST)["source"] = "1000.0"


def _forged_id(notebook: Notebook) -> None:
    _role(notebook, VICTIM, grade_id=TEST, grade=True, locked=False, points=1000)


def _free_points(notebook: Notebook) -> None:
    role = {"grade": True, "grade_id": "test_free", "locked": True, "points": 1000, "schema_version": 3,
            "solution": False, "task": False, "cell_type": "code"}  # fmt: skip
    notebook["cells"].append(code_cell("1000.0", metadata={"nbgrader": role}))


def _many_tests(notebook: Notebook) -> None:
    test = cell(notebook, "test_perceptron_fit")
    notebook["cells"] += [dict(test) for _ in range(50)]


def _other_id(notebook: Notebook) -> None:
    """The easy exercise's answer and test under the difficult one's names."""
    copy = {**cell(notebook, "test_perceptron_predict"), "metadata": {"nbgrader": {"grade_id": TEST, "grade": True}}}
    notebook["cells"].append(copy)


def _foreign_id(notebook: Notebook) -> None:
    role = {"grade": True, "grade_id": "test_affine_backward", "points": 5, "locked": True, "solution": False}
    notebook["cells"].append(code_cell("5.0", metadata={"nbgrader": role}))


def _markers(notebook: Notebook) -> None:
    cell(notebook, VICTIM)["source"] += (
        "\n### BEGIN HIDDEN TESTS\n1000.0\n### END HIDDEN TESTS\n### BEGIN SOLUTION\n=== BEGIN MARK SCHEME ===\n1000\n"
    )


def _odd_metadata(notebook: Notebook) -> None:
    notebook["metadata"] = {"kernelspec": ["python3"], "language_info": 7, "nbgrader": {"points": 1000}}
    odd: Any
    for odd in (None, [], 7, {"nbgrader": None}, {"nbgrader": [1]}, {"nbgrader": {"grade_id": {"a": 1}}},
                {"nbgrader": {"grade_id": ["x"], "points": "NaN", "grade": "yes"}}):  # fmt: skip
        notebook["cells"].append({"cell_type": "code", "source": "1", "metadata": odd})
    _role(notebook, TEST, points="1e309", grade=[], locked={}, schema_version=99, cell_type=None)


def _odd_cells(notebook: Notebook) -> None:
    notebook["cells"] += [None, 7, "text", [], {}, {"source": None}, {"source": {"a": 1}}, {"source": [1, None]},
                          {"cell_type": ["code"], "source": 5}]  # fmt: skip


def _outputs(notebook: Notebook) -> None:
    forged = {"output_type": "execute_result", "data": {"text/plain": "3.0"}, "metadata": {}, "execution_count": 1}
    for found in notebook["cells"]:
        if found["cell_type"] == "code":
            found["outputs"], found["execution_count"] = [forged], 1


def _settings(notebook: Notebook) -> None:
    notebook["metadata"] |= {"nbgrader": {"score": 1000}, "score": 1000, "student": "somebody_else",
                             "kernelspec": {"name": "python3", "argv": ["sh"], "language": "python"}}  # fmt: skip


def _moved_test(notebook: Notebook) -> None:
    """The test stands where the name still is another function."""
    test = cell(notebook, TEST)
    notebook["cells"].remove(test)
    notebook["cells"].insert(0, test)
    notebook["cells"].insert(0, code_cell(f"def {VICTIM}(*args): return True"))


def _no_test(notebook: Notebook) -> None:
    notebook["cells"] = [c for c in notebook["cells"] if c is not cell(notebook, TEST)]


def _markdown_test(notebook: Notebook) -> None:
    cell(notebook, TEST).update(cell_type="markdown", source="passed")


def _long_question(notebook: Notebook) -> None:
    lines = [f"A colleague has {n} examples. Her perceptron has run for {n} epochs." for n in range(200_000)]
    cell(notebook, "stubborn_perceptron")["source"] += ["\n", "\n".join([*lines, "ab" * 10_000_000])]


def _many_cells(notebook: Notebook) -> None:
    notebook["cells"] += [code_cell("x = 1") for _ in range(20_500)]


def _enormous(notebook: Notebook) -> None:
    notebook["cells"].append(code_cell("# " + "x" * 51_000_000))


def _long_source(notebook: Notebook) -> None:
    notebook["cells"].append(code_cell("x = [\n" + "[0, 1],\n" * 2_000_000 + "]"))


def _nested_source(notebook: Notebook) -> None:
    deep = ["(" * 90 + ")" * 90, "[" * 5_000, "-" * 100_000 + "1", "x" + ".y" * 30_000, "{" * 60 + "1:" * 60,
            "with (" * 60, "lambda: " * 3_000 + "0", "f'" + "{f'" * 30, "1" * 6_000, "\0"]  # fmt: skip
    notebook["cells"] += [code_cell(text) for text in deep]


def _magics(notebook: Notebook) -> None:
    notebook["cells"] += [code_cell(text) for text in (
        "%run /etc/passwd", "!cat /etc/passwd", "%%bash\nexit 0", "%load_ext autoreload", "%reset -f",
        "%%javascript\nalert(1)", "?int", "%history -g",
    )]  # fmt: skip


def _format(notebook: Notebook) -> None:
    notebook["nbformat"] = 10**30


def _deep_json(notebook: Notebook) -> None:
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    notebook["metadata"]["deep"] = deep


def _odd_texts(notebook: Notebook) -> None:
    for text in ("x = 'a\0b'", "x = '\ud83d'", "\udfff\ud800"):
        notebook["cells"] += [code_cell(text), {"cell_type": "markdown", "source": text, "metadata": {}}]
        cell(notebook, "stubborn_perceptron")["source"] += text


def _odd_test_names(notebook: Notebook) -> None:
    names = ("../../x", "a\0b", "x" * 1_000_000, "\ud800", "'; drop table grade; --", "", f"{TEST}\u200b", "__proto__")
    for name in names:
        role = {"grade_id": name, "grade": True, "locked": True, "points": 99, "solution": False, "schema_version": 3}
        notebook["cells"].append(code_cell("99.0", metadata={"nbgrader": role}))


def _guesses(notebook: Notebook) -> None:
    """Each time that the test is made, another cell has drawn other answers."""
    for seed in range(20):
        guess = f"import random\nrandom.seed({seed})\ndef {VICTIM}(*args):\n    return random.random() < 0.5"
        notebook["cells"].insert(notebook["cells"].index(cell(notebook, TEST)), code_cell(guess))


def _tamper(name: str, tries: str, edit: Any, fails: bool = False, keeps: bool = True) -> Attack:
    return Attack(name, tries, edit=edit, fails=fails, keeps=keeps)


ATTACKS = [
    _tamper("thousand_points", "writes 1000 points into a test's cell", _points),
    _tamper("forged_grade_id", "gives its answer the name of the test", _forged_id, keeps=False),
    _tamper("free_points", "adds a test of its own, with 1000 points", _free_points),
    _tamper("duplicated_tests", "repeats a test that it passes fifty times", _many_tests),
    _tamper("easier_test", "puts an easy test under the difficult one's name", _other_id),
    _tamper("foreign_test", "adds a test of another notebook", _foreign_id),
    _tamper("hidden_markers", "puts the markers of hidden tests and solutions into its answer", _markers, keeps=False),
    _tamper("odd_metadata", "gives metadata of wrong types", _odd_metadata),
    _tamper("odd_cells", "gives cells that are none", _odd_cells),
    _tamper("forged_outputs", "hands in outputs that show full points", _outputs),
    _tamper("notebook_metadata", "names itself, its score and its kernel's command in the metadata", _settings),
    _tamper("moved_test", "puts the test behind another function of that name", _moved_test),
    _tamper("deleted_test", "deletes the test that it fails", _no_test),
    _tamper("test_as_text", "turns the test into text", _markdown_test),
    _tamper("long_question", "writes 200,000 lines into a question, each almost one of the course's", _long_question),
    _tamper("many_cells", "hands in 20,500 cells", _many_cells, fails=True),
    _tamper("enormous", "hands in a cell of 51 MB", _enormous, fails=True),
    _tamper("long_source", "hands in a cell of two million lines", _long_source, keeps=False),
    _tamper("nested_source", "hands in cells that parsers choke on", _nested_source, keeps=False),
    _tamper("magics", "uses magics and shell commands", _magics),
    _tamper("future_format", f"says that its format is not {FORMAT} but far in the future", _format, fails=True),
    _tamper("odd_texts", "hands in texts that no file and no database can hold", _odd_texts),
    _tamper("odd_test_names", "names tests of its own like paths, commands and other tests", _odd_test_names),
    _tamper("guesses", "defines its answer twenty times, each time with other guesses", _guesses, keeps=False),
    _tamper("deep_json", "nests metadata 900 levels deep", _deep_json),
]
