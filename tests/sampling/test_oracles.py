"""Every statistical function against figures that somebody else made."""

import pytest
from oracle import oracles


@pytest.mark.parametrize(
    "oracle", oracles(), ids=lambda oracle: f"{oracle.function.__name__}: {oracle.source}"
)
def test_figures(oracle):
    deviations = oracle.deviations()
    assert deviations
    assert max(deviations) <= oracle.tolerance, deviations
