"""The demonstration: made whole or not at all, the same each time, and what its README says can be done."""

import fcntl
import json
import os
import re
import shlex
from contextlib import closing
from datetime import timedelta
from sqlite3 import connect

import pytest
from pypdf import PdfReader
from small_round import MAPPING, register_lines
from typed import content, typed

from lirk.demo import municipality
from lirk.demo.municipality import FolderNotOurs, MappingUnknown, MappingWithoutRegister, Recipe
from lirk.errors import ProblemsFound
from lirk.intake.opening import FileUnreadable
from lirk.services.files import FileNotWritten
from lirk.wording import Wording

#: Small enough to be made often: three centres with all of their cases.
SMALL = Recipe(
    register="\n".join(register_lines()).encode(),
    register_name="register.csv",
    mapping=MAPPING.format(caseworker='caseworker = "Sagsbehandler"').encode(),
    made_up="answers",
    centres=3,
)


def make(folder, recipe=SMALL, language="da"):
    """Make a demonstration; returns how often it called for a step of the progress bar."""
    steps = []
    municipality.make(
        folder, recipe, words=Wording(language), municipality="Eksempel Kommune", step=lambda: steps.append(1)
    )
    return len(steps)


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS", "LIRK_DATABASE_URL", "LIRK_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The demonstration as ``lirk demo`` makes it, once for all workers, and what the command said."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, said = shared / "demonstration" / "lirk-demo", shared / "demonstration.txt"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            ended = typed("demo", "--no-serve", "--out", folder)
            assert (ended.status, ended.err) == (0, ""), ended
            said.write_text(ended.out, encoding="utf-8")
    return folder, said.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small") / "lirk-demo"
    assert make(folder) == SMALL.steps
    return folder


@pytest.fixture
def data(request):
    return request.config.rootpath / "tests" / "data"


class TestWhole:
    def test_holds_what_the_formats_say(self, whole):
        folder, _ = whole
        names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        reports = {name for name in names if name.startswith("reports/2026-1/")}
        assert len(reports) == 10
        assert names - reports == {
            "README.txt",
            "lirk.sqlite",
            "register.csv",
            "mapping.toml",
            "plan.toml",
            "plan-2.toml",
            "reviewed.txt",
            *(f"certificates/{name}.json" for name in ("2026-1-freeze", "2026-1", "2026-2-freeze", "2026-2")),
        }

    def test_says_where_the_reports_lie_and_what_is_made_up(self, whole):
        folder, said = whole
        assert said == (folder / "README.txt").read_text(encoding="utf-8")
        assert "reports/2026-1/" in said
        assert said.splitlines()[0] == "Demonstration af LIRK. Registret og svarene er opfundne."

    def test_every_page_of_every_report_calls_it_made_up(self, whole):
        folder, _ = whole
        for path in (folder / "reports" / "2026-1").iterdir():
            for page in PdfReader(path).pages:
                assert "opfund" in page.extract_text().casefold(), path.name

    def test_the_annual_paper_has_figures_some_of_them_hidden_and_calls_them_made_up(
        self, whole, tmp_path, monkeypatch
    ):
        folder, _ = whole
        monkeypatch.setenv("LIRK_DATABASE_URL", f"sqlite:///{folder / 'lirk.sqlite'}")
        assert typed("report", "year", "2026", "--out", tmp_path / "year.pdf").status == 0
        pages = [page.extract_text() for page in PdfReader(tmp_path / "year.pdf").pages]
        said = " ".join(" ".join(pages).split())
        assert "Tallene er for 9 centre under ét." in said
        assert "sager blev omgjort" in said
        assert "vises ikke" in said
        assert all("Det er klagetallene og koordinatorens tekster også." in page for page in pages)

    def test_the_commands_of_the_readme_work(self, whole, tmp_path, monkeypatch):
        folder, said = whole
        monkeypatch.chdir(folder)
        lines = [line.strip() for line in said.splitlines() if line.startswith("  ") and "lirk " in line]
        assert len(lines) == 3
        for line in lines:
            words = shlex.split(line.replace("anne.xlsx", str(tmp_path / "anne.xlsx")))
            for setting in words[: words.index("lirk")]:
                monkeypatch.setenv(*setting.split("=", 1))
            done = typed(*words[words.index("lirk") + 1 :])
            assert done.status == 0, (line, done)
        assert (tmp_path / "anne.xlsx").exists()

    def test_one_round_is_closed_and_one_is_half_way(self, whole, monkeypatch):
        folder, _ = whole
        monkeypatch.setenv("LIRK_DATABASE_URL", f"sqlite:///{folder / 'lirk.sqlite'}")
        states = {
            one["key"]: (one["state"], one["made_up"])
            for one in json.loads(typed("round", "list", "--json").out)
        }
        assert states == {"2026-1": ("closed", "all"), "2026-2": ("reviewing", "all")}
        shown = json.loads(typed("round", "show", "2026-2", "--json").out)
        assert 0.4 < shown["finished"] / shown["reviews"] < 0.6

    def test_the_objection_and_its_answer_fit_whichever_finding_comes_first(self, whole):
        """A centre's first finding differs from one demonstration to the next: they speak of no item's matter."""
        folder, _ = whole
        with closing(connect(folder / "lirk.sqlite")) as kept:
            ((comment, answer),) = kept.execute("SELECT comment, answer FROM finding_reply").fetchall()
        assert comment == "Vi er ikke enige. Efter vores mening er kravet opfyldt i nogle af sagerne."
        assert (
            answer == "Vi har læst sagerne igen. Det kan ikke ses af dem, at kravet er opfyldt. Fundet står."
        )

    def test_the_second_round_leaves_out_what_the_first_reviewed(self, whole):
        folder, _ = whole
        drawn = [cases(folder, key) for key in ("2026-1", "2026-2")]
        assert not drawn[0] & drawn[1]

    def test_a_second_run_shows_what_is_there(self, whole):
        folder, first = whole
        before = content(folder)
        again = typed("demo", "--no-serve", "--out", folder)
        assert (again.status, content(folder)) == (0, before)
        assert again.out.startswith("Demonstrationen ligger allerede i")
        assert again.out.endswith(first)


def cases(folder, key):
    """The main cases of a round, by its certificate."""
    certificate = json.loads((folder / "certificates" / f"{key}.json").read_text(encoding="utf-8"))
    every = [case for stratum in certificate["strata"] for case in stratum["cases"]]
    return {case["case_id"] for case in every if case["role"] == "main"}


class TestMake:
    def test_made_again_in_an_empty_folder_or_over_an_earlier_one_it_is_the_same(self, small, tmp_path):
        folder = tmp_path / "lirk-demo"
        folder.mkdir()
        make(folder)
        assert content(folder) == content(small)
        (folder / "reports" / "2026-1" / "center-nord.pdf").unlink()
        make(folder)
        assert content(folder) == content(small)

    def test_nothing_else_is_left_beside_it(self, small):
        assert [path.name for path in small.parent.iterdir()] == ["lirk-demo"]

    def test_a_register_with_nothing_left_for_a_second_round(self, small):
        assert cases(small, "2026-1") == cases(small, "2026-2")
        assert not (small / "reviewed.txt").exists()

    def test_says_which_part_is_made_up(self, small):
        readme = (small / "README.txt").read_text(encoding="utf-8")
        assert "Registret er ægte, svarene er opfundne." in readme.splitlines()[0]

    def test_in_english(self, tmp_path):
        make(tmp_path / "demo", language="en")
        readme = (tmp_path / "demo" / "README.txt").read_text(encoding="utf-8")
        assert readme.startswith("Demonstration of LIRK.")
        assert municipality.is_made(tmp_path / "demo")
        page = PdfReader(tmp_path / "demo" / "reports" / "2026-1" / "overview.pdf").pages[0].extract_text()
        assert "Round 1" in page
        assert not re.search(r"\brunde\b", page)

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param(["notes.txt"], id="something"),
            pytest.param(["README.txt", "lirk.sqlite"], id="a municipality's own database and notes"),
        ],
    )
    def test_a_folder_that_is_not_ours_is_left_alone(self, tmp_path, files):
        folder = tmp_path / "folder"
        folder.mkdir()
        for name in files:
            (folder / name).write_text("Vores egne noter", encoding="utf-8")
        before = content(tmp_path / "folder") if "lirk.sqlite" not in files else sorted(files)
        with pytest.raises(FolderNotOurs):
            make(folder)
        after = (
            content(folder) if "lirk.sqlite" not in files else sorted(path.name for path in folder.iterdir())
        )
        assert after == before

    def test_a_file_in_its_place(self, tmp_path):
        (tmp_path / "demo").write_text("noter", encoding="utf-8")
        with pytest.raises(FolderNotOurs):
            make(tmp_path / "demo")

    def test_below_a_file(self, tmp_path):
        (tmp_path / "file").write_text("noter", encoding="utf-8")
        with pytest.raises(FileNotWritten):
            make(tmp_path / "file" / "demo")
        assert [path.name for path in tmp_path.iterdir()] == ["file"]

    def test_an_error_leaves_nothing_behind_and_the_earlier_one_whole(self, small, tmp_path):
        broken = Recipe(
            register=SMALL.register + b"\n26/N01;Center Nord;2026-03-01;Bevilget;;OLE",
            register_name="register.csv",
            mapping=SMALL.mapping,
            made_up="answers",
            centres=3,
        )
        with pytest.raises(ProblemsFound):
            make(tmp_path / "deep" / "demo", broken)
        assert list(tmp_path.iterdir()) == []
        before = content(small)
        with pytest.raises(ProblemsFound):
            make(small, broken)
        assert content(small) == before


class TestIsMade:
    def test_a_whole_one(self, small):
        assert municipality.is_made(small)

    def test_not_without_its_parts(self, tmp_path):
        folder = tmp_path / "demo"
        assert not municipality.is_made(folder)
        folder.mkdir()
        (folder / "lirk.sqlite").touch()
        assert not municipality.is_made(folder)
        (folder / "README.txt").write_text("Vores egne noter om Demonstration af LIRK.", encoding="utf-8")
        assert not municipality.is_made(folder)
        (folder / "README.txt").write_text("Demonstration of LIRK. …", encoding="utf-8")
        assert municipality.is_made(folder)


class TestRecipe:
    def test_of_a_real_register_with_the_mapping_that_ships(self, data):
        made = municipality.recipe(data / "planning-decisions-2023.csv", "planning-decisions")
        assert (made.made_up, made.register_name) == ("answers", "register.csv")
        assert made.register == (data / "planning-decisions-2023.csv").read_bytes()
        assert made.centres > 3

    def test_of_a_register_whose_mapping_is_guessed(self, tmp_path):
        lines = [line.rsplit(";", 2)[0] for line in register_lines()]
        text = "\n".join(lines).replace("Bevilget", "Fuldt medhold").replace("Dato", "Afgørelsesdato")
        (tmp_path / "Register.CSV").write_text(text, encoding="utf-8")
        made = municipality.recipe(tmp_path / "Register.CSV", None)
        assert (made.register_name, made.centres) == ("register.csv", 4)
        assert b'case_number = "Sagsnummer"' in made.mapping

    def test_of_nothing(self):
        made = municipality.recipe(None, None)
        assert (made.made_up, made.centres) == ("all", 9)

    def test_a_mapping_needs_a_register(self):
        with pytest.raises(MappingWithoutRegister):
            municipality.recipe(None, "planning-decisions")

    @pytest.mark.parametrize("name", ["nothing", "plan", "../municipality"])
    def test_an_unknown_mapping(self, data, name):
        with pytest.raises(MappingUnknown) as refused:
            municipality.recipe(data / "planning-decisions-2023.csv", name)
        assert refused.value.values == {"name": name, "known": ("planning-decisions",)}

    def test_a_mapping_that_is_no_mapping(self, data, tmp_path):
        for written in ("Kortlægning".encode("cp1252"), b"[columns", b"[nonsense]"):
            (tmp_path / "mapping.toml").write_bytes(written)
            with pytest.raises(ProblemsFound):
                municipality.recipe(data / "planning-decisions-2023.csv", str(tmp_path / "mapping.toml"))

    def test_a_register_that_is_not_there(self, tmp_path):
        with pytest.raises(FileUnreadable):
            municipality.recipe(tmp_path / "none.csv", None)


class TestCommand:
    @pytest.mark.parametrize(
        ("arguments", "danish", "english"),
        [
            pytest.param(("--mapping", "planning-decisions"), "--register", "--register", id="no register"),
            pytest.param(("--register", "none.csv"), "none.csv", "none.csv", id="no such register"),
            pytest.param(
                ("--register", "register.csv", "--mapping", "nothing"),
                "Der er hverken en fil eller et eksempel, der hedder nothing.",
                "There is neither a file nor an example called nothing.",
                id="no such mapping",
            ),
            pytest.param(
                ("--out", "full"), "har andet indhold", "holds something else", id="a folder that is not ours"
            ),
            pytest.param(
                ("--out", "register.csv/demo"), "kan ikke skrives", "cannot be written", id="below a file"
            ),
        ],
    )
    def test_refused_and_nothing_kept(self, tmp_path, monkeypatch, arguments, danish, english):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "notes.txt").write_text("noter", encoding="utf-8")
        (tmp_path / "register.csv").write_bytes(SMALL.register)
        before = content(tmp_path)
        for language, said in (("da", danish), ("en", english)):
            monkeypatch.setenv("LIRK_LANGUAGE", language)
            ended = typed("demo", "--no-serve", *arguments)
            assert (ended.status, ended.out) == (2, "")
            assert said in ended.err
        assert content(tmp_path) == before


class TestClock:
    def test_stands_in_danish_winter_time_without_the_system_s_table_of_zones(self):
        assert municipality.STARTS.utcoffset() == timedelta(hours=2)
        assert municipality.STARTS.month == 10
