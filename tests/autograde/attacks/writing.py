"""Writing where grades, tests and other submissions are, or into what is shared with whoever comes next."""

from tests.autograde.attacks.attack import Attack

ATTACKS = [
    Attack("writes_gradebook", "gives itself full points in the gradebook", """
        import sqlite3
        def forge():
            with sqlite3.connect("file:" + COURSE + "/gradebook.db?mode=rw", uri=True) as db:
                db.execute("update grade set auto_score = 1000")
        attempt(forge)"""),
    Attack("writes_course", "writes into the course, its tests and other submissions", """
        for place in (COURSE, PROJECT, PROJECT + "/solutions/01_perceptron", COURSE + "/submitted", "/course",
                      "/course/autograde"):
            plant(open, place, "planted.py", "w")
            plant(os.mkdir, place, "planted")
            attempt(os.unlink, "/course/autograde/runtime/timeout.py")"""),
    Attack("writes_packages", "plants modules that the next submission would import", """
        import numpy, sys
        for place in (os.path.dirname(numpy.__file__), os.path.dirname(os.__file__), sys.prefix, "/usr/bin", "/etc",
                      "/", "/dev", "/var/tmp", "/home"):
            plant(open, place, "sitecustomize.py", "w")"""),
    Attack("remounts", "mounts the system again, writable, in a user namespace of its own", """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mount(b"none", b"/", None, 32, None) == 0: leak("remounted")
        if libc.umount2(b"/proc", 2) == 0: leak("unmounted")
        if libc.unshare(0x10000000) == 0: leak("user namespace")
        if libc.chroot(b"/tmp") == 0: leak("chroot")
        if libc.mount(b"proc", b"/tmp", b"proc", 0, None) == 0: leak("mounted")
        if os.system("unshare -Ur true 2>/dev/null") == 0: leak("unshare")"""),
    Attack("devices", "makes and opens devices", """
        import stat
        attempt(os.mknod, "/tmp/disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0))
        attempt(os.mknod, "/tmp/memory", 0o600 | stat.S_IFCHR, os.makedev(1, 1))
        attempt(open, "/dev/sda", "rb")"""),
    Attack("changes_user", "becomes root by setuid and setuid programs", """
        attempt(os.setuid, 0); attempt(os.setgid, 0); attempt(os.setgroups, [0])
        if os.system("su -c true root </dev/null >/dev/null 2>&1") == 0: leak("su")"""),
    Attack("hidden_memory", "keeps memory or messages beyond its end: SysV, message queues, keys, memfd", """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        for name, call in (("shm", lambda: libc.shmget(4242, 4096, 0o1666)),
                           ("sem", lambda: libc.semget(4242, 1, 0o1666)),
                           ("msg", lambda: libc.msgget(4242, 0o1666))):
            if call() >= 0: leak(name)
        attempt(os.memfd_create, "hidden")
        if libc.syscall(248, b"user", b"key", b"value", 5, -3) >= 0: leak("key")"""),
    Attack("signals", "sends signals to all processes with small numbers", """
        for number in range(2, 400):
            if number != os.getpid():
                try: os.kill(number, 0)
                except OSError: continue
                leak(number)"""),
]  # fmt: skip
