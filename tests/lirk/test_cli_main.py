"""The door of the command line: every error is a sentence in the reader's language, and never a stack trace."""

import importlib.metadata
import re
import sys
from types import ModuleType

import pytest
import rich_click as click
from typed import typed

from lirk.cli.door import pass_door
from lirk.cli.main import GROUPS
from lirk.domain.people import Role
from lirk.domain.rounds import RoundNotIn, RoundState
from lirk.errors import LirkError, NotAllowed, NotFound, Problem, ProblemsFound
from lirk.services.files import FileNotWritten
from lirk.wording.sentences import SENTENCES


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def failing(monkeypatch):
    """Make ``lirk db`` a command that ends in an error of one's choice."""

    def fail_with(error):
        @click.command()
        @pass_door
        def db(door):
            raise error

        module = ModuleType("failing")
        module.db = db
        monkeypatch.setitem(sys.modules, "failing", module)
        monkeypatch.setitem(GROUPS, "db", "failing")
        return typed("db")

    return fail_with


class TestLanguage:
    def test_unknown_is_told_in_danish_and_nothing_is_done(self, folder, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "de")
        ended = typed("db", "upgrade")
        assert (ended.status, ended.out) == (2, "")
        assert ended.err == "Sproget »de« kendes ikke. Sæt LIRK_LANGUAGE til da eller en.\n"
        assert list(folder.iterdir()) == []

    def test_a_settings_file_that_is_not_there(self, monkeypatch):
        monkeypatch.setenv("LIRK_SETTINGS", "none.toml")
        ended = typed("round", "list")
        assert (ended.status, "none.toml kan ikke læses" in ended.err) == (2, True)


class TestErrors:
    @pytest.mark.parametrize(
        ("error", "status", "danish", "english"),
        [
            pytest.param(NotFound(), 2, "findes ikke", "does not exist", id="not found"),
            pytest.param(NotAllowed(), 2, "ikke adgang", "may not", id="not allowed"),
            pytest.param(
                RoundNotIn(round="2026-1", step="draw", state=RoundState.CLOSED),
                2,
                "Så langt er runden 2026-1: lukket.",
                "This is how far round 2026-1 is: closed.",
                id="a rule",
            ),
            pytest.param(
                FileNotWritten(file="a.pdf", reason="no"),
                2,
                "a.pdf kan ikke skrives",
                "cannot be written",
                id="a file",
            ),
            pytest.param(
                ProblemsFound(
                    [Problem("cases-not-reviewed", {"numbers": ["3", "5–7"]}, file="a.xlsx", row=4)]
                ),
                1,
                "a.xlsx, række 4: Der mangler svar i sag 3 og 5–7.",
                "a.xlsx, row 4: Answers are missing in case 3 and 5–7.",
                id="problems",
            ),
        ],
    )
    def test_become_sentences(self, failing, monkeypatch, error, status, danish, english):
        for language, said in (("da", danish), ("en", english)):
            monkeypatch.setenv("LIRK_LANGUAGE", language)
            ended = failing(error)
            assert (ended.status, ended.out) == (status, "")
            assert said in ended.err

    @pytest.mark.parametrize("code", sorted(set(SENTENCES) - {"unexpected"}))
    def test_whatever_the_code(self, failing, code):
        names = {part.split("}")[0] for part in SENTENCES[code].replace("{{", "").split("{")[1:]}
        kind = type("Kind", (LirkError,), {})
        kind.code = code
        ended = failing(kind(**dict.fromkeys(names, "x")))
        assert (ended.status, ended.err.count("\n")) == (2, 1)


class TestRooms:
    @pytest.mark.parametrize("name", GROUPS)
    def test_each_has_help(self, name):
        ended = typed(name, "--help")
        assert (ended.status, ended.err) == (0, "")

    def test_all_are_listed(self):
        out = typed("--help").out
        assert all(name in out for name in GROUPS)

    def test_the_version_is_the_installed_one(self):
        assert importlib.metadata.version("lirk") in typed("--version").out

    @pytest.mark.parametrize(
        "arguments", [("nothing",), ("round", "nothing"), ("round", "draw"), ("round", "--x")]
    )
    def test_wrong_use_is_exit_status_2(self, arguments):
        assert typed(*arguments).status == 2


class TestUser:
    @pytest.fixture(autouse=True)
    def database(self, folder):
        typed("db", "upgrade")

    def test_add_and_list(self):
        added = typed(
            "user", "add", "ida", "--name", "Ida Ø", "--role", "centre-leader", "--centre", "Center Nord"
        )
        assert (added.status, added.out) == (0, "Ida Ø er oprettet som ida.\n")
        listed = typed("user", "list").out
        assert "ida  Ida Ø  centre-leader (Center Nord)" in listed
        assert '"centres": [\n      "Center Nord"' in typed("user", "list", "--json").out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            pytest.param(("Ida", "--role", "reviewer"), "kan ikke være et brugernavn", id="malformed"),
            pytest.param(("koordinator", "--role", "reviewer"), "findes allerede", id="taken"),
            pytest.param(("ida", "--role", "centre-leader"), "mindst ét center", id="no centre"),
            pytest.param(
                ("ida", "--role", "reviewer", "--caseworker-code", "I"), "LIRK_SECRET_KEY", id="no key"
            ),
            pytest.param(("ida", "--role", "reviewer", "--as", "bo"), "brugernavnet bo", id="unknown actor"),
            pytest.param(("ida", "--role", "boss"), "boss", id="no role"),
        ],
    )
    def test_add_refused(self, arguments, said):
        ended = typed("user", "add", *arguments, "--name", "Ida")
        assert (ended.status, ended.out) == (2, "")
        assert said in ended.err
        assert "ida " not in typed("user", "list").out

    def test_every_role_can_be_given(self):
        for role in Role:
            given = ("--role", role, "--centre", "Center Nord")
            assert typed("user", "add", f"u-{role}", "--name", "U", *given).status == 0


class TestUserLink:
    @pytest.fixture(autouse=True)
    def database(self, folder):
        typed("db", "upgrade")

    def test_add_with_a_link_prints_its_path_and_says_who_gets_it(self):
        ended = typed("user", "add", "ida", "--name", "Ida", "--role", "reviewer", "--link")
        assert ended.status == 0
        assert re.search(r"^Stien .* Ida .*: /password/[\w-]{43}$", ended.out, re.MULTILINE)
        assert "Giv den kun til Ida." in ended.err

    def test_each_link_is_another(self):
        typed("user", "add", "ida", "--name", "Ida", "--role", "reviewer")
        links = {typed("user", "link", "ida").out for _ in range(2)}
        assert len(links) == 2

    def test_nobody(self):
        ended = typed("user", "link", "bo")
        assert (ended.status, ended.out) == (2, "")
        assert "brugernavnet bo" in ended.err


class TestUserChange:
    @pytest.fixture(autouse=True)
    def database(self, folder):
        typed("db", "upgrade")
        typed("user", "add", "ida", "--name", "Ida", "--role", "reviewer")

    def test_what_is_named_is_changed(self):
        given = ("--name", "Ida Ø", "--role", "centre-leader", "--centre", "Center Nord")
        assert typed("user", "change", "ida", *given).out == "Ida Ø er rettet.\n"
        assert "ida  Ida Ø  centre-leader (Center Nord)\n" in typed("user", "list").out

    def test_access_is_taken_and_given(self):
        assert "har nu ikke adgang" in typed("user", "change", "ida", "--disable").out
        assert "ida  Ida  reviewer  (ingen adgang)\n" in typed("user", "list").out
        assert '"active": false' in typed("user", "list", "--json").out
        assert "ikke adgang" in typed("user", "link", "ida").err
        assert "har adgang igen" in typed("user", "change", "ida", "--enable").out
        assert "ingen adgang" not in typed("user", "list").out

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            pytest.param((), "intet at rette", id="nothing"),
            pytest.param(("--enable", "--disable"), "ikke begge", id="both"),
            pytest.param(("--role", "centre-leader"), "mindst ét center", id="a leader of nothing"),
            pytest.param(("--caseworker-code", "I"), "LIRK_SECRET_KEY", id="no key"),
            pytest.param(("--name", "Ny", "--as", "ida"), "ikke adgang", id="a reviewer"),
        ],
    )
    def test_refused_and_nothing_kept(self, given, said):
        ended = typed("user", "change", "ida", *given)
        assert (ended.status, ended.out) == (2, "")
        assert said in ended.err
        assert "ida  Ida  reviewer\n" in typed("user", "list").out
