"""What somebody tells at the window or by phone: registered, or put with a case that is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, Reporter, open_case
from wangge.engines.cases.actions.following import follow_case
from wangge.engines.cases.enums import When
from wangge.engines.cases.models import Case
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..kinds import level_for
from ..models import Report


@dataclass(frozen=True)
class Entry:
    """What was told. ``photos`` are digests of photos that are here; ``level`` "" is the usual one."""

    op: UUID
    system: str
    kind: str
    area: str
    title: str
    source: str
    words: str = ""
    level: str = ""
    address: str = ""
    name: str = ""
    phone: str = ""
    photos: tuple[str, ...] = ()


def register(*, actor: Any, entry: Entry) -> Case:
    """Open a case, with a receipt for the teller; the same ``op`` again is the same case.

    Raises:
        What ``open_case`` raises.
    """
    matter = Matter(
        op=entry.op, system=entry.system, kind=entry.kind, area=entry.area, title=entry.title,
        words=entry.words, level=level_for(entry.system, entry.kind, entry.level), source=entry.source,
        address=entry.address, photos=tuple((digest, When.BEFORE.value) for digest in entry.photos),
        reporter=Reporter(entry.name, entry.phone), followed=True,
    )  # fmt: skip
    case = open_case(actor=actor, matter=matter)
    given = {"digest": case.digest, "case": case, "area_code": case.area_code, "receipt": case.receipt}
    Report._base_manager.get_or_create(op=entry.op, defaults={**given, "photos": list(entry.photos)})
    return case


@transaction.atomic
def join(*, actor: Any, case: Case, op: UUID, name: str = "", phone: str = "") -> Report:
    """Whoever told the same follows the case that is there; the same ``op`` again changes nothing.

    Raises:
        Refused: no right there. Unacceptable: it is closed meanwhile.
    """
    known = Report._base_manager.filter(op=op).first()
    if known is not None:
        return known
    if not may(actor, "case.open", case.area_code):
        raise Refused(_("您不能在这里登记事项。"))
    if case.closed_at is not None:
        raise Unacceptable(_("这件事刚刚办结了，请登记为新的一件。"))
    follower = follow_case(case=case, reporter=Reporter(name, phone))
    report = Report(
        op=op, digest="", case=case, area_code=case.area_code, receipt=follower.receipt, joined=True
    )
    report.save(force_insert=True)
    data = {"number": case.number, "times": case.followers.count()}
    journal.record("incident.followed", actor=actor, area=case.area_code, subject=case, data=data)
    return report
