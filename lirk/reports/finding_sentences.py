"""The sentences about the findings of a centre's report, the same on paper and page."""

from lirk.domain.reports import CentreReport, Counts, Finding, ItemResult
from lirk.reports.charts import share_text
from lirk.reports.markup import Markup
from lirk.reports.phrases import in_cases, known
from lirk.reports.voice import Voice
from lirk.wording.reports import RULES, SEVERITIES


def opening(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return what a finding is and which are told, or that there is none."""
    say = voice.say
    if not report.findings and report.census:
        return [say.text("Ingen punkter er besvaret med nej eller delvist i nogen af centrets sager.")]
    if not report.findings:
        return [
            say.text(
                "Ingen punkter er besvaret med nej eller delvist. I en stikprøve udelukker det ikke fejl i de andre "
                "sager."
            )
        ]
    told = say.text(
        "Et fund er et punkt, der er besvaret med nej eller delvist i mindst én sag. Fundene står i tjeklistens "
        "rækkefølge. Det store tal er antallet af sager, hvor punktet ikke eller kun delvist er opfyldt. Tallene i "
        "parentes efter en andel er {level} sikkerhedsintervallet.",
        level=voice.words.percent(report.method.level),
    )
    more = [_left_to_the_table(report, voice)] if len(report.written_up) < len(report.findings) else []
    return [told, *more]


def _left_to_the_table(report: CentreReport, voice: Voice) -> Markup:
    return voice.say.text(
        "Centret har {all} fund. Her står de {told}, der er kritiske eller ses i flest sager; de øvrige står i "
        "tabellen »Alle punkter«.",
        all=len(report.findings),
        told=len(report.written_up),
    )


def kicker(finding: Finding, voice: Voice) -> Markup:
    """Return the line above the question: number, item, theme, how grave, what kind of rule."""
    item, words = finding.item, voice.words
    return Markup.joined(
        " · ",
        [
            words.text("Fund {number}", number=finding.number),
            words.text("punkt {number}", number=item.number),
            finding.theme,
            known(SEVERITIES, item.severity, words),
            known(RULES, item.rule, words),
        ],
    )


def sureness(item: ItemResult, voice: Voice) -> Markup:
    """Return the share with what it means in cases of the centre, or why there is none."""
    share = item.share
    if share is None:
        return voice.say.text("Der er for få relevante sager til at vise en andel.")
    if share.census:
        return in_cases(share, voice)
    spoken = voice.say.text("Opfyldt i {share} af de relevante sager.", share=share_text(share, voice.words))
    parts: list[str] = [spoken, in_cases(share, voice)]
    if item.counts.cannot_assess:
        parts.append(
            voice.say.plural(
                "Afhængigt af den sag, der ikke kunne vurderes, er andelen {limits}.",
                "Afhængigt af de {count} sager, der ikke kunne vurderes, er andelen {limits}.",
                item.counts.cannot_assess,
                limits=voice.words.interval(share.worst, share.best),
            )
        )
    return Markup.joined(" ", parts)


def out_of(counts: Counts, voice: Voice) -> Markup:
    """Return what stands under the big figure: of how many cases it is."""
    return voice.say.plural("af {count} relevant sag", "af {count} relevante sager", counts.assessed)


def written(finding: Finding, voice: Voice) -> list[tuple[Markup, str]]:
    """Return what is told in words beside the numbers, each text under its label, where there is one."""
    parts = [
        (voice.say.text("Det så vi:"), finding.seen),
        (voice.say.text("Anbefaling:"), finding.recommendation),
        (voice.say.text("Eksempler uden personer:"), finding.examples),
    ]
    return [(label, text) for label, text in parts if text]
