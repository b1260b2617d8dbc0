"""csv and txt: which encoding, which delimiter, then rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from wangge.registry.ledgers.guards import Limits, Unreadable, too_many_columns, too_many_rows

from .grid import Grid
from .tables import Row

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;|，"
_FORMULA = re.compile(r'^="(.*)"$')  # how programs keep Excel from turning ids into numbers
ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "gb18030": "GB18030（GBK）",
}


def open_text(path: Path, file_name: str, limits: Limits) -> tuple[Grid, str]:
    """Open a text table; returns it with its encoding. Raises Unreadable (wrong_encoding, too_many_*)."""
    encoding = encoding_of(path, file_name)
    delimiter, skip = _delimiter(path, encoding)

    def rows() -> Iterator[Row]:
        return _rows(path, file_name, encoding, delimiter, skip, limits)

    grid = Grid("", False, _line_count(path), rows)
    if max((len(row) for row in grid.head), default=0) > limits.columns:
        raise too_many_columns(file_name, "CSV", limits)
    return grid, encoding


def encoding_of(path: Path, file_name: str) -> str:
    """Return the encoding of a text file: marked, else UTF-8 or GB18030, whichever all of it is."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if head.count(0) > 8:
        return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    raise Unreadable(
        "wrong_encoding",
        f"文件“{file_name}”的文字编码不是 UTF-8，也不是 GB18030（GBK），读出来会是乱码。"
        "请用 Excel 打开，另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。",
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(path: Path, encoding: str) -> tuple[str, int]:
    """Return the delimiter that splits the first lines most evenly, and how many lines to skip (`sep=;`)."""
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = list(islice(stream, 40))
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0].strip()[4], 1
    best = max(_DELIMITERS, key=lambda mark: sum(min(line.count(mark), 60) for line in lines if line.strip()))
    # A full-width comma inside addresses must not win over a real delimiter.
    counts = {mark: sum(mark in line for line in lines) for mark in _DELIMITERS}
    if best == "，" and max(counts[","], counts["\t"]) >= counts["，"] / 2:
        best = "," if counts[","] >= counts["\t"] else "\t"
    return best, 0


def _rows(
    path: Path, file_name: str, encoding: str, delimiter: str, skip: int, limits: Limits
) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        head = list(islice(_guarded(reader, file_name), 80))
        width = max((len(row) for row in head), default=0)
        number = 0
        for number, row in enumerate(chain(head, _guarded(reader, file_name)), start=1):
            if number <= skip:
                row = []
            have = len(row)
            if have != width:
                row = row[:width] if have > width else row + [""] * (width - have)
            yield [_FORMULA.sub(r"\1", cell) for cell in row] if "=" in "".join(row) else row
            if number > limits.rows:
                raise too_many_rows(file_name, "CSV", limits)


def _guarded(reader: Iterator[Row], file_name: str) -> Iterator[Row]:
    try:
        yield from reader
    except csv.Error as error:
        line = getattr(reader, "line_num", 0)
        raise Unreadable(
            "corrupt",
            f"文件“{file_name}”第 {line} 行附近的引号没有配对，后面的内容无法分列。"
            "请在 Excel 里改正这一行，或另存为 .xlsx 后再上传。",
        ) from error


def _line_count(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b"")) + 1
