"""Quantiles of the distributions behind the limits. SciPy is imported when one is asked for: it takes long."""

from math import isinf


def normal_quantile(level: float) -> float:
    """Return z: a standard normal variable lies between -z and z with the chance ``level``."""
    from scipy.special import ndtri

    return -float(ndtri((1 - level) / 2))


def t_quantile(df: float, level: float) -> float:
    """Return t: a variable of Student's t lies between -t and t with the chance ``level``.

    ``df`` is above 0; not only whole, and infinite for the normal distribution.
    """
    if isinf(df):
        return normal_quantile(level)
    from scipy.special import stdtrit

    return -float(stdtrit(df, (1 - level) / 2))


def beta_quantile(a: float, b: float, chance: float, *, upper: bool = False) -> float:
    """Return what a variable of Beta(a, b) stays below with this chance; with ``upper``, what it exceeds."""
    from scipy.special import betainccinv, betaincinv

    return float((betainccinv if upper else betaincinv)(a, b, chance))
