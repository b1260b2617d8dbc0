"""What programs read of codes and declarations: within reach, the newest first, masked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from wangge.lib.masking import mask_address, mask_id, mask_name, mask_phone
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.lib.sealing import unseal

from ..models import Declaration, ReportCode
from .codes import live


def codes_before(key: int, *, area: str = "", scope: str = "", valid: bool | None = None) -> QuerySet:
    """Report codes with a smaller key, the newest first; ``key`` 0 begins at the newest."""
    found = ReportCode.objects.all()
    if area:
        found = found.filter(prefix_filter("area_code", prefix_of(area)))
    if scope:
        found = found.filter(scope=scope)
    if valid is not None:
        found = found.filter(live()) if valid else found.exclude(live())
    return _before(found, key)


def declarations_before(
    key: int, *, area: str = "", state: str = "", kind: str = "", since: datetime | None = None
) -> QuerySet:
    """Declarations with a smaller key, the newest first; ``since``: received at or after."""
    found = Declaration.objects.select_related("code")
    if area:
        found = found.filter(prefix_filter("area_code", prefix_of(area)))
    wanted = {"state": state, "kind": kind, "received_at__gte": since}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    return _before(found, key)


def lines_of(receipt: str) -> list[Declaration]:
    """Every person of one report, in reach."""
    found = Declaration.objects.select_related("code").filter(receipt=receipt)
    return list(found.order_by("line"))


def _before(found: QuerySet, key: int) -> QuerySet:
    return (found.filter(pk__lt=key) if key else found).order_by("-pk")


def told_of_code(code: ReportCode) -> dict[str, Any]:
    """A report code as a program sees it: what hangs where, nothing that could be printed or copied."""
    return {
        "number": code.number,
        "scope": code.scope,
        "area": code.area_code,
        "label": code.label,
        "valid_from": code.valid_from,
        "valid_to": code.valid_to,
        "revoked_at": code.revoked_at,
        "made_at": code.made_at,
    }


def told_of_declaration(row: Declaration) -> dict[str, Any]:
    """A declaration as a program sees it: what identifies a person is masked, always."""
    return {
        "receipt": row.receipt,
        "line": row.line,
        "kind": row.kind,
        "channel": row.channel,
        "reported_by": row.reported_by,
        "code": row.code.number if row.code is not None else "",
        "area": row.area_code,
        "name": mask_name(row.name),
        "id_no": mask_id(unseal(row.id_sealed)) if row.id_sealed else "",
        "phone": mask_phone(unseal(row.phone_sealed)) if row.phone_sealed else "",
        "from_region": row.from_region,
        "stay_address": mask_address(row.stay_address),
        "arrive_at": row.arrive_at,
        "stay_until": row.stay_until,
        "state": row.state,
        "state_at": row.state_at,
        "verify_by": row.verify_by,
        "on_time": row.on_time,
        "matched": row.matched,
        "received_at": row.received_at,
    }
