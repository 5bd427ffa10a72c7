"""An extended draw: the sample grows by the next tickets, and the certificate says whether that was declared."""

import contextlib
import copy
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import allocate, digest, draw_sample, extend_sample, freeze, replace_case, stratum_sizes, verify
from sampling.certificate import certificate
from sampling.documents import malformed_certificate
from sampling.errors import (
    CertificateDiffers,
    DocumentMalformed,
    ExtensionAddsNothing,
    ExtensionNeedsReason,
    ExtensionStratumUnknown,
    FigureInvalid,
)
from sampling.extension import extend_certificate
from sampling.growth import extension_sizes
from sampling.roles import acting, at_rest, main_cases

SEED = "27182818284590452353"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
MUCH_LATER = NOON + timedelta(days=30)
CASES = {"Nord": 40, "Syd": 12, "Øst": 6, "Vest": 5}
DECLARED = {"n": 4, "reason": "to trin, hvis usikkerheden er over 15 point"}


def frame():
    rows = [(f"{name}/{at:02}", name) for name, count in CASES.items() for at in range(count)]
    return pl.DataFrame(rows, schema={"case_id": pl.String, "stratum": pl.String}, orient="row")


def drawn(*, reserve=3, extension=None, sizes=None):
    plan = {
        "title": "x", "strata": ["centre"], "reserve": reserve, "salt": False, "exclude": [],
        "sizes": sizes or {"method": "fixed", "n": 5}, "mapping": None, "extension": extension,
    }  # fmt: skip
    frozen = freeze(frame(), plan=plan, mapping={}, source="r.csv", rows=63, excluded=[], at=NOON)
    seed = {"value": SEED, "how": "dice", "witnesses": [], "at": LATER.isoformat()}
    return certificate(frozen, frame(), seed, at=LATER)


def extend(document, n=None, **options):
    return extend_certificate(document, frame(), n, **{"reason": "x", "at": MUCH_LATER, **options})


def stratum(document, name):
    return next(part for part in document["strata"] if part["stratum"] == name)


def in_order(name):
    """All cases of a stratum by ticket."""
    return (
        draw_sample(frame(), {**CASES, **dict.fromkeys(CASES, 99)}, SEED)
        .filter(pl.col("stratum") == name)["case_id"]
        .to_list()
    )


def acting_in(document, name):
    return acting(document, stratum(document, name))


def out_of_scope(document, name, place=0):
    """The certificate with the acting case at this place of a stratum replaced."""
    part = stratum(document, name)
    cases = [case["case_id"] for case in part["cases"] if case["case_id"] in acting(document, part)]
    return replace_case(document, cases[place], "ikke en afgørelse", MUCH_LATER)


def codes(differences):
    return [difference.code for difference in differences]


def signed(document):
    return {**document, "digest": digest(document)}


class TestExtendCertificate:
    def test_the_sample_grows_by_the_next_tickets_and_the_reserve_goes_on(self):
        before = drawn()
        after = extend(before, 4)
        nord = stratum(after, "Nord")
        assert [case["case_id"] for case in nord["cases"]] == in_order("Nord")[:12]
        assert [case["role"] for case in nord["cases"]] == ["main"] * 9 + ["reserve"] * 3
        assert (nord["N"], nord["n"], nord["sampling_fraction"], nord["weight"]) == (40, 9, 9 / 40, 40 / 9)
        assert {part["stratum"]: part["n"] for part in after["strata"]} == {
            "Nord": 9, "Syd": 9, "Vest": 5, "Øst": 6,
        }  # fmt: skip
        assert verify(after, frame()) == ()
        assert malformed_certificate(after) == ()

    def test_adds_what_extending_the_sample_itself_adds(self):
        before, after = drawn(), extend(drawn(), 4)
        sizes = {part["stratum"]: part["n"] for part in before["strata"]}
        earlier = draw_sample(frame(), sizes, SEED)
        larger = {part["stratum"]: part["n"] for part in after["strata"]}
        added = extend_sample(frame(), larger, SEED, earlier)["case_id"].to_list()
        main = [
            {case["case_id"] for part in one["strata"] for case in part["cases"] if case["role"] == "main"}
            for one in (before, after)
        ]
        assert sorted(added) == sorted(main[1] - main[0])

    def test_says_what_was_added_and_why(self):
        before = drawn()
        after = extend(before, 4, reason=" for bred usikkerhed ")
        assert after["extensions"] == [
            {
                "n": 4,
                "strata": None,
                "sizes": {"Nord": 4, "Syd": 4, "Øst": 1},
                "declared": False,
                "results_seen": True,
                "reason": "for bred usikkerhed",
                "at": MUCH_LATER.isoformat(),
                "replacements_before": 0,
            }
        ]
        assert after["previous"] == before["digest"]
        assert after["digest"] == digest(after)
        for kept in ("format", "frame", "plan", "seed", "draw", "committed_at", "replacements"):
            assert after[kept] == before[kept]
        assert "extensions" not in before

    def test_a_declared_one_takes_number_and_reason_from_the_plan(self):
        after = extend(drawn(extension=DECLARED), reason=None)
        assert (after["extensions"][0]["declared"], after["extensions"][0]["n"]) == (True, 4)
        assert after["extensions"][0]["reason"] == DECLARED["reason"]
        assert verify(after, frame()) == ()

    @pytest.mark.parametrize(
        ("n", "first"),
        [pytest.param(3, None, id="another number"), pytest.param(4, 4, id="a second time")],
    )
    def test_what_the_plan_did_not_say_is_not_declared(self, n, first):
        document = drawn(extension=DECLARED)
        document = extend(document, first) if first else document
        assert extend(document, n)["extensions"][-1]["declared"] is False
        with pytest.raises(ExtensionNeedsReason):
            extend(document, n, reason=" ")

    def test_only_some_strata(self):
        after = extend(drawn(), 4, strata=["Syd"])
        assert after["extensions"][0]["sizes"] == {"Syd": 4}
        assert stratum(after, "Nord")["n"] == 5
        assert verify(after, frame()) == ()

    def test_twice(self):
        after = extend(extend(drawn(), 2), 3, strata=["Nord"])
        assert stratum(after, "Nord")["n"] == 10
        assert main_cases(after, stratum(after, "Nord")) == in_order("Nord")[:10]
        assert verify(after, frame()) == ()

    def test_row_order_does_not_matter(self):
        options = {"reason": "x", "at": MUCH_LATER}
        assert extend_certificate(drawn(), frame().reverse(), 4, **options) == extend(drawn(), 4)

    @pytest.mark.parametrize("n", [0, -1, True, 2.0, "4", None, 2**53], ids=repr)
    def test_a_number_that_is_none_is_refused(self, n):
        with pytest.raises(FigureInvalid) as caught:
            extend(drawn(), n)
        assert (caught.value.values["name"], caught.value.values["value"]) == ("n", n)

    def test_a_stratum_that_is_not_there_is_refused(self):
        with pytest.raises(ExtensionStratumUnknown) as caught:
            extend(drawn(), 4, strata=["Nord", "Midt"])
        assert caught.value.values == {"strata": ["Midt"], "known": ["Nord", "Syd", "Vest", "Øst"]}

    def test_where_all_are_drawn_nothing_can_be_added(self):
        with pytest.raises(ExtensionAddsNothing):
            extend(drawn(), 4, strata=["Vest"])

    def test_another_register_is_refused_with_the_differences(self):
        with pytest.raises(CertificateDiffers) as caught:
            extend_certificate(drawn(), frame().head(60), 4, reason="x", at=MUCH_LATER)
        assert "fingerprint-other" in codes(caught.value.values["differences"])

    def test_an_edited_certificate_is_refused_even_with_a_fresh_digest(self):
        document = copy.deepcopy(drawn())
        document["strata"][0]["cases"][0]["ticket"] = "0" * 64
        with pytest.raises(CertificateDiffers) as caught:
            extend(signed(document), 4)
        assert codes(caught.value.values["differences"]) == ["ticket-wrong"]


class TestReplacementsAndExtensions:
    def test_a_case_that_was_called_up_stays_and_the_sample_still_grows_by_n(self):
        order = in_order("Nord")
        after = extend(out_of_scope(drawn(), "Nord"), 4)
        # The first is out, the sixth was called up for it, the next four are new.
        assert acting_in(after, "Nord") == {*order[1:10]}
        roles = {case["case_id"]: case["role"] for case in stratum(after, "Nord")["cases"]}
        assert roles[order[5]] == "reserve"
        assert [roles[case] for case in order[6:10]] == ["main"] * 4
        assert len(acting_in(after, "Nord")) == stratum(after, "Nord")["n"] == 9
        assert at_rest(after, stratum(after, "Nord")) == order[10:12]
        assert verify(after, frame()) == ()

    def test_a_replacement_after_it_calls_up_the_next_at_rest(self):
        order = in_order("Nord")
        after = out_of_scope(extend(out_of_scope(drawn(), "Nord"), 4), "Nord")
        assert after["replacements"][1] == {
            "out": order[1], "in": order[10], "reason": "ikke en afgørelse", "at": MUCH_LATER.isoformat(),
        }  # fmt: skip
        assert verify(after, frame()) == ()

    def test_a_case_that_was_called_up_can_be_replaced_after_it(self):
        order = in_order("Nord")
        after = replace_case(extend(out_of_scope(drawn(), "Nord"), 4), order[5], "x", MUCH_LATER)
        assert after["replacements"][1]["in"] == order[10]
        assert acting_in(after, "Nord") == {*order[1:5], *order[6:11]}
        assert verify(after, frame()) == ()

    def test_no_more_is_added_than_was_neither_drawn_nor_called_up(self):
        # Øst has 6 cases: 5 main, and the one in reserve was called up.
        document = out_of_scope(drawn(), "Øst")
        with pytest.raises(ExtensionAddsNothing):
            extend(document, 4, strata=["Øst"])

    @settings(max_examples=40, deadline=None)
    @given(
        steps=st.lists(
            st.one_of(
                st.tuples(st.just("out"), st.sampled_from(["Nord", "Syd"]), st.integers(0, 4)),
                st.tuples(st.just("more"), st.sampled_from([None, ("Nord",), ("Syd",)]), st.integers(1, 3)),
            ),
            max_size=6,
        ),
        reserve=st.sampled_from([None, 2, 6]),
    )
    def test_acting_cases_are_always_the_first_in_scope(self, steps, reserve):
        document = drawn(reserve=reserve)
        for kind, where, number in steps:
            before = document
            if kind == "more":
                if not any(size for size in _room(document, where)):
                    continue
                document = extend(document, number, strata=where)
            elif at_rest(document, stratum(document, where)):
                document = out_of_scope(document, where, number)
            for name in CASES:
                listed = {case["case_id"] for case in stratum(before, name)["cases"]}
                assert listed <= {case["case_id"] for case in stratum(document, name)["cases"]}
                assert {*main_cases(before, stratum(before, name))} <= {
                    *main_cases(document, stratum(document, name))
                }
        assert verify(document, frame()) == ()
        out = {one["out"] for one in document["replacements"]}
        for name in CASES:
            in_scope = [case for case in in_order(name) if case not in out]
            assert acting_in(document, name) == {*in_scope[: stratum(document, name)["n"]]}


def _room(document, where):
    called = {one["in"] for one in document["replacements"]}
    for part in document["strata"]:
        if where is None or part["stratum"] in where:
            yield part["N"] - part["n"] - sum(case["case_id"] in called for case in part["cases"])


class TestExtensionSizes:
    @pytest.mark.parametrize(
        ("sizes", "n", "expected"),
        [
            pytest.param({"method": "fixed", "n": 5}, 10, {"Nord": 10, "Syd": 7, "Øst": 1}, id="fixed"),
            pytest.param(
                {"method": "fixed", "n": 2, "exceptions": {"Nord": 20}},
                3,
                {"Nord": 3, "Syd": 3, "Vest": 3, "Øst": 3},
                id="fixed with a size of its own",
            ),
            # 63 cases: 21 are a third of each stratum, 42 two thirds.
            pytest.param(
                {"method": "proportional", "n": 21}, 21, {"Nord": 14, "Syd": 4, "Vest": 1, "Øst": 2},
                id="proportional",
            ),
            pytest.param({"method": "equal", "n": 8}, 8, {"Nord": 2, "Syd": 2, "Vest": 2, "Øst": 2}, id="equal"),
            pytest.param(
                {"method": "equal", "n": 20}, 8, {"Nord": 4, "Syd": 3, "Øst": 1}, id="equal, one is used up"
            ),
            pytest.param(
                {"method": "equal", "n": 26, "exceptions": {"Nord": 20}}, 4,
                {"Syd": 2, "Vest": 1, "Øst": 1}, id="a size of its own stays",
            ),
            pytest.param(
                {"method": "neyman", "n": 10, "deviations": {"Nord": 0, "Syd": 1, "Øst": 0, "Vest": 0}},
                5,
                {"Nord": 3, "Syd": 2},
                id="neyman",
            ),
            pytest.param({"method": "proportional", "n": 21}, 999, {"Nord": 27, "Syd": 8, "Vest": 3, "Øst": 4},
                id="more than there are"),
        ],
    )  # fmt: skip
    def test_by_method(self, sizes, n, expected):
        found = extension_sizes(drawn(sizes=sizes), n)
        assert (found, sum(found.values())) == (expected, sum(expected.values()))

    def test_a_stratum_that_the_larger_plan_would_make_smaller_keeps_its_size(self):
        """The paradox of Alabama: by largest remainder one case more can take one from a stratum."""
        eight, nine = (allocate("proportional", n, CASES) for n in (8, 9))
        assert (eight["Vest"], nine["Vest"]) == (1, 0)
        assert extension_sizes(drawn(sizes={"method": "proportional", "n": 8}), 1) == {"Syd": 1}

    @pytest.mark.parametrize("n", [*range(1, 60, 7), 44])
    def test_what_is_shared_is_n(self, n):
        document = drawn(sizes={"method": "proportional", "n": n})
        assert [sum(extension_sizes(document, more).values()) for more in (1, 2, 3)] == [1, 2, 3]


FORGED = [
    pytest.param({"n": 5}, ["extension-wrong"], id="n"),
    pytest.param({"strata": ["Nord"]}, ["extension-wrong"], id="strata"),
    pytest.param({"declared": True}, ["extension-declared-other"], id="declared"),
    pytest.param({"reason": " "}, ["extension-wrong"], id="reason"),
    pytest.param({"replacements_before": 1}, ["extension-wrong"], id="after a replacement that was not made"),
    pytest.param(
        {"sizes": {"Nord": 3, "Syd": 4, "Øst": 1}},
        ["size-other", "main-count-other", "extension-wrong"],
        id="sizes",
    ),
    pytest.param({"at": "2026-11-22T12:00:00+00:00"}, ["extension-wrong"], id="before the draw"),
    pytest.param({"results_seen": False, "at": "2026-12-24T12:00:00+00:00"}, [], id="results and time"),
]


class TestVerify:
    @pytest.mark.parametrize(("change", "found"), FORGED)
    def test_finds_what_somebody_edited(self, change, found):
        document = copy.deepcopy(extend(drawn(), 4))
        document["extensions"][0] |= change
        assert codes(verify(document, frame())) == ["digest-wrong", *found]
        assert sorted({*codes(verify(signed(document), frame()))}) == sorted(found)

    def test_a_declared_one_cannot_be_made_undeclared(self):
        document = copy.deepcopy(extend(drawn(extension=DECLARED)))
        document["extensions"][0]["declared"] = False
        assert codes(verify(signed(document), frame())) == ["extension-declared-other"]

    def test_without_its_extensions_the_sizes_are_not_the_plan_s(self):
        document = {name: value for name, value in extend(drawn(), 4).items() if name != "extensions"}
        assert "size-other" in codes(verify(signed(document), frame()))

    def test_without_its_extensions_it_has_nothing_to_follow(self):
        hidden = {name: value for name, value in extend(drawn(), 4).items() if name != "extensions"}
        hidden["strata"], hidden["plan"] = drawn()["strata"], drawn()["plan"]
        assert [one.values for one in verify(signed(hidden), frame())] == [{"member": "previous"}]

    def test_a_whole_history_of_extensions_and_replacements_holds_and_no_turn_of_it_can_be_changed(self):
        document = out_of_scope(extend(out_of_scope(drawn(extension=DECLARED), "Nord"), 4), "Nord")
        document = out_of_scope(extend(document, 2, reason="y"), "Nord")
        assert verify(document, frame()) == ()
        turned = copy.deepcopy(document)
        turned["replacements"][0], turned["replacements"][1] = (
            turned["replacements"][1],
            turned["replacements"][0],
        )
        assert "replacement-wrong" in codes(verify(signed(turned), frame()))
        for change in (
            {"extensions": document["extensions"][::-1]},
            {"extensions": document["extensions"][:1]},
            {"replacements": document["replacements"][:-1]},
            {"replacements": document["replacements"][1:]},
        ):
            found = codes(verify(signed({**document, **change}), frame()))
            # What was never called up may be left out from the end: only the digest before it can show that.
            assert found or change == {"replacements": document["replacements"][:-1]}

    def test_sizes_are_plan_and_extensions(self):
        assert {part.stratum: (part.n, part.reserve) for part in stratum_sizes(extend(drawn(), 4))} == {
            "Nord": (9, 3), "Syd": (9, 3), "Vest": (5, 0), "Øst": (6, 0),
        }  # fmt: skip

    @pytest.mark.parametrize(
        "value", [None, True, -1, 0, 1, 7, 2**52, "", "x", [], ["Nord"], {}, {"Nord": 1}], ids=repr
    )
    def test_no_edit_goes_unseen_and_none_breaks_verifying(self, value):
        sound = out_of_scope(extend(out_of_scope(drawn(extension=DECLARED), "Nord"), 4), "Nord")
        for member in ("n", "strata", "sizes", "declared", "reason", "replacements_before"):
            document = copy.deepcopy(sound)
            document["extensions"][0][member] = value
            if repr(document) != repr(sound):
                with contextlib.suppress(DocumentMalformed):
                    # Another reason is another text, and the plan declares a number: it need not be repeated.
                    assert codes(verify(signed(document), frame())) or (member, value) == ("reason", "x")
