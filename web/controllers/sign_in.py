"""Signing in and out, and choosing a password by a link."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from lirk.domain.accounts import PasswordRefused, SignInBusy, SignInRefused, SignInThrottled
from lirk.errors import LirkError
from lirk.services import accounts
from web import cookies
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, Form
from web.frame import start_page
from web.pages.sign_in import PasswordPage, repeated_wrong
from web.paths import local_path
from web.resume import SignInPage, after_sign_in
from web.view import View


class SignInController(Controller):
    """For those who are not signed in."""

    opt = {"open": True}  # noqa: RUF012 - litestar's own form

    @get("/sign-in", sync_to_thread=True)
    def show(self, view: TheView) -> Response[Any]:
        """Ask for username and password, unless somebody is signed in already."""
        asked_for = local_path(view.request.query_params.get("next", "")) or ""
        if view.visit is not None:
            return view.redirect(asked_for or start_page(view.actor))
        return view.page("sign_in/sign_in.html", SignInPage(next=asked_for, contact=view.settings.contact))

    @post("/sign-in", sync_to_thread=True)
    def sign_in(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Sign a person in; whoever was signed in before in this browser no longer is."""
        form.only("username", "password", "next", "carried")
        username, password = form.value("username"), form.value("password")
        try:
            session_id = accounts.sign_in(database, username, password, origin=view.origin, now=view.now)
        except SignInThrottled as error:
            return _once_more(view, form, error, status=429)
        except SignInRefused as error:
            return _once_more(view, form, error, status=422)
        with database.begin() as store:
            accounts.sign_out(store, view.session_id, view.now)
            view.visit = accounts.who_is(store, session_id, now=view.now)
        view.become(session_id)
        return after_sign_in(database, view, form)

    @post("/sign-out", sync_to_thread=True)
    def sign_out(self, database: TheDatabase, view: TheView, form: TheForm) -> Redirect:
        """End this session; harmless where it has ended."""
        form.only()
        with database.begin() as store:
            accounts.sign_out(store, view.session_id, view.now)
        view.become(cookies.new_secret())
        return view.redirect("/sign-in", receipt=view.words.text("Du er logget af."))

    @get("/password/{token:str}", sync_to_thread=True)
    def password(self, database: TheDatabase, view: TheView, token: FromPath[str]) -> Response[str]:
        """Ask for a password; looking at the page does not use the link."""
        with database.begin() as store:
            person = accounts.person_of_link(store, token, now=view.now)
        return view.page("sign_in/password.html", PasswordPage(person.username))

    @post("/password/{token:str}", sync_to_thread=True)
    def choose_password(
        self, database: TheDatabase, view: TheView, form: TheForm, token: FromPath[str]
    ) -> Response[Any]:
        """Keep the password that was chosen."""
        form.only("username", "password", "again")
        with database.begin() as store:
            person = accounts.person_of_link(store, token, now=view.now)
        errors = repeated_wrong(form, "password", view.words)
        if not errors:
            try:
                accounts.choose_password(database, token, form.value("password"), now=view.now)
            except (PasswordRefused, SignInBusy) as error:
                errors = (FieldError("password", view.words.sentence(error)),)
        if errors:
            return view.page(
                "sign_in/password.html", PasswordPage(person.username), errors=errors, status=422
            )
        return view.redirect(
            "/sign-in", receipt=view.words.text("Adgangskoden er gemt. Nu kan du logge på med den.")
        )


def _once_more(view: View, form: Form, error: LirkError, *, status: int) -> Response[str]:
    """Return the sign-in page with what was typed, but for the password."""
    page = SignInPage(
        username=form.value("username"),
        next=form.value("next"),
        carried=form.value("carried"),
        contact=view.settings.contact,
    )
    errors = (FieldError("username", view.words.sentence(error)),)
    return view.page("sign_in/sign_in.html", page, errors=errors, status=status)
