"""Indicators that other systems keep over their own rows, as the board shows them (spec 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from wangge.lib.figures import Indicator, Period, shares_by_area
from wangge.systems.fieldwork.models import CareContact, CarePerson
from wangge.systems.fieldwork.queries.duty_rates import INDICATORS as DUTIES
from wangge.systems.hazards.indicators import INDICATORS as HAZARDS

from ..queries.asked import Asked
from .figure import Figure


def cared_for(period: Period) -> QuerySet[CarePerson]:
    """Who is looked after today."""
    return CarePerson.objects.filter(ends_on=None)


def paired(period: Period) -> QuerySet[CarePerson]:
    """Of those: who has a contact."""
    contacts = CareContact._base_manager.filter(care=OuterRef("pk"), ends_on=None)
    return cared_for(period).filter(Exists(contacts))


PAIRING = Indicator(
    "pairing", _("一对一配对率"), (paired,), (cared_for,),
    _("有联系人的关爱对象 ÷ 关爱对象，按今天的情况。"),
)  # fmt: skip


@dataclass(frozen=True)
class Elsewhere:
    """An indicator with the page of its rows: url name and what the page must be asked with, "" for none."""

    indicator: Indicator
    route: str
    right: str
    by_side: bool = True

    def by_area(self, asked: Asked, digits: int) -> dict[str, Figure]:
        """The figure of each area below, and under "" of all of it."""
        shares = shares_by_area(self.indicator, asked.period, asked.area, digits)
        return {code: Figure(Fraction(s.part), Fraction(s.whole)) for code, s in shares.items()}


def field_rates() -> tuple[Elsewhere, ...]:
    """巡查完成率, 巡查覆盖率, 走访率, 重点人群走访率, 一对一配对率."""
    own = Elsewhere(PAIRING, "visits:pairing", "care.manage", by_side=False)
    return (*(Elsewhere(each, "duties:rates_rows", "duty.view") for each in DUTIES), own)


def hazard_rates() -> tuple[Elsewhere, ...]:
    """隐患整改率, 按期整改率, 重大隐患清零率, 现场整改率."""
    return tuple(Elsewhere(each, "hazards:rates_rows", "case.view") for each in HAZARDS)
