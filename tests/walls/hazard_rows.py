"""The doors of hazards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from tests.systems.hazards.hazard_cast import a_building, a_firm, a_hazard, a_room
from tests.walls.row import Row
from wangge.engines.forms.models import Form, FormVersion
from wangge.systems.hazards.actions.drives import Wanted, start_drive
from wangge.systems.hazards.actions.firms import issue_link
from wangge.systems.hazards.actions.notices import Told, issue_notice
from wangge.systems.hazards.models import Inspection

XFORM = """<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"
xmlns="http://www.w3.org/2002/xforms">
<h:head><model><instance><data id="hazard_wall"/></instance></model></h:head><h:body>
<select1 ref="/data/exit"><label>通道</label><hint>畅通</hint>
<item><label>正常</label><value>good</value></item>
<item><label>一般隐患</label><value>general</value></item></select1></h:body></h:html>"""
QUESTIONS = [{"path": "/data/exit", "name": "exit", "type": "select one", "label": "通道", "fact": ""}]


def listed(area: str) -> Form:
    """A checklist that is given out."""
    form, _new = Form.objects.get_or_create(
        key="hazard_wall", defaults={"title": "检查", "area_code": "440703000000", "made_by": "test"}
    )
    FormVersion.objects.get_or_create(
        form=form, number=1,
        defaults={"label": "1", "workbook": b"", "xform": XFORM, "digest": "0" * 32, "made_by": "test",
                  "questions": QUESTIONS, "state": "published"},
    )  # fmt: skip
    return form


def rooms(area: str) -> dict[str, Any]:
    return {"pk": a_building(grid=f"{area}001").pk}


def file(area: str) -> dict[str, Any]:
    return {"what": "rooms", "pk": a_room(grid=f"{area}001").pk}


def inspect(area: str) -> dict[str, Any]:
    return {"key": listed(area).key} | file(area)


def inspection(area: str) -> dict[str, Any]:
    made = Inspection.objects.create(
        op=uuid4(), digest="0", kind="other", version=listed(area).versions.get(), area_code=f"{area}001",
        at=timezone.now(), account="test",
    )  # fmt: skip
    return {"pk": made.pk}


def number(area: str) -> dict[str, Any]:
    return {"number": a_hazard(area=f"{area}001").number}


def notice(area: str) -> dict[str, Any]:
    until = timezone.localdate() + timedelta(days=2)
    told = Told(uuid4(), "101", "堆物", "畅通", until)
    return {"pk": issue_notice(actor="test", case=a_hazard(area=f"{area}001"), told=told).pk}


def link(area: str) -> dict[str, Any]:
    return {"pk": issue_link(actor="test", organisation=a_firm(grid=f"{area}001")).pk}


def drive(area: str) -> dict[str, Any]:
    a_building(grid=f"{area}001")
    today = timezone.localdate()
    wanted = Wanted(uuid4(), "专项", listed(area), "buildings", [area], today, today)
    return {"pk": start_drive(actor="test", area_code=area, wanted=wanted).pk}


def rate(area: str) -> dict[str, Any]:
    return {"code": "fixed", "side": "whole"}


HAZARDS = [
    Row("hazards:list", "case.view", query="?area={area}"),
    Row("hazards:export", "case.view", query="?area={area}"),
    Row("hazards:new", "case.open"),
    Row("hazards:new", "case.open", None, "POST"),
    Row("hazards:load", "form.manage", None, "POST"),
    Row("hazards:places", "case.open"),
    Row("hazards:rooms", "case.open", rooms),
    Row("hazards:inspect", "case.open", inspect),
    Row("hazards:inspect", "case.open", inspect, "POST", form="item-exit=good"),
    Row("hazards:inspection", "case.view", inspection),
    Row("hazards:file", "case.view", file),
    Row("hazards:profile", "case.open", rooms),
    Row("hazards:profile", "case.open", rooms, "POST", form="floors=3"),
    Row("hazards:notice_new", "case.open", number),
    Row("hazards:notice_new", "case.open", number, "POST"),
    Row("hazards:notice", "case.view", notice),
    Row("hazards:notice_file", "case.view", notice),
    Row("hazards:firms", "case.view", query="?area={area}"),
    Row("hazards:firms_file", "case.view", query="?area={area}"),
    Row("hazards:issue", "campaign.manage", None, "POST", form="area={area}"),
    Row("hazards:remind", "campaign.manage", None, "POST", form="area={area}"),
    Row("hazards:card", "campaign.manage", link),
    Row("hazards:card_file", "campaign.manage", link),
    Row("hazards:anew", "campaign.manage", link, "POST"),
    Row("hazards:revoke", "campaign.manage", link, "POST"),
    Row("hazards:drives", "case.view"),
    Row("hazards:drive_new", "campaign.manage"),
    Row("hazards:drive_new", "campaign.manage", None, "POST"),
    Row("hazards:drive", "case.view", drive),
    Row("hazards:daily_file", "case.view", drive),
    Row("hazards:gaps", "case.view", drive, query="?area={area}"),
    Row("hazards:end", "campaign.manage", drive, "POST"),
    Row("hazards:rates", "area.view", query="?area={area}"),
    Row("hazards:rates_file", "area.view", query="?area={area}"),
    Row("hazards:rates_rows", "case.view", rate, query="?area={area}"),
]
