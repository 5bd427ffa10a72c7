"""The rest of the language is read whole: changes, references, a centre's mark; drafts; limits; ten faults."""

import re
from datetime import date
from fractions import Fraction

import pytest
from checklist_problems import problems_of

from checklists.limits import MOST, MOST_BYTES, MOST_ITEMS
from checklists.load import load
from checklists.model import CentrePass, PartChange, Reference, Text
from checklists.score import score
from lirk.services.checklists import as_problem
from lirk.wording import Wording

CENTRE = (
    '[centre]\npass_mark = 75\ndecided = { da = "Byrådet, 3. marts 2026, punkt 7", en = "The council" }\n'
)
FACT = '[[facts]]\nid = "fact-{}"\nquestion = {{ da = "x" }}\nvalues = [{{ code = "a", text = {{ da = "x" }} }}]\n'
SCALE = '[scales.scale-{}]\nanswers = [{{ code = "y", meaning = "positive", points = 1, text = {{ da = "x" }} }}]\n'
STOP = '[[stops]]\nid = "stop-{}"\ntitle = {{ da = "x" }}\nstop_when = {{ id = "a", is = "no" }}\n'
CLASH = (
    '[[contradictions]]\nid = "clash-{}"\nmessage = {{ da = "x" }}\nrefuse_when = {{ id = "a", is = "no" }}\n'
)
VERDICT = '[[verdicts]]\nid = "verdict-{}"\ntitle = {{ da = "x" }}\nwhen = {{ points_at_least = 9 }}\n'
THEME_VERDICT = VERDICT.replace("[[verdicts]]", "[[themes.verdicts]]")
REST = '[[verdicts]]\nid = "rest"\ntitle = { da = "x" }\n'


class TestParts:
    def test_changes_of_items_and_facts(self, made, changed):
        lines = 'changes = [{ version = 2, kind = "wording" }, { version = 4, kind = "meaning", reason = "Ny lov" }]'
        item = made({"one": {"a": lines}}).item("a")
        assert item.changes == (
            PartChange(version=2, kind="wording"),
            PartChange(version=4, kind="meaning", reason="Ny lov"),
        )
        text = changed(
            ("from_register = true", 'from_register = true\nchanges = [{ version = 3, kind = "wording" }]')
        )
        assert load(text).fact("outcome").changes == (PartChange(version=3, kind="wording"),)

    def test_a_reference_in_its_parts(self, changed):
        parts = 'act = "fvl"\nparagraph = "19"\nsubsection = "1"\nnumber = "2"\nchecked_on = 2026-03-01'
        (reference,) = load(changed(('act = "fvl"', parts))).item("heard").references
        assert reference == Reference(
            text=Text("Forvaltningsloven § 19, stk. 1"),
            act="fvl",
            paragraph="19",
            subsection="1",
            number="2",
            status_date=date(2026, 3, 8),
            source="Retsinformation",
            verified=True,
            checked_by="A. Jurist",
            checked_on=date(2026, 3, 1),
        )

    def test_why_an_item_has_no_law(self, made):
        lines = 'without_law = { da = "Det følger af god skik.", en = "Good practice." }'
        item = made({"one": {"a": lines, "b": ""}}).item("a")
        assert item.without_law == Text("Det følger af god skik.", "Good practice.")

    def test_a_centres_pass_mark(self, made):
        decided = Text("Byrådet, 3. marts 2026, punkt 7", "The council")
        assert made({"one": {"a": ""}}, tail=CENTRE).centre == CentrePass(mark=Fraction(75), decided=decided)
        assert made({"one": {"a": ""}}).centre is None

    def test_its_own_scales_beside_the_shipped_ones(self, small):
        assert [scale.id for scale in small.scales] == ["own"]

    def test_what_is_left_out_has_its_usual_value(self, made):
        checklist = made({"one": {"a": ""}})
        item, theme = checklist.item("a"), checklist.theme("one")
        assert (item.cannot_assess, item.follow_ups, item.without_law, item.changes) == (None, (), Text(), ())
        assert (theme.pass_mark, theme.verdicts) == (None, ())
        assert (checklist.contradictions, checklist.stops, checklist.scales) == ((), (), ())

    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            pytest.param('changes = [{ version = 2, kind = "words" }]', "unknown-word", id="kind"),
            pytest.param('changes = [{ kind = "wording" }]', "missing", id="no version"),
            pytest.param('changes = [{ version = 0, kind = "wording" }]', "not-whole", id="version 0"),
            pytest.param(
                'changes = [{ version = 5, kind = "wording" }]', "change-later", id="of a later version"
            ),
            pytest.param('changes = [{ version = 2, kind = "wording", why = "x" }]', "unknown-key", id="key"),
            pytest.param(
                'changes = [{ version = 3, kind = "wording" }, { version = 2, kind = "wording" }]',
                "change-order",
                id="newest first",
            ),
            pytest.param(
                'changes = [{ version = 2, kind = "wording" }, { version = 2, kind = "meaning" }]',
                "change-order",
                id="a version twice",
            ),
            pytest.param("changes = 2", "not-tables", id="a number"),
            pytest.param('without_law = "Skik"', "not-text", id="a bare text"),
            pytest.param('without_law = { en = "Practice" }', "missing-danish", id="no Danish"),
        ],
    )
    def test_what_is_wrong_with_an_item(self, made_text, lines, code):
        found = problems_of(made_text({"one": {"a": lines}}))
        assert {(one.code, one.item) for one in found} == {(f"checklist-{code}", "a")}

    @pytest.mark.parametrize(
        ("old", "new", "codes"),
        [
            pytest.param("75", "101", {"not-number"}, id="above all"),
            pytest.param("pass_mark = 75\n", "", {"missing"}, id="no mark"),
            pytest.param("decided = {", "decidet = {", {"missing", "misspelt-key"}, id="not decided"),
        ],
    )
    def test_what_is_wrong_with_a_centre(self, made_text, old, new, codes):
        text = made_text({"one": {"a": ""}}, tail=CENTRE.replace(old, new))
        assert {one.code.removeprefix("checklist-") for one in problems_of(text)} == codes

    def test_a_bare_number_is_no_centre(self, made_text):
        (problem,) = problems_of("centre = 75\n" + made_text({"one": {"a": ""}}))
        assert (problem.code, problem.line) == ("checklist-not-table", 1)

    @pytest.mark.parametrize("wrong", ["paragraph = 19", "checked_on = '2026-03-01'", "number = ''"])
    def test_what_is_wrong_with_a_reference(self, changed, wrong):
        (problem,) = problems_of(changed(('act = "fvl"', wrong)))
        assert (problem.item, problem.values["key"]) == ("heard", wrong.split()[0])


class TestDrafts:
    EMPTY_THEME = '[[themes]]\nid = "empty"\ntitle = { da = "Tom" }\n'

    @pytest.fixture(scope="class")
    @staticmethod
    def head(made_text):
        return made_text({}, verdicts="")

    def test_a_draft_may_lack_themes_and_verdicts(self, head):
        draft = load(head, draft=True)
        assert (draft.themes, draft.verdicts) == ((), ())
        assert {one.values["key"] for one in problems_of(head)} == {"themes", "verdicts"}
        case = score(draft, {})
        assert (case.verdict, case.unanswered) == ("incomplete", ("kind",))

    def test_a_theme_may_lack_items(self, head):
        assert load(head + self.EMPTY_THEME, draft=True).theme("empty").items == ()

    def test_lists_may_be_written_and_empty(self, head):
        text = head.replace("[[facts]]", "themes = []\nverdicts = []\n\n[[facts]]", 1)
        assert load(text, draft=True).themes == ()
        assert {one.code for one in problems_of(text)} == {"checklist-empty-list"}

    def test_without_verdicts_a_case_has_an_empty_one(self, made_text):
        draft = load(made_text({"one": {"a": ""}}, verdicts=""), draft=True)
        assert score(draft, {"kind": "a", "a": "yes"}).verdict == ""
        assert score(draft, {"kind": "a"}).verdict == "incomplete"

    def test_all_else_is_refused_as_before(self, head):
        text = head.replace('"lirk-checklist/1"', '"x"') + '[[themes]]\nid = "bad id"\n'
        assert {one.code for one in problems_of(text, draft=True)} == {
            "checklist-format",
            "checklist-bad-id",
            "checklist-missing",
        }


class TestLimits:
    def test_a_text_as_large_as_may_be_is_read(self, made_text):
        text = made_text({"one": {"a": ""}})
        assert load(text + "#" * (MOST_BYTES - len(text.encode())))

    @pytest.mark.parametrize("size", [MOST_BYTES + 1, 5_000_000])
    def test_a_larger_one_is_not_looked_at(self, size):
        (problem,) = problems_of("[" * size)
        assert (problem.code, problem.values) == (
            "checklist-too-large",
            {"largest": MOST_BYTES},
        )

    def test_bytes_are_counted_not_letters(self):
        assert problems_of("æ" * 500_000)[0].code == "checklist-syntax"
        assert problems_of("æ" * 500_001)[0].code == "checklist-too-large"

    def test_as_many_items_as_may_be(self, made):
        assert len(made({"one": {f"item-{number}": "" for number in range(MOST_ITEMS)}}).items) == MOST_ITEMS

    @pytest.mark.parametrize("count", [MOST_ITEMS + 1, 10_000])
    def test_too_many_items(self, made_text, count):
        # Written on few bytes, so that it is not refused for its size.
        items = "\n".join('[[themes.items]]\nid = "x"' for _ in range(count))
        text = made_text({"one": {}}, theme_lines={"one": items})
        (problem,) = problems_of(text)
        assert (problem.code, problem.values) == (
            "checklist-too-many-items",
            {"count": count, "most": MOST_ITEMS},
        )

    @pytest.mark.parametrize(
        ("key", "part", "already"),
        [
            pytest.param("facts", FACT, 1, id="facts"),
            pytest.param("scales", SCALE, 0, id="scales"),
            pytest.param("stops", STOP, 0, id="stops"),
            pytest.param("contradictions", CLASH, 0, id="contradictions"),
        ],
    )
    def test_too_many_of_the_rest(self, made_text, key, part, already):
        def text_with(count):
            parts = "\n".join(part.format(number) for number in range(count - already))
            return made_text({"one": {"a": ""}}, tail=parts)

        assert load(text_with(MOST))
        (problem,) = problems_of(text_with(MOST + 1))
        assert (problem.code, problem.values) == (
            "checklist-too-many",
            {"key": key, "count": MOST + 1, "most": MOST},
        )

    def test_too_many_themes(self, made, made_text):
        many = {f"theme-{number}": {f"item-{number}": ""} for number in range(MOST + 1)}
        assert problems_of(made_text(many))[0].values["key"] == "themes"
        del many["theme-0"]
        assert len(made(many).themes) == MOST

    def test_too_many_verdicts(self, made, made_text):
        rules = [VERDICT.format(number) for number in range(MOST)]
        assert problems_of(made_text({"one": {"a": ""}}, verdicts="\n".join([*rules, REST])))
        assert len(made({"one": {"a": ""}}, verdicts="\n".join([*rules[1:], REST])).verdicts) == MOST

    def test_too_many_verdicts_of_a_theme(self, made_text):
        rules = "\n".join(THEME_VERDICT.format(number) for number in range(MOST + 1))
        (problem,) = problems_of(made_text({"one": {"a": ""}}, theme_lines={"one": rules}))
        assert (problem.code, problem.values["key"]) == ("checklist-too-many", "themes.verdicts")

    def test_in_a_file_with_very_many_faults_nobody_guesses_what_was_meant(self, made_text):
        items = {
            f"item-{number}": f'applies_when = {{ id = "itm-{number}", is = "no" }}' for number in range(150)
        }
        codes = [one.code for one in problems_of(made_text({"one": items}))]
        assert codes == ["checklist-condition-misspelt"] * 100 + ["checklist-condition-unknown"] * 50

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_the_limit_is_said(self, language):
        (problem,) = problems_of("x" * 5_000_000)
        said = Wording(language).sentence(as_problem(problem))
        assert {int(number) for number in re.findall(r"\d+", re.sub(r"[.,](?=\d)", "", said))} == {MOST_BYTES}


TEN_FAULTS = """\
format = "lirk-checklist/1"
id = "ten"
version = 0
subject = "case"
status_date = 2026-03-08
title = { da = "Ti fejl" }
not_applicable = "drop"
cannot_assess = "out"

[[themes]]
id = "one"
title = { da = "Tema" }
pass_mark = 101

[[themes.items]]
id = "first"
question = { en = "Only English?" }
severity = "critical"
rule = "order"
points = { maybe = 2 }
follow_ups = { no = ["secnd"] }

[[themes.items]]
id = "second"
question = { da = "To?" }
severity = "minor"
rule = "order"
weigth = 2
cannot_assess = "no"

[[contradictions]]
id = "clash"
message = { da = "Det passer ikke sammen." }
refuse_when = { id = "thirdly", is = "yes" }

[[stops]]
id = "incomplete"
title = { da = "Stop" }
stop_when = { id = "second", is = "no" }

[[verdicts]]
id = "good"
title = { da = "God" }
when = { count = { meaning = "positive" }, at_least = "most" }

[[verdicts]]
id = "rest"
title = { da = "Resten" }
"""


class TestTenFaults:
    FOUND = (
        ("not-whole", 3, "ten"),
        ("not-number", 13, "one"),
        ("missing-danish", 17, "first"),
        ("unknown-answer", 20, "first"),
        ("follow-up-misspelt", 21, "first"),
        ("misspelt-key", 28, "second"),
        ("unknown-word", 29, "second"),
        ("condition-unknown", 34, "clash"),
        ("verdict-built-in", 37, "incomplete"),
        ("verdict-at-least", 44, "good"),
    )

    def test_ten_faults_are_ten_messages_with_their_places(self):
        found = problems_of(TEN_FAULTS)
        assert len(found) == 10
        assert tuple((one.code.removeprefix("checklist-"), one.line, one.item) for one in found) == self.FOUND

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_and_ten_different_sentences(self, language):
        words = Wording(language)
        assert len({words.sentence(as_problem(one)) for one in problems_of(TEN_FAULTS)}) == 10
