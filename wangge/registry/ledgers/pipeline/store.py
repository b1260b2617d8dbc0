"""Uploaded files while their import is open: sealed on disk, in clear only while they are read."""

from __future__ import annotations

import base64
import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from wangge.lib.sealing import seal, unseal

PIECE = 4 * 1024 * 1024


def _folder(name: str) -> Path:
    folder = Path(settings.HOME) / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(content: BinaryIO) -> str:
    """Seal a file into uploads/; returns the name it is kept under."""
    name = uuid.uuid4().hex
    content.seek(0)
    with (_folder("uploads") / name).open("w", encoding="ascii") as out:
        while piece := content.read(PIECE):
            out.write(seal(base64.b64encode(piece).decode("ascii")) + "\n")
    return name


@contextmanager
def opened(name: str, suffix: str = "") -> Iterator[Path]:
    """The kept file in clear, for the length of a block, readable by this user alone."""
    handle, path = tempfile.mkstemp(suffix=suffix, dir=_folder("tmp"))
    try:
        with os.fdopen(handle, "wb") as out, (_folder("uploads") / name).open(encoding="ascii") as lines:
            for line in lines:
                out.write(base64.b64decode(unseal(line.strip())))
        yield Path(path)
    finally:
        Path(path).unlink(missing_ok=True)


def temporary(suffix: str) -> Path:
    """A path for a file that lives until it is downloaded."""
    handle, path = tempfile.mkstemp(suffix=suffix, dir=_folder("tmp"))
    os.close(handle)
    return Path(path)


def erase(name: str) -> None:
    """Forget a kept file."""
    if name:
        (_folder("uploads") / name).unlink(missing_ok=True)
