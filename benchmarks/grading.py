"""How fast submissions are graded: stock nbgrader and ``autograde grade``, on the same submissions in the same run.

    python benchmarks/grading.py [--submissions 200] [--stock 8] [--small] [--json FILE]

A submission is the whole notebook 01 with all answers; ``--small`` leaves out all but answers and tests.

Rates are counted twice: of whole commands, and without what a command takes to start, by the difference between a run
over all submissions and one over a quarter of them.  ``stock`` is how many of the submissions nbgrader grades.  Memory
is that of the grader and its grading processes, in the second and in the last quarter of the largest run.
"""

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.autograde.handed_in import ASSIGNMENT, code, hand_in, right
from tests.support.paths import ROOT

STOCK = "nbgrader autograde"
Sample = tuple[float, int, int]  # seconds since the start, submissions graded, bytes


@dataclass
class Run:
    """One command over so many submissions."""

    command: str
    workers: int
    submissions: int
    seconds: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    def within(self, begin: float, end: float) -> list[Sample]:
        """What was seen while that part of the submissions was graded; what comes behind the last of them is not."""
        busy = itertools.takewhile(lambda one: one[0] <= self.through, self.samples)
        return [s for s in busy if begin * self.submissions <= s[1] <= end * self.submissions]

    @property
    def through(self) -> float:
        """When the last submission had been graded."""
        return next(seconds for seconds, done, _ in self.samples if done == self.submissions)

    def memory(self, begin: float, end: float) -> float:
        return statistics.median(size for _, _, size in self.within(begin, end))

    def rate(self, begin: float, end: float) -> float:
        first, *_, last = self.within(begin, end)
        return (last[1] - first[1]) / (last[0] - first[0])


def make_course(folder: Path, count: int, whole: bool) -> Path:
    """A course with so many right submissions, no two alike."""
    for number in range(count):
        notebook = right(whole=whole)
        notebook["cells"].append(code(f"# {number}"))
        hand_in(folder, f"s{number:04}", json.dumps(notebook).encode())
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


def start(course: Path, *command: str) -> subprocess.Popen[bytes]:
    """A command in a course's folder."""
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(course / "jupyter"), "PYTHONPATH": str(ROOT)}
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
    log = (course / "log").open("wb")
    return subprocess.Popen([sys.executable, "-m", *command], cwd=course, env=env, stdout=log, stderr=log)


def measure(command: str, workers: int, count: int, whole: bool) -> Run:
    """Run it, and look at it twice a second."""
    run = Run(command, workers, count)
    with tempfile.TemporaryDirectory() as folder:
        course = make_course(Path(folder), count, whole)
        if command == STOCK:
            start(course, "nbgrader", "generate_assignment", ASSIGNMENT).wait()
            words = ["nbgrader", "autograde", ASSIGNMENT]
        else:
            words = ["autograde", "grade", ASSIGNMENT, "--course", str(course), "--workers", str(workers)]
        begin = time.perf_counter()
        process = start(course, *words)
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.5)
            done = len(list((course / "autograded").glob("*")))
            run.samples.append((time.perf_counter() - begin, done, _memory(process.pid)))
        run.seconds = time.perf_counter() - begin
        if process.returncode:
            raise SystemExit(f"{words}:\n{(course / 'log').read_text()[-2000:]}")
    print(
        f"{command:20}{workers:3} workers{count:6} submissions{run.seconds:8.1f} s{count / run.seconds:8.2f} a second",
        flush=True,
    )
    return run


def _memory(pid: int) -> int:
    """Bytes held by a process and its children."""
    held = 0
    with suppress(OSError, ValueError):  # it may end meanwhile
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (str(pid), *children):
            held += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return held


def compare(stock: tuple[Run, Run], one: tuple[Run, Run], two: tuple[Run, Run]) -> dict[str, float]:
    """The ratios of interest, of pairs of a small and a large run."""

    def each(pair: tuple[Run, Run]) -> float:
        small, large = pair
        return (large.seconds - small.seconds) / (large.submissions - small.submissions)

    large = two[1]
    return {
        "over nbgrader, whole commands": stock[1].seconds / stock[1].submissions / (large.seconds / large.submissions),
        "over nbgrader, without the start": each(stock) / each(two),
        "two workers over one": each(one) / each(two),
        "rate, last quarter over second": large.rate(0.75, 1) / large.rate(0.25, 0.5),
        "memory, last quarter over second": large.memory(0.75, 1) / large.memory(0.25, 0.5),
    }


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=200)
    parser.add_argument("--stock", type=int, default=8)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()

    def pair(command: str, workers: int, count: int) -> tuple[Run, Run]:
        small, large = (measure(command, workers, number, not args.small) for number in (max(1, count // 4), count))
        return small, large

    stock = pair(STOCK, 1, args.stock)
    one, two = (pair("autograde grade", workers, args.submissions) for workers in (1, 2))
    ratios = compare(stock, one, two)
    for label, ratio in ratios.items():
        print(f"{label:36}{ratio:8.2f}")
    if args.json:
        runs = [
            {"command": r.command, "workers": r.workers, "submissions": r.submissions, "seconds": r.seconds}
            for r in (*stock, *one, *two)
        ]
        args.json.write_text(json.dumps({"runs": runs, "ratios": ratios}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
