"""What the pages of cases that must be acted on now show: the reader's, the coordinator's, and the centre's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lirk.domain.reviewing import NOTE_LIMIT
from lirk.services.urgent_cases import UrgentOfRound, UrgentOpened, UrgentRow
from lirk.wording import Wording
from web.forms import Form
from web.pages.case_line import CaseLine, web_link
from web.pages.reviews import (
    summary_path,
)
from web.pages.rounds import address

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisePage:
    """reviews/urgent.html: why the case must be acted on, and what was said before.

    ``was`` is the stored reason that the page is made from; ``changed`` says that it is not the one that the
    reader had before them, empty where it is.
    """

    review_id: int
    case: CaseLine
    reason: str
    limit: int
    back: str
    handled: Rows
    was: str
    changed: str

    @classmethod
    def of(
        cls, value: UrgentOpened, words: Wording, typed: Form | None = None, *, changed: str = ""
    ) -> "RaisePage":
        """Return the page of a review; with what was written where it was refused."""
        said = value.said
        stored = said.reason if said else ""
        handled = said is not None and said.handled_at is not None
        return cls(
            review_id=value.review.id,
            case=CaseLine.of(value.review, words),
            reason=typed.value("urgent_reason") if typed else stored,
            limit=NOTE_LIMIT,
            back=summary_path(value.review.id),
            handled=((words.text("Det er gjort"), said.handling or ""),) if said and handled else (),
            was=typed.value("was") if typed and not changed else stored,
            changed=changed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentLine:
    """One urgent case in a list; a reason may be that it is not for this reader yet."""

    number: str
    round_title: str
    centre: str
    reasons: tuple[str, ...]
    raised: str
    ago: str
    raiser: str
    handling: str
    handled: str
    href: str

    @classmethod
    def of(cls, row: UrgentRow, href: str, words: Wording, now: datetime) -> "UrgentLine":
        """Return the line of a case."""
        case = row.case
        return cls(
            number=str(case.number),
            round_title=case.round_title,
            centre=case.centre,
            reasons=reason_texts(row, words),
            raised=words.moment(case.raised_at),
            ago=how_long_ago(case.raised_at, now, words),
            raiser=case.raiser or words.text("ukendt"),
            handling=case.handling or "",
            handled=words.moment(case.handled_at) if case.handled_at else "",
            href=href,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentRoundPage:
    """rounds/urgent.html: what waits in a round, and what was handled."""

    title: str
    at: str
    waiting: tuple[UrgentLine, ...]
    handled: tuple[UrgentLine, ...]

    @classmethod
    def of(cls, value: UrgentOfRound, words: Wording, now: datetime) -> "UrgentRoundPage":
        """Return the list of a round."""
        at = address(value.round)

        def lines(rows: Iterable[UrgentRow]) -> tuple[UrgentLine, ...]:
            return tuple(UrgentLine.of(row, f"{at}/urgent/{row.case.review_id}", words, now) for row in rows)

        return cls(title=value.round.title, at=at, waiting=lines(value.waiting), handled=lines(value.handled))


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentCasePage:
    """rounds/urgent_case.html: one urgent case, and what was done."""

    title: str
    at: str
    href: str
    number: str
    case_href: str
    rows: Rows
    report_by: str
    handled: bool
    handling: str
    limit: int

    @classmethod
    def of(cls, row: UrgentRow, words: Wording, now: datetime, typed: Form | None = None) -> "UrgentCasePage":
        """Return the page; with what was written where it was refused."""
        case = row.case
        at = f"/rounds/{case.round_key}"
        line = UrgentLine.of(row, f"{at}/urgent/{case.review_id}", words, now)
        rows = (
            (words.text("Løbenummer"), line.number),
            (words.text("Sagsnummer"), case.case_id),
            (words.text("Center"), line.centre),
            *((words.text("Grund"), reason) for reason in line.reasons),
            (words.text("Meldt"), f"{line.raised}, {line.ago}"),
            (words.text("Meldt af"), line.raiser),
        )
        done = (
            (words.text("Det er gjort"), line.handling),
            (words.text("Markeret som håndteret"), line.handled),
        )
        return cls(
            title=case.round_title,
            at=at,
            href=line.href,
            number=line.number,
            case_href=f"{at}/cases/{case.number}",
            rows=(*rows, *done) if line.handled else rows,
            report_by=words.moment(case.report_by),
            handled=bool(line.handled),
            handling=typed.value("handling") if typed else line.handling,
            limit=NOTE_LIMIT,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUrgentPage:
    """urgent/index.html: what waits in the reader's own centres."""

    lines: tuple[UrgentLine, ...]

    @classmethod
    def of(cls, rows: Iterable[UrgentRow], words: Wording, now: datetime) -> "OwnUrgentPage":
        """Return the list."""
        return cls(
            lines=tuple(UrgentLine.of(row, f"/urgent/{row.case.review_id}", words, now) for row in rows)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnUrgentCasePage:
    """urgent/case.html: which case it is; without who reads it."""

    number: str
    link: str
    rows: Rows

    @classmethod
    def of(cls, row: UrgentRow, words: Wording, now: datetime) -> "OwnUrgentCasePage":
        """Return the page of a case."""
        line = UrgentLine.of(row, "", words, now)
        return cls(
            number=line.number,
            link=web_link(row.case.link),
            rows=(
                (words.text("Løbenummer"), line.number),
                (words.text("Sagsnummer"), row.case.case_id),
                (words.text("Center"), line.centre),
                *((words.text("Grund"), reason) for reason in line.reasons),
                (words.text("Meldt"), f"{line.raised}, {line.ago}"),
            ),
        )


def reason_texts(row: UrgentRow, words: Wording) -> tuple[str, ...]:
    """Return why a case must be acted on, or that the reader learns it when both readings are finished."""
    blind = words.text("Du læser selv sagen. Grunden vises, når I begge har afsluttet.")
    return tuple(reason or blind for reason in row.reasons)


def how_long_ago(since: datetime, now: datetime, words: Wording) -> str:
    """Return how long ago something was, in the greatest unit that says enough."""
    passed = max(now - since, timedelta())
    minutes, hours, days = passed // timedelta(minutes=1), passed // timedelta(hours=1), passed.days
    if minutes < 1:
        return words.text("lige nu")
    if hours < 1:
        return words.plural("for {count} minut siden", "for {count} minutter siden", minutes)
    if days < 2:
        return words.plural("for {count} time siden", "for {count} timer siden", hours)
    return words.plural("for {count} dag siden", "for {count} dage siden", days)
