"""The archivist's editor: a new checklist, the draft as a whole, moving, removing, undoing."""

import re
from datetime import UTC, datetime

import pytest
from checklist_editor import Editor, errors_in, receipt_in, words_of
from filled_forms import form_to, forms_of
from small_round import CHECKLIST

from checklists.load import load, shipped_text
from lirk.services import checklist_drafts
from lirk.wording import Wording
from web.pages.checklist_editor import EditorPage

SHIPPED = "lovmedholdelig-sagsbehandling"
NUMBER = load(shipped_text(SHIPPED)).version
MAILS = CHECKLIST.replace('"breve"', '"mails"').replace('da = "Breve"', 'da = "Mails"')


@pytest.fixture
def archivist(sign_in):
    return sign_in("arkivar")


@pytest.fixture
def editor(archivist):
    """The draft of a small checklist with two items, at its editor."""
    file = ("mails.toml", MAILS.encode(), "application/octet-stream")
    assert archivist.form("/checklists/import", files={"file": file}).status_code == 303
    return Editor(archivist, "/checklists/mails/1")


def move(editor, path, step):
    return editor.browser.form(editor.edit, {"step": str(step)}, action=f"{editor.edit}{path}/move")


def undo(editor, step=None):
    form = editor.form("", "/undo")
    return editor.send(form, **({} if step is None else {"step": str(step)}))


class TestList:
    def test_offers_a_new_checklist_and_new_versions(self, archivist, editor):
        page = archivist.get("/checklists").text
        assert 'href="/checklists/new"' in page
        assert f'href="{editor.edit}"' in page
        assert f'action="/checklists/{SHIPPED}/draft"' in page
        assert 'action="/checklists/mails/draft"' not in page

    def test_offers_others_nothing(self, sign_in):
        page = sign_in("koordinator").get("/checklists").text
        assert "/draft" not in page
        assert "/checklists/new" not in page

    def test_a_checklist_whose_draft_is_begun_leads_to_it(self, archivist):
        first = archivist.form("/checklists", action=f"/checklists/{SHIPPED}/draft")
        again = archivist.form("/checklists", action=f"/checklists/{SHIPPED}/draft")
        assert (
            first.headers["location"]
            == again.headers["location"]
            == f"/checklists/{SHIPPED}/{NUMBER + 1}/edit"
        )
        assert "allerede begyndt" in receipt_in(archivist.get(again.headers["location"]).text)
        assert f'action="/checklists/{SHIPPED}/draft"' not in archivist.get("/checklists").text


class TestNew:
    def send(self, archivist, **fields):
        given = {"title_da": "Børn og unge", "subject": "case", "status_date": "1.7.2026", **fields}
        return archivist.form("/checklists/new", given)

    def test_an_empty_one_with_an_id_of_its_title(self, archivist):
        answer = self.send(archivist)
        assert answer.headers["location"] == "/checklists/boern-og-unge/1/edit"
        made = Editor(archivist, "/checklists/boern-og-unge/1").checklist
        assert (made.title.da, made.subject, str(made.status_date)) == ("Børn og unge", "case", "2026-07-01")
        assert made.themes == ()

    def test_a_copy(self, archivist):
        answer = self.send(archivist, id="egen", copy=f"{SHIPPED}/{NUMBER}")
        assert answer.headers["location"] == "/checklists/egen/1/edit"
        original = Editor(archivist, f"/checklists/{SHIPPED}/{NUMBER}").checklist
        copied = Editor(archivist, "/checklists/egen/1").checklist
        assert [item.id for item in copied.items] == [item.id for item in original.items]
        assert copied.title.da == "Børn og unge"

    @pytest.mark.parametrize(
        ("fields", "field", "said"),
        [
            ({"title_da": ""}, "title_da", "Udfyld »Titel«."),
            ({"status_date": "31.2.2026"}, "status_date", "skal være en dag"),
            ({"id": SHIPPED}, "id", "er i brug"),
            ({"id": "Store Bogstaver"}, "id", "kan ikke være tjeklistens id"),
            ({"subject": "ferie"}, "subject", "Vælg en af mulighederne"),
            ({"title_da": "Sagen om 010190-1234"}, "title_da", "cpr-nummer"),
        ],
    )
    def test_refused_at_its_field_with_everything_kept(self, archivist, fields, field, said):
        answer = self.send(archivist, title_en="Children", **fields)
        assert answer.status_code == 422
        [(href, text)] = errors_in(answer.text)
        assert href == f"#{field}"
        assert said in text
        kept = next(form for form in forms_of(answer.text) if form.action == "/checklists/new").values
        assert kept["title_en"] == ["Children"]
        assert all(kept.get(name) == [value] for name, value in fields.items() if name != "subject")


class TestMain:
    def test_shows_everything_with_its_place(self, editor):
        page = editor.browser.get(editor.edit).text
        for anchor in ("theme-letter", "item-clear", "item-reasons", "fact-outcome", "verdict-in-order"):
            assert page.count(f'id="{anchor}"') == 1, anchor
        said = words_of(page)
        assert "1.1 Er brevet klart?" in said
        assert "Gælder, når svaret på »Hvad blev udfaldet?« er »Afslag«." in said
        for heading in ("Fakta", "Skalaer", "Konklusioner", "Svar, der ikke kan stå sammen", "Stopsvar"):
            assert f">{heading}</h2>" in page
        ids = re.findall(r'\bid="([^"]+)"', page)
        assert len(ids) == len(set(ids))

    def test_what_is_missing_is_linked_to_its_place(self, editor):
        page = editor.browser.get(editor.edit).text
        assert "Der mangler 4 ting" in page
        assert f'<a href="{editor.edit}/items/clear">Er brevet klart?: Punktet har ingen vejledning.' in page

    def test_a_change_that_nobody_has_judged_is_missing_too(self, archivist):
        archivist.form("/checklists", action=f"/checklists/{SHIPPED}/draft")
        editor = Editor(archivist, f"/checklists/{SHIPPED}/{NUMBER + 1}")
        item = editor.checklist.items[0].id
        editor.did(f"/items/{item}", question_da="Er det helt nyt?")
        page = archivist.get(editor.edit).text
        assert (
            f'<a href="/checklists/{SHIPPED}/{NUMBER + 1}/changes#kind-{item}">Er det helt nyt?: Sig, om'
            in page
        )

    def test_whether_the_law_was_checked_and_where_it_is_old(self, archivist, pages):
        archivist.form("/checklists", action=f"/checklists/{SHIPPED}/draft")
        with pages.database.begin() as store:
            actor = store.people.by_username("arkivar")
            draft = checklist_drafts.open_draft(store, actor, SHIPPED, NUMBER + 1, now=datetime.now(UTC))
        checklist = draft.version.checklist
        item = next(
            one for one in checklist.items if one.references and all(r.verified for r in one.references)
        )
        stale = EditorPage.of(draft, Wording("da"), stale=frozenset({item.id}))
        plain = EditorPage.of(draft, Wording("da"))

        def badges(page):
            rows = [row for theme in page.themes for row in theme.items]
            return [badge.text for badge in next(row for row in rows if row.id == item.id).badges]

        assert badges(plain)[1:] == ["kontrolleret"]
        assert badges(stale)[1:] == ["kontrolleret", "lovhenvisning skal ses efter"]

    def test_tabs_lead_to_the_pages_of_the_version(self, editor):
        page = editor.browser.get(editor.edit).text
        assert f'<a href="{editor.edit}" aria-current="page">Punkter</a>' in page
        for other in ("changes", "history", "try"):
            assert f'<a href="/checklists/mails/1/{other}">' in page

    def test_what_is_published_has_no_editor(self, archivist):
        for path in ("", "/about", "/items/impartiality", "/new/items", "/items/impartiality/rule"):
            assert archivist.get(f"/checklists/{SHIPPED}/{NUMBER}/edit{path}").status_code == 409

    @pytest.mark.parametrize(
        "path",
        ["/nothing", "/items/nothing", "/nothing/clear", "/new/nothing", "/new/about", "/scales/x/rule"],
    )
    def test_what_is_not_there(self, editor, path):
        assert editor.browser.get(editor.edit + path).status_code == 404

    @pytest.mark.parametrize(
        "path", ["/references/clear.1", "/references/clear.x", "/items/clear/rule/test?path=x", "/about/x"]
    )
    def test_what_no_part_has(self, editor, path):
        assert editor.browser.get(editor.edit + path).status_code == 404


class TestMove:
    def test_an_item_and_back_to_it(self, editor):
        answer = move(editor, "/items/clear", 1)
        assert answer.headers["location"] == f"{editor.edit}#item-clear"
        assert [item.id for item in editor.checklist.items] == ["reasons", "clear"]
        assert receipt_in(editor.browser.get(editor.edit).text) == "Det er flyttet."

    def test_over_the_edge_into_the_next_theme(self, editor):
        editor.did("/new/themes", title_da="Klagen")
        move(editor, "/items/reasons", 1)
        assert [[item.id for item in theme.items] for theme in editor.checklist.themes] == [
            ["clear"],
            ["reasons"],
        ]

    def test_at_the_end_nothing_happens(self, editor):
        assert move(editor, "/items/clear", -1).status_code == 303
        assert "Der er intet at fortryde." in editor.browser.get(editor.edit).text

    def test_themes_and_verdicts(self, editor):
        editor.did("/new/themes", title_da="Klagen")
        assert move(editor, "/themes/klagen", -1).headers["location"].endswith("#theme-klagen")
        assert [theme.id for theme in editor.checklist.themes] == ["klagen", "letter"]
        editor.did("/new/verdicts", title_da="Skal rettes", rule="negative")
        move(editor, "/verdicts/skal-rettes", -1)
        assert [one.id for one in editor.checklist.verdicts] == ["skal-rettes", "critical-breach", "in-order"]

    @pytest.mark.parametrize(
        "path",
        ["/items/nothing", "/references/clear.x", "/references/clear.1", "/verdicts/letter.x", "/stops/x"],
    )
    def test_what_is_gone(self, editor, path):
        assert move(editor, path, 1).status_code == 404


class TestRemove:
    def test_an_item_after_a_second_look(self, editor):
        look = editor.browser.get(f"{editor.edit}/items/reasons/remove").text
        assert "Er afslaget begrundet?" in look
        assert editor.did("/items/reasons/remove") == "Punktet er udgået."
        assert [item.id for item in editor.checklist.items] == ["clear"]

    def test_a_theme_takes_its_items_along_and_names_them(self, editor):
        editor.did("/new/themes", title_da="Klagen")
        editor.did("/new/items?in=klagen", question_da="Er der klagevejledning?", severity="minor")
        look = words_of(editor.browser.get(f"{editor.edit}/themes/klagen/remove").text)
        assert "Dets ene punkt går med: Er der klagevejledning?" in look
        editor.did("/themes/klagen/remove")
        assert [theme.id for theme in editor.checklist.themes] == ["letter"]

    def test_a_theme_that_has_got_more_items_since_is_not_removed(self, editor):
        editor.did("/new/themes", title_da="Klagen")
        form = editor.form("/themes/klagen/remove")
        editor.did("/new/items?in=klagen", question_da="Er der klagevejledning?", severity="minor")
        answer = editor.send(form)
        assert answer.status_code == 409
        assert "Dets ene punkt går med: Er der klagevejledning?" in words_of(answer.text)
        assert editor.checklist.theme("klagen") is not None
        editor.send(form_to(answer.text, form.action))
        assert editor.checklist.theme("klagen") is None

    def test_what_others_rest_on_has_no_button_but_links(self, editor):
        path = f"{editor.edit}/facts/outcome/remove"
        look = editor.browser.get(path).text
        assert f'<li><a href="{editor.edit}/items/reasons">Er afslaget begrundet?</a></li>' in look
        assert not [form for form in forms_of(look) if form.action == path]
        by_hand = editor.browser.post(path)
        assert by_hand.status_code == 409  # without a fingerprint, it was not seen
        assert editor.checklist.fact("outcome") is not None

    def test_nor_with_a_form_made_by_hand(self, editor):
        form = editor.form("/facts/outcome")
        answer = editor.browser.post(f"{form.action}/remove", {"seen": form.values["seen"][0]})
        assert answer.status_code == 422
        assert "betingelsen" in words_of(answer.text) or "bygger på det" in words_of(answer.text)
        assert editor.checklist.fact("outcome") is not None

    def test_what_was_typed_is_shown_when_the_draft_is_gone_meanwhile(self, editor):
        form = editor.form("/items/reasons")
        editor.browser.form(f"{editor.address}/delete")
        answer = editor.send(form, question_da="Er der en god <begrundelse>?")
        assert answer.status_code == 404
        assert "Det kan ikke gemmes mere" in answer.text
        assert "Er der en god &lt;begrundelse&gt;?" in answer.text

    def test_what_somebody_changed_meanwhile_is_not_removed(self, editor):
        form = editor.form("/items/reasons/remove")
        editor.did("/items/reasons", question_da="Er begrundelsen god?")
        assert editor.send(form).status_code == 409
        assert editor.checklist.item("reasons") is not None


class TestUndo:
    def test_the_last_step_is_named_and_taken_back(self, editor):
        editor.did("/items/clear", question_da="Er brevet til at forstå?")
        said = words_of(editor.browser.get(editor.edit).text)
        assert "Seneste trin: Rettet punkt »Er brevet til at forstå?« (Arkivar, " in said
        answer = undo(editor)
        page = editor.browser.get(answer.headers["location"]).text
        assert receipt_in(page) == "Fortrudt: Rettet punkt »Er brevet klart?«"
        assert editor.checklist.item("clear").question.da == "Er brevet klart?"

    def test_step_by_step_until_nothing_is_left(self, editor):
        before = editor.checklist
        editor.did("/new/themes", title_da="Klagen")
        editor.did("/items/reasons/remove")
        undo(editor)
        undo(editor)
        assert editor.checklist == before
        assert "Der er intet at fortryde." in editor.browser.get(editor.edit).text

    def test_not_what_another_step_came_after(self, editor):
        editor.did("/new/themes", title_da="Klagen")
        form = editor.form("", "/undo")
        editor.did("/new/themes", title_da="Svaret")
        answer = editor.send(form)
        assert answer.status_code == 409
        assert errors_in(answer.text) == [
            (
                "#undo",
                "Kladden er rettet igen siden, så det kan ikke fortrydes. Kun det seneste kan fortrydes.",
            )
        ]
        assert [theme.id for theme in editor.checklist.themes] == ["letter", "klagen", "svaret"]

    @pytest.mark.parametrize("step", ["", "x", "-1", "99999999999999999999"])
    def test_odd_numbers(self, editor, step):
        editor.did("/new/themes", title_da="Klagen")
        assert undo(editor, step).status_code == 409


class TestRights:
    @pytest.mark.parametrize("who", ["koordinator", "rita", "chef"])
    def test_only_the_archivist(self, editor, sign_in, who):
        browser = sign_in(who)
        assert browser.get(editor.edit).status_code == 403
        assert browser.post(f"{editor.edit}/items/clear", {"seen": "x"}).status_code == 403

    def test_fields_that_no_form_has(self, editor):
        answer = editor.browser.post(f"{editor.edit}/undo", {"step": "1", "force": "yes"})
        assert answer.status_code == 422


class TestCost:
    def test_the_same_statements_however_long_the_draft(self, editor, statements):
        def count():
            with statements() as sent:
                assert editor.browser.get(editor.edit).status_code == 200
            return len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA", "COMMIT"))])

        before = count()
        for number in range(3):
            editor.did("/new/items?in=letter", question_da=f"Er nummer {number} i orden?", severity="minor")
        assert count() == before
