"""Notebook files of every format, encoding and editor: the same cells."""

import json
from typing import Any

import pytest

from autograde.submissions.reading import UnreadableError, read_submission
from tests.autograde.handed_in import right
from tests.autograde.honest import KERNELS, format_3

TEXT = json.dumps(right(), ensure_ascii=False).replace("Class of each row", "Class of “each” row – ü")
CELLS = [(step.kind, step.source, step.name) for step in read_submission(TEXT.encode())]


def read(data: bytes) -> list[tuple[str, str, str]]:
    return [(step.kind, step.source, step.name) for step in read_submission(data)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    assert read(TEXT.encode(encoding)) == CELLS


@pytest.mark.parametrize("end", [b"\0" * 512, b"\x1a", b"\r\n\0\n"])
def test_what_disks_and_programs_put_around_a_file(end: bytes) -> None:
    assert read(TEXT.encode() + end) == CELLS
    assert read(b"\xef\xbb\xbf\xef\xbb\xbf" + TEXT.encode() + end) == CELLS


def test_tabs_and_line_breaks_in_texts_as_they_are() -> None:
    assert read(TEXT.replace(r"\n", "\n").encode()) == CELLS


def test_a_few_characters_of_windows_in_a_file_in_utf_8() -> None:
    assert read(TEXT.encode().replace("“".encode(), b"\x93")) == CELLS


def test_bytes_that_mean_nothing_there_do_no_harm() -> None:
    assert len(read(TEXT.encode().replace("“".encode(), b"\x81\x9d"))) == len(CELLS)


@pytest.mark.parametrize("version", [2, 3])
def test_older_formats(version: int) -> None:
    notebook = format_3(json.loads(TEXT)) | {"nbformat": version}
    notebook["worksheets"][0]["cells"].insert(0, {"cell_type": "heading", "level": 2, "source": ["A ", "title"]})
    assert read(json.dumps(notebook).encode()) == [("markdown", "## A title", ""), *CELLS]


@pytest.mark.parametrize("version", [4, 4.0, "4", None])
def test_spellings_of_the_format(version: Any) -> None:
    assert read(json.dumps(json.loads(TEXT) | {"nbformat": version}).encode()) == CELLS


@pytest.mark.parametrize("metadata", KERNELS)
def test_kernels_of_any_name_that_run_python(metadata: Any) -> None:
    assert read(json.dumps(json.loads(TEXT) | {"metadata": metadata}).encode()) == CELLS


@pytest.mark.parametrize(
    "metadata",
    [
        {"kernelspec": {"name": "ir", "language": "R", "display_name": "R (Jupyter)"}, "language_info": {"name": "R"}},
        {"kernelspec": {"name": "julia-1.10"}},
        {"language_info": {"name": "javascript", "file_extension": ".js"}},
        {"kernelspec": {"name": ".net-csharp", "language": "C#"}, "language_info": {"name": "polyglot-notebook"}},
    ],
)
def test_other_languages_are_refused(metadata: Any) -> None:
    with pytest.raises(UnreadableError, match="expected Python"):
        read(json.dumps(json.loads(TEXT) | {"metadata": metadata, "cells": []}).encode())


@pytest.mark.parametrize("source", ["f <- function(x) x", "def f(x):\n    raise NotImplementedError()", "x = 1"])
def test_what_is_not_defined_in_python_does_not_make_it_python(source: str) -> None:
    other = {"nbformat": 4, "metadata": {"kernelspec": {"name": "ir", "language": "R"}}}
    with pytest.raises(UnreadableError, match="expected Python"):
        read(json.dumps(other | {"cells": [{"cell_type": "code", "source": source}]}).encode())


@pytest.mark.parametrize("source", ["%%time\ndef f(x):\n    return x", "class A:\n    x = 1"])
def test_python_is_read_whatever_the_kernel_is_called(source: str) -> None:
    """nbgrader puts the course's kernel in its place."""
    other = {"nbformat": 4, "metadata": {"kernelspec": {"name": "sagemath", "language": "sage"}}}
    read(json.dumps(other | {"cells": [{"cell_type": "code", "source": source}]}).encode())


def test_texts_that_are_null_are_empty() -> None:
    assert read(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": null}]}') == [("code", "", "")]
