"""Agreement against printed tables and against other people's programs.

The programs were run once, on 22 November 2026, with Python 3.11: krippendorff 0.9.0, irrCAC 0.4.4 and
statsmodels 0.15.0. The figures of the R
packages irr and irrCAC were printed by others: irr's in the tests of statsmodels, irrCAC's in its own overview.
"""

from oracle import Case, Oracle

from sampling.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)


def raters(*rows):
    """One text a reviewer, one digit a case, a dot where it was not read."""
    return [[None if digit == "." else int(digit) for digit in row] for row in rows]


def table(*rows):
    """The ratings behind a table of two reviewers: rows the first's category, columns the second's."""
    pairs = [
        (one, other)
        for one, row in enumerate(rows, 1)
        for other, count in enumerate(row, 1)
        for _ in range(count)
    ]
    return [list(ratings) for ratings in zip(*pairs, strict=True)]


def counts(*rows):
    """One text a case, one digit a reviewer, as counts of the categories 1 to 5."""
    return [[row.count(str(category)) for category in range(1, 6)] for row in rows]


# Krippendorff (2011), section C: four observers, twelve units, five values.
FOUR_OBSERVERS = raters("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
# Section A: Meg and Owen, ten articles; section B: Ben and Gerry, twelve.
MEG_AND_OWEN = raters("0100000010", "1110010000")
BEN_AND_GERRY = [list("aabbdcccedda"), list("babbbccceddd")]
# Gwet (2014), the table cac.raw4raters of the R package irrCAC: the data above, the rating of the last case by another.
FOUR_RATERS = raters("123321412...", "1233224125..", ".33323422513", "12332441251.")
# Gwet (2014), in irrCAC cont3x3abstractors: 100 pregnancies, two readers of the records.
ABSTRACTORS = table((13, 0, 0), (0, 20, 7), (0, 4, 56))
# Cohen (1968), table 1: 200 patients in three groups (the shares times 200).
PATIENTS = table((88, 14, 18), (10, 40, 10), (2, 6, 12))
# In the R package vcd SexualFun: 91 couples.
COUPLES = table((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
# Fleiss (1971), table 1: 30 patients, six psychiatrists each; depression, personality disorder, schizophrenia,
# neurosis, other.
PSYCHIATRISTS = counts(
    *["444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555"],
    *["144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555"],
    *["555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555"],
)
# In the R package irr: 20 persons, anxiety from 1 to 6, the second and third of three raters.
ANXIETY = raters("36462424332333221334", "21443216111233113322")

# Made by chance for the comparison with programs; many ratings missing in the first and third.
THREE = raters(
    "11232.12.3211211232...3111331..121133132",
    "11.12...11.1121.23.1.11111113211.1212.12",
    "11112211..1113.123213131111.1.23.13....2",
)
TWO = raters(
    "211321113111333312121311122321111313122231111111331133311113",
    "311323113112333311111211112211111223121211211112212331313113",
)
FIVE = raters(
    "3321...1.44.524.24.2.1311.1.13",
    "33..3..3..422...211211411.1...",
    "13.1231..54.4.42.112.1.3..1411",
    "1..44.131.422.42.1.24..214....",
    "3..1...3.2.221.221.13.....1...",
)
SEVEN = raters(
    "21146317224214211713224421517665663223461223113714",
    "41135313256114211713226771311625162113471423117713",
)
# Gwet (2014), in irrCAC raw_5observers.
OBSERVERS = raters(
    "112.001122.0131", "1130000.2110231", "203000222100221", ".13....0.10022.", "2..0001.2....31"
)


def _levels(ratings, *figures):
    levels = ("nominal", "ordinal", "interval", "ratio")
    return [Case((ratings, level), figure) for level, figure in zip(levels, figures, strict=True)]


def _weighted(ratings, *figures):
    kinds = ("linear", "ordinal", "quadratic")
    return [Case((ratings, kind), figure) for kind, figure in zip(kinds, figures, strict=True)]


def _kappas(ratings, *figures):
    kinds = (None, "linear", "quadratic")
    return [Case((ratings, kind), figure) for kind, figure in zip(kinds, figures, strict=True)]


KRIPPENDORFF = [
    Oracle(
        krippendorff_alpha,
        "Krippendorff 2011, A–C",
        [
            *_levels(FOUR_OBSERVERS, 0.743, 0.815, 0.849, 0.797),
            Case((MEG_AND_OWEN, "nominal"), 0.095),
            Case((BEN_AND_GERRY, "nominal"), 0.692),
        ],
        5e-4,
    ),
    Oracle(
        krippendorff_alpha,
        "Python krippendorff 0.9.0",
        [
            *_levels(THREE, 0.3319209039548022, 0.2249607176527726, 0.16233766233766234, 0.22455075704509941),
            *_levels(TWO, 0.41571194762684116, 0.5394932308268731, 0.5543927028324532, 0.5279687936056995),
            *_levels(FIVE, 0.45768760195758573, 0.4645205160357221, 0.4450125208681136, 0.45751545907079105),
            *_levels(SEVEN, 0.48893805309734517, 0.6747227080394922, 0.5787234042553192, 0.6757513899731475),
            *_levels(
                OBSERVERS, 0.48053024026512003, 0.7686851594862338, 0.7718648087755707, 0.6792398972393263
            ),
        ],
        1e-12,
    ),
]

GWET = [
    Oracle(
        gwet_ac1,
        "R irrCAC 1.0 (Gwet 2014)",
        [Case((FOUR_RATERS,), 0.77544), Case((ABSTRACTORS,), 0.8493305)],
        5e-6,
    ),
    Oracle(
        gwet_ac1,
        "Python irrCAC 0.4.4",
        [
            Case((THREE,), 0.417070635366984),
            Case((TWO,), 0.502123876321249),
            Case((FIVE,), 0.513220939107432),
            Case((SEVEN,), 0.51411383618695),
            Case((OBSERVERS,), 0.496622054872614),
        ],
        1e-12,
    ),
    Oracle(
        gwet_ac2,
        "Python irrCAC 0.4.4",
        [
            *_weighted(FOUR_RATERS, 0.858739136432611, 0.898939769907511, 0.914000723551605),
            *_weighted(THREE, 0.375997919993066, 0.354283616348059, 0.340851845070492),
            *_weighted(TWO, 0.554435021774009, 0.582359248387267, 0.599726308587068),
            *_weighted(FIVE, 0.612255867384574, 0.684095985714731, 0.710016210713216),
            *_weighted(SEVEN, 0.579696087940511, 0.609979154058234, 0.617931737137035),
            *_weighted(OBSERVERS, 0.689639422885852, 0.785341793553322, 0.830433572654576),
            Case((FIVE, "identity"), 0.513220939107432),
        ],
        1e-12,
    ),
    Oracle(
        percent_agreement,
        "Python irrCAC 0.4.4",
        [
            Case((FOUR_RATERS,), 0.818181818181818),
            Case((ABSTRACTORS,), 0.89),
            Case((THREE,), 0.588235294117647),
            Case((TWO,), 0.65),
            Case((FIVE,), 0.602666666666667),
            Case((SEVEN,), 0.58),
            Case((OBSERVERS,), 0.615555555555556),
        ],
        1e-12,
    ),
]

KAPPAS = [
    Oracle(cohen_kappa, "Cohen 1968, table 1", [Case((PATIENTS,), 0.492)], 5e-4),
    Oracle(
        cohen_kappa,
        "R irr (anxiety)",
        _kappas(ANXIETY, -0.006289308, 0.1459075, 0.2520325),
        5e-8,
    ),
    Oracle(cohen_kappa, "R irrCAC 1.0 (Gwet 2014)", [Case((ABSTRACTORS,), 0.7964094)], 5e-8),
    Oracle(
        cohen_kappa,
        "Python statsmodels 0.15.0",
        [
            *_kappas(COUPLES, 0.12933025404157042, 0.23738062755798084, 0.3320455862468612),
            *_kappas(TWO, 0.41203919738684086, 0.4883133291219204, 0.5510360706062932),
            *_kappas(SEVEN, 0.4883040935672514, 0.5419309372797744, 0.5746289819453634),
            *_kappas(ABSTRACTORS, 0.7964094021839719, 0.8429020279920023, 0.892156862745098),
        ],
        1e-12,
    ),
    Oracle(fleiss_kappa, "Fleiss 1971, table 1", [Case((PSYCHIATRISTS,), 0.430)], 5e-4),
    Oracle(
        fleiss_kappa,
        "Python statsmodels 0.15.0",
        [
            Case((PSYCHIATRISTS,), 0.43024452006014074),
            Case(
                (
                    [
                        *(
                            [3, 0, 1],
                            [2, 1, 1],
                            [2, 1, 1],
                            [2, 0, 2],
                            [3, 1, 0],
                            [3, 1, 0],
                            [0, 4, 0],
                            [0, 3, 1],
                        ),
                        *([0, 0, 4], [3, 1, 0], [0, 4, 0], [0, 3, 1], [0, 2, 2], [0, 0, 4], [3, 1, 0]),
                    ],
                ),
                0.3461860854987427,
            ),
        ],
        1e-12,
    ),
    Oracle(fleiss_kappa, "R irrCAC 1.0 (Gwet 2014)", [Case((PSYCHIATRISTS[:15],), 0.4139265)], 5e-8),
]

ORACLES = [*KRIPPENDORFF, *GWET, *KAPPAS]
