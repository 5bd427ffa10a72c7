"""``lirk user``: people and their roles."""

from dataclasses import dataclass

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.unit import acting
from lirk.domain.people import Person, Role
from lirk.errors import UnusableRequest
from lirk.services import accounts, people
from lirk.services.changing_people import change_person, set_person_active

ROLES = click.Choice([role.value for role in Role])


class EnableOrDisable(UnusableRequest):
    """Both were asked for at once."""

    code = "enable-or-disable"


class NothingToChange(UnusableRequest):
    """No option says what to change."""

    code = "nothing-to-change"


@click.group()
def user() -> None:
    """People and their roles."""


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=ROLES,
    help="May be repeated.",
)
@click.option("--centre", "centres", multiple=True, help="A centre that the role holds for; may be repeated.")
@click.option("--caseworker-code", help="The person's own code in the register; kept as a keyed hash only.")
@click.option("--link", "with_link", is_flag=True, help="Make a link by which the person chooses a password.")
@click.option("--as", "username_acting", metavar="PERSON", help="Who acts; the coordinator if left out.")
@pass_door
def add(
    door: Door,
    username: str,
    name: str,
    roles: tuple[Role, ...],
    centres: tuple[str, ...],
    caseworker_code: str | None,
    username_acting: str | None,
    *,
    with_link: bool,
) -> None:
    """Add a person."""
    with acting(door, username_acting) as (store, actor):
        person = people.add_person(
            store,
            actor,
            username=username,
            name=name,
            roles=[Role(role) for role in roles],
            centres=centres,
            caseworker_code=caseworker_code,
            secret_key=door.settings.secret_key,
            now=door.now(),
        )
        token = accounts.make_password_link(store, actor, person.id, now=door.now()) if with_link else None
    door.say(
        door.words.text("{name} er oprettet som {username}.", name=person.name, username=person.username)
    )
    if token is not None:
        _say_link(door, person, token)


@user.command()
@click.argument("username")
@click.option("--as", "username_acting", metavar="PERSON", help="Who acts; the coordinator if left out.")
@pass_door
def link(door: Door, username: str, username_acting: str | None) -> None:
    """Make a link by which USERNAME chooses a password, once; earlier links are dead."""
    with acting(door, username_acting) as (store, actor):
        person = people.person_named(store, username)
        token = accounts.make_password_link(store, actor, person.id, now=door.now())
    _say_link(door, person, token)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What ``lirk user change`` was told to change; None stays as it is."""

    name: str | None
    roles: tuple[Role, ...] | None
    centres: tuple[str, ...] | None
    caseworker_code: str | None

    def __bool__(self) -> bool:
        return any(one is not None for one in (self.name, self.roles, self.centres, self.caseworker_code))


@user.command()
@click.argument("username")
@click.option("--name", help="Another name.")
@click.option("--role", "roles", multiple=True, type=ROLES, help="The roles from now on; may be repeated.")
@click.option("--centre", "centres", multiple=True, help="The centres from now on; may be repeated.")
@click.option("--caseworker-code", help="Another caseworker code; an empty one is forgotten.")
@click.option("--disable", is_flag=True, help="Take the person's access away, at once.")
@click.option("--enable", is_flag=True, help="Give the person access again.")
@click.option("--as", "username_acting", metavar="PERSON", help="Who acts; the coordinator if left out.")
@pass_door
def change(
    door: Door,
    username: str,
    name: str | None,
    roles: tuple[str, ...],
    centres: tuple[str, ...],
    caseworker_code: str | None,
    username_acting: str | None,
    *,
    disable: bool,
    enable: bool,
) -> None:
    """Change what USERNAME is called and may do; what is not named stays as it is."""
    wanted = Wanted(
        name=name,
        roles=tuple(Role(role) for role in roles) or None,
        centres=centres or None,
        caseworker_code=caseworker_code,
    )
    if disable and enable:
        raise EnableOrDisable
    if not (wanted or disable or enable):
        raise NothingToChange
    _change(door, username, username_acting, wanted, active=enable if enable or disable else None)


def _change(door: Door, username: str, acting_as: str | None, wanted: Wanted, *, active: bool | None) -> None:
    """Change a person, all of it or nothing, and say what was done."""
    with acting(door, acting_as) as (store, actor):
        person = people.person_named(store, username)
        if wanted:
            person = change_person(
                store,
                actor,
                person.id,
                name=wanted.name,
                roles=wanted.roles,
                centres=wanted.centres,
                caseworker_code=wanted.caseworker_code,
                secret_key=door.settings.secret_key,
                now=door.now(),
            )
        if active is not None:
            person = set_person_active(store, actor, person.id, active=active, now=door.now())
    if wanted:
        door.say(door.words.text("{name} er rettet.", name=person.name))
    if active is True:
        door.say(door.words.text("{name} har adgang igen.", name=person.name))
    if active is False:
        door.say(door.words.text("{name} har nu ikke adgang og er logget af alle steder.", name=person.name))


@user.command(name="list")
@click.option("--as", "username_acting", metavar="PERSON", help="Who acts; the coordinator if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@pass_door
def list_(door: Door, username_acting: str | None, *, as_json: bool) -> None:
    """List everybody, by username."""
    with acting(door, username_acting) as (store, actor):
        everybody = people.all_people(store, actor)
    if as_json:
        door.json([_value(person) for person in everybody])
        return
    without_access = door.words.text("ingen adgang")
    for person in everybody:
        places = f" ({', '.join(sorted(person.centres))})" if person.centres else ""
        state = "" if person.active else f"  ({without_access})"
        door.say(f"{person.username}  {person.name}  {', '.join(sorted(person.roles))}{places}{state}")


def _value(person: Person) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.name,
        "roles": sorted(person.roles),
        "centres": sorted(person.centres),
        "active": person.active,
    }


def _say_link(door: Door, person: Person, token: str) -> None:
    said = door.words.text(
        "Stien til siden, hvor {name} vælger en adgangskode: {path}",
        name=person.name,
        path=f"/password/{token}",
    )
    door.say(said)
    door.remark(
        door.words.text(
            "Sæt den efter sidernes adresse. Giv den kun til {name}. Den gælder 24 timer og kan bruges én gang.",
            name=person.name,
        )
    )
