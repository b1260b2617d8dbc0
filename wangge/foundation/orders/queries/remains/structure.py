"""Does a row still name an erased order?"""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from ...erasers import stores
from ...models import EmergencyOrder, OrderField, OrderFile, OrderValue


def rows_left(order: EmergencyOrder) -> dict[str, int]:
    """What still belongs to the order, by kind; empty when nothing does."""
    folder = Path(settings.HOME) / "orders" / order.folder.hex
    found = {
        "values": OrderValue._base_manager.filter(order=order).count(),
        "fields": OrderField._base_manager.filter(order=order).count(),
        "files": OrderFile._base_manager.filter(order=order).count(),
        "folder": sum(1 for _path in folder.rglob("*")) + 1 if folder.exists() else 0,
        "key": int(bool(order.key_sealed)),
    }
    found |= {f"store:{store.name}": store.count(order.number) for store in stores()}
    return {name: number for name, number in found.items() if number}
