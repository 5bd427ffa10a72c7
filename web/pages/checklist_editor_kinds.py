"""All kinds of parts that the editor's forms change, by the names that their addresses have."""

from collections.abc import Mapping

from lirk.errors import NotFound
from web.pages.checklist_editor_frame import CENTRE, FACTS, HEAD, SCALES, THEMES
from web.pages.checklist_editor_items import ITEMS
from web.pages.checklist_editor_parts import PartKind
from web.pages.checklist_editor_references import REFERENCES
from web.pages.checklist_editor_results import CONTRADICTIONS, STOPS, VERDICTS

KINDS: Mapping[str, PartKind] = {
    kind.name: kind
    for kind in (
        HEAD,
        ITEMS,
        REFERENCES,
        THEMES,
        FACTS,
        SCALES,
        VERDICTS,
        CONTRADICTIONS,
        STOPS,
        CENTRE,
    )
}
#: The kinds that others depend on, by what the dependents are called.
KIND_OF_DEPENDENT = {
    "fact": FACTS,
    "theme": THEMES,
    "item": ITEMS,
    "contradiction": CONTRADICTIONS,
    "stop": STOPS,
    "verdict": VERDICTS,
    "scale": SCALES,
}


def kind_of(name: str, *, many: bool | None = None) -> PartKind:
    """Return the kind that an address names; with ``many``, only one of which a checklist has many, or one.

    Raises
    ------
    NotFound
        If there is none.
    """
    kind = KINDS.get(name)
    if kind is None or (many is not None and kind.many is not many):
        raise NotFound
    return kind
