"""The seam to emergency orders: which fields an order brings to groups here, and what members said.

The fields' values lie with the orders, not here, so that closing an order erases them (product decision 7).
Without an order in force the forms, pages and exports of a group know no such field.
``actions.keep_values`` is the other half of the seam.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wangge.foundation.orders import queries as orders
from wangge.foundation.orders.models import OrderValue
from wangge.foundation.orders.queries.values import said

from ..models import Group, Member

FUNCTION = "group"  # what ``orders.queries.fields_for`` calls it


@dataclass(frozen=True)
class Field:
    """A field an order in force brings: ``kind`` text, choice, date, number or yes_no."""

    key: str
    label: str
    kind: str
    choices: tuple[str, ...]
    order_number: str
    required: bool = True
    note: str = ""


def fields_for(group: Group) -> list[Field]:
    """The fields that orders in force bring to this group; none without an order."""
    return [
        Field(one.key, one.label, one.kind, tuple(one.choices), one.order_number, one.required, one.note)
        for one in orders.fields_for(FUNCTION, group.area_code)
    ]


def values_of_many(members: Iterable[Member]) -> Mapping[int, Mapping[str, str]]:
    """Member's pk → field → value, inside the reach; one question for all of them."""
    subjects = [str(member.pk) for member in members]
    rows = OrderValue.objects.filter(
        subject_type=Member._meta.label_lower, subject_id__in=subjects, order__state="active"
    )
    kept = list(rows.select_related("order"))
    found: dict[int, dict[str, str]] = {}
    for row, answer in zip(kept, said(kept), strict=True):
        found.setdefault(int(row.subject_id), {})[answer.key] = answer.value
    return found
