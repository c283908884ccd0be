"""What a child gives up before it runs a submission: files, privileges, system calls, and more than its share."""

import ctypes
import os
import platform
import resource
import stat
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

NEWNS, NEWIPC, NEWPID = 0x0002_0000, 0x0800_0000, 0x2000_0000
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _BIND, _RECURSIVE, _PRIVATE = 1, 2, 4, 4096, 16384, 1 << 18
_SET_DUMPABLE, _SET_SECCOMP, _SET_NO_NEW_PRIVILEGES, _SECCOMP_FILTER = 4, 22, 38, 2
_CAPABILITY_VERSION = 0x2008_0522

SMALL = 2**26  # bytes of /dev/shm
_LARGE_PAGE, _COLLAPSE = 2**21, 25

# System calls that no notebook needs, and that reach what outlives a submission, hide memory from its limits, take a
# neighbour's processor, or have been ways out of sandboxes: number on x86-64, on 64-bit ARM.
_FORBIDDEN = {
    "acct": (163, 89), "add_key": (248, 217), "bpf": (321, 280), "delete_module": (176, 106),
    "finit_module": (313, 273), "fsconfig": (431, 431), "fsmount": (432, 432), "fsopen": (430, 430),
    "init_module": (175, 105), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425), "kexec_file_load": (320, 294), "kexec_load": (246, 104), "keyctl": (250, 219),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "mount": (165, 40), "mount_setattr": (442, 442),
    "move_mount": (429, 429), "mq_open": (240, 180), "msgget": (68, 186), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265), "open_tree": (428, 428), "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438), "pivot_root": (155, 41), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "ptrace": (101, 117), "quotactl": (179, 60), "reboot": (169, 142),
    "request_key": (249, 218), "semget": (64, 190),
    "sched_setaffinity": (203, 122), "setns": (308, 268), "shmget": (29, 194), "swapoff": (168, 225),
    "swapon": (167, 224), "syslog": (103, 116), "umount2": (166, 39),
    "unshare": (272, 97), "userfaultfd": (323, 282), "vhangup": (153, 58),
}  # fmt: skip
MACHINES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
_SOCKET = (41, 198)
_FAMILIES = (1, 2, 10, 16)  # of sockets that a network namespace confines: UNIX, IPv4, IPv6, netlink
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF_0000, 0x0005_0001, 0x8000_0000

_libc = ctypes.CDLL(None, use_errno=True)


def checked(status: int, what: str) -> None:
    """Raises: OSError where a call of the C library has failed."""
    if status != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def unshare(flags: int) -> None:
    checked(_libc.unshare(flags), "unshare")


def gather_pages() -> None:
    """Make large pages of small ones: a fork then has a tenth of the entries to copy.  Old kernels can't; no harm."""
    places = [line.split(None, 5) for line in Path("/proc/self/maps").read_text().splitlines()]
    for place, rights, _, _, file, *name in places:
        if rights == "rw-p" and file == "0" and not (name and name[0] != "[heap]"):
            start, end = (int(address, 16) for address in place.split("-"))
            for address in range(-(-start // _LARGE_PAGE) * _LARGE_PAGE, end - _LARGE_PAGE + 1, _LARGE_PAGE):
                _libc.madvise(ctypes.c_void_p(address), ctypes.c_size_t(_LARGE_PAGE), _COLLAPSE)


def shut_in(limits: dict[str, Any]) -> None:
    """Files of its own, nothing else writable, no privileges, fewer system calls."""
    unshare(NEWNS | NEWIPC)
    _mount(None, "/", None, _RECURSIVE | _PRIVATE)
    for place, size in (("/tmp", limits["files"]), ("/dev/shm", SMALL)):
        _cover(place, size)
    _mount("tmpfs", "/proc", "tmpfs", _READ_ONLY, "size=4096")  # who else is there is nobody's business
    checked(_libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0), "prctl")
    header, nothing = struct.pack("Ii", _CAPABILITY_VERSION, 0), bytes(24)
    checked(_libc.capset(header, nothing), "capset")
    checked(_libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0), "prctl")
    _filter_calls()


def limit(limits: dict[str, Any]) -> None:
    """No more than its share of memory, processes, files and processor time."""
    kinds = {
        resource.RLIMIT_AS: limits["memory"],
        resource.RLIMIT_NPROC: limits["processes"],
        resource.RLIMIT_FSIZE: limits["files"],
        resource.RLIMIT_CPU: int(5 * limits["notebook"]) + 1,  # it is the total that counts
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for kind, most in kinds.items():
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def processes() -> set[str]:
    """The processes that can be seen, by number."""
    return {entry for entry in os.listdir("/proc") if entry.isdigit()}


def usage(new: set[str]) -> int:
    """The bytes of memory that processes hold, also of what they share with each other, but not of files."""
    held = 0
    for entry in new:
        with suppress(OSError, ValueError):  # it may have ended meanwhile
            for line in Path("/proc", entry, "status").read_text().splitlines():
                if line.startswith(("RssAnon:", "RssShmem:")):
                    held += 1024 * int(line.split()[1])
    return held


def _cover(place: str, size: int) -> None:
    """Put a fresh folder over a place, and into it what the sandbox shows there: Python may lie anywhere."""
    shown = [(path, os.open(path, os.O_PATH | os.O_NOFOLLOW)) for path in _shown_below(place)]
    _mount("tmpfs", place, "tmpfs", _NO_SETUID | _NO_DEVICES, f"size={size},nr_inodes=20000,mode=700")
    for path, number in shown:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if stat.S_ISLNK(os.fstat(number).st_mode):
            os.symlink(os.readlink("", dir_fd=number), path)
        else:
            _bind(number, path)
        os.close(number)


def _bind(number: int, path: str) -> None:
    if stat.S_ISDIR(os.fstat(number).st_mode):
        os.mkdir(path)
    else:
        open(path, "w").close()
    _mount(f"/proc/self/fd/{number}", path, None, _BIND | _RECURSIVE)


def _shown_below(place: str) -> Iterator[str]:
    """What bubblewrap has put into a folder of the sandbox: links, and what lies on another file system."""
    own = os.lstat(place).st_dev
    for folder, names, files in os.walk(place):
        for name in [*names, *files]:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            if stat.S_ISLNK(status.st_mode) or status.st_dev != own:
                yield path
        names[:] = [name for name in names if os.lstat(os.path.join(folder, name)).st_dev == own]


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    encoded = [text.encode() if text else None for text in (source, target, kind)]
    checked(_libc.mount(*encoded, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def _filter_calls() -> None:
    """Refuse the forbidden calls; on a processor whose numbers aren't known here, the grader says that it can't."""
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return
    column, audit = machine
    numbers = [pair[column] for pair in _FORBIDDEN.values()]
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, audit), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    n, f = len(numbers), len(_FAMILIES)
    program.append((_AT_LEAST, n + f + 2, 0, 0x4000_0000))  # the calls of another ABI
    program += [(_EQUAL, n + f + 1 - i, 0, number) for i, number in enumerate(numbers)]
    program += [(_EQUAL, 0, f + 2, _SOCKET[column]), (_LOAD, 0, 0, 16)]  # its first argument
    program += [(_EQUAL, f - i, 0, family) for i, family in enumerate(_FAMILIES)]
    program += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
    whole = struct.pack("HxxxxxxP", len(program), ctypes.addressof(code))
    checked(_libc.prctl(_SET_SECCOMP, _SECCOMP_FILTER, whole, 0, 0), "seccomp")
