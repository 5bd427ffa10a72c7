"""The repository itself: what lies where, and what must not lie anywhere."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOP_LEVEL = {
    "pyproject.toml", "lirk", "checklists", "sampling", "web", "tests", "README.md", "requirements.lock",
    "CHANGELOG.md", "LICENSE",
}  # fmt: skip
LOCKS = ["requirements.lock", "tests/requirements.lock"]


def tracked():
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listing.stdout.splitlines() if (ROOT / name).exists()]


class TestLayout:
    def test_the_top_level_holds_the_rooms_and_nothing_else(self):
        assert {name.split("/")[0] for name in tracked() if not name.startswith(".")} <= TOP_LEVEL

    def test_no_source_file_is_over_500_lines(self):
        long = {
            name: lines
            for name in tracked()
            if name.endswith(".py")
            and (lines := len((ROOT / name).read_text(encoding="utf-8").splitlines())) > 500
        }
        assert not long


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_every_version_is_exact_and_has_a_hash(self, name):
        blocks = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        assert [line for line in blocks if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:", line)] == []

    @pytest.mark.parametrize("name", LOCKS)
    def test_no_address_of_a_package_index_is_written_down(self, name):
        assert not re.search(
            r"https?://|file://|--(extra-)?index-url", (ROOT / name).read_text(encoding="utf-8")
        )

    def test_the_tests_run_on_the_versions_that_are_shipped(self):
        shipped, tested = (
            {*re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE)} for name in LOCKS
        )
        assert {
            line for line in shipped if line.split("==")[0] not in {"hatchling", "trove-classifiers"}
        } <= tested

    def test_every_dependency_is_locked(self):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
        names = [re.split(r"[\[>=<]", one)[0] for one in project["dependencies"]]
        assert [name for name in names if not re.search(rf"^{name}==", locked, re.MULTILINE)] == []


class TestInstalledPackage:
    """What the commands need beside code is in the installed package, not only in this folder."""

    @pytest.mark.parametrize(
        "part",
        [
            "lirk/locale/da/help.po",
            "lirk/locale/en/common.po",
            "lirk/reports/fonts/IBMPlexSans-Regular.ttf",
            "lirk/reports/fonts/OFL.txt",
            "lirk/reports/colours/sRGB.icc",
            "lirk/reports/colours/LICENSE.txt",
            "lirk/storage/migrations/env.py",
            "lirk/demo/examples/planning-decisions.toml",
            "lirk/demo/examples/plan.toml",
            "lirk/manual/da/index.md",
            "lirk/manual/en/index.md",
            "checklists/library/lovmedholdelig-sagsbehandling.toml",
            "checklists/library/data-og-informationsforvaltning.toml",
            "web/templates/components/radios.html",
            "web/static/css/lirk.css",
            "web/static/vendor/manifest.json",
        ],
    )
    def test_it_holds(self, part):
        import lirk

        assert (Path(lirk.__file__).parents[1] / part).is_file()
