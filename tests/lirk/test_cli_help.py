"""Every help page is Danish unless English is asked for, and nothing in it was left behind or renamed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import rich_click as click
from babel.messages.pofile import read_po
from typed import typed

import lirk as package
from lirk.cli.help import FRAME, USAGE, danish, folded
from lirk.cli.main import lirk

CATALOGUE = Path(package.__file__).parent / "locale" / "da" / "help.po"
#: What stands in English help pages, and in no Danish one.
ENGLISH = re.compile(
    r"\b(Usage|Options?|OPTIONS|Commands?|COMMAND|Arguments?|ARGS|TEXT|PATH|INTEGER|FLOAT|Aliases|required|default|"
    r"env var|deprecated|Deprecated|range|dynamic|Show|[Ee]xit|[Tt]he|of|and|or|that|with|from|are|this|who|which|"
    r"were|[Mm]ay|only|where|when|what|[Ww]rite|[Rr]ead|each|cannot)\b"
)
#: Options and choices, which are typed as they are in both languages.
TYPED = re.compile(r"--?[a-z][a-z-]*|\[[a-z-]+(?:\|[a-z-]+)+\]")
#: Names that the two languages share: options, arguments and settings, kinds of file, and exit statuses.
KEPT = re.compile(r"--[a-z-]+|\b[A-Z][A-Z_]+\b(?:\.csv)?|\b\d+\b")
ADDED = {"JSON", "PDF"}


@pytest.fixture(autouse=True)
def surroundings(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "TERMINAL_WIDTH"):
        monkeypatch.delenv(name, raising=False)


def walk(command, context, path=()):
    """Yield every command of the tree with its context and its words."""
    yield path, command, context
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        below = command.get_command(context, name)
        yield from walk(below, below.context_class(below, info_name=name, parent=context), (*path, name))


TREE = list(walk(lirk, lirk.context_class(lirk, info_name="lirk", help_option_names=["-h", "--help"])))
PATHS = [path for path, _, _ in TREE]


def said_by(command, context):
    """Yield each English text that a command's own page shows."""
    yield from (command.help, command.short_help, command.epilog, command.options_metavar)
    if isinstance(command, click.Group):
        yield command.subcommand_metavar
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option):
            yield parameter.help
            if not parameter.is_flag and not isinstance(parameter.type, click.Choice):
                yield parameter.make_metavar(context)


def english_texts():
    """Every English text of the whole tree and of what stands around it, as the catalogue names it."""
    shown = {text for _, command, context in TREE for text in said_by(command, context) if text}
    return {folded(text) for text in {*shown, *FRAME.values(), USAGE}}


def entries():
    with CATALOGUE.open("rb") as file:
        return [message for message in read_po(file, locale="da") if message.id]


def flowing(page):
    """Return a page without its borders, so that a text that was broken over lines is whole again."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", page).split())


class TestCatalogue:
    def test_every_help_text_has_a_danish_one(self):
        assert not english_texts() - {message.id for message in entries()}

    def test_every_danish_text_is_still_shown(self):
        assert not {message.id for message in entries()} - english_texts()

    def test_no_danish_text_is_empty_or_unsure(self):
        assert not [message.id for message in entries() if message.fuzzy or not message.string]

    def test_no_text_is_translated_twice(self):
        ids = re.findall(r"^msgid (.*(?:\n\".*)*)$", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(ids) == len(set(ids)) == len(entries()) + 1

    @pytest.mark.parametrize(
        "message", [one for one in entries() if not one.id.isupper()], ids=lambda message: message.id[:40]
    )
    def test_names_numbers_and_paragraphs_are_kept(self, message):
        english, danish = set(KEPT.findall(message.id)), set(KEPT.findall(message.string))
        assert english <= danish <= english | ADDED
        assert message.id.count("\n\n") == message.string.count("\n\n")
        assert re.findall(r"\{\w*\}", message.id) == re.findall(r"\{\w*\}", message.string)
        assert message.string == folded(message.string)


class TestPages:
    @pytest.mark.parametrize("path", PATHS, ids=" ".join)
    def test_are_danish_throughout(self, path):
        ended = typed(*path, "--help")
        assert (ended.status, ended.err) == (0, "")
        assert ended.out.split()[0] == "Brug:"
        assert not ENGLISH.findall(TYPED.sub("", ended.out))

    @pytest.mark.parametrize(("path", "command", "context"), TREE, ids=[" ".join(path) for path in PATHS])
    def test_show_each_text_option_and_argument(self, path, command, context):
        page = flowing(typed(*path, "--help").out)
        assert " ".join(danish(command.help).split()) in page
        for parameter in command.get_params(context):
            names = (
                [parameter.make_metavar(context)] if isinstance(parameter, click.Argument) else parameter.opts
            )
            assert all(name in page for name in names)

    @pytest.mark.parametrize("path", PATHS, ids=" ".join)
    def test_are_english_where_english_is_asked_for(self, path, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        page = typed(*path, "--help").out
        assert page.split()[0] == "Usage:"
        assert "Show this message and exit." in page
        assert not re.search(r"[æøåÆØÅ]|Tilvalg|Kommandoer|krævet", page)


class TestLirk:
    def test_its_page_is_danish(self):
        page = typed("--help").out
        for said in (
            "Brug: lirk [TILVALG] KOMMANDO [ARGUMENTER]...",
            "─ Tilvalg ─",
            "─ Kommandoer ─",
            "Vis udgaven.",
            "Vis denne hjælp.",
            "Før en runde fra den frosne ramme til de lukkede gennemgange.",
        ):
            assert said in page

    def test_a_page_under_it_is_danish(self):
        page = typed("draw", "cases", "-h").out
        for said in (
            "Brug: lirk draw cases [TILVALG] FILE",
            "[krævet]",
            "[uden tilvalget: 1]",
            "TEKST",
            "TAL",
        ):
            assert said in page

    def test_a_page_under_it_is_english_where_english_is_asked_for(self, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        page = typed("draw", "cases", "-h").out
        for said in (
            "Usage: lirk draw cases [OPTIONS] FILE",
            "[required]",
            "[default: 1]",
            "TEXT",
            "INTEGER",
        ):
            assert said in page

    def test_a_group_without_a_command_shows_its_page(self):
        ended = typed("report")
        assert (ended.status, "Brug: lirk report" in ended.out + ended.err) == (2, True)

    def test_the_language_of_one_page_does_not_stay_for_the_next(self, monkeypatch):
        pages = []
        for language in ("da", "en", "da", "en"):
            monkeypatch.setenv("LIRK_LANGUAGE", language)
            pages.append(typed("round", "draw", "--help").out)
        assert pages[:2] == pages[2:]
        assert pages[0] != pages[1]


class TestCost:
    """In a program of its own: here, every module is loaded and every catalogue opened."""

    def loaded(self, *arguments):
        program = (
            "import sys\nfrom lirk.cli.main import main\nfrom lirk.wording.catalogue import help_translations\n"
            "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
            "print('catalogues:', help_translations.cache_info().currsize, *sorted(sys.modules))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout.splitlines()[-1].split()[1:]

    def test_the_catalogue_is_not_opened_where_no_page_is_shown(self):
        assert self.loaded("checklist", "list")[0] == "0"

    def test_a_page_loads_no_room_that_its_command_does_not_need(self):
        opened, *modules = self.loaded("checklist", "check", "--help")
        assert opened == "1"
        assert not {"polars", "reportlab", "sqlalchemy"} & set(modules)
