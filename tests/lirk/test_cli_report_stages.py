"""``lirk report send`` and ``publish``, as they are typed."""

import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from granted import grant
from small_round import KEY, under_way
from typed import typed

from lirk.domain.people import Role
from lirk.services import publishing
from lirk.storage.database import Database

#: A day on which a leader could still reply.
LATER = f"{datetime.now(UTC).date() + timedelta(days=30)}"


@pytest.fixture
def folder(tmp_path, monkeypatch, now):
    """A closed round of three centres, one of which has a leader."""
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    database = Database(f"sqlite:///{tmp_path / 'lirk.sqlite'}")
    database.upgrade()
    made = under_way(database, tmp_path, now, "anne")
    made.answer("anne", value="no")
    made.add("leder", Role.CENTRE_LEADER, centres=["Center Nord"])
    made.close()
    database.dispose()
    return tmp_path


def published(folder):
    with sqlite3.connect(folder / "lirk.sqlite") as database:
        rows = database.execute("SELECT centre FROM report_stage WHERE state = 'published' ORDER BY centre")
        return [centre for (centre,) in rows]


def kept_sums(folder):
    with sqlite3.connect(folder / "lirk.sqlite") as database:
        return {digest for (digest,) in database.execute("SELECT sha256 FROM published_file")}


def test_who_still_may_reply_is_waited_for_and_told(folder):
    sent = typed("report", "send", KEY, "--reply-by", LATER)
    assert (sent.status, sent.out.count("svare til og med ")) == (0, 1)
    # Two of the centres have nobody who could reply.
    assert sent.err.count("har ingen leder i LIRK") == 2
    waited = typed("report", "publish", KEY)
    assert (waited.status, waited.err.count("kan stadig svare på udkastet")) == (0, 1)
    assert waited.err.count("har ingen leder i LIRK, så ingen kan svare på udkastet. Giv") == 2
    assert published(folder) == []
    done = typed("report", "publish", KEY, "--centre", "Center Syd", "--without-reply")
    assert (done.status, published(folder)) == (0, ["Center Syd"])
    assert "Rapporten for Center Syd er udgivet, version 1." in done.out


def test_of_a_published_report_the_kept_file_is_written_and_its_checksum_told(folder):
    typed("report", "send", KEY, "--reply-by", LATER)
    draft = typed("report", "centre", KEY, "Center Syd", "--out", "udkast.pdf")
    assert "kontrolsum" not in draft.out
    typed("report", "publish", KEY, "--centre", "Center Syd", "--without-reply")
    done = typed("report", "centre", KEY, "Center Syd", "--out", "syd.pdf")
    digest = sha256((folder / "syd.pdf").read_bytes()).hexdigest()
    assert f"Den udgivne fils kontrolsum (SHA-256): {digest}" in done.out
    assert digest in kept_sums(folder)


def test_what_cannot_be_published_stays_a_draft_and_the_others_go_on(folder, monkeypatch):
    typed("report", "send", KEY, "--reply-by", LATER)
    made = publishing.edition_of

    def edition_of(store, actor, key, centre, **more):
        if centre == "Center Syd":
            raise publishing.EditionChanged(centre=centre)
        return made(store, actor, key, centre, **more)

    monkeypatch.setattr(publishing, "edition_of", edition_of)
    monkeypatch.setattr(publishing, "KINDS", {"pdf": lambda *_: b"a file"})
    done = typed("report", "publish", KEY, "--without-reply")
    assert (done.status, published(folder)) == (2, ["Center Nord", "Center Øst"])
    assert "Rapporten for Center Syd blev ændret, mens filerne blev lavet." in done.err
    assert done.out.count("er udgivet, version 1.") == 2


def test_one_centre_that_cannot_be_published_is_told(folder):
    refused = typed("report", "publish", KEY, "--centre", "Center Syd", "--without-reply")
    assert (refused.status, "Center Syd er ikke sendt til lederen endnu" in refused.err) == (2, True)


def test_two_things_to_confirm_are_told_at_once(folder, now):
    typed("report", "send", KEY, "--reply-by", LATER)
    database = Database(f"sqlite:///{folder / 'lirk.sqlite'}")
    with database.begin() as store:
        grant(store, KEY, now, items=("clear",))
    database.dispose()
    place = ("report", "publish", KEY, "--centre", "Center Nord")
    told = {
        "--without-reply": "kan stadig svare på udkastet og har ikke sagt",
        "--without-correction": "men intet svar på punktet er ændret",
    }
    neither = typed(*place)
    assert (neither.status, [neither.err.count(said) for said in told.values()]) == (2, [1, 1])
    for option, said in told.items():
        one = typed(*place, option)
        assert (one.status, one.err.count(said)) == (2, 0)
    assert typed(*place, *told).status == 0
    assert published(folder) == ["Center Nord"]


def test_no_day_and_a_day_that_is_gone(folder):
    for day, said in (("i morgen", "dag"), ("2020-01-01", "1. januar 2020 er gået")):
        refused = typed("report", "send", KEY, "--reply-by", day)
        assert refused.status != 0
        assert said in refused.err
