"""The field asks for a whistle; whoever runs the area blows one or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, is_trusted
from wangge.foundation.journal import actions as journal

from ..models import Hint


@dataclass(frozen=True)
class Asked:
    """What was seen. ``photos`` are digests; ``account`` who asks."""

    op: UUID
    area: str
    title: str
    words: str
    at: datetime
    account: str
    place: tuple[float, float] | None = None
    photos: tuple[str, ...] = ()


@transaction.atomic
def take_hint(*, asked: Asked) -> Hint:
    """Keep it for whoever runs the area; the same op again is the same hint."""
    lon, lat = asked.place or (None, None)
    given = {"area_code": asked.area, "title": asked.title[:80], "words": asked.words[:2000], "lon": lon,
             "lat": lat, "photos": list(asked.photos), "account": asked.account,
             "at": asked.at}  # fmt: skip
    row, new = Hint._base_manager.get_or_create(op=asked.op, defaults=given)
    if new:
        journal.record("whistle.asked", actor=asked.account, area=row.area_code, subject=row)
    return row


@transaction.atomic
def put_aside(*, actor: Any, hint: Hint, reason: str) -> Hint:
    """No whistle is blown for it; the same again changes nothing.

    Raises:
        Refused: not in the actor's area. Unacceptable: no reason, or somebody has blown one meanwhile.
    """
    row = Hint._base_manager.select_for_update().get(pk=hint.pk)
    if not is_trusted(actor) and not may(actor, "campaign.manage", row.area_code):
        raise Refused(_("您不能处理这里的吹哨请求。"))
    if row.answered_at is not None:
        if row.reason == reason.strip()[:500] and row.whistle is None:
            return row
        raise Unacceptable(_("刚才已经有人处理过这条请求；请刷新。"))
    if not reason.strip():
        raise Unacceptable(_("请写明为什么不吹哨。"))
    row.reason = reason.strip()[:500]
    row.answered_at, row.answered_by = timezone.now(), journal.account_of(actor)
    row.save(update_fields=["reason", "answered_at", "answered_by"])
    journal.record("whistle.put_aside", actor=actor, area=row.area_code, subject=row)
    return row


def answer(*, actor: Any, hint: Hint, whistle: Any) -> None:
    """A whistle was blown for it; called in that transaction.

    Raises:
        Unacceptable: it was answered meanwhile.
    """
    row = Hint._base_manager.select_for_update().get(pk=hint.pk)
    if row.answered_at is not None:
        raise Unacceptable(_("刚才已经有人处理过这条请求；请刷新。"))
    row.whistle = whistle
    row.answered_at, row.answered_by = timezone.now(), journal.account_of(actor)
    row.save(update_fields=["whistle", "answered_at", "answered_by"])
