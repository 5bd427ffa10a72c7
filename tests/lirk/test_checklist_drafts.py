"""Drafts in the archivist's hands: begun, edited by two at once, undone; on both databases."""

import threading
from dataclasses import replace
from datetime import date

import pytest
from archive import READY, SHIPPED, SHIPS_AT, Archive, numbered
from small_round import CHECKLIST

from checklists.editing import change_head, change_item, part_fingerprint, remove_item
from checklists.load import shipped
from checklists.model import PartChange, Text
from checklists.write import to_toml
from lirk.domain.checklist_drafts import (
    ChecklistIdTaken,
    DraftExists,
    PartChangedElsewhere,
    PartGone,
    StepOvertaken,
)
from lirk.domain.checklist_versions import Standing, VersionFrozen, VersionUnknown
from lirk.domain.people import Role
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import checklist_drafts as service
from lirk.services.checklist_versions import Outcome
from lirk.services.checklists import parse


@pytest.fixture
def archive(database, now):
    return Archive(database, now).peopled()


@pytest.fixture
def draft(archive):
    archive.imports()
    return archive


def titled(danish):
    return lambda checklist: change_head(checklist, title=Text(danish, "Letters"))


def asking(item_id, danish):
    def change(checklist):
        return change_item(
            checklist, replace(checklist.item(item_id), question=Text(danish, "Asked otherwise?"))
        )

    return change


def question(archive, item_id, version=1):
    return archive.opens(version).version.checklist.item(item_id).question.da


def mark(archive, part, version=1):
    return part_fingerprint(archive.opens(version).version.checklist, part)


class TestNewChecklist:
    def begins(self, archive, checklist_id="breve", title="Breve", who="archivist"):
        return archive.does(
            service.new_checklist,
            who=who,
            checklist_id=checklist_id,
            title=Text(title),
            subject="case",
            status_date=date(2026, 3, 8),
            now=archive.now,
        )

    def test_has_the_usual_verdicts_and_policies_and_nothing_else(self, archive):
        begun = self.begins(archive)
        checklist = begun.checklist
        assert (begun.id, begun.version, begun.standing) == ("breve", 1, Standing.DRAFT)
        assert (checklist.not_applicable, checklist.cannot_assess) == ("drop", "out")
        assert (checklist.themes, checklist.facts) == ((), ())
        usual = shipped(SHIPPED).verdicts
        assert [(one.id, one.title, one.positive) for one in checklist.verdicts] == [
            (one.id, one.title, one.positive) for one in usual
        ]
        assert archive.trail()[-1][0] == "checklist-made"

    def test_says_what_it_lacks(self, archive):
        self.begins(archive)
        assert [fault.code for fault in archive.opens().faults]

    @pytest.mark.parametrize("taken", ["breve", SHIPPED])
    def test_its_id_must_be_free(self, draft, taken):
        with pytest.raises(ChecklistIdTaken):
            self.begins(draft, taken)

    @pytest.mark.parametrize(("id_", "title"), [("Breve og æbler", "Breve"), ("breve", "")])
    def test_what_the_language_refuses_is_told(self, archive, id_, title):
        with pytest.raises(ProblemsFound):
            self.begins(archive, id_, title)
        assert ("breve", 1) not in archive.versions()


class TestCopyChecklist:
    def copies(self, archive, of="breve", version=1, new_id="mails", who="archivist"):
        return archive.does(
            service.copy_checklist,
            of,
            version,
            who=who,
            new_id=new_id,
            title=Text("Mails", "Mails"),
            now=archive.now,
        )

    def test_is_the_first_version_of_another_checklist(self, archive):
        copy = self.copies(archive, SHIPPED, SHIPS_AT)
        assert (copy.id, copy.version, copy.title) == ("mails", 1, Text("Mails", "Mails"))
        original = shipped(SHIPPED)
        assert copy.checklist.items == tuple(replace(one, changes=()) for one in original.items)
        assert archive.trail()[-1][1]["of"] == SHIPPED

    def test_the_history_of_changes_stays_behind(self, draft):
        marked = PartChange(version=1, kind="wording", reason="Stavefejl")
        draft.edits(lambda one: change_item(one, replace(one.item("clear"), changes=(marked,))))
        assert self.copies(draft).checklist.item("clear").changes == ()
        assert draft.opens().version.checklist.item("clear").changes == (marked,)

    def test_its_id_must_be_free(self, draft):
        with pytest.raises(ChecklistIdTaken):
            self.copies(draft, new_id=SHIPPED)

    def test_there_must_be_something_to_copy(self, draft):
        with pytest.raises(VersionUnknown):
            self.copies(draft, version=2)


class TestNewDraft:
    def test_is_the_next_version_of_what_ships(self, archive):
        begun = archive.drafts_next(SHIPPED)
        assert (begun.version, begun.standing) == (SHIPS_AT + 1, Standing.DRAFT)
        assert replace(begun.checklist, version=SHIPS_AT) == shipped(SHIPPED)
        opened = archive.opens(SHIPS_AT + 1, SHIPPED)
        assert (opened.before.version, opened.last_step, opened.unmarked) == (SHIPS_AT, None, ())

    def test_follows_the_newest_published_one(self, draft):
        draft.brings_out()
        draft.drafts_next()
        draft.brings_out(2)
        assert draft.drafts_next().version == 3

    def test_a_number_that_a_round_knows_is_not_used_again(self, draft):
        draft.brings_out()
        draft.pins(numbered(7), 7)
        assert draft.drafts_next().version == 8

    def test_there_is_one_draft_at_a_time(self, draft):
        draft.brings_out()
        draft.drafts_next()
        with pytest.raises(DraftExists) as error:
            draft.drafts_next()
        assert error.value.values == {"version": 2}

    def test_what_was_never_published_has_no_next_version(self, archive):
        archive.pins(READY, 1)
        with pytest.raises(VersionUnknown):
            archive.drafts_next()


class TestOpenDraft:
    def test_a_fresh_import_has_no_step_and_its_very_text(self, draft):
        opened = draft.opens()
        assert (opened.version.text, opened.last_step, opened.before) == (READY, None, None)
        assert (opened.faults, opened.unmarked, opened.published_ids) == ((), (), frozenset())

    def test_faults_are_told(self, archive):
        archive.imports(CHECKLIST)
        assert [fault.item for fault in archive.opens().faults] == ["clear", "clear", "reasons", "reasons"]

    def test_what_changed_and_nobody_marked(self, draft):
        draft.brings_out()
        draft.drafts_next()
        draft.edits(asking("clear", "Er brevet til at forstå?"), 2)
        assert draft.opens(2).unmarked == ("clear",)
        assert [fault.code for fault in draft.page(2).faults] == ["publish-unmarked"]

    def test_ids_that_were_ever_published_last(self, draft):
        draft.brings_out()
        draft.drafts_next()
        draft.edits(lambda one: remove_item(one, "clear"), 2)
        assert draft.opens(2).published_ids == {"clear", "reasons", "outcome"}

    def test_what_is_published_is_not_opened(self, draft):
        draft.brings_out()
        with pytest.raises(VersionFrozen):
            draft.opens()


class TestEdit:
    def test_keeps_the_text_the_step_and_a_line_in_the_trail(self, draft):
        draft.later(minutes=1)
        edited = draft.edits(titled("Brevene"), action="head-changed", subject="")
        kept = draft.opens()
        assert kept.version.text == edited.version.text == to_toml(edited.version.checklist)
        assert kept.version.title.da == "Brevene"
        assert kept.last_step == edited.step
        assert (edited.step.action, edited.step.person, edited.step.at) == (
            "head-changed",
            "Archivist",
            draft.now,
        )
        action, about = draft.trail()[-1]
        assert action == "checklist-edited"
        assert (about["step"], about["after"]) == ("head-changed", edited.version.fingerprint)
        assert "Brevene" not in str(about)

    def test_what_changes_nothing_is_no_step_and_keeps_the_very_text(self, draft):
        edited = draft.edits(lambda checklist: checklist)
        assert edited.step is None
        assert draft.opens().version.text == READY
        assert draft.trail()[-1][0] == "checklist-imported"

    def test_what_the_language_refuses_is_told_and_not_kept(self, draft):
        def break_rule(checklist):
            return replace(checklist, not_applicable="target")

        with pytest.raises(ProblemsFound) as error:
            draft.edits(break_rule)
        assert [problem.code for problem in error.value.problems] == ["checklist-target-missing"]
        assert draft.opens().version.text == READY

    def test_what_editing_refuses_is_told(self, draft):
        draft.edits(
            lambda one: change_item(
                one, replace(one.item("reasons"), applies_when=parse(FOLLOWING).item("reasons").applies_when)
            )
        )
        with pytest.raises(ProblemsFound) as error:
            draft.edits(lambda one: remove_item(one, "clear"))
        assert error.value.problems

    def test_a_part_that_is_not_there(self, draft):
        with pytest.raises(PartGone):
            draft.edits(lambda one: remove_item(one, "findes-ikke"), part="item:findes-ikke")

    def test_the_version_stays_which_it_is(self, draft):
        with pytest.raises(ValueError, match="which version"):
            draft.edits(lambda one: replace(one, version=2))

    @pytest.mark.parametrize("version", [1, 2])
    def test_only_a_draft_that_is_there(self, draft, version):
        draft.brings_out()
        with pytest.raises(VersionFrozen if version == 1 else VersionUnknown):
            draft.edits(titled("Brevene"), version)

    @pytest.mark.parametrize("sent", ["sends", "approves"])
    def test_takes_back_sending_and_approval(self, draft, sent):
        draft.sends()
        if sent == "approves":
            draft.approves()
        edited = draft.edits(titled("Brevene"))
        known = draft.page().version.known
        assert edited.version.standing is known.standing is Standing.DRAFT
        assert (known.sent_at, known.sent_by, known.approved_at, known.approved_by) == (None,) * 4


FOLLOWING = READY.replace(
    'applies_when = { id = "outcome", is = "refusal" }', 'applies_when = { id = "clear", is = "no" }'
)


class TestTwoAtOnce:
    def test_edits_of_different_items_are_both_kept(self, draft):
        seen = {name: mark(draft, f"item:{name}") for name in ("clear", "reasons")}
        draft.edits(asking("clear", "Er det klart?"), part="item:clear", seen=seen["clear"])
        draft.edits(
            asking("reasons", "Er der grunde?"), part="item:reasons", seen=seen["reasons"], who="second"
        )
        assert (question(draft, "clear"), question(draft, "reasons")) == ("Er det klart?", "Er der grunde?")

    def test_the_second_to_edit_the_same_item_is_told_who_was_first(self, draft):
        seen = mark(draft, "item:clear")
        draft.later(minutes=1)
        first = draft.edits(asking("clear", "Er det klart?"), part="item:clear", seen=seen, who="second")
        draft.later(minutes=1)
        draft.edits(asking("reasons", "Er der grunde?"), part="item:reasons")
        with pytest.raises(PartChangedElsewhere) as error:
            draft.edits(asking("clear", "Forstår man det?"), part="item:clear", seen=seen)
        assert error.value.values == {"part": "item:clear", "by": "Second", "at": first.step.at}
        assert question(draft, "clear") == "Er det klart?"

    def test_an_item_that_the_other_removed(self, draft):
        seen = mark(draft, "item:clear")
        draft.edits(lambda one: remove_item(one, "clear"), part="item:clear", who="second")
        with pytest.raises(PartChangedElsewhere) as error:
            draft.edits(asking("clear", "Er det klart?"), part="item:clear", seen=seen)
        assert error.value.values["by"] == "Second"

    def test_an_import_over_the_draft_is_told_too(self, draft):
        seen = mark(draft, "item:clear")
        draft.imports(READY.replace("Er brevet klart?", "Er brevet kort?"), who="second")
        with pytest.raises(PartChangedElsewhere) as error:
            draft.edits(asking("clear", "Er det klart?"), part="item:clear", seen=seen)
        assert error.value.values["by"] == "Second"

    def test_what_was_not_seen_is_changed_whatever_it_is(self, draft):
        draft.edits(asking("clear", "Er det klart?"), part="item:clear", who="second")
        draft.edits(asking("clear", "Forstår man det?"), part="item:clear", seen=None)
        assert question(draft, "clear") == "Forstår man det?"

    def test_a_change_that_was_overtaken_is_made_anew(self, draft):
        """Another process keeps its edit after this one has read the draft and before it writes."""
        with draft.database.begin() as store:
            about = {"part": None, "seen": None, "action": "item-changed", "now": draft.now}
            tries = []

            def change(checklist):
                tries.append(checklist)
                if len(tries) == 1:
                    meanwhile = asking("reasons", "Er der grunde?")
                    service.edit(store, draft.people["second"], "breve", 1, meanwhile, **about)
                return asking("clear", "Er det klart?")(checklist)

            service.edit(store, draft.people["archivist"], "breve", 1, change, **about)
        assert len(tries) == 2
        assert (question(draft, "clear"), question(draft, "reasons")) == ("Er det klart?", "Er der grunde?")

    def test_one_that_is_always_overtaken_gives_up_and_says_by_whom(self, draft):
        about = {"part": None, "seen": None, "action": "item-changed", "now": draft.now}
        numbers = iter(range(100))
        with draft.database.begin() as store:

            def change(checklist):
                meanwhile = asking("reasons", f"Er der {next(numbers)} grunde?")
                service.edit(store, draft.people["second"], "breve", 1, meanwhile, **about)
                return asking("clear", "Er det klart?")(checklist)

            with pytest.raises(PartChangedElsewhere) as error:
                service.edit(store, draft.people["archivist"], "breve", 1, change, **about)
        assert error.value.values["by"] == "Second"
        assert question(draft, "clear") == "Er brevet klart?"

    def test_many_in_threads_lose_nothing(self, draft):
        """Half of them edit one item and half the other; each adds a word, and every word is there."""
        failures, start = [], threading.Barrier(8)

        def adds(word):
            item_id = ("clear", "reasons")[word % 2]

            def change(checklist):
                item = checklist.item(item_id)
                return change_item(checklist, replace(item, question=Text(f"{item.question.da} ord{word}")))

            start.wait(timeout=60)
            try:
                draft.edits(change, part=f"item:{item_id}", who=("archivist", "second")[word % 2])
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=adds, args=[word]) for word in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        words = question(draft, "clear").split() + question(draft, "reasons").split()
        assert {f"ord{word}" for word in range(8)} <= set(words)
        assert [action for action, _ in draft.trail()].count("checklist-edited") == 8

    def test_of_those_who_saw_the_same_item_one_wins(self, draft):
        seen, outcomes, start = mark(draft, "item:clear"), [], threading.Barrier(4)

        def asks(who):
            start.wait(timeout=60)
            try:
                draft.edits(asking("clear", f"Spørger {who}?"), part="item:clear", seen=seen)
                outcomes.append(who)
            except PartChangedElsewhere:
                outcomes.append(None)

        threads = [threading.Thread(target=asks, args=[who]) for who in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        winners = [who for who in outcomes if who is not None]
        assert (len(outcomes), len(winners)) == (4, 1)
        assert question(draft, "clear") == f"Spørger {winners[0]}?"


class TestUndo:
    def test_goes_back_to_the_very_file_that_was_imported(self, draft):
        texts = [READY]
        for number in range(3):
            edited = draft.edits(asking("clear", f"Er det {number} klart?"))
            texts.append(edited.version.text)
        for number in (2, 1, 0):
            undone = draft.undoes(draft.opens().last_step.number)
            assert undone.action == "item-changed"
            assert draft.opens().version.text == texts[number]
        assert draft.opens().last_step is None
        assert draft.trail()[-1][0] == "checklist-undone"

    def test_an_import_is_undone_too(self, draft):
        draft.edits(titled("Brevene"))
        before = draft.opens().version.text
        assert draft.imports(READY.replace("Læs brevet.", "Læs det højt.")).outcome is Outcome.REPLACED
        step = draft.opens().last_step
        assert step.action == "imported"
        draft.undoes(step.number)
        assert draft.opens().version.text == before

    def test_another_person_may_undo_it(self, draft):
        step = draft.edits(titled("Brevene")).step
        assert draft.undoes(step.number, who="second").person == "Archivist"

    def test_only_the_last_step(self, draft):
        first = draft.edits(titled("Brevene")).step
        draft.edits(titled("Alle breve"), who="second")
        with pytest.raises(StepOvertaken):
            draft.undoes(first.number)
        assert draft.opens().version.title.da == "Alle breve"

    def test_a_step_is_not_undone_twice_and_its_number_never_given_again(self, draft):
        step = draft.edits(titled("Brevene")).step
        draft.undoes(step.number)
        with pytest.raises(StepOvertaken):
            draft.undoes(step.number)
        assert draft.edits(titled("Alle breve")).step.number > step.number
        with pytest.raises(StepOvertaken):
            draft.undoes(step.number)

    def test_the_step_of_another_checklist_is_not_undone(self, draft):
        step = draft.edits(titled("Brevene")).step
        draft.drafts_next(SHIPPED)
        with pytest.raises(StepOvertaken):
            draft.undoes(step.number, SHIPS_AT + 1, SHIPPED)

    def test_takes_back_sending(self, draft):
        step = draft.edits(titled("Brevene")).step
        draft.sends()
        draft.undoes(step.number)
        assert draft.standing() is Standing.DRAFT

    @pytest.mark.parametrize("end", ["brings_out", "deletes"])
    def test_steps_go_when_the_draft_is_published_or_deleted(self, draft, end):
        draft.edits(titled("Brevene"))
        getattr(draft, end)()
        with draft.database.begin() as store:
            assert store.checklist_steps.last("breve", 1) is None


class TestRights:
    @pytest.mark.parametrize("who", [role.value for role in Role if role is not Role.ARCHIVIST])
    def test_only_archivists_have_drafts_in_hand(self, draft, who):
        draft.edits(titled("Brevene"))
        copying, beginning = TestCopyChecklist(), TestNewChecklist()
        for step in (
            lambda: draft.opens(who=who),
            lambda: draft.edits(titled("Alle breve"), who=who),
            lambda: draft.undoes(1, who=who),
            lambda: draft.drafts_next(SHIPPED, who=who),
            lambda: copying.copies(draft, who=who),
            lambda: beginning.begins(draft, "nye", who=who),
        ):
            with pytest.raises(NotAllowed):
                step()
        assert draft.opens().version.title.da == "Brevene"
