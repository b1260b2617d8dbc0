"""The figures of reporting-in that a district centre watches (spec 4.1), as ``lib.figures`` has them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wangge.lib.figures import Indicator, Period
from wangge.registry.people.models import Tie

from ..enums import ARRIVALS, ReportedBy, State, Verb
from ..models import Decision, Declaration
from . import indicators_register as register
from .worklist import came_between


def reported(period: Period) -> QuerySet[Declaration]:
    """Declarations that came in the period and still stand: what the person took back was not reported."""
    came = Declaration.objects.filter(came_between(period.since, period.until))
    return came.exclude(state=State.WITHDRAWN)


def verified(period: Period) -> QuerySet[Declaration]:
    """Of those: verified, also when the stay is over by now. One corrected since waits again and does not
    count."""
    said_so = Decision._base_manager.filter(declaration=OuterRef("pk"), verb=Verb.VERIFY, undone_at=None)
    over = Q(Exists(said_so), state__in=[State.ENDED, State.ARCHIVED])
    return reported(period).filter(Q(state=State.VERIFIED) | over)


def verified_in_time(period: Period) -> QuerySet[Declaration]:
    """Of those: verified within the limit of the profile in force when it came (spec: ≤ 12 h)."""
    return verified(period).filter(on_time=True)


def declared_arrivals(period: Period) -> QuerySet[Declaration]:
    """Everybody who arrived by a declaration of the period, counted once where the person is known."""
    came = reported(period).filter(kind__in=ARRIVALS)
    later = came.filter(pk__gt=OuterRef("pk"), person=OuterRef("person"))
    return came.exclude(Exists(later), person__isnull=False)


def self_reported(period: Period) -> QuerySet[Declaration]:
    """Of those: declared by the person herself."""
    return declared_arrivals(period).filter(reported_by=ReportedBy.SELF)


def other_arrivals(period: Period) -> QuerySet[Tie]:
    """Who arrived from elsewhere and was found by others: the register knows, no declaration says so."""
    said = reported(period).filter(kind__in=ARRIVALS, person=OuterRef("person"))
    return register.new_arrivals(period.since, period.until).exclude(Exists(said))


def registered_in_time(period: Period) -> QuerySet[Tie]:
    """Floating arrivals that stood in the register within three working days."""
    return register.registered_in_time(period.since, period.until)


def arrivals(period: Period) -> QuerySet[Tie]:
    """Floating people whose home here began in the period."""
    return register.new_arrivals(period.since, period.until)


def closed_in_time(period: Period) -> QuerySet[Tie]:
    """Floating people who left and were closed within seven days."""
    return register.closed_in_time(period.since, period.until)


def left(period: Period) -> QuerySet[Tie]:
    """Floating people who left in the period."""
    return register.left(period.since, period.until)


INDICATORS = (
    Indicator(
        "verified",
        _("报备核实率"),
        (verified,),
        (reported,),
        _("已核实的 ÷ 报备的（本人撤回的不算）。"),
    ),
    Indicator(
        "in_time",
        _("及时率"),
        (verified_in_time,),
        (reported,),
        _("在时限内核实的 ÷ 报备的；时限按报备当天有效的规定，从收到报备算起。"),
    ),
    Indicator(
        "by_self",
        _("主动报备率"),
        (self_reported,),
        (declared_arrivals, other_arrivals),
        _("本人报的 ÷ 知道的全部来人：报备的（一人只算一次）加上登记册里新住进来、没有报备的外地户籍人员。"),
        monthly=False,  # the register is searched anew for each month
    ),
    Indicator(
        "registered",
        _("登记率"),
        (registered_in_time,),
        (arrivals,),
        _("到达后 3 个工作日内登记的流动人口 ÷ 新到的流动人口。"),
        monthly=False,  # the register is searched anew for each month
    ),
    Indicator(
        "closed",
        _("注销率"),
        (closed_in_time,),
        (left,),
        _("离开后 7 天内注销的流动人口 ÷ 离开的流动人口。"),
        monthly=False,  # the register is searched anew for each month
    ),
)
BY_CODE = {each.code: each for each in INDICATORS}
