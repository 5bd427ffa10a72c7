"""What rounds/follow.html shows: how far the work is, in words; nobody stands by how much they did."""

from dataclasses import dataclass
from datetime import date

from lirk.domain.following import CaseState, Tally
from lirk.domain.planning import Step
from lirk.domain.reviews import Reading
from lirk.domain.rounds import RoundState
from lirk.services import following
from lirk.wording import Wording
from lirk.wording.deadlines import deadline_line
from lirk.wording.following import CASE_STATES, REASONS
from lirk.wording.work import work_text
from web.pages.review_times import hours_text
from web.pages.round_steps import StepLink, steps_for
from web.pages.rounds import address
from web.pages.todo import TodoLine, todo_lines

Link = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """How far somebody or a centre is, and the count of their cases."""

    name: str
    state: str
    cases: str

    @classmethod
    def of(cls, name: str, work: Tally, words: Wording) -> "TallyRow":
        """Return the row of a person or a centre."""
        return cls(name=name, state=work_text(work, words), cases=words.number(work.cases))


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
    second: bool


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
    second: str
    deadline: str
    todo: tuple[TodoLine, ...]
    people: tuple[TallyRow, ...]
    by_centre: tuple[TallyRow, ...]
    obstacles: tuple[ObstacleRow, ...]
    to_replace: tuple[Link, ...]
    findings: int
    replaced: int
    hours: str
    cases: tuple[CaseRow, ...]

    @classmethod
    def of(cls, value: following.Following, words: Wording, *, today: date) -> "FollowPage":
        """Return the page as it is on a day."""
        at = address(value.round)
        return cls(
            title=value.round.title,
            at=at,
            steps=steps_for(value.round, words, Step.FOLLOW),
            closed=value.round.state is RoundState.CLOSED,
            work=value.work,
            second=_second(value.second, words),
            deadline=deadline_line(value.deadline, today, words) if value.deadline else "",
            todo=todo_lines(value.todo, at, words),
            people=tuple(TallyRow.of(one.name, one.work, words) for one in value.people),
            by_centre=tuple(TallyRow.of(name, work, words) for name, work in value.by_centre),
            obstacles=tuple(_obstacle(one, at, words) for one in value.obstacles),
            to_replace=case_links(at, value.to_replace),
            findings=value.count(CaseState.NOT_FOUND, CaseState.NO_ACCESS),
            replaced=value.count(CaseState.REPLACED),
            hours=hours_text(value.hours, words),
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


def _second(work: Tally, words: Wording) -> str:
    if not work.cases:
        return ""
    return words.plural(
        "Anden gennemgang: {done} af {count} er afsluttet.",
        "Anden gennemgang: {done} af {count} er afsluttet.",
        work.cases,
        done=work.finished,
    )


def _obstacle(one: following.ReportedCase, at: str, words: Wording) -> ObstacleRow:
    when = words.date(one.obstacle.reported_at.date())
    return ObstacleRow(
        number=str(one.number),
        case_id=one.case_id,
        centre=one.centre,
        reason=words.text(REASONS[one.obstacle.reason]),
        note=one.obstacle.note,
        reported=words.text("{name}, {date}", name=one.reporter, date=when) if one.reporter else when,
        href=obstacle_path(at, one.number, one.obstacle.reading),
        second=one.obstacle.reading is Reading.SECOND,
    )


def obstacle_path(at: str, number: int | str, reading: Reading) -> str:
    """Return the address at which the coordinator decides on what was reported of a case."""
    return f"{at}/obstacles/{number}" + ("?reading=second" if reading is Reading.SECOND else "")


def case_links(at: str, numbers: tuple[int, ...]) -> tuple[Link, ...]:
    """Return the numbers of cases with their addresses."""
    return tuple((str(number), f"{at}/cases/{number}") for number in numbers)
