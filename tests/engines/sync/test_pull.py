"""What travels down: everything once, then only what changed; never what is not the worker's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.engines.sync.pull_cast import SECOND, firm, home, later, lives
from tests.engines.sync.sync_cast import Handset
from wangge.engines.sync import sections
from wangge.engines.sync.models import Phone
from wangge.engines.sync.queries import changes, cursor, pulling
from wangge.foundation.access.models import Reading
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.registry.people import actions as register
from wangge.registry.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _everywhere(everywhere):
    pass


class TestWhole:
    def test_the_first_pull_brings_everything_of_the_workers_grid_and_nothing_else(self, phone, second):
        room = home()
        one = lives("甲一", room, phone="10000000001", birth=date(1980, 5, 6), sex="1")
        lives("丙三", home(SECOND, "丙栋", 113.075))
        firm("一号店")
        (page,) = phone.pull()
        assert page["full"] and not page["more"] and not page["wipe"] and not page["left"]
        assert phone.rows["people"] == {
            str(one.pk): {
                "id": str(one.pk), "area": cast.GRID, "name": "甲一", "sex": "1", "birth_year": 1980,
                "room": str(room.pk), "household": None, "relation": "", "kind": "", "phone": "100****0001",
                "confirmed": one.confirmed_at and one.confirmed_at.isoformat(), "flags": [],
            }
        }  # fmt: skip
        assert phone.rows["rooms"][str(room.pk)] == {
            "id": str(room.pk), "area": cast.GRID, "building": str(room.building_id), "label": "1单元101",
            "floor": "1", "state": "", "last_visit": None, "last_result": "",
        }  # fmt: skip
        assert phone.names("buildings") == ["甲栋"] and phone.names("organisations") == ["一号店"]
        area = phone.areas[cast.GRID]
        assert (area["community"], area["lon"], area["lat"]) == (cast.COMMUNITY, 113.06, 22.61)
        assert area["polygon"]["type"] == "Polygon" and set(phone.areas) == {cast.GRID}

    def test_whoever_was_sent_was_read_and_the_phone_is_seen(self, phone):
        one = lives("甲一", home())
        phone.pull()
        reading = Reading.objects.get()
        assert (reading.actor, reading.subject_id, reading.what) == (
            phone.user.username,
            str(one.pk),
            "export",
        )
        assert reading.area_code == cast.GRID and Phone.objects.get().pulled_at is not None

    def test_a_secretary_holds_the_community_by_pages(self, second, monkeypatch):
        monkeypatch.setattr(pulling, "A_PAGE", 2)
        for key, area in (("甲栋", cast.GRID), ("丙栋", SECOND), ("无网格", cast.COMMUNITY)):
            room = home(area, key)
            lives(f"{key}人", room), lives(f"{key}客", room)
        phone = Handset(cast.secretary())
        phone.register()
        pages = phone.pull()
        assert [page["more"] for page in pages] == [True, True, False]
        assert [page["full"] for page in pages] == [True, False, False]
        assert len(phone.names()) == 6 and set(phone.areas) == {cast.COMMUNITY, cast.GRID, SECOND}
        monkeypatch.setattr(pulling, "AT_MOST", 5)
        phone.cursor = ""
        (*_, last) = phone.pull()
        assert len(phone.names()) == 4 and last["cut"] == [SECOND] and not last["more"]

    def test_wider_work_is_not_for_a_phone(self, ground):
        phone = Handset(cast.officer())
        phone.register()
        (page,) = phone.pull()
        assert page["areas"] == [] and page["sections"] == {}

    def test_a_broken_or_old_cursor_begins_anew(self, phone):
        lives("甲一", home())
        phone.pull()
        held = cursor.unpack(phone.cursor, timezone.now())
        old = cursor.Cursor(held.entry, held.moment - timedelta(days=31), held.day, held.held).pack()
        bomb = "eNrtwTEBAAAAwqD1T20LL6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        for text in ("x", "😀", "a" * 9_000, bomb, phone.cursor[:-5], old, "Ww"):
            assert phone.fetch(text).json()["full"] is True
        assert phone.fetch().json()["full"] is False


class TestDelta:
    def test_nothing_changed_sends_nothing(self, phone):
        lives("甲一", home())
        later()
        phone.pull()
        page = phone.fetch().json()
        seen = {name for name, rows in page["sections"].items()}
        assert page["areas"] is None and page["left"] == [] and seen <= {"people", "buildings"}

    def test_changes_come_and_those_who_left_go(self, phone, second):
        room = home()
        people = {
            name: lives(name, room) for name in ("走的", "搬的", "死的", "改的", "并的", "留的", "错的")
        }
        shop = firm("旧店")
        elsewhere = home(SECOND, "丙栋", 113.075)
        phone.pull()
        today = timezone.localdate()
        register.record_leave(actor="test", person=people["走的"], on=today)
        register.record_death(actor="test", person=people["死的"], on=today)
        register.move_person(actor="test", person=people["搬的"], on=today, room=elsewhere)
        register.update_person(actor="test", person=people["改的"], facts={"phone": "10000000009"}, source=40)
        register.merge_persons(actor="test", keep=people["留的"], absorb=people["并的"], reason="同一人")
        tie = people["错的"].ties.get()
        register.correct_tie(actor="test", tie=tie, reason="登记错了", room=elsewhere)
        register.close_organisation(actor="test", organisation=shop, on=today, reason="关了")
        register.update_room(actor="test", room=room, facts={"state": "rented"})
        lives("新的", room)
        firm("新店")
        (page,) = phone.pull()
        assert not page["full"] and phone.names() == ["改的", "新的", "留的"]
        assert phone.rows["people"][str(people["改的"].pk)]["phone"] == "100****0009"
        assert phone.names("organisations") == ["新店"]
        assert phone.rows["rooms"][str(room.pk)]["state"] == "rented"

    def test_a_shop_that_moved_to_another_grid_goes(self, phone, second):
        shop = firm("搬的店")
        phone.pull()
        register.move_organisation(actor="test", organisation=shop, area=SECOND)
        phone.pull()
        assert phone.names("organisations") == []

    def test_an_end_known_beforehand_comes_with_its_day(self, phone):
        one = lives("到期", home())
        tomorrow = timezone.localdate() + timedelta(days=1)
        register.end_tie(actor="test", tie=one.ties.get(), on=tomorrow)
        phone.pull()
        assert phone.names() == ["到期"]
        one.ties.filter(known_to=None).update(valid_to=timezone.localdate())
        held = cursor.unpack(phone.cursor, timezone.now())
        day = timedelta(days=1)
        phone.cursor = cursor.Cursor(held.entry, held.moment - day, held.day - day, held.held).pack()
        phone.pull()
        assert phone.names() == []

    def test_an_undone_adjudication_begins_anew(self, phone):
        phone.pull()
        journal.record("case.reopened", actor="test", area=cast.COMMUNITY)
        assert phone.fetch().json()["full"] is True

    def test_so_many_changes_begin_anew(self, phone, monkeypatch):
        phone.pull()
        monkeypatch.setattr(changes, "MOST", 3)
        journal.record_many(
            "person.updated",
            actor="test",
            area=cast.GRID,
            rows=[("people.person", n, "", {}) for n in range(4)],
        )
        assert phone.fetch().json()["full"] is True

    def test_the_cost_follows_the_changes_and_not_the_grid(self, phone):
        room = home()
        for number in range(30):
            lives(f"甲{number}", room)
        later()
        phone.pull()

        def cost() -> tuple[int, int, str]:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page = phone.fetch().json()
            return len(asked), len(page["sections"].get("people", ())), str(page["sections"])

        quiet, none, _text = cost()
        for number in range(60):
            made = Person.objects.create(name=f"乙{number}")
            register.begin_tie(actor="test", person=made, kind="lives", room=room)
        busy, many, _text = cost()
        assert many - none == 60 and busy - quiet <= 6  # a few for the log of readings

    def test_sections_of_others_are_told_what_changed(self, phone):
        asked: list[sections.Scope] = []
        scene = {"id": "1", "name": "消防"}
        sections.register("test.scenes", lambda scope: [scene] if scope.changed is None else [], placed=False)
        sections.register(
            "test.duties", lambda scope: asked.append(scope) or [{"id": "d", "area": cast.GRID}]
        )
        room = home()
        sections.extend(
            "rooms", lambda scope, ids: {key: {"last_result": "met"} for key in ids},
            lambda scope: {int(key) for key in scope.changed.get("fieldwork.visit", ())},
        )  # fmt: skip
        phone.pull()
        assert phone.rows["test.scenes"] == {"1": scene} and asked[-1].changed is None
        assert phone.rows["rooms"][str(room.pk)]["last_result"] == "met"
        journal.record("visit.recorded", actor="test", area=cast.GRID, subject=room)
        Entry._base_manager.filter(kind="visit.recorded").update(subject_type="fieldwork.visit")
        (page,) = phone.pull()
        assert asked[-1].changed["visit.recorded"] == {str(room.pk)}
        assert asked[-1].areas == (cast.GRID,) and asked[-1].since < timezone.now()
        assert [row["id"] for row in page["sections"]["rooms"]] == [str(room.pk)]

    def test_a_new_day_sends_daily_sections_whole(self, phone):
        rows = [{"id": "1", "area": cast.GRID}, {"id": "2", "area": cast.GRID}]
        sections.register("test.daily", lambda scope: list(rows) if scope.changed is None else [], daily=True)
        phone.pull()
        held = cursor.unpack(phone.cursor, timezone.now())
        rows.pop(0)
        assert phone.fetch().json()["whole"] == []
        phone.cursor = cursor.Cursor(held.entry, held.moment, held.day - timedelta(days=1), held.held).pack()
        (page,) = phone.pull()
        assert page["whole"] == ["test.daily"] and set(phone.rows["test.daily"]) == {"2"}
