"""How fast submissions are graded: stock nbgrader and ``autograde grade``, on the same submissions in the same run.

    python benchmarks/grading.py [--submissions 40] [--stock 5] [--json FILE]

Throughput counts whole commands, with all that they start.  ``stock`` is how many of the submissions nbgrader grades.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.autograde.handed_in import ASSIGNMENT, ROOT, code, hand_in, written


def make_course(folder: Path, count: int) -> Path:
    """A course with so many right submissions, no two alike."""
    for number in range(count):
        hand_in(folder, f"s{number:04}", written(lambda n, text=f"# {number}": n["cells"].append(code(text))))
    shutil.copytree(ROOT / "solutions", folder / "solutions")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return folder


def run(course: Path, *command: str) -> float:
    """Seconds that a command takes."""
    env = os.environ | {"JUPYTER_CONFIG_DIR": str(course / "jupyter"), "PYTHONPATH": str(ROOT)}
    env["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), env["PATH"]])
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", *command], cwd=course, env=env, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{command}:\n{done.stderr[-2000:]}")
    return time.perf_counter() - start


def stock(count: int) -> float:
    """Seconds of ``nbgrader autograde``."""
    with tempfile.TemporaryDirectory() as folder:
        course = make_course(Path(folder), count)
        run(course, "nbgrader", "generate_assignment", ASSIGNMENT)
        return run(course, "nbgrader", "autograde", ASSIGNMENT)


def ours(count: int, workers: int) -> float:
    """Seconds of ``autograde grade``, with confinement."""
    with tempfile.TemporaryDirectory() as folder:
        course = make_course(Path(folder), count)
        return run(course, "autograde", "grade", ASSIGNMENT, "--course", str(course), "--workers", str(workers))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--stock", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE")
    args = parser.parse_args()
    n, rows = args.submissions, list[dict[str, float | str]]()
    plans = [("nbgrader autograde", args.stock, 0), *(("autograde grade", c, w) for w in (1, 2) for c in (n // 4, n))]
    for name, count, workers in plans:
        seconds = ours(count, workers) if workers else stock(count)
        rows.append({"command": name, "workers": workers or 1, "submissions": count, "seconds": seconds})
        print(
            f"{name:20}{workers or 1:3} workers{count:6} submissions{seconds:8.1f} s{count / seconds:8.2f} a second",
            flush=True,
        )
    _, small_1, large_1, small_2, large_2 = (float(row["seconds"]) for row in rows)
    more = n - n // 4  # what starting takes is the same for both
    ratios = {
        "over nbgrader, whole commands": (n / large_2) / (args.stock / float(rows[0]["seconds"])),
        "over nbgrader, without the start": (more / (large_2 - small_2)) / (args.stock / float(rows[0]["seconds"])),
        "two workers over one": (large_1 - small_1) / (large_2 - small_2),
    }
    for label, ratio in ratios.items():
        print(f"{label:36}{ratio:8.2f}")
    if args.json:
        args.json.write_text(json.dumps({"runs": rows, "ratios": ratios}, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
