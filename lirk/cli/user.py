"""``lirk user``: people and their roles."""

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.cli.unit import acting
from lirk.domain.people import Person, Role
from lirk.services import people


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
    type=click.Choice([role.value for role in Role]),
    help="May be repeated.",
)
@click.option("--centre", "centres", multiple=True, help="A centre that the role holds for; may be repeated.")
@click.option("--caseworker-code", help="The person's own code in the register; kept as a keyed hash only.")
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
    door.say(
        door.words.text("{name} er oprettet som {username}.", name=person.name, username=person.username)
    )


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
    for person in everybody:
        places = f" ({', '.join(sorted(person.centres))})" if person.centres else ""
        door.say(f"{person.username}  {person.name}  {', '.join(sorted(person.roles))}{places}")


def _value(person: Person) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.name,
        "roles": sorted(person.roles),
        "centres": sorted(person.centres),
    }
