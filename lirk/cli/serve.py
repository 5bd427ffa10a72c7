"""``lirk serve``: the pages, for browsers."""

import errno
import multiprocessing
import os
import socket
from collections.abc import Mapping

import rich_click as click

from lirk.cli.door import Door, pass_door
from lirk.errors import UnusableRequest
from lirk.storage.database import open_database

APPLICATION = "web.app:create_app"
#: Names of this machine alone.
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class PortTaken(UnusableRequest):
    """Something else answers at the address already."""

    code = "port-taken"


class AddressUnusable(UnusableRequest):
    """The system does not let the server listen there."""

    code = "address-unusable"


@click.command()
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="The address to listen on."
)
@click.option(
    "--port", metavar="PORT", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)
@click.option(
    "--workers",
    metavar="NUMBER",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer.",
)
@pass_door
def serve(door: Door, host: str, port: int, workers: int) -> None:
    """Serve the pages until Ctrl-C.

    The pages are meant to stand behind a server that speaks https; set LIRK_HTTPS=no to try them without.
    """
    open_database(door.settings.database_url).dispose()
    check_free(host, port)
    if door.settings.https and host in LOOPBACK:
        door.remark(
            door.words.text(
                "Siderne regner med https foran sig. Uden det sender browseren ikke login-cookien: sæt LIRK_HTTPS=no "
                "for at prøve dem på denne maskine."
            )
        )
    door.say(door.words.text("Siderne er klar på {address}. Stop med Ctrl-C.", address=address(host, port)))
    run(host, port, workers=workers, environment={})


def address(host: str, port: int) -> str:
    """Return the address that a browser on this machine opens."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def check_free(host: str, port: int) -> None:
    """Refuse a port that is in use: the server itself would share it in silence.

    Raises
    ------
    PortTaken, AddressUnusable
        If it cannot listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Connections of a server that has just stopped do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        # A name that cannot be an address at all is refused by Python itself, in two ways.
        except (OSError, UnicodeError, TypeError) as error:
            taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            if taken:
                raise PortTaken(port=str(port)) from None
            reason = getattr(error, "strerror", None) or str(error)
            raise AddressUnusable(address=f"{host}:{port}", reason=reason) from None


def run(host: str, port: int, *, workers: int, environment: Mapping[str, str]) -> None:
    """Serve until stopped; ``environment`` holds settings that differ from those of this process."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # Each worker is a process of its own, which reads its settings from the environment.
    os.environ.update(environment)
    # A forked worker gets Polars' pool of threads without its threads, where this process has used Polars (as
    # the demonstration has): the first register read there would hang for ever.
    multiprocessing.set_start_method("spawn", force=True)
    Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
