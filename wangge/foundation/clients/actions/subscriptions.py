"""Webhooks of a client: where it is told of what, and the secret that signs it."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.clients.actions.clients import must_manage
from wangge.foundation.clients.actions.keys import OVERLAP_DAYS, Unfit
from wangge.foundation.clients.enums import FAULTS, SendingState
from wangge.foundation.clients.events import offered
from wangge.foundation.clients.models import Client, Sending, Subscription
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Segment
from wangge.foundation.territory.queries import setting
from wangge.gateways import webhooks
from wangge.lib.sealing import seal

FIELD = "webhook"  # what the secret is sealed for
MOST = 5  # live webhooks a client


@transaction.atomic
def subscribe(*, actor: Any, client: Client, url: str, kinds: list[str]) -> tuple[Subscription, str]:
    """Tell ``client`` of these kinds of events at ``url`` from now on.

    Returns the row and its signing secret in clear, which nobody sees again.

    Raises:
        Unfit: a kind needs a scope the client lacks, the address is not allowed, or there are too many.
    """
    must_manage(actor, client.area_code)
    _check(client, url, kinds)
    secret = _new_secret()
    made = Subscription.objects.create(
        client=client, url=url, kinds=sorted(kinds), secret_sealed=seal(secret, FIELD),
        told_segment=Segment.objects.aggregate(last=Max("number"))["last"] or 0,
    )  # fmt: skip
    told = {"webhook": made.pk, "kinds": made.kinds}
    journal.record("webhook.made", actor=actor, area=client.area_code, subject=client, changes=told)
    return made, secret


def _new_secret() -> str:
    return "whsec_" + secrets.token_urlsafe(32)


def _check(client: Client, url: str, kinds: list[str]) -> None:
    scopes = offered()
    lacking = sorted({scopes.get(kind, "?") for kind in kinds} - set(client.scopes))
    if not kinds or lacking:
        raise Unfit(_("客户端没有这些事件所需的权限：%(scopes)s。") % {"scopes": "、".join(lacking) or "—"})
    if client.revoked_at is not None:
        raise Unfit(_("这个客户端已停用。"))
    if Subscription.objects.filter(client=client, stopped_at=None).count() >= MOST:
        raise Unfit(_("一个客户端最多 %(most)d 个推送地址；请先停止一个。") % {"most": MOST})
    try:
        webhooks.checked(url, settings.WEBHOOK_NETWORKS)
    except webhooks.BadAddress as bad:
        words = FAULTS.get(bad.why, _("地址要写全，例如 https://example.gov.cn/hook"))
        raise Unfit(str(words)) from bad


@transaction.atomic
def give_secret(*, actor: Any, subscription: Subscription) -> str:
    """A new signing secret; the one before it signs too for ``clients.overlap_days``. Returns it in clear."""
    client = subscription.client
    must_manage(actor, client.area_code)
    secret = _new_secret()
    days = setting("clients.overlap_days", OVERLAP_DAYS)
    subscription.former_sealed = subscription.secret_sealed
    subscription.former_until = timezone.now() + timedelta(days=days)
    subscription.secret_sealed = seal(secret, FIELD)
    subscription.save(update_fields=["former_sealed", "former_until", "secret_sealed"])
    told = {"webhook": subscription.pk}
    journal.record("webhook.secret_given", actor=actor, area=client.area_code, subject=client, changes=told)
    return secret


@transaction.atomic
def stop(*, actor: Any, subscription: Subscription) -> None:
    """Send nothing more there; what waits is not sent."""
    client = subscription.client
    must_manage(actor, client.area_code)
    subscription.stopped_at = timezone.now()
    subscription.save(update_fields=["stopped_at"])
    waiting = Sending.objects.filter(subscription=subscription, state=SendingState.WAITING)
    told = {"webhook": subscription.pk, "unsent": waiting.update(state=SendingState.STOPPED)}
    journal.record("webhook.stopped", actor=actor, area=client.area_code, subject=client, changes=told)
