"""Which area a page is asked for, and the addresses that go on from it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from wangge.foundation.access.queries import may
from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import current_reach

from ..forms.asking import Asking
from ..indicators.elsewhere import Elsewhere
from ..indicators.sides import Rate
from ..queries.areas import Below


def area_of(request: HttpRequest) -> str:
    """The area asked for, "" for all of the reach.

    Raises:
        Http404: it lies outside, or there is none.
    """
    area = request.GET.get("area", "")
    if not area:
        return ""
    right = area.isascii() and area.isdecimal() and len(area) in (12, 15)
    if not right or not current_reach().covers(area) or not territory.names_of([area]):
        raise Http404
    return area


def path_to(area: str) -> list[tuple[str, str]]:
    """The areas above and the area itself, as far as the reader reaches: (code, name)."""
    codes = [code for code in territory.path_of(area) if current_reach().covers(code)] if area else []
    names = territory.names_of(codes)
    return [(code, territory.short_name(names.get(code, code))) for code in codes]


def address(route: str, **told: str) -> str:
    """An address with what it is asked, empty things left out; "" where there is no such page."""
    try:
        asked = urlencode({name: value for name, value in told.items() if value})
        return reverse(route) + (f"?{asked}" if asked else "")
    except NoReverseMatch:
        return ""


class Opening:
    """Where the numbers of a page lead: to their rows, for whoever may see rows."""

    def __init__(self, request: HttpRequest, asking: Asking) -> None:
        self.user, self.asking = request.user, asking
        self._begun: dict[tuple[str, str], str] = {}

    def rows(self, of: Rate | Elsewhere, side: str, area: str, only: bool = False) -> str:
        """The address of the rows; "" for who may not see them."""
        if (of.code, side) not in self._begun:
            self._begun[of.code, side] = self._begin(of, side)
        begun = self._begun[of.code, side]
        if not begun or not area:
            return begun
        if only:
            return f"{begun}&area={area}&only=1" if _is_ours(of) else ""
        return f"{begun}&area={area}"

    def _begin(self, of: Rate | Elsewhere, side: str) -> str:
        """The address without an area."""
        days = {name: self.asking.days[name] for name in ("since", "until")}
        if _is_ours(of):
            told = self.asking.days if isinstance(of, Rate) else days
            allowed = may(self.user, "case.view")
            return f"{reverse('insight:rows', args=[of.code, side])}?{urlencode(told)}" if allowed else ""
        if not isinstance(of, Elsewhere) or not of.route or not may(self.user, of.right):
            return ""
        try:
            page = reverse(of.route, args=[of.indicator.code, side] if of.by_side else [])
        except NoReverseMatch:
            return ""
        return f"{page}?{urlencode(days)}"

    def below(self, area: Below, group: str) -> str:
        """The board of an area below; "" where nothing lies below it."""
        return (
            address("insight:board", group=group, area=area.code, **self.asking.asked) if area.opens else ""
        )


def _is_ours(of: Rate | Elsewhere) -> bool:
    """Whether the board itself opens the rows."""
    return isinstance(of, Rate) or of.of_cases
