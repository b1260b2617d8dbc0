"""Covered rooms, confirmed people, and what a random sample says of those missed."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY, GRID, TOWN
from tests.systems.fieldwork.campaigns_cast import a_room, a_visit, day, days_ago, somebody
from wangge.foundation.access.rules import Unacceptable
from wangge.lib.figures import Period
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person, Tie
from wangge.systems.fieldwork.actions.draws import draw_sample, drawn_by, frame, withdraw_sample
from wangge.systems.fieldwork.models import Draw, Duty
from wangge.systems.fieldwork.queries.coverage import SIDES, coverage
from wangge.systems.fieldwork.queries.sampling import certificate, rows_of, self_reports

pytestmark = pytest.mark.usefixtures("ground", "everywhere")
MONTH = Period(day(-29), day(0))


def test_nothing_there_is_a_dash_and_not_a_hundred() -> None:
    total, lines = coverage(COMMUNITY, MONTH)
    assert (total.room_percent, total.people_percent, lines) == (None, None, [])
    assert not total.no_household_missed
    assert self_reports(COMMUNITY, MONTH).percent is None


def test_only_a_valid_result_covers_and_every_number_has_its_rows() -> None:
    rooms = [a_room(f"10{number}", "own") for number in range(6)]
    vacant = a_room("109", "vacant")
    for room, result in zip(rooms, ("done", "refused", "vacant", "nobody", "partly"), strict=False):
        a_visit(room, result, days_ago(2))
    a_visit(rooms[5], "done", days_ago(31))  # too long ago
    total, lines = coverage(TOWN, MONTH)
    assert (total.counts["covered"], total.counts["rooms"], total.counts["missing"]) == (3, 7, 3)
    assert total.room_percent == 42.85 and not total.no_household_missed
    assert [(line.code, line.opens) for line in lines] == [(COMMUNITY, True)]
    for side, number in total.counts.items():
        assert SIDES[side](TOWN, MONTH).count() == number
    for room in rooms:
        a_visit(room)
    total, _lines = coverage(COMMUNITY, MONTH)
    assert total.no_household_missed and total.room_percent == 85.71  # the vacant one waits to be looked at
    a_visit(vacant, "vacant")
    assert coverage(COMMUNITY, MONTH)[0].room_percent == 100.0


def test_who_is_newly_found_raises_both_sides() -> None:
    known, found = somebody(a_room("101"), "令狐旧"), somebody(a_room("102"), "令狐新")
    Person.objects.filter(pk=known.pk).update(confirmed_at=day(-200))
    Tie.objects.filter(person=known).update(confirmed_at=day(-200))
    Tie.objects.filter(person=found).update(confirmed_at=day(0))
    total, _lines = coverage(GRID, MONTH)
    assert (total.counts["confirmed"], total.counts["people"], total.people_percent) == (1, 2, 50.0)
    assert [tie.person for tie in SIDES["unconfirmed"](GRID, MONTH)] == [known]


def test_a_sample_is_drawn_once_by_a_seed_that_draws_the_same_again() -> None:
    for number in range(41):
        a_room(f"1{number:02}")
    draw = draw_sample(actor="test", area_code=COMMUNITY, month=day(0))
    chosen = set(draw.drawn.values_list("room", flat=True))
    assert len(chosen) == 3 and draw.rooms == 41  # 5 % of 41, rounded up
    assert chosen == set(drawn_by(draw.seed, 5, frame(COMMUNITY)))
    assert drawn_by("another", 5, frame(COMMUNITY)) != drawn_by(draw.seed, 5, frame(COMMUNITY))
    assert draw_sample(actor="test", area_code=COMMUNITY, month=day(0)) == draw
    assert Duty.objects.filter(kind="recheck").count() == 3
    withdraw_sample(actor="test", draw=draw)
    assert set(Duty.objects.values_list("state", flat=True)) == {"cancelled"} and not Draw.objects.exists()
    for more in ({"percent": 4}, {"percent": 51}, {"month": day(-40)}, {"area_code": TOWN[:9] + "999"}):
        with pytest.raises(Unacceptable):
            draw_sample(**{"actor": "test", "area_code": COMMUNITY, "month": day(0)} | more)


def test_the_certificate_waits_for_the_last_room_and_counts_who_was_missed() -> None:
    rooms = [a_room(f"10{number}") for number in range(3)]
    somebody(rooms[0], "令狐在")
    draw = draw_sample(actor="test", area_code=COMMUNITY, month=day(0), percent=50)
    Draw.objects.filter(pk=draw.pk).update(made_at=days_ago(1))
    draw.refresh_from_db()
    drawn = [row.room for row in draw.drawn.order_by("registered", "pk")]
    assert certificate(draw).most == 3 and not certificate(draw).complete  # all could be missed
    Tie.objects.update(known_from=days_ago(9))
    for room in drawn:
        a_visit(room)
    empty = next(room for room in drawn if not Tie.objects.filter(room=room).exists())
    found = somebody(empty, "令狐漏")
    Tie.objects.filter(person=found).update(source=Source.VISIT, valid_from=None)
    mover = somebody(empty, "令狐今天搬来")
    Tie.objects.filter(person=mover).update(source=Source.VISIT, valid_from=timezone.localdate())
    said = certificate(draw)
    assert said.complete and (said.missed, said.unregistered) == (1, 1)
    assert said.percent == 100 * said.unregistered // said.people or said.people > 1
    assert [row.room for row in rows_of(draw, "missed")] == [empty]
    Duty.objects.filter(kind="recheck").update(state="done")
    with pytest.raises(Unacceptable):
        withdraw_sample(actor="test", draw=draw)
