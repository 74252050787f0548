"""Parts of an .xlsx or .xlsb that lie elsewhere than the readers look for them. Runs in the reading process only.

In a package every name is free: relations tell which part is the workbook, and from there which are its sheets,
strings and styles. The readers expect the names that Excel gives; where they find no styles they read a day as a
number. So what lies anywhere else is copied to where it is looked for.
"""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from .package import part_name
from .refusals import UnreadableFile

_ROOT_LINKS, _CONTENT_TYPES = "_rels/.rels", "[content_types].xml"
_MAIN = "officeDocument"
# What a sheet may be: the readers tell the name of each, so none may get lost.
_SHEETS = {"worksheet", "chartsheet", "dialogsheet", "macrosheet", "xlMacrosheet", "xlIntlMacrosheet"}
_SINGLE = {"sharedStrings", "styles"}
_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = 4096


@dataclass(frozen=True)
class _Link:
    """A relation to another part: its type in full, where it leads and how that is written."""

    id: str
    type: str
    part: str
    written: str

    @property
    def kind(self) -> str:
        return self.type.rsplit("/", 1)[-1]


def in_usual_places(path: Path, kind: str) -> Path:
    """The file itself, or a copy of what is read of it with every part in its usual place. `kind` is xlsx or xlsb."""
    with zipfile.ZipFile(path) as archive:
        package = _Package(archive, "xml" if kind == "xlsx" else "bin")
        if package.is_usual():
            return path
        copy = path.with_stem("usual")
        package.write(copy)
        return copy


class _Package:
    def __init__(self, archive: zipfile.ZipFile, ending: str) -> None:
        self._archive, self._ending = archive, ending
        self._names = {part_name(name): name for name in archive.namelist()}
        self._workbook = self._find_workbook()
        self._links = [link for link in self._links_of(self._workbook) if link.kind in _SHEETS | _SINGLE]
        lost = [link for link in self._links if link.part not in self._names]
        if any(link.kind != "sharedStrings" for link in lost):  # a file without a word may well do without
            raise UnreadableFile("damaged")

    def is_usual(self) -> bool:
        rooted = any(name.startswith("/") for name in self._archive.namelist())
        named = self._workbook == f"xl/workbook.{self._ending}"
        return named and not rooted and all(map(self._is_usual, self._links))

    def write(self, copy: Path) -> None:
        """Workbook, sheets, strings and styles under their usual names; nothing else is read."""
        names = {link.part: self._usual_name(link, number) for number, link in enumerate(self._links, 1)}
        workbook = f"workbook.{self._ending}"
        main = _Link("rId1", f"{_TYPES}/{_MAIN}", "", "")
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            target.writestr(_ROOT_LINKS, _as_xml({main: f"xl/{workbook}"}))
            links = {link: names[link.part] for link in self._links}
            target.writestr(f"xl/_rels/{workbook}.rels", _as_xml(links))
            for part, name in {self._workbook: workbook, **names}.items():
                self._copy(part, target, f"xl/{name}")

    def _find_workbook(self) -> str:
        """As the package's own relations tell, else its content types, else where it usually lies."""
        said = [link.part for link in self._links_of("") if link.kind == _MAIN]
        types = self._tree(_CONTENT_TYPES)
        for item in types.iterfind("{*}Override") if types is not None else ():
            if item.get("ContentType", "").lower().endswith((".main+xml", ".main")):
                said.append(part_name(item.get("PartName", "")))
        return next((part for part in said if part in self._names), f"xl/workbook.{self._ending}")

    def _links_of(self, part: str) -> Iterator[_Link]:
        folder, name = posixpath.split(part)
        tree = self._tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        for item in tree.iterfind("{*}Relationship") if tree is not None else ():
            if item.get("TargetMode") != "External":
                written = item.get("Target", "")
                place = posixpath.join("/", folder, unquote(written.replace("\\", "/")))
                found = part_name(posixpath.normpath(place))
                yield _Link(item.get("Id", ""), item.get("Type", ""), found, written)

    def _is_usual(self, link: _Link) -> bool:
        """Whether the readers find it: strings and styles by their names, a sheet by how its relation is written."""
        if link.kind in _SINGLE:
            return link.part == f"xl/{link.kind.lower()}.{self._ending}"
        absolute = link.written.startswith("/")
        plain = link.written.lstrip("/") if absolute else f"xl/{link.written}"
        return link.part == plain.lower() and link.part.endswith(f".{self._ending}") and "\\" not in plain

    def _usual_name(self, link: _Link, number: int) -> str:
        single = link.kind in _SINGLE
        return f"{link.kind if single else f'worksheets/sheet{number}'}.{self._ending}"

    def _tree(self, part: str) -> ElementTree.Element | None:
        if part not in self._names:
            return None
        with self._archive.open(self._names[part]) as stream:
            return ElementTree.parse(stream).getroot()

    def _copy(self, part: str, target: zipfile.ZipFile, name: str) -> None:
        if part not in self._names:
            return
        with self._archive.open(self._names[part]) as source, target.open(name, "w", force_zip64=True) as to:
            head = source.read(_HEAD)
            if b"<!DOCTYPE" in head.replace(b"\0", b""):  # the look before the reading goes by endings
                raise UnreadableFile("xml_with_dtd")
            to.write(head)
            shutil.copyfileobj(source, to, 1 << 20)


def _as_xml(links: dict[_Link, str]) -> bytes:
    tree = ElementTree.Element("Relationships", xmlns=_NAMESPACE)
    for link, target in links.items():
        ElementTree.SubElement(tree, "Relationship", Id=link.id, Type=link.type, Target=target)
    return bytes(ElementTree.tostring(tree, "utf-8", xml_declaration=True))
