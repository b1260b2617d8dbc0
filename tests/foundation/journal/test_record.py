"""Writing a line of the trail."""

from datetime import date

import pytest

from tests import cast
from wangge.foundation.journal import actions as journal
from wangge.foundation.journal import queries
from wangge.foundation.journal.digests import row_digest
from wangge.foundation.journal.models import Delivery, Entry
from wangge.foundation.journal.rules import PersonalValue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]


def line(**changed):
    return journal.record("person.edited", **{"actor": "cli", "area": cast.COMMUNITY, **changed})


def test_a_line_says_who_where_what_and_why():
    secretary = cast.secretary()
    entry = line(actor=secretary, subject=secretary, changes={"name": ["***", "***"]}, reason="更正")
    entry.refresh_from_db()
    assert (entry.actor, entry.area_code, entry.reason) == (secretary.username, cast.COMMUNITY, "更正")
    assert (entry.subject_type, entry.subject_id) == ("access.user", str(secretary.pk))
    assert queries.entries_for(secretary).first() == entry


def test_no_area_means_the_whole_district():
    assert line(area="").area_code == "440703000000"


def test_the_digest_is_that_of_the_row_read_back():
    entry = line(
        changes={
            "day": date(2026, 1, 2),
            "share": 0.5,
            "big": 1e20,
            "whole": 60.0,
            "tiny": 1e-9,
            "minus": -0.0,
            "set": {"b", "a"},
            "n": None,
        }
    )
    entry.refresh_from_db()
    fields = {name: getattr(entry, name) for name in queries.HASHED}
    assert entry.digest == row_digest(**fields)


def test_numbers_stay_numbers_for_the_reactions():
    entry = line(data={"seconds": 2.5, "count": 3, "text": "60"})
    entry.refresh_from_db()
    assert entry.data == {"seconds": 2.5, "count": 3, "text": "60"}


def test_a_number_turned_into_text_is_another_row():
    entry = line(data={"n": 60})
    Entry._base_manager.filter(pk=entry.pk).update(data={"n": "60"})
    assert queries.verify().entry == entry.pk


@pytest.mark.parametrize(
    "value",
    [
        "999703199001011234",
        "99970319900101123X",
        "证号999703199001011234。",
        "999703900101123",
        "10012345678",
        10012345678,
        ["a", {"deep": "tel 10012345678"}],
    ],
)
def test_an_id_number_or_phone_is_refused_and_not_quoted(value):
    with pytest.raises(PersonalValue) as refusal:
        line(changes={"field": value})
    assert "999703" not in str(refusal.value) and "1001234" not in str(refusal.value)
    with pytest.raises(PersonalValue):
        line(data={"field": value})
    assert not Entry.objects.exists()


@pytest.mark.parametrize("value", ["440703002001", 20260101, "2026-01-01T00:00:00", "1" * 12, 3.25, "a" * 64])
def test_codes_dates_and_digests_are_let_through(value):
    assert line(changes={"field": value}).pk


def test_a_grid_code_is_let_through_where_codes_stand():
    assert line(data={"from": ["440703001001001"], "to": ["440703001001002"]}).pk


def test_an_id_number_in_the_reason_is_blanked():
    assert line(reason="核对 999703199001011234 与 10012345678").reason == "核对 *** 与 ***"


def test_many_lines_are_written_at_once(django_assert_max_num_queries):
    rows = [("people.person", number, "", {"n": number}) for number in range(3000)]
    with django_assert_max_num_queries(40):
        assert journal.record_many("person.imported", actor="cli", area=cast.GRID, rows=iter(rows)) == 3000
    assert Entry.objects.filter(area_code=cast.GRID).count() == 3000
    assert queries.verify().intact


def test_a_line_owes_one_delivery_to_each_subscribed_reaction():
    journal.subscribe("test.subscribed", "a.b")
    journal.subscribe("test.subscribed", "a.b")
    journal.subscribe("test.subscribed", "a.c")
    try:
        journal.record("test.subscribed", actor="cli", area="")
        journal.record_many("test.subscribed", actor="cli", area="", rows=[("x", 1, "", None)])
        journal.record("test.other", actor="cli", area="")
    finally:
        journal.unsubscribe("test.subscribed", "a.b")
        journal.unsubscribe("test.subscribed", "a.c")
    assert sorted(Delivery.objects.values_list("reaction", flat=True)) == ["a.b", "a.b", "a.c", "a.c"]


def test_a_line_is_seen_only_inside_its_area():
    from wangge.lib.scoping import Reach, within

    line(area=cast.GRID)
    with within(Reach((cast.OTHER_COMMUNITY,))):
        assert not Entry.objects.exists()
    with within(Reach((cast.COMMUNITY,))):
        assert Entry.objects.count() == 1
