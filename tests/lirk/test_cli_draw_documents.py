"""``lirk draw extend``, ``page``, ``recipe`` and ``schema``, as they are typed, on a real register."""

import json
import shutil
import subprocess
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from pypdf import PdfReader
from typed import typed

from lirk.domain.draws import DrawPlan
from lirk.services.draws import plan_frame, register_of
from sampling import digest

SEED = "12345678901234567890"
REGISTER = Path(__file__).parent.parent / "data" / "planning-decisions-2023.csv"
EXAMPLES = files("lirk") / "demo" / "examples"
DECLARED = '\n[extension]\nn = 3\nreason = "to trin"\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with the register, and a certificate of a plan that declares an extension and of one that does not."""
    folder = tmp_path_factory.mktemp("drawn")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS"):
            patch.delenv(name, raising=False)
        shutil.copyfile(REGISTER, "register.csv")
        Path("planning-decisions.toml").write_bytes((EXAMPLES / "planning-decisions.toml").read_bytes())
        plan = (EXAMPLES / "plan.toml").read_text(encoding="utf-8")
        for name, text in (("certificate", plan), ("declared", plan + DECLARED)):
            Path("plan.toml").write_text(text, encoding="utf-8")
            frozen = typed(
                "draw", "freeze", "register.csv", "--plan", "plan.toml", "--out", f"{name}-freeze.json"
            )
            assert frozen.status == 0, frozen.err
            drawn = typed(
                "draw", "cases", "register.csv", "--freeze", f"{name}-freeze.json", "--seed", SEED,
                "--how", "dice", "--witness", "A", "--out", f"{name}.json",
            )  # fmt: skip
            assert drawn.status == 0, drawn.err
    return folder


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    for path in made.iterdir():
        shutil.copyfile(path, tmp_path / path.name)
    monkeypatch.chdir(tmp_path)
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def document(name="certificate.json"):
    return json.loads(Path(name).read_text(encoding="utf-8"))


def extend(*more, certificate="certificate.json", register="register.csv", out="extended.json"):
    return typed("draw", "extend", certificate, register, "--out", out, *more)


def edit(change, name="certificate.json"):
    edited = document(name)
    change(edited)
    Path(name).write_text(json.dumps(edited), encoding="utf-8")


def main_cases(certificate, stratum):
    part = next(part for part in certificate["strata"] if part["stratum"] == stratum)
    return [case["case_id"] for case in part["cases"] if case["role"] == "main"]


class TestExtend:
    def test_writes_a_certificate_that_verifies_and_says_what_was_added(self, folder):
        ended = extend("--n", 5, "--reason", "for bredt")
        written, before = document("extended.json"), document()
        assert ended.status == 0
        assert "  Director: 5 flere, nu 20 af 42 sager" in ended.out
        assert (
            "Udvidelsen er ikke anmeldt på forhånd og besluttet, efter at resultater var set. Grund: for bredt"
            in ended.out
        )
        assert main_cases(written, "Director")[:15] == main_cases(before, "Director")
        assert "  ".join(main_cases(written, "Director")[15:]) in ended.out
        assert (written["previous"], written["digest"]) == (before["digest"], digest(written))
        assert written["digest"] in ended.out
        verified = typed("draw", "verify", "extended.json", "register.csv")
        assert (verified.status, verified.err) == (0, "")

    def test_the_declared_one_needs_no_more_words(self, folder):
        ended = extend(certificate="declared.json")
        assert ended.status == 0
        assert "Udvidelsen er anmeldt på forhånd i planen. Grund: to trin" in ended.out
        assert document("extended.json")["extensions"][0]["declared"] is True
        assert typed("draw", "verify", "extended.json", "register.csv").status == 0

    def test_before_any_result(self, folder):
        ended = extend("--n", 5, "--reason", "x", "--before-results")
        assert "men besluttet, før nogen resultater var set" in ended.out

    def test_one_stratum_as_json(self, folder):
        value = json.loads(extend("--n", 5, "--reason", "x", "--stratum", "Director", "--json").out)
        assert value["extension"]["sizes"] == {"Director": 5}
        assert {"stratum": "Director", "N": 42, "n": 20} in value["strata"]
        assert value["previous"] == document()["digest"]

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            pytest.param(("--n", 5), "så den skal have en grund", id="no reason"),
            pytest.param(("--reason", "x"), "Planen har ikke anmeldt nogen udvidelse.", id="no number"),
            pytest.param(("--n", 0, "--reason", "x"), "»0« kan ikke være antallet.", id="by none"),
            pytest.param(("--n", -3, "--reason", "x"), "»-3« kan ikke være antallet.", id="by less"),
            pytest.param(
                ("--n", 5, "--reason", "x", "--stratum", "Vest"),
                "har ikke stratum Vest",
                id="another stratum",
            ),
            pytest.param(
                ("--n", 5, "--reason", "x", "--stratum", "Department Application"),
                "Der er ingen sager tilbage at udvide med",
                id="a stratum taken whole",
            ),
        ],
    )
    def test_refused(self, folder, more, said):
        ended = extend(*more)
        assert ended.status == 2
        assert said in ended.err
        assert not Path("extended.json").exists()

    def test_a_certificate_that_does_not_hold_is_not_extended(self, folder):
        edit(lambda edited: edited["strata"][0]["cases"][0].update(ticket="0" * 64))
        ended = extend("--n", 5, "--reason", "x")
        assert ended.status == 1
        assert "Certifikatet holder ikke, så der er ikke bygget videre på det." in ended.err
        assert "lodnummeret er" in ended.err
        assert not Path("extended.json").exists()

    def test_another_register_is_not_drawn_from(self, folder):
        lines = Path("register.csv").read_bytes().split(b"\n")
        Path("shorter.csv").write_bytes(b"\n".join(lines[:-80]))
        ended = extend("--n", 5, "--reason", "x", register="shorter.csv")
        assert ended.status == 1
        assert "Rammens fingeraftryk er nu" in ended.err

    def test_nothing_is_written_over(self, folder):
        before = document()
        assert extend("--n", 5, "--reason", "x", out="certificate.json").status == 2
        assert document() == before


class TestNewerDocuments:
    @pytest.mark.parametrize(
        "command",
        [
            pytest.param(("draw", "verify", "certificate.json", "register.csv"), id="verify"),
            pytest.param(("draw", "page", "certificate.json", "--out", "c.pdf"), id="page"),
            pytest.param(("draw", "recipe", "certificate.json"), id="recipe"),
            pytest.param(
                ("draw", "extend", "certificate.json", "register.csv", "--n", "1", "--out", "x.json"),
                id="extend",
            ),
        ],
    )
    def test_a_certificate_of_a_later_version_is_told_as_that(self, folder, command):
        edit(lambda edited: edited.update(format="lirk-certificate/2"))
        ended = typed(*command)
        assert ended.status == 2
        assert (
            "Filen har formatet lirk-certificate/2, og denne udgave af LIRK læser lirk-certificate/1."
            in ended.err
        )

    def test_and_a_freeze_in_english(self, folder, monkeypatch):
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        edit(lambda edited: edited.update(format="lirk-freeze/7"), "certificate-freeze.json")
        ended = typed(
            "draw", "cases", "register.csv", "--freeze", "certificate-freeze.json", "--seed", SEED, "--out", "x.json"
        )  # fmt: skip
        assert ended.status == 2
        assert (
            "The file has the format lirk-freeze/7, and this version of LIRK reads lirk-freeze/1."
            in ended.err
        )


class TestPage:
    def test_writes_one_page_in_the_reader_s_language(self, folder, monkeypatch):
        danish = typed("draw", "page", "certificate.json", "--out", "certificate.pdf")
        monkeypatch.setenv("LIRK_LANGUAGE", "en")
        english = typed("draw", "page", "certificate.json", "--out", "english.pdf")
        assert (danish.status, english.status) == (0, 0)
        assert danish.out == "Skrev certificate.pdf\n"
        for name, said in (("certificate.pdf", "tilfældigt udtræk"), ("english.pdf", "random draw")):
            reader = PdfReader(BytesIO(Path(name).read_bytes()))
            assert len(reader.pages) == 1
            assert said in reader.pages[0].extract_text()

    def test_it_shows_the_checksum_that_was_handed_out_before_the_seed(self, folder):
        typed("draw", "page", "certificate.json", "--out", "certificate.pdf")
        assert (
            document("certificate-freeze.json")["digest"]
            in PdfReader("certificate.pdf").pages[0].extract_text()
        )

    def test_the_certificate_is_not_written_over(self, folder):
        before = Path("certificate.json").read_bytes()
        assert typed("draw", "page", "certificate.json", "--out", "./certificate.json").status == 2
        assert Path("certificate.json").read_bytes() == before
        assert [typed("draw", "page", "certificate.json", "--out", "c.pdf").status for _ in range(2)] == [
            0,
            0,
        ]

    def test_no_certificate_is_refused(self, folder):
        assert typed("draw", "page", "certificate-freeze.json", "--out", "c.pdf").status == 2
        assert not Path("c.pdf").exists()


class TestEditedDocuments:
    """What is handed out as the certificate's is what was drawn: no page and no recipe of one that was edited."""

    @pytest.mark.parametrize("signed", [False, True], ids=["as it is", "with a fresh digest"])
    @pytest.mark.parametrize(
        "command",
        [
            pytest.param(("draw", "page", "certificate.json", "--out", "c.pdf"), id="page"),
            pytest.param(("draw", "recipe", "certificate.json"), id="recipe"),
        ],
    )
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            pytest.param("da", "Certifikatet holder ikke", id="Danish"),
            pytest.param("en", "The certificate does not hold", id="English"),
        ],
    )
    def test_are_refused(self, folder, monkeypatch, command, signed, language, said):
        monkeypatch.setenv("LIRK_LANGUAGE", language)
        edit(lambda edited: edited["strata"][0].update(N=edited["strata"][0]["N"] + 1))
        if signed:
            edit(lambda edited: edited.update(digest=digest(edited)))
        ended = typed(*command)
        assert (ended.status, ended.out) == (1, "")
        assert said in ended.err
        assert not Path("c.pdf").exists()


class TestRecipe:
    def test_a_line_for_each_drawn_case_prints_its_ticket(self, folder):
        ended = typed("draw", "recipe", "certificate.json")
        lines = ended.out.splitlines()
        main = [case for part in document()["strata"] for case in part["cases"] if case["role"] == "main"]
        assert len(lines) == len(main)
        assert ended.out == typed("draw", "recipe", "certificate.json", "--for", "sha256sum").out
        ran = subprocess.run(["sh", "-c", "\n".join(lines[:20])], capture_output=True, text=True, check=True)
        assert [line.split()[0] for line in ran.stdout.splitlines()] == [case["ticket"] for case in main[:20]]

    def test_the_sql_draws_the_same_cases_in_duckdb(self, folder):
        text = typed("draw", "recipe", "certificate.json", "--for", "duckdb").out
        certificate = document()
        register = register_of(Path("register.csv"), certificate)
        rows = plan_frame(register, DrawPlan.from_dict(certificate["plan"])).frame.rows()
        connection = duckdb.connect()
        connection.execute("CREATE TABLE frame (case_id VARCHAR, stratum VARCHAR)")
        connection.executemany("INSERT INTO frame VALUES (?, ?)", rows)
        drawn, fingerprint = text.split(";\n", 1)
        assert connection.execute(drawn).fetchall() == [
            (part["stratum"], case["case_id"], case["ticket"], case["rank"], case["role"])
            for part in certificate["strata"]
            for case in part["cases"]
        ]
        assert connection.execute(fingerprint).fetchall() == [(certificate["frame"]["fingerprint"],)]

    @pytest.mark.parametrize("means", ["sha256sum", "duckdb", "postgresql"])
    def test_nothing_that_somebody_wrote_into_it_is_printed_for_others_to_run(self, folder, means):
        for change in (
            lambda edited: edited["strata"][0]["cases"][0].update(ticket="x\ntouch harm"),
            lambda edited: edited["seed"].update(value="0'; DROP TABLE frame; --"),
        ):
            shutil.copyfile("declared.json", "odd.json")
            edit(change, "odd.json")
            edit(lambda edited: edited.update(digest=digest(edited)), "odd.json")
            ended = typed("draw", "recipe", "odd.json", "--for", means)
            assert (ended.status, ended.out) == (1, "")

    def test_there_is_one_for_postgresql(self, folder):
        assert "convert_to" in typed("draw", "recipe", "certificate.json", "--for", "postgresql").out


class TestSchema:
    @pytest.mark.parametrize("kind", ["certificate", "freeze"])
    def test_prints_the_published_one(self, kind):
        printed = json.loads(typed("draw", "schema", kind).out)
        assert printed == json.loads(
            (files("sampling") / "schemas" / f"lirk-{kind}-1.schema.json").read_text(encoding="utf-8")
        )

    def test_of_a_certificate_where_nothing_is_said(self):
        assert typed("draw", "schema").out == typed("draw", "schema", "certificate").out

    def test_of_nothing_else(self):
        assert typed("draw", "schema", "plan").status == 2
