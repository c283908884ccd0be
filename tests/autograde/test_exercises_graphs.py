"""Derivatives as answers: right ones pass however they are written, wrong ones are told what is wrong."""

import pytest

from autograde.exercises import CATALOGUE
from autograde.exercises.support.programs import ENDLESS, TOO_DEEP, outcome
from autograde.judging.card import Card
from autograde.judging.exercise import Unusable, compile_answer
from autograde.judging.judge import judge
from autograde.learner.check import check
from autograde.runtime.tracebacks import told
from mlp_reference import numeric_grad, softmax_vjp

VALUE, CLOSURES, TAPE, *_ = CATALOGUE["Value"].alternates
RECURSIVE = next(m.wrong for m in CATALOGUE["Value"].misconceptions if m.name == "a recursion that is too deep")
ORDER, RECURSIVE_ORDER = (s[s.index("    def order") : s.index("    def backward")] for s in (VALUE, RECURSIVE))


def report(name, source, seed=0):
    return judge(CATALOGUE[name], compile_answer(source, name), seed=seed)


UNUSUAL = {
    "a function that makes nodes of another class": VALUE.replace("Value", "Node")
    + "\ndef Value(data):\n    return Node(float(data))",
    "a subclass": TAPE.replace("class Value", "class Tape").replace("Value", "Tape") + "\nclass Value(Tape):\n    pass",
    "data as 0-d arrays": CLOSURES.replace("float(data)", "np.asarray(data, dtype=float)"),
    "slots": VALUE.replace("class Value:", 'class Value:\n    __slots__ = ("data", "grad", "parents", "local")'),
    "subtraction by negation": VALUE.replace(
        "return Value(self.data - other.data, (self, other), (1.0, -1.0))", "return self + (-other)"
    ),
    "equality by value, and a hash that fits": VALUE
    + "\n    def __eq__(self, other):\n        return self.data == getattr(other, 'data', other)\n"
    + "\n    def __hash__(self):\n        return hash(self.data)\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("how", UNUSUAL)
def test_unusual_classes_pass(how):
    found = report("Value", UNUSUAL[how])
    assert found.outcome == "passed", found.failure


def test_a_class_whose_methods_are_not_written_yet_is_missing():
    stub = "class Value:\n    def __init__(self, data):\n        raise NotImplementedError"
    found = report("Value", stub)
    assert (found.outcome, found.share) == ("missing", 0.0)


def test_sums_and_products_alone_earn_a_part():
    source = VALUE[: VALUE.index("    def __neg__")] + ORDER + VALUE[VALUE.index("    def backward") :]
    found = report("Value", source)
    assert found.outcome == "partial"
    assert found.cases["a node that is used in several places"] == "passed"
    assert found.cases["plain numbers on the left"] == "failed"


@pytest.mark.slow
def test_every_path_walked_runs_out_of_time_but_keeps_what_is_right():
    walker = VALUE[: VALUE.index("    def backward")] + (
        "    def backward(self, arrived=None):\n"
        "        for node in self.order() if arrived is None else ():\n"
        "            node.grad = 0.0\n"
        "        self.grad += 1.0 if arrived is None else arrived\n"
        "        for parent, local in zip(self.parents, self.local):\n"
        "            parent.backward(local * (1.0 if arrived is None else arrived))\n"
    )
    found = judge(CATALOGUE["Value"], compile_answer(walker, "Value"), seconds=1.0)
    assert found.outcome == "partial"
    failed = [label for label, verdict in found.cases.items() if verdict == "failed"]
    assert failed == ["a chain of 5,000 nodes", "50 doublings: 2**50 paths, but only 51 nodes"]
    assert "1,000 calls" in found.failure.advice


def test_a_wrong_attribute_is_named():
    found = report("Value", VALUE.replace("self.grad = 1.0\n", "self.grad = 3.0\n"))
    assert "`a.grad` is " in found.failure.advice


def test_too_deep_a_recursion_and_an_endless_one_are_told_apart():
    recursive = compile_answer(VALUE.replace(ORDER, RECURSIVE_ORDER), "Value")
    chain = "a = Value(1.0)\nb = a\nfor _ in range(5000):\n    b = b + 1\nb.backward()"
    with pytest.raises(Unusable) as deep:
        outcome(recursive, chain, ["a.grad"])
    assert str(deep.value) == TOO_DEEP
    endless = compile_answer(VALUE.replace("return self + other", "return other + self"), "Value")
    with pytest.raises(Unusable) as loop:
        outcome(endless, "b = 3 + Value(1.0)", ["b.data"])
    assert str(loop.value) == ENDLESS


class Half:
    """A class of which two methods are not written yet; Python knows its lines, as it knows a notebook's."""

    def __init__(self, data):
        self.data = data

    def relu(self):
        raise NotImplementedError


@pytest.mark.parametrize(
    ("program", "method"), [("a.relu()", "relu"), ("a.backward()", "backward"), ("-a", "__neg__"), ("a * 2", "__mul__")]
)
def test_a_method_that_is_not_written_is_named(program, method):
    with pytest.raises(NotImplementedError) as stub:
        outcome(Half, f"a = Value(1.0)\n{program}", ["a.data"])
    assert told(stub.value).where == method


@pytest.mark.parametrize("method", ["relu", "backward"])
def test_the_card_names_a_missing_method(method):
    found = report("Value", VALUE.replace(f"def {method}(", "def other("))
    assert f"calls `{method}`, which is not written yet" in found.failure.advice


UNWRAPPED = VALUE.replace("        other = other if isinstance(other, Value) else Value(other)\n", "")


def test_a_plain_number_taken_for_a_node_is_told_while_the_class_is_half_written():
    written = UNWRAPPED[: UNWRAPPED.index("    def tanh")] + ORDER + VALUE[VALUE.index("    def backward") :]
    found = report("Value", written)
    assert found.cases["a node that is used in several places"] == "passed"
    assert found.cases["a node used twice by one operation, two nodes of equal value"] == "passed"
    assert (found.failure.case, found.outcome) == ("plain numbers on the right", "partial")
    assert "the other one is a plain number" in found.failure.advice


def test_an_attribute_missing_elsewhere_is_not_taken_for_a_plain_operand():
    with pytest.raises(Unusable, match="an operation gave a plain number"):
        outcome(compile_answer(VALUE, "Value"), "a = Value(1.0)\nb = a + a\nb.data.data", ["a.data"])


@pytest.mark.slow
def test_a_sweep_that_visits_every_path_is_named_though_it_never_ends():
    endless = next(m.wrong for m in CATALOGUE["Value"].misconceptions if "len(queue)" in m.wrong)
    endless = endless.replace(" and len(queue) < 1000", "")
    found = judge(CATALOGUE["Value"], compile_answer(endless, "Value"), seconds=1.5)
    assert found.failure.diagnosis == "a node that is reached twice hands its whole gradient on twice"


def test_what_is_no_number_is_told_so():
    nodes = compile_answer(VALUE + "\n    def __getattr__(self, name):\n        return None", "Value")
    with pytest.raises(Unusable, match=r"`a.slope` should be a plain number, got None"):
        outcome(nodes, "a = Value(1.0)", ["a.slope"])


@pytest.mark.parametrize("right", [softmax_vjp, numeric_grad])
def test_right_answers_are_quick(right):
    assert judge(CATALOGUE[right.__name__], right).seconds < 0.3


JACOBIANS = "def softmax_vjp(P, G):\n    return np.array([(np.diag(p) - np.outer(p, p)) @ g for p, g in zip(P, G)])"
LEAN = "def softmax_vjp(P, G):\n    return P * (G - (P * G).sum(axis=1, keepdims=True))"


def test_a_jacobian_passes_with_all_points_and_a_remark(capsys):
    full, lean = compile_answer(JACOBIANS, "softmax_vjp"), compile_answer(LEAN, "softmax_vjp")
    assert report("softmax_vjp", JACOBIANS).share == 1.0
    assert "a Jacobian was built on the way" in CATALOGUE["softmax_vjp"].remark(full)
    assert CATALOGUE["softmax_vjp"].remark(lean) == CATALOGUE["softmax_vjp"].remark(softmax_vjp) == ""
    assert check(full, points=3) == check(lean, points=3) == 3
    cards = capsys.readouterr().out
    assert cards.count("Remark: The values are right, and the points are yours.") == 1
    assert check(full, points=3, hidden=True) == 3
    assert "Remark" not in capsys.readouterr().out, "in grading nobody reads it"


def test_a_remark_that_fails_is_left_away(capsys):
    def softmax_vjp(P, G):
        if P.shape[1] > 100:
            raise MemoryError
        return P * (G - (P * G).sum(axis=1, keepdims=True))

    assert check(softmax_vjp, points=3) == 3
    assert "Remark" not in capsys.readouterr().out


def test_a_remark_is_shown_as_text_not_as_markup():
    found = report("softmax_vjp", LEAN)
    found.remark = "a < b & `c`"
    assert "Remark: a < b & `c`" in repr(Card(found))
    assert "a &lt; b &amp; <code>c</code>" in Card(found)._repr_html_()


@pytest.mark.parametrize(
    ("name", "source", "diagnosis"),
    [
        (
            "numeric_grad",
            "def numeric_grad(f, x, eps=1e-5):\n    base = f(x)\n    out = np.zeros(x.shape)\n"
            "    for i, v in enumerate(np.eye(x.size)):\n"
            "        out.flat[i] = (f(x + eps * v.reshape(x.shape)) - base) / eps\n    return out",
            "one-sided differences",
        ),
        (
            "numeric_grad",
            "def numeric_grad(f, x, eps=1e-5):\n    g = np.zeros_like(x)\n    for j in np.ndindex(x.shape):\n"
            "        e = np.zeros(x.shape)\n        e[j] = eps\n"
            "        g[j] = (f(x + e) - f(x - e)) / (2 * eps)\n    return g",
            "integers swallow the gradient",
        ),
        (
            "numeric_grad",
            "def numeric_grad(f, x, eps=1e-5):\n    x = np.copy(x)\n    g = np.zeros_like(x)\n"
            "    for j in np.ndindex(x.shape):\n        old = x[j]\n        x[j] = old + eps\n        up = f(x)\n"
            "        x[j] = old - eps\n        g[j] = (up - f(x)) / (2 * eps)\n        x[j] = old\n    return g",
            "integers swallow the step and the gradient",
        ),
        (
            "Value",
            VALUE.replace("id(node) not in seen", "all(node.data != s.data for s in seen)")
            .replace("seen.add(id(node))", "seen.append(node)")
            .replace("seen, todo = [], set()", "seen, todo = [], []"),
            "nodes of equal value are taken for one",
        ),
        (
            "Value",
            VALUE.replace(
                ORDER,
                RECURSIVE_ORDER.replace("id(node) not in", "node.data not in").replace("add(id(node)", "add(node.data"),
            ),
            "nodes of equal value are taken for one, whichever comes first",
        ),
        (
            "toy_backward",
            "def toy_backward(x):\n    b = np.exp(-x)\n    c = np.sin(np.deg2rad(b))\n"
            "    local = (-1, b, np.cos(np.deg2rad(b)), -2 / c**2)\n    return 2 / c, local, np.prod(local)",
            "the sine in degrees",
        ),
        (
            "softmax_jacobian",
            "def softmax_jacobian(p):\n    return np.eye(len(p)) * p * (1 - p)",
            "the diagonal alone",
        ),
        (
            "softmax_vjp",
            "def softmax_vjp(P, G):\n    return np.array([p * (1 - p) * g for p, g in zip(P, G)])",
            "the diagonal of the Jacobian alone",
        ),
    ],
)  # fmt: skip
def test_mistakes_are_named_however_they_are_written(name, source, diagnosis):
    assert report(name, source).failure.diagnosis == diagnosis
