"""Which areas a phone may hold, and where its owner might work when something was recorded."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from wangge.foundation.access.enums import MAY
from wangge.foundation.access.models import Grant, User
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area, AreaChange, valid_on
from wangge.lib.scoping import EVERYWHERE, NOWHERE, Reach, prefix_filter, prefix_of, within
from wangge.registry.people.models import BuildingGrid

WORK = "duty.do"
WIDEST = 12  # digits: a phone holds grids or a community, never a town
GRACE = timedelta(days=14)  # how long after the last grant ended a phone may still send what was recorded


def _prefixes(user: User, first: date, last: date) -> set[str]:
    """Where the user might work on some day of the span, both days included."""
    held = Grant.objects.filter(Q(valid_to=None) | Q(valid_to__gt=first), user=user, valid_from__lte=last)
    return {prefix_of(grant.area_code) for grant in held if WORK in MAY[grant.role]}


def _reach(prefixes: set[str]) -> Reach:
    return Reach(tuple(sorted(prefixes))) if prefixes else NOWHERE


def may_still_send(user: User) -> bool:
    """Whether the user works here now or did lately, so that nothing recorded then is lost."""
    today = timezone.localdate()
    return user.is_active and bool(_prefixes(user, today - GRACE, today))


def areas_of(user: User) -> dict[str, Area]:
    """Grids in force today that the user's phone may hold, by code; for whoever works in a whole community
    its own code too, for what stands in no grid yet. Wider work is not for a phone."""
    today = timezone.localdate()
    prefixes = {prefix for prefix in _prefixes(user, today, today) if len(prefix) >= WIDEST}
    if not prefixes:
        return {}
    inside = Q()
    for prefix in prefixes:
        inside |= prefix_filter("code", prefix)
    with within(EVERYWHERE):
        rows = Area.objects.filter(inside, valid_on(today), level__in=[Level.COMMUNITY, Level.GRID])
        return {row.code: row for row in rows.order_by("code")}


def reach_then(user: User, day: date) -> Reach:
    """Where the user may write what was recorded on ``day``: where the work was allowed on that day, where it
    is allowed today, and where the homes of those areas stand now if borders moved since."""
    today = timezone.localdate()
    then = _prefixes(user, day, day)
    moved = _taken_over(then, day, today) | _reassigned(then, day) if day <= today else set()
    return _reach(then | moved | _prefixes(user, today, today))


def worked(user: User, day: date) -> bool:
    """Whether the user might work anywhere on that day."""
    return bool(_prefixes(user, day, day))


def _taken_over(prefixes: set[str], day: date, today: date) -> set[str]:
    """Codes that took over ground of these areas since, by split, merge or moved border."""
    with within(EVERYWHERE):
        rows = AreaChange.objects.filter(on__gte=day, on__lte=today, withdrawn_at=None).order_by("on", "id")
        changes = list(rows.values_list("from_codes", "to_codes"))
    found: set[str] = set()
    for before, after in changes:
        if any(code.startswith(tuple(prefixes | found)) for code in before):
            found.update(after)
    return found


def _reassigned(prefixes: set[str], day: date) -> set[str]:
    """Where buildings of these grids stand that somebody put into another grid since."""
    with within(EVERYWHERE):
        left = BuildingGrid.objects.filter(
            area_code__in=[prefix for prefix in prefixes if len(prefix) > WIDEST], valid_to__gt=day
        )
        return set(left.order_by().values_list("building__area_code", flat=True).distinct())
