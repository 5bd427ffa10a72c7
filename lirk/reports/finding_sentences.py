"""The sentences about the findings of a centre's report, the same on paper and page."""

from itertools import groupby

from lirk.domain.reports import CentreReport, Counts, Finding, ItemResult, Share
from lirk.reports.charts import limit_text
from lirk.reports.markup import Markup
from lirk.reports.phrases import breached_likely, cases_breached, known, law, measured, sentence
from lirk.reports.voice import Voice
from lirk.wording import Wording
from lirk.wording.reports import RULES, SEVERITIES


def opening(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return what a finding is and which are told, or that there is none."""
    say = voice.say
    if not measured(report):
        return [nothing_read(voice)]
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
        "rækkefølge. Det store tal er antallet af sager, hvor punktet ikke eller kun delvist er opfyldt. "
        "»Sandsynligvis« er {level} sikkerhedsintervallet.",
        level=voice.words.percent(report.method.level),
    )
    return [told, *([_left_to_the_table(report, voice)] if report.in_brief else [])]


def nothing_read(voice: Voice) -> Markup:
    """Return why there is nothing to tell."""
    return voice.say.text("Ingen sager er gennemgået færdigt, så rapporten kan ikke sige noget om dem.")


def _left_to_the_table(report: CentreReport, voice: Voice) -> Markup:
    return voice.say.text(
        "Centret har {all} fund. De {told}, der er kritiske, ses i flest sager eller er beskrevet nærmere, står først; "
        "de øvrige står samlet under »{heading}«.",
        all=len(report.findings),
        told=len(report.written_up),
        heading=brief_title(voice),
    )


def heading(finding: Finding, words: Wording) -> str:
    """Return what a finding is called: ``Fund 3: Er brevet klart?``."""
    return words.text("Fund {number}: {question}", number=finding.number, question=finding.item.question)


def brief_title(voice: Voice) -> str:
    """Return the heading of the table of the findings that are not told in full."""
    return voice.words.text("De øvrige fund")


def brief_head(voice: Voice) -> list[str]:
    """Return the heads of the table of the findings that are not told in full."""
    words = voice.words
    return [words.text("Nr."), words.text("Punkt og regel"), words.text("Sager og anbefaling")]


def brief_rows(report: CentreReport, voice: Voice) -> list[list[str]]:
    """Return a row for each finding that is not told in full, under its checklist's title where there are several."""
    named = titles(report)
    rows: list[list[str]] = []
    for checklist_id, findings in groupby(report.in_brief, key=lambda finding: finding.checklist_id):
        rows += [[named[checklist_id]]] if named else []
        rows += (_brief_row(finding, voice) for finding in findings)
    return rows


def titles(report: CentreReport) -> dict[str, str]:
    """Return the titles under which findings stand, by checklist; none where there is one checklist alone."""
    named = {checklist.checklist_id: checklist.title for checklist in report.checklists}
    return named if len(named) > 1 else {}


def _brief_row(finding: Finding, voice: Voice) -> list[str]:
    item, words = finding.item, voice.words
    kinds = [known(SEVERITIES, item.severity, words), known(RULES, item.rule, words)]
    rule = Markup.joined(" ", [sentence(f"{', '.join(kinds)}."), law(item, voice)])
    told = (Markup.joined(" ", [Markup.strong(label), text]) for label, text in written(finding, voice))
    return [
        words.number(finding.number),
        Markup.joined(" ", [Markup.strong(f"{item.number} {item.question}"), rule]),
        Markup.joined(" ", [breached_likely(item, voice), *told]),
    ]


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
    """Return in how many cases the item was not met, and what that says of all the centre's cases.

    With too few cases for a share there are counts alone, and of a census there are no limits.
    """
    share, seen = item.share, _seen(item.counts, voice)
    if share is None:
        few = voice.say.text("Der er for få relevante sager til at vise en andel.")
        return Markup.joined(" ", [Markup(f"{seen}."), few])
    if share.census:
        counted = voice.say.text("Alle sager er gennemgået; tallet er en optælling, ikke et skøn.")
        return Markup.joined(" ", [Markup(f"{seen}."), counted])
    return Markup.joined(" ", [Markup(f"{seen}; {_likely(share, voice)}"), *_unknown(item, share, voice)])


def _seen(counts: Counts, voice: Voice) -> Markup:
    say, amounts = voice.say, {"breached": counts.breached, "assessed": counts.assessed}
    if not counts.partly:
        return say.plural(
            "I den ene relevante sag er punktet ikke opfyldt",
            "I {breached} af {assessed} relevante sager er punktet ikke opfyldt",
            counts.assessed,
            **amounts,
        )
    if not counts.no:
        return say.plural(
            "I den ene relevante sag er punktet kun delvist opfyldt",
            "I {breached} af {assessed} relevante sager er punktet kun delvist opfyldt",
            counts.assessed,
            **amounts,
        )
    return say.text(
        "I {breached} af {assessed} relevante sager er punktet ikke eller kun delvist opfyldt", **amounts
    )


def _likely(share: Share, voice: Voice) -> Markup:
    fewest, most = cases_breached(share)
    words, cases = voice.words, share.population
    # From the counts: one less a share is not exact, and rounds a half the wrong way.
    lower, upper = words.number(100 * fewest / cases), words.percent(most / cases)
    return voice.say.text(
        "i hele centret sandsynligvis i mellem {lower} og {upper} ({fewest} til {most} af højst {population} sager).",
        lower=limit_text(lower, fewest, cases, words.number, words),
        upper=limit_text(upper, most, cases, lambda whole: words.percent(whole / 100), words),
        fewest=fewest,
        most=most,
        population=cases,
    )


def _unknown(item: ItemResult, share: Share, voice: Voice) -> list[Markup]:
    """Return what the cases that could not be assessed may change in the sample."""
    counts = item.counts
    if not counts.cannot_assess:
        return []
    read = counts.assessed + counts.cannot_assess
    return [
        voice.say.plural(
            "Afhængigt af den sag, der ikke kunne vurderes, er det {limits} af stikprøven.",
            "Afhængigt af de {count} sager, der ikke kunne vurderes, er det {limits} af stikprøven.",
            item.counts.cannot_assess,
            limits=voice.words.interval(
                counts.breached / read, (counts.breached + counts.cannot_assess) / read
            ),
        )
    ]


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
