"""Patrol and reports from phones: the data of an operation, read and handed to its verb."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from wangge.engines.sync import handlers
from wangge.engines.sync.handlers import Done, Incoming, Unacceptable
from wangge.registry.people.models import Organisation, Room

from ..actions.duties import finish_duty
from ..actions.findings import report_now
from ..actions.patrol import Seen, record_item
from ..models import Duty, ItemResult, SceneItem

_M = TypeVar("_M", bound=models.Model)


def register() -> None:
    """Tell the engine whom to give these kinds to."""
    handlers.register("patrol.item", patrol_item)
    handlers.register("duty.done", duty_done)
    handlers.register("report.now", report)


def patrol_item(incoming: Incoming) -> Done:
    """{duty, item, outcome, words}: how one item of a scene ended."""
    data = incoming.data
    duty, item = _row(Duty, data.get("duty"), _("任务")), _row(SceneItem, data.get("item"), _("事项"))
    done = record_item(
        actor=incoming.worker, seen=seen_of(incoming), duty=duty, item=item,
        outcome=_text(data, "outcome", 8), words=_text(data, "words", 500),
    )  # fmt: skip
    duty.refresh_from_db()
    looked_at = ItemResult._base_manager.filter(duty=duty).values("item__name").distinct().count()
    result: dict[str, Any] = {
        "duty": str(duty.pk), "state": duty.state, "items": looked_at,
        "of": duty.scene.items.count() if duty.scene else 0,
        "in_grid": done.result.in_grid, "clock_off": done.result.clock_off,
        "finding": str(done.finding.pk) if done.finding else None,
    }  # fmt: skip
    return Done(duty.area_code, result, done.differs)


def duty_done(incoming: Incoming) -> Done:
    """{duty, words}: a duty is finished."""
    duty = _row(Duty, incoming.data.get("duty"), _("任务"))
    at, _clamped = seen_of(incoming).moment()
    done = finish_duty(actor=incoming.worker, duty=duty, at=at, words=_text(incoming.data, "words", 200))
    return Done(done.area_code, {"duty": str(done.pk), "state": done.state})


def report(incoming: Incoming) -> Done:
    """{kind, topic, words, room?, organisation?}: 随手报."""
    data = incoming.data
    room = _row(Room, data["room"], _("房屋")) if data.get("room") else None
    firm = _row(Organisation, data["organisation"], _("单位")) if data.get("organisation") else None
    finding = report_now(
        actor=incoming.worker, seen=seen_of(incoming), kind=_text(data, "kind", 8),
        topic=_text(data, "topic", 80), words=_text(data, "words", 500), room=room, organisation=firm,
    )  # fmt: skip
    told = {"finding": str(finding.pk), "in_grid": finding.in_grid, "clock_off": finding.clock_off}
    return Done(finding.area_code, told)


def seen_of(incoming: Incoming) -> Seen:
    """When, where and with which photos an operation was recorded."""
    place = incoming.place
    lon, lat, off = (place.lon, place.lat, place.accuracy_m) if place else (None, None, None)
    return Seen(incoming.op, incoming.at, lon, lat, off, incoming.photos)


def _row(model: type[_M], key: Any, what: str) -> _M:
    """The row within the worker's reach."""
    text = str(key or "")
    rows: Any = model.objects  # type: ignore[attr-defined]
    found = rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    if found is None:
        raise Unacceptable(_("找不到这条%(what)s，或它不在您的网格；请刷新清单。") % {"what": what})
    return found


def _text(data: dict[str, Any], name: str, most: int) -> str:
    """A text of the data; anything else counts as not written."""
    value = data.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""
