"""The printed reports of a whole round, made in several processes at once."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import replace
from multiprocessing import get_context

from lirk.domain.overview_values import Overview
from lirk.domain.reports import CentreReport
from lirk.reports.centre_pdf import centre_pdf
from lirk.services.reports import Reader, centre_file, file_names, overview_file

#: A process takes about as long to begin as a report to print; for fewer reports none is begun.
WORTH_IT = 6
#: Each takes some 80 MB while it prints.
MOST = 4
EMPTY: Mapping[str, Mapping[str, bytes]] = {}


def round_files(
    centres: tuple[CentreReport, ...],
    municipality: Overview,
    reader: Reader,
    *,
    step: Callable[[], None],
    processes: int | None = None,
    kept: Mapping[str, Mapping[str, bytes]] = EMPTY,
) -> Mapping[str, bytes]:
    """Return each centre's printed report by its file name, in the order given, and then the overview.

    Parameters
    ----------
    step
        Called after each file.
    processes
        How many at once; by default as many as there are processors for, and 1 where there is little to do. The
        bytes are the same however many there are.
    kept
        The files of published reports, by centre and ending; they are handed out as they are.
    """
    names = file_names(tuple(report.centre for report in centres))
    # A shelf stays in its process; what is printed needs none.
    alone = replace(reader, shelf=None)
    drafts = tuple(report for report in centres if "pdf" not in kept.get(report.centre, {}))
    work = min(MOST, processes or _processors(len(drafts)))
    printed = {}
    if work == 1:
        for report in drafts:
            printed[report.centre] = centre_file(report, alone)
            step()
    else:
        # Begun anew, not copied: a copy of a process with threads may wait for ever.
        with ProcessPoolExecutor(work, mp_context=get_context("spawn")) as pool:
            printed = _printed(pool, drafts, alone, step)
    for centre in kept:
        printed[centre] = kept[centre]["pdf"]
        step()
    files = {names[report.centre]: printed[report.centre] for report in centres}
    files["overview.pdf"] = overview_file(municipality, alone)
    step()
    return files


def _printed(
    pool: Executor, centres: tuple[CentreReport, ...], reader: Reader, step: Callable[[], None]
) -> dict[str, bytes]:
    # By the function that prints: so its process holds no database and no frames.
    waiting = {pool.submit(centre_pdf, report, reader.words): report.centre for report in centres}
    printed = {}
    for done in as_completed(waiting):
        printed[waiting[done]] = done.result()
        step()
    return printed


def _processors(reports: int) -> int:
    if reports < WORTH_IT:
        return 1
    # Where a container may use some processors only, those count; not every system tells.
    may_use = getattr(os, "sched_getaffinity", None)
    return len(may_use(0)) if may_use else os.cpu_count() or 1
