"""Taking all there is: processor, memory, disk, output, processes, and the grader's patience."""

from tests.autograde.attacks.attack import VICTIM, Attack, inside


def _cell(name: str, tries: str, code: str, ends: bool = True) -> Attack:
    return Attack(name, tries, code, keeps=False, ends=ends)


def _call(name: str, tries: str, code: str) -> Attack:
    return Attack(name, tries, inside(code), keeps=False)


ATTACKS = [
    _cell("endless_loop", "never ends, whatever is raised in it", """
        while True:
            try:
                while True: pass
            except BaseException: pass"""),
    _call("slow_calls", "takes a little less than the limit in each call", "import time; time.sleep(1.9)"),
    _call("c_code", "loops in C code that no signal interrupts", "sum(iter(int, 1))"),
    _cell("fork_bomb", "starts processes that start processes", "while True: os.fork()"),
    _cell("shell_fork_bomb", "lets a shell do it", "os.system('f() { f | f & }; f; sleep 20')"),
    _cell("thread_bomb", "starts threads without end", """
        import threading, time
        while True: threading.Thread(target=time.sleep, args=(60,)).start()"""),
    Attack("allocation", "allocates 100 GB at once", "import numpy as np\nattempt(np.ones, 12_500_000_000)"),
    _cell("growing_memory", "allocates until it is stopped, also when it is refused", """
        import numpy as np
        kept = []
        while True:
            try: kept.append(np.ones(4_000_000))
            except MemoryError: pass"""),
    _cell("memory_of_many", "allocates a little in each of many processes", """
        import time
        for _ in range(10):
            if os.fork() == 0:
                kept = bytearray(b"1") * 300_000_000
                time.sleep(60)
        time.sleep(60)"""),
    _cell("shared_memory", "allocates memory that it shares with itself", """
        import mmap, time
        for _ in range(6):
            if os.fork() == 0:
                shared = mmap.mmap(-1, 500_000_000)
                for start in range(0, 500_000_000, 4096): shared[start] = 1
                time.sleep(60)
        time.sleep(60)"""),
    _cell("shm", "fills /dev/shm and /tmp", """
        def fill(path):
            with open(path, "wb", 0) as file:
                for _ in range(2000):
                    if not file.write(b"x" * 2**20): raise OSError
        attempt(fill, "/dev/shm/a"); attempt(fill, "/tmp/a"); attempt(fill, "/tmp/b")""", ends=False),
    _cell("sparse_file", "makes a file of a petabyte", """
        def sparse():
            with open("/tmp/sparse", "wb") as file:
                file.truncate(2**50)
        attempt(sparse)""", ends=False),
    _cell("inodes", "makes files without end", """
        def many():
            for i in range(100_000): os.mknod(f"/tmp/{i}")
        attempt(many)""", ends=False),
    _cell("deep_folders", "makes folders in folders without end", """
        def deep():
            for i in range(100_000): os.mkdir("d"); os.chdir("d")
        attempt(deep)""", ends=False),
    _cell("endless_output", "prints without end", "while True: print('x' * 100_000)"),
    _cell("endless_displays", "shows pictures and objects without end", """
        from IPython.display import display
        while True: display({"text/plain": "x" * 1000}, raw=True)"""),
    _call("endless_prints", "prints without end in each call", "while True: print('x' * 100_000, file=sys.stderr)"),
    _call("deep_recursion", "calls itself without a limit",
          "sys.setrecursionlimit(10**9)\nf = lambda n: f(n + 1)\nf(0)"),
    Attack("deep_repr", "returns lists in lists, ten thousand levels deep", f"""
        def {VICTIM}(*args):
            value = []
            for _ in range(10_000): value = [value]
            return value""", keeps=False),
    Attack("billion_lists", "returns a list of which each half is the same list, 2**60 entries in all", f"""
        def {VICTIM}(*args):
            value = [1.0]
            for _ in range(60): value = [value, value]
            return value""", keeps=False),
    Attack("huge_array", "returns an array of 2 GB", f"""
        import numpy as np
        def {VICTIM}(*args): return np.zeros(250_000_000)""", keeps=False),
    Attack("broadcast_array", "returns an array of an exabyte, one number seen from everywhere", f"""
        import numpy as np
        def {VICTIM}(*args): return np.broadcast_to(1.0, (10**9, 10**9))""", keeps=False),
    Attack("large_array", "returns an array as large as a message may be", f"""
        import numpy as np
        def {VICTIM}(*args): return np.random.default_rng(0).normal(size=8_000_000)""", keeps=False),
    Attack("huge_integer", "returns an integer of ten million digits",
           f"def {VICTIM}(*args): return 7 ** 10_000_000", keeps=False),
    Attack("large_integer", "returns an integer that Python refuses to print",
           f"def {VICTIM}(*args): return 2 ** 15_000", keeps=False),
    Attack("huge_text", "returns a text of 60 MB", f"def {VICTIM}(*args): return '<b>' * 20_000_000", keeps=False),
    Attack("wide_text_array", "returns an array with one text of ten million letters", f"""
        import numpy as np
        def {VICTIM}(*args): return np.array(["x" * 10_000_000])""", keeps=False),
    Attack("huge_exception", "raises an exception with a text of 60 MB",
           inside("raise ValueError('x' * 60_000_000)"), keeps=False),
    Attack("endless_iterable", "returns a generator that never ends, in a class that says it has a billion entries",
           f"""
        class Endless(list):
            def __len__(self): return 10**9
            def __iter__(self):
                while True: yield self
        def {VICTIM}(*args): return Endless()""", keeps=False),
    Attack("slow_repr", "returns an object whose text takes forever", f"""
        class Slow:
            def __repr__(self):
                while True: pass
        def {VICTIM}(*args): return Slow()""", keeps=False),
    Attack("pickle", "returns an object that would run a command where it is unpickled", f"""
        class Payload:
            def __reduce__(self): return (os.system, ("touch /tmp/unpickled-by-the-grader",))
        def {VICTIM}(*args): return Payload()""", keeps=False),
    Attack("colliding_keys", "returns a dict whose keys all have the same hash", f"""
        def {VICTIM}(*args):
            class Key(int):
                __hash__ = object.__hash__
            return {{i * (2**61 - 1): 0 for i in range(3000)}}""", keeps=False),
]  # fmt: skip
