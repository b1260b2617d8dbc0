"""The message that reminds a firm of its self-check."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.queries import names_of, setting
from wangge.gateways import sms

from ..enums import By
from ..models import Inspection, Link


def send_reminder(entry: Entry) -> None:
    """On hazard.reminder_requested: one message to the firm's phone, unless it left already or the check came
    meanwhile; a firm without a phone is called by whoever reads the list. What cannot be sent raises and is
    tried again."""
    row = _waiting(entry)
    if row is None or not row.organisation.phone_sealed:
        return
    usual = _("【网格】{place}提醒您：{firm}{month}月的安全自查还没有交，请扫单位自查码填写。")
    said = setting("sms.self_check", {"text": usual, "code": ""})
    template = sms.Template("self_check", said["text"], said.get("code", ""))
    row.told_at = timezone.now()
    row.save(update_fields=["told_at"])
    community = row.area_code[:12]
    place, month = names_of([community]).get(community, ""), date.fromisoformat(entry.data["month"])
    sms.send(
        row.organisation.phone, template,
        {"place": place, "firm": row.organisation.name, "month": str(month.month)},
    )  # fmt: skip


def _waiting(entry: Entry) -> Link | None:
    rows = Link._base_manager.select_for_update(of=("self",)).select_related("organisation")
    row = rows.filter(pk=entry.subject_id, revoked_at=None, organisation__closed_on=None).first()
    if row is None or (row.told_at and row.told_at >= entry.at):
        return None
    checks = Inspection._base_manager.filter(organisation=row.organisation_id, by=By.SELF)
    return None if checks.filter(month=entry.data["month"]).exists() else row
