"""What a learner is asked to guess or to remember, written in a comment of a text and read from there.

    <!-- predict one_update: always | *not always -->      one question: choose, the right one has a star
    <!-- predict shapes                                    several, one a line, each with a label
    X @ w = (7,)                                           a shape
    largest margin = 0.84 ± 0.1                            a number; also `× 3`, a factor, and `10 to 200`
    order of the losses: order a < b < c                   an order
    why: text                                              a thought of one's own, kept and not judged
    draw loss over steps, x 0 to 5, y 0 to 1: np.exp(-x)   a curve
    relu of z: code np.maximum(z, 0)                       an expression in z
    -->

``<!-- recall ... -->`` has the same lines: what later notebooks ask again.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from autograde.authoring.number_marks import dealt_out, size
from autograde.authoring.source_cell import Cell

Ask = dict[str, Any]
Finding = tuple[int, str]
FOLD = "<details><summary><b>Compare</b></summary>"
_MARKER = re.compile(r"\n?<!-- (predict|recall)\b(?: (\w+))?(?::(?= ))?(.*?)-->", re.DOTALL)
_DRAW = re.compile(r"draw (.+), x (\S+) to (\S+), y (\S+) to (\S+): (.+)")
_POINTS = 41  # of a curve


def with_asks(cells: list[Cell]) -> tuple[list[Cell], list[Finding]]:
    """The cells with a cell ``predict("id")`` in the place of each marker, and its fold named after it."""
    found: list[Finding] = []
    result: list[Cell] = []
    open_id = ""
    for cell in cells:
        if cell.cell_type != "markdown":
            result.append(cell)
            continue
        try:
            parts = list(_parts(cell))
        except ValueError as error:
            found.append((cell.line, str(error)))
            parts = [cell]
        for part in parts:
            if part.cell_type == "code":
                found += _without_fold(open_id, part.line)
                open_id = part.name
            elif open_id and FOLD in part.source:
                named = FOLD.replace("<details>", f'<details class="compare-{open_id}">')
                part, open_id = replace(part, source=part.source.replace(FOLD, named, 1)), ""
            result.append(part)
    found += _without_fold(open_id, cells[-1].line if cells else 1)
    return result, found + _twice(result)


def _without_fold(name: str, line: int) -> list[Finding]:
    return [(line, f"prediction {name!r} has no fold: add {FOLD} ... </details> below it")] if name else []


def _twice(cells: list[Cell]) -> list[Finding]:
    names = [cell.name for cell in cells if cell.asks and cell.name]
    return [(1, f"two predictions are called {name!r}: rename one") for name in {*names} if names.count(name) > 1]


def _parts(cell: Cell) -> Iterator[Cell]:
    """A text cut at its markers; what is to be recalled stays with the text."""
    markers = list(_MARKER.finditer(cell.source))
    if not markers:
        yield cell
        return
    recall = [one for marker in markers if marker[1] == "recall" for one in _asks(marker[3], alone=False)]
    texts = [""]
    predictions = []
    at = 0
    for marker in markers:
        texts[-1] += cell.source[at : marker.start()]
        at = marker.end()
        if marker[1] == "predict":
            predictions.append(_prediction(cell, marker))
            texts.append("")
    texts[-1] += cell.source[at:]
    texts = dealt_out(_MARKER.sub("", cell.source), [text.strip("\n") for text in texts])
    for text, prediction in zip(texts, [*predictions, None], strict=True):
        if text:
            yield replace(cell, source=text, asks=() if prediction else tuple(recall))
        if prediction:
            yield prediction


def _prediction(cell: Cell, marker: re.Match[str]) -> Cell:
    if cell.role != "plain" or not marker[2]:
        raise ValueError(f"got the marker {marker[0].strip()!r}, expected `<!-- predict id: ... -->` in plain text")
    asks = _asks(marker[3], alone=True)
    return Cell(cell.line, "code", "plain", marker[2], f'predict("{marker[2]}")', asks=tuple(asks))


def _asks(text: str, alone: bool) -> list[Ask]:
    lines = [line.strip() for line in text.strip().split("\n") if line.strip()]
    if not lines:
        raise ValueError("a marker asks nothing: write for example `<!-- predict id: yes | *no -->`")
    return [ask(line, "your guess" if alone and len(lines) == 1 else "") for line in lines]


def ask(line: str, label: str = "") -> Ask:
    """One question as data: its kind, label and answer, and what else its kind needs.

    Raises: ValueError for a line that is none.
    """
    if found := _DRAW.fullmatch(line):
        return _drawn(*found.groups())
    if found := re.fullmatch(r"(.+?): order (.+ < .+)", line):
        answer = [part.strip() for part in found[2].split(" < ")]
        offered = sorted(answer) if sorted(answer) != answer else answer[::-1]
        return {"kind": "order", "label": found[1], "options": offered, "answer": answer}
    if found := re.fullmatch(r"(?:(.+?): )?code (.+)", line):
        compile(found[2], "answer", "eval")
        return {"kind": "code", "label": found[1] or label, "answer": found[2]}
    if found := re.fullmatch(r"(?:(.+?): ?)?text", line):
        return {"kind": "text", "label": found[1] or label}
    if " | " in line:
        return _choice(line, label)
    if found := re.fullmatch(r"(?:(.*\S) )?= (\(.*\)|\[.*\])", line):
        return {"kind": "shape", "label": found[1] or label, "answer": found[2]}
    if found := re.fullmatch(r"(?:(.*\S) )?= (.+)", line):
        return {"kind": "number", "label": found[1] or label} | _range(found[2])
    raise ValueError(f"got the question {line!r}, expected one as in autograde/authoring/asks.py")


def _choice(line: str, label: str) -> Ask:
    head, colon, tail = line.partition(": ")
    named = bool(colon) and " | " in tail and " | " not in head
    options = [part.strip() for part in (tail if named else line).split(" | ")]
    right = [option[1:] for option in options if option.startswith("*")]
    if len(right) != 1:
        raise ValueError(f"got {len(right)} right options in {line!r}, expected one, with a star before it")
    plain = [option.removeprefix("*") for option in options]
    return {"kind": "choice", "label": head if named else label, "options": plain, "answer": right[0]}


def _range(text: str) -> Ask:
    """The answer as it is shown, and the ends between which a guess is right."""
    if found := re.fullmatch(r"(.+) to (.+)", text):
        return {"answer": f"{found[1]} to {found[2]}", "low": size(found[1])[0], "high": size(found[2])[0]}
    found = re.fullmatch(r"(.+?)(?: ([±×]) (.+))?", text)
    assert found
    value, half = size(found[1])
    if found[2] == "×":
        low, high = sorted((value / float(found[3]), value * float(found[3])))
    else:
        half = size(found[3])[0] if found[2] else half
        low, high = value - half, value + half
    return {"answer": found[1], "low": low, "high": high}


def _drawn(label: str, *numbers: str) -> Ask:
    import numpy as np

    import mlp_reference

    x_low, x_high, y_low, y_high = map(float, numbers[:4])
    x = np.linspace(x_low, x_high, _POINTS)
    y = np.broadcast_to(eval(numbers[4], {"np": np, "mlp_reference": mlp_reference, "x": x}), x.shape)
    curve = [[round(float(a), 4), round(float(b), 3)] for a, b in zip(x, y, strict=True)]
    return {"kind": "draw", "label": label, "x": [x_low, x_high], "y": [y_low, y_high], "answer": curve}
