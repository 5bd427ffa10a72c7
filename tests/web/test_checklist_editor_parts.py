"""The editor's forms: every kind of part, refusals that keep what was typed, and two people at the same part."""

from fractions import Fraction

import pytest
from checklist_editor import Editor, errors_in, receipt_in, words_of
from filled_forms import form_to, forms_of
from small_round import CHECKLIST

MAILS = CHECKLIST.replace('"breve"', '"mails"').replace('da = "Breve"', 'da = "Mails"')
MARK = {"pass_mark": "66,67"}
ROWS = {"answers-0-text_da": "Fint", "answers-0-meaning": "positive", "answers-0-points": "2,5"}


@pytest.fixture
def editor(sign_in):
    """The draft of a small checklist with two items, at its editor."""
    archivist = sign_in("arkivar")
    file = ("mails.toml", MAILS.encode(), "application/octet-stream")
    assert archivist.form("/checklists/import", files={"file": file}).status_code == 303
    return Editor(archivist, "/checklists/mails/1")


@pytest.fixture
def colleague(editor, sign_in):
    """The same archivist in another window."""
    return Editor(sign_in("arkivar"), editor.address)


class TestItem:
    def test_all_that_it_says(self, editor):
        receipt = editor.did(
            "/items/clear",
            question_da="Er brevet til at forstå?",
            question_en="Can it be understood?",
            guidance_da="Læs det **højt**.",
            good_example_da="Kort og klart.",
            bad_example_da="Langt.",
            recommendation_da="Skriv kort.",
            without_law_da="Det er god skik.",
            severity="minor",
            rule="good-practice",
            weight="2,5",
            offered=["yes", "no", "cannot_assess"],
            note=["no"],
            journal=["yes"],
            cannot_assess="negative",
            **{"points-yes": "3", "follow-0-code": "no", "follow-0-item": "reasons"},
        )
        assert receipt == "Punktet er gemt."
        item = editor.checklist.item("clear")
        assert (item.question.da, item.question.en) == ("Er brevet til at forstå?", "Can it be understood?")
        assert item.guidance.da == "Læs det **højt**."
        assert (item.good_example.da, item.bad_example.da) == ("Kort og klart.", "Langt.")
        assert (item.recommendation.da, item.without_law.da) == ("Skriv kort.", "Det er god skik.")
        assert (item.severity, item.rule, item.weight, item.core) == (
            "minor",
            "good-practice",
            Fraction("2.5"),
            True,
        )
        assert item.offered == ("yes", "no", "cannot_assess")
        assert (item.note_required_at, item.journal_reference_required_at) == (("no",), ("yes",))
        assert item.cannot_assess == "negative"
        assert item.answer("yes").points == 3
        assert [(one.code, one.items) for one in item.follow_ups] == [("no", ("reasons",))]

    def test_out_of_the_core(self, editor):
        editor.did("/items/reasons", core=[])
        assert not editor.checklist.item("reasons").core
        refused = editor.save("/items/reasons", **{"follow-0-code": "no", "follow-0-item": "clear"})
        assert "#core" in [href for href, _ in errors_in(refused.text)]

    def test_a_form_that_is_sent_as_it_came_changes_nothing(self, editor):
        editor.did("/items/clear", weight="0,25", **{"points-partly": "0,75"})
        before = editor.checklist
        for path in ("/items/clear", "/items/reasons", "/facts/outcome", "/themes/letter", "/about"):
            editor.save(path)
        assert editor.checklist == before

    def test_what_the_form_does_not_show_stays(self, editor):
        before = editor.checklist.item("reasons").applies_when
        editor.did("/items/reasons", question_da="Er der en begrundelse?")
        assert editor.checklist.item("reasons").applies_when == before

    def test_another_theme(self, editor):
        editor.did("/new/themes", title_da="Klagen")
        editor.did("/items/reasons", theme="klagen")
        assert [[item.id for item in theme.items] for theme in editor.checklist.themes] == [
            ["clear"],
            ["reasons"],
        ]

    def test_another_scale_brings_its_answers_and_the_form_again(self, editor):
        answer = editor.save("/items/clear", scale="met-not-met")
        assert answer.headers["location"] == f"{editor.edit}/items/clear"
        page = editor.browser.get(answer.headers["location"]).text
        assert "Se svarene igennem." in receipt_in(page)
        assert form_to(page, f"{editor.edit}/items/clear").values["offered"] == list(
            editor.checklist.item("clear").scale.codes
        )
        assert editor.checklist.item("clear").note_required_at == (
            "not_met",
            "not_applicable",
            "cannot_assess",
        )

    def test_a_new_one_has_an_id_of_its_question(self, editor):
        answer = editor.save(
            "/new/items?in=letter", question_da="Er der sået tvivl, og hvorfor?", severity="minor"
        )
        assert answer.headers["location"] == f"{editor.edit}/items/er-der-saaet-tvivl-og-hvorfor"
        made = editor.checklist.items[-1]
        assert (made.id, made.note_required_at) == (
            "er-der-saaet-tvivl-og-hvorfor",
            ("partly", "no", "cannot_assess"),
        )

    @pytest.mark.parametrize(
        ("fields", "field", "said"),
        [
            ({"question_da": ""}, "question_da", "Udfyld »Spørgsmål«."),
            ({"weight": "meget"}, "weight", "skal være et tal fra 0 til 1.000"),
            ({"weight": "1001"}, "weight", "skal være et tal"),
            ({"weight": "1e3"}, "weight", "skal være et tal"),
            ({"severity": "enormous"}, "severity", "Vælg en af mulighederne"),
            ({"severity": []}, "severity", "Vælg ved »Alvor«."),
            ({"offered": []}, "offered", "Vælg mindst ét svar."),
            ({"offered": ["cannot_assess"]}, "offered", "ingen af de tilbudte svar giver point"),
            ({"guidance_da": "Borgeren 010190-1234 ringede."}, "guidance_da", "cpr-nummer"),
            ({"recommendation_en": "x" * 10_001}, "recommendation_en", "10.001"),
            ({"follow-1-code": "no"}, "follow-1-item", "Vælg både svar og punkt"),
        ],
    )
    def test_refused_at_its_field_with_everything_kept(self, editor, fields, field, said):
        before = editor.checklist
        typed = {"good_example_da": "Noget, der er <brugt> tid på", "bad_example_en": "lines\n\nof text"}
        answer = editor.save("/items/clear", **{**typed, **fields})
        assert answer.status_code == 422
        assert (f"#{field}", True) in [(href, said in text) for href, text in errors_in(answer.text)]
        assert "<title>Fejl: " in answer.text
        kept = form_to(answer.text, f"{editor.edit}/items/clear").values
        for name, value in {**typed, **fields}.items():
            if name != "severity":
                assert kept.get(name, []) == (value if isinstance(value, list) else [value]), name
        assert f'aria-describedby="{field}' in answer.text
        assert editor.checklist == before

    def test_several_faults_at_once(self, editor):
        answer = editor.save("/items/clear", question_da="", weight="x", guidance_da="010190-1234")
        assert [href for href, _ in errors_in(answer.text)] == ["#question_da", "#guidance_da", "#weight"]

    def test_answers_that_others_rest_on_cannot_go_and_the_other_is_linked(self, editor):
        rule = "/items/reasons/rule/test?how=all&path=&about=clear"
        editor.did(rule, to="/items/reasons/rule/test", kind="is", answers=["partly"])
        answer = editor.save("/items/clear", offered=["yes", "no"])
        assert answer.status_code == 422
        assert f"{editor.edit}/items/reasons" in [href for href, _ in errors_in(answer.text)]

    def test_pasted_markup_is_removed_and_said(self, editor):
        receipt = editor.did(
            "/items/clear", guidance_da="<p>Læs <b>det</b>.</p><script>x()</script>", question_en="<i>Hm</i>?"
        )
        assert receipt == "Punktet er gemt. Opmærkning (HTML) er fjernet fra »Spørgsmål« og »Vejledning«."
        assert editor.checklist.item("clear").guidance.da == "Læs det."

    def test_what_is_written_is_shown_and_never_run(self, editor):
        attack = '"><img src=x onerror=alert(1)'
        editor.did("/items/clear", question_da=attack, good_example_da="</textarea>&<x")
        for path in ("", "/items/clear", "/items/clear/remove", "/items/clear/rule"):
            assert "<img" not in editor.browser.get(editor.edit + path).text
        assert editor.form("/items/clear").values["question_da"] == [attack]

    def test_more_rows_are_given_without_saving(self, editor):
        before = editor.checklist
        answer = editor.save("/items/clear", more="follow", question_da="Halvt skrevet")
        assert answer.status_code == 200
        form = form_to(answer.text, f"{editor.edit}/items/clear")
        assert form.values["question_da"] == ["Halvt skrevet"]
        assert "follow-4-code" in form.values
        assert editor.checklist == before


class TestId:
    def test_changes_while_nobody_knows_it(self, editor):
        assert "er nu »klarhed«" in editor.did("/items/clear", to="/items/clear/rename", id="klarhed")
        assert [item.id for item in editor.checklist.items] == ["klarhed", "reasons"]

    @pytest.mark.parametrize(
        ("named", "said"), [("reasons", "brugt før"), ("Åh nej", "kan ikke være id"), ("", "id")]
    )
    def test_refused(self, editor, named, said):
        answer = editor.save("/items/clear", to="/items/clear/rename", id=named)
        assert answer.status_code == 422
        [(href, text)] = errors_in(answer.text)
        assert (href, said in text) == ("#id", True)
        assert form_to(answer.text, f"{editor.edit}/items/clear/rename").values["id"] == [named]

    def test_not_once_it_is_published(self, sign_in):
        archivist = sign_in("arkivar")
        begun = archivist.form("/checklists", action="/checklists/lovmedholdelig-sagsbehandling/draft")
        editor = Editor(archivist, begun.headers["location"].removesuffix("/edit"))
        item = editor.checklist.items[0].id
        assert "/rename" not in archivist.get(f"{editor.edit}/items/{item}").text
        assert archivist.post(f"{editor.edit}/items/{item}/rename", {"id": "nyt"}).status_code == 404


class TestReference:
    def test_written_of_act_and_paragraph(self, editor):
        answer = editor.save(
            "/new/references?in=clear", act="fvl", paragraph="19", subsection="1", number="2"
        )
        assert answer.headers["location"] == f"{editor.edit}/items/clear#references"
        [made] = editor.checklist.item("clear").references
        assert made.text.da == "Forvaltningsloven § 19, stk. 1, nr. 2"
        assert (made.act, made.paragraph, made.subsection, made.number) == ("fvl", "19", "1", "2")
        assert str(made.status_date) == "2026-03-08"
        assert made.source
        assert not made.verified

    def test_changed_checked_moved_removed(self, editor):
        for paragraph in ("19", "22"):
            editor.did("/new/references?in=clear", act="fvl", paragraph=paragraph)
        editor.did("/references/clear.2", verified="yes", checked_by="Agnete", checked_on="1.7.2026")
        reference = editor.checklist.item("clear").references[1]
        assert (reference.verified, reference.checked_by, str(reference.checked_on)) == (
            True,
            "Agnete",
            "2026-07-01",
        )
        editor.browser.form(editor.edit, {"step": "-1"}, action=f"{editor.edit}/references/clear.2/move")
        assert [one.paragraph for one in editor.checklist.item("clear").references] == ["22", "19"]
        assert editor.did("/references/clear.1/remove") == "Henvisningen er fjernet."
        assert [one.paragraph for one in editor.checklist.item("clear").references] == ["19"]

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"paragraph": "19"}, "text_da"),
            ({"text_da": "En lov § 1"}, "source"),
            ({"act": "fvl", "paragraph": "1", "verified": "yes"}, "checked_by"),
            ({"act": "fvl", "paragraph": "1", "status_date": "i går"}, "status_date"),
            ({"act": "ingen", "text_da": "x", "source": "y"}, "act"),
        ],
    )
    def test_refused(self, editor, fields, field):
        answer = editor.save("/new/references?in=clear", **fields)
        assert answer.status_code == 422
        assert f"#{field}" in [href for href, _ in errors_in(answer.text)]

    def test_of_an_item_that_is_not_there(self, editor):
        assert (
            editor.save("/new/references?in=clear", **{"in": "nothing"}, act="fvl", paragraph="1").status_code
            == 404
        )


class TestOthers:
    def test_a_theme_with_its_mark(self, editor):
        assert (
            editor.did("/new/themes", title_da="Klagen", title_en="Appeal", **MARK) == "Temaet er tilføjet."
        )
        assert editor.did("/themes/letter", **MARK) == "Temaet er gemt."
        letter, appeal = editor.checklist.themes
        assert (letter.pass_mark, appeal.pass_mark, appeal.title.en) == (
            Fraction("66.67"),
            Fraction("66.67"),
            "Appeal",
        )
        assert [item.id for item in letter.items] == ["clear", "reasons"]

    def test_a_fact_with_rows_of_values(self, editor):
        rows = {"values-0-text_da": "Brev", "values-1-text_da": "Digital post", "values-1-code": "post"}
        editor.did("/new/facts", question_da="Hvordan er det sendt?", from_register="yes", **rows)
        fact = editor.checklist.fact("hvordan-er-det-sendt")
        assert [(one.code, one.text.da) for one in fact.values] == [
            ("brev", "Brev"),
            ("post", "Digital post"),
        ]
        assert fact.from_register
        editor.did(
            "/facts/hvordan-er-det-sendt",
            **{"values-0-text_da": "", "values-0-code": "", "values-0-text_en": ""},
        )
        assert editor.checklist.fact("hvordan-er-det-sendt").offered == ("post",)

    def test_a_fact_without_values(self, editor):
        answer = editor.save("/new/facts", question_da="Hvad?")
        assert errors_in(answer.text) == [("#values-0-text_da", "Skriv mindst én værdi.")]

    def test_a_value_that_is_asked_for_cannot_go(self, editor):
        empty = {f"values-1-{name}": "" for name in ("code", "text_da", "text_en")}
        answer = editor.save("/facts/outcome", **empty)
        assert answer.status_code == 422
        assert f"{editor.edit}/items/reasons" in [href for href, _ in errors_in(answer.text)]

    def test_a_scale_and_an_item_on_it(self, editor):
        editor.did("/new/scales", id="to-trin", **ROWS)
        editor.did("/items/clear", scale="to-trin")
        assert editor.checklist.item("clear").answer("yes").points == Fraction("2.5")
        editor.did("/scales/to-trin", **{"answers-0-points": "4"})
        assert editor.checklist.item("clear").possible == 4
        look = editor.browser.get(f"{editor.edit}/scales/to-trin/remove").text
        assert f'href="{editor.edit}/items/clear"' in look
        assert not [form for form in forms_of(look) if form.action.endswith("/remove")]

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"id": "yes-partly-no"}, "id"),
            ({"id": ""}, "id"),
            ({"answers-3-points": "1"}, "answers-3-points"),
            ({"answers-0-points": ""}, "answers-0-points"),
            ({"answers-0-meaning": ""}, "answers-0-meaning"),
        ],
    )
    def test_scales_that_are_refused(self, editor, fields, field):
        answer = editor.save("/new/scales", **{"id": "ny", **fields})
        assert answer.status_code == 422
        assert f"#{field}" in [href for href, _ in errors_in(answer.text)]

    def test_about_the_checklist(self, editor):
        editor.did(
            "/about",
            title_da="Mails og breve",
            purpose_da="Til gennemgang.",
            not_applicable="target",
            target="90",
        )
        head = editor.checklist
        assert (head.title.da, head.purpose.da, head.target) == ("Mails og breve", "Til gennemgang.", 90)

    @pytest.mark.parametrize("fields", [{"not_applicable": "target"}, {"target": "90"}])
    def test_a_target_that_is_not_used_or_missing(self, editor, fields):
        answer = editor.save("/about", **fields)
        assert [href for href, _ in errors_in(answer.text)] == ["#target"]

    def test_the_centres_mark_comes_and_goes(self, editor):
        editor.did("/centre", mark="75", decided_da="Byrådet, 3. marts 2026, punkt 7")
        assert editor.checklist.centre.mark == 75
        assert "Byrådet, 3. marts 2026" in editor.browser.get(editor.edit).text
        assert editor.did("/centre/remove") == "Centrets mål er fjernet."
        assert editor.checklist.centre is None

    def test_a_mark_without_a_decision(self, editor):
        answer = editor.save("/centre", mark="75")
        assert [href for href, _ in errors_in(answer.text)] == ["#decided_da"]

    def test_verdicts_of_the_case_and_of_a_theme(self, editor):
        editor.did("/new/verdicts", title_da="Skal rettes", rule="negative")
        editor.did("/new/verdicts?in=letter", title_da="Fint brev", rule="rest")
        assert [one.id for one in editor.checklist.verdicts] == ["critical-breach", "skal-rettes", "in-order"]
        assert [one.id for one in editor.checklist.themes[0].verdicts] == ["fint-brev"]
        editor.did("/verdicts/letter.fint-brev", title_da="Godt brev")
        assert editor.checklist.themes[0].verdicts[0].title.da == "Godt brev"
        editor.did("/verdicts/letter.fint-brev/remove")
        assert editor.checklist.themes[0].verdicts == ()

    def test_a_second_verdict_that_takes_the_rest(self, editor):
        answer = editor.save("/new/verdicts", title_da="Resten", rule="rest")
        assert answer.status_code == 422
        assert errors_in(answer.text)

    def test_a_critical_breach_cannot_be_made_up_for(self, editor):
        answer = editor.save("/verdicts/critical-breach", positive="yes")
        assert answer.status_code == 422
        assert ("#positive", True) in [
            (href, "ikke er opfyldt." in said) for href, said in errors_in(answer.text)
        ]

    def test_answers_that_cannot_stand_together(self, editor):
        said = {"message_da": "Et medhold har intet afslag at begrunde."}
        editor.did("/new/contradictions", first="outcome=full-grant", second="clear=no", **said)
        [made] = editor.checklist.contradictions
        assert made.message.da == said["message_da"]
        page = words_of(editor.browser.get(editor.edit).text)
        assert (
            "svaret på »Hvad blev udfaldet?« er »Fuldt medhold« og svaret på »Er brevet klart?« er »Nej«"
            in page
        )
        same = editor.save("/new/contradictions", first="clear=no", second="clear=yes", **said)
        assert [href for href, _ in errors_in(same.text)] == ["#second"]

    def test_a_stop(self, editor):
        editor.did("/new/stops", title_da="Sagen findes ikke", answer="clear=cannot_assess")
        assert [one.id for one in editor.checklist.stops] == ["sagen-findes-ikke"]
        editor.did("/stops/sagen-findes-ikke", title_en="There is no case")
        assert editor.checklist.stops[0].title.en == "There is no case"
        assert editor.did("/stops/sagen-findes-ikke/remove") == "Stopsvaret er udgået."


class TestTwoPeople:
    def test_see_each_others_change_and_choose(self, editor, colleague):
        form = editor.form("/items/clear")
        colleague.did("/items/clear", question_da="Er brevet let at læse?")
        answer = editor.send(form, question_da="Er brevet let at forstå?", weight="2")
        assert answer.status_code == 409
        assert "Arkivar har rettet det samme" in errors_in(answer.text)[0][1]
        assert '<del><span class="sr-only">den anden skrev: </span>læse?</del>' in answer.text
        assert '<ins><span class="sr-only">du skrev: </span>forstå?</ins>' in answer.text
        mine = form_to(answer.text, f"{editor.edit}/items/clear")
        assert (mine.values["question_da"], mine.values["weight"]) == (["Er brevet let at forstå?"], ["2"])
        assert editor.checklist.item("clear").question.da == "Er brevet let at læse?"
        assert editor.send(mine).status_code == 303
        assert editor.checklist.item("clear").question.da == "Er brevet let at forstå?"
        assert editor.checklist.item("clear").weight == 2

    def test_only_what_differs_is_shown(self, editor, colleague):
        form = editor.form("/items/clear")
        colleague.did("/items/clear", severity="minor")
        answer = editor.send(form, weight="2")
        names = [
            words_of(one)
            for one in answer.text.split('id="conflict"')[1].split("</section>")[0].split("<dt>")[1:]
        ]
        assert [name.partition(" ")[0] for name in names] == ["Alvor", "Vægt"]

    def test_other_parts_are_nobodys_business(self, editor, colleague):
        form = editor.form("/items/clear")
        colleague.did("/items/reasons", question_da="Er der en begrundelse?")
        assert editor.send(form, question_da="Er det klart?").status_code == 303
        assert [item.question.da for item in editor.checklist.items] == [
            "Er det klart?",
            "Er der en begrundelse?",
        ]

    def test_a_change_of_the_other_comes_before_my_own_faults(self, editor, colleague):
        form = editor.form("/items/clear")
        colleague.did("/items/clear", severity="minor")
        answer = editor.send(form, question_da="", guidance_da="Skrevet her.")
        assert answer.status_code == 409
        assert form_to(answer.text, f"{editor.edit}/items/clear").values["guidance_da"] == ["Skrevet her."]

    def test_what_the_other_removed_is_told_with_my_words(self, editor, colleague):
        form = editor.form("/items/clear")
        colleague.did("/items/clear/remove")
        answer = editor.send(form, guidance_da="Lang tekst, der tog tid.")
        assert answer.status_code == 409
        assert "Lang tekst, der tog tid." in answer.text
        assert not [one for one in forms_of(answer.text) if one.action == form.action]

    def test_answers_of_a_scale_that_the_other_changed(self, editor, colleague):
        form = editor.form("/items/clear")
        colleague.did("/items/clear", scale="met-not-met")
        answer = editor.send(form, **{"points-partly": "0,2", "guidance_da": "Læs."})
        assert answer.status_code == 409
        assert form_to(answer.text, form.action).values["guidance_da"] == ["Læs."]

    @pytest.mark.parametrize("path", ["/about", "/facts/outcome", "/themes/letter", "/verdicts/in-order"])
    def test_every_kind_of_part(self, editor, colleague, path):
        form = editor.form(path)
        name = "title_en" if "title_en" in form.values else "question_en"
        colleague.did(path, **{name: "Theirs"})
        answer = editor.send(form, **{name: "Mine"})
        assert answer.status_code == 409
        assert editor.send(form_to(answer.text, form.action)).status_code == 303
