"""What a centre's report says of itself: draft or published, which version, and what it takes the place of."""

from lirk.domain.reports import CentreReport
from lirk.reports.markup import Markup
from lirk.reports.phrases import made_up
from lirk.reports.voice import Voice
from lirk.wording import Wording


def marks(report: CentreReport, words: Wording) -> str:
    """Return what stands on every page: that it is a draft, and what of a demonstration is made up."""
    draft = words.text("Udkast") if is_draft(report) else ""
    return " · ".join(filter(None, [draft, made_up(report, words)]))


def is_draft(report: CentreReport) -> bool:
    """Return whether it is known to be a draft."""
    return report.stage is not None and report.stage.is_draft


def is_published(report: CentreReport) -> bool:
    """Return whether it is known to be published."""
    return report.stage is not None and not report.stage.is_draft


def issued(report: CentreReport, voice: Voice) -> Markup:
    """Return by whom and when it is issued, and as which version; of a draft the day of its figures."""
    say, stage, named = voice.say, report.stage, {"municipality": report.municipality}
    if stage is None:
        return say.text("{municipality} · udgivet {day}", day=report.issued_on, **named)
    if stage.published_at is None or stage.is_draft:
        return say.text("{municipality} · udkast, runden er lukket {day}", day=report.issued_on, **named)
    return say.text(
        "{municipality} · udgivet {day}, version {version}",
        day=stage.published_at.date(),
        version=str(stage.version),
        **named,
    )


def replaced(report: CentreReport, voice: Voice) -> list[Markup]:
    """Return which version it takes the place of, and why; nothing where it is the first."""
    stage = report.stage
    if stage is None or not stage.replaces:
        return []
    return [
        voice.say.text(
            "Erstatter version {version}. Grund: {reason}",
            version=str(stage.replaces),
            reason=stage.correction,
        )
    ]
