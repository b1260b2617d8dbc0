"""A zipped workbook looked through before anything parses it: real sizes, traps, and where its sheets are."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from wangge.registry.ledgers.guards import (
    SAVE_AS,
    Limits,
    Unreadable,
    corrupt,
    encrypted,
    too_many_columns,
    too_many_rows,
)

from .grid import Merge

_STEP = 1 << 20
MANY_MERGES = 2_000  # more are looked for again
_MERGE = re.compile(rb'mergeCell ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_ROW = re.compile(rb'<(?:\w+:)?row [^>]*?\br="(\d+)"')
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Word, PowerPoint, OpenDocument, binary workbook: told apart by a part they always have.
_FOREIGN = {
    "word/": "Word 文档",
    "ppt/": "PPT 演示文稿",
    "xl/workbook.bin": "二进制工作簿（.xlsb）",
    "content.xml": "OpenDocument 文档",
}


@dataclass(frozen=True)
class Part:
    """One sheet's XML in the package: unpacked bytes, rows counted, last row with a value (1-based), merged
    cells."""

    path: str
    size: int
    rows: int
    last_row: int
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True)
class Package:
    """A checked workbook: parts by sheet name, paths in workbook order, macros, bytes of shared strings."""

    parts: dict[str, Part]
    order: list[str]
    macros: bool
    strings: int

    def told(self) -> dict[str, Any] | None:
        """What ``Package.of`` needs; None where that would be long."""
        return asdict(self) if sum(len(part.merges) for part in self.parts.values()) <= MANY_MERGES else None

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Package:
        """A package that was inspected before."""
        parts = {
            name: Part(**part | {"merges": tuple(map(tuple, part["merges"]))})
            for name, part in told["parts"].items()
        }
        return cls(**{**told, "parts": parts})


def inspect(path: Path, file_name: str, limits: Limits) -> Package:
    """Unpack every XML part once without keeping it, so that nothing later meets a bomb.

    Raises Unreadable: corrupt, encrypted, wrong_type, zip_bomb, unsafe, too_many_columns, too_many_rows,
    sparse.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            _check_directory(infos, file_name, limits)
            names = _sheet_names(archive, file_name)
            return _look_through(path, infos, names, file_name, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        EOFError,
        OSError,
        ElementTree.ParseError,
        KeyError,
    ) as error:
        raise corrupt(file_name) from error


def inflate(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part's bytes as they really are, whatever size the directory claims."""
    with path.open("rb") as stream:
        stream.seek(info.header_offset)
        header = stream.read(30)
        name, extra = struct.unpack("<HH", header[26:30])
        stream.seek(name + extra, 1)
        left = info.compress_size
        if info.compress_type == zipfile.ZIP_STORED:
            while left > 0 and (block := stream.read(min(_STEP, left))):
                left -= len(block)
                yield block
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise zipfile.BadZipFile("compression")
        engine = zlib.decompressobj(-15)
        while left > 0 and (block := stream.read(min(1 << 16, left))):
            left -= len(block)
            while block:
                if out := engine.decompress(block, _STEP):
                    yield out
                block = engine.unconsumed_tail
        if out := engine.flush():
            yield out
        if not engine.eof:
            raise zlib.error("cut short")


def _check_directory(infos: list[zipfile.ZipInfo], file_name: str, limits: Limits) -> None:
    names = {info.filename.replace("\\", "/").lower() for info in infos}
    if any(info.flag_bits & 1 for info in infos):
        raise encrypted(file_name)
    if sum(info.file_size for info in infos) > limits.unpacked_bytes or len(infos) > 10_000:
        raise _bomb(file_name)
    if "xl/workbook.xml" in names:
        return
    for mark, what in _FOREIGN.items():
        if any(name.startswith(mark) for name in names):
            raise Unreadable("wrong_type", f"文件“{file_name}”其实是 {what}，不是能导入的表格。{SAVE_AS}")
    if names:
        raise Unreadable(
            "wrong_type", f"文件“{file_name}”是压缩包，不是表格。请先解压，再逐个上传里面的表格。"
        )
    raise corrupt(file_name)


def _sheet_names(archive: zipfile.ZipFile, file_name: str) -> dict[str, str]:
    """Return part path → sheet name."""
    targets = {
        rel.get("Id"): rel.get("Target", "")
        for rel in _small(archive, "xl/_rels/workbook.xml.rels", file_name)
    }
    sheets = _small(archive, "xl/workbook.xml", file_name).iterfind(".//{*}sheet")
    return {_part_path(targets.get(sheet.get(_REL), "")): sheet.get("name", "") for sheet in sheets}


def _part_path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else "xl/" + target


def _small(archive: zipfile.ZipFile, name: str, file_name: str) -> ElementTree.Element:
    info = archive.getinfo(name)
    if info.file_size > 5_000_000:
        raise _bomb(file_name)
    content = archive.read(info)
    _check_harmless(content, file_name)
    return ElementTree.fromstring(content)


def _check_harmless(content: bytes, file_name: str) -> None:
    """No workbook has a document type or is written in UTF-16; entity bombs need one of them."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable(
            "unsafe", f"文件“{file_name}”里有表格不该有的内容（XML 实体定义），为安全起见不予读取。{SAVE_AS}"
        )


def _look_through(
    path: Path, infos: list[zipfile.ZipInfo], names: dict[str, str], file_name: str, limits: Limits
) -> Package:
    total, parts, macros, strings = 0, {}, False, 0
    for info in infos:
        macros = macros or info.filename.lower().endswith("vbaproject.bin")
        if not info.filename.lower().endswith((".xml", ".rels")):
            continue
        scan = _Scan(file_name, names.get(info.filename, ""), limits)
        for block in inflate(path, info):
            total += len(block)
            if total > limits.unpacked_bytes or scan.size > max(
                info.compress_size * limits.ratio, limits.ratio_free_bytes
            ):
                raise _bomb(file_name)
            scan.take(block, sheet=info.filename in names)
        if info.filename in names:
            parts[names[info.filename]] = Part(
                info.filename, scan.size, scan.rows, scan.last_row, scan.merges()
            )
        if info.filename.lower() == "xl/sharedstrings.xml":
            strings = scan.size
    return Package(parts, list(names), macros, strings)


class _Scan:
    """Counts one part block by block; a piece is carried over so that nothing hides on a seam."""

    def __init__(self, file_name: str, sheet: str, limits: Limits) -> None:
        self.file_name, self.sheet, self.limits = file_name, sheet, limits
        self.size, self.rows, self.last_row, self._carried = 0, 0, 0, b""
        self._wide = _beyond(limits.columns)
        self._tail: list[bytes] = []

    def take(self, block: bytes, sheet: bool) -> None:
        self.size += len(block)
        window = self._carried + block
        self._keep_tail(block, window)
        _check_harmless(window, self.file_name)
        self._carried = window[-256:]
        if sheet:
            self._count(block, window)

    def _keep_tail(self, block: bytes, window: bytes) -> None:
        """What stands behind the rows of a sheet: merged cells among it."""
        if self._tail:
            self._tail.append(block)
        elif (at := window.find(b"</sheetData>")) >= 0:
            self._tail.append(window[at:])

    def merges(self) -> tuple[Merge, ...]:
        found = _MERGE.findall(b"".join(self._tail))
        return tuple((int(r0) - 1, _column(c0), int(r1) - 1, _column(c1)) for c0, r0, c1, r1 in found)

    def _count(self, block: bytes, window: bytes) -> None:
        self.rows += block.count(b"<row ")
        if any(_holds_value(window, hit.end()) for hit in self._wide.finditer(window)):
            raise too_many_columns(self.file_name, self.sheet, self.limits)
        row = _last_row(window)
        if row > self.limits.rows or self.rows > self.limits.rows:
            raise too_many_rows(self.file_name, self.sheet, self.limits)
        if row - max(self.last_row, self.rows) > self.limits.row_gap:
            raise Unreadable(
                "sparse",
                f"文件“{self.file_name}”的工作表“{self.sheet}”在第 {row} 行有零散内容，与上面的数据"
                "隔得太远。请删去表格下方多余的行，保存后再上传。",
            )
        self.last_row = max(row, self.last_row)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _beyond(columns: int) -> re.Pattern[bytes]:
    """A pattern of cell references right of the allowed columns (two or three letters)."""
    high, low = divmod(columns - 1, 26)
    first, second = chr(64 + high), chr(65 + low)
    pairs = f"{first}[{chr(ord(second) + 1)}-Z]|" if second < "Z" else ""
    higher = f"[{chr(ord(first) + 1)}-Z][A-Z]|" if first < "Z" else ""
    return re.compile(f' r="(?:{pairs}{higher}[A-Z]{{3}})\\d'.encode())


def _holds_value(window: bytes, at: int) -> bool:
    """A formatted but empty cell far to the right is no column."""
    end = window.find(b">", at)
    return end > 0 and window[end - 1 : end] != b"/" and not window.startswith((b"</c>", b"</x:c>"), end + 1)


def _last_row(window: bytes) -> int:
    value = max(window.rfind(b"<v>"), window.rfind(b"<is>"), window.rfind(b"<t>"))
    start = window.rfind(b"<row ", 0, value) if value > 0 else -1
    hit = _ROW.match(window, start) if start >= 0 else None
    return int(hit[1]) if hit else 0


def _bomb(file_name: str) -> Unreadable:
    return Unreadable(
        "zip_bomb",
        f"文件“{file_name}”解压后大得不正常，像压缩炸弹，为安全起见不予读取。"
        "请在 Excel 里打开核对，删去多余的空行和图片，另存后再上传。",
    )
