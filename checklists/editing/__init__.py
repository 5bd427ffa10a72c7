"""Editing a checklist: a checklist in, the changed checklist out, nothing kept anywhere.

Whether the language allows the result is asked of its reader: what is written with `checklists.write.to_toml`
is read again.
"""

from checklists.editing.dependents import Dependent, dependents
from checklists.editing.fingerprints import part_fingerprint
from checklists.editing.marks import KindUnknown, lost_marks, mark, needs_mark, unmark, unmarked
from checklists.editing.naming import new_id
from checklists.editing.parts import (
    Head,
    add_contradiction,
    add_fact,
    add_stop,
    add_verdict,
    change_centre,
    change_contradiction,
    change_fact,
    change_head,
    change_stop,
    change_verdict,
    move_contradiction,
    move_fact,
    move_stop,
    move_verdict,
    remove_contradiction,
    remove_fact,
    remove_stop,
    remove_verdict,
)
from checklists.editing.refusals import EditRefused, PartUnknown
from checklists.editing.scales import add_scale, change_scale, move_scale, remove_scale
from checklists.editing.themes import (
    add_item,
    add_theme,
    change_item,
    change_theme,
    move_item,
    move_item_to,
    move_theme,
    remove_item,
    remove_theme,
    rename_item,
)

__all__ = [
    "Dependent",
    "EditRefused",
    "Head",
    "KindUnknown",
    "PartUnknown",
    "add_contradiction",
    "add_fact",
    "add_item",
    "add_scale",
    "add_stop",
    "add_theme",
    "add_verdict",
    "change_centre",
    "change_contradiction",
    "change_fact",
    "change_head",
    "change_item",
    "change_scale",
    "change_stop",
    "change_theme",
    "change_verdict",
    "dependents",
    "lost_marks",
    "mark",
    "move_contradiction",
    "move_fact",
    "move_item",
    "move_item_to",
    "move_scale",
    "move_stop",
    "move_theme",
    "move_verdict",
    "needs_mark",
    "new_id",
    "part_fingerprint",
    "remove_contradiction",
    "remove_fact",
    "remove_item",
    "remove_scale",
    "remove_stop",
    "remove_theme",
    "remove_verdict",
    "rename_item",
    "unmark",
    "unmarked",
]
