"""The API's reads of codes and declarations. Values that identify a person are masked, always."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema

from wangge.foundation.access import actions as access
from wangge.foundation.clients.queries import caller_of
from wangge.foundation.clients.queries.paging import Page, asked_area, page_of
from wangge.foundation.clients.rules import REFUSALS, needs
from wangge.lib.problems import Problem

from .enums import Channel, Kind, Matched, ReportedBy, Scope, State
from .queries import for_clients as queries
from .rest.router import router  # the address of taking a declaration, too

codes_router = Router(tags=["报备 declarations"])  # mounted at /codes


class CodeOut(Schema):
    """报备码: a code that hangs on a place."""

    number: str
    scope: Scope
    area: str
    label: str
    valid_from: date
    valid_to: date | None
    revoked_at: datetime | None
    made_at: datetime


class CodePage(Schema):
    """Codes, the newest first; ``after`` is asked on with, empty at the end."""

    codes: list[CodeOut]
    after: str


class DeclarationOut(Schema):
    """报备: one person of one report; name, id number, phone and address are masked."""

    receipt: str
    line: int
    kind: Kind
    channel: Channel
    reported_by: ReportedBy
    code: str
    area: str
    name: str
    id_no: str
    phone: str
    from_region: str
    stay_address: str
    arrive_at: datetime | None
    stay_until: date | None
    state: State
    state_at: datetime
    verify_by: datetime | None
    on_time: bool | None
    matched: Matched
    received_at: datetime


class DeclarationPage(Schema):
    """Declarations, the newest first; ``after`` is asked on with, empty at the end."""

    declarations: list[DeclarationOut]
    after: str


class Report(Schema):
    """All persons of one report."""

    receipt: str
    lines: list[DeclarationOut]


class CodesAsked(Page):
    """Which codes."""

    area: Annotated[str, Field(pattern=r"^([0-9]{6,15})?$", description="区域代码；不填为全部辖区")] = ""
    scope: Scope | None = None
    valid: bool | None = Field(None, description="true：今天可以扫的")


class DeclarationsAsked(Page):
    """Which declarations."""

    area: Annotated[str, Field(pattern=r"^([0-9]{6,15})?$", description="区域代码；不填为全部辖区")] = ""
    state: State | None = None
    kind: Kind | None = None
    since: datetime | None = Field(None, description="收到时间不早于（ISO 8601，带时区）")


@codes_router.get("", response={200: CodePage, **REFUSALS}, summary="报备码清单")
@needs("codes.read", "declaration.view")
def codes(request: HttpRequest, asked: Query[CodesAsked]) -> Any:
    """Report codes in reach. The signed token is not given: it is printed from the console."""
    found = queries.codes_before(
        asked.key(), area=asked_area(asked.area), scope=asked.scope or "", valid=asked.valid
    )
    rows, after = page_of(found, asked.limit)
    return {"codes": [queries.told_of_code(row) for row in rows], "after": after}


@router.get("", response={200: DeclarationPage, **REFUSALS}, summary="报备清单（遮盖）")
@needs("declarations.read", "declaration.view")
def declarations(request: HttpRequest, asked: Query[DeclarationsAsked]) -> Any:
    """Declarations in reach, masked. Each person on the page can see who read her line."""
    found = queries.declarations_before(
        asked.key(), area=asked_area(asked.area), state=asked.state or "", kind=asked.kind or "",
        since=_aware(asked.since),
    )  # fmt: skip
    rows, after = page_of(found, asked.limit)
    access.note_readings(actor=caller_of(request), subjects=rows, what="export")
    return {"declarations": [queries.told_of_declaration(row) for row in rows], "after": after}


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise Problem(422, "invalid", _("since 没有写时区。"), _("请写成 2026-01-31T08:00:00+08:00。"))
    return moment


@router.get("/{receipt}", response={200: Report, **REFUSALS}, summary="一份报备（遮盖）")
@needs("declarations.read", "declaration.view")
def declaration(request: HttpRequest, receipt: Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{1,16}$")]) -> Any:
    """Every person of the report with this receipt number; another area's does not exist here."""
    rows = queries.lines_of(receipt.upper())
    if not rows:
        raise Problem(404, "not_found", _("没有这个回执号。"), _("请核对号码；别的辖区的报备这里查不到。"))
    access.note_readings(actor=caller_of(request), subjects=rows, what="view")
    return {"receipt": rows[0].receipt, "lines": [queries.told_of_declaration(row) for row in rows]}
