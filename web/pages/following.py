"""What rounds/follow.html and close.html show: counts of work, in the order of the alphabet."""

from dataclasses import dataclass

from lirk.domain.following import CaseState, Tally
from lirk.domain.planning import Step
from lirk.domain.rounds import RoundState
from lirk.services import following
from lirk.wording import Wording
from lirk.wording.following import BLOCKS, CASE_STATES, REASONS
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address

Link = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """One line of counts; the numbers as the reader's language writes them."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleRow:
    """A case that waits for a decision."""

    number: str
    case_id: str
    centre: str
    reason: str
    note: str
    reported: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case of the sample."""

    number: str
    case_id: str
    centre: str
    reviewer: str
    state: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPage:
    """rounds/follow.html."""

    title: str
    at: str
    steps: list[StepLink]
    closed: bool
    work: Tally
    by_reviewer: tuple[TallyRow, ...]
    by_centre: tuple[TallyRow, ...]
    obstacles: tuple[ObstacleRow, ...]
    to_replace: tuple[Link, ...]
    unassigned: int
    findings: int
    replaced: int
    cases: tuple[CaseRow, ...]

    @classmethod
    def of(cls, value: following.Following, words: Wording) -> "FollowPage":
        """Return the page."""
        at = address(value.round)
        return cls(
            title=value.round.title,
            at=at,
            steps=steps_for(value.round, words, Step.FOLLOW),
            closed=value.round.state is RoundState.CLOSED,
            work=value.work,
            by_reviewer=tuple(
                TallyRow(name=name, cells=_numbers(words, one.assigned, one.begun, one.finished, one.missing))
                for name, one in value.by_reviewer
            ),
            by_centre=tuple(
                TallyRow(
                    name=name,
                    cells=_numbers(words, one.cases, one.assigned, one.begun, one.finished, one.missing),
                )
                for name, one in value.by_centre
            ),
            obstacles=tuple(_obstacle(one, at, words) for one in value.obstacles),
            to_replace=case_links(at, value.to_replace),
            unassigned=len(value.unassigned),
            findings=value.count(CaseState.NOT_FOUND, CaseState.NO_ACCESS),
            replaced=value.count(CaseState.REPLACED),
            cases=tuple(
                CaseRow(
                    number=str(case.number),
                    case_id=case.case_id,
                    centre=case.centre,
                    reviewer=name or "–",
                    state=words.text(CASE_STATES[case.state]),
                    href=f"{at}/cases/{case.number}",
                )
                for case, name in value.cases
            ),
        )


def _numbers(words: Wording, *counts: int) -> tuple[str, ...]:
    return tuple(words.number(count) for count in counts)


def _obstacle(one: following.ReportedCase, at: str, words: Wording) -> ObstacleRow:
    when = words.date(one.obstacle.reported_at.date())
    return ObstacleRow(
        number=str(one.number),
        case_id=one.case_id,
        centre=one.centre,
        reason=words.text(REASONS[one.obstacle.reason]),
        note=one.obstacle.note,
        reported=words.text("{name}, {date}", name=one.reporter, date=when) if one.reporter else when,
        href=f"{at}/obstacles/{one.number}",
    )


def case_links(at: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    """Return the numbers of cases with their addresses."""
    return tuple((str(number), f"{at}/cases/{number}") for number in numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking:
    """What keeps the round open: in words, and the cases that it is about."""

    text: str
    cases: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtRow:
    """Where a reviewer is in doubt; the answer itself is not shown."""

    number: str
    href: str
    checklist: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningRow:
    """Something that was opened again."""

    when: str
    cases: tuple[Link, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePage:
    """rounds/close.html: what keeps the round open, what to look at, and the last question."""

    title: str
    at: str
    steps: list[StepLink]
    closed: bool
    blocked: tuple[Blocking, ...]
    doubts: tuple[DoubtRow, ...]
    reopenings: tuple[ReopeningRow, ...]
    summary: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, value: following.Closing, words: Wording) -> "ClosePage":
        """Return the page."""
        at = address(value.round)
        return cls(
            title=value.round.title,
            at=at,
            steps=steps_for(value.round, words, Step.CLOSE),
            closed=value.round.state is RoundState.CLOSED,
            blocked=tuple(
                Blocking(text=words.text(BLOCKS[code]), cases=_blocking(at, code, numbers))
                for code, numbers in value.blocked.items()
            ),
            doubts=tuple(_doubt(at, one, words) for one in value.doubts),
            reopenings=tuple(
                ReopeningRow(when=words.moment(one.at), cases=case_links(at, one.numbers), reason=one.reason)
                for one in value.reopenings
            ),
            summary=tuple(_summary(value, words)),
        )


def _blocking(at: str, code: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    if code == "obstacles-open":
        return tuple((str(number), f"{at}/obstacles/{number}") for number in numbers)
    return case_links(at, numbers)


def _doubt(at: str, one: following.DoubtIn, words: Wording) -> DoubtRow:
    doubt, checklist = one
    item = checklist.item(doubt.item_id) or checklist.fact(doubt.item_id)
    return DoubtRow(
        number=str(doubt.number),
        href=f"{at}/cases/{doubt.number}",
        checklist=checklist.title.in_(words.language),
        item=item.question.in_(words.language) if item else doubt.item_id,
    )


def _summary(value: following.Closing, words: Wording) -> list[tuple[str, str]]:
    return [
        (
            words.text("Afsluttede sager"),
            words.text("{done} af {total}", done=value.work.finished, total=value.work.cases),
        ),
        (words.text("Ikke fundet, eller ingen adgang"), words.number(value.findings)),
        (words.text("Erstattede sager"), words.number(value.replaced)),
        (words.text("Svar markeret med tvivl"), words.number(len(value.doubts))),
    ]
