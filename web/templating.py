"""Templates to text: one environment a language, with the words that every template may say."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lirk.wording import Wording
from lirk.wording.catalogue import LANGUAGES, Language
from web.assets import assets
from web.forms import FieldError

TEMPLATES = Path(__file__).parent / "templates"


def environment(language: Language) -> Environment:
    """Return the templates in one language; what they name and do not get is an error."""
    words = Wording(language)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.globals.update(
        t=words.text, tn=words.plural, words=words, static=assets().address, error_of=error_of
    )
    return made


@cache
def environments() -> Mapping[str, Environment]:
    """Return the templates in every language."""
    return {language: environment(language) for language in LANGUAGES}


def error_of(errors: Iterable[FieldError], field: str) -> str | None:
    """Return what is wrong with a field, or None."""
    texts = [error.text for error in errors if error.field == field]
    return " ".join(texts) or None


def render(made: Environment, template: str, context: Mapping[str, Any]) -> str:
    """Return a page as text."""
    return made.get_template(template).render(context)


def fragment(made: Environment, template: str, part: object) -> str:
    """Return what a template's macro ``fragment`` makes of a part of a page; its imports are made only once."""
    return str(made.get_template(template).module.fragment(part))  # type: ignore[attr-defined]
