"""The chapters of the overview: who took part, themes, recurring findings, method."""

from itertools import groupby

from reportlab.platypus import Flowable

from lirk.domain.reports import Overview, PooledTheme, RecurringFinding
from lirk.reports.charts import level_text, levels
from lirk.reports.desk import Desk
from lirk.reports.method_chapter import checksums, draw_parts, register_parts
from lirk.reports.styles import FULL
from lirk.reports.theme_sentences import no_numbers

#: Themes in one figure: the longest names for so many still fit on a page.
MOST_IN_A_FIGURE = 14
CASES_WIDTH, REVIEWED_WIDTH, REPORT_WIDTH = 88.0, 72.0, 88.0
LEVEL_WIDTH = 120.0
LAW_WIDTH, SPREAD_WIDTH, ADVICE_WIDTH = 130.0, 44.0, 160.0


def participation_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return who took part, in the order given, and nothing of how it went."""
    words = desk.words
    table = desk.table(
        [
            words.text("Center"),
            words.text("Sager i registret"),
            words.text("Gennemgået"),
            words.text("Rapport"),
        ],
        [
            [
                centre.centre,
                words.number(centre.population),
                words.number(centre.reviewed),
                words.text("klar") if centre.report_ready else words.text("ingen sager i perioden"),
            ]
            for centre in overview.participation
        ],
        [FULL - CASES_WIDTH - REVIEWED_WIDTH - REPORT_WIDTH, CASES_WIDTH, REVIEWED_WIDTH, REPORT_WIDTH],
        numbers=frozenset({1, 2, 3}),
    )
    order = desk.say.text("Centrene står i alfabetisk rækkefølge. Tabellen siger ikke noget om resultater.")
    return [*desk.chapter("participation", desk.say.text("Deltagelse")), *desk.prose(order), table]


def theme_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return the municipality as a whole by theme, or in words why no number is shown."""
    say = desk.say
    heading = desk.chapter("themes", say.text("Mønstre på tværs af temaer"))
    if not overview.themes:
        return heading + desk.prose(no_numbers(desk))
    opening = say.text(
        "Andelen af relevante sager, hvor alle punkter i temaet er opfyldt, for alle centre under ét. Hvert center "
        "vejer efter sit antal sager i registret. Andelen er afrundet til hele fem procentpoint; hvor et tal kunne "
        "røbe et enkelt center, står der ord i stedet."
    )
    return heading + desk.prose(opening) + _figures(overview, desk) + _table(overview, desk)


def _figures(overview: Overview, desk: Desk) -> list[Flowable]:
    flowables: list[Flowable] = []
    number = 0
    caption = desk.say.text(
        "Kommunen som helhed, i tjeklistens rækkefølge. Afrundet til hele fem procentpoint."
    )
    portions = _by_checklist(overview)
    titles = [title for title, _, _ in overview.checklists]
    named = len(portions) == len(titles) > 1
    for portion, themes in enumerate(portions):
        for at in range(0, len(themes), MOST_IN_A_FIGURE):
            number += 1
            title = desk.words.text("I hvor stor en del af sagerne er temaet opfyldt?")
            if named:
                title = f"{titles[portion]}: {title[:1].lower()}{title[1:]}"
            flowables += desk.figure(
                number, levels(title, themes[at : at + MOST_IN_A_FIGURE], desk.words), caption
            )
    return flowables


def _by_checklist(overview: Overview) -> list[list[PooledTheme]]:
    return [list(themes) for _, themes in groupby(overview.themes, key=lambda theme: theme.checklist_id)]


def _table(overview: Overview, desk: Desk) -> list[Flowable]:
    words = desk.words
    titles = [title for title, _, _ in overview.checklists]
    portions = _by_checklist(overview)
    rows: list[list[str]] = []
    for at, themes in enumerate(portions):
        if len(portions) == len(titles) > 1:
            rows.append([titles[at]])
        rows += [[f"{theme.number} {theme.title}", level_text(theme, words)] for theme in themes]
    table = desk.table(
        [words.text("Tema"), words.text("Andel opfyldt, afrundet")],
        rows,
        [FULL - LEVEL_WIDTH, LEVEL_WIDTH],
        numbers=frozenset({1}),
    )
    return [*desk.section(desk.say.text("Tallene bag figurerne")), table]


def recurring_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return what several centres share, with one recommendation for all; no number, no name."""
    say = desk.say
    heading = desk.chapter("recurring", say.text("Fund, der går igen"))
    if not overview.recurring:
        return heading + desk.prose(
            say.text("Der er ingen fund, som mindst halvdelen af centrene og mindst tre af dem deler.")
        )
    opening = say.text(
        "Et fund går igen, når mindst halvdelen af centrene og mindst tre af dem har det. Hvilke og hvor mange vises "
        "ikke. At et punkt ikke står her, betyder ikke, at ingen har fundet noget."
    )
    return [*heading, *desk.prose(opening), _recurring(overview, desk)]


def _recurring(overview: Overview, desk: Desk) -> Flowable:
    words = desk.words
    titles = dict(_titles(overview))
    rows: list[list[str]] = []
    for checklist_id, findings in groupby(overview.recurring, key=lambda finding: finding.checklist_id):
        if checklist_id in titles:
            rows.append([titles[checklist_id]])
        rows += [_recurring_row(finding, desk) for finding in findings]
    return desk.table(
        [
            words.text("Punkt"),
            words.text("Retsgrundlag"),
            words.text("Findes i"),
            words.text("Fælles anbefaling"),
        ],
        rows,
        [FULL - LAW_WIDTH - SPREAD_WIDTH - ADVICE_WIDTH, LAW_WIDTH, SPREAD_WIDTH, ADVICE_WIDTH],
        tight=True,
    )


def _recurring_row(finding: RecurringFinding, desk: Desk) -> list[str]:
    return [
        f"{finding.number} {finding.question}",
        "; ".join(finding.references) or "–",
        desk.words.text("flere centre"),
        finding.recommendation or "–",
    ]


def _titles(overview: Overview) -> list[tuple[str, str]]:
    """Return checklist id and title, where there are several checklists to tell apart."""
    ids = list(dict.fromkeys(theme.checklist_id for theme in overview.themes))
    titles = [title for title, _, _ in overview.checklists]
    return list(zip(ids, titles, strict=True)) if len(ids) == len(titles) > 1 else []


def method_chapter(overview: Overview, desk: Desk) -> list[Flowable]:
    """Return how the round was measured, why centres are not compared, and what identifies it."""
    say, method = desk.say, overview.method
    parts = desk.chapter("method", say.text("Metode og begrænsninger"))
    parts += desk.beside(
        say.text("Ingen rangorden"),
        say.text(
            "Centrene har forskellige sager, og hver stikprøve er lille. En rækkefølge ville mest vise tilfældigheder. "
            "Derfor holder overblikket intet resultat for et enkelt center, og kun ens egne tidligere runder er et "
            "rimeligt sammenligningsgrundlag."
        ),
    )
    parts += desk.beside(
        say.text("Afrunding og ord"),
        say.text(
            "Andele er afrundet til hele fem procentpoint. »Få eller ingen« og »næsten alle« dækker så mange sager, at "
            "ingen med sin egen rapport i hånden kan regne sig frem til et andet centers resultat. »Vises ikke« står, "
            "hvor det alligevel ville være muligt. Tallene bygger på stikprøver, og en forskel kan være tilfældig."
        ),
    )
    if method is None:
        return parts
    checklists = [
        desk.words.text("{title}, version {version}", title=title, version=version)
        for title, version, _ in overview.checklists
    ]
    return [
        *parts,
        *desk.beside(say.text("Registret"), *register_parts(method, desk)),
        *draw_parts(method, desk),
        *desk.chapter("checksums", say.text("Kontrolsummer")),
        checksums(method, checklists, desk),
    ]
