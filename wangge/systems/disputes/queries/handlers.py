"""Who handles a dispute, and who could."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.models import Case
from wangge.foundation.access.enums import Role
from wangge.foundation.access.models import Grant, User
from wangge.lib.scoping import prefix_of

from ..models import Handler

OFFICES = (Role.GRID_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER)


def active(case: Case) -> QuerySet[Handler]:
    """Who handles it now."""
    return Handler._base_manager.filter(case=case, until=None)


def handlers_of(case: Case) -> list[Handler]:
    """Who handles it now, by when they began."""
    return list(active(case).select_related("user").order_by("since", "pk"))


def cases_of(user: Any) -> QuerySet[Handler]:
    """Keys of the disputes somebody handles."""
    return Handler._base_manager.filter(user=user, until=None)


def able(case: Case) -> list[User]:
    """Who may be named for it: those in an office whose area holds it, by name."""
    today, code = timezone.localdate(), prefix_of(case.area_code)
    tops = {code[:digits] for digits in (9, 12, 15)}
    whole = {top.ljust(12, "0") if len(top) < 12 else top for top in tops}
    held = Grant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=today), valid_from__lte=today, role__in=OFFICES,
        area_code__in=whole, user__is_active=True,
    )  # fmt: skip
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "username")[:300])
