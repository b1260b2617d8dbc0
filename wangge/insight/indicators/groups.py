"""The groups of indicators; a tab of the board each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.kinds import systems

from .elsewhere import Elsewhere, field_rates, hazard_rates
from .matters import WHISTLES, matter_rates, request_rates, whistle_rates
from .sides import Rate


@dataclass(frozen=True)
class Group:
    """``rates`` are over kept counts of matters, ``elsewhere`` over another system's rows; a group has one
    of both. ``needs``: systems without which nothing is to be shown."""

    key: str
    name: str | Promise
    rates: Callable[[], tuple[Rate, ...]] = tuple
    elsewhere: Callable[[], tuple[Elsewhere, ...]] = tuple
    needs: frozenset[str] = frozenset()

    @property
    def of_matters(self) -> bool:
        """Whether it can be asked for one system or kind."""
        return not self.elsewhere()


# A system with indicators of its own adds a line here.
GROUPS = (
    Group("matters", _("事项办理"), rates=matter_rates),
    Group("requests", _("诉求和满意度"), rates=request_rates),
    Group("hazards", _("隐患"), elsewhere=hazard_rates),
    Group("field", _("巡查走访"), elsewhere=field_rates),
    Group("whistles", _("吹哨报到"), rates=whistle_rates, needs=WHISTLES),
)


def groups() -> list[Group]:
    """Those of the systems that are there."""
    there = {each.key for each in systems()}
    return [group for group in GROUPS if not group.needs or group.needs & there]


def rate_by_code(code: str) -> Rate | None:
    """An indicator over matters, by its code."""
    known = (rate for group in groups() for rate in group.rates())
    return next((rate for rate in known if rate.code == code), None)
