"""How far somebody, a centre or a round is, in words."""

from lirk.domain.following import Tally, WorkState
from lirk.wording.catalogue import N_
from lirk.wording.speech import Wording

WORK_STATES = {
    WorkState.NOT_BEGUN: N_("Ikke begyndt"),
    WorkState.UNDER_WAY: N_("I gang: {done} af {total}"),
    WorkState.FINISHED: N_("Færdig"),
    WorkState.NOTHING: N_("Intet at gøre"),
}


def work_text(work: Tally, words: Wording) -> str:
    """Return how far the work is."""
    return words.text(WORK_STATES[work.state], done=work.finished, total=work.cases)
