"""The command ``autograde``."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from autograde.console import print_anything
from autograde.course import NoCourseError


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what was wrong, instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` shows what it takes\n")


def _build(args: argparse.Namespace) -> int:
    from autograde.authoring import build  # late, as below: a command loads only what it needs

    return build.main(check=args.check, graded=args.graded)


def _verify(args: argparse.Namespace) -> int:
    from autograde.authoring import verify

    return verify.main(args.names, args.json, args.workers, args.mutants)


def _new(args: argparse.Namespace) -> int:
    from autograde.authoring import scaffold

    return scaffold.main(args.assignment, args.name)


def _grade(args: argparse.Namespace) -> int:
    from autograde.gradebook.settings import find_course
    from autograde.grading import run
    from autograde.sandbox.session import Limits

    limits = Limits(
        call=args.call_seconds, cell=args.cell_seconds, notebook=args.notebook_seconds,
        memory=round(args.memory * 2**30),
        files=round(args.files * 2**30), processes=args.processes, output=args.output,
    )  # fmt: skip
    options = run.Options(
        find_course(args.course), args.assignments, args.db, args.workers, args.scheduler, args.seed, args.force,
        not args.unconfined, limits,
    )  # fmt: skip
    return run.main(options, args.json)


def _check(args: argparse.Namespace) -> int:
    from autograde.grading import self_check

    return self_check.main(args.notebook)


def _number(kind: type[int] | type[float], least: float) -> Callable[[str], float]:
    """A reader of command-line numbers from ``least`` upwards."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = kind(-1)
        if not least <= value < float("inf"):
            raise argparse.ArgumentTypeError(f"got {text!r}, expected a number from {least:g} upwards")
        return value

    return read


def _add_limits(command: argparse.ArgumentParser) -> None:
    """What one submission may take."""
    seconds, count = _number(float, 0.1), _number(int, 1)
    for name, default, kind, unit, about in (
        ("call-seconds", 10.0, seconds, "S", "for one call of a function"),
        ("cell-seconds", 60.0, seconds, "S", "for one cell"),
        ("notebook-seconds", 60.0, seconds, "S", "for all cells of a notebook, tests apart"),
        ("memory", 4.0, seconds, "GIB", "memory"),
        ("files", 1.0, _number(float, 0.001), "GIB", "temporary files"),
        ("processes", 64, count, "N", "processes at a time"),
        ("output", 1_000_000, count, "N", "characters kept of a cell's output"),
    ):
        about = f"{about}; default: {default:g}"
        command.add_argument(f"--{name}", type=kind, default=default, metavar=unit, help=about)


def _feedback(args: argparse.Namespace) -> int:
    from autograde.gradebook.settings import find_course
    from autograde.grading.run import explain
    from autograde.reporting import feedback

    for note in explain(find_course(args.course), args.assignments, args.db):
        print(f"autograde feedback: {note}", file=sys.stderr)
    return feedback.main(args.assignments, args.course, args.db)


def _export(args: argparse.Namespace) -> int:
    from autograde.reporting import export

    options = export.Options(
        args.assignments, args.format, args.course, args.out, args.db, args.into, args.column
    )  # fmt: skip
    return export.main(options)


def _add_course(command: argparse.ArgumentParser) -> None:
    """Where the submissions and their grades are."""
    command.add_argument("--course", type=Path, metavar="DIR", help="with submitted/ in it; default: the project")
    command.add_argument("--db", metavar="URL", help="default: nbgrader's, gradebook.db in the course")


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = _Parser(prog="autograde", description=__doc__, allow_abbrev=False)
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    build = commands.add_parser("build", help="make the notebooks from solutions/*/*.py", allow_abbrev=False)
    build.add_argument("--check", action="store_true", help="write nothing; exit 1 where a notebook is not up to date")
    about = "keep rubrics and model answers from learners, whose answers a person will mark"
    build.add_argument("--graded", action="store_true", help=about)
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="prove that the tests tell right from wrong", allow_abbrev=False)
    about = "an exercise or an assignment, for example 01_perceptron; default: all"
    verify.add_argument("names", nargs="*", metavar="NAME", help=about)
    verify.add_argument("--json", type=Path, metavar="FILE", help="write the report here too")
    verify.add_argument("--workers", type=_number(int, 1), default=0, metavar="N", help="default: one per processor")
    about = "show single slips in the right answer that pass, or that get no name, instead of the proof"
    verify.add_argument("--mutants", action="store_true", help=about)
    verify.set_defaults(run=_verify)

    scaffold = commands.add_parser("new", help="begin an exercise: its cells and its file", allow_abbrev=False)
    scaffold.add_argument("assignment", metavar="ASSIGNMENT", help="for example 07_training")
    scaffold.add_argument("name", metavar="NAME", help="of the function or class, for example huber_grad")
    scaffold.set_defaults(run=_new)

    check = commands.add_parser("check", help="the points of your own notebook, by its own tests", allow_abbrev=False)
    check.add_argument("notebook", type=Path, metavar="NOTEBOOK.ipynb")
    check.set_defaults(run=_check)

    grade = commands.add_parser("grade", help="grade all submissions into the gradebook", allow_abbrev=False)
    grade.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="for example 01_perceptron; default: all")
    _add_course(grade)
    grade.add_argument("--workers", type=_number(int, 1), default=0, metavar="N", help="default: one per processor")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="grade on the dask cluster of this scheduler")
    grade.add_argument("--seed", type=_number(int, 0), metavar="N", help="draw the tests' numbers anew from this seed")
    grade.add_argument("--json", type=Path, metavar="FILE", help="write the report here too")
    grade.add_argument("--force", action="store_true", help="grade again what has not changed")
    grade.add_argument("--unconfined", action="store_true", help="run submissions without a sandbox, at your own risk")
    _add_limits(grade)
    grade.set_defaults(run=_grade)

    feedback = commands.add_parser("feedback", help="write a page for each graded submission", allow_abbrev=False)
    feedback.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all")
    _add_course(feedback)
    feedback.set_defaults(run=_feedback)

    export = commands.add_parser("export", help="write the grades as a table", allow_abbrev=False)
    export.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all")
    export.add_argument("--format", choices=("csv", "canvas", "moodle"), default="csv", help="default: csv")
    export.add_argument("--into", type=Path, metavar="FILE", help="fill in a table that Canvas has exported")
    export.add_argument("--column", metavar="TITLE", help="the assignment's title there; default: its name")
    export.add_argument("--out", type=Path, metavar="FILE", help="default: grades.csv in the course, or alike")
    _add_course(export)
    export.set_defaults(run=_export)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status of a command line: 0 all is well, 1 something is not, 2 it can't be carried out, 130 stopped."""
    print_anything()
    top = parser()
    args = top.parse_args(argv)
    if args.command is None:
        top.error("a command is missing, expected build, verify, new, check, grade, feedback or export")
    try:
        status: int = args.run(args)
    except NoCourseError as error:
        print(f"autograde {args.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"autograde {args.command}: stopped", file=sys.stderr)
        return 130
    return status
