"""``check`` where Python runs in a page (Pyodide): no grading libraries, no Jupyter server, no threads, no alarms."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

BARE = """
import _thread, signal, sys, threading
ABSENT = {"nbgrader", "dask", "distributed", "sqlalchemy", "alembic", "psycopg", "jupytext", "nbconvert", "nbformat",
          "nbclient", "jupyter_client", "ipykernel", "zmq", "msgpack", "fcntl", "resource", "termios"}
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
def refuse(*args, **kwargs):
    raise RuntimeError("can't start new thread")
threading.Thread.start = _thread.start_new_thread = refuse
for name in ("setitimer", "getitimer", "alarm", "SIGALRM", "ITIMER_REAL"):
    delattr(signal, name)
"""
LEARNING = """
import numpy as np
from autograde import check, hint, letters, progress
from mlp_reference.viz import explorers, figures
def perceptron_predict(X, w, b): return (X @ w + b > 0).astype(int)
assert check(perceptron_predict) == 1
def perceptron_predict(X, w, b): return (X @ w + b >= 0).astype(int)
assert 0 < check(perceptron_predict) < 1
def perceptron_fit(X, y, max_epochs=100, eta=1.0): raise NotImplementedError
assert check(perceptron_fit) == 0
print(hint("perceptron_step"), letters(1), progress(), explorers.half_space().words)
assert not ABSENT & {name.partition(".")[0] for name in sys.modules}
"""


@pytest.mark.slow
def test_check_needs_nothing_that_a_page_lacks(tmp_path: Path) -> None:
    env = os.environ | {"MLP_COURSE_PROGRESS": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", BARE + LEARNING], env=env, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert "solved" in done.stdout
