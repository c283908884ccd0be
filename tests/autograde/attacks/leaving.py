"""Leaving early: a test that never ends its comparison must not count as passed."""

from tests.autograde.attacks.attack import Attack, inside


def _in_call(name: str, tries: str, code: str) -> Attack:
    return Attack(name, f"{tries} when the function is called", inside(code), keeps=False)


ATTACKS = [
    Attack("exit_in_cell", "calls sys.exit(0) in a cell", "sys.exit(0)", ends=True),
    _in_call("exit_in_call", "calls sys.exit(0)", "sys.exit(0)"),
    _in_call("os_exit", "ends its process with status 0", "os._exit(0)"),
    _in_call("system_exit", "raises SystemExit", "raise SystemExit(0)"),
    _in_call("keyboard_interrupt", "raises KeyboardInterrupt", "raise KeyboardInterrupt"),
    _in_call("generator_exit", "raises GeneratorExit", "raise GeneratorExit"),
    _in_call("own_exception", "raises an exception whose class lies about itself", """
        class ValueError(BaseException):
            __str__ = __repr__ = lambda self: 1 / 0
            __class__ = property(lambda self: 1 / 0)
        raise ValueError"""),
    _in_call("stop_iteration", "raises StopIteration", "raise StopIteration(3.0)"),
    _in_call("kills_itself", "sends itself SIGKILL", "os.kill(os.getpid(), 9)"),
    _in_call("kills_all", "sends every process SIGKILL", "os.kill(-1, 9); os.kill(1, 9); os._exit(0)"),
    _in_call("segfault", "reads address 0", "import ctypes; ctypes.string_at(0)"),
    _in_call("closes_descriptors", "closes all file descriptors", "os.closerange(0, 256)"),
    _in_call("stops_itself", "stops itself with SIGSTOP", "os.kill(os.getpid(), 19)"),
    Attack("ignores_alarm", "ignores the alarm of its time limit and loops", inside("""
        import signal
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        while True: pass"""), keeps=False),
    _in_call("at_exit", "leaves with full points printed at exit", """
        import atexit
        atexit.register(print, "3.0")
        raise SystemExit("3.0")"""),
]  # fmt: skip
