"""``lirk db``, as a person runs it."""

import json
import sqlite3

import pytest
from sqlalchemy import make_url

from lirk.cli.main import main
from lirk.storage.database import Database, newest_revision


@pytest.fixture
def run(capsys, monkeypatch, database_url):
    """Run a command; returns exit status, standard output and standard error."""
    monkeypatch.setenv("LIRK_DATABASE_URL", database_url)

    def run(*words, language="da"):
        monkeypatch.setenv("LIRK_LANGUAGE", language)
        with pytest.raises(SystemExit) as ended:
            main(["db", *words])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


class TestUpgrade:
    def test_makes_the_tables_and_tells_what_was_done(self, run, database_url):
        assert run("upgrade") == (
            0,
            f"Databasen {Database(database_url).name} er oprettet (trin 0008).\n",
            "",
        )
        status, said, _ = run("upgrade")
        assert (status, "var ajour" in said) == (0, True)

    def test_speaks_english(self, run):
        status, said, _ = run("upgrade", language="en")
        assert (status, "is made (step 0008)" in said) == (0, True)

    def test_a_database_that_does_not_answer_is_a_sentence(self, run, monkeypatch, tmp_path):
        monkeypatch.setenv("LIRK_DATABASE_URL", f"sqlite:///{tmp_path}/missing/lirk.sqlite")
        status, said, told = run("upgrade")
        assert (status, said) == (2, "")
        assert told.startswith("Databasen sqlite:///")
        assert "Traceback" not in told

    def test_a_url_that_cannot_be_used_is_a_sentence(self, run, monkeypatch):
        monkeypatch.setenv("LIRK_DATABASE_URL", "lirk.sqlite")
        status, _, told = run("upgrade")
        assert (status, told.count("\n")) == (2, 1)
        assert told.startswith("LIRK_DATABASE_URL kan ikke bruges.")


class TestStatus:
    def test_fails_before_the_upgrade_and_holds_after_it(self, run):
        status, said, told = run("status")
        assert (status, told) == (1, "")
        assert "lirk db upgrade" in said
        run("upgrade")
        status, said, told = run("status")
        assert (status, told) == (0, "")
        assert "er ajour (trin 0008)" in said

    def test_for_programs(self, run, database_url):
        name = Database(database_url).name
        status, said, _ = run("status", "--json")
        expected = {"database": name, "revision": None, "newest": newest_revision(), "current": False}
        assert (status, json.loads(said)) == (1, expected)
        run("upgrade")
        status, said, _ = run("status", "--json")
        assert (status, json.loads(said)) == (0, {**expected, "revision": newest_revision(), "current": True})

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_tables_of_a_newer_lirk(self, run, database_url):
        run("upgrade")
        connection = sqlite3.connect(make_url(database_url).database)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()
        status, said, _ = run("status")
        assert status == 1
        assert "nyere udgave af LIRK (trin 9999)" in said
        status, _, told = run("upgrade")
        assert status == 2
        assert "nyere udgave af LIRK (trin 9999)" in told
