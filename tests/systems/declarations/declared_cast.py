"""Declarations of invented people, written straight into the table."""

from __future__ import annotations

import uuid
from itertools import count
from typing import Any

from django.utils import timezone

from tests import cast
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import blind, seal
from wangge.systems.declarations.models import Declaration, ReportCode

NAME, ID_NO, PHONE = "欧阳某某", "999703199001011234", "10012345678"
_numbers = count(1)


def a_code(area: str = cast.COMMUNITY, **values: Any) -> ReportCode:
    """A report code that hangs in the area."""
    number = f"C{next(_numbers):06d}"
    with within(EVERYWHERE):
        return ReportCode.objects.create(
            number=number,
            scope="community",
            area_code=area,
            label=f"示范码{number}",
            valid_from="2026-01-01",
            **values,
        )


def a_declaration(area: str = cast.COMMUNITY, **values: Any) -> Declaration:
    """One person of one report."""
    now = timezone.now()
    given: dict[str, Any] = {
        "report": uuid.uuid4(), "receipt": f"R{next(_numbers):07d}", "area_code": area, "kind": "returning",
        "channel": "scan", "name": NAME, "id_type": "111", "id_sealed": seal(ID_NO), "id_index": blind(ID_NO),
        "phone_sealed": seal(PHONE), "phone_index": blind(PHONE), "stay_address": "甲街道示范路8号3栋501房",
        "notice_version": "1", "consented_at": now, "state_at": now, "received_at": now,
    }  # fmt: skip
    with within(EVERYWHERE):
        return Declaration.objects.create(**(given | values))
