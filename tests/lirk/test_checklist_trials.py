"""Trying a checklist without a browser: what of an old case a later version can use, and what nobody keeps."""

from datetime import UTC, datetime, timedelta

import pytest
from small_round import CHECKLIST, under_way

from lirk.domain.people import Role
from lirk.domain.reviews import Answer
from lirk.domain.rounds import CaseUnknown
from lirk.errors import NotAllowed, NotFound
from lirk.services import checklist_trials, checklist_versions
from lirk.services.checklist_trials import Missing

LATER = (
    CHECKLIST.replace("version = 1\n", "version = 2\n")
    .replace('id = "clear"', 'id = "clear"\nanswers = ["yes", "no"]')
    .replace('id = "reasons"', 'id = "reasons"\nchanges = [{ version = 2, kind = "meaning" }]')
    .replace(
        "[[verdicts]]",
        '[[themes.items]]\nid = "polite"\nquestion = { da = "Høfligt?" }\nseverity = "minor"\nrule = "order"\n'
        "[[verdicts]]",
        1,
    )
)


@pytest.fixture
def made(database, tmp_path):
    """A closed round whose cases were answered *partly*, and a second version of its checklist."""
    now = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
    town = under_way(database, tmp_path, now, "rita")
    town.add("arkivar", Role.ARCHIVIST)
    town.answer("rita", value="partly", note="Brevet til Bo er uklart.")
    town.close()
    with town.acting("arkivar") as (store, actor):
        checklist_versions.import_version(store, actor, "x.toml", LATER.encode(), now=now)
    return town


def tried(made, number):
    with made.acting("arkivar") as (store, actor):
        return checklist_trials.old_case(store, actor, "breve", 2, "2026-1", number, now=made.now)


def with_outcome(made, outcome):
    """The first trial case of an outcome: its place, and what is tried."""
    return next(
        (number, old)
        for number in (1, 2, 3, 4, 5)
        if (old := tried(made, number)).facts["outcome"] == outcome
    )


class TestOldCase:
    def test_why_an_answer_is_missing(self, made):
        _, old = with_outcome(made, "refusal")
        assert old.missing == {
            "clear": Missing.ANSWER,
            "reasons": Missing.MEANING,
            "polite": Missing.NEW,
        }
        assert (old.facts, old.answers) == ({"outcome": "refusal"}, {"outcome": "refusal"})
        assert old.score.results == {"clear": "partly", "reasons": "partly"}

    def test_nothing_tells_which_case_it_was(self, made):
        cases = made.cases().values()
        for number in range(1, 6):
            told = repr(tried(made, number))
            for secret in (*(one.case_id for one in cases), *(one.centre for one in cases), "Bo", "rita"):
                assert secret not in told

    def test_five_cases_of_a_round_in_an_order_of_their_own(self, made):
        cases = made.cases()
        assert len(cases) > checklist_trials.OLD_CASES
        with made.acting("arkivar") as (store, _):
            round_ = store.rounds.by_key("2026-1")
            mixed = [case.number for case, _ in checklist_trials.trial_cases(store, round_, "breve")]
        assert len(mixed) == checklist_trials.OLD_CASES
        assert mixed != sorted(mixed)

    def test_what_was_not_asked_then(self, made):
        number, _ = with_outcome(made, "full-grant")
        without = LATER.replace(', kind = "meaning"', ', kind = "wording"')
        with made.acting("arkivar") as (store, actor):
            checklist_versions.import_version(store, actor, "x.toml", without.encode(), now=made.now)
            old = checklist_trials.old_case(store, actor, "breve", 2, "2026-1", number, now=made.now)
        assert "reasons" not in old.score.results
        assert old.missing["polite"] is Missing.NEW

    @pytest.mark.parametrize(("version", "number"), [(1, 1), (2, 0), (2, 6), (2, 99)])
    def test_none(self, made, version, number):
        with made.acting("arkivar") as (store, actor), pytest.raises(CaseUnknown):
            checklist_trials.old_case(store, actor, "breve", version, "2026-1", number, now=made.now)

    def test_not_for_a_reviewer(self, made):
        with made.acting("rita") as (store, actor):
            assert checklist_trials.old_rounds(store, actor, "breve", 2) == ()
            with pytest.raises(NotFound):
                checklist_trials.old_case(store, actor, "breve", 2, "2026-1", 1, now=made.now)

    def test_closed_rounds_of_earlier_versions_only(self, made):
        with made.acting("arkivar") as (store, actor):
            found = checklist_trials.old_rounds(store, actor, "breve", 2)
            assert [(one.key, one.version) for one in found] == [("2026-1", 1)]
            assert checklist_trials.old_rounds(store, actor, "breve", 1) == ()


class TestTryOut:
    def test_what_the_version_does_not_offer_counts_nowhere(self, made):
        before = len(made.trail())
        given = {name: Answer(item_id=name, value="partly") for name in ("clear", "nothing")}
        with made.acting("arkivar") as (store, actor):
            trial = checklist_trials.try_out(store, actor, "breve", 2, answers=given, now=made.now)
        assert trial.score.results == {}
        assert trial.score.refusals == ()
        assert len(made.trail()) == before

    def test_not_without_the_right(self, made):
        made.add("chef", Role.CHIEF_GROUP)
        with made.acting("chef") as (store, actor), pytest.raises(NotAllowed):
            checklist_trials.try_out(store, actor, "breve", 2, now=made.now)
