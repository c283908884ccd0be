"""The page of the documentation that lists the attacks with what came of them."""

from pathlib import Path

from tests.autograde.attacks import EVERY, FAMILIES
from tests.autograde.attacks.attack import VICTIM, kept
from tests.autograde.attacks.scene import Scene
from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "attacks.md"
_HEAD = """# Attacks on grading

A test hands in the {count} submissions below, with honest ones among them, and grades them all in one run of `autograde
grade`. Each brings an answer to `{victim}` that is worth {kept:g} of 3 points, and tries to make more of
it. For each the test shows: it gained no point, what it was to read was not in anything that was kept of it, none of
its processes outlived it, and the honest submissions have full marks. Written by `python -m tests.autograde.attacks`;
the test compares this page with what it finds.
"""


def written(scene: Scene) -> str:
    """The page."""
    parts = [_HEAD.format(count=len(EVERY), victim=VICTIM, kept=kept())]
    names = iter(EVERY)
    for family, attacks in FAMILIES.items():
        parts.append(f"\n## {family[0].upper()}{family[1:]}\n\n| attack | it tries this | found |\n|---|---|---|\n")
        parts += [f"| {a.name} | {a.tries} | {found(scene, next(names))} |\n" for a in attacks]
    return "".join(parts)


def found(scene: Scene, student: str) -> str:
    """What came of an attack, in words; the same in every run."""
    result = scene.students[student]
    if result["status"] == "failed":
        return "not graded, named in the summary"
    score = result["exercises"][VICTIM]["score"]
    if EVERY[student].keeps:  # of the others some are stopped sooner, some later
        return f"{score:g} points, as without it"
    return "no point gained" if score <= kept() else f"{score:g} points"


def save(scene: Scene) -> Path:
    """Write the page."""
    PAGE.write_text(written(scene))
    return PAGE
