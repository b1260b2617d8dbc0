"""调解成功率, 协议履行率, 按期调解率 (spec 4.2): each is disputes ÷ disputes."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.models import Case, Step
from wangge.lib.figures import Indicator, Period

from .enums import SYSTEM
from .models import Agreement


def _signed(period: Period) -> QuerySet[Agreement]:
    rows = Agreement._base_manager.filter(case=OuterRef("pk"), supplement_to=None)
    return rows.filter(signed_on__gte=period.since, signed_on__lte=period.until)


def _failed(period: Period) -> QuerySet[Step]:
    return Step.objects.filter(period.during("at"), case=OuterRef("pk"), key="fail")


def agreed(period: Period) -> QuerySet[Case]:
    """Disputes with an agreement signed in the period."""
    return Case.objects.filter(Exists(_signed(period)), system=SYSTEM)


def ended(period: Period) -> QuerySet[Case]:
    """Those, and those in which mediation failed in the period."""
    return Case.objects.filter(Exists(_signed(period)) | Exists(_failed(period)), system=SYSTEM)


def kept(period: Period) -> QuerySet[Case]:
    """Of those with an agreement of the period: it is fulfilled by now."""
    return Case.objects.filter(Exists(_signed(period).filter(kept=True)), system=SYSTEM)


def due(period: Period) -> QuerySet[Case]:
    """Disputes whose time for mediation ran out in the period, and by now."""
    rows = Case.objects.filter(period.during("handle_due"), system=SYSTEM, handle_due__lte=timezone.now())
    return rows.exclude(state__in=("refused", "withdrawn"))


def in_time(period: Period) -> QuerySet[Case]:
    """Of those: mediation ended, agreed on or not, by then."""
    return due(period).filter(handled_at__lte=F("handle_due"))


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
