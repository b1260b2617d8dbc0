"""Drawing the rooms that are visited again, so that nobody chooses them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby
from math import ceil
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.registry.people.models import Room, Tie

from ..enums import DutyKind, DutyState
from ..models import Draw, DrawnRoom, Duty
from ..queries.homes import HOMES
from .gaps import share_out

PERCENT = 5  # of the rooms a month, at least (spec 4.1 漏登率)
HIGHEST = 50


@transaction.atomic
def draw_sample(
    *, actor: Any, area_code: str, month: date, percent: int = PERCENT, demo: bool = False
) -> Draw:
    """Draw so many per cent of the rooms of every grid and send somebody to each; once a month and area.

    Args:
        month: any day of it; this month.
        percent: 5 to 50.

    Raises:
        Unacceptable: another month, too few or too many, or no room there.
    """
    first, today = month.replace(day=1), timezone.localdate()
    if first != today.replace(day=1):
        raise Unacceptable(_("只能抽本月的样本。"))
    if not PERCENT <= percent <= HIGHEST:
        raise Unacceptable(_("抽样比例请填 5 到 50。"))
    if held := Draw._base_manager.filter(area_code=area_code, month=first).first():
        return held
    rooms = frame(area_code)
    if not rooms:
        raise Unacceptable(_("这里没有登记房屋，抽不了样。"))
    draw = Draw.objects.create(
        area_code=area_code, month=first, seed=secrets.token_hex(16), percent=percent, rooms=len(rooms),
        made_by=journal.account_of(actor), demo=demo,
    )  # fmt: skip
    chosen = drawn_by(draw.seed, percent, rooms)
    _keep(draw, rooms, chosen)
    _send(draw, rooms, chosen, today)
    counts = {"rooms": len(rooms), "drawn": len(chosen), "seed": draw.seed, "percent": percent}
    journal.record("coverage.drawn", actor=actor, area=area_code, subject=draw, data=counts)
    return draw


@transaction.atomic
def withdraw_sample(*, actor: Any, draw: Draw) -> None:
    """Take a sample back while nobody was sent for nothing: once a room was visited again it stays.

    Raises:
        Unacceptable: somebody has been there already.
    """
    duties = Duty._base_manager.filter(key__startswith=_prefix(draw))
    if duties.filter(state=DutyState.DONE).exists():
        raise Unacceptable(_("已经有人复核过，不能再撤回。"))
    journal.record("coverage.draw_withdrawn", actor=actor, area=draw.area_code, subject=draw)
    duties.filter(state=DutyState.OPEN).update(state=DutyState.CANCELLED)  # kept, so that phones are told
    draw.delete()


def frame(area_code: str) -> dict[int, str]:
    """Every room of the house register in an area -> its grid, those lived in or not."""
    rows = Room.objects.filter(prefix_filter("area_code", prefix_of(area_code)))
    return dict(rows.order_by("area_code", "pk").values_list("pk", "area_code"))


def drawn_by(seed: str, percent: int, rooms: Mapping[int, str]) -> list[int]:
    """The rooms a seed draws: of each grid those whose SHA-256 of seed and key comes first.

    Args:
        rooms: key -> grid, as ``frame`` gives them.
    """
    chosen: list[int] = []
    for _grid, keys in groupby(sorted(rooms, key=lambda key: (rooms[key], key)), key=lambda key: rooms[key]):
        ranked = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())
        chosen += ranked[: ceil(len(ranked) * percent / 100)]
    return chosen


def _keep(draw: Draw, rooms: Mapping[int, str], chosen: Iterable[int]) -> None:
    keys = list(chosen)
    living = _registered(keys)
    DrawnRoom._base_manager.bulk_create(
        [
            DrawnRoom(draw=draw, room_id=key, area_code=rooms[key], registered=living.get(key, 0))
            for key in keys
        ],
        batch_size=1_000,
    )


def _registered(rooms: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for at in range(0, len(rooms), 5_000):
        homes: QuerySet[Tie] = Tie._base_manager.filter(HOMES, room__in=rooms[at : at + 5_000])
        found |= dict(homes.values_list("room_id").annotate(people=Count("person", distinct=True)).order_by())
    return found


def _send(draw: Draw, rooms: Mapping[int, str], chosen: list[int], today: date) -> None:
    last = (draw.month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    workers = share_out(rooms[key] for key in chosen)
    duties = [
        Duty(
            key=f"{_prefix(draw)}{key}", kind=DutyKind.RECHECK, area_code=rooms[key], room_id=key,
            worker_id=worker, begins_on=today, due_on=last, words=_("抽样复核"),
        )
        for key, worker in zip(chosen, workers, strict=True)
    ]  # fmt: skip
    Duty._base_manager.bulk_create(duties, batch_size=1_000)


def _prefix(draw: Draw) -> str:
    return f"sample:{draw.pk}:"
