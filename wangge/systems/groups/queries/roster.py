"""The roster: who is in a group, by the statistic somebody chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.lib.masking import mask_phone

from ..enums import MANAGES, PRESENT, Matching, MemberState, Role
from ..models import Group, GroupRule, Member
from . import order_rules
from .demands import failed

WEEK = 7
_RANK = Case(When(role=Role.CREATOR, then=0), When(role=Role.ADMIN, then=1), default=2)


@dataclass(frozen=True)
class Statistic:
    """One tile over the roster: how many, and by which word the roster shows them."""

    key: str
    label: str | Promise
    count: int


@dataclass(frozen=True)
class Line:
    """One member as a roster shows it: the phone masked, what the member fails."""

    member: Member
    phone: str
    fails: tuple[str, ...] = ()


def _filters() -> dict[str, tuple[str | Promise, Q]]:
    since = timezone.now() - timedelta(days=WEEK)
    here = Q(state__in=PRESENT)
    return {
        "present": (_("在团体中"), here),
        "managers": (_("管理员"), here & Q(role__in=MANAGES)),
        "leaving": (_("申请退出"), Q(state=MemberState.LEAVE_APPLIED)),
        "new": (_("近 7 天加入"), here & Q(joined_at__gte=since)),
        "off_list": (_("不在花名册上"), here & Q(on_list=False)),
        "ask": (_("请社区核对是谁"), here & Q(matching=Matching.ASK)),
        "gone": (_("已退出或移出"), ~here),
    }


def shown(group: Group, show: str) -> QuerySet[Member]:
    """The members one statistic counts; everybody present where the word is unknown."""
    filters = _filters()
    _label, chosen = filters.get(show, filters["present"])
    return group.members.select_related("group").filter(chosen).order_by(_RANK, "seat", "-ended_at", "pk")


def statistics(group: Group, *, community: bool) -> list[Statistic]:
    """The tiles; matching with the register is the community's business only."""
    keys = [key for key in _filters() if community or key != "ask"]
    found = [Statistic(key, _filters()[key][0], shown(group, key).count()) for key in keys]
    rules = rules_of(group)
    if rules:
        found.insert(1, Statistic("abnormal", _("异常成员"), len(abnormal(group))))
    return found


def alarm(found: list[Statistic]) -> int:
    """How many members are abnormal, for a page that warns."""
    return next((one.count for one in found if one.key == "abnormal"), 0)


def rules_of(group: Group) -> list[GroupRule]:
    """The demands that hold now: those whose order still brings their field."""
    brought = {(field.order_number, field.key) for field in order_rules.fields_for(group)}
    return [rule for rule in group.rules.order_by("pk") if (rule.order_number, rule.field) in brought]


def abnormal(group: Group) -> dict[int, list[GroupRule]]:
    """Members who do not meet a demand: pk → what they fail. Empty without an order."""
    rules = rules_of(group)
    if not rules:
        return {}
    here = list(group.members.filter(state__in=PRESENT))
    values, now = order_rules.values_of_many(here), timezone.now()
    fails = {member.pk: failed(rules, values.get(member.pk, {}), now) for member in here}
    return {pk: why for pk, why in fails.items() if why}


def lines(group: Group, show: str) -> list[Line]:
    """The roster, at most 500 present people; phones masked."""
    bad: Mapping[int, list[GroupRule]] = abnormal(group)
    rows = shown(group, "present" if show == "abnormal" else show)[:1000]
    made = [
        Line(member, mask_phone(member.phone), tuple(rule.label for rule in bad.get(member.pk, ())))
        for member in rows
    ]
    return [line for line in made if line.fails] if show == "abnormal" else made


@dataclass(frozen=True)
class Day:
    """One day of the report."""

    day: date
    joined: int
    left: int
    asked: int
    present: int


def seven_days(group: Group) -> list[Day]:
    """The last seven days, the newest first: how many came, went, asked to leave, were there at its end."""
    times = list(group.members.values_list("joined_at", "ended_at", "leave_asked_at"))
    days = [tuple(_day(moment) for moment in row) for row in times]
    today = timezone.localdate()
    return [_report(today - timedelta(days=back), days) for back in range(WEEK)]


def _day(moment: object) -> date | None:
    return timezone.localdate(moment) if moment is not None else None  # type: ignore[arg-type]


def _report(day: date, rows: list[tuple[date | None, ...]]) -> Day:
    return Day(
        day=day,
        joined=sum(joined == day for joined, _ended, _asked in rows),
        left=sum(ended == day for _joined, ended, _asked in rows),
        asked=sum(asked == day for _joined, _ended, asked in rows),
        present=sum(
            joined is not None and joined <= day and (ended is None or ended > day)
            for joined, ended, _asked in rows
        ),
    )
