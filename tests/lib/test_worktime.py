"""Clocks of a district: sums add up, and due is where the sum over the calendar reaches the limit."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.lib.worktime import BadLimit, Limit, NoEnd, Worktime

# However busy the machine is.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HERE = ZoneInfo("Asia/Shanghai")
# The spring festival of an invented year: a week off, the weekends around it are worked (调休).
HOLIDAYS = {date(2026, 2, 16) + timedelta(days=at) for at in range(7)} | {date(2026, 1, 1)}
WORKED = {date(2026, 2, 14), date(2026, 2, 28)}


def works(day: date) -> bool:
    return day in WORKED or (day.weekday() < 5 and day not in HOLIDAYS)


OFFICE = Worktime(works)
ROUND_THE_CLOCK = Worktime(works, spans=((time(0), time(0)),))
NIGHTS = Worktime(works, spans=((time(0), time(6)), (time(22), time(0))))
worktimes = st.sampled_from([OFFICE, ROUND_THE_CLOCK, NIGHTS])
units = st.sampled_from(["m", "h", "d", "wh", "wd"])
zones = st.sampled_from([UTC, HERE, ZoneInfo("America/New_York")])
moments = st.datetimes(datetime(2025, 12, 20), datetime(2026, 3, 10), timezones=zones)
pauses = st.lists(st.tuples(moments, st.none() | moments), max_size=5)
closed = st.lists(st.tuples(moments, moments), max_size=5)
limits = st.builds(Limit, st.integers(0, 40), units)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def counted(worktime: Worktime, unit: str, begin: datetime, end: datetime, stood: list) -> int:
    """The law in its plainest form: look at every minute between, whether the clock runs in it."""
    office = [(510, 720), (870, 1050)]
    spans = {OFFICE: office, ROUND_THE_CLOCK: [(0, 1440)], NIGHTS: [(0, 360), (1320, 1440)]}
    minutes, moment = 0, begin
    while moment < end:
        here = moment.astimezone(HERE)
        minute = here.hour * 60 + here.minute
        working = works(here.date()) and any(since <= minute < until for since, until in spans[worktime])
        still = any(since <= moment and (until is None or moment < until) for since, until in stood)
        minutes += (working or unit in "mhd") and not still
        moment += timedelta(minutes=1)
    return minutes * 60


def to_the_minute(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC).replace(second=0, microsecond=0)


@patient
@given(worktimes, units, moments, st.integers(0, 3000), pauses)
def test_spent_is_what_a_count_of_every_minute_gives(worktime, unit, begin, minutes, stood):
    begin = to_the_minute(begin)
    end = begin + timedelta(minutes=minutes)
    stood = [(to_the_minute(since), to_the_minute(until)) for since, until in stood]
    assert worktime.spent(unit, begin, end, stood) == counted(worktime, unit, begin, end, stood)


@patient
@given(worktimes, units, st.lists(moments, min_size=3, max_size=3), pauses)
def test_adjacent_intervals_add_up(worktime, unit, three, stood):
    a, b, c = sorted(three)
    whole = worktime.spent(unit, a, c, stood)
    assert whole == worktime.spent(unit, a, b, stood) + worktime.spent(unit, b, c, stood)


@patient
@given(worktimes, limits, moments, closed)
def test_a_clock_is_due_at_the_first_moment_the_sum_is_the_limit(worktime, limit, begin, stood):
    due = worktime.due(limit, begin, stood)
    assert worktime.spent(limit.unit, begin, due, stood) == worktime.length(limit)
    if limit.amount:
        earlier = worktime.spent(limit.unit, begin, due - timedelta(seconds=1), stood)
        assert earlier == worktime.length(limit) - 1


@patient
@given(worktimes, limits, moments, pauses)
def test_with_an_open_pause_it_is_due_only_if_it_ran_out_before(worktime, limit, begin, stood):
    due = worktime.due(limit, begin, stood)
    opened = min((since for since, until in stood if until is None), default=None)
    until = opened and max(opened, begin)
    if opened is None or worktime.spent(limit.unit, begin, until, stood) >= worktime.length(limit):
        assert due == worktime.due(limit, begin, [pause for pause in stood if pause[1]])
    else:
        assert due is None


@patient
@given(worktimes, limits, moments, closed, st.randoms())
def test_the_order_and_the_overlap_of_pauses_do_not_matter(worktime, limit, begin, stood, chance):
    mixed = [*stood, *stood]
    chance.shuffle(mixed)
    assert worktime.due(limit, begin, mixed) == worktime.due(limit, begin, stood)


@patient
@given(worktimes, limits, moments, closed, st.tuples(moments, moments))
def test_one_more_pause_never_makes_it_earlier(worktime, limit, begin, stood, more):
    assert worktime.due(limit, begin, [*stood, more]) >= worktime.due(limit, begin, stood)


@patient
@given(limits, st.lists(st.booleans(), min_size=7, max_size=7).filter(any), moments)
def test_whatever_the_calendar_the_sum_up_to_due_is_the_limit(limit, week, begin):
    worktime = Worktime(lambda day: week[day.weekday()])
    assert worktime.spent(limit.unit, begin, worktime.due(limit, begin)) == worktime.length(limit)


@patient
@given(moments, st.lists(moments, max_size=4))
def test_a_worktime_that_was_asked_before_answers_like_a_new_one(begin, others):
    used, limit = Worktime(works), Limit.parse("300wd")
    for other in others:
        used.due(Limit.parse("10wd"), other - timedelta(days=900))
    assert used.due(limit, begin) == Worktime(works).due(limit, begin)


@pytest.mark.parametrize(
    ("limit", "begin", "due"),
    [
        ("4wh", "2026-03-02 09:00", "2026-03-02 15:30"),  # over the noon break
        ("4wh", "2026-03-02 05:00", "2026-03-02 15:00"),  # begun before the office opens: 08:30 counts
        ("1wh", "2026-03-02 23:59:59", "2026-03-03 09:30"),  # begun at night, across midnight
        ("1wh", "2026-03-06 17:00", "2026-03-09 09:00"),  # Friday evening, over the weekend
        ("1wd", "2026-02-13 17:30", "2026-02-14 17:30"),  # a Saturday that is worked
        ("1wd", "2026-02-14 17:30", "2026-02-23 17:30"),  # the holiday week
        ("2wd", "2026-02-27 08:30", "2026-02-28 17:30"),  # ends with the day, not with the next morning
        ("1wd", "2025-12-31 14:30", "2026-01-02 12:00"),  # over the new year
        ("24h", "2026-02-15 10:00", "2026-02-16 10:00"),  # the wall clock knows no holidays
        ("10m", "2025-12-31 23:55", "2026-01-01 00:05"),
        ("0m", "2026-02-16 03:00", "2026-02-16 03:00"),
        ("0wd", "2026-02-16 03:00", "2026-02-16 03:00"),
    ],
)
def test_due_by_the_calendar(limit, begin, due):
    assert OFFICE.due(Limit.parse(limit), at(begin)) == at(due)


@pytest.mark.parametrize(
    ("since", "until", "due"),
    [
        ("12:00", "14:30", "15:30"),
        ("11:00", "15:30", "17:30"),
        ("11:00", None, None),
        ("15:30", None, "15:30"),
    ],
)
def test_a_pause_moves_the_end_by_the_working_time_in_it_only(since, until, due):
    since, until, due = (hour and at(f"2026-03-02 {hour}") for hour in (since, until, due))
    assert OFFICE.due(Limit.parse("4wh"), at("2026-03-02 09:00"), [(since, until)]) == due


def test_a_pause_that_ends_before_it_begins_is_none():
    turned = [(at("2026-03-02 11:00"), at("2026-03-02 10:00"))]
    assert OFFICE.spent("m", at("2026-03-02 09:00"), at("2026-03-02 12:00"), turned) == 3 * 3600


def test_nothing_is_spent_before_the_beginning():
    assert OFFICE.spent("wh", at("2026-03-03 09:00"), at("2026-03-02 09:00")) == 0


def test_three_quarters_of_a_limit():
    limit = Limit.parse("4wh")
    seconds = OFFICE.length(limit) * 3 // 4
    assert OFFICE.reached(limit.unit, seconds, at("2026-03-02 09:00")) == at("2026-03-02 12:00")


def test_a_calendar_without_a_working_day_is_said():
    with pytest.raises(NoEnd):
        Worktime(lambda day: False).due(Limit.parse("1wd"), at("2026-03-02 09:00"))
    with pytest.raises(NoEnd):
        OFFICE.spent("wh", datetime(1, 1, 2, tzinfo=UTC), at("2026-03-02 09:00"))


def test_a_day_is_asked_about_once():
    asked = []
    worktime = Worktime(lambda day: asked.append(day) or works(day))
    for hour in range(24):
        worktime.due(Limit.parse("9wd"), at(f"2026-12-20 {hour:02}:00"))
        worktime.spent("wh", at("2025-06-01 00:00"), at("2026-12-31 23:59"))
    assert len(asked) - len(set(asked)) <= 2 * 365  # laid out anew only when an earlier year is asked for


@pytest.mark.parametrize(
    "spans",
    [(), ((time(9), time(9)),), ((time(12), time(9)),), ((time(14), time(17)), (time(8), time(12))),
     ((time(8), time(12)), (time(11), time(17)))],
)  # fmt: skip
def test_working_hours_that_make_no_sense_are_refused(spans):
    with pytest.raises(ValueError, match="working hours"):
        Worktime(works, spans=spans)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        OFFICE.due(Limit.parse("1h"), datetime(2026, 3, 2, 9))


@patient
@given(st.integers(0, 99999), units)
def test_a_limit_is_read_as_it_is_written(amount, unit):
    assert str(Limit.parse(f"{amount}{unit}")) == f"{amount}{unit}"


@pytest.mark.parametrize(
    "text",
    ["", " ", "5", "h", "-1h", "1.5h", "1 h", "1H", "01h", "1w", "1y", "100000d", "1h\n", "１h", None, 5],
)
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(BadLimit):
        Limit.parse(text)


def test_a_unit_there_is_not_is_refused():
    with pytest.raises(BadLimit):
        OFFICE.spent("y", at("2026-03-02 09:00"), at("2026-03-02 09:00"))
    with pytest.raises(BadLimit):
        OFFICE.due(Limit(0, "y"), at("2026-03-02 09:00"))


def test_a_limit_says_itself_in_words():
    assert [Limit.parse(text).words() for text in ("2h", "3wd", "10m")] == ["2 小时", "3 个工作日", "10 分钟"]
    with translation.override("en"):
        assert (
            Limit.parse("1wd").words() == "1 working day" and Limit.parse("4wh").words() == "4 working hours"
        )
