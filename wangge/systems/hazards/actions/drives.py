"""专项行动: everything chosen is to be looked at within the days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.forms.models import Form
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import DriveState, Target
from ..models import Drive, DriveTarget
from ..queries.drives import chosen

MOST = 50_000  # targets of one action
PIECE = 1_000


@dataclass(frozen=True)
class Wanted:
    """What an action is."""

    op: UUID
    name: str
    form: Form
    target: str
    areas: list[str]
    begins_on: date
    ends_on: date


@transaction.atomic
def start_drive(*, actor: Any, area_code: str, wanted: Wanted, demo: bool = False) -> Drive:
    """Start it: what lies in its areas now is what it goes to. The same op again is the same action.

    Args:
        area_code: whose action it is.

    Raises:
        Refused: an area outside the actor's. Unacceptable: days that cannot be, nothing to look at, too much.
    """
    known = Drive._base_manager.filter(op=wanted.op).first()
    if known is not None:
        return known
    _look_at(actor, wanted)
    rows = list(chosen(wanted.target, wanted.areas).values_list("pk", "area_code")[: MOST + 1])
    if not rows:
        raise Unacceptable(_("这些区域里没有要查的楼栋或单位；请换区域或对象。"))
    if len(rows) > MOST:
        raise Unacceptable(_("一次行动最多 %(most)d 处；请分成几次，或选小一些的区域。") % {"most": MOST})
    drive = Drive.objects.create(
        op=wanted.op, name=wanted.name.strip()[:80], area_code=area_code, form=wanted.form,
        target=wanted.target, areas=wanted.areas, begins_on=wanted.begins_on, ends_on=wanted.ends_on,
        account=journal.account_of(actor), demo=demo,
    )  # fmt: skip
    column = "organisation_id" if wanted.target == Target.ORGANISATIONS else "building_id"
    DriveTarget._base_manager.bulk_create(
        (DriveTarget(drive=drive, area_code=code, **{column: pk}) for pk, code in rows), batch_size=PIECE
    )
    told = {"targets": len(rows), "target": wanted.target, "form": wanted.form.key}
    journal.record("hazard.drive_started", actor=actor, area=area_code, subject=drive, data=told)
    return drive


def _look_at(actor: Any, wanted: Wanted) -> None:
    if not wanted.areas or not all(
        isinstance(actor, str) or may(actor, "campaign.manage", code) for code in wanted.areas
    ):
        raise Refused(_("有的区域不在您的辖区。"))
    if wanted.ends_on < wanted.begins_on:
        raise Unacceptable(_("结束日期早于开始日期，请对调。"))
    if wanted.ends_on < timezone.localdate():
        raise Unacceptable(_("结束日期已经过去，请改到今天以后。"))


@transaction.atomic
def end_drive(*, actor: Any, drive: Drive) -> Drive:
    """End it; what was not looked at stays on the gap list. Ending it again changes nothing.

    Raises:
        Refused: not the actor's.
    """
    if not isinstance(actor, str) and not may(actor, "campaign.manage", drive.area_code):
        raise Refused(_("这个行动不归您管理。"))
    row = Drive._base_manager.select_for_update().get(pk=drive.pk)
    if row.state == DriveState.CLOSED:
        return row
    row.state, row.ended_at = DriveState.CLOSED, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    journal.record("hazard.drive_ended", actor=actor, area=row.area_code, subject=row)
    return row
