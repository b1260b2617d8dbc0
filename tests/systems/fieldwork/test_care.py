"""One-to-one care: exactly one contact, nobody without, the class told to few."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.visit_cast import a_room, cared, days_ago, lives
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Reading
from wangge.foundation.access.rules import Unacceptable
from wangge.registry.people.models import Building, Room
from wangge.systems.fieldwork.actions.care import begin_care, end_care, pair, pair_many, serve_care, set_level
from wangge.systems.fieldwork.models import CareContact, CarePerson, CareService, Duty
from wangge.systems.fieldwork.queries.care import cared_for, pairing_rate, proposals, unpaired

pytestmark = pytest.mark.django_db


def test_somebody_is_listed_once_and_ends_with_a_reason():
    person, secretary = lives(a_room()), cast.secretary()
    row = begin_care(actor=secretary, person=person, care_class="elderly", level="red")
    again = begin_care(actor=secretary, person=person, care_class="elderly", level="green")
    assert again.pk == row.pk and again.level == "green"
    assert set_level(actor=secretary, care=row, level="yellow").level == "yellow"
    pair(actor=secretary, care=row, worker=cast.worker())
    Duty.objects.create(
        key="k", kind="visit", area_code=cast.GRID, care=row, begins_on=days_ago(0), due_on=days_ago(0)
    )
    with pytest.raises(Unacceptable, match="为什么"):
        end_care(actor=secretary, care=row, reason="")
    assert end_care(actor=secretary, care=row, reason="搬走了").ends_on is not None
    assert CareContact.objects.get().ends_on is not None and Duty.objects.get().state == "cancelled"
    with pytest.raises(Unacceptable, match="不再是"):
        set_level(actor=secretary, care=row, level="red")


def test_only_the_community_lists_people_and_only_in_welfare_classes():
    person = lives(a_room())
    with pytest.raises(Unacceptable, match="没有这项权限"):
        begin_care(actor=cast.worker(), person=person, care_class="elderly", level="red")
    with pytest.raises(Unacceptable, match="类别"):
        begin_care(actor="cli", person=person, care_class="drugs", level="red")


def test_there_is_exactly_one_contact_and_it_works_in_the_grid():
    row, one, two = cared(lives(a_room())), cast.worker(), cast.worker()
    assert (str(pairing_rate()), pairing_rate().unpaired) == ("0.00%", 1)
    with pytest.raises(Unacceptable, match="不负责这个网格"):
        pair(actor="cli", care=row, worker=cast.worker(cast.OTHER_GRID))
    pair(actor="cli", care=row, worker=one)
    assert pair(actor="cli", care=row, worker=one).pk == CareContact.objects.get(ends_on=None).pk
    pair(actor="cli", care=row, worker=two)
    assert CareContact.objects.filter(ends_on=None).values_list("user", flat=True).get() == two.pk
    assert (str(pairing_rate()), unpaired().count()) == ("100.00%", 0)
    CarePerson.objects.all().delete()
    assert str(pairing_rate()) == "—"


def test_the_proposal_prefers_the_same_building_then_the_lighter_load():
    one, two = cast.worker(), cast.worker()
    near = cared(lives(a_room("101")))
    pair(actor="cli", care=near, worker=two)
    other = Building.objects.create(
        area_code=cast.GRID, community=cast.COMMUNITY, key="b2", name="虚构花园2栋"
    )
    far_room = Room.objects.create(area_code=cast.GRID, building=other, key="1", door="1")
    same, far = cared(lives(a_room("102"), "独孤同")), cared(lives(far_room, "独孤远"))
    shown = {each.care.pk: (each.worker, each.same_building, each.load) for each in proposals()}
    assert shown == {same.pk: (two, True, 1), far.pk: (one, False, 0)}
    assert CareContact.objects.count() == 1  # shown, not done
    done = [(each.care, each.worker) for each in proposals()]
    assert (pair_many(actor="cli", pairs=done), pair_many(actor="cli", pairs=done)) == (2, 0)


def test_the_next_visit_is_due_by_rule_and_a_service_moves_it():
    row, worker, now = cared(lives(a_room())), cast.worker(), timezone.now()
    (line,) = cared_for([row])
    assert line.next == row.begins_on and line.due_on(timezone.localdate())
    op = uuid4()
    for _twice in range(2):
        serve_care(actor=worker, op=op, care=row, way="phone", at=now + timedelta(days=3), safe=True)
    assert CareService.objects.get().at <= timezone.now()
    (line,) = cared_for([row])
    assert line.next == timezone.localdate() + timedelta(days=7)
    with pytest.raises(Unacceptable, match="方式"):
        serve_care(actor=worker, op=uuid4(), care=row, way="magic", at=now)
    with pytest.raises(Unacceptable, match="不在您"):
        serve_care(actor=cast.worker(cast.OTHER_GRID), op=uuid4(), care=row, way="door", at=now)


def test_the_class_is_told_to_the_contact_and_the_community_only(logged_in):
    row, contact = cared(lives(a_room())), cast.worker()
    pair(actor="cli", care=row, worker=contact)
    page = reverse("visits:care_one", args=[row.pk])
    for user, told in ((contact, True), (cast.worker(), False), (cast.secretary(), True)):
        shown = logged_in(user).get(page).content.decode()
        assert ("elderly" in shown) == told
        assert ("elderly" in logged_in(user).get(reverse("visits:care")).content.decode()) == told
    assert Reading.objects.filter(subject_id=str(row.person_id)).count() == 3


def test_the_pages_do_what_they_say(logged_in):
    person, worker = lives(a_room(), "上官照"), cast.worker()
    browser = logged_in(cast.secretary())
    new = reverse("visits:care_new")
    assert "选这位" in browser.post(new, {"do": "find", "q": "上官"}).content.decode()
    sent = {
        "do": "save",
        "person": person.pk,
        "care_class": "child",
        "level": "red",
        "begins_on": "2026-01-05",
    }
    assert browser.post(new, sent | {"level": ""}).status_code == 422
    browser.post(new, sent)
    row = CarePerson.objects.get()
    assert "上官照" in browser.get(reverse("visits:pairing")).content.decode()
    browser.post(reverse("visits:pairing"), {"pair": [f"{row.pk}:{worker.pk}", "x:y", "9"]})
    assert CareContact.objects.get().user == worker
    served = {"way": "door", "on": "2026-02-30", "safe": "yes", "op": str(uuid4())}
    address = reverse("visits:care_serve", args=[row.pk])
    assert browser.post(address, served).status_code == 422
    for _double in range(2):
        browser.post(address, served | {"on": timezone.localdate().isoformat()})
    assert CareService.objects.count() == 1
    browser.post(reverse("visits:care_change", args=[row.pk]), {"do": "end", "reason": "搬走"})
    assert CarePerson.objects.get().ends_on is not None


def test_a_department_sees_no_class_and_has_no_page_of_care(logged_in):
    """The README says why: which department answers for which class is not configured."""
    row = cared(lives(a_room()))
    department = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    (line,) = cared_for([row])
    assert line.class_for(department) == "" and line.class_for(cast.secretary()) == row.care_class
    browser = logged_in(department)
    assert browser.get(reverse("visits:care")).status_code == 403
