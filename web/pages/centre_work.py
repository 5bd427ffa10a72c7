"""What leaders and contact persons see of rounds under way, on reports/index.html and reports/missing.html."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lirk.domain.rounds import RoundState
from lirk.services.centre_work import CentreInRound, RunningRound, SoughtCase, SoughtCases
from lirk.services.self_assessments import AssessmentState
from lirk.wording import N_, Wording
from lirk.wording.deadlines import deadline_line
from lirk.wording.following import REASONS
from web.pages.case_line import web_link

#: What comes when all is reviewed, by what the reader has left of the self-assessment.
NEXT = {
    None: N_("Rapporten kommer, når runden lukkes; du skal ikke gøre noget."),
    AssessmentState.BEGUN: N_("Rapporten kommer, når runden lukkes. Afslut selvvurderingen inden."),
    AssessmentState.NOT_BEGUN: N_("Rapporten kommer, når runden lukkes. Udfyld selvvurderingen inden."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CentrePart:
    """One centre of a round under way: how far its cases are; ``missing`` leads to those that are sought."""

    name: str
    lines: tuple[str, ...]
    missing: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningPart:
    """One round under way."""

    key: str
    title: str
    deadline: str
    centres: tuple[CentrePart, ...]

    @classmethod
    def of(
        cls,
        value: RunningRound,
        words: Wording,
        *,
        today: date,
        awaited: Mapping[tuple[int, str], AssessmentState],
    ) -> "RunningPart":
        """Return the part of a round as it is on a day; ``awaited``: the self-assessments that are left."""
        return cls(
            key=value.round.key,
            title=value.round.title,
            deadline=f"{deadline_line(value.deadline, today, words)}." if value.deadline else "",
            centres=tuple(
                CentrePart(
                    name=one.centre,
                    lines=tuple(_lines(value, one, words, awaited.get((value.round.id, one.centre)))),
                    missing=_missing(one, words),
                    href=f"/rounds/{value.round.key}/reports/{one.address}/missing",
                )
                for one in value.centres
            ),
        )


def _lines(
    value: RunningRound, one: CentreInRound, words: Wording, assessment: AssessmentState | None
) -> Iterator[str]:
    progress = one.progress
    if value.round.state is RoundState.COMMITTED:
        yield words.text("Stikprøven er ikke trukket endnu. Du skal ikke gøre noget.")
        return
    if not progress.drawn:
        yield words.text("Ingen af jeres sager er udtrukket.")
        return
    if progress.work.cases and not progress.finished:
        yield words.plural(
            "Jeres {count} sag: {done} er gennemgået.",
            "Jeres {count} sager: {done} er gennemgået.",
            progress.work.cases,
            done=progress.work.finished,
        )
    if progress.findings:
        yield words.plural(
            "{count} sag er ikke fundet, eller der er ikke adgang til den.",
            "{count} sager er ikke fundet, eller der er ikke adgang til dem.",
            progress.findings,
        )
    if progress.finished:
        yield " ".join((words.text("Alle jeres sager er gennemgået."), words.text(NEXT[assessment])))


def _missing(one: CentreInRound, words: Wording) -> str:
    if not one.missing:
        return ""
    return words.plural(
        "Hjælp med at finde sag {numbers}",
        "Hjælp med at finde sagerne {numbers}",
        len(one.missing),
        numbers=words.listing(map(str, one.missing)),
    )


@dataclass(frozen=True, slots=True)
class SoughtLine:
    """A case that is sought; ``href`` is empty where the register gave no address that can be opened."""

    number: str
    case_id: str
    href: str
    decided: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage:
    """reports/missing.html: the cases of a centre that somebody has to find."""

    title: str
    centre: str
    closed: bool
    cases: tuple[SoughtLine, ...]

    @classmethod
    def of(cls, value: SoughtCases, words: Wording) -> "MissingPage":
        """Return the page."""
        return cls(
            title=value.round.title,
            centre=value.centre,
            closed=value.round.state is RoundState.CLOSED,
            cases=tuple(_sought(one, words) for one in value.cases),
        )


def _sought(one: SoughtCase, words: Wording) -> SoughtLine:
    return SoughtLine(
        number=words.number(one.number),
        case_id=one.case_id,
        href=web_link(one.link),
        decided=words.date(one.decision_date) if one.decision_date else "–",
        reason=words.text(REASONS[one.reason]),
    )
