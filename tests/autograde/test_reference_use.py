"""An answer that leans on the reference is told so at once: in grading there is none."""

import importlib
from typing import Any

import numpy as np
import pytest

import mlp_reference
from autograde import check
from autograde.learner.reference_use import borrowed
from autograde.learner.state import progress_file
from mlp_reference import autodiff, data

START = (
    "import functools, importlib, sys\nimport numpy as np\nimport mlp_reference\nfrom mlp_reference import data, viz\n"
)
USES = [
    "from mlp_reference.activations import sigmoid as f",
    "from mlp_reference import sigmoid\ndef f(z): return sigmoid(z)",
    "def f(z):\n    from mlp_reference.activations import sigmoid\n    return sigmoid(z)",
    "def f(z):\n    import mlp_reference.activations as a\n    return a.sigmoid(z)",
    "def f(z):\n    import mlp_reference as m\n    return m.activations.sigmoid(z)",
    "def f(z): return mlp_reference.activations.sigmoid(z)",
    "g = lambda z: mlp_reference.sigmoid(z)\ndef f(z): return g(z)",
    "def f(z): return [mlp_reference.sigmoid(v) for v in z]",
    "def f(z):\n    import mlp_reference as m\n    return [m.activations.sigmoid(v) for v in z]",
    "def f(z):\n    from mlp_reference import sigmoid\n    return [sigmoid(v) for v in z]",
    "def outer():\n    from mlp_reference import sigmoid\n    def f(z): return sigmoid(z)\n    return f\nf = outer()",
    "f = functools.partial(mlp_reference.sigmoid)",
    "f = np.vectorize(mlp_reference.sigmoid)",
    "def f(z, by=mlp_reference.sigmoid): return by(z)",
    "TABLE = {'s': mlp_reference.sigmoid}\ndef f(z): return TABLE['s'](z)",
    "class f(mlp_reference.autodiff.Value): pass",
    "class G:\n    def __call__(self, z): return mlp_reference.sigmoid(z)\nf = G()",
    "def f(z): return importlib.import_module('mlp_reference.activations').sigmoid(z)",
    "from autograde.exercises import CATALOGUE\ndef f(z): return CATALOGUE['sigmoid'].reference(z)",
    "def f(z):\n    from autograde.exercises import CATALOGUE\n    return CATALOGUE['sigmoid'].reference(z)",
]
OWN = [
    "def f(z): return 1 / (1 + np.exp(-z))",
    "def sigmoid(z): return 1 / (1 + np.exp(-z))\ndef f(z): return sigmoid(z)",
    "class activations:\n    @staticmethod\n    def sigmoid(z): return z\ndef f(z): return activations.sigmoid(z)",
    "def f(z):\n    'as in mlp_reference.activations'\n    return z",
    "def f(z):\n    'mlp_reference.activations'\n    return z",
    "def f(z): return data.xor_clusters, viz, mlp_reference.data",
    "def f(z):\n    from mlp_reference import data\n    from mlp_reference.viz import plots\n    return z",
    "from autograde import check, hint\ndef f(z):\n    check(f)\n    return z",
    "import scipy.special\nf = scipy.special.expit",
    "def f(z): return undefined(z)",
    "from mlp_reference import sigmoid\ndef f(z):\n    sigmoid = [z]\n    return [sigmoid[i] for i in range(1)]",
    "from autograde import progress as s\ndef f(z):\n    s = set(z)\n    return any(v in s for v in z)",
    "from mlp_reference import sigmoid\ndef f(z):\n    return (lambda sigmoid: [sigmoid for _ in z])(1)",
    "f = 3",
    "f = None",
    "class f:\n    def __getattr__(self, name): raise SystemError",
]


def made(source: str) -> Any:
    scope: dict[str, Any] = {"__name__": "__main__"}
    exec(START + source, scope)
    return scope["f"]


@pytest.mark.parametrize("source", USES)
def test_what_grading_lacks_is_found(source: str) -> None:
    assert borrowed(made(source)).startswith(("mlp_reference.", "autograde."))


@pytest.mark.parametrize("source", OWN)
def test_nobody_is_accused_of_his_own(source: str) -> None:
    assert borrowed(made(source)) == ""


def test_check_says_so_and_counts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert (importlib.import_module("mlp_reference.autodiff"), data) == (autodiff, mlp_reference.data)
    scope: dict[str, Any] = {"check": check, "np": np}
    exec("from mlp_reference import sigmoid\nscore = check(sigmoid, 2)", scope)
    assert scope["score"] == 0.0
    assert "In grading `mlp_reference.activations.sigmoid` does not exist" in capsys.readouterr().out
    assert progress_file.load("sigmoid").share == 0.0


def test_a_forward_function_that_is_borrowed_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    scope: dict[str, Any] = {"check": check}
    exec("from mlp_reference import affine_forward\ndef affine_backward(G, c): return G\ncheck(affine_backward)", scope)
    assert "mend `affine_forward` first" in capsys.readouterr().out
