"""Home: what waits for me, in my areas only, at a fixed number of queries."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from wangge.lib.scoping import Reach
from wangge.registry.ledgers.models import Batch, LedgerCount
from wangge.registry.people.enums import TieKind
from wangge.registry.people.models import Person, Tie

pytestmark = pytest.mark.django_db
In = Callable[..., Client]


@pytest.fixture(autouse=True)
def ground(everywhere: Reach) -> None:
    """Two communities in two towns of one district."""
    cast.lay_ground()


def _batch(area: str, **fields: str) -> Batch:
    return Batch.objects.create(area_code=area, file_name="台账.xlsx", file_hash=uuid4().hex, **fields)


def _stale_person(area: str) -> None:
    person = Person.objects.create(name="试验", confirmed_at=date(2020, 1, 1))
    Tie.objects.create(person=person, kind=TieKind.LIVES, area_code=area, known_from=timezone.now())


def _numbers(page: object) -> dict[str, str]:
    return {str(counted.tile.label): counted.number for counted in page.context["tiles"]}  # type: ignore[attr-defined]


def test_counts_what_waits_in_my_area_and_not_next_door(logged_in: In) -> None:
    _batch(cast.COMMUNITY, state="planned")
    _batch(cast.OTHER_COMMUNITY, state="planned")
    _stale_person(cast.COMMUNITY)
    _stale_person(cast.OTHER_COMMUNITY)
    numbers = _numbers(logged_in(cast.secretary()).get("/console/"))
    assert numbers["待确认的导入"] == "1"
    assert numbers["久未核实的人"] == "1"


def test_an_empty_register_leads_to_the_import(logged_in: In) -> None:
    assert "登记册里还没有人" in logged_in(cast.secretary()).get("/console/").content.decode()
    _stale_person(cast.COMMUNITY)
    assert "登记册里还没有人" not in logged_in(cast.secretary()).get("/console/").content.decode()


def test_somebody_without_a_grant_sees_no_number(logged_in: In) -> None:
    _stale_person(cast.COMMUNITY)
    page = logged_in(cast.nobody()).get("/console/")
    assert page.status_code == 200
    assert _numbers(page) == {}


def test_asks_to_sign_in() -> None:
    assert Client().get("/console/").headers["Location"].startswith("/accounts/login/")


def test_three_rows_cost_as_many_queries_as_one(logged_in: In) -> None:
    client = logged_in(cast.secretary())
    costs = []
    for more in (1, 2):
        for _ in range(more):
            _batch(cast.COMMUNITY, state="planned")
            _stale_person(cast.COMMUNITY)
        client.get("/console/")  # sessions and caches settle
        with CaptureQueriesContext(connection) as queries:
            client.get("/console/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_every_number_opens_exactly_its_rows(logged_in: In) -> None:
    for state in ("asking", "planned", "planned", "done"):
        _batch(cast.COMMUNITY, state=state)
    _batch(cast.COMMUNITY, state="failed")
    old = _batch(cast.COMMUNITY, state="failed")
    Batch.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    _stale_person(cast.COMMUNITY)
    _stale_person(cast.COMMUNITY)
    fresh = Person.objects.create(name="新近", confirmed_at=timezone.localdate())
    Tie.objects.create(person=fresh, kind=TieKind.LIVES, area_code=cast.COMMUNITY, known_from=timezone.now())
    client = logged_in(cast.secretary())
    counted = {str(one.tile.label): one for one in client.get("/console/").context["tiles"]}
    shown = {}
    for label in ("待确认的导入", "失败的导入", "久未核实的人"):
        page = client.get(counted[label].address)
        shown[label] = str(len(page.context["rows"]))
    assert shown == {"待确认的导入": "3", "失败的导入": "1", "久未核实的人": "2"}
    assert shown == {label: counted[label].number for label in shown}


def test_a_town_shows_its_own_count_and_opens_it(logged_in: In) -> None:
    for code, number in ((cast.COMMUNITY, 5), (cast.TOWN, 7)):
        LedgerCount.objects.create(ledger="resident", area_code=code, count=number, as_of=timezone.now())
    page = logged_in(cast.district_user()).get("/console/")
    assert {line.code: line.people for line in page.context["areas"]}[cast.TOWN] == 7
    assert f"?area={cast.TOWN}" in page.content.decode()
