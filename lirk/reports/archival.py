"""What makes a printed document one that can be archived and heard: PDF/A-3a and PDF/UA-1.

ReportLab's file is finished here: structure, properties, colours, embedded files, and maps from signs to letters.
The same document gives the same bytes. ISO 19005-3 (2012); ISO 14289-1 (2014).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from lirk.reports.properties import Properties, xmp
from lirk.reports.sealing import sealed
from lirk.reports.structure import Structure
from lirk.reports.structure_tree import write_structure

#: A map may name this many letters at a time.
AT_A_TIME = 100
#: No letters: ReportLab writes them for the signs that a font does not use.
NO_LETTERS = frozenset({"0000", "FEFF", "FFFE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that is embedded: the data that the document shows."""

    name: str
    media_type: str
    description: str
    content: bytes


def archived(
    printed: bytes, structure: Structure, properties: Properties, attachments: Sequence[Attachment] = ()
) -> bytes:
    """Return ReportLab's file ``printed`` as PDF/A-3a and PDF/UA-1.

    Parameters
    ----------
    structure
        What ``printed`` was marked with while it was painted.
    attachments
        Embedded in the order of their names.
    """
    with Pdf.open(BytesIO(printed)) as pdf:
        write_structure(pdf, structure)
        _mend_letters(pdf)
        _write_properties(pdf, properties)
        _state_colours(pdf)
        _embed(pdf, attachments, properties.day)
        # ReportLab's begins with SOURCE_DATE_EPOCH, where the environment has one.
        del pdf.trailer.ID
        return sealed(pdf)


@cache
def _srgb() -> bytes:
    """Return the colours that are meant: a fixed file, as a profile made anew would bear its time."""
    return (files("lirk.reports") / "colours" / "sRGB.icc").read_bytes()


def _write_properties(pdf: Pdf, properties: Properties) -> None:
    texts = {
        "/Title": properties.title,
        "/Author": properties.author,
        "/Subject": properties.subject,
        "/Creator": properties.creator,
        "/Producer": properties.producer,
        "/CreationDate": _moment(properties.day),
        "/ModDate": _moment(properties.day),
    }
    pdf.docinfo = pdf.make_indirect(Dictionary({name: String(text) for name, text in texts.items()}))
    root = pdf.Root
    root.Lang = String(properties.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    # Never compressed: an archive's programs search a file for these bytes.
    metadata = Stream(pdf, xmp(properties))
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = metadata


def _moment(day: date) -> str:
    """Return the day of issue instead of the clock: the same report is the same file at any time."""
    return f"D:{day:%Y%m%d}120000Z"


def _state_colours(pdf: Pdf) -> None:
    profile = Stream(pdf, _srgb())
    profile.N, profile.Alternate = 3, Name.DeviceRGB
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                Info=String("sRGB IEC61966-2.1"),
                DestOutputProfile=profile,
            )
        ]
    )


def _embed(pdf: Pdf, attachments: Sequence[Attachment], day: date) -> None:
    if not attachments:
        return
    ordered = sorted(attachments, key=lambda one: one.name)
    specifications = [_specification(pdf, one, day) for one in ordered]
    named = [
        part
        for one, specification in zip(ordered, specifications, strict=True)
        for part in (String(one.name), specification)
    ]
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(named)))
    pdf.Root.AF = Array(specifications)


def _specification(pdf: Pdf, attachment: Attachment, day: date) -> Object:
    file = Stream(pdf, attachment.content)
    file.Type, file.Subtype = Name.EmbeddedFile, Name(f"/{attachment.media_type}")
    file.Params = Dictionary(Size=len(attachment.content), ModDate=String(_moment(day)))
    name = String(attachment.name)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc=String(attachment.description),
            AFRelationship=Name.Data,
            EF=Dictionary(F=file, UF=file),
        )
    )


def _mend_letters(pdf: Pdf) -> None:
    """Write anew which letters a font's signs stand for, without those that it does not use."""
    maps = {
        font.ToUnicode.objgen: font.ToUnicode
        for page in pdf.pages
        for font in page.obj.Resources.Font.values()
        if "/ToUnicode" in font
    }
    for letters in maps.values():
        letters.write(_mended(letters.read_bytes().decode("ascii")).encode("ascii"))


def _mended(letters: str) -> str:
    head, _, table = letters.partition("1 begincodespacerange")
    pairs = [
        (sign, letter)
        for sign, letter in re.findall(
            r"<([0-9A-F]{2})> <([0-9A-F]{4,8})>", table.partition("beginbfchar")[2]
        )
        if letter not in NO_LETTERS
    ]
    blocks = [pairs[at : at + AT_A_TIME] for at in range(0, len(pairs), AT_A_TIME)]
    lines = [head + "1 begincodespacerange", "<00> <FF>", "endcodespacerange"]
    for block in blocks:
        lines += [
            f"{len(block)} beginbfchar",
            *(f"<{sign}> <{letter}>" for sign, letter in block),
            "endbfchar",
        ]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])
