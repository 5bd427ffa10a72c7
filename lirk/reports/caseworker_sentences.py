"""The part for those who handle cases: what to do differently, problem by problem, without counts and cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from lirk.domain.reports import CentreReport, Finding
from lirk.reports.finding_sentences import nothing_read
from lirk.reports.markup import Markup
from lirk.reports.phrases import ended, known, law, measured
from lirk.reports.summary_sentences import key
from lirk.reports.voice import Voice
from lirk.wording.caseworkers import CRITICAL, RULES_IN_PLAIN_WORDS


@dataclass(frozen=True, slots=True)
class Lesson:
    """One finding as a caseworker reads it; each of ``told`` is a label and its lines."""

    question: str
    told: tuple[tuple[Markup, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """The findings of one theme; ``checklist`` stands where it is not the checklist of the theme before."""

    theme: str
    checklist: str
    lessons: tuple[Lesson, ...]


def title(voice: Voice) -> Markup:
    """Return the heading of the part."""
    return voice.say.text("Til jer, der sagsbehandler")


def opening(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return for whom the part is, or that there is nothing to tell."""
    if not measured(report):
        return [nothing_read(voice)]
    if not report.written_up:
        return [voice.say.text("Der er ingen fund i denne runde.")]
    return [
        voice.say.text(
            "Her står, hvad gennemgangen viste, som I kan bruge i de næste sager: problemet, reglen bag og det, I kan "
            "gøre. Her er ingen antal og ingen sager. Fundene handler om arbejdsgange og ikke om nogen bestemt."
        )
    ]


def problems(report: CentreReport, voice: Voice) -> Iterator[Problem]:
    """Yield the themes that have findings told in full, in checklist order."""
    left = {checklist.checklist_id: checklist.title for checklist in report.checklists}
    if len(left) == 1:
        left.clear()
    for (checklist_id, theme), findings in groupby(report.written_up, key=_theme):
        yield Problem(
            theme=theme,
            checklist=left.pop(checklist_id, ""),
            lessons=tuple(
                Lesson(finding.item.question, tuple(_told(finding, voice))) for finding in findings
            ),
        )


def _theme(finding: Finding) -> tuple[str, str]:
    return finding.checklist_id, finding.theme


def _rule_of(finding: Finding, voice: Voice) -> Markup:
    """Return the first of the references, and where the others stand; most have several, and some have ten."""
    rule = law(finding.item, voice, most=1)
    if len(finding.item.references) < 2:
        return Markup(ended(rule)) if rule else rule
    return voice.say.text("{rule}, se {place}.", rule=rule, place=voice.see(key(finding)))


def _told(finding: Finding, voice: Voice) -> Iterator[tuple[Markup, tuple[str, ...]]]:
    item, say = finding.item, voice.say
    rule = known(RULES_IN_PLAIN_WORDS, item.rule, voice.words)
    grave = [say.text(CRITICAL)] if item.severity == "critical" else []
    reference = _rule_of(finding, voice)
    yield (
        say.text("Reglen bag:"),
        (Markup.joined(" ", [rule, *grave, *([reference] if reference else [])]),),
    )
    for label, text in (
        (say.text("Gør sådan:"), finding.recommendation),
        (say.text("Sådan kan det se ud, når det er i orden:"), item.good_example),
        (say.text("Eksempler uden personer:"), finding.examples),
    ):
        if text.strip():
            yield label, tuple(line for line in text.splitlines() if line.strip())
