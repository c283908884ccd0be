"""Texts that want to be run where they are shown: in a browser, a spreadsheet, or a terminal."""

from tests.autograde.attacks.attack import VICTIM, Attack, Notebook, cell, code_cell, inside

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=alert(3)>"
ESCAPE = "\\x1b[2J\\x1b]0;owned\\x07\\x9b31m\\x1b]52;c;ZXZpbA==\\x07\\r\\u202e"


def _markdown(notebook: Notebook) -> None:
    texts = (SCRIPT, "[x](javascript:alert(1))", "`" * 3 + "\n</pre>" + SCRIPT, f"</section></body>{SCRIPT}")
    notebook["cells"] += [{"cell_type": "markdown", "source": text, "metadata": {}} for text in texts]
    cell(notebook, "stubborn_perceptron")["source"] = SCRIPT
    position = notebook["cells"].index(cell(notebook, "stubborn_perceptron"))
    notebook["cells"].insert(position + 1, {"cell_type": "markdown", "source": SCRIPT, "metadata": {}})


def _formulas(notebook: Notebook) -> None:
    texts = ("$\\href{javascript:alert(1)}{x}$", "$$\\unicode{<img src=x onerror=alert(1)>}$$", f"$a$ {SCRIPT} $b$",
             f"$\\class{{x\" onclick=\"alert(1)}}{{{SCRIPT}}}$", "[x](&#106;avascript:alert(1))", "<javascript:alert(1)>",
             "[x]: javascript:alert(1)\n\n[x]", "![x\" onerror=\"alert(1)](y)", f"[^1]\n\n[^1]: {SCRIPT}")  # fmt: skip
    notebook["cells"] += [{"cell_type": "markdown", "source": text, "metadata": {}} for text in texts]
    cell(notebook, "stubborn_perceptron")["source"] += "\n\n".join(texts)


def _cell_kind(notebook: Notebook) -> None:
    cell(notebook, VICTIM)["cell_type"] = SCRIPT
    cell(notebook, "perceptron_fit")["cell_type"] = "\x1b[2J\x1b]0;x\x07"
    notebook["cells"].append(code_cell("1", metadata={"nbgrader": {"grade_id": SCRIPT, "grade": True}}))


ATTACKS = [
    Attack("html_in_exception", "raises an exception with a script in its text",
           inside(f"raise ValueError('''{SCRIPT}''')"), keeps=False),
    Attack("html_in_class", "raises an exception whose class has a script for its name",
           inside(f"raise type('''{SCRIPT}''', (ValueError,), {{}})('x')"), keeps=False),
    Attack("html_in_repr", "returns an object whose text is a script",
           f"class Evil:\n    __repr__ = _repr_html_ = lambda self: '''{SCRIPT}'''\n"
           f"def {VICTIM}(*args): return Evil()", keeps=False),
    Attack("html_in_result", "returns a script as text, as key and in an array",
           f"def {VICTIM}(*args): return '''{SCRIPT}'''", keeps=False),
    Attack("html_in_output", "prints and shows a script", f"""
        from IPython.display import HTML, Javascript, display
        print('''{SCRIPT}'''); display(HTML('''{SCRIPT}''')); display(Javascript("alert(1)"))
        """ + "\n" + "        print('''</pre>''')"),
    Attack("html_in_print", "prints a script in each wrong call",
           inside(f"print('''</pre>{SCRIPT}''')\nreturn 7"), keeps=False),
    Attack("html_in_name", "names its function and parameters with a script",
           f"def {VICTIM}(a, b): return 1\n{VICTIM}.__name__ = {VICTIM}.__qualname__ = '''{SCRIPT}'''", keeps=False),
    Attack("html_in_markdown", "writes scripts into its own text", edit=_markdown),
    Attack("html_in_formulas", "writes scripts into formulas, links and footnotes", edit=_formulas),
    Attack("html_in_metadata", "writes scripts into the kinds and names of cells", edit=_cell_kind),
    Attack("terminal_in_exception", "raises terminal commands, for the instructor's screen",
           inside(f'raise ValueError("{ESCAPE}owned")'), keeps=False),
    Attack("terminal_in_class", "names an exception with terminal commands",
           inside(f'raise type("{ESCAPE}", (ValueError,), {{}})("x")'), keeps=False),
    Attack("formula_in_exception", "raises a spreadsheet's formula",
           inside("raise ValueError('=HYPERLINK(\"http://x\",\"y\")')"), keeps=False),
    Attack("slow_pattern", "raises texts on which patterns take forever",
           inside("raise ValueError('`' * 500 + '**' * 200 + '\\x1b[' * 200)"), keeps=False),
    Attack("surrogates", "raises, prints and returns texts that can't be encoded",
           inside('print(chr(0xd800))\nraise ValueError(chr(0xdfff) * 9)'), keeps=False),
]  # fmt: skip
