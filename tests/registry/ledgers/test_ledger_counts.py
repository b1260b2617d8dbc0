"""Numbers of ledgers come from rows and agree with them."""

from __future__ import annotations

import pytest

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_COMMUNITY, OTHER_GRID, TOWN
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, hukou, lives, names_in, select, works
from wangge.registry.ledgers.actions.counts import recount, recount_all
from wangge.registry.ledgers.models import LedgerCount
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS
from wangge.registry.ledgers.queries.counts import stored_counts
from wangge.registry.ledgers.queries.ledgers import bounded_count

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


def _number(area: str, ledger: str = "resident") -> int:
    return LedgerCount.objects.get(area_code=area, ledger=ledger).count


def _mixed() -> None:
    two_homes, local, moved = a_person("两宅"), a_person("本地", hukou_region="440703"), a_person("新来")
    lives(two_homes, GRID, since=ago(500))
    lives(two_homes, OTHER_GRID, since=ago(500))
    works(two_homes, OTHER_GRID)
    hukou(local, room=a_room())
    lives(local, room=a_room())
    lives(moved, since=ago(5), planned_until=ago(0))
    lives(a_person("无格"), COMMUNITY, room=a_room())


def test_every_number_is_the_number_of_rows_it_opens() -> None:
    _mixed()
    recount_all()
    for area in (GRID, COMMUNITY, TOWN, DISTRICT, OTHER_COMMUNITY):
        for ledger in LEDGERS:
            assert _number(area, ledger.code) == len(names_in(ledger.code, area)), (area, ledger.code)


def test_who_has_two_homes_counts_once_in_the_district() -> None:
    _mixed()
    recount_all()
    assert _number(COMMUNITY) + _number(OTHER_COMMUNITY) == _number(DISTRICT) + 1


def test_counting_one_community_mends_it_and_what_it_lies_in_only() -> None:
    recount_all()
    lives(a_person("甲内"), GRID)
    lives(a_person("乙外"), OTHER_GRID)
    recount(GRID)
    assert [_number(area) for area in (GRID, COMMUNITY, TOWN, OTHER_COMMUNITY)] == [1, 1, 1, 0]
    assert _number(DISTRICT) == 2


def test_who_has_gone_leaves_a_zero_not_an_old_number() -> None:
    home = lives(a_person("将走"))
    recount(COMMUNITY)
    home.delete()
    recount(COMMUNITY)
    assert _number(COMMUNITY) == 0 and _number(GRID) == 0


def test_counting_again_changes_nothing_but_the_time() -> None:
    _mixed()
    recount_all()
    before = dict(LedgerCount.objects.values_list("pk", "count"))
    recount_all()
    assert dict(LedgerCount.objects.values_list("pk", "count")) == before
    assert stored_counts(COMMUNITY)["resident"].count == _number(COMMUNITY)


def test_a_count_with_conditions_stops_at_its_limit() -> None:
    for number in range(4):
        lives(a_person(f"甲{number}"))
    assert str(bounded_count(select(sex="1"), limit=3)) == "3+"
    assert str(bounded_count(select(sex="1"), limit=4)) == "4"
    assert str(bounded_count(select(sex="2"))) == "0"
