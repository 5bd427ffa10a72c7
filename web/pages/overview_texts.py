"""overviews/text.html: where the coordinator writes in the overview of a round."""

from dataclasses import dataclass

from lirk.domain.overview_texts import LONGEST, LONGEST_STEPS, OverviewText
from lirk.services.overview_texts import OverviewToWrite
from lirk.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewTextPage:
    """Two fields; ``kept`` is what another has written meanwhile."""

    title: str
    overview_title: str
    overview: str
    address: str
    learnt: str
    next_steps: str
    version: int
    learnt_limit: int = LONGEST
    steps_limit: int = LONGEST_STEPS
    kept: OverviewText | None = None

    @classmethod
    def of(
        cls,
        value: OverviewToWrite,
        words: Wording,
        *,
        typed: OverviewText | None = None,
        changed: bool = False,
    ) -> "OverviewTextPage":
        """Return the page; with ``typed`` the fields hold what was typed, not what is kept."""
        text, overview = typed or value.text, f"/rounds/{value.round_.key}/overview"
        return cls(
            title=words.text("Skriv i overblikket"),
            overview_title=words.text("Overblik, {round}", round=value.round_.title),
            overview=overview,
            address=f"{overview}/text",
            learnt=text.learnt,
            next_steps=text.next_steps,
            version=value.text.version,
            kept=value.text if changed else None,
        )
