"""Programs of the system that some tests need."""

import os
import shutil

import pytest


def require_program(*names: str) -> str:
    """The path of the first of the programs that is installed.

    A test that lacks one is skipped, but fails where COURSE_REQUIRE_ALL is set, as in continuous integration.
    """
    for name in names:
        if path := shutil.which(name):
            return path
    message = f"none of the programs {', '.join(names)} found: install one, on Debian with apt-get install {names[0]}"
    if os.environ.get("COURSE_REQUIRE_ALL"):
        pytest.fail(message)
    pytest.skip(message)
