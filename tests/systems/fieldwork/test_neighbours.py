"""Captains by building; people who work in another city; finding a household; topics counted."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import cast
from tests.systems.fieldwork.visit_cast import PHONE, a_room, lives, visited
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.fieldwork.actions import captains as actions
from wangge.systems.fieldwork.actions.commuters import end_commuter, note_commuter, remind_commuters
from wangge.systems.fieldwork.models import Captain, CaptainCare, Commuter
from wangge.systems.fieldwork.queries.doors import search_doors
from wangge.systems.fieldwork.queries.neighbours import captain_counts, commuter_counts
from wangge.systems.fieldwork.queries.visits import Wanted, topic_counts

pytestmark = pytest.mark.django_db


def test_a_captain_has_a_term_a_group_and_is_cared_for(logged_in):
    room = a_room()
    person, building, browser = lives(room, "上官楼"), room.building, logged_in(cast.secretary())
    new = reverse("visits:captain_new", args=[building.pk])
    assert "上官楼" in browser.post(new, {"do": "find", "q": "sgl"}).content.decode()
    sent = {"do": "save", "person": person.pk, "building": building.pk, "came_from": "retired",
            "named_by": "mass", "begins_on": "2026-01-05", "council": "on"}  # fmt: skip
    assert browser.post(new, sent | {"came_from": "king"}).status_code == 422
    for _twice in range(2):
        browser.post(new, sent)
    row = Captain.objects.get()
    assert row.council and (str(captain_counts()), captain_counts().council) == ("100.0%", 1)
    page = reverse("visits:captain_change", args=[row.pk])
    browser.post(page, {"do": "care", "kind": "生活上关怀"})
    browser.post(page, {"do": "council", "council": "0"})
    assert CaptainCare.objects.get().kind == "生活上关怀" and not Captain.objects.get().council
    assert "上官楼" in browser.get(reverse("visits:captains")).content.decode()
    browser.post(page, {"do": "end"})
    with pytest.raises(Unacceptable, match="已经结束"):
        actions.end_captain(actor="cli", captain=row)
    assert str(captain_counts()) == "0.0%"
    assert building.name in browser.get(reverse("visits:captains") + "?without=1").content.decode()


def test_commuters_are_listed_per_grid_and_city(logged_in):
    person, browser = lives(a_room(), "上官远"), logged_in(cast.worker())
    row = note_commuter(actor="cli", person=person, city="广州", returns="每周")
    assert note_commuter(actor="cli", person=person, city="广州") == row
    other = note_commuter(actor="cli", person=person, city="佛山")
    assert commuter_counts() == [(cast.GRID, "佛山", 1)]
    shown = browser.get(reverse("visits:commuters") + "?city=佛山").content.decode()
    assert "上官远" in shown
    browser.post(reverse("visits:commuters"), {"row": [other.pk, "x"]})
    assert Entry.objects.filter(kind="commuter.reminded").count() == 1
    assert remind_commuters(actor="cli", commuters=[Commuter.objects.get(pk=row.pk)]) == 0  # ended
    end_commuter(actor="cli", commuter=other)
    with pytest.raises(Unacceptable, match="已经取消"):
        end_commuter(actor="cli", commuter=other)
    with pytest.raises(Unacceptable, match="城市"):
        note_commuter(actor="cli", person=person, city=" ")


@pytest.mark.parametrize(
    "text", ["上官", "上官寻", "sgx", PHONE, "2345", "1栋101", "虚构花园1栋 101室", "101"]
)
def test_a_household_is_found_by_whatever_is_known(text):
    room = a_room()
    lives(room, "上官寻")
    hit = next(hit for hit in search_doors(text) if hit.kind == "room")
    assert (hit.key, hit.who) == (room.pk, ("上*寻",))


def test_nothing_is_found_for_nothing_and_masked_for_the_page(logged_in):
    lives(a_room(), "上官寻")
    assert search_doors(" ") == [] and search_doors("不存在的人") == []
    shown = logged_in(cast.worker()).post(reverse("visits:search"), {"q": "上官寻"}).content.decode()
    assert "虚构花园1栋101" in shown and "上*寻" in shown
    other = logged_in(cast.worker(cast.OTHER_GRID)).post(reverse("visits:search"), {"q": "上官寻"})
    assert "没有找到" in other.content.decode()


def test_what_was_told_is_counted_by_topic(logged_in):
    worker = cast.worker()
    for topics in (["反诈", "用电"], ["反诈"], []):
        visited(a_room(), "partly", actor=worker, topics=topics, team=[{"kind": "volunteer", "name": "甲"}])
    assert topic_counts(Wanted()) == [("反诈", 2), ("用电", 1)]
    browser = logged_in(cast.secretary())
    assert "反诈" in browser.get(reverse("visits:topics")).content.decode()
    page = browser.get(reverse("visits:list") + "?result=partly&since=bad").content.decode()
    assert "虚构花园1栋101" in page and "王格" in page
