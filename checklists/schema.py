"""The file format as a JSON Schema (2020-12), for editors that complete and check while one writes.

A schema sees each value by itself. What rests on other parts (an id that exists, an answer that is offered)
only `checklists.load.load` can tell.
"""

from collections.abc import Mapping
from typing import TypeAlias

from checklists.limits import MOST, MOST_ITEMS, MOST_VERSION
from checklists.model import (
    CANNOT_ASSESS_POLICIES,
    FORMAT,
    KINDS_OF_CHANGE,
    MEANINGS,
    NOT_APPLICABLE_POLICIES,
    RULES,
    SEVERITIES,
    SUBJECTS,
)
from checklists.reading.table import CODE_PATTERN, ID_PATTERN
from checklists.scales import SHIPPED, USUAL

Schema: TypeAlias = dict[str, object]


def schema() -> Schema:
    """Return the schema of a checklist file, its dates as texts (``2026-03-08``)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "LIRK checklist",
        **_checklist(),
        "$defs": {
            "text": _text(),
            "condition": _tree("condition", _CONDITIONS),
            "rule": _tree("rule", _RULES),
            "fact": _fact(),
            "theme": _theme(),
            "item": _item(),
            "scale": _scale(),
            "reference": _reference(),
            "change": _change(),
            "verdict": _verdict(),
            "contradiction": _contradiction(),
            "stop": _stop(),
            "centre": _centre(),
        },
    }


def _object(description: str, required: Mapping[str, Schema], others: Mapping[str, Schema]) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": {**required, **others},
        "required": list(required),
        "additionalProperties": False,
    }


def _ref(name: str, description: str = "") -> Schema:
    found: Schema = {"$ref": f"#/$defs/{name}"}
    return {**found, "description": description} if description else found


def _string(description: str, **more: object) -> Schema:
    # Something that is not only space.
    return {"type": "string", "pattern": r"\S", "description": description, **more}


def _one_of(words: tuple[str, ...], description: str) -> Schema:
    return {"enum": list(words), "description": description}


def _flag(description: str, *, usual: bool | None = None) -> Schema:
    found: Schema = {"type": "boolean", "description": description}
    return found if usual is None else {**found, "default": usual}


def _amount(high: int, description: str) -> Schema:
    return {"type": "number", "minimum": 0, "maximum": high, "description": description}


def _day(description: str) -> Schema:
    return {"type": "string", "format": "date", "description": description}


def _list(of: Schema, description: str, most: int | None = None, least: int = 0) -> Schema:
    found: Schema = {"type": "array", "items": of, "minItems": least, "description": description}
    return found if most is None else {**found, "maxItems": most}


def _id(description: str) -> Schema:
    return {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$", "description": description}


_CODE: Schema = {"type": "string", "pattern": f"^{CODE_PATTERN.pattern}$"}
_WORDS: Schema = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]
}
_CODES: Schema = {"anyOf": [_CODE, {"type": "array", "items": _CODE}]}


def _words(words: tuple[str, ...], description: str) -> Schema:
    one: Schema = {"enum": list(words)}
    return {"anyOf": [one, {"type": "array", "items": one}], "description": description}


def _checklist() -> Schema:
    return _object(
        f"One version of a checklist, in the format {FORMAT}.",
        {
            "format": {"const": FORMAT},
            "id": {
                "type": "string",
                "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
                "maxLength": 80,
                "description": "Lasts as long as the checklist.",
            },
            "version": {"type": "integer", "minimum": 1, "maximum": MOST_VERSION},
            "subject": _one_of(SUBJECTS, "What is looked at: a sampled case, a place, or the staff."),
            "status_date": _day("The day whose law the checklist states."),
            "title": _ref("text"),
            "not_applicable": _one_of(
                NOT_APPLICABLE_POLICIES,
                "What not applicable does to the points: leaves them, earns all, or earns the target's share.",
            ),
            "cannot_assess": _one_of(
                CANNOT_ASSESS_POLICIES, "Whether cannot be assessed stays out of the points or counts as no."
            ),
            "themes": _list(_ref("theme"), "Items that are reported together.", MOST, least=1),
            "verdicts": _list(
                _ref("verdict"),
                "Ordered; the first that matches wins, the last takes the rest.",
                MOST,
                least=1,
            ),
        },
        {
            "purpose": _ref("text", "What the checklist is for."),
            "responsible": _ref("text", "Who answers for it."),
            "target": _amount(100, 'Percent; only with not_applicable = "target".'),
            "facts": _list(_ref("fact"), "What decides which items apply.", MOST),
            "scales": {
                "type": "object",
                "description": "Scales of the checklist's own, by name.",
                "propertyNames": {"pattern": f"^{ID_PATTERN.pattern}$", "not": {"enum": sorted(SHIPPED)}},
                "additionalProperties": _ref("scale"),
                "maxProperties": MOST,
            },
            "contradictions": _list(_ref("contradiction"), "Answers that cannot stand together.", MOST),
            "stops": _list(_ref("stop"), "Answers that end the review.", MOST),
            "centre": _ref("centre"),
        },
    )


def _text() -> Schema:
    return _object(
        "A text in Danish and preferably in English.",
        {"da": _string("Danish.")},
        {"en": {"type": "string", "description": "English; Danish is shown where it is missing."}},
    )


def _tree(name: str, leaves: tuple[Schema, ...]) -> Schema:
    parts = _list(_ref(name), "", least=1)
    return {
        "oneOf": [
            _object("All of them hold.", {"all": parts}, {}),
            _object("At least one of them holds.", {"any": parts}, {}),
            _object("It does not hold.", {"not": _ref(name)}, {}),
            *leaves,
        ]
    }


_ASKED: Schema = {"type": "string", "description": "Id of a fact or an item."}
_CONDITIONS = (
    _object("The answer is one of these.", {"id": _ASKED, "is": _WORDS}, {}),
    _object("There is an answer, and it is none of these.", {"id": _ASKED, "is_not": _WORDS}, {}),
    _object("There is an answer.", {"id": _ASKED, "answered": {"const": True}}, {}),
    _object("The answer earns at least this one's points.", {"id": _ASKED, "at_least": _CODE}, {}),
)
_SELECTION = _object(
    "Which scored items are counted; left out: whatever it is.",
    {},
    {
        "meaning": _words(MEANINGS, "What their answers mean."),
        "severity": _words(SEVERITIES, "How serious they are."),
        "theme": {**_WORDS, "description": "Ids of their themes."},
        "items": {**_WORDS, "description": "Their ids."},
    },
)
_WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": 10_000}
_RULES = (
    {
        **_object(
            "So many items.",
            {"count": _SELECTION},
            {
                "at_least": {"anyOf": [_WHOLE, {"const": "all"}], "description": "all: as many as apply."},
                "at_most": _WHOLE,
                "or_all": _flag("Where fewer apply than at_least, all of them.", usual=False),
            },
        ),
        "anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}],
    },
    _object("The unrounded percentage.", {"points_at_least": _amount(100, "Percent.")}, {}),
    _object(
        "What a theme came to; only in the verdicts of a case.",
        {
            "theme": {"type": "string", "description": "Id of the theme."},
            "verdict": {
                **_WORDS,
                "description": "Ids of its own verdicts, passed, not_passed, not_applicable.",
            },
        },
        {},
    ),
)


def _fact() -> Schema:
    value = _object("A value.", {"code": _CODE, "text": _ref("text")}, {})
    return _object(
        "Something about the case that decides which items apply.",
        {
            "id": _id("Lasts; shared with no other fact or item."),
            "question": _ref("text"),
            "values": _list(value, "In the order in which they are offered.", least=1),
        },
        {
            "guidance": _ref("text", "Markdown."),
            "from_register": _flag("Shown, not asked, where the register gives it.", usual=False),
            "applies_when": _ref("condition"),
            "changes": _list(_ref("change"), "Oldest first."),
        },
    )


def _theme() -> Schema:
    return _object(
        "Items that are reported together.",
        {
            "id": _id("Lasts."),
            "title": _ref("text"),
            "items": _list(_ref("item"), "In the order in which they are asked.", MOST_ITEMS, least=1),
        },
        {
            "pass_mark": _amount(100, "Percent of the theme's points from which it is passed."),
            "applies_when": _ref("condition"),
            "verdicts": _list(_ref("verdict"), "The theme's own; the last takes the rest.", MOST),
        },
    )


def _item() -> Schema:
    return _object(
        "One question, worded so that yes is good.",
        {
            "id": _id("Lasts; shared with no other fact or item."),
            "question": _ref("text"),
            "severity": _one_of(SEVERITIES, "How serious it is not to meet it."),
            "rule": _one_of(RULES, "What kind of rule it is."),
        },
        {
            "guidance": _ref("text", "Markdown: what yes, partly and no mean."),
            "good_example": _ref("text"),
            "bad_example": _ref("text"),
            "recommendation": _ref("text", "What a finding starts from."),
            "weight": {**_amount(1000, "0: asked, but not scored."), "default": 1},
            "core": _flag("Whether it belongs to the core set.", usual=True),
            "scale": {
                "type": "string",
                "default": USUAL,
                "description": f"One of {', '.join(SHIPPED)}, or one of the checklist's own.",
            },
            "answers": {**_CODES, "description": "Those of the scale that are offered; left out: all."},
            "points": {
                "type": "object",
                "additionalProperties": _amount(1000, "Points."),
                "description": "Points of the item's own, by answer, instead of the scale's.",
            },
            "cannot_assess": _one_of(
                CANNOT_ASSESS_POLICIES, "The item's own policy, instead of the checklist's."
            ),
            "note_required_at": {
                **_CODES,
                "description": "Answers that need a note; left out: partly, no, cannot be assessed, and at "
                "critical items not applicable.",
            },
            "journal_reference_required_at": {
                **_CODES,
                "description": "Answers that need a reference to the journal.",
            },
            "follow_ups": {
                "type": "object",
                "additionalProperties": _WORDS,
                "description": "By answer, the ids of the items that are asked after it only.",
            },
            "applies_when": _ref("condition"),
            "without_law": _ref("text", "Why there is no reference to the law."),
            "references": _list(_ref("reference"), "The law behind it."),
            "changes": _list(_ref("change"), "Oldest first."),
        },
    )


def _scale() -> Schema:
    answer = _object(
        "An answer.",
        {
            "code": _CODE,
            "meaning": _one_of(MEANINGS, "What it means; none: neither good nor bad."),
            "text": _ref("text"),
        },
        {"points": _amount(1000, "Required where the meaning is positive, partial or negative.")},
    )
    return _object(
        "A scale.", {"answers": _list(answer, "In the order in which they are offered.", least=1)}, {}
    )


def _reference() -> Schema:
    return _object(
        "A reference to the law.",
        {
            "text": _ref("text", "As it is printed."),
            "status_date": _day("The day whose law was read."),
            "source": _string("What it was held against."),
            "verified": _flag("Whether somebody has held it against the source."),
        },
        {
            "act": _string("Id of the act in the list of acts."),
            "paragraph": _string("§."),
            "subsection": _string("stk."),
            "number": _string("nr."),
            "checked_by": _string("Who held it against the source."),
            "checked_on": _day("And when."),
        },
    )


def _change() -> Schema:
    return _object(
        "How it was changed in a version.",
        {
            "version": {"type": "integer", "minimum": 1, "maximum": MOST_VERSION},
            "kind": _one_of(KINDS_OF_CHANGE, "meaning: what is counted before cannot be compared any more."),
        },
        {"reason": _string("Why.")},
    )


def _verdict() -> Schema:
    return _object(
        "What a case, or a theme, is called where it is the first whose rule matches.",
        {"id": _id("Lasts."), "title": _ref("text")},
        {"positive": _flag("Whether it is in order.", usual=False), "when": _ref("rule")},
    )


def _contradiction() -> Schema:
    return _object(
        "Answers that cannot stand together.",
        {"id": _id("Lasts."), "message": _ref("text"), "refuse_when": _ref("condition")},
        {},
    )


def _stop() -> Schema:
    return _object(
        "An answer that ends the review with a result of its own.",
        {"id": _id("Lasts; shared with no verdict."), "title": _ref("text"), "stop_when": _ref("condition")},
        {},
    )


def _centre() -> Schema:
    return _object(
        "From when a centre passes.",
        {
            "pass_mark": _amount(100, "Percent of cases with a positive verdict."),
            "decided": _ref("text", "Where the municipality decided it."),
        },
        {},
    )
