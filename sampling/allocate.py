"""How many cases from each stratum."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from sampling.errors import DeviationInvalid, MethodUnknown, MinimumTooLarge
from sampling.figures import size_of

METHODS = ("equal", "fixed", "neyman", "proportional")


@dataclass(frozen=True, slots=True)
class _Stratum:
    """A stratum while it is given its size: ``low <= size <= high``, in proportion to ``weight``."""

    name: str
    weight: Fraction
    low: int
    high: int

    def at(self, factor: Fraction) -> Fraction:
        """Return the size that belongs to a common factor, kept within its limits."""
        return min(max(factor * self.weight, Fraction(self.low)), Fraction(self.high))


def allocate(
    method: str,
    n: int,
    sizes: Mapping[str, int],
    *,
    deviations: Mapping[str, float] | None = None,
    minimum: int = 0,
) -> dict[str, int]:
    """Return how many cases to draw from each stratum.

    Parameters
    ----------
    method
        ``fixed``: n in each stratum. The others share n cases: ``equal`` alike, ``proportional`` to the
        cases N_h, ``neyman`` to N_h S_h.
    n
        0 or more.
    sizes
        The number of cases N_h of each stratum, 0 or more.
    deviations
        The standard deviation S_h of each stratum, 0 or more, from an earlier measurement; for ``neyman``.
        Strata with S_h = 0 get cases only when the others are taken whole.
    minimum
        What each stratum gets at least, as far as it has so many cases.

    Returns
    -------
    dict
        By stratum, in the order of ``sizes``. No stratum gets more than its cases; what it cannot take is
        handed on to the others. But for ``fixed`` the sum is exactly n, or all cases if they are fewer: whole
        numbers by largest remainder, equal remainders to the larger weight, then to the smaller name.

    Raises
    ------
    MethodUnknown, FigureInvalid, SizeNegative, DeviationInvalid
        If the question is not well formed; a boolean and 3.0 are no counts.
    MinimumTooLarge
        If the minima need more than n cases.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 5.5 (Neyman) and 5.8 (strata that are taken
    whole). Computed in fractions, so that equal remainders are equal.
    """
    if method not in METHODS:
        raise MethodUnknown(method=method, known=METHODS)
    n, minimum = size_of("n", n, name="n"), size_of("minimum", minimum, name="minimum")
    sizes = {stratum: size_of(stratum, size) for stratum, size in sizes.items()}
    if method == "fixed":
        return {stratum: min(size, max(n, minimum)) for stratum, size in sizes.items()}
    needed = sum(min(minimum, size) for size in sizes.values())
    total = min(n, sum(sizes.values()))
    if needed > total:
        raise MinimumTooLarge(minimum=minimum, needed=needed, n=n)
    weights = _weights(method, sizes, deviations or {})
    strata = [_Stratum(name, weights[name], min(minimum, size), size) for name, size in sizes.items()]
    return _shared(strata, total)


def _weights(method: str, sizes: Mapping[str, int], deviations: Mapping[str, float]) -> dict[str, Fraction]:
    if method == "equal":
        return {stratum: Fraction(min(size, 1)) for stratum, size in sizes.items()}
    if method == "proportional":
        return {stratum: Fraction(size) for stratum, size in sizes.items()}
    return {
        stratum: size * _deviation(stratum, deviations) if size else Fraction(0)
        for stratum, size in sizes.items()
    }


def _deviation(stratum: str, deviations: Mapping[str, float]) -> Fraction:
    found = deviations.get(stratum)
    if found is None or isinstance(found, bool | str):
        raise DeviationInvalid(stratum=stratum)
    try:
        # By its decimal digits: 0.1 is a tenth, so that equal remainders stay equal.
        deviation = Fraction(str(found))
    except ValueError:
        raise DeviationInvalid(stratum=stratum) from None
    if deviation < 0:
        raise DeviationInvalid(stratum=stratum)
    return deviation


def _shared(strata: list[_Stratum], total: int) -> dict[str, int]:
    weighted = [stratum for stratum in strata if stratum.weight > 0]
    unweighted = [stratum for stratum in strata if stratum.weight == 0]
    room = sum(stratum.high for stratum in weighted) + sum(stratum.low for stratum in unweighted)
    if weighted and room >= total:
        return _rounded(strata, _factor(weighted, total - sum(stratum.low for stratum in unweighted)), total)
    # All that has a weight is taken whole; the rest goes to what has none, by its cases.
    rest = [_Stratum(part.name, Fraction(part.high), part.low, part.high) for part in unweighted if part.high]
    left = total - sum(stratum.high for stratum in weighted)
    given = _rounded(rest, _factor(rest, left), left) if rest else {}
    return {
        stratum.name: stratum.high if stratum.weight > 0 else given.get(stratum.name, 0) for stratum in strata
    }


def _factor(strata: list[_Stratum], total: int) -> Fraction:
    """Return the common factor at which the sizes, each within its limits, sum to ``total``.

    The sum grows with the factor along straight pieces, which meet where a stratum reaches a limit.
    """
    corners = sorted({Fraction(end) / part.weight for part in strata for end in (part.low, part.high)})
    before = corners[0]
    for corner in corners:
        reached = sum(stratum.at(corner) for stratum in strata)
        if reached >= total:
            start = sum(stratum.at(before) for stratum in strata)
            if reached == start:
                return corner
            return before + (corner - before) * (total - start) / (reached - start)
        before = corner
    return before


def _rounded(strata: list[_Stratum], factor: Fraction, total: int) -> dict[str, int]:
    """Return whole numbers by largest remainder."""
    exact = {stratum.name: stratum.at(factor) for stratum in strata}
    whole = {name: floor(size) for name, size in exact.items()}
    by_remainder = sorted(
        strata, key=lambda part: (whole[part.name] - exact[part.name], -part.weight, part.name)
    )
    for stratum in by_remainder[: total - sum(whole.values())]:
        whole[stratum.name] += 1
    return whole
