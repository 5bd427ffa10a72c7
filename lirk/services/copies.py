"""A copy of a centre's report for others, made for those who may read the report."""

from lirk.domain.copies import CentreCopy, copy_for_others, gates_of
from lirk.domain.people import Person
from lirk.reports import copy_files
from lirk.reports.copy_pdf import copy_pdf
from lirk.services.pinned import asked_in
from lirk.services.reports import Reader, centre_report_at
from lirk.storage.store import Store


def copy_at(store: Store, actor: Person, key: str, address: str, *, reader: Reader) -> CentreCopy:
    """Return what of the report at an address may leave its centre.

    Raises
    ------
    NotFound, NotAllowed, RoundNotIn
        See ``lirk.services.reports.centre_report_at``.
    """
    report = centre_report_at(store, actor, key, address, reader=reader)
    asked = asked_in(store, store.rounds.by_key(key))
    return copy_for_others(report, {one.checklist.id: gates_of(one.checklist) for one in asked})


def copy_file(copy: CentreCopy, reader: Reader) -> bytes:
    """Return a copy as PDF; the same copy gives the same bytes."""
    return copy_pdf(copy, reader.words)


def copy_csv(copy: CentreCopy, reader: Reader) -> bytes:
    """Return the numbers of a copy as CSV, a row an item."""
    return copy_files.copy_csv(copy, reader.words)


def copy_json(copy: CentreCopy) -> bytes:
    """Return a copy as JSON."""
    return copy_files.copy_json(copy)
