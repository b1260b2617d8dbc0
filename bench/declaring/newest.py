"""Child process: fills one community with declarations, or asks for its newest (``fill 100``, ``ask 10``)."""

from __future__ import annotations

import json
import sys
import time

import django

GRIDS = 12
# One row made as the endpoint makes them is copied with its own report, receipt, grid and moment.
COPY = """
INSERT INTO declarations_declaration ({columns})
SELECT {values} FROM declarations_declaration one, generate_series(1, %s) AS n
WHERE one.id = (SELECT min(id) FROM declarations_declaration)
"""


def main() -> None:
    """One of the two."""
    django.setup()
    (fill if sys.argv[1] == "fill" else ask)(int(sys.argv[2]))


def community() -> str:
    from wangge.foundation.territory.models import Area

    return str(
        Area._base_manager.filter(level="community").order_by("code").values_list("code", flat=True)[0]
    )


def fill(size: int) -> None:
    from django.db import connection

    from wangge.foundation.territory.models import Area
    from wangge.lib.scoping import EVERYWHERE, within
    from wangge.systems.declarations.actions.submit import Client, submit
    from wangge.systems.declarations.models import Declaration

    code = community()
    for number in range(1, GRIDS + 1):
        Area._base_manager.get_or_create(
            code=f"{code}{number:03d}",
            defaults={
                "level": "grid",
                "name": f"{number}",
                "parent_id": code,
                "kind": "general",
                "demo": True,
            },
        )
    with within(EVERYWHERE):
        if not Declaration.objects.exists():
            submit(_one(), channel="scan", client=Client())
        missing = size - Declaration.objects.count()
    own = {
        "report": "gen_random_uuid()", "receipt": "substr(md5(random()::text), 1, 11)",
        "area_code": f"'{code}' || CASE WHEN n %% 13 > 0 THEN lpad((n %% 13)::text, 3, '0') ELSE '' END",
        "received_at": "one.received_at + n * interval '1 second'", "matched": "'new'",
        "state": "'to_verify'",
    }  # fmt: skip
    names = [field.column for field in Declaration._meta.concrete_fields if not field.primary_key]
    values = ", ".join(own.get(name, f"one.{name}") for name in names)
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(columns=", ".join(names), values=values), [missing])
        cursor.execute("VACUUM ANALYZE declarations_declaration")


def _one() -> dict[str, object]:
    from datetime import date
    from uuid import uuid4

    from wangge.lib.identifiers import make_demo_id

    people = [
        {"name": "林晓月", "id_no": make_demo_id("999703", date(1990, 5, 6), 1), "phone": "10000001234"}
    ]
    return {
        "report": str(uuid4()), "kind": "returning", "consent": {"notice": "1"}, "people": people,
        "trip": {"from_text": "广州", "arrive_at": time.strftime("%Y-%m-%dT%H:%M")},
        "stay": {"address": "虚构花园1栋101"},
    }  # fmt: skip


def ask(seconds: int) -> None:
    from wangge.lib.scoping import Reach, within
    from wangge.systems.declarations.queries.newest import newest

    code, answers = community(), 0
    with within(Reach((code,))):
        last = json.loads(newest(code))[-1]["id"]
        begun = time.perf_counter()
        while (spent := time.perf_counter() - begun) < seconds:
            body = newest(code, before=last if answers % 4 == 3 else None)
            assert body.count('"area_code"') == 100
            answers += 1
    print(json.dumps({"rate": answers / spent}))


if __name__ == "__main__":
    main()
