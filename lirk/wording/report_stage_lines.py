"""How far a centre's report is, as a line."""

from dataclasses import dataclass
from datetime import date

from lirk.domain.access import Action, may
from lirk.domain.people import Person
from lirk.domain.report_stages import ReportStage, ReportState
from lirk.wording.speech import Wording


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Whom a line speaks to: whoever may reply to the draft, or takes it further, is told *you*."""

    leads: bool = False
    publishes: bool = False

    @classmethod
    def of(cls, person: Person, centre: str) -> "ReadBy":
        """Return what a person is to the report of a centre."""
        return cls(
            leads=may(person, Action.REPLY_TO_FINDINGS, centre=centre),
            publishes=may(person, Action.PUBLISH_REPORTS, centre=centre),
        )


def stage_line(
    stage: ReportStage,
    words: Wording,
    *,
    today: date,
    replied: bool = False,
    objects: bool = False,
    led: bool = True,
    reader: ReadBy | None = None,
) -> str:
    """Return how far a report is and who acts next.

    ``replied``: the leader has written about a finding. ``objects``: an objection waits for its answer. ``led``:
    somebody could read a draft and reply.
    """
    if stage.state is ReportState.PUBLISHED and stage.published_at:
        return words.text(
            "Udgivet {day}, version {version}.",
            day=stage.published_at.date(),
            version=str(stage.version),
        )
    to = reader or ReadBy()
    said = _how_far(stage, words, today, replied=replied, led=led, you=to.leads)
    return f"{said} {_who_acts(stage, words, today, objects=objects, led=led, to=to)}".strip()


def _how_far(stage: ReportStage, words: Wording, today: date, *, replied: bool, led: bool, you: bool) -> str:
    """Return what has come of a draft so far; ``you`` are its leader."""
    with_leader = stage.state is ReportState.WITH_LEADER
    if with_leader and stage.no_remarks_at:
        return _said(replied, words, stage.no_remarks_at.date(), you=you)
    if not led and (with_leader or not stage.replaces):
        return words.text("Udkast. Centret har ingen leder i LIRK, der kan svare.")
    if stage.takes_replies(today):
        if you:
            return words.text("Udkast. Du kan svare til og med {day}.", day=stage.reply_by)
        return words.text("Udkast hos lederen, som kan svare til og med {day}.", day=stage.reply_by)
    if with_leader:
        if you:
            return words.text("Udkast. Din frist for at svare var {day}.", day=stage.reply_by)
        return words.text("Udkast. Lederens frist var {day}.", day=stage.reply_by)
    if stage.replaces:
        return words.text("Udkast til version {version}.", version=str(stage.version))
    return words.text("Udkast.")


def _said(replied: bool, words: Wording, day: date, *, you: bool) -> str:
    """Return that the leader has nothing to add, or nothing more."""
    if replied and you:
        return words.text("Udkast. Du har svaret og har ikke flere bemærkninger ({day}).", day=day)
    if replied:
        return words.text("Udkast. Lederen har svaret og har ikke flere bemærkninger ({day}).", day=day)
    if you:
        return words.text("Udkast. Du har læst det og har ikke noget at tilføje ({day}).", day=day)
    return words.text("Udkast. Lederen har læst det og har ikke noget at tilføje ({day}).", day=day)


def _who_acts(
    stage: ReportStage, words: Wording, today: date, *, objects: bool, led: bool, to: ReadBy
) -> str:
    """Return what the coordinator does next; empty while the leader is waited for."""
    if stage.state is ReportState.WITH_LEADER:
        if led and stage.awaits_leader(today):
            return ""
        return _publishes(words, objects=objects, to=to)
    if stage.replaces:
        if to.publishes:
            return words.text("Du retter, sender eller udgiver.")
        return words.text("Koordinatoren retter, sender eller udgiver.")
    if not led:
        if to.publishes:
            return words.text("Du sender det med en frist, og så udgiver du.")
        return words.text("Koordinatoren sender det med en frist og udgiver det.")
    if to.publishes:
        return words.text("Du sender det til lederen.")
    return words.text("Koordinatoren sender det til lederen.")


def _publishes(words: Wording, *, objects: bool, to: ReadBy) -> str:
    """Return who publishes; whoever leads the centre does not answer the own objection."""
    if objects and to.publishes and not to.leads:
        return words.text("Du svarer på indsigelsen, før rapporten kan udgives.")
    if objects:
        return words.text("Koordinatoren svarer på indsigelsen, før rapporten kan udgives.")
    return words.text("Du udgiver.") if to.publishes else words.text("Koordinatoren udgiver.")
