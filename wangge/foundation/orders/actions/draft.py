"""An order is written, and amended until it starts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.access.rules import Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import prefix_of

from ..enums import FieldKind, Function, Kind, State
from ..models import EmergencyOrder, OrderArea, OrderField
from ..rules import codes_of, must_issue

ABOUT = ("number", "title", "kind", "basis", "issuer", "starts", "ends", "retention_days")
# Product decision 1: kept of nobody, emergency or not. Numbers and phones have fields of their own, masked.
NEVER = re.compile(
    r"宗教|信仰|民族|政治|党派|指纹|人脸|虹膜|基因|生物特征|轨迹|证件号|身份证|手机|电话|religio|ethnic|politic",
    re.IGNORECASE,
)
LONGEST_RETENTION = 365  # product default: whoever needs longer needs another legal basis (PIPL 47)


@dataclass(frozen=True)
class FieldSaid:
    """A field of an order as somebody wrote it; ``key`` is made from the place when not given."""

    function: str
    label: str
    kind: str = FieldKind.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False
    note: str = ""
    key: str = ""
    errors: list[str] = field(default_factory=list, compare=False)


def draft_order(
    *, actor: Any, areas: Sequence[str], fields: Sequence[FieldSaid], demo: bool = False, **about: Any
) -> EmergencyOrder:
    """Write a draft: it switches nothing on yet.

    Args:
        areas: codes of the areas in which it will hold. about: ``number, title, kind, basis, issuer, starts,
            ends, retention_days``.

    Raises:
        Refused: an area outside the actor's reach. Unacceptable: says what to change.
    """
    must_issue(actor, areas)
    _check(areas, fields, about)
    if EmergencyOrder._base_manager.filter(number=about["number"]).exists():
        raise Unacceptable(_("文号“%(number)s”已经有了。") % {"number": about["number"]})
    with transaction.atomic():
        order = EmergencyOrder._base_manager.create(
            **{name: about[name] for name in ABOUT if name in about},
            area_code=_holding(areas), drafted_by=journal.account_of(actor), demo=demo,
        )  # fmt: skip
        _write_parts(order, areas, fields)
        data = {"areas": list(areas), "fields": len(fields)}
        journal.record("order.drafted", actor=actor, area=order.area_code, subject=order, data=data)
    return order


def amend_order(
    *, actor: Any, order: EmergencyOrder, areas: Sequence[str], fields: Sequence[FieldSaid], **about: Any
) -> EmergencyOrder:
    """Change a draft. Raises Unacceptable once it was started, and what ``draft_order`` raises."""
    must_issue(actor, [*codes_of(order), *areas])
    _check(areas, fields, about)
    taken = EmergencyOrder._base_manager.filter(number=about["number"]).exclude(pk=order.pk)
    if taken.exists():
        raise Unacceptable(_("文号“%(number)s”已经有了。") % {"number": about["number"]})
    with transaction.atomic():
        order = _draft(order)
        for name in ABOUT:
            setattr(order, name, about.get(name, getattr(order, name)))
        order.area_code = _holding(areas)
        order.save()
        order.areas.all().delete()
        order.fields.all().delete()
        _write_parts(order, areas, fields)
        data = {"areas": list(areas), "fields": len(fields)}
        journal.record("order.amended", actor=actor, area=order.area_code, subject=order, data=data)
    return order


def discard_draft(*, actor: Any, order: EmergencyOrder) -> None:
    """Delete a draft. Raises Unacceptable once it was started: then it is closed, not deleted."""
    must_issue(actor, codes_of(order))
    with transaction.atomic():
        order = _draft(order)
        journal.record("order.discarded", actor=actor, area=order.area_code, data={"number": order.number})
        order.delete()


def _draft(order: EmergencyOrder) -> EmergencyOrder:
    order = EmergencyOrder._base_manager.select_for_update().get(pk=order.pk)
    if order.state != State.DRAFT:
        raise Unacceptable(_("指令已经启动，不能再改；可以延长或关闭。"))
    return order


def _check(areas: Sequence[str], fields: Sequence[FieldSaid], about: dict[str, Any]) -> None:
    missing = [
        name for name in ("number", "title", "basis", "issuer") if not str(about.get(name, "")).strip()
    ]
    if missing:
        raise Unacceptable(_("请填写文号、事由、依据和发布机关。"))
    if about.get("kind", Kind.OTHER) not in Kind.values:
        raise Unacceptable(_("没有这种类别。"))
    starts, ends = about.get("starts"), about.get("ends")
    if not isinstance(starts, datetime) or not isinstance(ends, datetime) or ends <= starts:
        raise Unacceptable(_("请写明开始和结束时间，结束要晚于开始。"))
    if not 0 <= int(about.get("retention_days", 0)) <= LONGEST_RETENTION:
        raise Unacceptable(_("结束后保留的天数应在 0 和 %(most)d 之间。") % {"most": LONGEST_RETENTION})
    known = territory.names_of(areas)
    if not areas or set(areas) - set(known):
        raise Unacceptable(_("请写明适用的区域（区划代码）。"))
    _check_fields(fields)


def _check_fields(fields: Sequence[FieldSaid]) -> None:
    if not fields:
        raise Unacceptable(_("请至少写一项要登记的内容；没有内容的指令不起作用。"))
    for said in fields:
        if (
            said.function not in Function.values
            or said.kind not in FieldKind.values
            or not said.label.strip()
        ):
            raise Unacceptable(_("“%(label)s”这一项写得不全。") % {"label": said.label})
        if NEVER.search(said.label):
            raise Unacceptable(
                _(
                    "“%(label)s”不能作为应急字段：宗教、民族、政治、生物特征、轨迹不登记，证件号和电话另有专栏。"
                )
                % {"label": said.label}
            )
        if said.kind == FieldKind.CHOICE and len(said.choices) < 2:
            raise Unacceptable(_("单选项“%(label)s”至少要有两个选项。") % {"label": said.label})
    keys = [said.key for said in fields if said.key]
    if len(keys) != len(set(keys)):
        raise Unacceptable(_("两项用了同一个键。"))


def _write_parts(order: EmergencyOrder, areas: Sequence[str], fields: Sequence[FieldSaid]) -> None:
    OrderArea.objects.bulk_create(OrderArea(order=order, area_code=code) for code in dict.fromkeys(areas))
    taken = {said.key for said in fields}
    for place, said in enumerate(fields, start=1):
        key = said.key or next(name for n in range(place, 999) if (name := f"f{n}") not in taken)
        taken.add(key)
        OrderField.objects.create(
            order=order, function=said.function, key=key, label=said.label.strip(), kind=said.kind,
            choices=list(said.choices) if said.kind == FieldKind.CHOICE else [], required=said.required,
            note=said.note, position=place,
        )  # fmt: skip


def _holding(areas: Sequence[str]) -> str:
    """The smallest area that holds all of them."""
    for length in (15, 12, 9, 6):
        prefixes = {prefix_of(code)[:length] for code in areas}
        if len(prefixes) == 1 and len(prefix := prefixes.pop()) == length:
            return prefix if length == 15 else prefix.ljust(12, "0")
    return areas[0][:6] + "0" * 6
