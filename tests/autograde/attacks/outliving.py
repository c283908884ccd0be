"""Processes that want to go on when the submission has been graded."""

from tests.autograde.attacks.attack import Attack, inside

MARK = "4747.4747"  # seconds; they are found by this argument

ATTACKS = [
    Attack("double_fork", "forks twice and lets the grandchild sleep", f"""
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0: os.execvp("sleep", ["sleep", "{MARK}"])
            os._exit(0)"""),
    Attack("nohup", "starts a program with nohup and setsid in the background",
           f'os.system("setsid nohup sleep {MARK} >/dev/null 2>&1 &")'),
    Attack("daemon_thread", "leaves a thread that loops", """
        import threading, time
        threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)], daemon=True).start()
        threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)]).start()"""),
    Attack("popen_in_call", "starts a program in each call", inside(f"""
        import subprocess
        subprocess.Popen(["sleep", "{MARK}"], start_new_session=True)"""), keeps=False),
    Attack("ignores_signals", "ignores all signals in a child and changes its group", f"""
        import signal
        if os.fork() == 0:
            for number in range(1, 32):
                try: signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError): pass
            os.setpgid(0, 0)
            os.execvp("sleep", ["sleep", "{MARK}"])"""),
    Attack("leaves_and_stays", "ends itself, but not its child", f"""
        if os.fork() == 0: os.execvp("sleep", ["sleep", "{MARK}"])
        os._exit(0)""", ends=True, keeps=False),
    Attack("scheduled", "asks at, cron and systemd to run something later",
           'for command in ("echo x | at now", "echo x | crontab -", "systemd-run true"):\n'
           '    if os.system(command + " >/dev/null 2>&1") == 0: leak(command)'),
]  # fmt: skip
