"""A call comes in: whose key, from where, and how many before it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.clients.actions.keys import digest_of
from wangge.foundation.clients.models import Client, Key, Usage
from wangge.foundation.clients.queries import Caller
from wangge.foundation.clients.rules import comes_from
from wangge.lib.problems import Problem
from wangge.lib.scoping import EVERYWHERE, within

SEEN_EVERY = timedelta(minutes=1)


def admit(token: str, *, address: str) -> Caller:
    """The caller behind a key, its call counted.

    Raises:
        Problem: 401 for a key that opens nothing, 403 from a strange address, 429 over a limit.
    """
    now = timezone.now()
    with within(EVERYWHERE):  # the reach is set by the endpoint's door, once the caller is known
        key = Key.objects.select_related("client").filter(hashed=digest_of(token)).first()
        if key is None or not key.alive or key.client.revoked_at is not None or key.client.expired:
            raise unknown()
        client = key.client
        if not comes_from(client, address):
            raise _strange()
        _count(client, now)
        if key.last_used_at is None or now - key.last_used_at >= SEEN_EVERY:
            Key.objects.filter(pk=key.pk).update(last_used_at=now)
    return Caller(client)


def unknown() -> Problem:
    """401: the same words for an unknown, an ended and an expired key."""
    title = _("没有登录，或接口密钥无效、已到期、已作废。")
    return Problem(401, "not_admitted", title, _("请在 Authorization 头中带有效的密钥：Bearer wg_…"))


def _strange() -> Problem:
    title = _("这个客户端不允许从这个网络地址访问。")
    return Problem(403, "address_refused", title, _("请从登记的地址访问，或请系统管理员更新地址名单。"))


def _count(client: Client, now: datetime) -> None:
    minute = minute_of(now)
    with transaction.atomic():  # its own transaction: a refused call is counted too
        row = _todays(client, minute)
        inside = row.in_minute if row.minute == minute else 0
        wait = _wait(client, row, inside, now)
        if wait:
            row.refused += 1
        else:
            row.calls, row.minute, row.in_minute = row.calls + 1, minute, inside + 1
        row.save()
    if wait:
        raise _too_many(client, wait)


def minute_of(now: datetime) -> datetime:
    """The window that ``per_minute`` counts in."""
    return now.replace(second=0, microsecond=0)


def _todays(client: Client, minute: datetime) -> Usage:
    day = timezone.localdate()
    Usage.objects.bulk_create([Usage(client=client, day=day, minute=minute)], ignore_conflicts=True)
    return Usage.objects.select_for_update().get(client=client, day=day)


def _wait(client: Client, row: Usage, inside: int, now: datetime) -> int:
    """Seconds until the next call may be made; 0 is now."""
    local = timezone.localtime(now)
    if row.calls >= client.per_day:
        tomorrow = (local + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return int((tomorrow - local).total_seconds()) + 1
    return 60 - local.second if inside >= client.per_minute else 0


def _too_many(client: Client, wait: int) -> Problem:
    title = _("请求过多：每分钟 %(minute)d 次、每天 %(day)d 次为限。")
    detail = _("请在 %(wait)d 秒后再试；需要更多请联系系统管理员。")
    limits = {"minute": client.per_minute, "day": client.per_day}
    return Problem(429, "too_many", title % limits, detail % {"wait": wait}, retry_after=wait)
