"""reports/meeting.html, and the report's own section: what came of reading it in the section."""

from dataclasses import dataclass

from markupsafe import Markup

from lirk.domain.access import Action, may
from lirk.domain.meetings import LONGEST, MOST_STAFF, Meeting
from lirk.domain.people import Person
from lirk.domain.reports import CentreReport
from lirk.reports.meeting_sentences import lines, purpose, took_part
from lirk.reports.phrases import sentence
from lirk.reports.stage_sentences import is_published
from lirk.services.meetings import ReportMeeting
from lirk.wording import Wording
from lirk.wording.meetings import GROUPS
from web.pages.voice import PageVoice, html


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """What is recorded: rows of a list, and the two texts line by line."""

    rows: tuple[tuple[str, str], ...]
    agreed: tuple[str, ...]
    not_agreed: tuple[str, ...]

    @classmethod
    def of(cls, meeting: Meeting | None, words: Wording) -> "MeetingRecord | None":
        """Return the record, or None where there is none."""
        if meeting is None:
            return None
        day = words.date(meeting.held_on) if meeting.held_on else "–"
        return cls(
            rows=(
                (words.text("Dag"), day),
                (words.text("Hvem deltog"), took_part(meeting, words)),
            ),
            agreed=lines(meeting.agreed),
            not_agreed=lines(meeting.not_agreed),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPart:
    """The section of a report's page; ``writes``: the reader may record the meeting; ``published``: the report is."""

    record: MeetingRecord | None
    purpose: Markup
    href: str
    writes: bool
    published: bool

    @classmethod
    def of(cls, report: CentreReport, address: str, actor: Person, words: Wording) -> "MeetingPart":
        """Return the section for a person."""
        return cls(
            record=MeetingRecord.of(report.meeting, words),
            purpose=html(purpose(PageVoice(words))),
            href=f"{address}/meeting",
            writes=may(actor, Action.RECORD_MEETING, centre=report.centre),
            published=is_published(report),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFields:
    """What stands in the form, as it was typed or as it is kept."""

    held_on: str = ""
    took_part: tuple[str, ...] = ()
    staff: str = ""
    agreed: str = ""
    not_agreed: str = ""

    @classmethod
    def of(cls, meeting: Meeting | None) -> "MeetingFields":
        """Return the fields of what is kept; empty where nothing is."""
        if meeting is None:
            return cls()
        return cls(
            held_on=meeting.held_on.isoformat() if meeting.held_on else "",
            took_part=tuple(group.value for group in meeting.groups),
            staff=str(meeting.staff or ""),
            agreed=meeting.agreed,
            not_agreed=meeting.not_agreed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPage:
    """The record, to read and to print, and for whoever may write it the form below.

    ``changed``: somebody else has written meanwhile, so that the record is what stands there now.
    """

    title: str
    report_title: str
    report: str
    address: str
    record: MeetingRecord | None
    changed: bool
    writes: bool
    purpose: Markup
    choices: tuple[tuple[str, str], ...]
    fields: MeetingFields
    version: int
    limit: int
    most_staff: str

    @classmethod
    def of(
        cls,
        value: ReportMeeting,
        report: str,
        words: Wording,
        *,
        typed: MeetingFields | None = None,
        changed: bool = False,
    ) -> "MeetingPage":
        """Return the page; with ``typed`` the fields hold what was typed, not what is kept."""
        return cls(
            title=words.text("Gennemgang i afsnittet"),
            report_title=words.text("{centre}, {round}", centre=value.centre, round=value.round.title),
            report=report,
            address=f"{report}/meeting",
            record=MeetingRecord.of(value.meeting, words),
            changed=changed,
            writes=value.writes,
            purpose=html(purpose(PageVoice(words))),
            choices=tuple((group.value, sentence(words.text(name))) for group, name in GROUPS.items()),
            fields=typed or MeetingFields.of(value.meeting),
            version=value.meeting.version if value.meeting else 0,
            limit=LONGEST,
            most_staff=words.number(MOST_STAFF),
        )
