"""What the editor knows of every kind of part: its fields, and how it is found, added, changed, moved, removed."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from checklists.editing import new_id
from checklists.model import Checklist
from lirk.errors import NotFound
from lirk.wording import Wording
from web.pages.checklist_editor_fields import Given, Section, Values


@dataclass(frozen=True, slots=True)
class Names:
    """What a kind of part is called: its headings, and the receipts of what was done with it."""

    new: str
    change: str
    remove: str
    added: str
    changed: str
    removed: str


class PartKind(ABC):
    """One kind of part.

    Attributes
    ----------
    name
        As addresses name it.
    many
        False of what a checklist has but one of: its head, the centre's mark.
    ruled
        Whether its parts have a condition or a rule of their own.
    """

    name: ClassVar[str]
    many: ClassVar[bool] = True
    ruled: ClassVar[bool] = False

    @abstractmethod
    def names(self, words: Wording) -> Names:
        """Return what the kind is called."""

    @abstractmethod
    def find(self, checklist: Checklist, part_id: str) -> Any | None:
        """Return a part, None where there is none."""

    @abstractmethod
    def ref(self, part_id: str) -> str:
        """Return how the fingerprints of parts name it."""

    def whole_ref(self, part_id: str) -> str:
        """Return how the fingerprints name all that goes with a part where it is removed."""
        return self.ref(part_id)

    @abstractmethod
    def label(self, part: Any, words: Wording) -> str:
        """Return what a part is called where it is told apart from others."""

    @abstractmethod
    def sections(self, checklist: Checklist, part: Any | None, words: Wording) -> tuple[Section, ...]:
        """Return the fields of a part, or of a new one (None)."""

    @abstractmethod
    def values(self, part: Any, checklist: Checklist) -> Values:
        """Return what stands in the fields of a part."""

    def defaults(self, checklist: Checklist, within: str) -> Values:
        """Return what stands in the fields of a new part."""
        return {}

    def check(self, given: Given, checklist: Checklist, part: Any | None, words: Wording) -> None:
        """Add what is wrong between several fields; most kinds have nothing of the sort."""
        return

    def add(self, checklist: Checklist, given: Given, within: str) -> tuple[Checklist, str]:
        """Return the checklist with a new part, and the part's id."""
        raise NotFound

    @abstractmethod
    def change(self, checklist: Checklist, part_id: str, given: Given) -> Checklist:
        """Return the checklist with a part as it was typed."""

    def move(self, checklist: Checklist, part_id: str, step: int) -> Checklist:
        """Return the checklist with a part one place up (-1) or down (1)."""
        raise NotFound

    def remove(self, checklist: Checklist, part_id: str) -> Checklist:
        """Return the checklist without a part."""
        raise NotFound

    def within(self, part_id: str) -> str:
        """Return the id of the part that a part belongs to; empty where it is the checklist."""
        return ""

    def anchor(self, part_id: str) -> str:
        """Return where the editor's main page shows a part."""
        return f"{self.ref(part_id)}".replace(":", "-")

    def after_adding(self, part_id: str) -> str:
        """Return where one goes on after adding a part, below the editor's address."""
        return f"#{self.anchor(part_id)}"

    def after_change(self, part_id: str) -> str:
        """Return where one goes on after changing a part."""
        return f"#{self.anchor(part_id)}"


def fresh_id(text: str, typed: str, taken: Any) -> str:
    """Return the id that was typed, or one made of the Danish words."""
    return typed or new_id(text, taken)


def owned(part_id: str) -> tuple[str, str]:
    """Return the owner and the own id of a part whose address holds both; the owner is empty where it has none."""
    owner, dot, own = part_id.rpartition(".")
    return (owner, own) if dot else ("", part_id)


def words_of(said: Mapping[str, str], words: Wording) -> tuple[tuple[str, str], ...]:
    """Return codes with their words, as choices."""
    return tuple((code, words.text(text)) for code, text in said.items())
