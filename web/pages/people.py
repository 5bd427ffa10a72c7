"""What people/*.html show."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lirk.domain.alphabet import danish_key
from lirk.domain.people import Centre, Person, Role
from lirk.wording import Wording
from lirk.wording.catalogue import N_
from web.forms import Form

Choice = tuple[str, str] | tuple[str, str, str]

#: Each role as it is chosen: its name, and what one does in it.
ROLE_TEXTS = {
    Role.REVIEWER: (
        N_("Gennemgår sager"),
        N_("Gennemgår de sager, som koordinatoren fordeler, og svarer på tjeklistens punkter."),
    ),
    Role.CENTRE_LEADER: (
        N_("Centerleder"),
        N_("Læser rapporten om sit eget center, kan se dets sager, og læser kommunens overblik."),
    ),
    Role.CONTACT_PERSON: (
        N_("Kontaktperson"),
        N_("Læser rapporten om sit eget center og kan se dets sager."),
    ),
    Role.ARCHIVIST: (N_("Arkivar"), N_("Indlæser, retter og udgiver tjeklister.")),
    Role.COORDINATOR: (
        N_("Koordinator"),
        N_(
            "Planlægger runder, trækker stikprøver, fordeler sager, læser alle rapporter og opretter personer."
        ),
    ),
    Role.CHIEF_GROUP: (N_("Chefgruppe"), N_("Læser kommunens overblik.")),
    Role.ADMINISTRATOR: (
        N_("Administrator"),
        N_("Opretter personer og centre, også andre administratorer. Ser hverken sager eller rapporter."),
    ),
    Role.LEGAL_ADVISER: (
        N_("Jurist"),
        N_("Drøfter punkter i tvivl med dem, der gennemgår. Ser kun de punkter, der er i tvivl."),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One person of the list."""

    href: str
    name: str
    username: str
    roles: str
    centres: str
    access: str
    has_access: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """people/list.html: everybody by name, as the Danish alphabet orders them."""

    rows: tuple[PersonRow, ...]

    @classmethod
    def of(cls, people: Iterable[Person], with_password: Collection[int], words: Wording) -> "PeoplePage":
        """Return the list."""
        ordered = sorted(people, key=lambda one: (danish_key(one.name), one.username))
        return cls(tuple(_row(one, one.id in with_password, words) for one in ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFields:
    """What a person is called and may do, as typed or as kept."""

    username: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    centres: tuple[str, ...] = ()
    caseworker_code: str = ""
    forget_code: bool = False

    @classmethod
    def typed(cls, form: Form, username: str | None = None) -> "PersonFields":
        """Return what was typed; the username of one who exists is lasting."""
        return cls(
            username=form.value("username") if username is None else username,
            name=form.value("name"),
            roles=form.texts("roles"),
            centres=form.texts("centres"),
            caseworker_code=form.value("caseworker_code"),
            forget_code=form.flag("forget_code"),
        )

    @classmethod
    def kept(cls, person: Person) -> "PersonFields":
        """Return what is kept of a person."""
        return cls(
            username=person.username,
            name=person.name,
            roles=tuple(person.roles),
            centres=tuple(person.centres),
        )

    @property
    def known_roles(self) -> tuple[Role, ...]:
        """The roles that were ticked."""
        return tuple(role for role in Role if role.value in self.roles)

    @property
    def new_code(self) -> str | None:
        """The caseworker code to keep: None for no change, empty to forget it."""
        return self.caseworker_code or ("" if self.forget_code else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """people/new.html and people/person.html: the fields, and what may be chosen in them."""

    fields: PersonFields
    roles: tuple[Choice, ...]
    centres: tuple[Choice, ...]
    takes_codes: bool
    person: Person | None = None
    has_password: bool = False
    is_oneself: bool = False
    may_change: bool = True

    @classmethod
    def new(
        cls, fields: PersonFields, centres: Iterable[Centre], words: Wording, *, takes_codes: bool
    ) -> "PersonPage":
        """Return the page of a person who is to be added."""
        return cls(
            fields=fields,
            roles=_role_choices(words),
            centres=_centre_choices(centres, fields.centres),
            takes_codes=takes_codes,
        )

    @property
    def has_code(self) -> bool:
        """Whether a caseworker code is kept."""
        return self.person is not None and self.person.caseworker_hash is not None

    @classmethod
    def of(
        cls,
        person: Person,
        fields: PersonFields,
        centres: Iterable[Centre],
        words: Wording,
        *,
        actor: Person,
        has_password: bool,
        takes_codes: bool,
    ) -> "PersonPage":
        """Return the page of one who exists, as ``actor`` sees it."""
        return cls(
            fields=fields,
            roles=_role_choices(words),
            centres=_centre_choices(centres, {*fields.centres, *person.centres}),
            takes_codes=takes_codes,
            person=person,
            has_password=has_password,
            is_oneself=person.id == actor.id,
            may_change=Role.ADMINISTRATOR in actor.roles or Role.ADMINISTRATOR not in person.roles,
        )


@dataclass(frozen=True, slots=True)
class LinkPage:
    """people/link.html: the link, which is shown once."""

    person: Person
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPage:
    """people/access.html: whose access will be closed or opened."""

    person: Person
    roles: str
    centres: str

    @classmethod
    def of(cls, person: Person, words: Wording) -> "AccessPage":
        """Return the question."""
        return cls(person=person, roles=role_names(person, words), centres=centre_names(person, words))


def role_names(person: Person, words: Wording) -> str:
    """Return the roles of a person in words."""
    return words.listing(words.text(ROLE_TEXTS[role][0]) for role in ROLE_TEXTS if role in person.roles)


def centre_names(person: Person, words: Wording) -> str:
    """Return the centres of a person."""
    return words.listing(sorted(person.centres, key=danish_key))


def _row(person: Person, has_password: bool, words: Wording) -> PersonRow:
    return PersonRow(
        href=f"/people/{person.id}",
        name=person.name,
        username=person.username,
        roles=role_names(person, words),
        centres=centre_names(person, words),
        access=_access(person, words, has_password=has_password),
        has_access=person.active and has_password,
    )


def _access(person: Person, words: Wording, *, has_password: bool) -> str:
    if not person.active:
        return words.text("lukket adgang")
    return words.text("har adgang") if has_password else words.text("mangler adgangskode")


def _role_choices(words: Wording) -> tuple[Choice, ...]:
    return tuple(
        (role.value, words.text(name), words.text(does)) for role, (name, does) in ROLE_TEXTS.items()
    )


def _centre_choices(centres: Iterable[Centre], chosen: Collection[str]) -> tuple[Choice, ...]:
    """Return the centres that are active, and those that were chosen when they were."""
    return tuple((one.name, one.name) for one in centres if one.active or one.name in chosen)
