"""What is refused before and while a ledger file is read, and in which words."""

from __future__ import annotations

from dataclasses import dataclass


class Unreadable(Exception):
    """A file, or a sheet of it, that cannot be read as a ledger.

    code: stable English key (too_big, empty, wrong_type, encrypted, corrupt, zip_bomb, too_many_columns,
    too_many_rows, no_table, wrong_encoding); message: Chinese, says where and what to do next.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Limits:
    """Bounds of one upload; bytes unless said otherwise."""

    file_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 3 * 1024 * 1024 * 1024
    ratio: int = 200
    ratio_free_bytes: int = 20 * 1024 * 1024
    columns: int = 300
    rows: int = 1_048_576
    sheets: int = 100
    cells: int = 60_000_000


DEFAULT_LIMITS = Limits()
