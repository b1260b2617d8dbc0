"""Events go out to those who asked: read from the sealed trail, written down, sent, tried again, seen."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from wangge.foundation.clients.actions.clients import must_manage
from wangge.foundation.clients.actions.subscriptions import FIELD
from wangge.foundation.clients.enums import SendingState
from wangge.foundation.clients.events import offered
from wangge.foundation.clients.models import Sending, Subscription
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry, Segment
from wangge.gateways import webhooks
from wangge.lib.sealing import unseal

# Seconds until the next try: after the last one it is given up, about a day and a half after the first.
WAITS = (10, 60, 300, 1_800, 7_200, 21_600, 43_200, 43_200)
AT_ONCE = 50
MOST = 20  # stretches of the trail a run
BUDGET = 20.0  # seconds a run of the sweep may take before the worker looks at its other work


def announce_sealed() -> int:
    """Sweep: write down the messages that newly sealed stretches of the trail owe. Returns how many.

    A stretch is final once it is sealed, so that each event is looked at once for each webhook, in the order
    of the trail, and whoever writes an event pays nothing for those who want to hear of it.
    """
    written = 0
    live = Subscription.objects.filter(stopped_at=None, client__revoked_at=None)
    told = live.aggregate(least=Min("told_segment"))["least"]
    if told is None:
        return 0
    for number in (
        Segment.objects.filter(number__gt=told).order_by("number").values_list("number", flat=True)[:MOST]
    ):
        written += _announce(number)
    return written


@transaction.atomic
def _announce(number: int) -> int:
    behind = Subscription.objects.select_for_update(of=("self",)).filter(
        stopped_at=None, client__revoked_at=None, told_segment__lt=number
    )
    waiting = list(behind.select_related("client"))
    kinds = {kind for each in waiting for kind in each.kinds}
    events = Entry.objects.filter(segment__number=number, kind__in=kinds).order_by("pk")
    owed = [
        Sending(subscription=each, event=event.pk, kind=event.kind, body=message_of(event))
        for event in events.iterator(chunk_size=2_000)
        for each in waiting
        if _wants(each, event)
    ]
    Sending.objects.bulk_create(owed, ignore_conflicts=True, batch_size=1_000)
    Subscription.objects.filter(pk__in=[each.pk for each in waiting]).update(told_segment=number)
    return len(owed)


def _wants(subscription: Subscription, event: Entry) -> bool:
    """Asked for, allowed to read, inside the reach, and not from before the webhook was made."""
    client = subscription.client
    return (
        event.kind in subscription.kinds
        and event.at >= subscription.made_at
        and offered().get(event.kind, "") in client.scopes
        and not client.expired
        and client.reach.covers(event.area_code)
    )


def message_of(entry: Entry) -> str:
    """The body: what kind of thing happened to which row, where and when. Whoever wants more asks the API."""
    said = {
        "event": entry.pk,
        "kind": entry.kind,
        "subject": {"type": entry.subject_type, "id": entry.subject_id},
        "area": entry.area_code,
        "at": entry.at.isoformat(timespec="seconds"),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def signature_of(secret: str, moment: int, body: str) -> str:
    """HMAC-SHA-256 over "<unix seconds>.<body>", hex."""
    return hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()


def send_due() -> int:
    """Sweep: send what is due; one address that does not answer holds up no other. Returns how many tries."""
    begun, tried, silent = time.monotonic(), 0, set()
    due = Sending.objects.filter(state=SendingState.WAITING, due_at__lte=timezone.now())
    for pk, where in due.order_by("due_at").values_list("pk", "subscription_id")[:AT_ONCE]:
        if time.monotonic() - begun > BUDGET:
            break
        if where in silent or not (sending := _claim(pk)):
            continue
        if not _send(sending):
            silent.add(where)
        tried += 1
    return tried


def _claim(pk: int) -> Sending | None:
    """Take one for this process: the next try is put off first, so that a killed worker loses nothing."""
    with transaction.atomic():
        found = Sending.objects.select_for_update().filter(
            pk=pk, state=SendingState.WAITING, due_at__lte=timezone.now()
        )
        sending = found.first()
        if sending is None:
            return None
        wait = WAITS[min(sending.attempts, len(WAITS) - 1)]
        sending.attempts += 1
        sending.due_at = timezone.now() + timedelta(seconds=wait)
        sending.save(update_fields=["attempts", "due_at"])
    return sending


def _send(sending: Sending) -> bool:
    sending.answer = sending.answer_bytes = None
    sending.fault = ""
    try:
        target = webhooks.checked(sending.subscription.url, settings.WEBHOOK_NETWORKS)
        answer = webhooks.post(target, sending.body.encode(), headers_of(sending))
    except (webhooks.BadAddress, webhooks.Unsent) as failure:
        sending.fault = failure.why
    else:
        sending.answer, sending.answer_bytes = answer.status, answer.size
        sending.fault = "" if answer.good else "answer"
    sending.tried_at = timezone.now()
    if not sending.fault:
        sending.state = SendingState.DONE
    elif sending.attempts >= len(WAITS):
        sending.state = SendingState.FAILED
    sending.save(update_fields=["answer", "answer_bytes", "fault", "tried_at", "state"])
    return not sending.fault


def headers_of(sending: Sending, moment: int | None = None) -> dict[str, str]:
    """The headers: who, which message (the same on every try), and the signature by every living secret."""
    moment = int(time.time()) if moment is None else moment
    subscription = sending.subscription
    sealed = [subscription.secret_sealed]
    if subscription.former_until and timezone.now() < subscription.former_until:
        sealed.append(subscription.former_sealed)
    signatures = [signature_of(unseal(each, FIELD), moment, sending.body) for each in sealed]
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Wangge-Webhook/1",
        "Wangge-Event": str(sending.event),
        "Wangge-Signature": ",".join([f"t={moment}", *(f"v1={each}" for each in signatures)]),
    }


@transaction.atomic
def resend(*, actor: Any, sending: Sending) -> None:
    """Send again at once, counting from nothing; also what had arrived, when the client lost it."""
    client = sending.subscription.client
    must_manage(actor, client.area_code)
    sending.state, sending.attempts, sending.due_at = SendingState.WAITING, 0, timezone.now()
    sending.save(update_fields=["state", "attempts", "due_at"])
    told = {"webhook": sending.subscription_id, "event": sending.event}
    journal.record("webhook.resent", actor=actor, area=client.area_code, subject=client, changes=told)
