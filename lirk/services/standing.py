"""A round as far as it is: its draws, what was reported, and each case's state; what several pages read."""

from collections.abc import Mapping
from dataclasses import dataclass

from lirk.domain.following import CaseProgress, CaseState, case_progress
from lirk.domain.obstacles import Obstacle
from lirk.domain.rounds import Draw, Round
from lirk.domain.settling import unsettled_numbers
from lirk.services.calibration_guards import strata_with_reserve
from lirk.services.certificates import replaced_cases
from lirk.services.samples import latest_cases
from lirk.storage.store import Store


@dataclass(frozen=True, slots=True)
class Standing:
    """A round as far as it is, read in a fixed number of statements."""

    draws: tuple[Draw, ...]
    obstacles: Mapping[int, Obstacle]
    cases: tuple[CaseProgress, ...]

    @property
    def replaced(self) -> frozenset[str]:
        """The case ids that a reserve case took the place of."""
        return replaced_cases(self.draws[-1].certificate) if self.draws else frozenset()

    @property
    def findings(self) -> int:
        """How many cases were not found, or could not be read."""
        return sum(case.state in {CaseState.NOT_FOUND, CaseState.NO_ACCESS} for case in self.cases)


def standing(store: Store, round_: Round) -> Standing:
    """Return a round as far as it is; right and state are the caller's to ask."""
    draws, obstacles = store.draws.of(round_.id), store.obstacles.of(round_.id)
    cases = case_progress(
        store.work.of(round_.id),
        reported=[pk for pk, one in obstacles.items() if one.settlement is None],
        replaced=replaced_cases(draws[-1].certificate) if draws else (),
    )
    return Standing(draws, obstacles, cases)


def blocked(store: Store, round_: Round, state: Standing) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the cases that keep a round open, by the code of what is missing."""
    if not state.draws:
        return {}
    cases = latest_cases(store, round_)
    reviews = [review for case in state.cases for review in case.reviews]
    return unsettled_numbers(
        [case for case in cases if case.number is not None],
        {review.case_pk for review in reviews if not review.finished},
        replaced=state.replaced,
        with_reserve=strata_with_reserve(store, round_, cases),
        reported={pk for pk, one in state.obstacles.items() if one.settlement is None},
    )
