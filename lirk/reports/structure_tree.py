"""The structure of a document as it is written into the file, for screen readers and for PDF/UA.

Every element is an object of its own; each page, each link and each heading of a table finds its way back to it.
ISO 32000-1 (2008), 14.7 and 14.8; ISO 14289-1 (2014), 7.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from lirk.reports.structure import Content, Kid, Link, Structure, Tag

#: The flag of a link that is there on paper too; without it a file cannot be archived.
PRINTED = 4


def write_structure(pdf: Pdf, structure: Structure) -> None:
    """Put the elements of ``structure`` into ``pdf``, whose content is marked with their numbers."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements = {tag: pdf.make_indirect(Dictionary(Type=Name.StructElem)) for tag in structure.kids}
    writer = _Writer(
        structure=structure,
        tree=tree,
        elements=elements,
        pages=[page.obj for page in pdf.pages],
        names=_names(structure),
    )
    for tag in structure.kids:
        writer.write(tag)
    tree.K = elements[structure.root]
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(writer.parents(pdf))))
    tree.ParentTreeNextKey = len(writer.pages) + len(writer.links)
    if writer.names:
        named = [part for tag, name in writer.names.items() for part in (name, elements[tag])]
        tree.IDTree = pdf.make_indirect(Dictionary(Names=Array(named)))
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _names(structure: Structure) -> dict[Tag, String]:
    """Return a name for each heading that a cell refers to, in the order of a name tree."""
    wanted = {head for tag in structure.kids for head in tag.headers}
    heads = [tag for tag in structure.kids if tag in wanted]
    return {tag: String(f"h{at:05}") for at, tag in enumerate(heads, 1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """The file's objects: ``elements`` by tag, the pages, and the names of headings."""

    structure: Structure
    tree: Object
    elements: Mapping[Tag, Object]
    pages: list[Dictionary]
    names: dict[Tag, String]

    @property
    def links(self) -> list[tuple[Tag, Link]]:
        """Every place to click on, with its element."""
        return [
            (tag, kid) for tag, kids in self.structure.kids.items() for kid in kids if isinstance(kid, Link)
        ]

    def write(self, tag: Tag) -> None:
        """Fill the object of one element."""
        element, kids = self.elements[tag], self.structure.kids[tag]
        element.S = Name(f"/{tag.role}")
        element.P = (
            self.tree if tag is self.structure.root else self.elements[tag.under or self.structure.root]
        )
        if tag.alt:
            element.Alt = String(tag.alt)
        if tag in self.names:
            element.ID = self.names[tag]
        attributes = self._attributes(tag)
        if attributes is not None:
            element.A = attributes
        home = next((kid.page for kid in kids if isinstance(kid, Content)), None)
        if home is not None:
            element.Pg = self.pages[home - 1]
        if kids:
            element.K = Array([self._kid(kid, home) for kid in kids])

    def _kid(self, kid: Kid, home: int | None) -> Object | int:
        if isinstance(kid, Tag):
            return self.elements[kid]
        page = self.pages[kid.page - 1]
        if isinstance(kid, Link):
            return Dictionary(Type=Name.OBJR, Obj=page.Annots[kid.number], Pg=page)
        if kid.page == home:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)

    def _attributes(self, tag: Tag) -> Dictionary | None:
        if tag.numbering:
            return Dictionary(O=Name.List, ListNumbering=Name(f"/{tag.numbering}"))
        if tag in self.structure.boxes:
            box = [round(edge, 2) for edge in self.structure.boxes[tag]]
            return Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(box))
        cell = Dictionary(O=Name.Table)
        if tag.scope:
            cell.Scope = Name(f"/{tag.scope}")
        if tag.columns > 1:
            cell.ColSpan = tag.columns
        if tag.headers:
            cell.Headers = Array([self.names[head] for head in tag.headers])
        return cell if len(cell) > 1 else None

    def parents(self, pdf: Pdf) -> Iterator[Object | int]:
        """Yield key and element of each page's content and of each link, and write the key where it is asked."""
        contents: list[dict[int, Tag]] = [{} for _ in self.pages]
        for tag, kids in self.structure.kids.items():
            for kid in kids:
                if isinstance(kid, Content):
                    contents[kid.page - 1][kid.number] = tag
        for at, (page, tags) in enumerate(zip(self.pages, contents, strict=True)):
            page.StructParents, page.Tabs = at, Name.S
            yield at
            yield pdf.make_indirect(Array([self.elements[tags[number]] for number in range(len(tags))]))
        for at, (tag, link) in enumerate(self.links, len(self.pages)):
            place = self.pages[link.page - 1].Annots[link.number]
            place.StructParent, place.F = at, PRINTED
            yield at
            yield self.elements[tag]
