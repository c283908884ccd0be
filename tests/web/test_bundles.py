"""The bundles in the package are those of their sources: small, typed, and the same anywhere."""

import json
import subprocess

from mlp_reference.viz.explorers.page_module import STATIC


def test_bundles_are_up_to_date(node, web, tmp_path):
    subprocess.run([node, "build.js", str(tmp_path)], cwd=web, check=True, timeout=100)
    fresh = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert fresh.keys() == {file.name for file in STATIC.iterdir()}
    stale = [name for name, code in fresh.items() if (STATIC / name).read_bytes() != code]
    assert stale == [], "run npm run build in web/"


def test_bundles_are_small_and_fetch_nothing():
    for file in STATIC.iterdir():
        code = file.read_text(encoding="utf-8")
        assert len(code.encode()) < 150_000, file.name
        addresses = [part.split('"')[0] for part in code.split("http")[1:] if part.startswith(("s://", "://"))]
        assert set(addresses) <= {"://www.w3.org/2000/svg"}, file.name  # a name of SVG's, no place


def test_types(node, web):
    done = subprocess.run([web / "node_modules/.bin/tsc"], cwd=web, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout


def test_lint(node, web):
    command = [web / "node_modules/.bin/biome", "lint", "--error-on-warnings"]
    done = subprocess.run(command, cwd=web, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr


def test_units(node, web):
    done = subprocess.run([node, "--test", "test/"], cwd=web, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout[-3000:]


def test_versions_are_pinned_and_no_registry_is_named(root):
    package = json.loads((root / "web/package.json").read_text())
    for versions in (package["dependencies"], package["devDependencies"]):
        assert all(version[0].isdigit() for version in versions.values())
    assert "http" not in (root / "web/package-lock.json").read_text().replace("https://github.com", "").replace(
        "https://opencollective.com", ""
    )
