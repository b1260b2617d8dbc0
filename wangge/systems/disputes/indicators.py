"""调解成功率, 协议履行率, 按期调解率 (spec 4.2): each is disputes ÷ disputes."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.models import Case, Step
from wangge.lib.figures import Counted, Indicator, Period

from .enums import SYSTEM
from .models import Agreement


def _signed(period: Period) -> QuerySet[Agreement]:
    return Agreement._base_manager.filter(period.days("signed_on"), supplement_to=None).order_by()


def _failed(period: Period) -> QuerySet[Step]:
    return Step.objects.filter(period.during("at"), key="fail").order_by()


def _disputes(rows: QuerySet[Any]) -> QuerySet[Case]:
    """Those that the rows belong to: found from the rows, which are few, not by asking every dispute."""
    return Case.objects.filter(pk__in=rows, system=SYSTEM)


def agreed(period: Period) -> QuerySet[Case]:
    """Disputes with an agreement signed in the period."""
    return _disputes(_signed(period).values("case"))


def ended(period: Period) -> QuerySet[Case]:
    """Those, and those in which mediation failed in the period."""
    return _disputes(_signed(period).values("case").union(_failed(period).values("case")))


def kept(period: Period) -> QuerySet[Case]:
    """Of those with an agreement of the period: it is fulfilled by now."""
    return _disputes(_signed(period).filter(kept=True).values("case"))


def mediated() -> QuerySet[Case]:
    """Disputes that were to be mediated."""
    return Case.objects.filter(system=SYSTEM).exclude(state__in=("refused", "withdrawn"))


due = Counted(mediated, "handle_due", by_now=True)
in_time = due.but(handled_at__lte=F("handle_due"))  # mediation ended, agreed on or not, by then


INDICATORS = (
    Indicator(
        "agreed", _("调解成功率"), (agreed,), (ended,),
        _("这段时间签了协议的 ÷ 这段时间调解有结果的（签了协议或未达成）。"),
    ),
    Indicator(
        "kept", _("协议履行率"), (kept,), (agreed,), _("已全部履行的 ÷ 这段时间签了协议的。"),
    ),
    Indicator(
        "in_time", _("按期调解率"), (in_time,), (due,),
        _("到期前调解有结果的 ÷ 这段时间调解到期的；撤回和不予受理的不算。"),
    ),
)  # fmt: skip
BY_CODE = {each.code: each for each in INDICATORS}
