"""Every statistical function against figures that somebody else made."""

import importlib.util
from pathlib import Path

import pytest


def oracles():
    """All oracles of the files beside this one, by their order."""
    found = []
    for path in sorted(Path(__file__).parent.glob("oracles_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found += module.ORACLES
    return found


@pytest.mark.parametrize(
    "oracle", oracles(), ids=lambda oracle: f"{oracle.function.__name__}: {oracle.source}"
)
def test_figures(oracle):
    deviations = oracle.deviations()
    assert deviations
    assert max(deviations) <= oracle.tolerance, deviations
