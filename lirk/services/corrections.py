"""The coordinator corrects an answer after a centre's objection was accepted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from checklists.model import Checklist
from checklists.score import score
from lirk.domain.access import Action, require
from lirk.domain.corrections import (
    CorrectedAnswer,
    CorrectionChanged,
    CorrectionNotGranted,
    CountsAgain,
    TypedCorrection,
    answer_texts,
    correction_problems,
    counting_again,
    outcome,
    parts,
    reason_problems,
)
from lirk.domain.finding_replies import FindingReply, check_not_own
from lirk.domain.finding_texts import FindingUnknown
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStep, check_report_step
from lirk.domain.reports import CaseResult, CentreReport, Finding, ItemResult
from lirk.domain.reviews import CaseStatus, Review
from lirk.domain.rounds import Round, check_step
from lirk.errors import Problem, ProblemsFound
from lirk.services.pinned import checklists_of
from lirk.services.read_twice import counted_reviews
from lirk.services.remarks import ask_again
from lirk.services.reports import Reader, report_of
from lirk.services.reviews import answer_codes
from lirk.services.samples import acting_cases
from lirk.storage.store import Store

#: The results that make an item a finding.
BREACHED = frozenset({CaseResult.NO.value, CaseResult.PARTLY.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBehind:
    """A case behind a finding: its running number, what counts in it now, and what counted before a correction.

    ``original`` is empty where nothing was corrected; ``note`` is the reviewer's.
    """

    number: int
    answer: str
    original: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question that a correction opens: its id, its words, and what can be answered, in words by code."""

    id: str
    question: str
    offered: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersToCorrect:
    """An item with the cases whose answers to it may be corrected.

    ``finding`` is None where every breach was corrected away. ``granted`` is the objection that was found to be
    right; None where it no longer stands, and corrections can only be taken back. ``seen`` is how often the item was
    corrected in the centre so far.
    """

    report: CentreReport
    item: ItemResult
    finding: Finding | None
    cases: tuple[CaseBehind, ...]
    offered: Mapping[str, str]
    follow_ups: tuple[FollowUp, ...]
    seen: int
    granted: FindingReply | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """What a correction came to: the item in the report before it and after it, and what counts again in the case.

    ``asked_again``: the leader had nothing to add to the draft, and is asked again.
    """

    number: int
    before: ItemResult
    after: ItemResult
    finding: Finding | None
    again: tuple[CountsAgain, ...] = ()
    asked_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A reviewed case of the centre: its running number, the codes that count, and what was corrected in it."""

    number: int
    review: Review
    codes: Mapping[str, str]
    corrected: Mapping[str, CorrectedAnswer]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """An item of a centre's report, with the centre's reviewed cases by running number."""

    round: Round
    report: CentreReport
    checklist: Checklist
    item: ItemResult
    cases: Mapping[int, _Case]
    granted: FindingReply | None

    @property
    def finding(self) -> Finding | None:
        return self.report.finding(self.checklist.id, self.item.item_id)

    @property
    def seen(self) -> int:
        """How often the item was corrected in the centre."""
        made = (case.corrected.get(self.item.item_id) for case in self.cases.values())
        return sum(one.version for one in made if one is not None)


def answers_to_correct(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    checklist_id: str,
    item_id: str,
    *,
    reader: Reader,
    typed: TypedCorrection | None = None,
) -> AnswersToCorrect:
    """Return the cases behind a finding, by running number, with what the coordinator needs to correct one.

    Parameters
    ----------
    typed
        What was typed so far: the questions that it opens are among ``follow_ups``.

    Raises
    ------
    RoundUnknown, lirk.services.reports.CentreUnknown
        If there is no such round, or the centre has no report in it.
    FindingUnknown
        If the item is no finding of the report, and none of its answers was corrected.
    lirk.domain.report_stages.ReportPublished
        If the report is published; begin its next version first.
    CorrectionNotGranted
        If nobody objected to the finding, or was found to be right, and nothing of it is corrected.
    lirk.domain.finding_replies.AnswersOwnReplies
        If the person leads the centre.
    NotAllowed, RoundNotIn
        If the person writes no findings, or the round is not closed.
    """
    place = _place(store, actor, key, centre, checklist_id, item_id, reader)
    language = reader.words.language
    texts = answer_texts(parts(place.checklist)[item_id], language)
    return AnswersToCorrect(
        report=place.report,
        item=place.item,
        finding=place.finding,
        cases=tuple(_behind(place, texts)),
        offered=texts,
        follow_ups=tuple(_follow_ups(place, typed, language)) if typed else (),
        seen=place.seen,
        granted=place.granted,
    )


def correct_answer(
    store: Store,
    actor: Person,
    key: str,
    centre: str,
    typed: TypedCorrection,
    *,
    reader: Reader,
    now: datetime,
) -> Corrected:
    """Keep the answer of one case that counts from now on, and return what it changed in the report.

    The reviewer's own answer stays. A correction back to what counted before takes the correction back. Where an
    item comes to apply by the new answer and has none, it must be answered too: a case with something unanswered
    counts nowhere, and a correction must not take a case out of the figures.

    Raises
    ------
    ProblemsFound
        With every field that is wrong; ``column`` names it. So too if the case is not of the centre's sample.
    CorrectionChanged
        If somebody else has corrected answers to the item since.
    AnswersOwnReplies, CorrectionNotGranted, RoundUnknown, FindingUnknown, NotAllowed, RoundNotIn, ReportPublished
        See ``answers_to_correct``; so too if the centre has no report.
    """
    place = _place(store, actor, key, centre, typed.checklist_id, typed.item_id, reader)
    case = place.cases.get(typed.number)
    if problems := tuple(_problems(place, case, typed, reader.words.language)):
        raise ProblemsFound(problems)
    if case is None or place.seen != typed.seen:
        raise CorrectionChanged
    _check_granted(place, case, typed)
    found = outcome(place.checklist, case.codes, typed.item_id, typed.value, typed.also)
    for item_id, value in found.given.items():
        _keep(store, actor, place, case, item_id, value, reason=typed.reason.strip(), now=now)
    asked_again = ask_again(store, actor, place.round, centre, now=now)
    # Not from the shelf: what is not kept yet must not be kept there.
    after = report_of(store, place.round, centre, replace(reader, shelf=None))
    return Corrected(
        number=case.number,
        before=place.item,
        after=after.item(typed.checklist_id, typed.item_id) or place.item,
        finding=after.finding(typed.checklist_id, typed.item_id),
        again=counting_again(place.checklist, found.again, reader.words.language),
        asked_again=asked_again,
    )


def _place(
    store: Store, actor: Person, key: str, centre: str, checklist_id: str, item_id: str, reader: Reader
) -> _Place:
    require(actor, Action.WRITE_FINDINGS, centre=centre)
    check_not_own(actor, centre)
    round_ = store.rounds.by_key(key)
    check_step(round_, "report")
    report = report_of(store, round_, centre, reader)
    item, checklist = report.item(checklist_id, item_id), checklists_of(store, round_).get(checklist_id)
    if item is None or checklist is None:
        raise FindingUnknown
    check_report_step(store.report_stages.of(round_.id, centre), ReportStep.WRITE, centre=centre)
    cases = {case.number: case for case in _cases(store, round_, centre, checklist)}
    reply = store.finding_replies.of(round_.id, centre).get((checklist_id, item_id))
    place = _Place(
        round=round_,
        report=report,
        checklist=checklist,
        item=item,
        cases=cases,
        granted=reply if reply and reply.granted else None,
    )
    if place.finding is None and not place.seen:
        raise FindingUnknown
    # What was corrected can always be taken back.
    if not place.seen and place.granted is None:
        raise CorrectionNotGranted
    return place


def _check_granted(place: _Place, case: _Case, typed: TypedCorrection) -> None:
    """Refuse everything but taking a correction back where no objection to the item is found to be right any more."""
    known = case.corrected.get(typed.item_id)
    takes_back = known is not None and typed.value == known.before
    if place.granted is None and not takes_back:
        raise CorrectionNotGranted


def _cases(store: Store, round_: Round, centre: str, checklist: Checklist) -> Iterator[_Case]:
    """Yield the cases of the centre that were reviewed with a checklist, by running number."""
    drawn = {
        case.id: case
        for case in acting_cases(store, round_, centre=centre)
        if case.status is CaseStatus.TO_REVIEW
    }
    corrected = store.corrections.of(round_.id, centre=centre)
    for review in counted_reviews(store, round_, centre=centre, corrected=corrected):
        case = drawn.get(review.case_id)
        if case is not None and review.checklist_id == checklist.id:
            yield _Case(
                number=case.number or 0,
                review=review,
                codes=answer_codes(checklist, case, review.answers),
                corrected={one.item_id: one for one in corrected.get(review.id, ())},
            )


def _behind(place: _Place, texts: Mapping[str, str]) -> Iterator[CaseBehind]:
    """Yield the cases in which the item is not wholly met, and those in which that was corrected."""
    item_id = place.item.item_id
    for case in place.cases.values():
        results = score(place.checklist, case.codes).results
        corrected = case.corrected.get(item_id)
        held = corrected is not None and corrected.holds
        if item_id in results and (held or results[item_id] in BREACHED):
            code, given = case.codes[item_id], case.review.answers.get(item_id)
            yield CaseBehind(
                number=case.number,
                answer=texts.get(code, code),
                original=texts.get(corrected.before, "–") if corrected is not None and held else "",
                note=given.note.strip() if given else "",
            )


def _follow_ups(place: _Place, typed: TypedCorrection, language: str) -> Iterator[FollowUp]:
    """Yield what must be answered too, in the checklist's order."""
    case = place.cases.get(typed.number)
    if case is None or typed.value not in (place.checklist.offered(typed.item_id) or ()):
        return
    asked = outcome(place.checklist, case.codes, typed.item_id, typed.value, typed.also).asked
    for id_, part in parts(place.checklist).items():
        if id_ in asked:
            yield FollowUp(id=id_, question=part.question.in_(language), offered=answer_texts(part, language))


def _problems(place: _Place, case: _Case | None, typed: TypedCorrection, language: str) -> Iterator[Problem]:
    if not typed.number:
        yield Problem("correction-case-missing", column="number")
    elif case is None:
        yield Problem("correction-case-unknown", {"number": typed.number}, column="number")
    else:
        yield from correction_problems(place.checklist, case.codes, typed, language)
    yield from reason_problems(typed.reason)


def _keep(
    store: Store,
    actor: Person,
    place: _Place,
    case: _Case,
    item_id: str,
    value: str,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Keep the answer of a case to one item, and say so in the trail."""
    known, counts = case.corrected.get(item_id), case.codes.get(item_id, "")
    made = CorrectedAnswer(
        review_id=case.review.id,
        item_id=item_id,
        before=known.before if known else counts,
        value=value,
        reason=reason,
        version=known.version + 1 if known else 1,
        corrected_at=now,
    )
    if store.corrections.keep(made, by=actor.id) is None:
        raise CorrectionChanged
    store.trail.add(
        "answer-corrected" if made.holds else "correction-taken-back",
        actor_id=actor.id,
        at=now,
        round=place.round.key,
        centre=place.report.centre,
        number=case.number,
        checklist=place.checklist.id,
        item=item_id,
        before=counts,
        value=value,
        version=made.version,
    )
