"""Page one of a centre report: the cover's band and *Kort fortalt*."""

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from lirk.domain.reports import CentreReport, ChecklistResult, Finding, ThemeResult
from lirk.reports.desk import Desk
from lirk.reports.lettering import wrapped
from lirk.reports.markup import Markup
from lirk.reports.paper import anchor
from lirk.reports.phrases import breached, law, made_up, period, sentence
from lirk.reports.styles import FULL

#: Page one names so many themes that go well, and so many findings.
MOST_GOING_WELL, MOST_TO_DO = 3, 4
#: With so few findings there is room for the size of running text.
ROOMY = 2


def cover(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return what stands on the blue of the cover."""
    say, styles = desk.say, desk.styles
    about = Markup.joined(" · ", [report.round_title, period(report.first_day, report.last_day, desk.words)])
    issued = say.text(
        "{municipality} · udgivet {day}", municipality=report.municipality, day=report.issued_on
    )
    mark = made_up(report, desk.words)
    return [
        desk.paragraph(say.text("Kvalitetsgennemgang af sagsbehandlingen"), styles.cover_title),
        desk.paragraph(report.centre, name_style(report.centre, desk)),
        desk.paragraph(about, styles.cover_line),
        *([desk.paragraph(mark, styles.cover_mark)] if mark else []),
        desk.paragraph(issued, styles.cover_small),
        *(
            desk.paragraph(checklist_line(checklist, desk), styles.cover_small)
            for checklist in report.checklists
        ),
    ]


def name_style(name: str, desk: Desk) -> ParagraphStyle:
    """Return the cover's style for a name: a smaller one where it would fill more than two lines."""
    lines = wrapped(name, desk.styles.cover_name.fontSize * 1.05, FULL, language=desk.words.language)
    return desk.styles.cover_name if len(lines) <= 2 else desk.styles.cover_long_name


def checklist_line(checklist: ChecklistResult, desk: Desk) -> Markup:
    """Return a checklist with its version and the day on which its law was right."""
    return desk.say.text(
        "Tjekliste: {title}, version {version}, retsgrundlag pr. {day}",
        title=checklist.title,
        version=checklist.version,
        day=checklist.status_date,
    )


def summary(report: CentreReport, desk: Desk) -> list[Flowable]:
    """Return *Kort fortalt*, in the order that every report has."""
    say = desk.say
    brief = desk.styles.brief if len(report.to_do) > ROOMY else desk.styles.body
    return [
        *desk.chapter("summary", say.text("Kort fortalt")),
        *desk.prose(desk.paragraph(who_and_what(report, desk), brief)),
        *desk.beside(say.text("Det går godt"), *desk.points(going_well(report, desk), brief)),
        *desk.beside(
            say.text("Det skal I gøre noget ved"),
            *(desk.paragraph(line, brief) for line in critical_lines(report, desk)),
            *desk.points(
                (to_do(finding, desk) for finding in report.to_do[:MOST_TO_DO]), brief, numbered=True
            ),
        ),
        *desk.beside(
            say.text("Siden sidst"),
            desk.paragraph(since_last(report, desk), brief),
        ),
        *desk.beside(say.text("Næste skridt"), *desk.points(next_steps(report, desk), brief)),
        Spacer(1, 6),
        desk.box(caution(report, desk)),
        anchor("summary end"),
        Spacer(1, 1),
    ]


def who_and_what(report: CentreReport, desk: Desk) -> Markup:
    """Return in one sentence whose cases were read, and how many."""
    say = desk.say
    named = {
        "centre": report.centre,
        "period": period(report.first_day, report.last_day, desk.words),
        "checklists": desk.words.listing(
            desk.words.text("»{title}«", title=checklist.title) for checklist in report.checklists
        ),
        "drawn": report.drawn,
        "reviewed": report.reviewed,
        "population": report.population,
    }
    if not report.population:
        return say.text("{centre} har ingen sager i målingen ({period}).", **named)
    if report.reviewed < report.drawn:
        return say.text(
            "{drawn} af {population} sager fra {centre} er udtrukket tilfældigt ({period}), og {reviewed} af dem "
            "er gennemgået med {checklists}.",
            **named,
        )
    if report.census:
        return say.plural(
            "Centrets eneste sag ({period}) er gennemgået med {checklists}; tallene er en optælling, ikke et skøn.",
            "Alle {count} sager fra {centre} er gennemgået ({period}) med {checklists}; tallene er en "
            "optælling, ikke et skøn.",
            report.population,
            **named,
        )
    return say.text(
        "{drawn} af {population} sager fra {centre} er udtrukket tilfældigt ({period}) og gennemgået med "
        "{checklists}.",
        **named,
    )


def going_well(report: CentreReport, desk: Desk) -> list[Markup]:
    """Return a full sentence for each theme that goes well, or one that says why there is none."""
    if not report.going_well:
        return [desk.say.text("Stikprøven giver ikke grundlag for at fremhæve et tema.")]
    return [_good_theme(theme, desk) for theme in report.going_well[:MOST_GOING_WELL]]


def _good_theme(theme: ThemeResult, desk: Desk) -> Markup:
    named = {"theme": Markup.strong(theme.title), "yes": theme.counts.yes, "assessed": theme.counts.assessed}
    if theme.counts.breached:
        return desk.say.text(
            "I temaet {theme} er alle punkter opfyldt i {yes} af {assessed} relevante sager.", **named
        )
    return desk.say.text(
        "I temaet {theme} er alle punkter opfyldt i alle {assessed} relevante sager.", **named
    )


def critical_lines(report: CentreReport, desk: Desk) -> list[Markup]:
    """Return for each checklist in how many cases there is a critical breach, also when in none."""
    if len(report.checklists) == 1:
        return [Markup.strong(sentence(critical_phrase(report.checklists[0], desk)))]
    return [
        Markup.strong(Markup.joined(": ", [checklist.title, critical_phrase(checklist, desk)]))
        for checklist in report.checklists
    ]


def critical_phrase(checklist: ChecklistResult, desk: Desk) -> Markup:
    """Return in how many cases there is a critical breach."""
    if not checklist.reviewed:
        return desk.say.text("ingen sager er gennemgået.")
    if not checklist.critical_breaches:
        return desk.say.plural(
            "ikke kritisk brud i den ene sag.",
            "ingen kritiske brud i de {count} sager.",
            checklist.reviewed,
        )
    return desk.say.plural(
        "kritisk brud i den ene sag.",
        "kritisk brud i {breaches} af {count} sager.",
        checklist.reviewed,
        breaches=checklist.critical_breaches,
    )


def since_last(report: CentreReport, desk: Desk) -> Markup:
    """Return which own rounds came before; how they differ is not computed yet, and that is said."""
    if not report.earlier_rounds:
        return desk.say.text("Det er centrets første runde i LIRK. Der er intet at sammenligne med endnu.")
    return desk.say.text(
        "Centret er gennemgået før ({rounds}). Rapporten sammenligner endnu ikke runder.",
        rounds=desk.say.listing(report.earlier_rounds),
    )


def to_do(finding: Finding, desk: Desk) -> Markup:
    """Return a finding as page one tells it: the fault, in how many cases, the rule, where to read on."""
    rule = law(finding.item, desk, most=1)
    return Markup.joined(
        " ",
        [
            Markup.strong(finding.item.question),
            breached(finding.item.counts, desk),
            Markup(f"{rule}, {desk.see(key(finding))}.")
            if rule
            else Markup(f"{sentence(desk.see(key(finding)))}."),
        ],
    )


def key(finding: Finding) -> str:
    """Return the anchor of a finding."""
    return f"finding {finding.number}"


def next_steps(report: CentreReport, desk: Desk) -> list[Markup]:
    """Return who does what next, in two lines."""
    say = desk.say
    critical = sum(checklist.critical_breaches for checklist in report.checklists)
    if critical:
        first = say.text("Lederen tager sagerne med kritisk brud op nu; de venter ikke på andet.")
    elif report.findings:
        first = say.text(
            "Kontaktpersonen drøfter fundene ({place}) med afdelingen.", place=desk.see("findings")
        )
    else:
        first = say.text("Kontaktpersonen drøfter rapporten med afdelingen.")
    second = say.text("Lederen vælger ét til tre tiltag med ansvarlig og dato.")
    return [first, second]


def caution(report: CentreReport, desk: Desk) -> Markup:
    """Return what the numbers are, what they must not be used for, and where the method stands."""
    if report.census:
        text = desk.say.text(
            "Tallene er en optælling af centrets egne sager. De kan ikke bruges til at sammenligne centre eller "
            "medarbejdere."
        )
    else:
        text = desk.say.text(
            "Tallene er en stikprøve. De kan ikke bruges til at sammenligne centre eller medarbejdere."
        )
    method = desk.say.text("Metoden står på {place}.", place=desk.see("method"))
    return Markup(f"{text} {method}")
