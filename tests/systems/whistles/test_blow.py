"""A whistle is blown, once, by whom it belongs to."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.systems.whistles.whistle_cast import a_matter, a_unit, blown, member, step, told
from wangge.engines.cases.models import Case
from wangge.foundation.access.queries import reach_of
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.lib.scoping import within
from wangge.systems.whistles.actions.blowing import blow
from wangge.systems.whistles.models import Call, Whistle

pytestmark = pytest.mark.django_db


def test_a_secretary_blows_and_nobody_is_called_before_it_is_approved():
    lead, helper = a_unit("城管"), a_unit("环保")
    row = blown(lead, helper, actor=cast.secretary())
    assert (row.case.state, row.case.system, row.case.kind) == ("launched", "whistles", "key_problem")
    assert row.lead == lead and set(row.asked) == {lead.pk, helper.pk} and row.case.unit is None
    assert not Call._base_manager.exists()
    entry = Entry.objects.get(kind="whistle.blown")
    assert entry.data["lead"] == lead.key and "劝了五次" not in str(entry.data)


def test_it_is_blown_for_an_open_matter():
    matter = a_matter()
    row = blown(a_unit("城管"), matter=matter, actor=cast.secretary())
    assert row.from_case == matter and row.case.data["from"] == matter.number


def test_the_same_op_is_the_same_whistle_and_other_content_is_told():
    unit, op = a_unit("城管"), uuid4()
    first = blown(unit, op=op)
    assert blown(unit, op=op) == first and Whistle._base_manager.count() == 1
    with pytest.raises(Unacceptable, match=first.case.number):
        blown(unit, op=op, reason="另一个理由")
    with pytest.raises(Unacceptable, match=first.case.number):
        blown(unit, a_unit("环保"), op=op)
    assert Entry.objects.filter(kind="whistle.blown").count() == 1


@pytest.mark.parametrize("who", [cast.worker, cast.leader, member], ids=["worker", "leader", "department"])
def test_who_does_not_run_an_area_does_not_whistle(who):
    with pytest.raises(Refused):
        blown(a_unit("城管"), actor=who())
    assert not Case.objects.exists()


def test_not_in_another_town():
    with pytest.raises(Refused):
        blown(a_unit("城管"), actor=cast.secretary(cast.OTHER_COMMUNITY))


def test_not_for_a_matter_outside_ones_reach():
    matter, secretary = a_matter(area=cast.OTHER_GRID), cast.secretary()
    with within(reach_of(secretary)), pytest.raises(Refused, match="不在您的范围内"):
        blow(actor=secretary, blown=told((a_unit("城管"),), matter=matter))


class TestUnits:
    def test_one_at_least(self):
        with pytest.raises(Unacceptable, match="请选要叫到场的单位"):
            blown()

    def test_none_twice(self):
        unit = a_unit("城管")
        with pytest.raises(Unacceptable, match="选了两次"):
            blown(unit, unit)

    def test_none_that_is_closed(self):
        with pytest.raises(Unacceptable, match="“旧队”已停用"):
            blown(a_unit("城管"), a_unit("旧队", active=False))

    def test_the_lead_is_one_of_them(self):
        with pytest.raises(Unacceptable, match="牵头"):
            blown(a_unit("城管"), lead=a_unit("环保"))

    def test_a_unit_of_other_classes_may_be_asked(self):
        assert blown(a_unit("燃气办", classes=["safety_gas"])).case.state == "launched"


class TestMatter:
    def test_a_whistle_is_no_matter_to_whistle_for(self):
        unit = a_unit("城管")
        with pytest.raises(Unacceptable, match="本身就是一声哨"):
            blown(unit, matter=blown(unit).case)

    def test_not_twice_while_one_goes_on(self):
        unit, matter = a_unit("城管"), a_matter()
        first = blown(unit, matter=matter)
        with pytest.raises(Unacceptable, match=first.case.number):
            blown(unit, matter=matter)
        step(first, "withdraw", words="先自己办")
        assert blown(unit, matter=matter).from_case == matter

    def test_not_for_a_closed_one(self):
        matter = a_matter()
        Case._base_manager.filter(pk=matter.pk).update(closed_at="2026-01-01T00:00:00Z")
        with pytest.raises(Unacceptable, match="已经办结"):
            blown(a_unit("城管"), matter=matter)

    def test_a_reason_is_needed(self):
        with pytest.raises(Unacceptable, match="为什么"):
            blown(a_unit("城管"), reason="  ")
