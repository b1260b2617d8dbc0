"""xlsx, xlsm and xls through calamine; a long sheet in pieces, so that memory does not grow with it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from wangge.registry.ledgers.guards import Limits, corrupt, encrypted, too_many_columns

from .grid import Grid
from .package import Package, Part, inflate
from .tables import Row

Parsed = calamine.CalamineSheet
_WHOLE = 16 * 1024 * 1024  # a sheet whose XML is smaller is read in one go
_PIECE = 6 * 1024 * 1024  # bytes of XML in one piece (about 7,000 rows), more where shared strings are large
_HEAD = 512 * 1024
_SUPPORT = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)


def open_grids(path: Path, file_name: str, limits: Limits, package: Package | None) -> list[Grid]:
    """Open a workbook. package: what `inspect` found, None for xls. Raises Unreadable."""
    book = _open(path, file_name)
    grids = []
    for place, sheet in enumerate(book.sheets_metadata[: limits.sheets]):
        hidden = sheet.visible != calamine.SheetVisibleEnum.Visible
        if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        part = package.parts.get(sheet.name) if package else None
        if package and part and part.rows and part.size > _whole_up_to(package):
            grids.append(_pieced(path, sheet.name, hidden, part, package))
        else:
            grids.append(_whole(book, place, hidden, file_name, limits))
    return grids


def _whole_up_to(package: Package) -> int:
    """Each piece parses the shared strings anew, so a sheet that leans on them is read whole for longer."""
    return max(_WHOLE, min(package.strings * 8, 10 * _WHOLE))


def _open(path: Path, file_name: str) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError as error:
        raise encrypted(file_name) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise encrypted(file_name) if "assword" in str(error) else corrupt(file_name) from error
    except BaseException as error:  # a panic inside the parser is not an Exception
        raise _unless_ours(error, file_name) from None


def _unless_ours(error: BaseException, file_name: str) -> BaseException:
    return corrupt(file_name) if type(error).__name__ == "PanicException" else error


def _whole(book: calamine.CalamineWorkbook, place: int, hidden: bool, file_name: str, limits: Limits) -> Grid:
    name = book.sheet_names[place]
    try:
        sheet = book.get_sheet_by_index(place)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise corrupt(file_name, f"的工作表“{name}”") from error
    except BaseException as error:
        raise _unless_ours(error, file_name) from None
    if sheet.width > limits.columns:
        raise too_many_columns(file_name, name, limits)
    left = sheet.start[1] if sheet.start else 0
    merges = [(r0, c0 - left, r1, c1 - left) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or []]
    return Grid(name, hidden, sheet.total_height, sheet.iter_rows, merges, left)


def _pieced(path: Path, name: str, hidden: bool, part: Part, package: Package) -> Grid:
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(part.path)
        support = {item: archive.read(item) for item in _SUPPORT if item in archive.namelist()}
    place = package.order.index(part.path)
    # Every piece parses the shared strings again, so large ones mean fewer pieces.
    size = max(_PIECE, min(package.strings * 4, 4 * _PIECE))

    def rows() -> Iterator[Row]:
        return _rows_of_pieces(inflate(path, info), support, part.path, place, size)

    return Grid(name, hidden, part.last_row, rows, list(part.merges))


def _rows_of_pieces(
    blocks: Iterator[bytes], support: dict[str, bytes], part: str, place: int, size: int
) -> Iterator[Row]:
    done, width = 0, 0
    for sheet in _ahead(lambda piece: _parsed(piece, support, part, place), _pieces(blocks, size)):
        if sheet.start is None:
            continue
        top, left = sheet.start
        yield from ([""] * width for _ in range(top - done))
        width = max(width, left + sheet.width)
        for row in sheet.to_python():
            yield [""] * left + row if left else row
        done = top + sheet.height


def _ahead(parse: Callable[[bytes], Parsed], pieces: Iterator[bytes]) -> Iterator[Parsed]:
    """Unpack and parse each piece while the rows of the one before are taken: zlib and calamine let other
    threads work. The first, small one comes by itself, because finding the header needs no more."""

    def turn() -> Parsed | None:
        piece = next(pieces, None)
        return None if piece is None else parse(piece)

    yield from (parse(piece) for piece in islice(pieces, 1))
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(turn)
        while (sheet := coming.result()) is not None:
            coming = pool.submit(turn)
            yield sheet


def _pieces(blocks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Cut a sheet's XML at row ends; each piece gets the sheet's own beginning."""
    kept: list[bytes] = []
    opening, held = b"", 0
    for block in blocks:
        kept.append(block)
        held += len(block)
        # The first piece is small: finding the header needs no more of it.
        if held < (size if opening else _HEAD):
            continue
        text = b"".join(kept)
        if not opening and (at := text.find(b"<sheetData>")) >= 0:
            opening, text = text[: at + 11], text[at + 11 :]
        cut = text.rfind(b"</row>") + 6
        if not opening or cut < 6 or b"</sheetData>" in text:
            kept, held = [text], 0
            continue
        yield opening + text[:cut] + b"</sheetData></worksheet>"
        kept, held = [text[cut:]], len(text) - cut
    last = b"".join(kept)
    yield (opening + last) if opening else last


def _parsed(piece: bytes, support: dict[str, bytes], part: str, place: int) -> calamine.CalamineSheet:
    """Give calamine a workbook of its own that holds just this piece."""
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, content in support.items():
            archive.writestr(name, content)
        archive.writestr(part, piece)
    package.seek(0)
    book = calamine.CalamineWorkbook.from_filelike(package)
    return book.get_sheet_by_index(place)
