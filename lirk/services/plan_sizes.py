"""How many cases of each centre, and what that says: sizes by cases, by hours or by precision."""

from collections.abc import Mapping

import sampling
from lirk.domain.plan_sizes import Costs, SizePlan, size_line, sizes_for_hours, sizes_for_precision
from lirk.domain.planning import Sizes
from lirk.errors import Problem, ProblemsFound


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


def plan_by_cases(sizes: Sizes, centres: Mapping[str, int], *, costs: Costs | None = None) -> SizePlan:
    """Return what sizes come to.

    Raises
    ------
    ProblemsFound
        If the sizes do not fit the centres.
    """
    drawn = check_sizes(sizes, centres)
    lines = tuple(size_line(centre, population, drawn[centre]) for centre, population in centres.items())
    cases = sum(drawn.values())
    return SizePlan(sizes=sizes, lines=lines, cases=cases, hours=(costs or Costs()).hours(cases))


def plan_by_hours(
    hours: float, method: str, centres: Mapping[str, int], *, costs: Costs | None = None
) -> SizePlan:
    """Return what can be done in so many hours; no case at all where they are too few.

    Raises
    ------
    HoursUnusable
        If the hours are no number from 0 up.
    """
    costs = costs or Costs()
    return plan_by_cases(sizes_for_hours(hours, centres, method, costs), centres, costs=costs)


def plan_by_precision(
    half_width: float, centres: Mapping[str, int], *, costs: Costs | None = None
) -> SizePlan:
    """Return what it takes to know every centre's share to within a half width.

    Raises
    ------
    ShareUnusable
        If the half width does not lie between 0 and 1.
    """
    return plan_by_cases(sizes_for_precision(half_width, centres), centres, costs=costs)
