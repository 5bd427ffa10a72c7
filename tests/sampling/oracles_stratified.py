"""Means, totals, shares and domains over strata against R's ``survey``; the program is r/stratified.R."""

import csv
from pathlib import Path

import numpy as np
from oracle import Case, Oracle
from printed import printed

from sampling.stratified import domain_mean, stratified_mean, stratified_proportion, stratified_total

SOURCE = "R 4.2.2, survey 4.1-1"
FIGURES = ("estimate", "se", "df", "lower", "upper")

# The data set "fpc" has its numbers from Stata in single precision: 2.8 is 2.7999999523.
UNITS = [float(np.float32(x)) for x in (2.8, 4.1, 6.8, 6.8, 9.2, 3.7, 6.6, 4.2)]
UNIT_STRATA = [1] * 5 + [2] * 3
UNIT_SIZES = {1: 15, 2: 12}

with (Path(__file__).parent / "r" / "apistrat.csv").open(encoding="utf-8") as opened:
    SCHOOLS = list(csv.DictReader(opened))
SCHOOL_STRATA = [school["stype"] for school in SCHOOLS]
SCHOOL_SIZES = {"E": 4421, "M": 1018, "H": 755}
RESULTS = [int(school["api00"]) for school in SCHOOLS]
PUPILS = [int(school["enroll"]) for school in SCHOOLS]
WIDE = [int(school["wide"]) for school in SCHOOLS]

CENTRES = ["Nord"] * 7 + ["Syd"] * 5 + ["Vest"] * 4 + ["Ebro"]
CENTRE_SIZES = {"Nord": 40, "Syd": 25, "Vest": 4, "Ebro": 1}
SCORES = [3, 5, 4, 4, 2, 5, 3, 1, 2, 5, 4, 2, 5, 3, 5, 4, 2]
MET = [1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0]
APPLIES = [
    True,
    True,
    True,
    False,
    True,
    False,
    True,
    True,
    True,
    True,
    False,
    True,
    True,
    False,
    *[True] * 3,
]

UNITS_ASKED = (UNITS, UNIT_STRATA, UNIT_SIZES)
CENTRES_ASKED = (SCORES, CENTRES, CENTRE_SIZES)
TWO_SIZES = {"Nord": 40, "Syd": 25}
TWO_ASKED = (SCORES[:12], CENTRES[:12], TWO_SIZES)


def cases(name, *args, figures=FIGURES, **kwargs):
    """One case for each line that R printed: the level, then the five figures."""
    return [
        Case(
            args,
            {figure: value for figure, value in zip(FIGURES, line[1:], strict=True) if figure in figures},
            {"level": line[0], **kwargs},
        )
        for line in printed("stratified.R", name)
    ]


def of_method(method, in_r, *, figures=FIGURES):
    """The schools, two centres sampled, and these with two more drawn whole; R's df where it counts those."""
    return [
        *cases(f"api wide {in_r}", WIDE, SCHOOL_STRATA, SCHOOL_SIZES, method=method, figures=figures),
        *cases(f"two met {in_r}", MET[:12], CENTRES[:12], TWO_SIZES, method=method, figures=figures),
        *cases(f"centres met {in_r}", MET, CENTRES, CENTRE_SIZES, method=method, df=13, figures=figures),
    ]


ORACLES = [
    Oracle(
        stratified_mean,
        SOURCE,
        [
            *cases("fpc mean", *UNITS_ASKED),
            *cases("api mean", RESULTS, SCHOOL_STRATA, SCHOOL_SIZES),
            *cases("two mean", *TWO_ASKED),
            *cases("centres mean", *CENTRES_ASKED, df=13),
        ],
        1e-9,
    ),
    Oracle(
        stratified_mean,
        "apistrat as courses in survey print it: 662.29, SE 9.4089",
        [Case((RESULTS, SCHOOL_STRATA, SCHOOL_SIZES), {"estimate": 662.29, "se": 9.4089})],
        0.005,
    ),
    Oracle(
        stratified_total,
        SOURCE,
        [
            *cases("fpc total", *UNITS_ASKED),
            *cases("centres total", *CENTRES_ASKED, df=13),
            *cases("api total", PUPILS, SCHOOL_STRATA, SCHOOL_SIZES),
        ],
        1e-6,
    ),
    Oracle(stratified_proportion, f"{SOURCE}: beta", of_method("korn-graubard", "beta"), 1e-9),
    Oracle(stratified_proportion, f"{SOURCE}: mean", of_method("mean", "mean"), 1e-9),
    Oracle(
        stratified_proportion,
        f"{SOURCE}: logit",
        # R fits it step by step and stops at a relative 1e-8; its share is exact only from svymean.
        of_method("logit", "logit", figures=("se", "df", "lower", "upper")),
        1e-7,
    ),
    Oracle(
        domain_mean,
        f"{SOURCE}: svymean of a subset",
        [
            *cases("api domain", RESULTS, SCHOOL_STRATA, SCHOOL_SIZES, [not wide for wide in WIDE]),
            *cases("api few", RESULTS, SCHOOL_STRATA, SCHOOL_SIZES, [pupils > 2000 for pupils in PUPILS]),
            *cases("two domain", *TWO_ASKED, APPLIES[:12]),
            *cases("centres domain", *CENTRES_ASKED, APPLIES, figures=("estimate", "se")),
        ],
        1e-9,
    ),
]
