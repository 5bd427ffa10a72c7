"""Pages on which work is shared out and handed over: what is shown before, and what is done after."""

import re
from datetime import UTC, datetime

import pytest

from lirk.domain.people import Role
from lirk.domain.reviews import Reading
from lirk.domain.round_rules import RoundRules
from lirk.services.samples import acting_cases

OPEN = "/rounds/2026-2"
ASSIGN, HAND_OVER = f"{OPEN}/assign", f"{OPEN}/assign/hand-over"


@pytest.fixture
def browser(sign_in):
    return sign_in("koordinator")


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page.text).group(1)


def shown_in(page):
    return re.search(r'name="shown" value="(\w+)"', page.text).group(1)


def readers(pages, reading=Reading.FIRST):
    """Return the username who has each case of the open round, by number."""
    with pages.database.begin() as store:
        round_ = store.rounds.by_key("2026-2")
        names = {one.id: one.username for one in store.people.all()}
        numbers = {case.id: case.number for case in acting_cases(store, round_)}
        reviews = store.reviews.of(round_.id, reading=reading)
    return {numbers[one.case_id]: names.get(one.reviewer_id) for one in reviews}


def keep_rules(pages, **rules):
    with pages.database.begin() as store:
        round_ = store.rounds.by_key("2026-2")
        store.round_rules.keep(round_.id, RoundRules(**rules))
        store.trail.add("round-rules-kept", actor_id=None, at=datetime.now(UTC), round="2026-2")


def change(store, username, **fields):
    person = store.people.by_username(username)
    kept = {name: getattr(person, name) for name in ("name", "roles", "centres", "caseworker_hash")}
    store.people.change(person.id, **{**kept, **fields})
    store.trail.add("person-changed", actor_id=None, at=datetime.now(UTC), username=username)


class TestPreview:
    def test_cases_time_and_balance_of_each_in_the_order_of_the_alphabet(self, browser):
        page = browser.form(ASSIGN, {"reviewer": ["otto", "rita"], "again": "yes"}).text
        table = page[page.index('id="shares"') :]
        assert table.index(">Otto<") < table.index(">Rita<")
        assert re.search(r'<progress max="\d+" value="\d+" aria-label="Forventet tid for Otto">', table)
        assert re.search(r'class="progress-text">(ca\. \d+ timer?|under en halv time)<', table)

    def test_second_readings_are_shown_and_done_in_the_same_step(self, browser, pages):
        keep_rules(pages, double_percent=100)
        choices = {"reviewer": ["otto", "rita"], "again": "yes"}
        page = browser.form(ASSIGN, choices)
        assert "bliver gennemgået af én mere" in page.text
        done = browser.post(f"{ASSIGN}/confirm", {**choices, "shown": shown_in(page), "go": "assign"})
        assert done.status_code == 303
        first, second = readers(pages), readers(pages, Reading.SECOND)
        assert second
        assert all(second[number] not in {None, first[number]} for number in second)

    def test_nobody_to_do_the_second_reading_is_told_and_stops_nothing(self, browser, pages):
        keep_rules(pages, double_percent=100)
        choices = {"reviewer": "otto", "again": "yes"}
        page = browser.form(ASSIGN, choices)
        assert "Ingen kan tage anden gennemgang af sag" in page.text
        assert 'value="assign"' in page.text

    def test_why_cases_cannot_go_to_somebody_is_told_in_words_and_counts(self, browser):
        choices = {"reviewer": ["otto", "rita"], "conflict-rita": "Center Syd", "again": "yes"}
        page = browser.form(ASSIGN, choices).text
        assert re.search(r"Rita får ikke \d+ sag(er)?: inhabil i sager fra centret \(\d+\)\.", page)
        assert "Otto får ikke" not in page

    def test_cases_that_nobody_may_read_are_listed_with_what_to_do_and_nothing_can_be_done(
        self, browser, pages
    ):
        before = readers(pages)
        choices = {"reviewer": "rita", "conflict-rita": ["Center Syd", "Center Nord"], "again": "yes"}
        page = browser.form(ASSIGN, choices)
        assert page.status_code == 200
        assert "Ingen af dem, du har valgt, må gennemgå disse sager" in page.text
        assert "Vælg flere personer" in page.text
        assert re.search(rf'<li><a href="{OPEN}/cases/\d+">Sag \d+</a>, Center Nord</li>', page.text)
        assert 'value="assign"' not in page.text
        refused = browser.form(
            ASSIGN, {**choices, "shown": shown_in(page), "go": "assign"}, action=f"{ASSIGN}/confirm"
        )
        assert refused.status_code == 422
        assert "Center Nord, Center Syd" in refused.text
        assert readers(pages) == before

    def test_the_own_centre_is_barred_where_the_rules_say_so(self, browser, pages):
        with pages.database.begin() as store:
            change(store, "rita", centres=frozenset({"Center Nord"}))
        choices = {"reviewer": ["otto", "rita"], "again": "yes"}
        assert "hører til centret" not in browser.form(ASSIGN, choices).text
        keep_rules(pages, bars_own_centre=True)
        assert re.search(
            r"Rita får ikke \d+ sag(er)?: hører til centret \(\d\)", browser.form(ASSIGN, choices).text
        )


class TestHandOver:
    def test_shown_first_then_done_and_given_back(self, browser, pages):
        before = readers(pages)
        choices = {"giver": "rita", "taker": ["otto"]}
        page = browser.form(HAND_OVER, choices)
        assert heading(page) == "Giv sager videre?"
        assert re.search(r"\d+ sager? fra Rita bliver givet videre\. Intet er gemt endnu\.", page.text)
        assert readers(pages) == before
        done = browser.post(f"{HAND_OVER}/confirm", {**choices, "shown": shown_in(page), "go": "hand-over"})
        assert (done.status_code, done.headers["location"]) == (303, f"{OPEN}/follow")
        assert "er givet videre" in browser.get(f"{OPEN}/follow").text
        assert "rita" not in readers(pages).values()
        assert "Sager er givet videre fra Rita: Otto" in browser.get(f"{OPEN}/trail").text

        back = {"giver": "otto", "taker": ["rita"], "only_taken": "yes"}
        page = browser.form(HAND_OVER, back)
        browser.post(f"{HAND_OVER}/confirm", {**back, "shown": shown_in(page), "go": "hand-over"})
        assert readers(pages) == before

    def test_the_receiver_sees_it_in_the_queue(self, browser, sign_in):
        choices = {"giver": "rita", "taker": ["otto"]}
        page = browser.form(HAND_OVER, choices)
        browser.post(f"{HAND_OVER}/confirm", {**choices, "shown": shown_in(page), "go": "hand-over"})
        assert "Overtaget fra en anden" in sign_in("otto").get("/reviews").text

    @pytest.mark.parametrize(
        ("choices", "said"),
        [
            pytest.param({}, "Vælg, hvis sager der skal gives videre.", id="nothing chosen"),
            pytest.param({"giver": "rita"}, "Vælg mindst én, der skal have sagerne.", id="to nobody"),
            pytest.param({"giver": "rita", "taker": "rita"}, "Vælg mindst én", id="to the same"),
            pytest.param({"giver": "rita", "taker": "chef"}, "gennemgår ikke sager", id="to no reviewer"),
            pytest.param({"giver": "chef", "taker": "otto"}, "har ingen uafsluttede sager", id="of nobody"),
        ],
    )
    def test_refused_with_what_was_chosen(self, browser, choices, said):
        page = browser.form(HAND_OVER, choices)
        assert page.status_code == 422
        assert said in page.text
        assert "<title>Fejl:" in page.text

    def test_going_back_keeps_what_was_chosen(self, browser):
        choices = {"giver": "rita", "taker": "otto", "shown": "x", "go": "edit"}
        page = browser.form(HAND_OVER, choices, action=f"{HAND_OVER}/confirm").text
        assert '<option value="rita" selected>' in page
        assert re.search(r'name="taker" value="otto" checked', page)

    def test_what_happened_meanwhile_is_told(self, browser, pages):
        before = readers(pages)
        choices = {"giver": "rita", "taker": "otto", "shown": "0123456789abcdef", "go": "hand-over"}
        page = browser.form(HAND_OVER, choices, action=f"{HAND_OVER}/confirm")
        assert page.status_code == 422
        assert "Der er sket noget i runden" in page.text
        assert readers(pages) == before

    def test_who_left_with_cases_is_told_with_the_way_out(self, browser, pages):
        with pages.database.begin() as store:
            store.people.set_active(store.people.by_username("rita").id, active=False)
            store.trail.add("person-changed", actor_id=None, at=datetime.now(UTC), username="rita")
        page = browser.get(ASSIGN).text
        assert "Rita gennemgår ikke sager mere, men har" in page
        assert f'href="{HAND_OVER}?giver=rita"' in page
        assert '<option value="rita" selected>' in browser.get(f"{HAND_OVER}?giver=rita").text


class TestSecondReadingOfOneCase:
    @pytest.fixture
    def twice(self, browser, pages):
        """The number of a case with a second reading in Otto's or Rita's hands."""
        keep_rules(pages, double_percent=100)
        choices = {"reviewer": ["otto", "rita"], "again": "yes"}
        page = browser.form(ASSIGN, choices)
        browser.post(f"{ASSIGN}/confirm", {**choices, "shown": shown_in(page), "go": "assign"})
        return min(readers(pages, Reading.SECOND))

    def test_the_first_reader_cannot_be_chosen(self, browser, pages, twice):
        first, second = readers(pages)[twice], readers(pages, Reading.SECOND)[twice]
        with pages.database.begin() as store:
            change(store, "chef", roles=frozenset({Role.CHIEF_GROUP, Role.REVIEWER}))
        page = browser.get(f"{OPEN}/cases/{twice}").text
        offered = page[page.index('id="move-second-heading"') :].split("</section>")[0]
        assert 'value="chef"' in offered
        assert f'value="{first}"' not in offered
        said = browser.form(
            f"{OPEN}/cases/{twice}",
            {"reviewer": first, "reading": "second"},
            action=f"{OPEN}/cases/{twice}/move",
        )
        assert said.status_code == 422
        assert "gennemgår den allerede" in said.text
        assert readers(pages, Reading.SECOND)[twice] == second

    def test_another_takes_it(self, browser, pages, twice):
        with pages.database.begin() as store:
            change(store, "chef", roles=frozenset({Role.CHIEF_GROUP, Role.REVIEWER}))
        path = f"{OPEN}/cases/{twice}"
        assert "Giv anden gennemgang videre" in browser.get(path).text
        first = readers(pages)[twice]
        done = browser.post(f"{path}/move", {"reviewer": "chef", "reading": "second"})
        assert (done.status_code, done.headers["location"]) == (303, path)
        assert (readers(pages)[twice], readers(pages, Reading.SECOND)[twice]) == (first, "chef")


class TestSecondReadingThatNobodyHas:
    """The case's own page, where the coordinator gives a second reading up or opens it again."""

    AT = f"{OPEN}/cases/1"

    @pytest.fixture
    def unheld(self, pages, browser):
        with pages.database.begin() as store:
            round_ = store.rounds.by_key("2026-2")
            case = next(one for one in acting_cases(store, round_) if one.number == 1)
            checklists = [one.checklist_id for one in store.rounds.checklists(round_.id)]
            store.reviews.open_for(round_.id, [case.id], checklists, reading=Reading.SECOND)
            store.trail.add("second-readings-opened", actor_id=None, at=datetime.now(UTC), round="2026-2")
        return browser

    def test_is_given_up_with_a_reason(self, unheld):
        assert "Hvorfor opgives den?" in unheld.get(self.AT).text
        refused = unheld.form(self.AT, {"giving_up": ""}, action=f"{self.AT}/end-second")
        assert refused.status_code == 422
        assert "Skriv, hvorfor anden gennemgang opgives." in refused.text
        done = unheld.form(self.AT, {"giving_up": "Ingen andre må læse den"}, action=f"{self.AT}/end-second")
        assert done.status_code == 303
        page = unheld.get(self.AT).text
        assert "Anden gennemgang af sag 1 er opgivet." in page
        assert "Hvorfor opgives den?" not in page
        again = unheld.form(self.AT, {"giving_up": "Igen"}, action=f"{self.AT}/end-second")
        assert "kan ikke opgives" in again.text

    def test_is_not_offered_where_none_is_wanted(self, browser):
        assert "Hvorfor opgives den?" not in browser.get(self.AT).text
