"""What the coordinator writes about the findings of a centre's report."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from lirk.domain.access import Action, require
from lirk.domain.finding_replies import answers_own
from lirk.domain.finding_texts import FindingText, FindingTextChanged, FindingUnknown
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStep, check_report_step
from lirk.domain.reports import CentreReport, Finding
from lirk.domain.reviews import CaseStatus
from lirk.domain.rounds import Round
from lirk.errors import ProblemsFound
from lirk.services.pinned import checklists_of
from lirk.services.read_twice import counted_reviews
from lirk.services.remarks import ask_again
from lirk.services.reports import Reader, report_of
from lirk.services.samples import acting_cases
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerNote:
    """What a reviewer noted at the item: the case's running number, the answer in words, the note."""

    number: int
    answer: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingToWrite:
    """A finding with its text as it stands, and the notes that it can be written from.

    ``correctable``: the centre objected and was found to be right, so that this person may correct answers.
    """

    report: CentreReport
    finding: Finding
    text: FindingText
    notes: tuple[ReviewerNote, ...]
    correctable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFinding:
    """A finding whose text was kept; ``asked_again``: its leader had nothing to add to the draft."""

    finding: Finding
    asked_again: bool


def finding_to_write(
    store: Store, actor: Person, key: str, centre: str, checklist_id: str, item_id: str, *, reader: Reader
) -> FindingToWrite:
    """Return a finding with its text and the reviewers' notes at its item, by running number.

    Raises
    ------
    RoundUnknown, lirk.services.reports.CentreUnknown
        If there is no such round, or the centre has no report in it.
    FindingUnknown
        If the item is no finding of the report.
    NotAllowed
        If the person writes no findings.
    RoundNotIn
        If the round is not closed.
    """
    require(actor, Action.WRITE_FINDINGS, centre=centre)
    round_ = store.rounds.by_key(key)
    report = report_of(store, round_, centre, reader)
    finding = _finding(report, checklist_id, item_id)
    blank = FindingText(checklist_id=checklist_id, item_id=item_id)
    reply = store.finding_replies.of(round_.id, centre).get((checklist_id, item_id))
    return FindingToWrite(
        report=report,
        finding=finding,
        text=store.finding_texts.of(round_.id, centre).get((checklist_id, item_id), blank),
        notes=tuple(_notes(store, round_, centre, checklist_id, item_id, reader)),
        correctable=reply is not None and reply.granted and not answers_own(actor, centre),
    )


def write_finding_text(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    typed: FindingText,
    *,
    reader: Reader,
    now: datetime,
) -> WrittenFinding:
    """Keep what the coordinator writes about a finding; the word that there is nothing to add counts no longer.

    Parameters
    ----------
    typed
        Its version is that of the text which the person had in front of them; 0 where there was none. The
        checklist's own recommendation is kept as none, so that it follows the reader's language.

    Raises
    ------
    ProblemsFound
        With every field that is too long or holds what looks like a CPR number; ``column`` names it.
    FindingTextChanged
        If somebody else has written since.
    ReportPublished
        If the report is published.
    RoundUnknown, FindingUnknown, NotAllowed, RoundNotIn, lirk.services.reports.CentreUnknown
        See ``finding_to_write``.
    """
    require(actor, Action.WRITE_FINDINGS, centre=centre)
    round_ = store.rounds.by_key(key)
    finding = _finding(report_of(store, round_, centre, reader), typed.checklist_id, typed.item_id)
    check_report_step(store.report_stages.of(round_.id, centre), ReportStep.WRITE, centre=centre)
    if problems := tuple(typed.problems()):
        raise ProblemsFound(problems)
    known = store.finding_texts.of(round_.id, centre).get((typed.checklist_id, typed.item_id))
    if (known.version if known else 0) != typed.version:
        raise FindingTextChanged(number=finding.number)
    own = "" if typed.recommendation == finding.item.recommendation else typed.recommendation
    text = replace(typed, recommendation=own, version=typed.version + 1)
    store.finding_texts.keep(round_.id, centre, text, at=now, by=actor.id)
    store.trail.add(
        "finding-text-written",
        actor_id=actor.id,
        at=now,
        round=key,
        centre=centre,
        checklist=text.checklist_id,
        item=text.item_id,
        version=text.version,
    )
    same = known is not None and replace(text, version=known.version) == known
    asked_again = not same and ask_again(store, actor, round_, centre, now=now)
    return WrittenFinding(finding=finding, asked_again=asked_again)


def _finding(report: CentreReport, checklist_id: str, item_id: str) -> Finding:
    found = report.finding(checklist_id, item_id)
    if found is None:
        raise FindingUnknown
    return found


def _notes(
    store: Store, round_: Round, centre: str, checklist_id: str, item_id: str, reader: Reader
) -> Iterator[ReviewerNote]:
    """Yield the notes at an item, of the cases that the report counts."""
    numbers = {
        case.id: case.number
        for case in acting_cases(store, round_, centre=centre)
        if case.number is not None and case.status is CaseStatus.TO_REVIEW
    }
    answers = _answer_words(store, round_, checklist_id, item_id, reader)
    for review in counted_reviews(store, round_, centre=centre):
        given = review.answers.get(item_id)
        if review.checklist_id != checklist_id or review.case_id not in numbers or given is None:
            continue
        if given.note.strip():
            yield ReviewerNote(
                number=numbers[review.case_id],
                answer=answers.get(given.value, given.value),
                note=given.note.strip(),
            )


def _answer_words(
    store: Store, round_: Round, checklist_id: str, item_id: str, reader: Reader
) -> dict[str, str]:
    """Return the item's answers in the reader's language, by code."""
    checklist = checklists_of(store, round_).get(checklist_id)
    item = checklist.item(item_id) if checklist else None
    return {answer.code: answer.text.in_(reader.words.language) for answer in item.answers} if item else {}
