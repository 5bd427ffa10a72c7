"""The chapter on one checklist: cases by theme, shares with their limits, and the numbers behind."""

from reportlab.platypus import Flowable

from lirk.domain.reports import CentreReport, ChecklistResult, Counts, Share, ThemeResult
from lirk.reports.charts import by_result, hides_counts, intervals, share_text, stacked_bars
from lirk.reports.desk import Desk
from lirk.reports.markup import Markup
from lirk.reports.phrases import answers, sentence
from lirk.reports.styles import FULL
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES, RESULTS

#: Themes in one figure: the longest names for so many still fit on a page.
MOST_IN_A_FIGURE = 12
COUNTS_WIDTHS = (26.0, 40.0, 26.0, 52.0, 52.0)
SHARE_WIDTH = 82.0


def theme_chapter(report: CentreReport, checklist: ChecklistResult, first: int, desk: Desk) -> list[Flowable]:
    """Return the results of one checklist by theme; its figures are numbered from ``first``."""
    say = desk.say
    title = say.text("Resultater pr. tema")
    if len(report.checklists) > 1:
        title = Markup.joined(": ", [title, checklist.title])
    return [
        *desk.chapter(chapter_key(checklist), title),
        *desk.prose(_opening(checklist, desk)),
        *desk.beside(say.text("Sagerne samlet"), *_whole_cases(checklist, desk)),
        *_figures(report, checklist, first, desk),
        *desk.section(say.text("Tallene bag figurerne")),
        _table(checklist, desk),
        *_disagreements(checklist, desk),
    ]


def chapter_key(checklist: ChecklistResult) -> str:
    """Return the anchor of a checklist's chapter."""
    return f"themes {checklist.checklist_id}"


def figures_of(checklist: ChecklistResult) -> int:
    """Return how many figures the chapter has."""
    return len(_portions(checklist)) + len(_with_shares(checklist))


def _portions(checklist: ChecklistResult) -> list[tuple[ThemeResult, ...]]:
    themes = tuple(theme for theme in checklist.themes if theme.scored)
    return [themes[at : at + MOST_IN_A_FIGURE] for at in range(0, len(themes), MOST_IN_A_FIGURE)]


def _with_shares(checklist: ChecklistResult) -> list[tuple[ThemeResult, ...]]:
    """Return the portions that have a share to draw; a figure of empty lines says nothing."""
    return [themes for themes in _portions(checklist) if any(theme.share for theme in themes)]


def _opening(checklist: ChecklistResult, desk: Desk) -> Markup:
    return desk.say.plural(
        "{count} sag er gennemgået med tjeklisten {title}, version {version}. En sag er »ja« i et tema, når hvert "
        "punkt, der er relevant i sagen, er opfyldt; ellers tæller det svar, der er længst fra »ja«.",
        "{count} sager er gennemgået med tjeklisten {title}, version {version}. En sag er »ja« i et tema, når hvert "
        "punkt, der er relevant i sagen, er opfyldt; ellers tæller det svar, der er længst fra »ja«.",
        checklist.reviewed,
        title=checklist.title,
        version=checklist.version,
    )


def _whole_cases(checklist: ChecklistResult, desk: Desk) -> list[str]:
    say = desk.say
    parts: list[str] = []
    if checklist.verdicts:
        parts.append(
            Markup.joined(
                " · ",
                (f"{verdict.title}: {desk.words.number(verdict.cases)}" for verdict in checklist.verdicts),
            )
        )
    if checklist.mean_percent is not None:
        parts.append(
            say.plural(
                "Sagerne har i gennemsnit fået {percent} af de mulige point. Tallet siger ikke noget alene: "
                "{count} af {reviewed} sager har kritisk brud, og et kritisk brud kan ikke opvejes af point.",
                "Sagerne har i gennemsnit fået {percent} af de mulige point. Tallet siger ikke noget alene: "
                "{count} af {reviewed} sager har kritisk brud, og et kritisk brud kan ikke opvejes af point.",
                checklist.critical_breaches,
                percent=desk.words.percent(checklist.mean_percent / 100),
                reviewed=checklist.reviewed,
            )
        )
    parts += _own_judgement(checklist, desk)
    parts.append(policies(checklist, desk))
    return parts


def _own_judgement(checklist: ChecklistResult, desk: Desk) -> list[str]:
    """Return the answers to items that only ask, such as the reviewer's judgement of the whole case."""
    asked = [item for theme in checklist.themes for item in theme.items if not item.scored]
    return [
        Markup.joined(
            " ",
            [
                Markup.joined("", [item.question]),
                answers(item.counts, desk),
                desk.say.text("(Gennemgangens eget skøn; det indgår ikke i beregningen.)"),
            ],
        )
        for item in asked
    ]


def policies(checklist: ChecklistResult, desk: Desk) -> Markup:
    """Return how answers without points are counted, with the version of the checklist that says so."""
    say = desk.say
    return Markup.joined(
        " ",
        [
            say.text(NOT_APPLICABLE_POLICIES[checklist.not_applicable_policy]),
            say.text(CANNOT_ASSESS_POLICIES[checklist.cannot_assess_policy]),
            say.text("(Tjeklistens version {version}.)", version=checklist.version),
        ],
    )


def _figures(report: CentreReport, checklist: ChecklistResult, first: int, desk: Desk) -> list[Flowable]:
    portions = _portions(checklist)
    flowables: list[Flowable] = []
    for at, themes in enumerate(portions):
        chart = stacked_bars(
            desk.words.text("Sagerne fordelt efter svar i hvert tema"),
            [(name(theme), theme.counts) for theme in themes],
            desk.words,
        )
        flowables += desk.figure(first + at, chart, _bars_caption(themes, desk))
    for at, themes in enumerate(_with_shares(checklist), len(portions)):
        chart = intervals(
            desk.words.text("Hvor sikker er andelen af sager, hvor temaet er opfyldt?"),
            [(name(theme), theme.counts, theme.share) for theme in themes],
            desk.words,
        )
        flowables += desk.figure(first + at, chart, _intervals_caption(report, desk))
    return flowables


def name(theme: ThemeResult) -> str:
    """Return a theme as figures and tables name it."""
    return f"{theme.number} {theme.title}"


def _bars_caption(themes: tuple[ThemeResult, ...], desk: Desk) -> Markup:
    caption = desk.say.text("Tallene i søjlerne er antal sager. Temaerne står i tjeklistens rækkefølge.")
    if not hides_counts([theme.counts for theme in themes]):
        return caption
    more = desk.say.text("Tal, der ikke er plads til i en søjle, står i tabellen.")
    return Markup(f"{caption} {more}")


def _intervals_caption(report: CentreReport, desk: Desk) -> Markup:
    if report.census:
        return desk.say.text("Alle sager er gennemgået; tallene er en optælling, ikke et skøn.")
    return desk.say.text(
        "Punktet er andelen i stikprøven. Linjen viser, hvor andelen for alle centrets sager kan ligge "
        "({level} sikkerhedsinterval). Under {limit} relevante sager vises ingen andel.",
        level=desk.words.percent(report.method.level),
        limit=report.method.small_number_limit,
    )


def _table(checklist: ChecklistResult, desk: Desk) -> Flowable:
    rest = FULL - sum(COUNTS_WIDTHS) - SHARE_WIDTH
    return desk.table(
        [desk.words.text("Tema"), *answer_heads(desk), desk.words.text("Andel opfyldt")],
        [
            [name(theme), *counted(theme.counts, desk), share_cell(theme.counts, theme.share, desk)]
            for theme in checklist.themes
            if theme.scored
        ],
        [rest, *COUNTS_WIDTHS, SHARE_WIDTH],
        numbers=frozenset(range(1, 7)),
    )


def answer_heads(desk: Desk) -> list[str]:
    """Return the heads of the five columns with counts."""
    return [desk.words.text(text) for text in RESULTS.values()]


def counted(counts: Counts, desk: Desk) -> list[str]:
    """Return the five counts as a table shows them."""
    return [desk.words.number(count) for count in by_result(counts).values()]


def share_cell(counts: Counts, share: Share | None, desk: Desk) -> str:
    """Return a share with its limits, or why there is none."""
    if share is not None:
        return share_text(share, desk.words)
    return desk.words.text("for få sager") if counts.assessed else "–"


def _disagreements(checklist: ChecklistResult, desk: Desk) -> list[Flowable]:
    if not checklist.disagreements:
        return []
    numbers = [desk.words.number(number) for number in checklist.disagreements]
    text = desk.say.plural(
        "I sag nr. {numbers} er gennemgangens samlede vurdering en anden end den, der følger af svarene. Drøft den.",
        "I sag nr. {numbers} er gennemgangens samlede vurdering en anden end den, der følger af svarene. Drøft dem.",
        len(numbers),
        numbers=desk.words.listing(numbers),
    )
    return desk.section(desk.say.text("Til drøftelse")) + desk.prose(sentence(text))
