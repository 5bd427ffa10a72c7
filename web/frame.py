"""What stands around every page: header, navigation, receipt, footer."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from lirk.domain.people import Person, Role
from lirk.wording import Wording
from lirk.wording.catalogue import N_

#: What each role is called beside a person's name.
ROLE_NAMES = {
    Role.REVIEWER: N_("gennemgår sager"),
    Role.COORDINATOR: N_("koordinator"),
    Role.CENTRE_LEADER: N_("centerleder"),
    Role.CONTACT_PERSON: N_("kontaktperson"),
    Role.ARCHIVIST: N_("arkivar"),
    Role.CHIEF_GROUP: N_("chefgruppe"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.LEGAL_ADVISER: N_("jurist"),
}

#: The navigation: address, text, and the roles that may see what is there.
PLACES = (
    ("/reviews", N_("Mine sager"), {Role.REVIEWER}),
    ("/rounds", N_("Runder"), {Role.COORDINATOR}),
    ("/doubts", N_("Punkter i tvivl"), {Role.LEGAL_ADVISER}),
    ("/reports", N_("Rapporter"), {Role.COORDINATOR, Role.CENTRE_LEADER, Role.CONTACT_PERSON}),
    ("/self-assessment", N_("Selvvurdering"), {Role.CENTRE_LEADER}),
    ("/places", N_("Tilsyn"), {Role.COORDINATOR, Role.CONTACT_PERSON}),
    ("/overview", N_("Overblik"), {Role.COORDINATOR, Role.CHIEF_GROUP, Role.CENTRE_LEADER}),
    ("/years", N_("Årsnotat"), {Role.COORDINATOR, Role.CHIEF_GROUP, Role.CENTRE_LEADER}),
    ("/checklists", N_("Tjeklister"), {Role.ARCHIVIST, Role.COORDINATOR, Role.REVIEWER}),
    ("/people", N_("Personer"), {Role.ADMINISTRATOR, Role.COORDINATOR}),
    ("/centres", N_("Centre"), {Role.ADMINISTRATOR, Role.COORDINATOR}),
)

#: The first page of a person: that of the first of these roles that they have.
START = (
    (Role.REVIEWER, "/reviews"),
    (Role.COORDINATOR, "/rounds"),
    (Role.LEGAL_ADVISER, "/doubts"),
    (Role.CENTRE_LEADER, "/reports"),
    (Role.CONTACT_PERSON, "/reports"),
    (Role.ARCHIVIST, "/checklists"),
    (Role.CHIEF_GROUP, "/overview"),
    (Role.ADMINISTRATOR, "/people"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation."""

    href: str
    text: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """All that the base template needs beside the page."""

    language: str
    municipality: str
    version: str
    person: str | None
    person_id: int | None
    local_answers: bool
    places: tuple[Place, ...]
    receipt: str | None
    expires_at: str | None


def frame_of(
    person: Person | None,
    words: Wording,
    *,
    path: str,
    municipality: str,
    receipt: str | None,
    expires_at: str | None,
) -> Frame:
    """Return the frame for a person, or for one who is not signed in."""
    return Frame(
        language=words.language,
        municipality=municipality,
        version=version("lirk"),
        person=person_line(person, words) if person else None,
        person_id=person.id if person else None,
        local_answers=person is not None and person.preferences.local_answers,
        places=tuple(_places(person, words, path)) if person else (),
        receipt=receipt,
        expires_at=expires_at,
    )


def person_line(person: Person, words: Wording) -> str:
    """Return a person with what they do: ``Anne Jensen, gennemgår sager``."""
    return ", ".join(
        [person.name, *(words.text(ROLE_NAMES[role]) for role in ROLE_NAMES if role in person.roles)]
    )


def start_page(person: Person) -> str:
    """Return the address of a person's first page."""
    return next((path for role, path in START if role in person.roles), "/me")


def _places(person: Person, words: Wording, path: str) -> Iterator[Place]:
    for href, text, roles in PLACES:
        if person.roles & roles:
            yield Place(href, words.text(text), current=_stands_in(path, href))


def _stands_in(path: str, href: str) -> bool:
    """Return whether a page belongs to a place: reports and overviews stand below their round's address."""
    part = path.split("/")
    if href == "/overview":
        return path == href or (part[1:2] == ["rounds"] and part[3:4] == ["overview"])
    if href == "/reports":
        urgent = part[1:2] == ["urgent"]
        return path == href or urgent or (part[1:2] == ["rounds"] and part[3:4] == ["reports"])
    if href == "/rounds":
        return part[1:2] == ["rounds"] and part[3:4] not in (["overview"], ["reports"])
    return path == href or path.startswith(f"{href}/")
