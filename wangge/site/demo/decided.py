"""What the workers of the demo community decided about its declarations, on the days they did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from wangge.foundation.access.models import User
from wangge.foundation.territory.models import Area
from wangge.systems.declarations.actions.transfer import transfer_declaration
from wangge.systems.declarations.actions.verify import (
    mark_not_found,
    mark_wrong,
    note_call,
    verify_declaration,
)
from wangge.systems.declarations.actions.withdraw import withdraw
from wangge.systems.declarations.enums import Answered, State
from wangge.systems.declarations.models import Decision, Declaration
from wangge.systems.declarations.queries.profile import profile_of
from wangge.systems.declarations.retention import archive_due

WAITING = timedelta(hours=31)  # younger ones nobody has decided yet
VERBS = ("verify", "wrong", "not_found", "transfer", "withdraw", "call")
SHARES = (0.76, 0.06, 0.05, 0.05, 0.04, 0.04)


def decide(
    lines: Sequence[Declaration], rng: np.random.Generator, *, workers: Sequence[User], now: datetime
) -> dict[str, int]:
    """Decide the older ones and put the decisions on the days they would have been made; counts by state."""
    elsewhere = _another_community(lines)
    for line in lines:
        if now - line.received_at < WAITING:
            continue
        actor = workers[int(rng.integers(len(workers)))]
        _one(str(rng.choice(VERBS, p=SHARES)), actor, line, elsewhere)
        _date(line, line.received_at + timedelta(hours=float(rng.gamma(2.0, 3.0) + 0.2)), now)
    _end_some(lines, now)
    keys = [line.pk for line in lines]
    return dict(Counter(Declaration._base_manager.filter(pk__in=keys).values_list("state", flat=True)))


def _one(verb: str, actor: User, line: Declaration, elsewhere: str) -> None:
    given: dict[str, Any] = {"actor": actor, "declaration": line}
    if verb == "wrong":
        mark_wrong(**given, fields=["phone"], note="电话打不通，邻居说号码换了")
    elif verb == "not_found":
        mark_not_found(**given, note="按地址上门两次无此人")
    elif verb == "transfer" and elsewhere:
        _pass_on(actor, line, elsewhere)
    elif verb == "withdraw":
        withdraw(actor="resident", declaration=line)
    elif verb == "call":
        note_call(**given, answered=Answered.NO_ANSWER)
    else:
        verify_declaration(**given)


def _pass_on(actor: User, line: Declaration, elsewhere: str) -> None:
    """To the neighbours; every second one comes from there instead."""
    own, to_area = line.area_code[:12], elsewhere
    by: Any = actor
    if line.pk % 2:
        Declaration._base_manager.filter(pk=line.pk).update(area_code=elsewhere)
        line.area_code, to_area, by = elsewhere, own, "cli"
    transfer_declaration(actor=by, declaration=line, to_area=to_area, note="住址在隔壁社区")


def _date(line: Declaration, moment: datetime, now: datetime) -> None:
    """The day it was decided; in time or not follows from it."""
    at = min(moment, now)
    decided = Declaration._base_manager.filter(pk=line.pk, decided_at__isnull=False)
    decided.update(decided_at=at, on_time=at <= profile_of(line.received_at).verify_by(line.received_at))
    Declaration._base_manager.filter(pk=line.pk).update(state_at=at)
    Decision._base_manager.filter(declaration=line).update(at=at)


def _end_some(lines: Sequence[Declaration], now: datetime) -> None:
    """The oldest verified ones are over; of the oldest of these only what can be counted is left."""
    verified = [line.pk for line in lines if _state(line) == State.VERIFIED]
    over = verified[: len(verified) // 8]
    rows = Declaration._base_manager.filter(pk__in=over)
    rows.update(state=State.ENDED, state_at=now - timedelta(days=1))
    rows.filter(pk__in=over[: len(over) // 3]).update(state_at=now - timedelta(days=400))
    archive_due(now)


def _state(line: Declaration) -> str:
    return Declaration._base_manager.values_list("state", flat=True).get(pk=line.pk)


def _another_community(lines: Sequence[Declaration]) -> str:
    own = lines[0].area_code[:12] if lines else ""
    other = Area.objects.filter(level="community").exclude(code=own).order_by("code").first()
    return other.code if other else ""
