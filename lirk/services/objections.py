"""What a centre's report says about objections beside what was corrected because of them."""

from collections.abc import Sequence
from dataclasses import replace

from lirk.domain.corrections import Correction
from lirk.domain.objections import granted_unchanged, ungranted
from lirk.domain.report_stages import ReplyOutcome, ReportState
from lirk.domain.reports import CentreReport
from lirk.domain.rounds import Round
from lirk.services.report_material import material
from lirk.services.report_stages import CentreStage, RoundStages
from lirk.services.reports import Reader, report_of
from lirk.storage.store import Store


def resting(store: Store, round_: Round, report: CentreReport) -> tuple[Correction, ...]:
    """Return the corrections of a report that rest on the reply to their own item.

    What came to apply by another correction, and was answered with it, rests on that one; not so once it was
    corrected for itself.
    """
    if all(one.before for one in report.corrections):
        return report.corrections
    given = {
        (one.number, one.checklist_id, one.answer.item_id)
        for one in material(store, round_, report.centre).corrected.get(report.centre, ())
        if one.answer.given_along
    }
    return tuple(
        one for one in report.corrections if (one.number, one.checklist_id, one.item_id) not in given
    )


def with_objections(store: Store, value: RoundStages, reader: Reader) -> RoundStages:
    """Return how far reports are, with where objections and corrections do not go together.

    The right to publish them was asked when ``value`` was made.
    """
    replies = store.finding_replies.of_round(value.round.id)
    counts = store.corrections.counts()

    def told(one: CentreStage) -> CentreStage:
        said = replies.get(one.centre, {})
        corrected = counts.of(round_id=value.round.id, centre=one.centre)
        granted = any(reply.granted for reply in said.values())
        if one.stage.state is ReportState.PUBLISHED or not (corrected or granted):
            return one
        report = report_of(store, value.round, one.centre, reader)
        made = resting(store, value.round, report)
        unchanged = granted_unchanged(report.corrections, said)
        partly = [place for place in unchanged if said[place].outcome is ReplyOutcome.PARTLY_ACCEPTED]
        return replace(
            one,
            ungranted=item_numbers(
                report, [(each.checklist_id, each.item_id) for each in ungranted(made, said)]
            ),
            unchanged=item_numbers(report, unchanged),
            partly=item_numbers(report, partly),
        )

    return replace(value, centres=tuple(map(told, value.centres)))


def item_numbers(report: CentreReport, places: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the numbers of items of a report, each once, in its order."""
    return tuple(
        item.number
        for checklist in report.checklists
        for theme in checklist.themes
        for item in theme.items
        if (checklist.checklist_id, item.item_id) in places
    )
