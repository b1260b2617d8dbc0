"""The API's reads of groups: which there are, how many are in them, who, masked."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema

from wangge.foundation.access import actions as access
from wangge.foundation.clients.queries import caller_of
from wangge.foundation.clients.queries.paging import Page, asked_area, page_of
from wangge.foundation.clients.rules import REFUSALS, needs
from wangge.lib.problems import Problem

from .enums import GroupState, GroupType, MemberState, Role
from .queries import for_clients as queries

router = Router(tags=["团体码 groups"])
Key = Annotated[int, Path(ge=1, le=2**63 - 1)]


class GroupOut(Schema):
    """团体: ``uscc`` of the organisation the community confirmed; ``listed`` on the last staff list."""

    id: int
    name: str
    type: GroupType
    area: str
    address: str
    uscc: str
    state: GroupState
    members: int
    staff: int
    listed: int | None
    made_at: datetime
    activated_at: datetime | None
    dissolved_at: datetime | None


class GroupPage(Schema):
    """Groups, the newest first; ``after`` is asked on with, empty at the end."""

    groups: list[GroupOut]
    after: str


class MemberOut(Schema):
    """成员: name and phone are masked. ``on_list``: by the last staff list; null is not compared."""

    name: str
    phone: str
    role: Role
    state: MemberState
    as_staff: bool
    on_list: bool | None
    joined_at: datetime


class MemberPage(Schema):
    """Who is in the group, the newest first; ``after`` is asked on with, empty at the end."""

    members: list[MemberOut]
    after: str


class GroupsAsked(Page):
    """Which groups."""

    area: Annotated[str, Field(pattern=r"^([0-9]{6,15})?$", description="区域代码；不填为全部辖区")] = ""
    state: GroupState | None = Field(None, description="不填为未解散的")
    type: GroupType | None = None


@router.get("", response={200: GroupPage, **REFUSALS}, summary="团体清单")
@needs("groups.read", "group.view")
def groups(request: HttpRequest, asked: Query[GroupsAsked]) -> Any:
    """Groups in reach, with how many are in them; nobody's name."""
    found = queries.groups_before(
        asked.key(), area=asked_area(asked.area), state=asked.state or "", type=asked.type or ""
    )
    rows, after = page_of(found, asked.limit)
    return {"groups": [queries.told_of_group(row) for row in rows], "after": after}


@router.get("/{id}", response={200: GroupOut, **REFUSALS}, summary="一个团体")
@needs("groups.read", "group.view")
def group(request: HttpRequest, id: Key) -> Any:
    """One group; another area's does not exist here."""
    return queries.told_of_group(_group_or_404(id))


@router.get("/{id}/members", response={200: MemberPage, **REFUSALS}, summary="团体名单（遮盖）")
@needs("groups.read", "group.view")
def group_members(request: HttpRequest, id: Key, asked: Query[Page]) -> Any:
    """Who is in the group, masked. Each of them can see who read her line."""
    rows, after = page_of(queries.members_before(_group_or_404(id), asked.key()), asked.limit)
    access.note_readings(actor=caller_of(request), subjects=rows, what="export")
    return {"members": [queries.told_of_member(row) for row in rows], "after": after}


def _group_or_404(pk: int) -> Any:
    found = queries.all_groups().filter(pk=pk).first()
    if found is None:
        raise Problem(404, "not_found", _("没有这个团体。"), _("请核对编号；别的辖区的团体这里查不到。"))
    return found
