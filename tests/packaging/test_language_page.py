"""The reference of the checklist language: complete, its examples read, its figures calculated."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from checklists.conditions import applies
from checklists.limits import MOST, MOST_BYTES, MOST_ITEMS
from checklists.load import load
from checklists.schema import schema
from checklists.score import score
from checklists.write import to_toml
from lirk.intake.answers import read_answers
from lirk.services.checklists import score_file, share_of

MANUAL = Path(__file__).parents[2] / "lirk" / "manual"
PAGES = {language: MANUAL / language / "checklist-language.md" for language in ("da", "en")}
BLOCK = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NO = {"nej", "no"}


def block(kind):
    """The page's one block of a kind; code is the same in both languages."""
    (found,) = [match[3] for match in BLOCK.finditer(PAGES["da"].read_text("utf-8")) if match[1] == kind]
    return found


@pytest.fixture(params=PAGES)
def page(request):
    """The page in one language."""
    return PAGES[request.param].read_text("utf-8")


@pytest.fixture(scope="module")
def example():
    """The text of the page's checklist."""
    return block("toml")


@pytest.fixture
def answers(tmp_path):
    """The page's answers, as a file."""
    path = tmp_path / "answers.csv"
    path.write_text(block("csv"), encoding="utf-8")
    return path


def rows(page, columns):
    """Rows of the page's tables with so many columns, as cells."""
    found = [re.split(r" \| ", line.strip("| ")) for line in page.splitlines() if line.startswith("| ")]
    return [cells for cells in found if len(cells) == columns]


def keys(value):
    """All keys that a schema allows in a file, whatever they stand in."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "properties":
                yield from part
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


def asked(example, condition):
    """The example with another condition on its last item, read."""
    wanted = 'scale = "quality"\nweight = 0.5\n'
    assert wanted in example
    return load(example.replace(wanted, f"{wanted}applies_when = {condition}\n"))


def ruled(example, rule):
    """The example with another rule in its verdict for weak reasons, read."""
    wanted = 'when = { theme = "reasons", verdict = ["thin", "not_passed"] }'
    assert wanted in example
    return load(example.replace(wanted, f"when = {rule}"))


class TestExample:
    def test_is_read_and_written(self, example):
        assert load(to_toml(load(example))) == load(example)

    @pytest.mark.parametrize("key", sorted(set(keys(schema())) - {"any", "not", "answered", "is_not"}))
    def test_has_each_key(self, example, key):
        assert re.search(rf"(?<![\w-])(\[+)?(\w+\.)?{key}(\.\w+)?( =|\])", example), key


class TestPage:
    @pytest.mark.parametrize("key", sorted(set(keys(schema()))))
    def test_names_each_key(self, page, key):
        assert key in re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", page)))

    def test_each_word_that_a_key_can_be(self, page):
        words = {word for one in enums(schema()) for word in one if isinstance(word, str)}
        assert {word for word in words if f'"{word}"' not in page and f"`{word}`" not in page} == set()

    def test_says_the_limits(self, page):
        last = page.split("\n## ")[-1]
        figures = {int(re.sub(r"\D", "", number)) for number in re.findall(r"\d[\d.,]*", last)}
        assert {MOST_BYTES, MOST_ITEMS, MOST} == figures

    def test_conditions_hold_without_an_answer_where_it_says_so(self, page, example):
        found = [cells for cells in rows(page, 3) if cells[0].startswith("`{ ")]
        assert len(found) == 7
        for condition, _, holds in found:
            item = asked(example, condition.strip("`")).item("plain-language")
            assert applies(item.applies_when, {}) is (holds not in NO), condition

    def test_each_rule_can_be_read(self, page, example):
        found = [cells[0].strip("`") for cells in rows(page, 2) if cells[0].startswith("`{ ")]
        assert len(found) == 7
        for rule in found:
            assert ruled(example, rule).verdict("weak-reasons").when is not None

    def test_the_worked_example_is_what_is_calculated(self, page, example, answers):
        checklist = load(example)
        said = {cells[0]: cells[1:] for cells in rows(page, 7) if cells[0].isdigit()}
        for row in read_answers(answers, checklist):
            case = score(checklist, row.answers)
            theme = case.themes["reasons"]
            figures = [case.points, case.possible, case.percent]
            expected = ["–"] * 3 if case.stopped else figures
            cells = [_number(cell) for cell in said.pop(row.case)]
            percent = "–" if theme.percent is None else theme.percent
            assert cells == [*expected, f"`{theme.verdict}`", percent, f"`{case.verdict}`"], row.case
        assert not said

    def test_so_is_the_share_of_the_centre(self, page, example, answers):
        checklist = load(example)
        share = share_of(checklist, score_file(checklist, answers))
        assert (share.counted, share.positive, share.percent, share.passed) == (5, 3, 60, False)
        assert re.search(r"60 ?%", page)


def _number(cell):
    return Fraction(cell.replace(",", ".")) if re.fullmatch(r"[\d.,/]+", cell) else cell


def enums(value):
    """All closed choices in a schema."""
    if isinstance(value, dict):
        if "enum" in value:
            yield value["enum"]
        for part in value.values():
            yield from enums(part)
    elif isinstance(value, list):
        for part in value:
            yield from enums(part)
