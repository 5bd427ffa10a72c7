"""The mean of one sample, with its limits."""

from collections.abc import Iterable

from sampling.errors import SampleEmpty, SampleTooLarge
from sampling.estimate import Estimate
from sampling.figures import level_of, whole
from sampling.observed import Sample, given_numbers, given_scale, sample_of
from sampling.quantiles import t_quantile

#: With fewer values t is wide, and rests on their being spread like a normal distribution: the range is shown.
FEWEST_FOR_T = 8


def mean_interval(
    values: Iterable[float],
    N: int,  # noqa: N803 - as in print
    level: float = 0.95,
    scale: tuple[float, float] | None = None,
) -> Estimate:
    """Return the mean of a finite population from a simple random sample, with its limits.

    The limits are ȳ ± t(n - 1)·√((1 - n/N)s²/n), cut at the ends of the scale. Two kinds of samples do not
    carry them: where all values are equal there is no spread to measure, and with fewer than 8 values t rests
    on a normal distribution that nobody has seen. The limits are then the smallest and the largest value, the
    estimate and its standard error stay, df is None and ``reason`` says why. Such a range is no confidence
    interval.

    Parameters
    ----------
    values
        One number a case, n of them, from -1e100 to 1e100; one or more.
    N
        Cases in the population, ``N >= n``. With n = N it is a census: the limits are the mean.
    level
        Between 0 and 1.
    scale
        The lowest and the highest possible value, where there are such.

    Returns
    -------
    Estimate
        ``reason`` is None, ``census``, ``one-case`` (one value of several cases: se is None),
        ``range-all-equal`` or ``range-few-cases``.

    Raises
    ------
    SampleEmpty, SampleTooLarge
        If there is no value, or there are more than N.
    ValueInvalid
        If a value is no number, NaN, infinite, or outside the scale.
    FigureInvalid, LevelOutOfRange
        If N is no whole number from 1 up, the scale has no two ends, or the level is not in its range.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 2.20 (standard error) and 2.23 (limits).
    """
    level = float(level_of(level))
    low, high = given_scale(scale)
    population = whole("N", N, 1)
    sample = _sample(given_numbers(values, scale), population)
    if sample.is_census:
        return Estimate(sample.mean, 0.0, None, sample.mean, sample.mean, "census")
    reason = _why_range(sample)
    if sample.se is None or reason is not None:
        return Estimate(sample.mean, sample.se, None, sample.least, sample.most, reason)
    df = float(sample.n - 1)
    margin = t_quantile(df, level) * sample.se
    return Estimate(
        sample.mean, sample.se, df, max(low, sample.mean - margin), min(high, sample.mean + margin)
    )


def _sample(values: list[float], population: int) -> Sample:
    if not values:
        raise SampleEmpty
    if len(values) > population:
        raise SampleTooLarge(stratum="population", n=len(values), N=population)
    return sample_of(values, population)


def _why_range(sample: Sample) -> str | None:
    if sample.n == 1:
        return "one-case"
    if sample.least == sample.most:
        return "range-all-equal"
    return "range-few-cases" if sample.n < FEWEST_FOR_T else None
