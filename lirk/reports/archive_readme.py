"""The first file that somebody opens in an archive package: Danish, then English."""

from collections.abc import Iterator
from textwrap import wrap

from lirk.domain.archives import EARLIER, SUMS, ArchivedRound
from lirk.wording import Wording
from lirk.wording.archives import (
    README_AS_OF,
    README_CHECK,
    README_CSV,
    README_EARLIER,
    README_LEFT_OUT,
    README_MADE_UP,
    README_NOBODY,
    README_NOT_PUBLIC,
    README_OUTER,
    README_PART,
    README_PARTS,
    README_SUMS,
    README_TITLE,
    README_VERIFY,
    README_WHAT,
    README_WRITTEN,
)
from lirk.wording.reports import MADE_UP

WIDTH = 78
BETWEEN_LANGUAGES = "=" * WIDTH


def readme(archived: ArchivedRound, name: str) -> bytes:
    """Return the text in both languages; ``name`` is the package's own file name."""
    parts = ["\n".join(_lines(archived, name, Wording(language))) for language in ("da", "en")]
    return f"\n\n{BETWEEN_LANGUAGES}\n\n".join(parts).encode() + b"\n"


def _lines(archived: ArchivedRound, name: str, words: Wording) -> Iterator[str]:
    round_ = archived.round
    yield words.text(README_TITLE)
    if round_.made_up:
        yield from _paragraph(words.text(README_MADE_UP, mark=words.text(MADE_UP[round_.made_up])))
    yield from _paragraph(
        words.text(
            README_WHAT,
            title=round_.title,
            key=round_.key,
            municipality=archived.municipality,
            closed=words.date(archived.closed_at.date()),
        )
    )
    yield from _paragraph(words.text(README_NOT_PUBLIC))
    yield from ("", words.text(README_PARTS))
    for part, about in README_PART.items():
        yield from wrap(words.text(about), WIDTH, initial_indent=f"  {part:<14}", subsequent_indent=" " * 16)
    yield from _paragraph(words.text(README_CSV))
    yield from _paragraph(words.text(README_AS_OF))
    if centres := archived.being_corrected:
        yield from _paragraph(
            words.plural(
                "Rapporten for {centres} er ved at blive rettet: rapporter/ har den version, der gælder, og data/ "
                "det, der står i udkastet til den næste.",
                "Rapporterne for {centres} er ved at blive rettet: rapporter/ har de versioner, der gælder, og data/ "
                "det, der står i udkastene til de næste.",
                len(centres),
                centres=words.listing(centres),
            )
        )
    if archived.superseded:
        yield from _paragraph(words.text(README_EARLIER, folder=EARLIER))
    yield from ("", words.text(README_LEFT_OUT), *_wrapped(words.text(README_NOBODY)))
    yield from _paragraph(words.text(README_WRITTEN))
    yield from (
        "",
        words.text(README_CHECK),
        *_wrapped(words.text(README_SUMS)),
        "",
        f"  sha256sum -c {SUMS}",
    )
    yield from (*_paragraph(words.text(README_VERIFY)), "", f"  lirk archive verify {name}")
    yield from _paragraph(words.text(README_OUTER))


def _paragraph(text: str) -> Iterator[str]:
    yield ""
    yield from _wrapped(text)


def _wrapped(text: str) -> list[str]:
    return wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
