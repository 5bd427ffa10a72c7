"""The core set or all items: chosen when a round is planned, shown wherever the round is."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from coordinator import KEY
from core_set import NAME, publish

ALL = "2 punkter i stedet for kernesættets 1"


@pytest.fixture
def planned(coordinator, pages):
    """The coordinator, with a checklist to choose that has a core set."""
    with pages.database.begin() as store:
        publish(store, datetime.now(UTC) - timedelta(days=1))
    return coordinator


def box(page):
    """The box for all items of the letters' checklist."""
    return re.search(rf'<input[^>]*name="full" value="{NAME}"[^>]*>', page.text).group(0)


class TestPlan:
    def test_the_core_set_is_chosen_where_nothing_is_ticked(self, planned):
        page = planned.get("/rounds/plans/new")
        assert ALL in page.text
        assert "checked" not in box(page)
        answer = planned.send("/rounds/plans/new", title="9. runde", key=KEY, checklists=NAME)
        assert "kernesæt, 1 af 2 punkter" in planned.get(answer.headers["location"]).text

    def test_a_tick_asks_all_items_and_stays(self, planned):
        answer = planned.send("/rounds/plans/new", title="9. runde", key=KEY, checklists=NAME, full=NAME)
        at = answer.headers["location"].removesuffix("/register")
        assert "Breve, version 1, alle 2 punkter" in planned.get(f"{at}/register").text
        assert "checked" in box(planned.get(f"{at}/basics"))

    def test_the_tick_can_be_taken_back(self, planned):
        answer = planned.send("/rounds/plans/new", title="9. runde", key=KEY, checklists=NAME, full=NAME)
        at = answer.headers["location"].removesuffix("/register")
        planned.send(f"{at}/basics", full=[])
        assert "Breve, version 1, kernesæt, 1 af 2 punkter" in planned.get(f"{at}/register").text

    def test_what_was_ticked_stays_after_a_refusal(self, planned):
        answer = planned.send("/rounds/plans/new", title="", key=KEY, checklists=NAME, full=NAME)
        assert answer.status_code == 422
        assert "checked" in box(answer)


class TestRound:
    @pytest.mark.parametrize(
        ("full", "said"),
        [([], "Breve, version 1, kernesæt, 1 af 2 punkter"), (NAME, "Breve, version 1, alle 2 punkter")],
    )
    def test_its_page_says_which(self, planned, full, said):
        planned.approved()
        planned.send(f"{planned.at}/basics", checklists=NAME, full=full)
        planned.send(f"{planned.at}/sizes", n="3", reserve="2", go="save")
        planned.send(f"{planned.at}/freeze", how="dice", place="Rådhuset", deadline="31-12-2099")
        planned.send(f"{planned.at}/freeze/confirm")
        assert said in planned.get(f"/rounds/{KEY}").text
