"""The end of a review on its pages: judgement, computed verdict, acting now, reopened; and who sees what."""

import re

import pytest

from lirk.domain.reviews import Answer, Reading
from lirk.domain.round_rules import RoundRules
from lirk.services import settling
from lirk.services.urgent_cases import keep_urgent

KEY = "2026-2"
JUDGED = {"judgement": "in-order"}
REASON = "Barnet er i fare"


@pytest.fixture
def rita(sign_in):
    return sign_in("rita")


@pytest.fixture
def review(pages):
    """Address of rita's first review, with everything answered."""
    address = pages.filled_in("/reviews/{review}")
    change(pages, lambda store: answer_all(store, int(address.rsplit("/", 1)[1])))
    return address


def change(pages, act):
    with pages.database.begin() as store:
        round_ = store.rounds.by_key(KEY)
        store.trail.add("test", actor_id=None, at=round_.created_at, round=KEY)
        return act(store)


def answer_all(store, review_id, value="yes"):
    found = store.reviews.get(review_id)
    round_ = store.rounds.by_key(KEY)
    answers = [Answer(item_id=one, value=value, note="Se brevet.") for one in ("clear", "reasons")]
    store.reviews.save_answers(review_id, answers, at=round_.created_at, by=found.reviewer_id)


def shows_result(pages):
    change(
        pages,
        lambda store: store.round_rules.keep(store.rounds.by_key(KEY).id, RoundRules(shows_result=True)),
    )


def number_of(page):
    return re.search(r"<h1[^>]*>[^<]*?(\d+)", page).group(1)


def seen_on(browser, review):
    return re.search(r'name="seen" value="([^"]+)"', browser.get(f"{review}/summary").text).group(1)


def finish(browser, review, **fields):
    return browser.form(f"{review}/summary", {**JUDGED, **fields}, action=f"{review}/finish")


def center_nord(pages, sign_in):
    """Address of a review in Center Nord, and a browser of who has it."""
    with pages.database.begin() as store:
        round_ = store.rounds.by_key(KEY)
        cases = {case.id: case for case in store.cases.of(round_.id, centre="Center Nord")}
        names = {one.id: one.username for one in store.people.all()}
        found = next(one for one in store.reviews.of(round_.id) if one.case_id in cases)
    return found.id, sign_in(names[found.reviewer_id])


def say_urgent(pages, review_id, reason=REASON):
    """Let the reader of a review say that its case must be acted on now."""
    with pages.database.begin() as store:
        found = store.reviewing.find(review_id)
        people = {one.id: one for one in store.people.all()}
        keep_urgent(store, people[found.reviewer_id], found, reason, now=store.rounds.by_key(KEY).created_at)


class TestJudgement:
    def test_the_checklist_s_verdicts_and_nothing_chosen(self, rita, review):
        page = rita.get(f"{review}/summary").text
        assert re.findall(r'name="judgement" value="([^"]+)"([^>]*)>', page) == [
            ("in-order", ""),
            ("critical-breach", ""),
        ]
        assert "Din samlede vurdering af sagen" in page

    def test_is_needed_and_told_at_the_field(self, rita, review):
        answer = rita.form(f"{review}/summary", {}, action=f"{review}/finish")
        assert answer.status_code == 422
        assert '<a href="#judgement">Vælg din samlede vurdering af sagen.</a>' in answer.text
        assert "<title>Fejl:" in answer.text

    def test_what_was_chosen_and_written_is_kept_when_refused(self, rita, review):
        answer = finish(rita, review, urgent="yes", urgent_reason="Barnet 010190-1234")
        assert answer.status_code == 422
        assert 'value="in-order" checked' in answer.text
        assert "Barnet 010190-1234</textarea>" in answer.text
        assert 'href="#urgent_reason"' in answer.text
        assert 'id="urgent" name="urgent" value="yes" checked' in answer.text

    def test_finished_it_is_shown_and_the_next_case_follows(self, rita, review):
        answer = finish(rita, review, judgement="critical-breach")
        assert answer.status_code == 303
        assert re.fullmatch(r"/reviews/\d+", answer.headers["location"])
        page = rita.get(f"{review}/summary").text
        assert re.search(r"<dt>Samlet vurdering</dt>\s*<dd>Kritisk brud</dd>", page)
        assert "finish-form" not in page

    def test_the_time_is_corrected_in_the_same_form(self, pages, rita, review):
        refused = finish(rita, review, minutes="en time")
        assert refused.status_code == 422
        assert 'href="#minutes"' in refused.text
        assert 'value="en time"' in refused.text
        assert 'value="in-order" checked' in refused.text
        missing = rita.form(f"{review}/summary", {"minutes": "41"}, action=f"{review}/finish")
        assert missing.status_code == 422
        assert 'value="41"' in missing.text
        assert "Der er ikke målt nogen tid" in missing.text
        assert finish(rita, review, minutes="41").status_code == 303
        assert "Tid på sagen: 41 min." in rita.get(f"{review}/summary").text

    def test_only_by_the_answers_that_the_summary_showed(self, pages, rita, review):
        seen = seen_on(rita, review)
        change(pages, lambda store: answer_all(store, int(review.rsplit("/", 1)[1]), value="partly"))
        chosen = {"urgent": "yes", "urgent_reason": REASON, "minutes": "41", "seen": seen}
        answer = finish(rita, review, judgement="critical-breach", **chosen)
        assert answer.status_code == 409
        assert '<a href="#answers">Svarene er ændret, efter at oversigten blev vist.' in answer.text
        for kept in ('value="critical-breach" checked', f"{REASON}</textarea>", "<dd>Delvist"):
            assert kept in answer.text
        again = re.search(r'name="seen" value="([^"]+)"', answer.text).group(1)
        assert (again != seen, seen_on(rita, review)) == (True, again)
        assert finish(rita, review, seen=again).status_code == 303

    def test_a_reason_stays_in_sight_where_an_answer_is_missing_now(self, pages, rita, review):
        seen = seen_on(rita, review)
        review_id = int(review.rsplit("/", 1)[1])
        change(pages, lambda store: store.reviews.remove_answers(review_id, ["clear"]))
        answer = finish(rita, review, urgent="yes", urgent_reason=REASON, seen=seen)
        assert (answer.status_code, "finish-form" in answer.text) == (422, False)
        assert f'<p class="kept-text">{REASON}</p>' in answer.text

    def test_other_fields_are_refused(self, rita, review):
        assert finish(rita, review, finished_at="2020").status_code == 422

    @pytest.mark.parametrize(("on", "rows"), [(True, '"answer-rows'), (False, "answer-rows without-keys")])
    def test_keys_only_where_they_are_wanted(self, pages, rita, review, on, rows):
        headers = {"accept": "application/json", "X-CSRF-Token": rita.token()}
        rita.put("/reviews/preferences", json={"shortcuts": on}, headers=headers)
        page = rita.get(f"{review}/summary").text
        assert (f'data-shortcuts="{"yes" if on else "no"}"' in page, rows in page) == (True, True)


class TestComputedVerdict:
    def test_stands_beside_where_the_round_shows_it(self, pages, rita, review):
        shows_result(pages)
        assert '<p id="result">Beregnet resultat: I orden</p>' in rita.get(f"{review}/summary").text
        finish(rita, review, judgement="critical-breach")
        assert re.search(r"<dt>Beregnet resultat</dt>\s*<dd>I orden</dd>", rita.get(f"{review}/summary").text)

    def test_else_nowhere(self, rita, review):
        pages = [rita.get(f"{review}/{part}").text for part in ("summary", "items/clear", "urgent")]
        pages.append(rita.form(f"{review}/summary", {}, action=f"{review}/finish").text)
        finish(rita, review, judgement="critical-breach")
        pages += [rita.get(f"{review}/summary").text, rita.get("/reviews?show=all").text]
        assert not any("Beregnet" in page or 'id="result"' in page for page in pages)
        # The verdicts are there to choose from; nothing says which of them the rules would give.
        assert all(len(re.findall("in-order", page)) <= 1 for page in pages)


class TestUrgent:
    def test_the_tick_is_kept_with_the_case(self, rita, review):
        answer = finish(rita, review, urgent="yes", urgent_reason=REASON)
        assert answer.status_code == 303
        page = rita.get(f"{review}/summary").text
        assert re.search(rf"<dt>Grund</dt>\s*<dd>{REASON}</dd>", page)
        assert f'<a href="{review}/urgent">Ret grunden</a>' in page

    def test_a_reason_without_the_tick_counts(self, rita, review):
        finish(rita, review, urgent_reason=REASON)
        assert REASON in rita.get(f"{review}/summary").text

    def test_a_tick_without_a_reason_does_not(self, rita, review):
        answer = finish(rita, review, urgent="yes")
        assert (answer.status_code, "Skriv, hvorfor der skal handles nu." in answer.text) == (422, True)

    def test_said_before_the_case_is_finished(self, pages, rita):
        review = pages.filled_in("/reviews/{review}")
        assert f'<a href="{review}/urgent">Der skal handles nu</a>' in rita.get(f"{review}/summary").text
        answer = rita.form(f"{review}/urgent", {"urgent_reason": REASON})
        assert (answer.status_code, answer.headers["location"]) == (303, f"{review}/summary")
        page = rita.get(f"{review}/summary").text
        assert REASON in page
        assert "Koordinatoren kan nu se, at der skal handles i sag" in page

    def test_two_tabs_overwrite_nothing_in_silence(self, pages, rita):
        """The later tab is told what the earlier one stored, and keeps what was typed in it."""
        address = f"{pages.filled_in('/reviews/{review}')}/urgent"
        rita.form(address, {"urgent_reason": "Fra den ene fane", "was": ""})
        answer = rita.form(address, {"urgent_reason": "Fra den anden fane", "was": ""})
        assert (answer.status_code, "Fra den anden fane</textarea>" in answer.text) == (409, True)
        assert "Grunden er ændret et andet sted" in answer.text
        assert "Fra den ene fane</textarea>" in rita.get(address).text
        rita.form(address, {"urgent_reason": "Fra begge faner", "was": "Fra den ene fane"})
        assert "Fra begge faner</textarea>" in rita.get(address).text

    def test_finishing_overwrites_no_reason_of_another_tab(self, rita, review):
        rita.form(f"{review}/urgent", {"urgent_reason": "Fra den ene fane", "was": ""})
        answer = finish(rita, review, urgent="yes", urgent_reason="Fra den anden fane")
        assert (answer.status_code, "Fra den anden fane</textarea>" in answer.text) == (409, True)
        assert "Fra den ene fane" in answer.text
        assert "Fra den ene fane" in rita.get(f"{review}/summary").text

    @pytest.mark.parametrize("reason", ["", "010190-1234", "x" * 2001])
    def test_refused_and_shown_again(self, pages, rita, reason):
        review = pages.filled_in("/reviews/{review}")
        answer = rita.form(f"{review}/urgent", {"urgent_reason": reason})
        assert (answer.status_code, f"{reason}</textarea>" in answer.text) == (422, True)
        assert "010190" not in rita.get(f"{review}/urgent").text

    def test_markup_is_text(self, pages, rita, sign_in):
        review = pages.filled_in("/reviews/{review}")
        rita.form(f"{review}/urgent", {"urgent_reason": "<script>alert(1)</script>"})
        for page in (rita.get(f"{review}/summary"), sign_in("koordinator").get(f"/rounds/{KEY}/urgent")):
            assert "<script>alert" not in page.text
            assert "&lt;script&gt;" in page.text


class TestCoordinator:
    def test_sees_it_in_the_list_and_on_the_round_s_pages(self, pages, sign_in):
        review_id, _ = center_nord(pages, sign_in)
        say_urgent(pages, review_id)
        browser = sign_in("koordinator")
        page = browser.get(f"/rounds/{KEY}/urgent").text
        assert REASON in page
        assert re.search(r"for \d+ dage siden", page)
        for address in (f"/rounds/{KEY}", f"/rounds/{KEY}/follow"):
            found = browser.get(address).text
            assert re.search(rf'href="/rounds/{KEY}/urgent"[^>]*>[^<]*1 sag kræver handling nu', found)

    def test_writes_what_was_done_and_may_undo_it(self, pages, sign_in):
        review_id, _ = center_nord(pages, sign_in)
        say_urgent(pages, review_id)
        browser, address = sign_in("koordinator"), f"/rounds/{KEY}/urgent/{review_id}"
        page = browser.get(address).text
        assert "inden 72 timer" in page
        refused = browser.form(address, {"handling": " "})
        assert (refused.status_code, "Skriv, hvad der er gjort." in refused.text) == (422, True)
        assert browser.form(address, {"handling": "Ringet til centret"}).status_code == 303
        page = browser.get(f"/rounds/{KEY}/urgent").text
        assert "Ingen sager kræver handling nu" in page
        assert "Ringet til centret" in page
        undone = browser.form(address, action=f"{address}/undo")
        assert (undone.status_code, undone.headers["location"]) == (303, address)
        assert "Ringet til centret</textarea>" in browser.get(address).text

    def test_nothing_waits(self, sign_in):
        assert "Ingen sager kræver handling nu" in sign_in("koordinator").get(f"/rounds/{KEY}/urgent").text

    def test_it_keeps_the_round_open_with_a_link(self, pages, sign_in):
        review_id, _ = center_nord(pages, sign_in)
        say_urgent(pages, review_id)
        page = sign_in("koordinator").get(f"/rounds/{KEY}/close").text
        assert "Der skal handles nu, og ingen har skrevet, hvad der er gjort" in page
        assert f'href="/rounds/{KEY}/urgent"' in page


class TestCentre:
    @pytest.mark.parametrize("username", ["leder", "kontakt"])
    def test_sees_its_own_without_who_reads(self, pages, sign_in, username):
        review_id, _ = center_nord(pages, sign_in)
        say_urgent(pages, review_id)
        browser = sign_in(username)
        assert re.search(r'<a href="/urgent">[^<]*1 sag kræver handling nu', browser.get("/reports").text)
        for address in ("/urgent", f"/urgent/{review_id}"):
            page = browser.get(address).text
            assert REASON in page
            assert not re.search("Rita|Otto", page)
        assert re.search(r"<dd>26/N\d\d</dd>", browser.get(f"/urgent/{review_id}").text)
        assert "26/N" not in browser.get("/urgent").text

    def test_sees_a_case_once_that_two_raise(self, pages, sign_in):
        review_id, _ = center_nord(pages, sign_in)
        with pages.database.begin() as store:
            found = store.reviewing.find(review_id)
            other = next(
                one.id
                for one in store.people.all()
                if one.username in {"rita", "otto"} and one.id != found.reviewer_id
            )
            store.reviews.open_for(
                found.round.id, [found.case.id], ["breve"], reading=Reading.SECOND, reviewer_id=other
            )
            [second] = store.reviews.of(found.round.id, reading=Reading.SECOND)
            store.trail.add("test", actor_id=None, at=found.round.created_at, round=KEY)
        for one, reason in ((review_id, "Frist i dag"), (second.id, "Barn i fare")):
            say_urgent(pages, one, reason)
        browser = sign_in("leder")
        page = browser.get("/urgent").text
        assert page.count("Se sagsnummeret på sag") == 1
        for address in ("/urgent", f"/urgent/{review_id}", f"/urgent/{second.id}"):
            page = browser.get(address).text
            assert "Frist i dag" in page
            assert "Barn i fare" in page

    def test_not_another_s(self, pages, sign_in):
        with pages.database.begin() as store:
            round_ = store.rounds.by_key(KEY)
            cases = {case.id for case in store.cases.of(round_.id, centre="Center Syd")}
            foreign = next(one.id for one in store.reviews.of(round_.id) if one.case_id in cases)
        say_urgent(pages, foreign)
        browser = sign_in("leder")
        assert browser.get(f"/urgent/{foreign}").status_code == 404
        assert REASON not in browser.get("/urgent").text
        assert "Ingen af jeres sager" in browser.get("/urgent").text
        assert 'href="/urgent"' not in browser.get("/reports").text.split("<main")[1]


class TestReopened:
    def test_the_reviewer_is_told_why_and_finds_everything_again(self, pages, rita, review):
        number = number_of(rita.get(f"{review}/summary").text)
        finish(rita, review, judgement="critical-breach")

        def reopen(store):
            actor = store.people.by_username("koordinator")
            at = store.rounds.by_key(KEY).created_at
            settling.reopen_case(store, actor, KEY, int(number), "Læs § 3 igen", now=at)

        change(pages, reopen)
        page = rita.get(f"{review}/summary").text
        assert "Åbnet igen af koordinatoren: Læs § 3 igen" in page
        assert 'value="critical-breach" checked' in page
        assert "Åbnet igen af koordinatoren: Læs § 3 igen" in rita.get("/reviews").text
        finish(rita, review)
        assert "Åbnet igen" not in rita.get("/reviews?show=all").text


class TestSecondReading:
    def test_a_report_is_decided_on_apart(self, pages, sign_in):
        with pages.database.begin() as store:
            round_ = store.rounds.by_key(KEY)
            rita, otto = (store.people.by_username(one) for one in ("rita", "otto"))
            first = store.reviews.of(round_.id, reviewer_id=rita.id)[0]
            [number] = [one.number for one in store.cases.of(round_.id) if one.id == first.case_id]
            store.reviews.open_for(
                round_.id, [first.case_id], ["breve"], reading=Reading.SECOND, reviewer_id=otto.id
            )
            [made] = store.reviews.of(round_.id, reading=Reading.SECOND)
            answer_all(store, made.id)
            store.trail.add("test", actor_id=None, at=round_.created_at, round=KEY)
        sign_in("otto").form(f"/reviews/{made.id}/obstacle", {"reason": "no-access", "note": "Låst"})
        assert "Låst" not in sign_in("rita").get(f"/reviews/{first.id}/summary").text
        browser = sign_in("koordinator")
        address = f"/rounds/{KEY}/obstacles/{number}?reading=second"
        assert address in browser.get(f"/rounds/{KEY}/follow").text
        page = browser.get(address).text
        assert "Den første gennemgang bliver ikke rørt" in page
        assert "Den anden gennemgang slutter her" in page
        chosen = {"decision": "finding", "status": "no-access", "reading": "second"}
        asked = browser.form(address, chosen, action=f"/rounds/{KEY}/obstacles/{number}")
        assert 'name="reading" value="second"' in asked.text
        done = browser.form(
            address, {**chosen, "confirmed": "yes"}, action=f"/rounds/{KEY}/obstacles/{number}"
        )
        assert done.status_code == 303
        assert address not in browser.get(f"/rounds/{KEY}/follow").text
        assert sign_in("rita").get(f"/reviews/{first.id}/items/clear").status_code == 200
        assert browser.get(f"/rounds/{KEY}/obstacles/{number}").status_code == 409
