"""An inspection with a checklist: every bad item is a hazard, or was put right on the spot."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.enums import Source
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import By, Outcome
from ..models import Drive, DriveTarget, Inspection, Result
from ..queries.about import About
from ..queries.checklists import Checklist
from ..reading.checklist import Found, found_of
from .opening import Hazard, open_hazard

BAD = (Outcome.BAD, Outcome.FIXED)


@dataclass(frozen=True)
class Answer:
    """What was said of one item: the option's name, words, photos by digest."""

    value: str
    words: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """An inspection as it comes in; ``answers`` by the item's name."""

    op: UUID
    checklist: Checklist
    about: About
    answers: Mapping[str, Answer]
    at: datetime | None = None
    place: tuple[float, float] | None = None
    words: str = ""
    by: str = str(By.WORKER)
    name: str = ""
    drive: Drive | None = None
    month: date | None = None

    def digest(self) -> str:
        """Two of one op are the same when this is."""
        answers = sorted((name, one.value, one.words, one.photos) for name, one in self.answers.items())
        told = [self.checklist.version.pk, self.about.what, self.about.row.pk, answers, self.words,
                self.place, str(self.month or "")]  # fmt: skip
        return sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def record_inspection(*, actor: Any, said: Said) -> Inspection:
    """Keep an inspection and open what it found. The same op again is the same inspection.

    Raises:
        Refused: the actor may not open hazards there.
        Unacceptable: an item is not answered, something put right has no photo, the time lies ahead, or the
            op came before with other content.
    """
    known = Inspection._base_manager.filter(op=said.op).first()
    if known is not None:
        return _same(known, said)
    if not isinstance(actor, str) and not may(actor, "case.open", said.about.area_code):
        raise Refused(_("您不能在这里登记隐患。"))
    found = _read(said)
    try:
        with transaction.atomic():
            return _recorded(actor, said, found)
    except IntegrityError:  # the same op at the same moment
        known = Inspection._base_manager.filter(op=said.op).first()
        if known is None:
            raise
        return _same(known, said)


def _same(known: Inspection, said: Said) -> Inspection:
    if known.digest != said.digest():
        raise Unacceptable(_("这次检查已经交过，内容不同；请重新打开检查表再填。"))
    return known


def _recorded(actor: Any, said: Said, found: list[Found]) -> Inspection:
    row = _kept(actor, said, found)
    for one in found:
        _result(actor, said, row, one)
    _done(said, row)
    told = {"kind": row.kind, "by": row.by, "looked": row.looked, "bad": row.bad, "fixed": row.fixed}
    journal.record("hazard.inspected", actor=actor, area=row.area_code, subject=row, data=told)
    return row


def _read(said: Said) -> list[Found]:
    found, missing, bare = [], [], []
    for item in said.checklist.items:
        answer = said.answers.get(item.name)
        one = found_of(item, answer.value) if answer else None
        if one is None:
            missing.append(item.label)
        else:
            found.append(one)
            bare += [item.label] if one.outcome == Outcome.FIXED and answer and not answer.photos else []
    if said.by == By.PHONE:
        return found
    if missing:
        raise Unacceptable(_("还有 %(count)d 项没有选：%(items)s。") % {
            "count": len(missing), "items": "、".join(missing[:5])})  # fmt: skip
    if bare:
        raise Unacceptable(_("现场改好的要拍一张改好后的照片：%(items)s。") % {"items": "、".join(bare[:5])})
    return found


def _kept(actor: Any, said: Said, found: list[Found]) -> Inspection:
    at, now = said.at or timezone.now(), timezone.now()
    if at > now + timedelta(minutes=2):
        raise Unacceptable(_("检查时间在以后，请改成实际时间。"))
    row = Inspection(
        op=said.op, digest=said.digest(), by=said.by, kind=said.checklist.kind,
        version=said.checklist.version,
        area_code=said.about.area_code, drive=said.drive, month=said.month, at=at,
        account=journal.account_of(actor), name=(said.name or getattr(actor, "name", ""))[:60],
        words=said.words[:500], looked=sum(one.outcome != Outcome.NONE for one in found),
        bad=sum(one.outcome in BAD for one in found),
        fixed=sum(one.outcome == Outcome.FIXED for one in found), **said.about.columns,
    )  # fmt: skip
    row.lon, row.lat = said.place or (None, None)
    row.save(force_insert=True)
    return row


def _result(actor: Any, said: Said, row: Inspection, one: Found) -> None:
    answer, item = said.answers[one.item.name], one.item
    result = Result(
        inspection=row, item=item.name, label=item.label[:200], standard=item.standard[:300],
        outcome=one.outcome, level=one.level, words=answer.words[:500], photos=list(answer.photos),
    )  # fmt: skip
    if one.outcome in BAD:
        result.case = open_hazard(actor=actor, hazard=_hazard(said, row, one, answer))
    result.save()


def _hazard(said: Said, row: Inspection, one: Found, answer: Answer) -> Hazard:
    own = said.by == By.SELF
    fixed = one.outcome == Outcome.FIXED
    words = answer.words
    if own and fixed:  # its own word closes nothing: somebody looks again
        words = "；".join(filter(None, (words, _("单位说已经改好，请复查。"))))
    return Hazard(
        op=uuid5(said.op, one.item.name), kind=row.kind, area=row.area_code, title=one.item.label,
        source=str(Source.SELF_CHECK if own else Source.WORKER), level=one.level, words=words,
        about=said.about, place=said.place, at=row.at, photos=answer.photos, fixed=fixed and not own,
        item=one.item.name, standard=one.item.standard,
    )  # fmt: skip


def _done(said: Said, row: Inspection) -> None:
    """The first inspection of what an action goes to is the one that counts."""
    if said.drive is None:
        return
    targets = DriveTarget._base_manager.filter(drive=said.drive, done_at=None)
    if said.about.organisation:
        targets.filter(organisation=said.about.organisation).update(done_at=row.at)
    else:
        targets.filter(building=said.about.building).update(done_at=row.at)
