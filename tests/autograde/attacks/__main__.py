"""``python -m tests.autograde.attacks``: grade all attacks, and write the page about them."""

import tempfile
from pathlib import Path

from tests.autograde.attacks.page import save
from tests.autograde.attacks.scene import play

with tempfile.TemporaryDirectory() as folder:
    print(f"wrote {save(play(Path(folder, 'course')))}")
