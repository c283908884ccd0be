"""Reading what a learner must not see: tests, answers, grades, other submissions, the grader's own memory."""

from tests.autograde.attacks.attack import Attack, inside

_FILES = """
import os
def walk(top, most=20000):
    for folder, _, names in os.walk(top):
        for name in names:
            most -= 1
            if most < 0: return
            yield os.path.join(folder, name)
def read(path):
    try:
        with open(path, "rb") as file: return file.read(200_000).decode("latin-1")
    except OSError: return ""
"""

ATTACKS = [
    Attack("reads_course", "lists and reads the course's folder, by its absolute name", _FILES + """
for place in (COURSE, PROJECT + "/solutions", PROJECT + "/submitted", PROJECT + "/gradebook.db"):
    attempt(os.listdir, place)
    attempt(open, place)
for path in walk(COURSE): hunt(read(path), path)
for path in walk(PROJECT + "/solutions"): hunt(read(path), path)
"""),
    Attack("reads_everything_small", "reads all files in /tmp, /course, /etc, /home, /root, /var, /run and /dev/shm",
           _FILES + """
for top in ("/tmp", "/course", "/etc", "/home", "/root", "/var", "/run", "/dev/shm", "/mnt", "/srv", "/opt"):
    for path in walk(top, 500): hunt(read(path), path)
"""),
    Attack("reads_proc", "reads memory, environment and command line of processes", _FILES + """
for number in ["self", *map(str, range(1, 400))]:
    for name in ("environ", "cmdline", "maps", "mem", "fd/3", "root/etc/passwd", "cwd"):
        text = read(f"/proc/{number}/{name}")
        if text: leak(number, name)
"""),
    Attack("reads_environment", "looks through os.environ and the arguments of its process",
           "import sys, os\nhunt(dict(os.environ)); hunt(sys.argv); hunt(sys.orig_argv)\nhunt(os.popen('env').read())"),
    Attack("walks_gc", "looks through all objects that the garbage collector knows", "seen = []\n" + inside("""
        if seen: return wrong(*args, **options)
        seen.append(1)
        import gc
        gc.unfreeze()
        for thing in gc.get_objects():
            if type(thing) is dict:
                for key, value in list(thing.items()):
                    if type(value) is str: hunt(value)
        if secrets: raise ValueError(secrets)""")),
    Attack("walks_frames", "looks through the local variables of all callers for what is expected", inside("""
        frame = sys._getframe()
        while frame is not None:
            for name, value in list(frame.f_locals.items()):
                if name in ("expected", "reference", "asked", "exercise", "question", "case"): leak(name)
            frame = frame.f_back""")),
    Attack("inspects_caller", "asks inspect for the source of its caller", inside("""
        import inspect
        for info in inspect.stack():
            if info.code_context and "assert" in "".join(info.code_context): leak(info.filename)
            hunt("".join(info.code_context or []))""")),
    Attack("reads_linecache", "looks through linecache, the shell's history and its namespace", """
import linecache
hunt(linecache.cache)
hunt(list(get_ipython().user_ns.items())); hunt(In); hunt(get_ipython().history_manager.input_hist_raw)"""),
    Attack("reads_site_packages", "looks for the course in site-packages and where installs point", _FILES + """
import site
for place in filter(os.path.isdir, site.getsitepackages()):
    for name in os.listdir(place):
        if name.startswith("__editable__") or name.endswith((".pth", ".egg-link")):
            text = read(os.path.join(place, name))
            for found in re.findall(r"/[\\w./-]+", text):
                for path in walk(found, 50):
                    if "solutions" in path or "exercises" in path: leak(path)
attempt(os.listdir, PROJECT + "/autograde/exercises")
"""),
    Attack("reads_own_memory", "looks through its own memory, a copy of that of the process it was forked from", """
import ctypes
attempt(open, "/proc/self/mem", "rb")
attempt(open, "/proc/self/maps")
attempt(open, "/dev/mem", "rb")"""),
    Attack("reads_other_memory", "reads other processes with ptrace and process_vm_readv", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for number in range(1, 20):
    if number != os.getpid() and libc.ptrace(16, number, 0, 0) == 0: leak("ptrace", number)
    for call in (310, 311):
        if libc.syscall(call, number, 0, 0, 0, 0, 0) > 0: leak("read", number)"""),
    Attack("reads_kernel_log", "reads the kernel's messages and its list of keys", """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)
if libc.klogctl(3, buffer, 4096) >= 0: leak("kernel log")
attempt(open, "/proc/keys"); attempt(open, "/dev/kmsg")
if libc.syscall(250, 6, -3, 0, 0, 0) >= 0: leak("keyring")"""),
    Attack("reads_neighbours_files", "looks for what an earlier submission has left in /tmp and /dev/shm", _FILES + """
for top in ("/tmp", "/dev/shm"):
    for path in walk(top):
        if "left-behind" in path: leak(path)
for top in ("/tmp", "/dev/shm"): open(top + "/left-behind", "w").write("by " + __name__)"""),
    Attack("reads_again", "the same attack once more, to find what the first one has left", _FILES + """
for top in ("/tmp", "/dev/shm"):
    for path in walk(top):
        if "left-behind" in path: leak(path)"""),
    Attack("returns_what_it_found", "raises all of the course that it can open", "seen = []\n" + inside("""
        if seen: return wrong(*args, **options)
        seen.append(1)
        for place in ("/course", "/tmp", PROJECT, COURSE):
            for folder, _, names in os.walk(place):
                if "/.venv/" in folder + "/": continue
                for name in names:
                    try: hunt(open(os.path.join(folder, name), "rb").read(100_000))
                    except OSError: pass
        if secrets: raise ValueError(str(secrets))""")),
    Attack("answer_in_module", "imports the course's tests and answers", """
import importlib
for name in ("autograde.exercises", "autograde.exercises.01_perceptron.perceptron_fit", "autograde.judging.judge",
             "autograde.judging.compare", "autograde.grading.submission", "autograde.gradebook.book"):
    attempt(importlib.import_module, name)"""),
    Attack("reference", "imports the reference answers", """
import importlib
for name in ("perceptron", "activations", "losses", "layers", "mlp", "autodiff", "optimize"):
    attempt(importlib.import_module, "mlp_reference." + name)
import mlp_reference
if hasattr(mlp_reference, "perceptron"): leak("perceptron")"""),
    Attack("reference_by_path", "loads the reference answers from their file", """
import importlib.util
for place in (PROJECT + "/mlp_reference/perceptron.py", "/course/mlp_reference/perceptron.py"):
    def load():
        spec = importlib.util.spec_from_file_location("reference", place)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    attempt(load)"""),
    Attack("reference_by_pip", "installs the course with pip and git", """
import subprocess, sys
def install():
    run = subprocess.run([sys.executable, "-m", "pip", "install", "--no-index", "--target", "/tmp/own", PROJECT],
                         capture_output=True, timeout=2)
    assert run.returncode == 0
attempt(install)"""),
]  # fmt: skip
