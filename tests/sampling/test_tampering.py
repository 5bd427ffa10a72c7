"""Every way in which somebody could break a certificate, and what is told of it."""

import contextlib
import copy

import pytest
from certificates import LATER, SEED, codes, drawn, frame, frozen, signed, stratum

from sampling import replace_case, ticket, verify
from sampling.certificate import certificate
from sampling.documents import freeze_digest
from sampling.errors import (
    DocumentMalformed,
)
from sampling.verification import differences_within


def _set(*path):
    """A change of one member: all of ``path`` but the last leads there, the last is the new value."""

    def change(document):
        place = document
        for step in path[:-2]:
            place = place[step]
        place[path[-2]] = path[-1]

    return change


def _paths(value, before=()):
    """Where every member stands; of a list only its first element is gone into."""
    if before:
        yield before
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(min(1, len(value))):
            yield from _paths(value[step], (*before, step))


def _swap_first_two(document):
    cases = stratum(document, "Nord")["cases"]
    cases[0], cases[1] = cases[1], cases[0]


def _swap_in_a_chosen_case(document):
    """Put a case that was not drawn in the place of one that was, with its true ticket, in order."""
    nord = stratum(document, "Nord")
    listed = {case["case_id"] for case in nord["cases"]}
    chosen = next(case for case in frame()["case_id"] if case not in listed)
    nord["cases"][0]["case_id"], nord["cases"][0]["ticket"] = chosen, ticket(SEED, chosen)
    nord["cases"].sort(key=lambda case: case["ticket"])
    for rank, case in enumerate(nord["cases"], 1):
        case["rank"], case["role"] = rank, "main" if rank <= 5 else "reserve"


def _drop_last_case(document):
    stratum(document, "Nord")["cases"].pop()


BROKEN = [
    pytest.param(
        _set("committed_at", "2026-11-21T12:00:00+00:00"), ["document-malformed"], id="a freeze before its register"
    ),
    pytest.param(
        _set("committed_at", "2026-11-23T12:00:00+00:00"),
        ["seed-before-freeze", "document-malformed"],
        id="a freeze after the draw",
    ),
    pytest.param(
        _set("seed", "at", "2026-11-30T12:00:00+00:00"), ["document-malformed"], id="a seed after the draw"
    ),
    pytest.param(
        _set("draw", "at", "2026-11-22T12:30:00+00:00"), ["document-malformed"], id="a draw before its seed"
    ),
    pytest.param(_set("previous", "0" * 64), ["document-malformed"], id="a first draw after another"),
    pytest.param(_set("mapping", {}), [], id="mapping"),
    pytest.param(_set("frame", "rows", 54), [], id="rows"),
    pytest.param(_set("frame", "excluded", []), [], id="exclusions"),
    pytest.param(_set("seed", "witnesses", []), [], id="witnesses"),
    pytest.param(_set("method", "version", 2), ["method-other"], id="method"),
    pytest.param(_set("method", "formula", "by hand"), ["method-other"], id="formula"),
    pytest.param(
        _set("frame", "fingerprint", "0" * 64), ["fingerprint-other"], id="fingerprint"
    ),
    pytest.param(_set("frame", "salt", None), ["fingerprint-other"], id="salt"),
    pytest.param(
        _set("frame", "strata", "Nord", 41), ["cases-other", "stratum-count-other"], id="N of the frame"
    ),
    pytest.param(
        _set("frame", "strata", "Vest", 4), ["strata-other", "stratum-count-other"], id="a stratum more in the frame"
    ),
    pytest.param(_set("strata", 0, "N", 41), ["cases-other", "weight-wrong", "weight-wrong"], id="N of a stratum"),
    pytest.param(
        _set("strata", 0, "n", 4), ["size-other", "weight-wrong", "weight-wrong", "role-wrong"], id="n of a stratum"
    ),
    pytest.param(_set("strata", 0, "weight", 7.0), ["weight-wrong"], id="weight"),
    pytest.param(_set("strata", 0, "sampling_fraction", 0.5), ["weight-wrong"], id="fraction"),
    pytest.param(
        _set("plan", "sizes", "n", 6),
        ["size-other", "main-count-other", "size-other", "main-count-other", "reserve-count-other"],
        id="n of the plan",
    ),
    pytest.param(
        _set("plan", "reserve", 4), ["reserve-count-other"], id="reserve of the plan"
    ),
    pytest.param(_set("plan", "sizes", "method", "lottery"), ["allocation-method-unknown"], id="method of the plan"),
    pytest.param(
        _set("strata", 0, "cases", 0, "ticket", "0" * 64), ["ticket-wrong"], id="ticket"
    ),
    pytest.param(_set("strata", 0, "cases", 0, "rank", 2), ["order-wrong"], id="rank"),
    pytest.param(
        _set("strata", 0, "cases", 0, "role", "reserve"),
        ["main-count-other", "reserve-count-other", "role-wrong"],
        id="role",
    ),
    pytest.param(_swap_first_two, ["order-wrong"], id="order"),
    pytest.param(_swap_in_a_chosen_case, ["case-passed-over", "case-not-smallest"], id="a chosen case"),
    pytest.param(_drop_last_case, ["reserve-count-other"], id="a reserve case left out"),
    pytest.param(_set("seed", "at", "2026-11-22T11:00:00+00:00"), ["seed-before-freeze"], id="an old seed"),
    pytest.param(_set("draw", "number", 2), ["further-draw-unexplained"], id="an unexplained draw"),
    pytest.param(
        _set("replacements", [{"out": "22/001", "in": "22/002", "reason": "x", "at": "2026-11-23T12:00:00+00:00"}]),
        ["document-malformed", "replacement-wrong"],
        id="a replacement",
    ),
]  # fmt: skip


class TestVerify:
    def test_a_draw_that_was_not_touched_holds(self):
        assert verify(drawn(), frame()) == ()
        assert verify(drawn(), frame().sample(fraction=1, shuffle=True, seed=1)) == ()

    @pytest.mark.parametrize(("change", "found"), BROKEN)
    def test_finds_what_somebody_edited(self, change, found):
        document = copy.deepcopy(drawn())
        change(document)
        assert codes(verify(document, frame())) == ["digest-wrong", *found]

    @pytest.mark.parametrize(("change", "found"), [case for case in BROKEN if case.values[1]])
    def test_a_fresh_digest_does_not_hide_it(self, change, found):
        document = copy.deepcopy(drawn())
        change(document)
        assert codes(verify(signed(document), frame())) == found

    def test_another_seed_has_every_ticket_wrong(self):
        document = copy.deepcopy(drawn())
        document["seed"]["value"] = "0" * 20
        found = codes(verify(signed(document), frame()))
        assert found.count("ticket-wrong") == sum(len(part["cases"]) for part in document["strata"])
        assert "case-passed-over" in found

    def test_a_seed_that_is_none_is_told(self):
        document = copy.deepcopy(drawn())
        document["seed"]["value"] = "7"
        assert "seed-malformed" in codes(verify(signed(document), frame()))

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param(("digest",), id="digest"),
            pytest.param(("strata", 0, "cases", 0, "ticket"), id="a ticket"),
            pytest.param(("frame", "strata"), id="counts"),
            pytest.param(("plan", "sizes"), id="sizes"),
            pytest.param(("seed", "at"), id="time of the seed"),
            pytest.param(("plan", "extension"), id="extension"),
        ],
    )
    def test_what_lacks_a_member_cannot_be_verified(self, path):
        document = copy.deepcopy(drawn())
        place = document
        for step in path[:-1]:
            place = place[step]
        del place[path[-1]]
        with pytest.raises(DocumentMalformed):
            verify(document, frame())

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            pytest.param(("format",), "lirk-freeze/1", id="format"),
            pytest.param(("frame", "rows"), -1, id="a negative count"),
            pytest.param(("frame", "rows"), True, id="a yes for a count"),
            pytest.param(("frame", "rows"), 10**400, id="a count without measure"),
            pytest.param(("frame", "salt"), "", id="an empty salt"),
            pytest.param(("frame", "strata"), {"\ud800": 1}, id="half a character"),
            pytest.param(("seed", "value"), "\ud800", id="half a character in the seed"),
            pytest.param(("committed_at",), "2026-11-22", id="a time without offset"),
            pytest.param(("committed_at",), "yesterday", id="no time"),
            pytest.param(("strata",), {}, id="a table for a list"),
            pytest.param(("plan",), [], id="a list for a table"),
            pytest.param(("plan", "extension"), {"n": 5}, id="an extension without reason"),
            pytest.param(("draw", "reason"), 7, id="a number for a text"),
            pytest.param(("draw", "number"), 0, id="a draw before the first"),
            pytest.param(("frame", "fingerprint"), "0" * 63, id="a fingerprint that is no hash"),
        ],
    )
    def test_what_has_another_form_cannot_be_verified(self, path, value):
        document = copy.deepcopy(drawn())
        _set(*path, value)(document)
        with pytest.raises(DocumentMalformed) as caught:
            verify(document, frame())
        assert caught.value.values["member"] == ".".join(path)

    @pytest.mark.parametrize(
        "value", [None, True, -1, 10**400, float("nan"), "", "\ud800", "a\tb", [], {}, [1]], ids=ascii
    )
    def test_no_edit_goes_unseen_and_none_breaks_verifying(self, value):
        case = stratum(drawn(), "Nord")["cases"][0]["case_id"]
        sound = replace_case(drawn(), case, "x", LATER)
        for path in _paths(sound):
            document = copy.deepcopy(sound)
            _set(*path, value)(document)
            if repr(document) != repr(sound):
                with contextlib.suppress(DocumentMalformed):
                    assert verify(document, frame()), path

    def test_another_method_is_told_by_what_is_another_in_it(self):
        document = copy.deepcopy(drawn())
        document["method"]["formula"] = "by hand"
        assert [one.values for one in verify(signed(document), frame())] == [{"certified": "by hand"}]

    @pytest.mark.parametrize(
        ("change", "member"),
        [
            pytest.param(_set("previous", None), "previous", id="nothing before it"),
            pytest.param(_set("previous", "x"), "previous", id="no digest of the one before it"),
            pytest.param(_set("draw", "at", "2026-11-22T12:30:00+00:00"), "draw.at", id="a draw before its seed"),
            pytest.param(
                _set("frame", "taken_at", "2026-11-22T12:30:00+00:00"), "frame.taken_at", id="taken after the freeze"
            ),
            pytest.param(
                _set("replacements", 1, "at", "2026-11-22T11:00:00+00:00"),
                "replacements[2].at",
                id="replaced before the freeze",
            ),
        ],
    )  # fmt: skip
    def test_a_time_or_a_predecessor_that_cannot_be_is_told_by_its_place(self, change, member):
        document = drawn()
        for case in stratum(document, "Nord")["cases"][:2]:
            document = replace_case(document, case["case_id"], "x", LATER)
        assert verify(document, frame()) == ()
        document = copy.deepcopy(document)
        change(document)
        assert [(one.code, one.values) for one in verify(signed(document), frame())] == [
            ("document-malformed", {"member": member})
        ]

    def test_a_further_draw_names_the_one_before_it(self):
        again = certificate(
            frozen(), frame(), drawn()["seed"], at=LATER, number=2, reason="x", previous=drawn()["digest"]
        )
        assert verify(again, frame()) == ()
        for previous in (None, "", "the one before"):
            found = codes(verify(signed({**again, "previous": previous}), frame()))
            assert found == ["further-draw-unexplained"]

    def test_called_a_first_one_a_further_draw_is_found_out(self):
        again = certificate(
            frozen(), frame(), drawn()["seed"], at=LATER, number=2, reason="x", previous=drawn()["digest"]
        )
        first = {**again, "draw": {**again["draw"], "number": 1, "reason": None}}
        assert codes(verify(signed(first), frame())) == ["document-malformed"]


class TestFreezeDigest:
    def test_is_that_of_the_freeze_whatever_was_done_since(self):
        assert freeze_digest(drawn()) == frozen()["digest"]
        case = stratum(drawn(), "Nord")["cases"][0]["case_id"]
        assert freeze_digest(replace_case(drawn(), case, "x", LATER)) == frozen()["digest"]

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(_set("plan", "sizes", "n", 6), id="the plan"),
            pytest.param(_set("plan", "extension", {"n": 1, "reason": "x"}), id="an extension declared afterwards"),
            pytest.param(_set("committed_at", "2026-11-22T12:00:01+00:00"), id="the time"),
            pytest.param(_set("mapping", {}), id="the mapping"),
            pytest.param(_set("frame", "rows", 54), id="the frame"),
        ],
    )  # fmt: skip
    def test_is_another_where_anything_committed_to_is(self, change):
        document = copy.deepcopy(drawn())
        change(document)
        assert freeze_digest(document) != frozen()["digest"]


class TestDifferencesWithin:
    @pytest.mark.parametrize(("change", "found"), BROKEN)
    def test_are_those_that_need_no_register(self, change, found):
        document = copy.deepcopy(drawn())
        change(document)
        outside = {"fingerprint-other", "stratum-count-other", "case-passed-over", "case-not-smallest"}
        assert codes(differences_within(document)) == [
            "digest-wrong",
            *(one for one in found if one not in outside),
        ]

    def test_none_in_one_that_holds(self):
        assert differences_within(drawn()) == ()


class TestVerifyAgainstAChangedRegister:
    def test_a_drawn_case_that_is_gone(self):
        gone = stratum(drawn(), "Nord")["cases"][2]["case_id"]
        found = verify(drawn(), frame(**{gone.replace("/", "_"): None}))
        assert [(one.code, one.values.get("case_id")) for one in found] == [
            ("fingerprint-other", None),
            ("stratum-count-other", None),
            ("case-gone", gone),
        ]

    def test_a_case_that_was_not_drawn_is_gone(self):
        listed = {case["case_id"] for case in stratum(drawn(), "Nord")["cases"]}
        other = next(case for case in frame()["case_id"] if case not in listed)
        found = verify(drawn(), frame(**{other.replace("/", "_"): None}))
        assert codes(found) == ["fingerprint-other", "stratum-count-other"]
        assert found[1].values == {"stratum": "Nord", "certified": 40, "found": 39}

    def test_a_case_that_should_have_been_drawn_was_added(self):
        last = stratum(drawn(), "Nord")["cases"][-1]
        added = next(case for case in (f"23/{n}" for n in range(999)) if ticket(SEED, case) < last["ticket"])
        found = verify(drawn(), frame(**{added.replace("/", "_"): "Nord"}))
        assert [(one.code, one.values.get("case_id")) for one in found] == [
            ("fingerprint-other", None),
            ("stratum-count-other", None),
            ("case-passed-over", added),
            ("case-not-smallest", last["case_id"]),
        ]

    def test_a_drawn_case_that_was_moved(self):
        moved = stratum(drawn(), "Nord")["cases"][0]["case_id"]
        found = verify(drawn(), frame(**{moved.replace("/", "_"): "Tomt"}))
        assert codes(found) == [
            "fingerprint-other",
            "stratum-count-other",
            "stratum-count-other",
            "case-moved",
        ]
        assert found[-1].values == {"case_id": moved, "certified": "Nord", "found": "Tomt"}

    def test_a_stratum_that_was_added(self):
        found = verify(drawn(), frame(**{"23_1": "Vest"}))
        assert codes(found) == ["fingerprint-other", "stratum-count-other"]
        assert found[1].values == {"stratum": "Vest", "certified": 0, "found": 1}

    def test_a_number_that_was_changed(self):
        changed = stratum(drawn(), "Øst")["cases"][0]["case_id"]
        found = verify(drawn(), frame(**{changed.replace("/", "_"): None, "99_9": "Øst"}))
        assert "fingerprint-other" in codes(found)
        assert "case-gone" in codes(found)
