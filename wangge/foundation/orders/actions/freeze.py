"""Nothing can be written any more; what there is, is counted and noted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal
from wangge.lib.sealing.envelope import opened

from ..enums import FieldKind, State
from ..erasers import stores
from ..models import Closing, EmergencyOrder, OrderField, OrderFile, OrderValue
from ..queries.remains import make_needles

CHECK = "order.check"  # what the verification's key is sealed for
# A date, a number or one of a few choices stands in a thousand other places and would prove nothing.
TELLING = (FieldKind.TEXT,)


def freeze(closing: Closing) -> None:
    """Stop writing, and note keyed digests of the values by which they will be looked for. Whoever is
    writing now is waited for; whoever comes later is refused."""
    order = EmergencyOrder._base_manager.select_for_update().get(pk=closing.order_id)
    order.state = State.FROZEN
    order.save(update_fields=["state"])
    closing.frozen_at = timezone.now()
    needles = make_needles(_clear_values(order))
    closing.check_sealed = seal(needles.key.hex(), CHECK)
    closing.check_digests = needles.packed()
    data = {"number": order.number, "noted": needles.values}
    journal.record("order.frozen", actor=closing.asked_by, area=order.area_code, subject=order, data=data)


def _clear_values(order: EmergencyOrder) -> Iterator[str]:
    safe = opened(order.key_sealed)
    telling = OrderField.objects.filter(order=order, kind__in=TELLING).values("key")
    rows = OrderValue._base_manager.filter(order=order, key__in=telling).values_list("key", "value_sealed")
    for key, sealed in rows.iterator(chunk_size=2_000):
        yield safe.unseal_many([sealed], key)[0]
    for store in stores():
        if store.values:
            yield from store.values(order.number)


def summarise(closing: Closing) -> None:
    """Write the summary: counts per field, per kind of rows, per kind of files. No value is in it."""
    order = EmergencyOrder._base_manager.prefetch_related("areas", "fields").get(pk=closing.order_id)
    closing.summary = json.dumps(_summary(order, closing), ensure_ascii=False, sort_keys=True, indent=1)


def _summary(order: EmergencyOrder, closing: Closing) -> dict[str, Any]:
    values = OrderValue._base_manager.filter(order=order).order_by()
    per_key = dict(values.values_list("key").annotate(n=Count("pk")))
    files = Counter(OrderFile._base_manager.filter(order=order).values_list("kind", flat=True))
    return _about(order) | {
        "closed_by": closing.asked_by,
        "frozen_at": closing.frozen_at.isoformat() if closing.frozen_at else "",
        "values": sum(per_key.values()),
        "subjects": values.values("subject_type", "subject_id").distinct().count(),
        "fields": [
            {
                "function": field.function, "key": field.key, "label": field.label, "kind": field.kind,
                "values": per_key.get(field.key, 0),
            } for field in order.fields.all()
        ],
        "rows": {store.name: store.count(order.number) for store in stores()},
        "row_labels": {store.name: str(store.label) for store in stores()},
        "files": dict(files),
        "noted_for_verification": len(_lines(closing)),
    }  # fmt: skip


def _about(order: EmergencyOrder) -> dict[str, Any]:
    names = ("number", "title", "kind", "basis", "issuer", "retention_days")
    return {name: getattr(order, name) for name in names} | {
        "district": settings.DISTRICT,
        "areas": [area.area_code for area in order.areas.all()],
        "starts": order.starts.isoformat(),
        "ends": order.ends.isoformat(),
        "extensions": len(order.extensions),
    }


def _lines(closing: Closing) -> set[int]:
    from ..queries.remains import read_needles

    needles = read_needles(b"\0" * 32, bytes(closing.check_digests))
    return {value for value, *_rest in needles.lines}
