"""The year: the paper for the council and its files, the coordinator's figures and text, the leader's own figures."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.domain.years import (
    FIELDS,
    YearlyFiguresChanged,
    YearlyFiguresRefused,
    YearlyPaper,
    YearlyText,
    YearlyTextChanged,
)
from lirk.errors import ProblemsFound
from lirk.services import years
from lirk.storage.database import Database
from lirk.wording.years import FIGURES
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import FieldError, field_errors, refusal
from web.pages.years import CentresPage, FiguresPage, OwnPage, PaperPage, TextPage, YearsPage
from web.reading import reader_of
from web.view import View

FIGURES_TEMPLATE, TEXT_TEMPLATE = "years/figures.html", "years/text.html"


class YearController(Controller):
    """What the council is told of a year, and what the coordinator writes for it."""

    path = "/years"

    @get("/", sync_to_thread=True)
    def index(self, database: TheDatabase, view: TheView) -> Response[str]:
        """List the years, the latest first."""
        with database.begin() as store:
            lines = years.years(store, view.actor, now=view.now)
        return view.page("years/index.html", YearsPage.of(lines, view.actor, view.words))

    @get("/{year:int}", sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[str]:
        """Show the paper of a year."""
        value = _paper(database, view, year)
        return view.page("years/paper.html", PaperPage.of(value, view.actor, view.words))

    @get("/{year:int}/pdf", sync_to_thread=True)
    def pdf(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[bytes]:
        """Hand out the paper as PDF."""
        content = years.paper_file(_paper(database, view, year), reader_of(database, view))
        return view.file(content, f"year-{year}.pdf", "application/pdf")

    @get("/{year:int}/csv", sync_to_thread=True)
    def csv(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[bytes]:
        """Hand out the numbers of the paper for a spreadsheet."""
        content = years.paper_csv(_paper(database, view, year), reader_of(database, view))
        return view.file(content, f"year-{year}.csv", "text/csv")

    @get("/{year:int}/json", sync_to_thread=True)
    def json(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[bytes]:
        """Hand out the paper for a program."""
        content = years.paper_json(_paper(database, view, year))
        return view.file(content, f"year-{year}.json", "application/json")

    @get("/{year:int}/own", sync_to_thread=True)
    def own(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[Any]:
        """Show a leader the figures of their own centres; who enters them is led to the list."""
        with database.begin() as store:
            own = years.own_figures(store, view.actor, year, now=view.now)
        if not own:
            return view.redirect(f"/years/{year}/figures")
        return view.page("years/own.html", OwnPage.of(own, year, view.words))

    @get("/{year:int}/figures", sync_to_thread=True)
    def centres(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[str]:
        """List the centres whose figures are there, and those that are missing."""
        with database.begin() as store:
            listed = years.centres_to_enter(store, view.actor, year, now=view.now)
        return view.page("years/centres.html", CentresPage.of(listed, year, view.words))

    @get("/{year:int}/figures/{slug:str}", sync_to_thread=True)
    def figures(
        self, database: TheDatabase, view: TheView, year: FromPath[int], slug: FromPath[str]
    ) -> Response[str]:
        """Ask for the figures of one centre."""
        return view.page(FIGURES_TEMPLATE, _figures_page(database, view, year, slug))

    @post("/{year:int}/figures/{slug:str}", sync_to_thread=True)
    def enter(
        self, database: TheDatabase, view: TheView, form: TheForm, year: FromPath[int], slug: FromPath[str]
    ) -> Response[Any]:
        """Keep the figures of one centre, or show them again with what is wrong."""
        form.only(*FIELDS, "version")
        typed = {name: form.value(name) for name in FIELDS}
        try:
            with database.begin() as store:
                centre = years.enter_figures(
                    store, view.actor, year, slug, typed, version=form.number("version"), now=view.now
                )
        except YearlyFiguresRefused as error:
            errors, status, version = _named(error, view), 422, form.number("version")
        except YearlyFiguresChanged as error:
            errors, status, version = refusal(error, FIELDS[0], view.words), 409, None
        else:
            receipt = view.words.text("Tallene for {centre} er gemt.", centre=centre)
            return view.redirect(f"/years/{year}/figures", receipt)
        page = _figures_page(database, view, year, slug, typed=typed, version=version)
        return view.page(FIGURES_TEMPLATE, page, errors=errors, status=status)

    @get("/{year:int}/text", sync_to_thread=True)
    def text(self, database: TheDatabase, view: TheView, year: FromPath[int]) -> Response[str]:
        """Ask what was found and done in a year."""
        return view.page(TEXT_TEMPLATE, _text_page(database, view, year))

    @post("/{year:int}/text", sync_to_thread=True)
    def write(
        self, database: TheDatabase, view: TheView, form: TheForm, year: FromPath[int]
    ) -> Response[Any]:
        """Keep what was written, or show it again with what is wrong."""
        form.only("found", "done", "version")
        typed = YearlyText(found=form.value("found"), done=form.value("done"), version=form.number("version"))
        try:
            with database.begin() as store:
                years.write_text(store, view.actor, year, typed, now=view.now)
        except ProblemsFound as error:
            errors, status = field_errors(error.problems, view.words), 422
        except YearlyTextChanged as error:
            errors, status = refusal(error, "found", view.words), 409
        else:
            receipt = view.words.text("Teksten for {year} er gemt.", year=str(year))
            return view.redirect(f"/years/{year}", receipt)
        page = _text_page(database, view, year, typed=typed, changed=status == 409)
        return view.page(TEXT_TEMPLATE, page, errors=errors, status=status)


def _paper(database: Database, view: View, year: int) -> YearlyPaper:
    reader = reader_of(database, view)
    with database.begin() as store:
        return years.paper(store, view.actor, year, reader=reader, now=view.now)


def _named(error: ProblemsFound, view: View) -> tuple[FieldError, ...]:
    """Return the errors of nine fields that look alike, each with the name of its field."""
    return tuple(
        FieldError(one.field, f"{view.words.text(FIGURES[one.field])}: {one.text}")
        for one in field_errors(error.problems, view.words)
    )


def _figures_page(
    database: Database,
    view: View,
    year: int,
    slug: str,
    *,
    typed: dict[str, str] | None = None,
    version: int | None = None,
) -> FiguresPage:
    """Return the page of a centre's figures; with ``typed`` but no ``version`` others were kept meanwhile."""
    with database.begin() as store:
        centre, kept = years.figures_at(store, view.actor, year, slug, now=view.now)
    address = f"/years/{year}/figures/{slug}"
    return FiguresPage.of(centre, kept, year, address, view.words, typed=typed, version=version)


def _text_page(
    database: Database, view: View, year: int, *, typed: YearlyText | None = None, changed: bool = False
) -> TextPage:
    with database.begin() as store:
        kept = years.text_to_write(store, view.actor, year, now=view.now)
    return TextPage.of(kept, year, view.words, typed=typed, changed=changed)
