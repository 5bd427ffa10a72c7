"""Conditions and verdict rules in the editor: built and taken apart with drop-downs, step by step."""

from fractions import Fraction

import pytest
from checklist_editor import Editor, errors_in, words_of
from small_round import CHECKLIST

from checklists.conditions import Answered, AtLeast, Is, IsNot
from checklists.logic import AllOf, AnyOf, Negated, Single
from checklists.verdicts import Count, PointsAtLeast, ThemeIs

MAILS = CHECKLIST.replace('"breve"', '"mails"').replace('da = "Breve"', 'da = "Mails"')
MARK = {"pass_mark": "75"}
REFUSED = Single(Is("outcome", ("refusal",)))
FINE = Single(Is("clear", ("yes",)))


@pytest.fixture
def editor(sign_in):
    """The draft of a small checklist with two items, at its editor."""
    archivist = sign_in("arkivar")
    file = ("mails.toml", MAILS.encode(), "application/octet-stream")
    assert archivist.form("/checklists/import", files={"file": file}).status_code == 303
    return Editor(archivist, "/checklists/mails/1")


def add(editor, part, about, *, how="all", path="", **fields):
    """Add a test to the condition or rule of a part."""
    rule = f"{part}/rule/test"
    return editor.did(f"{rule}?how={how}&path={path}&about={about}", to=rule, **fields)


def act(editor, part, name, path=""):
    """Press a button beside a node."""
    rule = f"{editor.edit}{part}/rule"
    page = editor.browser.get(rule).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return editor.browser.post(rule, {"seen": seen, "path": path, "act": name})


def condition(editor, item="reasons"):
    return editor.checklist.item(item).applies_when


class TestCondition:
    def test_says_what_there_is_in_plain_words(self, editor):
        page = words_of(editor.browser.get(f"{editor.edit}/items/reasons/rule").text)
        assert "Punktet gælder, når … svaret på »Hvad blev udfaldet?« er »Afslag«" in page
        empty = words_of(editor.browser.get(f"{editor.edit}/items/clear/rule").text)
        assert "Punktet gælder, når … Altid." in empty

    def test_a_question_is_chosen_first_and_then_what_is_asked_of_it(self, editor):
        path = f"{editor.edit}/items/clear/rule/test"
        first = editor.browser.get(path).text
        assert '<option value="outcome">Hvad blev udfaldet?</option>' in first
        assert '<option value="clear"' not in first
        assert 'method="post" action="' + path not in first
        second = editor.browser.get(f"{path}?about=outcome").text
        assert 'value="full-grant"' in second
        assert 'value="at_least"' not in second

    @pytest.mark.parametrize(
        ("kind", "answers", "leaf"),
        [
            ("is", ["yes", "partly"], Is("clear", ("yes", "partly"))),
            ("is_not", ["no"], IsNot("clear", ("no",))),
            ("answered", [], Answered("clear")),
            ("at_least", ["partly"], AtLeast("clear", "partly", ("yes", "partly"))),
        ],
    )
    def test_every_kind_of_test(self, editor, kind, answers, leaf):
        act(editor, "/items/reasons", "remove")
        add(editor, "/items/reasons", "clear", kind=kind, answers=answers)
        assert condition(editor) == Single(leaf)

    def test_and_or_not_at_any_depth(self, editor):
        add(editor, "/items/reasons", "clear", kind="is", answers="yes")
        assert condition(editor) == AllOf((REFUSED, FINE))
        act(editor, "/items/reasons", "any")
        assert condition(editor) == AnyOf((REFUSED, FINE))
        act(editor, "/items/reasons", "negate", "1")
        assert condition(editor) == AnyOf((REFUSED, Negated(FINE)))
        add(editor, "/items/reasons", "clear", path="0", kind="answered")
        both = AllOf((REFUSED, Single(Answered("clear"))))
        assert condition(editor) == AnyOf((both, Negated(FINE)))
        page = words_of(editor.browser.get(f"{editor.edit}/items/reasons/rule").text)
        for said in ("Mindst én af disse skal passe:", "Alle disse skal passe:", "Dette må ikke passe:"):
            assert said in page
        act(editor, "/items/reasons", "remove", "0.1")
        act(editor, "/items/reasons", "negate", "1")
        act(editor, "/items/reasons", "all")
        assert condition(editor) == AllOf((REFUSED, FINE))
        act(editor, "/items/reasons", "remove", "1")
        assert condition(editor) == REFUSED
        act(editor, "/items/reasons", "remove")
        assert condition(editor) is None

    def test_a_test_is_changed_where_it_stands(self, editor):
        add(editor, "/items/reasons", "clear", kind="is", answers="yes")
        rule = "/items/reasons/rule/test"
        form = editor.form(f"{rule}?how=replace&path=1", rule)
        assert (form.values["kind"], form.values["answers"]) == (["is"], ["yes"])
        editor.send(form, answers=["yes", "no"])
        assert condition(editor) == AllOf((REFUSED, Single(Is("clear", ("yes", "no")))))

    def test_of_themes_facts_contradictions_and_stops(self, editor):
        add(editor, "/themes/letter", "outcome", kind="is", answers="refusal")
        assert editor.checklist.themes[0].applies_when == REFUSED
        editor.did("/new/facts", question_da="Er der en part?", **{"values-0-text_da": "Ja"})
        add(editor, "/facts/er-der-en-part", "outcome", kind="answered")
        assert editor.checklist.fact("er-der-en-part").applies_when == Single(Answered("outcome"))
        editor.did("/new/stops", title_da="Ingen sag", answer="outcome=refusal")
        add(editor, "/stops/ingen-sag", "clear", how="any", kind="is", answers="yes")
        assert editor.checklist.stops[0].stop_when == AnyOf((REFUSED, FINE))
        editor.did("/new/contradictions", message_da="Nej", first="outcome=refusal", second="clear=yes")
        act(editor, "/contradictions/nej", "any")
        assert editor.checklist.contradictions[0].refuse_when == AnyOf((REFUSED, FINE))

    def test_a_stop_keeps_a_condition(self, editor):
        editor.did("/new/stops", title_da="Ingen sag", answer="outcome=refusal")
        page = editor.browser.get(f"{editor.edit}/stops/ingen-sag/rule").text
        assert 'value="remove"' not in page
        assert act(editor, "/stops/ingen-sag", "remove").status_code == 404
        assert editor.checklist.stops[0].stop_when == REFUSED

    def test_a_ring_is_refused_and_nothing_typed_is_lost(self, editor):
        add(editor, "/items/clear", "outcome", kind="is", answers="refusal")
        add(editor, "/items/reasons", "clear", kind="is", answers="yes")
        rule = "/items/clear/rule/test"
        answer = editor.save(f"{rule}?about=reasons", to=rule, kind="is_not", answers="no")
        assert answer.status_code == 422
        assert any("i ring" in said for _, said in errors_in(answer.text))
        assert 'value="is_not" checked' in answer.text
        assert 'value="no" checked' in answer.text
        assert editor.checklist.item("clear").applies_when == REFUSED

    @pytest.mark.parametrize(
        ("fields", "href"),
        [
            ({}, "#kind"),
            ({"kind": "is"}, "#answers"),
            ({"kind": "is_not"}, "#answers"),
            ({"kind": "at_least", "answers": ["yes", "no"]}, "#answers"),
            ({"kind": "is", "answers": "perhaps"}, "#answers"),
            ({"kind": "sounds-like", "answers": "yes"}, "#kind"),
        ],
    )
    def test_refused_at_its_field(self, editor, fields, href):
        rule = "/items/reasons/rule/test"
        answer = editor.save(f"{rule}?about=clear", to=rule, **fields)
        assert answer.status_code == 422
        assert href in [where for where, _ in errors_in(answer.text)]
        assert condition(editor) == REFUSED

    def test_two_people(self, editor, sign_in):
        colleague = Editor(sign_in("arkivar"), editor.address)
        rule = "/items/reasons/rule/test"
        form = editor.form(f"{rule}?about=clear", rule)
        add(colleague, "/items/reasons", "clear", kind="answered")
        answer = editor.send(form, kind="is", answers="yes")
        assert answer.status_code == 409
        assert "Arkivar har rettet det samme" in errors_in(answer.text)[0][1]
        assert 'value="is" checked' in answer.text
        assert condition(editor) == AllOf((REFUSED, Single(Answered("clear"))))

    @pytest.mark.parametrize("path", ["7", "0.0.0", "x", "-1", "0." * 30 + "0"])
    @pytest.mark.parametrize("name", ["remove", "negate", "all", "burn"])
    def test_nodes_and_acts_that_are_not_there(self, editor, path, name):
        assert act(editor, "/items/reasons", name, path).status_code == 404
        assert condition(editor) == REFUSED

    def test_undone_in_one_step(self, editor):
        add(editor, "/items/reasons", "clear", kind="is", answers="yes")
        editor.send(editor.form("", "/undo"))
        assert condition(editor) == REFUSED


class TestRule:
    @pytest.fixture
    def verdict(self, editor):
        """A new verdict of the case, with a rule to change."""
        editor.did("/new/verdicts", title_da="Skal rettes", rule="negative")
        return "/verdicts/skal-rettes"

    def rule(self, editor):
        return next(one.when for one in editor.checklist.verdicts if one.id == "skal-rettes")

    @pytest.mark.parametrize(
        ("fields", "test"),
        [
            ({"number": "least", "amount": "2", "meanings": ["partial", "negative"]},
             Count(at_least=2, meanings=("partial", "negative"))),
            ({"number": "most", "amount": "0", "severities": "critical"}, Count(at_most=0, severities=("critical",))),
            ({"number": "between", "amount": "1", "highest": "3", "themes": "letter"},
             Count(at_least=1, at_most=3, themes=("letter",))),
            ({"number": "all", "meanings": "positive"}, Count(all_that_apply=True, meanings=("positive",))),
            ({"number": "least-or-all", "amount": "2", "items": ["clear", "reasons"]},
             Count(at_least=2, or_all=True, items=("clear", "reasons"))),
        ],
    )  # fmt: skip
    def test_counts_of_every_kind_are_kept_and_shown_again(self, editor, verdict, fields, test):
        rule = f"{verdict}/rule/test"
        editor.did(f"{rule}?how=replace&path=&about=count", to=rule, **{"meanings": [], **fields})
        assert self.rule(editor) == Single(test)
        before = editor.checklist
        editor.send(editor.form(f"{rule}?how=replace&path=", rule))
        assert editor.checklist == before

    def test_points_and_theme_and_count_together(self, editor, verdict):
        editor.did("/themes/letter", **MARK)
        add(editor, verdict, "points", percent="66,5")
        add(editor, verdict, "theme:letter", verdicts=["not_passed", "not_applicable"])
        assert self.rule(editor) == AllOf(
            (
                Single(Count(meanings=("negative",), at_least=1)),
                Single(PointsAtLeast(Fraction("66.5"))),
                Single(ThemeIs("letter", ("not_passed", "not_applicable"))),
            )
        )
        page = words_of(editor.browser.get(editor.edit).text)
        assert "sagen har mindst 66,5 % af de mulige point" in page

    def test_themes_without_an_outcome_are_not_offered_nor_any_inside_a_theme(self, editor, verdict):
        def offered(part):
            return editor.browser.get(f"{editor.edit}{part}/rule/test").text

        assert "theme:letter" not in offered(verdict)
        editor.did("/themes/letter", **MARK)
        assert "theme:letter" in offered(verdict)
        editor.did("/new/verdicts?in=letter", title_da="Resten")
        editor.did("/new/verdicts?in=letter", title_da="Fint", rule="points")
        assert "theme:letter" not in offered("/verdicts/letter.fint")

    def test_of_a_theme(self, editor):
        editor.did("/new/verdicts?in=letter", title_da="Fint")
        editor.did("/new/verdicts?in=letter", title_da="Dårligt", rule="negative")
        add(editor, "/verdicts/letter.daarligt", "points", how="any", percent="10")
        made, rest = editor.checklist.themes[0].verdicts
        assert (made.id, rest.id, rest.when) == ("daarligt", "fint", None)
        assert made.when == AnyOf(
            (Single(Count(meanings=("negative",), at_least=1)), Single(PointsAtLeast(Fraction(10))))
        )

    @pytest.mark.parametrize(
        ("about", "fields", "href"),
        [
            ("count", {"number": "least"}, "#amount"),
            ("count", {"number": "least", "amount": "1,5"}, "#amount"),
            ("count", {"number": "between", "amount": "1"}, "#highest"),
            ("count", {"amount": "1"}, "#number"),
            ("points", {"percent": "101"}, "#percent"),
            ("points", {"percent": ""}, "#percent"),
        ],
    )
    def test_refused_at_its_field(self, editor, verdict, about, fields, href):
        rule = f"{verdict}/rule/test"
        answer = editor.save(f"{rule}?about={about}", to=rule, **fields)
        assert answer.status_code == 422
        assert href in [where for where, _ in errors_in(answer.text)]

    def test_the_only_safeguard_of_a_critical_breach_stays(self, editor):
        answer = act(editor, "/verdicts/critical-breach", "negate")
        assert answer.status_code == 422
        assert errors_in(answer.text)
        assert editor.checklist.verdicts[0].when == Single(
            Count(meanings=("negative",), severities=("critical",), at_least=1)
        )
