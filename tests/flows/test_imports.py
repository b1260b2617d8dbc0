"""What follows from a ledger handed to the worker, and from a grid that is divided."""

from datetime import date

import pytest

from tests import cast
from tests.registry.ledgers.import_cast import row, workbook
from wangge import flows
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.enums import State
from wangge.foundation.journal.models import Delivery, Entry
from wangge.lib.identifiers import make_demo_id
from wangge.registry.ledgers import actions
from wangge.registry.ledgers.enums import BatchState
from wangge.registry.ledgers.models import Batch
from wangge.registry.people.models import Discrepancy, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


@pytest.fixture
def batch() -> Batch:
    content = workbook([row("张三")])
    received = actions.receive_file(actor="cli", area_code=cast.COMMUNITY, name="台账.xlsx", content=content)
    Batch.objects.filter(pk=received.pk).update(state=BatchState.RECEIVED)
    received.refresh_from_db()
    return actions.plan_batch(actor="cli", batch=received)


def state_of(kind: str) -> str:
    """The one state of everything owed to the entries of this kind."""
    (state,) = set(Delivery.objects.filter(entry__kind=kind).values_list("state", flat=True))
    return state


def test_a_batch_handed_over_is_written_in_the_name_of_who_asked(batch):
    actions.request_commit(actor=cast.secretary(), batch=batch)
    assert Person.objects.count() == 0
    flows.drain()
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE and Person.objects.count() == 1
    asked = Entry.objects.get(kind="ledger.commit_requested").actor
    assert Entry.objects.get(kind="ledger.imported").actor == asked
    assert state_of("ledger.commit_requested") == state_of("ledger.imported") == State.DONE


def test_what_an_import_brings_is_checked_for_contradictions(ground, everywhere):
    number = make_demo_id("999703", date(1980, 1, 2), 3)
    rows = [
        row("张三", 身份证号=number, 与户主关系="户主"),
        row("李四", 出生日期="1960-03-04", 与户主关系="子"),
    ]
    content = workbook(rows)
    batch = actions.receive_file(actor="cli", area_code=cast.COMMUNITY, name="台账.xlsx", content=content)
    actions.request_commit(actor="cli", batch=actions.plan_batch(actor="cli", batch=batch))
    flows.drain()
    assert set(Discrepancy.objects.values_list("rule", flat=True)) == {"child_older_than_head"}


def test_a_batch_cancelled_before_its_turn_is_not_written(batch):
    actions.request_commit(actor="cli", batch=batch)
    actions.cancel_batch(actor="cli", batch=batch)
    flows.drain()
    assert Person.objects.count() == 0 and state_of("ledger.commit_requested") == State.DONE


def test_a_divided_grid_reaches_the_register():
    data = {"on": "2026-01-01", "from": [cast.GRID], "to": [cast.GRID]}
    journal.record("area.border_moved", actor="cli", area=cast.COMMUNITY, data=data)
    flows.drain()
    assert state_of("area.border_moved") == State.DONE
