"""Who may issue an order, and what may be kept under it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.queries import may
from wangge.foundation.access.rules import Refused, Unacceptable, is_trusted

from .enums import FieldKind
from .models import EmergencyOrder, OrderField

LONGEST = 500
FIRST_DAY = date(1900, 1, 1)
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
YES = {"yes": "yes", "是": "yes", "有": "yes", "true": "yes", "1": "yes"}
NO = {"no": "no", "否": "no", "无": "no", "没有": "no", "false": "no", "0": "no"}


class NotInForce(Unacceptable):
    """No order of this number is in force in this area: nothing may be kept."""


class BadValues(Unacceptable):
    """Some values cannot be kept; ``errors``: key -> what is wrong with it, in words."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(f"{key}: {text}" for key, text in errors.items()))


def may_issue(actor: Any, codes: Iterable[str]) -> bool:
    """Start, change or close an order: the right in every area of its scope."""
    return is_trusted(actor) or all(may(actor, "order.issue", code) for code in codes)


def must_issue(actor: Any, codes: Iterable[str]) -> None:
    """Raises Refused where ``may_issue`` says no."""
    if not may_issue(actor, codes):
        raise Refused(_("这个应急指令的范围超出您的辖区；请由上一级应急指挥办理。"))


def codes_of(order: EmergencyOrder) -> list[str]:
    """The codes of the order's areas."""
    return [area.area_code for area in order.areas.all()]


def clean(fields: Iterable[OrderField], values: Mapping[str, Any], *, whole: bool = False) -> dict[str, str]:
    """The values as they are kept; empty ones are left out.

    Args:
        whole: the form is complete, so a required field must be there.

    Raises:
        BadValues: a key no field has, a value of another kind, or (``whole``) a missing one.
    """
    known, errors, kept = {field.key: field for field in fields}, {}, {}
    for key, value in values.items():
        text = str(value).strip() if value is not None else ""
        if isinstance(value, bool):
            text = "yes" if value else "no"
        if key not in known:
            errors[key] = _("没有这一项；应急指令可能已经结束。")
        elif text:
            kept[key], wrong = _as_kept(known[key], text)
            errors |= {key: wrong} if wrong else {}
    if whole:
        missing = [key for key, field in known.items() if field.required and key not in kept]
        errors |= {key: _("请填写“%(label)s”。") % {"label": known[key].label} for key in missing}
    if errors:
        raise BadValues(errors)
    return kept


def _as_kept(field: OrderField, text: str) -> tuple[str, str]:
    """The text in its one form, and what is wrong with it ("" when nothing is)."""
    label = {"label": field.label}
    if field.kind == FieldKind.CHOICE:
        return text, "" if text in field.choices else _("“%(label)s”请从列出的选项里选。") % label
    if field.kind == FieldKind.YES_NO:
        answer = YES.get(text.lower()) or NO.get(text.lower())
        return answer or text, "" if answer else _("“%(label)s”请答是或否。") % label
    if field.kind == FieldKind.NUMBER:
        return text, "" if NUMBER.fullmatch(text) else _("“%(label)s”应是数字。") % label
    if field.kind == FieldKind.DATE:
        return _day(text), "" if _day(text) else _(
            "“%(label)s”应是日期，不晚于一年后，例如 2026-07-01。"
        ) % label
    too_long = _("“%(label)s”最多 %(most)d 个字。") % {**label, "most": LONGEST}
    return text, too_long if len(text) > LONGEST else ""


def _day(text: str) -> str:
    """The day in its one form; "" for what is none, or lies where nothing of an emergency does."""
    try:
        day = date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        return ""
    near = FIRST_DAY <= day <= timezone.localdate() + timedelta(days=366)
    return day.isoformat() if near else ""
