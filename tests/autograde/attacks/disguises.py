"""Sources, cells and pictures that are not what they look like."""

import copy
from collections.abc import Callable
from typing import Any

from tests.autograde.attacks.attack import VICTIM, WRONG, Attack, Notebook, cell, code_cell

_TEST = f"test_{VICTIM}"
_PNG = """
import struct, zlib
from IPython.display import HTML, SVG, Image, Javascript, Latex, Markdown, display
def chunk(tag, data): return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
png = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0))
png += chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
"""


def _source(text: str) -> Callable[[Notebook], None]:
    def edit(notebook: Notebook) -> None:
        cell(notebook, VICTIM)["source"] = text

    return edit


def _markdown(text: str, **more: Any) -> Callable[[Notebook], None]:
    def edit(notebook: Notebook) -> None:
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": text} | more)

    return edit


def _widgets(notebook: Notebook) -> None:
    state = {"x": {"model_name": "HTMLModel", "state": {"value": "<script>alert(1)</script>"}}}
    notebook["metadata"] |= {
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": state, "version_major": 2}},
        "title": "</title><script>",
        "language_info": {"name": "<script>", "pygments_lexer": "../../x", "file_extension": ".sh"},
    }


def _hidden(notebook: Notebook) -> None:
    marks = {"tags": ["remove_cell", "raises-exception", "<script>"], "jupyter": {"source_hidden": True}}
    for found in notebook["cells"]:
        found["metadata"] |= marks | {"__proto__": {"points": 3}, "execution": {"timeout": -1}, "editable": False}


def _same_ids(notebook: Notebook) -> None:
    test, answer = (copy.deepcopy(cell(notebook, name)) for name in (_TEST, VICTIM))
    test["metadata"]["nbgrader"]["points"] = float("nan")
    answer["metadata"]["nbgrader"]["grade_id"] = "test_perceptron_fit"
    notebook["cells"] = [test, *notebook["cells"], answer]
    for found in notebook["cells"]:
        found["id"] = "same"


def _odd_roles(notebook: Notebook) -> None:
    for name, points in ((["a"], 1e308), ({"a": 1}, -1), ("../../x", "9"), (3, None), (f"{_TEST}\n", 10**400)):
        test = copy.deepcopy(cell(notebook, _TEST))
        test["metadata"]["nbgrader"] |= {"grade_id": name, "points": points}
        notebook["cells"].append(test)


def _test_as_answer(notebook: Notebook) -> None:
    cell(notebook, _TEST)["metadata"]["nbgrader"] |= {"solution": True, "locked": False, "task": True}
    cell(notebook, _TEST)["source"] = "3.0"


def _own_setup(notebook: Notebook) -> None:
    role = {"grade_id": "setup", "locked": True, "solution": False, "grade": False, "schema_version": 3}
    text = "import builtins\ncheck = builtins.check = lambda *args, **options: 3.0"
    notebook["cells"].insert(1, code_cell(text, metadata={"nbgrader": role}))


def _edited(name: str, tries: str, edit: Callable[[Notebook], None], keeps: bool = True) -> Attack:
    return Attack(name, tries, edit=edit, keeps=keeps)


_ACTIVE = (
    "<style>body{display:none}</style>\n<meta http-equiv='refresh' content='0;url=//evil'>\n\n"
    "<div style='position:fixed;inset:0'>12 of 12</div>\n\n<details open ontoggle=alert(1)>x</details>\n\n"
    "<input autofocus onfocus=alert(1)>"
)
_FILES = {
    "a.svg": {"image/svg+xml": "<svg onload=alert(1)>"},
    "b.html": {"text/html": "<script>alert(1)</script>"},
    '"><script>': {"image/png": '"><script>'},
}
_LOOKALIKE = f"\N{CYRILLIC SMALL LETTER ES}{VICTIM[1:]}"
ATTACKS = [
    _edited("lookalike", "names another function by a letter that looks the same",
            _source(f"{WRONG}\ndef {_LOOKALIKE}(*args):\n    return True\n")),
    _edited("other_alphabet", "names its function by a letter that Python reads as another",
            _source(f"{WRONG}\n\N{MATHEMATICAL FRAKTUR SMALL C}{VICTIM[1:]} = lambda *args: True\n"), keeps=False),
    _edited("backwards", "turns the direction of writing around",
            _source(WRONG + "\n# \u202e\u2066 ]return False\u2069\u202c\n")),
    _edited("odd_spaces", "puts form feeds, separators and letters of no width into its source",
            _source(f"\f{WRONG}\n\f\v\x1c\x1d\u2028\u200b"), keeps=False),
    _edited("carriage_returns", "ends its lines by carriage returns alone",
            _source(WRONG.replace("\n", "\r"))),
    _edited("encoding", "says that its source is encoded by `rot13`", _source(f"# -*- coding: rot13 -*-\n{WRONG}")),
    _edited("long_expression", "adds a hundred thousand numbers in one line",
            _source(f"x = {'+'.join(['1'] * 100_000)}\n{WRONG}"), keeps=False),
    _edited("widget_state", "brings along the state of widgets, a title and a language", _widgets),
    _edited("hidden_cells", "marks all cells as hidden, removed and never late", _hidden),
    _edited("same_ids", "gives all cells one id, and tests and answers each other's names", _same_ids),
    _edited("odd_roles", "names tests by lists, numbers and paths, with points of all kinds", _odd_roles),
    _edited("test_as_answer", "says that its test is an answer", _test_as_answer),
    _edited("own_setup", "brings a setup of its own, with another `check`", _own_setup),
    _edited("covered_page", "writes styles, a refresh and a layer over the page", _markdown(_ACTIVE)),
    _edited("attached_scripts", "attaches pages and drawings that run scripts",
            _markdown("![a](attachment:a.svg) ![b](attachment:b.html)", attachments=_FILES)),
    Attack("picture_bomb", "shows a picture of 60,000 times 60,000 points", _PNG + "display(Image(png))"),
    Attack("active_displays", "shows what browsers would run", _PNG + """
for shown in (HTML("<style>body{display:none}</style>"), SVG("<svg onload='alert(1)'><script>1</script></svg>"),
              Javascript("alert(1)"), Markdown("[x](javascript:1)"), Latex(r"\\href{javascript:alert(1)}{x}")):
    display(shown)
display({"text/plain": "<style>x</style>", "text/html": "<script>1</script>"}, raw=True)"""),
]  # fmt: skip
