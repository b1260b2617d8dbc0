"""The zip around a bundle: nothing compressed, every file once, the same bytes for the same content.

So there is nothing to blow up, no second reading of it by another program, and every bit of the file counts.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

from . import layout
from .words import Problem

_END = struct.Struct("<4s4H2LH")  # end of the central directory, APPNOTE 4.3.16
_ENTRY = 46  # bytes of an entry in it, without its name
_MOMENT = (1980, 1, 1, 0, 0, 0)


class Unusable(Exception):
    """Bytes that are no bundle at all; ``problems`` says why."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(", ".join(problem.code for problem in problems))


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip; in which order they are given does not matter."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(files, key=layout.rank):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16  # the same on every machine
            archive.writestr(entry, files[name])
    return held.getvalue()


def unpack(raw: bytes) -> tuple[dict[str, bytes], list[Problem]]:
    """The files of a bundle, a damaged one as no bytes, and those that do not belong to it.

    Raises:
        Unusable: no zip, cut off, too large, compressed, with foreign paths or a name twice.
    """
    _check_end(raw)
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(raw))
            return _contents(archive, entries)
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Unusable(Problem("not_a_zip")) from error


def _check_end(raw: bytes) -> None:
    """Before any list of files is read: how long is it?"""
    if len(raw) > layout.LARGEST:
        raise Unusable(Problem("too_large", {"mib": layout.LARGEST // layout.MIB}))
    if not raw.startswith(b"PK\x03\x04"):
        raise Unusable(Problem("not_a_zip"))
    if raw[-_END.size :][:4] != b"PK\x05\x06":
        raise Unusable(Problem("cut_off"))
    _, _, _, _, count, size, offset, _ = _END.unpack(raw[-_END.size :])
    if count > layout.MOST_FILES or size > count * (_ENTRY + layout.LONGEST_NAME):
        raise Unusable(Problem("too_many", {"most": layout.MOST_FILES}))
    if offset + size + _END.size != len(raw) or raw[-_END.size - 20 :][:4] == b"PK\x06\x07":
        raise Unusable(Problem("cut_off"))


def _check_entries(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Before any content is read: plain files inside the bundle, each once, no more than lies here."""
    seen = set[str]()
    for entry in entries:
        name = entry.filename
        if fault := _fault(entry, seen):
            raise Unusable(Problem(fault, {"file": shown(name)}))
        seen.add(name)
    if sum(entry.file_size for entry in entries) > size:
        raise Unusable(Problem("bomb"))


def _fault(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    name = entry.filename
    if ".." in name or name[:1] == "/" or not {"\\", ":"}.isdisjoint(name):
        return "path"
    if name in seen:
        return "doubled"
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
        return "compressed"
    return "file_too_large" if entry.file_size > layout.largest(name) else ""


def _contents(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[dict[str, bytes], list[Problem]]:
    files, problems = dict[str, bytes](), list[Problem]()
    for entry in entries:
        if not layout.belongs(entry.filename):
            problems.append(Problem("foreign", {"file": shown(entry.filename)}))
            continue
        try:
            files[entry.filename] = archive.read(entry)
        except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, NotImplementedError):
            files[entry.filename] = b""
    return files, problems


def shown(name: str) -> str:
    """A file's name that a stranger chose, harmless on a screen."""
    return ascii(name[:60])[1:-1]
