"""Item health in the browser: why there is nothing, the words, and that no centre is named."""

import re

import pytest
from small_round import CENTRES, CHECKLIST
from stored import add_draw, add_round, case

from lirk.domain.reviews import Answer
from lirk.domain.rounds import ChecklistVersion, RoundState

PAGE = "/checklists/breve/health"
SHIPPED = re.compile(r"/checklists/lovmedholdelig-sagsbehandling/\d+$")


@pytest.fixture
def archivist(sign_in):
    return sign_in("arkivar")


def measured(pages, *, centres, cases, said=()):
    """A closed round: the first answers of each centre as given, the rest yes."""
    with pages.database.begin() as store:
        now = store.rounds.all()[0].created_at
        round_ = add_round(store, now, "2025-9")
        pinned = ChecklistVersion(checklist_id="breve", version=1, text=CHECKLIST)
        store.rounds.pin_checklists(round_.id, [pinned])
        draw = add_draw(store, round_.id, now)
        numbers = [(centre, number) for centre in range(centres) for number in range(cases)]
        store.cases.add_all(
            [
                case(
                    round_.id,
                    draw.id,
                    f"{centre}-{number}",
                    number=place,
                    centre=f"Sted {centre}",
                    rank=number,
                    facts={"outcome": "full-grant"},
                )
                for place, (centre, number) in enumerate(numbers, start=1)
            ]
        )
        kept = store.cases.of(round_.id)
        store.reviews.open_for(round_.id, [one.id for one in kept], ["breve"])
        for review, one in zip(store.reviews.of(round_.id), kept, strict=True):
            place = int(one.case_id.partition("-")[2])
            value = said[place] if place < len(said) else "yes"
            answers = [Answer(item_id="clear", value=value, note="Hemmelig note")]
            store.reviews.save_answers(review.id, answers, at=now, by=None)
            store.reviews.finish(review.id, now)
        store.rounds.set_state(round_.id, RoundState.CLOSED, now)
        store.trail.add("made", actor_id=None, at=now)


class TestPage:
    def test_too_few_centres_say_why_and_what_will_come(self, archivist):
        page = archivist.get(PAGE)
        assert page.status_code == 200
        assert "Færre end seks centre har sager" in page.text
        assert "mindst seks centre" in page.text
        assert "<table" not in page.text

    def test_a_checklist_that_no_round_has_asked(self, archivist):
        page = archivist.get("/checklists/lovmedholdelig-sagsbehandling/health")
        assert "Ingen lukket runde har spurgt" in page.text

    def test_words_and_a_suggestion(self, archivist, pages):
        measured(pages, centres=9, cases=15, said=["partly"] * 4)
        page = archivist.get(PAGE)
        text = " ".join(re.sub(r"<[^>]+>", " ", page.text).split())
        assert "Skriv punktet om" in text
        assert "i en del af sagerne" in text
        assert "Ingen sager er gennemgået af to endnu." in text
        assert "sjældent eller aldrig« er højst 16" in text

    def test_no_centre_no_note_and_no_count_of_answers(self, archivist, pages):
        measured(pages, centres=9, cases=15, said=["partly"] * 4)
        page = archivist.get(PAGE).text
        assert "Sted" not in page
        assert "Hemmelig" not in page
        assert not any(centre in page for centre in CENTRES)
        main = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
        assert not {"36", "99"} & set(re.findall(r"\d+", main))

    def test_exchanging_centres_changes_no_byte(self, archivist, pages, sign_in):
        measured(pages, centres=9, cases=15, said=["partly", "no", "no"])
        before = archivist.get(PAGE).text
        with pages.database.begin() as store:
            round_ = store.rounds.by_key("2025-9")
            kept, reviews = store.cases.of(round_.id), store.reviews.of(round_.id)
            at = {one.id: one for one in kept}
            first = [one for one in reviews if at[one.case_id].centre == "Sted 0"]
            for review in first:
                answers = [Answer(item_id="clear", value="yes", note="Hemmelig note")]
                store.reviews.save_answers(review.id, answers, at=round_.created_at, by=None)
            other = [one for one in reviews if at[one.case_id].centre == "Sted 1"][3:6]
            for review, value in zip(other, ["partly", "no", "no"], strict=True):
                answers = [Answer(item_id="clear", value=value, note="Hemmelig note")]
                store.reviews.save_answers(review.id, answers, at=round_.created_at, by=None)
            store.trail.add("made", actor_id=None, at=round_.created_at)
        after = archivist.get(PAGE).text
        assert main_of(after) == main_of(before)

    def test_the_version_leads_there(self, archivist, sign_in):
        href = 'href="/checklists/lovmedholdelig-sagsbehandling/health"'
        address = next(
            found
            for found in re.findall(r'href="([^"]+)"', archivist.get("/checklists").text)
            if SHIPPED.match(found)
        )
        assert href in archivist.get(address).text
        assert href not in sign_in("rita").get(address).text

    def test_no_such_checklist(self, archivist):
        assert archivist.get("/checklists/none/health").status_code == 404


def main_of(text):
    return text[text.index("<main") : text.index("</main>")]
