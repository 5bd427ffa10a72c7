"""How many cases of each centre, and what that says: suggestions, hours and the width to expect."""

from collections.abc import Mapping
from dataclasses import dataclass

import sampling
from lirk.domain.planning import HOURS_A_CASE, HOURS_FIXED, Sizes, hours_needed
from lirk.errors import Problem, ProblemsFound

#: A share of one half needs the most cases; what is said of widths holds for every other share, too.
_WORST = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLine:
    """One centre: its cases, how many are drawn, how many the wanted precision takes, and the limits to expect.

    ``lower`` and ``upper`` are the limits of a share of one half with these cases drawn, None where no case
    is drawn.
    """

    centre: str
    population: int
    suggested: int
    n: int
    lower: float | None
    upper: float | None

    @property
    def census(self) -> bool:
        """Whether all of its cases are reviewed, and there are any."""
        return self.n >= self.population > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SizePage:
    """The sizes of all centres, how many cases that is, and the hours that reviewing them takes."""

    lines: tuple[SizeLine, ...]
    cases: int
    hours: float


def check_sizes(sizes: Sizes, centres: Mapping[str, int]) -> dict[str, int]:
    """Return how many cases to draw of each centre.

    Raises
    ------
    ProblemsFound
        If the sizes do not fit the centres.
    """
    try:
        return sampling.sizes_of_plan(sizes.as_plan(), centres)
    except sampling.SamplingError as error:
        raise ProblemsFound([Problem(error.code, error.values, item="sizes")]) from None


def size_page(sizes: Sizes, centres: Mapping[str, int], half_width: float) -> SizePage:
    """Return what sizes come to.

    Parameters
    ----------
    half_width
        The precision to suggest sizes for: 0.15 is fifteen percentage points to either side.

    Raises
    ------
    ProblemsFound
        If the sizes do not fit the centres.
    """
    drawn = check_sizes(sizes, centres)
    lines = tuple(
        _line(centre, population, drawn[centre], half_width) for centre, population in centres.items()
    )
    cases = sum(drawn.values())
    return SizePage(lines=lines, cases=cases, hours=hours_needed(cases))


def cases_within(hours: float) -> int:
    """Return how many cases can be reviewed in so many hours."""
    return sampling.sample_size_hours(hours, HOURS_FIXED, HOURS_A_CASE)


def _line(centre: str, population: int, n: int, half_width: float) -> SizeLine:
    suggested = sampling.sample_size_proportion(_WORST, half_width, population) if population else 0
    limits = sampling.hypergeometric_interval(n // 2, n, population) if n else None
    return SizeLine(
        centre=centre,
        population=population,
        suggested=suggested,
        n=n,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
    )
