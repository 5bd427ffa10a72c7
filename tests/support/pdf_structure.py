"""What a tagged PDF must hold that no validator asks for all of: an account of every mark on every page.

``problems`` gathers all that is wrong; ``told`` and ``painted`` give the text by structure and by page, and are the
same where the reading order is that of the page.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

PAINTING = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "EI"}
#: Elements that are lines of their own.
BLOCKS = {"/P", "/H1", "/H2", "/H3", "/H4", "/TH", "/TD", "/LI", "/Caption", "/TOCI", "/Figure"}
HEADING = re.compile(r"/H([1-6])$")


@dataclass(frozen=True)
class Element:
    """One structure element with its parent's object; ``kids`` as they stand in the file."""

    value: Object
    parent: Object

    @property
    def role(self) -> str:
        return str(self.value.S)

    @property
    def kids(self) -> list[Object | int]:
        kids = self.value.get("/K", Array())
        return list(kids) if isinstance(kids, Array) else [kids]

    @property
    def elements(self) -> list["Element"]:
        return [Element(kid, self.value) for kid in self.kids if isinstance(kid, Dictionary) and "/S" in kid]


def elements(pdf: pikepdf.Pdf) -> list[Element]:
    """Every element in reading order, the document first."""
    root = pdf.Root.StructTreeRoot

    def below(element: Element) -> Iterator[Element]:
        yield element
        for kid in element.elements:
            yield from below(kid)

    return list(below(Element(root.K, root)))


def problems(content: bytes) -> list[str]:
    """Everything that is wrong with the structure of a PDF; nothing where all is well."""
    with pikepdf.open(BytesIO(content)) as pdf:
        every = elements(pdf)
        return [
            *_marks(pdf, every),
            *(f"{element.role} names another parent" for element in every if not _same(element)),
            *_headings(every),
            *(
                "a figure has no alternative"
                for element in every
                if element.role == "/Figure" and not str(element.value.get("/Alt", ""))
            ),
            *(problem for element in every if element.role == "/Table" for problem in _table(element, pdf)),
            *(problem for element in every if element.role == "/L" for problem in _list(element)),
            *_links(pdf, every),
        ]


def _same(element: Element) -> bool:
    return element.value.P.objgen == element.parent.objgen


def _marks(pdf: pikepdf.Pdf, every: list[Element]) -> Iterator[str]:
    parents = _parents(pdf)
    claimed = _claimed(pdf, every)
    for number, page in enumerate(pdf.pages, 1):
        marks: list[int] = []
        for problem in _painted_on(page, marks):
            yield f"page {number}: {problem}"
        owners = parents.get(int(page.obj.StructParents), [])
        if marks != list(range(len(owners))):
            yield f"page {number}: marks {len(marks)}, in the parent tree {len(owners)}"
        for mark, owner in enumerate(owners):
            if claimed.get((number, mark)) != [owner.objgen]:
                yield f"page {number}: mark {mark} is not that of its element"


def _parents(pdf: pikepdf.Pdf) -> dict[int, Object]:
    tree = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    return {int(tree[at]): tree[at + 1] for at in range(0, len(tree), 2)}


def _painted_on(page: pikepdf.Page, marks: list[int]) -> Iterator[str]:
    """Yield what is wrong with a page's painting, and gather its marks."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            depth += 1
            marks += [int(one.MCID) for one in operands[1:] if "/MCID" in one]
            if depth > 1:
                yield "marked content in marked content"
        elif name == "EMC":
            depth -= 1
        elif name in PAINTING and not depth:
            yield f"{name} is neither tagged nor decoration"
    if depth:
        yield "marked content has no end"


def _claimed(pdf: pikepdf.Pdf, every: list[Element]) -> dict[tuple[int, int], list[tuple[int, int]]]:
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for element in every:
        for place in _places(element, pages):
            if place is not None:
                found.setdefault(place, []).append(element.value.objgen)
    return found


def _places(element: Element, pages: dict[tuple[int, int], int]) -> list[tuple[int, int] | None]:
    """Page and mark of each kid; None for those that are no marked content."""
    return [_place(kid, element, pages) for kid in element.kids]


def _place(kid: Object | int, element: Element, pages: dict[tuple[int, int], int]) -> tuple[int, int] | None:
    if isinstance(kid, int):
        return pages[element.value.Pg.objgen], kid
    if kid.get("/Type") == Name.MCR:
        return pages[kid.Pg.objgen], int(kid.MCID)
    return None


def _headings(every: list[Element]) -> Iterator[str]:
    levels = [int(found[1]) for element in every if (found := HEADING.match(element.role))]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"the first heading, and no other, is of level 1: {levels}"
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"a heading of level {level} after one of level {before}"


def _attributes(element: Element) -> Object:
    return element.value.get("/A", Dictionary())


def _table(table: Element, pdf: pikepdf.Pdf) -> Iterator[str]:
    rows = [row.elements for row in table.elements]
    cells = [cell for row in rows for cell in row]
    heads = [cell for cell in cells if cell.role == "/TH"]
    if not heads:
        yield "a table has no headings"
    if any("/Scope" not in _attributes(head) for head in heads):
        yield "a table's heading does not say what it is a heading of"
    if len({sum(int(_attributes(cell).get("/ColSpan", 1)) for cell in row) for row in rows}) != 1:
        yield "the rows of a table are not equally long"
    names = {bytes(head.value.ID) for head in heads if "/ID" in head.value}
    tree = pdf.Root.StructTreeRoot.get("/IDTree", Dictionary(Names=Array())).Names
    if not names <= {bytes(name) for name in list(tree)[::2]}:
        yield "a heading's name is not in the tree of names"
    for cell in cells:
        if not {bytes(name) for name in _attributes(cell).get("/Headers", [])} <= names:
            yield "a cell refers to a heading that is not there"


def _list(found: Element) -> Iterator[str]:
    if "/ListNumbering" not in _attributes(found):
        yield "a list does not say how it is numbered"
    for item in found.elements:
        if item.role != "/LI" or [part.role for part in item.elements] != ["/Lbl", "/LBody"]:
            yield f"a list's item is {item.role} {[part.role for part in item.elements]}"


def _links(pdf: pikepdf.Pdf, every: list[Element]) -> Iterator[str]:
    parents = _parents(pdf)
    owned = {
        kid.Obj.objgen: element.value.objgen
        for element in every
        if element.role == "/Link"
        for kid in element.kids
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR
    }
    for number, page in enumerate(pdf.pages, 1):
        for place in page.obj.get("/Annots", []):
            if not str(place.get("/Contents", "")):
                yield f"page {number}: a link does not say where it leads"
            parent = parents.get(int(place.get("/StructParent", -1)))
            if parent is None or owned.get(place.objgen) != parent.objgen:
                yield f"page {number}: a place to click on is in no element"


def events(content: bytes) -> Iterator[tuple[str, str]]:
    """The structure as it is walked through: ``begin`` and ``end`` of each role, and ``text`` between them."""
    with pikepdf.open(BytesIO(content)) as pdf:
        texts = _texts(pdf)
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}

        def walk(element: Element) -> Iterator[tuple[str, str]]:
            yield "begin", element.role
            for kid in element.kids:
                if isinstance(kid, Dictionary) and "/S" in kid:
                    yield from walk(Element(kid, element.value))
                elif (place := _place(kid, element, pages)) is not None:
                    yield "text", texts[place]
            yield "end", element.role

        yield from walk(elements(pdf)[0])


def told(content: bytes) -> str:
    """All text in the order of the structure, with the spaces that are in it, a line to each block."""
    shown = {"begin": lambda role: "\n" if role in BLOCKS else "", "end": lambda _role: "", "text": str}
    return "".join(shown[what](value) for what, value in events(content))


def painted(content: bytes) -> str:
    """All text in the order of painting, without decoration, as poppler reads it."""
    return _run(["pdftotext", "-raw"], _without_decoration(content), "-")


def heard_by_poppler(content: bytes) -> str:
    """All text in the order of the structure, as poppler reads it: slow for more than a page."""
    lines = _run(["pdfinfo", "-struct-text"], content).splitlines()
    return "".join(line.strip()[1:-1] for line in lines if line.strip().startswith('"'))


def words_told(content: bytes) -> set[str]:
    """The words as they are heard: without soft hyphens."""
    text = told(content).replace("\u00ad", "").replace("\u00a0", " ")
    return set(re.findall(r"\w+(?:-\w+)*", text))


def bare(text: str) -> str:
    """A text by its letters alone."""
    return re.sub(r"[\s\u00ad\u00a0\f-]", "", text)


def _texts(pdf: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """The text of each run of marked content, by page and mark."""
    found: dict[tuple[int, int], str] = {}
    for number, page in enumerate(pdf.pages, 1):
        letters = {str(name): _letters(font) for name, font in page.obj.Resources.Font.items()}
        mark, font = None, {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "BDC":
                mark = operands[1].get("/MCID")
                found[number, mark] = ""
            elif name == "EMC":
                mark = None
            elif name == "Tf":
                font = letters[str(operands[0])]
            elif name == "Tj" and mark is not None:
                found[number, mark] += "".join(font[code] for code in bytes(operands[0]))
    return found


def _letters(font: Object) -> dict[int, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9A-F]{2})> <([0-9A-F]{4,8})>$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(letter).decode("utf-16-be") for code, letter in pairs}


def _without_decoration(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as pdf:
        for page in pdf.pages:
            kept, within = [], False
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "BDC" and operands[0] == Name.Artifact:
                    within = True
                elif within and str(operator) == "EMC":
                    within = False
                elif not (within and str(operator) in PAINTING):
                    kept.append((operands, operator))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def _run(command: list[str], content: bytes, *after: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.pdf"
        file.write_bytes(content)
        return subprocess.run([*command, file, *after], check=True, capture_output=True, text=True).stdout
