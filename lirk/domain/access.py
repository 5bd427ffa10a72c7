"""Who may do what: one table, asked by the services, so that page and command line are held to the same."""

from enum import StrEnum

from lirk.domain.people import Person, Role
from lirk.errors import NotAllowed, NotFound


class Action(StrEnum):
    """Everything that a right is needed for."""

    MANAGE_PEOPLE = "manage-people"
    MANAGE_CHECKLISTS = "manage-checklists"
    APPROVE_CHECKLISTS = "approve-checklists"
    READ_CHECKLISTS = "read-checklists"
    WATCH_CHECKLISTS = "watch-checklists"
    RUN_ROUND = "run-round"
    SEE_ROUND = "see-round"
    REVIEW = "review"
    READ_CENTRE_REPORT = "read-centre-report"
    IDENTIFY_CASES = "identify-cases"
    WRITE_FINDINGS = "write-findings"
    READ_OVERVIEW = "read-overview"
    SEE_URGENT = "see-urgent"
    ANSWER_DOUBTS = "answer-doubts"
    DISCUSS_DOUBT = "discuss-doubt"
    CHECK_PLACE = "check-place"
    ASSESS_SELF = "assess-self"
    READ_SELF_ASSESSMENT = "read-self-assessment"
    MAKE_ARCHIVE = "make-archive"
    PUBLISH_REPORTS = "publish-reports"
    REPLY_TO_FINDINGS = "reply-to-findings"
    RECORD_MEETING = "record-meeting"
    WRITE_OVERVIEW = "write-overview"
    KEEP_YEARLY_FIGURES = "keep-yearly-figures"
    READ_YEARLY_FIGURES = "read-yearly-figures"
    READ_YEARLY_PAPER = "read-yearly-paper"


#: The roles that may do a thing anywhere.
EVERYWHERE = {
    Action.MANAGE_PEOPLE: {Role.ADMINISTRATOR, Role.COORDINATOR},
    Action.MANAGE_CHECKLISTS: {Role.ARCHIVIST},
    Action.APPROVE_CHECKLISTS: {Role.ARCHIVIST, Role.COORDINATOR},
    Action.READ_CHECKLISTS: {Role.ARCHIVIST, Role.COORDINATOR, Role.REVIEWER},
    Action.WATCH_CHECKLISTS: {Role.ARCHIVIST, Role.COORDINATOR},
    Action.RUN_ROUND: {Role.COORDINATOR},
    Action.SEE_ROUND: {Role.COORDINATOR},
    Action.REVIEW: {Role.COORDINATOR},
    Action.READ_CENTRE_REPORT: {Role.COORDINATOR},
    Action.IDENTIFY_CASES: {Role.COORDINATOR},
    Action.WRITE_FINDINGS: {Role.COORDINATOR},
    Action.READ_OVERVIEW: {Role.COORDINATOR, Role.CHIEF_GROUP, Role.CENTRE_LEADER},
    Action.SEE_URGENT: {Role.COORDINATOR},
    Action.CHECK_PLACE: {Role.COORDINATOR},
    Action.ASSESS_SELF: set(),
    Action.READ_SELF_ASSESSMENT: {Role.COORDINATOR},
    Action.MAKE_ARCHIVE: {Role.COORDINATOR},
    Action.PUBLISH_REPORTS: {Role.COORDINATOR},
    Action.REPLY_TO_FINDINGS: set(),
    Action.RECORD_MEETING: {Role.COORDINATOR},
    Action.WRITE_OVERVIEW: {Role.COORDINATOR},
    Action.KEEP_YEARLY_FIGURES: {Role.COORDINATOR},
    Action.READ_YEARLY_FIGURES: {Role.COORDINATOR},
    Action.READ_YEARLY_PAPER: {Role.COORDINATOR, Role.CHIEF_GROUP, Role.CENTRE_LEADER},
    Action.ANSWER_DOUBTS: {Role.COORDINATOR, Role.LEGAL_ADVISER},
    Action.DISCUSS_DOUBT: {Role.COORDINATOR, Role.LEGAL_ADVISER},
}

#: The roles that may do a thing in their own centres only.
OWN_CENTRE = {
    Action.READ_CENTRE_REPORT: {Role.CENTRE_LEADER, Role.CONTACT_PERSON},
    Action.IDENTIFY_CASES: {Role.CENTRE_LEADER, Role.CONTACT_PERSON},
    Action.SEE_URGENT: {Role.CENTRE_LEADER, Role.CONTACT_PERSON},
    Action.CHECK_PLACE: {Role.CONTACT_PERSON},
    Action.ASSESS_SELF: {Role.CENTRE_LEADER},
    Action.READ_SELF_ASSESSMENT: {Role.CENTRE_LEADER},
    Action.REPLY_TO_FINDINGS: {Role.CENTRE_LEADER},
    Action.RECORD_MEETING: {Role.CENTRE_LEADER},
    Action.READ_YEARLY_FIGURES: {Role.CENTRE_LEADER},
}

#: The roles that may do a thing with what is assigned to them.
OWN_WORK = {Action.REVIEW: {Role.REVIEWER}, Action.DISCUSS_DOUBT: {Role.REVIEWER}}


def may(person: Person, action: Action, *, centre: str | None = None, assigned_to: int | None = None) -> bool:
    """Return whether a person may do a thing, with the centre and the reviewer that it concerns."""
    if not person.active:
        return False
    return bool(
        person.roles & EVERYWHERE[action]
        or (centre in person.centres and person.roles & OWN_CENTRE.get(action, set()))
        or (assigned_to == person.id and person.roles & OWN_WORK.get(action, set()))
    )


def require(
    person: Person, action: Action, *, centre: str | None = None, assigned_to: int | None = None
) -> None:
    """Refuse what a person may not do.

    Raises
    ------
    NotFound
        If it concerns a centre or a reviewer's work that is not the person's own: its existence is not told.
    NotAllowed
        If the person's role cannot do it at all.
    """
    if may(person, action, centre=centre, assigned_to=assigned_to):
        return
    foreign = OWN_CENTRE.get(action, set()) | OWN_WORK.get(action, set())
    raise NotFound if person.active and person.roles & foreign else NotAllowed
