"""The part of reports/_stage.html in which a leader says to have read the draft and to have nothing to add."""

from dataclasses import dataclass

from lirk.domain.reports import CentreReport
from lirk.services.remarks import mark_of
from lirk.wording import Wording

#: What the button sends: that there is nothing to add, or that there is something after all.
NOTHING, SOMETHING = "nothing", "something"


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarksPart:
    """A line, and the button under it with what it sends; ``seen`` is the mark of the draft as it is shown."""

    action: str
    told: str
    button: str
    choice: str
    seen: str

    @classmethod
    def of(cls, report: CentreReport, address: str, words: Wording) -> "RemarksPart":
        """Return the part for a leader who may reply to the report today."""
        said = report.stage is not None and report.stage.no_remarks_at is not None
        return cls(
            action=f"{address}/remarks",
            told=_said(report, words) if said else _asked(report, words),
            button=words.text("Jeg har alligevel noget at tilføje") if said else _button(report, words),
            choice=SOMETHING if said else NOTHING,
            seen=mark_of(report),
        )


def asked_again(words: Wording) -> str:
    """Return for the coordinator that the leader's word counts no longer, because the draft was changed."""
    return words.text(
        "Lederen har sagt, at der ikke er mere at tilføje. Det gælder ikke længere, for udkastet er ændret."
    )


def _said(report: CentreReport, words: Wording) -> str:
    stage = report.stage
    if report.replies:
        return words.text(
            "Du har sagt, at du ikke har flere bemærkninger. Til og med {day} kan du tage det tilbage eller rette det, "
            "du har skrevet, medmindre rapporten udgives før.",
            day=stage.reply_by if stage else None,
        )
    if not report.findings:
        return words.text(
            "Du har sagt, at du ikke har noget at tilføje. Til og med {day} kan du tage det tilbage, medmindre "
            "rapporten udgives før.",
            day=stage.reply_by if stage else None,
        )
    return words.text(
        "Du har sagt, at du ikke har noget at tilføje. Til og med {day} kan du tage det tilbage eller skrive til et "
        "fund, medmindre rapporten udgives før.",
        day=stage.reply_by if stage else None,
    )


def _asked(report: CentreReport, words: Wording) -> str:
    if report.replies:
        return words.text("Er du færdig, så sig det her. Koordinatoren behøver så ikke at vente på fristen.")
    if report.findings:
        return words.text(
            "Er du enig, og har du ikke noget at tilføje, så sig det her. Koordinatoren behøver så ikke at vente på "
            "fristen."
        )
    return words.text(
        "Der er ingen fund at skrive til. Sig her, at du har læst rapporten. Koordinatoren behøver så ikke at vente "
        "på fristen."
    )


def _button(report: CentreReport, words: Wording) -> str:
    if report.replies:
        return words.text("Jeg har ikke flere bemærkninger")
    return words.text("Jeg har læst rapporten og har ikke bemærkninger")
