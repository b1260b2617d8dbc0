"""A phone like the field app: keeps what it pulled, numbers what it records, believes only receipts."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from wangge.foundation.access.models import User

API = "/field/api/"
JSON = "application/json"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Handset:
    """One installation of the app, signed in as ``user``."""

    def __init__(self, user: User, device: UUID | None = None) -> None:
        self.user, self.device = user, device or uuid4()
        self.client = Client()
        self.client.force_login(user, backend=BACKEND)
        self.seq, self.cursor, self.skew = 0, "", timedelta(0)
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}
        self.areas: dict[str, dict[str, Any]] = {}

    def now(self) -> datetime:
        """By the phone's own clock."""
        return timezone.now() + self.skew

    def register(self) -> HttpResponse:
        body = {"device": str(self.device), "name": "试用", "app": "1.0"}
        return self.client.post(f"{API}devices/", json.dumps(body), content_type=JSON)

    def record(self, kind: str = "note", data: Any = None, **more: Any) -> dict[str, Any]:
        """One operation, numbered and ready to send."""
        self.seq += 1
        data = {"text": f"第 {self.seq} 条"} if data is None else data
        return {
            "op": str(uuid4()), "seq": self.seq, "kind": kind, "at": self.now().isoformat(), "place": None,
            "seen": self.cursor, "data": data, "photos": [],
        } | more  # fmt: skip

    def post(self, *ops: Any, **more: Any) -> HttpResponse:
        body = {"device": str(self.device), "sent": self.now().isoformat(), "ops": list(ops)} | more
        return self.client.post(f"{API}ops/", json.dumps(body), content_type=JSON)

    def send(self, *ops: Any) -> list[dict[str, Any]]:
        """The receipts."""
        answer = self.post(*ops)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()["receipts"]

    def put(self, digest: str, content: bytes, offset: int = 0, until: int | None = None) -> HttpResponse:
        address = f"{API}photos/{digest}/?offset={offset}&size={len(content)}&device={self.device}"
        return self.client.put(address, content[offset:until], content_type="application/octet-stream")

    def fetch(self, since: str | None = None) -> HttpResponse:
        since = self.cursor if since is None else since
        return self.client.get(f"{API}pull/", {"device": str(self.device), "since": since})

    def pull(self) -> list[dict[str, Any]]:
        """Everything there is to pull; what came, page by page."""
        pages = []
        while not pages or pages[-1]["more"]:
            answer = self.fetch()
            assert answer.status_code == 200, answer.content.decode()
            pages.append(answer.json())
            self.take(pages[-1])
        return pages

    def take(self, page: dict[str, Any]) -> None:
        """Apply one page: forget first, then keep."""
        if page["full"]:
            self.rows, self.areas = {}, {}
        for code in page["left"]:
            for rows in self.rows.values():
                for key in [key for key, row in rows.items() if row.get("area") == code]:
                    del rows[key]
        for name in page["whole"]:
            self.rows.pop(name, None)
        for name, keys in page["gone"].items():
            for key in keys:
                self.rows.get(name, {}).pop(key, None)
        if page["areas"] is not None:
            self.areas = {area["code"]: area for area in page["areas"]}
        for name, rows in page["sections"].items():
            self.rows.setdefault(name, {}).update({row["id"]: row for row in rows})
        self.cursor = page["cursor"]

    def names(self, section: str = "people") -> list[str]:
        return sorted(row["name"] for row in self.rows.get(section, {}).values())
