"""The eight steps of a round, as the step indicator shows them."""

from dataclasses import dataclass

from lirk.domain.planning import PlannedRound, Step, step_of_plan, step_of_round, steps_done
from lirk.domain.rounds import Round, RoundState
from lirk.wording import Wording
from lirk.wording.planning import STEPS


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLink:
    """One step: ``state`` is done, current or todo; ``href`` is None where it cannot be gone to."""

    text: str
    href: str | None
    state: str
    note: str = ""


def steps_for(subject: PlannedRound | Round, words: Wording, here: Step | None = None) -> list[StepLink]:
    """Return the steps of a plan, or of a round whose frame is frozen.

    ``here`` is the step whose page is shown; left out, the step that is waited for is the current one.
    """
    if isinstance(subject, PlannedRound):
        return _links(_plan_hrefs(subject), set(steps_done(subject.settings)), here, subject, words)
    waiting = step_of_round(subject.state)
    before = list(Step) if waiting is None else list(Step)[: list(Step).index(waiting)]
    return _links(_round_hrefs(subject), set(before), here, subject, words)


def _links(
    hrefs: dict[Step, str | None],
    done: set[Step],
    here: Step | None,
    subject: PlannedRound | Round,
    words: Wording,
) -> list[StepLink]:
    waiting = (
        step_of_plan(subject.settings) if isinstance(subject, PlannedRound) else step_of_round(subject.state)
    )
    current = here or waiting
    return [
        StepLink(
            text=words.text(STEPS[step]),
            href=hrefs[step],
            state="current" if step is current else "done" if step in done else "todo",
        )
        for step in Step
    ]


def _plan_hrefs(plan: PlannedRound) -> dict[Step, str | None]:
    hrefs: dict[Step, str | None] = dict.fromkeys(Step)
    pages = {Step.REGISTER: "register", Step.FRAME: "frame", Step.SIZES: "sizes", Step.SEED: "freeze"}
    reached = steps_done(plan.settings) | {step_of_plan(plan.settings)}
    for step, page in pages.items():
        hrefs[step] = f"/rounds/plans/{plan.id}/{page}" if step in reached else None
    return hrefs


def _round_hrefs(round_: Round) -> dict[Step, str | None]:
    at = f"/rounds/{round_.key}"
    hrefs: dict[Step, str | None] = dict.fromkeys(Step)
    if round_.state is RoundState.COMMITTED:
        return hrefs | dict.fromkeys((Step.REGISTER, Step.FRAME, Step.SIZES, Step.SEED), f"{at}/seed")
    hrefs |= dict.fromkeys(list(Step)[:5], f"{at}/certificate")
    hrefs[Step.ASSIGN] = f"{at}/assign"
    if round_.state in {RoundState.REVIEWING, RoundState.CLOSED}:
        hrefs |= {Step.FOLLOW: f"{at}/follow", Step.CLOSE: f"{at}/close"}
    return hrefs
