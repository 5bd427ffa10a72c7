"""How it is seen that a part was changed by somebody else in the meantime."""

from hashlib import sha256

from checklists.editing.refusals import PartUnknown
from checklists.model import Checklist
from checklists.write import (
    centre_rows,
    contradiction_rows,
    fact_rows,
    head_rows,
    item_rows,
    scale_rows,
    stop_rows,
    theme_rows,
    verdict_rows,
)


def part_fingerprint(checklist: Checklist, part: str) -> str:
    """Return 16 hexadecimal digits that differ wherever a part is written differently.

    Parameters
    ----------
    checklist
        The checklist with the part.
    part
        ``head``, ``theme:ID`` (without its items), ``theme-items:ID`` (with all of them), ``item:ID``,
        ``fact:ID``, ``scale:ID``, ``verdicts``, ``verdicts:THEME``, ``contradiction:ID``, ``stop:ID`` or
        ``centre``. Where the checklist does not have it: the empty string.

    Raises
    ------
    PartUnknown
        If no checklist has such parts.
    """
    rows = _rows(checklist, part)
    return "" if rows is None else sha256("\n".join(rows).encode()).hexdigest()[:16]


def _rows(checklist: Checklist, part: str) -> list[str] | None:
    kind, _, named = part.partition(":")
    match kind:
        case "head":
            return head_rows(checklist)
        case "centre":
            return None if checklist.centre is None else centre_rows(checklist.centre)
        case "verdicts":
            return _verdict_rows(checklist, named)
        case "theme" | "theme-items" | "item" | "fact":
            return _asked_rows(checklist, kind, named)
        case _:
            return _other_rows(checklist, kind, named)


def _verdict_rows(checklist: Checklist, theme_id: str) -> list[str] | None:
    theme = checklist.theme(theme_id)
    if theme_id and theme is None:
        return None
    verdicts = checklist.verdicts if theme is None else theme.verdicts
    return [row for verdict in verdicts for row in verdict_rows(verdict)]


def _asked_rows(checklist: Checklist, kind: str, named: str) -> list[str] | None:
    theme, item, fact = checklist.theme(named), checklist.item(named), checklist.fact(named)
    if theme is not None and kind == "theme-items":
        return [*theme_rows(theme), *(row for one in theme.items for row in item_rows(one))]
    if kind in {"theme", "theme-items"}:
        return None if theme is None else theme_rows(theme)
    if kind == "item":
        return None if item is None else item_rows(item)
    return None if fact is None else fact_rows(fact)


def _other_rows(checklist: Checklist, kind: str, named: str) -> list[str] | None:
    match kind:
        case "scale":
            found = [scale_rows(scale) for scale in checklist.scales if scale.id == named]
        case "contradiction":
            found = [contradiction_rows(one) for one in checklist.contradictions if one.id == named]
        case "stop":
            found = [stop_rows(stop) for stop in checklist.stops if stop.id == named]
        case _:
            raise PartUnknown(kind)
    return found[0] if found else None
