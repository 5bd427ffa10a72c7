"""The recipes are run as they are handed out: in sh, in DuckDB and in PostgreSQL."""

import subprocess
from datetime import UTC, datetime, timedelta

import duckdb
import polars as pl
import psycopg
import pytest

from sampling import freeze, replace_case, ticket
from sampling.certificate import certificate
from sampling.errors import DialectUnknown
from sampling.extension import extend_certificate
from sampling.recipe import DIALECTS, example_case, fingerprint_sql, sha256sum_line, short_sql, sql

SEED = "31415926535897932384"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)

#: What case numbers and strata look like at their worst; both halves are joined to every number.
ODD = [
    "æøå",
    "Ærø ØÅ",
    "o'brien",
    "''",
    '"quoted"',
    "back\\slash",
    "\\'",
    "文書",
    "$1 $$",
    "%s",
    "--",
    "😀",
    "-n",
]
STRATA = ["Nord", "nord", "Ærø", "o'Hara \\", "東京", 'a"b', "Tomt"]


def frame():
    cases = [f"{odd}/{number}" for odd in ODD for number in range(12)]
    return pl.DataFrame(
        {"case_id": cases, "stratum": [STRATA[at % (len(STRATA) - 1)] for at in range(len(cases))]}
    )


def drawn(**changes):
    plan = {
        "title": "x", "strata": ["centre"], "reserve": 4, "salt": True, "exclude": [],
        "sizes": {"method": "fixed", "n": 6}, "mapping": None, "extension": None,
    }  # fmt: skip
    frozen = freeze(
        frame(),
        **{
            "plan": plan,
            "mapping": {"columns": {"case_number": 'Sag\n"nr."', "centre": "Center"}},
            "source": "register\n; DROP TABLE frame; --.csv",
            "rows": 156,
            "excluded": [],
            "strata": ["Tomt"],
            "salt": "sa'lt\\",
            "at": NOON,
            **changes,
        },
    )
    seed = {"value": SEED, "how": "dice", "witnesses": [], "at": LATER.isoformat()}
    return certificate(frozen, frame(), seed, at=LATER)


def grown():
    """A draw of which two cases were replaced, then the sample extended, then another replaced."""
    document = drawn()
    for _ in range(2):
        document = replace_case(document, first(document), "x", LATER)
    document = extend_certificate(document, frame(), 3, reason="x", at=LATER)
    return replace_case(document, first(document), "x", LATER)


def first(document):
    out = {one["out"] for one in document["replacements"]}
    return next(case["case_id"] for case in document["strata"][0]["cases"] if case["case_id"] not in out)


def listed(document):
    return [
        (part["stratum"], case["case_id"], case["ticket"], case["rank"], case["role"])
        for part in document["strata"]
        for case in part["cases"]
    ]


def answers(text, run):
    """The rows of each statement of a recipe."""
    return [run(statement) for statement in text.split(";\n") if statement]


def without_comments(text):
    return "".join(line for line in text.splitlines() if not line.startswith("--")).strip()


def rows(cursor):
    return cursor.fetchall() if cursor.description else []


@pytest.fixture
def in_duckdb():
    connection = duckdb.connect()
    connection.execute("CREATE TABLE frame (case_id VARCHAR, stratum VARCHAR)")
    connection.executemany("INSERT INTO frame VALUES (?, ?)", frame().rows())
    yield lambda text: connection.execute(text).fetchall()
    connection.close()


@pytest.fixture
def in_postgresql(postgres_database):
    with psycopg.connect(postgres_database) as connection:
        connection.execute("CREATE TEMPORARY TABLE frame (case_id text, stratum text)")
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO frame VALUES (%s, %s)", frame().rows())
        yield lambda text: rows(connection.execute(text))


@pytest.fixture(params=DIALECTS)
def dialect(request):
    return request.param


@pytest.fixture
def run(request, dialect):
    return request.getfixturevalue(f"in_{dialect}")


class TestSql:
    @pytest.mark.parametrize("made", [drawn, grown], ids=["a draw", "extended between replacements"])
    def test_brings_out_the_cases_and_the_fingerprint_of_the_certificate(self, dialect, run, made):
        document = made()
        cases, fingerprint = answers(sql(document, dialect), run)
        assert cases == listed(document)
        assert fingerprint == [(document["frame"]["fingerprint"],)]

    def test_runs_as_one_script(self, dialect, run):
        assert run(sql(drawn(), dialect)) is not None

    def test_without_a_salt(self, dialect, run):
        document = drawn(salt=None)
        assert run(fingerprint_sql(document, dialect)) == [(document["frame"]["fingerprint"],)]

    def test_a_seed_is_quoted_like_everything_from_outside(self, dialect, run):
        document = drawn()
        odd = {**document, "seed": {**document["seed"], "value": "0' || 1/0 || '"}}
        assert f"'{odd['seed']['value']}" not in sql(odd, dialect) + short_sql(odd, dialect)

    def test_another_frame_gives_another_fingerprint(self, dialect, run):
        document = drawn()
        run("DELETE FROM frame WHERE case_id = 'æøå/0'")
        assert run(fingerprint_sql(document, dialect)) != [(document["frame"]["fingerprint"],)]

    def test_a_certificate_without_strata_draws_nothing(self, dialect, run):
        document = {**drawn(), "strata": []}
        assert answers(sql(document, dialect), run)[0] == []

    def test_what_stands_in_comments_stays_there(self, dialect):
        text = sql(drawn(), dialect)
        assert "DROP TABLE" not in without_comments(text)
        assert '"Sag ""nr.""" AS case_id, "Center" AS stratum' in text

    def test_says_how_much_postgresql_holds(self):
        assert "1 GB" in sql(drawn(), "postgresql")
        assert "1 GB" not in sql(drawn(), "duckdb")

    @pytest.mark.parametrize("make", [sql, fingerprint_sql, short_sql])
    def test_another_dialect_is_refused(self, make):
        with pytest.raises(DialectUnknown) as caught:
            make(drawn(), "oracle")
        assert caught.value.values == {"dialect": "oracle", "known": ("duckdb", "postgresql")}


class TestShortSql:
    def test_brings_out_the_sample_with_the_sizes_as_a_table(self, dialect, run):
        document = drawn()
        run("CREATE TEMPORARY TABLE sizes AS SELECT stratum, 6 AS n FROM frame GROUP BY stratum")
        found = {row[1:3] for row in run(short_sql(document, dialect))}
        assert found == {(case, ticket) for _, case, ticket, _, role in listed(document) if role == "main"}


class TestSha256sumLine:
    @pytest.mark.parametrize("odd", ODD)
    def test_prints_the_ticket_in_sh(self, odd):
        case = f"{odd}/3"
        line = sha256sum_line(drawn(), case)
        done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True)
        assert done.stdout.split()[0] == ticket(SEED, case)

    def test_takes_a_case_that_chance_chose(self):
        document = drawn()
        case = example_case(document)
        assert case["case_id"] in sha256sum_line(document).replace("'\"'\"'", "'")
        done = subprocess.run(
            ["sh", "-c", sha256sum_line(document)], capture_output=True, text=True, check=True
        )
        assert done.stdout.split()[0] == case["ticket"]

    def test_takes_one_of_a_full_count_where_there_is_no_other(self):
        part = next(part for part in drawn()["strata"] if part["cases"])
        whole = {**drawn(), "strata": [{**part, "N": part["n"]}]}
        assert example_case(whole) == part["cases"][0]

    def test_nothing_drawn_gives_no_line(self):
        document = {**drawn(), "strata": []}
        assert example_case(document) is None
        assert sha256sum_line(document) is None
