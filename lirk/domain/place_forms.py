"""Checklists filled in about a place: a spot check, or a leader's self-assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from checklists.model import Checklist, Item
from checklists.score import score
from lirk.domain.plain_texts import text_problems
from lirk.domain.reviewing import NOTE_LIMIT, KeptAnswer, Question, QuestionNotAsked, Walkthrough
from lirk.errors import NotFound, Problem, ProblemsFound, RuleBroken

#: Signs of the name of a place, at most.
PLACE_LIMIT = 100
#: The checklists that a leader answers about the own centre; every other one of a place is a spot check.
SELF_ASSESSMENTS = frozenset({"lederens-selvvurdering"})


class PlaceKind(StrEnum):
    """What is filled in about a centre; no case is read for it."""

    SPOT_CHECK = "spot-check"
    SELF_ASSESSMENT = "self-assessment"


class PlaceItemNotAsked(NotFound):
    """The form has no such item, or it does not apply after the answers so far."""

    code = "place-item-not-asked"


class PlaceFormFinished(RuleBroken):
    """A finished form is changed only after it has been reopened."""

    code = "place-form-finished"


class PlaceFormNotFinished(RuleBroken):
    """Only what is finished is reopened."""

    code = "place-form-not-finished"


class PlaceFormLocked(RuleBroken):
    """The leader has seen the report; what was believed before is not changed after."""

    code = "place-form-locked"


class PlaceFormIncomplete(RuleBroken):
    """A form is finished only when everything that applies is answered, with the notes that it takes."""

    code = "place-form-incomplete"


class PlaceFormContradictory(RuleBroken):
    """A form is not finished while its answers contradict each other."""

    code = "place-form-contradictory"


class PlaceFormNotEmpty(RuleBroken):
    """What has been answered is not deleted."""

    code = "place-form-not-empty"


class NoPlaceChecklist(RuleBroken):
    """No version of a checklist of this kind is in force."""

    code = "no-place-checklist"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceForm:
    """A checklist in the hands of whoever fills it in about a centre.

    Attributes
    ----------
    place
        What the place is called; empty for a self-assessment, which is about the whole centre.
    round_id, round_key, round_title
        The round that a self-assessment belongs to; a spot check belongs to none.
    text
        The checklist's whole text as it was when the form was begun.
    begun_by, finished_by
        Names.
    seen_at
        When the leader first saw the round's report of the centre.
    """

    id: int
    kind: PlaceKind
    centre: str
    place: str
    round_id: int | None
    checklist_id: str
    checklist_version: int
    text: str
    begun_at: datetime
    begun_by: str | None = None
    finished_at: datetime | None = None
    finished_by: str | None = None
    finisher_id: int | None = None
    round_key: str | None = None
    round_title: str | None = None
    seen_at: datetime | None = None
    answers: Mapping[str, KeptAnswer] = field(default_factory=dict)

    @property
    def assesses(self) -> bool:
        """Whether it is a leader's self-assessment."""
        return self.kind is PlaceKind.SELF_ASSESSMENT

    @property
    def locked(self) -> bool:
        """Whether the report has been seen, so that nothing is changed any more."""
        return self.assesses and self.seen_at is not None

    @property
    def open(self) -> bool:
        """Whether it takes answers."""
        return self.finished_at is None and not self.locked


def of_kind(checklist: Checklist, kind: PlaceKind) -> bool:
    """Return whether a checklist is one for this kind of form."""
    if checklist.subject != "place":
        return False
    return (checklist.id in SELF_ASSESSMENTS) == (kind is PlaceKind.SELF_ASSESSMENT)


def check_place(name: str) -> str:
    """Return the name of a place as it is kept.

    Raises
    ------
    ProblemsFound
        If it is missing, has more than `PLACE_LIMIT` signs, or holds what looks like a CPR number.
    """
    kept = " ".join(name.split())
    problems = text_problems(kept, column="place", limit=PLACE_LIMIT)
    if not kept:
        problems = [Problem("place-missing", column="place")]
    if problems:
        raise ProblemsFound(problems)
    return kept


def check_reopening_reason(reason: str) -> str:
    """Return why a form is reopened, as it is kept.

    Raises
    ------
    ProblemsFound
        If it is missing or cannot be kept.
    """
    kept = reason.strip()
    problems = text_problems(kept, column="reason", limit=NOTE_LIMIT)
    if not kept:
        problems = [Problem("place-reopening-reason-missing", column="reason")]
    if problems:
        raise ProblemsFound(problems)
    return kept


def check_unlocked(form: PlaceForm) -> None:
    """Refuse a self-assessment whose result is known.

    Raises
    ------
    PlaceFormLocked
        If its leader has seen the report.
    """
    if form.locked:
        raise PlaceFormLocked


def check_changeable(form: PlaceForm) -> None:
    """Refuse a form that takes no answers.

    Raises
    ------
    PlaceFormLocked, PlaceFormFinished
        See each.
    """
    check_unlocked(form)
    if form.finished_at is not None:
        raise PlaceFormFinished


def check_finishable(walk: Walkthrough) -> None:
    """Refuse to finish what lacks something or contradicts itself.

    Raises
    ------
    PlaceFormIncomplete, PlaceFormContradictory
        With how many items miss something, or how many contradictions there are.
    """
    if walk.open_questions:
        raise PlaceFormIncomplete(count=len(walk.open_questions))
    if walk.contradictions:
        raise PlaceFormContradictory(count=len(walk.contradictions))


def question_of(walk: Walkthrough, question_id: str) -> Question:
    """Return one question of a form.

    Raises
    ------
    PlaceItemNotAsked
        If it is not asked.
    """
    try:
        return walk.question(question_id)
    except QuestionNotAsked:
        raise PlaceItemNotAsked from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortReport:
    """What a spot check comes to.

    ``verdict`` is the id of the checklist's verdict or stop, or one of those that `checklists.score.score` gives
    by itself; ``to_do`` is sorted as the checklist is, critical items first.
    """

    verdict: str
    in_order: tuple[Question, ...]
    to_do: tuple[Question, ...]
    not_assessed: tuple[Question, ...]
    not_relevant: tuple[Question, ...]
    other: tuple[Question, ...]


#: How severe an item is, the worst first.
SEVERITIES = ("critical", "serious", "minor")


def short_report(walk: Walkthrough) -> ShortReport:
    """Return what the answers of a spot check come to."""
    codes = {**{one.id: one.answer.value for one in walk.questions}, **walk.register}
    found = score(walk.checklist, codes)

    def with_result(*results: str) -> tuple[Question, ...]:
        return tuple(one for one in walk.questions if found.results.get(one.id) in results)

    return ShortReport(
        verdict=found.stopped or found.verdict,
        in_order=with_result("yes"),
        to_do=tuple(sorted(with_result("no", "partly"), key=_severity)),
        not_assessed=with_result("cannot_assess"),
        not_relevant=with_result("not_applicable"),
        other=with_result("none"),
    )


def _severity(question: Question) -> int:
    return SEVERITIES.index(question.asked.severity) if isinstance(question.asked, Item) else len(SEVERITIES)
