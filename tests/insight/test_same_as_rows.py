"""Kept counts are the rows: every measure, every indicator, every area and month say the same both ways."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import handled, opened, step
from tests.insight.insight_cast import PHOTOS, random_histories, spread
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case, Tally
from wangge.engines.cases.queries.measures import MEASURES
from wangge.insight.indicators.board import board_of
from wangge.insight.indicators.matters import matter_rates, request_rates
from wangge.insight.indicators.of_systems import dispute_rates, hazard_rates, whistle_rates
from wangge.insight.indicators.sides import Rate
from wangge.insight.queries.asked import Asked
from wangge.insight.queries.rows import number, rows_of, times_of
from wangge.insight.queries.sums import sums
from wangge.lib.figures import Period

pytestmark = pytest.mark.django_db
AREAS = ("", cast.DISTRICT, cast.TOWN, cast.COMMUNITY, cast.GRID, cast.OTHER_TOWN)


def periods() -> list[Period]:
    today = timezone.localdate()
    first = today.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    return [
        Period(first, first + timedelta(days=27)),
        Period(before, first - timedelta(days=1)),
        Period((before - timedelta(days=40)).replace(day=1), today),
        Period(before - timedelta(days=9), first + timedelta(days=3)),
        Period(today, today),
        Period(today - timedelta(days=200), today + timedelta(days=30)),
        Period(today - timedelta(days=50), today - timedelta(days=20)),
        Period(today + timedelta(days=1), today + timedelta(days=9)),
    ]


def every_way() -> list[Asked]:
    asked = [Asked(period, area) for period in periods() for area in AREAS]
    year = periods()[5]
    asked += [Asked(year, area, only=True) for area in (cast.COMMUNITY, cast.TOWN, cast.GRID)]
    return [*asked, Asked(year, system="tried", kind="noise"), Asked(year, system="none")]


def every_rate() -> list[Rate]:
    told = (matter_rates, request_rates, hazard_rates, whistle_rates, dispute_rates)
    return [rate for rates in told for rate in rates() if isinstance(rate, Rate)]


def assert_same() -> None:
    for asked in every_way():
        kept = sums(asked, MEASURES)
        for measure in MEASURES:
            assert sum(kept.get(measure, {}).values()) == number(asked, measure, Q()), (measure, asked)
    for asked in every_way():
        for rate in every_rate():
            assert rate.of(sums(asked, rate.measures)) == rate.of_rows(asked), (rate.code, asked)


@pytest.mark.parametrize("seed", [7, 20, 404])
def test_after_any_history_the_counts_are_the_rows(seed):
    random_histories(seed)
    assert recount() == {}
    assert_same()
    spread(seed)
    assert recount() == {}
    assert_same()


def test_every_measure_that_is_kept_has_its_rows_and_the_histories_reach_them():
    for seed in (1, 2, 3):
        random_histories(seed, 30)
    case = handled(opened())
    step(case, "verify", photos=PHOTOS)
    step(case, "close")
    step(case, "rate", as_reporter=True, rating=2, solved=True)
    kept = set(Tally._base_manager.filter(rows__gt=0).values_list("measure", flat=True))
    assert kept <= set(MEASURES)
    assert set(MEASURES) - kept <= {
        "shelved", "hung", "delayed", "extended", "reassigned", "at_once", "major", "major_ended",
    }  # fmt: skip


def test_a_wrong_count_is_seen():
    random_histories(5, 4)
    Tally._base_manager.filter(measure="received").update(rows=9)
    with pytest.raises(AssertionError):
        assert_same()


def test_the_rows_of_a_number_add_up_to_it():
    random_histories(11)
    asked = Asked(periods()[5])
    for rate in every_rate():
        for side in (rate.part, rate.whole):
            rows = rows_of(asked, side.terms, side.systems)
            total = sum(
                weight * times_of(case, asked, measure)
                for case in rows for measure, weight in side.terms.items()
            )  # fmt: skip
            assert total == side.of(sums(asked, side.terms)), rate.code


def test_the_lines_of_a_board_add_up_to_its_sum():
    random_histories(13)
    for area in ("", cast.DISTRICT, cast.TOWN, cast.COMMUNITY, cast.GRID):
        board = board_of(area, periods()[5])
        for at, column in enumerate(board.columns):
            assert sum(line.figures[at].part for line in board.lines) == column.total.part
            assert sum(line.figures[at].whole for line in board.lines) == column.total.whole
        assert Case._base_manager.count()


def test_the_months_of_a_board_add_up_to_its_year():
    random_histories(17)
    spread(17)
    today = timezone.localdate()
    first = (today.replace(day=1) - timedelta(days=335)).replace(day=1)
    board = board_of("", Period(first, today))
    for column in board.columns:
        assert sum(figure.whole for _month, figure in column.months) == column.total.whole, column.code
