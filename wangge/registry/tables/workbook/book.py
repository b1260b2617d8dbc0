"""The zip of a workbook: its sheets, and everything else left as it is."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from wangge.registry.ledgers.guards import DEFAULT_LIMITS, SAVE_AS, Limits, Unreadable, corrupt, kind_of
from wangge.registry.ledgers.reading.package import inspect

from .cells import MAIN, RELS, tag
from .page import Page
from .styles import Styles

_WORKBOOK, _LINKS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
_PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_PACKAGE_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
HOLE = b"<!--rows-->"
_ELEMENT = re.compile(r"<(/?)(row|c|f|v|is|t)\b")
Rows = Callable[[], Iterator[str]]


def _parser() -> etree.XMLParser:
    # nothing outside the file is read, no entity is expanded
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


class Book:
    """A workbook that was looked through before it is opened.

    Raises Unreadable for what is no such workbook, is encrypted, damaged, or a bomb.
    """

    def __init__(self, path: Path, file_name: str, limits: Limits = DEFAULT_LIMITS) -> None:
        self.path, self.file_name = path, file_name
        kind = kind_of(path, file_name, limits)
        if kind != "zip":
            raise _not_a_workbook(file_name, kind)
        package = inspect(path, file_name, limits)
        self.macros = package.macros
        if len(package.order) > limits.sheets:
            raise Unreadable(
                "too_many_sheets",
                f"文件“{file_name}”有 {len(package.order)} 张工作表，超过上限 {limits.sheets} 张。"
                "请拆成几个文件，每个文件只留要填的表。",
            )
        try:
            with zipfile.ZipFile(path) as archive:
                self._parts = {i.filename: archive.read(i) for i in archive.infolist() if _needed(i.filename)}
                self.names = archive.namelist()
            self._roots: dict[str, etree._Element] = {}
            self._streams: dict[str, Rows] = {}
            self._replaced: dict[str, bytes] = {}
            self._dropped: set[str] = set()
            self.pages = list(self._read_pages())
        except (KeyError, etree.XMLSyntaxError, zipfile.BadZipFile, ValueError) as error:
            raise corrupt(file_name) from error

    def parsed(self, part: str) -> etree._Element:
        """The root of a part; what is changed in it is written when the book is saved."""
        if part not in self._roots:
            try:
                self._roots[part] = etree.fromstring(self.content(part), _parser())
            except etree.XMLSyntaxError as error:
                raise corrupt(self.file_name) from error
        return self._roots[part]

    def content(self, part: str) -> bytes:
        """The bytes of a part as they were read."""
        if part not in self._parts:
            with zipfile.ZipFile(self.path) as archive:
                self._parts[part] = archive.read(part)
        return self._parts[part]

    def _read_pages(self) -> Iterator[Page]:
        # Each is parsed only to be read here; what is not changed is not written (see ``changed``).
        for sheet in self.look(_WORKBOOK).iterfind(f".//{tag('sheet')}"):
            part = self.target(_WORKBOOK, sheet.get(f"{{{RELS}}}id", ""))
            if "worksheets/" in part:
                yield Page(self, sheet.get("name", ""), part, sheet.get("state", "visible") != "visible")

    def look(self, part: str) -> etree._Element:
        """The root of a part for reading only."""
        return self._roots[part] if part in self._roots else etree.fromstring(self.content(part), _parser())

    def target(self, part: str, rel: str) -> str:
        """The part that a relationship of ``part`` points to, "" for none."""
        folder, name = posixpath.split(part)
        links = f"{folder}/_rels/{name}.rels"
        if links not in self.names:
            return ""
        for link in self.look(links):
            if link.get("Id") == rel:
                where = link.get("Target", "")
                return where.lstrip("/") if where.startswith("/") else posixpath.normpath(f"{folder}/{where}")
        return ""

    def linked(self, part: str) -> list[str]:
        """All parts a part points to."""
        folder, name = posixpath.split(part)
        links = f"{folder}/_rels/{name}.rels"
        if links not in self.names:
            return []
        inner = [link for link in self.look(links) if link.get("TargetMode") != "External"]
        found = [self.target(part, link.get("Id", "")) for link in inner]
        return [one for one in found if one in self.names]

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        part = next((n for n in self.names if n.lower() == "xl/sharedstrings.xml"), "")
        if not part:
            return []
        items = self.look(part).iterfind(tag("si"))
        return ["".join(t.text or "" for t in item.iter(tag("t")) if not _spoken(t)) for item in items]

    def string(self, at: str) -> str:
        """A shared string by its number."""
        return self.strings[int(at)] if at.isdigit() and int(at) < len(self.strings) else ""

    @cached_property
    def styles(self) -> Styles:
        part = next((n for n in self.names if n.lower() == "xl/styles.xml"), "")
        empty = f'<styleSheet xmlns="{MAIN}"/>'.encode()
        return Styles(self.content(part) if part else empty, _parser())

    @cached_property
    def _since_1904(self) -> bool:
        found = self.look(_WORKBOOK).find(tag("workbookPr"))
        return found is not None and found.get("date1904") in ("1", "true")

    def serial(self, day: date) -> int:
        """A day as the number a cell holds."""
        origin = date(1904, 1, 1) if self._since_1904 else date(1899, 12, 30)
        return (day - origin).days

    def digest(self) -> str:
        """What makes a blank the same as another: all its parts but who saved it when (docProps)."""
        told = hashlib.sha256()
        with zipfile.ZipFile(self.path) as archive:
            for name in sorted(n for n in archive.namelist() if not n.startswith("docProps/")):
                told.update(f"{name}\0".encode() + hashlib.sha256(archive.read(name)).digest())
        return told.hexdigest()

    def page(self, name: str) -> Page:
        """The sheet of this name. Raises KeyError."""
        return {page.name: page for page in self.pages}[name]

    def defined(self) -> dict[str, str]:
        """Names of the workbook and what they stand for."""
        names = self.look(_WORKBOOK).iterfind(f".//{tag('definedName')}")
        return {name.get("name", ""): name.text or "" for name in names}

    @property
    def has_formulas(self) -> bool:
        """Whether any sheet computes."""
        return any(re.search(rb"<f[ >/]", self.content(page.part)) for page in self.pages)

    def touch(self, part: str) -> etree._Element:
        """The root of a part that is going to be changed."""
        return self.parsed(part)

    def replace(self, part: str, content: bytes) -> None:
        """New bytes for a part that is no well-formed XML."""
        self._replaced[part] = content

    def drop(self, part: str) -> None:
        """Leave a part out, with what points to it."""
        if part not in self.names:
            return
        self._dropped.add(part)
        types = self.touch(_TYPES)
        for entry in [e for e in types if e.get("PartName") == f"/{part}"]:
            types.remove(entry)
        links = self.touch(_LINKS)
        for link in [e for e in links if posixpath.normpath(f"xl/{e.get('Target', '')}") == part]:
            links.remove(link)

    def recalculate(self) -> None:
        """Formulas are computed anew when the file is opened; in which order is forgotten."""
        self.drop("xl/calcChain.xml")
        root = self.touch(_WORKBOOK)
        held = root.find(tag("calcPr"))
        if held is None:
            held = etree.Element(tag("calcPr"))
            before = [tag(n) for n in ("sheets", "functionGroups", "externalReferences", "definedNames")]
            places = [at for at, child in enumerate(root) if child.tag in before]
            root.insert(max(places, default=len(root) - 1) + 1, held)
        held.set("fullCalcOnLoad", "1")

    def stream(self, page: Page, rows: Rows) -> None:
        """Rows that are written into ``HOLE`` of a sheet when the book is saved."""
        self._streams[page.part] = rows
        self.touch(page.part)

    def add_sheet(self, name: str, lines: list[tuple[str, str]]) -> None:
        """A sheet of two columns behind all others."""
        number = max(
            [int(n) for x in self.names for n in re.findall(r"worksheets/sheet(\d+)\.xml$", x)] + [0]
        )
        part = f"xl/worksheets/sheet{number + 1}.xml"
        sheets = self.touch(_WORKBOOK).find(tag("sheets"))
        if sheets is None or part in self.names:
            return
        links = self.touch(_LINKS)
        rel = f"rIdNotes{number + 1}"
        kind = f"{RELS}/worksheet"
        etree.SubElement(links, f"{{{_PACKAGE_RELS}}}Relationship", Id=rel, Type=kind, Target="/" + part)
        types = self.touch(_TYPES)
        entry = {"PartName": f"/{part}", "ContentType": _WORKSHEET}
        etree.SubElement(types, f"{{{_PACKAGE_TYPES}}}Override", entry)
        ids = [int(sheet.get("sheetId", 0)) for sheet in sheets]
        made = {"name": name, "sheetId": str(max(ids) + 1), f"{{{RELS}}}id": rel}
        etree.SubElement(sheets, tag("sheet"), made)
        self.names.append(part)
        self._roots[part] = _notes(lines)

    def save(self, out: BinaryIO) -> None:
        """Write the workbook; parts nobody touched keep their bytes."""
        if "styles" in self.__dict__ and self.styles.changed:
            part = next(n for n in self.names if n.lower() == "xl/styles.xml")
            self._roots[part] = self.styles.root
        with zipfile.ZipFile(self.path) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            infos = {info.filename: info for info in held.infolist()}
            for name in self.names:
                if name not in self._dropped:
                    self._write(made, infos.get(name) or zipfile.ZipInfo(name), held)

    def _write(self, made: zipfile.ZipFile, info: zipfile.ZipInfo, held: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(info.filename, info.date_time)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, info.external_attr
        root = self._roots.get(info.filename)
        if root is None:
            kept = self._replaced.get(info.filename)
            made.writestr(entry, held.read(info.filename) if kept is None else kept)
            return
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        rows = self._streams.get(info.filename)
        if rows is None:
            made.writestr(entry, content)
            return
        head, _hole, tail = content.partition(HOLE)
        with made.open(entry, "w", force_zip64=True) as out:
            out.write(head)
            for row in rows():
                out.write(_prefixed(row, root.prefix).encode())
            out.write(tail)


def _prefixed(row: str, prefix: str | None) -> str:
    """Some programs write <x:row>; text holds no "<" of its own, it is escaped."""
    return _ELEMENT.sub(rf"<\1{prefix}:\2", row) if prefix else row


def _needed(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels")) and "/media/" not in name


def _spoken(text: etree._Element) -> bool:
    """How a word is read aloud is no part of the word."""
    above = text.getparent()
    return above is not None and etree.QName(above).localname == "rPh"


def _notes(lines: list[tuple[str, str]]) -> etree._Element:
    root = etree.fromstring(f'<worksheet xmlns="{MAIN}"/>'.encode())
    cols = etree.SubElement(root, tag("cols"))
    for at, width in ((1, "18"), (2, "90")):
        etree.SubElement(cols, tag("col"), min=str(at), max=str(at), width=width, customWidth="1")
    data = etree.SubElement(root, tag("sheetData"))
    for number, line in enumerate(lines, start=1):
        row = etree.SubElement(data, tag("row"), r=str(number))
        for column, text in zip("AB", line, strict=True):
            cell = etree.SubElement(row, tag("c"), r=f"{column}{number}", t="inlineStr")
            etree.SubElement(etree.SubElement(cell, tag("is")), tag("t")).text = text
    return root


def _not_a_workbook(file_name: str, kind: str) -> Unreadable:
    what = {
        "xls": "旧格式的 Excel 97-2003 表格（.xls），填回去会丢失版式",
        "html": "网页格式的“假 Excel”",
        "text": "文本表格（csv），没有版式可填",
    }[kind]
    return Unreadable("wrong_type", f"文件“{file_name}”是{what}。{SAVE_AS}")
