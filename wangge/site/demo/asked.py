"""What residents of the demo community asked about their own data: in time, overdue, answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from wangge.foundation.territory.queries import add_workdays
from wangge.lib.scoping import prefix_filter
from wangge.registry.people.models import Person, Tie
from wangge.registry.rights import actions
from wangge.registry.rights.enums import Kind, State
from wangge.registry.rights.models import RightsRequest


@dataclass(frozen=True)
class Wish:
    """What is asked, so many days ago."""

    kind: Kind
    days: int
    said: str
    fields: tuple[str, ...] = ()
    value: str = ""
    refused: str = ""  # the ground of a refusal


WISHES = (
    Wish(Kind.CORRECT, 2, "孩子已经转学，请更正。", ("school",), "虚构第二小学"),
    Wish(Kind.ERASE, 18, "不想再留紧急联系人和备用电话。", ("emergency_contact", "phone2")),
    Wish(Kind.EXPLAIN, 30, "上个月有人查看了我的完整电话，请说明为什么。"),
    Wish(Kind.ERASE, 40, "请删除我的出生日期。", ("birth",), refused="duty"),
)


def make_requests(community: str, *, today: date) -> int:
    """One request each of the first residents with a phone and papers; returns how many."""
    home = Tie._base_manager.filter(
        prefix_filter("area_code", community), kind="lives", valid_to=None, known_to=None
    )
    people = Person._base_manager.filter(demo=True, status="active", pk__in=home.values("person"))
    known = people.exclude(phone_index="").exclude(id_index=None).order_by("pk")[: len(WISHES)]
    for person, wish in zip(known, WISHES, strict=False):
        _ask(person, wish, community, today)
    return len(known)


def _ask(person: Person, wish: Wish, community: str, today: date) -> None:
    value: dict[str, Any] = {wish.fields[0]: wish.value} if wish.value else {}
    row = actions.ask(
        kind=wish.kind, phone=person.phone, area_code=community, person=person, fields=list(wish.fields),
        wish=value, said=wish.said,
    )  # fmt: skip
    begun = today - timedelta(days=wish.days)
    asked_at = timezone.make_aware(datetime.combine(begun, time(9, 30)))
    RightsRequest._base_manager.filter(pk=row.pk).update(asked_at=asked_at, due_on=add_workdays(begun, 15))
    if wish.refused:
        actions.answer(
            actor="cli", request=row, state=State.REFUSED, ground=wish.refused,
            text="出生日期是登记的必要内容，在册期间须保留；离开本区后按期限清除。",
        )  # fmt: skip
