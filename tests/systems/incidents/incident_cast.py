"""Reports, findings and cases of these tests; invented."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import shapely
from django.conf import settings
from django.utils import timezone
from PIL import Image

from tests import cast
from tests.engines.cases.case_cast import a_unit, step
from wangge.engines.cases.models import Case
from wangge.foundation.territory.models import GridShape
from wangge.systems.fieldwork.actions.findings import report_now
from wangge.systems.fieldwork.actions.patrol import Seen
from wangge.systems.fieldwork.models import Finding
from wangge.systems.incidents.actions.reports import Told, take_report
from wangge.systems.incidents.models import Report

PHONE = "10000001234"
INSIDE, RIVER = (113.085, 22.605), (113.2, 22.9)


def lay_shapes() -> None:
    """The first grid as a square of about a kilometre; around it is the river."""
    polygon = json.dumps(shapely.geometry.mapping(shapely.box(113.08, 22.6, 113.09, 22.61)))
    GridShape(grid_id=cast.GRID, polygon=polygon, area_m2=1e6, valid_from=date(2020, 1, 1)).save()


def told(**more: Any) -> Told:
    """A lamp that is out, told without a contact."""
    given: dict[str, Any] = {
        "op": uuid4(), "system": "event", "kind": "", "words": "巷口路灯不亮。已经三天了", "area": cast.GRID,
        "place": INSIDE,
    }  # fmt: skip
    return Told(**(given | more))


def reported(**more: Any) -> Report:
    """Taken."""
    return take_report(told(**more))


def found(worker: Any, **more: Any) -> Finding:
    """随手报 of a worker: rubbish at the roadside, with a photo."""
    given: dict[str, Any] = {"kind": "event", "topic": "暴露垃圾", "words": "路边一堆"} | more
    seen = Seen(op=given.pop("op", None) or uuid4(), at=timezone.now(), lon=INSIDE[0], lat=INSIDE[1],
                photos=given.pop("photos", ("ab" * 32,)))  # fmt: skip
    return report_now(actor=worker, seen=seen, **given)


def closed(case: Case) -> Case:
    """An event, filed, sent, answered, verified and closed."""
    unit = a_unit(f"单位{uuid4().hex[:6]}")
    step(case, "file", level="third")
    step(case, "dispatch", unit=unit)
    step(case, "take")
    step(case, "answer", words="灯已换好", photos=(("a" * 64, "after"),))
    step(case, "verify", photos=(("b" * 64, "after"),))
    step(case, "close")
    return case


def a_picture(colour: str = "red", size: int = 40) -> bytes:
    """A small JPEG."""
    stream = io.BytesIO()
    Image.new("RGB", (size, size), colour).save(stream, "JPEG")
    return stream.getvalue()


def messages() -> list[dict[str, str]]:
    """What went out, in order."""
    files = sorted((Path(settings.HOME) / "outbox").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
