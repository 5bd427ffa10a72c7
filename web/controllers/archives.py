"""The archive package of a closed round, to download."""

from litestar import Controller, Response, get
from litestar.params import FromPath

from lirk.services import archiving
from web.dependencies import TheDatabase, TheView
from web.reading import reader_of


class ArchiveController(Controller):
    """For the coordinator, who hands the package to the archive."""

    path = "/rounds/{key:str}/archive"

    @get(sync_to_thread=True)
    def make(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[bytes]:
        """Make the package, note it in the trail, and hand it out."""
        reader = reader_of(database, view)
        with database.begin() as store:
            archived = archiving.archived_round(store, view.actor, key, reader=reader)
        content = archiving.package(archived, reader)
        with database.begin() as store:
            archiving.note_made(store, view.actor, key, content, now=view.now)
        return view.file(content, archiving.file_name(key), "application/zip")
