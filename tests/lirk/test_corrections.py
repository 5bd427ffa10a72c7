"""Answers that the coordinator corrects after an objection, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from branching import BRANCHING
from double_round import open_second, readings, write
from granted import grant
from small_round import KEY, under_way

from lirk.domain.corrections import CorrectionChanged, CorrectionNotGranted, TypedCorrection
from lirk.domain.finding_replies import AnswersOwnReplies
from lirk.domain.finding_texts import FindingUnknown
from lirk.domain.people import Role
from lirk.domain.report_stages import ReportPublished, ReportStage, ReportState
from lirk.domain.rounds import RoundNotIn, RoundUnknown
from lirk.errors import NotAllowed, ProblemsFound
from lirk.reports import correction_sentences
from lirk.reports.sheet_texts import SheetVoice, plain
from lirk.services import agreement, corrections, finding_texts, item_health, reconciling, reports
from lirk.services.read_twice import counted_reviews
from lirk.services.report_material import Material
from lirk.services.report_shelf import ReportShelf
from lirk.services.reports import CentreUnknown, Reader
from lirk.wording import Wording

READER = Reader(municipality="Sydfjord Kommune", words=Wording("da"))
NORTH, SOUTH = "Center Nord", "Center Syd"
WHY = "Brevet nævner begge grunde på side 2."


@pytest.fixture
def town(database, tmp_path, now):
    """A round whose cases anne has in hand."""
    return under_way(database, tmp_path, now, "anne")


@pytest.fixture
def closed(town):
    """A closed round in which every item is answered no."""
    town.answer("anne", value="no", note="Brevet er uklart.")
    return objected(town)


@pytest.fixture
def branched(quick, tmp_path, now):
    """A closed round in which a no to »clear« opens another question; the first case of each centre has it."""
    town = under_way(quick.database, tmp_path, now, "anne", checklists=(BRANCHING,))
    for number, review in town.reviews().items():
        bad = {"clear": "no", "why": "yes", "reasons": "no"}
        said = bad if number in first_numbers(town) else {"clear": "yes", "reasons": "yes"}
        write(town.database, review.id, now, decision="yes", **said)
    return objected(town)


def objected(town):
    """The round closed, and every centre found to be right in its objections."""
    town.close()
    with town.acting() as (store, _):
        grant(store, KEY, town.now)
    return town


def first_numbers(town):
    return {min(numbers_of(town, centre)) for centre in (NORTH, SOUTH, "Center Øst")}


def numbers_of(town, centre=NORTH):
    return [number for number, case in town.cases().items() if case.centre == centre]


def correct(
    town, number, value="yes", *, who=None, centre=NORTH, key=KEY, item="clear", reason=WHY, seen=None, **more
):
    checklist_id, reader = more.pop("checklist_id", "breve"), more.pop("reader", READER)
    if seen is None:
        seen = desk(town, centre=centre, item=item).seen
    typed = TypedCorrection(
        checklist_id=checklist_id, item_id=item, number=number, value=value, reason=reason, seen=seen, **more
    )
    town.now += timedelta(minutes=1)
    with town.acting(who) as (store, actor):
        return corrections.correct_answer(store, actor, key, centre, typed, reader=reader, now=town.now)


def desk(town, *, who=None, centre=NORTH, key=KEY, item="clear", checklist_id="breve", typed=None):
    with town.acting(who) as (store, actor):
        return corrections.answers_to_correct(
            store, actor, key, centre, checklist_id, item, reader=READER, typed=typed
        )


def report(town, centre=NORTH, reader=READER):
    with town.acting() as (store, actor):
        return reports.centre_report(store, actor, KEY, centre, reader=reader)


def problems(town, *args, **more):
    with pytest.raises(ProblemsFound) as refused:
        correct(town, *args, **more)
    return [(one.code, one.column) for one in refused.value.problems]


class TestCorrecting:
    def test_it_counts_in_that_centres_report_and_is_told_there(self, closed):
        number = numbers_of(closed)[0]
        found = correct(closed, number)
        assert (found.before.counts.breached, found.after.counts.breached) == (3, 2)
        now = report(closed)
        assert now.finding("breve", "clear").item.counts.breached == 2
        [told_] = now.corrections
        assert (told_.number, told_.item_number, told_.before, told_.after, told_.reason) == (
            number,
            "1.1",
            "no",
            "yes",
            WHY,
        )
        assert report(closed, SOUTH).corrections == ()
        assert report(closed, SOUTH).finding("breve", "clear").item.counts.breached == 3

    def test_the_reviewers_own_answer_stays_as_it_was(self, closed):
        number = numbers_of(closed)[0]
        before = closed.reviews()[number]
        correct(closed, number)
        assert closed.reviews()[number] == before
        round_ = closed.round()
        with closed.acting() as (store, _):
            [counted] = [one for one in counted_reviews(store, round_) if one.id == before.id]
        assert (counted.answers["clear"].value, counted.answers["clear"].note) == ("yes", "Brevet er uklart.")

    def test_a_finding_whose_every_breach_was_corrected_is_none_and_can_be_taken_back(self, closed):
        for number in numbers_of(closed):
            last = correct(closed, number)
        assert last.finding is None
        assert report(closed).finding("breve", "clear") is None
        assert len(desk(closed).cases) == 3
        assert correct(closed, numbers_of(closed)[0], "no").finding is not None

    def test_correcting_and_taking_back_gives_the_same_bytes(self, closed):
        first = files(report(closed))
        number = numbers_of(closed)[0]
        correct(closed, number)
        assert files(report(closed)) != first
        correct(closed, number, "no", reason="Det var en fejl.")
        assert files(report(closed)) == first
        assert desk(closed).seen == 2

    def test_a_second_correction_is_told_from_the_first_answer(self, closed):
        number = numbers_of(closed)[0]
        correct(closed, number)
        correct(closed, number, "partly")
        [told_] = report(closed).corrections
        assert (told_.before, told_.after) == ("no", "partly")

    def test_every_fault_is_named_at_once_and_nothing_is_kept(self, closed):
        number = numbers_of(closed)[0]
        assert problems(closed, number, "perhaps", reason=" ") == [
            ("correction-answer-missing", "value"),
            ("correction-reason-missing", "reason"),
        ]
        assert report(closed).corrections == ()

    @pytest.mark.parametrize(
        ("number", "code"),
        [
            pytest.param(lambda town: 0, "correction-case-missing", id="none chosen"),
            pytest.param(lambda town: 999, "correction-case-unknown", id="not in the sample"),
            pytest.param(
                lambda town: numbers_of(town, SOUTH)[0], "correction-case-unknown", id="another centre's"
            ),
        ],
    )
    def test_only_a_case_of_the_centres_sample(self, closed, number, code):
        assert problems(closed, number(closed)) == [(code, "number")]

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            pytest.param({"item": "nothing"}, FindingUnknown, id="no such item"),
            pytest.param({"checklist_id": "andet"}, FindingUnknown, id="no such checklist"),
            pytest.param({"centre": "Center Vest"}, CentreUnknown, id="no report"),
            pytest.param({"key": "2027-1"}, RoundUnknown, id="no round"),
        ],
    )
    def test_only_behind_a_finding(self, closed, changes, error):
        with pytest.raises(error):
            desk(closed, **changes)
        with pytest.raises(error):
            correct(closed, 1, seen=0, **changes)

    def test_not_before_the_round_is_closed(self, town):
        with pytest.raises(RoundNotIn):
            correct(town, 1, seen=0)

    def test_not_after_the_report_is_published(self, closed):
        round_ = closed.round()
        with closed.acting() as (store, actor):
            stage = ReportStage(state=ReportState.PUBLISHED, published_at=closed.now)
            store.report_stages.keep(round_.id, NORTH, stage, published_by=actor.id)
            store.trail.add("test", actor_id=actor.id, at=closed.now)
        for refused in (desk, lambda town: correct(town, numbers_of(town)[0], seen=0)):
            with pytest.raises(ReportPublished):
                refused(closed)
        assert correct(closed, numbers_of(closed, SOUTH)[0], centre=SOUTH).after.counts.breached == 2

    @pytest.mark.parametrize("seen", [0, 2])
    def test_not_over_what_somebody_else_has_corrected_since(self, closed, seen):
        one, other, _ = numbers_of(closed)
        correct(closed, one)
        with pytest.raises(CorrectionChanged):
            correct(closed, other, seen=seen)
        assert len(report(closed).corrections) == 1

    def test_only_the_coordinator(self, closed):
        for role in Role:
            closed.add(role, role, centres=[NORTH])
            if role is Role.COORDINATOR:
                assert desk(closed, who=role).cases
                continue
            with pytest.raises(NotAllowed):
                desk(closed, who=role)
            with pytest.raises(NotAllowed):
                correct(closed, numbers_of(closed)[0], who=role, seen=0)

    def test_not_whoever_leads_the_centre(self, closed):
        closed.add("lone", Role.COORDINATOR, Role.CENTRE_LEADER, centres=[NORTH])
        for refused in (desk, lambda town, **who: correct(town, numbers_of(town)[0], seen=0, **who)):
            with pytest.raises(AnswersOwnReplies) as caught:
                refused(closed, who="lone")
            assert caught.value.values == {"centre": NORTH}
        assert (
            correct(closed, numbers_of(closed, SOUTH)[0], centre=SOUTH, who="lone").after.counts.breached == 2
        )
        with closed.acting("lone") as (store, actor):
            for centre, may in ((NORTH, False), (SOUTH, True)):
                found = finding_texts.finding_to_write(
                    store, actor, KEY, centre, "breve", "clear", reader=READER
                )
                assert found.correctable is may

    def test_the_objection_that_grants_it_is_told_and_without_it_a_correction_is_only_taken_back(
        self, closed
    ):
        one, other, _ = numbers_of(closed)
        correct(closed, one)
        assert desk(closed).granted.comment == "Det står i bilaget."
        round_ = closed.round()
        with closed.acting() as (store, _):
            said = store.finding_replies.of(round_.id, NORTH)["breve", "clear"]
            store.finding_replies.keep_comment(
                round_.id, NORTH, replace(said, outcome=None), at=closed.now, by=None
            )
            store.trail.add("test", actor_id=None, at=closed.now)
        assert desk(closed).granted is None
        for number, value in ((other, "yes"), (one, "partly")):
            with pytest.raises(CorrectionNotGranted):
                correct(closed, number, value)
        assert correct(closed, one, "no").after.counts.breached == 3

    def test_the_trail_says_from_what_to_what_and_never_why(self, closed):
        number = numbers_of(closed)[0]
        correct(closed, number)
        correct(closed, number, "no")
        about = {"round": KEY, "centre": NORTH, "number": number, "checklist": "breve", "item": "clear"}
        assert [(one.action, dict(one.about)) for one in closed.trail()[-2:]] == [
            ("answer-corrected", {**about, "before": "no", "value": "yes", "version": 1}),
            ("correction-taken-back", {**about, "before": "yes", "value": "no", "version": 2}),
        ]


class TestBranches:
    """A correction takes no case out of the figures: what comes to apply is answered with it."""

    def test_what_comes_to_apply_must_be_answered(self, branched):
        other = numbers_of(branched)[1]
        assert problems(branched, other, "no") == [("correction-opens", "also-why")]
        found = correct(branched, other, "no", also={"why": "no"})
        assert found.after.counts.no == 2
        told_ = [(one.number, one.item_id, one.before, one.after) for one in report(branched).corrections]
        assert told_ == [(other, "clear", "yes", "no"), (other, "why", "", "no")]
        why = report(branched).finding("breve", "why").item.counts
        assert (why.yes, why.no, why.not_applicable) == (1, 1, 1)

    def test_the_page_asks_for_it_with_what_was_typed(self, branched):
        other = numbers_of(branched)[1]
        typed = TypedCorrection(
            checklist_id="breve", item_id="clear", number=other, value="no", also={"why": "no"}
        )
        [asked] = desk(branched, typed=typed).follow_ups
        assert (asked.id, asked.question) == ("why", "Står der, hvor man kan spørge?")
        assert desk(branched, typed=replace(typed, value="partly")).follow_ups == ()

    def test_taken_back_it_hides_what_was_answered_with_it(self, branched):
        before = files(report(branched))
        other = numbers_of(branched)[1]
        correct(branched, other, "no", also={"why": "no"})
        correct(branched, other, "yes")
        assert files(report(branched)) == before

    def test_what_is_asked_no_more_counts_no_more(self, branched):
        first = numbers_of(branched)[0]
        correct(branched, first, "partly")
        item = report(branched).checklists[0].themes[1].items[1]
        assert (item.item_id, item.counts.yes, item.counts.not_applicable) == ("why", 0, 3)

    def test_what_the_reviewer_answered_before_counts_again_and_is_told(self, quick, tmp_path, now):
        town = under_way(quick.database, tmp_path, now, "anne", checklists=(BRANCHING,))
        for review in town.reviews().values():
            # First a no, which opened the question, and then the answer that stands.
            said = {"clear": "no", "why": "no", "reasons": "partly"}
            write(town.database, review.id, now, decision="yes", **said)
            write(town.database, review.id, now, decision="yes", **{**said, "clear": "partly"})
        objected(town)
        number = numbers_of(town)[0]
        [again] = correct(town, number, "no").again
        assert (again.item_id, again.answer, again.answer_text) == ("why", "no", "Nej")
        [told_] = report(town).corrections
        assert told_.again == (again,)
        said = plain(correction_sentences.line(told_, SheetVoice(READER.words)))
        assert said.endswith(
            "Dermed gælder også »2.2 Står der, hvor man kan spørge?« i sagen, og gennemgangens svar »Nej« tæller med."
        )

    def test_an_answer_that_contradicts_another_is_refused(self, branched):
        first = numbers_of(branched)[0]
        assert problems(branched, first, "yes") == [("correction-contradicts", "value")]
        correct(branched, first, "yes", item="reasons")
        assert correct(branched, first, "yes").finding is None


def files(report_):
    return (
        reports.centre_file(report_, READER),
        reports.centre_csv(report_, READER),
        reports.centre_json(report_),
    )


class TestElsewhere:
    def test_how_far_readers_agree_and_how_items_do_is_untouched(self, quick, tmp_path, now):
        town = under_way(quick.database, tmp_path, now, "anne")
        town.add("bo")
        number = numbers_of(town)[0]
        open_second(town.database, now, "bo", number, key=KEY)
        first, second = readings(town.database, KEY, number)
        write(town.database, first.id, now, clear="no", reasons="no")
        write(town.database, second.id, now, clear="yes", reasons="no")
        with town.acting("anne") as (store, actor):
            reconciling.agree(
                store, actor, first.id, "clear", "no", WHY, version=0, now=now + timedelta(days=1)
            )
        town.answer("anne", *(one for one in town.cases_of("anne") if one != number), value="no", note="x")
        objected(town)

        round_ = town.round()

        def told_elsewhere():
            with town.acting() as (store, actor):
                health = item_health.item_health(store, actor, "breve", now=now)
                return agreement.agreement_of(store, round_), health

        before = told_elsewhere()
        correct(town, number)
        assert told_elsewhere() == before
        assert report(town).finding("breve", "clear").item.counts.breached == 2

    def test_notes_are_told_with_the_answer_that_counts(self, closed):
        number = numbers_of(closed)[0]
        correct(closed, number)
        with closed.acting() as (store, actor):
            notes = finding_texts.finding_to_write(
                store, actor, KEY, NORTH, "breve", "clear", reader=READER
            ).notes
        assert {note.number: note.answer for note in notes}[number] == "Ja"

    def test_the_overview_stays_with_the_answers_of_the_day_the_round_was_closed(self, closed, monkeypatch):
        """From the difference before and after, whoever knows the case could work out other centres' counts."""

        def told(self, bare, municipality):
            return [one.finding("breve", "clear").item.counts.breached for one in bare]

        monkeypatch.setattr(Material, "overview", told)
        monkeypatch.setattr(reports, "_whole", lambda store, round_, bare, reader: bare)
        kept = Reader(municipality="Sydfjord Kommune", words=Wording("da"), shelf=ReportShelf())

        def seen():
            with closed.acting() as (store, actor):
                alone = [reports.overview(store, actor, KEY, reader=one) for one in (READER, kept)]
                return [*alone, reports.all_reports(store, actor, KEY, reader=READER)[1]]

        before = seen()
        correct(closed, numbers_of(closed)[0], reader=kept)
        assert report(closed, reader=kept).finding("breve", "clear").item.counts.breached == 2
        kept = replace(kept, shelf=ReportShelf())
        assert seen() == before
        assert report(closed, reader=kept).finding("breve", "clear").item.counts.breached == 2


class TestShelves:
    """Each process keeps its own shelf; a correction made in one is seen in the others at once."""

    def reader(self):
        return Reader(municipality="Sydfjord Kommune", words=Wording("da"), shelf=ReportShelf())

    def test_a_kept_report_and_overview_are_those_of_now(self, closed):
        ours, theirs = self.reader(), self.reader()

        def seen(reader):
            with closed.acting() as (store, actor):
                overview = reports.overview(store, actor, KEY, reader=reader)
            return report(closed, reader=reader), overview

        first = [seen(reader) for reader in (ours, theirs)]
        for number in numbers_of(closed):
            correct(closed, number, reader=ours)
        fresh = seen(READER)
        assert [seen(reader) for reader in (ours, theirs)] == [fresh, fresh]
        assert first[0] == first[1] != fresh

    def test_what_was_not_kept_in_the_end_is_on_no_shelf(self, closed):
        ours, number = self.reader(), numbers_of(closed)[0]
        before = report(closed, reader=ours)
        typed = TypedCorrection(checklist_id="breve", item_id="clear", number=number, value="yes", reason=WHY)

        def interrupted():
            with closed.acting() as (store, actor):
                corrections.correct_answer(store, actor, KEY, NORTH, typed, reader=ours, now=closed.now)
                raise LookupError

        with pytest.raises(LookupError):
            interrupted()
        assert report(closed, reader=ours) == before
        correct(closed, number, "partly", reader=ours)
        assert report(closed, reader=ours).finding("breve", "clear").item.counts.partly == 1

    def test_prepared_reports_are_those_of_now(self, closed):
        ours = self.reader()
        for value in ("yes", "no"):
            with closed.acting() as (store, _):
                reports.prepare(store, reader=ours)
            correct(closed, numbers_of(closed)[0], value)
            assert report(closed, reader=ours) == report(closed)
