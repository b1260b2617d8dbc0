"""Not our area: the declaration goes to whose it is, with a clock of its own."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.territory.models import Area, valid_on
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people.rules import Declined

from ..enums import AddressSays, Clock, Matched, Verb
from ..models import Decision, Declaration
from ..queries.profile import profile_of
from .verify_step import locked, take_step


@transaction.atomic
def transfer_declaration(*, actor: Any, declaration: Declaration, to_area: str, note: str = "") -> Decision:
    """Pass it to another community; from here it is seen no more, the decision stays on record.

    Raises:
        Declined: no such community, it is there already, or the declaration is over.
    """
    row, now = locked(declaration), timezone.now()
    with within(EVERYWHERE):  # one passes on to where one may not look
        place = Area.objects.filter(valid_on(timezone.localdate()), code=to_area, level="community").first()
    if place is None:
        raise Declined("no_area", _("请选择要转到的村（社区）。"))
    if row.area_code.startswith(to_area):
        raise Declined("same_area", _("这条报备本来就在这个村（社区），不用转办。"))
    return take_step(
        actor=actor, row=row, verb=Verb.TRANSFER, note=note, area_code=to_area, from_area=row.area_code,
        clock=Clock.TRANSFER, verify_by=profile_of(row.received_at).take_by(now), room_id=None,
        matched=Matched.WAITING, address_says=AddressSays.UNKNOWN,  # matching looks again, over there
    )  # fmt: skip
