"""A dispute gets its number and its parties; who registers it for the community or street handles it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.engines.cases.actions import Matter, open_case
from wangge.engines.cases.models import Case
from wangge.engines.cases.rules import capacities
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind

from ..enums import How, Kind
from ..models import Dispute, Handler
from ..queries.parties import is_party
from ..reading.parties import Told
from ..rules import STAFF
from .parties import checked, look_at_title, write_parties

MOST_PEOPLE = 9999


@dataclass(frozen=True)
class About:
    """What is kept beside the case: see ``models.Dispute``."""

    way: str
    people: int = 2
    body: str = ""
    happened_on: date | None = None


@transaction.atomic
def open_dispute(*, actor: Any, matter: Matter, about: About, parties: Sequence[Told]) -> Case:
    """Register a dispute; the same op again is the same one.

    Args:
        matter: of this system; without a title it is called by its class.

    Raises:
        Refused, Unacceptable: what ``open_case`` raises, a fault of a party, or a name where all read it.
    """
    found = checked(parties)
    look_at_title(matter.title, matter.address, found)
    title = title_of(matter.title, matter.kind, matter.address)
    case = open_case(actor=actor, matter=replace(matter, title=title))
    digest, known = _digest(about, found), Dispute._base_manager.filter(case=case).first()
    if known is not None:
        return _same(case, known, digest)
    Dispute._base_manager.create(
        case=case, digest=digest, way=about.way, body=about.body.strip()[:80],
        people=min(max(about.people, len(found)), MOST_PEOPLE), happened_on=about.happened_on,
    )  # fmt: skip
    write_parties(case, found)
    _handler(actor, case)
    data = {"number": case.number, "kind": case.kind, "parties": len(found)}
    journal.record("dispute.registered", actor=actor, area=case.area_code, subject=case, data=data)
    return case


def title_of(title: str, kind: str, address: str) -> str:
    """What was typed, else class and place: all who see the case read it."""
    with override("zh-hans"):  # it is kept, whatever the language of the page
        usual = _("%(kind)s纠纷") % {"kind": dict(Kind.choices).get(kind, kind)}
    return title.strip() or usual + (f"：{address}" if address else "")


def _digest(about: About, parties: Sequence[Told]) -> str:
    told = [asdict(about), [asdict(party) for party in parties]]
    return blind(json.dumps(told, sort_keys=True, default=str), "disputes.opened")


def _same(case: Case, known: Dispute, digest: str) -> Case:
    if known.digest != digest:
        raise Unacceptable(_("这一条已经登记为 %(number)s，内容不同；请重新登记。") % {"number": case.number})
    return case


def _handler(actor: Any, case: Case) -> None:
    """Whoever registers it handles it, if she is of the community or street and no party herself."""
    if isinstance(actor, str) or not STAFF & capacities(actor, case) or is_party(case, actor.name):
        return
    account = journal.account_of(actor)
    Handler._base_manager.create(case=case, user=actor, how=How.OPENED, by=account)
