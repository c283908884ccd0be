"""Tricks of Python: hooks, code objects, clocks, endings that are none, and results that are not what they say."""

from tests.autograde.attacks.attack import VICTIM, Attack, inside


def _in_call(name: str, tries: str, code: str) -> Attack:
    return Attack(name, tries, inside(code), keeps=False)


def _cell(name: str, tries: str, code: str, keeps: bool = True) -> Attack:
    return Attack(name, tries, code, keeps=keeps)


ATTACKS = [
    _cell("audit_hook", "refuses each event of a socket or a file by an audit hook", """
        def hook(event, args):
            if event.startswith(("socket", "os.", "open")): raise RuntimeError("no")
        sys.addaudithook(hook)"""),
    _cell("import_hook", "finds modules before anybody else does, and names them", """
        class Finder:
            def find_spec(self, name, *args):
                if "autograde" in name or "reference" in name: leak(name)
        sys.meta_path.insert(0, Finder())"""),
    _cell("subinterpreter", "looks for tests in an interpreter of its own", """
        import _xxsubinterpreters as interpreters
        for code in ("import autograde.exercises", "open('/proc/1/environ').read()"):
            try: interpreters.run_string(interpreters.create(), code)
            except Exception as error: print(error)
            else: leak(code)"""),
    _cell("async_task", "puts another answer in its place by a task of the event loop, later", f"""
        import asyncio
        async def later():
            await asyncio.sleep(0)
            globals()["{VICTIM}"] = lambda *args: True
        task = asyncio.ensure_future(later())"""),
    _cell("cell_hooks", "puts another answer in its place before and after each cell", f"""
        def hook(*args): get_ipython().user_ns["{VICTIM}"] = lambda *args: True
        for event in ("pre_execute", "post_execute", "pre_run_cell", "post_run_cell"):
            get_ipython().events.register(event, hook)""", keeps=False),
    _cell("codec", "reads each text as `True` by codecs of its own", """
        import codecs
        codecs.register(lambda name: codecs.CodecInfo(lambda *a: (b"3", 1), lambda *a: ("True", 1), name=name))
        for handler in ("strict", "replace"): codecs.register_error(handler, lambda error: ("True", error.end))"""),
    _cell("code_objects", "exchanges the code of the functions that answer the grader", """
        import autograde.runtime.worker as worker
        def yes(self, *args): return ["returned", True, [], [], "", []]
        for name in ("_do", "_take", "_call"): getattr(worker.Worker, name).__code__ = yes.__code__""", keeps=False),
    _cell("encoder", "sends True for each False", """
        import autograde.runtime.serialization as wire
        old = wire.Encoder.__call__
        def sent(self, value, level=0): return True if isinstance(value, bool) else old(self, value, level)
        wire.Encoder.__call__ = sent""", keeps=False),
    _cell("names", "puts a namespace in place in which each name has an answer", """
        class Names(dict):
            def __missing__(self, name): return lambda *args: True
        print("tri" + "ed")
        get_ipython().user_ns = Names(globals())"""),
    _cell("endless_signature", "has a signature that never comes", f"""
        class Answer:
            def __call__(self, *args): return wrong(*args)
            @property
            def __signature__(self):
                while True: pass
        {VICTIM} = Answer()""", keeps=False),
    _in_call("false_is_true", "writes a 1 into the object `False`",
             "import ctypes\nctypes.c_long.from_address(id(False) + 24).value = 1\nreturn False"),
    _in_call("array_function", "returns an object that NumPy asks what its functions do", """
        class Answer:
            __array_function__ = __array_ufunc__ = lambda self, *args, **options: True
            __array__ = lambda self, *args, **options: __import__("numpy").array(True)
        return Answer()"""),
    _in_call("array_wrap", "returns an ndarray whose class changes what is taken out of it", """
        import numpy as np
        class Answer(np.ndarray):
            __array_wrap__ = __array_finalize__ = item = lambda self, *args, **options: True
            tobytes = lambda self, *args: bytes([1])
        return np.zeros((), bool).view(Answer)"""),
    _in_call("array_interface", "lets NumPy read an address that is none", """
        import numpy as np
        class Memory: __array_interface__ = dict(shape=(10,), typestr="<f8", data=(8, False), version=3)
        return np.asarray(Memory())"""),
    _in_call("cyclic_traceback", "raises an exception that is its own cause, with a note of a megabyte", """
        try: 1 / 0
        except Exception as error:
            error.__context__ = error.__cause__ = error
            error.add_note("x" * 10**6)
            raise"""),
    _in_call("exception_groups", "raises groups in groups, 2**500 exceptions in all", """
        group = ValueError("x")
        for _ in range(500): group = ExceptionGroup("g", [group, group])
        raise group"""),
    _in_call("told", "raises an exception that brings along what the grader notes of it", """
        error = ValueError("x")
        error.told, error.on_purpose, error.args = ("certifies", "line", True), True, (error,)
        raise error"""),
    _in_call("stopped_clocks", "stops all clocks of Python and loops", """
        import time
        time.perf_counter = time.monotonic = time.process_time = time.time = lambda: 0.0
        while True: pass"""),
    _in_call("timer_off", "switches the timer of its limit off and loops",
             "import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass"),
    _in_call("waits_for_signal", "waits for a signal that never comes, all others blocked", """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
        signal.sigwait([40])"""),
    _in_call("loops_at_the_end", "loops where a generator is closed and an object ends", """
        def generator():
            try: yield 1
            finally:
                while True: pass
        made = generator()
        next(made)
        del made"""),
    _in_call("swallows_at_exit", "swallows what stops it by `with`", """
        class Swallow:
            __enter__ = lambda self: self
            __exit__ = lambda self, *args: True
        while True:
            with Swallow():
                while True: pass"""),
    _in_call("waits_for_thread", "waits for a thread that loops", """
        import threading
        thread = threading.Thread(target=lambda: [None for _ in iter(int, 1)])
        thread.start()
        thread.join()"""),
    _in_call("lying_length", "returns a list that says it has one entry and never ends", """
        class Lie(list):
            __len__ = lambda self: 1
            def __iter__(self):
                while True: yield True
        return Lie([True])"""),
    _in_call("changing_class", "returns an object that has changed its class", """
        class Before(int): pass
        class After(int):
            __eq__ = lambda self, other: True
            __hash__ = int.__hash__
        made = Before(1)
        made.__class__ = After
        return made"""),
    _in_call("borrowed_file", "raises from code that says it stands in the course's own files", """
        for place in (COURSE + "/answers.ipynb", PROJECT + "/solutions/01_perceptron/perceptron.ipynb"):
            try: exec(compile("raise ValueError(1)", place, "exec"))
            except ValueError as error: raised = error
        raise raised"""),
    _in_call("lying_metaclass", "raises an exception whose class has lists for names, and returns what it says is a bool", """
        class Meta(type):
            __name__ = __qualname__ = __module__ = property(lambda self: ["<script>"] * 9)
            __instancecheck__ = __subclasscheck__ = lambda *args: True
            __mro__ = property(lambda self: (bool,))
        class Lie(Exception, metaclass=Meta):
            __class__ = property(lambda self: bool)
            __bool__ = lambda self: True
        if len(args[0]) % 2: raise Lie
        return Lie()"""),
    _in_call("mock", "returns a stand-in that equals anything",
             "from unittest.mock import ANY, MagicMock\nreturn ANY if len(args[0]) % 2 else MagicMock()"),
]  # fmt: skip
