"""What a centre is told of a round that is under way: how far its cases are, and never what was found."""

from dataclasses import dataclass

from lirk.domain.following import Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreProgress:
    """How far a centre's cases are in a round; ``findings`` could not be found or read, and need no more."""

    round_id: int
    centre: str
    work: Tally
    findings: int = 0

    @property
    def drawn(self) -> int:
        """How many of the centre's cases stand in the sample."""
        return self.work.cases + self.findings

    @property
    def finished(self) -> bool:
        """Whether nothing is left to be done with the centre's cases."""
        return bool(self.drawn) and not self.work.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFile:
    """A case that its reviewer reported as not found or without access, and that nobody has decided on."""

    round_id: int
    centre: str
    number: int
