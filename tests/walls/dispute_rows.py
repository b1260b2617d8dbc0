"""The doors of disputes. Whoever holds the right and does not handle the dispute is told so (403); what who
handles it sees is tested in tests/systems/disputes."""

from __future__ import annotations

from typing import Any

from tests import cast
from tests.systems.disputes.dispute_cast import a_dispute, a_session, drafted, mediating
from tests.walls.row import Row
from wangge.systems.disputes.models import Party

HANDS = (403,)


def number(area: str) -> dict[str, Any]:
    return {"number": a_dispute(area=f"{area}001").number}


def paper(area: str) -> dict[str, Any]:
    secretary = cast.secretary(area)
    case = mediating(secretary, area=f"{area}001")
    return {"number": case.number, "at": drafted(case, secretary).number}


def party(area: str) -> dict[str, Any]:
    case = a_dispute(area=f"{area}001")
    return {"number": case.number, "pk": Party.objects.filter(case=case).values_list("pk", flat=True)[0]}


def worker(area: str) -> dict[str, Any]:
    secretary = cast.secretary(area)
    a_session(mediating(secretary, area=f"{area}001"), secretary)
    return {"pk": secretary.pk}


def rate(area: str) -> dict[str, Any]:
    return {"code": "agreed", "side": "whole"}


DISPUTES = [
    Row("disputes:list", "case.view", query="?area={area}"),
    Row("disputes:export", "case.view", query="?area={area}"),
    Row("disputes:new", "case.open"),
    Row("disputes:new", "case.open", None, "POST"),
    Row("disputes:log", "case.view", query="?area={area}"),
    Row("disputes:log_file", "case.view", query="?area={area}"),
    Row("disputes:log_rows", "case.view", worker, query="?area={area}"),
    Row("disputes:rates", "area.view", query="?area={area}"),
    Row("disputes:rates_file", "area.view", query="?area={area}"),
    Row("disputes:rates_rows", "case.view", rate, query="?area={area}"),
    Row("disputes:take_on", "case.view", number, "POST", answers=HANDS),
    Row("disputes:appoint", "case.view", number, answers=HANDS),
    Row("disputes:appoint", "case.view", number, "POST", answers=HANDS),
    Row("disputes:parties", "case.view", number, answers=HANDS),
    Row("disputes:parties", "case.view", number, "POST", answers=HANDS),
    Row("disputes:reveal", "case.view", party, "POST", answers=HANDS),
    Row("disputes:session", "case.view", number, answers=HANDS),
    Row("disputes:session", "case.view", number, "POST", answers=HANDS),
    Row("disputes:agreement", "case.view", number, answers=HANDS),
    Row("disputes:agreement", "case.view", number, "POST", answers=HANDS),
    Row("disputes:sign", "case.view", number, "POST", answers=HANDS),
    Row("disputes:paper", "case.view", paper, answers=HANDS),
    Row("disputes:follow", "case.view", number, answers=HANDS),
    Row("disputes:follow", "case.view", number, "POST", answers=HANDS),
]
