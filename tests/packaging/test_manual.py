"""The manual: both languages alike, nothing named that is not there, and every example runs as written."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from checklists.load import load
from lirk.cli.main import GROUPS, lirk
from lirk.intake.mapping import read_mapping
from lirk.intake.plans import read_plan

ROOT = Path(__file__).parents[2]
MANUAL = ROOT / "lirk" / "manual"
LANGUAGES = ["da", "en"]
#: In the order in which a reader tries them out, all in one folder.
CHAPTERS = [
    "index.md",
    "registers.md",
    "draws.md",
    "checklists.md",
    "checklist-language.md",
    "law-watch.md",
    "rounds.md",
    "following.md",
    "reviewing.md",
    "people.md",
    "reports.md",
    "statistics.md",
    "pages.md",
    "data.md",
]
PAGES = [(language, name) for language in LANGUAGES for name in [*CHAPTERS, "commands.md"]]
#: Words that the product does not use of results.
UNSAID = ["score", "karakter", "kpi", "benchmark", "rangliste", "placering", "signifikant"]
BLOCK = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]*")


def text_of(language, name):
    return (MANUAL / language / name).read_text(encoding="utf-8")


def blocks(language, name):
    """Return the code blocks of a page as (kind, file name, content)."""
    return [match.groups() for match in BLOCK.finditer(text_of(language, name))]


def example(language, file):
    """Return the content of the example with this file name."""
    return next(content for page in CHAPTERS for _, name, content in blocks(language, page) if name == file)


def prose_of(language, name):
    """Return a page without its code."""
    return re.sub(r"`[^`\n]*`", "", BLOCK.sub("", text_of(language, name)))


def anchors(text):
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }


def all_commands(command=lirk, path=("lirk",)):
    """Yield every command of the click tree with its words."""
    if not isinstance(command, click.Group):
        yield " ".join(path), command
        return
    for name in command.list_commands(click.Context(command)):
        yield from all_commands(command.get_command(click.Context(command), name), (*path, name))


COMMANDS = dict(all_commands())


def options_of(command):
    return {option for param in command.params for option in param.opts if option.startswith("--")} - {
        "--help"
    }


def argument_names(command):
    """Return the arguments as a usage line shows them."""
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    return [param.metavar or param.name.upper() + ("..." if param.nargs == -1 else "") for param in arguments]


def sections(language):
    """Return the reference's sections by heading, without the introduction."""
    parts = re.split(r"^### ", text_of(language, "commands.md"), flags=re.MULTILINE)[1:]
    return {part.splitlines()[0].strip("`"): re.split(r"^## ", part, flags=re.MULTILINE)[0] for part in parts}


def lines_that_use_lirk(language, name):
    """Yield the command lines of a page, in its blocks and within its sentences."""
    scripts = [content for kind, _, content in blocks(language, name) if kind == "sh"]
    inline = re.findall(r"`([^`\n]+)`", BLOCK.sub("", text_of(language, name)))
    for line in [*"".join(scripts).splitlines(), *inline]:
        words = shlex.split(line, comments=True) if "lirk " in line else []
        while words and re.match(r"LIRK_\w+=", words[0]):
            words = words[1:]
        if words and words[0] == "lirk":
            yield words


def command_in(words):
    """Return the command that a line names as far as it names one, and the words after it."""
    command, rest = lirk, words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        found = command.get_command(click.Context(command), rest[0])
        if found is None:
            break
        command, rest = found, rest[1:]
    return command, rest


class TestPages:
    def test_both_languages_have_the_same_pages(self):
        for language in LANGUAGES:
            assert sorted(page.name for page in (MANUAL / language).iterdir()) == sorted(
                [*CHAPTERS, "commands.md"]
            )

    @pytest.mark.parametrize(("language", "name"), PAGES)
    def test_each_link_leads_somewhere(self, language, name):
        for target in re.findall(r"\]\(([^)]+)\)", text_of(language, name)):
            page, _, place = target.partition("#")
            assert (MANUAL / language / (page or name)).is_file(), target
            assert not place or place in anchors(text_of(language, page or name)), target

    @pytest.mark.parametrize("name", [*CHAPTERS, "commands.md"])
    def test_code_is_the_same_in_both_languages(self, name):
        assert blocks("da", name) == blocks("en", name)

    @pytest.mark.parametrize("name", [*CHAPTERS, "commands.md"])
    def test_both_languages_have_the_same_parts(self, name):
        shape = [re.findall(r"^(#+ |\||- |\d\. )", text_of(one, name), re.MULTILINE) for one in LANGUAGES]
        assert shape[0] == shape[1]

    @pytest.mark.parametrize("name", [*CHAPTERS, "commands.md"])
    def test_danish_words_for_results_are_the_product_s(self, name):
        words = re.findall(r"\w+", prose_of("da", name).lower())
        assert not [word for word in words if word.startswith(tuple(UNSAID))]


@pytest.mark.parametrize("language", LANGUAGES)
class TestCommandReference:
    def test_it_has_each_command_with_its_arguments_and_no_other(self, language):
        expected = {" ".join([name, *argument_names(command)]) for name, command in COMMANDS.items()}
        assert set(sections(language)) == expected

    def test_each_group_is_in_it(self, language):
        named = {heading.split()[1] for heading in sections(language)}
        assert named == set(GROUPS)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_it_has_each_option_and_no_other(self, language, name):
        heading = " ".join([name, *argument_names(COMMANDS[name])])
        rows = [line for line in sections(language)[heading].splitlines() if line.startswith("| ")]
        named = {option for row in rows for option in OPTION.findall(row.split("|")[1])}
        assert named == options_of(COMMANDS[name])

    @pytest.mark.parametrize("name", COMMANDS)
    def test_it_marks_what_is_required(self, language, name):
        heading = " ".join([name, *argument_names(COMMANDS[name])])
        bold = set(re.findall(r"\*\*`(--[a-z-]+)", sections(language)[heading]))
        required = {p.opts[0] for p in COMMANDS[name].params if isinstance(p, click.Option) and p.required}
        assert bold == required

    @pytest.mark.parametrize("name", COMMANDS)
    def test_it_has_each_choice(self, language, name):
        heading = " ".join([name, *argument_names(COMMANDS[name])])
        for param in COMMANDS[name].params:
            for choice in getattr(param.type, "choices", ()):
                assert f"`{choice}`" in sections(language)[heading]

    def test_it_has_each_setting_and_no_other(self, language):
        code = (ROOT / "lirk" / "settings.py").read_text(encoding="utf-8")
        read = {f"LIRK_{name}" for name in re.findall(r"\{PREFIX\}([A-Z_]+)", code)}
        assert set(re.findall(r"LIRK_[A-Z_]+", text_of(language, "commands.md"))) == read


@pytest.mark.parametrize(("language", "name"), PAGES)
class TestCommandLines:
    def test_each_names_a_command_and_options_that_exist(self, language, name):
        for words in lines_that_use_lirk(language, name):
            command, rest = command_in(words)
            if isinstance(command, click.Group):
                assert not rest or rest[0].startswith("-") or rest[0].isupper(), words
                known = {"--help", "--version"}
            else:
                known = options_of(command) | {"--help"}
            assert {word for word in rest if word.startswith("--")} <= known, words


@pytest.mark.parametrize("language", LANGUAGES)
class TestExamples:
    def test_the_checklist_has_no_problem(self, language):
        assert load(example(language, "letter.toml"), "letter.toml").title.in_("en")

    def test_mapping_and_plan_are_read_without_a_problem(self, language, tmp_path):
        for name in ("mapping.toml", "plan.toml"):
            (tmp_path / name).write_text(example(language, name), encoding="utf-8")
        assert read_mapping(tmp_path / "mapping.toml")["columns"]["case_number"]
        assert read_plan(tmp_path / "plan.toml").mapping == "mapping.toml"


def script(language):
    """Return the whole manual as one shell script: its files written, its sheets filled in where it says so."""
    support = ROOT / "tests" / "support"
    parts = []
    for page in CHAPTERS:
        for kind, name, content in blocks(language, page):
            if name:
                parts.append(f"cat > {name} <<'END_OF_FILE'\n{content}END_OF_FILE\n")
            elif kind == "sh":
                parts.append(content)
    filled = (
        f"{shlex.quote(sys.executable)} -c 'import sys; sys.path.insert(0, sys.argv[1]); "
        "from pathlib import Path; from reviewer import fill_in; fill_in(Path(sys.argv[2]))' "
        f"{shlex.quote(str(support))} \\2"
    )
    # Without it the demonstration serves its pages until somebody stops it.
    parts = [re.sub(r"^lirk demo$", "lirk demo --no-serve", part, flags=re.MULTILINE) for part in parts]
    return re.sub(
        r"^(lirk review sheet .* --out (\S+))$", rf"\1\n{filled}", "".join(parts), flags=re.MULTILINE
    )


class TestRun:
    def test_every_example_runs_as_written(self, tmp_path):
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        settings = {name for name in os.environ if name.startswith("LIRK_")}
        done = subprocess.run(
            ["bash", "-e", "-u", "-o", "pipefail", "-c", script("da")],
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if name not in settings} | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, (done.stdout[-2000:], done.stderr[-2000:])
        assert "Traceback" not in done.stderr
        ticket = re.search(r"`([0-9a-f]{64})`", text_of("da", "draws.md"))[1]
        assert f"{ticket}  -" in done.stdout
        assert (tmp_path / "maaling" / "reports" / "overview.pdf").is_file()
        assert (tmp_path / "maaling" / "lirk-backup.sqlite").is_file()
