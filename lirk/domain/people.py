"""People and centres: who acts, in which role, where."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person does in LIRK; one person may have several roles."""

    REVIEWER = "reviewer"
    CENTRE_LEADER = "centre-leader"
    CONTACT_PERSON = "contact-person"
    ARCHIVIST = "archivist"
    COORDINATOR = "coordinator"
    CHIEF_GROUP = "chief-group"
    ADMINISTRATOR = "administrator"
    LEGAL_ADVISER = "legal-adviser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person has chosen for the pages.

    ``language`` is None for the house's own; ``shortcuts``: keys answer and move; ``go_on``: an answer that
    needs no more leads straight to the next item; ``guidance_open``: an item's guidance is unfolded;
    ``local_answers``: what cannot be sent lies on the person's computer meanwhile.
    """

    language: str | None = None
    shortcuts: bool = True
    go_on: bool = False
    guidance_open: bool = False
    local_answers: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """A person who acts in LIRK.

    ``username`` is lasting and unique; ``centres`` limits the centre roles; ``caseworker_hash`` is the keyed
    hash of the person's own caseworker code in the register, so that nobody reviews their own cases.
    """

    id: int
    username: str
    name: str
    roles: frozenset[Role] = frozenset()
    centres: frozenset[str] = frozenset()
    caseworker_hash: str | None = None
    active: bool = True
    preferences: Preferences = Preferences()


@dataclass(frozen=True, slots=True)
class Centre:
    """A part of the municipality with cases of its own; one that is not active is offered for nothing new."""

    name: str
    active: bool = True
