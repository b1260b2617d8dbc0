"""上报事件 on a phone becomes a case, once; the phone hears its number."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import step
from tests.systems.incidents.incident_cast import INSIDE, found, lay_shapes
from wangge.engines.cases.models import Case
from wangge.engines.sync.sections import Scope, registered
from wangge.flows import drain
from wangge.flows.incidents import open_from_finding
from wangge.foundation.journal.models import Entry
from wangge.systems.incidents.kinds import SYSTEMS

pytestmark = pytest.mark.django_db


def test_a_report_of_an_event_opens_a_case_with_place_photo_worker_and_grid() -> None:
    lay_shapes()
    worker = cast.worker()
    finding = found(worker)
    drain()
    case = Case.objects.get()
    assert (case.op, case.system, case.kind, case.title) == (finding.op, "event", "city", "暴露垃圾")
    assert (case.area_code, case.launcher, case.source) == (cast.GRID, worker, "worker")
    assert (case.lon, case.lat) == INSIDE
    assert case.steps.get().photos == [{"digest": "ab" * 32, "when": "before"}]


def test_the_same_event_heard_twice_is_one_case() -> None:
    found(cast.worker())
    drain()
    open_from_finding(Entry.objects.get(kind="finding.recorded"))
    assert Case.objects.count() == 1


@pytest.mark.parametrize("kind", ["hazard", "whistle"])
def test_a_hazard_or_whistle_is_somebody_elses(kind: str) -> None:
    found(cast.worker(), kind=kind)
    drain()
    assert not Case.objects.filter(system__in=SYSTEMS).exists()


@pytest.mark.parametrize(
    ("topic", "kind", "level"),
    [("电动车起火", "fire", "urgent"), ("有人落水", "casualty", "urgent"), ("井盖缺损", "city", "third")],
)
def test_where_life_is_in_danger_it_opens_as_urgent(topic: str, kind: str, level: str) -> None:
    found(cast.worker(), topic=topic, words="")
    drain()
    case = Case.objects.get()
    assert (case.kind, case.level) == (kind, level)


def test_a_worker_who_lost_the_grid_meanwhile_still_gets_it_on_record() -> None:
    worker = cast.worker()
    finding = found(worker)
    worker.grants.all().delete()
    drain()
    case = Case.objects.get(op=finding.op)
    assert case.launcher is None and case.steps.get().actor == worker.username


def matters(user: object, **more: object) -> list[dict]:
    return registered()["matters"].reader(Scope(user=user, areas=(cast.GRID,), **more))


def test_the_phone_gets_the_number_and_state_of_its_own_records_only() -> None:
    worker, other, op = cast.worker(), cast.worker(), uuid4()
    found(worker, op=op)
    found(other)
    drain()
    case = Case.objects.get(op=op)
    assert matters(worker) == [
        {"id": str(op), "number": case.number, "state": "待受理", "over": False, "into": ""}
    ]


def test_later_only_those_with_a_new_step_travel() -> None:
    worker = cast.worker()
    found(worker)
    drain()
    later = timezone.now() + timedelta(hours=1)
    assert matters(worker, since=later) == []
    step(Case.objects.get(), "file", level="third")
    assert [row["state"] for row in matters(worker, since=timezone.now())] == ["待派遣"]
