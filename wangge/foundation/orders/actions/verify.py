"""The verification of an erased order: again by the noted digests once, and by given values at any time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import State
from ..models import Certificate, Closing, EmergencyOrder
from ..queries.remains import Needles, Report, make_needles, rows_left, search_everywhere
from .scrub import Busy, rewrite
from .settle import needles_of

__all__ = ["Verdict", "verify_order"]


@dataclass(frozen=True)
class Verdict:
    """What a verification came to.

    ``by``: "digests", "values", or "rows" when the digests were destroyed and no values were given.
    ``second``: this was the second verification, which destroyed the digests and their key.
    """

    number: str
    by: str
    looked_for: int
    rows: dict[str, int] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    accepted: dict[str, int] = field(default_factory=dict)
    second: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing remains, but for as much as somebody confirmed to have another source."""
        found = self.report.found.items()
        return not self.rows and all(times <= self.accepted.get(place, 0) for place, times in found)


def verify_order(
    *, actor: Any, order: EmergencyOrder, values: Iterable[str] | None = None, leave_out: Iterable[Path] = ()
) -> Verdict:
    """Prove that nothing of an erased order remains.

    Args:
        values: known values to look for; without them the digests noted at freezing are used.
        leave_out: files below HOME not to look into (the list of values).

    Raises:
        Unacceptable: the order is not erased yet.
    """
    order = EmergencyOrder._base_manager.get(pk=order.pk)
    if order.state != State.ERASED:
        raise Unacceptable(_("指令“%(number)s”还没有销毁，先关闭它。") % {"number": order.number})
    closing = Closing.objects.get(order=order)
    needles = needles_of(closing) if values is None else make_needles(values)
    report = search_everywhere(needles, leave_out=leave_out)
    accepted = dict(closing.found) if closing.accepted_why else {}
    verdict = Verdict(order.number, _by(values, needles), needles.values, rows_left(order), report, accepted)
    second = values is None and verdict.clean and _destroy_check(actor, closing)
    verdict = Verdict(**{**verdict.__dict__, "second": second})
    data = {"number": order.number, "by": verdict.by, "clean": verdict.clean, "places": len(report.found)}
    journal.record("order.verified", actor=actor, area=order.area_code, subject=order, data=data)
    return verdict


def _by(values: Iterable[str] | None, needles: Needles) -> str:
    return "values" if values is not None else "digests" if needles.lines else "rows"


def _destroy_check(actor: Any, closing: Closing) -> bool:
    """The second verification found nothing: the digests and their key go, and what they leave in storage."""
    if not closing.check_sealed or connection.in_atomic_block:
        return False
    with transaction.atomic():
        Closing.objects.filter(pk=closing.pk).update(check_sealed="", check_digests=b"")
        name = journal.account_of(actor)
        Certificate.objects.filter(order=closing.order_id, second_at=None).update(
            second_at=timezone.now(), second_by=name
        )
    with suppress(Busy):  # overwritten with the next rewriting; the key is gone from the rows
        rewrite([Closing._meta.db_table])
    return True
