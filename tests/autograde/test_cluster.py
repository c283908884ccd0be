"""Grading on a dask cluster: the same grades, also where a worker is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.autograde.answers import answers
from tests.autograde.handed_in import ASSIGNMENT, hand_in, results, written
from tests.support.paths import ROOT
from tests.support.programs import require_program

pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]
STUDENTS = [f"s{number:02d}" for number in range(40)]
SLIP = """def perceptron_step(x, y, w, b, eta=1.0):
    delta = eta * (y - (1 if x @ w + b > 0 else 0))
    return w + delta * x, b + delta * eta"""

_CLUSTER = """
import json, os, sys
from distributed import Client, LocalCluster
if __name__ == "__main__":
    workers = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with LocalCluster(**workers, dashboard_address=None) as cluster, Client(cluster) as client:
        print(json.dumps([cluster.scheduler_address, sorted(client.run(os.getpid).values())]), flush=True)
        sys.stdin.read()
"""


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler's address and the processes of its two workers."""
    script = folder / "cluster.py"
    script.write_text(_CLUSTER)
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with (
        (folder / "cluster.log").open("w") as log,
        subprocess.Popen(
            [sys.executable, str(script)],
            env=env,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        assert process.stdin and process.stdout
        address, workers = json.loads(process.stdout.readline())
        try:
            yield address, workers
        finally:
            process.stdin.close()
            process.wait(60)


def _is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    require_program("bwrap", "bubblewrap")
    course = tmp_path / "course"
    for student in STUDENTS:
        hand_in(course, student, written(**answers(student)[0]))
    with cluster(tmp_path) as (address, workers):
        command = [sys.executable, "-m", "autograde", "grade", ASSIGNMENT, "--scheduler", address]
        command += ["--course", str(course)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as grader:
            done = _wait_for_some(course, grader)
            os.kill(workers[0], signal.SIGKILL)
            assert grader.wait(200) == 0
        hand_in(course, "slip", written(perceptron_step=SLIP))
        again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200)
        assert 0 < done < len(STUDENTS), "it was killed in the middle"
        assert not _is_there(workers[0])
    assert again.returncode == 0, again.stderr
    found = results(course)
    assert "a term too many" in found.pop("slip").exercises["perceptron_step"].brief, "it is looked into there, too"
    assert {s: dict(result.tests) for s, result in found.items()} == {s: answers(s)[1] for s in STUDENTS}


def _wait_for_some(course: Path, grader: subprocess.Popen[bytes]) -> int:
    """How many results there are as soon as there are some."""
    while grader.poll() is None:
        done = len(list((course / "autograded").glob("*")))
        if done >= 3:
            return done
        time.sleep(0.01)
    return 0
