"""Item health: the words, what they suggest, and that nobody can tell a centre's count from them."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_round import CHECKLIST

from checklists.load import load
from checklists.model import PartChange
from checklists.score import score
from lirk.domain.item_health import (
    FEWEST_CASES,
    Bounds,
    ItemReading,
    Measure,
    Often,
    Outcome,
    Pairs,
    Said,
    Suggestion,
    Traits,
    Why,
    is_alone,
    reading_of,
    said_of,
    same_item,
    suggestion_for,
    traits_of,
    words_of,
)
from lirk.domain.reviews import Answer

NA, CA, NO, PARTLY, COMMENTED, PLAIN = (
    Outcome.NOT_APPLICABLE,
    Outcome.CANNOT_ASSESS,
    Outcome.NO,
    Outcome.PARTLY,
    Outcome.COMMENTED,
    Outcome.PLAIN,
)
SELDOM, SOMETIMES, ALWAYS, WITHHELD = (
    Often.SELDOM,
    Often.SOMETIMES,
    Often.NEARLY_ALWAYS,
    Often.WITHHELD,
)
USUAL = Traits(critical=False, scored=True, conditional=False)


def centres(*counts, size=15):
    """Centres of one size, each with so many of each outcome; the rest is plain."""
    found = {}
    for place, given_ in enumerate(counts):
        readings = [ItemReading(outcome) for outcome, count in given_.items() for _ in range(count)]
        found[f"Center {place}"] = readings + [ItemReading(PLAIN)] * (size - len(readings))
    return found


def nine(**outcomes):
    """Nine centres of 15, with so many of each outcome dealt from the first centre on; the rest is plain."""
    every = [ItemReading(Outcome[name]) for name, count in outcomes.items() for _ in range(count)]
    every += [ItemReading(PLAIN)] * (135 - len(every))
    return {f"Center {place}": every[15 * place : 15 * place + 15] for place in range(9)}


class TestBounds:
    def test_the_ends_are_one_more_than_the_largest_centre(self):
        bounds = Bounds.of([15, 12, 0, 9, 15, 15])
        assert (bounds.reviews, bounds.largest, bounds.centres, bounds.ends) == (66, 15, 5, 16)

    def test_the_ends_never_fall_below_what_ten_relevant_cases_ask(self):
        assert Bounds.of([2] * 9).ends == FEWEST_CASES - 1

    @pytest.mark.parametrize(
        ("sizes", "usable"),
        [
            pytest.param([30] * 5, False, id="five centres"),
            pytest.param([8] * 5, False, id="five of eight"),
            pytest.param([6] * 8, True, id="eight of six"),
            pytest.param([6] * 7, False, id="seven of six"),
            pytest.param([30, 10, 10, 10, 10], False, id="one has nearly half"),
            pytest.param([15] * 9, True, id="nine of fifteen"),
            pytest.param([], False, id="none"),
        ],
    )
    def test_when_anything_is_said(self, sizes, usable):
        assert Bounds.of(sizes).usable is usable


class TestWords:
    """Nine centres of 15: 135 reviews, ends 16; nothing is said of an item relevant in 66 or fewer."""

    @pytest.mark.parametrize(
        ("outcomes", "measure", "word"),
        [
            ({}, Measure.CANNOT_ASSESS, SELDOM),
            ({"CANNOT_ASSESS": 16}, Measure.CANNOT_ASSESS, SELDOM),
            ({"CANNOT_ASSESS": 17}, Measure.CANNOT_ASSESS, SOMETIMES),
            ({"CANNOT_ASSESS": 118}, Measure.CANNOT_ASSESS, SOMETIMES),
            ({"CANNOT_ASSESS": 119}, Measure.CANNOT_ASSESS, ALWAYS),
            ({"NO": 10, "PARTLY": 7}, Measure.NOT_MET, SOMETIMES),
            ({"NO": 10, "PARTLY": 7}, Measure.PARTLY, SELDOM),
            ({"COMMENTED": 17}, Measure.COMMENTED, SOMETIMES),
            ({"NOT_APPLICABLE": 119}, Measure.NOT_APPLICABLE, ALWAYS),
            ({"NOT_APPLICABLE": 118}, Measure.NOT_APPLICABLE, SOMETIMES),
            ({"NOT_APPLICABLE": 69}, Measure.CANNOT_ASSESS, WITHHELD),
            ({"NOT_APPLICABLE": 68}, Measure.CANNOT_ASSESS, SELDOM),
            ({"NOT_APPLICABLE": 67, "NO": 52}, Measure.NOT_MET, ALWAYS),
            ({"NOT_APPLICABLE": 67, "NO": 51}, Measure.NOT_MET, SOMETIMES),
        ],
    )
    def test_of_so_many(self, outcomes, measure, word):
        assert said_of(nine(**outcomes)).words[measure] is word

    def test_doubt_is_counted_among_relevant_cases(self):
        found = nine()
        found["Center 0"] = [ItemReading(PLAIN, in_doubt=True)] * 15
        assert said_of(found).words[Measure.IN_DOUBT] is SELDOM
        found["Center 1"] = [ItemReading(NO, in_doubt=True)] * 2 + [ItemReading(PLAIN)] * 13
        assert said_of(found).words[Measure.IN_DOUBT] is SOMETIMES

    def test_what_an_overview_says_of_a_theme_of_one_item_is_not_said_again(self):
        words = said_of(nine(NO=30), alone=True).words
        assert (words[Measure.NOT_MET], words[Measure.PARTLY]) == (WITHHELD, WITHHELD)
        assert words[Measure.CANNOT_ASSESS] is SELDOM

    @pytest.mark.parametrize(
        ("found", "why"),
        [
            ({}, Why.NO_ROUND),
            ({"A": []}, Why.NO_ROUND),
            (centres(*[{}] * 5, size=40), Why.FEW_CENTRES),
            (centres(*[{}] * 6, size=7), Why.FEW_CASES),
        ],
    )
    def test_why_there_are_none(self, found, why):
        said = said_of(found)
        assert (said.words, said.why) == ({}, why)

    def test_disagreement_needs_cases_that_two_have_read(self):
        assert said_of(nine()).words[Measure.DISPUTED] is WITHHELD
        pairs = Pairs(read=60, differing=11, largest=10, centres=6)
        assert said_of(nine(), pairs=pairs).words[Measure.DISPUTED] is SELDOM
        assert said_of(nine(), pairs=replace(pairs, differing=12)).words[Measure.DISPUTED] is SOMETIMES
        assert said_of(nine(), pairs=replace(pairs, centres=4)).words[Measure.DISPUTED] is WITHHELD


READINGS = st.builds(ItemReading, st.sampled_from(Outcome), st.booleans())


def a_reading(reading):
    return ItemReading(reading.outcome, reading.in_doubt and reading.outcome is not NA)


class TestNobodyCanTell:
    @settings(max_examples=60, deadline=None)
    @given(st.data())
    def test_exchanging_what_two_centres_answered_changes_nothing(self, data):
        sizes = data.draw(st.lists(st.integers(8, 12), min_size=5, max_size=7))
        found = [data.draw(st.lists(READINGS.map(a_reading), min_size=size, max_size=size)) for size in sizes]
        mixed = data.draw(st.permutations([one for given_ in found for one in given_]))
        before = said_of({str(place): given_ for place, given_ in enumerate(found)})
        after, start = {}, 0
        for place, size in enumerate(sizes):
            after[str(place)] = mixed[start : start + size]
            start += size
        assert said_of(after) == before
        assert repr(said_of(after)) == repr(before)

    def test_exchanging_two_centres_of_one_size_changes_nothing(self):
        found = nine(NO=30, CANNOT_ASSESS=20)
        names = [*found]
        turned = {name: found[other] for name, other in zip(names, reversed(names), strict=True)}
        assert repr(said_of(turned)) == repr(said_of(found))

    @pytest.mark.parametrize(
        "own",
        [
            pytest.param((6, 0, 0, 0, 0, 0), id="never relevant"),
            pytest.param((0, 0, 6, 0, 0, 0), id="not met"),
            pytest.param((0, 0, 0, 0, 0, 6), id="plain"),
            pytest.param((1, 1, 1, 1, 1, 1), id="mixed"),
            pytest.param((0, 0, 2, 0, 4, 0), id="two things"),
        ],
    )
    def test_two_counts_remain_for_each_other_centre(self, own):
        """Eight centres of six, every total of the other seven: what is possible for one of them is listed.

        Any six of the others' 42 answers can be one centre's. It has two possible counts of a thing unless all
        42 are alike in it, in every result that sounds the same.
        """
        words = spoken(own)
        for places, of in alike(words):
            for thing in things(OTHERS[places]):
                assert thing.max() > 0, (own, of)
                assert thing.min() < 42, (own, of)

    @pytest.mark.parametrize("own", [(0, 0, 0, 0, 0, 6), (0, 1, 1, 1, 1, 2), (3, 0, 3, 0, 0, 0)])
    def test_also_for_who_knows_how_often_it_was_relevant_there(self, own):
        """The same, for each number of relevant cases among the others; of what is said, all is possible twice."""
        words = np.column_stack([spoken(own), OTHERS[:, 0]])
        for places, of in alike(words):
            relevant = 42 - of[-1]
            for thing in things(OTHERS[places])[1:]:
                if relevant:
                    assert thing.max() > 0, (own, of)
                    assert thing.min() < relevant, (own, of)

    def test_something_is_said_all_the_same(self):
        """With eight centres of six each word is said of each thing."""
        words = spoken((0, 1, 1, 1, 1, 2))
        for column in words.T:
            assert {SELDOM, SOMETIMES, ALWAYS} <= {[*Often][code] for code in set(column.tolist())}


SHOWN = (
    Measure.NOT_APPLICABLE,
    Measure.CANNOT_ASSESS,
    Measure.NOT_MET,
    Measure.PARTLY,
    Measure.COMMENTED,
)
BOUNDS = Bounds.of([6] * 8)


def _compositions(total, parts):
    if parts == 1:
        return np.array([[total]])
    return np.concatenate(
        [
            np.column_stack([np.full(len(rest), first), rest])
            for first in range(total + 1)
            for rest in [_compositions(total - first, parts - 1)]
        ]
    )


#: Every way in which 42 answers of seven centres can be the six outcomes, in the order of ``Outcome``.
OTHERS = _compositions(42, 6)


def things(others):
    """The counts of each thing that is told of, and of the others that a report counts, among the others' answers."""
    na, ca, no, partly, commented, plain = others.T
    return [na, ca, no + partly, partly, commented, no, plain, commented + plain]


def spoken(own):
    """What is said of each result of the others beside one's own, as numbers: by ``words_of`` itself.

    A word depends on its own total and on how many are relevant; each such pair is asked once.
    """
    total = OTHERS + np.array(own)
    columns = []
    for place, (measure, count) in enumerate(zip(SHOWN, things(total), strict=False)):
        said = np.full((49, 49), -1)
        for irrelevant, hits in {*zip(total[:, 0].tolist(), count.tolist(), strict=True)}:
            outcome = (NA, CA, NO, PARTLY, COMMENTED)[place]
            given_ = Counter({NA: irrelevant})
            given_[outcome] = hits
            given_[PLAIN] = 48 - irrelevant - (0 if outcome is NA else hits)
            said[irrelevant, hits] = [*Often].index(words_of(BOUNDS, given_, 0)[measure])
        columns.append(said[total[:, 0], count])
    return np.column_stack(columns)


def alike(words):
    """The places of the results that sound the same, for each way to sound."""
    kinds, which = np.unique(words, axis=0, return_inverse=True)
    order = np.argsort(which.ravel(), kind="stable")
    edges = np.searchsorted(which.ravel()[order], np.arange(len(kinds) + 1))
    for number, kind in enumerate(kinds):
        yield order[edges[number] : edges[number + 1]], kind.tolist()


def told(reviews=135, **words):
    found = dict.fromkeys(Measure, SELDOM) | {Measure[name]: word for name, word in words.items()}
    return Said(bounds=Bounds(reviews, 15, 9), words=found)


class TestSuggestion:
    @pytest.mark.parametrize(
        ("words", "suggestion", "reasons"),
        [
            ({}, Suggestion.NONE, ()),
            ({"NOT_APPLICABLE": ALWAYS}, Suggestion.RETIRE, (Measure.NOT_APPLICABLE,)),
            ({"NOT_APPLICABLE": SOMETIMES}, Suggestion.NONE, ()),
            ({"CANNOT_ASSESS": SOMETIMES}, Suggestion.REWRITE, (Measure.CANNOT_ASSESS,)),
            (
                {"IN_DOUBT": ALWAYS, "DISPUTED": SOMETIMES, "COMMENTED": SOMETIMES, "PARTLY": SOMETIMES},
                Suggestion.REWRITE,
                (Measure.IN_DOUBT, Measure.DISPUTED, Measure.COMMENTED),
            ),
            ({"PARTLY": SOMETIMES}, Suggestion.SPLIT, (Measure.PARTLY,)),
            ({"CANNOT_ASSESS": WITHHELD, "NOT_MET": WITHHELD}, Suggestion.NONE, ()),
        ],
    )
    def test_follows_from_the_words(self, words, suggestion, reasons):
        assert suggestion_for(USUAL, told(**words)) == (suggestion, reasons)

    @pytest.mark.parametrize("trait", ["critical", "conditional"])
    def test_what_is_critical_or_asked_under_a_condition_stays(self, trait):
        said = told(NOT_APPLICABLE=ALWAYS)
        assert suggestion_for(replace(USUAL, **{trait: True}), said) == (Suggestion.NONE, ())

    def test_seldom_is_never_only_where_that_is_at_most_one_in_ten(self):
        """Ends of 16 are one in ten of 160."""
        assert suggestion_for(USUAL, told(159)) == (Suggestion.NONE, ())
        assert suggestion_for(USUAL, told(160)) == (Suggestion.RETIRE, (Measure.NOT_MET,))
        for trait in ({"critical": True}, {"scored": False}):
            assert suggestion_for(replace(USUAL, **trait), told(160)) == (Suggestion.NONE, ())

    def test_what_is_not_scored_is_not_split(self):
        said = told(PARTLY=SOMETIMES)
        assert suggestion_for(replace(USUAL, scored=False), said) == (Suggestion.NONE, ())

    def test_nothing_said_suggests_nothing(self):
        assert suggestion_for(USUAL, said_of({})) == (Suggestion.NONE, ())


LIST = load(CHECKLIST)
CLEAR, REASONS = LIST.items


class TestReading:
    @pytest.mark.parametrize(
        ("value", "note", "doubt", "outcome"),
        [
            ("yes", "", False, PLAIN),
            ("yes", "Fin.", True, COMMENTED),
            ("yes", "  ", True, PLAIN),
            ("no", "Uklart.", True, NO),
            ("partly", "Noget.", False, PARTLY),
            ("cannot_assess", "Mangler.", True, CA),
        ],
    )
    def test_of_an_answer(self, value, note, doubt, outcome):
        given_ = {"clear": Answer(item_id="clear", value=value, note=note, in_doubt=doubt)}
        scored = score(LIST, {"outcome": "full-grant", "clear": value})
        assert reading_of(CLEAR, scored, given_) == ItemReading(outcome, doubt)

    def test_what_was_not_asked_is_not_relevant_and_its_doubt_is_gone(self):
        given_ = {"reasons": Answer(item_id="reasons", value="no", note="Nej.", in_doubt=True)}
        scored = score(LIST, {"outcome": "full-grant", "clear": "yes", "reasons": "no"})
        assert reading_of(REASONS, scored, given_) == ItemReading(NA)

    def test_a_required_note_is_no_comment(self):
        item = replace(CLEAR, note_required_at=("yes",))
        given_ = {"clear": Answer(item_id="clear", value="yes", note="Krævet.")}
        assert reading_of(item, score(LIST, {"clear": "yes"}), given_).outcome is PLAIN


class TestSameItem:
    def changed(self, version, **changes):
        first = replace(CLEAR, **changes)
        themes = (replace(LIST.themes[0], items=(first, REASONS)),)
        return replace(LIST, version=version, themes=themes)

    def test_a_new_meaning_starts_anew(self):
        new = self.changed(2, changes=(PartChange(version=2, kind="meaning"),))
        assert not same_item(LIST, new, "clear")
        assert same_item(LIST, new, "reasons")

    def test_new_words_go_on(self):
        new = self.changed(2, changes=(PartChange(version=2, kind="wording"),), guidance=CLEAR.question)
        assert same_item(LIST, new, "clear")

    def test_two_texts_with_one_number_must_ask_the_same(self):
        assert not same_item(LIST, self.changed(1, question=REASONS.question), "clear")
        assert same_item(LIST, self.changed(1, guidance=REASONS.question), "clear")
        assert not same_item(LIST, LIST, "gone")

    def test_alone_in_its_theme(self):
        assert not is_alone(LIST, "clear")
        themes = (replace(LIST.themes[0], items=(CLEAR, replace(REASONS, weight=REASONS.weight * 0))),)
        assert is_alone(replace(LIST, themes=themes), "clear")
        assert not is_alone(replace(LIST, themes=themes), "reasons")

    def test_traits(self):
        assert traits_of(LIST, CLEAR) == Traits(critical=True, scored=True, conditional=False)
        assert traits_of(LIST, REASONS) == Traits(critical=False, scored=True, conditional=True)
