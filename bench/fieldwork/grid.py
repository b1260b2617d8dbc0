"""A grid of homes with campaigns and care, and its scripts; run inside a throw-away district."""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

GRID, COMMUNITY, SEED = "440703002001001", "440703002001", 440703
FRESH = ("phone", "education", "marriage", "occupation", "employment", "hukou_address")
ASKS: list[tuple[str, str, str, str]] = [
    ("ask1", "phone", "text", "phone"), ("ask1", "work", "select one", "employment"),
    ("ask1", "state", "select one", "room_state"), ("ask1", "reported", "select one", ""),
    ("ask2", "fire", "select one", ""), ("ask2", "gas", "select one", ""), ("ask2", "wire", "select one", ""),
    ("ask2", "ebike", "select one", ""), ("ask3", "hard", "select one", ""), ("ask3", "need", "text", ""),
    ("ask3", "reply", "select one", ""), ("more", "group", "select one", ""),
    ("more", "captain", "select one", ""), ("more", "willing", "select one", ""),
]  # fmt: skip
GAS = [("gas", f"q{at}", "select one", "") for at in range(8)]


def main() -> None:
    """Prints what was measured as JSON."""
    quick = sys.argv[-1] == "quick"
    import_module("wangge.site.wsgi")  # as the server begins
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wangge.lib.scoping import EVERYWHERE, within
    from wangge.systems.fieldwork.queries.scripts import doors_in, scripts_of, told

    with within(EVERYWHERE):
        people = fill(60 if quick else 800)
        scripts_of(doors_in([GRID]))  # what a process reads once is read
        with CaptureQueriesContext(connection) as seen:
            scripts_of(doors_in([GRID]))
        begun, cpu = time.perf_counter(), time.process_time()
        made = scripts_of(doors_in([GRID]))
        sent = json.dumps(told(made), ensure_ascii=False).encode()
        seconds, spent = time.perf_counter() - begun, time.process_time() - cpu
    rooms = [script for script in made if script.door.startswith("room:")]
    figures = {
        "rooms": len(rooms), "people": people, "due": sum(bool(one.blocks) for one in rooms),
        "asked": sum(one.asked for one in rooms), "separate": sum(one.separate for one in rooms),
        "seconds": seconds, "cpu": spent, "statements": len(seen), "bytes": len(sent),
        "packed": len(gzip.compress(sent, 6)),
    }  # fmt: skip
    print(json.dumps(figures))


def fill(doors: int) -> int:
    """Homes, people, what was confirmed when, care, campaigns; returns how many people."""
    from django.db import transaction
    from django.utils import timezone

    from wangge.lib.sealing import blind, seal
    from wangge.registry.people.models import Building, Person, Room, Tie
    from wangge.systems.fieldwork.models import CarePerson, VisitRule

    dice, today = random.Random(SEED), timezone.localdate()

    def ago() -> date:
        return today - timedelta(days=dice.randrange(365))

    with transaction.atomic():
        buildings = Building.objects.bulk_create(
            Building(area_code=GRID, community=COMMUNITY, key=f"b{at}", name=f"{at}栋") for at in range(16)
        )
        rooms = Room.objects.bulk_create(
            Room(area_code=GRID, building=buildings[at % 16], key=f"{at}", door=f"{at}", state="own", use="1")
            for at in range(doors)
        )
        people = Person.objects.bulk_create(
            Person(
                name="试用", birth=date(1950 + at % 60, 1, 1), id_sealed="x", id_index=f"bench{at}",
                phone_sealed=seal(f"100{at:08d}"), phone_index=blind(f"100{at:08d}"), education="20",
                marriage="20", occupation="5", employment="24", hukou_address="虚构路", confirmed_at=ago(),
                provenance={fact: [40, ago().isoformat()] for fact in FRESH},
            )
            for at in range(int(doors * 3.75))
        )  # fmt: skip
        known = datetime(2026, 1, 1, tzinfo=UTC)
        Tie.objects.bulk_create(
            Tie(person=person, kind="lives", area_code=GRID, room=rooms[at % doors], known_from=known,
                confirmed_at=ago())
            for at, person in enumerate(people)
        )  # fmt: skip
        VisitRule.objects.create(
            area_code=GRID, level="red", name="示例", period="week", times=1, valid_from=today, example=True
        )
        CarePerson.objects.bulk_create(
            CarePerson(person=person, area_code=GRID, care_class="elderly", level="red", begins_on=today)
            for person in people[::20]
        )
        for key, asks in (("ask3", ASKS), ("gas", GAS)):
            campaign(key, asks, rooms, today)
    return len(people)


def campaign(key: str, asks: list[tuple[str, str, str, str]], rooms: list[Any], today: date) -> None:
    """A running campaign at every door."""
    from wangge.engines.forms.models import Form, FormVersion
    from wangge.systems.fieldwork.models import Campaign, CampaignTarget

    form = Form.objects.create(key=key, title=key, area_code=COMMUNITY, made_by="bench")
    questions = [
        {"path": f"/data/{part}/{name}", "name": name, "type": kind, "label": name, "fact": fact}
        for part, name, kind, fact in asks
    ]
    FormVersion.objects.create(
        form=form, number=1, workbook=b"", xform="<x/>", digest=f"{key:0>32}", questions=questions,
        state="published", made_by="bench",
    )  # fmt: skip
    row = Campaign.objects.create(
        name=key, kind="special", area_code=COMMUNITY, form=form, target="rooms",
        scope={"areas": [GRID]}, begins_on=today, ends_on=today + timedelta(days=30), state="running",
        made_by="bench",
    )  # fmt: skip
    CampaignTarget.objects.bulk_create(
        CampaignTarget(campaign=row, area_code=GRID, room=room) for room in rooms
    )
