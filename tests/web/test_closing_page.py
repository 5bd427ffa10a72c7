"""What keeps a round open: a few cases each with its link, many as ranges."""

from web.pages.closing import blocking_links


class TestLinks:
    def test_a_few_lead_to_each_case(self):
        found = blocking_links("/rounds/x", "cases-not-reviewed", tuple(range(1, 13)))
        assert len(found) == 12
        assert found[0] == ("1", "/rounds/x/cases/1")

    def test_many_are_drawn_together(self):
        found = blocking_links("/rounds/x", "cases-not-reviewed", (3, *range(68, 136)))
        assert found == (("3", "/rounds/x/cases/3"), ("68–135", "/rounds/x/follow"))
