"""Child process: puts people and codes into the district and writes what the clients will send.

``python -m bench.declaring.sending FILE PEOPLE``: one JSON object a line; ``@REPORT@`` stands where the load
generator puts a fresh UUID. Half of those who declare are registered and give their number, a quarter are
registered and give none, a quarter are new.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import django

SEED, CODES = 440703, 50
SURNAMES = "陈李黄张梁林吴刘何谭冯周罗叶邓区欧余谢冼"
GIVEN = "志明秀英嘉欣伟强美玲浩然子轩诗雅国华建军淑芬晓彤俊杰敏仪"


def main() -> None:
    """Register, hang codes, write the file."""
    django.setup()
    from wangge.site.cli import everywhere

    path, count = Path(sys.argv[1]), int(sys.argv[2])
    with everywhere():
        tokens = codes()
        people = registered(count)
        with path.open("w", encoding="utf-8") as file:
            for at, person in enumerate(people):
                file.write(json.dumps(payload(at, person, tokens[at % CODES]), ensure_ascii=False) + "\n")


def codes() -> list[str]:
    """Signed tokens of codes on some communities."""
    from django.utils import timezone

    from wangge.foundation.territory.models import Area
    from wangge.lib import signing
    from wangge.lib.serials import new_code_number
    from wangge.systems.declarations.models import ReportCode

    tokens = []
    for area in Area.objects.filter(level="community").order_by("code")[:CODES]:
        number = new_code_number()
        ReportCode.objects.create(
            number=number, scope="community", area_code=area.code, label=area.name,
            valid_from=timezone.localdate(), demo=True,
        )  # fmt: skip
        tokens.append(signing.sign(signing.Token("C", int(number))))
    while len(tokens) < CODES:
        tokens.append(tokens[0])
    return tokens


def registered(count: int) -> list[dict[str, Any]]:
    """Invented people; three of four stand in the register, each in a room of their own."""
    from django.utils import timezone

    from wangge.foundation.territory.models import Area
    from wangge.lib.addresses import door_key, parse
    from wangge.lib.identifiers import make_demo_id
    from wangge.lib.pinyin import initials
    from wangge.lib.sealing import blind_many, seal_many
    from wangge.registry.people.models import Building, Person, Room, Tie

    rng = random.Random(SEED)
    communities = list(Area.objects.filter(level="community").order_by("code")[:CODES])
    people = []
    for at in range(count):
        born = date(1940, 1, 1) + timedelta(days=rng.randrange(28_000))
        name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2))))
        number = make_demo_id("999703", born, at % 1000)
        community = communities[at % len(communities)]
        address = f"{community.name}虚构花园{at // 400 + 1}栋{at % 20 + 1:02d}{at % 8 + 1:02d}"
        people.append({
            "name": name, "id_no": number, "birth": born, "sex": "1" if int(number[16]) % 2 else "2",
            "phone": f"100{at:08d}", "address": address, "community": community.code,
        })  # fmt: skip
    known = [person for at, person in enumerate(people) if at % 4]
    buildings: dict[tuple[str, str], Building] = {}
    rooms: dict[tuple[int, str], Room] = {}
    sealed = seal_many([p["id_no"] for p in known]), seal_many([p["phone"] for p in known])
    blinds = blind_many([p["id_no"] for p in known]), blind_many([p["phone"] for p in known])
    seen: set[str] = set()
    for at, person in enumerate(known):
        key = door_key(parse(person["address"]))
        assert key is not None
        place = person["community"], key.building
        if place not in buildings:
            buildings[place] = Building.objects.create(
                area_code=place[0], community=place[0], key=key.building, name=key.name, demo=True
            )
        door = buildings[place].pk, key.room
        if door not in rooms:
            rooms[door] = Room.objects.create(
                area_code=place[0], building=buildings[place], key=key.room, door=key.door, demo=True
            )
        if blinds[0][at] in seen:
            continue
        seen.add(blinds[0][at])
        made = Person.objects.create(
            name=person["name"], initials=initials(person["name"])[:20], id_type="111", birth=person["birth"],
            sex=person["sex"], id_sealed=sealed[0][at], id_index=blinds[0][at], phone_sealed=sealed[1][at],
            phone_index=blinds[1][at], demo=True,
        )  # fmt: skip
        Tie.objects.create(
            person=made, kind="lives", area_code=place[0], room=rooms[door], known_from=timezone.now()
        )
    return people


def payload(at: int, person: dict[str, Any], token: str) -> dict[str, Any]:
    """What a phone sends."""
    human = {"name": person["name"], "id_type": "111", "id_no": person["id_no"], "phone": person["phone"]}
    if at % 4 == 3:
        human |= {"id_no": "", "birth": person["birth"].isoformat(), "sex": person["sex"]}
    return {
        "report": "@REPORT@", "code": token, "kind": "returning", "reported_by": "self",
        "consent": {"notice": "2026-11"}, "people": [human],
        "trip": {
            "from_region": "440100", "from_text": "广州市天河区", "arrive_at": "2026-11-27T18:30:00+08:00",
            "transport": "train", "trip_no": "C6879",
        },
        "stay": {"address": person["address"], "purpose": "回家"},
    }  # fmt: skip


if __name__ == "__main__":
    main()
