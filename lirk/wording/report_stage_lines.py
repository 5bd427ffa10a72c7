"""How far a centre's report is, as a line."""

from datetime import date

from lirk.domain.report_stages import ReportStage, ReportState
from lirk.wording.speech import Wording


def stage_line(
    stage: ReportStage, words: Wording, *, today: date, replied: bool = False, led: bool = True
) -> str:
    """Return how far a report is and who acts next.

    ``replied``: the leader has written about a finding. ``led``: somebody could read a draft and reply.
    """
    if stage.state is ReportState.PUBLISHED and stage.published_at:
        return words.text(
            "Udgivet {day}, version {version}.",
            day=stage.published_at.date(),
            version=str(stage.version),
        )
    if stage.no_remarks_at and stage.state is ReportState.WITH_LEADER and replied:
        return words.text(
            "Udkast. Lederen har svaret og har ikke flere bemærkninger ({day}). Koordinatoren udgiver.",
            day=stage.no_remarks_at.date(),
        )
    if stage.no_remarks_at and stage.state is ReportState.WITH_LEADER:
        return words.text(
            "Udkast. Lederen har læst det og har ikke noget at tilføje ({day}). Koordinatoren udgiver.",
            day=stage.no_remarks_at.date(),
        )
    if stage.state is ReportState.WITH_LEADER and not led:
        return words.text("Udkast. Centret har ingen leder i LIRK, der kan svare. Koordinatoren udgiver.")
    if stage.takes_replies(today):
        return words.text("Udkast hos lederen, som kan svare til og med {day}.", day=stage.reply_by)
    if stage.state is ReportState.WITH_LEADER:
        return words.text("Udkast. Lederens frist var {day}. Koordinatoren udgiver.", day=stage.reply_by)
    if stage.replaces:
        return words.text(
            "Udkast til version {version}. Koordinatoren retter, sender eller udgiver.",
            version=str(stage.version),
        )
    return words.text("Udkast. Koordinatoren sender det til lederen.")
