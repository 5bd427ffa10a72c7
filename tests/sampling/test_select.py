"""The draw: tickets that anybody can compute, and what follows from them."""

import hashlib
import subprocess
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import draw_sample, extend_sample, is_seed, ticket
from sampling.errors import (
    ColumnMissing,
    ColumnNotText,
    FrameBroken,
    SampleNotExtendable,
    SeedInvalid,
    SizeMissing,
    SizeNegative,
)

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)

SEED = "12345678901234567890"

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

    def test_nothing_is_drawn_from_an_empty_frame(self):
        assert draw_sample(frame_of({}), {"Nord": 1}, SEED).height == 0

    @pytest.mark.parametrize(
        ("frame", "wanted", "seed", "error"),
        [
            pytest.param(one_stratum(3), {"Nord": 1}, "123", SeedInvalid, id="seed"),
            pytest.param(one_stratum(3), {"Nord": -1}, SEED, SizeNegative, id="negative size"),
            pytest.param(one_stratum(3), {}, SEED, SizeMissing, id="no size"),
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
        within = draw_sample(frame_of(strata), sizes(3), seed).filter(pl.col("stratum") == "Nord")
        assert within.equals(draw_sample(frame_of(alone), sizes(3), seed))

    def test_every_set_of_cases_is_drawn_as_often(self):
        """Each of the 10 pairs of 5 cases in a tenth of the seeds: chi-square with 9 df below its 99.9 % point."""
        frame, draws = one_stratum(5), 600
        pairs = Counter(
            frozenset(draw_sample(frame, {"Nord": 2}, f"{seed:020}")["case_id"]) for seed in range(draws)
        )
        assert len(pairs) == 10
        expected = draws / 10
        assert sum((count - expected) ** 2 / expected for count in pairs.values()) < 27.88


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
