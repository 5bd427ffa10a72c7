"""What a leader answered about the own centre, as the report of that centre shows it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedItem:
    """What a leader answered to one question of the self-assessment; the note stays with the form."""

    item_id: str
    theme_id: str
    theme: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderAssessment:
    """A leader's finished self-assessment of the own centre: an impression, no measurement."""

    checklist_id: str
    title: str
    version: int
    finished_on: date
    items: tuple[AssessedItem, ...]
