"""People: the list, adding and changing, links for passwords, closing and opening access."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.errors import LirkError
from lirk.services import accounts, centres, people
from lirk.services.changing_people import AdministratorStays, change_person, set_person_active
from lirk.storage.database import Database
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError
from web.pages.people import AccessPage, LinkPage, PeoplePage, PersonFields, PersonPage
from web.view import View

#: Which field of the form a refusal is about.
FIELD_OF: dict[type[LirkError], str] = {
    people.UsernameMalformed: "username",
    people.UsernameTaken: "username",
    people.NameMissing: "name",
    people.NameTooLong: "name",
    people.NameLooksLikeCpr: "name",
    people.RoleMissing: "roles",
    people.AdministratorOnly: "roles",
    AdministratorStays: "roles",
    people.CentreNeeded: "centres",
    people.SecretKeyMissing: "caseworker_code",
}
FIELDS = ("name", "roles", "centres", "caseworker_code")


class PeopleController(Controller):
    """For those who manage people."""

    path = "/people"

    @get(sync_to_thread=True)
    def everybody(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List everybody, by name."""
        with database.begin() as store:
            found = people.all_people(store, view.actor)
            with_password = people.with_password(store, view.actor)
        return view.page("people/list.html", PeoplePage.of(found, with_password, view.words))

    @get("/new", sync_to_thread=True)
    def new(self, database: TheDatabase, view: TheView) -> Response[str]:
        """Ask for a new person."""
        return _new_page(database, view, PersonFields())

    @post("/new", sync_to_thread=True)
    def add(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Add a person."""
        form.only("username", *FIELDS)
        fields = PersonFields.typed(form)
        try:
            with database.begin() as store:
                person = people.add_person(
                    store,
                    view.actor,
                    username=fields.username,
                    name=fields.name,
                    roles=fields.known_roles,
                    centres=fields.centres,
                    caseworker_code=fields.caseworker_code or None,
                    secret_key=view.settings.secret_key,
                    now=view.now,
                )
        except tuple(FIELD_OF) as error:
            return _new_page(database, view, fields, error)
        said = view.words.text(
            "{name} er oprettet. Lav nu et link, hvor {name} vælger en adgangskode.", name=person.name
        )
        return view.redirect(f"/people/{person.id}", receipt=said)

    @get("/{person_id:int}", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, person_id: FromPath[int]) -> Response[str]:
        """Show one person, to be changed."""
        return _person_page(database, view, person_id)

    @post("/{person_id:int}", sync_to_thread=True)
    def change(
        self, database: TheDatabase, view: TheView, form: TheForm, person_id: FromPath[int]
    ) -> Response[Any]:
        """Change one person."""
        form.only(*FIELDS, "forget_code")
        fields = PersonFields.typed(form, "")
        try:
            with database.begin() as store:
                person = change_person(
                    store,
                    view.actor,
                    person_id,
                    name=fields.name,
                    roles=fields.known_roles,
                    centres=fields.centres,
                    caseworker_code=fields.new_code,
                    secret_key=view.settings.secret_key,
                    now=view.now,
                )
        except tuple(FIELD_OF) as error:
            return _person_page(database, view, person_id, fields, error)
        return view.redirect("/people", receipt=view.words.text("{name} er rettet.", name=person.name))

    @post("/{person_id:int}/link", status_code=200, sync_to_thread=True)
    def link(
        self, database: TheDatabase, view: TheView, form: TheForm, person_id: FromPath[int]
    ) -> Response[str]:
        """Make a link for choosing a password, and show it: here, once, and nowhere else."""
        form.only()
        with database.begin() as store:
            person = people.person(store, view.actor, person_id)
            token = accounts.make_password_link(store, view.actor, person_id, now=view.now)
        scheme = "https" if view.settings.https else "http"
        address = f"{scheme}://{view.request.url.netloc}/password/{token}"
        return view.page("people/link.html", LinkPage(person, address))

    @get("/{person_id:int}/access", sync_to_thread=True)
    def ask_access(self, database: TheDatabase, view: TheView, person_id: FromPath[int]) -> Response[str]:
        """Ask whether a person's access shall be closed, or opened again."""
        with database.begin() as store:
            person = people.person(store, view.actor, person_id)
        return view.page("people/access.html", AccessPage.of(person, view.words))

    @post("/{person_id:int}/access", sync_to_thread=True)
    def set_access(
        self, database: TheDatabase, view: TheView, form: TheForm, person_id: FromPath[int]
    ) -> Response[Any]:
        """Close a person's access, or open it again."""
        form.only("active")
        active = form.value("active") == "yes"
        with database.begin() as store:
            person = set_person_active(store, view.actor, person_id, active=active, now=view.now)
        said = (
            view.words.text("{name} har adgang igen.", name=person.name)
            if active
            else view.words.text("{name} har nu ikke adgang og er logget af alle steder.", name=person.name)
        )
        return view.redirect("/people", receipt=said)


def _new_page(
    database: Database, view: View, fields: PersonFields, error: LirkError | None = None
) -> Response[str]:
    with database.begin() as store:
        known = centres.all_centres(store, view.actor)
    page = PersonPage.new(fields, known, view.words, takes_codes=_takes_codes(view))
    return _answer(view, "people/new.html", page, error)


def _person_page(
    database: Database,
    view: View,
    person_id: int,
    fields: PersonFields | None = None,
    error: LirkError | None = None,
) -> Response[str]:
    with database.begin() as store:
        person = people.person(store, view.actor, person_id)
        known = centres.all_centres(store, view.actor)
        with_password = people.with_password(store, view.actor)
    page = PersonPage.of(
        person,
        fields or PersonFields.kept(person),
        known,
        view.words,
        actor=view.actor,
        has_password=person.id in with_password,
        takes_codes=_takes_codes(view),
    )
    return _answer(view, "people/person.html", page, error)


def _answer(view: View, template: str, page: PersonPage, error: LirkError | None) -> Response[str]:
    if error is None:
        return view.page(template, page)
    errors = (FieldError(FIELD_OF[type(error)], view.words.sentence(error)),)
    return view.page(template, page, errors=errors, status=422)


def _takes_codes(view: View) -> bool:
    """Return whether caseworker codes can be kept: only their keyed hash ever is."""
    return len(view.settings.secret_key or "") >= people.SECRET_KEY_LENGTH
