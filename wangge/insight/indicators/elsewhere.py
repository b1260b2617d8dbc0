"""Indicators that other systems keep over their own rows, as the board shows them (spec 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.models import Case
from wangge.lib.figures import Indicator, Period, Share
from wangge.systems.disputes.indicators import BY_CODE as DISPUTES
from wangge.systems.fieldwork.models import CareContact, CarePerson
from wangge.systems.fieldwork.queries.duty_rates import INDICATORS as DUTIES
from wangge.systems.whistles.indicators import BY_CODE as WHISTLES

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
    _("有联系人的关爱对象 ÷ 关爱对象，按今天的情况。"), monthly=False,
)  # fmt: skip


@dataclass(frozen=True)
class Elsewhere:
    """An indicator of another system. Rows that are cases are opened by the board itself; others by the page
    ``route``, asked for with code and side (not ``by_side``: with neither), by holders of ``right``."""

    indicator: Indicator
    group: str
    route: str = ""
    right: str = ""
    by_side: bool = True

    @property
    def code(self) -> str:
        """Its code among those of all groups."""
        return f"{self.group}-{self.indicator.code}"

    @property
    def name(self) -> str | Promise:
        """As the system calls it."""
        return self.indicator.name

    @property
    def meaning(self) -> str | Promise:
        """What is divided by what."""
        return self.indicator.meaning

    @property
    def of_cases(self) -> bool:
        """Whether its rows are cases."""
        some = Period(date(2000, 1, 1), date(2000, 1, 1))
        return all(
            len(side) == 1 and side[0](some).model is Case
            for side in (self.indicator.part, self.indicator.whole)
        )

    def rows(self, side: str, asked: Asked) -> QuerySet[Case]:
        """The cases of one side."""
        found: QuerySet[Case] = getattr(self.indicator, side)[0](asked.period)
        return found.filter(asked.matters)


def figures_of(shares: Mapping[Any, Share]) -> dict[Any, Figure]:
    """As the board shows them, by area or month."""
    return {key: Figure(Fraction(share.part), Fraction(share.whole)) for key, share in shares.items()}


def field_rates() -> tuple[Elsewhere, ...]:
    """巡查完成率, 巡查覆盖率, 走访率, 重点人群走访率, 一对一配对率."""
    own = Elsewhere(PAIRING, "field", "visits:pairing", "care.manage", by_side=False)
    return (*(Elsewhere(each, "field", "duties:rates_rows", "duty.view") for each in DUTIES), own)


def call_rates() -> tuple[Elsewhere, ...]:
    """部门按时签收率, 按时联系率, 按时报到率; calls are opened on the page of departments."""
    told = (WHISTLES[code] for code in ("signed", "contacted", "arrived"))
    return tuple(
        Elsewhere(each, "whistles", "whistles:departments", "area.view", by_side=False) for each in told
    )


def agreement_rates() -> tuple[Elsewhere, ...]:
    """调解成功率, 协议履行率."""
    return tuple(Elsewhere(DISPUTES[code], "disputes") for code in ("agreed", "kept"))
