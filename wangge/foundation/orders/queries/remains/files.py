"""Every file below HOME, into packed ones and into those that the house key opens."""

from __future__ import annotations

import base64
import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from wangge.lib.sealing import SealingError, unseal

from .cells import SEALED
from .needles import Needles
from .search import Report
from .storage import sqlite_files

PIECE = 8 * 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, gzip.BadGzipFile)


def search_files(needles: Needles, report: Report, leave_out: set[Path]) -> None:
    """Look through the files: exports, uploads, logs, whatever lies there. The database's own are looked
    through as storage."""
    home = Path(settings.HOME)
    own = {path.resolve() for path in sqlite_files()} | leave_out
    for path in sorted(home.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.resolve() not in own:
            report.looked["files"] += 1
            _search(needles, report, path, str(path.relative_to(home)))


def _search(needles: Needles, report: Report, path: Path, name: str) -> None:
    try:
        for part in _parts(path, report):
            report.note(name, _count(needles, report, part))
    except BROKEN:
        report.limits.add("packed_unreadable")
    except FileNotFoundError:  # gone since the folder was listed
        return
    except OSError:
        report.limits.add("file_unreadable")


def _count(needles: Needles, report: Report, content: IO[bytes]) -> int:
    found, before = 0, b""
    while piece := content.read(PIECE):
        report.looked["file_bytes"] += len(piece)
        # What stood in the overlap alone was counted with the piece before.
        found += needles.count(before + piece) - (needles.count(before) if before else 0)
        before = (before + piece)[-needles.longest :]
    return found


def _parts(path: Path, report: Report) -> Iterator[IO[bytes]]:
    """The file as it is, and what is packed or sealed in it (an xlsx is a zip, an upload is sealed)."""
    with path.open("rb") as content:
        head = content.read(200)
        content.seek(0)
        yield content
        content.seek(0)
        if SEALED.match(head.decode("ascii", "replace")):
            yield from _unsealed(content, report)
        else:
            yield from _unpacked(content)


def _unpacked(content: IO[bytes]) -> Iterator[IO[bytes]]:
    head = content.read(4)
    content.seek(0)
    if head == b"PK\x03\x04":
        with zipfile.ZipFile(content) as packed:
            for member in packed.infolist():
                with packed.open(member) as inside:
                    yield inside
    elif head[:2] == b"\x1f\x8b":
        with gzip.open(content) as inside:
            yield inside  # type: ignore[misc]


def _unsealed(content: IO[bytes], report: Report) -> Iterator[IO[bytes]]:
    """A kept upload: lines of base64, each sealed by the house key. In clear in memory, or for a large one in
    a file without a name."""
    with tempfile.SpooledTemporaryFile(max_size=PIECE) as clear:
        try:
            for line in content:
                clear.write(base64.b64decode(unseal(line.decode("ascii").strip())))
        except (SealingError, ValueError):  # sealed with another key
            report.looked["sealed_files_unopened"] += 1
            return
        report.looked["sealed_files_opened"] += 1
        clear.seek(0)
        yield clear
        clear.seek(0)
        yield from _unpacked(clear)
