"""What the tests bring along from others is what its manifest says."""

import json
from hashlib import sha256
from pathlib import Path

AXE = Path(__file__).parents[1] / "web" / "vendor" / "axe"


class TestAxe:
    def test_each_file_is_the_one_that_was_brought(self):
        manifest = json.loads((AXE / "manifest.json").read_text(encoding="utf-8"))
        there = {
            path.name: sha256(path.read_bytes()).hexdigest()
            for path in AXE.iterdir()
            if path.name != "manifest.json"
        }
        assert there == manifest["files"]

    def test_the_version_is_the_one_that_the_file_names(self):
        manifest = json.loads((AXE / "manifest.json").read_text(encoding="utf-8"))
        assert f"axe v{manifest['version']}" in (AXE / "axe.min.js").read_text(encoding="utf-8")[:40]
