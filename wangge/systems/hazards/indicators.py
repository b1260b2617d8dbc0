"""隐患整改率, 按期整改率, 重大隐患清零率, 现场整改率 (spec 4.2): each is rows ÷ rows."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.models import Case
from wangge.lib.figures import Counted, Indicator

from .enums import SYSTEM, Level
from .queries.hazards import ENDED


def hazards() -> QuerySet[Case]:
    """All hazards; what was none, or is kept under another number, is not one."""
    return Case.objects.filter(system=SYSTEM).exclude(state__in=ENDED)


found = Counted(hazards, "raised_at")
closed = found.but(~Q(closed_at=None))
fixed_on_site = closed.but(handled_at=F("closed_at"))  # one step did both; else a second look closes it
major = found.but(level=Level.MAJOR)
major_closed = major.but(~Q(closed_at=None))
due = Counted(hazards, "close_due", by_now=True)
closed_in_time = due.but(closed_at__lte=F("close_due"))


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
