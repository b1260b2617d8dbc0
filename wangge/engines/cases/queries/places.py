"""Where a case is counted, when its area has meanwhile been divided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within


def standing(code: str) -> str:
    """The area itself while it stands; the one that took over; else the community; "" for none."""
    return all_standing([code]).get(code, "")


def all_standing(codes: Iterable[str]) -> dict[str, str]:
    """The same of each; what never was is left out. One query while none has ended."""
    today = timezone.localdate()
    with within(EVERYWHERE):
        ends = dict(Area.objects.filter(code__in=set(codes)).values_list("code", "valid_to"))
        return {
            code: code if end is None or end > today else _heir(code, today) for code, end in ends.items()
        }


def _heir(code: str, today: date) -> str:
    later = [heir for heir in territory.successors(code, today) if heir != code]
    return later[0] if len(later) == 1 else code[:12]
