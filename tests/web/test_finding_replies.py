"""The right of reply in the browser: that there is nothing to add, texts that came too late, and who could reply."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import report_values as values
from small_round import SECRET_KEY

from lirk.domain.people import Role
from lirk.domain.report_stages import ReportStage, ReportState
from lirk.services import people
from lirk.wording import Wording
from web.pages.report_remarks import RemarksPart

ROUND = "/rounds/2026-1"
NORTH, SOUTH = (f"{ROUND}/reports/center-{name}" for name in ("nord", "syd"))
REPLY, ANSWER = f"{NORTH}/replies/breve/clear", f"{NORTH}/answers/breve/clear"
TODAY = datetime.now(UTC).astimezone().date()
LATER = f"{TODAY + timedelta(days=14):%d.%m.%Y}"
TYPED = "Brevet er klart i sag 1, og det står i bilaget."


@pytest.fixture
def desk(sign_in):
    return sign_in("koordinator")


@pytest.fixture
def leader(sign_in):
    return sign_in("leder")


@pytest.fixture
def sent(desk):
    """The draft of Center Nord is with its leader."""
    assert desk.form(f"{NORTH}/send", {"reply_by": LATER}).status_code == 303


def stage_becomes(pages, **changes):
    """Change how far the report of Center Nord is, as if somebody had done it meanwhile."""
    with pages.database.begin() as store:
        round_ = store.rounds.by_key("2026-1")
        stage = store.report_stages.of(round_.id, "Center Nord")
        store.report_stages.keep(round_.id, "Center Nord", replace(stage, **changes))
        store.trail.add("test", actor_id=None, at=datetime.now(UTC))


def say(leader, choice="nothing", report=NORTH, seen=None):
    seen = mark(leader, report) if seen is None else seen
    return leader.form(report, {"choice": choice, "seen": seen}, action=f"{report}/remarks")


def mark(leader, report=NORTH):
    """The mark of the draft as the page shows it; empty where there is no button."""
    found = re.search(r'name="seen" value="(\w+)"', leader.get(report).text)
    return found[1] if found else ""


def reply(leader, comment=TYPED, objects="yes", version="0"):
    return leader.form(NORTH, {"comment": comment, "objects": objects, "version": version}, action=REPLY)


def answer(desk, said, version="1"):
    given = {"outcome": "accepted", "answer": said, "version": version}
    return desk.form(NORTH, given, action=ANSWER)


@pytest.mark.usefixtures("sent")
class TestNothingToAdd:
    def test_one_button_and_the_coordinator_need_not_wait(self, desk, leader):
        assert "Jeg har læst rapporten og har ikke bemærkninger" in leader.get(NORTH).text
        assert 'name="without_reply"' in desk.get(f"{NORTH}/publish").text
        assert say(leader).headers["location"] == NORTH
        for page in (ROUND, NORTH):
            assert "Lederen har læst det og har ikke noget at tilføje" in desk.get(page).text
        assert "ikke at have bemærkninger til den." in desk.get(NORTH).text
        assert 'name="without_reply"' not in desk.get(f"{NORTH}/publish").text
        assert leader.get(f"{NORTH}/json").json()["stage"]["no_remarks_at"].startswith(str(TODAY.year))

    def test_where_there_is_no_finding_none_is_mentioned(self):
        until = ReportStage(state=ReportState.WITH_LEADER, reply_by=TODAY, no_remarks_at=datetime.now(UTC))
        found = values.centre_report(stage=until)
        bare = replace(found, findings=())
        for report, mentioned in ((found, True), (bare, False)):
            part = RemarksPart.of(report, NORTH, Wording("da"))
            assert part.button == "Jeg har alligevel noget at tilføje"
            assert part.told.startswith("Du har sagt, at du ikke har noget at tilføje. Til og med ")
            assert ("skrive til et fund" in part.told) is mentioned

    def test_the_list_tells_of_what_the_leader_wrote(self, desk, leader):
        say(leader)
        assert "Du har læst det og har ikke noget at tilføje" in leader.get("/reports").text
        reply(leader)
        say(leader)
        for client, who in ((desk, "Lederen"), (leader, "Du")):
            for page in ("/reports", NORTH):
                told = client.get(page).text
                assert f"{who} har svaret og har ikke flere bemærkninger" in told
                assert "noget at tilføje" not in told.replace("Jeg har alligevel noget at tilføje", "")
        assert "Du har sagt, at du ikke har flere bemærkninger." in leader.get(NORTH).text

    def test_an_objection_is_answered_before_it_is_published(self, desk, leader):
        reply(leader)
        say(leader)
        for page in ("/reports", NORTH, ROUND):
            assert "Du svarer på indsigelsen, før rapporten kan udgives." in desk.get(page).text
        for page in ("/reports", NORTH):
            assert "Koordinatoren svarer på indsigelsen, før rapporten kan udgives." in leader.get(page).text
        assert "koordinatoren svarer på indsigelsen, før rapporten udgives" in desk.get(NORTH).text

    def test_the_log_says_of_both_kinds_what_was_said(self, desk, leader):
        reply(leader)
        say(leader)
        assert "har ikke mere at tilføje." in desk.get(f"{ROUND}/trail").text

    def test_one_comment_does_not_end_the_right_of_reply(self, desk, leader):
        reply(leader, objects="")
        assert "Det venter på dig" in leader.get("/reports").text
        assert "eller sig, at du ikke har flere bemærkninger, senest" in leader.get("/reports").text
        page = desk.get(f"{NORTH}/publish").text
        assert "Lederen har skrevet, men har ikke sagt, at det er alt." in page
        refused = desk.form(f"{NORTH}/publish", {})
        assert refused.status_code == 422
        assert "har ikke sagt, at der ikke er mere at tilføje" in refused.text
        every = desk.get(f"{ROUND}/publish-reports").text
        assert "Center Nord: Lederen har skrevet, men har ikke sagt, at det er alt." in every
        assert desk.form(f"{ROUND}/publish-reports", {}).status_code == 422
        say(leader)
        assert "Det venter på dig" not in leader.get("/reports").text
        assert 'name="without_reply"' not in desk.get(f"{NORTH}/publish").text

    def test_of_a_centre_without_a_leader_it_says_who_acts(self, desk):
        first = "Udkast. Centret har ingen leder i LIRK, der kan svare. Du sender det med en frist, og så udgiver du."
        for page in (SOUTH, "/reports", ROUND):
            assert desk.get(page).text.count(first) == (1 if page == SOUTH else 2)
        assert "Send udkastet med en frist" in desk.get(SOUTH).text
        said = "Udkast. Centret har ingen leder i LIRK, der kan svare. Du udgiver."
        desk.form(f"{SOUTH}/send", {"reply_by": LATER})
        assert "Flyt fristen for svar" in desk.get(SOUTH).text
        for page in (ROUND, SOUTH, "/reports"):
            # The report of Center Nord is with its leader.
            assert desk.get(page).text.count(said) == 1
            assert desk.get(page).text.count("Udkast hos lederen") == (page != SOUTH)
        assert said not in desk.get(NORTH).text

    def test_nor_is_a_leader_said_to_be_waited_for_where_there_is_none(self, desk):
        desk.form(f"{SOUTH}/send", {"reply_by": LATER})
        page = desk.get(f"{SOUTH}/publish").text
        assert "Centret har ingen leder i LIRK, der kan svare" in page
        assert "Udgiv alligevel, selv om ingen kan svare" in page
        assert "Lederen" not in page
        refused = desk.form(f"{SOUTH}/publish", {})
        assert refused.status_code == 422
        assert "Center Syd har ingen leder i LIRK, så ingen kan svare på udkastet." in refused.text

    def test_it_can_be_taken_back(self, desk, leader):
        say(leader)
        assert "Jeg har alligevel noget at tilføje" in leader.get(NORTH).text
        assert say(leader, "something").status_code == 303
        assert "som kan svare til og med" in desk.get(ROUND).text
        assert leader.get(f"{NORTH}/json").json()["stage"]["no_remarks_at"] is None

    def test_a_comment_takes_it_back_and_then_there_may_be_no_more_to_say(self, leader):
        say(leader)
        assert reply(leader).status_code == 303
        page = leader.get(NORTH).text
        assert "ikke at have bemærkninger til den." not in page
        assert "Jeg har ikke flere bemærkninger" in page

    def test_not_of_an_old_page_which_is_shown_anew(self, desk, leader):
        old = mark(leader)
        finding = f"{NORTH}/findings/breve/clear"
        assert desk.form(NORTH, {"seen": "Nyt.", "version": "0"}, action=finding).status_code == 303
        page = say(leader, seen=old)
        assert page.status_code == 409
        assert "er ændret, siden du åbnede siden" in page.text
        assert "Nyt." in page.text
        assert 'href="#remarks"' in page.text
        assert "Udkast hos lederen" in desk.get(NORTH).text
        assert say(leader).status_code == 303

    def test_what_the_coordinator_changes_afterwards_takes_it_back_and_the_receipt_says_so(
        self, desk, leader
    ):
        said = "Det gælder ikke længere, for udkastet er ændret."
        reply(leader, objects="")
        confirmed = say(leader).headers["location"]
        assert "ikke har flere bemærkninger." in leader.get(confirmed).text
        assert "Lederen har svaret og har ikke flere bemærkninger" in desk.get(NORTH).text
        assert "Lederen har ingen flere bemærkninger; koordinatoren udgiver" in desk.get(NORTH).text
        answered = answer(desk, "Godt set.")
        assert said in desk.get(answered.headers["location"].partition("#")[0]).text
        say(leader)
        given = {"seen": "Nyt.", "version": "0"}
        written = desk.form(NORTH, given, action=f"{NORTH}/findings/breve/clear")
        assert said in desk.get(written.headers["location"].partition("#")[0]).text
        assert "Udkast hos lederen" in desk.get(NORTH).text

    def test_nobody_has_nothing_to_add_to_what_was_not_seen(self, pages, desk, sign_in):
        with pages.database.begin() as store:
            people.add_person(
                store,
                store.people.by_username("admin"),
                username="syd",
                name="Syd",
                roles=(Role.CENTRE_LEADER,),
                centres=("Center Syd",),
                secret_key=SECRET_KEY,
                now=datetime.now(UTC),
            )
        desk.form(f"{SOUTH}/send", {"reply_by": LATER})
        client = sign_in("syd")
        # The leader is asked about the self-assessment before the first look.
        assert "Se rapporten nu" in client.get(SOUTH).text
        assert say(client, report=SOUTH).headers["location"] == SOUTH
        assert "Udkast hos lederen" in desk.get(SOUTH).text

    def test_nobody_else_is_offered_it(self, desk, sign_in):
        for client in (desk, sign_in("kontakt")):
            assert f'action="{NORTH}/remarks"' not in client.get(NORTH).text

    def test_not_any_more_when_it_is_published(self, pages, leader):
        stage_becomes(pages, state=ReportState.PUBLISHED, published_at=datetime.now(UTC))
        assert f'action="{NORTH}/remarks"' not in leader.get(NORTH).text
        assert say(leader).status_code == 409


@pytest.mark.usefixtures("sent")
class TestTooLate:
    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            pytest.param({"reply_by": date(2020, 3, 1)}, "Fristen for svar var 1. marts 2020", id="the day"),
            pytest.param(
                {"state": ReportState.PUBLISHED, "published_at": datetime(2026, 3, 1, tzinfo=UTC)},
                "er udgivet og ligger fast",
                id="published",
            ),
            pytest.param(
                {"state": ReportState.DRAFT, "version": 2}, "er ikke sendt til lederen", id="reopened"
            ),
        ],
    )
    def test_a_leaders_text_is_given_back_with_what_to_do(self, pages, leader, changes, said):
        stage_becomes(pages, **changes)
        page = reply(leader)
        assert page.status_code == 409
        for words in (said, TYPED, "er ikke gemt", "send den til koordinatoren", "Du havde sat kryds ved"):
            assert words in unescape(page.text)
        assert f'action="{REPLY}"' not in page.text

    def test_so_is_the_coordinators(self, pages, desk, leader):
        reply(leader)
        stage_becomes(pages, state=ReportState.PUBLISHED, published_at=datetime.now(UTC))
        page = answer(desk, "Det har I ret i.")
        assert page.status_code == 409
        for words in (TYPED, "Det har I ret i.", "Dit svar er ikke gemt", "er udgivet og ligger fast"):
            assert words in unescape(page.text)
        assert f'action="{ANSWER}"' not in page.text

    def test_and_where_the_leader_has_taken_the_words_back(self, desk, leader):
        reply(leader)
        reply(leader, "", objects="", version="1")
        page = answer(desk, "Det har I ret i.")
        assert page.status_code == 409
        for words in ("Det har I ret i.", "Lederen har ikke skrevet noget her."):
            assert words in unescape(page.text)

    def test_and_the_text_about_a_finding(self, pages, desk):
        stage_becomes(pages, state=ReportState.PUBLISHED, published_at=datetime.now(UTC))
        finding = f"{NORTH}/findings/breve/clear"
        page = desk.form(NORTH, {"seen": TYPED, "version": "0"}, action=finding)
        assert page.status_code == 409
        for words in (TYPED, "er udgivet og ligger fast"):
            assert words in unescape(page.text)
        assert "Det står der nu" not in page.text

    def test_of_what_is_no_item_there_is_no_page(self, leader):
        given = {"comment": TYPED, "version": "0"}
        assert leader.form(NORTH, given, action=f"{NORTH}/replies/breve/nothing").status_code == 404


@pytest.mark.usefixtures("sent")
class TestTwoWindows:
    """What somebody else has kept meanwhile is shown with its stance, and so is what saving would do."""

    def conflict(self, leader, *, kept, typed, comments=("Den første.", "Den anden.")):
        reply(leader, comments[0], objects=kept)
        page = reply(leader, comments[1], objects=typed)
        assert page.status_code == 409
        told = page.text[page.text.index('class="conflict"') :]
        return page.text, " ".join(re.sub("<[^>]+>", " ", told[: told.index("<form")]).split())

    def test_an_objection_is_not_removed_unseen(self, leader):
        page, told = self.conflict(leader, kept="yes", typed="")
        assert "Det står der nu Uenig i fundet: Den første." in told
        assert "Det skrev du Bemærkning, uden at være uenig i fundet: Den anden." in told
        assert "Gemmer du nu uden kryds, bliver indsigelsen til en bemærkning" in told
        assert " checked" not in page

    def test_the_tick_stays_as_it_was_typed(self, leader):
        page, told = self.conflict(leader, kept="", typed="yes")
        assert "Det skrev du Uenig i fundet: Den anden." in told
        assert "bliver bemærkningen til en indsigelse" in told
        assert re.search(r'name="objects"[^>]* checked', page)

    def test_where_the_stance_is_the_same_only_the_text_is_replaced(self, leader):
        _, told = self.conflict(leader, kept="yes", typed="yes")
        assert told.endswith("Gemmer du nu, afløser din tekst den, der står der.")

    def test_where_nothing_stands_any_more_that_is_said(self, leader):
        reply(leader)
        reply(leader, "", objects="", version="1")
        told = " ".join(re.sub("<[^>]+>", " ", reply(leader, version="1").text).split())
        assert "Det står der nu Intet." in told
        assert "Gemmer du nu, gemmes din tekst." in told

    def test_an_empty_field_takes_it_back(self, leader):
        _, told = self.conflict(leader, kept="yes", typed="", comments=("Den første.", ""))
        assert "Det skrev du Intet." in told
        assert told.endswith("Gemmer du nu, er det, der står der, taget tilbage.")


@pytest.mark.usefixtures("sent")
class TestReceipt:
    def told(self, client, answered):
        return client.get(answered.headers["location"].partition("#")[0]).text

    def test_what_was_kept_what_was_taken_back_and_that_there_was_nothing(self, leader):
        nothing = self.told(leader, reply(leader, "", objects=""))
        assert "Du har ikke skrevet noget, så der er ikke gemt noget." in nothing
        assert "Dit svar er gemt." not in nothing
        assert "Dit svar er gemt." in self.told(leader, reply(leader))
        assert "Dit svar er taget tilbage." in self.told(leader, reply(leader, "", objects="", version="1"))

    def test_an_objection_that_was_right_leads_to_the_correction(self, desk, leader):
        correct = f'href="{NORTH}/findings/breve/clear/correct"'
        reply(leader)
        assert correct not in desk.get(NORTH).text
        answered = answer(desk, "I har ret.")
        assert answered.headers["location"] == f"{NORTH}#reply-breve-clear"
        page = self.told(desk, answered)
        assert 'id="reply-breve-clear"' in page
        assert "følg »Ret et svar efter en indsigelse« ved lederens ord" in page
        assert correct in page
        assert correct not in leader.get(NORTH).text

    def test_a_remark_leads_nowhere(self, desk, leader):
        reply(leader, objects="")
        page = self.told(desk, answer(desk, "Godt set."))
        assert f'href="{NORTH}/findings/breve/clear/correct"' not in page


class TestOwnCentre:
    @pytest.fixture
    def both(self, pages, sign_in):
        """A coordinator who leads Center Nord, too."""
        with pages.database.begin() as store:
            people.add_person(
                store,
                store.people.by_username("admin"),
                username="begge",
                name="Begge",
                roles=(Role.COORDINATOR, Role.CENTRE_LEADER),
                centres=("Center Nord",),
                secret_key=SECRET_KEY,
                now=datetime.now(UTC),
            )
        return sign_in("begge")

    @pytest.mark.usefixtures("sent")
    def test_nobody_answers_the_own_words(self, leader, both):
        reply(leader)
        for refused in (
            both.get(ANSWER),
            answer(both, "Ja."),
            both.get(f"{NORTH}/findings/breve/clear/correct"),
        ):
            assert refused.status_code == 403
            assert "Du er selv leder af Center Nord." in refused.text
        assert f'href="{ANSWER}"' not in both.get(NORTH).text


def leaderless(page):
    """The centres that the warning names."""
    warning = page[page.index("Ingen kan svare for disse centre") : page.index("De har ingen leder i LIRK.")]
    return re.findall("<li>(.*?)</li>", warning)


class TestSending:
    def test_it_warns_where_nobody_could_reply(self, desk):
        assert "De har ingen leder i LIRK." not in desk.get(f"{NORTH}/send").text
        assert leaderless(desk.get(f"{SOUTH}/send").text) == ["Center Syd"]
        assert leaderless(desk.get(f"{ROUND}/send-reports").text) == ["Center Syd", "Center Øst"]

    def test_sent_all_the_same_it_says_so(self, desk):
        answered = desk.form(f"{SOUTH}/send", {"reply_by": LATER})
        assert "men Center Syd har ingen leder, der kan svare." in desk.get(answered.headers["location"]).text

    def test_of_all_it_tells_how_many_went_to_a_leader_and_where_there_is_none(self, desk):
        answered = desk.form(f"{ROUND}/send-reports", {"reply_by": LATER})
        page = desk.get(answered.headers["location"].partition("#")[0]).text
        assert "1 udkast er sendt til lederen." in page
        assert "Ingen kan svare for Center Syd og Center Øst, for der er ingen leder i LIRK." in page

    def test_the_example_of_a_day_is_one_that_can_be_typed(self, desk):
        page = desk.get(f"{NORTH}/send").text
        example = re.search(r"Skriv dag, måned og år, fx ([\d.]+)\.", page)[1]
        assert example == LATER
        refused = desk.form(f"{NORTH}/send", {"reply_by": "om lidt"})
        assert f"Skriv den dag, lederen senest kan svare, fx {LATER}." in refused.text

    def test_a_new_version_that_was_not_sent_is_not_waited_for(self, pages, desk):
        stage_becomes(pages, version=2, correction="Et tal.")
        page = desk.get(f"{NORTH}/publish").text
        assert "Lederen har ikke fået denne version som udkast" in page
        assert "kan stadig nå det" not in page
        refused = desk.form(f"{NORTH}/publish", {})
        assert refused.status_code == 422
        assert "har ikke fået den nye version som udkast" in refused.text
        assert "kan stadig nå det" not in refused.text
