"""Sealing: late rows, several segments, two sealers."""

from datetime import timedelta

import pytest

from wangge.foundation.journal import actions as journal
from wangge.foundation.journal import queries, sealing, sweeps
from wangge.foundation.journal.models import Entry, Segment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]
NOW = timedelta(0)


def write(count: int) -> list[Entry]:
    return [journal.record("test.written", actor="cli", area="") for _ in range(count)]


def test_fresh_rows_are_left_to_settle():
    write(2)
    assert sealing.seal_pending() == 0
    assert queries.verify().unsealed == 2


def test_rows_that_settled_are_sealed():
    write(2)
    Entry._base_manager.update(at="2026-01-01T00:00:00Z")
    assert sealing.seal_pending() == 2


def test_sealing_twice_seals_once():
    write(2)
    assert (sealing.seal_pending(settled=NOW), sealing.seal_pending(settled=NOW)) == (2, 0)
    assert Segment.objects.count() == 1


def test_a_row_with_a_lower_id_that_commits_late_goes_into_a_later_segment():
    first, late, last = write(3)
    Entry._base_manager.filter(pk=late.pk).update(kind="test.hidden")  # as if not yet committed
    fields = {name: getattr(late, name) for name in ("at", "digest")}
    Entry._base_manager.filter(pk=late.pk).delete()
    sealing.seal_pending(settled=NOW)
    late.segment = None
    late.save(force_insert=True)
    assert fields["digest"] == late.digest and late.pk < last.pk
    assert sealing.seal_pending(settled=NOW) == 1
    assert Segment.objects.count() == 2 and queries.verify().intact
    assert first.pk < late.pk


def test_many_rows_make_several_chained_segments(monkeypatch):
    monkeypatch.setattr(sealing, "SEGMENT_ROWS", 2)
    write(5)
    assert sealing.seal_pending(settled=NOW) == 5
    one, two, three = Segment.objects.order_by("number")
    assert (one.count, two.count, three.count) == (2, 2, 1)
    assert (two.previous, three.previous) == (one.root, two.root)
    assert queries.verify().intact


def test_a_second_sealer_with_the_same_number_seals_nothing(monkeypatch):
    write(1)
    sealing.seal_pending(settled=NOW)
    write(1)
    newest = Segment.objects.get()
    monkeypatch.setattr(sealing, "_last", lambda: None)  # it read the chain before the other one sealed
    assert sealing.seal_pending(settled=NOW) == 0
    assert Segment.objects.get() == newest and queries.verify().intact


def test_the_daily_check_catches_a_cut_off_end():
    write(2)
    sealing.seal_pending(settled=NOW)
    write(2)
    sealing.seal_pending(settled=NOW)
    assert sweeps.check_trail().intact
    Entry._base_manager.filter(segment__number=2).delete()
    Segment.objects.get(number=2).delete()
    assert sweeps.check_trail().code == "root_missing"
