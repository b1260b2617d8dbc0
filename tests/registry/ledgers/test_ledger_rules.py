"""Who stands in which ledger (spec §2.5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_COMMUNITY, OTHER_GRID, TOWN
from tests.registry.ledgers.ledger_cast import (
    HERE,
    OTHER_DISTRICT,
    a_person,
    a_room,
    ago,
    hukou,
    lives,
    names_in,
    works,
)
from wangge.foundation.territory.models import Setting
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS, ledger_named
from wangge.registry.ledgers.outgoing.columns import EXTRA, values
from wangge.registry.ledgers.outgoing.limits import months_before

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("areas")]


def test_half_a_year_of_living_here_makes_a_resident() -> None:
    lives(a_person("住久"), since=ago(200))
    lives(a_person("新来"), since=ago(30))
    assert names_in("resident") == ["住久"]


def test_a_home_without_a_first_day_counts_as_settled() -> None:
    lives(a_person("不详"))
    assert names_in("resident") == ["不详"]


def test_a_newborn_with_hukou_here_is_a_resident_at_once() -> None:
    baby = a_person("新生", hukou_region=HERE)
    hukou(baby)
    lives(baby, since=ago(5))
    assert names_in("resident") == ["新生"]


def test_who_left_less_than_half_a_year_ago_is_still_a_resident_and_later_no_more() -> None:
    for name, days in (("刚走", 60), ("早走", 300)):
        person = a_person(name, hukou_region=HERE)
        hukou(person)
        lives(person, since=ago(2000), valid_to=ago(days))
    assert names_in("resident") == ["刚走"]


def test_a_settled_home_elsewhere_ends_residence_at_the_hukou() -> None:
    person = a_person("外住", hukou_region=HERE)
    hukou(person)
    lives(person, OTHER_GRID, since=ago(800))
    assert names_in("resident") == []
    assert names_in("resident", OTHER_COMMUNITY) == ["外住"]


def test_hukou_in_another_city_makes_floating_and_another_district_only_outside() -> None:
    lives(a_person("外省"), since=ago(3))
    lives(a_person("同市", hukou_region=OTHER_DISTRICT), since=ago(3))
    lives(a_person("本区", hukou_region=HERE), since=ago(3))
    assert names_in("floating") == ["外省"]
    assert names_in("outside") == ["外省", "同市"]


def test_of_a_hukou_known_only_as_province_nobody_says_floating() -> None:
    for name, region in (("省内", "440000"), ("市内", "440700"), ("未知", "")):
        lives(a_person(name, hukou_region=region))
    assert names_in("floating") == []
    assert names_in("outside") == []


def test_what_outside_is_measured_against_is_a_setting() -> None:
    lives(a_person("同市", hukou_region=OTHER_DISTRICT))
    lives(a_person("外省"))
    Setting.objects.create(key="ledger.outside_scope", value="city", valid_from=ago(1))
    assert names_in("outside") == ["外省"]


def test_months_of_residence_are_a_setting() -> None:
    lives(a_person("三月"), since=ago(100))
    assert names_in("resident") == []
    Setting.objects.create(key="ledger.resident_months", value=3, valid_from=ago(1))
    assert names_in("resident") == ["三月"]


def test_staff_belong_to_the_firm_s_area_wherever_they_live() -> None:
    person = a_person("上班")
    lives(person, OTHER_GRID, since=ago(400))
    works(person, GRID)
    assert names_in("staff") == ["上班"]
    assert names_in("staff", OTHER_COMMUNITY) == []
    assert names_in("resident", OTHER_COMMUNITY) == ["上班"]


def test_hukou_without_a_home_here_is_absent_and_with_one_is_not() -> None:
    gone, here = a_person("空挂", hukou_region=HERE), a_person("在家", hukou_region=HERE)
    hukou(gone)
    hukou(here)
    lives(here)
    assert names_in("hukou") == ["空挂", "在家"]
    assert names_in("absent") == ["空挂"]


def test_lodgers_have_their_hukou_elsewhere_in_the_city() -> None:
    lodger, local = a_person("寄住", hukou_region=HERE), a_person("本地", hukou_region=HERE)
    hukou(lodger, OTHER_GRID)
    lives(lodger)
    hukou(local)
    lives(local)
    lives(a_person("外省"))
    assert names_in("lodging") == ["寄住"]


def test_together_means_the_same_room() -> None:
    same, other = a_person("同室"), a_person("异室")
    for person, door in ((same, "101"), (other, "202")):
        hukou(person, room=a_room(door=door))
        lives(person, room=a_room(door="101"))
    assert names_in("together") == ["同室"]


def test_foreigners_and_holders_of_permits_are_abroad() -> None:
    lives(a_person("外籍", nationality="USA", hukou_region=""))
    lives(a_person("港人", id_type="553", hukou_region=""))
    lives(a_person("国人", nationality="CHN"))
    assert names_in("abroad") == ["外籍", "港人"]


def test_a_planned_stay_below_thirty_days_is_short() -> None:
    lives(a_person("短住"), since=ago(2), planned_until=ago(2) + timedelta(days=29))
    lives(a_person("满月"), since=ago(2), planned_until=ago(2) + timedelta(days=30))
    lives(a_person("不定"), since=ago(2))
    assert names_in("short") == ["短住"]


def test_a_person_in_several_ledgers_is_one_person() -> None:
    person = a_person("一人")
    lives(person, since=ago(400))
    works(person)
    found = {ledger: names_in(ledger) for ledger in ("resident", "floating", "outside", "staff")}
    assert all(names == ["一人"] for names in found.values())


def test_two_homes_in_one_area_are_one_line_and_two_areas_see_one_each() -> None:
    person = a_person("两宅")
    lives(person, GRID, room=a_room(GRID, "101"), since=ago(500))
    lives(person, GRID, room=a_room(GRID, "202"), since=ago(500))
    lives(person, OTHER_GRID, since=ago(500))
    assert names_in("resident") == ["两宅"]
    assert names_in("resident", OTHER_COMMUNITY) == ["两宅"]
    assert names_in("resident", DISTRICT) == ["两宅"]


def test_a_second_home_that_does_not_qualify_hides_nobody() -> None:
    person = a_person("两宅")
    lives(person, room=a_room(door="101"), since=ago(10))
    lives(person, room=a_room(door="202"), since=ago(500))
    assert names_in("resident") == ["两宅"]


def test_the_ledger_of_an_earlier_day_names_who_lived_here_then() -> None:
    lives(a_person("搬走"), since=ago(1000), valid_to=ago(50))
    lives(a_person("后来"), since=ago(40))
    assert names_in("outside") == ["后来"]
    assert names_in("outside", day=ago(60)) == ["搬走"]


def test_what_was_not_known_yet_is_not_in_the_ledger_as_known_then() -> None:
    corrected = timezone.now() - timedelta(days=5)
    wrong = lives(a_person("误登"), since=ago(900))
    wrong.known_to = corrected
    wrong.save()
    lives(a_person("补登"), since=ago(900), known_from=corrected)
    assert names_in("resident") == ["补登"]
    assert names_in("resident", known_at=corrected - timedelta(days=1)) == ["误登"]


def test_a_leaving_day_still_to_come_keeps_the_person_in_today_s_ledger() -> None:
    lives(a_person("将走"), since=ago(900), valid_to=ago(-10))
    lives(a_person("已走"), since=ago(900), valid_to=ago(0))
    assert names_in("resident") == ["将走"]


def test_the_dead_leave_today_s_ledger_and_stay_in_history() -> None:
    lives(a_person("已故", status="dead"), since=ago(900))
    assert names_in("resident") == []
    assert names_in("resident", day=ago(10)) == ["已故"]


def test_a_town_s_ledger_holds_its_communities_and_no_others() -> None:
    lives(a_person("甲镇人"), GRID)
    lives(a_person("乙街人"), OTHER_GRID)
    assert names_in("resident", TOWN) == ["甲镇人"]
    assert names_in("resident", DISTRICT) == ["甲镇人", "乙街人"]


def test_every_column_of_every_ledger_has_a_value_and_a_head() -> None:
    from wangge.registry.ledgers.dictionary import facts

    for ledger in LEDGERS:
        for code in (*ledger.columns, *ledger.shown):
            assert code in values(False)
            assert code in facts() or code in EXTRA


@pytest.mark.parametrize("name", ["resident", "常住", "常住人口", "常住人口台账", "常住台账"])
def test_a_ledger_answers_to_its_chinese_names_and_its_code(name: str) -> None:
    assert ledger_named(name).code == "resident"


def test_six_months_before_the_end_of_august_is_the_end_of_february() -> None:
    assert months_before(date(2023, 8, 31), 6) == date(2023, 2, 28)
    assert months_before(date(2023, 3, 15), 6) == date(2022, 9, 15)
    assert COMMUNITY.startswith(TOWN[:9])
