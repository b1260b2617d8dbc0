"""Messages to members. Each is sent by a reaction: what fails is seen and tried again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.queries import setting
from wangge.gateways import sms

from ..enums import PRESENT
from ..models import Group, Member
from ..queries.roster import abnormal
from .locking import locked, note


@transaction.atomic
def remind(*, actor: Any, group: Group) -> int:
    """Remind every member who does not meet a demand and was not reminded today; returns how many."""
    locked(group)
    bad = abnormal(group)
    told = _told_today(bad)
    members = [one for one in group.members.filter(pk__in=bad) if one.phone_sealed and one.pk not in told]
    for member in members:
        note("group.reminder_requested", actor, member, fields=sorted(rule.field for rule in bad[member.pk]))
    return len(members)


def _told_today(members: Iterable[int]) -> set[int]:
    """Whom a manager's button reminded today already; a second press sends nothing."""
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Entry.objects.filter(kind="group.reminder_requested", subject_id__in=[str(pk) for pk in members])
    return {int(pk) for pk in rows.filter(at__gte=day).values_list("subject_id", flat=True)}


def send_reminder(entry: Entry) -> None:
    """On group.reminder_requested: tell the member what is missing, unless it is no longer."""
    member = _present(entry.subject_id)
    rules = abnormal(member.group).get(member.pk) if member else None
    if member is None or not rules:
        return
    text = _("【网格】您在团体“{group}”还有未完成的事项：{items}。请尽快更新。")
    items = "、".join(rule.label for rule in rules)
    _send(member, "group_reminder", text, {"group": member.group.name, "items": items})


def send_decision(entry: Entry) -> None:
    """On group.leave_refused: tell the member why, and what she may do."""
    member = _present(entry.subject_id)
    if member is None or not member.decision_reason:
        return
    text = _("【网格】您退出团体“{group}”的申请没有通过，理由：{reason}。")
    _send(member, "group_leave_refused", text, {"group": member.group.name, "reason": member.decision_reason})


def send_dissolution(entry: Entry) -> None:
    """On group.dissolve_requested: one event for each member, so that one bad number stops nobody else's."""
    group = Group._base_manager.filter(pk=entry.subject_id).first()
    if group is None or group.dissolve_at is None:
        return
    for member in Member._base_manager.filter(group=group, state__in=PRESENT).exclude(phone_sealed=""):
        note("group.dissolution_told", "system", member)


def send_farewell(entry: Entry) -> None:
    """On group.dissolution_told: tell one member that the group ends and what happens to the data."""
    member = Member._base_manager.select_related("group").filter(pk=entry.subject_id).first()
    if member is None or not member.phone_sealed:
        return
    text = _("【网格】团体“{group}”将解散。您的资料将在保存期满后销毁。")
    _send(member, "group_dissolved", text, {"group": member.group.name})


def _present(pk: str) -> Member | None:
    found = Member._base_manager.select_related("group").filter(pk=pk, state__in=PRESENT).first()
    return found if found is not None and found.phone_sealed else None


def _send(member: Member, name: str, usual: str, values: dict[str, str]) -> None:
    said = setting(f"sms.{name}", {"text": usual, "code": ""})
    sms.send(member.phone, sms.Template(name, said["text"], said.get("code", "")), values)
