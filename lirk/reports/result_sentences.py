"""The sentences and charts of the results by theme, the same on paper and page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lirk.domain.reports import CentreReport, ChecklistResult, Counts, Share, StoppedCases, ThemeResult
from lirk.reports.charts import Chart, Plot, by_result, share_text
from lirk.reports.markup import Markup
from lirk.reports.phrases import answers, sentence
from lirk.reports.theme_charts import (
    LEFT_BARS,
    RIGHT_INTERVALS,
    WHOLE_BARS,
    WHOLE_INTERVALS,
    hides_counts,
    intervals,
    legend_depth,
    stacked_bars,
)
from lirk.reports.voice import Voice
from lirk.wording.reports import CANNOT_ASSESS_POLICIES, NOT_APPLICABLE_POLICIES, RESULTS

#: Themes in one figure: the longest names for so many still fit on a page.
MOST_IN_A_FIGURE = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with what stands under it."""

    chart: Chart
    caption: Markup


def opening(checklist: ChecklistResult, voice: Voice) -> Markup:
    """Return with which checklist how many cases were read, and when a theme is in order."""
    return voice.say.plural(
        "{count} sag er gennemgået med tjeklisten {title}, version {version}. En sag er »ja« i et tema, når hvert "
        "punkt, der er relevant i sagen, er opfyldt; ellers tæller det svar, der er længst fra »ja«.",
        "{count} sager er gennemgået med tjeklisten {title}, version {version}. En sag er »ja« i et tema, når hvert "
        "punkt, der er relevant i sagen, er opfyldt; ellers tæller det svar, der er længst fra »ja«.",
        checklist.reviewed,
        title=checklist.title,
        version=checklist.version,
    )


def whole_cases(checklist: ChecklistResult, voice: Voice) -> list[str]:
    """Return the verdicts, the critical breaches and the mean of the cases as a whole."""
    parts: list[str] = []
    if checklist.verdicts:
        parts.append(
            Markup.joined(
                " · ",
                (f"{verdict.title}: {voice.words.number(verdict.cases)}" for verdict in checklist.verdicts),
            )
        )
    parts += [_stopped(one, voice) for one in checklist.stopped]
    parts += _without_verdict(checklist, voice)
    if checklist.mean_percent is not None:
        parts.append(_mean(checklist, voice.words.percent(checklist.mean_percent / 100), voice))
    parts += _own_judgement(checklist, voice)
    parts.append(policies(checklist, voice))
    return parts


def _mean(checklist: ChecklistResult, percent: str, voice: Voice) -> Markup:
    """Return the mean of the points, never without the cases with a critical breach."""
    if not checklist.critical_breaches:
        return voice.say.plural(
            "Sagerne har i gennemsnit fået {percent} af de mulige point. Den ene sag har ikke kritisk brud; tallet "
            "alene siger ikke, om sagen er i orden.",
            "Sagerne har i gennemsnit fået {percent} af de mulige point. Ingen af de {count} sager har kritisk brud; "
            "tallet alene siger ikke, om den enkelte sag er i orden.",
            checklist.reviewed,
            percent=percent,
        )
    return voice.say.plural(
        "Sagerne har i gennemsnit fået {percent} af de mulige point. Tallet siger ikke noget alene: "
        "{count} af {reviewed} sager har kritisk brud, og et kritisk brud kan ikke opvejes af point.",
        "Sagerne har i gennemsnit fået {percent} af de mulige point. Tallet siger ikke noget alene: "
        "{count} af {reviewed} sager har kritisk brud, og et kritisk brud kan ikke opvejes af point.",
        checklist.critical_breaches,
        percent=percent,
        reviewed=checklist.reviewed,
    )


def _stopped(stopped: StoppedCases, voice: Voice) -> Markup:
    return voice.say.plural(
        "Gennemgangen sluttede før tid i {count} sag (nr. {numbers}): {title}. Sagen indgår ikke i noget tema.",
        "Gennemgangen sluttede før tid i {count} sager (nr. {numbers}): {title}. Sagerne indgår ikke i noget tema.",
        len(stopped.numbers),
        numbers=voice.words.listing(voice.words.number(number) for number in stopped.numbers),
        title=stopped.title,
    )


def _without_verdict(checklist: ChecklistResult, voice: Voice) -> list[Markup]:
    """Return which of the cases counted are in no verdict: with these the verdicts add up to all of them."""
    parts: list[Markup] = []
    if checklist.not_applicable:
        parts.append(
            voice.say.plural(
                "I {count} sag var intet punkt relevant. Den har intet samlet resultat.",
                "I {count} sager var intet punkt relevant. De har intet samlet resultat.",
                checklist.not_applicable,
            )
        )
    if checklist.missing:
        parts.append(
            voice.say.plural(
                "{count} sag kunne ikke findes eller åbnes. Den har intet samlet resultat, men tæller som »kan ikke "
                "vurderes« i hvert tema og punkt.",
                "{count} sager kunne ikke findes eller åbnes. De har intet samlet resultat, men tæller som »kan ikke "
                "vurderes« i hvert tema og punkt.",
                checklist.missing,
            )
        )
    return parts


def _own_judgement(checklist: ChecklistResult, voice: Voice) -> list[str]:
    """Return the answers to items that only ask, such as the reviewer's judgement of the whole case."""
    asked = [item for theme in checklist.themes for item in theme.items if not item.scored]
    return [
        Markup.joined(
            " ",
            [
                Markup.joined("", [item.question]),
                answers(item.counts, voice),
                voice.say.text("(Gennemgangens eget skøn; det indgår ikke i beregningen.)"),
            ],
        )
        for item in asked
    ]


def policies(checklist: ChecklistResult, voice: Voice) -> Markup:
    """Return how answers without points are counted, with the version of the checklist that says so."""
    say = voice.say
    return Markup.joined(
        " ",
        [
            say.text(NOT_APPLICABLE_POLICIES[checklist.not_applicable_policy]),
            say.text(CANNOT_ASSESS_POLICIES[checklist.cannot_assess_policy]),
            say.text("(Tjeklistens version {version}.)", version=checklist.version),
        ],
    )


def _portions(checklist: ChecklistResult) -> list[tuple[ThemeResult, ...]]:
    themes = tuple(theme for theme in checklist.themes if theme.scored)
    return [themes[at : at + MOST_IN_A_FIGURE] for at in range(0, len(themes), MOST_IN_A_FIGURE)]


def _has_share(themes: tuple[ThemeResult, ...]) -> bool:
    """Whether there is a share to draw; a figure of empty lines says nothing."""
    return any(theme.share for theme in themes)


def figures_of(checklist: ChecklistResult) -> int:
    """Return how many figures the chapter has."""
    return sum(2 if _has_share(themes) else 1 for themes in _portions(checklist))


def figures(report: CentreReport, checklist: ChecklistResult, voice: Voice) -> Iterator[Figure]:
    """Yield the figures of a checklist: cases by answer in each theme, then shares with their limits."""
    return (
        figure
        for themes in _portions(checklist)
        for figure in _both(report, themes, voice, WHOLE_BARS, WHOLE_INTERVALS)
    )


def figure_pairs(
    report: CentreReport, checklist: ChecklistResult, voice: Voice
) -> Iterator[tuple[Figure, ...]]:
    """Yield the same figures as they stand beside each other on paper; alone, where no share can be drawn."""
    below_the_key = replace(RIGHT_INTERVALS, top=legend_depth(voice.words, LEFT_BARS))
    for themes in _portions(checklist):
        bars = LEFT_BARS if _has_share(themes) else replace(WHOLE_BARS, row=LEFT_BARS.row, air=LEFT_BARS.air)
        yield tuple(_both(report, themes, voice, bars, below_the_key))


def _both(
    report: CentreReport, themes: tuple[ThemeResult, ...], voice: Voice, bars: Plot, limits: Plot
) -> Iterator[Figure]:
    words = voice.words
    title = words.text("Sagerne fordelt efter svar i hvert tema")
    counted = [(name(theme), theme.counts) for theme in themes]
    yield Figure(stacked_bars(title, counted, words, bars), _bars_caption(themes, bars, voice))
    if _has_share(themes):
        title = words.text("Hvor sikker er andelen af sager, hvor temaet er opfyldt?")
        shares = [(name(theme), theme.counts, theme.share) for theme in themes]
        yield Figure(intervals(title, shares, words, limits), _intervals_caption(report, voice))


def _bars_caption(themes: tuple[ThemeResult, ...], plot: Plot, voice: Voice) -> Markup:
    caption = voice.say.text("Tallene i søjlerne er antal sager. Temaerne står i tjeklistens rækkefølge.")
    if not hides_counts([theme.counts for theme in themes], plot):
        return caption
    more = voice.say.text("Tal, der ikke er plads til i en søjle, står i tabellen.")
    return Markup(f"{caption} {more}")


def _intervals_caption(report: CentreReport, voice: Voice) -> Markup:
    if report.census:
        return voice.say.text("Alle sager er gennemgået; tallene er en optælling, ikke et skøn.")
    return voice.say.text(
        "Punktet er andelen i stikprøven. Linjen viser, hvor andelen for alle centrets sager kan ligge "
        "({level} sikkerhedsinterval). Under {limit} relevante sager vises ingen andel.",
        level=voice.words.percent(report.method.level),
        limit=report.method.small_number_limit,
    )


def theme_head(voice: Voice) -> list[str]:
    """Return the heads of the table of themes."""
    return [voice.words.text("Tema"), *answer_heads(voice), voice.words.text("Andel opfyldt")]


def theme_rows(checklist: ChecklistResult, voice: Voice) -> list[list[str]]:
    """Return the numbers behind the figures, a row a theme, in checklist order."""
    return [
        [name(theme), *counted(theme.counts, voice), share_cell(theme.counts, theme.share, voice)]
        for theme in checklist.themes
        if theme.scored
    ]


def item_head(voice: Voice) -> list[str]:
    """Return the heads of the table of all items."""
    return [
        voice.words.text("Nr."),
        voice.words.text("Punkt"),
        *answer_heads(voice),
        voice.words.text("Andel opfyldt"),
    ]


def item_rows(theme: ThemeResult, voice: Voice) -> list[list[str]]:
    """Return the numbers of a theme's items, a row an item; those that do not count have a mark."""
    return [
        [
            item.number if item.scored else f"{item.number}*",
            sentence(item.question),
            *counted(item.counts, voice),
            share_cell(item.counts, item.share, voice),
        ]
        for item in theme.items
    ]


def items_opening(voice: Voice) -> Markup:
    """Return what the table of all items shows."""
    return voice.say.text(
        "Antal sager efter svar på hvert punkt, og andelen af de relevante sager, hvor punktet er opfyldt. Punkter "
        "med * indgår ikke i sagens point."
    )


def disagreement(checklist: ChecklistResult, voice: Voice) -> Markup | None:
    """Return in which cases the reviewer's own judgement differs from the computed one, if in any."""
    if not checklist.disagreements:
        return None
    numbers = [voice.words.number(number) for number in checklist.disagreements]
    return voice.say.plural(
        "I sag nr. {numbers} er gennemgangens samlede vurdering en anden end den, der følger af svarene. Drøft den.",
        "I sag nr. {numbers} er gennemgangens samlede vurdering en anden end den, der følger af svarene. Drøft dem.",
        len(numbers),
        numbers=voice.words.listing(numbers),
    )


def name(theme: ThemeResult) -> str:
    """Return a theme as figures and tables name it."""
    return f"{theme.number} {theme.title}"


def answer_heads(voice: Voice) -> list[str]:
    """Return the heads of the five columns with counts."""
    return [voice.words.text(text) for text in RESULTS.values()]


def counted(counts: Counts, voice: Voice) -> list[str]:
    """Return the five counts as a table shows them."""
    return [voice.words.number(count) for count in by_result(counts).values()]


def share_cell(counts: Counts, share: Share | None, voice: Voice) -> str:
    """Return a share with its limits, or why there is none."""
    if share is not None:
        return share_text(share, voice.words)
    return voice.words.text("for få sager") if counts.assessed else "–"
