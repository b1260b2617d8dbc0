"""Uploaded files while their import is open: sealed on disk, in clear only while they are read."""

from __future__ import annotations

import base64
import os
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from wangge.lib.sealing import seal, unseal

try:
    import fcntl
except ImportError:  # pragma: no cover - not on Windows; there only the age of a file tells
    fcntl = None  # type: ignore[assignment]

UPLOADS = "uploads"
PIECE = 4 * 1024 * 1024
IN_CLEAR = "clear-"  # begins the name of a kept file while it is read
YOUNG = 60  # seconds in which nothing is swept: its maker may not have taken it yet
LEFT = 3600  # seconds after which a file that nobody holds was left behind
PASSING = ("tmp", "exports", "uploads/arriving")  # folders in which nothing stays


def _folder(name: str) -> Path:
    folder = Path(settings.HOME)
    for part in Path(name).parts:  # mkdir(parents=True) would leave the upper ones open to others
        folder = folder / part
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def keep(content: BinaryIO, folder: str = UPLOADS) -> str:
    """Seal a file into a folder; returns the name it is kept under."""
    name = uuid.uuid4().hex
    content.seek(0)
    with (_folder(folder) / name).open("w", encoding="ascii") as out:
        while piece := content.read(PIECE):
            out.write(seal(base64.b64encode(piece).decode("ascii")) + "\n")
    return name


def opened(name: str, suffix: str = "", folder: str = UPLOADS) -> AbstractContextManager[Path]:
    """The kept file in clear, see ``in_clear``."""
    return in_clear(_pieces_of(name, folder), suffix)


def _pieces_of(name: str, folder: str) -> Iterator[bytes]:
    with (_folder(folder) / name).open(encoding="ascii") as lines:
        for line in lines:
            yield base64.b64decode(unseal(line.strip()))


def passing(content: BinaryIO, suffix: str = "") -> AbstractContextManager[Path]:
    """A file that is not kept yet, see ``in_clear``. Sweeps first, so that what a killed import left in clear
    is gone at the next one, also where no worker runs."""
    sweep()
    content.seek(0)
    return in_clear(iter(lambda: content.read(PIECE), b""), suffix)


@contextmanager
def in_clear(pieces: Iterable[bytes], suffix: str) -> Iterator[Path]:
    """A file in clear for the length of a block, readable by this user alone.

    It is held by a lock meanwhile: a process that is killed lets go of it, and the next sweep erases it.
    """
    handle, path = tempfile.mkstemp(prefix=IN_CLEAR, suffix=_short(suffix), dir=_folder("tmp"))
    try:
        with os.fdopen(handle, "wb") as out:
            _hold(out.fileno())
            out.writelines(pieces)
            out.flush()
            yield Path(path)
    finally:
        Path(path).unlink(missing_ok=True)


def _short(suffix: str) -> str:
    """An extension as users write it; anything else would only be a way into the name of a file."""
    return suffix if suffix.isascii() and suffix[1:].isalnum() and len(suffix) <= 6 else ""


def _hold(handle: int) -> bool:
    """Lock an open file; False when another process holds it."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def sweep() -> int:
    """Erase what killed processes left in clear: unpacked ledgers nobody holds any more, exports and
    uploads that were never fetched; returns how many files."""
    now, swept = time.time(), 0
    for folder in PASSING:
        for path in _folder(folder).iterdir():
            swept += path.is_file() and _left_behind(path, now) and _gone(path)
    return swept


def _left_behind(path: Path, now: float) -> bool:
    try:
        age = now - path.stat().st_mtime
        if age < YOUNG or (age < LEFT and not (fcntl and path.name.startswith(IN_CLEAR))):
            return False
        with path.open("rb") as held:
            return _hold(held.fileno())
    except OSError:  # somebody else erased it
        return False


def _gone(path: Path) -> bool:
    path.unlink(missing_ok=True)
    return True


def sweep_unclaimed(claimed: set[str], folder: str = UPLOADS) -> int:
    """Erase sealed files that nothing names (its process was killed while it took the file in)."""
    before, swept = time.time() - 24 * 3600, 0
    for path in _folder(folder).iterdir():
        if path.is_file() and path.name not in claimed and path.stat().st_mtime < before:
            swept += _gone(path)
    return swept


def temporary(suffix: str) -> Path:
    """A path for a file that lives until it is downloaded."""
    handle, path = tempfile.mkstemp(suffix=suffix, dir=_folder("tmp"))
    os.close(handle)
    return Path(path)


def erase(name: str, folder: str = UPLOADS) -> None:
    """Forget a kept file."""
    if name:
        (_folder(folder) / name).unlink(missing_ok=True)
