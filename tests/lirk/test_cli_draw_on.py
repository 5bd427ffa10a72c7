"""``lirk draw … --on``: the same draw where the register lives, as it is typed."""

import io
import json
import sys
import uuid
from dataclasses import asdict
from pathlib import Path

import duckdb
import polars as pl
import psycopg
import pytest
from engine_tables import EVERY, SQL, engine_of
from typed import typed

from lirk.intake.plans import read_plan
from lirk.intake.register import read_register
from lirk.services.draws import plan_frame
from lirk.services.engine_draws import Place
from sampling import stratum_sizes
from sampling.certificate import certificate_of, freeze_counted

SEED = "16180339887498948482"
MAPPING = """
[columns]
case_number = "Sagsnr."
centre = "Center"
decision_date = "Afgjort"
outcome = "Udfald"

[outcome]
"Bevilget" = "full-grant"
"Delvist bevilget" = "partial-grant"
"Afslag" = "refusal"
"Frafaldet" = "not-a-decision"

[centre]
"Østre  center" = "Center Øst"
"""
KEEP = """
[keep]
from = 2025-02-01
to = 2025-11-30
outcomes = ["full-grant", "refusal"]
centres = ["Center Øst", "Center Å/Ø"]
"""
PLAN = """
mapping = "mapping.toml"
strata = {strata}
reserve = 2
{more}
[sizes]
method = "fixed"
n = 4
"""


def rows():
    centres = ["Center Øst", "Østre  center", " Center Å/Ø", "Borger's center", "Center 漢"]
    outcomes = ["Bevilget", "afslag", "Delvist bevilget", "Frafaldet", "Bevilget"]
    return [
        (
            f"{place % 3}/{place:04}-{'æøå'[place % 3]}",
            centres[place % 5],
            f"2025-{place % 12 + 1:02}-{place % 28 + 1:02}",
            outcomes[place // 5 % 5],
            "something else",
        )
        for place in range(400)
    ]


HEADINGS = ("Sagsnr.", "Center", "Afgjort", "Udfald", 'Andet "x"')


def table(more=()):
    return pl.DataFrame([*rows(), *more], schema=dict.fromkeys(HEADINGS, pl.String), orient="row")


def write_plan(strata='["centre"]', more="", mapping=MAPPING):
    Path("mapping.toml").write_text(mapping, encoding="utf-8")
    Path("plan.toml").write_text(PLAN.format(strata=strata, more=more), encoding="utf-8")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    table().write_csv("register.csv")
    write_plan()
    return tmp_path


@pytest.fixture
def place(request, folder):
    """What is written after the commands for a register in an engine; and a function that writes it anew."""

    def of(name, frame=None):
        frame = table() if frame is None else frame
        return {"duckdb": in_duckdb, "postgresql": in_postgres, "spark": in_spark}[name](request, frame)

    return of


def in_duckdb(_, frame):
    Path("register.duckdb").unlink(missing_ok=True)
    frame.write_csv("for-duckdb.csv")
    with duckdb.connect("register.duckdb") as connection:
        connection.execute('CREATE SCHEMA "sags.data"')
        connection.execute(
            'CREATE TABLE "sags.data"."Register\'s" AS FROM read_csv(\'for-duckdb.csv\', all_varchar = true)'
        )
    return ["--on", "register.duckdb", "--table", '"sags.data".Register\'s']


def in_postgres(request, frame):
    url, schema = request.getfixturevalue("postgres_database"), f"test {uuid.uuid4().hex}"
    columns = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" text' for name in frame.columns)
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(f'CREATE SCHEMA "{schema}"')
        cursor.execute(f'CREATE TABLE "{schema}"."Afgørelser" ({columns})')
        with cursor.copy(f'COPY "{schema}"."Afgørelser" FROM STDIN') as copy:
            for row in frame.iter_rows():
                copy.write_row(row)
    return ["--on", url, "--table", f"{schema}.Afgørelser"]


def in_spark(request, frame):
    request.getfixturevalue("spark")
    frame.write_parquet("register.parquet")
    return ["--on", "local[2]", "--table", "register.parquet"]


def freeze(*where, out="freeze.json"):
    return typed("draw", "freeze", *where, "--plan", "plan.toml", "--out", out)


def cases(*where, out="certificate.json", seed=SEED, more=("--freeze", "freeze.json")):
    return typed("draw", "cases", *where, *more, *(["--seed", seed] if seed else []), "--out", out)


def verify(*where, certificate="certificate.json"):
    return typed("draw", "verify", certificate, *where)


def read(name):
    return json.loads(Path(name).read_text(encoding="utf-8"))


class TestEveryEngine:
    @pytest.mark.parametrize("name", SQL)
    def test_the_draw_is_that_from_the_file_and_is_verified_there_and_from_the_file(self, place, name):
        where = place(name)
        assert freeze(*where).status == 0
        assert freeze("register.csv", out="of-file.json").status == 0
        there, file = read("freeze.json")["frame"], read("of-file.json")["frame"]
        for member in ("rows", "excluded", "strata", "fingerprint"):
            assert there[member] == file[member], member
        assert cases(*where).status == 0
        assert cases("register.csv", more=("--freeze", "of-file.json"), out="file.json").status == 0
        assert read("certificate.json")["strata"] == read("file.json")["strata"]
        for register in (where, ["register.csv"]):
            said = verify(*register)
            assert (said.status, said.err) == (0, "")
            assert "Udtrækket holder: 16 sager af 320 er trukket" in said.out
        assert verify(*where, certificate="file.json").status == 0

    @pytest.mark.parametrize("name", EVERY)
    def test_its_certificate_is_verified_from_the_register_file_alone(self, request, folder, name):
        planned = plan_frame(read_register(Path("register.csv")), read_plan(Path("plan.toml")))
        with engine_of(request, name, planned.frame) as engine:
            frozen = freeze_counted(
                engine.counts(),
                engine.fingerprint("salt"),
                plan=planned.plan.as_dict(),
                mapping=planned.register.mapping,
                source="register",
                rows=planned.register.rows,
                excluded=[asdict(rule) for rule in planned.excluded],
                salt="salt",
                at=request.getfixturevalue("now"),
            )
            sizes = {part.stratum: part.n + part.reserve for part in stratum_sizes(frozen)}
            drawn = engine.draw(sizes, SEED)
        now = request.getfixturevalue("now")
        seed = {"value": SEED, "how": "dice", "witnesses": [], "at": now.isoformat()}
        certificate = certificate_of(frozen, drawn, seed, at=now)
        Path("certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
        assert verify("register.csv").status == 0

    @pytest.mark.parametrize("name", SQL)
    def test_a_changed_register_is_told(self, place, name):
        assert freeze(*place(name)).status == 0
        where = place(name, table([("9/new", "Center Øst", "2025-05-05", "Bevilget", "")]))
        said = cases(*where)
        assert said.status == 1
        assert "Center Øst: antallet af sager er nu 129; ved frysningen 128." in said.err
        assert not Path("certificate.json").exists()
        assert cases(*place(name)).status == 0
        first = read("certificate.json")["strata"][0]["cases"][0]["case_id"]
        gone = place(name, table().filter(pl.col("Sagsnr.") != first))
        said = verify(*gone)
        assert said.status == 1
        assert f"{first}: sagen er ikke længere i rammen" in said.out


class TestMapping:
    @pytest.mark.parametrize("name", ["duckdb", "postgresql"])
    @pytest.mark.parametrize(
        ("strata", "mapping", "more"),
        [
            pytest.param('["centre", "outcome_group"]', MAPPING, "", id="outcome group"),
            pytest.param('["centre", "outcome_group"]', MAPPING + KEEP, "", id="filters"),
            pytest.param('["centre"]', MAPPING + "[keep]\nfrom = 2025-06-15\n", "", id="open period"),
            pytest.param(
                '["centre"]',
                MAPPING,
                '[[exclude]]\nreason = "Læst før"\ncase_numbers_file = "read.txt"\n'
                '[[exclude]]\nreason = "Klage"\ncase_numbers_file = "complaints.txt"\n',
                id="exclusions",
            ),
        ],
    )
    def test_it_means_what_it_means_for_a_file(self, place, name, strata, mapping, more):
        write_plan(strata, more, mapping)
        Path("read.txt").write_text("0/0000-æ\n2/0002-å\nnej\n", encoding="utf-8")
        Path("complaints.txt").write_text("0/0000-æ\n1/0001-ø\n", encoding="utf-8")
        where = place(name)
        there, file = freeze(*where), freeze("register.csv", out="of-file.json")
        assert there.status == file.status == 0
        for member in ("rows", "excluded", "strata", "fingerprint"):
            assert read("freeze.json")["frame"][member] == read("of-file.json")["frame"][member], member
        assert cases(*where).status == 0
        assert verify("register.csv").status == verify(*where).status == 0
        assert ("nej" in there.err) == ("nej" in file.err) == bool(more)

    @pytest.mark.parametrize("name", ["duckdb", "postgresql"])
    def test_blank_rows_are_left_out_and_counted_as_in_a_file(self, place, name):
        table([(None,) * 5, (None,) * 5]).write_csv("register.csv")
        where = place(name, table([(None,) * 5, (None,) * 5]))
        assert freeze(*where).status == freeze("register.csv", out="of-file.json").status == 0
        excluded = read("freeze.json")["frame"]["excluded"]
        assert excluded == read("of-file.json")["frame"]["excluded"]
        assert excluded[0] == {"reason": "blank-row", "value": "", "count": 2}

    @pytest.mark.parametrize("key", ["local_case_numbers", "identical_rows_once"])
    def test_what_needs_every_row_is_refused_by_name(self, place, key):
        write_plan(mapping=f"{MAPPING}[keep]\n{key} = true\n")
        said = freeze(*place("duckdb"))
        assert said.status == 1
        assert f"{key} kan ikke bruges, hvor registret bor" in said.err
        assert not Path("freeze.json").exists()

    def test_how_to_read_a_file_is_remarked_upon(self, place):
        write_plan(mapping=f'{MAPPING}[read]\nseparator = ","\n')
        said = freeze(*place("duckdb"))
        assert said.status == 0
        assert "Afsnittet gælder kun filer og er ikke brugt her (separator)." in said.err

    def test_a_column_of_dates_and_times_has_days(self, folder):
        write_plan(mapping=MAPPING + KEEP)
        assert freeze("register.csv", out="of-file.json").status == 0
        for number, kind in enumerate(("DATE", "TIMESTAMP")):
            with duckdb.connect("days.duckdb") as connection:
                connection.execute(
                    "CREATE OR REPLACE TABLE days AS FROM read_csv('register.csv', all_varchar = true)"
                )
                connection.execute(f"ALTER TABLE days ALTER Afgjort TYPE {kind}")
            said = freeze("--on", "duckdb:///days.duckdb", "--table", "days", out=f"{number}.json")
            assert said.status == 0
            for member in ("excluded", "strata", "fingerprint"):
                assert read(f"{number}.json")["frame"][member] == read("of-file.json")["frame"][member]

    def test_days_in_postgres_do_not_depend_on_the_servers_settings(self, request, place):
        write_plan(mapping=MAPPING + KEEP)
        where = place("postgresql")
        with psycopg.connect(where[1], autocommit=True) as connection:
            schema, name = where[3].split(".")
            connection.execute(
                f'ALTER TABLE "{schema}"."{name}" ALTER "Afgjort" TYPE date USING "Afgjort"::date'
            )
        styled = where[1] + ("&" if "?" in where[1] else "?") + "options=-c%20DateStyle%3DGerman"
        assert freeze("--on", styled, *where[2:]).status == 0
        assert freeze("register.csv", out="of-file.json").status == 0
        assert read("freeze.json")["frame"]["fingerprint"] == read("of-file.json")["frame"]["fingerprint"]

    @pytest.mark.parametrize("day", ["01-02-2025", "2025-02-01T10:00:00+01:00", None])
    def test_days_of_another_form_are_refused(self, place, day):
        write_plan(mapping=MAPPING + KEEP)
        said = freeze(*place("duckdb", table([("9/odd", "Center Øst", day, "Bevilget", "")])))
        assert said.status == 1
        assert "Rækker, hvor afgørelsens dato ikke er en dag: 1." in said.err

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (("0/0000-æ", "Center Øst", "2025-01-01", "Bevilget", ""), "Sagsnummeret 0/0000-æ står 2 gange."),
            ((" 9/1", "Center Øst", "2025-01-01", "Bevilget", ""), "Sagsnummeret » 9/1« har mellemrum"),
            (("0/0000-Æ", "Center Øst", "2025-01-01", "Bevilget", ""), "»0/0000-Æ« og »0/0000-æ« læses"),
            (("9/e\u0301", "Center Øst", "2025-01-01", "Bevilget", ""), "sammensatte tegn"),
            ((None, "Center Øst", "2025-01-01", "Bevilget", ""), "Rækker uden sagsnummer: 1."),
            (("9/1", "", "2025-01-01", "Bevilget", ""), "Sager uden center eller udfald"),
            (("9/1", "Center Øst", "2025-01-01", "Måske", ""), "Udfaldet »Måske« har endnu ingen betydning"),
            (("010170-1234", "Center Øst", "2025-01-01", "Bevilget", ""), "der ligner CPR-numre"),
            (("9/1", "010170-1234", "2025-01-01", "Bevilget", ""), "der ligner CPR-numre"),
        ],
    )
    @pytest.mark.parametrize("name", ["duckdb", "postgresql"])
    def test_faults_in_the_rows_are_told(self, place, name, row, sentence):
        said = freeze(*place(name, table([row])))
        assert said.status == 1
        assert sentence in said.err
        assert "1234" not in said.err
        assert not Path("freeze.json").exists()

    def test_an_empty_table_has_no_cases(self, place):
        assert "ingen sager" in freeze(*place("duckdb", table().head(0))).err


class TestOneCommand:
    def test_the_seed_is_asked_for_when_the_fingerprint_was_shown(self, folder, monkeypatch):
        terminal = io.StringIO(f"123\n{SEED}\n")
        terminal.isatty = lambda: True
        monkeypatch.setattr(sys, "stdin", terminal)
        said = cases("--on", "register.csv", seed=None, more=("--plan", "plan.toml"))
        assert said.status == 0
        certificate = read("certificate.json")
        assert said.out.index(certificate["frame"]["fingerprint"]) < said.out.index(f"Frø: {SEED}")
        assert "præcis 20 cifre" in said.err
        assert "i én kommando" not in said.err
        assert certificate["committed_at"] <= certificate["seed"]["at"]
        assert verify("register.csv").status == 0

    def test_a_seed_beside_the_plan_is_remarked_upon(self, folder):
        said = cases("--on", "register.csv", more=("--plan", "plan.toml", "--json"))
        assert said.status == 0
        assert "seed-in-same-command" in said.out
        fingerprint = json.loads(said.out)["fingerprint"]
        assert fingerprint in said.err
        assert (
            "Ramme og frø blev givet i én kommando"
            in cases("--on", "register.csv", more=("--plan", "plan.toml"), out="second.json").err
        )

    def test_without_a_terminal_nobody_is_asked(self, folder, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.StringIO(SEED))
        said = cases("--on", "register.csv", seed=None, more=("--plan", "plan.toml"))
        assert (said.status, said.out) == (2, "")
        assert "Frøet mangler." in said.err


class TestRefusals:
    @pytest.mark.parametrize(
        "where", [["register.csv", "--on", "register.csv"], [], ["register.csv", "--table", "x"]]
    )
    def test_a_file_or_a_place(self, folder, where):
        for said in (freeze(*where), cases(*where, more=("--freeze", "no.json"))):
            assert said.status == 2
            assert "Nævn enten registrets fil" in said.err

    @pytest.mark.parametrize(
        ("where", "more"),
        [
            (["register.csv"], ["--plan", "plan.toml"]),
            (["--on", "register.csv"], []),
            (["--on", "register.csv"], ["--plan", "plan.toml", "--freeze", "freeze.json"]),
        ],
    )
    def test_a_freeze_or_a_plan(self, folder, where, more):
        said = cases(*where, more=more)
        assert said.status == 2
        assert "Nævn enten frysningen" in said.err

    @pytest.mark.parametrize(
        ("where", "sentence"),
        [
            (
                ["--on", "mysql://u:Hemmeligt1@host/x", "--table", "t"],
                "Ingen database læser »mysql://host/x«",
            ),
            (["--on", "nowhere.duckdb", "--table", "t"], "Der kan ikke trækkes fra »t« i duckdb"),
            (["--on", "nowhere.parquet"], "nowhere.parquet"),
            (["--on", "register.csv", "--table", "other"], "is one table itself"),
            (["--on", "postgresql://u:Hemmeligt1@127.0.0.1:1/x", "--table", "t"], "i postgresql: connection"),
            (["--on", "postgresql://u:Hem@meligt1@x:y@127.0.0.1:1/x", "--table", "t"], "i postgresql:"),
            (
                ["--on", "postgresql://127.0.0.1:1/x?password=Hemmeligt1&bad=1", "--table", "t"],
                "i postgresql:",
            ),
            (["--on", "spark://127.0.0.1:1", "--table", "t"], "i spark: [Errno 111]"),
            (["--on", "spark://nowhere", "--table", "t"], "i spark:"),
        ],
    )
    def test_a_place_that_does_not_answer_is_named_without_its_password(self, folder, where, sentence):
        said = freeze(*where)
        assert said.status == 2
        assert sentence in said.err
        assert "meligt1" not in said.err + said.out

    @pytest.mark.parametrize("name", SQL)
    def test_a_table_that_is_not_there(self, place, name):
        on, address, *_ = place(name)
        said = freeze(on, address, "--table", 'no"such; DROP')
        assert said.status == 2
        assert f"i {name}: " in said.err

    def test_a_column_that_is_not_there(self, place):
        write_plan(mapping=MAPPING.replace('"Sagsnr."', '"Journalnr."'))
        said = freeze(*place("duckdb"))
        assert said.status == 1
        assert "ingen kolonne »Journalnr.«" in said.err

    def test_numbers_that_are_no_text(self, folder):
        with duckdb.connect("numbers.duckdb") as connection:
            connection.execute('CREATE TABLE t ("Sagsnr." INT, Center TEXT, Afgjort TEXT, Udfald TEXT)')
        said = freeze("--on", "numbers.duckdb", "--table", "t")
        assert said.status == 1
        assert "Kolonnen »Sagsnr.« er ikke tekst." in said.err

    @pytest.mark.parametrize(
        ("module", "where", "extra"),
        [
            ("duckdb", ["--on", "register.csv"], "lirk[duckdb]"),
            ("psycopg", ["--on", "postgresql://x/y", "--table", "t"], "lirk[postgres]"),
            ("pyspark.sql", ["--on", "local[1]", "--table", "t"], "lirk[spark]"),
        ],
    )
    def test_an_engine_that_is_not_installed(self, folder, monkeypatch, module, where, extra):
        monkeypatch.setitem(sys.modules, module, None)
        said = freeze(*where)
        assert said.status == 2
        assert "er ikke installeret" in said.err
        assert extra in said.err

    def test_a_database_in_another_encoding(self, folder, postgres_server):
        name = f"lirk_latin_{uuid.uuid4().hex}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
            try:
                url = psycopg.conninfo.make_conninfo(postgres_server, dbname=name)
                parts = psycopg.conninfo.conninfo_to_dict(url)
                address = f"postgresql://{parts.get('user', '')}@/{name}?host={parts['host']}"
                said = freeze("--on", address, "--table", "t")
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        assert said.status == 2
        assert "LATIN1" in said.err


def test_a_certificate_names_neither_user_nor_password():
    assert Place("postgresql://anna:hemmeligt@server:5432/sager?sslmode=require", "a.b").shown == (
        "postgresql://server:5432/sager, a.b"
    )
    assert Place("/home/anna/register.parquet").shown == "register.parquet"
