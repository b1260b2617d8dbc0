"""Home: what waits for me, in my areas only, at a fixed number of queries."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from wangge.lib.scoping import Reach
from wangge.registry.ledgers.models import Batch
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
