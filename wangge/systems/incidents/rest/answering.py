"""Discovery, the list of services, and what a service asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wangge import __version__
from wangge.engines.cases.kinds import system_of

from ..kinds import KINDS, REQUEST, SYSTEMS, URGENT_KINDS
from .doors import door
from .formats import Refusal, answer

PURPOSES = ("realtime",)


@require_safe
@door
def catalogue(request: HttpRequest, form: str, what: str, code: str = "") -> HttpResponse:
    """Discovery (``what`` "discovery"), all services ("services"), or one service's definition."""
    if what == "discovery":
        return answer(form, "discovery", "endpoint", _discovery(request))
    if not code:
        return answer(form, "services", "service", list(services()))
    system, kind = parts_of(code)
    return answer(form, "service_definition", "attribute", _definition(system, kind))


def services() -> Iterator[dict[str, Any]]:
    """Every kind of both systems; those in which life is in danger stand under events alone."""
    for system, group in SYSTEMS.items():
        for kind, name in KINDS.items():
            if system == REQUEST and kind in URGENT_KINDS:
                continue
            yield {
                "service_code": f"{system}-{kind}", "service_name": str(name), "description": str(name),
                "metadata": True, "type": "realtime", "keywords": str(group), "group": str(group),
            }  # fmt: skip


def parts_of(code: str) -> tuple[str, str]:
    """System and kind of a service code.

    Raises:
        Refusal: 404, there is no such service.
    """
    system, _dash, kind = code.partition("-")
    if system not in SYSTEMS or kind not in KINDS or (system == REQUEST and kind in URGENT_KINDS):
        raise Refusal(404, _("没有这项服务；请从服务列表里取 service_code。"))
    return system, kind


def service_name(system: str, kind: str) -> str:
    """The words for a service."""
    return str(system_of(system).kinds.get(kind, kind))


def _definition(system: str, kind: str) -> dict[str, Any]:
    danger = {
        "variable": True, "code": "danger", "datatype": "singlevaluelist", "required": False,
        "datatype_description": "", "order": 1, "description": _("有人有危险吗？"),
        "values": [{"key": "no", "name": _("没有")}, {"key": "yes", "name": _("有")}],
    }  # fmt: skip
    return {"service_code": f"{system}-{kind}", "attributes": [danger]}


def _discovery(request: HttpRequest) -> dict[str, Any]:
    base = request.build_absolute_uri(request.path.rsplit("/", 1)[0])
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": base, "changeset": __version__,
        "type": "production", "formats": ["application/json", "text/xml"],
    }  # fmt: skip
    return {
        "changeset": __version__, "contact": _("接口密钥请向区级中心的系统管理员申请。"),
        "key_service": _("管理 › 接口客户端"), "jurisdiction_id": settings.DISTRICT, "endpoints": [endpoint],
    }  # fmt: skip
