"""Two demo orders: a screening in force, a typhoon that is gone with a real certificate."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from wangge.foundation.orders.models import Certificate, Closing, EmergencyOrder, OrderValue
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Person, Tie
from wangge.site.demo import orders


@pytest.fixture(autouse=True)
def _stand(transactional_db, tmp_path, settings):
    settings.HOME = tmp_path
    with within(EVERYWHERE):
        cast.lay_ground()
        yield


def living(number: int) -> None:
    for place in range(number):
        person = Person.objects.create(name=f"示某{place}", demo=True)
        Tie._base_manager.create(
            person=person, kind=TieKind.LIVES, area_code=cast.GRID, known_from=timezone.now()
        )


def test_the_screening_is_in_force_and_holds_values_of_people_there():
    living(5)
    assert orders.make_screening(cast.TOWN) == 16  # a date, symptoms, risk each; one told more
    assert orders.make_screening(cast.TOWN) == 0
    order = EmergencyOrder.objects.get(number=orders.SCREENING)
    assert order.in_force and order.demo
    assert set(OrderValue.objects.values_list("area_code", flat=True)) == {cast.GRID}


def test_its_rows_open_and_each_person_shown_stands_in_the_read_log(logged_in):
    from wangge.foundation.access.models import Reading

    living(3)
    orders.make_screening(cast.TOWN)
    pk = EmergencyOrder.objects.get().pk
    browser: Client = logged_in(cast.secretary())
    assert "中风险" in browser.get(f"/console/orders/{pk}/rows/").content.decode()
    assert Reading.objects.filter(subject_type="people.person").count() == 3


def test_the_typhoon_is_closed_for_real():
    assert orders.make_typhoon(cast.TOWN) and not orders.make_typhoon(cast.TOWN)
    certificate = Certificate.objects.get()
    assert certificate.order.state == "erased" and not OrderValue.objects.exists()
    assert '"subjects": 48' in Closing.objects.get().summary


def test_removing_the_demo_removes_them():
    living(2)
    orders.make_screening(cast.TOWN)
    orders.make_typhoon(cast.TOWN)
    orders.remove_orders()
    assert not EmergencyOrder.objects.exists() and not Certificate.objects.exists()
