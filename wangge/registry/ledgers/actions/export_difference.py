"""The difference of a period leaves the house: numbers only, written into the trail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.registry.ledgers.outgoing.tables import write_tables
from wangge.registry.ledgers.queries.changes import Difference, Table, tables_of


def export_difference(*, actor: Any, difference: Difference, path: Path, area_name: str) -> str:
    """Write the tables of a difference to ``path`` as xlsx and record that; returns the name to give it."""
    period = difference.period
    who = actor if isinstance(actor, str) else f"{actor.name}（{actor.get_username()}）"
    days = f"{period.first:%Y-%m-%d} 至 {period.last:%Y-%m-%d}"
    made = f"{who} {timezone.localtime():%Y-%m-%d %H:%M:%S} 导出"
    notes = [f"行动前后对比 {area_name} {days}", made]
    lines = write_tables(path, notes, [_plain(table) for table in tables_of(difference)])
    data = {"from": period.first, "to": period.last, "lines": lines}
    journal.record("difference.exported", actor=actor, area=period.area, data=data)
    return f"行动前后对比_{area_name}_{period.first:%Y%m%d}-{period.last:%Y%m%d}.xlsx"


def _plain(table: Table) -> tuple[str, list[str], list[tuple[str, list[int]]]]:
    lines = [(label, [cell.number for cell in cells]) for label, cells in table.lines]
    return table.title, [table.first, *table.heads], lines
