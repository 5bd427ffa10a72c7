"""The frame: what is refused, what looks damaged, and the fingerprint."""

import hashlib
import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import check_frame, counts, fingerprint, frame, stratify
from sampling.errors import (
    ColumnMissing,
    ColumnNotText,
    FrameBroken,
    FrameEmpty,
    SaltInvalid,
    StrataAmbiguous,
)
from sampling.frame import MOST_TOLD

anything = st.none() | st.text("aå0 /\t\n\x00\x7f\x85\u00a0\u030a\u2028\u212b", max_size=4)

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None)


def frame_of(ids, strata="Nord"):
    named = [strata] * len(ids) if isinstance(strata, str) else strata
    return pl.DataFrame(
        {"case_id": ids, "stratum": named}, schema={"case_id": pl.String, "stratum": pl.String}
    )


def printable(text):
    return not any(ord(sign) < 32 or sign in "\x7f\x85\u2028\u2029" for sign in text)


def is_broken(case):
    """Whether a number is refused, as the specification says it, sign by sign."""
    return not case or not case.strip() or not printable(case) or unicodedata.normalize("NFC", case) != case


def refusal(given_frame):
    """What is said against drawing from a frame, None where nothing is."""
    try:
        frame.require_drawable(given_frame)
    except FrameBroken as error:
        return dict(error.values)
    return None


def refusal_one_by_one(given_frame):
    kinds = (frame.broken_numbers, frame._doubled, frame.broken_strata)
    problems = [problem for kind in kinds for problem in kind(given_frame)]
    if not problems:
        return None
    return {"count": len(problems), "first": f"{problems[0].code} {dict(problems[0].values)}"}


def told(frame):
    return [(problem.code, dict(problem.values)) for problem in check_frame(frame) if not problem.warning]


def warned(frame):
    return [(problem.code, dict(problem.values)) for problem in check_frame(frame) if problem.warning]


class TestCheckFrame:
    def test_a_sound_frame_has_no_problems(self):
        assert check_frame(frame_of(["22/00174/B", "Ø-1", "å 2"])) == ()

    @pytest.mark.parametrize(
        ("frame", "problems"),
        [
            pytest.param(frame_of(["a", None, "", " "]), [("frame-id-empty", {"count": 3})], id="empty"),
            pytest.param(frame_of(["a\0b"]), [("frame-id-control", {"case_id": "a\\u0000b"})], id="NUL"),
            pytest.param(frame_of(["a\nb"]), [("frame-id-control", {"case_id": "a\\u000ab"})], id="newline"),
            pytest.param(frame_of(["a\tb"]), [("frame-id-control", {"case_id": "a\\u0009b"})], id="TAB"),
            pytest.param(
                frame_of(["a\u2028b"]), [("frame-id-control", {"case_id": "a\\u2028b"})], id="line separator"
            ),
            pytest.param(frame_of([" a"]), [("frame-id-padded", {"case_id": " a"})], id="blank before"),
            pytest.param(
                frame_of(["a\u030a"]), [("frame-id-not-nfc", {"case_id": "a\u030a"})], id="not in NFC"
            ),
            pytest.param(
                frame_of(["a", "b", "a", "a"]),
                [("frame-id-duplicate", {"case_id": "a", "count": 3})],
                id="duplicates",
            ),
            pytest.param(
                frame_of(["22/1/b", "22/1/B"]),
                [("frame-id-alike", {"first": "22/1/B", "second": "22/1/b"})],
                id="differ by case",
            ),
            pytest.param(
                frame_of(["Ø1", "ø1"]),
                [("frame-id-alike", {"first": "Ø1", "second": "ø1"})],
                id="Danish case",
            ),
            pytest.param(
                frame_of(["STRASSE", "straße"]),
                [("frame-id-alike", {"first": "STRASSE", "second": "straße"})],
                id="case folding across ASCII",
            ),
            pytest.param(
                frame_of(["12", "１２"]),
                [("frame-id-alike", {"first": "12", "second": "１２"})],
                id="differ by normalisation",
            ),
            pytest.param(
                frame_of(["23-1", "23\u20111", "24-1", "24\u22121"]),
                [
                    ("frame-id-alike", {"first": "23-1", "second": "23\u20111"}),
                    ("frame-id-alike", {"first": "24-1", "second": "24\u22121"}),
                ],
                id="differ by the dash",
            ),
            pytest.param(
                frame_of(["23/1", "23/1\u200b"]),
                [("frame-id-alike", {"first": "23/1", "second": "23/1\\u200b"})],
                id="differ by a sign that does not show",
            ),
            pytest.param(frame_of(["a"], [""]), [("frame-stratum-empty", {})], id="empty stratum"),
            pytest.param(frame_of(["a"], [None]), [("frame-stratum-empty", {})], id="no stratum"),
            pytest.param(
                frame_of(["a"], ["N\tS"]),
                [("frame-stratum-control", {"stratum": "N\\u0009S"})],
                id="TAB in stratum",
            ),
            pytest.param(
                frame_of(["a", "b"], "Nord/(missing)"),
                [("frame-stratum-missing", {"stratum": "Nord/(missing)", "count": 2})],
                id="missing outcome",
            ),
        ],
    )
    def test_tells(self, frame, problems):
        assert told(frame) == problems

    def test_two_forms_of_one_letter_are_shown_both(self):
        codes = dict(told(frame_of(["å1", "a\u030a1"])))
        assert set(codes) == {"frame-id-not-nfc", "frame-id-alike"}
        assert codes["frame-id-alike"] == {"first": "a\u030a1", "second": "å1"}

    def test_everything_at_once(self):
        codes = [code for code, _ in told(frame_of(["a", "a", "", "b\0", " c", "D", "d"]))]
        assert codes == [
            "frame-id-empty",
            "frame-id-control",
            "frame-id-duplicate",
            "frame-id-padded",
            "frame-id-alike",
        ]

    def test_many_of_one_kind_are_counted(self):
        problems = told(frame_of([f"a{number}\t" for number in range(MOST_TOLD + 7)]))
        assert [code for code, _ in problems].count("frame-id-control") == MOST_TOLD
        assert ("frame-more", {"count": 7}) in problems

    @pytest.mark.parametrize(
        ("ids", "warnings"),
        [
            pytest.param(
                ["0001", "12"],
                [("frame-ids-mixed-length", {"shortest": "12", "longest": "0001"})],
                id="mixed length",
            ),
            pytest.param(["0001", "0012"], [], id="one length"),
            pytest.param(
                ["1.0E+05", "1,2E+5", "a"],
                [("frame-ids-scientific", {"case_id": "1.0E+05", "count": 2})],
                id="scientific",
            ),
            pytest.param(["22/1", "22/100"], [], id="not all digits"),
        ],
    )
    def test_warns_of_a_spreadsheets_damage(self, ids, warnings):
        assert warned(frame_of(ids)) == warnings
        assert told(frame_of(ids)) == []

    @pytest.mark.parametrize(
        ("frame", "error"),
        [
            pytest.param(pl.DataFrame({"case_id": ["a"]}), ColumnMissing, id="no stratum"),
            pytest.param(pl.DataFrame({"case_id": [1], "stratum": ["a"]}), ColumnNotText, id="numbers"),
        ],
    )
    def test_refused(self, frame, error):
        with pytest.raises(error):
            check_frame(frame)


class TestRequireDrawable:
    """What is told quickly, of many numbers at once, is what is told of them one by one."""

    @given(ids=st.lists(anything, min_size=1), strata=st.data(), at_once=st.integers(1, 5))
    @PATIENT
    def test_refuses_what_is_broken_and_nothing_else(self, ids, strata, at_once):
        named = [strata.draw(st.sampled_from(["Nord", "Ærø", "", None, "a\tb", "a\x85"])) for _ in ids]
        broken = any(is_broken(case) for case in ids) or len(set(ids)) < len(ids)
        broken_stratum = any(not stratum or not printable(stratum) for stratum in named)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(frame, "ROWS_AT_ONCE", at_once)
            assert refusal(frame_of(ids, named)) == refusal_one_by_one(frame_of(ids, named))
            assert bool(refusal(frame_of(ids, named))) is (broken or broken_stratum)

    @given(ids=st.lists(anything, min_size=1, max_size=4))
    @PATIENT
    def test_plain_numbers_are_never_broken(self, ids):
        assert not (frame.are_plain(pl.Series(ids, dtype=pl.String)) and any(map(is_broken, ids)))

    @pytest.mark.parametrize(
        ("ids", "answer"),
        [
            pytest.param(["23/00174-B", "!~"], True, id="printable ASCII"),
            pytest.param([], True, id="none"),
            pytest.param(["a", None], False, id="a missing one"),
            pytest.param(["a", ""], False, id="an empty one"),
            pytest.param(["a b"], False, id="a blank"),
            pytest.param(["ø"], False, id="beyond ASCII"),
            pytest.param(["a\x1f"], False, id="the last control character"),
            pytest.param(["a\x7f"], False, id="DELETE"),
        ],
    )
    def test_plain_are(self, ids, answer):
        assert frame.are_plain(pl.Series(ids, dtype=pl.String)) is answer

    def test_doubles_far_apart_are_found(self):
        ids = [str(number) for number in range(20_000)]
        assert refusal(frame_of([*ids, "17"])) == {
            "count": 1,
            "first": "frame-id-duplicate {'case_id': '17', 'count': 2}",
        }

    def test_hashes_that_meet_by_chance_make_no_double(self, monkeypatch):
        monkeypatch.setattr(frame, "any_twice", lambda hashes: True)
        assert refusal(frame_of(["a", "b"])) is None


class TestStratify:
    def test_joins_the_values(self):
        frame = pl.DataFrame({"centre": ["Nord", "Syd"], "outcome_group": ["full-grant", "not-full-grant"]})
        assert stratify(frame, ["centre", "outcome_group"])["stratum"].to_list() == [
            "Nord/full-grant",
            "Syd/not-full-grant",
        ]

    def test_one_column_is_the_stratum_itself(self):
        assert stratify(pl.DataFrame({"centre": ["A/B"]}), ["centre"])["stratum"].to_list() == ["A/B"]

    def test_a_value_that_is_not_there_is_named_missing(self):
        frame = pl.DataFrame(
            {"centre": ["Nord", None, " "], "outcome_group": [None, "full-grant", "full-grant"]}
        )
        assert stratify(frame, ["centre", "outcome_group"])["stratum"].to_list() == [
            "Nord/(missing)",
            "(missing)/full-grant",
            "(missing)/full-grant",
        ]

    def test_refuses_two_strata_of_one_name(self):
        frame = pl.DataFrame({"unit": ["a/b", "a"], "case_type": ["c", "b/c"]})
        with pytest.raises(StrataAmbiguous):
            stratify(frame, ["unit", "case_type"])

    def test_refuses_a_column_that_is_not_there(self):
        with pytest.raises(ColumnMissing):
            stratify(pl.DataFrame({"centre": ["Nord"]}), ["centre", "outcome_group"])


class TestCounts:
    def test_by_stratum_name(self):
        assert list(counts(frame_of(["a", "b", "c"], ["Syd", "Nord", "Syd"])).items()) == [
            ("Nord", 1),
            ("Syd", 2),
        ]


class TestFingerprint:
    FRAME = frame_of(["b", "ø", "a"], ["Nord", "Nord", "Ærø"])
    ROWS = "Nord\tb\nNord\tø\nÆrø\ta\n"

    def test_is_the_hash_of_the_sorted_rows(self):
        assert fingerprint(self.FRAME) == hashlib.sha256(self.ROWS.encode()).hexdigest()

    def test_a_salt_stands_first(self):
        assert fingerprint(self.FRAME, "s") == hashlib.sha256(f"s\n{self.ROWS}".encode()).hexdigest()

    @given(
        ids=st.lists(
            st.text("aæøå01/ -\U0001f600", min_size=1, max_size=5).filter(
                lambda text: text.strip() and unicodedata.is_normalized("NFC", text)
            ),
            min_size=1,
            unique=True,
        ),
        order=st.randoms(),
    )
    @PATIENT
    def test_row_order_and_other_columns_do_not_matter(self, ids, order):
        expected = hashlib.sha256(b"".join(sorted(f"Nord\t{case}\n".encode() for case in ids))).hexdigest()
        order.shuffle(ids)
        assert fingerprint(frame_of(ids).with_columns(pl.lit(1).alias("x"))) == expected

    @given(
        strata=st.dictionaries(
            st.text("ab/ \u00e6\uffee\U0001f600", min_size=1, max_size=4).filter(
                lambda text: text.strip() and unicodedata.is_normalized("NFC", text)
            ),
            st.text("ab/ \u00e6\uffee\U0001f600", min_size=1, max_size=3),
            min_size=1,
            max_size=30,
        ),
        salt=st.none() | st.text("ab\u00e6 ", min_size=1),
        at_once=st.integers(1, 4),
    )
    @PATIENT
    def test_is_the_hash_of_the_rows_sorted_by_their_bytes(self, strata, salt, at_once):
        """With strata that begin alike, signs beyond 16 bits, and several rows or one made into text at once."""
        rows = b"".join(sorted(f"{stratum}\t{case}\n".encode() for case, stratum in strata.items()))
        head = b"" if salt is None else f"{salt}\n".encode()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(frame, "ROWS_AT_ONCE", at_once)
            assert (
                fingerprint(frame_of(list(strata), list(strata.values())), salt)
                == hashlib.sha256(head + rows).hexdigest()
            )

    def test_there_is_none_of_no_cases(self):
        with pytest.raises(FrameEmpty):
            fingerprint(frame_of([]))

    @given(
        first=st.text("ab\u00e6", min_size=1),
        second=st.text("ab\u00e6", min_size=1),
    )
    @PATIENT
    def test_another_salt_gives_another(self, first, second):
        same = fingerprint(self.FRAME, first) == fingerprint(self.FRAME, second)
        assert same is (first == second)
        assert fingerprint(self.FRAME, first) != fingerprint(self.FRAME)

    @pytest.mark.parametrize(
        "changed",
        [
            pytest.param(frame_of(["b", "ø"], ["Nord", "Nord"]), id="a case gone"),
            pytest.param(frame_of(["b", "ø", "a", "c"], ["Nord", "Nord", "Ærø", "Ærø"]), id="a case more"),
            pytest.param(frame_of(["b", "ø", "a"], ["Nord", "Ærø", "Ærø"]), id="a case moved"),
            pytest.param(frame_of(["b", "Ø", "a"], ["Nord", "Nord", "Ærø"]), id="a number changed"),
        ],
    )
    def test_changes_with_the_frame(self, changed):
        assert fingerprint(changed) != fingerprint(self.FRAME)

    @pytest.mark.parametrize("salt", ["", "a\n", "a\nb", "\r", "\ud800"])
    def test_refuses_a_salt_that_is_not_one_line(self, salt):
        with pytest.raises(SaltInvalid):
            fingerprint(self.FRAME, salt)

    @pytest.mark.parametrize("case_id", ["a\tb", "a\nb", "", "a\u030a"])
    def test_refuses_what_could_be_read_in_two_ways(self, case_id):
        with pytest.raises(FrameBroken):
            fingerprint(frame_of([case_id]))
