"""The rows behind each figure of the burden meter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Fill, NewColumn, TableRequest
from .burden import Duplicate, burden_of
from .periods import Month
from .rates import entered_once, reduction


@dataclass
class Behind:
    """What stands behind a figure: rows of one of the four kinds, and what they are, in plain words."""

    title: Any
    fills: list[Fill] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    questions: list[NewColumn] = field(default_factory=list)
    requests: list[TableRequest] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.fills) + len(self.duplicates) + len(self.questions) + len(self.requests)


def _fills(month: Month, department: str | None, before: Month | None) -> Behind:
    return Behind(_("填过的表"), fills=burden_of(month, department).total.rows.fills)


def _duplicates(month: Month, department: str | None, before: Month | None) -> Behind:
    found = burden_of(month, department).total.rows.duplicates
    return Behind(_("本月别的表已经要过的项"), duplicates=found)


def _questions(month: Month, department: str | None, before: Month | None) -> Behind:
    found = burden_of(month, department).total.rows.questions
    return Behind(_("本月准入、走访时要新问的项"), questions=found)


def _entered(month: Month, department: str | None, before: Month | None) -> Behind:
    return Behind(_("没有一列要手工填的表"), fills=list(entered_once(month).part_rows))


def _every(month: Month, department: str | None, before: Month | None) -> Behind:
    return Behind(_("本月填过的表，每张算最后一次"), fills=list(entered_once(month).whole_rows))


def _now(month: Month, department: str | None, before: Month | None) -> Behind:
    return Behind(_("月末还在要的表"), requests=list(reduction(month, before).tables.part_rows))


def _before(month: Month, department: str | None, before: Month | None) -> Behind:
    return Behind(_("对比月月末在要的表"), requests=list(reduction(month, before).tables.whole_rows))


KINDS: dict[str, Callable[[Month, str | None, Month | None], Behind]] = {
    "fills": _fills,
    "duplicates": _duplicates,
    "questions": _questions,
    "entered": _entered,
    "every": _every,
    "now": _now,
    "before": _before,
}


def rows_behind(of: str, month: Month, department: str | None = None, before: Month | None = None) -> Behind:
    """The rows of one figure. Raises KeyError for a figure there is not.

    Args:
        department: only these; None: all. before: the month a reduction is measured against.
    """
    return KINDS[of](month, department, before)
