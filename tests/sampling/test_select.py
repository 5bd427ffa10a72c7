"""The draw: tickets that anybody can compute, and what follows from them."""

import hashlib
import subprocess
import sys
from collections import Counter
from itertools import combinations, permutations, product
from math import comb

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, norm

from sampling import draw_sample, extend_sample, is_seed, select, ticket
from sampling.errors import (
    ColumnMissing,
    ColumnNotText,
    FigureInvalid,
    FrameBroken,
    FrameEmpty,
    SampleNotExtendable,
    SeedInvalid,
    SizeMissing,
    SizeNegative,
)

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)

SEED = "12345678901234567890"

#: In each stratum of :func:`ranked`.
CASES = 6

seeds = st.text("0123456789", min_size=20, max_size=20)
case_numbers = st.text("abcæøå0123456789/-. ", min_size=1, max_size=8).map(str.strip).filter(bool)
strata_by_case = st.dictionaries(
    case_numbers, st.sampled_from(["Nord", "Syd", "Øst"]), min_size=1, max_size=40
)


def frame_of(strata):
    return pl.DataFrame(
        {"case_id": list(strata), "stratum": list(strata.values())},
        schema={"case_id": pl.String, "stratum": pl.String},
    )


def sizes(n):
    return {"Nord": n, "Syd": n, "Øst": n}


def one_stratum(count):
    return frame_of({f"22/{number:05}": "Nord" for number in range(count)})


class TestTicket:
    @pytest.mark.parametrize(
        "case_id",
        [
            pytest.param("22/00174/B", id="letters and digits"),
            pytest.param("Ø-17 æå", id="Danish letters"),
            pytest.param("50% $HOME \\n", id="signs that a shell knows"),
        ],
    )
    def test_is_what_sha256sum_prints(self, case_id):
        shell = 'printf "%s" "$1" | sha256sum'
        printed = subprocess.run(
            ["sh", "-c", shell, "sh", f"{SEED}:{case_id}"], capture_output=True, text=True, check=True
        )
        assert ticket(SEED, case_id) == printed.stdout.split()[0]

    def test_takes_the_text_as_given(self):
        assert ticket(SEED, " a") != ticket(SEED, "a")
        assert ticket(SEED, "a\u030a") != ticket(SEED, "å")

    def test_serves_second_readings_with_a_longer_seed(self):
        expected = hashlib.sha256(f"{SEED}:double:22/1".encode()).hexdigest()
        assert ticket(f"{SEED}:double", "22/1") == expected


class TestIsSeed:
    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            pytest.param(SEED, True, id="20 digits"),
            pytest.param("0" * 20, True, id="zeros count"),
            pytest.param(SEED[:-1], False, id="19"),
            pytest.param(SEED + "1", False, id="21"),
            pytest.param("", False, id="empty"),
            pytest.param(SEED[:-1] + "x", False, id="a letter"),
            pytest.param(SEED[:-1] + " ", False, id="a blank"),
            pytest.param(SEED + "\n", False, id="a line break"),
            pytest.param("٠" * 20, False, id="digits of another script"),
        ],
    )
    def test_only_20_digits(self, text, answer):
        assert is_seed(text) is answer


class TestDrawSample:
    def test_draws_the_smallest_tickets_in_their_order(self):
        frame = one_stratum(100)
        drawn = draw_sample(frame, {"Nord": 10}, SEED)
        by_ticket = sorted(frame["case_id"], key=lambda case_id: ticket(SEED, case_id))
        assert drawn["case_id"].to_list() == by_ticket[:10]
        assert drawn["rank"].to_list() == list(range(1, 11))
        assert drawn["ticket"].to_list() == [ticket(SEED, case_id) for case_id in by_ticket[:10]]

    def test_keeps_the_other_columns(self):
        frame = one_stratum(5).with_columns(pl.lit("x").alias("case_type"))
        drawn = draw_sample(frame, {"Nord": 2}, SEED)
        assert drawn.columns == ["case_id", "stratum", "case_type", "ticket", "rank"]

    def test_is_ordered_by_stratum_then_ticket(self):
        strata = {f"{stratum}{number}": stratum for stratum in ("b", "a") for number in range(5)}
        drawn = draw_sample(frame_of(strata), {"a": 2, "b": 2}, SEED)
        assert drawn["stratum"].to_list() == ["a", "a", "b", "b"]
        assert drawn.equals(drawn.sort("stratum", "ticket"))

    def test_a_size_above_the_cases_takes_them_all(self):
        assert draw_sample(one_stratum(4), {"Nord": 9}, SEED).height == 4

    def test_a_stratum_without_cases_gives_none(self):
        assert draw_sample(one_stratum(4), {"Nord": 1, "Tomt": 3}, SEED).height == 1

    def test_an_empty_frame_is_refused(self):
        with pytest.raises(FrameEmpty):
            draw_sample(frame_of({}), {"Nord": 1}, SEED)

    @pytest.mark.parametrize(
        ("frame", "wanted", "seed", "error"),
        [
            pytest.param(one_stratum(3), {"Nord": 1}, "123", SeedInvalid, id="seed"),
            pytest.param(one_stratum(3), {"Nord": -1}, SEED, SizeNegative, id="negative size"),
            pytest.param(one_stratum(3), {}, SEED, SizeMissing, id="no size"),
            pytest.param(one_stratum(3), {"Nord": 1.5}, SEED, FigureInvalid, id="half a case"),
            pytest.param(one_stratum(3), {"Nord": True}, SEED, FigureInvalid, id="a boolean"),
            pytest.param(one_stratum(3), {"Nord": float("nan")}, SEED, FigureInvalid, id="NaN"),
            pytest.param(one_stratum(3), {"Nord": 1}, int(SEED), SeedInvalid, id="a seed that is no text"),
            pytest.param(one_stratum(3).drop("stratum"), {"Nord": 1}, SEED, ColumnMissing, id="column"),
            pytest.param(
                pl.DataFrame({"case_id": [1], "stratum": ["Nord"]}),
                {"Nord": 1},
                SEED,
                ColumnNotText,
                id="numbers",
            ),
            pytest.param(
                pl.concat([one_stratum(3)] * 2), {"Nord": 1}, SEED, FrameBroken, id="double case number"
            ),
            pytest.param(frame_of({"a\u030a": "Nord"}), {"Nord": 1}, SEED, FrameBroken, id="not NFC"),
            pytest.param(frame_of({"": "Nord"}), {"Nord": 1}, SEED, FrameBroken, id="empty number"),
            pytest.param(frame_of({"a\tb": "Nord"}), {"Nord": 1}, SEED, FrameBroken, id="TAB"),
        ],
    )
    def test_refused(self, frame, wanted, seed, error):
        with pytest.raises(error):
            draw_sample(frame, wanted, seed)

    @given(strata=strata_by_case, seed=seeds, n=st.integers(0, 12), order=st.randoms())
    @PATIENT
    def test_row_order_does_not_matter(self, strata, seed, n, order):
        shuffled = list(strata)
        order.shuffle(shuffled)
        expected = draw_sample(frame_of(strata), sizes(n), seed)
        assert draw_sample(frame_of({case: strata[case] for case in shuffled}), sizes(n), seed).equals(
            expected
        )

    @given(strata=strata_by_case, seed=seeds, n=st.integers(0, 12), more=st.integers(0, 12))
    @PATIENT
    def test_a_larger_sample_only_adds_the_next_tickets(self, strata, seed, n, more):
        small = draw_sample(frame_of(strata), sizes(n), seed)
        large = draw_sample(frame_of(strata), sizes(n + more), seed)
        assert large.filter(pl.col("rank") <= n).equals(small)

    @given(strata=strata_by_case, seed=seeds, case=st.data())
    @PATIENT
    def test_moving_a_case_to_another_stratum_keeps_its_ticket(self, strata, seed, case):
        moved = case.draw(st.sampled_from(sorted(strata)))
        before = draw_sample(frame_of(strata), sizes(99), seed)
        after = draw_sample(frame_of({**strata, moved: "Syd"}), sizes(99), seed)
        columns = ["case_id", "ticket"]
        assert before.select(columns).sort(columns).equals(after.select(columns).sort(columns))

    @given(strata=strata_by_case, seed=seeds)
    @PATIENT
    def test_strata_do_not_disturb_each_other(self, strata, seed):
        alone = {case: stratum for case, stratum in strata.items() if stratum == "Nord"}
        assume(alone)
        within = draw_sample(frame_of(strata), sizes(3), seed).filter(pl.col("stratum") == "Nord")
        assert within.equals(draw_sample(frame_of(alone), sizes(3), seed))

    @given(strata=strata_by_case, seed=seeds, n=st.integers(1, 6))
    @PATIENT
    def test_a_case_out_of_scope_calls_up_the_first_reserve(self, strata, seed, n):
        ranked = draw_sample(frame_of(strata), sizes(n + 1), seed)
        gone = ranked.filter(pl.col("rank") <= n)["case_id"][0]
        left = {case: stratum for case, stratum in strata.items() if case != gone}
        assume(left)
        expected = ranked.filter((pl.col("stratum") != strata[gone]) | (pl.col("case_id") != gone))
        others = draw_sample(frame_of(strata), sizes(n), seed)["case_id"]
        drawn = draw_sample(frame_of(left), sizes(n), seed)
        assert set(drawn["case_id"]) <= set(expected["case_id"])
        assert set(drawn.filter(pl.col("stratum") != strata[gone])["case_id"]) <= set(others)
        called = expected.filter(pl.col("stratum") == strata[gone])["case_id"].to_list()
        assert drawn.filter(pl.col("stratum") == strata[gone])["case_id"].to_list() == called

    @given(strata=strata_by_case, seed=seeds, n=st.integers(1, 6))
    @PATIENT
    def test_strata_made_into_one_draw_among_what_each_had_drawn(self, strata, seed, n):
        apart = draw_sample(frame_of(strata), sizes(n), seed)
        together = draw_sample(frame_of(dict.fromkeys(strata, "Nord")), sizes(n), seed)
        first = apart.sort("ticket", "case_id").head(n)
        assert together.select("case_id", "ticket").equals(first.select("case_id", "ticket"))

    @given(strata=strata_by_case, seed=seeds, n=st.integers(0, 12))
    @PATIENT
    def test_is_the_smallest_tickets_as_counted_by_hand(self, strata, seed, n):
        expected = []
        for name in sorted(set(strata.values())):
            cases = [case for case in strata if strata[case] == name]
            ranked = sorted((hashlib.sha256(f"{seed}:{case}".encode()).hexdigest(), case) for case in cases)
            expected += [(case, name, found, rank) for rank, (found, case) in enumerate(ranked[:n], 1)]
        assert draw_sample(frame_of(strata), sizes(n), seed).rows() == expected

    def test_equal_tickets_are_ordered_by_the_bytes_of_the_case_numbers(self, monkeypatch):
        monkeypatch.setattr(select, "tickets", lambda seed, ids: ["0" * 64 for _ in ids])
        numbers = ["z", "ø", "a", "\U0001f600", "\uffee", "Z", "10", "9"]
        drawn = draw_sample(frame_of(dict.fromkeys(numbers, "Nord")), {"Nord": 8}, SEED)
        assert drawn["case_id"].to_list() == sorted(numbers, key=str.encode)


@pytest.fixture(scope="module")
def ranked():
    """The cases of each of many samples in the order of their tickets: which of the six is first, second, …"""
    names = [f"{stratum:03}" for stratum in range(500)]
    frame = frame_of({f"{name}/{place}": name for name in names for place in range(CASES)})
    whole = dict.fromkeys(names, CASES)
    drawn = [draw_sample(frame, whole, f"{seed * 7919:020}")["case_id"] for seed in range(40)]
    return [
        [int(case[-1]) for case in cases[start : start + CASES]]
        for cases in drawn
        for start in range(0, len(cases), CASES)
    ]


class TestIsASimpleRandomSample:
    """How often cases are drawn, over 20,000 samples: 500 strata of 6 cases each, with 40 seeds.

    The numbers are fixed, so a test fails always or never. Without replacement, a case is drawn with n/N and
    two of them with n(n-1)/N(N-1) (Cochran 1977, 2.1); every set of n as often as another says both and more.
    """

    @pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
    def test_every_case_is_drawn_as_often(self, ranked, n):
        found = Counter(place for cases in ranked for place in cases[:n])
        expected = len(ranked) * n / CASES
        # The counts of the cases hang together; so scaled, the sum is chi-square with N - 1 df.
        variance = expected * (CASES - n) / (CASES - 1)
        statistic = sum((found[place] - expected) ** 2 for place in range(CASES)) / variance
        assert statistic < chi2.ppf(0.999, CASES - 1)

    @pytest.mark.parametrize("n", [2, 3, 4, 5])
    def test_every_pair_is_drawn_as_often(self, ranked, n):
        found = Counter(pair for cases in ranked for pair in combinations(sorted(cases[:n]), 2))
        share = n * (n - 1) / (CASES * (CASES - 1))
        error = (len(ranked) * share * (1 - share)) ** 0.5
        pairs = list(combinations(range(CASES), 2))
        most = norm.isf(0.0005 / len(pairs))
        assert max(abs(found[pair] - len(ranked) * share) for pair in pairs) < most * error

    @pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
    def test_every_set_of_cases_is_drawn_as_often(self, ranked, n):
        found = Counter(frozenset(cases[:n]) for cases in ranked)
        expected = len(ranked) / comb(CASES, n)
        assert len(found) == comb(CASES, n)
        statistic = sum((count - expected) ** 2 / expected for count in found.values())
        assert statistic < chi2.ppf(0.999, len(found) - 1)

    def test_strata_are_drawn_independently(self, ranked):
        """Which case comes first in two neighbouring strata: 36 combinations, all as often."""
        first = [cases[0] for cases in ranked]
        found = Counter(zip(first[::2], first[1::2], strict=True))
        expected = len(first) / 2 / CASES**2
        statistic = sum((found[pair] - expected) ** 2 / expected for pair in product(range(CASES), repeat=2))
        assert statistic < chi2.ppf(0.999, CASES**2 - 1)

    def test_the_ranks_are_in_random_order(self, ranked):
        """Each of the 720 orders as often as another, so the reserve is a random sample as well."""
        found = Counter(tuple(cases) for cases in ranked)
        expected = len(ranked) / 720
        statistic = sum((found[order] - expected) ** 2 / expected for order in permutations(range(CASES)))
        assert statistic < chi2.ppf(0.999, 719)


class TestExtendSample:
    @given(strata=strata_by_case, seed=seeds, n=st.integers(0, 6), more=st.integers(0, 6))
    @PATIENT
    def test_adds_what_the_larger_sample_has_more(self, strata, seed, n, more):
        already = draw_sample(frame_of(strata), sizes(n), seed)
        added = extend_sample(frame_of(strata), sizes(n + more), seed, already)
        whole = draw_sample(frame_of(strata), sizes(n + more), seed)
        assert pl.concat([already, added]).sort("stratum", "rank").equals(whole)
        assert not set(added["case_id"]) & set(already["case_id"])

    @pytest.mark.parametrize(
        ("n", "seed"),
        [pytest.param(9, "0" * 20, id="another seed"), pytest.param(3, SEED, id="a smaller size")],
    )
    def test_refused_where_it_is_no_extension(self, n, seed):
        already = draw_sample(one_stratum(50), {"Nord": 8}, SEED)
        with pytest.raises(SampleNotExtendable):
            extend_sample(one_stratum(50), {"Nord": n}, seed, already)

    def test_refused_without_case_numbers(self):
        with pytest.raises(ColumnMissing):
            extend_sample(one_stratum(5), {"Nord": 2}, SEED, pl.DataFrame({"case": ["1"]}))


class TestImport:
    def test_is_of_nothing_heavy(self):
        """What takes long to import, and not every user needs, is imported when it is used."""
        code = "import sampling, sampling.engines, sys; print(*sys.modules)"
        printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        roots = {module.partition(".")[0] for module in printed.stdout.split()}
        heavy = {"scipy", "pandas", "pyarrow", "duckdb", "psycopg", "pyspark", "polars_hash", "lirk", "web"}
        assert not roots & heavy
        assert {"sampling", "polars", "numpy"} <= roots
