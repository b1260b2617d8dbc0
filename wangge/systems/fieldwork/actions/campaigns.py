"""A campaign from draft to end: one verb each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.forms.models import Form
from wangge.engines.forms.queries import given_out
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, is_trusted
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import area_name_path
from wangge.lib.scoping import prefix_of

from ..enums import CampaignKind, CampaignState, TargetKind
from ..models import Campaign, CampaignTarget
from ..queries.campaigns_doors import doors_of

LONGEST = 366  # days


@dataclass(frozen=True)
class Said:
    """What somebody wants of a campaign. ``areas`` are codes of towns, communities or grids."""

    name: str
    form: Form
    begins_on: date
    ends_on: date
    areas: Sequence[str]
    target: str = TargetKind.ROOMS
    kind: str = CampaignKind.SPECIAL
    filters: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def draft_campaign(*, actor: Any, area_code: str, said: Said, demo: bool = False) -> Campaign:
    """A campaign that is only written down: nobody is sent anywhere yet.

    Args:
        area_code: whose campaign it is.

    Raises:
        Unacceptable: no area, an area outside, or days out of order or more than a year apart.
        Refused: the actor manages no campaigns there.
    """
    campaign = Campaign(area_code=area_code, made_by=journal.account_of(actor), demo=demo)
    _may(actor, campaign)
    _fill(campaign, said)
    campaign.save()
    _noted(actor, "campaign.changed", campaign, draft=True)
    return campaign


@transaction.atomic
def edit_campaign(*, actor: Any, campaign: Campaign, said: Said) -> Campaign:
    """Change a draft; a campaign under way keeps its doors and its form.

    Raises:
        Unacceptable: as ``draft_campaign``, or it has begun. Refused: it is somebody else's.
    """
    row = _locked(
        actor, campaign, CampaignState.DRAFT, _("行动已经启动，不能再改表单和范围；可以延期或提前结束。")
    )
    _fill(row, said)
    row.save()
    _noted(actor, "campaign.changed", row)
    return row


@transaction.atomic
def discard_campaign(*, actor: Any, campaign: Campaign) -> None:
    """Throw a draft away.

    Raises:
        Unacceptable: it has begun. Refused: it is somebody else's.
    """
    row = _locked(
        actor, campaign, CampaignState.DRAFT, _("行动已经启动，不能删除；可以提前结束，记录都会保留。")
    )
    _noted(actor, "campaign.changed", row, discarded=True)
    row.delete()


@transaction.atomic
def start_campaign(*, actor: Any, campaign: Campaign) -> int:
    """Fix the doors and begin; started twice it is started once.

    Returns:
        How many doors it has.

    Raises:
        Unacceptable: no door, the form is not given out, or the last day has passed. Refused: not one's own.
    """
    row = Campaign._base_manager.select_for_update().get(pk=campaign.pk)
    _may(actor, row)
    if row.state != CampaignState.DRAFT:
        return row.targets.count()
    _ready(row)
    doors = add_doors(row)
    if not doors:
        raise Unacceptable(_("选的范围里没有符合条件的对象，请放宽条件或换个范围。"))
    row.state, row.started_at = CampaignState.RUNNING, timezone.now()
    row.save(update_fields=["state", "started_at"])
    _noted(actor, "campaign.opened", row, doors=doors)
    return doors


@transaction.atomic
def add_found(*, actor: Any, campaign: Campaign) -> int:
    """Add the doors that the register has learned of since the start (补入); returns how many.

    Raises:
        Unacceptable: it is not running. Refused: it is somebody else's.
    """
    row = _locked(actor, campaign, CampaignState.RUNNING, _("行动没有在进行，不能补入。"))
    doors = add_doors(row)
    if doors:
        _noted(actor, "campaign.changed", row, added=doors)
    return doors


@transaction.atomic
def extend_campaign(*, actor: Any, campaign: Campaign, until: date) -> Campaign:
    """A later last day.

    Raises:
        Unacceptable: it is not running, or the day is not later. Refused: it is somebody else's.
    """
    row = _locked(actor, campaign, CampaignState.RUNNING, _("行动没有在进行，不能延期。"))
    _later(row, until)
    before, row.ends_on = row.ends_on, until
    row.save(update_fields=["ends_on"])
    _noted(actor, "campaign.changed", row, ends_on=[before.isoformat(), until.isoformat()])
    return row


@transaction.atomic
def end_campaign(*, actor: Any, campaign: Campaign, reason: str) -> Campaign:
    """End it: what was visited by now and is still on a phone counts when it arrives.

    Raises:
        Unacceptable: it is not running, or ends early without a reason. Refused: it is somebody else's.
    """
    row = _locked(actor, campaign, CampaignState.RUNNING, _("行动没有在进行。"))
    reason = reason.strip()[:200]
    if not reason and timezone.localdate() <= row.ends_on:
        raise Unacceptable(_("提前结束要写明原因。"))
    row.state, row.closed_at, row.closed_why = CampaignState.CLOSED, timezone.now(), reason
    row.save(update_fields=["state", "closed_at", "closed_why"])
    journal.record("campaign.closed", actor=actor, area=row.area_code, subject=row, reason=reason)
    return row


@transaction.atomic
def reopen_campaign(*, actor: Any, campaign: Campaign, until: date) -> Campaign:
    """Go on with a campaign that was ended, with the doors it had.

    Raises:
        Unacceptable: it was not ended, or the day has passed. Refused: it is somebody else's.
    """
    row = _locked(actor, campaign, CampaignState.CLOSED, _("行动没有结束，不用重新打开。"))
    if until < timezone.localdate():
        raise Unacceptable(_("结束日期已经过去，请选今天或以后的日期。"))
    _within_a_year(row.begins_on, until)
    row.state, row.ends_on, row.closed_at, row.closed_why = CampaignState.RUNNING, until, None, ""
    row.save(update_fields=["state", "ends_on", "closed_at", "closed_why"])
    _noted(actor, "campaign.opened", row, again=True)
    return row


def add_doors(campaign: Campaign) -> int:
    """Write the doors its scope means now and that it has not got: one statement, whatever their number."""
    rows = doors_of(campaign.target, campaign.areas, campaign.scope.get("filters", {}))
    select, params = rows.order_by().query.sql_with_params()
    column = TargetKind(campaign.target).column
    # "WHERE true": without it SQLite takes ON CONFLICT for the condition of a join
    statement = (
        f"INSERT INTO {CampaignTarget._meta.db_table} (campaign_id, state, area_code, {column}) "
        f"SELECT %s, %s, found.area_code, found.whom FROM ({select}) found WHERE true ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [campaign.pk, "open", *params])
        return max(cursor.rowcount, 0)


def _fill(campaign: Campaign, said: Said) -> None:
    if not said.areas:
        raise Unacceptable(_("请至少选一个社区或网格。"))
    inside = prefix_of(campaign.area_code)
    if outside := [code for code in said.areas if not prefix_of(code).startswith(inside)]:
        raise Unacceptable(_("%(area)s 不在您的辖区，请去掉。") % {"area": area_name_path(outside[0])})
    if said.begins_on > said.ends_on:
        raise Unacceptable(_("结束日期早于开始日期，请对调。"))
    _within_a_year(said.begins_on, said.ends_on)
    campaign.name, campaign.kind, campaign.form = said.name[:80], said.kind, said.form
    campaign.target, campaign.begins_on, campaign.ends_on = said.target, said.begins_on, said.ends_on
    campaign.scope = {"areas": list(said.areas), "filters": dict(said.filters)}


def _within_a_year(first: date, last: date) -> None:
    if (last - first).days > LONGEST:
        raise Unacceptable(_("行动最长一年，请分成几个行动。"))


def _later(campaign: Campaign, until: date) -> None:
    if until <= campaign.ends_on or until < timezone.localdate():
        said = _("新的结束日期要晚于 %(day)s，也不能早于今天。")
        raise Unacceptable(said % {"day": campaign.ends_on.isoformat()})
    _within_a_year(campaign.begins_on, until)


def _ready(campaign: Campaign) -> None:
    if campaign.ends_on < timezone.localdate():
        raise Unacceptable(_("结束日期已经过去，请先修改日期再启动。"))
    if not given_out().filter(form=campaign.form_id).exists():
        raise Unacceptable(
            _("表单“%(form)s”还没有发布，请先发布表单再启动。") % {"form": campaign.form.title}
        )


def _locked(actor: Any, campaign: Campaign, state: str, otherwise: str) -> Campaign:
    row: Campaign = Campaign._base_manager.select_for_update().get(pk=campaign.pk)
    _may(actor, row)
    if row.state != state:
        raise Unacceptable(otherwise)
    return row


def _may(actor: Any, campaign: Campaign) -> None:
    """A campaign of an area above is seen and worked at, and changed only by those it belongs to."""
    if not is_trusted(actor) and not may(actor, "campaign.manage", campaign.area_code):
        place = area_name_path(campaign.area_code)
        raise Refused(_("这个行动属于%(place)s，只有那里能修改。") % {"place": place})


def _noted(actor: Any, kind: str, campaign: Campaign, **data: Any) -> None:
    journal.record(kind, actor=actor, area=campaign.area_code, subject=campaign, data=data)
