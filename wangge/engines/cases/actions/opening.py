"""A matter is found, told or handed over: it gets its number."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal
from wangge.lib.serials import new_case_number, new_receipt_number

from ..kinds import confidential, system_of
from ..models import Case, Clock, Follower, Unit
from ..models.case import REPORTER
from ..queries.places import standing
from ..queries.procedures import procedure_now, row_for
from ..queries.tallies import counted
from ..queries.units import units_at
from ..rules import may_open
from . import clocks, tallies
from .chain import Place, Wish, write
from .confiding import confide


@dataclass(frozen=True)
class Reporter:
    """Whom to answer."""

    name: str = ""
    phone: str = ""

    def sealed(self) -> str:
        """As the database keeps it; "" for nobody."""
        return seal(json.dumps([self.name, self.phone]), REPORTER) if self.name or self.phone else ""

    def mark(self) -> str:
        """The same for the same person; without this installation's key nobody tells from it who it is."""
        return salted_hmac(REPORTER, json.dumps([self.name, self.phone]), algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Matter:
    """What is opened. ``area`` is a code, as narrow as it is known; ``photos`` are (digest, when);
    ``followed`` asks for a receipt under which somebody without an account follows it. ``unit`` has it from
    the beginning; ``until``: the clocks that may be extended end then, not after their limit."""

    op: UUID
    system: str
    kind: str
    area: str
    title: str
    source: str
    words: str = ""
    level: str = ""
    procedure: str = ""
    at: datetime | None = None
    place: Place | None = None
    address: str = ""
    photos: tuple[tuple[str, str], ...] = ()
    room: Any = None
    building: Any = None
    organisation: Any = None
    reporter: Reporter | None = None
    followed: bool = False
    unit: Unit | None = None
    until: datetime | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def digest(self) -> str:
        """Two of one op are the same when this is."""
        told: list[Any] = [
            self.system,
            self.kind,
            self.title,
            self.words,
            self.level,
            self.place,
            self.address,
        ]
        told += [
            self.photos,
            *(getattr(row, "pk", None) for row in (self.room, self.building, self.organisation)),
        ]
        if self.unit is not None or self.until is not None:
            told += [getattr(self.unit, "pk", None), self.until and self.until.isoformat()]
        told += [self.reporter.mark() if self.reporter else [], self.data]
        return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def open_case(*, actor: Any, matter: Matter, split_from: Case | None = None) -> Case:
    """Give a matter its number; the same ``op`` again is the same case.

    Raises:
        Refused: the actor may not open one there.
        Unacceptable: the op came before with other content, no such area, kind or level, no title, a unit
            that does not work there, or an end that is past.
    """
    known = Case._base_manager.filter(op=matter.op).first()
    if known is not None:
        return _same(known, matter)
    try:
        with transaction.atomic():
            return _opened(actor, matter, split_from)
    except IntegrityError:  # the same op at the same moment, or a number that was drawn before
        known = Case._base_manager.filter(op=matter.op).first()
        if known is None:
            return open_case(actor=actor, matter=matter, split_from=split_from)
        return _same(known, matter)


def _same(known: Case, matter: Matter) -> Case:
    if known.digest != matter.digest():
        raise Unacceptable(
            _("这一条已经登记为 %(number)s，内容不同；请重新登记。") % {"number": known.number}
        )
    return known


def _opened(actor: Any, matter: Matter, split_from: Case | None) -> Case:
    _look_at(actor, matter)
    key = matter.procedure or system_of(matter.system).procedure_for(matter.kind)
    procedure, now = procedure_now(key), timezone.now()
    if matter.level and matter.level not in {level.key for level in procedure.levels}:
        raise Unacceptable(_("没有这个等级；请从列表里选。"))
    _look_at_unit_and_end(matter, procedure.extendable, now)
    case = _row(actor, matter, now)
    case.procedure, case.procedure_key = row_for(key), key
    case.state, case.level = procedure.start, matter.level or procedure.first_level
    case.split_from = split_from
    begun = clocks.start(case, procedure, "open", now)
    clocks.end_at(begun, procedure, matter.until)
    clocks.settle(case, procedure, begun)
    case.save(force_insert=True)
    first = confide(actor=actor, case=case, wish=_first(case, matter))
    write(actor=actor, case=case, who="", came_from="", wish=first, at=now)
    case.save(update_fields=["version", "head"])
    Clock.objects.bulk_create(begun)
    _follow(case)
    tallies.add(dict(counted(case)))
    journal.record("case.opened", actor=actor, area=case.area_code, subject=case, data=_told(case))
    return case


def _first(case: Case, matter: Matter) -> Wish:
    return Wish(
        "open", matter.op, words=matter.words, photos=matter.photos, place=matter.place, told_at=matter.at,
        unit=matter.unit, until=matter.until,
        data={"level": case.level, "kind": case.kind, "title": case.title},
    )  # fmt: skip


def _look_at(actor: Any, matter: Matter) -> None:
    if not may_open(actor, matter.area, system_of(matter.system).opened_with):
        raise Refused(_("您不能在这里登记事项。"))
    if not standing(matter.area):
        raise Unacceptable(_("没有这个区域；请在地图上重新选一个位置。"))
    if matter.kind not in system_of(matter.system).kinds:
        raise Unacceptable(_("没有这个类别；请从列表里选。"))
    if not matter.title.strip():
        raise Unacceptable(_("请写一句话说明是什么事。"))


def _look_at_unit_and_end(matter: Matter, extendable: frozenset[str], now: datetime) -> None:
    unit = matter.unit
    if unit is not None and unit not in units_at(matter.area, matter.kind):
        raise Unacceptable(_("“%(unit)s”不在这里办这类事项，或已停用；请选别的单位。") % {"unit": unit.name})
    if matter.until is None:
        return
    if not extendable:
        raise Unacceptable(_("这份规程的期限不能另定。"))
    if matter.until <= now:
        raise Unacceptable(_("完成期限已经过去；请选今天或以后的日子。"))


def _row(actor: Any, matter: Matter, now: datetime) -> Case:
    lon, lat = matter.place or (None, None)
    reporter = matter.reporter.sealed() if matter.reporter else ""
    case = Case(
        op=matter.op, digest=matter.digest(), number=new_case_number(now.year), system=matter.system,
        kind=matter.kind, title=matter.title.strip()[:80], words=matter.words.strip()[:2000],
        source=matter.source, area_code=standing(matter.area), address=matter.address[:200], lon=lon, lat=lat,
        room=matter.room, building=matter.building, organisation=matter.organisation,
        launcher=None if isinstance(actor, str) else actor, reporter_sealed=reporter,
        receipt=new_receipt_number() if matter.followed else "", data=matter.data, raised_at=now,
        unit=matter.unit, dispatched=int(matter.unit is not None),
    )  # fmt: skip
    if confidential(case) is not None:
        case.words = ""
    return case


def _follow(case: Case) -> None:
    if case.reporter_sealed or case.receipt:
        Follower.objects.create(
            case=case, came_with=case, contact_sealed=case.reporter_sealed, receipt=case.receipt
        )


def _told(case: Case) -> dict[str, Any]:
    return {"number": case.number, "system": case.system, "kind": case.kind, "level": case.level,
            "source": case.source}  # fmt: skip
