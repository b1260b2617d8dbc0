"""The doors of cases, units and procedures."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests import cast
from tests.walls.row import Row
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import Matter, open_case
from wangge.engines.cases.models import Case, Unit, UnitMember
from wangge.foundation.photos.models import Photo

WALL = kinds.System("wall", "Wall", "cases:show", {"wall": "Wall"}, {"": "incident"})
DIGEST = "d" * 64


def _case(area: str, **more: Any) -> Case:
    kinds.register(WALL)
    told = {"op": uuid4(), "system": "wall", "kind": "wall", "area": area, "title": "事", "source": "office"}
    return open_case(actor="test", matter=Matter(**(told | more)))


def case(area: str) -> dict[str, Any]:
    return {"number": _case(area).number}


def photo(area: str) -> dict[str, Any]:
    """A step names it; its file is the smallest that is whole."""
    from wangge.engines.cases.actions.photos import keep_photo

    digest = keep_photo(actor="test", content=_dot(), area_code=area)
    assert Photo._base_manager.filter(digest=digest).exists()
    return {"number": _case(area, photos=((digest, "before"),)).number, "digest": digest}


def _dot() -> bytes:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (1, 1)).save(stream, "PNG")
    return stream.getvalue()


def _unit(area: str) -> Unit:
    return Unit._base_manager.create(key=uuid4().hex[:12], name="队", kind="other", area_code=area)


def unit(area: str) -> dict[str, Any]:
    return {"pk": _unit(area).pk}


def member(area: str) -> dict[str, Any]:
    row = _unit(area)
    user = cast.worker(area)
    made = UnitMember.objects.create(unit=row, user=user, since=timezone.localdate())
    return {"pk": row.pk, "member": made.pk}


def system(_area: str) -> dict[str, Any]:
    kinds.register(WALL)
    return {"system": "wall"}


def procedure(_area: str) -> dict[str, Any]:
    return {"key": "incident"}


BOTH = ("settings.manage",)
CASES = [
    Row("cases:workbench", "case.view"),
    Row("cases:export", "case.view", answers=(200, 403)),  # and ledger.export
    Row("cases:map", "case.view"),
    Row("cases:map_points", "case.view", query="?box=113,22,114,23&zoom=11"),
    Row("cases:map_here", "case.view", query="?box=113,22,114,23"),
    Row("cases:alike", "case.open", system, "POST", everywhere=True),
    Row("cases:show", "case.view", case),
    Row("cases:take", "case.view", case, "POST"),
    Row("cases:split", "case.view", case, "POST"),
    Row("cases:bundle", "case.view", case, "POST"),
    Row("cases:reveal", "case.view", case, "POST"),
    Row("cases:photo", "case.view", photo),
    Row("cases:units", "unit.manage"),
    Row("cases:unit_new", "unit.manage"),
    Row("cases:unit_new", "unit.manage", None, "POST", form="name="),
    Row("cases:unit", "unit.manage", unit),
    Row("cases:unit_edit", "unit.manage", unit),
    Row("cases:unit_edit", "unit.manage", unit, "POST", form="name="),
    Row("cases:unit_join", "unit.manage", unit, "POST"),
    Row("cases:unit_leave", "unit.manage", member, "POST"),
    Row("cases:roster", "unit.manage", unit),
    Row("cases:roster", "unit.manage", unit, "POST"),
    Row("cases:procedures", "case.view", rights_too=BOTH),
    Row("cases:procedure", "case.view", procedure, everywhere=True, rights_too=BOTH),
    Row("cases:procedure_load", "settings.manage", None, "POST"),
    Row("cases:procedure_drop", "settings.manage", procedure, "POST", everywhere=True),
]
