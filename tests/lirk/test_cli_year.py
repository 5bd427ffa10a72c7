"""``lirk report year``, as it is typed."""

from datetime import timedelta

import pytest
from archived_round import closed_round
from typed import content, typed

from lirk.storage.database import Database


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


def test_the_same_bytes_again(folder):
    for name in ("one.pdf", "two.pdf"):
        ended = typed("report", "year", "2026", "--out", name)
        assert (ended.status, ended.out, ended.err) == (0, f"Skrev {name}\n", "")
    assert (folder / "one.pdf").read_bytes() == (folder / "two.pdf").read_bytes()


@pytest.mark.parametrize(
    ("year", "more", "said"),
    [
        pytest.param("1999", (), "Der er kun årsnotater for årene 2000 til", id="too early"),
        pytest.param("i-fjor", (), "i-fjor", id="no year"),
        pytest.param("2026", ("--as", "zenobia"), "ikke adgang", id="a reviewer"),
    ],
)
def test_what_is_refused_leaves_nothing(folder, year, more, said):
    before = content(folder)
    ended = typed("report", "year", year, "--out", "year.pdf", *more)
    assert ended.status != 0
    assert said in ended.err
    assert content(folder) == before
