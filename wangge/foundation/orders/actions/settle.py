"""The first verification: nothing of the order remains, or somebody says why the same words stay."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import unseal

from ..enums import Problem, Step
from ..models import Closing, EmergencyOrder
from ..queries.remains import STORAGE, Needles, read_needles, rows_left, search_everywhere
from ..rules import codes_of, must_issue
from .freeze import CHECK
from .scrub import Busy


class Remaining(Exception):
    """Something of the order is still there; the closing's ``found`` says where, never what."""


def needles_of(closing: Closing) -> Needles:
    """What was noted at freezing; nothing once it was destroyed."""
    if not closing.check_sealed:
        return Needles(b"\0" * 32, ())
    return read_needles(bytes.fromhex(unseal(closing.check_sealed, CHECK)), bytes(closing.check_digests))


def check_nothing_remains(closing: Closing) -> None:
    """Look at rows, cells, storage and files.

    Raises:
        Remaining: rows, which are erased on the next try; or words, which somebody has to look at.
        Busy: only the storage still holds something; it is rewritten again on the next try.
    """
    left = rows_left(EmergencyOrder._base_manager.get(pk=closing.order_id))
    if left:  # written beside the order's back, or an eraser that did not erase: erase again
        Closing.objects.filter(pk=closing.pk).update(step=Step.ERASE, found=sorted(left.items()))
        raise Remaining
    report = search_everywhere(needles_of(closing))
    closing.found = sorted(report.found.items())
    closing.searched = dict(report.looked)
    closing.limits = sorted(set(closing.limits) | report.limits)
    closing.save(update_fields=["found", "searched", "limits"])
    if closing.found and all(place.endswith(STORAGE) for place, _times in closing.found):
        Closing.objects.filter(pk=closing.pk).update(step=Step.SCRUB)  # a row somebody could still see
        raise Busy
    if closing.found and not closing.accepted_why:
        raise Remaining


def accept_remains(*, actor: Any, order: EmergencyOrder, reason: str) -> Closing:
    """Say that the words still found are there for another reason (an address that the register knows
    anyway); the certificate names the places and the reason.

    Raises:
        Refused: an area outside the actor's reach. Unacceptable: nothing was found, or no reason.
    """
    must_issue(actor, codes_of(order))
    if len(reason.strip()) < 2:
        raise Unacceptable(_("请写明为什么可以保留。"))
    with transaction.atomic():
        closing = Closing.objects.select_for_update().get(order=order)
        if closing.step != Step.VERIFY or closing.problem != Problem.FOUND:
            raise Unacceptable(_("没有等待确认的内容。"))
        closing.accepted_by = journal.account_of(actor)
        closing.accepted_why = journal.without_personal(reason.strip())[:200]
        closing.save(update_fields=["accepted_by", "accepted_why"])
        data = {"number": order.number, "places": len(closing.found)}
        journal.record(
            "order.remains_accepted",
            actor=actor,
            area=order.area_code,
            subject=order,
            reason=reason,
            data=data,
        )
    return closing
