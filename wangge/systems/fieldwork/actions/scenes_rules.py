"""Writes on the frequencies of visits: in force from tomorrow on, taken back until then."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal

from ..models import VisitRule
from ..queries.scenes import tomorrow

MOST_TIMES = 31


@transaction.atomic
def set_rule(
    *, actor: Any, area_code: str, care_class: str, level: str, times: int, period: str, name: str,
    example: bool = False,
) -> VisitRule:  # fmt: skip
    """People of this class ("" for any household) and level are visited so often from tomorrow on.

    Args:
        times: in every period, 1 to 31.
        period: week, month, quarter, half_year, year.

    Raises:
        Unacceptable: times or period out of range.
    """
    if period not in VisitRule.PERIODS or not 1 <= times <= MOST_TIMES:
        raise Unacceptable(_("次数应为 1 至 %(most)d，周期应为周、月、季、半年、年。") % {"most": MOST_TIMES})
    said = {"times": times, "period": period, "name": name, "example": example}
    for row in _locked(area_code, care_class, level):
        if row.valid_from > timezone.localdate():
            row.delete()
        elif row.valid_to is None:
            row.valid_to = tomorrow()
            row.save(update_fields=["valid_to"])
    rule = VisitRule(area_code=area_code, care_class=care_class, level=level, valid_from=tomorrow(), **said)
    rule.save()
    _told(actor, rule, said)
    return rule


@transaction.atomic
def end_rule(*, actor: Any, rule: VisitRule) -> None:
    """Nobody is visited by this rule from tomorrow on."""
    for row in _locked(rule.area_code, rule.care_class, rule.level):
        if row.valid_from > timezone.localdate():
            row.delete()
        elif row.valid_to is None:
            row.valid_to = tomorrow()
            row.save(update_fields=["valid_to"])
    _told(actor, rule, {"ended": True})


@transaction.atomic
def withdraw_rule(*, actor: Any, rule: VisitRule) -> None:
    """Take back what would hold from tomorrow on.

    Raises:
        Unacceptable: nothing waits.
    """
    today, found = timezone.localdate(), False
    rows = _locked(rule.area_code, rule.care_class, rule.level)
    for row in rows:
        if row.valid_from > today:
            row.delete()
            found = True
    for row in rows:
        if row.valid_from <= today and row.valid_to and row.valid_to > today:
            row.valid_to = None
            row.save(update_fields=["valid_to"])
            found = True
    if not found:
        raise Unacceptable(_("没有等待生效的修改。"))
    _told(actor, rule, {"withdrawn": True})


def _locked(area_code: str, care_class: str, level: str) -> list[VisitRule]:
    rows = VisitRule._base_manager.select_for_update()
    found = rows.filter(area_code=area_code, care_class=care_class, level=level)
    return list(found.order_by("-valid_from", "-pk"))


def _told(actor: Any, rule: VisitRule, changes: dict[str, Any]) -> None:
    told = {"class": rule.care_class, "level": rule.level, **changes}
    journal.record("visit_rule.changed", actor=actor, area=rule.area_code, changes=told)
