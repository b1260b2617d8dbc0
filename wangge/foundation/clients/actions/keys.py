"""Keys: given once in clear, kept as a hash; a new one overlaps the old one for a while."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.clients.actions.clients import must_manage
from wangge.foundation.clients.models import Client, Key
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.queries import setting

MARK = "wg"
OVERLAP_DAYS = 7  # setting clients.overlap_days, a product default


class Unfit(ValueError):
    """What was asked of a client cannot be; says what to do instead."""


def digest_of(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def give_key(*, actor: Any, client: Client) -> tuple[Key, str]:
    """Make a key; the one before it goes on for ``clients.overlap_days``.

    Returns the row and the key in clear, which nobody sees again.

    Raises:
        Unfit: the client is revoked, or an old and a new key are both alive.
    """
    must_manage(actor, client.area_code)
    client = Client._base_manager.select_for_update().get(pk=client.pk)
    now = timezone.now()
    if client.revoked_at is not None:
        raise Unfit(_("这个客户端已停用，不能再发密钥。"))
    living = [key for key in Key.objects.filter(client=client) if key.alive]
    if len(living) > 1:
        raise Unfit(_("新旧两个密钥都还有效；请先作废其中一个，再发新的。"))
    overlap = timedelta(days=setting("clients.overlap_days", OVERLAP_DAYS))
    for key in living:
        key.ends_at = min(key.ends_at or now + overlap, now + overlap)
        key.save(update_fields=["ends_at"])
    prefix = secrets.token_hex(4)
    token = f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    made = Key.objects.create(client=client, prefix=prefix, hashed=digest_of(token), made_at=now)
    told = {"key": prefix, "former": [key.prefix for key in living]}
    journal.record("client.key_given", actor=actor, area=client.area_code, subject=client, changes=told)
    return made, token


@transaction.atomic
def end_key(*, actor: Any, key: Key) -> None:
    """Let a key open nothing from now on."""
    client = key.client
    must_manage(actor, client.area_code)
    key.ends_at = timezone.now()
    key.save(update_fields=["ends_at"])
    told = {"key": key.prefix}
    journal.record("client.key_ended", actor=actor, area=client.area_code, subject=client, changes=told)
