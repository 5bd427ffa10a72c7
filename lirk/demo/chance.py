"""Chance that comes out the same everywhere: only ``random.Random.random`` of a whole-number seed is used.

Python promises that sequence for all versions; ``choice``, ``shuffle`` and ``gauss`` are not promised.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def pick(chance: Random, weighted: Sequence[tuple[T, float]]) -> T:
    """Return one value, each with a probability proportional to its weight.

    Parameters
    ----------
    weighted
        At least one pair of a value and its weight; weights are not negative and not all zero.
    """
    rest = chance.random() * sum(weight for _, weight in weighted)
    for value, weight in weighted:
        rest -= weight
        if rest < 0:
            return value
    return weighted[-1][0]


def whole(chance: Random, lowest: int, highest: int) -> int:
    """Return a whole number from ``lowest`` to ``highest``, both included, each as likely as the others."""
    return lowest + int(chance.random() * (highest - lowest + 1))


def happens(chance: Random, probability: float) -> bool:
    """Return True with the given probability, 0 to 1."""
    return chance.random() < probability
