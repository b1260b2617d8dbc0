"""Where a case is counted, when its area has meanwhile been divided."""

from __future__ import annotations

from django.utils import timezone

from wangge.foundation.territory import queries as territory
from wangge.lib.scoping import EVERYWHERE, within


def standing(code: str) -> str:
    """The area itself while it stands; the one that took over; else the community; "" for none."""
    today = timezone.localdate()
    with within(EVERYWHERE):
        area = territory.area_by_code(code)
        if area is None:
            return ""
        if area.valid_to is None or area.valid_to > today:
            return code
        later = [heir for heir in territory.successors(code, today) if heir != code]
        return later[0] if len(later) == 1 else code[:12]
