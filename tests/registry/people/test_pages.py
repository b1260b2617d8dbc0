"""Every page of the register answers, masks, hides what is outside, and asks the same number of queries
for one row and for three."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import COMMUNITY, OTHER_COMMUNITY, leader, person_with, secretary, worker
from tests.registry.people.people_cast import PHONE, demo_id
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Reading
from wangge.foundation.territory.models import Area
from wangge.registry.people.actions import (
    begin_tie,
    find_or_register_household,
    find_or_register_organisation,
    merge_persons,
    update_person,
)  # fmt: skip
from wangge.registry.people.models import Contradiction, Estate, Merge, Person, Tie

LISTS = ("list", "households", "buildings", "organisations", "estates", "contradictions")


@pytest.fixture
def areas(db, everywhere):
    parent = None
    for level, code in [("district", "440703000000"), ("town", "440703002000"), ("community", COMMUNITY)]:
        parent = Area.objects.create(code=code, level=level, name=f"虚构{level}", parent=parent)
    return Area.objects.create(
        code=COMMUNITY + "001", level="grid", kind="general", name="甲网格", parent=parent
    )


@pytest.fixture
def desk(areas, logged_in):
    return logged_in(secretary())


@pytest.fixture
def settled(enrol, room, areas):
    """One person with a firm, a household, an estate and a contradiction."""

    def one(n: int = 1) -> Person:
        from wangge.registry.people.models import Building, Room

        estate = Estate.objects.create(area_code=COMMUNITY, name=f"虚构花园{n}")
        house = Building.objects.create(
            area_code=room.area_code, community=COMMUNITY, key=f"{n}栋", name=f"{n}栋", estate=estate
        )
        flat = Room.objects.create(area_code=room.area_code, building=house, key="501", door="501")
        person = enrol(f"王小{'甲乙丙丁'[n]}", id_no=demo_id(n * 2 + 1), phone=PHONE[:-1] + str(n), room=flat)
        household = find_or_register_household(actor="cli", room=flat)
        firm = find_or_register_organisation(actor="cli", community=COMMUNITY, name=f"虚构商行{n}", room=flat)
        begin_tie(actor="cli", person=person, kind="works", organisation=firm)
        Tie.objects.filter(person=person, kind="lives").update(household=household)
        update_person(actor="cli", person=person, facts={"phone": PHONE[:-1] + "9"}, source=10)
        return person

    return one


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_same_number_of_queries_for_one_row_and_three(desk, settled, name):
    address = reverse(f"people:{name}")
    counts = []
    for n in (1, 2, 3):
        settled(n)
        desk.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[2], counts


def test_search_asks_the_same_number_of_queries_for_one_row_and_three(desk, settled):
    counts = []
    for n in (1, 2, 3):
        settled(n)
        desk.post(reverse("people:search"), {"q": "王小"})
        with CaptureQueriesContext(connection) as queries:
            page = desk.post(reverse("people:search"), {"q": "王小"})
        assert page.content.decode().count("王小") >= n
        counts.append(len(queries))
    assert counts[0] == counts[2], counts


def test_an_empty_register_says_what_to_do_next(desk):
    for name in LISTS:
        assert 'class="nothing"' in desk.get(reverse(f"people:{name}")).content.decode()


def test_the_page_masks_and_is_noted_once(desk, settled):
    person = settled(1)
    for _ in range(2):
        page = desk.get(reverse("people:person", args=[person.pk])).content.decode()
    assert demo_id(3) not in page
    assert PHONE not in page
    assert "王小乙" in page
    assert Reading.objects.filter(what="view", subject_id=str(person.pk)).count() == 1


@pytest.mark.parametrize(("reason", "seen"), [("核对同名人员", True), ("", False)])
def test_a_value_is_revealed_for_a_reason_only(desk, settled, reason, seen):
    person = settled(1)
    answer = desk.post(reverse("people:reveal", args=[person.pk, "id_no"]), {"reason": reason})
    assert (demo_id(3) in answer.content.decode()) is seen
    assert Reading.objects.filter(what="reveal").exists() is seen
    assert answer.status_code == (200 if seen else 422)


def test_only_sealed_facts_are_revealed(desk, settled):
    assert (
        desk.post(
            reverse("people:reveal", args=[settled(1).pk, "provenance"]), {"reason": "想看"}
        ).status_code
        == 404
    )


def addresses(person: Person) -> list[str]:
    home = person.ties.filter(kind="lives").get()
    firm = person.ties.filter(kind="works").get().organisation
    estate = Estate.objects.create(area_code=COMMUNITY, name="虚构花园")
    pages = {"person": person.pk, "edit": person.pk, "move": person.pk, "readings": person.pk,
             "choose_other": person.pk, "correct": home.pk, "room": home.room_id,
             "building": home.room.building_id, "household": home.household_id,
             "organisation": firm.pk, "estate": estate.pk}  # fmt: skip
    return [reverse(f"people:{name}", args=[key]) for name, key in pages.items()]


def test_inside_every_page_answers_outside_none_exists(desk, logged_in, settled):
    person = settled(1)
    stranger, no_right = logged_in(secretary(OTHER_COMMUNITY)), logged_in(leader())
    for address in addresses(person):
        assert desk.get(address).status_code == 200, address
        assert stranger.get(address).status_code == 404, address
        assert no_right.get(address).status_code == 403, address


def test_an_areas_people(desk, logged_in, settled):
    settled(1)
    address = reverse("people:area", args=[COMMUNITY])
    assert "王小乙" in desk.get(address).content.decode()
    assert logged_in(secretary(OTHER_COMMUNITY)).get(address).status_code == 404


def test_the_past_is_shown_as_of_a_day(desk, settled):
    person = settled(1)
    Tie.objects.filter(person=person, kind="lives").update(valid_from=date(2026, 1, 1))
    address = reverse("people:person", args=[person.pk])
    assert "501" not in desk.get(address, {"day": "2025-12-31"}).content.decode().split("虚构商行1")[0][-400:]
    assert desk.get(address, {"day": "nonsense", "known": "2020-01-01"}).status_code == 200


def test_registering_asks_and_then_registers(desk, areas):
    given = {
        "name": "王小甲",
        "area": COMMUNITY,
        "address": "虚构花园3栋2单元501",
        "kind": "lives",
        "source": 40,
    }
    answer = desk.post(reverse("people:register"), given)
    person = Person.objects.get()
    assert answer.headers["Location"] == reverse("people:person", args=[person.pk])
    asked = desk.post(reverse("people:register"), given)
    assert "都不是" in asked.content.decode()
    assert Person.objects.count() == 1
    desk.post(reverse("people:register"), given | {"answer": "new"})
    assert Person.objects.count() == 2


def test_registering_nonsense_says_so_and_writes_nothing(desk, areas):
    given = {"name": "王小甲", "id_no": "123", "area": COMMUNITY, "kind": "lives", "source": 40}
    page = desk.post(reverse("people:register"), given)
    assert page.status_code == 200
    assert "alert-danger" in page.content.decode()
    assert not Person.objects.exists()


def test_editing_changes_what_was_typed_and_nothing_else(desk, settled):
    person = settled(1)
    address = reverse("people:edit", args=[person.pk])
    before = person.told_by("sex")
    given = {"name": person.name, "sex": person.sex, "birth": person.birth, "id_type": person.id_type,
             "school": "虚构小学", "source": 40}  # fmt: skip
    assert desk.post(address, given).status_code == 302
    person.refresh_from_db()
    assert (person.school, person.id_no) == ("虚构小学", demo_id(3))
    assert person.told_by("sex") == before
    assert demo_id(3) not in desk.get(address).content.decode()


def test_moving_through_the_page(desk, settled):
    person = settled(1)
    given = {"area": COMMUNITY, "address": "虚构花园8栋101", "on": "2026-10-01"}
    assert desk.post(reverse("people:move", args=[person.pk]), given).status_code == 302
    assert person.ties.get(kind="lives", known_to=None, valid_to=None).room.door == "101"


def test_a_contradiction_is_settled_from_the_list(desk, settled):
    person = settled(1)
    desk.post(reverse("people:settle", args=[Contradiction.objects.get().pk]), {"take": "yes"})
    person.refresh_from_db()
    assert person.phone == PHONE[:-1] + "9"


def test_merging_and_undoing_through_the_pages(desk, enrol, areas):
    keep, absorb = enrol("王小甲", id_no=demo_id(3)), enrol("王小甲")
    address = reverse("people:merge", args=[keep.pk, absorb.pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"reason": "同一人两次登记"}).status_code == 302
    gone = desk.get(reverse("people:person", args=[absorb.pk]))
    assert gone.status_code in (302, 404)
    assert "合并记录" in desk.get(reverse("people:person", args=[keep.pk])).content.decode()
    desk.post(reverse("people:unmerge", args=[Merge.objects.get().pk]), {"reason": "不是同一人"})
    assert desk.get(reverse("people:person", args=[absorb.pk])).status_code == 200


def test_two_numbers_cannot_be_merged_on_the_page_either(desk, enrol, areas):
    keep, absorb = enrol("王小甲", id_no=demo_id(3)), enrol("王小甲", id_no=demo_id(5))
    address = reverse("people:merge", args=[keep.pk, absorb.pk])
    assert "不能合并" in desk.get(address).content.decode()
    desk.post(address, {"reason": "同一人两次登记"})
    assert not Merge.objects.exists()


def test_a_worker_of_another_grid_sees_nobody_and_no_count(logged_in, settled, areas):
    person = settled(1)
    Area.objects.create(
        code=COMMUNITY + "002", level="grid", kind="general", name="乙网格", parent_id=COMMUNITY
    )
    other = logged_in(worker(COMMUNITY + "002"))
    assert other.get(reverse("people:person", args=[person.pk])).status_code == 404
    found = other.post(reverse("people:search"), {"q": demo_id(3)}).content.decode()
    assert "王小乙" not in found
    assert other.get(reverse("people:area", args=[COMMUNITY])).status_code == 404


def test_a_building_is_given_its_grid_by_the_community(desk, logged_in, room, enrol, areas):
    person = enrol()
    Area.objects.create(
        code=COMMUNITY + "002", level="grid", kind="general", name="乙网格", parent_id=COMMUNITY
    )
    address = reverse("people:assign_grid", args=[room.building_id])
    assert logged_in(worker(COMMUNITY + "001")).post(address, {"grid": COMMUNITY + "002"}).status_code == 403
    desk.post(address, {"grid": COMMUNITY + "002"})
    assert person.ties.get().area_code == COMMUNITY + "002"
    desk.post(address, {"grid": "440703003001001"})
    assert person.ties.get().area_code == COMMUNITY + "002"


def test_merging_leaves_nobody_twice_in_the_list(desk, enrol, areas):
    keep, absorb = enrol("王小甲"), enrol("王小甲")
    merge_persons(actor="cli", keep=keep, absorb=absorb)
    assert desk.get(reverse("people:list")).content.decode().count("王小甲") == 1


def test_a_captain_is_led_to_no_firm_she_may_not_open(logged_in, settled):
    person = settled(1)
    room = person.ties.get(kind="lives").room
    pages = [reverse("people:person", args=[person.pk]), reverse("people:room", args=[room.pk])]
    for user, led in ((person_with((Role.CAPTAIN, COMMUNITY)), False), (secretary(COMMUNITY), True)):
        for page in pages:
            told = logged_in(user).get(page).content.decode()
            assert "虚构商行1" in told and ("/organisations/" in told.partition("<main")[2]) is led, page
