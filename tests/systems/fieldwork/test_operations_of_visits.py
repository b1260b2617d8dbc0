"""What a phone sends and is sent, by the contract with the engine."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast as people
from tests.systems.fieldwork.visit_cast import PHONE, a_campaign, a_room, cared, confirmed, lives
from wangge.engines.sync import sections
from wangge.engines.sync.handlers import Incoming, Place, handler_of
from wangge.foundation.access.queries import reach_of
from wangge.foundation.access.rules import Unacceptable
from wangge.lib.scoping import within
from wangge.systems.fieldwork.actions.care import pair
from wangge.systems.fieldwork.models import CareService, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return people.worker()


def send(worker, kind: str, data: dict[str, Any], **more: Any):
    given = {
        "op": uuid4(), "seq": 1, "kind": kind, "at": timezone.now(), "place": None, "data": data,
        "photos": (), "seen": "", "worker": worker, "phone": cast(Any, SimpleNamespace()),
    }  # fmt: skip
    handler = handler_of(kind)
    assert handler is not None
    with within(reach_of(worker)):
        return handler(Incoming(**given | more))


def read(worker, name: str, changed=None):
    scope = sections.Scope(worker, (people.GRID,), None, changed)
    found = sections.registered()[name]
    with within(reach_of(worker)):
        rows = found.reader(scope)
        return rows, (found.gone(scope) if found.gone else [])


def test_a_visit_goes_up_and_its_script_goes_away(worker):
    room = a_room()
    person = confirmed(lives(room), phone=400)
    (script,), _gone = read(worker, "scripts")
    assert script["id"] == f"room:{room.pk}" and PHONE not in json.dumps(script)
    assert {"key", "label", "type", "options", "fact", "person", "why", "known"} <= script["questions"][
        0
    ].keys()
    answers = {f"person:{person.pk}:phone": True, f"room:{room.pk}:room_state": "own"}
    done = send(
        worker, "visit.done",
        {"room": room.pk, "result": "done", "answers": answers, "campaigns": [], "team": "x"},
        place=Place(113.0, 22.6),
    )  # fmt: skip
    assert done.area_code == people.GRID and done.differs == ""
    assert done.result["ledgers"] == ["常住人口"] and done.result["still"] == []
    assert done.result["call_back"] is None and done.result["changed"] == 0
    changed = sections.Changed({"fieldwork.visit": {str(done.result["visit"])}, "people.person": {"x"}})
    assert read(worker, "scripts", changed) == ([], [f"room:{room.pk}"])
    changed = sections.Changed({"people.person": {str(person.pk)}})
    confirmed(person, phone=400)
    rows, gone = read(worker, "scripts", changed)
    assert [row["id"] for row in rows] == [f"room:{room.pk}"] and f"room:{room.pk}" not in gone


def test_nobody_home_brings_the_card_to_the_phone(worker):
    room = a_room()
    a_campaign(room)
    done = send(worker, "visit.done", {"room": f"room:{room.pk}", "result": "nobody"})
    card = done.result["call_back"]
    assert len(card["number"]) == 10 and card["link"].startswith("/v/") and card["tries"] == 1
    assert any("居家安全" in word for word in done.result["still"])


def test_a_refusal_says_why(worker):
    room = a_room(grid=people.OTHER_GRID)
    for data in ({"room": room.pk, "result": "done"}, {"result": "done"}, {"room": "x"}, {"room": "9" * 30}):
        with pytest.raises(Unacceptable):
            send(worker, "visit.done", data)
    here = a_room()
    with pytest.raises(Unacceptable, match="走访结果"):
        send(worker, "visit.done", {"room": here.pk, "answers": [1], "form": "x", "forms": 3, "topics": 3})
    with pytest.raises(Unacceptable, match="格式"):
        send(
            worker,
            "visit.done",
            {"room": here.pk, "result": "partly", "answers": {str(n): "1" for n in range(700)}},
        )
    assert not Visit.objects.exists()


def test_people_found_and_left(worker):
    room = a_room()
    done = send(worker, "person.found", {"room": room.pk, "name": "上官新"})
    assert done.result["new"] and "上官" not in json.dumps(done.result, ensure_ascii=False)
    left = {"person": done.result["person"], "on": timezone.localdate().isoformat()}
    with pytest.raises(Unacceptable, match="日期"):
        send(worker, "person.left", left | {"on": "soon"})
    assert send(worker, "person.left", left).result["new"]


def test_care_goes_both_ways_and_the_class_only_to_the_contact(worker):
    row = cared(lives(a_room()))
    (line,), _gone = read(worker, "care")
    assert (line["class"], line["contact_is_me"], line["level"]) == ("", False, "red")
    pair(actor="cli", care=row, worker=worker)
    (line,), _gone = read(worker, "care")
    assert (line["class"], line["contact_is_me"]) == ("elderly", True)
    done = send(worker, "care.service", {"care": row.pk, "way": "phone", "safe": True, "words": "好"})
    assert done.result["next"] and CareService.objects.get().safe is True
    row.ends_on = timezone.localdate()
    row.save()
    changed = sections.Changed({"fieldwork.careperson": {str(row.pk)}})
    assert read(worker, "care", changed) == ([], [str(row.pk)])


def test_rooms_know_their_last_visit_and_people_that_they_are_looked_after(worker):
    room, other = a_room(), a_room("102")
    person, neighbour = lives(room), lives(other, "独孤试")
    row = cared(person)
    sent = [
        send(
            worker,
            "visit.done",
            {"room": room.pk, "result": result},
            at=timezone.now() - timedelta(minutes=ago),
        )
        for result, ago in (("refused", 3), ("nobody", 9))
    ]
    rows = {one["id"]: one for one in read(worker, "rooms")[0]}
    assert rows[str(room.pk)]["last_result"] == "refused" and rows[str(other.pk)]["last_visit"] is None
    at = datetime.fromisoformat(rows[str(room.pk)]["last_visit"])
    assert at == Visit.objects.get(pk=sent[0].result["visit"]).at
    changed = sections.Changed({"fieldwork.visit": {str(sent[1].result["visit"])}})
    (again,), _gone = read(worker, "rooms", changed)
    assert again == rows[str(room.pk)]
    flags = {one["id"]: one["flags"] for one in read(worker, "people")[0]}
    assert flags == {str(person.pk): ["关爱"], str(neighbour.pk): []}
    row.ends_on = timezone.localdate()
    row.save()
    (told,), _gone = read(worker, "people", sections.Changed({"fieldwork.careperson": {str(row.pk)}}))
    assert (told["id"], told["flags"]) == (str(person.pk), [])
