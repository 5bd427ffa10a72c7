"""The catalogue: Danish texts and their English translations, and English help with its Danish."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Literal, get_args

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def N_(text: str) -> str:  # noqa: N802 - the name that extraction tools know
    """Mark a Danish text for translation where it is defined, not where it is shown."""
    return text


def language_of(name: str) -> Language:
    """Return ``name`` if it is a language of LIRK.

    Raises
    ------
    ValueError
        If it is none.
    """
    if name not in LANGUAGES:
        raise ValueError(name)
    return name


@cache
def translations(language: Language) -> NullTranslations:
    """Return the translations from Danish to ``language``; Danish is the text itself.

    The ``.po`` files are compiled when they are first needed, so that an installation holds texts that a
    person can read and correct, and no binary that could differ from them.
    """
    return NullTranslations() if language == "da" else _compiled(language)


@cache
def help_translations(language: Language) -> NullTranslations:
    """Return the translations of the commands' help to ``language``; it is English in code, as docstrings are."""
    return NullTranslations() if language == "en" else _compiled(language)


def _compiled(language: Language) -> GNUTranslations:
    """Return all that stands in ``locale/<language>``."""
    whole = Catalog(locale=language)
    for part in sorted((files("lirk") / "locale" / language).iterdir(), key=lambda entry: entry.name):
        if part.name.endswith(".po"):
            for message in read_po(BytesIO(part.read_bytes()), locale=language):
                if message.id and message.string:
                    whole[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, whole)
    compiled.seek(0)
    return GNUTranslations(compiled)
