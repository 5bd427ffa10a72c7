"""Prints one document over and over in a process of its own, and tells how long that takes and how much memory.

``python tests/support/print_alone.py lirk|weasyprint`` reads the report, or the HTML, as a pickle from standard
input; it imports nothing but what prints it. Writes processor seconds (the least of several) and megabytes.
"""

import pickle
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 5


def printer(kind: str, given: object) -> Callable[[], bytes]:
    """Return what prints ``given`` with one of the two programs."""
    if kind == "lirk":
        from lirk.reports.centre_pdf import centre_pdf
        from lirk.wording import Wording

        return lambda: centre_pdf(given, Wording("da"))

    import weasyprint

    return lambda: weasyprint.HTML(string=given).write_pdf(pdf_variant="pdf/ua-1")


def seconds(make: Callable[[], bytes]) -> float:
    """Return the processor time of one run, the least of several after a first."""
    make()
    taken = []
    for _ in range(RUNS):
        begun = time.process_time()
        make()
        taken.append(time.process_time() - begun)
    return min(taken)


def megabytes() -> float:
    """Return the highest memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells on Linux counts what the parent held when this process began.
        return int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1]) / 1024
    import psutil

    memory = psutil.Process().memory_info()
    return getattr(memory, "peak_wset", memory.rss) / 2**20


if __name__ == "__main__":
    print(seconds(printer(sys.argv[1], pickle.load(sys.stdin.buffer))), megabytes())  # noqa: S301, T201
