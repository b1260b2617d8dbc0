"""Who meets what a group demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.dateparse import parse_date

from ..enums import RuleTest
from ..models import GroupRule


def failed(rules: Sequence[GroupRule], values: Mapping[str, str], now: datetime) -> list[GroupRule]:
    """The rules this member does not meet; a value that is missing meets none."""
    return [rule for rule in rules if not _meets(rule, values.get(rule.field, ""), now)]


def _meets(rule: GroupRule, value: str, now: datetime) -> bool:
    if rule.test == RuleTest.IS:
        return str(value).strip() == rule.threshold.strip()
    if rule.test in (RuleTest.AT_MOST, RuleTest.AT_LEAST):
        return _compares(rule, as_number(value), as_number(rule.threshold))
    try:
        day = parse_date(value[:10])
    except ValueError:
        return False
    if day is None or not rule.threshold.isdecimal() or day > timezone.localdate(now):
        return False
    # A date is no hour: it counts until its end, in the member's favour.
    end = timezone.make_aware(datetime.combine(day, time.max))
    return end >= now - timedelta(hours=int(rule.threshold))


def _compares(rule: GroupRule, value: Decimal | None, threshold: Decimal | None) -> bool:
    if value is None or threshold is None:
        return False
    return value <= threshold if rule.test == RuleTest.AT_MOST else value >= threshold


def as_number(text: str) -> Decimal | None:
    """The number a text says, None where it says none."""
    try:
        number = Decimal(str(text).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
