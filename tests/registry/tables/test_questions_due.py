"""Who is to be asked for an admitted fact: it is missing, contradicted or past its freshness."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import COMMUNITY, OTHER_COMMUNITY, TOWN
from tests.registry.ledgers.admit_cast import HEADERS, line, water
from tests.registry.ledgers.import_cast import imported
from tests.registry.tables.asking_cast import a_request
from wangge.lib.scoping import Reach, prefix_of, within
from wangge.lib.sealing import seal
from wangge.registry.ledgers.actions.admission import withdraw_field
from wangge.registry.people.models import Contradiction, Person
from wangge.registry.tables.enums import RequestState, Ruling
from wangge.registry.tables.models import NewColumn
from wangge.registry.tables.queries.questions import Due, questions_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
CODE = "yin_shui_lai_yuan"


@pytest.fixture
def field():
    return water(fresh_days=100)


@pytest.fixture
def asked(field):
    request = a_request()
    NewColumn.objects.create(request=request, header="饮水来源", key="x", state=Ruling.ADMITTED, fact=CODE)
    return request


def people(*names: str) -> list[Person]:
    imported([line(name)[:3] for name in names], headers=HEADERS[:3])
    return [Person.objects.get(name=name) for name in names]


def told(person: Person, days: int) -> None:
    day = timezone.localdate() - timedelta(days=days)
    Person.objects.filter(pk=person.pk).update(facts={CODE: "2"}, provenance={CODE: [40, day.isoformat()]})


def test_everybody_of_the_ledger_whose_fact_is_missing(asked):
    one, other = people("张三", "李四")
    told(other, 1)
    assert list(questions_due(asked)) == [Due(one.pk, CODE, "missing")]


def test_a_fact_past_its_freshness_is_asked_again(asked):
    fresh, stale = people("张三", "李四")
    told(fresh, 100)
    told(stale, 101)
    assert list(questions_due(asked)) == [Due(stale.pk, CODE, "stale")]


def test_a_fact_that_never_goes_stale_is_asked_once():
    field = water(fresh_days=0)
    [person] = people("张三")
    told(person, 3000)
    assert list(questions_due(a_request(), [field])) == []


def test_a_contradiction_is_asked_whatever_is_known(asked):
    [person] = people("张三")
    told(person, 1)
    Contradiction.objects.create(
        person=person, area_code=COMMUNITY, field=CODE, held_sealed=seal("2"), offered_sealed=seal("1"),
        held_source=40, offered_source=10,
    )  # fmt: skip
    assert list(questions_due(asked)) == [Due(person.pk, CODE, "contradicted")]


def test_only_people_who_meet_the_conditions(asked):
    people("张三")
    asked.filters = ["age:80-"]
    assert list(questions_due(asked)) == []
    asked.filters = ["age:18-"]
    assert len(list(questions_due(asked))) == 1


def test_nothing_is_asked_for_a_closed_request_or_a_withdrawn_field(asked, field):
    people("张三")
    asked.state = RequestState.CLOSED
    assert list(questions_due(asked)) == []
    asked.state = RequestState.READY
    withdraw_field(actor="test", field=field, reason="不用了")
    assert list(questions_due(asked)) == []


def test_nobody_outside_the_area_or_the_reach(asked):
    people("张三")
    asked.area_code = OTHER_COMMUNITY
    assert list(questions_due(asked)) == []
    asked.area_code = COMMUNITY
    with within(Reach((prefix_of(TOWN),))):
        assert len(list(questions_due(asked))) == 1
    with within(Reach((prefix_of(OTHER_COMMUNITY),))):
        assert list(questions_due(asked)) == []


def test_the_queries_do_not_grow_with_people(asked):
    people("张三")
    with CaptureQueriesContext(connection) as one:
        list(questions_due(asked))
    people("李四", "王五")
    with CaptureQueriesContext(connection) as three:
        assert len(list(questions_due(asked))) == 3
    assert len(one) == len(three)
