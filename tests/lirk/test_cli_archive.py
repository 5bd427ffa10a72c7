"""``lirk archive``, as it is typed."""

import hashlib
import json
from datetime import timedelta

import pytest
from archived_round import closed_round, files_in, zipped
from small_round import write_files
from typed import content, typed

from lirk.storage.database import Database

MAKE, VERIFY = ("archive", "make", "2026-1"), ("archive", "verify", "2026-1-arkiv.zip")


@pytest.fixture
def folder(tmp_path, monkeypatch, now):
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'lirk.sqlite'}")
    database.upgrade()
    closed_round(database, tmp_path, now - timedelta(days=30))
    database.dispose()
    return tmp_path


class TestMake:
    def test_it_is_made_checked_and_the_same_again(self, folder):
        ended = typed(*MAKE)
        assert (ended.status, ended.err) == (0, "")
        package = (folder / "2026-1-arkiv.zip").read_bytes()
        digest = hashlib.sha256(package).hexdigest()
        assert ended.out.splitlines()[:2] == ["Skrev 2026-1-arkiv.zip", f"Pakkens kontrolsum: {digest}"]
        checked = typed(*VERIFY)
        assert (checked.status, checked.err) == (0, "")
        assert checked.out.splitlines()[-1] == f"Pakkens kontrolsum: {digest}"
        again = typed(*MAKE, "--out", "again.zip", "--as", "kleopatra", "--json")
        value = json.loads(again.out)
        assert value == {"bytes": len(package), "out": "again.zip", "round": "2026-1", "sha256": digest}
        assert (folder / "again.zip").read_bytes() == package

    def test_it_is_written_over_nothing(self, folder):
        (folder / "2026-1-arkiv.zip").write_text("kept")
        before = content(folder)
        assert typed(*MAKE).status == 2
        assert content(folder) == before

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            pytest.param(("--as", "zenobia"), "ikke adgang", id="a reviewer"),
            pytest.param(("--as", "astyages"), "ikke adgang", id="a leader"),
            pytest.param(("--out", "lirk.sqlite/in/a/file.zip"), "lirk.sqlite", id="no such place"),
        ],
    )
    def test_what_is_refused_leaves_nothing(self, folder, more, said):
        before = content(folder)
        ended = typed(*MAKE, *more)
        assert (ended.status, ended.out) == (2, "")
        assert said in ended.err
        assert content(folder) == before, "neither a file nor a line in the trail"

    def test_a_round_that_is_not_closed_says_what_to_do(self, folder):
        write_files(folder)
        new = ("round", "new", "2026-9", "register.csv", "--plan", "plan.toml", "--checklist", "breve.toml")
        assert typed(*new).status == 0
        ended = typed("archive", "make", "2026-9")
        assert (ended.status, ended.out) == (2, "")
        assert "lirk round close 2026-9" in ended.err
        assert not list(folder.glob("*.zip"))

    def test_no_such_round(self, folder):
        ended = typed("archive", "make", "2031-1")
        assert (ended.status, "2031-1" in ended.err) == (2, True)

    def test_in_english(self, folder, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        assert typed(*MAKE).out.splitlines()[-1].endswith("The package must not be published.")
        assert typed(*VERIFY).out.startswith("The package holds. Files checked against the list: ")


class TestVerify:
    def test_everything_that_is_wrong_is_told_at_once(self, folder):
        typed(*MAKE)
        path = folder / "2026-1-arkiv.zip"
        files = files_in(path.read_bytes())
        files["data/svar.csv"] += b"1"
        del files["data/fund.csv"]
        files["../ud.txt"] = b""
        zipped(files, path)
        before = content(folder)
        ended = typed(*VERIFY)
        assert ended.status == 1
        lines = ended.out.splitlines()
        for file, said in (
            ("data/svar.csv", "Indholdet er ikke det, som listen siger."),
            ("data/fund.csv", "Filen står på listen, men er ikke i pakken."),
            ("../ud.txt", "Navnet fører ud af mappen"),
        ):
            assert [line for line in lines if file in line and said in line], lines
        assert "Pakken holder ikke. Fejl: 4." in lines
        assert content(folder) == before

    def test_for_programs(self, folder):
        typed(*MAKE)
        path = folder / "2026-1-arkiv.zip"
        assert json.loads(typed(*VERIFY, "--json").out)["holds"] is True
        path.write_bytes(path.read_bytes()[:-1])
        ended = typed(*VERIFY, "--json")
        value = json.loads(ended.out)
        assert (ended.status, value["holds"]) == (1, False)
        assert [one["code"] for one in value["problems"]] == ["archive-broken"]

    def test_there_is_no_such_file(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        ended = typed("archive", "verify", "none.zip")
        assert (ended.status, ended.out) == (2, "")
