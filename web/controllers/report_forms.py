"""What the forms about a centre's report have in common: whose report, one unit of work, and what is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from lirk.domain.access import Action
from lirk.errors import LirkError, ProblemsFound
from lirk.services import reports
from web.controllers.reports import address_of
from web.dependencies import TheDatabase, TheView
from web.forms import FieldError, field_errors, refusal
from web.reading import reader_of

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a form was not kept, as its page tells it."""

    error: LirkError
    errors: tuple[FieldError, ...]

    @property
    def status(self) -> int:
        """The status of the page that shows the form again."""
        return 422 if isinstance(self.error, ProblemsFound) else 409


@dataclass(frozen=True, slots=True)
class AtReport:
    """A person at a centre's report, who wants to do one thing there; ``slug`` names the centre in addresses."""

    database: TheDatabase
    view: TheView
    action: Action
    key: str
    slug: str

    @property
    def address(self) -> str:
        """The address of the report."""
        return address_of(self.key, self.slug)

    def call(self, service: Callable[..., Made], *what: object, **more: object) -> Made:
        """Call a service in one unit of work, and return what it returns.

        It is given the store, the person, the round's key, the centre, ``what``, the reader, and ``more``.
        """
        reader, actor = reader_of(self.database, self.view), self.view.actor
        with self.database.begin() as store:
            _, centre = reports.place_of(store, actor, self.action, self.key, self.slug)
            return service(store, actor, self.key, centre, *what, reader=reader, **more)

    def keep(
        self, fields: Mapping[type[LirkError], str], service: Callable[..., Made], typed: object
    ) -> Made | Refused:
        """Let a service keep what was typed, or return why the form is shown again.

        Parameters
        ----------
        fields
            The field at which each refusal is told; problems name their own.
        """
        try:
            return self.call(service, typed, now=self.view.now)
        except ProblemsFound as error:
            return Refused(error, field_errors(error.problems, self.view.words))
        except tuple(fields) as error:
            field = next(field for kind, field in fields.items() if isinstance(error, kind))
            return Refused(error, refusal(error, field, self.view.words))
