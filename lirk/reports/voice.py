"""Who says the sentences of a report: the paper that is set, or the page that is shown."""

from typing import Protocol

from lirk.reports.markup import MarkedWording, Markup
from lirk.wording import Wording


class Voice(Protocol):
    """All that a sentence needs: the reader's language, and how a place in the report is pointed to.

    ``say`` is the wording with its values escaped, in which tags stand; ``words`` gives plain texts.
    """

    @property
    def words(self) -> Wording:
        """The wording."""

    @property
    def say(self) -> MarkedWording:
        """The wording, marked."""

    def see(self, key: str) -> Markup:
        """Return what a place is called, linked to it: ``side 5``, ``fund 3``."""

    def where(self, key: str) -> Markup:
        """Return where something stands: ``på side 5``, ``i afsnittet »Metode«``."""
