"""Freeze and certificate: their members, sizes and replacements."""

import hashlib
import json

import pytest
from certificates import LATER, PLAN, SEED, codes, drawn, frame, frozen, stratum

from sampling import digest, draw_sample, fingerprint, replace_case, stratum_sizes, ticket, verify
from sampling.certificate import certificate
from sampling.documents import malformed_certificate, malformed_freeze
from sampling.errors import (
    CaseNotActing,
    DocumentMalformed,
    ExceptionUnknown,
    FrameDiffers,
    NoReserveLeft,
    ReasonMissing,
)


class TestFreeze:
    def test_has_the_members_of_its_format(self):
        document = frozen()
        assert set(document) == {"format", "mapping", "plan", "frame", "committed_at", "digest"}
        assert document["format"] == "lirk-freeze/1"
        assert document["frame"] == {
            "source": "register.csv",
            "source_sha256": None,
            "taken_at": "2026-11-22T12:00:00+00:00",
            "rows": 53,
            "excluded": [{"reason": "not-a-decision", "value": "Trukket", "count": 3}],
            "strata": {"Nord": 40, "Syd": 7, "Tomt": 0, "Øst": 3},
            "fingerprint": fingerprint(frame(), "5a17"),
            "salt": "5a17",
        }

    def test_without_a_salt_the_fingerprint_is_unsalted(self):
        document = frozen(salt=None)
        assert document["frame"]["salt"] is None
        assert document["frame"]["fingerprint"] == fingerprint(frame())

    def test_refuses_sizes_that_do_not_fit_the_strata(self):
        with pytest.raises(ExceptionUnknown):
            frozen(plan={**PLAN, "sizes": {"method": "fixed", "n": 5, "exceptions": {"Vest": 1}}})

    def test_its_form_is_sound(self):
        assert malformed_freeze(frozen()) == ()


class TestStratumSizes:
    @pytest.mark.parametrize(
        ("reserve", "expected"),
        [
            pytest.param(3, [(5, 3), (5, 2), (0, 0), (3, 0)], id="as planned, as far as there are cases"),
            pytest.param(None, [(5, 5), (5, 2), (0, 0), (3, 0)], id="n again"),
            pytest.param(0, [(5, 0), (5, 0), (0, 0), (3, 0)], id="none"),
        ],
    )
    def test_sample_and_reserve(self, reserve, expected):
        sizes = stratum_sizes(frozen(plan={**PLAN, "reserve": reserve}))
        assert [(part.n, part.reserve) for part in sizes] == expected


class TestDigest:
    def test_is_the_hash_of_the_canonical_json(self):
        document = {"b": [1, 0.5, None, True], "a": "æ", "digest": "left out"}
        assert digest(document) == hashlib.sha256('{"a":"æ","b":[1,0.5,null,true]}'.encode()).hexdigest()

    def test_survives_the_file(self):
        document = drawn()
        assert digest(json.loads(json.dumps(document, indent=2, sort_keys=True))) == document["digest"]

    def test_a_lone_surrogate_is_no_error(self):
        assert len(digest({"a": "\ud800"})) == 64


class TestCertificate:
    def test_has_the_members_of_its_format(self):
        document = drawn()
        assert set(document) == {
            "format", "method", "mapping", "plan", "frame", "committed_at", "seed", "draw", "strata",
            "replacements", "digest", "previous",
        }  # fmt: skip
        assert document["format"] == "lirk-certificate/1"
        assert document["seed"] == {
            "value": SEED, "how": "dice", "witnesses": ["A", "B"], "at": LATER.isoformat(),
        }  # fmt: skip
        assert document["draw"] == {"number": 1, "reason": None, "at": LATER.isoformat()}
        assert document["previous"] is None
        assert malformed_certificate(document) == ()

    def test_lists_sample_and_reserve_in_ticket_order(self):
        nord = stratum(drawn(), "Nord")
        expected = draw_sample(frame(), {"Nord": 8, "Syd": 0, "Øst": 0}, SEED)
        assert [case["case_id"] for case in nord["cases"]] == expected["case_id"].to_list()
        assert [case["role"] for case in nord["cases"]] == ["main"] * 5 + ["reserve"] * 3
        assert [case["rank"] for case in nord["cases"]] == list(range(1, 9))
        assert all(case["ticket"] == ticket(SEED, case["case_id"]) for case in nord["cases"])

    @pytest.mark.parametrize(
        ("name", "numbers"),
        [
            pytest.param("Nord", (40, 5, 0.125, 8.0), id="a sample"),
            pytest.param("Øst", (3, 3, 1.0, 1.0), id="a census"),
            pytest.param("Tomt", (0, 0, None, None), id="no cases"),
        ],
    )
    def test_fraction_and_weight(self, name, numbers):
        part = stratum(drawn(), name)
        assert (part["N"], part["n"], part["sampling_fraction"], part["weight"]) == numbers

    def test_the_same_draw_gives_the_same_certificate(self):
        assert drawn() == drawn()

    def test_row_order_does_not_matter(self):
        seed = drawn()["seed"]
        assert certificate(frozen(), frame().reverse(), seed, at=LATER) == drawn()

    def test_refuses_another_frame(self):
        with pytest.raises(FrameDiffers) as caught:
            certificate(frozen(), frame(**{"22_001": None}), drawn()["seed"], at=LATER)
        assert codes(caught.value.values["differences"]) == ["fingerprint-other", "stratum-count-other"]

    def test_refuses_a_freeze_that_lacks_something(self):
        document = frozen()
        del document["frame"]["strata"]
        with pytest.raises(DocumentMalformed):
            certificate(document, frame(), drawn()["seed"], at=LATER)


class TestReplaceCase:
    def test_calls_up_the_next_reserve_of_the_stratum(self):
        before = drawn()
        cases = [case["case_id"] for case in stratum(before, "Nord")["cases"]]
        once = replace_case(before, cases[0], "ikke en afgørelse", LATER)
        twice = replace_case(once, cases[3], " dublet ", LATER)
        assert twice["replacements"] == [
            {"out": cases[0], "in": cases[5], "reason": "ikke en afgørelse", "at": LATER.isoformat()},
            {"out": cases[3], "in": cases[6], "reason": "dublet", "at": LATER.isoformat()},
        ]
        assert (once["previous"], twice["previous"]) == (before["digest"], once["digest"])
        assert once["strata"] == before["strata"]
        assert before["replacements"] == []
        assert verify(twice, frame()) == ()

    def test_a_case_that_was_called_up_can_be_replaced_too(self):
        before = drawn()
        cases = [case["case_id"] for case in stratum(before, "Nord")["cases"]]
        document = replace_case(replace_case(before, cases[0], "x", LATER), cases[5], "x", LATER)
        assert document["replacements"][-1]["in"] == cases[6]
        assert verify(document, frame()) == ()

    def test_refused_when_no_reserve_is_left(self):
        document = drawn()
        cases = [case["case_id"] for case in stratum(document, "Syd")["cases"]]
        for out in cases[:2]:
            document = replace_case(document, out, "x", LATER)
        with pytest.raises(NoReserveLeft):
            replace_case(document, cases[2], "x", LATER)

    @pytest.mark.parametrize(
        ("out", "reason", "error"),
        [
            pytest.param(lambda cases: cases[0], " ", ReasonMissing, id="no reason"),
            pytest.param(lambda cases: cases[6], "x", CaseNotActing, id="a reserve case at rest"),
            pytest.param(lambda cases: "99/1", "x", CaseNotActing, id="no such case"),
            pytest.param(lambda cases: cases[1], "x", CaseNotActing, id="replaced already"),
        ],
    )
    def test_refused(self, out, reason, error):
        cases = [case["case_id"] for case in stratum(drawn(), "Nord")["cases"]]
        document = replace_case(drawn(), cases[1], "x", LATER)
        with pytest.raises(error):
            replace_case(document, out(cases), reason, LATER)
