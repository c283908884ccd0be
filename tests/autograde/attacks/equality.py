"""Answers that want to look right: objects equal to everything, and libraries that call everything right."""

from tests.autograde.attacks.attack import VICTIM, Attack, inside

_ALWAYS = """
class Always(float):
    __eq__ = __le__ = __ge__ = __lt__ = __gt__ = lambda self, other: True
    __ne__ = lambda self, other: False
    __hash__ = float.__hash__
    __bool__ = lambda self: True
    __array_priority__ = 1e9
    __array_ufunc__ = lambda self, *args, **options: True
"""

ATTACKS = [
    Attack("always_equal", "returns an object that is equal to everything",
           _ALWAYS + f"def {VICTIM}(*args): return Always(0)", keeps=False),
    Attack("always_equal_class", "puts a class in the function's place whose instances equal everything",
           _ALWAYS + f"class {VICTIM}(Always):\n    def __new__(cls, *args): return super().__new__(cls, 0)",
           keeps=False),
    Attack("array_subclass", "returns an ndarray subclass whose comparisons are always true", f"""
           import numpy as np
           class Yes(np.ndarray):
               __array_ufunc__ = lambda self, *args, **options: np.True_
               __array_function__ = lambda self, *args, **options: np.True_
               __eq__ = lambda self, other: np.True_
           def {VICTIM}(*args): return np.zeros(()).view(Yes)""", keeps=False),
    Attack("object_array", "returns an array of objects that equal everything",
           _ALWAYS + f"import numpy as np\ndef {VICTIM}(*args): return np.array([Always(0)], dtype=object)",
           keeps=False),
    Attack("patched_numpy_testing", "replaces the comparisons of NumPy", """
           import numpy as np, numpy.testing
           for module in (np, np.testing):
               for name in dir(module):
                   if name.startswith("assert_"): setattr(module, name, lambda *args, **options: None)
           np.allclose = np.isclose = np.array_equal = lambda *args, **options: True"""),
    Attack("patched_builtins", "replaces isinstance, abs, all, float, min and max", """
           import builtins
           real = builtins.isinstance
           builtins.all = builtins.any = lambda *args: True
           builtins.abs = lambda x: 0
           builtins.round = lambda x, n=0: 3"""),
    Attack("patched_msgpack", "makes every message that leaves the process say `True`", """
           import msgpack
           pack = msgpack.packb
           def forged(message, **options):
               if message[0] == "returned": message[1] = True
               return pack(message, **options)
           msgpack.packb = forged""", keeps=False),
    Attack("patched_json", "makes json write full points", """
           import json
           dumps = json.dumps
           json.dumps = lambda *args, **options: dumps({"score": 1000.0})
           json.loads = lambda *args, **options: {"ended": "exit 0", "score": 1000.0}"""),
    Attack("patched_ipython", "makes the shell report full points for every cell", """
           from IPython.core.interactiveshell import InteractiveShell
           InteractiveShell.run_cell = lambda self, *args, **options: 3.0
           get_ipython().events.trigger = lambda *args: 3.0"""),
    Attack("patched_check", "replaces `check` and the package that it comes from", """
           import autograde, sys
           class Full(float): pass
           autograde.check = check = lambda *args, **options: Full(1000)
           sys.modules["autograde.judging.judge"] = sys.modules["autograde.judging.compare"] = autograde""" ),
    Attack("patched_worker", "replaces the methods of the process that answers the grader", """
           import gc
           from autograde.runtime.worker import Worker
           Worker._call = lambda self, target, args, options: True""", keeps=False),
    Attack("shadowed_names", "names variables like what tests use: check, float, np, Score", """
           float = lambda value: 1000.0
           Score = np_ = lambda *args: 1000.0
           def check(*args, **options): return 1000.0"""),
    Attack("wrapped_signature", "claims another signature and another name", inside("pass") + f"""
import inspect
{VICTIM}.__signature__ = inspect.signature(lambda *check, points=1000: 0)
{VICTIM}.__name__ = {VICTIM}.__qualname__ = "mistake_bound"
"""),
]  # fmt: skip
