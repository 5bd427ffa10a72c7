"""reports/*.html: the list of reports, and the report of one centre."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count

from markupsafe import Markup

from lirk.domain.access import Action, may
from lirk.domain.people import Person
from lirk.domain.reports import CentreReport, ChecklistResult, Finding
from lirk.reports import finding_sentences, result_sentences, series_sentences, summary_sentences
from lirk.reports.drawn_cases import case_head, case_row
from lirk.reports.phrases import answers, law, made_up, period, sentence
from lirk.reports.since_last import since_last
from lirk.reports.stage_sentences import is_published, issued, replaced
from lirk.reports.used_checklists import cover_line
from lirk.services.centre_work import RunningRound
from lirk.services.reports import RoundReports
from lirk.services.self_assessments import AssessmentState
from lirk.wording import Wording
from web.pages.centre_work import RunningPart
from web.pages.charts import Figure, figure
from web.pages.meetings import MeetingPart
from web.pages.methods import MethodPart, centre_method
from web.pages.report_parts import AssessmentPart, CaseworkerPart
from web.pages.voice import PageVoice, html, html_all, place_id

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """reports/index.html; ``coordinates``: whoever reads it also closes the rounds; ``assesses``: leads a centre."""

    running: tuple[RunningPart, ...]
    rounds: tuple[RoundReports, ...]
    periods: tuple[str, ...]
    coordinates: bool
    assesses: bool

    @classmethod
    def of(
        cls,
        rounds: tuple[RoundReports, ...],
        running: tuple[RunningRound, ...],
        actor: Person,
        words: Wording,
        *,
        today: date,
        awaited: Mapping[tuple[int, str], AssessmentState],
    ) -> "ReportsPage":
        """Return the page for a person as it is on a day; ``awaited``: the self-assessments that are left."""
        periods = (sentence(period(one.first_day, one.last_day, words)) for one in rounds)
        return cls(
            tuple(RunningPart.of(one, words, today=today, awaited=awaited) for one in running),
            rounds,
            tuple(periods),
            may(actor, Action.RUN_ROUND),
            any(may(actor, Action.ASSESS_SELF, centre=centre) for centre in actor.centres),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """*Kort fortalt*, in the order that every report has."""

    going_well: tuple[Markup, ...]
    critical: tuple[Markup, ...]
    to_do: tuple[Markup, ...]
    since_last: Markup
    next_steps: tuple[Markup, ...]
    caution: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A theme in the table of all items."""

    name: str
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One checklist by theme, and its items."""

    id: str
    title: str
    opening: Markup
    whole_cases: tuple[Markup, ...]
    figures: tuple[Figure, ...]
    disagreement: Markup | None
    item_head: tuple[str, ...]
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPart:
    """One checklist in the centre's own rounds: its themes as figures, and a table of themes and items by round."""

    title: str
    figures: tuple[Figure, ...]
    head: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPart:
    """One finding as a block; ``counted`` is its heading with its cases, ``href`` leads to the coordinator's text."""

    id: str
    heading: str
    counted: str
    checklist: str
    open: bool
    figure: str
    out_of: Markup
    kicker: Markup
    law: Markup
    answers: Markup
    sureness: Markup
    written: tuple[tuple[Markup, tuple[str, ...]], ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """reports/report.html; the links of ``writes`` are for the coordinator."""

    title: str
    address: str
    made_up: str
    lead: Markup
    about: tuple[Markup, ...]
    summary: Summary
    results: tuple[Results, ...]
    finding_opening: tuple[Markup, ...]
    findings: tuple[FindingPart, ...]
    others_title: str
    others: tuple[FindingPart, ...]
    items_opening: Markup
    series_opening: Markup
    series: tuple[SeriesPart, ...]
    assessment: AssessmentPart | None
    caseworkers: CaseworkerPart
    meeting: MeetingPart
    method: tuple[MethodPart, ...]
    case_head: tuple[str, ...]
    cases: Rows
    corrected: tuple[tuple[str, str], ...]
    cases_at: str
    writes: bool

    @classmethod
    def of(cls, report: CentreReport, address: str, actor: Person, words: Wording) -> "ReportPage":
        """Return the page of a report for a person."""
        voice = PageVoice(words, sections(words))
        titles = finding_sentences.titles(report)
        results = tuple(_results(report, voice))
        return cls(
            title=words.text("{centre}, {round}", centre=report.centre, round=report.round_title),
            address=address,
            made_up=made_up(report, words),
            lead=html(summary_sentences.who_and_what(report, voice)),
            about=_about(report, voice),
            summary=_summary(report, voice),
            results=results,
            finding_opening=html_all(finding_sentences.opening(report, voice)),
            findings=tuple(_findings(report.written_up, titles, address, voice)),
            others_title=finding_sentences.brief_title(voice),
            others=tuple(_findings(report.in_brief, titles, address, voice)),
            items_opening=html(result_sentences.items_opening(voice)),
            series_opening=html(series_sentences.opening(report, voice)),
            series=tuple(_series(report, 1 + sum(len(one.figures) for one in results), voice)),
            assessment=AssessmentPart.of(report, voice),
            caseworkers=CaseworkerPart.of(report, voice),
            meeting=MeetingPart.of(report, address, actor, words),
            method=centre_method(report, voice),
            case_head=tuple(case_head(words)),
            cases=tuple(tuple(case_row(case, words)) for case in report.cases),
            corrected=tuple(_corrected(report, address)),
            cases_at=f"{address}/cases" if may(actor, Action.IDENTIFY_CASES, centre=report.centre) else "",
            writes=may(actor, Action.WRITE_FINDINGS, centre=report.centre) and not is_published(report),
        )


def sections(words: Wording) -> dict[str, str]:
    """Return the headings that sentences point to, by key."""
    return {
        "findings": words.text("Fund"),
        "rounds": words.text("Egne runder"),
        "method": words.text("Metode"),
        "checksums": words.text("Kontrolsummer"),
    }


def _about(report: CentreReport, voice: PageVoice) -> tuple[Markup, ...]:
    """Return what stands on the cover of the PDF under the name."""
    checklists = (cover_line(checklist.used, voice) for checklist in report.checklists)
    return html_all([issued(report, voice), *replaced(report, voice), *checklists])


def _summary(report: CentreReport, voice: PageVoice) -> Summary:
    to_do = report.to_do[: summary_sentences.MOST_TO_DO]
    return Summary(
        going_well=html_all(summary_sentences.going_well(report, voice)),
        critical=html_all(summary_sentences.critical_lines(report, voice)),
        to_do=html_all(summary_sentences.to_do(finding, voice) for finding in to_do),
        since_last=html(since_last(report, voice)),
        next_steps=html_all(summary_sentences.next_steps(report, voice)),
        caution=html(summary_sentences.caution(report, voice)),
    )


def _results(report: CentreReport, voice: PageVoice) -> Iterator[Results]:
    numbers = count(1)
    for checklist in report.checklists:
        said = result_sentences.disagreement(checklist, voice)
        yield Results(
            id=f"themes-{checklist.checklist_id}",
            title=checklist.title,
            opening=html(result_sentences.opening(checklist, voice)),
            whole_cases=html_all(result_sentences.whole_cases(checklist, voice)),
            figures=tuple(
                figure(next(numbers), one.chart, one.caption, voice.words)
                for one in result_sentences.figures(report, checklist, voice)
            ),
            disagreement=None if said is None else html(sentence(said)),
            item_head=tuple(result_sentences.item_head(voice)[1:]),
            themes=tuple(_themes(checklist, voice)),
        )


def _themes(checklist: ChecklistResult, voice: PageVoice) -> Iterator[Theme]:
    for theme in checklist.themes:
        # Number and question are one cell: a table's row has one head.
        rows = (
            (f"{number} {question}", *cells)
            for number, question, *cells in result_sentences.item_rows(theme, voice)
        )
        yield Theme(name=result_sentences.name(theme), rows=tuple(rows))


def _series(report: CentreReport, first: int, voice: PageVoice) -> Iterator[SeriesPart]:
    """Yield the own rounds of each checklist; their figures are numbered from ``first``."""
    numbers, words = count(first), voice.words
    for one in report.series:
        yield SeriesPart(
            title=one.title,
            figures=tuple(
                figure(next(numbers), shown.chart, shown.caption, words)
                for shown in series_sentences.figures(one, voice)
            ),
            head=tuple(series_sentences.series_head(one, words)),
            rows=tuple(map(tuple, series_sentences.series_rows(one, words))),
        )


def _findings(
    findings: Iterable[Finding], titles: Mapping[str, str], address: str, voice: PageVoice
) -> Iterator[FindingPart]:
    for finding in findings:
        yield _finding(finding, address, titles.get(finding.checklist_id, ""), voice)


def _finding(finding: Finding, address: str, checklist: str, voice: PageVoice) -> FindingPart:
    item, words = finding.item, voice.words
    heading = finding_sentences.heading(finding, words)
    return FindingPart(
        id=place_id(summary_sentences.key(finding)),
        heading=heading,
        counted=words.plural(
            "{heading} ({breached} af {count} sag)",
            "{heading} ({breached} af {count} sager)",
            item.counts.assessed,
            heading=heading,
            breached=item.counts.breached,
        ),
        checklist=checklist,
        open=finding.on_page_one,
        figure=words.number(item.counts.breached),
        out_of=html(finding_sentences.out_of(item.counts, voice)),
        kicker=html(finding_sentences.kicker(finding, voice)),
        law=html(law(item, voice)),
        answers=html(answers(item.counts, voice)),
        sureness=html(finding_sentences.sureness(item, voice)),
        written=tuple(
            (html(label), tuple(line for line in text.splitlines() if line.strip()))
            for label, text in finding_sentences.written(finding, voice)
        ),
        href=f"{address}/findings/{finding.checklist_id}/{item.item_id}",
    )


def _corrected(report: CentreReport, address: str) -> Iterator[tuple[str, str]]:
    """Yield the corrected items with the address where that is changed again; they may be no findings any more."""
    items = {(one.checklist_id, one.item_id): one for one in report.corrections if one.item_number}
    for (checklist_id, item_id), one in items.items():
        yield f"{one.item_number} {one.question}", f"{address}/findings/{checklist_id}/{item_id}/correct"
