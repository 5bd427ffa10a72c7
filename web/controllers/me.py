"""What everybody settles for themselves: language, keys, what is unfolded, and the password."""

from typing import Any, cast

from litestar import Controller, Response, get, post

from lirk.domain.accounts import CurrentPasswordWrong, PasswordRefused, SignInThrottled
from lirk.domain.people import Preferences
from lirk.errors import LirkError
from lirk.services import accounts
from lirk.wording import Wording
from lirk.wording.catalogue import LANGUAGES, Language
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError
from web.pages.me import MePage
from web.pages.sign_in import repeated_wrong
from web.view import View


class MeController(Controller):
    """For everybody who is signed in."""

    path = "/me"

    @get(sync_to_thread=True)
    def show(self, view: TheView) -> Response[str]:
        """Show what the person has chosen."""
        return _page(view)

    @post(sync_to_thread=True)
    def save(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Keep what was chosen; the receipt is in the chosen language."""
        form.only("language", "shortcuts", "go_on", "guidance_open", "local_answers")
        language = form.value("language")
        chosen = Preferences(
            language=language if language in LANGUAGES else None,
            shortcuts=form.flag("shortcuts"),
            go_on=form.flag("go_on"),
            guidance_open=form.flag("guidance_open"),
            local_answers=form.flag("local_answers"),
        )
        with database.begin() as store:
            accounts.save_preferences(store, view.actor, chosen, now=view.now)
        words = Wording(cast("Language", chosen.language or view.settings.language))
        return view.redirect("/me", receipt=words.text("Dine indstillinger er gemt."))

    @post("/password", sync_to_thread=True)
    def change_password(self, database: TheDatabase, view: TheView, form: TheForm) -> Response[Any]:
        """Keep a new password; this browser goes on in a new session, and all others end."""
        form.only("username", "current", "new", "again")
        current, new = form.value("current"), form.value("new")
        errors = repeated_wrong(form, "new", view.words)
        if errors:
            return _page(view, *errors)
        try:
            session_id = accounts.change_password(database, view.actor, current, new, now=view.now)
        except SignInThrottled as error:
            return _page(view, _about(view, "current", error), status=429)
        except CurrentPasswordWrong as error:
            return _page(view, _about(view, "current", error))
        except PasswordRefused as error:
            return _page(view, _about(view, "new", error))
        view.become(session_id)
        said = view.words.text("Din adgangskode er skiftet. Du er logget af alle andre steder.")
        return view.redirect("/me", receipt=said)


def _about(view: View, field: str, error: LirkError) -> FieldError:
    return FieldError(field, view.words.sentence(error))


def _page(view: View, *errors: FieldError, status: int = 422) -> Response[str]:
    page = MePage.of(view.actor, view.words)
    return view.page("me/me.html", page, errors=errors, status=status if errors else 200)
