"""Enterprise responsibility: codes of firms, their pledge, their monthly self-check, reminders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import setting
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.serials import new_code_number
from wangge.registry.people.models import Organisation

from ..enums import By
from ..models import Inspection, Link, Pledge
from ..queries.about import About
from .inspecting import Said, record_inspection

HOLDS = timedelta(days=400)  # a year and a month: the next one is printed with next year's pledge
FIRM = "firm"  # the account under which a firm's own doings stand; the row says which firm


@transaction.atomic
def issue_link(*, actor: Any, organisation: Organisation, anew: bool = False) -> Link:
    """Give a firm its code. A firm that holds one keeps it, unless ``anew``: then the old one is void.

    Raises:
        Refused: not in the actor's area.
    """
    _own(actor, organisation.area_code)
    row = Link._base_manager.select_for_update().filter(organisation=organisation).first()
    ends_on = timezone.localdate() + HOLDS
    if row is None:
        row = Link.objects.create(
            organisation=organisation, area_code=organisation.area_code, number=_free_number(),
            ends_on=ends_on,
        )  # fmt: skip
    elif anew or row.revoked_at or row.ends_on < timezone.localdate():
        row.round, row.ends_on, row.revoked_at = row.round + 1, ends_on, None
        row.save(update_fields=["round", "ends_on", "revoked_at"])
    else:
        return row
    journal.record(
        "hazard.link_issued", actor=actor, area=row.area_code, subject=row, data={"round": row.round}
    )
    return row


@transaction.atomic
def revoke_link(*, actor: Any, link: Link) -> Link:
    """Nobody may use a firm's code any more; the firm leaves the list.

    Raises:
        Refused: not in the actor's area.
    """
    _own(actor, link.area_code)
    if link.revoked_at is None:
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        journal.record("hazard.link_revoked", actor=actor, area=link.area_code, subject=link)
    return link


def _own(actor: Any, area_code: str) -> None:
    if not isinstance(actor, str) and not may(actor, "campaign.manage", area_code):
        raise Refused(_("这个单位不在您的辖区。"))


def _free_number() -> str:
    while True:
        number = new_code_number()
        if not Link._base_manager.filter(number=number).exists():
            return number


@dataclass(frozen=True)
class Signed:
    """Who signs for a firm."""

    op: UUID
    name: str
    post: str


@transaction.atomic
def sign_pledge(*, link: Link, signed: Signed) -> Pledge:
    """The firm pledges for this year; once it has, it has.

    Raises:
        Unacceptable: no name or post, or the op came before for another name.
    """
    if not signed.name.strip() or not signed.post.strip():
        raise Unacceptable(_("请写签字人的姓名和职务。"))
    year = timezone.localdate().year
    known = Pledge._base_manager.filter(organisation=link.organisation, year=year).first()
    if known is not None:
        if known.op == signed.op and known.name != signed.name.strip()[:60]:
            raise Unacceptable(_("今年的承诺书已经签过，签字人不同；请刷新后再看。"))
        return known
    row = Pledge._base_manager.create(
        op=signed.op, organisation=link.organisation, area_code=link.organisation.area_code, year=year,
        text_version=pledge_text()[0], name=signed.name.strip()[:60], post=signed.post.strip()[:40],
        at=timezone.now(),
    )  # fmt: skip
    journal.record("hazard.pledged", actor=FIRM, area=row.area_code, subject=row, data={"year": year})
    return row


def pledge_text() -> tuple[str, list[str]]:
    """The pledge's version and lines: the district's own (setting ``hazard.pledge``), else 示例."""
    usual = {
        "version": "2026-11", "lines": [
            _("落实安全生产主体责任，主要负责人是第一责任人。"),
            _("每月自查一次，查到的隐患马上改，改不了的如实上报。"),
            _("不堵通道、不违规住人、不违规用电用气，电动自行车不在室内充电。"),
            _("员工上岗前学会报警、灭火和疏散。"),
        ],
    }  # fmt: skip
    said = setting("hazard.pledge", usual)
    return str(said["version"])[:20], [str(line) for line in said["lines"]]


def check_self(*, link: Link, said: Said) -> Inspection:
    """The firm's own check of a month; bad items are hazards with source 单位自查.

    Raises:
        Unacceptable: what ``record_inspection`` raises, or the month lies ahead or over a month back.
    """
    this = timezone.localdate().replace(day=1)
    before = (this - timedelta(days=1)).replace(day=1)
    if said.by != By.SELF or said.month not in (this, before):
        raise Unacceptable(_("只能交本月和上个月的自查。"))
    if said.about != About("organisations", link.organisation):
        raise Unacceptable(_("这份自查不是这个单位的。"))
    with within(EVERYWHERE):
        return record_inspection(actor=FIRM, said=said)


@transaction.atomic
def remind(*, actor: Any, links: Iterable[Link], month: date) -> int:
    """Remind firms that did not check themselves; one event a firm and day, whose reaction sends
    the message (``reminding``). Returns how many.

    Raises:
        Refused: one of them is not in the actor's area.
    """
    today, told = timezone.localdate(), 0
    for link in links:
        _own(actor, link.area_code)
        if link.reminded_at is not None and timezone.localdate(link.reminded_at) == today:
            continue
        link.reminded_at = timezone.now()
        link.save(update_fields=["reminded_at"])
        data = {"organisation": link.organisation_id, "month": month.isoformat()}
        journal.record("hazard.reminder_requested", actor=actor, area=link.area_code, subject=link, data=data)
        told += 1
    return told
