"""Makes the site: ``python site [folder]``, by default ``build/site``."""

import argparse
import shutil
import time
from pathlib import Path

from pages import ROOT, repository
from whole import Site


def main() -> None:
    """Read the command line, build, and say what came of it."""
    parser = argparse.ArgumentParser(
        prog="python site", description="Makes the course's site, a folder of static pages."
    )
    parser.add_argument("target", nargs="?", type=Path, default=ROOT / "build/site")
    parser.add_argument("--cache", type=Path, default=ROOT / "build/executed", help="where executed notebooks are kept")
    parser.add_argument(
        "--repository", default=repository(), metavar="OWNER/NAME", help="on GitHub, for Binder and Colab"
    )
    args = parser.parse_args()
    start = time.monotonic()
    shutil.rmtree(args.target, ignore_errors=True)
    site = Site(args.target, args.cache, args.repository)
    site.build()
    size = sum(file.stat().st_size for file in args.target.rglob("*") if file.is_file())
    print(f"{len(site.pages)} pages, {size / 1e6:.1f} MB, in {time.monotonic() - start:.0f} s: {args.target}")
    if not args.repository:
        print("No repository on GitHub is known (--repository OWNER/NAME), so there are no links to Binder and Colab.")


if __name__ == "__main__":
    main()
