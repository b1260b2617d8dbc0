"""跨城通勤 (S78): who works in another city, and reminding them to report when they come home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.queries import names_of, setting
from wangge.gateways import sms
from wangge.registry.people.models import Person

from ..models import Commuter


@transaction.atomic
def note_commuter(
    *, actor: Any, person: Person, city: str, returns: str = "", on: date | None = None
) -> Commuter:
    """The person lives here and works in ``city``; another city than before is a new tag, the same is kept.

    Raises:
        Unacceptable: no city, or nowhere known to live.
    """
    city, area = city.strip()[:40], person.area_code
    if not city:
        raise Unacceptable(_("请填写在哪个城市工作。"))
    if not area:
        raise Unacceptable(_("登记册里没有此人的住处，请先登记住在哪里。"))
    day = on or timezone.localdate()
    held = Commuter._base_manager.select_for_update().filter(person=person, ends_on=None).first()
    if held is not None and held.city == city:
        if returns and held.returns != returns[:40]:
            held.returns = returns[:40]
            held.save(update_fields=["returns"])
        return held
    if held is not None:
        held.ends_on = max(day, held.begins_on)
        held.save(update_fields=["ends_on"])
    row = Commuter.objects.create(
        person=person, area_code=area, city=city, returns=returns[:40], begins_on=day
    )
    journal.record("commuter.noted", actor=actor, area=area, subject=row)
    return row


@transaction.atomic
def end_commuter(*, actor: Any, commuter: Commuter, on: date | None = None) -> Commuter:
    """Works here again. Raises Unacceptable when that was said already."""
    row = Commuter.objects.select_for_update().get(pk=commuter.pk)
    if row.ends_on is not None:
        raise Unacceptable(_("这个标记已经取消，请刷新页面。"))
    row.ends_on = max(on or timezone.localdate(), row.begins_on)
    row.save(update_fields=["ends_on"])
    journal.record("commuter.ended", actor=actor, area=row.area_code, subject=row)
    return row


@transaction.atomic
def remind_commuters(*, actor: Any, commuters: Iterable[Commuter]) -> int:
    """Ask these people by a short message to report, each at most once a day; ``send_reminder`` sends it.
    Whoever has no phone in the register gets none. Returns how many will be told."""
    today, asked = timezone.localdate(), 0
    keys = [row.pk for row in commuters]
    rows = Commuter._base_manager.select_for_update(of=("self",)).filter(pk__in=keys, ends_on=None)
    for row in rows.exclude(reminded_on=today).select_related("person").order_by("pk"):
        if not row.person.phone_sealed:
            continue
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        journal.record(
            "commuter.reminded", actor=actor, area=row.area_code, subject=row, data={"person": row.person_id}
        )
        asked += 1
    return asked


@transaction.atomic
def send_reminder(entry: Entry) -> None:
    """On commuter.reminded: one message, unless it left already or they work here again. What cannot be sent
    raises and is tried again."""
    row = Commuter._base_manager.select_for_update(of=("self",)).select_related("person").filter(
        pk=entry.subject_id, ends_on=None
    ).first()  # fmt: skip
    if row is None or not row.person.phone_sealed or (row.told_at and row.told_at >= entry.at):
        return
    usual = _("【网格】{place}提醒您：从外地回来住时，请扫楼栋的报备码报备，或告诉网格员。")
    said = setting("sms.commuter", {"text": usual, "code": ""})
    community = row.area_code[:12]
    template = sms.Template("commuter", said["text"], said.get("code", ""))
    row.told_at = timezone.now()
    row.save(update_fields=["told_at"])
    sms.send(row.person.phone, template, {"place": names_of([community]).get(community, "")})
