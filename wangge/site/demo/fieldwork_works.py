"""Duties of the last days and of today, how far the demo community is with them, and what was found."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from wangge.foundation.access.models import User
from wangge.lib.scoping import EVERYWHERE, prefix_filter, within
from wangge.systems.fieldwork.actions.findings import report_now
from wangge.systems.fieldwork.actions.generate import generate_days
from wangge.systems.fieldwork.actions.patrol import Seen
from wangge.systems.fieldwork.actions.scenes_pack import load_pack
from wangge.systems.fieldwork.enums import DutyKind, DutyState
from wangge.systems.fieldwork.models import Duty, ItemResult

ACTOR = "cli"
BACK = 2  # days before today
DONE = 0.94  # of the patrols of the days before
FOUND = (
    ("event", "路灯不亮", "示例：巷口路灯两天没亮"),
    ("hazard", "楼道堆物", "示例：三楼楼道堆放纸箱"),
    ("event", "井盖松动", "示例：人行道井盖松动"),
    ("whistle", "夜间噪声", "示例：多次劝导无效，请多部门处理"),
    ("hazard", "飞线充电", "示例：一楼窗口拉线给电动车充电"),
)


def make_duties(
    areas: dict[str, str], users: Sequence[User], rng: np.random.Generator, today: date
) -> dict[str, int]:
    """The scenes of the pack, the duties they make, and what the workers did of them."""
    load_pack(actor=ACTOR, area_code=areas["district"], on=today - timedelta(days=BACK))
    made = generate_days(actor=ACTOR, first=today - timedelta(days=BACK), last=today)
    return {"duties": made.duties, "items": _work(areas["community"], users, rng, today)}


def _work(community: str, users: Sequence[User], rng: np.random.Generator, today: date) -> int:
    """Patrols of the days before are done, but for a few; the others were missed."""
    inside = prefix_filter("area_code", community)
    past = Duty._base_manager.filter(inside, kind=DutyKind.PATROL, due_on__lt=today)
    held = list(past.select_related("scene").order_by("pk"))
    items = {duty.scene_id: list(duty.scene.items.order_by("pk")) for duty in held if duty.scene}
    done = [duty for duty, chance in zip(held, rng.random(len(held)), strict=True) if chance < DONE]
    results = []
    for number, duty in enumerate(done):
        hour = int(rng.integers(8, 18))
        duty.done_at = timezone.make_aware(datetime.combine(duty.due_on, time(hour, int(rng.integers(60)))))
        duty.state, duty.done_by = DutyState.DONE, users[number % len(users)].username
        results += [
            ItemResult(
                op=uuid.UUID(bytes=rng.bytes(16)), duty=duty, item=item, area_code=duty.area_code,
                outcome="fixed" if rng.random() < 0.03 else "normal", at=duty.done_at, in_grid=True,
                worker=duty.done_by,
            )
            for item in items.get(duty.scene_id, [])
        ]  # fmt: skip
    Duty._base_manager.bulk_update(done, ["done_at", "state", "done_by"], batch_size=500)
    ItemResult._base_manager.bulk_create(results, batch_size=1_000)
    past.filter(state=DutyState.OPEN).update(state=DutyState.MISSED)
    return len(results)


def make_findings(grid: str, users: Sequence[User], today: date) -> int:
    """What the workers reported on their way."""
    if not users:
        return 0
    now = timezone.now()
    with within(EVERYWHERE):
        for number, (kind, topic, words) in enumerate(FOUND):
            seen = Seen(
                op=uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{today}:{number}"),
                at=now - timedelta(hours=5 * number + 1),
            )
            report_now(actor=users[number % len(users)], seen=seen, kind=kind, topic=topic, words=words)
    return len(FOUND)
