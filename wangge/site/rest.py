"""The API's door: OpenAPI 3 at /api/v1/docs, signed-in sessions only."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from ninja.security import django_auth

from wangge import __version__
from wangge.foundation.access import queries as access
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import within

api = NinjaAPI(
    title="Wangge API",
    version=__version__,
    description="区县基层治理的一本登记册。Rows outside the caller's area do not exist here (404).",
    urls_namespace="api",
    auth=django_auth,
)
PAGE = 500


class Health(Schema):
    """Whether the process answers and reaches its database."""

    status: str
    version: str
    database: str


class AreaOut(Schema):
    """An area by its official code (12 digits; grids 15)."""

    code: str
    level: str
    name: str
    parent_id: str | None
    demo: bool


class AreaPage(Schema):
    """Areas in code order; ``after`` is the code to ask on from, empty at the end."""

    areas: list[AreaOut]
    after: str


@api.get("/health", response=Health, auth=None, summary="是否在运行")
def health(request: HttpRequest) -> dict[str, str]:
    """Answers without signing in and says nothing about the data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"status": "ok", "version": __version__, "database": connection.vendor}


@api.get("/areas", response={200: AreaPage, 403: Any}, summary="本人辖区内的区域")
def areas(request: HttpRequest, parent: str = "", level: str = "", after: str = "") -> Any:
    """Areas within the caller's reach, at most 500 at a time."""
    if not access.may(request.user, "area.view"):
        return api.create_response(request, {"detail": "area.view"}, status=403)
    with within(access.reach_for(request.user, "area.view")):
        rows = Area.objects.order_by("code")
        wanted = {"parent_id": parent, "level": level, "code__gt": after}
        found = list(rows.filter(**{name: value for name, value in wanted.items() if value})[: PAGE + 1])
    page = found[:PAGE]
    return {"areas": page, "after": page[-1].code if len(found) > PAGE else ""}
