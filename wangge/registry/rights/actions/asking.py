"""Asking for a correction, an erasure, an explanation, or to be looked at by people."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.scoping import EVERYWHERE, within
from wangge.lib.sealing import blind, seal
from wangge.registry.people.models import Person

from ..enums import State
from ..models import RightsRequest
from ..queries.requests import SEALED_FOR, due_day
from .answering import Unfit

MOST_OPEN = 5  # a phone
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@transaction.atomic
def ask(
    *,
    kind: str,
    phone: str,
    area_code: str,
    person: Person | None = None,
    by: Person | None = None,
    fields: list[str] | None = None,
    wish: Mapping[str, Any] | None = None,
    said: str = "",
    asker: str = "",
) -> RightsRequest:
    """Take a request; the clock of the law begins today.

    Args:
        phone: hers, proved, in clear. area_code: whose desk answers. person: whose data; None where the
            register did not find her. by: the guardian who asks. wish: fact -> the value she wants.

    Raises:
        Unfit: too many requests of this phone are open.
    """
    index = blind(phone)
    waiting = RightsRequest._base_manager.filter(phone_index=index, state=State.OPEN)
    if waiting.count() >= MOST_OPEN:
        raise Unfit(_("您已有 %(most)d 个请求在等待答复，请等其中一个答复后再提。") % {"most": MOST_OPEN})
    made = RightsRequest._base_manager.create(
        number=_number(), kind=kind, area_code=area_code, person=person, by=by, fields=fields or [],
        asker_sealed=_sealed(asker), phone_sealed=seal(phone), phone_index=index, said_sealed=_sealed(said),
        wish_sealed=_sealed(json.dumps(dict(wish), ensure_ascii=False) if wish else ""),
        due_on=due_day(timezone.localdate()), demo=person.demo if person else False,
    )  # fmt: skip
    told = {"kind": kind, "fields": made.fields, "due_on": made.due_on, "by_guardian": by is not None}
    journal.record("rights.asked", actor="resident", area=area_code, subject=made, changes=told)
    return made


def _number() -> str:
    return "Q" + "".join(secrets.choice(_LETTERS) for _letter in range(9))


def _sealed(text: str) -> str:
    return seal(text, SEALED_FOR) if text else ""


@transaction.atomic
def withdraw(*, request: RightsRequest) -> None:
    """She takes her request back; what was answered stays answered."""
    with within(EVERYWHERE):
        row = RightsRequest.objects.select_for_update().get(pk=request.pk)
        if row.state != State.OPEN:
            raise Unfit(_("这个请求已经答复，不能撤回。"))
        row.state, row.answered_at = State.WITHDRAWN, timezone.now()
        row.save(update_fields=["state", "answered_at"])
    journal.record("rights.withdrawn", actor="resident", area=row.area_code, subject=row)
