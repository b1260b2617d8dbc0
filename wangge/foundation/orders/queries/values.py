"""What is kept under an order, about whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from wangge.lib.sealing.envelope import opened

from ..enums import FieldKind, State
from ..erasers import stores
from ..models import EmergencyOrder, OrderField, OrderValue


@dataclass(frozen=True)
class Said:
    """One answer as a page shows it."""

    order_number: str
    key: str
    label: str
    kind: str
    value: str

    @property
    def shown(self) -> str:
        """The value in words."""
        if self.kind == FieldKind.YES_NO:
            return _("是") if self.value == "yes" else _("否")
        return self.value


@dataclass(frozen=True)
class Counted:
    """One figure of an order; ``address`` opens its rows, "" where there are none to open."""

    name: str
    label: str
    number: int
    address: str = ""


def values_of(subject: models.Model) -> list[Said]:
    """What orders keep about this row, inside the reach; [] once they are closed."""
    kind, which = subject._meta.label_lower, str(subject.pk)
    rows = OrderValue.objects.filter(subject_type=kind, subject_id=which, order__state=State.ACTIVE)
    return said(rows.select_related("order"))


def said(rows: Iterable[OrderValue]) -> list[Said]:
    """Values in clear, in the order given; the caller logs the reading."""
    rows = list(rows)
    orders = {row.order_id: row.order for row in rows}
    clear = {pk: _clear(order, [row for row in rows if row.order_id == pk]) for pk, order in orders.items()}
    fields = _fields(orders)
    found = []
    for row in rows:
        field = fields.get((row.order_id, row.key))
        label, kind = (field.label, field.kind) if field else (row.key, FieldKind.TEXT.value)
        found.append(Said(row.order.number, row.key, label, kind, clear[row.order_id][row.pk]))
    return found


def _clear(order: EmergencyOrder, rows: list[OrderValue]) -> dict[int, str]:
    safe = opened(order.key_sealed)
    return {row.pk: safe.unseal_many([row.value_sealed], row.key)[0] for row in rows}


def _fields(orders: Iterable[int]) -> dict[tuple[int, str], OrderField]:
    rows = OrderField.objects.filter(order__in=list(orders))
    return {(row.order_id, row.key): row for row in rows}


def rows_of(order: EmergencyOrder, key: str = "") -> QuerySet[OrderValue]:
    """The kept values of an order inside the reach, by subject."""
    rows = OrderValue.objects.filter(order=order).select_related("order")
    return (rows.filter(key=key) if key else rows).order_by("subject_type", "subject_id", "key")


def counts_of(order: EmergencyOrder) -> dict[str, int]:
    """Values, subjects and files of an order inside the reach."""
    rows = OrderValue.objects.filter(order=order)
    subjects = rows.order_by().values("subject_type", "subject_id").distinct().count()
    return {"values": rows.count(), "subjects": subjects, "files": order.files.count()}


def counts_by_key(order: EmergencyOrder) -> dict[str, int]:
    """Key -> how many values, inside the reach."""
    rows = OrderValue.objects.filter(order=order).order_by().values_list("key").annotate(n=Count("pk"))
    return dict(rows)


def counts_by_store(order: EmergencyOrder) -> list[Counted]:
    """Rows of other apps that exist only under the order. They count the whole order, whatever the reach."""
    found = []
    for store in stores():
        address = store.address(order.number) if store.address else ""
        found.append(Counted(store.name, str(store.label), store.count(order.number), address))
    return found
