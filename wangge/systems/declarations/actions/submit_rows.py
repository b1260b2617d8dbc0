"""From a checked submission to its rows: one a person, all values sealed in one call."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.lib.sealing import blind_many, seal_many
from wangge.lib.serials import new_receipt_number

from ..models import Declaration
from ..queries.codes import Known
from ..reading import Refused, Report
from .submit_orders import without_order_values

RAW_MOST = 64 * 1024  # letters
Row = dict[str, Any]  # column -> value, every column but the key


@lru_cache(maxsize=1)
def columns() -> tuple[str, ...]:
    """The columns of a declaration but its key."""
    return tuple(field.attname for field in Declaration._meta.concrete_fields if not field.primary_key)


@lru_cache(maxsize=1)
def _blank() -> Row:
    """What the model says of columns nobody has filled yet."""
    empty = Declaration(report=UUID(int=0))
    return {name: getattr(empty, name) for name in columns()}


def rows_of(
    report: Report, payload: Any, code: Known | None, area: str, channel: str, now: datetime
) -> list[Row]:
    """The rows, not yet written.

    Raises:
        Refused: what was sent is too large to keep whole.
    """
    shared = _blank() | _shared(report, code, area, channel, now)
    raw = json.dumps(without_order_values(payload), ensure_ascii=False, separators=(",", ":"))
    if len(raw) > RAW_MOST:
        raise Refused({"": _("内容太多，请删去不需要的内容后重新提交。")})
    values = [value for one in report.people for value in (one.id_no, one.phone)]
    raw_sealed, reporter, *sealed = seal_many([raw, report.reporter_phone, *values])
    blinds = blind_many(values)
    rows = [
        shared
        | {
            "line": line, "name": one.name, "id_type": one.id_type, "birth": one.birth, "sex": one.sex,
            "id_sealed": sealed[2 * line], "id_index": blinds[2 * line],
            "phone_sealed": sealed[2 * line + 1], "phone_index": blinds[2 * line + 1],
        }
        for line, one in enumerate(report.people)
    ]  # fmt: skip
    rows[0] |= {"raw_sealed": raw_sealed, "reporter_phone_sealed": reporter}
    return rows


def _shared(report: Report, code: Known | None, area: str, channel: str, now: datetime) -> Row:
    """What all persons of a report have in common."""
    trip = report.journey
    return {
        "report": report.report,
        "receipt": new_receipt_number(),
        "code_id": code.pk if code else None,
        "area_code": area,
        "kind": report.kind,
        "channel": channel,
        "reported_by": report.reported_by,
        "reporter_name": report.reporter_name,
        "from_region": trip.from_region,
        "from_text": trip.from_text,
        "via": list(trip.via),
        "depart_at": trip.depart_at,
        "arrive_at": trip.arrive_at,
        "transport": trip.transport,
        "trip_no": trip.trip_no,
        "stay_address": trip.stay_address,
        "stay_until": trip.stay_until,
        "host_name": trip.host_name,
        "purpose": trip.purpose,
        "notice_version": report.notice,
        "consented_at": now,
        "state_at": now,
        "received_at": now,
        "demo": settings.DEMO,
    }
