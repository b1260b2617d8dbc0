"""A whistle is blown: from a matter, or from nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, open_case
from wangge.engines.cases.enums import Source
from wangge.engines.cases.models import Case, Unit
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, is_trusted
from wangge.foundation.journal import actions as journal

from ..enums import SYSTEM
from ..models import Hint, Whistle
from .hinting import answer


@dataclass(frozen=True)
class Blown:
    """What is whistled for. ``units`` are all that are needed, ``lead`` one of them; ``matter`` the case it
    is blown for, ``hint`` who asked for it in the field; ``place`` longitude and latitude."""

    op: UUID
    kind: str
    title: str
    reason: str
    area: str
    units: tuple[Unit, ...]
    lead: Unit | None
    level: str = ""
    matter: Case | None = None
    address: str = ""
    place: tuple[float, float] | None = None
    photos: tuple[tuple[str, str], ...] = ()
    hint: Hint | None = None


@transaction.atomic
def blow(*, actor: Any, blown: Blown) -> Whistle:
    """Blow it; nobody is called before it is approved. The same op again is the same whistle.

    Raises:
        Refused: the actor does not whistle there, or does not see the matter.
        Unacceptable: no unit, one twice or closed, the lead is none of them, no reason; the matter is closed,
            a whistle itself, or whistled for already; or what ``open_case`` raises.
    """
    known = Whistle._base_manager.filter(op=blown.op).select_related("case").first()
    if known is None:
        _look_at(actor, blown)
        if blown.matter is not None:
            _look_at_matter(actor, blown.matter)
    case = open_case(actor=actor, matter=_matter(blown))  # tells where the op came with other content
    if known is not None:
        return known
    given = {"case": case, "kind": blown.kind, "from_case": blown.matter,
             "lead": look_at_units(blown.units, blown.lead),
             "asked": [unit.pk for unit in blown.units]}  # fmt: skip
    row, new = Whistle._base_manager.get_or_create(op=blown.op, defaults=given)
    if not new:  # at the same moment
        return row
    if blown.hint is not None:
        answer(actor=actor, hint=blown.hint, whistle=row)
    data = {"number": case.number, "kind": blown.kind, "level": case.level, **case.data}
    journal.record("whistle.blown", actor=actor, area=case.area_code, subject=row, data=data)
    return row


def _matter(blown: Blown) -> Matter:
    data = {"units": [unit.key for unit in blown.units], "lead": blown.lead.key if blown.lead else "",
            "from": blown.matter.number if blown.matter else ""}  # fmt: skip
    return Matter(
        op=blown.op, system=SYSTEM, kind=blown.kind, area=blown.area, title=blown.title,
        source=Source.OFFICE, words=blown.reason, level=blown.level, place=blown.place,
        address=blown.address, photos=blown.photos, data=data,
    )  # fmt: skip


def _look_at(actor: Any, blown: Blown) -> None:
    if not is_trusted(actor) and not may(actor, "campaign.manage", blown.area):
        raise Refused(_("吹哨由村（社区）、镇街或区中心发起；您可以把情况告诉社区。"))
    if not blown.reason.strip():
        raise Unacceptable(_("请写明为什么要吹哨：镇街自己为什么解决不了。"))
    look_at_units(blown.units, blown.lead)


def look_at_units(units: tuple[Unit, ...], lead: Unit | None) -> Unit:
    """The lead. Raises Unacceptable for no unit, one twice, one closed, or a lead that is none of them."""
    if not units:
        raise Unacceptable(_("请选要叫到场的单位。"))
    if len({unit.pk for unit in units}) < len(units):
        raise Unacceptable(_("同一个单位选了两次。"))
    closed = "、".join(unit.name for unit in units if not unit.active)
    if closed:
        raise Unacceptable(_("“%(unit)s”已停用，请选别的单位。") % {"unit": closed})
    if lead is None or lead not in units:
        raise Unacceptable(_("请从所选的单位里定一个牵头单位。"))
    return lead


def _look_at_matter(actor: Any, matter: Case) -> None:
    row = Case._base_manager.select_for_update().get(pk=matter.pk)  # of two whistles at once one waits
    if not is_trusted(actor) and not cases_for(actor).filter(pk=row.pk).exists():
        raise Refused(_("这件事不在您的范围内。"))
    if row.system == SYSTEM:
        raise Unacceptable(_("这本身就是一声哨；要多叫单位，请在它的页面上“再叫一个单位”。"))
    if row.closed_at is not None:
        raise Unacceptable(_("%(number)s 已经办结，不用再吹哨。") % {"number": row.number})
    going = Whistle._base_manager.filter(from_case=row, case__closed_at=None).select_related("case").first()
    if going is not None:
        raise Unacceptable(
            _("%(number)s 已经吹过哨（%(whistle)s），还没办完；要多叫单位，请到那声哨的页面。")
            % {"number": row.number, "whistle": going.case.number}
        )
