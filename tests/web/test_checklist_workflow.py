"""From draft to published in the browser: what changed and how, every way on and its refusals, the history."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from mails import READY

from checklists.model import Text
from lirk.domain.people import Role
from lirk.services import checklist_drafts, checklist_workflow, people
from lirk.services.checklist_changes import compared
from lirk.services.checklists import parse

PAGE = "/checklists/mails"
SHIPPED = "/checklists/lovmedholdelig-sagsbehandling/2"
CHANGED = READY.replace("version = 1\n", "version = 2\n").replace("Er brevet klart?", "Er mailen klar?")
ACTS = ("send", "take-back", "return", "approve", "publish", "retire", "bring-back")


def today():
    return datetime.now(UTC).astimezone().date()


@pytest.fixture
def archivist(sign_in):
    return sign_in("arkivar")


@pytest.fixture
def coordinator(sign_in):
    return sign_in("koordinator")


@pytest.fixture
def bring(archivist):
    """Import a file as the archivist."""

    def post(text=READY):
        return archivist.form("/checklists/import", files={"file": ("mails.toml", text.encode())})

    return post


@pytest.fixture
def published(archivist, coordinator, bring):
    """Version 1, all the way."""
    bring()
    archivist.form(f"{PAGE}/1/send")
    approve(coordinator, 1)
    archivist.form(f"{PAGE}/1/publish", {"in_force_from": today().isoformat()})
    # What was told on the way is read.
    archivist.get(f"{PAGE}/1")


def approve(browser, version):
    page = browser.get(f"{PAGE}/{version}/approve").text
    seen = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    return browser.form(f"{PAGE}/{version}/approve", {"seen": seen.group(1) if seen else ""})


def mark_form(browser, version=2):
    """The hidden fields of the form in which changes are marked."""
    page = browser.get(f"{PAGE}/{version}/changes").text
    return dict(re.findall(r'name="(seen-[^"]+)" value="([^"]+)"', page))


def standing(pages, version):
    with pages.database.begin() as store:
        actor, now = store.people.by_username("arkivar"), datetime.now(UTC)
        return compared(store, actor, "mails", version, now=now).version.known


class TestAskedOfOtherCases:
    def test_items_whose_theme_has_another_condition_are_marked_too(
        self, archivist, coordinator, bring, published
    ):
        condition = 'applies_when = { id = "outcome", is = "refusal" }'
        narrower = READY.replace("version = 1\n", "version = 2\n")
        bring(narrower.replace("[[themes.items]]", f"{condition}\n\n[[themes.items]]", 1))
        page = archivist.get(f"{PAGE}/2/changes").text
        assert "Gælder, når" in page
        assert "altid" in page
        fields = mark_form(archivist)
        ids = [name.removeprefix("seen-") for name in fields]
        assert "clear" in ids
        assert "changes#kind-clear" in archivist.get(f"{PAGE}/2/send").text
        chosen = {f"kind-{id_}": "meaning" for id_ in ids} | {f"reason-{id_}": "Kun afslag" for id_ in ids}
        archivist.form(f"{PAGE}/2/changes", {**fields, **chosen})
        archivist.form(f"{PAGE}/2/send")
        read = coordinator.get(f"{PAGE}/2/approve").text
        assert "Grund: Kun afslag" in read


class TestTheWholeWay:
    def test_from_draft_to_published(self, archivist, coordinator, bring, pages):
        bring()
        page = archivist.get(f"{PAGE}/1").text
        assert "Kladde, begyndt" in page
        assert "Næste skridt: Ret den færdig, og send den til godkendelse." in page

        look = archivist.get(f"{PAGE}/1/send").text
        assert "Det er tjeklistens første version." in look
        answer = archivist.form(f"{PAGE}/1/send")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/1")
        page = archivist.get(f"{PAGE}/1").text
        assert "Version 1 af »Mails« er sendt til godkendelse." in page
        assert "Næste skridt: En anden end dig godkender den" in page

        assert "En kladde venter på din godkendelse" in coordinator.get("/checklists").text
        assert "Næste skridt: Læs ændringerne, og godkend kladden" in coordinator.get(f"{PAGE}/1").text
        assert approve(coordinator, 1).headers["location"] == f"{PAGE}/1"
        page = coordinator.get(f"{PAGE}/1").text
        assert "er godkendt. Arkivaren kan nu udgive den." in page
        assert "Næste skridt: Arkivaren udgiver den." in page
        assert "venter på din godkendelse" not in coordinator.get("/checklists").text

        assert f'value="{today():%d.%m.%Y}"' in archivist.get(f"{PAGE}/1/publish").text
        answer = archivist.form(f"{PAGE}/1/publish", {"in_force_from": today().isoformat()})
        assert answer.headers["location"] == f"{PAGE}/1"
        page = archivist.get(f"{PAGE}/1").text
        assert "Version 1 af »Mails« er udgivet." in page
        assert f"{PAGE}/1/publish" not in page
        assert standing(pages, 1).in_force_from == today()

    def test_a_later_day(self, archivist, coordinator, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        approve(coordinator, 1)
        later = today() + timedelta(days=40)
        archivist.form(f"{PAGE}/1/publish", {"in_force_from": f"{later:%d.%m.%Y}"})
        page = archivist.get(f"{PAGE}/1").text
        assert "gælder senere" in page
        assert "Indtil da bruger nye runder versionen før." in page

    def test_an_edit_takes_it_back(self, archivist, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        bring(READY.replace("Se efter", "Led efter"))
        assert "Næste skridt: Ret den færdig" in archivist.get(f"{PAGE}/1").text


class TestSend:
    def test_faults_stand_in_the_summary_each_with_its_place(self, archivist, published, bring):
        bring(CHANGED.replace('guidance = { da = "Se efter regler.", en = "Look." }', ""))
        look = archivist.get(f"{PAGE}/2/send")
        assert look.status_code == 200
        assert f'action="{PAGE}/2/send"' not in look.text
        answer = archivist.post(f"{PAGE}/2/send")
        assert answer.status_code == 422
        assert "<title>Fejl: " in answer.text
        for page in (look.text, answer.text):
            assert f'<a href="{PAGE}/2/edit/items/reasons">Er afslaget begrundet?: ' in page
            assert f'<a href="{PAGE}/2/changes#kind-clear">Er mailen klar?: ' in page
        assert 'id="kind-clear"' in archivist.get(f"{PAGE}/2/changes").text
        assert archivist.get(f"{PAGE}/2/edit/items/reasons").status_code == 200

    def test_twice(self, archivist, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        assert archivist.get(f"{PAGE}/1/send").status_code == 409
        assert archivist.post(f"{PAGE}/1/send").status_code == 409

    def test_a_draft_that_lacks_nothing_but_words(self, archivist, pages):
        with pages.database.begin() as store:
            checklist_drafts.new_checklist(
                store,
                store.people.by_username("arkivar"),
                checklist_id="mails",
                title=Text("Mails", "Mails"),
                subject="case",
                status_date=today(),
                now=datetime.now(UTC),
            )
        for path in ("1", "1/send", "1/changes", "1/history", "1/try"):
            assert archivist.get(f"{PAGE}/{path}").status_code == 200
        assert archivist.post(f"{PAGE}/1/send").status_code == 422


class TestTakeBackAndReturn:
    def test_taken_back(self, archivist, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        assert archivist.form(f"{PAGE}/1/take-back").status_code == 303
        assert "er trukket tilbage og er en kladde igen" in archivist.get(f"{PAGE}/1").text

    def test_a_returned_draft_says_why_until_it_is_sent_again(self, archivist, coordinator, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        assert coordinator.form(f"{PAGE}/1/return", {"reason": "Punkt 2 er uklart."}).status_code == 303
        for path in ("1", "1/changes", "1/history"):
            assert "Grund: Punkt 2 er uklart." in archivist.get(f"{PAGE}/{path}").text
        archivist.form(f"{PAGE}/1/send")
        assert "Punkt 2 er uklart." not in archivist.get(f"{PAGE}/1").text

    @pytest.mark.parametrize(
        ("reason", "said"), [("", "Skriv en grund."), ("  ", "Skriv en grund."), ("x" * 1001, "1.000")]
    )
    def test_the_reason_is_asked_for_and_what_was_typed_stays(
        self, archivist, coordinator, bring, reason, said
    ):
        bring()
        archivist.form(f"{PAGE}/1/send")
        answer = coordinator.form(f"{PAGE}/1/return", {"reason": reason})
        assert answer.status_code == 422
        assert '<a href="#reason">' in answer.text
        assert said in answer.text
        assert reason.strip() in answer.text


class TestApprove:
    def test_nobody_approves_their_own_and_is_told_so(self, archivist, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        page = archivist.get(f"{PAGE}/1/approve")
        assert page.status_code == 200
        assert "Du har selv importeret, rettet eller sendt kladden." in page.text
        assert f'action="{PAGE}/1/approve"' not in page.text
        answer = archivist.post(f"{PAGE}/1/approve", {"seen": "x"})
        assert answer.status_code == 409
        assert "Du har selv importeret" in answer.text

    def test_a_second_archivist_does(self, archivist, bring, pages):
        with pages.database.begin() as store:
            people.add_person(
                store,
                store.people.by_username("koordinator"),
                username="arne",
                name="Arne",
                roles=(Role.ARCHIVIST,),
                now=datetime.now(UTC),
            )
        bring()
        archivist.form(f"{PAGE}/1/send")
        assert approve(pages.sign_in("arne"), 1).status_code == 303
        assert standing(pages, 1).approved_by == "Arne"

    def test_what_changed_is_shown(self, archivist, coordinator, published, bring):
        bring(CHANGED)
        form = mark_form(archivist)
        archivist.form(f"{PAGE}/2/changes", {**form, "kind-clear": "wording"})
        assert archivist.form(f"{PAGE}/2/send").status_code == 303
        page = coordinator.get(f"{PAGE}/2/approve").text
        assert '<ins><span class="sr-only">tilføjet: </span>mailen klar?</ins>' in page

    def test_not_the_text_that_was_read(self, archivist, coordinator, bring, pages):
        bring()
        archivist.form(f"{PAGE}/1/send")
        page = coordinator.get(f"{PAGE}/1/approve").text
        seen = re.search(r'name="seen" value="([0-9a-f]+)"', page).group(1)
        bring(READY.replace("Se efter", "Led efter"))
        archivist.form(f"{PAGE}/1/send")
        answer = coordinator.post(f"{PAGE}/1/approve", {"seen": seen})
        assert answer.status_code == 409
        assert "er rettet, siden du læste den" in answer.text
        assert standing(pages, 1).approved_by is None


class TestPublish:
    @pytest.fixture
    def approved(self, archivist, coordinator, bring):
        bring()
        archivist.form(f"{PAGE}/1/send")
        approve(coordinator, 1)

    @pytest.mark.parametrize(
        ("day", "said"),
        [("", "Skriv den dag"), ("i morgen", "Skriv den dag"), ("1.1.2020", "1. januar 2020")],
    )
    def test_the_day(self, archivist, approved, pages, day, said):
        answer = archivist.form(f"{PAGE}/1/publish", {"in_force_from": day})
        assert answer.status_code == 422
        assert '<a href="#in_force_from">' in answer.text
        assert said in answer.text
        assert f'value="{day}"' in answer.text or not day
        assert standing(pages, 1).published_at is None

    def test_nothing_that_nobody_approved(self, archivist, bring):
        bring()
        assert archivist.get(f"{PAGE}/1/publish").status_code == 409
        assert archivist.post(f"{PAGE}/1/publish", {"in_force_from": "1.1.2030"}).status_code == 409

    def test_unknown_fields_are_refused(self, archivist, approved):
        answer = archivist.form(f"{PAGE}/1/publish", {"in_force_from": "1.1.2030", "force": "yes"})
        assert answer.status_code == 422

    @pytest.mark.parametrize("act", ["send", "take-back", "return", "approve", "publish"])
    def test_what_is_published_is_left_alone(self, archivist, act):
        assert archivist.get(f"{SHIPPED}/{act}").status_code == 409
        filled = {"publish": {"in_force_from": "1.1.2030"}, "return": {"reason": "x"}}.get(act)
        assert archivist.post(f"{SHIPPED}/{act}", filled).status_code == 409


class TestRetire:
    def test_out_of_use_and_back(self, archivist, published):
        assert archivist.form(f"{PAGE}/1/retire", {"reason": ""}).status_code == 422
        assert archivist.form(f"{PAGE}/1/retire", {"reason": "Loven er ny."}).status_code == 303
        page = archivist.get(f"{PAGE}/1").text
        assert "Grund: Loven er ny." in page
        assert "udgået" in page
        assert archivist.form(f"{PAGE}/1/bring-back").status_code == 303
        assert "gældende" in archivist.get(f"{PAGE}/1").text

    def test_a_shipped_one(self, archivist):
        assert archivist.form(f"{SHIPPED}/retire", {"reason": "Vores egen."}).status_code == 303
        assert "Vores egen." in archivist.get(SHIPPED).text


class TestChanges:
    def test_marks_are_asked_for_kept_and_shown(self, archivist, published, bring, pages):
        bring(CHANGED)
        page = archivist.get(f"{PAGE}/2/changes").text
        assert "Én ændring er ikke mærket." in page
        assert "Sproglig rettelse – må sammenlignes bagud" in page
        assert "checked" not in page.split('name="kind-clear"', 1)[1][:40]
        form = mark_form(archivist)
        assert list(form) == ["seen-clear"]
        answer = archivist.form(
            f"{PAGE}/2/changes", {**form, "kind-clear": "meaning", "reason-clear": "Nu også mails."}
        )
        assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}/2/changes")
        page = archivist.get(f"{PAGE}/2/changes").text
        assert "Gemt. Alle ændringer er mærket." in page
        assert "Mærket: Ny mening – bryder tidsserien. Grund: Nu også mails." in page.replace("</p>", "")
        kept = parse(standing(pages, 2).text).item("clear").changes[-1]
        assert (kept.version, kept.kind, kept.reason) == (2, "meaning", "Nu også mails.")
        assert archivist.form(f"{PAGE}/2/send").status_code == 303

    def test_some_now_and_some_later(self, archivist, published, bring):
        bring(CHANGED.replace("Er afslaget begrundet?", "Er afslaget godt begrundet?"))
        form = mark_form(archivist)
        archivist.form(f"{PAGE}/2/changes", {**form, "kind-clear": "wording"})
        assert "Gemt. Én ændring er ikke mærket endnu." in archivist.get(f"{PAGE}/2/changes").text

    def test_the_same_again_is_no_step(self, archivist, published, bring, pages):
        bring(CHANGED)
        for _ in range(2):
            form = mark_form(archivist)
            archivist.form(f"{PAGE}/2/changes", {**form, "kind-clear": "wording", "reason-clear": ""})
        with pages.database.begin() as store:
            actor = store.people.by_username("arkivar")
            events = checklist_workflow.history(store, actor, "mails")
        assert [event.count for event in events if event.kind == "checklist-edited"] == [1]

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"kind-clear": "", "reason-clear": "Derfor"}, "kind-clear"),
            ({"kind-clear": "other"}, "kind-clear"),
            ({"kind-clear": "wording", "reason-clear": "x" * 301}, "reason-clear"),
            ({"kind-clear": "wording", "reason-clear": "Borger 010190-1234"}, "reason-clear"),
        ],
    )
    def test_what_cannot_be_kept(self, archivist, published, bring, typed, field):
        bring(CHANGED)
        answer = archivist.form(f"{PAGE}/2/changes", {**mark_form(archivist), **typed})
        assert answer.status_code == 422
        assert f'<a href="#{field}">' in answer.text
        assert typed.get("reason-clear", "") in answer.text

    def test_somebody_else_edited_the_item_meanwhile(self, archivist, published, bring):
        bring(CHANGED)
        form = mark_form(archivist)
        bring(CHANGED.replace("Er mailen klar?", "Er mailen helt klar?"))
        answer = archivist.form(f"{PAGE}/2/changes", {**form, "kind-clear": "wording"})
        assert answer.status_code == 409
        assert "har rettet det samme" in answer.text
        assert "helt klar?" in answer.text

    def test_once_sent_they_stand(self, archivist, published, bring):
        bring(CHANGED)
        form = {**mark_form(archivist), "kind-clear": "wording"}
        archivist.form(f"{PAGE}/2/changes", form)
        archivist.form(f"{PAGE}/2/send")
        page = archivist.get(f"{PAGE}/2/changes").text
        assert "seen-clear" not in page
        assert "Sproglig rettelse – må sammenlignes bagud" in page
        assert archivist.post(f"{PAGE}/2/changes", {**form, "kind-clear": "meaning"}).status_code == 409

    def test_an_item_that_is_not_there(self, archivist, published, bring):
        bring(CHANGED)
        sent = {"seen-nothing": "x", "kind-nothing": "wording"}
        assert archivist.form(f"{PAGE}/2/changes", sent).status_code == 404

    def test_against_any_published_version(self, archivist, coordinator, published, bring):
        for version in (2, 3):
            text = CHANGED.replace("version = 2\n", f"version = {version}\n").replace(
                "klar?", f"klar {version}?"
            )
            marked = 'id = "clear"\nchanges = [{ version = 2, kind = "meaning" }]'
            bring(text.replace('id = "clear"', marked, 1) if version == 3 else text)
            form = mark_form(archivist, version)
            kind = "meaning" if version == 2 else "wording"
            archivist.form(f"{PAGE}/{version}/changes", {**form, "kind-clear": kind})
            archivist.form(f"{PAGE}/{version}/send")
            approve(coordinator, version)
            archivist.form(f"{PAGE}/{version}/publish", {"in_force_from": today().isoformat()})
        assert "I forhold til version 2." in coordinator.get(f"{PAGE}/3/changes").text
        page = coordinator.get(f"{PAGE}/3/changes?against=1").text
        assert "I forhold til version 1." in page
        assert "Kan ikke sammenlignes: punktet har fået en ny mening." in page
        assert coordinator.get(f"{PAGE}/1/changes?against=3").status_code == 200
        assert coordinator.get(f"{PAGE}/3/changes?against=9").status_code == 404
        assert coordinator.get(f"{PAGE}/3/changes?against=x").status_code in {400, 404}

    def test_the_first_version_has_none_before(self, archivist, published):
        assert "Der er ingen tidligere udgivet version" in archivist.get(f"{PAGE}/1/changes").text


class TestHistory:
    def test_newest_first_with_links(self, archivist, published):
        archivist.form(f"{PAGE}/1/retire", {"reason": "Loven er ny."})
        text = archivist.get(f"{PAGE}/1/history").text
        told = [
            "Versionen er udgået",
            "Versionen er udgivet.",
            "Kladden er godkendt.",
            "sendt til",
            "En fil er",
        ]
        places = [text.index(one) for one in told]
        assert places == sorted(places)
        assert "Loven er ny." in text
        assert f'<a href="{PAGE}/1">' in text
        assert f'<a href="{PAGE}/1/changes">' in text

    def test_of_a_shipped_one(self, sign_in):
        assert "Der er ikke sket noget endnu." in sign_in("rita").get(f"{SHIPPED}/history").text


class TestRights:
    @pytest.mark.parametrize("who", ["rita", "leder", "chef", "admin"])
    @pytest.mark.parametrize("act", ACTS)
    def test_others_do_nothing(self, sign_in, bring, who, act):
        bring()
        browser = sign_in(who)
        assert browser.get(f"{PAGE}/1/{act}").status_code == 403
        assert browser.post(f"{PAGE}/1/{act}", {"in_force_from": "1.1.2030"}).status_code in {403, 422}

    @pytest.mark.parametrize("act", ["send", "take-back", "publish", "retire", "bring-back"])
    def test_the_coordinator_only_approves_and_returns(self, coordinator, bring, act):
        bring()
        assert coordinator.get(f"{PAGE}/1/{act}").status_code == 403

    def test_the_coordinator_marks_nothing(self, coordinator, published, bring):
        bring(CHANGED)
        assert mark_form(coordinator) == {}
        sent = {"seen-clear": "x", "kind-clear": "wording"}
        assert coordinator.post(f"{PAGE}/2/changes", sent).status_code == 403

    def test_what_is_no_act(self, archivist):
        assert archivist.get(f"{SHIPPED}/explode").status_code == 404
        assert archivist.post(f"{SHIPPED}/explode").status_code == 404
