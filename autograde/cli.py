"""The command ``autograde``."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from autograde.root import NoCourseError


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what was wrong, instead of the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; `{self.prog} --help` shows what it takes\n")


def _build(args: argparse.Namespace) -> int:
    from autograde import build  # late, as below: a command loads only what it needs

    return build.main(check=args.check)


def _verify(args: argparse.Namespace) -> int:
    from autograde import verify

    return verify.main(args.assignments, args.json)


def _feedback(args: argparse.Namespace) -> int:
    from autograde import feedback

    return feedback.main(args.assignments, args.course, args.db)


def _export(args: argparse.Namespace) -> int:
    from autograde import export

    return export.main(args.format, args.course, args.out, args.db)


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
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="prove that the tests tell right from wrong", allow_abbrev=False)
    verify.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="for example 01_perceptron; default: all")
    verify.add_argument("--json", type=Path, metavar="FILE", help="write the report here too")
    verify.set_defaults(run=_verify)

    feedback = commands.add_parser("feedback", help="write a page for each graded submission", allow_abbrev=False)
    feedback.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all")
    _add_course(feedback)
    feedback.set_defaults(run=_feedback)

    export = commands.add_parser("export", help="write all grades as a table", allow_abbrev=False)
    export.add_argument("--format", choices=("csv", "canvas", "moodle"), default="csv", help="default: csv")
    export.add_argument("--out", type=Path, metavar="FILE", help="default: grades.csv in the course, or alike")
    _add_course(export)
    export.set_defaults(run=_export)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status of a command line: 0 all is well, 1 something is not, 2 the command can't be carried out."""
    top = parser()
    args = top.parse_args(argv)
    if args.command is None:
        top.error("a command is missing, expected build, verify, feedback or export")
    try:
        status: int = args.run(args)
    except NoCourseError as error:
        print(f"autograde {args.command}: {error}", file=sys.stderr)
        return 2
    return status
