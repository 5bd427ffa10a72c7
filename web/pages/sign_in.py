"""sign_in/password.html, and what every page with a new password checks."""

from dataclasses import dataclass

from lirk.wording import Wording
from web.forms import FieldError, Form


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """sign_in/password.html: whose password it is; password managers keep it by the username."""

    username: str


def repeated_wrong(form: Form, field: str, words: Wording) -> tuple[FieldError, ...]:
    """Return what is wrong with the second writing of a new password, if anything."""
    if form.value(field) == form.value("again"):
        return ()
    return (FieldError("again", words.text("De to adgangskoder er ikke ens. Skriv den samme to gange.")),)
