"""One item of a patrol ends: kept, flagged, told on; nothing lost, nothing twice."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta

import pytest
import shapely
from django.utils import timezone

from tests import cast
from tests.systems.fieldwork.lists_cast import a_scene
from wangge.engines.sync import handlers
from wangge.engines.sync.handlers import Incoming, Place
from wangge.engines.sync.models import Phone
from wangge.foundation.access.queries import reach_of
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal.models import Entry
from wangge.foundation.territory.geometry.measures import as_text
from wangge.foundation.territory.models import GridShape
from wangge.lib.scoping import within
from wangge.systems.fieldwork.actions.generate import generate_duties, mark_overdue
from wangge.systems.fieldwork.models import Duty, Finding, ItemResult

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground", "everywhere")]
PHOTO = "ab" * 32
HERE, ELSEWHERE = Place(113.05, 22.65, 10), Place(113.30, 22.65, 10)


class Sender:
    """A worker with a phone."""

    def __init__(self, grid: str = cast.GRID) -> None:
        self.user = cast.worker(grid)
        self.phone = Phone.objects.create(device=uuid.uuid4(), user=self.user, area_code=grid)

    def send(self, kind: str, data: dict, *, place=HERE, photos=(PHOTO,), at=None, op=None):
        incoming = Incoming(
            op or uuid.uuid4(), 1, kind, at or timezone.now(), place, data, tuple(photos), "", self.user,
            self.phone,
        )  # fmt: skip
        handler = handlers.handler_of(kind)
        assert handler is not None
        with within(reach_of(self.user)):
            return handler(incoming)


@pytest.fixture
def duty():
    GridShape.objects.create(
        grid_id=cast.GRID, polygon=as_text(shapely.box(113.0, 22.6, 113.1, 22.7)), area_m2=1.0
    )
    a_scene(flow=[{"name": "看", "who": "", "then": []}])
    generate_duties(actor="test", day=timezone.localdate())
    if not Duty.objects.exists():  # today nobody works
        Duty.objects.create(
            key="p:1", kind="patrol", area_code=cast.GRID, begins_on=timezone.localdate(),
            due_on=timezone.localdate(), scene=a_scene("另一个"),
        )  # fmt: skip
    return Duty.objects.get(area_code=cast.GRID)


def items(duty):
    return [str(pk) for pk in duty.scene.items.values_list("pk", flat=True)]


def refused(sender, kind, data, **how):
    with pytest.raises(Unacceptable) as why:
        sender.send(kind, data, **how)
    return str(why.value)


def test_a_patrol_from_its_first_item_to_its_end(duty):
    sender, (first, second) = Sender(), items(duty)
    op, said = uuid.uuid4(), {"duty": str(duty.pk), "item": first, "outcome": "normal"}
    done = sender.send("patrol.item", said, op=op, photos=(), place=None)
    assert done.area_code == cast.GRID and done.result["items"] == 1 and done.result["of"] == 2
    assert sender.send("patrol.item", said, op=op, photos=(), place=None).result == done.result
    last = sender.send(
        "patrol.item", {"duty": str(duty.pk), "item": second, "outcome": "hazard", "words": "缺一块"}
    )
    duty.refresh_from_db()
    assert (duty.state, duty.done_by, last.result["state"]) == ("done", sender.user.username, "done")
    finding = Finding.objects.get()
    assert (finding.topic, finding.in_grid, finding.photos) == ("乱堆放", True, [PHOTO])
    told = Entry.objects.get(kind="finding.recorded")
    assert told.subject_id == str(finding.pk) and "缺一块" not in str(told.data)
    assert ItemResult.objects.count() == 2 and Entry.objects.filter(kind="duty.done").count() == 1


def test_outside_the_grid_and_a_clock_ahead_are_kept_and_flagged(duty):
    sender, (first, _second) = Sender(), items(duty)
    ahead = timezone.now() + timedelta(days=1)
    said = {"duty": str(duty.pk), "item": first, "outcome": "event"}
    done = sender.send("patrol.item", said, place=ELSEWHERE, at=ahead)
    row = ItemResult.objects.get()
    assert (row.in_grid, row.clock_off) == (False, True) and row.at <= timezone.now()
    assert done.result["in_grid"] is False and Finding.objects.get().clock_off


def test_what_cannot_be_taken_says_what_to_do(duty):
    sender, stranger, (first, _second) = Sender(), Sender(cast.OTHER_GRID), items(duty)
    said = {"duty": str(duty.pk), "item": first, "outcome": "whistle"}
    assert "拍照" in refused(sender, "patrol.item", said, photos=())
    assert "位置" in refused(sender, "patrol.item", said, place=None)
    assert "没有" in refused(sender, "patrol.item", said | {"outcome": "great"})
    assert "找不到" in refused(sender, "patrol.item", said | {"item": "999999"})
    assert "找不到" in refused(sender, "patrol.item", said | {"duty": ["x"]})
    assert "找不到" in refused(stranger, "patrol.item", said)
    other = a_scene("别的场景")
    assert "没有这一事项" in refused(sender, "patrol.item", said | {"item": str(other.items.all()[0].pk)})
    Duty.objects.update(state="cancelled", words="下雨")
    assert "下雨" in refused(sender, "patrol.item", said)
    assert not ItemResult.objects.exists()


def test_two_workers_at_one_item_are_both_kept_and_told(duty):
    one, two, (first, _second) = Sender(), Sender(), items(duty)
    said = {"duty": str(duty.pk), "item": first, "outcome": "normal"}
    assert one.send("patrol.item", said).differs == ""
    differs = two.send("patrol.item", said | {"outcome": "fixed"}).differs
    assert "王格" in differs and "正常" in differs and "现场处理" in differs
    assert ItemResult.objects.count() == 2


def test_what_was_in_time_but_arrives_late_is_done(duty):
    day = duty.due_on - timedelta(days=3)
    Duty.objects.update(begins_on=day, due_on=day)
    mark_overdue(timezone.localdate())
    in_time = timezone.make_aware(datetime.combine(day, time(10)))
    sender = Sender()
    late = sender.send("duty.done", {"duty": str(duty.pk), "words": "补记"})
    assert late.result["state"] == "missed"
    assert sender.send("duty.done", {"duty": str(duty.pk)}, at=in_time).result["state"] == "done"


def test_a_report_belongs_where_it_was_seen_or_to_whose_it_is(duty):
    sender = Sender()
    said = {"kind": "event", "topic": "路灯不亮", "words": ""}
    assert sender.send("report.now", said).area_code == cast.GRID
    far = sender.send("report.now", said, place=ELSEWHERE)
    assert (far.area_code, far.result["in_grid"]) == (cast.GRID, False)
    assert "照片" in refused(sender, "report.now", said, photos=())
    assert "只能" in refused(sender, "report.now", said | {"kind": "normal"})
    op = uuid.uuid4()
    again = [sender.send("report.now", said, op=op, place=None).result for _time in range(2)]
    assert again[0] == again[1] and again[0]["in_grid"] is None
    assert Finding.objects.count() == 3
