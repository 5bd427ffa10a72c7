"""The way from draft to published, and who may take which step; on both databases."""

from datetime import timedelta

import pytest
from archive import READY, SHIPPED, SHIPS_AT, Archive, numbered
from planned_round import Planner
from small_round import CHECKLIST

from checklists.editing import change_head, mark
from checklists.model import Text
from lirk.domain.checklist_versions import (
    ApproverInvolved,
    InForceTooEarly,
    Move,
    MoveRefused,
    NotOffered,
    ReasonMissing,
    Standing,
    VersionChanged,
    VersionFrozen,
    VersionOvertaken,
    VersionUnknown,
)
from lirk.domain.people import Role
from lirk.errors import NotAllowed, ProblemsFound
from lirk.services import checklist_drafts, checklist_versions, checklist_workflow

ROLES = [*(role.value for role in Role), "second"]


@pytest.fixture
def archive(database, now):
    return Archive(database, now).peopled()


@pytest.fixture
def draft(archive):
    archive.imports()
    return archive


def titled(danish):
    return lambda checklist: change_head(checklist, title=Text(danish, "Letters"))


def codes(error):
    return [problem.code for problem in error.value.problems]


class Undone(Exception):
    """Whatever was done is not to be kept."""


REFUSALS = (Undone, NotAllowed, MoveRefused, VersionFrozen, ApproverInvolved, VersionUnknown)


#: How each move is made.
SERVICES = {
    Move.EDIT: lambda store, actor, id_, number, now: checklist_drafts.edit(
        store, actor, id_, number, titled("Noget andet"), part=None, seen=None, action="head-changed", now=now
    ),
    Move.SEND: lambda store, actor, id_, number, now: checklist_workflow.send(
        store, actor, id_, number, now=now
    ),
    Move.TAKE_BACK: lambda store, actor, id_, number, now: checklist_workflow.take_back(
        store, actor, id_, number, now=now
    ),
    Move.RETURN: lambda store, actor, id_, number, now: checklist_workflow.return_to_editor(
        store, actor, id_, number, reason="Se punkt 2.", now=now
    ),
    Move.APPROVE: lambda store, actor, id_, number, now: checklist_workflow.approve(
        store, actor, id_, number, now=now
    ),
    Move.PUBLISH: lambda store, actor, id_, number, now: checklist_workflow.publish(
        store, actor, id_, number, in_force_from=now.date(), now=now
    ),
    Move.DELETE: lambda store, actor, id_, number, now: checklist_versions.delete_draft(
        store, actor, id_, number, now=now
    ),
    Move.RETIRE: lambda store, actor, id_, number, now: checklist_workflow.retire(
        store, actor, id_, number, reason="Loven er ændret.", now=now
    ),
    Move.BRING_BACK: lambda store, actor, id_, number, now: checklist_workflow.bring_back(
        store, actor, id_, number, now=now
    ),
}

#: What may be done where a version stands, by the roles that may do it.
ARCHIVISTS, APPROVERS = {"archivist", "second"}, {"coordinator", "second"}
TABLE = {
    Standing.DRAFT: {Move.EDIT: ARCHIVISTS, Move.SEND: ARCHIVISTS, Move.DELETE: ARCHIVISTS},
    Standing.SENT: {
        Move.EDIT: ARCHIVISTS,
        Move.TAKE_BACK: ARCHIVISTS,
        Move.RETURN: {*ARCHIVISTS, "coordinator"},
        Move.APPROVE: APPROVERS,
        Move.DELETE: ARCHIVISTS,
    },
    Standing.APPROVED: {
        Move.EDIT: ARCHIVISTS,
        Move.TAKE_BACK: ARCHIVISTS,
        Move.RETURN: {*ARCHIVISTS, "coordinator"},
        Move.PUBLISH: ARCHIVISTS,
        Move.DELETE: ARCHIVISTS,
    },
    Standing.PUBLISHED: {Move.RETIRE: ARCHIVISTS},
    Standing.COMING: {Move.RETIRE: ARCHIVISTS},
    Standing.SHIPPED: {Move.RETIRE: ARCHIVISTS},
    Standing.RETIRED: {Move.BRING_BACK: ARCHIVISTS},
    Standing.PINNED: {},
}


def stand(archive, standing):
    """Bring a version to where it is to stand; return its checklist's id, and its number."""
    if standing is Standing.SHIPPED:
        return SHIPPED, SHIPS_AT
    if standing is Standing.PINNED:
        archive.pins(READY, 1)
        return "breve", 1
    archive.imports()
    if standing is not Standing.DRAFT:
        archive.sends()
    if standing not in {Standing.DRAFT, Standing.SENT}:
        archive.approves()
    if standing in {Standing.PUBLISHED, Standing.COMING, Standing.RETIRED}:
        archive.publishes(from_=archive.now.date() + timedelta(days=standing is Standing.COMING))
    if standing is Standing.RETIRED:
        archive.retires()
    return "breve", 1


def tried(archive, move, who, checklist_id, number):
    """Make a move, take it back, and return the kind of error that refused it, None where none did."""

    def make_and_take_back():
        with archive.database.begin() as store:
            SERVICES[move](store, archive.people[who], checklist_id, number, archive.now)
            raise Undone

    with pytest.raises(REFUSALS) as refused:
        make_and_take_back()
    return None if refused.type is Undone else refused.type


class TestWhoMayDoWhatWhere:
    @pytest.mark.parametrize("standing", list(Standing))
    def test_each_step_by_each_role(self, archive, standing):
        id_, number = stand(archive, standing)
        assert archive.standing(number, id_) is standing
        allowed = {
            (move, who) for move in Move for who in ROLES if tried(archive, move, who, id_, number) is None
        }
        assert allowed == {(move, who) for move, people in TABLE[standing].items() for who in people}

    @pytest.mark.parametrize("standing", list(Standing))
    def test_the_page_offers_the_same(self, archive, standing):
        id_, number = stand(archive, standing)
        readers = ["archivist", "second", "coordinator", "reviewer"]
        offered = {who: archive.page(number, id_, who=who).moves for who in readers}
        assert offered == {
            who: {move for move, people in TABLE[standing].items() if who in people} for who in readers
        }

    @pytest.mark.parametrize(
        ("standing", "move", "error"),
        [
            (Standing.DRAFT, Move.PUBLISH, MoveRefused),
            (Standing.DRAFT, Move.APPROVE, MoveRefused),
            (Standing.SENT, Move.SEND, MoveRefused),
            (Standing.SENT, Move.PUBLISH, MoveRefused),
            (Standing.PUBLISHED, Move.EDIT, VersionFrozen),
            (Standing.PUBLISHED, Move.PUBLISH, VersionFrozen),
            (Standing.SHIPPED, Move.DELETE, VersionFrozen),
            (Standing.PUBLISHED, Move.BRING_BACK, MoveRefused),
            (Standing.RETIRED, Move.RETIRE, MoveRefused),
            (Standing.DRAFT, Move.RETIRE, MoveRefused),
        ],
    )
    def test_a_refusal_says_why(self, archive, standing, move, error):
        assert tried(archive, move, "archivist", *stand(archive, standing)) is error

    @pytest.mark.parametrize("move", list(Move))
    def test_what_is_not_there(self, archive, move):
        assert tried(archive, move, "second", "findes-ikke", 1) is VersionUnknown


class TestSend:
    def test_is_kept_with_who_and_when(self, draft):
        draft.later(minutes=5)
        draft.sends()
        known = draft.page().version.known
        assert (known.standing, known.sent_at, known.sent_by) == (Standing.SENT, draft.now, "Archivist")
        action, about = draft.trail()[-1]
        assert (action, about["sha256"]) == ("checklist-sent", draft.page().version.fingerprint)

    def test_every_fault_is_told_at_once(self, archive):
        archive.imports(CHECKLIST)
        with pytest.raises(ProblemsFound) as error:
            archive.sends()
        assert [(one.code, one.item) for one in error.value.problems] == [
            ("publish-no-guidance", "clear"),
            ("publish-no-reference", "clear"),
            ("publish-no-guidance", "reasons"),
            ("publish-no-reference", "reasons"),
        ]
        assert archive.standing() is Standing.DRAFT

    def test_what_an_unfinished_draft_lacks_is_told(self, archive):
        archive.imports(READY[: READY.index("[[facts]]")])
        with pytest.raises(ProblemsFound) as error:
            archive.sends()
        assert codes(error) == ["publish-no-themes", "publish-no-verdicts"]

    def test_each_change_must_be_marked(self, draft):
        draft.brings_out()
        draft.imports(numbered(2).replace("Er brevet klart?", "Er brevet til at forstå?"))
        with pytest.raises(ProblemsFound) as error:
            draft.sends(2)
        assert [(one.code, one.item) for one in error.value.problems] == [("publish-unmarked", "clear")]
        draft.edits(lambda one: mark(one, "clear", "wording", "Kortere"), 2)
        draft.sends(2)
        assert draft.standing(2) is Standing.SENT


class TestApprove:
    def test_is_kept_with_who_and_when(self, draft):
        draft.sends()
        draft.later(minutes=5)
        draft.approves()
        known = draft.page().version.known
        assert (known.approved_at, known.approved_by) == (draft.now, "Coordinator")

    def test_not_by_who_imported_it(self, draft):
        draft.sends(who="second")
        with pytest.raises(ApproverInvolved):
            draft.approves(who="archivist")

    def test_not_by_who_edited_it(self, draft):
        draft.edits(titled("Brevene"), who="second")
        draft.sends()
        with pytest.raises(ApproverInvolved):
            draft.approves(who="second")

    def test_not_by_who_imported_over_it(self, draft):
        draft.imports(READY.replace("Læs brevet.", "Læs det højt."), who="second")
        draft.sends()
        for who in ("archivist", "second"):
            with pytest.raises(ApproverInvolved):
                draft.approves(who=who)

    def test_not_by_who_sent_it(self, draft):
        draft.sends(who="second")
        with pytest.raises(ApproverInvolved):
            draft.approves(who="second")

    def test_not_by_who_began_it_in_the_browser(self, archive):
        begun = archive.drafts_next(SHIPPED, who="second")
        archive.sends(begun.version, SHIPPED)
        with pytest.raises(ApproverInvolved):
            archive.approves(begun.version, SHIPPED, who="second")
        archive.approves(begun.version, SHIPPED)

    def test_by_who_only_edited_what_is_undone(self, draft):
        step = draft.edits(titled("Brevene"), who="second").step
        draft.undoes(step.number)
        draft.sends()
        draft.approves(who="second")
        assert draft.standing() is Standing.APPROVED

    def test_of_the_text_that_was_read(self, draft):
        read = draft.sends().fingerprint
        draft.edits(titled("Brevene"))
        draft.sends()
        with pytest.raises(VersionChanged):
            draft.approves(seen=read)
        draft.approves(seen=draft.page().version.fingerprint)
        assert draft.standing() is Standing.APPROVED

    @pytest.mark.parametrize("change", ["edit", "import"])
    def test_any_other_text_needs_its_own(self, draft, change):
        draft.sends()
        draft.approves()
        if change == "edit":
            draft.edits(titled("Brevene"))
        else:
            draft.imports(READY.replace("Læs brevet.", "Læs det højt."))
        assert draft.standing() is Standing.DRAFT
        with pytest.raises(MoveRefused):
            draft.publishes()


class TestReturnAndTakeBack:
    @pytest.mark.parametrize("step", ["returns", "takes_back"])
    @pytest.mark.parametrize("approved", [False, True])
    def test_it_is_a_draft_again(self, draft, step, approved):
        draft.sends()
        if approved:
            draft.approves()
        getattr(draft, step)()
        known = draft.page().version.known
        assert (known.standing, known.sent_at, known.approved_at) == (Standing.DRAFT, None, None)

    @pytest.mark.parametrize("reason", ["", "  \n "])
    def test_returning_needs_a_reason(self, draft, reason):
        draft.sends()
        with pytest.raises(ReasonMissing):
            draft.returns(reason=reason)
        assert draft.standing() is Standing.SENT

    @pytest.mark.parametrize("reason", ["Se 010190-1234", "x" * 1001])
    def test_a_reason_is_short_and_names_nobody(self, draft, reason):
        draft.sends()
        with pytest.raises(ProblemsFound):
            draft.returns(reason=reason)


class TestPublish:
    def test_it_is_offered_from_then_on(self, draft):
        draft.brings_out()
        known = draft.page().version.known
        assert (known.standing, known.published_at, known.published_by, known.in_force_from) == (
            Standing.PUBLISHED,
            draft.now,
            "Archivist",
            draft.now.date(),
        )
        assert ("breve", 1) in draft.offered()
        about = {
            "checklist": "breve",
            "version": 1,
            "in_force_from": draft.now.date().isoformat(),
            "sha256": draft.page().version.fingerprint,
        }
        assert draft.trail()[-1] == ("checklist-published", about)

    def test_a_later_day_is_waited_for(self, draft):
        draft.brings_out()
        draft.drafts_next()
        draft.brings_out(2, from_=draft.now.date() + timedelta(days=10))
        assert draft.standing(2) is Standing.COMING
        assert ("breve", 2) not in draft.offered()
        assert draft.page(2).current.version == 1
        draft.later(days=9)
        assert draft.standing(2) is Standing.COMING
        draft.later(days=1)
        assert draft.standing(2) is Standing.PUBLISHED
        assert draft.page(2).version.newest
        assert draft.offered().index(("breve", 2)) < draft.offered().index(("breve", 1))

    def test_not_from_a_day_gone_by(self, draft):
        draft.sends()
        draft.approves()
        with pytest.raises(InForceTooEarly):
            draft.publishes(from_=draft.now.date() - timedelta(days=1))

    @pytest.mark.parametrize("newer", ["in force", "coming", "retired"])
    def test_not_behind_a_newer_one(self, draft, newer):
        draft.imports(numbered(2))
        draft.brings_out(2, from_=draft.now.date() + timedelta(days=newer == "coming"))
        if newer == "retired":
            draft.retires(2)
        draft.sends()
        draft.approves()
        with pytest.raises(VersionOvertaken):
            draft.publishes()

    def test_what_another_version_made_of_it_meanwhile_is_told(self, draft):
        draft.imports(numbered(2).replace("Er brevet klart?", "Er brevet til at forstå?"))
        draft.sends(2)
        draft.approves(2)
        draft.brings_out(1)
        with pytest.raises(ProblemsFound) as error:
            draft.publishes(2)
        assert codes(error) == ["publish-unmarked"]

    def test_a_version_to_come_is_not_offered_to_a_plan(self, draft):
        draft.brings_out(from_=draft.now.date() + timedelta(days=1))
        assert ("breve", 1) not in draft.offered()


class TestRetire:
    def test_it_is_not_offered_and_the_one_before_is_in_force(self, draft):
        draft.brings_out()
        draft.drafts_next()
        draft.brings_out(2)
        draft.retires(2)
        known = draft.page(2).version.known
        assert (known.standing, known.retired_at, known.retired_by, known.retired_because) == (
            Standing.RETIRED,
            draft.now,
            "Archivist",
            "Loven er ændret.",
        )
        assert ("breve", 2) not in draft.offered()
        assert draft.page(2).current.version == 1

    def test_what_ships_can_be_retired_and_brought_back(self, archive):
        archive.retires(SHIPS_AT, SHIPPED)
        assert (SHIPPED, SHIPS_AT) not in archive.offered()
        archive.brings_back(SHIPS_AT, SHIPPED)
        assert archive.standing(SHIPS_AT, SHIPPED) is Standing.SHIPPED
        assert (SHIPPED, SHIPS_AT) in archive.offered()

    def test_rounds_keep_theirs(self, draft):
        draft.brings_out()
        draft.pins(READY, 1)
        draft.retires()
        assert [one.key for one in draft.page().used_by] == ["2026-2"]

    def test_a_plan_that_named_it_must_choose_anew(self, archive, database, now):
        planner = Planner(database, now)
        planner.ready()
        archive.retires(SHIPS_AT, SHIPPED)
        with pytest.raises(NotOffered):
            planner.freeze()
        archive.brings_back(SHIPS_AT, SHIPPED)
        assert planner.freeze()

    def test_a_frame_that_is_opened_again_keeps_its_own(self, archive, database, now):
        planner = Planner(database, now)
        planner.ready()
        planner.freeze()
        archive.retires(SHIPS_AT, SHIPPED)
        planner.reopen()
        assert planner.freeze()

    def test_the_next_version_is_still_drafted_from_it(self, draft):
        draft.brings_out()
        draft.retires()
        assert draft.drafts_next().version == 2

    def test_needs_a_reason(self, draft):
        draft.brings_out()
        with pytest.raises(ReasonMissing):
            draft.retires(reason=" ")
