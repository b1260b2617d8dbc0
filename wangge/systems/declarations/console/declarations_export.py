"""What the list shows, as a workbook: masked as every export, logged, never more than a sheet holds."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, BinaryIO

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wangge.foundation.access.rules import requires
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.lib.masking import mask_address, mask_id, mask_name, mask_phone

from ..models import Declaration
from ..queries import worklist
from ..queries.worklist_beside import opened
from .declarations import asked_for
from .declarations_rates import XLSX

MOST = 20_000
HEADS = (
    "回执", "姓名", "证件号码", "联系电话", "类型", "状态", "谁报的", "来自", "到达", "住到", "居住地址",
    "区域", "收到", "核实时间", "按时",
)  # fmt: skip


@never_cache
@require_GET
@requires("ledger.export")
def export(request: HttpRequest) -> HttpResponse:
    """The rows of the tab and filters; who took how many stands in the trail."""
    asked, stream = asked_for(request), io.BytesIO()
    rows = list(worklist.declarations(asked).defer("raw_sealed")[:MOST])
    with override("zh-hans"):  # a file is written in Chinese, whatever the language of the page
        write_rows(stream, rows, request.user.get_username())
    counts = {"rows": len(rows), "view": asked.view, "masked": True}
    journal.record("declaration.exported", actor=request.user, area=asked.area, data=counts)
    answer = HttpResponse(stream.getvalue(), content_type=XLSX)
    name = f"报备_{timezone.localdate().isoformat()}.xlsx"
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def write_rows(stream: BinaryIO, rows: Iterable[Declaration], username: str) -> None:
    """Write the declarations, masked, with who took them and when on top."""
    rows = list(rows)
    names = territory.names_of({row.area_code for row in rows})
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet, bold = (
        book.add_worksheet("报备"),
        book.add_format({"bold": True, "bg_color": "#DCEBEE", "border": 1}),
    )
    sheet.write_string(0, 0, f"{username} {timezone.localtime():%Y-%m-%d %H:%M} 导出，个人信息已遮盖")
    sheet.write_row(1, 0, HEADS, bold)
    for number, row in enumerate(rows, 2):
        for column, text in enumerate(_cells(row, names)):
            sheet.write_string(number, column, text)
    sheet.set_column(0, len(HEADS) - 1, 16)
    sheet.freeze_panes(2, 1)
    book.close()


def _cells(row: Declaration, names: dict[str, str]) -> list[str]:
    return [
        row.receipt, mask_name(row.name), mask_id(opened(row.id_sealed)),
        mask_phone(opened(row.phone_sealed)),
        str(row.get_kind_display()), str(row.get_state_display()), str(row.get_reported_by_display()),
        row.from_text, _moment(row.arrive_at), row.stay_until.isoformat() if row.stay_until else "",
        mask_address(row.stay_address), names.get(row.area_code, row.area_code), _moment(row.received_at),
        _moment(row.decided_at), {True: "是", False: "否", None: ""}[row.on_time],
    ]  # fmt: skip


def _moment(at: Any) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
