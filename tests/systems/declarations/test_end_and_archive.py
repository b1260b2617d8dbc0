"""A stay that is over is ended, what is over for long is erased; counts stay, downtime changes nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string

from tests.systems.declarations.verify_cast import PHONE, a_declaration, an_id, known, limit, somebody
from wangge.foundation.journal.models import Entry
from wangge.systems.declarations.actions.verify import mark_wrong, verify_declaration
from wangge.systems.declarations.actions.verify_correct import correct_declaration
from wangge.systems.declarations.enums import State
from wangge.systems.declarations.models import Amendment, Decision, Declaration
from wangge.systems.declarations.retention import archive_due
from wangge.systems.declarations.sweeps import end_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def days_ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def test_a_stay_that_is_over_ends_and_one_that_lasts_does_not():
    over = a_declaration(state=State.VERIFIED, stay_until=yesterday())
    lasts = a_declaration(state=State.VERIFIED, stay_until=timezone.localdate())
    assert (end_due(), end_due()) == (1, 0)
    over.refresh_from_db()
    lasts.refresh_from_db()
    assert (over.state, lasts.state) == (State.ENDED, State.VERIFIED)
    assert Entry.objects.filter(kind="declaration.ended").count() == 1


def test_without_an_end_of_stay_the_profile_of_its_day_says_when():
    limit("release_days", 30)
    limit("release_days", 2, since=timezone.localdate() - timedelta(days=5))
    old = a_declaration(received_at=days_ago(20), state=State.VERIFIED)  # lives by thirty days
    new = a_declaration(received_at=days_ago(3), state=State.VERIFIED)  # lives by two
    assert end_due() == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (State.VERIFIED, State.ENDED)


def test_one_that_nobody_verified_ends_as_not_in_time():
    row = a_declaration(received_at=days_ago(40))
    end_due()
    row.refresh_from_db()
    assert (row.state, row.on_time, row.decided_at, row.verify_by) == (State.ENDED, False, None, None)


def test_the_end_lies_where_the_stay_ended_however_late_the_clock_ran():
    row = a_declaration(received_at=days_ago(200), state=State.VERIFIED)
    assert (end_due(), archive_due()) == (1, 1)  # ended 186 days ago, kept 90
    row.refresh_from_db()
    assert row.state == State.ARCHIVED


def test_archiving_erases_who_it_was_and_keeps_what_is_counted():
    person = somebody(id_no=an_id(11), phone=PHONE)
    row = known(
        person, id_no=an_id(11), phone=PHONE, host_name="司马东", reporter_name="司马西", purpose="探亲",
        from_text="虚构市", raw_sealed="v1.a.x", trip_no="K999", received_at=days_ago(300),
    )  # fmt: skip
    correct_declaration(actor="cli", declaration=row, values={"purpose": "务工"})
    mark_wrong(actor="cli", declaration=row, fields=["phone"], note="说不清")
    verify_declaration(actor="cli", declaration=row)
    end_due()
    assert (archive_due(), archive_due()) == (1, 0)
    row = Declaration.objects.get(pk=row.pk)
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    for name in [*Declaration.personal, "via", "from_text", "purpose", "note", "person_id", "room_id"]:
        said = kept.get(name, kept.get(f"{name}_id"))
        assert not said or (name, said) == ("address_says", "unknown"), name
    assert (row.state, row.kind, row.area_code[:12], row.decided_by) == (
        State.ARCHIVED, "coming", row.area_code[:12], "cli",
    )  # fmt: skip
    assert Amendment.objects.count() == 0
    assert set(Decision.objects.values_list("note", "step_sealed")) == {("", "")}
    assert Decision.objects.filter(verb="verify").count() == 1  # still counted
    assert not Entry.objects.filter(reason__contains="说不清").exists()  # nor in the trail


def test_what_is_not_over_is_not_archived():
    limit("retention_days", 0)
    a_declaration(received_at=days_ago(400), state=State.VERIFIED, stay_until=date(2999, 1, 1))
    a_declaration(state=State.WITHDRAWN, state_at=days_ago(1))
    assert (end_due(), archive_due()) == (0, 1)


def test_more_than_one_batch_is_ended_in_one_run(monkeypatch):
    monkeypatch.setattr("wangge.systems.declarations.sweeps.AT_ONCE", 2)
    for _each in range(5):
        a_declaration(state=State.VERIFIED, stay_until=yesterday())
    assert end_due() == 5


def test_the_worker_runs_both_by_the_clock():
    from wangge.flows.table import SWEEPS

    names = [name for name in SWEEPS if name.startswith("wangge.systems.declarations.")]
    assert {name.rsplit(".", 1)[1] for name in names} >= {"end_due", "archive_due"}
    assert all(callable(import_string(name)) for name in names)
