"""The pages of a calibration: choosing, confirming, scoring blind, closing, and what came of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from calibrated_round import Calibrators
from small_round import Municipality, write_files

from lirk.domain.people import Role
from lirk.services import rounds

KEY, AT = "2026-9", "/rounds/2026-9/calibration"
MINE = f"/reviews/calibration/{KEY}"
READERS = ("nina", "otto", "rita")
#: What nobody but its writer may read before the calibration is closed.
SECRETS = {one: f"Vandmærke-{one}-{one[::-1]}" for one in READERS}


@pytest.fixture
def town(pages, tmp_path) -> Municipality:
    """A further round that is drawn and not shared out, and one reviewer more."""
    folder = tmp_path / "town"
    folder.mkdir()
    write_files(folder)
    made = Municipality(pages.database, folder, datetime.now(UTC).replace(microsecond=0) - timedelta(days=5))
    made.add("nina")
    made.new(KEY)
    made.draw(seed="11111111112222222222", key=KEY)
    return made


@pytest.fixture
def desk(town) -> Calibrators:
    return Calibrators(town, *READERS, key=KEY)


@pytest.fixture
def boss(sign_in):
    return sign_in("koordinator")


def text(response) -> str:
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


class TestChoosing:
    def test_offered_on_the_page_of_a_round_that_is_drawn(self, town, boss):
        page = boss.get(f"/rounds/{KEY}")
        assert f'href="{AT}"' in page.text
        assert "Kalibrér først (kan springes over)" in page.text
        assert "Bestem, hvordan runden gennemgås" in page.text
        assert "calibration" not in boss.get("/rounds/2026-2").text

    def test_from_choosing_to_open(self, town, boss):
        page = boss.get(AT)
        assert "Hvor mange sager?" in page.text
        chosen = {"cases": "2", "reviewer": ["nina", "otto"]}
        confirm = boss.form(AT, chosen)
        assert "Begynd kalibreringen?" in confirm.text
        assert "Kalibreringssag 1" in confirm.text
        assert boss.get(AT).text.count("Hvor mange sager?") == 1
        opened = boss.form(AT, {**chosen, "go": "open"}, action=f"{AT}/open")
        assert (opened.status_code, opened.headers["location"]) == (303, AT)
        page = text(boss.get(AT))
        assert "Nina har afsluttet 0 af 2 sager" in page
        assert "Rita" not in page

    def test_back_to_the_choices_with_what_was_chosen(self, town, boss):
        chosen = {"cases": "3", "reviewer": ["nina", "otto"], "go": "edit"}
        page = boss.form(AT, chosen, action=f"{AT}/open").text
        assert re.search(r'value="3" checked', page)
        assert re.search(r'value="nina" checked', page)
        assert not re.search(r'value="rita" checked', page)

    @pytest.mark.parametrize(
        ("chosen", "said"),
        [
            ({"cases": "2", "reviewer": ["nina"]}, "Vælg mindst to, der skal være med."),
            ({"cases": "2"}, "Vælg mindst to, der skal være med."),
            ({"cases": "1", "reviewer": ["nina", "otto"]}, "Vælg 2-5 sager"),
            ({"cases": "hundrede", "reviewer": ["nina", "otto"]}, "Vælg 2-5 sager"),
            ({"reviewer": ["nina", "otto"]}, "Vælg 2-5 sager"),
            (
                {"cases": "5", "reviewer": ["nina", "otto"]},
                "Der er ikke sager nok i reserven. Tilbage er: 4.",
            ),
            ({"cases": "2", "reviewer": ["nina", "arkivar"]}, "gennemgår ikke sager"),
            ({"cases": "2", "reviewer": ["nina", "ingen"]}, "ingen"),
        ],
    )
    @pytest.mark.parametrize("step", ["", "/open"])
    def test_what_cannot_be_opened_is_told_at_the_field(self, town, boss, chosen, said, step):
        answer = boss.form(AT, chosen, action=AT + step)
        assert answer.status_code == 422
        assert said in answer.text
        assert "error-summary" in answer.text

    def test_who_does_not_get_which_case_is_told_before(self, town, boss):
        town.add("lis", Role.REVIEWER, Role.CENTRE_LEADER, centres=["Center Syd"])
        page = text(boss.form(AT, {"cases": "2", "reviewer": ["nina", "otto", "lis"]}))
        assert "Lis: 1 sag. Læser ikke kalibreringssag 2" in page

    def test_a_round_that_is_shared_out_cannot_be_calibrated(self, boss):
        page = boss.get("/rounds/2026-2/calibration")
        assert "for sent at kalibrere" in page.text
        assert "<form" not in page.text.split("<main")[1]
        answer = boss.form("/rounds/2026-2/calibration", {"cases": "2", "reviewer": ["rita", "otto"]})
        assert answer.status_code == 409

    def test_a_reserve_that_is_too_small_says_what_can_be_done(self, pages, tmp_path, boss):
        folder = tmp_path / "small"
        folder.mkdir()
        write_files(folder, reserve=0)
        made = Municipality(pages.database, folder, datetime.now(UTC) - timedelta(days=5))
        made.new("2026-8")
        made.draw(seed="33333333334444444444", key="2026-8")
        page = text(boss.get("/rounds/2026-8/calibration"))
        assert "Træk med en større reserve" in page
        assert "Runden kan godt gå videre uden kalibrering" in page


class TestOpen:
    def test_cases_cannot_be_shared_out_and_the_remedy_is_told(self, desk, boss):
        desk.open()
        said = {"reviewer": ["rita", "otto"]}
        answer = boss.form(f"/rounds/{KEY}/assign", said, action=f"/rounds/{KEY}/assign/confirm")
        assert answer.status_code == 422
        assert "Luk eller annullér kalibreringen" in answer.text

    def test_in_the_queue_with_a_name_of_its_own(self, desk, sign_in):
        desk.open()
        page = sign_in("rita").get("/reviews").text
        assert page.index("Kalibrering, ") < page.index(
            "2. runde 2026" if "2. runde 2026" in page else "Sager i"
        )
        assert "Åbn kalibreringssag 1" in page
        assert "Åbnes efter kalibreringssag 1" in page

    def test_a_case_has_its_name_on_every_page_and_cannot_be_reported(self, desk, sign_in):
        desk.open()
        review, rita = desk.ids("rita")[1], sign_in("rita")
        item = rita.get(f"/reviews/{review}/items/clear").text
        assert "Kalibreringssag 1" in item
        assert "/obstacle" not in item
        assert rita.get(f"/reviews/{review}/obstacle").status_code == 404
        assert (
            rita.form(
                f"/reviews/{review}/items/clear",
                {"reason": "not-found"},
                action=f"/reviews/{review}/obstacle",
            ).status_code
            == 404
        )
        summary = rita.get(f"/reviews/{review}/summary").text
        assert "Afslut kalibreringssag 1" in summary
        assert f"/reviews/{review}/urgent" not in summary

    def test_is_answered_and_finished_in_the_browser(self, desk, sign_in):
        desk.open()
        review, rita = desk.ids("rita")[1], sign_in("rita")
        at = f"/reviews/{review}/items/clear"
        saved = rita.form(at, {"value": "yes", "version": "0", "go": "next"})
        assert saved.status_code == 303
        while "/items/" in saved.headers["location"]:
            at = saved.headers["location"]
            saved = rita.form(at, {"value": "yes", "version": "0", "go": "next"})
        summary = f"/reviews/{review}/summary"
        verdict = re.search(r'name="judgement" value="([^"]+)"', rita.get(summary).text)
        done = rita.form(
            summary, {"judgement": verdict.group(1)} if verdict else {}, action=f"/reviews/{review}/finish"
        )
        assert done.status_code == 303
        assert done.headers["location"] == f"/reviews/{desk.ids('rita')[2]}"
        assert "når kalibreringen er lukket" in rita.get(summary).text

    def test_cancelled_after_a_question(self, desk, boss):
        desk.open()
        desk.save("rita", 1)
        assert "Annullér kalibreringen?" in boss.get(f"{AT}/cancel").text
        answer = boss.form(f"{AT}/cancel")
        assert (answer.status_code, answer.headers["location"]) == (303, AT)
        assert desk.reviews() == ()
        assert "Der er ingen åben kalibrering" in boss.get(f"{AT}/cancel").text

    def test_closing_names_those_who_are_not_finished(self, desk, boss):
        desk.open()
        desk.complete("rita", {1: "yes", 2: "yes"})
        answer = boss.form(AT, action=f"{AT}/close")
        assert answer.status_code == 422
        assert "De er ikke færdige med kalibreringen: Nina og Otto." in answer.text
        answer = boss.form(AT, {"unfinished": "yes"}, action=f"{AT}/close")
        assert (answer.status_code, answer.headers["location"]) == (303, AT)

    def test_an_unfinished_review_leads_nowhere_once_it_is_closed(self, desk, sign_in):
        desk.open()
        desk.save("rita", 1)
        desk.close(unfinished=True)
        review, rita = desk.ids("rita")[1], sign_in("rita")
        answer = rita.get(f"/reviews/{review}")
        assert answer.status_code == 409
        assert "kan ikke besvares mere" in answer.text

    def test_closing_what_nobody_answered(self, desk, boss):
        desk.open()
        answer = boss.form(AT, {"unfinished": "yes"}, action=f"{AT}/close")
        assert answer.status_code == 422
        assert "Annullér den i stedet" in answer.text


@pytest.fixture
def closed(desk):
    desk.open()
    for name in ("nina", "rita"):
        desk.complete(name, {1: "yes", 2: "yes"})
    desk.complete("otto", {1: "yes", 2: "no"}, note=SECRETS["otto"])
    desk.close()
    return desk


class TestResults:
    @pytest.mark.parametrize(("who", "at"), [("koordinator", AT), ("rita", MINE)])
    def test_who_read_it_how(self, closed, sign_in, who, at):
        page = text(sign_in(who).get(at))
        assert "Bogstaverne er blandet på ny for hver sag, så A er ikke den samme i to sager." in page
        own = re.search(r"Du er [ABC] i kalibreringssag 1 og [ABC] i kalibreringssag 2\.", page)
        assert (own is not None) is (who == "rita")
        assert re.search(r"[ABC]: Ja · [ABC]: (Ja|Nej) · [ABC]: (Ja|Nej)", page)
        assert "Uenige i kalibreringssag 2" in page
        assert "Enige i 1 af 2 sager. Når man sammenligner svarene to og to, er 67 % ens." in page
        assert SECRETS["otto"] in page
        for name in ("Nina", "Otto"):
            assert name not in page

    def test_only_where_they_differ(self, closed, sign_in):
        rita = sign_in("rita")
        every, some = (text(rita.get(f"{MINE}?show={show}")) for show in ("all", "differing"))
        assert "Er brevet klart?" in some
        assert len(some) <= len(every)

    def test_nothing_to_show_is_said(self, desk, sign_in):
        desk.open()
        for name in READERS:
            desk.complete(name, {1: "yes", 2: "yes"})
        desk.close()
        page = text(sign_in("rita").get(f"{MINE}?show=differing"))
        assert "Ingen punkter at vise." in page
        assert "Er brevet klart?" not in page

    def test_names_once_all_have_agreed(self, closed, sign_in):
        rita = sign_in("rita")
        answer = rita.form(MINE, {"named": "yes"}, action=f"{MINE}/name")
        assert (answer.status_code, answer.headers["location"]) == (303, MINE)
        assert "Otto:" not in rita.get(MINE).text
        for name in ("nina", "otto"):
            closed.name(name)
        assert "Nina: Ja · Otto: Ja · Rita: Ja" in rita.get(MINE).text
        rita.form(MINE, action=f"{MINE}/name")
        assert "Otto:" not in rita.get(MINE).text

    def test_reached_from_the_queue(self, closed, sign_in):
        assert f'href="{MINE}"' in sign_in("nina").get("/reviews").text
        assert f'href="{MINE}"' in sign_in("rita").get("/reviews").text

    def test_read_only_for_those_who_took_part(self, closed, sign_in):
        page = sign_in("rita").get(MINE).text
        assert "<textarea" not in page
        assert "/agreed/" not in page


class TestAgreedReading:
    FORM = f"{AT}/agreed/breve/clear"

    def test_written_and_shown(self, closed, town, boss, sign_in):
        said = "Ja, når datoen står på side 1."
        answer = boss.form(AT, {"text": said, "version": "0"}, action=self.FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{AT}#item-breve-clear")
        assert said in boss.get(AT).text
        assert said in sign_in("rita").get(MINE).text
        with town.acting() as (store, actor):
            rounds.assign_cases(store, actor, KEY, reviewers=["rita"], now=town.now)
        with closed.town.database.begin() as store:
            rita = store.people.by_username("rita")
            first = store.reviews.of(store.rounds.by_key(KEY).id, reviewer_id=rita.id)[0].id
        page = sign_in("rita").get(f"/reviews/{first}/items/clear").text
        assert said in page
        assert page.index(said) < page.index('id="guidance"') < page.index('id="answer-form"')
        refused = sign_in("rita").form(
            f"/reviews/{first}/items/clear", {"value": "no", "version": "0", "go": "next"}
        )
        assert refused.status_code == 422
        assert said in refused.text

    def test_what_cannot_be_kept_stands_there_still(self, closed, boss):
        answer = boss.form(AT, {"text": "Som hos 010190-1234", "version": "0"}, action=self.FORM)
        assert answer.status_code == 422
        assert "ligner et cpr-nummer" in answer.text
        assert "Som hos 010190-1234" in answer.text

    def test_another_has_written_meanwhile(self, closed, boss):
        closed.agree("Den ene læsning.")
        answer = boss.form(AT, {"text": "Den anden læsning.", "version": "0"}, action=self.FORM)
        assert answer.status_code == 409
        assert "Den ene læsning." in answer.text
        assert "Den anden læsning." in answer.text
        version = re.search(r'agreed/breve/clear".*?name="version" value="(\d+)"', answer.text, re.DOTALL)
        answer = boss.form(AT, {"text": "Den anden læsning.", "version": version.group(1)}, action=self.FORM)
        assert answer.status_code == 303

    def test_marks_are_text(self, closed, boss):
        boss.form(AT, {"text": "<b>fed</b>", "version": "0"}, action=self.FORM)
        assert "<b>fed</b>" not in boss.get(AT).text
        assert "&lt;b&gt;fed" in boss.get(AT).text


def addresses(pages, review_ids) -> list[str]:
    """Every address that is read, filled in with what there is of this round."""
    found = []
    for route in pages.app.routes:
        for handler in getattr(route, "route_handlers", ()):
            if "GET" in handler.http_methods:
                found += _filled(route.path_format, review_ids)
    return sorted(set(found))


def _filled(pattern, review_ids) -> list[str]:
    fixed = {
        "key": [KEY], "number": ["1", "2"], "item_id": ["clear"], "checklist_id": ["breve"],
        "review_id": [str(one) for one in review_ids], "version": ["1"],
    }  # fmt: skip
    made = [pattern]
    for name in re.findall(r"\{(\w+)\}", pattern):
        made = [one.replace("{" + name + "}", value) for one in made for value in fixed.get(name, ["1"])]
    return made


class TestBlind:
    def test_nobody_gets_another_s_answer_before_it_is_closed(self, desk, pages, sign_in):
        desk.town.add("jura", Role.LEGAL_ADVISER)
        desk.open()
        for name in READERS:
            desk.save(name, 1, "no", note=SECRETS[name], in_doubt=name == "rita")
        ids = [desk.ids(name)[1] for name in READERS]
        asked = addresses(pages, ids)
        assert f"/reviews/{ids[0]}/items/clear" in asked
        assert f"{AT}" in asked
        for who in (*READERS, "koordinator", "jura", "chef", "leder", "kontakt", "arkivar", "admin"):
            browser, seen = sign_in(who), 0
            for address in [*asked, f"/rounds/{KEY}/trail?answers=yes"]:
                answer = browser.get(address)
                for name, secret in SECRETS.items():
                    if secret.encode() in answer.content:
                        assert name == who, f"{who} reads what {name} wrote at {address}"
                        seen += 1
            # The search would find what is there to be found: everybody reads their own.
            assert bool(seen) == (who in READERS)

    def test_nor_by_writing(self, desk, sign_in):
        desk.open()
        desk.save("rita", 1, "no", note=SECRETS["rita"])
        review = desk.ids("rita")[1]
        for who in ("otto", "koordinator"):
            browser = sign_in(who)
            at = f"/reviews/{review}/items/clear"
            sent = {"value": "yes", "note": "", "journal_reference": "", "in_doubt": False}
            answers = [
                browser.form(at, {"value": "yes", "version": "0", "go": "next"}, action=at),
                browser.put(
                    at, json={**sent, "version": 0, "key": "k"}, headers={"x-csrf-token": browser.token()}
                ),
                browser.post(f"/reviews/{review}/finish"),
            ]
            assert {one.status_code for one in answers} == {404}
            assert not any(SECRETS["rita"] in one.text for one in answers)

    def test_nor_does_the_sheet_hold_it(self, desk, sign_in):
        desk.open()
        desk.save("rita", 1, "no", note=SECRETS["rita"])
        with desk.town.database.begin() as store:
            round_ = store.rounds.by_key(KEY)
            assert all(not review.answers for review in store.reviews.of(round_.id))
