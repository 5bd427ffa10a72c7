"""What keeps a checklist from being published."""

import re
from dataclasses import replace
from datetime import date

import pytest

from checklists.load import load, shipped, shipped_ids, shipped_text
from checklists.model import PartChange
from checklists.publishing import publishing_faults

TODAY = date(2026, 11, 22)
GUIDED = (
    (
        'severity = "serious"\nrule = "order"',
        'severity = "serious"\nrule = "good-practice"\nguidance = { da = "x" }',
    ),
    (
        'severity = "minor"\nrule = "good-practice"',
        'severity = "minor"\nrule = "good-practice"\nguidance = { da = "x" }',
    ),
    ('severity = "minor"\nrule = "local"', 'severity = "minor"\nrule = "local"\nguidance = { da = "x" }'),
    (
        'severity = "critical"\nrule = "substantive"',
        'severity = "critical"\nrule = "substantive"\nguidance = { da = "x" }',
    ),
)


def translated(text):
    """The text with English wherever there is only Danish."""
    one_line = re.sub(r'\{ da = ("[^"]*") \}', r"{ da = \1, en = \1 }", text)
    return one_line.replace("''' }\n", "''', en = \"x\" }\n")


@pytest.fixture
def faults(changed):
    """The faults of the small checklist, in order but for the pieces replaced, as (code, item)."""

    def find(*pairs):
        text = translated(changed(*GUIDED, *pairs))
        return [(one.code, one.item) for one in publishing_faults(load(text), text, today=TODAY)]

    return find


@pytest.fixture
def in_order(changed):
    """The small checklist with nothing against it, and its text."""
    text = translated(changed(*GUIDED))
    return load(text), text


@pytest.mark.parametrize("checklist_id", shipped_ids())
def test_what_ships_could_be_published(checklist_id):
    text = shipped_text(checklist_id)
    assert publishing_faults(shipped(checklist_id), text, today=TODAY) == ()


def test_a_checklist_in_order_has_none(faults):
    assert faults() == []


def test_every_item_needs_guidance(faults):
    assert faults(('rule = "local"\nguidance = { da = "x" }', 'rule = "local"')) == [
        ("publish-no-guidance", "tone")
    ]


@pytest.mark.parametrize("rule", ["guarantee", "order", "substantive", "data-protection", "records"])
def test_a_scored_item_needs_a_reference(faults, rule):
    assert faults(('rule = "local"', f'rule = "{rule}"')) == [("publish-no-reference", "tone")]


def test_an_item_that_is_not_scored_needs_none(faults):
    assert faults(('rule = "substantive"', 'rule = "guarantee"')) == []


def test_why_there_is_no_law_is_as_good_as_a_reference(faults):
    why = 'rule = "order"\nwithout_law = { da = "Følger af byrådets egen beslutning." }'
    assert faults(('rule = "local"', why)) == []


def test_the_law_of_a_later_day_is_not_known_yet(faults):
    dated = ('act = "fvl"\nstatus_date = 2026-03-08', 'act = "fvl"\nstatus_date = 2026-11-23')
    assert faults(dated) == [("publish-future-law", "heard")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('act = "fvl"', 'act = "no-such-act"', "publish-unknown-act"),
        ('checked_by = "A. Jurist"', "checked_on = 2026-11-23", "publish-future-check"),
    ],
)
def test_a_reference_that_cannot_be_right(faults, old, new, code):
    assert faults((old, new)) == [(code, "heard")]


def test_what_is_marked_as_checked_says_by_whom_or_against_what(in_order):
    checklist, text = in_order
    heard = checklist.item("heard")
    bare = replace(heard, references=(replace(heard.references[0], source="", checked_by=""),))
    hearing = replace(checklist.themes[0], items=(bare, *checklist.themes[0].items[1:]))
    changed = replace(checklist, themes=(hearing, checklist.themes[1]))
    found = publishing_faults(changed, text, today=TODAY)
    assert [(one.code, one.item) for one in found] == [("publish-unchecked-law", "heard")]


def test_two_items_may_not_ask_the_same(faults):
    assert faults(("Er brevet klart?", "hvordan er  TONEN?")) == [("publish-same-question", "tone")]


@pytest.mark.parametrize(
    ("pairs", "fault"),
    [
        ([('"no", "partly", "yes"', '"partly", "yes"')], ("publish-no-negative-answer", "deadline")),
        ([('"no", "partly", "yes"', '"no", "partly"')], ("publish-no-positive-answer", "deadline")),
        (
            [
                ('"good", points = 3, meaning = "positive"', '"yes", points = 3, meaning = "partial"'),
                ('"poor", points = 0, meaning = "negative"', '"no", points = 4, meaning = "positive"'),
            ],
            ("publish-yes-not-positive", "tone"),
        ),
    ],
)
def test_a_scored_item_has_a_good_and_a_bad_answer_and_yes_is_good(faults, pairs, fault):
    assert fault in faults(*pairs)


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(('scale = "own"', 'scale = "one-to-ten"'), id="a scale from 1 to 10"),
        pytest.param(("weight = 0\n", 'weight = 0\nanswers = ["yes"]\n'), id="not scored"),
    ],
)
def test_where_answers_are_not_yes_and_no_nothing_is_asked(faults, pair):
    assert faults(pair) == []


def test_english_is_missing_text_by_text(changed):
    text = changed(*GUIDED)
    found = publishing_faults(load(text), text, today=TODAY)
    assert [(one.code, one.item, dict(one.values)) for one in found] == [
        ("publish-no-english-question", "adverse", {}),
        ("publish-no-english-answer", "adverse", {"answer": "Ja"}),
        ("publish-no-english-answer", "adverse", {"answer": "Nej"}),
        ("publish-no-english-guidance", "heard", {}),
        *(
            (f"publish-no-english-{kind}", item, {})
            for item in ("deadline", "clear", "tone", "overall")
            for kind in ("question", "guidance")
        ),
    ]


def test_an_answer_of_an_own_scale_is_translated_too(faults):
    # Written so that the fixture does not translate it.
    assert faults(('text = { da = "God", en = "Good" }', "text = { da = 'God' }")) == [
        ("publish-no-english-answer", "own")
    ]


def test_what_can_never_be_asked(faults):
    never = '{ all = [{ id = "adverse", is = "yes" }, { id = "outcome", is = "full-grant" }] }'
    assert faults(('{ id = "adverse", is = "yes" }', never)) == [
        ("publish-unreachable", "heard"),
        ("publish-unreachable", "deadline"),
    ]


def test_a_draft_without_parts():
    text = (
        'format = "lirk-checklist/1"\nid = "x"\nversion = 1\nsubject = "case"\nstatus_date = 2026-03-08\n'
        'title = { da = "X" }\nnot_applicable = "drop"\ncannot_assess = "out"\n'
    )
    empty = publishing_faults(load(text, draft=True), text, today=TODAY)
    assert [(one.code, one.item) for one in empty] == [
        ("publish-no-themes", None),
        ("publish-no-verdicts", None),
    ]
    text += '\n[[themes]]\nid = "letter"\ntitle = { da = "Brevet" }\n'
    themed = publishing_faults(load(text, draft=True), text, today=TODAY)
    assert [(one.code, one.item, one.line) for one in themed] == [
        ("publish-empty-theme", "letter", 11),
        ("publish-no-verdicts", None, None),
    ]


def test_changes_are_marked_against_the_version_before(in_order):
    checklist, text = in_order
    outcome, *others = checklist.facts
    before = replace(checklist, version=2, facts=(replace(outcome, from_register=False), *others))
    found = publishing_faults(checklist, text, today=TODAY, before=before)
    assert [(one.code, one.item) for one in found] == [("publish-unmarked", "outcome")]
    assert publishing_faults(checklist, text, today=TODAY, before=checklist) == ()


def test_what_was_said_of_earlier_versions_stays(in_order):
    checklist, text = in_order
    outcome, *others = checklist.facts
    said = replace(outcome, changes=(PartChange(version=2, kind="meaning"),))
    before = replace(checklist, facts=(said, *others))
    found = publishing_faults(checklist, text, today=TODAY, before=before)
    assert [(one.code, one.item, one.values) for one in found] == [
        ("publish-lost-mark", "outcome", {"version": before.version})
    ]
    kept = replace(before, version=checklist.version + 1)
    assert publishing_faults(kept, text, today=TODAY, before=before) == ()


def test_all_faults_are_told_at_once_with_their_lines(changed):
    text = translated(
        changed(('rule = "local"', 'rule = "order"'), ("Er brevet klart?", "Hvordan er tonen?"))
    )
    found = publishing_faults(load(text), text, today=TODAY, file="small.toml")
    assert [(one.code, one.item) for one in found] == [
        ("publish-no-guidance", "deadline"),
        ("publish-no-reference", "deadline"),
        ("publish-no-guidance", "clear"),
        ("publish-no-guidance", "tone"),
        ("publish-no-reference", "tone"),
        ("publish-same-question", "tone"),
        ("publish-no-guidance", "overall"),
    ]
    rows = text.split("\n")
    assert all(rows[one.line - 1] == f'id = "{one.item}"' and one.file == "small.toml" for one in found)
