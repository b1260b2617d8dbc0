"""A step is written once, and its hash closes over the one before it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.foundation.journal import actions as journal
from wangge.lib.evidence import NUMBER, START, step_hash

from ..models import Case, Step, Unit

Place = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Wish:
    """What somebody wants done with a case. ``seen`` is the number of the last step she saw; None where
    nobody looked (a machine). ``photos`` are (digest, when)."""

    key: str
    op: UUID
    seen: int | None = None
    words: str = ""
    photos: tuple[tuple[str, str], ...] = ()
    place: Place | None = None
    told_at: datetime | None = None
    unit: Unit | None = None
    helpers: tuple[Unit, ...] = ()
    level: str = ""
    area: str = ""
    until: datetime | None = None
    other: Case | None = None
    rating: int | None = None
    solved: bool | None = None
    data: dict[str, Any] = field(default_factory=dict)


def fields_of(step: Step) -> dict[str, Any]:
    """What the hash closes over, each by its own salt: numbers and texts only."""
    return {
        NUMBER: step.number,
        "case": step.case.number,
        "step": step.key,
        "from": step.came_from,
        "to": step.came_to,
        "capacity": step.who,
        "account": step.actor,
        "name": step.name,
        "unit": step.unit.name if step.unit else "",
        "at": step.at.isoformat(),
        "told_at": step.told_at.isoformat() if step.told_at else "",
        "place": [step.lon, step.lat] if step.lon is not None else [],
        "words": step.words,
        "photos": step.photos,
        "data": step.data,
    }


def salts_of(step: Step) -> dict[str, str]:
    """A salt for each field but the number, made from the step's seed; one told tells nothing of others."""
    return _salts(step, fields_of(step))


def _salts(step: Step, names: Iterable[str]) -> dict[str, str]:
    seed = bytes.fromhex(step.seed)
    return {name: hmac.digest(seed, name.encode(), "sha256").hex() for name in names if name != NUMBER}


def _chosen(wish: Wish) -> dict[str, Any]:
    """What was chosen with the step, so that the hash closes over it too."""
    chosen = {
        "level": wish.level,
        "area": wish.area,
        "until": wish.until.isoformat() if wish.until else "",
        "rating": wish.rating,
        "solved": wish.solved,
        "helpers": [unit.name for unit in wish.helpers],
    }
    return {name: value for name, value in chosen.items() if value not in ("", None, [])}


def write(*, actor: Any, case: Case, who: str, came_from: str, wish: Wish, at: datetime) -> Step:
    """The next step of a case that is locked and already stands where the step leads."""
    step = prepared(actor=actor, case=case, who=who, came_from=came_from, wish=wish, at=at)
    step.save(force_insert=True)
    return step


def prepared(*, actor: Any, case: Case, who: str, came_from: str, wish: Wish, at: datetime) -> Step:
    """The step, hashed and not saved; the case's ``version`` and ``head`` go on."""
    user = None if isinstance(actor, str) else actor
    step = Step(
        case=case, number=case.version + 1, op=wish.op, key=wish.key, came_from=came_from, came_to=case.state,
        who=who, actor=journal.account_of(actor), actor_user=user, name=getattr(user, "name", ""),
        unit=wish.unit, at=at, told_at=wish.told_at, words=wish.words, data={**_chosen(wish), **wish.data},
        photos=[{"digest": digest, "when": when} for digest, when in wish.photos],
        seed=secrets.token_hex(32),
    )  # fmt: skip
    step.lon, step.lat = wish.place or (None, None)
    fields = fields_of(step)
    step.hash = step_hash(case.head or START, fields, _salts(step, fields))
    case.version, case.head = step.number, step.hash
    return step
