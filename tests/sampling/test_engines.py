"""All five engines against the reference, on a real PostgreSQL, DuckDB and a local Spark."""

import polars as pl
import pytest
from engine_tables import EVERY, SQL, engine_of

from sampling.engines import sql
from sampling.engines.addresses import shown, without_secrets
from sampling.engines.dialect import name_parts
from sampling.errors import (
    EngineFailed,
    FrameBroken,
    FrameEmpty,
    SaltInvalid,
    SeedInvalid,
    SizeMissing,
    SizeNegative,
    StrataAmbiguous,
)
from sampling.frame import counts, fingerprint, require_drawable, stratify
from sampling.select import draw_sample

SEED = "27182818284590452353"
ODD = (
    "0001", "001", "01", "1", "10", "9",                            # leading zeros, and numbers as text
    "æ", "ø", "å", "Æ", "Ø", "Å", "aa", "Aa", "AA", "z", "Z", "ä", "ö", "ß", "ss", "é", "ð", "þ",
    "O'Brien", "''", "'; DROP TABLE register; --", 'say "æ"', '""', "`tick`", "a\\b", "\\\\", "\\n", "a\\",
    "%s", "%(x)s", "100%", "$1", "$file", ":seed", "{}", "{0}", "?", "@x", "#x", "NULL", "null", "NaN", "true",
    "a b", "a-b", "a_b", "ab", "a.b", "a/b", "a+b", "A b", "a  b", "a\u00a0b", "a,b", "a;b", "=1+1", "-1", "1e5",
    "漢字-2026", "かな", "한국", "Ωmega", "Привет", "عربى", "ไทย", "👍🏽", "👩‍👩‍👧", "🇩🇰", "𝔘",
    "\uffee", "\ue000", "\U0010fffd",
    "x" * 1000, "æ" * 500, "23/00123", "2016-012345", "27.60.08-G01-214-23",
)  # fmt: skip


def register(cases=ODD):
    """A register whose cases are of odd numbers, in strata with names that sort unlike their bytes."""
    centres = ["Ærø", "Østerbro", "Aalborg", "ålborg", "Zoo", "b", None, "", "  ", "O'Hara", 'a"b', "100 %"]
    return pl.DataFrame(
        {
            "case_id": list(cases),
            "centre": [centres[place % len(centres)] for place, _ in enumerate(cases)],
            "group": [("full-grant", "not-full-grant", None)[place % 3] for place, _ in enumerate(cases)],
        },
        schema=dict.fromkeys(["case_id", "centre", "group"], pl.String),
    )


def many(cases=3000):
    """A register so large that the threshold leaves most cases out."""
    return register([f"{place % 7:02}/{place:05}-å" for place in range(cases)])


def framed(rows, columns=("centre", "group")):
    return stratify(rows, columns).select("case_id", "stratum")


@pytest.mark.parametrize("name", EVERY)
class TestConformance:
    def test_counts_and_fingerprint(self, request, name):
        frame = framed(register())
        with engine_of(request, name, register(), strata=("centre", "group")) as engine:
            assert engine.name == name
            assert list(engine.counts().items()) == list(counts(frame).items())
            for salt in (None, "salt", "så lt'\"\\%s 漢"):
                assert engine.fingerprint(salt) == fingerprint(frame, salt)
            with pytest.raises(SaltInvalid):
                engine.fingerprint("two\nlines")

    def test_draws(self, request, name):
        frame = framed(register())
        with engine_of(request, name, register(), strata=("centre", "group")) as engine:
            for n in (0, 1, 2, 1000):
                sizes = dict.fromkeys(counts(frame), n)
                drawn = engine.draw(sizes, SEED)
                expected = draw_sample(frame, sizes, SEED).select("case_id", "stratum", "ticket", "rank")
                assert drawn.schema == expected.schema
                assert drawn.rows() == expected.rows()

    def test_a_larger_register_and_different_sizes(self, request, name):
        frame = framed(many(), ("centre",))
        sizes = {stratum: 7 * place for place, stratum in enumerate(counts(frame))}
        with engine_of(request, name, many(), strata=("centre",)) as engine:
            assert engine.draw(sizes, SEED).rows() == draw_sample(frame, sizes, SEED).rows()
            assert engine.fingerprint("s") == fingerprint(frame, "s")

    def test_one_column_of_strata_as_it_stands_and_excluded_cases(self, request, name):
        rows = framed(register())
        left = rows.filter(~pl.col("case_id").is_in(["æ", "'; DROP TABLE register; --", "👩‍👩‍👧"]))
        excluded = ("æ", "'; DROP TABLE register; --", "👩‍👩‍👧", "not there", "æ")
        with engine_of(request, name, rows, exclude=excluded) as engine:
            assert engine.counts() == counts(left)
            assert engine.fingerprint() == fingerprint(left)
            sizes = dict.fromkeys(counts(left), 2)
            assert engine.draw(sizes, SEED).rows() == draw_sample(left, sizes, SEED).rows()

    def test_cases_are_located(self, request, name):
        frame = framed(register())
        where = dict(frame.rows())
        asked = ["æ", "Æ", "0001", "👍🏽", "a\\b", "nobody", "æ", ""]
        with engine_of(request, name, register(), strata=("centre", "group")) as engine:
            assert engine.locate(asked) == {case: where[case] for case in asked if case in where}
            assert engine.locate([]) == {}

    def test_an_empty_register(self, request, name):
        with engine_of(request, name, framed(register([]))) as engine:
            for answer in (engine.counts, engine.fingerprint, lambda: engine.draw({}, SEED)):
                with pytest.raises(FrameEmpty):
                    answer()

    def test_questions_that_are_not_well_formed(self, request, name):
        with engine_of(request, name, framed(register(["1", "2"]))) as engine:
            strata = list(engine.counts())
            with pytest.raises(SeedInvalid):
                engine.draw(dict.fromkeys(strata, 1), "123")
            with pytest.raises(SizeNegative):
                engine.draw(dict.fromkeys(strata, -1), SEED)
            with pytest.raises(SizeMissing) as raised:
                engine.draw({}, SEED)
            assert raised.value.values == {"stratum": strata[0]}
            assert engine.draw({**dict.fromkeys(strata, 1), "elsewhere": 5}, SEED).height == len(strata)


BROKEN = {
    "empty": [("1", "a"), (None, "a"), ("", "a"), (" \u00a0\u2003", "b")],
    "tab": [("1", "a"), ("2\t3", "a")],
    "line feed": [("1\n", "a")],
    "next line": [("1\u0085", "a"), ("2", "a")],
    "line separator": [("1\u2028", "a")],
    "delete": [("1\x7f", "a")],
    "not NFC": [("ok", "a"), ("A\u030a", "a"), ("æ", "a")],
    "an Ångström sign": [("\u212b", "a")],
    "doubled": [("1", "a"), ("1", "b"), ("2", "a"), ("1", "a")],
    "several kinds": [("", "a"), ("1\t", "a"), ("e\u0301", "a"), ("x", "a"), ("x", "a"), ("y", "a\tb")],
    "many of one kind": [(f"{number:03}\r", "a") for number in range(60)],
    "many doubled": [(f"{number:03}", "a") for number in range(60)] * 2,
    "stratum with a control character": [("1", "a\tb"), ("2", "c")],
}


def as_column(rows):
    return pl.DataFrame(rows, schema={"case_id": pl.String, "stratum": pl.String}, orient="row")


@pytest.mark.parametrize("name", EVERY)
class TestBrokenFrames:
    def test_are_refused_as_the_reference_refuses_them(self, request, name):
        for kind, rows in BROKEN.items():
            frame = as_column(rows)
            with pytest.raises(FrameBroken) as expected:
                require_drawable(frame)
            with engine_of(request, name, frame) as engine, pytest.raises(FrameBroken) as raised:
                engine.draw({"a": 1, "b": 1, "c": 1}, SEED)
            assert raised.value.values == expected.value.values, kind

    def test_every_answer_refuses_them(self, request, name):
        with engine_of(request, name, as_column(BROKEN["doubled"])) as engine:
            for ask in (engine.counts, engine.fingerprint, lambda: engine.locate(["1"])):
                with pytest.raises(FrameBroken):
                    ask()


@pytest.mark.parametrize("name", SQL)
class TestSql:
    def test_a_frame_too_large_to_be_hashed_inside_passes_through(self, request, name, monkeypatch):
        monkeypatch.setattr(sql, "HASHED_INSIDE", 0)
        frame = framed(register())
        with engine_of(request, name, register(), strata=("centre", "group")) as engine:
            assert engine.fingerprint("å") == fingerprint(frame, "å")

    def test_strata_that_the_threshold_cut_too_short_are_read_whole(self, request, name, monkeypatch):
        monkeypatch.setattr(sql, "_limit", lambda n, cases: "1")
        frame = framed(many(600), ("centre",))
        sizes = dict.fromkeys(counts(frame), 30)
        with engine_of(request, name, many(600), strata=("centre",)) as engine:
            assert engine.draw(sizes, SEED).rows() == draw_sample(frame, sizes, SEED).rows()

    def test_two_strata_of_one_name_are_refused(self, request, name):
        rows = pl.DataFrame({"case_id": ["1", "2"], "centre": ["a/b", "a"], "group": ["c", "b/c"]})
        with engine_of(request, name, rows, strata=("centre", "group")) as engine:
            with pytest.raises(StrataAmbiguous) as raised:
                engine.counts()
            assert raised.value.values == {"stratum": "a/b/c"}

    def test_columns_with_odd_names(self, request, name):
        rows = pl.DataFrame({'sag "nr" `x` %s': ["1", "å"], "center's; --": ["a", "b"]})
        columns = {"case_id": 'sag "nr" `x` %s', "strata": ("center's; --",)}
        with engine_of(request, name, rows, **columns) as engine:
            assert engine.counts() == {"a": 1, "b": 1}

    def test_a_column_that_is_not_there(self, request, name):
        with engine_of(request, name, register(), case_id='x" FROM secrets; --') as engine:
            with pytest.raises(EngineFailed) as raised:
                engine.counts()
            assert raised.value.values["engine"] == name
            assert "there are case_id, centre, group" in raised.value.values["reason"]

    def test_a_case_that_a_database_would_ticket_otherwise_is_noticed(self, request, name, monkeypatch):
        monkeypatch.setattr(sql, "tickets", lambda seed, ids: ["0" * 64 for _ in ids])
        with engine_of(request, name, framed(register(["1"]))) as engine:
            with pytest.raises(EngineFailed) as raised:
                engine.draw(dict.fromkeys(engine.counts(), 1), SEED)
            assert "its ticket of '1'" in raised.value.values["reason"]


class TestNames:
    @pytest.mark.parametrize(
        ("name", "parts"),
        [
            ("register", ["register"]),
            ("sager.Afgørelser", ["sager", "Afgørelser"]),
            ('"a.b"."c ""d"""', ["a.b", 'c "d"']),
            ('sager."x.y"', ["sager", "x.y"]),
            ('"open', ['"open']),
            ('a"b; --', ['a"b; --']),
            ("", [""]),
            (".a", [".a"]),
        ],
    )
    def test_schema_and_table_are_told_apart(self, name, parts):
        assert name_parts(name) == parts


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "said", "told"),
        [
            ("postgresql://u:secret@h/d", "no password secret", "no password ***"),
            ("postgresql://u:se%20cret@h/d", "se cret, se%20cret", "***, ***"),
            ("postgresql://u:pass@word@h/d", "could not find word@h", "could not find ***@h"),
            ("postgresql://h/d?password=secret&sslmode=x", "secret x", "*** x"),
            ("postgresql://h/d", "database d", "database d"),
        ],
    )
    def test_no_part_of_a_password_is_told(self, address, said, told):
        assert without_secrets(said, address) == told

    def test_an_address_is_shown_without_user_password_and_parameters(self):
        assert shown("postgresql://u:p@h:5432/d?x=y") == "postgresql://h:5432/d"
        assert shown("folder/register.parquet") == "folder/register.parquet"
