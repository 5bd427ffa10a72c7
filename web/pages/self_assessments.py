"""places/self_assessment.html and first_look.html: a leader's self-assessments, and what is asked before a report."""

from dataclasses import dataclass

from lirk.services.self_assessments import Assessment, Assessments, AssessmentState, FirstLook
from lirk.wording import N_, Wording
from web.pages.places import form_path, summary_path

STATES = {
    AssessmentState.NOT_BEGUN: N_("Ikke begyndt"),
    AssessmentState.BEGUN: N_("I gang"),
    AssessmentState.FINISHED: N_("Afsluttet"),
    AssessmentState.LOCKED: N_("Låst, for rapporten er set"),
}
ACTIONS = {
    AssessmentState.NOT_BEGUN: N_("Begynd selvvurderingen"),
    AssessmentState.BEGUN: N_("Fortsæt selvvurderingen"),
    AssessmentState.FINISHED: N_("Se dine svar"),
    AssessmentState.LOCKED: N_("Se dine svar"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine:
    """One self-assessment; ``begin`` is where a form begins it, ``href`` where it is read or gone on with."""

    round: str
    centre: str
    state: str
    action: str
    begin: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentsPage:
    """The self-assessments of the centres that a person leads."""

    lines: tuple[AssessmentLine, ...]
    offered: bool

    @classmethod
    def of(cls, found: Assessments, words: Wording) -> "AssessmentsPage":
        """Return the page."""
        return cls(lines=tuple(_line(one, words) for one in found.mine), offered=found.offered)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLookPage:
    """What a leader is told before the report is seen for the first time."""

    title: str
    round: str
    report: str
    assess: str
    begun: bool

    @classmethod
    def of(cls, found: FirstLook, key: str, slug: str, words: Wording) -> "FirstLookPage":
        """Return the page."""
        return cls(
            title=words.text("Før du ser rapporten for {centre}", centre=found.centre),
            round=found.round.title,
            report=f"/rounds/{key}/reports/{slug}/open",
            assess=f"/self-assessment/{key}/{slug}",
            begun=found.form is not None,
        )


def _line(one: Assessment, words: Wording) -> AssessmentLine:
    reads = one.state in {AssessmentState.FINISHED, AssessmentState.LOCKED}
    href = (summary_path(one.form.id) if reads else form_path(one.form.id)) if one.form else ""
    return AssessmentLine(
        round=one.round.title,
        centre=one.centre,
        state=words.text(STATES[one.state]),
        action=words.text(ACTIONS[one.state]),
        begin="" if one.form else f"/self-assessment/{one.round.key}/{one.address}",
        href=href,
    )
