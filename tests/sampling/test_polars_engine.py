"""The Polars engine: quick ways that answer as the slow one does."""

import sys
from math import sqrt
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from sampling.engines import polars_engine
from sampling.engines.polars_engine import PolarsEngine, fast_ticket, least_rows, plain_ticket
from sampling.engines.reference import ReferenceEngine
from sampling.errors import (
    ColumnMissing,
    ColumnNotText,
    EngineFailed,
    FrameBroken,
    SaltInvalid,
    SeedInvalid,
    SizeMissing,
    SizeNegative,
)
from sampling.select import tickets

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)

SEED = "31415926535897932384"

strata_by_case = st.dictionaries(
    st.text("abæ漢0123/-'\\", min_size=1, max_size=6),
    st.sampled_from(["Nord", "Nord 2", "Øst"]),
    min_size=1,
    max_size=60,
)


def frame_of(strata):
    return pl.DataFrame(
        {"case_id": list(strata), "stratum": list(strata.values())},
        schema={"case_id": pl.String, "stratum": pl.String},
    )


def large(cases):
    """One large stratum, one of a few hundred cases and one of three, in one order of many."""
    chance = np.random.default_rng(7).permutation(cases)
    named = {f"23/{number:06}-ø": "Stor" if number % 50 else "Mindre" for number in chance.tolist()}
    return frame_of({**named, "a": "Lille", "b": "Lille", "c": "Lille"})


@pytest.fixture(scope="module")
def register():
    return large(20_000)


def one_by_one(expression, ids):
    return pl.DataFrame({"case_id": ids}).select(expression).to_series().to_list()


class TestPolarsEngine:
    @given(strata=strata_by_case, sizes=st.lists(st.integers(0, 20), min_size=3, max_size=3))
    @settings(PATIENT, max_examples=40)
    def test_answers_as_the_reference(self, strata, sizes):
        wanted = dict(zip(["Nord", "Nord 2", "Øst"], sizes, strict=True))
        engine, reference = PolarsEngine(frame_of(strata)), ReferenceEngine(frame_of(strata))
        assert list(engine.counts().items()) == list(reference.counts().items())
        assert engine.fingerprint() == reference.fingerprint()
        assert engine.fingerprint("salt") == reference.fingerprint("salt")
        assert engine.draw(wanted, SEED).equals(reference.draw(wanted, SEED))
        assert engine.locate([*strata][::2]) == {case: strata[case] for case in [*strata][::2]}

    @pytest.mark.parametrize(
        "sizes",
        [
            pytest.param({"Stor": 30, "Mindre": 30, "Lille": 30}, id="a stratum drawn whole"),
            pytest.param({"Stor": 30, "Mindre": 0, "Lille": 0}, id="one stratum"),
            pytest.param({"Stor": 0, "Mindre": 0, "Lille": 2}, id="the smallest"),
            pytest.param({"Stor": 0, "Mindre": 0, "Lille": 0}, id="none"),
            pytest.param({"Stor": 5, "Mindre": 395, "Lille": 1}, id="nearly all of one"),
            pytest.param({"Stor": 10**9, "Mindre": 1, "Lille": 1}, id="more than there are"),
        ],
    )
    def test_draws_as_the_reference_from_a_large_frame(self, register, sizes):
        assert PolarsEngine(register).draw(sizes, SEED).equals(ReferenceEngine(register).draw(sizes, SEED))

    def test_looks_at_few_of_the_cases(self, register):
        engine = PolarsEngine(register)
        engine.counts()
        sizes = {"Stor": 30, "Mindre": 30, "Lille": 3}
        assert engine._candidates(sizes, SEED).height < 700

    def test_a_file_in_many_pieces(self, tmp_path, register):
        path = tmp_path / "a [1]*.parquet"
        register.with_columns(pl.lit("x").alias("title")).write_parquet(path, row_group_size=999)
        engine, reference = PolarsEngine(path), ReferenceEngine(register)
        sizes = {"Stor": 12, "Mindre": 3, "Lille": 1}
        assert engine.counts() == reference.counts()
        assert engine.fingerprint("s") == reference.fingerprint("s")
        assert engine.draw(sizes, SEED).equals(reference.draw(sizes, SEED))
        assert PolarsEngine(str(path)).locate(["a", "23/000050-ø", "x"]) == {
            "a": "Lille",
            "23/000050-ø": "Mindre",
        }

    def test_a_query(self, register):
        renamed = register.lazy().rename({"case_id": "Sagsnummer"})
        query = renamed.select(pl.col("Sagsnummer").alias("case_id"), "stratum").filter(stratum="Stor")
        expected = ReferenceEngine(register.filter(stratum="Stor")).draw({"Stor": 5}, SEED)
        assert PolarsEngine(query).draw({"Stor": 5}, SEED).equals(expected)

    @pytest.mark.parametrize("limit", [0.0, 1e-6, 0.001, 0.01])
    def test_strata_of_which_too_few_are_seen_are_looked_at_whole(self, monkeypatch, register, limit):
        monkeypatch.setattr(polars_engine, "least_rows", lambda counts, wanted: (limit, []))
        sizes = {"Stor": 25, "Mindre": 9, "Lille": 2}
        assert PolarsEngine(register).draw(sizes, SEED).equals(ReferenceEngine(register).draw(sizes, SEED))

    def test_draws_the_same_without_polars_hash(self, monkeypatch, register):
        sizes = {"Stor": 25, "Mindre": 9, "Lille": 2}
        expected = PolarsEngine(register).draw(sizes, SEED)
        monkeypatch.setitem(sys.modules, "polars_hash", None)
        assert fast_ticket(SEED, register["case_id"]) is None
        assert PolarsEngine(register).draw(sizes, SEED).equals(expected)

    def test_draws_the_same_where_polars_hash_is_wrong(self, monkeypatch, register):
        sizes = {"Stor": 25, "Mindre": 9, "Lille": 2}
        expected = ReferenceEngine(register).draw(sizes, SEED)
        wrong = (
            pl.col("case_id")
            .str.to_uppercase()
            .map_elements(lambda case: tickets(SEED, [case])[0], return_dtype=pl.String)
        )
        broken = SimpleNamespace(
            concat_str=lambda *_: SimpleNamespace(chash=SimpleNamespace(sha2_256=lambda: wrong))
        )
        monkeypatch.setitem(sys.modules, "polars_hash", broken)
        assert fast_ticket(SEED, register["case_id"].head(5)) is None
        assert PolarsEngine(register).draw(sizes, SEED).equals(expected)

    @pytest.mark.parametrize(
        ("frame", "sizes", "seed", "error"),
        [
            pytest.param({"a": "N"}, {"N": 1}, "1", SeedInvalid, id="seed"),
            pytest.param({"a": "N"}, {"N": -1}, SEED, SizeNegative, id="negative size"),
            pytest.param({"a": "N"}, {}, SEED, SizeMissing, id="no size"),
            pytest.param({"": "N"}, {"N": 1}, SEED, FrameBroken, id="empty"),
            pytest.param({"\u00a0": "N"}, {"N": 1}, SEED, FrameBroken, id="blank"),
            pytest.param({None: "N"}, {"N": 1}, SEED, FrameBroken, id="missing"),
            pytest.param({"a\tb": "N"}, {"N": 1}, SEED, FrameBroken, id="TAB"),
            pytest.param({"a\u030a": "N"}, {"N": 1}, SEED, FrameBroken, id="not NFC"),
            pytest.param({"a": ""}, {"": 1}, SEED, FrameBroken, id="empty stratum"),
            pytest.param({"a": None}, {"": 1}, SEED, FrameBroken, id="missing stratum"),
            pytest.param({"a": "N\n"}, {"N\n": 1}, SEED, FrameBroken, id="stratum of two lines"),
        ],
    )
    def test_refused_as_the_reference_does(self, frame, sizes, seed, error):
        for engine in (PolarsEngine(frame_of(frame)), ReferenceEngine(frame_of(frame))):
            with pytest.raises(error) as refused:
                engine.draw(sizes, seed)
            assert type(refused.value) is error
        with pytest.raises(error) as refused:
            ReferenceEngine(frame_of(frame)).draw(sizes, seed)
        expected = refused.value.values
        with pytest.raises(error) as refused:
            PolarsEngine(frame_of(frame)).draw(sizes, seed)
        assert refused.value.values == expected

    @pytest.mark.parametrize("case_id", ["", " ", None, "a\tb", "a\x7f", "a\u2028", "a\u030a"])
    def test_one_broken_number_of_many_is_found(self, register, case_id):
        broken = pl.concat([register, frame_of({case_id: "Stor"})])
        for question in ("counts", "fingerprint"):
            values = []
            for engine in (PolarsEngine(broken), ReferenceEngine(broken)):
                with pytest.raises(FrameBroken) as refused:
                    getattr(engine, question)()
                values.append(refused.value.values)
            assert values[0] == values[1]

    def test_doubles_in_different_pieces_are_refused(self, tmp_path, register):
        path = tmp_path / "register.parquet"
        doubled = register.tail(1).with_columns(pl.lit("Stor").alias("stratum"))
        pl.concat([register, doubled]).write_parquet(path, row_group_size=500)
        for ask in (PolarsEngine.counts, PolarsEngine.fingerprint, lambda engine: engine.locate(["a"])):
            with pytest.raises(FrameBroken) as refused:
                ask(PolarsEngine(path))
            assert refused.value.values == {
                "count": 1,
                "first": "frame-id-duplicate {'case_id': 'c', 'count': 2}",
            }

    def test_hashes_that_meet_by_chance_are_no_doubles(self, monkeypatch, register):
        monkeypatch.setattr(polars_engine, "any_twice", lambda hashes: True)
        assert PolarsEngine(register).counts() == ReferenceEngine(register).counts()

    def test_a_salt_of_two_lines_is_refused(self):
        with pytest.raises(SaltInvalid):
            PolarsEngine(frame_of({"a": "N"})).fingerprint("two\nlines")

    @pytest.mark.parametrize(
        ("frame", "error"),
        [
            pytest.param(pl.DataFrame({"case_id": ["a"]}), ColumnMissing, id="no stratum"),
            pytest.param(pl.DataFrame({"case_id": [1], "stratum": ["a"]}), ColumnNotText, id="numbers"),
        ],
    )
    def test_columns_are_checked_first(self, frame, error):
        with pytest.raises(error):
            PolarsEngine(frame).counts()

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(EngineFailed) as failed:
            PolarsEngine(tmp_path / "none.parquet").counts()
        assert failed.value.values["table"] == str(tmp_path / "none.parquet")

    def test_a_file_that_is_no_parquet(self, tmp_path):
        path = tmp_path / "register.parquet"
        path.write_text("case_id,stratum\na,N\n")
        with pytest.raises(EngineFailed):
            PolarsEngine(path).fingerprint()


class TestTicketExpressions:
    @given(ids=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=20))
    @PATIENT
    def test_both_are_the_tickets_of_hashlib(self, ids):
        series = pl.Series("case_id", ids, dtype=pl.String)
        expected = tickets(SEED, ids)
        found = fast_ticket(SEED, series)
        assert found is not None, "the tests need polars-hash"
        assert one_by_one(found, series) == expected
        assert one_by_one(plain_ticket(SEED), series) == expected


class TestLeastRows:
    @pytest.mark.parametrize(
        ("counts", "wanted", "limit", "whole"),
        [
            pytest.param({}, {}, 0.0, [], id="no strata"),
            pytest.param({"a": 29_000}, {"a": 0}, 0.0, [], id="none wanted"),
            pytest.param({"a": 29_000}, {"a": 1}, 0.001, [], id="one of many"),
            pytest.param({"a": 20}, {"a": 20}, 1.0, [], id="all of one"),
            pytest.param({"a": 29_000, "b": 5}, {"a": 1, "b": 5}, 0.001, ["b"], id="a small one beside"),
        ],
    )
    def test_examples(self, counts, wanted, limit, whole):
        assert least_rows(counts, wanted) == (pytest.approx(limit), whole)

    @given(st.lists(st.tuples(st.integers(1, 5000), st.integers(0, 5000)), max_size=6))
    @PATIENT
    def test_no_other_choice_looks_at_fewer(self, given_strata):
        counts = {str(place): cases for place, (cases, _) in enumerate(given_strata)}
        wanted = {str(place): min(n, cases) for place, (cases, n) in enumerate(given_strata)}
        share = {name: (n + 8 * sqrt(n) + 20) / counts[name] for name, n in wanted.items() if n}
        limit, whole = least_rows(counts, wanted)

        def rows(limit):
            beyond = sum(counts[name] for name in share if share[name] > limit)
            return min(limit, 1.0) * sum(counts.values()) + (beyond if limit < 1 else 0)

        assert all(name in whole or limit >= min(share[name], 1.0) for name in share)
        assert rows(limit) == pytest.approx(min(rows(some) for some in (0.0, *share.values())))

    @pytest.mark.parametrize("times", [1.001, 1.5, 10, 1000])
    def test_too_few_are_below_the_limit_less_than_once_in_a_trillion(self, times):
        """In strata some times as large as what is looked at, for one case drawn to a million."""
        k = np.unique(np.geomspace(1, 1e6, 2000).astype(int))
        looked_at = k + 8 * np.sqrt(k) + 20
        cases = np.ceil(times * looked_at)
        assert binom.cdf(k - 1, cases, looked_at / cases).max() < 1e-12
