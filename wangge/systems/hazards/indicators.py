"""隐患整改率, 按期整改率, 重大隐患清零率, 现场整改率 (spec 4.2): each is rows ÷ rows."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.models import Case, Step
from wangge.lib.figures import Indicator, Period

from .enums import SYSTEM, Level
from .queries.hazards import ENDED


def found(period: Period) -> QuerySet[Case]:
    """Hazards found in the period; what was none, or is kept under another number, is not one."""
    rows = Case.objects.filter(period.during("raised_at"), system=SYSTEM)
    return rows.exclude(state__in=ENDED)


def closed(period: Period) -> QuerySet[Case]:
    """Of those: closed."""
    return found(period).exclude(closed_at=None)


def fixed_on_site(period: Period) -> QuerySet[Case]:
    """Of those: put right on the spot."""
    return closed(period).filter(Exists(Step.objects.filter(case=OuterRef("pk"), key="fix_now")))


def due(period: Period) -> QuerySet[Case]:
    """Hazards whose time ran out in the period, and by now."""
    rows = Case.objects.filter(period.during("close_due"), system=SYSTEM, close_due__lte=timezone.now())
    return rows.exclude(state__in=ENDED)


def closed_in_time(period: Period) -> QuerySet[Case]:
    """Of those: closed by then."""
    return due(period).filter(closed_at__lte=F("close_due"))


def major(period: Period) -> QuerySet[Case]:
    """Major hazards found in the period."""
    return found(period).filter(level=Level.MAJOR)


def major_closed(period: Period) -> QuerySet[Case]:
    """Of those: closed."""
    return major(period).exclude(closed_at=None)


INDICATORS = (
    Indicator(
        "fixed", _("隐患整改率"), (closed,), (found,),
        _("这段时间发现的隐患里已销号的 ÷ 发现的。作废和并案的不算。"),
    ),
    Indicator(
        "in_time", _("按期整改率"), (closed_in_time,), (due,), _("到期前销号的 ÷ 这段时间到期的。"),
    ),
    Indicator(
        "major", _("重大隐患清零率"), (major_closed,), (major,),
        _("已销号的重大隐患 ÷ 这段时间发现的重大隐患。"),
    ),
    Indicator(
        "on_site", _("现场整改率"), (fixed_on_site,), (found,),
        _("现场改好、拍照销号的 ÷ 这段时间发现的。"),
    ),
)  # fmt: skip
BY_CODE = {each.code: each for each in INDICATORS}
