"""A report's way in the browser: sent, replied to, answered, published, and opened again."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from granted import grant

from lirk.domain.report_stages import ReplyOutcome
from lirk.services import kept_reports, publishing, reports
from lirk.wording import Wording

ROUND = "/rounds/2026-1"
NORTH, SOUTH = (f"{ROUND}/reports/center-{name}" for name in ("nord", "syd"))
REPLY, ANSWER = f"{NORTH}/replies/breve/clear", f"{NORTH}/answers/breve/clear"
TODAY = datetime.now(UTC).astimezone().date()
LATER = f"{TODAY + timedelta(days=14):%d.%m.%Y}"


@pytest.fixture
def desk(sign_in):
    return sign_in("koordinator")


@pytest.fixture
def leader(sign_in):
    return sign_in("leder")


@pytest.fixture
def cheap(monkeypatch):
    """Files that are made in no time."""
    monkeypatch.setattr(
        publishing, "KINDS", {"pdf": lambda *_: b"as it was", "json": publishing.KINDS["json"]}
    )


def send(desk):
    return desk.form(f"{NORTH}/send", {"reply_by": LATER})


def days_are_gone(pages):
    """Let the leaders' deadlines be long gone."""
    with pages.database.begin() as store:
        round_ = store.rounds.by_key("2026-1")
        for centre, stage in store.report_stages.of_round(round_.id).items():
            store.report_stages.keep(round_.id, centre, replace(stage, reply_by=date(2020, 3, 1)))
        store.trail.add("test", actor_id=None, at=datetime.now(UTC))


def objection(leader, comment="Brevet er klart i sag 1.", version="0", objects="yes"):
    return leader.form(REPLY, {"comment": comment, "objects": objects, "version": version})


def answer(desk, said="I sag 1 har I ret.", version="1"):
    return desk.form(ANSWER, {"outcome": "partly-accepted", "answer": said, "version": version})


def change(desk):
    """Correct the answer of the first case behind the finding."""
    at = f"{NORTH}/findings/breve/clear/correct"
    number = re.search(r'<option value="(\d+)"', desk.get(at).text)[1]
    given = {"number": number, "value": "yes", "reason": "Det står i bilaget.", "seen": "0"}
    assert desk.form(at, given).status_code == 303


class TestDraft:
    def test_it_is_called_that_and_says_who_acts(self, desk, leader):
        for browser, who in ((desk, "Du"), (leader, "Koordinatoren")):
            page = browser.get(NORTH).text
            assert f"Udkast. {who} sender det til lederen." in page
        assert f"{NORTH}/send" in desk.get(NORTH).text
        assert f"{NORTH}/send" not in leader.get(NORTH).text
        assert "Udkast. Koordinatoren sender det til lederen." in leader.get("/reports").text

    def test_the_round_lists_every_centre_by_the_alphabet_without_results(self, desk):
        page = desk.get(ROUND).text
        table = page[
            page.index('id="report-stages"') : page.index("</table>", page.index('id="report-stages"'))
        ]
        places = [table.index(name) for name in ("Center Nord", "Center Syd", "Center Øst")]
        assert places == sorted(places)
        assert "%" not in table
        assert "3 udkast til rapporter er ikke sendt til lederne" in page

    def test_the_list_of_rounds_says_what_waits_in_the_reports(self, pages, desk, leader):
        def told():
            row = next(row for row in desk.get("/rounds").text.split("<tr>") if f'href="{ROUND}"' in row)
            assert "Se rapporterne" in row
            return re.findall(rf'href="{ROUND}#reports">([^<]+)<', row)

        assert told() == ["3 udkast til rapporter er ikke sendt til lederne"]
        desk.form(f"{ROUND}/send-reports", {"reply_by": LATER})
        assert told() == []
        objection(leader)
        assert told() == ["Svar fra 1 leder venter på dig"]
        days_are_gone(pages)
        assert told() == ["Svar fra 1 leder venter på dig", "2 udkast venter på at blive udgivet"]

    def test_of_a_round_that_is_not_closed_a_leader_is_told_when_the_report_comes(self, leader):
        page = leader.get("/rounds/2026-2/reports/center-nord")
        assert page.status_code == 409
        assert "kommer, når koordinatoren har lukket den." in page.text
        assert "Rapporterne for runden »1. runde 2026«" in page.text
        assert "rundens side" not in page.text


class TestSend:
    def test_the_leader_is_asked_from_then_on(self, desk, leader):
        assert send(desk).headers["location"] == NORTH
        assert "som kan svare til og med" in desk.get(NORTH).text
        assert REPLY in leader.get(NORTH).text
        assert f"{NORTH}#findings" in leader.get("/reports").text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("1.1.2020", "1. januar 2020 er gået"),
            ("om lidt", "Skriv den dag"),
            ("7.12.9999", "for langt ude i fremtiden"),
        ],
    )
    def test_a_day_that_is_none_or_gone_is_refused_and_kept(self, desk, typed, said):
        refused = desk.form(f"{NORTH}/send", {"reply_by": typed})
        assert refused.status_code == 422
        assert said in refused.text

    @pytest.mark.usefixtures("cheap")
    def test_of_what_is_published_it_says_what_to_do_first(self, desk):
        send(desk)
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        page = desk.get(f"{NORTH}/send").text
        assert "Rapporten kan ikke sendes nu" in page
        assert 'name="reply_by"' not in page

    def test_all_at_once(self, desk, leader):
        assert "Center Øst" in desk.get(f"{ROUND}/send-reports").text
        desk.form(f"{ROUND}/send-reports", {"reply_by": LATER})
        assert "Der er ingen udkast at sende" in desk.get(f"{ROUND}/send-reports").text
        assert REPLY in leader.get(NORTH).text


class TestReply:
    def test_it_stands_apart_and_the_coordinator_is_told(self, desk, leader):
        send(desk)
        assert objection(leader).headers["location"] == f"{NORTH}#replies"
        page = desk.get(NORTH).text
        assert "Lederen er uenig i fundet:" in page
        assert "Koordinatoren har ikke svaret endnu." in page
        assert "Svar fra 1 leder venter på dig" in desk.get(ROUND).text
        assert f'href="{ANSWER}"' in page
        assert "Brevet er klart i sag 1." not in desk.get(SOUTH).text

    def test_what_is_wrong_is_told_with_what_was_typed(self, desk, leader):
        send(desk)
        refused = objection(leader, "Se 010190-1234")
        assert (refused.status_code, "010190-1234" in refused.text) == (422, True)
        assert objection(leader, "").status_code == 422

    def test_two_tabs(self, desk, leader):
        send(desk)
        objection(leader, "Den første.")
        conflict = objection(leader, "Den anden.")
        assert conflict.status_code == 409
        assert "Den første." in conflict.text
        assert "Den anden." in conflict.text

    def test_before_and_after_its_time_it_says_why(self, pages, desk, leader):
        assert leader.get(REPLY).status_code == 409
        send(desk)
        with pages.database.begin() as store:
            round_ = store.rounds.by_key("2026-1")
            stage = store.report_stages.of(round_.id, "Center Nord")
            gone = date(2020, 3, 1)
            store.report_stages.keep(round_.id, "Center Nord", replace(stage, reply_by=gone))
            store.trail.add("test", actor_id=None, at=datetime.now(UTC))
        late = leader.get(REPLY)
        assert (late.status_code, "1. marts 2020" in late.text) == (409, True)


class TestAnswer:
    def test_an_objection_needs_words_and_leads_on_to_the_correction(self, desk, leader):
        send(desk)
        objection(leader)
        assert answer(desk, "").status_code == 422
        assert answer(desk).status_code == 303
        assert f'href="{NORTH}/findings/breve/clear/correct"' in desk.get(ANSWER).text
        page = leader.get(NORTH).text
        assert "Koordinatoren svarer: delvist taget til følge." in page
        assert "I sag 1 har I ret." in page


@pytest.mark.usefixtures("cheap")
class TestPublish:
    def test_an_open_objection_blocks_and_is_linked(self, desk, leader):
        send(desk)
        objection(leader)
        page = desk.get(f"{NORTH}/publish").text
        assert "Lederen er uenig i et fund, og der er ikke svaret." in page
        assert desk.form(f"{NORTH}/publish", {"without_reply": "yes"}).status_code == 422

    def test_an_objection_granted_for_nothing_asks_for_a_tick(self, desk, leader):
        send(desk)
        objection(leader)
        assert 'name="unchanged"' not in desk.get(f"{NORTH}/publish").text
        answer(desk)
        page = desk.get(f"{NORTH}/publish").text
        assert "Indsigelsen mod punkt 1.1 er delvist taget til følge, men intet svar er ændret." in page
        refused = desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        assert refused.status_code == 422
        assert 'href="#unchanged"' in refused.text
        desk.form(ANSWER, {"outcome": "accepted", "answer": "I har ret.", "version": "2"})
        page = desk.get(f"{NORTH}/publish").text
        assert "Indsigelsen mod punkt 1.1 er taget til følge, men intet svar er ændret." in page
        assert "delvist" not in page
        assert desk.form(f"{NORTH}/publish", {"without_reply": "yes", "unchanged": "yes"}).status_code == 303

    def test_two_ticks_are_asked_for_at_once_and_the_one_that_is_there_stays(self, desk, leader):
        send(desk)
        objection(leader)
        answer(desk)
        first = desk.form(f"{NORTH}/publish", {"without_reply": "yes", "unchanged": "yes"})
        assert first.status_code == 303
        desk.form(f"{NORTH}/reopen", {"reason": "Et tal var forkert."})
        refused = desk.form(f"{NORTH}/publish", {})
        assert refused.status_code == 422
        assert refused.text.index('href="#without_reply"') < refused.text.index('href="#unchanged"')
        assert " checked" not in refused.text
        for ticked, missing in (("unchanged", "without_reply"), ("without_reply", "unchanged")):
            page = desk.form(f"{NORTH}/publish", {ticked: "yes"}).text
            assert f'href="#{missing}"' in page
            assert f'href="#{ticked}"' not in page
            assert re.findall(r'name="(\w+)" value="yes" checked', page) == [ticked]
        done = desk.form(f"{NORTH}/publish", {"without_reply": "yes", "unchanged": "yes"})
        assert done.status_code == 303

    def test_a_correction_without_a_granted_objection_blocks(self, pages, desk, leader):
        send(desk)
        objection(leader)
        answer(desk)
        change(desk)
        assert 'name="unchanged"' not in desk.get(f"{NORTH}/publish").text
        refused = desk.form(ANSWER, {"outcome": "not-accepted", "answer": "Nej, dog.", "version": "2"})
        assert refused.status_code == 422
        for words in ("Nej, dog.", "ændringen tilbage først."):
            assert words in refused.text
        withdrawn = objection(leader, "Kun en bemærkning.", version="2", objects="")
        assert withdrawn.status_code == 422
        for words in ("Kun en bemærkning.", "Bed koordinatoren om at tage ændringen tilbage først."):
            assert words in withdrawn.text
        with pages.database.begin() as store:
            grant(store, "2026-1", datetime.now(UTC), items=("clear",), outcome=ReplyOutcome.NOT_ACCEPTED)
        page = desk.get(f"{NORTH}/publish").text
        assert "Svar på punkt 1.1 er ændret efter en indsigelse" in page
        assert desk.form(f"{NORTH}/publish", {"unchanged": "yes"}).status_code == 422

    def test_a_leader_who_still_can_reply_asks_for_a_tick(self, desk):
        send(desk)
        assert desk.form(f"{NORTH}/publish", {}).status_code == 422
        assert desk.form(f"{NORTH}/publish", {"without_reply": "yes"}).status_code == 303

    def test_from_then_on_the_same_bytes_and_nothing_to_write(self, desk, leader, monkeypatch):
        send(desk)
        objection(leader)
        answer(desk)
        given = {"without_reply": "yes", "unchanged": "yes"}
        assert desk.form(f"{NORTH}/publish", given).headers["location"] == NORTH
        monkeypatch.setattr(reports, "centre_pdf", lambda *_: b"another layout")
        assert desk.get(f"{NORTH}/pdf").content == leader.get(f"{NORTH}/pdf").content == b"as it was"
        assert '"outcome": "partly-accepted"' in leader.get(f"{NORTH}/json").text
        page = desk.get(NORTH).text
        assert ", version 1." in page
        assert "Skriv om fundet" not in page
        finding = f"{NORTH}/findings/breve/clear"
        assert desk.form(finding, {"seen": "Nyt.", "version": "0"}).status_code == 409
        assert leader.get(REPLY).status_code == desk.get(ANSWER).status_code == 409

    def test_opened_again_the_version_in_force_can_still_be_fetched(self, desk, leader):
        send(desk)
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        assert desk.form(f"{NORTH}/reopen", {"reason": ""}).status_code == 422
        desk.form(f"{NORTH}/reopen", {"reason": "Et tal var forkert."})
        page = leader.get(NORTH).text
        assert "Udkast til version 2" in page
        # What is being corrected is published for itself, and not with the others.
        assert "Det bliver udgivet" not in desk.get(f"{ROUND}/publish-reports").text
        assert "Erstatter version 1. Grund: Et tal var forkert." in page
        assert f"{NORTH}/versions/1/pdf" in page
        assert leader.get(f"{NORTH}/versions/1/pdf").content == b"as it was"
        assert leader.get(f"{NORTH}/versions/1/exe").status_code == 404
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        assert ", version 2." in leader.get("/reports").text
        for browser in (leader, desk):
            assert browser.get(f"{NORTH}/versions/1/pdf").content == b"as it was"

    def test_what_was_replaced_is_listed_and_can_be_fetched_by_whoever_reads_the_report(
        self, desk, leader, sign_in
    ):
        send(desk)
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        assert "Tidligere versioner" not in leader.get(NORTH).text
        desk.form(f"{NORTH}/reopen", {"reason": "Et tal var forkert."})
        # Nothing of a draft is handed out as published.
        assert leader.get(f"{NORTH}/versions/2/pdf").status_code == 404
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        for browser in (desk, leader, sign_in("kontakt")):
            page = browser.get(NORTH).text
            told = page[page.index('id="earlier-versions"') :]
            told = told[: told.index("</details>")]
            assert f"Version 1, udgivet {Wording('da').date(TODAY)}" in told
            assert "Erstattet af version 2. Grund: Et tal var forkert." in told
            assert f'href="{NORTH}/versions/1/pdf"' in told
            assert sha256(b"as it was").hexdigest() in told
            assert browser.get(f"{NORTH}/versions/1/pdf").content == b"as it was"
        assert sign_in("chef").get(f"{NORTH}/versions/1/pdf").status_code in {403, 404}

    def test_the_page_says_the_checksums_of_what_is_handed_out(self, desk, leader):
        assert "Filernes kontrolsummer" not in desk.get(NORTH).text
        send(desk)
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        page = leader.get(NORTH).text
        for kind in ("pdf", "json"):
            digest = sha256(leader.get(f"{NORTH}/{kind}").content).hexdigest()
            row = page[page.index(f"2026-1-center-nord.{kind}</th>") :]
            assert digest in row[: row.index("</tr>")]
        assert "Filernes kontrolsummer, version 1" in page
        assert "da.value" not in page
        assert leader.get(f"{NORTH}/versions/1/value").status_code == 404
        desk.form(f"{NORTH}/reopen", {"reason": "Et tal var forkert."})
        page = desk.get(NORTH).text
        # Beside the links to the version in force, before those to the draft.
        assert "Filernes kontrolsummer" not in page
        sums = page.index("Kontrolsummer for filerne til version 1, som gælder nu")
        assert page.index(f"{NORTH}/versions/1/pdf") < sums < page.index(f'"{NORTH}/pdf"')
        assert "2026-1-center-nord-1.pdf</th>" in page

    def test_a_page_that_is_computed_anew_says_so(self, desk, monkeypatch):
        send(desk)
        desk.form(f"{NORTH}/publish", {"without_reply": "yes"})
        assert "regnet ud på ny" not in desk.get(NORTH).text
        monkeypatch.setattr(kept_reports, "report_in", lambda _: None)
        monkeypatch.setattr("web.reading._SHELVES", {})
        assert "regnet ud på ny" in desk.get(NORTH).text


def fields(page):
    """The hidden fields of the page that goes on."""
    form = page[page.index('id="going-on"') :]
    return dict(
        re.findall(r'<input type="hidden" name="(reports|refused|without_reply)" value="([^"]*)"', form)
    )


@pytest.mark.usefixtures("cheap")
class TestPublishAll:
    PLACE = f"{ROUND}/publish-reports"

    @pytest.fixture
    def sent(self, desk):
        desk.form(f"{ROUND}/send-reports", {"reply_by": LATER})
        return desk

    def begin(self, desk):
        return desk.form(self.PLACE, {"without_reply": "yes"})

    def test_all_but_those_with_an_objection(self, sent, leader):
        objection(leader)
        page = sent.get(self.PLACE).text
        page = page[page.index("Det kan ikke udgives nu") :]
        assert page.index("Center Nord") < page.index("Det bliver udgivet") < page.index("Center Syd")
        assert sent.form(self.PLACE, {}).status_code == 422
        page = self.begin(sent).text
        assert "2 rapporter er udgivet" in page
        assert "Center Nord" not in page
        assert "Udgivet " in sent.get(SOUTH).text
        assert "Udkast hos lederen" in sent.get(NORTH).text

    def test_a_few_at_a_time_until_all_are_out(self, sent):
        page = self.begin(sent).text
        assert "2 af 3" in page
        assert "Udgiv de næste" in page
        assert fields(page) == {
            "reports": "center-nord center-syd center-oest",
            "refused": "",
            "without_reply": "yes",
        }
        assert "Udkast. Centret har ingen leder i LIRK" in sent.get(f"{ROUND}/reports/center-oest").text
        page = sent.form(self.PLACE, fields(page)).text
        assert "Udgivelsen er færdig" in page
        assert "3 rapporter er udgivet" in page
        assert 'id="going-on"' not in page

    def test_the_same_request_again_does_no_harm(self, sent, pages):
        told = fields(self.begin(sent).text)
        first = sent.form(self.PLACE, told).text
        again = sent.form(self.PLACE, told).text
        assert "3 rapporter er udgivet" in first
        assert "3 rapporter er udgivet" in again
        with pages.database.begin() as store:
            published = [one for one in store.trail.entries() if one.action == "report-published"]
        assert len(published) == 3

    def test_what_is_refused_on_the_way_is_told_at_the_end_with_what_to_do(self, sent, leader, monkeypatch):
        made = publishing.edition_of

        def edition_of(store, actor, key, centre, **more):
            if centre == "Center Nord":
                raise publishing.EditionChanged(centre=centre)
            return made(store, actor, key, centre, **more)

        monkeypatch.setattr(publishing, "edition_of", edition_of)
        going = self.begin(sent).text
        assert fields(going)["refused"] == "center-nord=edition-changed"
        page = sent.form(self.PLACE, fields(going)).text
        assert "Rapporten for Center Nord blev ændret, mens filerne blev lavet." in page
        assert "2 rapporter er udgivet" in page
        assert "Udgiv resten" in page
        assert "Udkast hos lederen" in sent.get(NORTH).text

    def test_an_objection_on_the_way_is_told_as_such(self, sent, leader):
        told = {"reports": "center-nord center-syd", "refused": "", "without_reply": "yes"}
        objection(leader)
        page = sent.form(self.PLACE, told).text
        assert "Lederen er uenig i et fund, og der er ikke svaret." in page
        assert "1 rapport er udgivet" in page

    def test_what_is_typed_by_no_page_of_ours_publishes_nothing_else(self, sent):
        page = sent.form(self.PLACE, {"reports": "center-vest <b> ../x", "refused": "x=y <i>="})
        assert page.status_code == 200
        assert "rapport er udgivet" not in page.text
        assert "<i>=" not in page.text
        assert "Det bliver udgivet" in page.text
        assert sent.form(self.PLACE, {"reports": "center-nord", "others": "x"}).status_code == 422

    def test_with_nothing_left_it_says_who_acts_next(self, desk, leader):
        assert "Næste skridt er dit: Lederne skal have udkastene først." in desk.get(self.PLACE).text
        assert f'href="{ROUND}/send-reports"' in desk.get(self.PLACE).text
        assert "Ingen rapport kan udgives nu" in desk.form(self.PLACE, {"without_reply": "yes"}).text
        desk.form(f"{ROUND}/send-reports", {"reply_by": LATER})
        objection(leader)
        self.begin(desk)
        assert "Svar de ledere, der er uenige." in desk.get(self.PLACE).text
        answer(desk)
        page = self.begin(desk).text
        assert "men intet svar er ændret. Udgiv rapporten for sig selv." in page
        assert "Gør det, der står ved hvert center." in page
        desk.form(f"{NORTH}/publish", {"without_reply": "yes", "unchanged": "yes"})
        assert "Alle rapporter er udgivet" in desk.get(self.PLACE).text
        desk.form(f"{NORTH}/reopen", {"reason": "Et tal var forkert."})
        assert "En rapport, der rettes, udgiver du for sig selv" in desk.get(self.PLACE).text
