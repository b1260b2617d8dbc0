"""Units, their people and their load, by whoever manages them there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import a_unit, opened, step
from wangge.engines.cases.actions.units import add_member, end_member, save_unit, set_roster
from wangge.engines.cases.models import RosterDay, Unit
from wangge.engines.cases.queries.units import units_of
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
OWN = {"area_code": cast.COMMUNITY}
TOLD = {"name": "巡防队", "kind": "community", "area_code": cast.COMMUNITY, "active": "on"}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_holds_however_many(number, logged_in):
    for at in range(number):
        a_unit(f"{at}队", **OWN)
    page = logged_in(cast.secretary()).get(reverse("cases:units")).content.decode()
    assert page.count("/console/cases/units/") >= number and all(f"{at}队" in page for at in range(number))


def test_a_list_without_any_says_what_to_do(logged_in):
    assert "还没有处置单位" in logged_in(cast.secretary()).get(reverse("cases:units")).content.decode()


def test_load_and_duty_stand_in_the_list(logged_in):
    hand = cast.worker()
    unit = a_unit("环卫站", hand, **OWN)
    RosterDay.objects.create(unit=unit, user=hand, day=timezone.localdate())
    case = opened()
    step(case, "file", level="third")
    step(case, "dispatch", unit=unit)
    page = logged_in(cast.secretary()).get(reverse("cases:units")).content.decode()
    assert hand.name in page and '<td class="number">1</td><td class="number">1</td>' in page


def test_a_unit_is_made_changed_and_put_out_of_use(logged_in):
    browser = logged_in(cast.secretary())
    assert browser.post(reverse("cases:unit_new"), TOLD | {"name": ""}).status_code == 422
    made = browser.post(reverse("cases:unit_new"), TOLD)
    unit = Unit.objects.get()
    assert made.url == reverse("cases:unit", args=[unit.pk]) and unit.classes == []
    gone = {name: value for name, value in TOLD.items() if name != "active"} | {"name": "老队"}
    assert browser.post(reverse("cases:unit_edit", args=[unit.pk]), gone).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.active) == ("老队", False)
    assert Entry.objects.filter(kind="unit.changed").count() == 2


def test_nobody_makes_one_outside_her_area():
    told = {"name": "巡防队", "kind": "community", "classes": [], "active": True}
    with pytest.raises(Refused):
        save_unit(actor=cast.secretary(), area_code=cast.OTHER_COMMUNITY, **told)
    far = a_unit("远", area_code=cast.OTHER_COMMUNITY)
    with pytest.raises(Refused):
        save_unit(actor=cast.secretary(), unit=far, area_code=cast.COMMUNITY, **told)


def test_a_member_is_found_by_account_or_by_a_name_that_only_one_has(logged_in):
    unit, one = a_unit("巡防队", **OWN), cast.worker()
    browser, address = logged_in(cast.secretary()), reverse("cases:unit_join", args=[unit.pk])
    assert browser.post(address, {"who": one.name}).status_code == 302
    assert units_of(one) == {unit.pk}
    cast.worker()  # of the same name
    double = browser.post(address, {"who": one.name})
    assert double.status_code == 422 and "请填用户名" in double.content.decode()
    far = browser.post(address, {"who": cast.worker(cast.OTHER_GRID).username})
    assert far.status_code == 422 and "没有这个人的账号" in far.content.decode()


def test_who_leaves_is_off_the_roster_from_today_on(logged_in):
    unit, hand, today = a_unit("巡防队", **OWN), cast.worker(), timezone.localdate()
    member = add_member(actor="test", unit=unit, user=hand, since=today - timedelta(days=9))
    assert add_member(actor="test", unit=unit, user=hand) == member
    for days in (-1, 0, 3):
        RosterDay.objects.create(unit=unit, user=hand, day=today + timedelta(days=days))
    address = reverse("cases:unit_leave", args=[unit.pk, member.pk])
    assert logged_in(cast.secretary()).post(address).status_code == 302
    assert units_of(hand) == set() and unit.roster.get().day == today - timedelta(days=1)
    end_member(actor="test", member=member)
    assert add_member(actor="test", unit=unit, user=hand).until is None and units_of(hand) == {unit.pk}


def test_a_roster_is_exactly_what_is_told_for_its_days():
    hand, other, today = cast.worker(), cast.worker(), timezone.localdate()
    unit = a_unit("巡防队", hand, other, **OWN)
    first, last = today, today + timedelta(days=2)
    assert (
        set_roster(actor="test", unit=unit, first=first, last=last, days=[(first, hand), (last, hand)]) == 2
    )
    assert (
        set_roster(actor="test", unit=unit, first=first, last=last, days=[(first, hand), (last, hand)]) == 0
    )
    assert set_roster(actor="test", unit=unit, first=last, last=last, days=[(last, other)]) == 2
    assert {(row.day, row.user) for row in unit.roster.all()} == {(first, hand), (last, other)}
    with pytest.raises(Unacceptable, match="成员"):
        set_roster(actor="test", unit=unit, first=first, last=last, days=[(first, cast.officer())])
    with pytest.raises(Refused):
        set_roster(actor=cast.secretary(cast.OTHER_COMMUNITY), unit=unit, first=first, last=last, days=[])
