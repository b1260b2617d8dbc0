"""The figures of spec 4.1, held against vectors counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.declarations.verify_cast import a_declaration, a_room, hours_ago, known, somebody
from wangge.foundation.territory.models import CalendarDay
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period, Share
from wangge.registry.people.actions import record_leave
from wangge.registry.people.models import Tie
from wangge.systems.declarations.actions.verify import mark_not_found, verify_declaration
from wangge.systems.declarations.actions.verify_correct import correct_declaration
from wangge.systems.declarations.actions.verify_undo import undo_decision
from wangge.systems.declarations.enums import Kind, ReportedBy, State
from wangge.systems.declarations.queries.indicators import BY_CODE
from wangge.systems.declarations.sweeps import end_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]


def this_week() -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(days=6), today)


def share(code: str, area: str = "", period: Period | None = None) -> Share:
    return shares_by_area([BY_CODE[code]], period or this_week(), area, 12)[0][""]


def verify(*rows) -> None:
    for row in rows:
        verify_declaration(actor="cli", declaration=row)


def test_nothing_reported_is_no_figure():
    assert str(share("verified")) == "—" and share("verified").percent is None


def test_verified_and_in_time():
    """Seven came: four verified, three of them within 12 h; one not found, one open, one taken back."""
    verify(a_declaration(), a_declaration(), a_declaration(), a_declaration(received_at=hours_ago(13)))
    mark_not_found(actor="cli", declaration=a_declaration())
    a_declaration()
    a_declaration(state=State.WITHDRAWN)
    assert (share("verified"), str(share("verified"))) == (Share(4, 6), "66.67%")
    assert (share("in_time"), str(share("in_time"))) == (Share(3, 6), "50.00%")


def test_undone_and_corrected_ones_are_not_verified_and_ended_ones_stay():
    undone, corrected, over, never = (a_declaration() for _each in range(4))
    undo_decision(actor="cli", decision=verify_declaration(actor="cli", declaration=undone))
    verify(corrected, over)
    correct_declaration(actor="cli", declaration=corrected, values={"purpose": "务工"})
    yesterday = timezone.localdate() - timedelta(days=1)
    for row in (over, never):
        row.refresh_from_db()
        row.stay_until = yesterday
        row.save(update_fields=["stay_until"])
    assert end_due() == 2
    assert share("verified") == Share(1, 4)


def test_the_period_counts_both_its_days():
    day = timezone.localdate() - timedelta(days=3)
    verify(a_declaration(received_at=hours_ago(72)))
    assert share("verified", period=Period(day, day)) == Share(1, 1)
    assert share("verified", period=Period(day + timedelta(days=1), timezone.localdate())) == Share(0, 0)


def test_by_grid_community_town_and_district():
    verify(a_declaration(area_code=cast.GRID), a_declaration(area_code=cast.COMMUNITY))
    a_declaration(area_code=cast.OTHER_GRID)
    rate, week = BY_CODE["verified"], this_week()
    assert shares_by_area([rate], week, "", 9)[0] == {
        cast.TOWN[:9]: Share(2, 2), cast.OTHER_TOWN[:9]: Share(0, 1), "": Share(2, 3),
    }  # fmt: skip
    assert shares_by_area([rate], week, cast.COMMUNITY, 15)[0] == {
        cast.GRID: Share(1, 1), cast.COMMUNITY: Share(1, 1), "": Share(2, 2),
    }  # fmt: skip


def arrived(name: str, days_ago: int, room: str, hukou: str = "430100") -> Tie:
    """A floating person whose home here began so many days ago; the register learns it now."""
    on = timezone.localdate() - timedelta(days=days_ago)
    person = somebody(name, room=a_room(room), hukou_region=hukou, on=on)
    return Tie.objects.get(person=person)


def test_reported_by_themselves_of_all_who_came():
    """Came: two by themselves (one of them twice), one by the landlord, one found by a worker; a local who
    moved in and somebody who leaves are none."""
    guest = arrived("欧阳客", 2, "301").person
    known(guest)
    known(guest)
    a_declaration()
    a_declaration(reported_by=ReportedBy.LANDLORD)
    a_declaration(kind=Kind.LEAVING)
    arrived("令狐藏", 2, "302")
    arrived("本地人", 2, "303", hukou="440703")
    assert (share("by_self"), str(share("by_self"))) == (Share(2, 4), "50.00%")


def test_registered_within_three_working_days_by_the_calendar():
    """Came on a Friday before a holiday on Monday: due the Thursday after."""
    friday = date(2026, 3, 6)
    CalendarDay.objects.create(date=date(2026, 3, 9), kind="holiday")
    ties = []
    for name, known_on in (("欧阳一", date(2026, 3, 12)), ("欧阳二", date(2026, 3, 13))):
        tie = Tie.objects.get(person=somebody(name, room=a_room(name), hukou_region="430100", on=friday))
        moment = timezone.make_aware(timezone.datetime(known_on.year, known_on.month, known_on.day, 18))
        Tie.objects.filter(pk=tie.pk).update(known_from=moment)
        ties.append(tie)
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert share("registered", period=march) == Share(1, 2)


def test_moving_on_inside_the_district_is_no_arrival():
    from wangge.registry.people.actions import move_person

    tie = arrived("欧阳客", 40, "301")
    move_person(actor="cli", person=tie.person, on=timezone.localdate(), room=a_room("302"))
    assert share("registered") == Share(0, 0)


def test_left_and_closed_within_seven_days():
    today = timezone.localdate()
    month = Period(today - timedelta(days=30), today)
    for days_ago, name in ((3, "欧阳快"), (20, "欧阳慢")):
        tie = arrived(name, 60, name)
        record_leave(actor="cli", person=tie.person, on=today - timedelta(days=days_ago))
    assert share("closed", period=month) == Share(1, 2)
