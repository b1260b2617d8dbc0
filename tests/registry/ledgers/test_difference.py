"""What a period changed in the register: counted from rows, opened to rows, exported, told."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_COMMUNITY, OTHER_GRID, TOWN
from tests.registry.ledgers.changes_cast import a_busy_day, before_all_this, somebody_settled, total
from tests.registry.ledgers.import_cast import ZHANG, imported, row
from tests.registry.ledgers.ledger_cast import a_person, a_room, ago, lives, works
from tests.registry.ledgers.test_ledger_adjudication import a_case
from wangge.lib.scoping import Reach, within
from wangge.registry.ledgers.actions import settle_case
from wangge.registry.ledgers.queries.changes import (
    FACTS,
    PEOPLE,
    TIES,
    Difference,
    Period,
    difference,
    hits_of,
    tables_of,
)
from wangge.registry.people import actions
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
VISIT, IMPORT = Source.VISIT.value, Source.IMPORT.value


def today(area: str = COMMUNITY) -> Period:
    return Period(area, ago(0), ago(0))


def changes(area: str = COMMUNITY) -> Difference:
    return difference(today(area))


def told(area: str = COMMUNITY) -> dict[str, int]:
    """Totals by what, without zeros."""
    return {str(what): number for (what,), number in changes(area).by(0).items() if number}


@pytest.fixture
def settled() -> Person:
    """Somebody who has lived here for long, known only by name, birth and a phone."""
    return somebody_settled()


def test_a_quiet_day_changed_nothing(settled: Person) -> None:
    assert told() == {} and all(
        not hits for hits in (list(hits_of(today(), what)) for what in PEOPLE + TIES + FACTS)
    )


def test_somebody_new_begins_a_tie(settled: Person) -> None:
    actions.register_person(actor="cli", facts={"name": "甲二"}, room=a_room(), answer="new")
    assert told() == {"new": 1, "begun": 1}
    assert total(changes(), what="new", source=VISIT, area=GRID) == 1


def test_somebody_new_with_ties_in_two_grids_is_one(settled: Person) -> None:
    person = actions.register_person(actor="cli", facts={"name": "甲二"}, room=a_room(), answer="new").person
    assert person is not None
    actions.begin_tie(actor="cli", person=person, kind="works", area=OTHER_GRID)
    assert told(DISTRICT)["new"] == told(OTHER_COMMUNITY)["new"] == told()["new"] == 1


def test_a_move_ends_a_tie_and_begins_another(settled: Person) -> None:
    actions.move_person(actor="cli", person=settled, on=ago(1), room=a_room(door="202"))
    assert told() == {"moved": 1, "ended": 1, "begun": 1}
    assert total(changes(), what="ended", field="lives", source=VISIT) == 1


def test_a_move_between_communities_ends_here_and_arrives_there(settled: Person) -> None:
    actions.move_person(actor="cli", person=settled, on=ago(1), room=a_room(OTHER_GRID))
    assert told() == {"ended": 1}
    assert told(OTHER_COMMUNITY) == {"moved": 1, "begun": 1}
    assert told(DISTRICT) == {"moved": 1, "ended": 1, "begun": 1}


def test_leaving_and_dying_are_told_with_their_ties(settled: Person) -> None:
    other = a_person("甲二")
    lives(other, since=ago(500))
    works(other)
    before_all_this()
    actions.record_leave(actor="cli", person=settled, on=ago(1), source=Source.POLICE)
    actions.record_death(actor="cli", person=other, on=ago(1))
    assert told() == {"left": 1, "died": 1, "ended": 3}
    assert total(changes(), what="left", source=Source.POLICE.value) == 1


def test_a_correction_is_no_beginning(settled: Person) -> None:
    actions.correct_tie(actor="cli", tie=settled.ties.get(), reason="登记有误", valid_from=ago(30))
    assert told() == {"corrected": 1}


def test_merging_gives_one_of_two_equal_ties_up_and_undoing_brings_it_back(settled: Person) -> None:
    twin = a_person("甲一", id_no="")
    lives(twin, since=ago(500), room=a_room())
    before_all_this()
    merge = actions.merge_persons(actor="cli", keep=settled, absorb=twin)
    found = told()
    assert (found["merged"], found["withdrawn"]) == (1, 1) and "new" not in found
    actions.unmerge_persons(actor="cli", merge=merge)
    assert told() == {"unmerged": 1}


def test_facts_are_told_by_field_and_source(settled: Person) -> None:
    actions.update_person(
        actor="cli",
        person=settled,
        source=VISIT,
        facts={"education": "20", "sex": "2", "birth": settled.birth},
    )
    counted = changes()
    assert told() == {"filled": 1, "changed": 1, "confirmed": 1}
    assert total(counted, what="filled", field="education", source=VISIT, area=GRID) == 1
    assert total(counted, what="changed", field="sex") == total(counted, what="confirmed", field="birth") == 1


def test_what_is_only_confirmed_is_told_once(settled: Person) -> None:
    actions.update_person(
        actor="cli", person=settled, source=VISIT, facts={"sex": "1", "birth": settled.birth}
    )
    assert told() == {"confirmed": 2}


def test_contradicting_settling_and_repairing(settled: Person) -> None:
    actions.update_person(actor="cli", person=settled, source=VISIT, facts={"marriage": "20"})
    before_all_this()
    actions.update_person(actor="cli", person=settled, source=IMPORT, facts={"marriage": "10"})
    assert told() == {"contradicted": 1}
    actions.settle_contradiction(actor="cli", contradiction=settled.contradictions.get(), take=True)
    assert told() == {"contradicted": 1, "settled": 1}


def test_a_repaired_record_is_told_by_its_field(settled: Person) -> None:
    Person.objects.update(birth=date(1981, 5, 6))
    person = a_person("甲三", birth=date(1980, 5, 6))
    lives(person)
    Person.objects.filter(pk=person.pk).update(birth=date(1979, 5, 6))
    actions.check_people([person.pk])
    before_all_this()
    actions.repair_discrepancy(actor="cli", discrepancy=person.discrepancies.get(rule="birth_not_of_id"))
    assert total(changes(), what="repaired", field="birth") == 1


def test_an_import_is_told_by_its_rows() -> None:
    imported(
        [row("张三", 身份证号=ZHANG, 文化程度="本科"), row("李四", 出生日期="1981-03-04", 与户主关系="子")]
    )
    found = told()
    assert found["new"] == 2 and not {"filled", "changed", "confirmed"} & set(found)
    before_all_this()
    lines = [
        row("张三", 身份证号=ZHANG, 文化程度="大专", 联系电话="10012345678"),
        row("李四", 出生日期="1981-03-04", 与户主关系="子"),
    ]
    imported(lines)
    counted = changes()
    assert total(counted, what="filled", field="phone", source=IMPORT) == 1
    assert total(counted, what="changed", field="education") == 1
    assert total(counted, what="confirmed", field="whole_row") == 1
    assert "new" not in told() and "begun" not in told()


def test_a_row_joined_to_a_person_by_hand_is_told_too() -> None:
    case = a_case(1, education="20")
    before_all_this()
    settle_case(actor="cli", case=case, same=True)
    hits = list(hits_of(today(), "filled", name="education"))
    assert [(hit.person, hit.source) for hit in hits] == [(case.person_id, IMPORT)]


def test_a_move_by_import_is_a_move() -> None:
    imported([row("张三", 身份证号=ZHANG)])
    before_all_this()
    imported([row("张三", 身份证号=ZHANG, 现住址="丰雅花园3栋2单元502")])
    found = told()
    assert (found["moved"], found["ended"], found["begun"]) == (1, 1, 1)


def test_other_days_and_other_areas_are_left_out(settled: Person) -> None:
    actions.move_person(actor="cli", person=settled, on=ago(1), room=a_room(door="202"))
    assert told(OTHER_COMMUNITY) == {}
    assert difference(Period(COMMUNITY, ago(30), ago(1))).cells == Counter()
    assert difference(Period(COMMUNITY, ago(30), ago(0))).cells == changes().cells


@pytest.fixture
def busy(settled: Person) -> None:
    """A day with some of everything in two communities."""
    a_busy_day()


@pytest.mark.parametrize("area", [DISTRICT, TOWN, COMMUNITY, OTHER_COMMUNITY, GRID])
def test_every_number_opens_as_many_rows(busy: None, area: str) -> None:
    counted = difference(today(area))
    assert counted.cells or area == TOWN
    for table in tables_of(counted):
        for _label, cells in table.lines:
            for cell in cells:
                where = dict(cell.where)
                what = str(where.pop("what"))
                asked = {
                    "name": where.get("field", ""),
                    "source": where.get("source"),
                    "area": where.get("part", ""),
                }
                assert len(list(hits_of(today(area), what, **asked))) == cell.number, (area, cell)  # type: ignore[arg-type]


def test_sums_over_areas_are_the_whole(busy: None) -> None:
    counted = difference(today(DISTRICT))
    whole = Counter({str(what): number for (what,), number in counted.by(0).items()})
    assert sum(counted.by_area().values(), Counter()) == whole
    below = [difference(today(area)) for area in (COMMUNITY, OTHER_COMMUNITY)]
    both = Counter({str(what): sum(total(one, what=what) for one in below) for (what,) in counted.by(0)})
    assert +both == +whole


def test_a_secretary_counts_only_the_own_community(busy: None) -> None:
    with within(Reach((COMMUNITY,))):
        assert difference(today(DISTRICT)).by(0) == difference(today(COMMUNITY)).by(0)
