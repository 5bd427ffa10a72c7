"""The sentences of *Kort fortalt* in a centre's report, the same on paper and page."""

from lirk.domain.report_stages import ReportState
from lirk.domain.reports import CentreReport, ChecklistResult, Finding, ThemeResult
from lirk.reports.markup import Markup
from lirk.reports.phrases import breached_likely, law, measured, period, sentence
from lirk.reports.voice import Voice

#: It names so many themes that go well, and so many findings.
MOST_GOING_WELL, MOST_TO_DO = 3, 4


def who_and_what(report: CentreReport, voice: Voice) -> Markup:
    """Return in one sentence whose cases were read, and how many."""
    say = voice.say
    named = {
        "centre": report.centre,
        "period": period(report.first_day, report.last_day, voice.words),
        "checklists": voice.words.listing(
            voice.words.text("»{title}«", title=checklist.title) for checklist in report.checklists
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


def going_well(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return a full sentence for each theme that goes well, or one that says why there is none."""
    if not measured(report):
        return [voice.say.text("Ingen sager er gennemgået, så der er ikke noget at fremhæve.")]
    if not report.going_well:
        return [voice.say.text("Stikprøven giver ikke grundlag for at fremhæve et tema.")]
    return [_good_theme(theme, voice) for theme in report.going_well[:MOST_GOING_WELL]]


def _good_theme(theme: ThemeResult, voice: Voice) -> Markup:
    named = {"theme": Markup.strong(theme.title), "yes": theme.counts.yes, "assessed": theme.counts.assessed}
    if theme.counts.breached:
        seen = voice.say.text(
            "I temaet {theme} er alle punkter opfyldt i {yes} af {assessed} relevante sager.", **named
        )
    else:
        seen = voice.say.plural(
            "I temaet {theme} er alle punkter opfyldt i den ene relevante sag.",
            "I temaet {theme} er alle punkter opfyldt i alle {assessed} relevante sager.",
            theme.counts.assessed,
            **named,
        )
    share = theme.share
    if share is None or share.census:
        return seen
    likely = voice.say.plural(
        "I hele centret sandsynligvis i mindst {count} sag.",
        "I hele centret sandsynligvis i mindst {count} sager.",
        share.count_lower,
    )
    return Markup.joined(" ", [seen, likely])


def critical_lines(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return for each checklist in how many cases there is a critical breach, also when in none."""
    if len(report.checklists) == 1:
        return [Markup.strong(sentence(critical_phrase(report.checklists[0], voice)))]
    return [
        Markup.strong(Markup.joined(": ", [checklist.title, critical_phrase(checklist, voice)]))
        for checklist in report.checklists
    ]


def critical_phrase(checklist: ChecklistResult, voice: Voice) -> Markup:
    """Return in how many cases there is a critical breach."""
    if not checklist.reviewed:
        return voice.say.text("ingen sager er gennemgået.")
    if not checklist.critical_breaches:
        return voice.say.plural(
            "ikke kritisk brud i den ene sag.",
            "ingen kritiske brud i de {count} sager.",
            checklist.reviewed,
        )
    return voice.say.plural(
        "kritisk brud i den ene sag.",
        "kritisk brud i {breaches} af {count} sager.",
        checklist.reviewed,
        breaches=checklist.critical_breaches,
    )


def to_do(finding: Finding, voice: Voice) -> Markup:
    """Return a finding as page one tells it: the fault, in how many cases, the rule, where to read on."""
    rule = law(finding.item, voice, most=1)
    return Markup.joined(
        " ",
        [
            Markup.strong(finding.item.question),
            breached_likely(finding.item, voice),
            Markup(f"{rule}, {voice.see(key(finding))}.")
            if rule
            else voice.say.text("Se {place}.", place=voice.see(key(finding))),
        ],
    )


def key(finding: Finding) -> str:
    """Return the anchor of a finding."""
    return f"finding {finding.number}"


def next_steps(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return who does what next, and of a draft who answers whom by when, a line each."""
    say = voice.say
    if not measured(report):
        return [
            say.text(
                "Koordinatoren finder ud af, hvorfor ingen sager er gennemgået, og hvad der skal ske nu."
            )
        ]
    critical = sum(checklist.critical_breaches for checklist in report.checklists)
    if critical:
        first = say.text("Lederen tager sagerne med kritisk brud op nu; de venter ikke på andet.")
    elif report.findings:
        first = say.text(
            "Kontaktpersonen drøfter fundene ({place}) med afdelingen.", place=voice.see("findings")
        )
    else:
        first = say.text("Kontaktpersonen drøfter rapporten med afdelingen.")
    last = say.text("Lederen vælger ét til tre tiltag med ansvarlig og dato.")
    return [first, *_replies(report, voice), last]


def _replies(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return who answers whom, and until which day, while a draft may still change."""
    say, stage = voice.say, report.stage
    if stage is None or not stage.is_draft:
        return []
    if stage.no_remarks_at is not None and any(one.objects and one.outcome is None for one in report.replies):
        return [
            say.text(
                "Lederen har ingen flere bemærkninger; koordinatoren svarer på indsigelsen, før rapporten udgives."
            )
        ]
    if stage.no_remarks_at is not None and report.replies:
        return [say.text("Lederen har ingen flere bemærkninger; koordinatoren udgiver rapporten.")]
    if stage.no_remarks_at is not None:
        return [say.text("Lederen har ingen bemærkninger; koordinatoren udgiver rapporten.")]
    if stage.state is ReportState.WITH_LEADER and stage.reply_by is not None:
        return [
            say.text(
                "Lederens frist for at svare på fundene er {day}; koordinatoren svarer, før rapporten udgives.",
                day=stage.reply_by,
            )
        ]
    return [say.text("Koordinatoren sender udkastet til lederen, som får en frist til at svare på fundene.")]


def caution(report: CentreReport, voice: Voice) -> Markup:
    """Return what the numbers are, what they must not be used for, and where the method stands."""
    if report.census:
        text = voice.say.text(
            "Tallene er en optælling af centrets egne sager. De kan ikke bruges til at sammenligne centre eller "
            "medarbejdere."
        )
    else:
        text = voice.say.text(
            "Tallene er en stikprøve. De kan ikke bruges til at sammenligne centre eller medarbejdere."
        )
    method = voice.say.text("Metoden står {place}.", place=voice.where("method"))
    return Markup(f"{text} {method}")
