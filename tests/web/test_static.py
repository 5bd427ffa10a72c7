"""What is shipped to browsers: whole, unchanged where it is others' work, and small."""

import gzip
import hashlib
import json
import re

import pytest

from web.assets import ROOT

VENDOR = ROOT / "vendor"
STYLES = sorted(ROOT.rglob("*.css"))
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
FILES = {name: digest for package in MANIFEST["packages"] for name, digest in package["files"].items()}


def addresses(style):
    """What a style sheet fetches."""
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [found.strip("\"'") for found in re.findall(r"url\(\s*([^)]*?)\s*\)", text)]


class TestVendor:
    def test_the_manifest_names_every_file(self):
        lying = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
        assert lying - {"manifest.json"} == set(FILES)

    def test_no_file_was_changed(self):
        assert {
            name: digest
            for name, digest in FILES.items()
            if hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() != digest
        } == {}

    @pytest.mark.parametrize("package", MANIFEST["packages"], ids=lambda package: package["name"])
    def test_each_package_has_its_version_and_licence(self, package):
        assert package["version"]
        assert package["licence"]
        assert [name for name in package["files"] if "LICENSE" in name or "OFL" in name]

    def test_no_logo_or_theme_of_the_state_is_among_them(self):
        texts = [
            path.name + path.read_text(encoding="utf-8", errors="replace") for path in VENDOR.rglob("*.*")
        ]
        assert not [text for text in texts if re.search(r"borger\.?dk|virk\.?dk", text, re.IGNORECASE)]


class TestStyles:
    @pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
    def test_each_address_is_a_file_here(self, style):
        assert [name for name in addresses(style) if not (style.parent / name).is_file()] == []

    def test_nothing_refers_to_a_source_map(self):
        texts = {
            path.name: path.read_text(encoding="utf-8")
            for path in ROOT.rglob("*")
            if path.suffix in {".css", ".js"}
        }
        assert [name for name, text in texts.items() if "sourceMappingURL" in text] == []

    def test_no_style_sheet_fetches_another(self):
        assert [path.name for path in STYLES if "@import" in path.read_text(encoding="utf-8")] == []


def test_a_first_visit_is_small():
    styles = [ROOT / "vendor/dkfds/css/dkfds.min.css", ROOT / "css/lirk.css"]
    zipped = sum(len(gzip.compress(path.read_bytes(), 6)) for path in styles)
    fonts = sum(path.stat().st_size for path in VENDOR.glob("ibm-plex-sans/*-Latin1.woff2"))
    assert zipped + fonts < 90_000
