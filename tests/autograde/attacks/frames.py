"""Forged messages: the code finds the socket to the grader and writes on it itself."""

from tests.autograde.attacks.attack import Attack, inside

_LINE = """
import stat, struct, socket, msgpack
def line():
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode): return number
        except OSError: pass
def raw(data):
    with socket.socket(fileno=os.dup(line())) as sock:
        sock.settimeout(3)
        sock.sendall(data)
def frame(*message):
    data = msgpack.packb(message)
    raw(struct.pack(">I", len(data)) + data)
def returned(value, changed=(), states=()):
    frame("returned", value, list(changed), list(states), "", [])
"""


def _in_call(name: str, tries: str, code: str) -> Attack:
    return Attack(name, tries, _LINE + inside(code), keeps=False)


def _value(name: str, tries: str, value: str) -> Attack:
    return _in_call(name, f"answers with {tries}", f"returned({value})")


ATTACKS = [
    _in_call("full_points", "answers `1000 points`", 'frame("score", 1000.0, 1000.0)'),
    _in_call("done_for_returned", "answers a call as if it had been a cell", 'frame("done", "", [["shown", "3.0"]])'),
    _in_call("returned_early", "answers `True` before it has been computed, each time", "returned(True)"),
    _in_call("many_answers", "answers a thousand calls in advance",
             "for _ in range(1000): returned(True)"),
    Attack("answers_from_cell", "answers the test's calls while its cell runs",
           _LINE + 'frame("done", "", [])\nfor _ in range(50): returned(True)', keeps=False, ends=True),
    _in_call("enough", "says that it has stopped, before each answer", 'frame("enough")'),
    _in_call("forged_timeout", "says that its call took too long", 'frame("timeout", "f", "x", [], [], "", [])'),
    _in_call("steals_requests", "reads what the grader has sent ahead, and answers that", """
        with socket.socket(fileno=os.dup(line())) as sock:
            sock.settimeout(0.1)
            attempt(sock.recv, 1_000_000)
        for _ in range(30): returned(True)"""),
    _in_call("answers_calls_ahead", "answers the calls that it sees coming, found in the frames that called it", """
        frame_ = sys._getframe()
        while frame_ is not None:
            for call in frame_.f_locals.get("calls") or (): returned(True)
            frame_ = frame_.f_back"""),
    _in_call("answers_from_child", "lets a forked child write into the line without end", """
        if os.fork() == 0:
            while True: returned(True)"""),
    _in_call("unknown_tag", "answers with a name that does not exist", 'frame("passed", True)'),
    _in_call("huge_length", "announces a message of 4 GB", 'raw(b"\\xff\\xff\\xff\\xff" + b"x" * 1000)'),
    _in_call("length_without_message", "announces 60 MB and sends nothing", 'raw(struct.pack(">I", 60_000_000))\n'
             "import time; time.sleep(60)"),
    _in_call("garbage", "sends random bytes", "import random\nraw(random.Random(1).randbytes(5000))"),
    _in_call("many_lists", "sends 60 MB of empty lists",
             "raw(struct.pack('>I', 60_000_005) + b'\\xdd' + struct.pack('>I', 60_000_000) + b'\\x90' * 60_000_000)"),
    _in_call("many_extensions", "sends 6 MB of extension types",
             "raw(struct.pack('>I', 6_000_005) + b'\\xdd' + struct.pack('>I', 2_000_000) + b'\\xd4ax' * 2_000_000)"),
    _in_call("deep_frame", "sends lists in lists, a million levels deep",
             "raw(struct.pack('>I', 1_000_001) + b'\\x91' * 1_000_001)"),
    _value("negative_shape", "an array of negative shape", '["a", "<f8", [-1, -8], "C", True, bytes(64)]'),
    _value("short_array", "an array of more entries than bytes", '["a", "<f8", [1000, 1000], "C", True, bytes(8)]'),
    _value("object_array", "an array of objects at addresses", '["a", "|O", [1], "C", True, bytes(8)]'),
    _value("wide_dtype", "an empty array of texts of a gigabyte", '["a", "<U500000000", [0], "C", True, b""]'),
    _value("many_dimensions", "an array of a thousand dimensions", '["a", "<f8", [1] * 1000, "C", True, bytes(8)]'),
    _value("record_dtype", "an array of records", '["a", "f8,O", [1], "C", True, bytes(16)]'),
    _value("unknown_handle", "an object that does not exist", '["h", 10**9, "int", "True", True, [["x", 1, None]]]'),
    _value("odd_handle", "an object without a number", '["h", "../..", [], {"a": 1}, True, "x"]'),
    _value("grader_handle", "one of the grader's own functions", '["f", 1, "check"]'),
    _in_call("forged_data", "answers with data that stands for objects that don't exist, one in the other", """
        value = ["t", [True] * 3]
        for n in range(200): value = ["w", n, True, value]
        returned(value)"""),
    _in_call("data_for_function", "answers with a number that stands for one of the grader's objects",
             'returned(["w", 1, True, 1])'),
    _value("bad_reference", "a reference to an array that was not sent", '["r", -1]'),
    _value("long_integer", "an integer of a million digits", '["i", "f" * 1_000_000]'),
    _value("colliding_dict", "a dict of 300,000 keys of the same hash",
           '["d", [[["i", hex((2**61 - 1) * (i + 10))], 0] for i in range(300_000)]]'),
    _in_call("forged_change", "claims to have changed its arguments into others",
             'arrays = ["l", [["l", [["a", "<f8", [0], "C", True, b""]] * 9]]]\n'
             'returned(True, [[n, arrays, [0] * 9] for n in range(100)])'),
    _in_call("forged_state", "claims that the grader's random generators are in other states",
             'returned(True, (), [[n, ["d", [["state", 7]]]] for n in range(20)])'),
    _in_call("unasked_callback", "calls functions of the grader that it was never given", """
        for key in (0, 1, -1, 10**6, "check", [1]):
            frame("callback", key, ["l", [["l", [1.0]], ["d", []]]])"""),
    _in_call("malformed_callback", "calls with arguments that are none", 'frame("callback", 1, ["l", [1, 2, 3]])'),
    _in_call("callback_storm", "calls back without end",
             'while True: frame("callback", 1, ["l", [["l", []], ["d", []]]])'),
    _in_call("evil_exception", "answers with an exception of class `SystemExit`, `eval` or `__import__`", """
        frame("raised", "__import__", "SystemExit", "os", "", "", True, [], [], "", [])"""),
    _in_call("key_error", "answers with a KeyError whose text is a nest of brackets", """
        frame("raised", "KeyError", "KeyError", "(" * 900, "", "", True, [], [], "", [])"""),
    _in_call("stub_forged", "answers with an exception whose class has no name",
             'frame("raised", "ValueError", chr(0), "x", "x", "x", True, [], [], "", [])'),
    _in_call("shouting", "answers with ten million warnings and prints",
             'frame("returned", True, [], [], "\\x1b[2J" * 1_000_000, ["x" * 1000] * 50_000)'),
    Attack("flood_of_outputs", "answers its cell with 60 MB of output", _LINE + """
frame("done", "", [["shown", "x" * 30_000_000], ["stream", "y" * 30_000_000]])""", keeps=False, ends=True),
    Attack("many_outputs", "answers its cell with a million outputs", _LINE + """
frame("done", "", [["shown", "x"]] * 1_000_000)""", keeps=False, ends=True),
]  # fmt: skip
