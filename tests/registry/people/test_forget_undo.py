"""What decisions could be undone with is erased 180 days later; undoing is then declined in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.registry.people.people_cast import PHONE, demo_id
from wangge.flows.table import SWEEPS
from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import (
    check_people,
    merge_persons,
    reopen_discrepancy,
    repair_discrepancy,
    settle_contradiction,
    unmerge_persons,
)
from wangge.registry.people.models import Contradiction, Discrepancy, Merge, Person
from wangge.registry.people.retention import forget_undo
from wangge.registry.people.rules import Declined

Enrol = Callable[..., Person]
LONG_AGO, LATELY = timedelta(days=181), timedelta(days=179)


def aged(model, field: str, by: timedelta) -> None:
    model.objects.update(**{field: timezone.now() - by})


@pytest.fixture
def merge(enrol: Enrol) -> Merge:
    return merge_persons(actor="test", keep=enrol(name="甲某", phone=PHONE), absorb=enrol(name="乙某"))


@pytest.fixture
def repair(enrol: Enrol) -> Discrepancy:
    wrong = enrol(id_no=demo_id(1, date(1980, 5, 6)), birth=date(1981, 5, 6))
    check_people([wrong.pk])
    return repair_discrepancy(actor="test", discrepancy=Discrepancy.objects.get())


def test_the_sweep_stands_in_the_table():
    assert "wangge.registry.people.retention.forget_undo" in SWEEPS


def test_a_merge_is_undone_within_180_days(merge: Merge):
    aged(Merge, "at", LATELY)
    assert forget_undo() == 0
    unmerge_persons(actor="test", merge=merge)
    assert Merge.objects.get().undone_at


def test_a_merge_older_than_that_is_not_undone_any_more(merge: Merge):
    aged(Merge, "at", LONG_AGO)
    forget_undo()
    assert Merge.objects.get().before_sealed == ""
    with pytest.raises(Declined) as why:
        unmerge_persons(actor="test", merge=merge)
    assert why.value.code == "forgotten" and "180 天" in why.value.message
    assert Merge.objects.get().undone_at is None


@pytest.mark.parametrize(("age", "forgotten"), [(LATELY, False), (LONG_AGO, True)])
def test_a_repair_is_taken_back_only_as_long(repair: Discrepancy, age: timedelta, forgotten: bool):
    aged(Discrepancy, "decided_at", age)
    forget_undo()
    if not forgotten:
        assert reopen_discrepancy(actor="test", discrepancy=repair).state == "open"
        return
    with pytest.raises(Declined) as why:
        reopen_discrepancy(actor="test", discrepancy=repair)
    assert why.value.code == "forgotten" and Discrepancy.objects.get().state == "repaired"


def test_both_sides_of_a_decided_contradiction_go_an_open_one_stays(enrol: Enrol):
    keep = enrol(name="甲某", phone=PHONE, former_name="旧名甲")
    merge_persons(
        actor="test", keep=keep, absorb=enrol(name="丙某", phone="10000000002", former_name="旧名乙")
    )
    first, *others = Contradiction.objects.order_by("pk")
    assert others, "two must differ for this"
    settle_contradiction(actor="test", contradiction=first, take=False)
    Contradiction.objects.filter(pk=first.pk).update(decided_at=timezone.now() - LONG_AGO)
    Contradiction.objects.update(raised_at=timezone.now() - LONG_AGO)
    assert forget_undo() == 1
    first.refresh_from_db()
    assert (first.held_sealed, first.offered_sealed, first.state) == ("", "", "kept")
    assert all(row.held_sealed and row.offered_sealed for row in Contradiction.objects.exclude(pk=first.pk))


def test_the_trail_tells_how_many_once(merge: Merge):
    aged(Merge, "at", LONG_AGO)
    forget_undo()
    forget_undo()
    entry = Entry.objects.get(kind="register.undo_forgotten")
    assert entry.data["merges"] == 1
