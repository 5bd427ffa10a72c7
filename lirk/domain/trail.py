"""The trail: who did what, when. It grows and is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailEntry:
    """One thing that was done.

    ``actor_id`` is None where LIRK itself acted; ``action`` is a code (``cases-drawn``); ``about`` holds what
    it was done to, as plain JSON values.
    """

    at: datetime
    actor_id: int | None
    action: str
    about: Mapping[str, object]
