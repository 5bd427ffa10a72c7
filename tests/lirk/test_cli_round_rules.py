"""A round's rules from the command line: shown, changed in part, and refused as a whole."""

import pytest
from small_round import write_files
from typed import typed

RULES = ("round", "rules", "2026-1")
USUAL = [
    "Det beregnede resultat: vises ikke",
    "Sager fra ens eget center: må gennemgås",
    "Gennemgås af to: ingen sager",
    "Frist: ingen",
]


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    """A folder with a round whose frame is frozen."""
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path)
    new = ("round", "new", "2026-1", "register.csv", "--plan", "plan.toml", "--checklist", "breve.toml")
    for command in (("db", "upgrade"), new):
        assert typed(*command).status == 0


def said(*options):
    ended = typed(*RULES, *options)
    assert ended.status == 0, ended
    return ended.out.splitlines()


@pytest.mark.usefixtures("frozen")
class TestRules:
    def test_shown_where_nothing_is_named(self):
        assert said() == USUAL

    def test_only_what_is_named_changes(self):
        changed = said("--double", "20", "--deadline", "2099-12-15", "--shows-result")
        assert changed == [
            "Det beregnede resultat: vises, før sagen afsluttes",
            USUAL[1],
            "Gennemgås af to: 20 % af sagerne",
            "Frist: 15. december 2099",
        ]
        assert said("--bars-own-centre", "--deadline", "none") == [
            changed[0],
            "Sager fra ens eget center: gennemgås af andre",
            changed[2],
            USUAL[3],
        ]

    def test_all_that_is_wrong_is_told_and_nothing_kept(self):
        ended = typed(*RULES, "--double", "101", "--deadline", "snart", "--shows-result")
        assert ended.status == 1
        assert "helt tal fra 0 til 100" in ended.err
        assert "Fristen er ikke en dag" in ended.err
        assert said() == USUAL
