"""随手拍: what a resident sends, taken once; what five hundred send at once is one matter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, Reporter, open_case
from wangge.engines.cases.actions.following import follow_case
from wangge.engines.cases.enums import Source, When
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..kinds import level_for
from ..models import Alike, Report
from ..reading.topics import kind_of, title_of

RESIDENT = "resident"  # how the trail names whoever has no account
TOGETHER = timedelta(hours=24)  # reports in the same words from the same place within it are one matter


@dataclass(frozen=True)
class Told:
    """What a resident says. ``photos`` are digests of photos that are here; ``area`` is where it belongs."""

    op: UUID
    system: str
    kind: str  # "": by its words
    words: str
    area: str
    place: tuple[float, float] | None = None
    address: str = ""
    photos: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    level: str = ""  # "" is the usual one

    def digest(self) -> str:
        """Two of one op are the same when this is."""
        said = [self.system, self.kind, self.words, self.area, self.place, self.address, self.photos]
        return _hash([*said, self.name, self.phone, *([self.level] if self.level else [])])

    def alike(self) -> str:
        """Equal for reports of one thing: the same words from the same hundred metres and address."""
        cell = [round(degrees, 3) for degrees in self.place] if self.place else []
        plain = "".join(letter for letter in self.words if letter.isalnum())
        return _hash([self.system, self.kind, plain, self.area[:12], cell, self.address.strip()])


class Repeated(Unacceptable):
    """The op was taken before, with other content; ``receipt`` is what it got."""

    def __init__(self, words: str, receipt: str) -> None:
        self.receipt = receipt
        super().__init__(words)


def known(op: UUID) -> Report | None:
    """What was taken under this op."""
    return Report._base_manager.select_related("case").filter(op=op).first()


def take_report(told: Told) -> Report:
    """Take a report; the same ``op`` again is the same report.

    Raises:
        Repeated: the op came before with other content.
        Unacceptable: what ``open_case`` says.
    """
    try:
        with transaction.atomic():
            return _same(known(told.op), told) or _taken(told)
    except IntegrityError:  # the same op at the same moment
        found = _same(known(told.op), told)
        if found is None:
            raise
        return found


def _same(found: Report | None, told: Told) -> Report | None:
    if found is not None and found.digest != told.digest():
        said = _("这一条早已收到，回执号 %(receipt)s；后来改的内容没有收。要补充，请另报一条。")
        raise Repeated(said % {"receipt": found.receipt}, found.receipt)
    return found


def _taken(told: Told) -> Report:
    Alike.objects.get_or_create(key=told.alike())
    alike = Alike.objects.select_for_update().get(key=told.alike())
    shared = _open_case_of(alike)
    case = shared or _opened(told)
    if shared is None:
        alike.case, alike.since = case, timezone.now()
        alike.save(update_fields=["case", "since"])
        receipt = case.receipt
    else:
        receipt = follow_case(case=case, reporter=Reporter(told.name, told.phone)).receipt
    report = Report(
        op=told.op, digest=told.digest(), case=case, area_code=case.area_code, receipt=receipt,
        joined=shared is not None, photos=list(told.photos),
    )  # fmt: skip
    report.save(force_insert=True)
    if shared is not None:
        data = {"number": case.number, "times": case.followers.count()}
        journal.record("incident.followed", actor=RESIDENT, area=case.area_code, subject=case, data=data)
    return report


def _open_case_of(alike: Alike) -> Case | None:
    case = alike.case
    fresh = alike.since is not None and alike.since > timezone.now() - TOGETHER
    return case if case is not None and fresh and case.closed_at is None else None


def _opened(told: Told) -> Case:
    kind = told.kind or kind_of(told.words)
    matter = Matter(
        op=told.op, system=told.system, kind=kind, area=told.area, title=title_of(told.words),
        words=told.words, level=level_for(told.system, kind, told.level), source=Source.RESIDENT,
        place=told.place, address=told.address,
        photos=tuple((digest, When.BEFORE.value) for digest in told.photos),
        reporter=Reporter(told.name, told.phone), followed=True,
    )  # fmt: skip
    return open_case(actor=RESIDENT, matter=matter)


def _hash(said: list[object]) -> str:
    return sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()
