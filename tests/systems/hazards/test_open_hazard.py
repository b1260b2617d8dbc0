"""A hazard has one number from found to closed; on the spot it is closed at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.systems.hazards.hazard_cast import AFTER, PHOTO, a_hazard, a_room, a_unit, closed, step, told
from wangge.engines.cases.actions import sweep_clocks
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.enums import Role
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.systems.hazards.queries.about import About
from wangge.systems.hazards.sweeps import tell_authorities

pytestmark = pytest.mark.django_db


def test_the_closed_loop_found_told_put_right_checked_closed():
    case = a_hazard(actor=cast.worker())
    assert (case.system, case.procedure_key, case.state, case.level) == (
        "hazards",
        "hazard",
        "found",
        "general",
    )
    assert case.due_at is not None
    closed(case)
    assert case.state == "closed" and case.closed_at is not None
    assert [one.key for one in case.steps.all()] == ["open", "tell", "fixed", "close"]


def test_who_put_it_right_does_not_check_it():
    case, worker = told(a_hazard()), cast.worker()
    step(case, "fixed", worker, words="清了", photos=((AFTER, "after"),))
    with pytest.raises(Refused):
        step(case, "close", worker, photos=((AFTER, "after"),))
    step(case, "close", cast.secretary(), photos=((AFTER, "after"),))
    assert case.state == "closed"


def test_the_same_op_is_the_same_hazard_and_other_content_is_refused():
    op = uuid4()
    first = a_hazard(op=op)
    assert a_hazard(op=op) == first and Case.objects.count() == 1
    with pytest.raises(Unacceptable):
        a_hazard(op=op, title="别的")


def test_put_right_on_the_spot_is_closed_at_once_with_the_photo():
    op = uuid4()
    for _again in range(2):
        case = a_hazard(cast.worker(), op=op, fixed=True, photos=(AFTER,))
    assert case.state == "closed" and [one.key for one in case.steps.all()] == ["open", "fix_now"]
    assert case.steps.get(key="fix_now").photos == [{"digest": AFTER, "when": "after"}]


def test_without_a_photo_it_is_not_closed_on_the_spot():
    assert a_hazard(cast.worker(), fixed=True).state == "found"


def test_a_major_one_is_not_closed_on_the_spot_by_a_worker():
    case = a_hazard(cast.worker(), fixed=True, photos=(AFTER,), level="major")
    assert case.state == "found" and case.closed_at is None
    assert a_hazard(cast.officer(), fixed=True, photos=(AFTER,), level="major").state == "closed"


def test_a_major_one_tells_the_authority_named_for_its_kind_at_once():
    fire = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    a_unit("城管", classes=("firm",))
    unit = a_unit("消防大队", fire, classes=("high_rise", "other"))
    assert not cases_for(fire).exists()
    case = a_hazard(cast.worker(), level="major", photos=(PHOTO,))
    assert [one.key for one in case.steps.all()] == ["open", "report"]
    assert list(case.helpers.all()) == [unit] and list(cases_for(fire)) == [case]
    assert Entry.objects.filter(kind="hazard.major_told").count() == 1
    assert not case.clocks.filter(key="report", stopped_at=None).exists()


def test_without_a_named_authority_the_two_hours_run_and_the_sweep_tells_the_one_named_later():
    case = a_hazard(cast.worker(), level="major")
    running = case.clocks.get(key="report", stopped_at=None)
    assert running.limit == "2h" and running.due_at - running.started_at <= timedelta(hours=2)
    assert tell_authorities() == 0
    a_unit("住建局", classes=("other",))
    assert tell_authorities() == 1 and tell_authorities() == 0
    assert case.steps.filter(key="report").count() == 1


def test_one_that_becomes_major_by_grading_is_told_too():
    a_unit("住建局", classes=("other",))
    case = a_hazard()
    assert tell_authorities() == 0
    step(case, "grade", cast.secretary(), level="major", words="裂缝变大")
    assert tell_authorities() == 1


def test_overdue_climbs_from_community_to_street_to_district():
    case = told(a_hazard(), until=timezone.now() + timedelta(days=30))
    case.refresh_from_db()
    rungs = []
    for days in (0, 1, 3, 7):
        sweep_clocks(case.due_at + timedelta(days=days, minutes=1))
        rungs.append([one.data["tell"] for one in case.steps.filter(key="clock")][-1])
        case.refresh_from_db()
    assert rungs == ["handler", "community", "street", "district"] and case.late


def test_nobody_opens_one_outside_her_area():
    with pytest.raises(Refused):
        a_hazard(cast.worker(cast.OTHER_GRID))


def test_a_hazard_knows_its_room_and_building():
    room = a_room()
    case = a_hazard(about=About("rooms", room))
    assert (case.room, case.building) == (room, room.building) and case.address == str(room)
