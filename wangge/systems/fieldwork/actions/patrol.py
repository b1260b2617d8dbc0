"""One item of a scene is looked at and ends (spec 2.7). What comes from outside comes once an ``op``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import ABNORMAL, DutyState, Outcome
from ..models import Duty, Finding, ItemResult, SceneItem
from ..queries.places import inside
from ..queries.workers import names_of
from .duties import close_if_done

AHEAD = timedelta(minutes=2)  # of clocks that otherwise agree


@dataclass(frozen=True)
class Seen:
    """What a phone tells with everything it records.

    Args:
        at: the phone's clock, put right by what it is off from the server's.
        accuracy_m: how far off the place may be, metres; None where the phone does not say.
        photos: SHA-256 in hex, in the order they were taken; they may arrive later.
    """

    op: UUID
    at: datetime
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    photos: tuple[str, ...] = ()

    def moment(self) -> tuple[datetime, bool]:
        """When it was, and whether that is the server's word: nothing is seen in the future."""
        now = timezone.now()
        return (now, True) if self.at > now + AHEAD else (self.at, False)


@dataclass(frozen=True)
class ItemDone:
    """What became of an item: the row, its finding, and in what it differs from a colleague's."""

    result: ItemResult
    finding: Finding | None
    differs: str = ""


@transaction.atomic
def record_item(
    *, actor: Any, seen: Seen, duty: Duty, item: SceneItem, outcome: str, words: str = ""
) -> ItemDone:
    """Record how an item of a patrol or screening ended. An abnormal one is a finding. Outside the grid is
    kept and flagged; a duty that was missed meanwhile is done when this was in time.

    Raises:
        Unacceptable: no such item in this duty's scene, no such outcome, or an abnormal one without photo
            and place.
    """
    known = ItemResult._base_manager.filter(op=seen.op).select_related("duty", "item").first()
    if known is not None:
        return ItemDone(known, Finding._base_manager.filter(result=known).first(), _difference(known))
    duty = Duty._base_manager.select_for_update().get(pk=duty.pk)
    _must_fit(seen, duty, item, outcome)
    at, clamped = seen.moment()
    day = timezone.localdate(at)
    result = ItemResult(
        op=seen.op, duty=duty, item=item, area_code=duty.area_code, outcome=outcome, words=words[:500], at=at,
        clock_off=clamped, lon=seen.lon, lat=seen.lat, photos=list(seen.photos),
        worker=journal.account_of(actor),
        in_grid=inside(duty.area_code, seen.lon, seen.lat, seen.accuracy_m, day),
    )  # fmt: skip
    result.save()
    told = {"outcome": outcome, "in_grid": result.in_grid, "clock_off": clamped, "photos": len(seen.photos)}
    journal.record("patrol.recorded", actor=actor, area=duty.area_code, subject=result, data=told)
    finding = _found(actor, result) if outcome in ABNORMAL else None
    close_if_done(actor=actor, duty=duty, at=at)
    return ItemDone(result, finding, _difference(result))


def _must_fit(seen: Seen, duty: Duty, item: SceneItem, outcome: str) -> None:
    if duty.state == DutyState.CANCELLED:
        raise Unacceptable(_("这项任务已经取消：%(why)s。") % {"why": duty.words or "—"})
    if duty.scene_id is None or not _same_scene(duty, item):
        raise Unacceptable(_("这项任务里没有这一事项；请刷新清单。"))
    if outcome not in Outcome.values:
        raise Unacceptable(_("没有“%(outcome)s”这种结果。") % {"outcome": str(outcome)[:20]})
    if outcome in ABNORMAL and not seen.photos:
        raise Unacceptable(_("不正常的事项要拍照：请补拍一张再提交。"))
    if outcome in ABNORMAL and (seen.lon is None or seen.lat is None):
        raise Unacceptable(_("不正常的事项要有位置：请打开定位，或在地图上点一下位置。"))


def _same_scene(duty: Duty, item: SceneItem) -> bool:
    """A phone that was offline may know another version of the scene; its item is taken."""
    scene = duty.scene
    return scene is not None and (scene.key, scene.area_code) == (item.scene.key, item.scene.area_code)


def _found(actor: Any, result: ItemResult) -> Finding:
    finding = Finding(
        op=result.op, area_code=result.area_code, kind=result.outcome, topic=result.item.name,
        words=result.words, at=result.at, lon=result.lon, lat=result.lat, in_grid=result.in_grid,
        clock_off=result.clock_off, photos=result.photos, worker=result.worker, result=result,
        room_id=result.duty.room_id, organisation_id=result.duty.organisation_id,
    )  # fmt: skip
    finding.save()
    tell_finding(actor, finding)
    return finding


def tell_finding(actor: Any, finding: Finding) -> None:
    """The event by which others learn of a finding; its words stay in the row."""
    told = {
        "kind": finding.kind, "topic": finding.topic, "photos": len(finding.photos),
        "in_grid": finding.in_grid, "from": "patrol" if finding.result_id else "report",
    }  # fmt: skip
    journal.record("finding.recorded", actor=actor, area=finding.area_code, subject=finding, data=told)


def _difference(result: ItemResult) -> str:
    """In plain words, where a colleague ended the same item of the same duty otherwise; both are kept."""
    others = ItemResult._base_manager.filter(duty=result.duty_id, item__name=result.item.name)
    other = (
        others.exclude(pk=result.pk)
        .exclude(worker=result.worker)
        .exclude(outcome=result.outcome)
        .order_by("-at")
        .first()
    )
    if other is None:
        return ""
    name = names_of([other.worker]).get(other.worker, other.worker)
    return _("与 %(name)s %(at)s 的记录不一致：“%(item)s”记为“%(theirs)s”，您记为“%(yours)s”。") % {
        "name": name, "at": timezone.localtime(other.at).strftime("%m-%d %H:%M"), "item": result.item.name,
        "theirs": other.get_outcome_display(), "yours": result.get_outcome_display(),
    }  # fmt: skip
