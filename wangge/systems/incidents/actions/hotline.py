"""12345 orders from a workbook: a dry run first, then each order once by its number (spec 3.4, S20)."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, Reporter, open_case
from wangge.engines.cases.enums import Source
from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import seal

from ..enums import BatchState, Outcome
from ..kinds import REQUEST, level_for
from ..models import HotlineBatch, HotlineOrder
from ..queries.hotline import SEALED, Planned, counted, planned, rows_of
from ..reading.orders import read_orders
from ..reading.topics import title_of


@transaction.atomic
def plan_orders(*, actor: Any, area: str, content: bytes, title: str) -> HotlineBatch:
    """Read a file and say what it would change; nothing is registered.

    Args:
        area: whose orders these are; those that name no community in it go there. title: of the file.

    Raises:
        Unreadable: see ``reading.orders``. Refused: no right there.
    """
    if not may(actor, "ledger.import", area):
        raise Refused(_("您不能在这里导入工单。"))
    orders = read_orders(content, demo=settings.DEMO or settings.TEST)
    sealed = seal(json.dumps([asdict(row) for row in orders.rows], ensure_ascii=False), SEALED)
    batch = HotlineBatch(
        area_code=area, title=journal.without_personal(title)[:120], columns=orders.columns,
        rows_sealed=sealed, counts=counted(planned(orders.rows, area)), made_by=journal.account_of(actor),
    )  # fmt: skip
    batch.save()
    journal.record("hotline.planned", actor=actor, area=area, subject=batch, data=batch.counts)
    return batch


@transaction.atomic
def write_orders(*, actor: Any, batch: HotlineBatch) -> dict[str, int]:
    """Register what is new in a file that was read; again, it changes nothing. Returns how many of each.

    Raises:
        Unacceptable: it was dropped. Refused: no right there.
    """
    if not may(actor, "ledger.import", batch.area_code):
        raise Refused(_("您不能在这里导入工单。"))
    row = HotlineBatch._base_manager.select_for_update().get(pk=batch.pk)
    if row.state == BatchState.DROPPED:
        raise Unacceptable(_("这个文件已经放弃，或放了一天没有登记；请重新上传。"))
    if row.state == BatchState.WRITTEN:
        return dict(row.counts)
    plans = planned(rows_of(row), row.area_code)
    for plan in plans:
        if plan.outcome == Outcome.NEW:
            _register(actor, row, plan)
    row.counts, row.state, row.rows_sealed = counted(plans), BatchState.WRITTEN, ""
    row.save(update_fields=["counts", "state", "rows_sealed"])
    journal.record("hotline.written", actor=actor, area=row.area_code, subject=row, data=row.counts)
    return dict(row.counts)


@transaction.atomic
def drop_orders(*, actor: Any, batch: HotlineBatch) -> None:
    """Let go of a file that was read; one that was written stays."""
    changed = HotlineBatch._base_manager.filter(pk=batch.pk, state=BatchState.PLANNED)
    if changed.update(state=BatchState.DROPPED, rows_sealed=""):
        journal.record("hotline.dropped", actor=actor, area=batch.area_code, subject=batch)


def _register(actor: Any, batch: HotlineBatch, plan: Planned) -> None:
    order = plan.order
    level = level_for(REQUEST, plan.kind, order.level)
    matter = Matter(
        op=uuid5(NAMESPACE_URL, f"12345:{order.number}"), system=REQUEST, kind=plan.kind, area=plan.area,
        title=order.title or title_of(order.words), words=order.words, level=level, source=Source.HOTLINE,
        address=order.address, reporter=Reporter(order.name, order.phone),
        data={"order": order.number, "wanted_by": order.wanted_by},
    )  # fmt: skip
    case = open_case(actor=actor, matter=matter)
    HotlineOrder(
        number=order.number, digest=order.digest(), case=case, batch=batch, area_code=case.area_code,
        wanted_by=order.wanted_by,
    ).save()  # fmt: skip
