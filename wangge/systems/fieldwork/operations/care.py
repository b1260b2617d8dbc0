"""Care as phones send it, and who of the worker's grids is looked after."""

from __future__ import annotations

from typing import Any

from wangge.engines.sync import handlers, sections
from wangge.engines.sync.handlers import Done, Incoming

from ..actions.care import serve_care
from ..models import CarePerson
from ..queries.beside import care_flags, people_cared
from ..queries.care import Cared, cared_for
from .reach import found


def register() -> None:
    """Called once when the process starts."""
    handlers.register("care.service", care_service)
    sections.register("care", care, gone_care, daily=True)
    sections.extend("people", care_flags, people_cared)


def care_service(incoming: Incoming) -> Done:
    """care.service: somebody was looked after, by whatever way."""
    row, data = found(CarePerson, incoming.data.get("care")), incoming.data
    safe = data.get("safe") if isinstance(data.get("safe"), bool) else None
    served = serve_care(
        actor=incoming.worker, op=incoming.op, care=row, way=str(data.get("way", "")), at=incoming.at,
        safe=safe, words=str(data.get("words") or ""),
    )  # fmt: skip
    (cared,) = cared_for([row])
    return Done(row.area_code, {"service": served.pk, "next": cared.next.isoformat() if cared.next else None})


def care(scope: sections.Scope) -> list[dict[str, Any]]:
    """Who is looked after in the areas. The class goes to the named contact only."""
    rows = CarePerson._base_manager.filter(area_code__in=scope.areas, ends_on=None).order_by("pk")
    if scope.changed is not None:
        rows = rows.filter(pk__in=scope.changed.of("fieldwork.careperson"))
    return [_told(one, scope.user) for one in cared_for(rows)]


def _told(one: Cared, user: Any) -> dict[str, Any]:
    mine = one.contact is not None and one.contact.pk == user.pk
    return {
        "id": str(one.row.pk), "area": one.row.area_code, "person": one.row.person_id,
        "class": one.row.care_class if mine else "", "level": one.row.level,
        "next": one.next.isoformat() if one.next else None, "contact_is_me": mine,
    }  # fmt: skip


def gone_care(scope: sections.Scope) -> list[str]:
    """Those who are looked after no more, or elsewhere."""
    if scope.changed is None:
        return []
    keys = scope.changed.of("fieldwork.careperson")
    here = CarePerson._base_manager.filter(pk__in=keys, area_code__in=scope.areas, ends_on=None)
    return sorted(str(key) for key in keys - set(here.values_list("pk", flat=True)))
