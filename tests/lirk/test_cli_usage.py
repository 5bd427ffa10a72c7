"""How a command is written wrongly, and what LIRK answers; faults in LIRK itself show no stack trace."""

from pathlib import Path

import pytest

from lirk.cli import main as door


def run(arguments, capsys, monkeypatch, language="da"):
    """Return exit status and what was said on standard error."""
    monkeypatch.setenv("LIRK_LANGUAGE", language)
    try:
        door.main(arguments)
    except SystemExit as end:
        return end.code, capsys.readouterr().err
    return 0, capsys.readouterr().err


class TestWrongUse:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            pytest.param(["regster"], "Der er ingen kommando »regster« under lirk", id="group"),
            pytest.param(["register", "chek"], "Der er ingen kommando »chek«", id="command"),
            pytest.param(["register", "check"], "FILE mangler", id="argument"),
            pytest.param(["draw", "freeze", "x.csv"], "--plan mangler", id="required option"),
            pytest.param(["register", "check", "x", "--nope"], "har ikke --nope", id="unknown option"),
            pytest.param(["round", "replace", "k", "x", "--reason", "y"], "kan ikke være »x«", id="number"),
            pytest.param(
                ["user", "add", "x", "--name", "X", "--role", "chef"], "Vælg mellem reviewer", id="choice"
            ),
            pytest.param(["db", "status", "extra"], "ikke skrevet rigtigt", id="too much"),
        ],
    )
    def test_it_is_told_in_danish_with_the_remedy(self, arguments, said, capsys, monkeypatch):
        status, told = run(arguments, capsys, monkeypatch)
        assert status == 2
        assert said in told

    def test_it_is_told_in_english_where_english_is_asked_for(self, capsys, monkeypatch):
        _, told = run(["register", "check"], capsys, monkeypatch, language="en")
        assert told == "FILE is missing. See how the command is written with `lirk register check --help`.\n"


class TestFaultsInLirk:
    @pytest.fixture
    def broken(self, monkeypatch):
        """The register command, broken by a fault whose message quotes a value."""

        def fail(*arguments, **options):
            raise KeyError("010203-1234")

        monkeypatch.setattr("lirk.cli.register.check_register", fail)

    def test_no_stack_trace_reaches_a_person(self, broken, capsys, monkeypatch):
        status, told = run(["register", "check", "x.csv"], capsys, monkeypatch)
        assert status == 2
        assert "fejl i LIRK selv (KeyError)" in told
        assert "Traceback" not in told

    def test_the_file_says_where_and_quotes_no_value(self, broken, capsys, monkeypatch):
        _, told = run(["register", "check", "x.csv"], capsys, monkeypatch)
        log = Path(next(word for word in told.split() if word.endswith(".txt")))
        content = log.read_text(encoding="utf-8")
        log.unlink()
        assert content.endswith("KeyError\n")
        assert "010203" not in content.replace('raise KeyError("010203-1234")', "")

    def test_an_interruption_is_told(self, capsys, monkeypatch):
        def interrupt(*arguments, **options):
            raise KeyboardInterrupt

        monkeypatch.setattr("lirk.cli.register.check_register", interrupt)
        status, told = run(["register", "check", "x.csv"], capsys, monkeypatch)
        assert status == 2
        assert "Afbrudt." in told
