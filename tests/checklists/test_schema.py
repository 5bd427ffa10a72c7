"""The JSON Schema takes what can be read, and refuses what is wrong in itself."""

import json
import tomllib
from datetime import date
from importlib.resources import files

import jsonschema
import pytest
from generated_checklists import checklists
from hypothesis import HealthCheck, given, settings

from checklists.load import load, shipped_ids, shipped_text
from checklists.problems import ChecklistProblems
from checklists.schema import schema
from checklists.write import to_toml

EXAMPLES = sorted(
    (one for one in (files("checklists") / "library" / "examples").iterdir() if one.name.endswith(".toml")),
    key=lambda one: one.name,
)
VALIDATOR = jsonschema.Draft202012Validator(
    schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def as_json(value):
    """What a TOML file holds, as an editor's validator sees it: dates as texts."""
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def errors(text):
    """Where the schema finds something wrong."""
    return [
        "/".join(map(str, error.absolute_path))
        for error in VALIDATOR.iter_errors(as_json(tomllib.loads(text)))
    ]


def descriptions(value):
    """All descriptions in a schema, those of properties called so left out."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "description" and isinstance(part, str):
                yield part
            yield from descriptions(part)
    elif isinstance(value, list):
        for part in value:
            yield from descriptions(part)


class TestSchema:
    def test_is_itself_a_schema(self):
        jsonschema.Draft202012Validator.check_schema(schema())
        assert json.loads(json.dumps(schema())) == schema()

    @pytest.mark.parametrize("checklist_id", shipped_ids())
    def test_takes_what_ships(self, checklist_id):
        assert errors(shipped_text(checklist_id)) == []

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
    def test_takes_the_examples(self, path):
        assert errors(path.read_text(encoding="utf-8")) == []

    def test_takes_the_small_one(self, small_text):
        assert errors(small_text) == []

    @settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
    @given(checklist=checklists())
    def test_takes_all_that_can_be_written(self, checklist):
        assert errors(to_toml(checklist)) == []

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ('format = "lirk-checklist/1"', 'format = "lirk-checklist/2"', "format"),
            ('id = "small"', 'id = "Small One"', "id"),
            ("version = 3", 'version = "3"', "version"),
            ("version = 3\n", "", ""),
            ('subject = "case"', 'subject = "cases"', "subject"),
            ("status_date = 2026-03-08\ntitle", 'status_date = "yesterday"\ntitle', "status_date"),
            ('title = { da = "Lille", en = "Small" }', 'title = "Lille"', "title"),
            ('title = { da = "Lille", en = "Small" }', 'title = { en = "Small" }', "title"),
            ('not_applicable = "drop"', 'not_applicable = "none"', "not_applicable"),
            ('meaning = "positive", text', 'meaning = "good", text', "scales/own/answers/0/meaning"),
            ("[scales.own]", "[scales.yes-partly-no]", "scales"),
            ('is = "yes" }', "answered = false }", "themes/0/items/0/applies_when"),
            ('is = "yes" }', 'is = "yes", is_not = "no" }', "themes/0/items/0/applies_when"),
            ('{ id = "adverse", is = "yes" }', "{ any = [] }", "themes/0/items/0/applies_when"),
            ('severity = "critical"', 'severity = "grave"', "themes/0/items/0/severity"),
            ("weight = 2", "wieght = 2", "themes/0/items/0"),
            ("weight = 2", "weight = -2", "themes/0/items/0/weight"),
            ("verified = true\n", "", "themes/0/items/0/references/0"),
            ("core = false", 'core = "no"', "themes/0/items/1/core"),
            ("severity = \"critical\" }, at_least = 1 }", 'severity = "critical" } }', "verdicts/0/when"),
            ("points_at_least = 50", "points_at_least = 500", "verdicts/1/when"),
        ],
    )  # fmt: skip
    def test_refuses_with_the_reader(self, changed, old, new, place):
        text = changed((old, new))
        assert place in errors(text)
        with pytest.raises(ChecklistProblems):
            load(text)

    def test_every_key_is_explained_or_speaks_for_itself(self):
        found = list(descriptions(schema()))
        assert len(found) > 60
        assert all(text.isascii() or "§" in text for text in found)
