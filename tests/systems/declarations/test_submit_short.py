"""SQLite: an attempt that was rolled back leaves nothing behind that spoils the next one."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from tests import cast
from tests.systems.declarations.intake import a_code, a_payload
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal.models import Entry
from wangge.systems.declarations.actions import submit_short, submit_write
from wangge.systems.declarations.actions.submit import Client, Refused, submit
from wangge.systems.declarations.actions.submit_statement import Item
from wangge.systems.declarations.models import Declaration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


class PowerCut(Exception):
    """What ends an attempt before it is durable."""


@pytest.fixture
def item(monkeypatch: pytest.MonkeyPatch) -> Item:
    """A report that is ready to be written."""
    ready: list[Item] = []
    monkeypatch.setattr(submit_write, "execute", lambda items: set(ready.extend(items) or ()))
    with pytest.raises(Refused):
        submit(a_payload(a_code().number), channel="scan", client=Client())
    return ready[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL writes by one statement of its own")
def test_the_trails_number_of_a_lost_attempt_is_not_used_again(item: Item) -> None:
    with pytest.raises(PowerCut), transaction.atomic():
        submit_short.execute([item])
        raise PowerCut
    meanwhile = journal.record("test.other", actor="test", area=cast.COMMUNITY)
    assert submit_short.execute([item]) == {item.receipt}
    assert Declaration.objects.count() == 1
    assert set(Entry.objects.filter(kind="declaration.submitted").values_list("pk", flat=True)) == {
        item.entry.pk
    }
    assert item.entry.pk != meanwhile.pk
