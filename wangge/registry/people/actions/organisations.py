"""Organisations typed in by people: registered once, changed by trust, moved, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal

from ..enums import OrganisationStatus, Source
from ..models import Organisation, Room, Tie
from ..rules import Declined
from .redivision import split_ties
from .ties import restate

FACTS = (
    "name",
    "uscc",
    "category",
    "industry",
    "address",
    "legal_person",
    "phone",
    "staff_number",
    "scope",
    "status",
)


@transaction.atomic
def register_organisation(
    *,
    actor: Any,
    area: str,
    facts: Mapping[str, Any],
    room: Room | None = None,
    source: int = Source.VISIT,
    on: date | None = None,
    demo: bool = False,
) -> Organisation:
    """A new organisation.

    Args:
        area: its community (12 digits) or grid (15). facts: values by the names in ``FACTS``.
        room: where it has its seat; tells the area better. on: when it was confirmed (today when None).

    Raises:
        Declined: no name, or it is registered already.
    """
    if not facts.get("name"):
        raise Declined("no_name", _("请填写单位名称。"))
    row = Organisation(
        area_code=room.area_code if room else area, community=area[:12], room=room, source=source,
        confirmed_at=on or timezone.localdate(), demo=demo,
    )  # fmt: skip
    for name, value in facts.items():
        _put(row, name, value)
    _save(row)
    journal.record("organisation.registered", actor=actor, area=row.area_code, subject=row)
    return row


@transaction.atomic
def update_organisation(
    *,
    actor: Any,
    organisation: Organisation,
    facts: Mapping[str, Any],
    source: int = Source.VISIT,
    on: date | None = None,
    reason: str = "",
) -> list[str]:
    """Take over what ``source`` says on day ``on``; returns the names of what changed. Without a change
    what is registered counts as confirmed.

    Raises:
        Declined: closed, another organisation has this code or name, or a more trusted source said otherwise.
    """
    row = _open(organisation)
    told = {name: value for name, value in facts.items() if held(row, name) != _plain(value)}
    if not told.get("name", row.name):
        raise Declined("no_name", _("请填写单位名称。"))
    if source < row.source and any(held(row, name) for name in told):
        raise Declined(
            "less_trusted",
            _(
                "已登记的内容来自更可信的来源（%(source)s），没有改动。确需更改，请在“谁说的”里选同样可信的来源。"
            )
            % {"source": row.get_source_display()},
        )
    for name, value in told.items():
        _put(row, name, value)
    row.source = max(source, row.source)
    row.confirmed_at = max(on or timezone.localdate(), row.confirmed_at or date.min)
    _save(row)
    kind = "organisation.updated" if told else "organisation.confirmed"
    changes = {"fields": sorted(told), "source": int(source)}
    journal.record(kind, actor=actor, area=row.area_code, subject=row, changes=changes, reason=reason)
    return sorted(told)


@transaction.atomic
def move_organisation(
    *, actor: Any, organisation: Organisation, area: str, room: Room | None = None, on: date | None = None
) -> bool:
    """From ``on`` (today) it has its seat in this area or room; its staff work there from that day.
    Returns False when it is there already.

    Raises:
        Declined: closed, or the new community has another one of this name without a code.
    """
    row, code = _open(organisation), room.area_code if room else area
    if (row.area_code, row.room_id) == (code, room.pk if room else None):
        return False
    before, day = row.area_code, on or timezone.localdate()
    row.area_code, row.community, row.room = code, code[:12], room
    _save(row)
    if before != code:
        staff = Tie._base_manager.filter(organisation=row, known_to=None).exclude(area_code=code)
        split_ties(staff, code, day)
    changes = {"from": before, "to": code, "on": day.isoformat()}
    journal.record("organisation.moved", actor=actor, area=code, subject=row, changes=changes)
    return True


@transaction.atomic
def close_organisation(
    *, actor: Any, organisation: Organisation, on: date, reason: str, end_staff: bool = False
) -> int:
    """It is no more from ``on``; returns how many people's work there ended with it.

    Raises:
        Declined: closed already, or people work there and ``end_staff`` was not said.
    """
    row = _open(organisation)
    staff = list(present_staff(row).select_for_update())
    if staff and not end_staff:
        text = ngettext(
            "还有 %(n)d 人登记在这里就业；请先改正，或选择同时结束他们的就业关系。",
            "还有 %(n)d 人登记在这里就业；请先改正，或选择同时结束他们的就业关系。",
            len(staff),
        )
        raise Declined("has_staff", text % {"n": len(staff)})
    now = timezone.now()
    for tie in staff:
        restate(tie, now, valid_to=max(on, tie.valid_from or on))
    row.closed_on, row.status = on, OrganisationStatus.CLOSED
    row.save(update_fields=["closed_on", "status"])
    changes = {"on": on.isoformat(), "staff": len(staff)}
    journal.record(
        "organisation.closed", actor=actor, area=row.area_code, subject=row, changes=changes, reason=reason
    )
    return len(staff)


@transaction.atomic
def reopen_organisation(*, actor: Any, organisation: Organisation, reason: str = "") -> None:
    """It is there after all. Work that ended with the closing stays ended.

    Raises:
        Declined: not closed.
    """
    row = _locked(organisation)
    if row.closed_on is None:
        raise Declined("not_closed", _("这个单位没有注销。"))
    row.closed_on, row.status = None, OrganisationStatus.OPEN
    row.save(update_fields=["closed_on", "status"])
    journal.record("organisation.reopened", actor=actor, area=row.area_code, subject=row, reason=reason)


def present_staff(organisation: Organisation) -> Any:
    """The ties of who works there now, whatever the caller's reach."""
    return Tie._base_manager.filter(organisation=organisation, known_to=None, valid_to=None)


def held(row: Organisation, name: str) -> Any:
    """A fact as it is registered; "" while it is not known."""
    return _plain(getattr(row, name))


def _plain(value: Any) -> Any:
    return "" if value is None else value


def _put(row: Organisation, name: str, value: Any) -> None:
    if name not in FACTS:
        raise KeyError(f"not a fact of an organisation: {name!r}")
    if name == "phone":
        row.phone_sealed = seal(value) if value else ""
    elif name in ("uscc", "staff_number"):
        setattr(row, name, None if value in ("", None) else value)
    else:
        setattr(row, name, value)


def _locked(organisation: Organisation) -> Organisation:
    return Organisation._base_manager.select_for_update().get(pk=organisation.pk)


def _open(organisation: Organisation) -> Organisation:
    row = _locked(organisation)
    if row.closed_on is not None:
        raise Declined("closed", _("这个单位已经注销；如果弄错了，请先恢复。"))
    return row


def _save(row: Organisation) -> None:
    _refuse_taken(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as race:  # somebody registered it between the look and the write
        raise Declined("taken", _("这个单位刚刚被别人登记了，请刷新后查找。")) from race


def _refuse_taken(row: Organisation) -> None:
    others = Organisation._base_manager.exclude(pk=row.pk)
    if row.uscc and others.filter(uscc=row.uscc).exists():
        raise Declined(
            "code_taken", _("这个统一社会信用代码已经登记过，请按代码查找；查不到的，在别的辖区。")
        )
    same = others.filter(community=row.community, name=row.name, uscc=None)
    if not row.uscc and same.exists():
        raise Declined(
            "name_taken", _("本村（社区）已有同名单位。请在那一条上修改，或填写统一社会信用代码。")
        )
