"""Agreement: what holds whatever the ratings, what is not defined, and what is refused."""

import math
from collections import Counter
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sampling.agreement import (
    agreement_undefined,
    cohen_kappa,
    fleiss_kappa,
    fleiss_undefined,
    gwet_ac1,
    gwet_ac2,
    krippendorff_alpha,
    percent_agreement,
)
from sampling.errors import EstimatorUnknown, FigureInvalid, LengthsDiffer, SampleEmpty, ValueInvalid

# Every machine is slow sometimes; a time limit would fail at random.
PATIENT = settings(deadline=None, max_examples=50)
EXACT = {"rel_tol": 0, "abs_tol": 1e-12}
LEVELS = ["nominal", "ordinal", "interval", "ratio"]
WEIGHTS = ["identity", "linear", "ordinal", "quadratic"]
ANSWERS = ["no", "partly", "yes"]

#: Every chance-corrected figure, by its name.
CORRECTED = {
    **{f"alpha-{level}": lambda ratings, level=level: krippendorff_alpha(ratings, level) for level in LEVELS},
    **{f"ac2-{kind}": lambda ratings, kind=kind: gwet_ac2(ratings, kind) for kind in WEIGHTS},
    "ac1": gwet_ac1,
}
KAPPAS = {
    f"kappa-{kind}": lambda ratings, kind=kind: cohen_kappa(ratings, kind)
    for kind in (None, "linear", "quadratic")
}
EVERY = {"percent": percent_agreement, **CORRECTED}


def rows_of(reviewers, values):
    return st.integers(0, 12).flatmap(
        lambda cases: st.lists(
            st.lists(values, min_size=cases, max_size=cases),
            min_size=reviewers[0],
            max_size=reviewers[1],
        )
    )


ratings_of_some = rows_of((2, 5), st.none() | st.integers(0, 4))
ratings_of_two = rows_of((2, 2), st.none() | st.integers(0, 4))
whole_ratings = rows_of((2, 5), st.integers(0, 4))


def same(one, other):
    return one is other if one is None or other is None else math.isclose(one, other, **EXACT)


def cases_of(ratings):
    """The ratings of each case, without the missing."""
    return [[value for value in case if value is not None] for case in zip(*ratings, strict=True)]


def alpha_in_fractions(ratings, distance):
    """1 - observed / expected over all pairs of ratings, one by one: slow, and in whole numbers."""
    read = [case for case in cases_of(ratings) if len(case) >= 2]
    ratings_read = [value for case in read for value in case]
    count = len(ratings_read)
    observed = sum(
        2 * distance(one, other) / Fraction(len(case) - 1)
        for case in read
        for one, other in combinations(case, 2)
    ) / Fraction(count)
    expected = sum(2 * distance(one, other) for one, other in combinations(ratings_read, 2))
    return 1 - observed / (expected / Fraction(count * (count - 1)))


def ordinal_distance(ratings):
    counted = Counter(value for case in cases_of(ratings) if len(case) >= 2 for value in case)

    def distance(one, other):
        low, high = sorted((one, other))
        between = sum(counted[value] for value in range(low, high + 1))
        return (between - Fraction(counted[low] + counted[high], 2)) ** 2

    return distance


DISTANCES = {
    "nominal": lambda ratings: lambda one, other: Fraction(one != other),
    "ordinal": ordinal_distance,
    "interval": lambda ratings: lambda one, other: Fraction(one - other) ** 2,
    "ratio": lambda ratings: lambda one, other: Fraction(one - other, one + other or 1) ** 2,
}


def gwet_in_fractions(ratings, kind):
    """The formula as it is printed, in whole numbers."""
    labels = sorted({value for row in ratings for value in row if value is not None})
    q = len(labels)
    place = {label: at for at, label in enumerate(labels)}

    def weight(one, other):
        apart = abs(place[one] - place[other])
        return {
            "identity": Fraction(apart == 0),
            "linear": 1 - Fraction(apart, q - 1),
            "quadratic": 1 - Fraction(apart, q - 1) ** 2,
            "ordinal": 1 - Fraction(math.comb(apart + 1, 2), math.comb(q, 2)),
        }[kind]

    rated = [case for case in cases_of(ratings) if case]
    twice = [case for case in rated if len(case) >= 2]
    observed = sum(
        sum(weight(one, other) for one, other in combinations(case, 2)) / Fraction(math.comb(len(case), 2))
        for case in twice
    ) / Fraction(len(twice))
    shares = [sum(Fraction(case.count(label), len(case)) for case in rated) / len(rated) for label in labels]
    total = sum(weight(one, other) for one in labels for other in labels)
    by_chance = total * sum(share * (1 - share) for share in shares) / (q * (q - 1))
    return (observed - by_chance) / (1 - by_chance)


class TestAgainstTheFormulaInFractions:
    @pytest.mark.parametrize("level", LEVELS)
    @given(ratings=ratings_of_some)
    @PATIENT
    def test_alpha(self, level, ratings):
        assume(agreement_undefined(ratings) is None)
        wanted = alpha_in_fractions(ratings, DISTANCES[level](ratings))
        assert math.isclose(krippendorff_alpha(ratings, level), wanted, **EXACT)

    @pytest.mark.parametrize("kind", WEIGHTS)
    @given(ratings=ratings_of_some)
    @PATIENT
    def test_gwet(self, kind, ratings):
        assume(agreement_undefined(ratings) is None)
        assert math.isclose(gwet_ac2(ratings, kind), gwet_in_fractions(ratings, kind), **EXACT)

    @given(ratings=ratings_of_some)
    @PATIENT
    def test_percent(self, ratings):
        assume(agreement_undefined(ratings) != "no-case-read-twice")
        pairs = [list(combinations(case, 2)) for case in cases_of(ratings) if len(case) >= 2]
        shares = [Fraction(sum(one == other for one, other in case), len(case)) for case in pairs]
        assert math.isclose(percent_agreement(ratings), sum(shares) / len(shares), **EXACT)


class TestProperties:
    @pytest.mark.parametrize("name", EVERY)
    @given(ratings=ratings_of_some, data=st.data())
    @PATIENT
    def test_neither_order_of_reviewers_nor_of_cases_counts(self, name, ratings, data):
        shuffled = data.draw(st.permutations(ratings))
        order = data.draw(st.permutations(range(len(ratings[0]))))
        shuffled = [[row[case] for case in order] for row in shuffled]
        assert same(EVERY[name](ratings), EVERY[name](shuffled))
        assert agreement_undefined(ratings) == agreement_undefined(shuffled)

    @pytest.mark.parametrize("name", KAPPAS)
    @given(ratings=ratings_of_two)
    @PATIENT
    def test_kappa_neither(self, name, ratings):
        assert same(KAPPAS[name](ratings), KAPPAS[name](ratings[::-1]))
        assert same(KAPPAS[name](ratings), KAPPAS[name]([row[::-1] for row in ratings]))

    @given(ratings=ratings_of_two, names=st.permutations(["a", "b", "c", "d", "e"]))
    @PATIENT
    def test_names_of_categories_do_not_count_where_they_have_no_order(self, ratings, names):
        named = [[None if value is None else names[value] for value in row] for row in ratings]
        assert same(krippendorff_alpha(ratings, "nominal"), krippendorff_alpha(named, "nominal"))
        assert same(gwet_ac1(ratings), gwet_ac1(named))
        assert same(cohen_kappa(ratings), cohen_kappa(named))
        assert same(percent_agreement(ratings), percent_agreement(named))

    @given(ratings=ratings_of_two)
    @PATIENT
    def test_only_the_order_counts_at_the_ordinal_level(self, ratings):
        stretched = [[None if value is None else value**3 - 7 for value in row] for row in ratings]
        for figure in (krippendorff_alpha, gwet_ac2, lambda both: cohen_kappa(both, "linear")):
            assert same(figure(ratings), figure(stretched))

    @given(ratings=ratings_of_two)
    @PATIENT
    def test_texts_in_their_order_are_as_numbers(self, ratings):
        names = ["never", "hardly", "half", "nearly", "always"]
        named = [[None if value is None else names[value] for value in row] for row in ratings]
        numbers, texts = {"categories": range(5)}, {"categories": names}
        assert same(krippendorff_alpha(ratings, **numbers), krippendorff_alpha(named, **texts))
        assert same(gwet_ac2(ratings, **numbers), gwet_ac2(named, **texts))
        assert same(cohen_kappa(ratings, "linear", **numbers), cohen_kappa(named, "linear", **texts))

    @given(ratings=ratings_of_some, scale=st.floats(1e-300, 1e300), shift=st.integers(-9, 9))
    @PATIENT
    def test_neither_unit_nor_zero_counts_at_the_interval_level(self, ratings, scale, shift):
        moved = [[None if value is None else (value + shift) * scale for value in row] for row in ratings]
        assert same(krippendorff_alpha(ratings, "interval"), krippendorff_alpha(moved, "interval"))

    @given(ratings=ratings_of_some, scale=st.floats(1e-300, 1e300))
    @PATIENT
    def test_the_unit_does_not_count_at_the_ratio_level(self, ratings, scale):
        moved = [[None if value is None else value * scale for value in row] for row in ratings]
        assert same(krippendorff_alpha(ratings, "ratio"), krippendorff_alpha(moved, "ratio"))

    @given(row=st.lists(st.integers(0, 4), min_size=2), reviewers=st.integers(2, 4))
    @PATIENT
    def test_full_agreement_that_varies_is_1(self, row, reviewers):
        assume(len(set(row)) > 1)
        ratings = [row] * reviewers
        assert {figure(ratings) for figure in EVERY.values()} == {1}
        assert {figure(ratings[:2]) for figure in KAPPAS.values()} == {1}
        assert fleiss_kappa([[reviewers * (value == rated) for value in range(5)] for rated in row]) == 1

    @given(ratings=ratings_of_some)
    @PATIENT
    def test_ac2_with_identity_is_ac1(self, ratings):
        assert gwet_ac2(ratings, "identity") == gwet_ac1(ratings)

    @given(ratings=rows_of((2, 2), st.integers(0, 1)))
    @PATIENT
    def test_weights_make_no_difference_for_two_categories(self, ratings):
        assume(agreement_undefined(ratings) is None)
        assert len({round(gwet_ac2(ratings, kind), 12) for kind in WEIGHTS}) == 1
        assert len({round(figure(ratings), 12) for figure in KAPPAS.values()}) == 1
        assert len({round(krippendorff_alpha(ratings, level), 12) for level in LEVELS[:3]}) == 1

    @given(ratings=ratings_of_some)
    @PATIENT
    def test_nothing_is_above_1_and_no_figure_is_nan(self, ratings):
        for figure in EVERY.values():
            assert figure(ratings) is None or -100 < figure(ratings) <= 1

    @given(ratings=ratings_of_some)
    @PATIENT
    def test_a_case_read_once_does_not_move_alpha_or_percent(self, ratings):
        more = [[*row, 3 if place == 0 else None] for place, row in enumerate(ratings)]
        assert same(percent_agreement(ratings), percent_agreement(more))
        for level in LEVELS:
            assert same(krippendorff_alpha(ratings, level), krippendorff_alpha(more, level))

    def test_a_case_read_once_moves_gwet_s_shares(self):
        ratings = [[1, 1, 2, 1], [1, 1, 2, 2]]
        assert gwet_ac1(
            [[*row, *rest] for row, rest in zip(ratings, ([2], [None]), strict=True)]
        ) != gwet_ac1(ratings)

    @given(ratings=whole_ratings)
    @PATIENT
    def test_fleiss_and_nominal_alpha_differ_by_the_size_of_the_sample(self, ratings):
        """Krippendorff (2011): alpha = kappa + (1 - kappa)/n, n the number of ratings, at the nominal level."""
        counts = [[case.count(value) for value in range(5)] for case in cases_of(ratings)]
        assume(counts)
        kappa, alpha = fleiss_kappa(counts), krippendorff_alpha(ratings, "nominal")
        assert fleiss_undefined(counts) == agreement_undefined(ratings)
        if kappa is None:
            assert alpha is None
        else:
            assert math.isclose(alpha, kappa + (1 - kappa) / (len(counts) * len(ratings)), **EXACT)

    @given(ratings=ratings_of_two, kind=st.sampled_from([None, "linear", "quadratic"]))
    @PATIENT
    def test_kappa_of_the_cases_that_both_read(self, ratings, kind):
        both = [case for case in zip(*ratings, strict=True) if None not in case]
        assume(both)
        read = [list(row) for row in zip(*both, strict=True)]
        whole = range(5)
        assert same(cohen_kappa(ratings, kind, categories=whole), cohen_kappa(read, kind, categories=whole))


class TestOrderOfCategories:
    def test_answers_in_their_order(self):
        near = [["yes", "partly", "no", "yes"], ["partly", "partly", "no", "yes"]]
        far = [["yes", "partly", "no", "yes"], ["no", "partly", "no", "yes"]]
        for figure in (krippendorff_alpha, gwet_ac2):
            assert figure(near, categories=ANSWERS) > figure(far, categories=ANSWERS)
        assert gwet_ac1(near) > 0

    def test_two_texts_need_no_order(self):
        ratings = [["no", "yes", "yes"], ["no", "yes", "no"]]
        assert krippendorff_alpha(ratings) == krippendorff_alpha(ratings, categories=["yes", "no"])

    def test_a_category_never_used_counts(self):
        ratings = [[1, 1, 3, 1], [1, 3, 3, 1]]
        assert gwet_ac1(ratings, categories=[1, 2, 3]) > gwet_ac1(ratings)
        assert gwet_ac2(ratings, categories=[1, 2, 3]) != gwet_ac2(ratings)

    def test_whole_numbers_and_floats_are_the_same_category(self):
        assert percent_agreement([[1, 2], [1.0, 2.0]]) == 1.0

    def test_arrays_are_lists_too(self):
        ratings = [[1, 2, 3, 3], [1, 2, 3, 2]]
        assert gwet_ac2(np.array(ratings)) == gwet_ac2(ratings)


class TestUndefined:
    @pytest.mark.parametrize(
        ("ratings", "reason"),
        [
            pytest.param([[], []], "no-case-read-twice", id="no case"),
            pytest.param([[None, None], [None, None]], "no-case-read-twice", id="nothing read"),
            pytest.param([[1, None], [None, 2]], "no-case-read-twice", id="each read one"),
            pytest.param([[1, 1], [1, 1]], "nothing-varies", id="all the same"),
            pytest.param([["yes", "no"], ["yes", None]], "nothing-varies", id="the other was read once"),
            pytest.param([[1, 1], [2, 2]], None, id="each their own"),
        ],
    )
    def test_reason(self, ratings, reason):
        assert agreement_undefined(ratings) == reason
        figures = {
            krippendorff_alpha(ratings, "nominal"),
            krippendorff_alpha(ratings),
            gwet_ac1(ratings),
            gwet_ac2(ratings),
            cohen_kappa(ratings),
            cohen_kappa(ratings, "linear"),
        }
        assert (figures == {None}) == (reason is not None)
        assert None not in figures or reason is not None

    def test_percent_agreement_is_defined_where_nothing_varies(self):
        assert percent_agreement([[1, 1], [1, 1]]) == 1.0
        assert percent_agreement([[1, None], [None, 1]]) is None

    def test_all_the_same_is_not_defined_whatever_categories_there_are(self):
        assert gwet_ac1([[1, 1], [1, 1]], categories=[1, 2]) is None
        assert cohen_kappa([[1, 1], [1, 1]], categories=[1, 2]) is None

    @pytest.mark.parametrize(
        ("counts", "reason"),
        [
            pytest.param([[1, 0], [0, 1]], "no-case-read-twice", id="one reviewer"),
            pytest.param([[0, 0]], "no-case-read-twice", id="no reviewer"),
            pytest.param([[3, 0], [3, 0]], "nothing-varies", id="all the same"),
            pytest.param([[3, 0], [0, 3]], None, id="varies"),
        ],
    )
    def test_fleiss(self, counts, reason):
        assert fleiss_undefined(counts) == reason
        assert (fleiss_kappa(counts) is None) == (reason is not None)


class TestFleiss:
    def test_full_agreement_that_varies_is_1(self):
        assert fleiss_kappa([[6, 0, 0], [0, 6, 0], [6, 0, 0]]) == 1

    @pytest.mark.parametrize("large", [10**17, 10**30, 10**400])
    def test_counts_too_large_for_floats(self, large):
        """Of 2 · large ratings one differs: kappa is just below what the same shares give in the large."""
        each, ratings = Fraction(large), Fraction(2 * large)
        observed = (1 + (each - 2) / each) / 2
        expected = (ratings - 1) ** 2 / ratings**2 + 1 / ratings**2
        wanted = (observed - expected) / (1 - expected)
        assert fleiss_kappa([[large, 0], [large - 1, 1]]) == float(wanted)
        assert fleiss_kappa([[large, 0], [0, large]]) == 1

    def test_empty_categories_do_not_count(self):
        assert fleiss_kappa([[2, 0, 1], [1, 0, 2]]) == fleiss_kappa([[2, 1], [1, 2]])


def refused(call, error):
    with pytest.raises(error) as raised:
        call()
    assert type(raised.value) is error
    return raised.value.values


class TestRefused:
    @pytest.mark.parametrize("figure", [*EVERY.values(), *KAPPAS.values(), agreement_undefined])
    @pytest.mark.parametrize(
        ("ratings", "error", "values"),
        [
            pytest.param([[1, 2], [1]], LengthsDiffer, {"lengths": [2, 1]}, id="ragged"),
            pytest.param(
                [[1, 2]],
                FigureInvalid,
                {"name": "the number of reviewers", "wanted": "2 or more", "value": 1},
                id="one reviewer",
            ),
            pytest.param(
                [], FigureInvalid, {"name": "the number of reviewers", "value": 0}, id="no reviewer"
            ),
            pytest.param(["ab", "ab"], FigureInvalid, {"name": "ratings", "value": "ab"}, id="texts"),
            pytest.param([1, 2], FigureInvalid, {"name": "ratings", "value": 1}, id="one list only"),
            pytest.param([[1, 2], [1, math.inf]], ValueInvalid, {"place": "2 of reviewer 2"}, id="infinite"),
            pytest.param([[1, True], [1, 1]], ValueInvalid, {"place": "2 of reviewer 1"}, id="boolean"),
            pytest.param([[1, 1], [1, 10**400]], ValueInvalid, {"value": 10**400}, id="too large"),
            pytest.param([[1, 1], [[1], 1]], ValueInvalid, {"value": [1]}, id="list"),
            pytest.param([[1, 1], [1, 1 + 2j]], ValueInvalid, {"value": 1 + 2j}, id="complex"),
        ],
    )
    def test_ratings(self, figure, ratings, error, values):
        assert values.items() <= refused(lambda: figure(ratings), error).items()

    @pytest.mark.parametrize("figure", [*EVERY.values(), *KAPPAS.values(), agreement_undefined])
    def test_nan(self, figure):
        values = refused(lambda: figure([[1, 2], [math.nan, 1]]), ValueInvalid)
        assert values["place"] == "1 of reviewer 2"
        assert math.isnan(values["value"])

    @pytest.mark.parametrize(
        ("call", "name", "value", "known"),
        [
            (lambda ratings: krippendorff_alpha(ratings, "cardinal"), "level", "cardinal", LEVELS),
            (lambda ratings: gwet_ac2(ratings, "radical"), "weights", "radical", WEIGHTS),
            (lambda ratings: gwet_ac2(ratings, None), "weights", None, WEIGHTS),
            (
                lambda ratings: cohen_kappa(ratings, "equal"),
                "weights",
                "equal",
                [None, "linear", "quadratic"],
            ),
        ],
    )
    def test_unknown_levels_and_weights(self, call, name, value, known):
        values = refused(lambda: call([[1, 2], [1, 2]]), EstimatorUnknown)
        assert values == {"name": name, "value": value, "known": known}

    def test_three_reviewers_for_cohen(self):
        values = refused(lambda: cohen_kappa([[1, 2]] * 3), FigureInvalid)
        assert values == {"name": "the number of reviewers", "wanted": "2", "value": 3}

    @pytest.mark.parametrize("level", ["interval", "ratio"])
    def test_texts_where_numbers_are_needed(self, level):
        values = refused(lambda: krippendorff_alpha([[1, "yes"], [1, 2]], level), ValueInvalid)
        assert values == {"place": "2 of reviewer 1", "wanted": "a finite number or None", "value": "yes"}

    def test_negative_numbers_at_the_ratio_level(self):
        values = refused(lambda: krippendorff_alpha([[1, -1], [1, 2]], "ratio"), ValueInvalid)
        assert values == {"place": "2 of reviewer 1", "wanted": "0 or more", "value": -1}

    @pytest.mark.parametrize(
        "figure",
        [krippendorff_alpha, gwet_ac2, lambda ratings, **known: cohen_kappa(ratings, "linear", **known)],
    )
    @pytest.mark.parametrize(
        "ratings", [[["no", "partly"], ["yes", "yes"]], [[1, "partly"], [2, 2]]], ids=["texts", "mixed"]
    )
    def test_texts_whose_order_is_not_known(self, figure, ratings):
        values = refused(lambda: figure(ratings), FigureInvalid)
        assert values["name"] == "categories"
        assert "partly" in values["wanted"]

    @pytest.mark.parametrize("figure", [krippendorff_alpha, gwet_ac1, gwet_ac2, cohen_kappa])
    def test_categories(self, figure):
        ratings = [["no", "yes"], ["no", "perhaps"]]
        values = refused(lambda: figure(ratings, categories=ANSWERS), ValueInvalid)
        assert values == {"place": "2 of reviewer 2", "wanted": f"one of {ANSWERS}", "value": "perhaps"}
        for named in (["no", "no"], ["no", None]):
            assert refused(lambda: figure(ratings, categories=named), FigureInvalid)["value"] == named  # noqa: B023
        assert refused(lambda: figure(ratings, categories="no"), FigureInvalid)["value"] == "no"
        assert refused(lambda: figure(ratings, categories=["no", True]), ValueInvalid)["value"] is True

    @pytest.mark.parametrize(
        ("counts", "error", "values"),
        [
            pytest.param([], SampleEmpty, {}, id="no case"),
            pytest.param([[1, 2], [3]], LengthsDiffer, {"lengths": [2, 1]}, id="ragged"),
            pytest.param(
                [[1, 2], [4, -1]], ValueInvalid, {"place": "2 of row 2", "value": -1}, id="negative"
            ),
            pytest.param([[1, 2], [1.5, 1.5]], ValueInvalid, {"place": "1 of row 2"}, id="not whole"),
            pytest.param([[1, math.nan]], ValueInvalid, {"place": "2 of row 1"}, id="NaN"),
            pytest.param([[True, 2]], ValueInvalid, {"place": "1 of row 1", "value": True}, id="boolean"),
            pytest.param([[None, 2]], ValueInvalid, {"place": "1 of row 1", "value": None}, id="missing"),
            pytest.param(
                [[1, 2], [2, 2]],
                FigureInvalid,
                {"name": "the sum of row 2", "wanted": "3, that of row 1", "value": 4},
                id="unequal sums",
            ),
        ],
    )
    def test_counts(self, counts, error, values):
        for figure in (fleiss_kappa, fleiss_undefined):
            assert values.items() <= refused(lambda: figure(counts), error).items()  # noqa: B023
