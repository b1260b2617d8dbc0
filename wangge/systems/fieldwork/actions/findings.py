"""随手报: somebody sees something and tells, duty or not."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access import queries as access
from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import Reach
from wangge.registry.people.models import Organisation, Room

from ..enums import Outcome
from ..models import Finding
from ..queries.places import inside
from .patrol import Seen, tell_finding

KINDS = (Outcome.EVENT, Outcome.HAZARD, Outcome.WHISTLE)


@transaction.atomic
def report_now(
    *, actor: Any, seen: Seen, kind: str, topic: str, words: str = "", room: Room | None = None,
    organisation: Organisation | None = None,
) -> Finding:  # fmt: skip
    """Take a report. It belongs where its place is, if the worker reaches there, else to the room or firm
    it is about, else to the worker's own grid.

    Raises:
        Unacceptable: neither photo nor words, an unknown kind, or a worker without any grid.
    """
    known = Finding._base_manager.filter(op=seen.op).first()
    if known is not None:
        return known
    if kind not in KINDS:
        raise Unacceptable(_("只能上报事件、登记隐患或吹哨。"))
    if not seen.photos and not words.strip():
        raise Unacceptable(_("请拍一张照片，或写一句话。"))
    at, clamped = seen.moment()
    area, in_grid = _where(actor, seen, room, organisation)
    finding = Finding(
        op=seen.op, area_code=area, kind=kind, topic=(topic.strip() or Outcome(kind).label)[:80],
        words=words.strip()[:500], at=at, clock_off=clamped, lon=seen.lon, lat=seen.lat, in_grid=in_grid,
        photos=list(seen.photos), worker=actor.get_username(), room=room, organisation=organisation,
    )  # fmt: skip
    finding.save()
    tell_finding(actor, finding)
    return finding


def _where(
    actor: Any, seen: Seen, room: Room | None, organisation: Organisation | None
) -> tuple[str, bool | None]:
    """The area, and whether the place lies in it."""
    reach, today = access.reach_for(actor, "duty.do"), timezone.localdate()
    at = territory.grid_at(seen.lon, seen.lat, today) if seen.lon is not None and seen.lat is not None else ""
    if at and reach.covers(at):
        return at, True
    about = room or organisation
    area = about.area_code if about is not None else _own(actor, reach)
    return area, inside(area, seen.lon, seen.lat, seen.accuracy_m, today)


def _own(actor: Any, reach: Reach) -> str:
    own = sorted(grant.area_code for grant in access.grants_of(actor) if reach.covers(grant.area_code))
    if not own:
        raise Unacceptable(_("您现在没有负责的网格，不能上报；请联系社区。"))
    return max(own, key=len)
