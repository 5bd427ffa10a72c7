"""Scales of a checklist's own, beside the shipped ones."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from checklists.model import MEANINGS, Scale, ScaleAnswer
from checklists.reading.table import CODE_PATTERN, ID_PATTERN, Table, exact
from checklists.scales import SHIPPED, USUAL

#: Meanings that stand outside the score.
UNSCORED = ("not_applicable", "cannot_assess")
MOST_POINTS = 1000


def read_scales(top: Table) -> dict[str, Scale]:
    """Return the shipped scales and, after them, the file's own, by name."""
    scales = dict(SHIPPED)
    for name, raw in (top.table("scales") or {}).items():
        start = top.source.lines.heading(f"scales.{name}")
        place = Table({}, top.source, start or top.source.lines.of_key("scales", 0), name)
        if not isinstance(raw, dict):
            place.problem("checklist-not-table", None, key=f"scales.{name}", value=str(raw)[:60])
            continue
        if name in SHIPPED:
            place.problem("checklist-shipped-scale", None, scale=name)
        if not ID_PATTERN.fullmatch(name):
            place.problem("checklist-bad-id", None, key="scales", value=name)
        scales.setdefault(name, _scale(name, Table(raw, top.source, start, name)))
    return scales


def _scale(name: str, table: Table) -> Scale:
    before = len(table.source.problems)
    rows = table.tables("answers", required=True)
    answers = tuple(_answer(table.part(raw, "answers")) for raw in rows)
    note_repeated(table, "answers", [answer.code for answer in answers])
    if len(table.source.problems) == before and not any(answer.points for answer in answers):
        table.problem("checklist-scale-without-points", "answers")
    table.close()
    return Scale(name, answers)


def _answer(table: Table) -> ScaleAnswer:
    code = read_code(table)
    meaning = table.word("meaning", MEANINGS)
    text = table.text("text", required=True)
    earns = table.raw.get("meaning") in {"positive", "partial", "negative"}
    points = table.amount("points", high=MOST_POINTS, required=earns)
    if meaning in UNSCORED and points is not None:
        table.problem("checklist-points-unused", "points", value=code, meaning=meaning)
        points = None
    table.close()
    return ScaleAnswer(code, meaning, points, text)


def read_code(table: Table) -> str:
    """Return the code of an answer or of a fact's value."""
    code = table.string("code", required=True)
    if code and not CODE_PATTERN.fullmatch(code):
        table.problem("checklist-bad-code", "code", value=code)
    return code


def note_repeated(table: Table, key: str, codes: list[str]) -> None:
    """Note each code that stands more than once."""
    for code, times in Counter(codes).items():
        if code and times > 1:
            table.problem("checklist-duplicate-code", key, value=code)


def read_offered(table: Table, scales: Mapping[str, Scale]) -> tuple[Scale, tuple[ScaleAnswer, ...]]:
    """Return an item's scale, and those of its answers that are offered, with the item's own points."""
    name = table.word("scale", tuple(scales), "checklist-unknown-scale", default=USUAL)
    scale = scales[name]
    chosen = table.words("answers", scale.codes, "checklist-unknown-answer")
    if table.raw.get("answers") == []:
        table.problem("checklist-empty-list", "answers")
    own = _own_points(table, scale)
    return scale, tuple(
        _earning(answer, own.get(answer.code))
        for answer in scale.answers
        if not chosen or answer.code in chosen
    )


def _own_points(table: Table, scale: Scale) -> Mapping[str, Fraction]:
    raw = table.table("points")
    if raw is None:
        return {}
    part = table.part(raw, "points")
    meanings = {answer.code: answer.meaning for answer in scale.answers}
    earning = tuple(code for code, meaning in meanings.items() if meaning not in UNSCORED)
    own = {}
    for code in raw:
        if code not in meanings:
            part.problem("checklist-unknown-answer", "points", value=code, known=earning)
        elif code not in earning:
            part.problem("checklist-points-unused", "points", value=code, meaning=meanings[code])
        elif (points := part.amount(code, high=MOST_POINTS)) is not None:
            own[code] = points
    return own


def lenient_scale(raw: Mapping[str, object], scales: Mapping[str, Scale]) -> Scale | None:
    """Return an item's scale where it is named rightly, noting nothing."""
    name = raw.get("scale", USUAL)
    return scales.get(name) if isinstance(name, str) else None


def lenient_answers(raw: Mapping[str, object], scale: Scale) -> list[ScaleAnswer]:
    """Return the answers that an item offers, with its own points as far as they can be read, noting nothing."""
    offered, own = raw.get("answers", list(scale.codes)), raw.get("points")
    points = own if isinstance(own, dict) else {}
    return [
        _earning(answer, exact(points.get(answer.code), MOST_POINTS))
        for answer in scale.answers
        if not isinstance(offered, list) or answer.code in offered
    ]


def _earning(answer: ScaleAnswer, points: Fraction | None) -> ScaleAnswer:
    return answer if points is None or answer.meaning in UNSCORED else replace(answer, points=points)
