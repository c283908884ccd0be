"""Calls of the system that few know: other namespaces, others' descriptors, and odd use of the line to the grader."""

from tests.autograde.attacks.attack import Attack, inside

_LIBC = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
_LINE = """
import stat, socket
def line():
    for number in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode): return socket.socket(fileno=os.dup(number))
        except OSError: pass
"""

ATTACKS = [
    Attack("other_namespaces", "enters the namespaces of other processes", _LIBC + """
for process in ("1", str(os.getppid())):
    for kind in ("mnt", "pid", "net", "user", "ipc"):
        try: libc.setns(os.open(f"/proc/{process}/ns/{kind}", os.O_RDONLY), 0)
        except OSError as error: print(error)
attempt(os.listdir, COURSE)"""),
    Attack("change_of_root", "leaves its root by another root", """
os.makedirs("inner", exist_ok=True)
try:
    os.chroot("inner")
    for _ in range(50): os.chdir("..")
    os.chroot(".")
except OSError as error: print(error)
attempt(os.listdir, COURSE)"""),
    Attack("file_handle", "opens the root of the file system by a handle", _LIBC + """
handle = ctypes.create_string_buffer(bytes([8, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]))
found = libc.open_by_handle_at(os.open("/", os.O_RDONLY), handle, 0)
if found >= 0: leak(os.listdir(found))"""),
    Attack("others_descriptors", "takes descriptors of other processes", _LIBC + """
for process in {os.getppid(), 1, 2, 3} - {os.getpid()}:
    try: number = os.pidfd_open(process)
    except OSError: continue
    for descriptor in range(20):
        if libc.syscall(438, number, descriptor, 0) >= 0: leak(process, descriptor)"""),
    Attack("kernel_settings", "writes settings of the kernel and of its group of processes", """
for name in ("sys/kernel/core_pattern", "sysrq-trigger", "sys/vm/drop_caches", "1/oom_score_adj"):
    attempt(open, f"/proc/{name}", "w") if os.path.exists(f"/proc/{name}") and os.getpid() != 1 else None
attempt(open, "/sys/fs/cgroup/cgroup.procs", "w")"""),
    Attack("reaper", "lets its processes be adopted, in sessions and terminals of their own", _LIBC + """
import pty, subprocess
libc.prctl(36, 1, 0, 0, 0)
subprocess.Popen(["sleep", "303"], start_new_session=True)
if pty.fork()[0] == 0: os.execlp("sleep", "sleep", "304")"""),
    Attack("at_the_end", "starts programs when objects end, and when the process does", """
import atexit, weakref
class Last:
    def __del__(self): os.system("sleep 302 &")
sys.last = Last()
weakref.finalize(sys.last, os.system, "sleep 301 &")
atexit.register(os.system, "sleep 300 &")"""),
    Attack("sends_descriptors", "sends descriptors to the grader", _LINE + """
with line() as sock:
    for _ in range(200): socket.send_fds(sock, [b"x"], [0, 1, 2])""", keeps=False, ends=True),
    Attack("urgent_byte", "sends a byte out of band", _LINE + """
with line() as sock:
    try: sock.send(b"x", socket.MSG_OOB)
    except OSError as error: print(error)""", ends=True),
    Attack("half_closed", "closes its half of the line", _LINE + inside("""
with line() as sock: sock.shutdown(socket.SHUT_WR)
return True"""), keeps=False),
    Attack("deaf", "closes the other half of the line", _LINE + inside("""
with line() as sock: sock.shutdown(socket.SHUT_RD)
return True"""), keeps=False),
    Attack("trickle", "sends its answer byte by byte", _LINE + inside("""
import time
with line() as sock:
    sock.sendall(bytes([0, 0, 0, 64]))
    while True:
        sock.sendall(bytes([144]))
        time.sleep(0.2)"""), keeps=False),
    Attack("types_ahead", "types commands into the terminal of who grades", """
import fcntl, termios
for place in (0, 1, 2, "/dev/tty", "/dev/console"):
    try:
        number = place if isinstance(place, int) else os.open(place, os.O_RDWR)
        fcntl.ioctl(number, termios.TIOCSTI, b"x")
    except OSError as error: print(error)
    else: leak(place)"""),
]  # fmt: skip
