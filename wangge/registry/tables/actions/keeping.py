"""Blanks and filled workbooks on disk: sealed, in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wangge.registry.ledgers.pipeline import store

from ..models import Fill, TableRequest

FOLDER = "tables"


def keep(content: BinaryIO) -> str:
    """Seal a workbook; returns the name it is kept under."""
    return store.keep(content, FOLDER)


@contextmanager
def opened(name: str, file_name: str = "") -> Iterator[Path]:
    """A kept workbook in clear, for the length of a block."""
    with store.opened(name, Path(file_name).suffix.lower(), FOLDER) as path:
        yield path


def erase(name: str) -> None:
    """Forget a kept workbook."""
    store.erase(name, FOLDER)


def sweep_files() -> int:
    """Erase workbooks that neither a request nor a filling names; returns how many."""
    claimed = set(TableRequest._base_manager.exclude(stored="").values_list("stored", flat=True))
    claimed |= set(Fill._base_manager.exclude(stored="").values_list("stored", flat=True))
    return store.sweep_unclaimed(claimed, FOLDER)
