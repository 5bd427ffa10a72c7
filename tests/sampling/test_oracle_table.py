"""The manual's table of functions and oracles is what the oracles give, and no function is without one.

``LIRK_WRITE=1 python -m pytest tests/sampling/test_oracle_table.py`` writes the table anew.
"""

import inspect
import os

import pytest
from oracle import oracles
from oracle_table import BEGIN, END, HEADS, bound, page, tables, with_table, write

import sampling

#: What returns no figure: documents, frames, names, codes, texts, and what is wrong with them.
WITHOUT_FIGURES = {
    "agreement_undefined",
    "check_frame",
    "extend_certificate",
    "fleiss_undefined",
    "frame_differences",
    "freeze",
    "is_seed",
    "replace_case",
    "stratify",
    "stratum_sizes",
    "verify",
}


@pytest.fixture(scope="module")
def made():
    return tables()


class TestTable:
    @pytest.mark.parametrize("language", HEADS)
    def test_the_manual_has_it(self, made, language):
        if os.environ.get("LIRK_WRITE") == "1":
            write()
        text = page(language).read_text(encoding="utf-8")
        assert text.count(BEGIN) == text.count(END) == 1
        assert with_table(text, made[language]) == text, "LIRK_WRITE=1 writes it anew"

    def test_it_has_a_line_for_each_oracle(self, made):
        lines = made["en"].splitlines()[2:]
        assert len(lines) == len(oracles())
        assert all(oracle.source in line for oracle, line in zip(oracles(), lines, strict=True))


class TestEveryFunctionHasAnOracle:
    def test_it_has(self):
        functions = {name for name in sampling.__all__ if inspect.isroutine(getattr(sampling, name))}
        held = {oracle.function.__name__ for oracle in oracles()}
        assert functions - held - WITHOUT_FIGURES == set()

    def test_no_exception_is_needless(self):
        assert {oracle.function.__name__ for oracle in oracles()} & WITHOUT_FIGURES == set()
        assert WITHOUT_FIGURES - set(sampling.__all__) == set()


class TestBound:
    @pytest.mark.parametrize(
        ("deviation", "tolerance", "shown"),
        [
            (0, 0, "0"),
            (0, 1e-12, "< 10⁻¹²"),
            (3e-17, 1e-12, "< 10⁻¹²"),
            (3e-13, 1e-12, "< 10⁻¹²"),
            (4e-13, 1e-12, "< 10⁻⁸"),
            (5e-10, 1e-6, "< 10⁻⁸"),
            (2.1e-8, 5e-8, "3·10⁻⁸"),
            (9.2e-7, 1e-6, "1·10⁻⁶"),
            (4.2e-4, 5e-4, "0.0005"),
            (5e-4 + 1e-16, 6e-4, "0.0005"),
            (0.04, 0.05, "0.04"),
            (0.96, 1, "1"),
            (12, 20, "20"),
        ],
    )
    def test_it_is_rounded_up(self, deviation, tolerance, shown):
        assert bound(deviation, tolerance) == shown
