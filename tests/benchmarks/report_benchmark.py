"""How long a centre's report takes to print, tagged and archivable, and how much memory.

``python tests/benchmarks/report_benchmark.py [CENTRES]`` prints a report of 43 items, with findings, rounds before
this one and embedded data; the same content as HTML with WeasyPrint (as PDF/UA); and as many reports as a round
has centres (100), in two processes, as ``lirk report all`` does after reading them. One document's time is the
processor's (others may use the machine meanwhile), the least of several; a round's is the clock's. It fails if a
goal below is missed; without WeasyPrint, which only this benchmark uses, it says how to install it.
"""

import importlib.util
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from importlib.resources import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import pdf_structure
import print_alone
import printed_reports
import report_values as values
from rich.console import Console
from rich.progress import Progress

from lirk.reports.chart_svg import chart_svg
from lirk.reports.desk import Desk
from lirk.reports.result_sentences import figures
from lirk.services.report_files import round_files
from lirk.services.reports import Reader
from lirk.wording import Wording

MOST_SECONDS, MOST_MEGABYTES, LEAST_TIMES_WEASYPRINT = 1.0, 120.0, 2.0
MOST_SECONDS_OF_A_HUNDRED = 90.0
CENTRES, PROCESSES = 100, 2
DANISH = Wording("da")
INSTALL = "WeasyPrint is not there, so the two are not compared: uv pip install weasyprint\n"

HTML_TAGS = {
    "/H1": "h1", "/H2": "h2", "/H3": "h3", "/H4": "h4", "/P": "p", "/Caption": "p", "/L": "ul", "/LI": "li",
    "/TOC": "ul", "/TOCI": "li", "/Table": "table", "/TR": "tr", "/TH": "th", "/TD": "td",
}  # fmt: skip
STYLE = """
@font-face { font-family: Plex; src: url(%(fonts)s/IBMPlexSans-Regular.ttf); }
@font-face { font-family: Plex; font-weight: 600; src: url(%(fonts)s/IBMPlexSans-SemiBold.ttf); }
@page { size: A4; margin: 64pt 72pt 68pt; @bottom-right { content: counter(page) " / " counter(pages); } }
body { font: 10pt/1.4 Plex; hyphens: auto } h1, h2, h3, h4, th { font-weight: 600 }
table { width: 100%%; border-collapse: collapse } td, th { border-bottom: .4pt solid; text-align: left }
"""


def as_html() -> str:
    """Return the report's structure and text as HTML, with its figures as SVG."""
    report, desk = printed_reports.report(), Desk(DANISH)
    charts = iter(
        chart_svg(figure.chart, f"figure-{at}-{number}")
        for at, checklist in enumerate(report.checklists)
        for number, figure in enumerate(figures(report, checklist, desk))
    )
    fonts = (Path(str(files("lirk.reports"))) / "fonts").as_uri()
    body = "".join(_html(printed_reports.centre(), charts))
    head = f"<title>{escape(report.centre)}</title><style>{STYLE % {'fonts': fonts}}</style>"
    return f'<!doctype html><html lang="da"><head>{head}</head><body>{body}</body></html>'


def _html(content: bytes, charts: Iterator[str]) -> Iterator[str]:
    within_figure = False
    for what, value in pdf_structure.events(content):
        if value == "/Figure" and what != "text":
            within_figure = what == "begin"
            yield next(charts) if within_figure else ""
        elif what == "text":
            yield "" if within_figure else escape(value.replace("\u00ad", ""))
        elif value in HTML_TAGS:
            yield f"<{'/' if what == 'end' else ''}{HTML_TAGS[value]}>"


def a_round(centres: int) -> tuple[float, float]:
    """Return the seconds of printing so many centres' reports, on the clock and of all processors."""
    report = printed_reports.report()
    every = tuple(replace(report, centre=f"{report.centre} {at}") for at in range(centres))
    reader = Reader(municipality=report.municipality, words=DANISH)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("Rapporter", total=centres + 1)
        begun, used = time.perf_counter(), sum(os.times()[:4])
        round_files(every, values.overview(), reader, step=lambda: progress.advance(bar), processes=PROCESSES)
        return time.perf_counter() - begun, sum(os.times()[:4]) - used


def alone(kind: str, given: object) -> tuple[float, float]:
    """Return the seconds and megabytes of printing ``given`` in a process whose memory holds nothing else."""
    told = subprocess.run(
        [sys.executable, print_alone.__file__, kind],
        input=pickle.dumps(given),
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    taken, memory = told.split()
    return float(taken), float(memory)


def main() -> int:
    """Measure, print, and return the exit status."""
    centres = int(sys.argv[1]) if len(sys.argv) > 1 else CENTRES
    say = sys.stdout.write
    taken, memory = alone("lirk", printed_reports.report())
    say(f"LIRK        {taken:6.2f} s  {memory:6.0f} MB\n")
    held = taken <= MOST_SECONDS and memory <= MOST_MEGABYTES
    if importlib.util.find_spec("weasyprint"):
        other, more = alone("weasyprint", as_html())
        say(f"WeasyPrint  {other:6.2f} s  {more:6.0f} MB  {other / taken:.1f} times as long\n")
        held = held and other / taken >= LEAST_TIMES_WEASYPRINT
    else:
        sys.stderr.write(INSTALL)
    whole, used = a_round(centres)
    say(f"{centres} centres, {PROCESSES} processes: {whole:.1f} s, and {used:.1f} s of processors\n")
    return 0 if held and whole <= MOST_SECONDS_OF_A_HUNDRED * centres / CENTRES else 1


if __name__ == "__main__":
    sys.exit(main())
