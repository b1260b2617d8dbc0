"""How far the cells of a workbook lie apart. Readers make room for every cell from the first to the last: a
small file with one cell in the last corner would fill the memory."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

FAULTS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)  # of what cannot be unpacked
CELLS = 20_000_000  # a list of 300,000 rows has fewer
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*?)(/?)>")
_REF = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")


def is_scattered(workbook: bytes) -> bool:
    """Whether a sheet of an xlsx would take more than ``CELLS`` cells. Its size unpacked is looked at before.
    Raises one of ``FAULTS`` where it cannot be unpacked.
    """
    with ZipFile(BytesIO(workbook)) as packed:  # a sheet may go by any name
        return any(cells_in(packed.read(name)) > CELLS for name in packed.namelist())


def unpacked_size(workbook: bytes) -> int:
    """Bytes of all its parts, as it says itself. Raises one of ``FAULTS``."""
    with ZipFile(BytesIO(workbook)) as packed:
        return sum(part.file_size for part in packed.infolist())


def cells_in(sheet: bytes) -> int:
    """Last row times last column of a sheet's XML; cells that are only coloured do not count."""
    row = last_row = last_column = 0
    for tag in _TAG.finditer(sheet):
        what, told, closed = tag.groups()
        found = _REF.search(told)
        if what == b"row":
            row = int(found[2]) if found else row + 1
        elif not closed:
            last_row = max(last_row, int(found[2]) if found else row)
            last_column = max(last_column, _number(found[1]) if found else 1)
    return last_row * last_column


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
