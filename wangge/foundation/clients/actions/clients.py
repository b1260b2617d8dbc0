"""A client is made, changed, revoked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Refused, is_trusted
from wangge.foundation.clients.enums import SendingState
from wangge.foundation.clients.models import Client, Key, Sending, Subscription
from wangge.foundation.journal import actions as journal

_KEPT = ("owner", "scopes", "expires_on", "per_minute", "per_day", "addresses")


def must_manage(actor: Any, area_code: str) -> None:
    """Raises Refused unless the actor manages clients in the area."""
    if not is_trusted(actor) and not access.may(actor, "client.manage", area_code):
        raise Refused(_("您不能管理这个辖区的接口客户端。"))


@transaction.atomic
def make_client(
    *,
    actor: Any,
    name: str,
    owner: str,
    area_code: str,
    scopes: list[str],
    expires_on: date | None = None,
    per_minute: int = 60,
    per_day: int = 10_000,
    addresses: list[str] | None = None,
) -> Client:
    """Open the door to a program; it needs a key to come in.

    Raises:
        Refused: the actor manages no clients in that area.
    """
    must_manage(actor, area_code)
    made = Client.objects.create(
        name=name, owner=owner, area_code=area_code, scopes=sorted(scopes), expires_on=expires_on,
        per_minute=per_minute, per_day=per_day, addresses=addresses or [], made_by=journal.account_of(actor),
    )  # fmt: skip
    told = {"name": name, "scopes": made.scopes, "area_code": area_code, "expires_on": expires_on}
    journal.record("client.made", actor=actor, area=area_code, subject=made, changes=told)
    return made


@transaction.atomic
def change_client(*, actor: Any, client: Client, **values: Any) -> Client:
    """Change what a client may; its name and area stay, because the trail names them."""
    must_manage(actor, client.area_code)
    told = {}
    for field in _KEPT:
        if field in values and values[field] != (before := getattr(client, field)):
            told[field] = [before, values[field]]
            setattr(client, field, values[field])
    if told:
        client.save(update_fields=list(told))
        journal.record("client.changed", actor=actor, area=client.area_code, subject=client, changes=told)
    return client


@transaction.atomic
def revoke_client(*, actor: Any, client: Client, reason: str = "") -> None:
    """Shut the door for good: keys end, webhooks stop, what waits to be sent is not sent."""
    must_manage(actor, client.area_code)
    now = timezone.now()
    if client.revoked_at is not None:
        return
    client.revoked_at = now
    client.save(update_fields=["revoked_at"])
    for key in Key.objects.filter(client=client):
        if key.alive:
            key.ends_at = now
            key.save(update_fields=["ends_at"])
    Subscription.objects.filter(client=client, stopped_at=None).update(stopped_at=now)
    waiting = Sending.objects.filter(subscription__client=client, state=SendingState.WAITING)
    waiting.update(state=SendingState.STOPPED)
    journal.record("client.revoked", actor=actor, area=client.area_code, subject=client, reason=reason)
