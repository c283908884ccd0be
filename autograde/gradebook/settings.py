"""nbgrader's settings for a course, from every place where nbgrader itself looks for them, in its order."""

import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograde.course import NoCourseError, find_root
from autograde.gradebook.database import GradebookError

CONFIG = "nbgrader_config.py"


class _NbGrader(NbGrader):
    """nbgrader as far as it reads its settings: an error in them is raised, and nothing is written."""

    name = "nbgrader"
    log_level = logging.CRITICAL
    raise_config_file_errors = True

    def init_syspath(self) -> None:
        """A plugin may lie in the working directory; there it must hide no module of ours."""
        if os.getcwd() not in sys.path:
            sys.path.append(os.getcwd())

    def migrate_config(self) -> None:
        """Leave the home folder as it is."""


@dataclass(frozen=True)
class Settings:
    """What nbgrader would go by.  config: all of it.  coursedir: where the course's folders and its database are."""

    config: Config
    coursedir: CourseDirectory

    def place(self, step: str, student: str, assignment: str) -> Path:
        """A student's folder in one of ``submitted``, ``autograded`` and ``feedback``, which may have other names."""
        return Path(self.coursedir.format_path(self.folder(step), student, assignment))

    def folder(self, step: str) -> str:
        """The name of the folder of one of nbgrader's steps."""
        name: str = getattr(self.coursedir, f"{step}_directory")
        return name


def find_course(given: Path | None) -> Path:
    """The folder of a course: the one given, else the one that nbgrader's settings name, else the project's.

    Raises: NoCourseError.
    """
    if given is not None and not given.is_dir():
        raise NoCourseError(f"got --course {given}, expected a folder with submitted/ and gradebook.db: correct it")
    return given or _configured_root() or find_root()


def _configured_root() -> Path | None:
    try:
        root = _read([]).config.CourseDirectory.get("root")
    except GradebookError as error:
        raise NoCourseError(str(error)) from error
    return Path(root) if root else None


def load_settings(course: Path, defaults: Path | None = None) -> Settings:
    """nbgrader's settings for the course in a folder.

    defaults: a folder whose nbgrader_config.py counts where nothing else is said; not for where the course lies.
    Raises: GradebookError where they can't be used.
    """
    found = _read([f"--CourseDirectory.root={course.absolute()}"]).config
    config = _defaults(defaults)
    config.merge(found)
    coursedir = CourseDirectory(config=config)
    if coursedir.directory_structure != CourseDirectory.directory_structure.default_value:
        raise GradebookError(
            f"got CourseDirectory.directory_structure = {coursedir.directory_structure!r}, expected nbgrader's "
            "default, {nbgrader_step}/{student_id}/{assignment_id}: take the setting out of nbgrader_config.py"
        )
    return Settings(config, coursedir)


def _read(arguments: list[str]) -> NbGrader:
    app = _NbGrader()
    try:
        app.initialize(arguments)
    except (Exception, SystemExit) as error:  # the files are Python programs
        reason = error.__context__ if isinstance(error, SystemExit) else error
        where = app.loaded_config_files[-1:] and f" after {app.loaded_config_files[-1]}"
        said = f"{type(reason).__name__}: {reason}"[:300]
        raise GradebookError(f"nbgrader's settings can't be read{where or ''} ({said}): mend {CONFIG}") from error
    return app


def _defaults(folder: Path | None) -> Config:
    if folder is None or not (folder / CONFIG).is_file():
        return Config()
    config = PyFileConfigLoader(CONFIG, str(folder.absolute())).load_config()
    config.CourseDirectory = Config(course_id=config.CourseDirectory.get("course_id", ""))
    return config
