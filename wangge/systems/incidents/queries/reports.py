"""A resident's report, found by its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from wangge.engines.cases.models import Case
from wangge.lib.serials import receipt_value, typed

from ..models import Report


def report_by(receipt: str) -> Report | None:
    """The report under a receipt, however it was typed; None for none."""
    if receipt_value(receipt) is None:
        return None
    return Report._base_manager.select_related("case__merged_into").filter(receipt=typed(receipt)).first()


def reports_of(receipts: Sequence[str]) -> list[Report]:
    """Those under these receipts, in their order."""
    rows = Report._base_manager.select_related("case__merged_into").filter(receipt__in=receipts)
    found = {row.receipt: row for row in rows}
    return [found[receipt] for receipt in receipts if receipt in found]


def case_followed(report: Report) -> Case:
    """The case the report is followed under now: the one its own was merged into."""
    case = report.case
    while case.merged_into is not None:
        case = case.merged_into
    return case
