"""What me/me.html shows."""

from dataclasses import dataclass

from lirk.domain.people import Person, Preferences
from lirk.wording import Wording
from web.pages.people import centre_names, role_names


@dataclass(frozen=True, slots=True, kw_only=True)
class MePage:
    """What a person has chosen, and who they are here."""

    name: str
    username: str
    roles: str
    centres: str
    preferences: Preferences
    languages: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, person: Person, words: Wording) -> "MePage":
        """Return the page of a person."""
        return cls(
            name=person.name,
            username=person.username,
            roles=role_names(person, words),
            centres=centre_names(person, words),
            preferences=person.preferences,
            # A language is called by its own name, so that everybody finds theirs.
            languages=(("", words.text("Som kommunen har valgt")), ("da", "Dansk"), ("en", "English")),
        )
