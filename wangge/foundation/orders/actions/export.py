"""What an order collected, as a workbook that is erased with it."""

from __future__ import annotations

import uuid
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal

from ..models import EmergencyOrder, OrderFile
from ..queries.values import rows_of, said
from .files import folder_of, note_export


def export_values(*, actor: Any, order: EmergencyOrder) -> OrderFile:
    """Write the values inside the reach, id numbers and phones in them replaced by ***.

    Raises:
        NotInForce: the order's time is over; then its values can be looked at, not carried away.
    """
    path = folder_of(order) / f"{uuid.uuid4().hex}.xlsx"
    file = note_export(
        order_number=order.number, area_code=order.areas.all()[0].area_code, path=path, actor=actor
    )
    rows = list(rows_of(order))
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [_("对象类型"), _("对象"), _("区域"), _("项目"), _("值"), _("登记时间")])
        for place, (row, one) in enumerate(zip(rows, said(rows), strict=True), start=1):
            told = journal.without_personal(one.shown)
            at = timezone.localtime(row.kept_at).strftime("%Y-%m-%d %H:%M")
            cells = [row.subject_type, row.subject_id, row.area_code, one.label, told, at]
            sheet.write_row(place, 0, [str(cell) for cell in cells])
    path.chmod(0o600)
    data = {"number": order.number, "rows": len(rows)}
    journal.record("order.exported", actor=actor, area=order.area_code, subject=order, data=data)
    return file
