"""In time or not, judged how, and whether a street whistles too often or too seldom."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.whistles.whistle_cast import (
    a_matter,
    a_unit,
    approved,
    arrived,
    blown,
    call_of,
    done,
    moved,
    reported,
    scored,
    step,
)
from wangge.engines.cases.models import Case
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.actions.change_setting import change_setting
from wangge.lib.counting import shares_by_area
from wangge.lib.figures import Period, Share
from wangge.lib.scoping import Reach, within
from wangge.systems.whistles.indicators import BY_CODE
from wangge.systems.whistles.models import Alert
from wangge.systems.whistles.queries.departments import rows_behind, table, total
from wangge.systems.whistles.queries.rates import bounds, judged, last_month, late_units, month_of, streets
from wangge.systems.whistles.sweeps import alert_both_sides

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def days(back: int = 10) -> Period:
    today = timezone.localdate()
    return Period(today - timedelta(days=back), today + timedelta(days=back))


def due_before(row, unit, **more):
    """All clocks of a call ran out within the last hours."""
    past = {"sign_due": -3 * HOUR, "contact_due": -2 * HOUR, "arrive_due": -HOUR}
    return moved(call_of(row, unit), **(past | more))


def test_in_time_is_what_was_done_by_its_end_of_what_was_due():
    quick, slow, silent, early = (a_unit(name) for name in ("快", "慢", "没来", "未到期"))
    row = approved(quick, slow, silent, early)
    arrived(row, quick, slow)
    due_before(row, quick, signed_at=-4 * HOUR, contacted_at=-3 * HOUR, arrived_at=-2 * HOUR)
    due_before(row, slow, signed_at=-HOUR, contacted_at=-HOUR, arrived_at=timedelta(0))
    due_before(row, silent, contact_due=None)
    lines = {line.unit.name: line for line in table(days(), "")}
    assert lines["快"].shares["arrive"] == Share(1, 1) and lines["快"].late == 0
    assert lines["慢"].shares["arrive"] == Share(0, 1) and lines["慢"].late == 1
    assert lines["没来"].shares == {"sign": Share(0, 1), "contact": Share(0, 0), "arrive": Share(0, 1)}
    assert lines["未到期"].shares["arrive"] == Share(0, 0) and str(lines["未到期"].shares["arrive"]) == "—"
    share = shares_by_area([BY_CODE["arrived"]], days(), "", 9)[0]
    assert share == {cast.TOWN[:9]: Share(1, 3), "": Share(1, 3)}
    assert shares_by_area([BY_CODE["arrived"]], days(), cast.OTHER_TOWN, 9)[0][""] == Share(0, 0)


def test_every_number_has_its_rows():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = done(approved(lead, helper), lead, helper)
    due_before(row, lead)
    scored(row, lead, 5, 4, 3)
    for line in table(days(), ""):
        for clock, share in line.shares.items():
            for side, number in (("part", share.part), ("whole", share.whole)):
                assert rows_behind(f"{clock}-{side}", line.unit.pk, days(), "").count() == number
        for key, number in (("called", line.called), ("late", line.late), ("scores", line.mean.number)):
            assert rows_behind(key, line.unit.pk, days(), "").count() == number
    with pytest.raises(KeyError):
        rows_behind("nothing", 0, days(), "")


def test_sent_back_or_withdrawn_before_the_end_counts_nowhere_and_after_it_counts():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = approved(lead, helper)
    reported(row, helper, "object", words="无关")
    due_before(row, helper, ended_at=-4 * HOUR)
    due_before(row, lead)
    step(row, "withdraw", words="不用了")
    lines = {line.unit.name: line for line in table(days(), "")}
    assert lines["环保"].shares["sign"] == Share(0, 0) and lines["城管"].shares["sign"] == Share(0, 1)


def test_a_mean_is_of_three_and_few_are_said_to_be_few():
    unit = a_unit("城管")
    for numbers in ((5, 4, 3), (3, 4, 5)):
        scored(done(approved(unit), unit), unit, *numbers)
    (line,) = table(days(), "")
    assert (line.mean.number, line.mean.response, str(line.mean)) == (2, 4.0, "4.00") and line.mean.few
    scored(done(approved(unit), unit), unit, 1, 1, 1)
    (line,) = table(days(), "")
    assert (line.mean.number, str(line.mean), line.mean.few) == (3, "3.00", False)
    assert str(total([line], days(), "").mean) == "3.00"
    assert str(total([], Period(*[timezone.localdate() - timedelta(days=99)] * 2), "").mean) == "—"


def test_whistles_are_counted_against_the_streets_other_matters():
    unit = a_unit("城管")
    for _each in range(4):
        a_matter()
    blown(unit)
    step(blown(unit), "withdraw", words="不用了")
    (line,) = streets(month_of(timezone.localdate()), "", bounds())
    assert (line.area_code, line.share, line.side) == (cast.TOWN, Share(1, 4), "")


@pytest.mark.parametrize(
    ("part", "whole", "side"),
    [(3, 20, "high"), (2, 20, ""), (0, 20, "low"), (1, 400, "low"), (0, 19, ""), (9, 19, ""), (1, 0, "")],
    ids=["too many", "just not", "none", "too few", "few matters", "few matters many", "no matters"],
)
def test_too_many_and_too_few_are_said_with_the_reason(part, whole, side):
    line = judged(cast.TOWN, "甲街道", Share(part, whole), bounds())
    assert line.side == side and bool(line.why) == bool(side)
    if side:
        assert str(part) in line.why and str(whole) in line.why and "%%" not in line.why


def test_the_districts_own_bounds_hold():
    assert bounds().high.note == "示例"
    change_setting(actor="test", key="whistle.rate_high", value=50)
    assert (bounds().high.number, bounds().high.note) == (50, "")
    assert judged(cast.TOWN, "甲街道", Share(9, 20), bounds()).side == ""
    change_setting(actor="test", key="whistle.rate_high", value="viel")
    assert bounds().high.number == 10.0


def test_a_unit_that_is_late_too_often_is_said():
    unit = a_unit("城管")
    for _each in range(3):
        due_before(approved(unit), unit)
    (late,) = late_units(days(), "", bounds())
    assert late.unit == unit and late.share == Share(3, 3) and "3" in late.why


def test_the_month_that_is_over_is_told_once_to_street_and_district():
    before = last_month()
    for _each in range(20):
        a_matter()
    at = timezone.make_aware(datetime(before.until.year, before.until.month, 5, 9))
    Case._base_manager.update(raised_at=at)
    assert alert_both_sides() == 1 and alert_both_sides() == 0
    row = Alert._base_manager.get()
    assert (row.side, row.area_code, row.part, row.whole) == ("low", cast.TOWN, 0, 20)
    assert Entry.objects.get(kind="whistle.alerted").data["tells"] == ["street", "district"]


def test_who_sees_a_part_of_a_street_is_not_told_of_all_of_it():
    for _each in range(20):
        a_matter()
    with within(Reach((cast.COMMUNITY,))):
        (line,) = streets(month_of(timezone.localdate()), "", bounds())
    assert (line.side, line.opens, line.share) == ("", "", Share(0, 20)) and "您的辖区" in line.name
    (line,) = streets(month_of(timezone.localdate()), "", bounds())
    assert (line.side, line.opens) == ("low", cast.TOWN)
