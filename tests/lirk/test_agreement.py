"""How far two who read the same cases answered alike."""

import pytest
from small_round import CHECKLIST

from checklists.load import load
from lirk.domain.agreement import agreement

BREVE = load(CHECKLIST)


def pair(first, second, item="clear"):
    return ({item: first}, {item: second})


def of_clear(*pairs):
    return agreement(BREVE, [pair(*each) for each in pairs])


class TestAgreement:
    def test_pairs_are_counted_item_by_item(self):
        form = of_clear(("yes", "yes"), ("yes", "no"), ("no", "no"), ("partly", "partly"))
        clear, reasons = form.items
        assert (clear.number, clear.pairs, clear.alike, clear.percent) == ("1.1", 4, 3, 0.75)
        assert (reasons.pairs, reasons.percent, reasons.ac1) == (0, None, None)
        assert (form.cases, form.pairs, form.alike, form.percent) == (4, 4, 3, 0.75)

    def test_ac1_of_one_item_reckoned_by_hand(self):
        # Five answers are offered. Shares: yes 3/8, no 3/8, partly 2/8; by chance
        # (15/64 + 15/64 + 12/64) / 4 = 42/256, and (3/4 - 42/256) / (1 - 42/256) = 150/214.
        form = of_clear(("yes", "yes"), ("yes", "no"), ("no", "no"), ("partly", "partly"))
        assert form.items[0].ac1 == pytest.approx(150 / 214)

    def test_alpha_looks_at_the_order_and_passes_over_what_has_none(self):
        near = of_clear(("yes", "partly"), ("no", "no"), ("yes", "yes"), ("partly", "partly"))
        far = of_clear(("yes", "no"), ("no", "no"), ("yes", "yes"), ("partly", "partly"))
        assert far.alpha < near.alpha < 1
        unordered = of_clear(("yes", "partly"), ("no", "no"), ("yes", "yes"), ("partly", "partly"))
        with_missing = of_clear(
            ("yes", "partly"),
            ("no", "no"),
            ("yes", "yes"),
            ("partly", "partly"),
            ("not_applicable", "not_applicable"),
            ("cannot_assess", "yes"),
        )
        assert with_missing.alpha == unordered.alpha
        assert (with_missing.pairs, with_missing.alike) == (6, 4)

    def test_what_is_not_defined_is_none_and_not_zero(self):
        form = of_clear(("yes", "yes"), ("yes", "yes"))
        assert (form.percent, form.alpha, form.items[0].ac1) == (1.0, None, None)
        nothing = agreement(BREVE, [])
        assert (nothing.percent, nothing.alpha) == (None, None)

    def test_an_item_that_only_one_answered_is_no_pair(self):
        form = agreement(BREVE, [({"clear": "yes", "reasons": "no"}, {"clear": "yes"})])
        assert form.items[1].pairs == 0

    def test_who_is_first_does_not_matter(self):
        pairs = [("yes", "no"), ("no", "no"), ("partly", "yes"), ("yes", "yes")]
        one, other = of_clear(*pairs), of_clear(*((second, first) for first, second in pairs))
        assert one.alpha == pytest.approx(other.alpha)
        assert [each.ac1 for each in one.items] == pytest.approx([each.ac1 for each in other.items])
