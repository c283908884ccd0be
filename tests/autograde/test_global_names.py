"""Which names are global ones, wherever that is asked: a name that a function around it binds is none."""

import ast
import contextlib
import symtable
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mlp_reference
from autograde.global_names import global_names_of
from autograde.grading.wrong_answers import parts_of
from autograde.learner import my_course
from autograde.learner.reference_use import borrowed
from autograde.submissions.needed_cells import uses_of
from tests.support.properties import examples

NAMES = "abcd"
name = st.sampled_from(NAMES)


def expressions(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comprehension = st.sampled_from(["[{0} for {1} in {2}]", "{{{0} for {1} in {2}}}", "list({0} for {1} in {2})"])
    return st.one_of(
        st.builds("({}, {})".format, inside, inside),
        st.builds("{}.{}".format, name, name),
        st.builds("({} := {})".format, name, inside),
        st.builds("(lambda {}={}: {})".format, name, inside, inside),
        st.builds("{{{0}: {2} for {1} in {3} if {2}}}".format, inside, name, inside, inside),
        st.builds(lambda form, *parts: form.format(*parts), comprehension, inside, name, inside),
    )


expression = st.recursive(name, expressions, max_leaves=4)
simple = st.one_of(
    st.builds("{} = {}".format, name, expression),
    st.builds("{} += {}".format, name, expression),
    st.builds("{}[{}] = {}".format, name, name, expression),
    st.builds("del {}".format, name),
    st.builds("import builtins as {}".format, name),
    expression,
)


def indented(block: list[str]) -> str:
    return "\n".join("    " + line for text in block for line in text.split("\n"))


def function(name: str, names: list[str], default: str, declared: str, body: list[str], result: str) -> str:
    """A definition and, for whoever watches what is read, a call."""
    arguments = ", ".join([*names[:-1], *(f"{last}={default}" for last in names[-1:])])
    text = f"def {name}({arguments}):\n" + indented([declared, *body, f"return {result}"])
    return f"{text}\ntry: {name}({', '.join('1' for _ in names[:-1])})\nexcept Exception: pass"


def statements(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    block = st.lists(inside, min_size=1, max_size=3)
    names = st.lists(name, unique=True, max_size=2)
    declared = st.one_of(st.just("pass"), st.builds("{} {}".format, st.sampled_from(["global", "nonlocal"]), name))
    loop = st.builds("for {} in {}:\n{}".format, name, expression, block.map(indented))
    attempt = st.builds(
        "try:\n{0}\nexcept Exception as {1}:\n{2}".format, block.map(indented), name, block.map(indented)
    )
    chosen = st.builds(
        "match {0}:\n    case [{1}, *{2}] if {3}:\n    {4}".format, expression, name, name, name, expression
    )
    closed = st.builds("with {} as {}:\n{}".format, expression, name, block.map(indented))
    body = st.builds("class {}({}.{}):\n{}".format, name, name, name, block.map(indented))
    plain_body = st.builds("class {}:\n{}".format, name, block.map(indented))
    return st.one_of(
        loop,
        attempt,
        chosen,
        closed,
        body,
        plain_body,
        st.builds(function, name, names, expression, declared, block, expression),
    )


statement = st.recursive(simple, statements, max_leaves=6)


@st.composite
def programs(draw: st.DrawFn) -> str:
    """Texts that Python can read, with a function at the top."""
    declared = draw(st.sampled_from(["pass", *(f"global {n}" for n in NAMES)]))
    body = draw(st.lists(statement, min_size=1, max_size=4))
    text = function("f", draw(st.lists(name, unique=True, max_size=2)), "1", declared, body, draw(expression))
    try:
        compile(text, "<program>", "exec")
    except SyntaxError:  # a nonlocal name that nothing binds, say
        return "def f():\n    return a"
    return text


def global_symbols(table: symtable.SymbolTable, read: bool) -> set[str]:
    """As another part of Python tells them: those that are read for certain, or all."""
    found = set[str]()
    for symbol in table.get_symbols():
        in_function = table.get_type() not in ("module", "class")
        if (symbol.is_referenced() or not read) and (symbol.is_global() if in_function else not symbol.is_free()):
            found.add(symbol.get_name())
    return (found & {*NAMES}).union(*(global_symbols(child, read) for child in table.get_children()))


@given(programs())
@examples(400)
def test_they_are_those_that_the_table_of_symbols_has(text: str) -> None:
    table = symtable.symtable(text, "<program>", "exec")
    found = {*global_names_of(ast.parse(text))} & {*NAMES}
    assert global_symbols(table, read=True) <= found <= global_symbols(table, read=False)


class Anything:
    """What most of these programs can go on with."""

    def __iter__(self) -> Iterator["Anything"]:
        return iter([Anything()])

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return object if name == "a" else Anything()

    def __add__(self, other: Any) -> "Anything":
        return self

    def __setitem__(self, key: Any, value: Any) -> None: ...

    def __enter__(self) -> "Anything":
        return self

    def __exit__(self, *_: Any) -> None: ...


class Watched(dict[str, Any]):
    """Global names that note who is read."""

    read: set[str]

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)


@given(programs())
@examples(400)
def test_what_a_run_reads_is_among_what_a_cell_is_said_to_read(text: str) -> None:
    scope = Watched(dict.fromkeys(NAMES, Anything()))
    scope.read = set()
    with contextlib.suppress(Exception):
        exec(text, scope)
    uses = uses_of(text)
    assert uses is not None and scope.read & set(NAMES) <= uses.reads


@given(programs())
@examples(400)
def test_nobody_is_accused_for_a_variable_of_his_own(text: str) -> None:
    """All names stand for the reference's at the top: only who reads one of them leans on it."""
    scope: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.suppress(Exception):
        exec(text, scope)
    f = scope["f"]
    scope.update(dict.fromkeys(NAMES, mlp_reference.activations.sigmoid))
    inner = symtable.symtable(text, "<program>", "exec").get_children()[0]
    accused = borrowed(f) != ""
    assert accused <= bool(global_symbols(inner, read=False))
    in_classes = "class" in text  # where a name may be the class's own
    assert in_classes or accused >= bool(global_symbols(inner, read=True))


LOCAL = [
    "def f(X):\n    g = [X]\n    return [g[i] for i in range(1)]",
    "def f(X):\n    g = set(X)\n    return any(x in g for x in X)",
    "def f(X):\n    g = X\n    return (lambda: g)()",
    "def f(g):\n    def inner(): return g\n    return inner()",
    "def f(X):\n    for g in X: pass\n    return [g for _ in X]",
    "def f(X):\n    return [g for g in X]",
    "def f(X):\n    return X.g",
    "def f(X):\n    g = 1\n    class A:\n        def m(self): return g\n    return A",
]
GLOBAL = [
    "def f(X): return [g(x) for x in X]",
    "def f(X):\n    def g2(g): return g\n    return g(X)",
    "def f(X):\n    class A:\n        h = g\n    return A",
    "def f(X):\n    class A:\n        g = g\n    return A",
    "def f(X):\n    g = 1\n    class A:\n        def m(self):\n            global g\n            return g\n    return A",
    "def f(X, h=lambda x: g(x)): return h(X)",
]


@pytest.mark.parametrize("text", LOCAL + GLOBAL)
def test_every_place_that_asks_agrees(text: str) -> None:
    is_global = text in GLOBAL
    scope: dict[str, Any] = {"g": mlp_reference.activations.sigmoid}
    exec(text, scope)
    assert (borrowed(scope["f"]) != "") is is_global
    uses = uses_of(text)
    assert uses is not None and ("g" in uses.reads) is is_global
    assert ("g" in my_course._free_names(ast.parse(text))) is is_global
    assert (len(parts_of(["def g(x): return x", text], "f", ())) == 2) is is_global


def test_a_class_may_read_what_it_binds_and_is_not_accused_for_it() -> None:
    text = "def f(X):\n    class A:\n        g = 1\n        h = g\n    return A"
    scope: dict[str, Any] = {"g": mlp_reference.activations.sigmoid}
    exec(text, scope)
    assert "g" in global_names_of(ast.parse(text)) and borrowed(scope["f"]) == ""


def test_a_module_that_a_function_imports_is_known_to_the_functions_in_it() -> None:
    scope: dict[str, Any] = {}
    exec("def f(z):\n    import mlp_reference as m\n    return [m.activations.sigmoid(v) for v in z]", scope)
    assert borrowed(scope["f"]) == "mlp_reference.activations.sigmoid"
