"""checklist_editor/new.html: beginning a checklist, empty or as a copy."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lirk.services.checklist_versions import ReadVersion
from lirk.wording import Wording
from lirk.wording.checklist_versions import SUBJECTS
from web.pages.checklist_editor_fields import Ask, Field, Section, Values, filled
from web.pages.checklist_editor_parts import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChecklistPage:
    """The form for a checklist that is begun."""

    sections: tuple[Section, ...]
    values: Values
    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, versions: Iterable[ReadVersion], today: date, words: Wording, typed: Values | None = None
    ) -> "NewChecklistPage":
        """Return the page; ``typed`` is what somebody wrote into it."""
        values = filled(subject="case", status_date=today) if typed is None else typed
        return cls(sections=new_sections(versions, words), values=values)


def new_sections(versions: Iterable[ReadVersion], words: Wording) -> tuple[Section, ...]:
    """Return the fields of the form."""
    listed = tuple(
        (
            f"{one.id}/{one.version}",
            words.text(
                "{title}, version {version}", title=one.title.in_(words.language), version=str(one.version)
            ),
        )
        for one in versions
    )
    return (
        Section(
            words.text("Tjeklisten"),
            (
                Field(name="title", label=words.text("Titel"), translated=True),
                Field(
                    name="id",
                    label=words.text("Id"),
                    optional=True,
                    hint=words.text(
                        "Tjeklistens varige navn i adresser og filer. Lad stå tomt, så laves det af titlen."
                    ),
                    limit=80,
                ),
            ),
        ),
        Section(
            words.text("Begyndelsen"),
            (
                Field(
                    name="copy",
                    label=words.text("Begynd med"),
                    ask=Ask.CHOICE,
                    choices=(("", words.text("En tom tjekliste")), *listed),
                    optional=True,
                    hint=words.text("En kopi får sin egen historik og følger ikke den, den er lavet af."),
                ),
                Field(
                    name="subject",
                    label=words.text("Det, der gennemgås"),
                    ask=Ask.RADIOS,
                    choices=words_of(SUBJECTS, words),
                    optional=True,
                    hint=words.text("En kopi har det samme som den, den er lavet af."),
                ),
                Field(
                    name="status_date",
                    label=words.text("Lovstatus"),
                    ask=Ask.DAY,
                    optional=True,
                    hint=words.text("Den dag, hvis lov tjeklisten bygger på, fx 1.7.2026."),
                ),
            ),
        ),
    )
