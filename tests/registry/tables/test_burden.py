"""The burden meter: what departments asked in a month, counted from rows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import DISTRICT, OTHER_COMMUNITY, TOWN
from tests.registry.tables.asking_cast import a_fill, a_request, at
from wangge.foundation.territory.models import Setting
from wangge.lib.scoping import Reach, prefix_of, within
from wangge.registry.tables.enums import FillState, Ruling
from wangge.registry.tables.models import NewColumn, TableRequest
from wangge.registry.tables.queries.burden import burden_of
from wangge.registry.tables.queries.periods import Month
from wangge.registry.tables.queries.rates import Rate, entered_once, reduction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
NOVEMBER = Month(2026, 11)
DAY = date(2026, 11, 10)


def minutes(**said):
    for name, value in said.items():
        Setting.objects.create(key=f"burden.{name}", value=value, note="示例")


def test_a_month_without_rows_shows_nothing_and_divides_by_nothing():
    burden = burden_of(NOVEMBER)
    assert burden.lines == []
    assert (burden.total.tables, burden.total.cells, burden.total.share) == (0, 0, None)


def test_each_department_has_a_line_and_the_sum_is_theirs():
    a_fill(a_request(department="水务局"), DAY, filled=80, masked=10, empty=10)
    a_fill(a_request(department="民政局", fields=["birth"]), DAY, filled=30, empty=20)
    burden = burden_of(NOVEMBER)
    told = [(line.department, line.tables, line.cells, line.given, line.by_hand) for line in burden.lines]
    assert told == [("水务局", 1, 100, 90, 10), ("民政局", 1, 50, 30, 20)]
    assert (burden.total.tables, burden.total.cells, burden.total.given) == (2, 150, 120)
    assert burden.lines[0].share == 90


def test_cells_of_members_a_household_does_not_have_are_nobodys_work():
    a_fill(a_request(unit="household"), DAY, filled=10, empty=6, cells_absent=4)
    total = burden_of(NOVEMBER).total
    assert (total.cells, total.by_hand) == (12, 2)


def test_only_the_month_and_what_was_finished_count():
    request = a_request()
    for day in (date(2026, 10, 31), date(2026, 12, 1)):
        a_fill(request, day, filled=5)
    a_fill(request, DAY, filled=7, state=FillState.FAILED)
    a_fill(request, DAY, filled=3, state=FillState.EXPIRED)
    a_fill(request, date(2026, 11, 1), filled=2)
    a_fill(request, date(2026, 11, 30), filled=1)
    total = burden_of(NOVEMBER).total
    assert (total.tables, total.fills, total.cells) == (1, 3, 6)


def test_a_field_asked_by_an_earlier_table_of_the_month_is_a_duplicate():
    first, second = (
        a_request(department="水务局"),
        a_request(department="民政局", fields=["name", "birth", "serial"]),
    )
    a_fill(first, DAY)
    a_fill(second, date(2026, 11, 12))
    burden = burden_of(NOVEMBER)
    [one] = burden.total.rows.duplicates
    assert (one.fact, one.earlier, one.fill.request) == ("name", first, second)
    assert {line.department: line.duplicates for line in burden.lines} == {"水务局": 0, "民政局": 1}


def test_a_table_filled_again_asks_nothing_again():
    request = a_request()
    a_fill(request, DAY)
    a_fill(request, date(2026, 11, 20))
    assert burden_of(NOVEMBER).total.duplicates == 0


def test_tables_of_areas_that_do_not_meet_do_not_ask_twice():
    a_fill(a_request(), DAY)
    a_fill(a_request(area_code=OTHER_COMMUNITY), DAY)
    assert burden_of(NOVEMBER).total.duplicates == 0
    a_fill(a_request(area_code=DISTRICT, fields=["phone"]), date(2026, 11, 11))
    assert burden_of(NOVEMBER).total.duplicates == 1


def test_new_questions_are_the_facts_admitted_in_the_month():
    request = a_request()
    for key, when in (("a", DAY), ("b", date(2026, 10, 1))):
        NewColumn.objects.create(
            request=request,
            header=key,
            key=key,
            state=Ruling.ADMITTED,
            fact=key,
            decided_at=at(when),
            decided_by="x",
        )
    NewColumn.objects.create(request=request, header="c", key="c")
    assert burden_of(NOVEMBER).total.questions == 1


def test_minutes_are_the_districts_and_unknown_without_them():
    a_fill(a_request(), DAY, filled=80, masked=10, empty=10)
    total = burden_of(NOVEMBER).total
    assert (total.saved, total.spent) == (None, None)
    minutes(minutes_per_cell=0.5, minutes_per_table=20)
    burden = burden_of(NOVEMBER)
    assert (burden.total.saved, burden.total.spent) == (45, 25)
    assert burden.minutes.note == "示例"


def test_half_a_setting_is_not_guessed_at():
    a_fill(a_request(), DAY, filled=10)
    minutes(minutes_per_cell=0.5)
    total = burden_of(NOVEMBER).total
    assert (total.saved, total.spent) == (5, None)


def test_one_department_can_be_asked_for():
    a_fill(a_request(department="水务局"), DAY, filled=1)
    a_fill(a_request(department="民政局"), DAY, filled=2)
    burden = burden_of(NOVEMBER, "民政局")
    assert [line.department for line in burden.lines] == ["民政局"]
    assert (burden.total.cells, burden.total.duplicates) == (2, 4)


def test_nobody_counts_what_lies_outside_the_own_area():
    a_fill(a_request(), DAY, filled=1)
    a_fill(a_request(area_code=OTHER_COMMUNITY), DAY, filled=5)
    with within(Reach((prefix_of(TOWN),))):
        assert burden_of(NOVEMBER).total.cells == 1


def test_the_queries_do_not_grow_with_the_rows(django_assert_num_queries):
    def asked():
        with django_assert_num_queries(6):
            burden_of(NOVEMBER).total.cells  # noqa: B018

    a_fill(a_request(), DAY)
    asked()
    for name in ("甲局", "乙局"):
        a_fill(a_request(department=name), DAY)
    asked()


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [(91, 39, "57.14%"), (1849, 904, "51.11%"), (157, 57, "63.69%"), (0, 3, "—"), (10, 10, "0.00%")],
)
def test_reduction_is_one_minus_now_by_before(before, now, shown):
    """Spec 4.1: the printed 65.3 % and 51.21 % do not follow from these counts; the formula's values do."""
    assert str(Rate(now, before, reduction=True)) == shown


def test_reduction_compares_what_was_in_force_at_the_end_of_both_months():
    last_year = date(2025, 3, 1)
    kept = a_request(made_on=last_year, known_columns=10)
    dropped = a_request(made_on=last_year, known_columns=20, derivable_columns=5)
    TableRequest.objects.filter(pk=dropped.pk).update(closed_at=at(date(2026, 2, 1)))
    found = reduction(NOVEMBER)
    assert found.before == Month(2025, 11)
    assert (str(found.tables), str(found.items)) == ("50.00%", "71.43%")
    assert found.tables.part_rows == [kept]
    assert found.tables.whole_rows == [kept, dropped]


def test_reduction_without_a_year_before_is_a_dash():
    a_request(made_on=DAY)
    assert str(reduction(NOVEMBER).tables) == "—"
    assert str(reduction(NOVEMBER, Month(2026, 11)).tables) == "0.00%"


def test_entered_once_counts_tables_with_no_column_left_to_the_hand():
    assert str(entered_once(NOVEMBER)) == "—"
    whole = a_request()
    a_fill(whole, DAY)
    a_fill(whole, date(2026, 11, 12))
    a_fill(a_request(new_columns=1), DAY)
    a_fill(a_request(asked_columns=1), DAY)
    rate = entered_once(NOVEMBER)
    assert (rate.part, rate.whole, str(rate)) == (1, 3, "33.33%")
    assert [fill.request for fill in rate.part_rows] == [whole]


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-01", "2026/01", "", "2026-00"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(ValueError, match=r"^.{0,9}$"):
        Month.parse(text)


def test_months_are_counted_across_years():
    assert Month.parse("2026-01").later(-1) == Month(2025, 12)
    assert str(Month(2025, 12).later(2)) == "2026-02"
    assert Month(2026, 12).end == Month(2027, 1).start
