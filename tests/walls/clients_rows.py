"""The doors of the API and of the pages about its clients."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.systems.declarations.declared_cast import a_declaration
from tests.walls.row import Row
from wangge.foundation.clients.models import Client, Key, Sending, Subscription

_numbers = count(1)


def _client(area: str) -> Client:
    return Client.objects.create(
        name=f"door-{next(_numbers)}", owner="区示范局", area_code=area, scopes=["declarations.read"],
        per_minute=60, per_day=1000, made_by="cli",
    )  # fmt: skip


def client(area: str) -> dict[str, Any]:
    return {"pk": _client(area).pk}


def key(area: str) -> dict[str, Any]:
    made = _client(area)
    held = Key.objects.create(client=made, prefix="00000000", hashed=f"{made.pk:064d}")
    return {"pk": made.pk, "key": held.pk}


def _subscription(area: str) -> Subscription:
    kinds = ["declaration.decided"]
    return Subscription.objects.create(
        client=_client(area), url="https://ju.example/", kinds=kinds, secret_sealed=""
    )


def webhook(area: str) -> dict[str, Any]:
    return {"pk": _subscription(area).pk}


def message(area: str) -> dict[str, Any]:
    held = _subscription(area)
    made = Sending.objects.create(
        subscription=held, event=held.pk, kind="declaration.decided", body="{}", state="failed",
        fault="timeout", attempts=8,
    )  # fmt: skip
    return {"pk": made.pk}


def declaration(area: str) -> dict[str, Any]:
    return {"receipt": a_declaration(area).receipt}


CLIENTS = [
    Row("clients:list", "client.manage"),
    Row("clients:new", "client.manage"),
    Row("clients:client", "client.manage", client),
    Row("clients:edit", "client.manage", client),
    Row("clients:give_key", "client.manage", client, "POST"),
    Row("clients:end_key", "client.manage", key, "POST"),
    Row("clients:revoke", "client.manage", client, "POST"),
    Row("clients:subscribe", "client.manage", client),
    Row("clients:webhook", "client.manage", webhook),
    Row("clients:give_secret", "client.manage", webhook, "POST"),
    Row("clients:stop", "client.manage", webhook, "POST"),
    Row("clients:resend", "client.manage", message, "POST"),
]
API = [
    Row("api:areas", "area.view", stranger=401),
    Row("api:statuses", "person.view", query="?area={area}", stranger=401),
    Row("api:codes", "declaration.view", query="?area={area}", stranger=401),
    Row("api:declarations", "declaration.view", query="?area={area}", stranger=401),
    Row("api:declaration", "declaration.view", declaration, stranger=401),
]
