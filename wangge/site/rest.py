"""The API's door: OpenAPI 3.1 at /api/v1/docs, for programs with a key and people who are signed in."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import Field, NinjaAPI, Query, Schema
from ninja.security import django_auth

from wangge import __version__
from wangge.foundation.clients.adapters import ClientKey
from wangge.foundation.clients.queries.paging import asked_area
from wangge.foundation.clients.rules import REFUSALS, needs
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area
from wangge.lib.problems import Problem
from wangge.registry.people.queries import residence_codes_by_area
from wangge.site.problems import ProblemSchema, answer_of, answer_problems
from wangge.systems.declarations.enums import CodeStatus
from wangge.systems.declarations.rest import router as declarations
from wangge.systems.declarations.rest_read import codes_router as codes
from wangge.systems.groups.rest import router as groups

PAGE = 500


class Api(NinjaAPI):
    """Ninja with refusals in one shape, in the answers and in the schema."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """The schema, its refusals declared as problem details."""
        return ProblemSchema(super().get_openapi_schema(*args, **kwargs))


api = Api(
    title="Wangge API",
    version=__version__,
    description="区县基层治理的一本登记册。Rows outside the caller's area do not exist here (404). "
    "Personal values are masked. Guide: docs/api.md, docs/api.en.md.",
    urls_namespace="api",
    auth=[ClientKey(), django_auth],
)
answer_problems(api)
api.add_router("/codes", codes)
api.add_router("/declarations", declarations)
api.add_router("/groups", groups)


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


class AreasAsked(Schema):
    """Which areas."""

    parent: str = Field("", pattern=r"^([0-9]{6,15})?$", description="只要这个区域的下级")
    level: Level | None = None
    after: str = Field("", pattern=r"^([0-9]{6,15})?$", description="上一页返回的 after；第一页不填")


class StatusOut(Schema):
    """How many residents of a community stand at one 粤居码 status; "" is not known."""

    area: str
    status: str = Field(description="；".join(f"{code} {label}" for code, label in CodeStatus.choices))
    people: int


class Statuses(Schema):
    """Counts by community and status; no person."""

    statuses: list[StatusOut]


class StatusesAsked(Schema):
    """Which communities."""

    area: str = Field("", pattern=r"^([0-9]{6,15})?$", description="区域代码；不填为全部辖区")


@api.get("/health", response=Health, auth=None, summary="是否在运行", tags=["系统 system"])
def health(request: HttpRequest) -> dict[str, str]:
    """Answers without signing in and says nothing about the data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"status": "ok", "version": __version__, "database": connection.vendor}


@api.get("/areas", response={200: AreaPage, **REFUSALS}, summary="辖区内的区域", tags=["区域 areas"])
@needs("areas.read", "area.view")
def areas(request: HttpRequest, asked: Query[AreasAsked]) -> Any:
    """Areas within the caller's reach, at most 500 at a time."""
    wanted = {"parent_id": asked.parent, "level": asked.level, "code__gt": asked.after}
    rows = Area.objects.order_by("code").filter(**{name: value for name, value in wanted.items() if value})
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    return {"areas": page, "after": page[-1].code if len(found) > PAGE else ""}


@api.get(
    "/statuses", response={200: Statuses, **REFUSALS}, summary="粤居码状态人数", tags=["粤居码 statuses"]
)
@needs("statuses.read", "person.view")
def statuses(request: HttpRequest, asked: Query[StatusesAsked]) -> Any:
    """How many present residents of each community stand at which status. 粤居码 is the police's; nobody's
    code and nobody's name leaves here."""
    return {"statuses": residence_codes_by_area(asked_area(asked.area))}


@csrf_exempt
def nowhere(request: HttpRequest) -> HttpResponse:
    """No such address under the API: said to a program as a program can read it."""
    title = _("接口没有这个地址。")
    return answer_of(Problem(404, "not_found", title, _("地址列表见 /api/v1/docs。")))
