"""All settings, read once at the doors (``web.app``, ``lirk.cli``) and handed inwards."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lirk.errors import UnusableRequest
from lirk.wording.catalogue import Language, language_of

PREFIX = "LIRK_"


class UnknownLanguage(UnusableRequest):
    """LIRK_LANGUAGE names a language that LIRK does not speak."""

    code = "unknown-language"


class SettingsFileUnreadable(UnusableRequest):
    """The file named by LIRK_SETTINGS is missing or is no TOML."""

    code = "settings-file-unreadable"


class NeitherYesNorNo(UnusableRequest):
    """A setting that is either yes or no is something else."""

    code = "neither-yes-nor-no"


@dataclass(frozen=True)
class Settings:
    """Defaults are safe on a real server; nothing secret has a default."""

    #: SQLAlchemy URL of the database; a SQLite file in the current folder where none is given.
    database_url: str = "sqlite:///lirk.sqlite"
    #: Keys the hash of caseworker codes; needed as soon as a register has them.
    secret_key: str | None = None
    #: Language of every message, report and page that has no reader of its own.
    language: Language = "da"
    #: The municipality's name as reports print it.
    municipality: str = "Kommunen"
    #: Whom to ask when one cannot sign in, as the sign-in page says it.
    contact: str = ""
    #: Whether the pages are reached by https, so that the cookie is sent by nothing else.
    https: bool = True
    #: Whether a proxy of ours stands before the pages and says in X-Forwarded-For who asks.
    behind_proxy: bool = False
    #: The biggest file that a page takes, in bytes.
    upload_limit: int = 50_000_000

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings of an environment; a file named by ``LIRK_SETTINGS`` lies below it.

        Raises
        ------
        UnknownLanguage
            If ``LIRK_LANGUAGE`` is neither ``da`` nor ``en``.
        SettingsFileUnreadable
            If the settings file cannot be read.
        NeitherYesNorNo
            If ``LIRK_HTTPS`` or ``LIRK_BEHIND_PROXY`` is anything else.
        """
        given = {**_file_settings(environment.get(f"{PREFIX}SETTINGS")), **environment}
        language = given.get(f"{PREFIX}LANGUAGE", cls.language)
        try:
            known = language_of(language)
        except ValueError:
            raise UnknownLanguage(language=language) from None
        return cls(
            database_url=given.get(f"{PREFIX}DATABASE_URL", cls.database_url),
            secret_key=given.get(f"{PREFIX}SECRET_KEY"),
            language=known,
            municipality=given.get(f"{PREFIX}MUNICIPALITY", cls.municipality),
            contact=given.get(f"{PREFIX}CONTACT", cls.contact),
            behind_proxy=_yes_or_no(
                f"{PREFIX}BEHIND_PROXY", given.get(f"{PREFIX}BEHIND_PROXY"), default=cls.behind_proxy
            ),
            https=_yes_or_no(f"{PREFIX}HTTPS", given.get(f"{PREFIX}HTTPS"), default=cls.https),
        )


def _yes_or_no(name: str, given: str | None, *, default: bool) -> bool:
    if given is None:
        return default
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if given.strip().lower() not in known:
        raise NeitherYesNorNo(setting=name, value=given)
    return known[given.strip().lower()]


def _file_settings(path: str | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsFileUnreadable(file=path, reason=str(error)) from None
    return {name: str(value) for name, value in content.items()}
