"""The pages in about/: what LIRK says of itself."""

from dataclasses import dataclass

from lirk.settings import Settings


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Whom to ask; empty where the municipality has not said."""

    municipality: str
    contact: str

    @classmethod
    def of(cls, settings: Settings) -> "AboutPage":
        """Return the page for an installation."""
        return cls(settings.municipality, settings.contact)
