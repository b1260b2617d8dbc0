"""Nobody touches the trail unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests import cast
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal import queries
from wangge.foundation.journal.digests import leaves_of, row_digest, segment_root
from wangge.foundation.journal.models import Entry, Segment
from wangge.foundation.journal.sealing import seal_pending
from wangge.lib.scoping import EVERYWHERE, within

NOW = timedelta(0)
OTHER = {
    "at": lambda value: value - timedelta(microseconds=1),
    "changes": lambda value: {**value, "n": -1},
    "data": lambda value: {**value, "more": True},
}


def write(count: int, *, sealed: bool = True) -> list[Entry]:
    entries = [
        journal.record("person.edited", actor="cli", area=cast.GRID, changes={"n": n}, reason="核对")
        for n in range(count)
    ]
    if sealed:
        seal_pending(settled=NOW)
    return entries


def touch(entry: Entry, **values) -> None:
    Entry._base_manager.filter(pk=entry.pk).update(**values)


class AnyTouchIsNamed(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        which=st.integers(0, 8),
        field=st.sampled_from([*queries.HASHED, "digest"]),
        sealed=st.booleans(),
    )
    def test_changing_one_field_of_one_row(self, which, field, sealed):
        with within(EVERYWHERE):
            entries = write(4) + write(5, sealed=sealed)
            entry = entries[which]
            change = OTHER.get(field, lambda value: f"{value[:-1]}{'1' if value[-1:] == '0' else '0'}")
            touch(entry, **{field: change(getattr(entry, field))})
            verdict = queries.verify()
        assert (verdict.code, verdict.entry) == ("row_changed", entry.pk)


@pytest.mark.usefixtures("everywhere")
@pytest.mark.django_db
class TestVerify:
    def test_an_untouched_trail_stands(self):
        write(3)
        write(2, sealed=False)
        verdict = queries.verify()
        assert verdict.intact and (verdict.rows, verdict.segments, verdict.unsealed) == (5, 1, 2)

    def test_an_empty_trail_stands(self):
        assert queries.verify().intact

    def test_a_deleted_row_is_named(self):
        entries = write(3)
        Entry._base_manager.filter(pk=entries[1].pk).delete()
        verdict = queries.verify()
        assert (verdict.code, verdict.entry, verdict.segment) == ("row_deleted", entries[1].pk, 1)

    def test_a_row_taken_out_of_its_segment_is_named(self):
        entries = write(3)
        touch(entries[2], segment=None)
        assert (queries.verify().code, queries.verify().entry) == ("row_moved", entries[2].pk)

    def test_a_row_put_into_a_sealed_segment_is_named(self):
        write(3)
        late = write(1, sealed=False)[0]
        touch(late, segment=Segment.objects.get())
        assert (queries.verify().code, queries.verify().entry) == ("row_inserted", late.pk)

    def test_a_changed_row_with_a_recomputed_digest_is_named(self):
        entry = write(3)[1]
        fields = {name: getattr(entry, name) for name in queries.HASHED} | {"actor": "somebody"}
        touch(entry, **fields, digest=row_digest(**fields))
        assert (queries.verify().code, queries.verify().entry) == ("row_changed", entry.pk)

    def test_a_row_and_its_segment_recomputed_break_the_chain_at_the_next(self):
        entry = write(3)[1]
        write(2)
        fields = {name: getattr(entry, name) for name in queries.HASHED} | {"actor": "somebody"}
        touch(entry, **fields, digest=row_digest(**fields))
        segment = Segment.objects.get(number=1)
        segment.leaves = leaves_of(Entry.objects.filter(segment=segment).values_list("id", "digest"))
        segment.root = segment_root(1, segment.previous, segment.sealed_at, segment.leaves)
        segment.save()
        assert (queries.verify().code, queries.verify().segment) == ("chain_broken", 2)

    @pytest.mark.parametrize("field", ["from_id", "to_id", "count", "root", "sealed_at", "leaves"])
    def test_a_changed_segment_is_named(self, field):
        write(2)
        segment = Segment.objects.get()
        value = getattr(segment, field)
        other = {
            "root": "f" * 64,
            "sealed_at": timezone.now() + timedelta(days=1),
            "leaves": bytes(segment.leaves)[:-1] + b"\0",
        }.get(field) or value + 1
        Segment.objects.update(**{field: other})
        assert not queries.verify().intact

    def test_a_deleted_segment_in_the_middle_breaks_the_chain(self):
        for _ in range(3):
            write(1)
        Entry.objects.filter(segment__number=2).delete()
        Segment.objects.get(number=2).delete()
        assert (queries.verify().code, queries.verify().segment) == ("chain_broken", 3)

    def test_a_cut_off_end_is_caught_by_a_root_noted_before(self):
        write(2)
        write(2)
        noted = queries.verify().root
        assert queries.verify(root=noted).intact
        Entry.objects.filter(segment__number=2).delete()
        Segment.objects.get(number=2).delete()
        assert queries.verify().intact
        assert queries.verify(root=noted).code == "root_missing"

    def test_an_older_noted_root_still_stands(self):
        write(1)
        noted = queries.verify().root
        write(1)
        assert queries.verify(root=noted).intact
