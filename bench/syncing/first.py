"""Child process: one phone's pulls, through the whole product (``python -m bench.syncing.first``)."""

from __future__ import annotations

import json
import time
from importlib import import_module
from typing import Any
from uuid import uuid4

from bench.backend import Backend

PEOPLE, ROOMS, ORGANISATIONS = 3_000, 800, 280
OTHERS = 9  # further grids of 1,900 people, so that what is read is picked out of more
CHANGES = (0, 1, 10, 100, 1_000)
REPEATS = 5
API = "/field/api/"


def main() -> None:
    import_module("wangge.site.wsgi")  # as the server begins
    from wangge.site.cli import everywhere

    with everywhere():
        from bench.syncing import ground

        areas = ground.grids(1 + OTHERS)
        ground.fill(areas[:1], PEOPLE, ROOMS, ORGANISATIONS)
        ground.fill(areas[1:], 1_900, 500, ORGANISATIONS)
        ((_user, session),) = ground.workers(areas, 1)
        print(json.dumps(measured(session, areas[0])))


def measured(session: str, area: str) -> dict[str, Any]:
    """Milliseconds, bytes on the line and queries of a first pull and of pulls after so many changes."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(HTTP_ACCEPT_ENCODING="gzip")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    device = str(uuid4())
    body = json.dumps({"device": device, "name": "bench", "app": "1"})
    assert client.post(f"{API}devices/", body, content_type="application/json").status_code == 200
    firsts = [pulled(client, device, "") for _ in range(REPEATS + 1)][1:]
    first = sorted(firsts, key=lambda one: one["ms"])[REPEATS // 2]
    assert first["people"] == PEOPLE, first
    age()
    deltas = {number: after(client, device, area, number) for number in CHANGES}
    return {"first": first, "deltas": deltas}


def pulled(client: Any, device: str, since: str) -> dict[str, Any]:
    """One pull; the answer is unpacked after the clock stops."""
    import gzip

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun, used = time.perf_counter(), processor()
    answer = client.get(f"{API}pull/", {"device": device, "since": since})
    spent, used = (time.perf_counter() - begun) * 1000, processor() - used
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{API}pull/", {"device": device, "since": since})
    assert answer.status_code == 200, answer.content[:300]
    packed = answer.headers.get("Content-Encoding") == "gzip"
    page = json.loads(gzip.decompress(answer.content) if packed else answer.content)
    people = len(page["sections"].get("people", ()))
    return {
        "ms": spent, "cpu": used, "bytes": len(answer.content), "queries": len(asked), "people": people,
        "cursor": page["cursor"], "full": page["full"],
    }  # fmt: skip


def processor() -> float:
    """Milliseconds of processor so far, ours and the database's."""
    from django.db import connection

    behind = Backend().spent() if connection.vendor == "postgresql" else 0.0
    return time.process_time() * 1000 + behind


def after(client: Any, device: str, area: str, number: int) -> dict[str, Any]:
    """A pull after so many people of the grid were changed, each with its line in the trail."""
    from wangge.foundation.journal import actions as journal
    from wangge.registry.people.models import Tie

    since = pulled(client, device, "")["cursor"]
    keys = (
        Tie._base_manager.filter(area_code=area, kind="lives")
        .order_by("pk")
        .values_list("person_id", flat=True)
    )
    rows = [("people.person", key, area, {"fields": ["phone"]}) for key in keys[:number]]
    journal.record_many("person.updated", actor="bench", area=area, rows=rows)
    times = [pulled(client, device, since) for _ in range(REPEATS)]
    age()
    found = sorted(times, key=lambda one: one["ms"])[REPEATS // 2]
    assert not found["full"] and found["people"] == number, found
    return found


def age() -> None:
    """What was written lies behind the horizon's margin, as it does a minute later."""
    from datetime import timedelta

    from django.db.models import F

    from wangge.foundation.journal.models import Entry
    from wangge.registry.people.models import Tie

    Entry._base_manager.update(at=F("at") - timedelta(minutes=2))
    Tie._base_manager.update(known_from=F("known_from") - timedelta(days=2))


if __name__ == "__main__":
    main()
