"""Whole files at rest: one line, the base64 of the content sealed by the house key; named ``….sealed``.

The field is "": what must be found again when an emergency order ends is looked for in such files too.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from pathlib import Path
from uuid import uuid4

from . import is_current, reseal, seal, unseal

ENDING = ".sealed"
HEAD = 40  # characters that name key and cipher


def write_sealed(path: Path, content: bytes) -> None:
    """Write the sealed file whole or not at all, for the server's user alone, and force it to the disk: a
    killed writer leaves only a file nobody names."""
    _write(path, seal(b64encode(content).decode("ascii")))


def read_sealed(path: Path) -> bytes:
    """The content of a sealed file.

    Raises:
        SealingError: its key is not in the ring, or the file was altered.
    """
    return b64decode(unseal(path.read_text(encoding="ascii")))


def reseal_file(path: Path) -> bool:
    """Seal with the newest key what an older one sealed; whether there was anything to do.

    Raises:
        SealingError: as ``read_sealed``; the file stays as it is.
    """
    with path.open(encoding="ascii") as file:
        if is_current(file.read(HEAD)):
            return False
    _write(path, reseal(path.read_text(encoding="ascii")))
    return True


def _write(path: Path, sealed: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    own = path.with_name(f"{path.name}.{uuid4().hex}")
    with open(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    own.replace(path)
