"""What is wrong with a checklist file, each with its place."""

import pytest

from checklists.load import load
from checklists.problems import ChecklistProblems
from lirk.services.checklists import as_problem
from lirk.wording import Wording


def problems(text):
    with pytest.raises(ChecklistProblems) as caught:
        load(text, "small.toml")
    return caught.value.problems


def changed_line(text, small_text):
    """The first line that is not as in the small checklist."""
    pairs = zip(text.split("\n"), small_text.split("\n"), strict=False)
    return next(number for number, (new, old) in enumerate(pairs, start=1) if new != old)


def line_of(text, part):
    return next(number for number, row in enumerate(text.split("\n"), start=1) if part in row)


HERE, SOMEWHERE = "here", None

#: What stands in the small checklist, what stands there instead, the problem's code, its line (that of the
#: change, that of another text, not looked at), its id.
FAULTS = [
    pytest.param('"lirk-checklist/1"', '"lirk/9"', "format", HERE, None, id="format"),
    pytest.param('id = "small"', 'id = "Small"', "bad-name", HERE, "Small", id="name"),
    pytest.param('id = "small"', f'id = "{"s" * 81}"', "bad-name", HERE, "s" * 81, id="long name"),
    pytest.param("version = 3", "version = 0", "not-whole", HERE, "small", id="version"),
    pytest.param("version = 3\n", "", "missing", SOMEWHERE, "small", id="missing key"),
    pytest.param('"case"', '"cases"', "unknown-word", HERE, "small", id="subject"),
    pytest.param("= 2026-03-08\nt", '= "2026-03-08"\nt', "not-date", HERE, "small", id="date"),
    pytest.param("= 2026-03-08\nt", "= 2026-03-08T10:00:00\nt", "not-date", HERE, "small", id="time"),
    pytest.param('"drop"', '"ignore"', "unknown-word", HERE, "small", id="policy"),
    pytest.param('"drop"', '"target"', "target-missing", HERE, None, id="no target"),
    pytest.param('"out"', '"out"\ntarget = 5', "target-unused", HERE, "small", id="target unused"),
    pytest.param('{ da = "Lille", en', '{ en = "x", en_ ', "missing-danish", HERE, "small", id="danish"),
    pytest.param('{ da = "Prøve", en = "Test" }', '"Prøve"', "not-text", HERE, "small", id="bare text"),
    pytest.param('da = "Brevet"', "da = 7", "not-string", HERE, "letter", id="number as text"),
    pytest.param(
        'da = "Brevet"', 'da = "Brev", de = "Brief"', "unknown-language", HERE, "letter", id="german"
    ),
    pytest.param("version = 3", 'version = 3\nowner = "x"', "unknown-key", HERE, "small", id="unknown key"),
    pytest.param("core = false", "cores = false", "misspelt-key", HERE, "deadline", id="misspelt key"),
    pytest.param("points = 3, m", "point = 3, m", "misspelt-key", "answers = [", "own", id="key in a scale"),
    pytest.param("core = false", 'core = "no"', "not-flag", HERE, "deadline", id="flag"),
    pytest.param("weight = 2", "weight = -2", "not-number", HERE, "heard", id="negative weight"),
    pytest.param("weight = 2", "weight = nan", "not-number", HERE, "heard", id="no number"),
    pytest.param("weight = 2", "weight = 1e-999999999", "not-number", HERE, "heard", id="endless"),
    pytest.param("weight = 2", "weight = true", "not-number", HERE, "heard", id="truth as number"),
    pytest.param('id = "deadline"', 'id = "heard"', "duplicate-id", HERE, "heard", id="item twice"),
    pytest.param(
        'id = "clear"', 'id = "outcome"', "duplicate-id", HERE, "outcome", id="item named as a fact"
    ),
    pytest.param('id = "letter"', 'id = "hearing"', "duplicate-theme", HERE, "hearing", id="theme twice"),
    pytest.param(
        'id = "errors"', 'id = "in-order"', "duplicate-verdict", SOMEWHERE, "in-order", id="verdict twice"
    ),
    pytest.param('id = "clear"', 'id = "Clear Text"', "bad-id", HERE, "Clear Text", id="bad id"),
    pytest.param('id = "clear"', 'id = "case"', "reserved-id", HERE, "case", id="reserved id"),
    pytest.param('id = "clear"', "id = 5", "not-string", HERE, None, id="id is a number"),
    pytest.param('"minor"', '"small"', "unknown-word", HERE, "clear", id="severity"),
    pytest.param('"local"', '"habit"', "unknown-word", HERE, "tone", id="rule"),
    pytest.param('scale = "own"', 'scale = "owm"', "unknown-scale", HERE, "tone", id="scale"),
    pytest.param(
        "[scales.own]", "[scales.one-to-ten]", "shipped-scale", HERE, "one-to-ten", id="shipped scale"
    ),
    pytest.param('code = "poor"', 'code = "good"', "duplicate-code", "answers = [", "own", id="code twice"),
    pytest.param('code = "poor"', 'code = "Poor!"', "bad-code", "answers = [", "own", id="bad code"),
    pytest.param("points = 3", "points = 0", "scale-without-points", "answers = [", "own", id="no points"),
    pytest.param(
        '"negative", text', '"not_applicable", text', "points-unused", "answers = [", "own", id="points"
    ),
    pytest.param('"positive"', '"good"', "unknown-word", "answers = [", "own", id="meaning"),
    pytest.param('"partly", "yes"]', '"perhaps"]', "unknown-answer", HERE, "deadline", id="answer"),
    pytest.param('["no", "partly", "yes"]', '["no"]', "item-without-points", HERE, "deadline", id="only no"),
    pytest.param('["no", "partly", "yes"]', "[]", "empty-list", HERE, "deadline", id="no answers"),
    pytest.param('["no", "partly", "yes"]', "[1]", "not-words", HERE, "deadline", id="numbers"),
    pytest.param(
        "note_required_at = []", 'note_required_at = ["no"]', "unknown-answer", HERE, "tone", id="note"
    ),
    pytest.param("verified = true", "", "missing", SOMEWHERE, "heard", id="unmarked reference"),
    pytest.param('= "Retsinformation"', '= " "', "empty", HERE, "heard", id="empty source"),
    pytest.param('source = "R', 'sorce = "R', "misspelt-key", HERE, "heard", id="key in a reference"),
    pytest.param('is = "refusal"', 'is = "no"', "condition-answer", HERE, "adverse", id="no such value"),
    pytest.param('"adverse", is', '"advers", is', "condition-misspelt", HERE, "heard", id="misspelt id"),
    pytest.param('"adverse", is', '"xyz", is', "condition-unknown", HERE, "heard", id="unknown id"),
    pytest.param(
        'is = "refusal"', 'at_least = "refusal"', "condition-unordered", HERE, "adverse", id="no order"
    ),
    pytest.param(
        'at_least = "partly"',
        'at_least = "not_applicable"',
        "condition-answer",
        HERE,
        "deadline",
        id="no points to reach",
    ),
    pytest.param(
        'at_least = "partly"', "answered = false", "condition-answered", HERE, "deadline", id="answered false"
    ),
    pytest.param(
        'at_least = "partly"',
        'is = "yes", answered = true',
        "condition-form",
        HERE,
        "deadline",
        id="two tests",
    ),
    pytest.param(', at_least = "partly"', "", "condition-form", HERE, "deadline", id="no test"),
    pytest.param('at_least = "partly"', 'ist = "yes"', "condition-form", HERE, "deadline", id="unknown test"),
    pytest.param('at_least = "partly"', "is = []", "empty-list", HERE, "deadline", id="none of nothing"),
    pytest.param(
        '{ id = "heard", at_least = "partly" }',
        "{ all = [] }",
        "empty-list",
        HERE,
        "deadline",
        id="all of nothing",
    ),
    pytest.param(
        '{ id = "heard", at_least = "partly" }', '"heard"', "not-table", HERE, "deadline", id="bare condition"
    ),
    pytest.param(
        '"heard", at_least = "partly"',
        '"deadline", is = "yes"',
        "condition-loop",
        HERE,
        "deadline",
        id="waits for itself",
    ),
    pytest.param(
        '{ id = "outcome", is = "refusal" }',
        '{ id = "deadline", is = "yes" }',
        "condition-loop",
        SOMEWHERE,
        None,
        id="circle of three",
    ),
    pytest.param(
        'title = { da = "Høring"',
        'applies_when = { id = "heard", answered = true }\ntitle = { da = "Høring"',
        "condition-loop",
        SOMEWHERE,
        None,
        id="theme waits for its item",
    ),
    pytest.param(
        '"critical" }', '"deadly" }', "unknown-word", HERE, "critical-breach", id="severity in a rule"
    ),
    pytest.param(
        'severity = "critical" }',
        'theme = "xyz" }',
        "verdict-theme",
        HERE,
        "critical-breach",
        id="theme in a rule",
    ),
    pytest.param(
        'severity = "critical" }',
        'items = ["xyz"] }',
        "verdict-item",
        HERE,
        "critical-breach",
        id="item in a rule",
    ),
    pytest.param(
        'severity = "critical" }',
        'items = ["herd"] }',
        "verdict-item-misspelt",
        HERE,
        "critical-breach",
        id="misspelt item",
    ),
    pytest.param(
        'severity = "critical" }',
        'items = ["overall"] }',
        "verdict-unscored",
        HERE,
        "critical-breach",
        id="unscored item",
    ),
    pytest.param(
        ", at_least = 1 }\n", " }\n", "verdict-form", HERE, "critical-breach", id="count without a number"
    ),
    pytest.param(
        "points_at_least = 50",
        "points_at_least = 101",
        "not-number",
        "when = { any = [",
        "errors",
        id="above all points",
    ),
    pytest.param(
        "points_at_least = 50", "points = 50", "verdict-form", "when = { any = [", "errors", id="unknown rule"
    ),
    pytest.param('id = "errors"', 'id = "incomplete"', "verdict-built-in", HERE, "incomplete", id="built in"),
    pytest.param(
        "positive = true", "when = { points_at_least = 9 }", "verdict-no-rest", HERE, "in-order", id="no rest"
    ),
    pytest.param(
        'when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }\n',
        "",
        "verdict-unreachable",
        SOMEWHERE,
        "critical-breach",
        id="rest comes first",
    ),
]


class TestProblems:
    @pytest.mark.parametrize(("old", "new", "code", "line", "item"), FAULTS)
    def test_told_with_its_place(self, changed, small_text, old, new, code, line, item):
        text = changed((old, new))
        found = [problem for problem in problems(text) if problem.code == f"checklist-{code}"]
        assert found, [problem.code for problem in problems(text)]
        assert {problem.file for problem in found} == {"small.toml"}
        if line is not SOMEWHERE:
            wanted = changed_line(text, small_text) if line == HERE else line_of(text, line)
            assert wanted in {problem.line for problem in found}
        if item is not None:
            assert item in {problem.item for problem in found}

    @pytest.mark.parametrize(
        ("old", "new"),
        [pytest.param(*fault.values[:2], id=fault.id) for fault in FAULTS],
    )
    def test_a_fault_is_few_problems_each_with_a_sentence(self, changed, old, new):
        found = problems(changed((old, new)))
        assert 1 <= len(found) <= 3
        for language in ("da", "en"):
            assert all(Wording(language).sentence(as_problem(problem)) for problem in found)

    def test_all_are_told_at_once_in_the_order_of_the_file(self, changed):
        text = changed(
            ("version = 3", "version = true"),
            ("weight = 2", "weight = -2"),
            ("core = false", "cores = false"),
            ('"local"', '"habit"'),
            ("positive = true", 'positive = "yes"'),
        )
        found = problems(text)
        assert len(found) == 5
        assert [problem.line for problem in found] == sorted(problem.line for problem in found)

    @pytest.mark.parametrize(
        "gate",
        [
            pytest.param("when = { count = {}, at_least = 90 }", id="never matches"),
            pytest.param("when = { count = { meaning = 'negative' }, at_least = 2 }", id="one is not enough"),
            pytest.param("when = { not = { points_at_least = 40 } }", id="other points make up for it"),
        ],
    )
    def test_a_critical_breach_may_not_be_averaged_away(self, changed, gate):
        text = changed(
            ('when = { count = { meaning = "negative", severity = "critical" }, at_least = 1 }', gate),
            ('title = { da = "Fejl" }', 'title = { da = "Fejl" }\npositive = true'),
        )
        (problem,) = problems(text)
        assert (problem.code, problem.item) == ("checklist-averaged-away", "errors")
        assert problem.values == {"value": "heard"}
        assert problem.line == line_of(text, 'id = "errors"')

    def test_an_empty_theme(self, small_text):
        start, end = small_text.index('[[themes]]\nid = "letter"'), small_text.index("[[verdicts]]")
        text = (
            small_text[:start] + '[[themes]]\nid = "letter"\ntitle = { da = "Brevet" }\n\n' + small_text[end:]
        )
        (problem,) = problems(text)
        assert (problem.code, problem.item) == ("checklist-empty-theme", "letter")

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            pytest.param('id = "a"\nversion 3\n', "checklist-syntax", 2, id="no equals sign"),
            pytest.param("id = 1\nid = 2\n", "checklist-syntax", 2, id="key twice"),
            pytest.param('a = "x', "checklist-syntax", None, id="ends too early"),
            pytest.param("a = " + "9" * 5000, "checklist-syntax", None, id="a number without end"),
            pytest.param(
                "a = 1e99999999999999999999", "checklist-syntax", None, id="an exponent without end"
            ),
            pytest.param("a = " + "[" * 5000, "checklist-nested", None, id="lists without end"),
            pytest.param("a = 2026-02-30", "checklist-syntax", 1, id="impossible date"),
        ],
    )
    def test_what_is_no_toml(self, text, code, line):
        (problem,) = problems(text)
        assert (problem.code, problem.line) == (code, line)

    def test_an_empty_file_lacks_everything(self):
        missing = {problem.values["key"] for problem in problems("")}
        assert missing >= {"format", "id", "version", "subject", "status_date", "title", "themes", "verdicts"}

    def test_a_condition_that_nobody_can_read(self, changed):
        deep = "{ not = " * 25 + '{ id = "outcome", answered = true }' + " }" * 25
        found = problems(changed(('{ id = "adverse", is = "yes" }', deep)))
        assert [problem.code for problem in found] == ["checklist-too-deep"]

    def test_two_circles_are_both_told(self, changed):
        text = changed(
            ('{ id = "outcome", is = "refusal" }', '{ id = "adverse", is = "yes" }'),
            ('{ id = "heard", at_least = "partly" }', '{ id = "deadline", is = "yes" }'),
        )
        circles = {problem.values["circle"] for problem in problems(text)}
        assert circles == {"adverse → adverse", "deadline → deadline"}

    @pytest.mark.parametrize(
        ("key", "value"),
        [
            pytest.param("facts", "5", id="facts"),
            pytest.param("verdicts", '["a"]', id="verdicts"),
            pytest.param("themes", "{ a = 1 }", id="themes"),
            pytest.param("scales", "[1]", id="scales"),
        ],
    )
    def test_a_part_of_the_wrong_form(self, key, value):
        codes = {problem.code for problem in problems(f"{key} = {value}\n") if problem.values["key"] == key}
        assert codes & {"checklist-not-tables", "checklist-not-table"}
