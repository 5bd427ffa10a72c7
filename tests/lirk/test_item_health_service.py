"""Item health from the closed rounds that are kept, for whoever may see it; on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from archive import Archive, numbered
from small_round import CHECKLIST
from stored import add_draw, add_round, case

from lirk.domain.checklist_versions import VersionUnknown
from lirk.domain.item_health import (
    Bounds,
    Measure,
    Often,
    Suggestion,
    Why,
)
from lirk.domain.reconciliation import AgreedAnswer
from lirk.domain.reviews import Answer, CaseStatus, Reading
from lirk.domain.rounds import ChecklistVersion, RoundState
from lirk.errors import NotAllowed
from lirk.services.item_health import item_health

SELDOM = Often.SELDOM
SOMETIMES = Often.SOMETIMES
ALWAYS = Often.NEARLY_ALWAYS


def measured(archive, key, *, text=CHECKLIST, version=1, centres_=6, cases=10, said=(), closed=True):
    """A round of so many centres and cases, all plain but the first ``said`` of each centre."""
    with archive.database.begin() as store:
        round_ = add_round(store, archive.now, key)
        pinned = ChecklistVersion(checklist_id="breve", version=version, text=text)
        store.rounds.pin_checklists(round_.id, [pinned])
        draw = add_draw(store, round_.id, archive.now)
        made = [
            case(
                round_.id,
                draw.id,
                f"{key}-{centre}-{number}",
                number=centre * cases + number + 1,
                centre=f"Center {centre}",
                rank=number,
                facts={"outcome": "full-grant"},
            )
            for centre in range(centres_)
            for number in range(cases)
        ]
        store.cases.add_all(made)
        kept = store.cases.of(round_.id)
        store.reviews.open_for(round_.id, [one.id for one in kept], ["breve"])
        for review, one in zip(store.reviews.of(round_.id), kept, strict=True):
            place = int(one.case_id.rpartition("-")[2])
            value, note, doubt = said[place] if place < len(said) else ("yes", "", False)
            answers = [Answer(item_id="clear", value=value, note=note, in_doubt=doubt)]
            store.reviews.save_answers(review.id, answers, at=archive.now, by=None)
            store.reviews.finish(review.id, archive.now)
        if closed:
            store.rounds.set_state(round_.id, RoundState.CLOSED, archive.now)
        store.trail.add("made", actor_id=None, at=archive.now)


def read_again(archive, key, *, differing, agreed):
    """A second reader answers as the first did, but for the first cases of each centre; these are agreed on."""
    later = archive.now + timedelta(days=1)
    with archive.database.begin() as store:
        round_ = store.rounds.by_key(key)
        kept = {one.id: one for one in store.cases.of(round_.id)}
        first = store.reviews.of(round_.id)
        store.reviews.open_for(round_.id, [one.case_id for one in first], ["breve"], reading=Reading.SECOND)
        for one, two in zip(first, store.reviews.of(round_.id, reading=Reading.SECOND), strict=True):
            differs = int(kept[one.case_id].case_id.rpartition("-")[2]) < differing
            answer = replace(one.answers["clear"], value="no") if differs else one.answers["clear"]
            store.reviews.save_answers(two.id, [answer], at=archive.now, by=None)
            store.reviews.finish(two.id, archive.now)
            if differs:
                value = AgreedAnswer(
                    item_id="clear", value=agreed, reason="Enige", version=0, at=later, by_id=None
                )
                store.reconciliations.agree(one.case_id, "breve", value, expected=0)
        store.trail.add("made", actor_id=None, at=archive.now)


@pytest.fixture
def archive(database, now):
    return Archive(database, now).peopled()


def health(archive, who="archivist", checklist="breve"):
    return archive.does(item_health, checklist, who=who, now=archive.now)


def words(archive, place=0):
    return health(archive).items[place].said.words


class TestService:
    def test_of_closed_rounds_only(self, archive):
        measured(archive, "2026-1", said=[("no", "Nej.", True)] * 3, closed=False)
        value = health(archive)
        assert (value.rounds, {one.said.why for one in value.items}) == ((), {Why.NO_ROUND})

    def test_what_is_said(self, archive):
        measured(archive, "2026-1", said=[("partly", "Lidt.", True)] * 2)
        value = health(archive)
        clear, reasons = value.items
        assert [theme.title.da for theme in value.themes] == ["Brevet"]
        assert (clear.number, clear.rounds, clear.said.bounds.reviews) == ("1.1", ("2. runde 2026",), 60)
        assert clear.said.words[Measure.PARTLY] is clear.said.words[Measure.IN_DOUBT] is SOMETIMES
        assert (clear.suggestion, clear.reasons) == (Suggestion.REWRITE, (Measure.IN_DOUBT,))
        assert reasons.said.words[Measure.NOT_APPLICABLE] is ALWAYS
        assert reasons.suggestion is Suggestion.NONE
        assert not value.pairs

    def test_where_two_readers_differ(self, archive):
        measured(archive, "2026-1")
        read_again(archive, "2026-1", differing=3, agreed="no")
        value = health(archive)
        assert value.pairs
        clear, reasons = value.items
        assert clear.said.words[Measure.DISPUTED] is SOMETIMES
        assert reasons.said.words[Measure.DISPUTED] is SELDOM
        assert [one.item.id for one in value.disputed] == ["clear"]

    def test_what_two_answered_before_they_saw_each_other_is_what_differs(self, archive):
        measured(archive, "2026-1")
        read_again(archive, "2026-1", differing=3, agreed="no")
        with archive.database.begin() as store:
            round_ = store.rounds.by_key("2026-1")
            first = store.reviews.of(round_.id)
            for one, two in zip(first, store.reviews.of(round_.id, reading=Reading.SECOND), strict=True):
                store.reviews.reopen(two.id)
                store.reviews.save_answers(two.id, [one.answers["clear"]], at=archive.now, by=None)
                store.reviews.finish(two.id, archive.now)
            store.trail.add("made", actor_id=None, at=archive.now)
        assert [one.item.id for one in health(archive).disputed] == ["clear"]

    @pytest.mark.parametrize(("agreed", "word"), [("no", SOMETIMES), ("yes", SELDOM)])
    def test_the_agreed_answer_is_what_is_told_of(self, archive, agreed, word):
        measured(archive, "2026-1", text=CHECKLIST)
        read_again(archive, "2026-1", differing=3, agreed=agreed)
        assert words(archive)[Measure.NOT_MET] is word

    def test_nothing_is_told_of_disputes_in_few_centres(self, archive):
        measured(archive, "2026-1", centres_=5)
        read_again(archive, "2026-1", differing=5, agreed="no")
        assert health(archive).disputed == ()

    def test_rounds_are_pooled_where_the_item_means_the_same(self, archive):
        measured(archive, "2026-1", said=[("no", "Nej.", False)])
        assert words(archive)[Measure.NOT_MET] is SELDOM
        measured(archive, "2026-2", said=[("no", "Nej.", False)] * 3)
        value = health(archive)
        assert value.items[0].said.bounds == Bounds(120, 20, 6)
        assert words(archive)[Measure.NOT_MET] is SOMETIMES

    def test_a_new_meaning_starts_anew(self, archive):
        measured(archive, "2026-1", said=[("no", "Nej.", False)] * 3)
        newer = numbered(2, CHECKLIST).replace(
            'rule = "order"', 'rule = "order"\nchanges = [{ version = 2, kind = "meaning" }]'
        )
        measured(archive, "2026-2", text=newer, version=2)
        clear, reasons = health(archive).items
        assert (clear.said.bounds.reviews, reasons.said.bounds.reviews) == (60, 120)
        assert clear.said.words[Measure.NOT_MET] is SELDOM

    def test_too_few_centres_say_nothing(self, archive):
        measured(archive, "2026-1", centres_=4, cases=30)
        assert {one.said.why for one in health(archive).items} == {Why.FEW_CENTRES}

    def test_cases_that_could_not_be_reviewed_and_unfinished_reviews_are_left_out(self, archive):
        measured(archive, "2026-1", cases=9)
        with archive.database.begin() as store:
            round_ = store.rounds.by_key("2026-1")
            kept, reviews = store.cases.of(round_.id), store.reviews.of(round_.id)
            store.cases.set_status(kept[0].id, CaseStatus.NOT_FOUND)
            store.reviews.reopen(reviews[1].id)
            store.trail.add("made", actor_id=None, at=archive.now)
        assert health(archive).items[0].said.bounds == Bounds(52, 9, 6)

    def test_who_may_look(self, archive):
        measured(archive, "2026-1")
        assert health(archive, "coordinator") == health(archive)
        for who in ("reviewer", "centre-leader", "contact-person", "chief-group", "administrator"):
            with pytest.raises(NotAllowed):
                health(archive, who)

    def test_no_such_checklist(self, archive):
        with pytest.raises(VersionUnknown):
            health(archive, checklist="none")

    def test_as_many_statements_for_many_rounds_as_for_one(self, archive, statements):
        measured(archive, "2026-1")
        with statements() as few:
            health(archive)
        archive.later(days=1)
        measured(archive, "2026-2")
        measured(archive, "2026-3", cases=12)
        with statements() as many:
            health(archive)
        assert len(many) == len(few)

    def test_nobody_and_no_centre_is_named(self, archive):
        measured(archive, "2026-1", said=[("no", "Nej.", True)] * 2)
        archive.now += timedelta(days=1)
        said = repr([one.said for one in health(archive).items])
        assert "Center" not in said
        assert "Nej." not in said
