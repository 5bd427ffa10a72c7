"""Freezing, drawing, replacing and verifying, as services do it: values and files, no database."""

import json
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from lirk.domain.draws import (
    CaseExclusion,
    CaseNotActing,
    CertificateEdited,
    CertificateMalformed,
    DrawNeedsPrevious,
    DrawNeedsReason,
    DrawNumberWrong,
    DrawPlan,
    FingerprintDiffers,
    FreezeEdited,
    FreezeMalformed,
    NoReserveLeft,
    PreviousOfAnotherFrame,
    ReplacementNeedsReason,
    SaltMissing,
    SeedBeforeFreeze,
    SeedHowUnknown,
    SeedMalformed,
    SeedRecord,
    SeedUsed,
    stratum_remarks,
)
from lirk.domain.reports import Exclusion
from lirk.errors import Problem, ProblemsFound
from lirk.intake.draws import MemberTwice, NotJson, read_certificate, read_freeze
from lirk.intake.opening import FileUnreadable
from lirk.intake.register import Register
from lirk.services import draws
from lirk.wording import Wording
from lirk.wording.sentences import SENTENCES
from sampling import digest, errors, fingerprint, ticket

SEED = "12345678901234567890"
PLAN = DrawPlan(title="2. runde", sizes={"method": "fixed", "n": 5}, reserve=2)


def register(count=60, **changes):
    """``count`` cases turn by turn in Nord, Syd and Øst; the centre Tomt has lost its only case to a filter."""
    centres = [("Nord", "Syd", "Øst")[number % 3] for number in range(count)]
    values = {
        "frame": pl.DataFrame(
            {
                "case_id": [f"22/{number:03}" for number in range(count)],
                "centre": centres,
                "decision_date": [date(2026, 1, 1)] * count,
                "outcome_group": [
                    "full-grant" if number % 4 else "not-full-grant" for number in range(count)
                ],
            },
            schema_overrides={"case_id": pl.String, "centre": pl.String, "outcome_group": pl.String},
        ),
        "source": "register.csv",
        "rows": count + 1,
        "excluded": (Exclusion(reason="outside-period", value="", count=1),),
        "centres": ("Nord", "Syd", "Tomt", "Øst"),
        "mapping": {"columns": {"case_number": "Sag", "centre": "Center", "decision_date": "Dato"}},
        "remarks": (),
    }
    return Register(**{**values, **changes})


def frozen(now, plan=PLAN, **options):
    return draws.freeze_frame(register(), plan, now=now, **options)


def seed(now, value=SEED, **changes):
    return SeedRecord(**{"value": value, "how": "dice", "witnesses": ("A", "B"), "at": now, **changes})


def drawn(now, plan=PLAN, **options):
    return draws.draw_cases(register(), frozen(now, plan), seed(now), now=now, **options)


def main_cases(certificate, name):
    part = next(part for part in certificate["strata"] if part["stratum"] == name)
    return [case["case_id"] for case in part["cases"] if case["role"] == "main"]


class TestSeedRecord:
    @pytest.mark.parametrize("value", ["", "123", SEED + "1", SEED[:-1] + "x", SEED + "\n", f" {SEED}"])
    def test_a_seed_is_20_digits(self, now, value):
        with pytest.raises(SeedMalformed):
            seed(now, value)

    def test_only_known_ways_to_find_it(self, now):
        with pytest.raises(SeedHowUnknown):
            seed(now, how="lottery")


class TestFreezeFrame:
    def test_counts_and_fingerprint_of_the_frame(self, now):
        frame = frozen(now)["frame"]
        planned = register().frame.select("case_id", pl.col("centre").alias("stratum"))
        assert frame["strata"] == {"Nord": 20, "Syd": 20, "Tomt": 0, "Øst": 20}
        assert frame["fingerprint"] == fingerprint(planned)
        assert (frame["source"], frame["rows"], frame["salt"]) == ("register.csv", 61, None)
        assert frame["excluded"] == [{"reason": "outside-period", "value": "", "count": 1}]

    def test_keeps_mapping_plan_and_time(self, now):
        document = frozen(now)
        assert document["mapping"] == register().mapping
        assert document["plan"] == PLAN.as_dict()
        assert document["committed_at"] == document["frame"]["taken_at"] == now.isoformat()

    def test_the_salt_is_used_only_where_the_plan_asks(self, now):
        salted = frozen(now, replace(PLAN, salt=True), salt="5a17")["frame"]
        assert salted["salt"] == "5a17"
        assert salted["fingerprint"] != frozen(now)["frame"]["fingerprint"]
        assert frozen(now, salt="5a17") == frozen(now)

    def test_a_plan_with_salt_needs_one(self, now):
        with pytest.raises(SaltMissing):
            frozen(now, replace(PLAN, salt=True))

    def test_excluded_cases_leave_before_the_fingerprint_and_are_counted(self, now):
        rules = (
            CaseExclusion(reason="reviewed", case_numbers=("22/000", "22/003", "99/9")),
            CaseExclusion(reason="under complaint", case_numbers=("22/000", "22/001")),
        )
        planned = draws.plan_frame(register(), replace(PLAN, exclude=rules))
        document = draws.freeze_planned(planned, now=now)
        assert document["frame"]["strata"] == {"Nord": 18, "Syd": 19, "Tomt": 0, "Øst": 20}
        assert document["frame"]["excluded"][1:] == [
            {"reason": "reviewed", "value": "", "count": 2},
            {"reason": "under complaint", "value": "", "count": 1},
        ]
        assert document["plan"]["exclude"][0]["case_numbers"] == ["22/000", "22/003", "99/9"]
        assert [(one.code, one.values["count"], one.values["example"]) for one in planned.remarks] == [
            ("excluded-not-found", 1, "99/9")
        ]

    def test_strata_by_outcome_are_listed_for_every_centre(self, now):
        document = frozen(now, replace(PLAN, strata=("centre", "outcome_group")))
        assert document["frame"]["strata"] == {
            "Nord/full-grant": 15,
            "Nord/not-full-grant": 5,
            "Syd/full-grant": 15,
            "Syd/not-full-grant": 5,
            "Tomt/full-grant": 0,
            "Tomt/not-full-grant": 0,
            "Øst/full-grant": 15,
            "Øst/not-full-grant": 5,
        }

    @pytest.mark.parametrize(
        ("changes", "plan", "codes"),
        [
            pytest.param(
                {"frame": register().frame.drop("outcome_group")},
                replace(PLAN, strata=("centre", "outcome_group")),
                ["frame-column-missing"],
                id="outcome not mapped",
            ),
            pytest.param({"frame": register(0).frame}, PLAN, ["frame-without-cases"], id="no cases"),
            pytest.param(
                {"frame": register().frame.with_columns(pl.lit("a\tb").alias("case_id")).head(1)},
                PLAN,
                ["frame-id-control"],
                id="TAB",
            ),
            pytest.param(
                {
                    "frame": register().frame.with_columns(
                        pl.Series("case_id", ["a", "A"] + [f"{n}" for n in range(58)])
                    )
                },
                PLAN,
                ["frame-id-alike"],
                id="two that look alike",
            ),
            pytest.param(
                {},
                replace(PLAN, sizes={"method": "fixed", "n": 5, "exceptions": {"Vest": 3}}),
                ["size-exception-unknown"],
                id="unknown stratum",
            ),
            pytest.param(
                {},
                replace(PLAN, sizes={"method": "equal", "n": 5, "minimum": 4}),
                ["minimum-too-large"],
                id="minimum",
            ),
        ],
    )
    def test_refused_with_problems(self, now, changes, plan, codes):
        with pytest.raises(ProblemsFound) as caught:
            draws.freeze_frame(register(**changes), plan, now=now)
        assert [problem.code for problem in caught.value.problems] == codes

    def test_what_only_looks_damaged_is_a_remark(self):
        damaged = register().frame.with_columns(pl.Series("case_id", [str(number) for number in range(60)]))
        planned = draws.plan_frame(register(frame=damaged), PLAN)
        assert [remark.code for remark in planned.remarks] == ["frame-ids-mixed-length"]


class TestDrawCases:
    def test_draws_what_the_plan_says(self, now):
        certificate = drawn(now)
        assert {part["stratum"]: part["n"] for part in certificate["strata"]} == {
            "Nord": 5,
            "Syd": 5,
            "Tomt": 0,
            "Øst": 5,
        }
        nord = register().frame.filter(pl.col("centre") == "Nord")["case_id"]
        assert main_cases(certificate, "Nord") == sorted(nord, key=lambda case: ticket(SEED, case))[:5]
        assert certificate["seed"] == {
            "value": SEED,
            "how": "dice",
            "witnesses": ["A", "B"],
            "at": now.isoformat(),
        }

    def test_a_size_above_the_cases_is_a_census(self, now):
        certificate = drawn(now, replace(PLAN, sizes={"method": "fixed", "n": 99}))
        assert [(part["N"], part["n"]) for part in certificate["strata"]] == [
            (20, 20),
            (20, 20),
            (0, 0),
            (20, 20),
        ]

    def test_a_further_draw_names_the_one_before(self, now):
        first = drawn(now)
        options = {"number": 2, "reason": "ekstra sager", "previous": first, "now": now}
        second = draws.draw_cases(register(), frozen(now), seed(now, "0" * 20), **options)
        assert (second["draw"]["number"], second["draw"]["reason"]) == (2, "ekstra sager")
        assert second["previous"] == first["digest"]

    def test_the_digest_of_the_one_before_is_enough(self, now):
        options = {"number": 2, "reason": "x", "previous": "ab" * 32, "now": now}
        assert draws.draw_cases(register(), frozen(now), seed(now), **options)["previous"] == "ab" * 32

    @pytest.mark.parametrize(
        ("options", "error"),
        [
            pytest.param({"number": 2, "previous": "x"}, DrawNeedsReason, id="no reason"),
            pytest.param({"number": 2, "reason": " ", "previous": "x"}, DrawNeedsReason, id="blank reason"),
            pytest.param({"number": 2, "reason": "x"}, DrawNeedsPrevious, id="no previous"),
            pytest.param({"number": 0}, DrawNumberWrong, id="number 0"),
            pytest.param(
                {"number": 1, "previous": "x"}, DrawNumberWrong, id="a first one with one before it"
            ),
        ],
    )
    def test_a_series_that_is_none_is_refused(self, now, options, error):
        with pytest.raises(error):
            drawn(now, **options)

    @pytest.mark.parametrize(
        ("number", "value", "change", "error"),
        [
            pytest.param(2, SEED, {}, SeedUsed, id="the same seed"),
            pytest.param(3, "0" * 20, {}, DrawNumberWrong, id="a number left out"),
            pytest.param(2, "0" * 20, {"digest": "0" * 64}, CertificateEdited, id="edited"),
            pytest.param(2, "0" * 20, {"format": "x"}, CertificateMalformed, id="no certificate"),
        ],
    )
    def test_a_previous_certificate_that_does_not_fit(self, now, number, value, change, error):
        previous = {**drawn(now), **change}
        options = {"number": number, "reason": "x", "previous": previous, "now": now}
        with pytest.raises(error):
            draws.draw_cases(register(), frozen(now), seed(now, value), **options)

    def test_a_previous_certificate_of_another_frame(self, now):
        other = draws.freeze_frame(register(59), PLAN, now=now)
        options = {"number": 2, "reason": "x", "previous": drawn(now), "now": now}
        with pytest.raises(PreviousOfAnotherFrame):
            draws.draw_cases(register(59), other, seed(now, "0" * 20), **options)

    def test_a_seed_from_before_the_freeze_is_refused(self, now):
        early = seed(now, at=now - timedelta(seconds=1))
        with pytest.raises(SeedBeforeFreeze):
            draws.draw_cases(register(), frozen(now), early, now=now)

    def test_an_edited_freeze_is_refused(self, now):
        document = frozen(now)
        document["plan"]["sizes"]["n"] = 6
        with pytest.raises(FreezeEdited):
            draws.draw_cases(register(), document, seed(now), now=now)

    @pytest.mark.parametrize("member", ["mapping", "plan", "frame", "committed_at", "digest", "format"])
    def test_a_freeze_without_a_member_is_refused(self, now, member):
        document = frozen(now)
        del document[member]
        with pytest.raises(FreezeMalformed):
            draws.draw_cases(register(), document, seed(now), now=now)

    def test_strata_that_are_none_of_ours_are_refused(self, now):
        document = frozen(now)
        document["plan"]["strata"] = []
        with pytest.raises(FreezeMalformed):
            draws.draw_cases(register(), {**document, "digest": digest(document)}, seed(now), now=now)

    @pytest.mark.parametrize(
        ("other", "codes"),
        [
            pytest.param(
                register(59, rows=61), ["fingerprint-other", "stratum-count-other"], id="a case gone"
            ),
            pytest.param(
                register(rows=63, excluded=(Exclusion(reason="outside-period", value="", count=3),)),
                ["rows-other", "excluded-other"],
                id="rows that rules leave out",
            ),
            pytest.param(
                register(frame=register().frame.with_columns(pl.lit("Nord").alias("centre"))),
                ["fingerprint-other"] + ["stratum-count-other"] * 3,
                id="cases moved",
            ),
        ],
    )
    def test_another_register_is_refused_and_told_why(self, now, other, codes):
        with pytest.raises(FingerprintDiffers) as caught:
            draws.draw_cases(other, frozen(now), seed(now), now=now)
        assert [problem.code for problem in caught.value.problems] == codes

    def test_changed_outcomes_do_not_matter_where_they_are_no_stratum(self, now):
        other = register(frame=register().frame.drop("outcome_group"))
        assert draws.draw_cases(other, frozen(now), seed(now), now=now) == drawn(now)


class TestReplaceCase:
    def test_returns_the_new_certificate_and_the_case_called_up(self, now):
        before = drawn(now)
        out = main_cases(before, "Nord")[0]
        after, called = draws.replace_case(before, out, reason="ikke en afgørelse", now=now)
        assert after["previous"] == before["digest"]
        assert after["replacements"] == [
            {"out": out, "in": called, "reason": "ikke en afgørelse", "at": now.isoformat()}
        ]

    @pytest.mark.parametrize(
        ("case", "reason", "error"),
        [
            pytest.param("99/9", "x", CaseNotActing, id="not drawn"),
            pytest.param(None, "", ReplacementNeedsReason, id="no reason"),
        ],
    )
    def test_refused(self, now, case, reason, error):
        certificate = drawn(now)
        with pytest.raises(error):
            draws.replace_case(
                certificate, case or main_cases(certificate, "Nord")[0], reason=reason, now=now
            )

    def test_refused_when_no_reserve_is_left(self, now):
        certificate = drawn(now, replace(PLAN, reserve=0))
        with pytest.raises(NoReserveLeft):
            draws.replace_case(certificate, main_cases(certificate, "Nord")[0], reason="x", now=now)

    def test_an_edited_certificate_is_refused(self, now):
        certificate = {**drawn(now), "previous": "x"}
        with pytest.raises(CertificateEdited):
            draws.replace_case(certificate, main_cases(certificate, "Nord")[0], reason="x", now=now)


class TestStratumRemarks:
    def test_census_and_empty_are_said(self):
        found = stratum_remarks({"Nord": (20, 5), "Øst": (3, 3), "Tomt": (0, 0)})
        assert found == (
            Problem("stratum-census", {"stratum": "Øst", "count": 3}),
            Problem("stratum-empty", {"stratum": "Tomt", "count": 0}),
        )


class TestReadDocuments:
    def test_come_back_from_their_files(self, tmp_path, now):
        for name, document, read in (("f", frozen(now), read_freeze), ("c", drawn(now), read_certificate)):
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps(document), encoding="utf-8")
            assert read(path) == document

    @pytest.mark.parametrize(
        ("content", "error"),
        [
            pytest.param(b"", NotJson, id="empty"),
            pytest.param(b"not json", NotJson, id="text"),
            pytest.param(b"[]", NotJson, id="a list"),
            pytest.param(b'{"a": "\xe6"}', NotJson, id="another encoding"),
            pytest.param(b'{"a": "\\ud800"}', NotJson, id="half a character"),
            pytest.param(b"[" * 100_000, NotJson, id="endless"),
            pytest.param(b'{"a": ' + b"9" * 5000 + b"}", NotJson, id="an endless number"),
            pytest.param(b'{"a": 1, "a": 2}', MemberTwice, id="a member twice"),
            pytest.param(b"{}", FreezeMalformed, id="no freeze"),
        ],
    )
    def test_refused(self, tmp_path, content, error):
        path = tmp_path / "freeze.json"
        path.write_bytes(content)
        with pytest.raises(error):
            read_freeze(path)

    def test_a_certificate_is_no_freeze(self, tmp_path, now):
        path = tmp_path / "c.json"
        path.write_text(json.dumps(drawn(now)), encoding="utf-8")
        with pytest.raises(FreezeMalformed):
            read_freeze(path)

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(FileUnreadable):
            read_certificate(tmp_path / "none.json")


class TestSentences:
    def test_every_refusal_of_sampling_has_a_sentence_with_its_values(self):
        refusals = [
            one
            for one in vars(errors).values()
            if isinstance(one, type)
            and issubclass(one, errors.SamplingError)
            and one is not errors.SamplingError
        ]
        assert {refusal.code for refusal in refusals} <= set(SENTENCES)

    def test_numbers_of_a_difference_read_as_danes_write_them(self):
        values = {"stratum": "Nord", "certified": 1347, "found": 1346}
        assert Wording().sentence(Problem("stratum-count-other", values)) == (
            "Nord: antallet af sager er nu 1.346; ved frysningen 1.347."
        )
