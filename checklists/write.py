"""A checklist to its file: canonical, readable, and read again as the same checklist.

A text of one line stands as ``{ da = "…", en = "…" }``, one of several lines as ``question.da`` between three
quotation marks. What reading gives back by itself is left out.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from checklists.conditions import Answered, AtLeast, Is, IsNot, Test
from checklists.logic import AllOf, AnyOf, Negated, Single, Tree
from checklists.model import (
    FORMAT,
    CentrePass,
    Checklist,
    Contradiction,
    Fact,
    FactValue,
    FollowUp,
    Item,
    PartChange,
    Reference,
    Scale,
    ScaleAnswer,
    Stop,
    Text,
    Theme,
    Verdict,
)
from checklists.scales import USUAL, usual_notes
from checklists.verdicts import Count, PointsAtLeast, RuleTest, ThemeIs

#: A list longer than this is written with a part on each line.
LONGEST = 100

_Tree: TypeAlias = Tree[Test] | Tree[RuleTest]
#: What no text of TOML may hold as it is, and what an editor would show as a line break or not at all.
_HIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_HIDDEN_IN_ROWS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def to_toml(checklist: Checklist) -> str:
    """Return the file that holds a checklist: `checklists.load.load` reads the same checklist from it."""
    sections = [
        head_rows(checklist),
        *map(scale_rows, checklist.scales),
        *map(fact_rows, checklist.facts),
        *(rows for theme in checklist.themes for rows in (theme_rows(theme), *map(item_rows, theme.items))),
        *map(contradiction_rows, checklist.contradictions),
        *map(stop_rows, checklist.stops),
        *map(verdict_rows, checklist.verdicts),
    ]
    if checklist.centre is not None:
        sections.append(centre_rows(checklist.centre))
    return "\n\n".join("\n".join(rows) for rows in sections) + "\n"


def own_points(item: Item) -> dict[str, Fraction]:
    """Return the points that an item's offered answers earn otherwise than on its scale, by code."""
    usual = {answer.code: answer.points for answer in item.scale.answers}
    return {
        answer.code: answer.points
        for answer in item.answers
        if answer.points is not None and answer.points != usual.get(answer.code)
    }


def head_rows(checklist: Checklist) -> list[str]:
    """Return the lines before all headings."""
    return [
        _row("format", _string(FORMAT)),
        _row("id", _string(checklist.id)),
        _row("version", str(checklist.version)),
        _row("subject", _string(checklist.subject)),
        _row("status_date", _day(checklist.status_date)),
        *_text("title", checklist.title),
        *_text("purpose", checklist.purpose),
        *_text("responsible", checklist.responsible),
        _row("not_applicable", _string(checklist.not_applicable)),
        *([] if checklist.target is None else [_row("target", number(checklist.target))]),
        _row("cannot_assess", _string(checklist.cannot_assess)),
    ]


def scale_rows(scale: Scale) -> list[str]:
    """Return the lines of a scale."""
    return [f"[scales.{scale.id}]", *_list("answers", [_scale_answer(answer) for answer in scale.answers])]


def fact_rows(fact: Fact) -> list[str]:
    """Return the lines of a fact."""
    return [
        "[[facts]]",
        _row("id", _string(fact.id)),
        *_text("question", fact.question),
        *_text("guidance", fact.guidance),
        *_flag("from_register", fact.from_register, usual=False),
        *_list("values", [_value(value) for value in fact.values]),
        *_tree("applies_when", fact.applies_when),
        *_changes(fact.changes),
    ]


def theme_rows(theme: Theme) -> list[str]:
    """Return the lines of a theme with its own verdicts, and without its items."""
    rows = [
        "[[themes]]",
        _row("id", _string(theme.id)),
        *_text("title", theme.title),
        *([] if theme.pass_mark is None else [_row("pass_mark", number(theme.pass_mark))]),
        *_tree("applies_when", theme.applies_when),
    ]
    for verdict in theme.verdicts:
        rows += ["", *verdict_rows(verdict, "themes.verdicts")]
    return rows


def item_rows(item: Item) -> list[str]:
    """Return the lines of an item."""
    return [
        "[[themes.items]]",
        _row("id", _string(item.id)),
        *_text("question", item.question),
        *_text("guidance", item.guidance),
        *_text("good_example", item.good_example),
        *_text("bad_example", item.bad_example),
        _row("severity", _string(item.severity)),
        _row("rule", _string(item.rule)),
        *([] if item.weight == 1 else [_row("weight", number(item.weight))]),
        *_flag("core", item.core, usual=True),
        *_answers(item),
        *_asked_for(item),
        *_tree("applies_when", item.applies_when),
        *_text("recommendation", item.recommendation),
        *_text("without_law", item.without_law),
        *_list("references", [_reference(reference) for reference in item.references]),
        *_changes(item.changes),
    ]


def contradiction_rows(contradiction: Contradiction) -> list[str]:
    """Return the lines of a contradiction."""
    return [
        "[[contradictions]]",
        _row("id", _string(contradiction.id)),
        *_text("message", contradiction.message),
        *_tree("refuse_when", contradiction.refuse_when),
    ]


def stop_rows(stop: Stop) -> list[str]:
    """Return the lines of a stop."""
    return [
        "[[stops]]",
        _row("id", _string(stop.id)),
        *_text("title", stop.title),
        *_tree("stop_when", stop.stop_when),
    ]


def verdict_rows(verdict: Verdict, heading: str = "verdicts") -> list[str]:
    """Return the lines of a verdict."""
    return [
        f"[[{heading}]]",
        _row("id", _string(verdict.id)),
        *_text("title", verdict.title),
        *_flag("positive", verdict.positive, usual=False),
        *_tree("when", verdict.when),
    ]


def centre_rows(centre: CentrePass) -> list[str]:
    """Return the lines of a centre's pass mark."""
    return ["[centre]", _row("pass_mark", number(centre.mark)), *_text("decided", centre.decided)]


def number(value: Fraction) -> str:
    """Return an exact number as decimals.

    A fraction without end is cut after twelve decimals; reading refuses more than six, and says so.
    """
    places = next((places for places in range(13) if 10**places % value.denominator == 0), 12)
    if places == 0:
        return str(value.numerator)
    whole, rest = divmod(int(value * 10**places), 10**places)
    return f"{whole}.{rest:0{places}d}"


def value_text(value: object) -> str:
    """Return the value of any field as a person reads it in the file: lists with a part on each line.

    Texts in two languages have no such form: each language is read by itself.
    """
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Fraction():
            return number(value)
        case date():
            return _day(value)
        case tuple():
            return "\n".join(_part_text(part) for part in value)
        case Single() | AllOf() | AnyOf() | Negated():
            return _node(value, 0)
        case _:
            return str(value)


def _part_text(part: object) -> str:
    match part:
        case ScaleAnswer():
            return _scale_answer(part)
        case FactValue():
            return _value(part)
        case Reference():
            return _reference(part)
        case FollowUp():
            return _follow_ups([part])
        case Verdict():
            return "\n".join(verdict_rows(part, "themes.verdicts"))
        case _:
            return str(part)


def _row(key: str, value: str) -> str:
    return f"{key} = {value}"


def _flag(key: str, value: bool, *, usual: bool) -> list[str]:
    return [] if value is usual else [_row(key, str(value).lower())]


def _day(day: date) -> str:
    return day.isoformat()


def _text(key: str, text: Text) -> Iterator[str]:
    if not text:
        return
    if "\n" not in text.da + text.en:
        yield _row(key, _inline_text(text))
        return
    for language, words in (("da", text.da), ("en", text.en)):
        if words:
            yield _row(f"{key}.{language}", _rows_string(words) if "\n" in words else _string(words))


def _inline_text(text: Text) -> str:
    return _table([("da", _string(text.da)), *([("en", _string(text.en))] if text.en else [])])


def _string(words: str) -> str:
    return f'"{_escaped(words, _HIDDEN).replace(chr(34), chr(92) + chr(34))}"'


def _rows_string(words: str) -> str:
    # No two quotation marks stand side by side, and none at the end: nothing can be taken for the three that
    # close the text, not even by a reader that looks for no more than these.
    escaped = re.sub(r'(?<=")"|"\Z', r"\"", _escaped(words, _HIDDEN_IN_ROWS))
    return f'"""\n{escaped}"""'


def _escaped(words: str, hidden: re.Pattern[str]) -> str:
    short = {"\n": r"\n", "\r": r"\r"}
    return hidden.sub(lambda sign: short.get(sign[0], f"\\u{ord(sign[0]):04x}"), words.replace("\\", "\\\\"))


def _table(pairs: Sequence[tuple[str, str]]) -> str:
    return "{ " + ", ".join(_row(key, value) for key, value in pairs) + " }" if pairs else "{}"


def _list(key: str, parts: Sequence[str]) -> list[str]:
    return [_row(key, "["), *(f"  {part}," for part in parts), "]"] if parts else []


def _words(words: Sequence[str]) -> str:
    return "[" + ", ".join(_string(word) for word in words) + "]"


def _one_or_more(words: Sequence[str]) -> str:
    return _string(words[0]) if len(words) == 1 else _words(words)


def _scale_answer(answer: ScaleAnswer) -> str:
    points = [] if answer.points is None else [("points", number(answer.points))]
    return _table(
        [
            ("code", _string(answer.code)),
            ("meaning", _string(answer.meaning)),
            *points,
            ("text", _inline_text(answer.text)),
        ]
    )


def _value(value: FactValue) -> str:
    return _table([("code", _string(value.code)), ("text", _inline_text(value.text))])


def _answers(item: Item) -> Iterator[str]:
    if item.scale.id != USUAL:
        yield _row("scale", _string(item.scale.id))
    if item.offered != item.scale.codes:
        yield _row("answers", _words(item.offered))
    if points := own_points(item):
        yield _row("points", _table([(code, number(value)) for code, value in points.items()]))


def _asked_for(item: Item) -> Iterator[str]:
    if item.cannot_assess is not None:
        yield _row("cannot_assess", _string(item.cannot_assess))
    if item.note_required_at != usual_notes(item.answers, item.severity):
        yield _row("note_required_at", _words(item.note_required_at))
    if item.journal_reference_required_at:
        yield _row("journal_reference_required_at", _words(item.journal_reference_required_at))
    if item.follow_ups:
        yield _row("follow_ups", _follow_ups(item.follow_ups))


def _follow_ups(follow_ups: Sequence[FollowUp]) -> str:
    return _table([(follow_up.code, _words(follow_up.items)) for follow_up in follow_ups])


def _reference(reference: Reference) -> str:
    named = (
        ("act", reference.act),
        ("paragraph", reference.paragraph),
        ("subsection", reference.subsection),
        ("number", reference.number),
    )
    pairs = [("text", _inline_text(reference.text))]
    pairs += [(key, _string(value)) for key, value in named if value]
    pairs += [
        ("status_date", _day(reference.status_date)),
        ("source", _string(reference.source)),
        ("verified", str(reference.verified).lower()),
    ]
    if reference.checked_by:
        pairs.append(("checked_by", _string(reference.checked_by)))
    if reference.checked_on is not None:
        pairs.append(("checked_on", _day(reference.checked_on)))
    return _table(pairs)


def _changes(changes: Sequence[PartChange]) -> list[str]:
    return _list(
        "changes",
        [
            _table(
                [
                    ("version", str(change.version)),
                    ("kind", _string(change.kind)),
                    *([("reason", _string(change.reason))] if change.reason else []),
                ]
            )
            for change in changes
        ],
    )


def _tree(key: str, tree: _Tree | None) -> list[str]:
    return [] if tree is None else [_row(key, _node(tree, 0))]


def _node(tree: _Tree, depth: int) -> str:
    match tree:
        case Single():
            return _table(_leaf(tree.leaf))
        case Negated():
            return _table([("not", _node(tree.part, depth))])
        case AllOf():
            return _table([("all", _parts(tree.parts, depth))])
        case AnyOf():
            return _table([("any", _parts(tree.parts, depth))])


def _parts(parts: Sequence[_Tree], depth: int) -> str:
    written = [_node(part, depth + 1) for part in parts]
    if sum(map(len, written)) <= LONGEST and not any("\n" in part for part in written):
        return f"[{', '.join(written)}]"
    rows = "".join(f"{'  ' * (depth + 1)}{part},\n" for part in written)
    return f"[\n{rows}{'  ' * depth}]"


def _leaf(leaf: Test | RuleTest) -> list[tuple[str, str]]:
    match leaf:
        case Is():
            return [("id", _string(leaf.id)), ("is", _one_or_more(leaf.codes))]
        case IsNot():
            return [("id", _string(leaf.id)), ("is_not", _one_or_more(leaf.codes))]
        case Answered():
            return [("id", _string(leaf.id)), ("answered", "true")]
        case AtLeast():
            return [("id", _string(leaf.id)), ("at_least", _string(leaf.code))]
        case PointsAtLeast():
            return [("points_at_least", number(leaf.percent))]
        case ThemeIs():
            return [("theme", _string(leaf.theme)), ("verdict", _one_or_more(leaf.verdicts))]
        case Count():
            return _count(leaf)


def _count(count: Count) -> list[tuple[str, str]]:
    selection = (
        ("meaning", count.meanings),
        ("severity", count.severities),
        ("theme", count.themes),
        ("items", count.items),
    )
    pairs = [("count", _table([(key, _one_or_more(words)) for key, words in selection if words]))]
    if count.all_that_apply:
        pairs.append(("at_least", _string("all")))
    elif count.at_least or count.at_most is None:
        pairs.append(("at_least", str(count.at_least)))
    if count.at_most is not None:
        pairs.append(("at_most", str(count.at_most)))
    if count.or_all:
        pairs.append(("or_all", "true"))
    return pairs
