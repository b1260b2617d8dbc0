"""One search through everything this installation holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .needles import Needles


@dataclass
class Report:
    """Where something was found, and what was looked through.

    ``found``: place -> how often; a place is a table and column, a file, or a part of the storage; never a
    value. ``looked``: tables, columns, cells, opened and unopened sealed cells, bytes of storage, files.
    ``limits``: codes of what could not be looked at.
    """

    found: Counter[str] = field(default_factory=Counter)
    looked: Counter[str] = field(default_factory=Counter)
    limits: set[str] = field(default_factory=set)

    def note(self, place: str, times: int) -> None:
        """Count what was found at a place."""
        if times:
            self.found[place] += times

    def as_dict(self) -> dict[str, Any]:
        """For ``--json`` and for the certificate."""
        return {
            "found": [{"where": where, "times": times} for where, times in sorted(self.found.items())],
            "looked": dict(sorted(self.looked.items())),
            "limits": sorted(self.limits),
        }


def search_everywhere(needles: Needles, *, leave_out: Iterable[Path] = ()) -> Report:
    """Look for the needles in every cell of every table, in what the house key opens, in the bytes of the
    database's storage and in every file below HOME.

    Args:
        leave_out: files not to look into, such as the list of values itself.
    """
    from .cells import search_cells
    from .files import search_files
    from .storage import search_storage

    report = Report()
    if needles.lines:
        search_cells(needles, report)
        search_storage(needles, report)
        search_files(needles, report, {path.resolve() for path in leave_out})
    return report
