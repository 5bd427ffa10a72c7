"""One figure for several centres, or for any strata: means, totals, shares and domains.

Degrees of freedom: by default n - H over the strata that were sampled, the cases in them less one for each.
A stratum of which every case was observed adds nothing to the variance, and so it adds no degrees of freedom:
they say how well the variance is known, and a stratum that is no part of it cannot make it better known. (R's
``survey::degf`` counts such strata too; its limits are narrower, and it is had by giving its number as ``df``.
Without a census among the strata both are the same.)
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import exp, fsum, log, sqrt
from typing import TypeAlias

from sampling.errors import EstimatorUnknown, FigureInvalid, LengthsDiffer
from sampling.estimate import Estimate
from sampling.figures import as_number, level_of
from sampling.observed import (
    Stratum,
    given_answers,
    given_domain,
    given_numbers,
    given_strata,
    sample_of,
)
from sampling.quantiles import beta_quantile, t_quantile

Sizes: TypeAlias = Mapping[Hashable, int]
#: A number of degrees of freedom, ``"satterthwaite"``, or None for n - H.
Degrees: TypeAlias = float | str | None

METHODS = ("korn-graubard", "logit", "mean")
_DEGREES_WANTED = 'a number above 0, "satterthwaite" or None'


@dataclass(frozen=True, slots=True)
class _Summary:
    """The values of all strata, weighed together.

    Attributes
    ----------
    n, N
        Values and cases in all strata.
    parts
        Of each stratum that was sampled: its part of the variance, and its cases less one.
    thinnest
        The smallest n_h/W_h of the strata that were sampled; None if none was.
    """

    n: int
    N: int
    mean: float
    least: float
    most: float
    parts: tuple[tuple[float, int], ...]
    thinnest: float | None

    @property
    def is_census(self) -> bool:
        return not self.parts

    @property
    def variance(self) -> float:
        return fsum(part for part, _ in self.parts)

    def degrees(self, wanted: Degrees) -> float:
        if wanted is None:
            return float(sum(count for _, count in self.parts))
        if isinstance(wanted, str):
            variance = self.variance
            return 1 / fsum((part / variance) ** 2 / count for part, count in self.parts)
        return float(wanted)


def stratified_mean(
    values: Iterable[float],
    strata: Iterable[Hashable],
    sizes: Sizes,
    level: float = 0.95,
    df: Degrees = None,
) -> Estimate:
    """Return the mean of all cases of all strata, from a simple random sample in each.

    ȳ = ΣW_h·ȳ_h with W_h = N_h/N and variance v = ΣW_h²(1 - n_h/N_h)s_h²/n_h; the limits are ȳ ± t(df)·√v.

    Parameters
    ----------
    values
        One number a case, from -1e100 to 1e100.
    strata
        The stratum of each value, equally many.
    sizes
        Cases N_h by stratum, 0 or more. Each stratum with cases has two values or more, or is drawn whole; one
        without cases is left out.
    level
        Between 0 and 1.
    df
        None: n - H over the strata that were sampled, as the top of this module says; ``"satterthwaite"``:
        v²/Σ(v_h²/(n_h - 1)), between the smallest n_h - 1 and n - H, safer where a few small strata make up
        most of the variance; or a number above 0.

    Returns
    -------
    Estimate
        ``reason`` is None, ``census`` (every case of every stratum was observed) or ``range-all-equal`` (the
        values do not differ within any stratum: the limits are the smallest and the largest value, df is None,
        and this is no confidence interval).

    Raises
    ------
    SampleEmpty, LengthsDiffer
        If there is no value, or not one stratum for each.
    ValueInvalid
        If a value is no number, NaN or infinite.
    StratumUnknown
        If a value is from a stratum that ``sizes`` lacks, or a stratum with cases has no value.
    SizeNegative, SampleTooLarge, StratumOfOne
        If a size is negative or smaller than the number of values, or if there is one value of several cases.
    FigureInvalid, EstimatorUnknown, LevelOutOfRange
        If a size is no whole number, or df or the level is not in its range.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 5.1-5.16, the last being Satterthwaite's degrees of
    freedom: F. E. Satterthwaite (1946), Biometrics Bulletin 2, 110-114. n - H as in E. L. Korn & B. I. Graubard
    (1999), *Analysis of Health Surveys*, ch. 5.
    """
    level, df = float(level_of(level)), _given_degrees(df)
    return _with_limits(_summary_of(given_numbers(values), strata, sizes), level, df)


def stratified_total(
    values: Iterable[float],
    strata: Iterable[Hashable],
    sizes: Sizes,
    level: float = 0.95,
    df: Degrees = None,
) -> Estimate:
    """Return the sum over all cases of all strata: N times :func:`stratified_mean`, and N times its limits.

    Parameters, errors and reasons are those of :func:`stratified_mean`; with the reason ``range-all-equal``
    the limits are N times the smallest and the largest value.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 5.3-5.4.
    """
    level, df = float(level_of(level)), _given_degrees(df)
    summary = _summary_of(given_numbers(values), strata, sizes)
    return _times(_with_limits(summary, level, df), summary.N)


def stratified_proportion(
    values: Iterable[float],
    strata: Iterable[Hashable],
    sizes: Sizes,
    level: float = 0.95,
    method: str = "korn-graubard",
    df: Degrees = None,
) -> Estimate:
    """Return the share of yes among all cases of all strata, from a simple random sample in each.

    The share p = ΣW_h·p_h and its variance v = ΣW_h²(1 - n_h/N_h)p_h(1 - p_h)/(n_h - 1) are those of
    :func:`stratified_mean`; the methods differ in the limits:

    ``korn-graubard``
        Clopper-Pearson for m·p of m, with the effective number of cases m = p(1 - p)/v·(t(n - 1)/t(df))²,
        which need not be whole and may be larger than n.
    ``logit``
        log(p/(1 - p)) ± t(df)·√v/(p(1 - p)), and back.
    ``mean``
        p ± t(df)·√v, not cut at 0 and 1: where it reaches beyond them, it does not fit.

    Where no stratum has both yes and no, v is 0 and says nothing. ``logit`` and ``mean`` then have no limits;
    ``korn-graubard`` takes for m the smallest n_h/W_h of the strata that were sampled, as if all were drawn as
    thinly as the thinnest. With every stratum drawn in the same proportion m is n, as is usual in this case;
    otherwise it is smaller, for no limit is safe that counts many cases of a small stratum for a large one.
    For p = 0 and p = 1 each limit misses at most alpha/2, whatever the shares of the strata are.

    Parameters
    ----------
    values
        1 or True for yes, 0 or False for no; one a case.
    strata, sizes, level
        As :func:`stratified_mean`.
    method
        One of these three.
    df
        As :func:`stratified_mean`.

    Returns
    -------
    Estimate
        ``reason`` is None, ``census`` or ``no-spread`` (v is 0 without a census; df is None).

    Raises
    ------
    EstimatorUnknown
        If there is no such method.
    SamplingError
        And all that :func:`stratified_mean` raises; ``ValueInvalid`` also for a value other than 0 and 1.

    Notes
    -----
    E. L. Korn & B. I. Graubard (1998), Survey Methodology 24, 193-201; W. G. Cochran (1977), *Sampling
    Techniques*, 3rd ed., 5.10; the logit as in T. Lumley (2010), *Complex Surveys*, and his
    ``survey::svyciprop`` in R. Effective n = n where v is 0: J. D. Parker et al. (2017), *National Center for Health
    Statistics Data Presentation Standards for Proportions*. That the limit is safe for p = 0: with true shares
    p_h the chance to find none is Π(1 - p_h)^n_h <= Π(1 - p_h)^(m·W_h) <= (1 - ΣW_h·p_h)^m, the logarithm being
    concave, and without replacement it is smaller still.
    """
    level, df = float(level_of(level)), _given_degrees(df)
    if method not in METHODS:
        raise EstimatorUnknown(name="method", value=method, known=list(METHODS))
    summary = _summary_of(given_answers(values), strata, sizes)
    if summary.is_census:
        return _with_limits(summary, level, df)
    if summary.variance == 0 or summary.mean in (0, 1):
        return _without_spread(summary, level, method)
    share, se = summary.mean, sqrt(summary.variance)
    degrees = summary.degrees(df)
    t = t_quantile(degrees, level)
    if method == "mean":
        lower, upper = share - t * se, share + t * se
    elif method == "logit":
        lower, upper = _logit_limits(share, t * se / (share * (1 - share)))
    else:
        cases = share * (1 - share) / summary.variance * (t_quantile(summary.n - 1, level) / t) ** 2
        lower, upper = _beta_limits(share, cases, level)
    return Estimate(share, se, degrees, lower, upper)


def domain_mean(
    values: Iterable[float | None],
    strata: Iterable[Hashable],
    sizes: Sizes,
    domain: Iterable[bool],
    level: float = 0.95,
) -> Estimate:
    """Return the mean of the cases that belong to a domain, such as those to which a question applies.

    How many cases of a stratum belong to the domain is not known beforehand, so the mean is a ratio, estimated
    total by estimated number, R = Σ(N_h/n_h)Σy / Σ(N_h/n_h)·n_hd, and all observed cases count in its variance:
    that of the stratified total of u = (y - R)/N_d for the cases in the domain and u = 0 for the others. The
    limits are R ± t(df)·√v. The degrees of freedom are the cases in the domain less one for each stratum that
    was sampled and has one of them, as R's ``survey`` counts them for a subset.

    Parameters
    ----------
    values
        One number a case; outside the domain anything, also None, for it is not looked at.
    strata, sizes, level
        As :func:`stratified_mean`: of all cases, not of the domain.
    domain
        Whether each case belongs to it, True or False, equally many.

    Returns
    -------
    Estimate
        ``reason`` is None, ``census``, ``range-all-equal`` (v is 0 without a census: the limits are the smallest
        and the largest value in the domain), ``domain-empty`` (no observed case belongs to it: all is None) or
        ``no-degrees-of-freedom`` (df would be 0: the limits are None).

    Raises
    ------
    SamplingError
        All that :func:`stratified_mean` raises; ``ValueInvalid`` also for a domain that is not yes and no.

    Notes
    -----
    W. G. Cochran (1977), *Sampling Techniques*, 3rd ed., 2.12-2.13 and 5A.14 (domains), 6.11 (combined ratio);
    E. L. Korn & B. I. Graubard (1999), *Analysis of Health Surveys*, ch. 5.
    """
    level = float(level_of(level))
    every, inside = list(values), given_domain(domain)
    if len(every) != len(inside):
        raise LengthsDiffer(lengths=[len(every), len(inside)])
    numbers = given_numbers(
        0.0 if not belongs else value for value, belongs in zip(every, inside, strict=True)
    )
    groups = given_strata(strata, sizes, len(numbers))
    if not any(inside):
        return Estimate(None, None, None, None, None, "domain-empty")
    return _with_limits(_domain_summary(numbers, inside, groups), level, None)


def _given_degrees(df: Degrees) -> Degrees:
    if isinstance(df, str) and df != "satterthwaite":
        raise EstimatorUnknown(name="df", value=df, known=["satterthwaite"])
    if df is None or isinstance(df, str):
        return df
    found = as_number(df)
    if found is None or not found > 0:
        raise FigureInvalid(name="df", wanted=_DEGREES_WANTED, value=df)
    return found


def _summary_of(values: list[float], strata: Iterable[Hashable], sizes: Sizes) -> _Summary:
    groups = given_strata(strata, sizes, len(values))
    return _summary(values, groups, [len(group.rows) - 1 for group in groups])


def _summary(values: list[float], groups: list[Stratum], counts: list[int]) -> _Summary:
    """Return the strata weighed together; ``counts`` are what each adds to the degrees of freedom."""
    population = sum(group.N for group in groups)
    samples = [sample_of([values[row] for row in group.rows], group.N) for group in groups]
    least, most = min(values), max(values)
    mean = fsum(group.N * sample.mean for group, sample in zip(groups, samples, strict=True)) / population
    sampled = [
        (group.N / population, sample, count)
        for group, sample, count in zip(groups, samples, counts, strict=True)
        if not sample.is_census
    ]
    return _Summary(
        n=len(values),
        N=population,
        mean=min(max(mean, least), most),
        least=least,
        most=most,
        parts=tuple((weight**2 * (sample.error or 0.0), count) for weight, sample, count in sampled),
        thinnest=min((sample.n / weight for weight, sample, _ in sampled), default=None),
    )


def _domain_summary(values: list[float], inside: list[bool], groups: list[Stratum]) -> _Summary:
    """Return the mean of the domain with the variance of its linear form."""
    found = [[row for row in group.rows if inside[row]] for group in groups]
    weights = [group.N / len(group.rows) for group in groups]
    known = [value for value, belongs in zip(values, inside, strict=True) if belongs]
    least, most = min(known), max(known)
    cases = fsum(weight * len(rows) for weight, rows in zip(weights, found, strict=True))
    total = fsum(weight * values[row] for weight, rows in zip(weights, found, strict=True) for row in rows)
    ratio = min(max(total / cases, least), most)
    population = sum(group.N for group in groups)
    linear = [
        (value - ratio) * population / cases if belongs else 0.0
        for value, belongs in zip(values, inside, strict=True)
    ]
    summary = _summary(linear, groups, [max(len(rows) - 1, 0) for rows in found])
    return replace(summary, mean=ratio, least=least, most=most)


def _with_limits(summary: _Summary, level: float, df: Degrees) -> Estimate:
    """Return the mean with the limits of t, or why it has others."""
    mean, variance = summary.mean, summary.variance
    if summary.is_census:
        return Estimate(mean, 0.0, None, mean, mean, "census")
    if variance == 0:
        return Estimate(mean, 0.0, None, summary.least, summary.most, "range-all-equal")
    degrees, se = summary.degrees(df), sqrt(variance)
    if degrees == 0:
        return Estimate(mean, se, None, None, None, "no-degrees-of-freedom")
    margin = t_quantile(degrees, level) * se
    return Estimate(mean, se, degrees, mean - margin, mean + margin)


def _without_spread(summary: _Summary, level: float, method: str) -> Estimate:
    if method != "korn-graubard" or summary.thinnest is None:
        return Estimate(summary.mean, 0.0, None, None, None, "no-spread")
    return Estimate(
        summary.mean, 0.0, None, *_beta_limits(summary.mean, summary.thinnest, level), "no-spread"
    )


def _beta_limits(share: float, cases: float, level: float) -> tuple[float, float]:
    """Return the limits of Clopper and Pearson for a number of cases that need not be whole."""
    hits, rest, tail = cases * share, cases * (1 - share), (1 - level) / 2
    lower = 0.0 if hits == 0 else beta_quantile(hits, rest + 1, tail)
    return lower, 1.0 if rest == 0 else beta_quantile(hits + 1, rest, tail, upper=True)


def _logit_limits(share: float, margin: float) -> tuple[float, float]:
    middle = log(share / (1 - share))
    return _share_of_log_odds(middle - margin), _share_of_log_odds(middle + margin)


def _share_of_log_odds(odds: float) -> float:
    # exp of a number above 709 does not fit; of one below 0 it always does.
    return 1 / (1 + exp(-odds)) if odds > 0 else exp(odds) / (1 + exp(odds))


def _times(estimate: Estimate, factor: int) -> Estimate:
    def scaled(figure: float | None) -> float | None:
        return None if figure is None else figure * factor

    return replace(
        estimate,
        estimate=scaled(estimate.estimate),
        se=scaled(estimate.se),
        lower=scaled(estimate.lower),
        upper=scaled(estimate.upper),
    )
