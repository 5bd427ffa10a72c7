"""The application put together: the one place where all rooms meet."""

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException

from lirk.errors import LirkError
from lirk.settings import Settings
from lirk.storage.database import open_database
from web.assets import static_file
from web.controllers import CONTROLLERS
from web.dependencies import provide_database, provide_form, provide_view
from web.errors import show_error, show_fault, show_refusal
from web.gate import gate
from web.headers import add_headers
from web.limits import TooBig
from web.reading import prepare_beside
from web.templating import environments

#: Bytes that go in one packet: what is no longer arrives no sooner for being packed.
ONE_PACKET = 1400


def create_app(settings: Settings | None = None) -> Litestar:
    """Return the pages over the database that the settings name.

    Raises
    ------
    lirk.storage.database.DatabaseOutdated, lirk.storage.database.DatabaseUnreachable
        If the database cannot be used.
    """
    settings = settings or Settings.read()
    database = open_database(settings.database_url)
    return Litestar(
        route_handlers=[*CONTROLLERS, static_file],
        dependencies={
            "database": Provide(provide_database),
            "view": Provide(provide_view),
            "form": Provide(provide_form),
        },
        before_request=gate,
        before_send=[add_headers],
        exception_handlers={LirkError: show_error, HTTPException: show_refusal, Exception: show_fault},
        middleware=[TooBig(settings.upload_limit)],
        request_max_body_size=settings.upload_limit,
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=6, minimum_size=ONE_PACKET, exclude=["^/static/"]
        ),
        state=State({"settings": settings, "database": database, "templates": environments()}),
        on_startup=[lambda: prepare_beside(database, settings)],
        on_shutdown=[database.dispose],
        openapi_config=None,
        logging_config=None,
    )
