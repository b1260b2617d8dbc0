"""Reads about clients."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from wangge.foundation.clients.models import Client, Key, Sending, Subscription, Usage

from .caller import Caller, caller_of

__all__ = ["Caller", "caller_of", "clients", "keys_of", "sendings_of", "subscriptions_of", "usage_of"]
USAGE_DAYS = 30


def clients() -> QuerySet[Client]:
    """The clients in reach, those in force first."""
    return Client.objects.order_by("revoked_at", "name").prefetch_related("keys")


def keys_of(client: Client) -> list[Key]:
    """The newest ten keys, dead ones too: they say when the last one was used."""
    return list(Key.objects.filter(client=client)[:10])


def usage_of(client: Client, days: int = USAGE_DAYS) -> tuple[list[Usage], dict[str, int]]:
    """The days with calls, the newest first, and their sums."""
    rows = Usage.objects.filter(client=client, day__gt=timezone.localdate() - timedelta(days=days))
    sums = rows.aggregate(calls=Sum("calls"), refused=Sum("refused"))
    return list(rows), {name: value or 0 for name, value in sums.items()}


def subscriptions_of(client: Client) -> QuerySet[Subscription]:
    """The client's webhooks, stopped ones last."""
    return Subscription.objects.filter(client=client).order_by("stopped_at", "pk")


def sendings_of(subscription: Subscription) -> QuerySet[Sending]:
    """What was sent to one address, the newest first."""
    return Sending.objects.filter(subscription=subscription)
