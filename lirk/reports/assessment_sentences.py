"""What the leader thought before seeing the report, beside what the review found."""

from lirk.domain.assessed_items import AssessedItem, LeaderAssessment
from lirk.domain.leader_assessments import beside
from lirk.domain.reports import CentreReport, ItemResult, ThemeResult
from lirk.reports.markup import Markup
from lirk.reports.voice import Voice


def title(voice: Voice) -> Markup:
    """Return the heading of the part."""
    return voice.say.text("Lederens egen vurdering")


def opening(assessment: LeaderAssessment, voice: Voice) -> Markup:
    """Return what the table is, and that it is no measurement."""
    return voice.say.text(
        "Lederen svarede på {title}, version {version}, før rapporten blev set (afsluttet {day}). Svarene er lederens "
        "eget indtryk og ikke en måling. Brug dem til at tale om, hvor de og gennemgangen er enige, og hvor de ikke "
        "er.",
        title=assessment.title,
        version=str(assessment.version),
        day=assessment.finished_on,
    )


def head(voice: Voice) -> list[str]:
    """Return the heads of the table."""
    words = voice.words
    return [words.text("Spørgsmål"), words.text("Lederens svar"), words.text("Det viste gennemgangen")]


def rows(report: CentreReport, assessment: LeaderAssessment, voice: Voice) -> list[list[str]]:
    """Return a row for each question: question, answer, the result beside it in words."""
    return [[item.question, item.answer, _beside(report, item, voice)] for item in assessment.items]


def _beside(report: CentreReport, item: AssessedItem, voice: Voice) -> str:
    results = beside(report, item)
    if not results:
        return voice.words.text("Ikke målt i denne runde.")
    return " ".join(_result(result, voice) for result in results)


def _result(result: ItemResult | ThemeResult, voice: Voice) -> str:
    counts, words = result.counts, voice.words
    named = {
        "name": result.question if isinstance(result, ItemResult) else result.title,
        "yes": counts.yes,
        "assessed": counts.assessed,
    }
    if not counts.assessed:
        return words.text("{name}: ingen relevante sager.", **named)
    if isinstance(result, ItemResult):
        return words.plural(
            "{name}: opfyldt i {yes} af {assessed} relevant sag.",
            "{name}: opfyldt i {yes} af {assessed} relevante sager.",
            counts.assessed,
            **named,
        )
    return words.plural(
        "{name}: alle punkter opfyldt i {yes} af {assessed} relevant sag.",
        "{name}: alle punkter opfyldt i {yes} af {assessed} relevante sager.",
        counts.assessed,
        **named,
    )
