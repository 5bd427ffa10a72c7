"""Verifying tells the one thing that was changed, and nothing else; nothing changed is told as nothing."""

import copy
import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import counts, digest, fingerprint, freeze, ticket, verify
from sampling.certificate import certificate, certificate_of, freeze_counted
from sampling.errors import DrawnDiffers, SeedInvalid
from sampling.select import draw_sample

SEED = "16180339887498948482"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)

#: Strata of one case, of as many as are listed, and of many more.
SIZES = {"Nord": 30, "Syd": 9, "Øst": 5, "Vest": 1}
NUMBERS = [f"æ'{at}\\{name}" for name, count in SIZES.items() for at in range(count)]
HOME = {case: case.split("\\")[1] for case in NUMBERS}


def frame(strata=HOME):
    return pl.DataFrame(
        {"case_id": list(strata), "stratum": list(strata.values())},
        schema={"case_id": pl.String, "stratum": pl.String},
    )


def plan(n=3, reserve=2):
    return {
        "title": "x", "strata": ["centre"], "reserve": reserve, "salt": True, "exclude": [],
        "sizes": {"method": "fixed", "n": n}, "mapping": None, "extension": None,
    }  # fmt: skip


SEEDED = {"value": SEED, "how": "dice", "witnesses": ["A"], "at": LATER.isoformat()}
OPTIONS = {"mapping": {}, "source": "r.csv", "rows": 45, "excluded": [], "salt": "5a17", "at": NOON}
FROZEN = freeze(frame(), plan=plan(), strata=["Tomt"], **OPTIONS)
DRAWN = certificate(FROZEN, frame(), SEEDED, at=LATER)
LISTED = {part["stratum"]: [case["case_id"] for case in part["cases"]] for part in DRAWN["strata"]}
NAMED = [case for cases in LISTED.values() for case in cases]
OTHERS = [case for case in NUMBERS if case not in NAMED]

listed_cases = st.sampled_from(NAMED)
other_cases = st.sampled_from(OTHERS)
new_cases = st.from_regex(r"[a-zæøå0-9/'\\-]{1,8}", fullmatch=True).filter(lambda case: case not in HOME)
strata = st.sampled_from([*SIZES, "Tomt", "Midt"])


def told(differences):
    """Differences as comparable values, without the two fingerprints."""
    return Counter(
        (one.code, one.values.get("case_id"), one.values.get("stratum"), one.values.get("found"))
        if one.code != "fingerprint-other"
        else (one.code, None, None, None)
        for one in differences
    )


FINGERPRINT = ("fingerprint-other", None, None, None)


def count_other(stratum, change):
    return ("stratum-count-other", None, stratum, SIZES.get(stratum, 0) + change)


def comes_in(case, stratum):
    """What is told where a case that was not there has one of the smallest tickets of a stratum."""
    listed = LISTED.get(stratum, [])
    if not listed or ticket(SEED, case) > ticket(SEED, listed[-1]):
        return []
    return [("case-passed-over", case, stratum, None), ("case-not-smallest", listed[-1], stratum, None)]


class TestAnotherRegister:
    """One thing is changed in the register, and the certificate is as it was."""

    def found(self, **changes):
        return told(verify(DRAWN, frame({**HOME, **changes.get("added", {})})))

    @given(seed=st.integers(0, 2**32 - 1))
    @settings(max_examples=20, deadline=None)
    def test_another_order_is_no_difference(self, seed):
        assert verify(DRAWN, frame().sample(fraction=1, shuffle=True, seed=seed)) == ()

    @given(case=listed_cases)
    @settings(max_examples=25, deadline=None)
    def test_a_listed_case_taken_out(self, case):
        left = {other: stratum for other, stratum in HOME.items() if other != case}
        gone = ("case-gone", case, HOME[case], None)
        assert told(verify(DRAWN, frame(left))) == Counter([FINGERPRINT, count_other(HOME[case], -1), gone])

    @given(case=other_cases)
    @settings(max_examples=25, deadline=None)
    def test_another_case_taken_out(self, case):
        left = {other: stratum for other, stratum in HOME.items() if other != case}
        assert told(verify(DRAWN, frame(left))) == Counter([FINGERPRINT, count_other(HOME[case], -1)])

    @given(case=new_cases, stratum=strata)
    @settings(max_examples=60, deadline=None)
    def test_a_case_put_in(self, case, stratum):
        assert told(verify(DRAWN, frame({**HOME, case: stratum}))) == Counter(
            [FINGERPRINT, count_other(stratum, 1), *comes_in(case, stratum)]
        )

    @given(case=listed_cases, stratum=strata)
    @settings(max_examples=60, deadline=None)
    def test_a_listed_case_moved(self, case, stratum):
        expected = [
            FINGERPRINT, count_other(HOME[case], -1), count_other(stratum, 1),
            ("case-moved", case, None, stratum), *comes_in(case, stratum),
        ]  # fmt: skip
        found = told(verify(DRAWN, frame({**HOME, case: stratum})))
        assert found == (Counter() if stratum == HOME[case] else Counter(expected))

    @given(case=other_cases, stratum=strata)
    @settings(max_examples=60, deadline=None)
    def test_another_case_moved(self, case, stratum):
        expected = [
            FINGERPRINT, count_other(HOME[case], -1), count_other(stratum, 1), *comes_in(case, stratum),
        ]  # fmt: skip
        found = told(verify(DRAWN, frame({**HOME, case: stratum})))
        assert found == (Counter() if stratum == HOME[case] else Counter(expected))


def edited(change):
    """The differences of a certificate that was edited by hand, as it is and with a fresh digest."""
    document = json.loads(json.dumps(DRAWN))
    change(document)
    found = verify({**document, "digest": digest(document)}, frame())
    broken = [] if document == DRAWN else [("digest-wrong", None, None, digest(document))]
    assert told(verify(document, frame())) - told(found) == Counter(broken)
    return [(one.code, one.values.get("case_id", one.values.get("stratum"))) for one in found]


def at(document, place):
    """One listed case: the stratum's place, and the case's place in it."""
    return document["strata"][place[0]]["cases"][place[1]]


places = st.sampled_from(
    [(at, inner) for at, part in enumerate(DRAWN["strata"]) for inner in range(len(part["cases"]))]
)
sampled = st.sampled_from([at for at, part in enumerate(DRAWN["strata"]) if part["cases"]])


class TestAnEditedCertificate:
    """One thing is changed in the certificate, and the register is as it was."""

    @given(place=places, wrong=st.from_regex("[0-9a-f]{64}", fullmatch=True))
    @settings(max_examples=25, deadline=None)
    def test_a_ticket(self, place, wrong):
        found = edited(lambda document: at(document, place).update(ticket=wrong))
        assert found == [("ticket-wrong", at(DRAWN, place)["case_id"])]

    @given(place=places, rank=st.integers(0, 99))
    @settings(max_examples=25, deadline=None)
    def test_a_rank(self, place, rank):
        found = edited(lambda document: at(document, place).update(rank=rank))
        right = at(DRAWN, place)["rank"] == rank
        assert found == ([] if right else [("order-wrong", DRAWN["strata"][place[0]]["stratum"])])

    @given(place=places)
    @settings(max_examples=25, deadline=None)
    def test_a_role(self, place):
        case, stratum = at(DRAWN, place), DRAWN["strata"][place[0]]["stratum"]
        other = {"main": "reserve", "reserve": "main"}[case["role"]]
        found = edited(lambda document: at(document, place).update(role=other))
        assert found == [
            ("main-count-other", stratum), ("reserve-count-other", stratum), ("role-wrong", case["case_id"]),
        ]  # fmt: skip

    @given(place=sampled, n=st.integers(0, 40))
    @settings(max_examples=25, deadline=None)
    def test_a_size(self, place, n):
        part = DRAWN["strata"][place]
        found = {code for code, _ in edited(lambda document: document["strata"][place].update(n=n))}
        roles = (
            {"role-wrong"}
            if [case["role"] == "main" for case in part["cases"]].count(True) != min(n, len(part["cases"]))
            else set()
        )
        assert found == (set() if n == part["n"] else {"size-other", "weight-wrong", *roles})

    @given(place=sampled, cases=st.integers(0, 99))
    @settings(max_examples=25, deadline=None)
    def test_the_cases_of_a_stratum(self, place, cases):
        part = DRAWN["strata"][place]
        found = {code for code, _ in edited(lambda document: document["strata"][place].update(N=cases))}
        assert found == (set() if cases == part["N"] else {"cases-other", "weight-wrong"})

    @given(place=st.sampled_from([0]), chosen=st.sampled_from([one for one in OTHERS if HOME[one] == "Nord"]))
    @settings(max_examples=25, deadline=None)
    def test_a_case_slipped_in_with_its_true_ticket(self, place, chosen):
        def change(document):
            part = document["strata"][place]
            part["cases"][-1].update(case_id=chosen, ticket=ticket(SEED, chosen))

        last = DRAWN["strata"][place]["cases"][-1]["case_id"]
        assert edited(change) == [("case-passed-over", last), ("case-not-smallest", chosen)]

    @given(place=places, name=new_cases)
    @settings(max_examples=25, deadline=None)
    def test_a_case_number_that_does_not_exist(self, place, name):
        stratum = DRAWN["strata"][place[0]]["stratum"]
        found = edited(lambda document: at(document, place).update(case_id=name))
        gone = at(DRAWN, place)["case_id"]
        assert ("ticket-wrong", name) in found
        assert ("case-gone", name) in found
        left = set(found) - {("ticket-wrong", name), ("case-gone", name), ("order-wrong", stratum)}
        # The others are compared with as many smallest tickets as there are of them.
        passed = {("case-passed-over", gone), ("case-not-smallest", LISTED[stratum][-1])}
        assert left == (set() if gone == LISTED[stratum][-1] else passed)

    @given(value=st.from_regex("[0-9]{20}", fullmatch=True).filter(lambda value: value != SEED))
    @settings(max_examples=20, deadline=None)
    def test_the_seed(self, value):
        found = Counter(code for code, _ in edited(lambda document: document["seed"].update(value=value)))
        assert found["ticket-wrong"] == len(NAMED)
        assert set(found) <= {"ticket-wrong", "order-wrong", "case-passed-over", "case-not-smallest"}


class TestAnyDraw:
    @given(
        cases=st.dictionaries(
            st.from_regex(r"[A-ZÆØÅa-zæøå文0-9/'\"\\ -]{1,6}", fullmatch=True).filter(
                lambda text: text.strip() == text
            ),
            st.sampled_from(["Nord", "Syd", "Øst"]),
            min_size=1,
            max_size=30,
        ),
        n=st.integers(0, 12),
        reserve=st.one_of(st.none(), st.integers(0, 5)),
        seed=st.from_regex("[0-9]{20}", fullmatch=True),
    )
    @settings(max_examples=60, deadline=None)
    def test_that_nobody_touched_holds_from_its_file_and_the_register_alone(self, cases, n, reserve, seed):
        frozen = freeze(frame(cases), plan=plan(n, reserve), **OPTIONS)
        document = certificate(frozen, frame(cases), {**SEEDED, "value": seed}, at=LATER)
        assert verify(json.loads(json.dumps(document)), frame(cases)) == ()


class TestWhereTheFrameLives:
    """Counts, fingerprint and drawn cases come from a database; the documents are the same."""

    def drawn(self):
        return draw_sample(frame(), {**dict.fromkeys(SIZES, 5), "Tomt": 0}, SEED)

    def test_the_freeze_is_the_same(self):
        counted = {"Tomt": 0, **counts(frame())}
        assert freeze_counted(counted, fingerprint(frame(), "5a17"), plan=plan(), **OPTIONS) == FROZEN

    def test_the_certificate_is_the_same_in_any_order_of_rows(self):
        assert certificate_of(FROZEN, self.drawn(), SEEDED, at=LATER) == DRAWN
        assert certificate_of(FROZEN, self.drawn().reverse(), SEEDED, at=LATER) == DRAWN

    def test_other_columns_stay_out(self):
        assert certificate_of(FROZEN, self.drawn().with_columns(name=pl.lit("x")), SEEDED, at=LATER) == DRAWN

    @pytest.mark.parametrize(
        ("change", "stratum"),
        [
            pytest.param(lambda rows: rows.filter(pl.col("case_id") != LISTED["Nord"][2]), "Nord", id="one less"),
            pytest.param(
                lambda rows: pl.concat([rows, rows.tail(1).with_columns(stratum=pl.lit("Midt"))]),
                "Midt",
                id="a stratum that is not in the frame",
            ),
            pytest.param(lambda rows: rows.with_columns(ticket=pl.lit("0" * 64)), "Nord", id="tickets"),
            pytest.param(lambda rows: rows.with_columns(rank=pl.col("rank") + 1), "Nord", id="ranks"),
            pytest.param(
                lambda rows: rows.with_columns(rank=(6 - pl.col("rank")).abs()), "Nord", id="the order"
            ),
        ],
    )  # fmt: skip
    def test_what_is_not_drawn_by_seed_and_plan_is_refused(self, change, stratum):
        with pytest.raises(DrawnDiffers) as caught:
            certificate_of(FROZEN, change(self.drawn()), SEEDED, at=LATER)
        assert caught.value.values["stratum"] == stratum

    def test_a_seed_that_is_none_is_refused(self):
        with pytest.raises(SeedInvalid):
            certificate_of(FROZEN, self.drawn(), {**SEEDED, "value": "7"}, at=LATER)

    def test_the_freeze_is_not_changed(self):
        before = copy.deepcopy(FROZEN)
        certificate_of(FROZEN, self.drawn(), SEEDED, at=LATER)
        assert before == FROZEN
