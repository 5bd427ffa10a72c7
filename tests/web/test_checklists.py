"""The archivist's checklists in the browser: list, whole view, import, publishing, deleting, the file."""

import re
import time
from datetime import UTC, datetime

import pytest
from mails import READY

from checklists.load import shipped_text
from lirk.services import checklist_workflow
from lirk.services.checklist_versions import version_page
from lirk.services.checklists import parse, summary
from lirk.wording import Wording
from web.pages.checklist_version import ChecklistPage
from web.pages.checklist_workflow import VersionHead

SHIPPED = "lovmedholdelig-sagsbehandling"
VERSION = parse(shipped_text(SHIPPED)).version
SECOND = (
    READY.replace("version = 1\n", "version = 2\n")
    .replace("Er brevet klart?", "Er mailen klar?")
    .replace(
        'severity = "critical"\nrule',
        'severity = "critical"\nchanges = [{ version = 2, kind = "wording" }]\nrule',
    )
)
READERS = ["arkivar", "koordinator", "rita"]
OTHERS = ["leder", "kontakt", "chef", "admin"]


@pytest.fixture
def archivist(sign_in):
    return sign_in("arkivar")


@pytest.fixture
def send(archivist):
    """Import a file as the archivist."""

    def post(text=READY, name="mails.toml"):
        content = text.encode() if isinstance(text, str) else text
        return archivist.form(
            "/checklists/import", files={"file": (name, content, "application/octet-stream")}
        )

    return post


@pytest.fixture
def publish(archivist, pages):
    """Let the archivist send a draft, the coordinator approve it, and the archivist publish it."""

    def done(version=1):
        for act, who in ((checklist_workflow.send, "arkivar"), (checklist_workflow.approve, "koordinator")):
            with pages.database.begin() as store:
                act(store, store.people.by_username(who), "mails", version, now=datetime.now(UTC))
        today = {"in_force_from": datetime.now(UTC).astimezone().date().isoformat()}
        return archivist.form(f"/checklists/mails/{version}/publish", today)

    return done


def rows_of(page):
    """The cells of each row of the page's table, as words."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.text, re.DOTALL)[1:]
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


class TestList:
    def test_every_version_with_what_it_holds(self, archivist):
        rows = {row[0]: row[1:] for row in rows_of(archivist.get("/checklists"))}
        shipped = f"Lovmedholdelig sagsbehandling , version {VERSION}"
        counted = summary(parse(shipped_text(SHIPPED)))
        assert rows[shipped] == [
            str(VERSION),
            "gældende følger med LIRK",
            rows[shipped][2],
            str(counted.items),
            str(counted.unverified),
            "Lav en ny version : Lovmedholdelig sagsbehandling",
        ]
        assert rows["Breve , version 1"][1] == "kun i runder"

    def test_a_draft_is_called_one(self, archivist, send):
        send()
        rows = {row[0]: row[1:] for row in rows_of(archivist.get("/checklists"))}
        assert rows["Mails , version 1"][1] == "kladde"

    def test_an_earlier_version_is_not_in_force(self, archivist, send, publish):
        for version, text in enumerate((READY, SECOND), start=1):
            send(text)
            publish(version)
        rows = {row[0]: row[2] for row in rows_of(archivist.get("/checklists"))}
        assert (rows["Mails , version 2"], rows["Mails , version 1"]) == ("gældende", "udgivet")

    @pytest.mark.parametrize(("who", "offered"), [("arkivar", True), ("koordinator", False), ("rita", False)])
    def test_only_the_archivist_is_offered_to_import(self, sign_in, who, offered):
        assert ("/checklists/import" in sign_in(who).get("/checklists").text) is offered


class TestVersion:
    @pytest.mark.parametrize("checklist_id", [SHIPPED, "data-og-informationsforvaltning"])
    def test_every_item_is_there_once(self, archivist, checklist_id):
        checklist = parse(shipped_text(checklist_id))
        page, items = archivist.get(f"/checklists/{checklist_id}/{checklist.version}"), checklist.items
        assert page.status_code == 200
        assert [page.text.count(f'id="item-{item.id}"') for item in items] == [1] * len(items)
        ids = re.findall(r'\bid="([^"]+)"', page.text)
        assert len(ids) == len(set(ids))
        assert page.text.count("<h1") == 1

    def test_an_item_says_all_that_the_file_says(self, archivist):
        text = archivist.get(f"/checklists/{SHIPPED}/{VERSION}").text
        for said in (
            "garantiforskrift",
            "kritisk",
            "Godt eksempel",
            "Dårligt eksempel",
            "ikke kontrolleret",
            "Kilde: Retsinformation.dk",
            "kræver en note",
            "»Hvad blev udfaldet?« er besvaret med andet end »Fuldt medhold«",
            "mindst ét punkt er »ikke opfyldt« (blandt punkter, hvis alvor er kritisk)",
            "alle andre sager",
        ):
            assert said in text, said

    def test_guidance_is_set_as_it_was_written_and_no_html_comes_through(self, archivist, send):
        send()
        text = archivist.get("/checklists/mails/1").text
        assert "<li><strong>Ja:</strong> Læs &lt;brevet&gt;.</li>" in text

    def test_in_english(self, archivist, pages, send):
        send()
        with pages.database.begin() as store:
            actor = store.people.by_username("arkivar")
            value = version_page(store, actor, "mails", 1, now=datetime.now(UTC))
        words = Wording("en")
        page = ChecklistPage.of(value, VersionHead.of(value.version, value.moves, words), {}, words)
        assert (page.head.title, page.themes[0].heading) == ("Letters", "1. The letter")
        assert page.themes[0].items[1].marks[-1] == (
            "Applies when",
            "the answer to “What was the outcome?” is “Refusal”",
        )

    def test_changes_are_told_in_words_too(self, archivist, send, publish):
        send()
        publish()
        send(SECOND)
        text = archivist.get("/checklists/mails/2").text
        assert '<a href="/checklists/mails/1">Gældende er version 1, udgivet' in text
        assert '<del><span class="sr-only">fjernet: </span>brevet klart?</del>' in text
        assert '<ins><span class="sr-only">tilføjet: </span>mailen klar?</ins>' in text

    def test_rounds_that_use_it_are_links_for_whoever_may_open_them(self, sign_in):
        assert 'href="/rounds/2026-1"' in sign_in("koordinator").get("/checklists/breve/1").text
        page = sign_in("arkivar").get("/checklists/breve/1").text
        assert "1. runde 2026" in page
        assert 'href="/rounds/2026-1"' not in page

    @pytest.mark.parametrize(
        "path", ["/checklists/findes-ikke/1", f"/checklists/{SHIPPED}/99", "/checklists/x/1/file"]
    )
    def test_what_is_not_there(self, archivist, path):
        assert archivist.get(path).status_code == 404

    def test_the_file_is_the_text_itself(self, archivist):
        answer = archivist.get(f"/checklists/{SHIPPED}/{VERSION}/file")
        assert answer.content == shipped_text(SHIPPED).encode()
        assert f"{SHIPPED}-{VERSION}.toml" in answer.headers["content-disposition"]


class TestImport:
    def test_a_file_becomes_a_draft_with_a_receipt(self, archivist, send):
        answer = send()
        assert (answer.status_code, answer.headers["location"]) == (303, "/checklists/mails/1")
        page = archivist.get("/checklists/mails/1").text
        assert "»Mails«, version 1, er importeret som kladde." in page
        assert "Send til godkendelse" in page

    @pytest.mark.parametrize(
        ("text", "said"),
        [(READY, "Intet er ændret."), (READY.replace("Se efter", "Led efter"), "er erstattet.")],
    )
    def test_the_same_number_again(self, archivist, send, text, said):
        send()
        archivist.get("/checklists/mails/1")
        send(text)
        assert said in archivist.get("/checklists/mails/1").text

    def test_no_file_is_told_at_the_field(self, archivist):
        answer = archivist.form("/checklists/import")
        assert answer.status_code == 422
        assert '<a href="#file">Vælg en fil.</a>' in answer.text
        assert "<title>Fejl: " in answer.text

    def test_thirty_problems_stand_in_a_table_with_line_and_item(self, archivist, send):
        items = "".join(
            f'[[themes.items]]\nid = "x{number}"\nquestion = {{ da = "Spørgsmål {number}?" }}\n'
            'severity = "awful"\nrule = "order"\n'
            for number in range(30)
        )
        answer = send(READY.replace("[[verdicts]]", items + "[[verdicts]]", 1))
        assert answer.status_code == 422
        rows = rows_of(answer)
        assert len(rows) == 30
        assert all(row[0].isdigit() and row[1].startswith("x") and "awful" in row[2] for row in rows)
        assert archivist.get("/checklists/mails/1").status_code == 404

    @pytest.mark.parametrize(
        "content", [READY.encode("cp1252"), b"[[[", b"", b"PK\x03\x04\x00", READY.encode("utf-16")]
    )
    def test_what_is_no_checklist(self, send, content):
        answer = send(content)
        assert answer.status_code == 422
        assert rows_of(answer)

    def test_a_taken_number_says_which_to_use(self, send):
        answer = send(shipped_text(SHIPPED).replace("Kommunens juridiske afdeling", "Juristerne"))
        assert answer.status_code == 422
        assert f"Skriv version = {VERSION + 1}" in answer.text

    def test_a_name_with_markup_is_only_a_name(self, send):
        answer = send(b"[[[", name='"><script>alert(1)</script>.toml')
        assert "<script>alert" not in answer.text


class TestImportOverADraft:
    def test_says_what_it_replaced(self, archivist, send):
        send()
        archivist.get("/checklists/mails/1")
        send(READY.replace("Se efter", "Led efter"))
        said = archivist.get("/checklists/mails/1").text
        assert "er erstattet. Den havde 2 punkter. Fortryd på kladdens side" in said
        send(READY)
        assert "Den var sidst rettet" in archivist.get("/checklists/mails/1").text

    def test_tells_that_it_must_be_sent_again(self, archivist, send, pages):
        send()
        with pages.database.begin() as store:
            actor = store.people.by_username("arkivar")
            checklist_workflow.send(store, actor, "mails", 1, now=datetime.now(UTC))
        send(READY.replace("Se efter", "Led efter"))
        text = archivist.get("/checklists/mails/1").text
        assert "Den var sendt til godkendelse og skal sendes igen." in text
        assert "Kladde, begyndt" in text


class TestLimits:
    def test_a_file_that_is_too_large(self, send):
        answer = send(READY + "# " + "x" * 1_000_001)
        assert answer.status_code == 422
        assert "1.000.000" in answer.text

    def test_five_megabytes(self, send):
        answer = send(READY + "# " + "x" * 5_000_000)
        assert answer.status_code == 422
        assert "1.000.000" in answer.text

    def test_ten_thousand_items(self, send):
        items = "".join(
            f'[[themes.items]]\nid="x{number}"\nquestion.da="{number}?"\nseverity="minor"\nrule="local"\n'
            for number in range(10_000)
        )
        text = READY.replace("[[verdicts]]", items + "[[verdicts]]", 1)
        assert len(text) < 1_000_000
        answer = send(text)
        assert answer.status_code == 422
        assert "10.002 punkter. Den må højst have 500." in answer.text


class TestLanguage:
    def test_all_that_a_file_can_say_is_on_the_page(self, archivist, send):
        text = (
            READY.replace(
                'title = { da = "Brevet"',
                'pass_mark = 75\nverdicts = [{ id = "ok", title = { da = "Godt brev", en = "Good" } }]\n'
                'title = { da = "Brevet"',
            )
            .replace(
                'rule = "good-practice"',
                'rule = "good-practice"\ncannot_assess = "negative"\nfollow_ups = { no = ["reasons"] }\n'
                "points = { yes = 3, no = 0, partly = 1 }",
            )
            .replace(
                'rule = "local"',
                'rule = "local"\nwithout_law = { da = "Egen instruks.", en = "Our own." }',
            )
            .replace(
                'when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }',
                'when = { any = [{ theme = "letter", verdict = ["not_passed"] }, '
                '{ count = { meaning = "negative", severity = "critical" }, at_least = 1 }] }',
            )
        )
        text += """
[[contradictions]]
id = "both"
message = { da = "Begge dele går ikke.", en = "Not both." }
refuse_when = { all = [{ id = "clear", is = "yes" }, { id = "outcome", is = "refusal" }] }

[[stops]]
id = "no-letter"
title = { da = "Intet brev", en = "No letter" }
stop_when = { id = "clear", is = "cannot_assess" }

[centre]
pass_mark = 75
decided = { da = "Byrådet, 3. marts 2026", en = "The council" }
"""
        answer = send(text)
        assert answer.status_code == 303, answer.text
        said = archivist.get("/checklists/mails/1").text
        for words in (
            "Temaet er bestået fra 75 %",
            "Godt brev",
            "Nej: »Er afslaget begrundet?«",
            "Egen instruks.",
            "temaet »Brevet« er »ikke bestået«",
            "Begge dele går ikke.",
            "Intet brev",
            "mindst 75 % af sagerne er i orden. Besluttet: Byrådet, 3. marts 2026",
            "Punktet har intet retsgrundlag.",
        ):
            assert words in said, words


class TestDelete:
    def test_a_draft_is_gone_after_a_second_look(self, archivist, send):
        send()
        assert "Kladden kan ikke hentes tilbage." in archivist.get("/checklists/mails/1/delete").text
        answer = archivist.form("/checklists/mails/1/delete")
        assert (answer.status_code, answer.headers["location"]) == (303, "/checklists")
        assert "Kladden til version 1 af »Mails« er slettet." in archivist.get("/checklists").text


class TestRights:
    @pytest.mark.parametrize("who", READERS)
    def test_archivist_coordinator_and_reviewers_read(self, sign_in, who):
        browser = sign_in(who)
        for path in (
            "/checklists",
            f"/checklists/{SHIPPED}/{VERSION}",
            f"/checklists/{SHIPPED}/{VERSION}/file",
        ):
            assert browser.get(path).status_code == 200

    @pytest.mark.parametrize("who", OTHERS)
    def test_the_others_do_not(self, sign_in, who):
        browser = sign_in(who)
        for path in (
            "/checklists",
            f"/checklists/{SHIPPED}/{VERSION}",
            f"/checklists/{SHIPPED}/{VERSION}/file",
        ):
            assert browser.get(path).status_code == 403

    @pytest.mark.parametrize("who", ["koordinator", "rita", *OTHERS])
    def test_only_the_archivist_changes_anything(self, sign_in, send, who):
        send()
        browser = sign_in(who)
        assert browser.get("/checklists/mails/1/delete").status_code == 403
        assert browser.post("/checklists/mails/1/delete").status_code == 403
        assert browser.get("/checklists/import").status_code == 403
        files = {"file": ("mails.toml", SECOND.encode(), "text/plain")}
        assert browser.post("/checklists/import", files=files).status_code == 403

    def test_nobody_reads_them_without_signing_in(self, sign_in):
        assert sign_in().get("/checklists").status_code == 303


class TestCost:
    def test_the_same_statements_however_many_versions(self, archivist, send, statements):
        def count(path):
            with statements() as sent:
                assert archivist.get(path).status_code == 200
            return len([one for one in sent if not one.startswith(("BEGIN", "PRAGMA", "COMMIT"))])

        send()
        before = [count(path) for path in ("/checklists", "/checklists/mails/1")]
        for version in range(2, 8):
            send(READY.replace("version = 1\n", f"version = {version}\n"))
        assert [count(path) for path in ("/checklists", "/checklists/mails/1")] == before

    @pytest.mark.parametrize("path", ["/checklists", f"/checklists/{SHIPPED}/{VERSION}"])
    def test_a_page_costs_little(self, archivist, path):
        archivist.get(path)
        spent = []
        for _ in range(5):
            begun = time.process_time()
            archivist.get(path)
            spent.append(time.process_time() - begun)
        assert min(spent) < 0.06
