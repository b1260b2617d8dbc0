"""Child process: many phones in the same minutes against a running server
(``python -m bench.syncing.morning URL PHONES AT_ONCE WHOLE SKIP``); prints what they saw as JSON."""

from __future__ import annotations

import json
import os
import random
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from bench.syncing.visits import at_door, doors_of

OPERATIONS, A_POST, PHOTOS, PHOTO, PIECE = 12, 4, 6, 200_000, 192 * 1024
CSRF = "b" * 32
JSON = "application/json"


@dataclass
class Phone:
    """One worker's phone on one connection that is kept, with what it has to send."""

    session: str
    host: str
    turn: int  # how many workers of the same grid come before: each has doors of their own
    skip: int = 0  # doors of the grid that were visited in an earlier run
    cursor: str = ""
    doors: list[dict[str, Any]] = field(default_factory=list)
    device: str = field(default_factory=lambda: str(uuid4()))
    times: list[float] = field(default_factory=list)
    failed: int = 0
    reasons: list[str] = field(default_factory=list)
    down: int = 0

    def open(self) -> None:
        self.line = HTTPConnection(self.host, timeout=120)

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json"
    ) -> dict[str, Any]:
        """One request and the whole answer."""
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={CSRF}", "X-CSRFToken": CSRF,
            "Content-Type": kind, "Accept-Encoding": "gzip",
        }  # fmt: skip
        begun = time.perf_counter()
        try:
            self.line.request(method, f"/field/api/{path}", body or None, headers)
            answer = self.line.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            self.failed += 1
            self.reasons.append(f"{path.split('/')[0]}/ was not answered")
            self.line.close()
            return {}
        self.times.append((time.perf_counter() - begun) * 1000)
        self.down += len(content)
        if answer.status != 200:
            self.failed += 1
            self.reasons.append(f"{path.split('/')[0]}/ answered {answer.status}")
            return {}
        return _read(content, answer.headers.get("Content-Encoding") == "gzip")

    def register(self) -> None:
        body = json.dumps({"device": self.device, "name": "bench", "app": "1"}).encode()
        self.ask("POST", "devices/", body)

    def pull(self, since: str) -> None:
        found = self.ask("GET", f"pull/?device={self.device}&since={since}")
        self.cursor = found.get("cursor", "")
        if not self.doors:  # this morning's, of the list that came down
            self.doors = doors_of(found, self.skip + self.turn * OPERATIONS, OPERATIONS)


def _read(content: bytes, packed: bool) -> dict[str, Any]:
    import gzip

    found: dict[str, Any] = json.loads(gzip.decompress(content) if packed else content)
    return found


def morning(phone: Phone, base: bytes, whole: bool) -> float:
    """The list down, twelve visits up in three posts, six photos in pieces; seconds of it all."""
    begun = time.perf_counter()
    phone.open()
    phone.register()
    phone.pull("" if whole else phone.cursor)
    photos = [a_photo(base, f"{phone.device} {n}") for n in range(PHOTOS)]  # never seen before
    digests = [sha256(photo).hexdigest() for photo in photos]
    for first in range(0, OPERATIONS, A_POST):
        ops = [operation(phone, seq, digests) for seq in range(first + 1, first + A_POST + 1)]
        body = {"device": phone.device, "sent": datetime.now(UTC).isoformat(), "ops": ops}
        receipts = phone.ask("POST", "ops/", json.dumps(body).encode()).get("receipts", [])
        wrong = [receipt for receipt in receipts if receipt["state"] != "accepted"]
        phone.failed += len(wrong) + A_POST - len(receipts)
        phone.reasons += [str(receipt.get("reason")) for receipt in wrong]
    for photo, digest in zip(photos, digests, strict=True):
        phone.failed += not sent_whole(phone, photo, digest)
    phone.line.close()
    return time.perf_counter() - begun


def operation(phone: Phone, seq: int, digests: list[str]) -> dict[str, Any]:
    """A visit at one of the doors; every second one has a photo."""
    mine = digests[seq // 2 - 1 : seq // 2] if seq % 2 == 0 else []
    return {
        "op": str(uuid4()), "seq": seq, "kind": "visit.done", "at": datetime.now(UTC).isoformat(),
        "place": {"lon": 113.07, "lat": 22.6, "accuracy": 12}, "seen": phone.cursor,
        "data": at_door(phone.doors[seq - 1]),
        "photos": [{"digest": digest, "size": PHOTO, "type": "image/jpeg"} for digest in mine],
    }  # fmt: skip


def sent_whole(phone: Phone, photo: bytes, digest: str) -> bool:
    """As the app does it: ask where to go on, then piece after piece."""
    found = phone.ask("GET", f"photos/{digest}/?device={phone.device}")
    while found and not found["complete"] and not found["refused"]:
        offset = found["received"]
        path = f"photos/{digest}/?offset={offset}&size={PHOTO}&device={phone.device}"
        found = phone.ask("PUT", path, photo[offset : offset + PIECE], "application/octet-stream")
    return bool(found) and found["complete"]


def a_photo(base: bytes, seed: str) -> bytes:
    """The picture with a comment of its own, ``PHOTO`` bytes in all: segments of comment before the end."""
    rng, rest, out = random.Random(seed), PHOTO - len(base), base[:-2]
    while rest > 0:
        size = min(rest, 60_000) if rest - 60_000 not in range(1, 5) else rest - 8
        out += b"\xff\xfe" + struct.pack(">H", size - 2) + rng.randbytes(size - 4)
        rest -= size
    return out + b"\xff\xd9"


def main(url: str, phones: str, at_once: str, whole: str, skip: str) -> None:
    """Signs nobody in: the sessions stand in ``sessions.json`` of the home, the picture in ``photo.jpg``."""
    home, host = Path(os.environ["WANGGE_HOME"]), urlsplit(url).netloc
    sessions = json.loads((home / "sessions.json").read_text())[: int(phones)]
    base = (home / "photo.jpg").read_bytes()
    held = [Phone(session, host, turn, int(skip)) for session, turn in sessions]
    for phone in held if whole == "0" else ():  # yesterday they pulled everything
        phone.open()
        phone.register()
        phone.pull("")
        phone.line.close()
        phone.times, phone.down = [], 0
    begun = time.perf_counter()
    with ThreadPoolExecutor(int(at_once)) as threads:
        rounds = list(threads.map(lambda n: morning(held[n], base, whole == "1"), range(len(held))))
    taken = time.perf_counter() - begun
    times = sorted(spent for phone in held for spent in phone.times)
    print(json.dumps({
        "phones": len(held), "seconds": taken, "requests": len(times), "failed": sum(p.failed for p in held),
        "p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "slowest": times[-1],
        "reasons": sorted({reason for phone in held for reason in phone.reasons})[:3],
        "round": sorted(rounds)[len(rounds) // 2], "down": sum(phone.down for phone in held) // len(held),
    }))  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
