"""A file is written whole, or not at all."""

import json
import os
import stat

import pytest

from lirk.services.files import FileNotWritten, write_bytes, write_document


def broken(*_):
    raise OSError(28, "No space left on device")


class TestWriteBytes:
    def test_writes(self, tmp_path):
        write_bytes(tmp_path / "a.bin", b"\x00\xff")
        assert (tmp_path / "a.bin").read_bytes() == b"\x00\xff"

    def test_makes_the_folder(self, tmp_path):
        write_bytes(tmp_path / "new" / "deep" / "a.bin", b"x")
        assert (tmp_path / "new" / "deep" / "a.bin").read_bytes() == b"x"

    def test_takes_the_place_of_what_was_there(self, tmp_path):
        (tmp_path / "a.bin").write_bytes(b"a much longer file")
        write_bytes(tmp_path / "a.bin", b"x")
        assert (tmp_path / "a.bin").read_bytes() == b"x"
        assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]

    @pytest.mark.parametrize("step", ["fsync", "replace"])
    def test_a_failure_leaves_the_old_file_and_nothing_else(self, tmp_path, monkeypatch, step):
        path = tmp_path / "a.bin"
        path.write_bytes(b"old")
        target = f"os.{step}" if step == "fsync" else "pathlib.Path.replace"
        monkeypatch.setattr(target, broken)
        with pytest.raises(FileNotWritten) as refused:
            write_bytes(path, b"new")
        assert refused.value.values == {"file": str(path), "reason": "No space left on device"}
        assert path.read_bytes() == b"old"
        assert [one.name for one in tmp_path.iterdir()] == ["a.bin"]

    def test_an_interruption_leaves_nothing_behind_either(self, tmp_path, monkeypatch):
        def interrupted(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr("os.fsync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_bytes(tmp_path / "a.bin", b"new")
        assert list(tmp_path.iterdir()) == []

    def test_has_the_rights_that_the_person_gives_new_files(self, tmp_path):
        before = os.umask(0o027)
        try:
            write_bytes(tmp_path / "a.bin", b"x")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "a.bin").stat().st_mode) == 0o640

    def test_a_system_that_opens_no_folders_is_no_reason_to_fail(self, tmp_path, monkeypatch):
        monkeypatch.setattr("os.open", broken)
        write_bytes(tmp_path / "a.bin", b"x")
        assert (tmp_path / "a.bin").read_bytes() == b"x"

    @pytest.mark.parametrize(
        "place",
        [
            pytest.param("file/a.bin", id="below a file"),
            pytest.param("folder", id="in the place of a folder"),
            pytest.param("x" * 300, id="a name that is too long"),
        ],
    )
    def test_a_place_that_cannot_be(self, tmp_path, place):
        (tmp_path / "file").write_bytes(b"old")
        (tmp_path / "folder").mkdir()
        with pytest.raises(FileNotWritten):
            write_bytes(tmp_path / place, b"x")
        assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


class TestWriteDocument:
    def test_is_what_people_read(self, tmp_path):
        write_document(tmp_path / "a.json", {"b": 1, "a": "æ"})
        text = (tmp_path / "a.json").read_text(encoding="utf-8")
        assert text == '{\n  "a": "æ",\n  "b": 1\n}\n'
        assert json.loads(text) == {"b": 1, "a": "æ"}
