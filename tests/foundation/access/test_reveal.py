"""Reading a person leaves a mark the person can see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from wangge.foundation.access import actions, queries, retention
from wangge.foundation.access.models import Reading
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]


def subject(area: str = cast.GRID):
    """Any row with an area stands for the person read about."""
    return cast.person_with(("resident", area))


def reveal(actor, shown, reason="核实居住地址", field="phone"):
    actions.reveal(actor=actor, subject=shown, field=field, reason=reason)


def test_a_reveal_is_in_the_read_log_and_in_the_trail():
    worker, shown = cast.worker(), subject()
    reveal(worker, shown)
    reading = queries.readings_of(shown).get()
    assert (reading.actor, reading.actor_name, reading.what) == (worker.username, "王格", "reveal")
    assert (reading.field, reading.reason) == ("phone", "核实居住地址")
    assert Entry.objects.get(kind="person.revealed").changes == {"field": "phone"}


@pytest.mark.parametrize("reason", ["", " ", "1"])
def test_a_reveal_without_a_reason_is_refused(reason):
    with pytest.raises(Unacceptable):
        reveal(cast.worker(), subject(), reason=reason)
    assert not Reading.objects.exists()


def test_a_reveal_outside_the_own_area_or_without_the_right_is_refused():
    for actor in (cast.worker(cast.OTHER_GRID), cast.leader(), cast.system_admin(), cast.nobody()):
        with pytest.raises(Refused):
            reveal(actor, subject())
    assert not Reading.objects.exists() and not Entry.objects.filter(kind="person.revealed").exists()


def test_a_phone_written_into_the_reason_is_blanked():
    shown = subject()
    reveal(cast.worker(), shown, reason="回拨 10012345678")
    assert queries.readings_of(shown).get().reason == "回拨 ***"


def test_the_same_view_within_ten_minutes_is_one_reading():
    worker, shown = cast.worker(), subject()
    for _ in range(3):
        actions.note_reading(actor=worker, subject=shown)
    assert queries.readings_of(shown).count() == 1
    Reading.objects.update(at=timezone.now() - timedelta(minutes=11))
    actions.note_reading(actor=worker, subject=shown)
    assert queries.readings_of(shown).count() == 2


def test_other_readers_other_persons_and_other_ways_are_other_readings():
    worker, shown, other = cast.worker(), subject(), subject()
    actions.note_reading(actor=worker, subject=shown)
    actions.note_reading(actor=worker, subject=shown, what="search")
    actions.note_reading(actor=cast.worker(), subject=shown)
    actions.note_reading(actor=worker, subject=other)
    assert (queries.readings_of(shown).count(), queries.readings_of(other).count()) == (3, 1)


def test_readings_older_than_three_years_are_forgotten():
    worker, shown = cast.worker(), subject()
    actions.note_reading(actor=worker, subject=shown)
    actions.note_reading(actor=worker, subject=shown, what="search")
    Reading.objects.filter(what="view").update(at=timezone.now() - timedelta(days=3 * 365 + 1))
    assert retention.forget_old_readings() == 1
    assert queries.readings_of(shown).get().what == "search"
