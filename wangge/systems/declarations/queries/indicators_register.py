"""Arrivals and departures of floating people, as the register knows them (spec 2.3, 3.7, 4.1).

Floating (Guangdong): the hukou lies in another prefecture-level city or province, and the person lives here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from wangge.foundation.territory.queries.settings import workdays_after
from wangge.registry.people.enums import PersonStatus, TieKind
from wangge.registry.people.models import Departure, Tie
from wangge.registry.people.queries import from_elsewhere

from .profile import profiles_on

CLOSE_DAYS = 7  # spec 4.1: left persons closed ≤ 7 d


def homes() -> QuerySet[Tie]:
    """Homes of floating people that are believed now."""
    return Tie.objects.filter(from_elsewhere(str(settings.DISTRICT)[:4]), kind=TieKind.LIVES, known_to=None)


def new_arrivals(since: date, until: date) -> QuerySet[Tie]:
    """The first home here of floating people, begun in these days; moving on inside the district is none."""
    earlier = Tie._base_manager.filter(
        Q(valid_from__lt=OuterRef("valid_from")) | Q(valid_from=None),
        kind=TieKind.LIVES, known_to=None, person=OuterRef("person"),
    )  # fmt: skip
    return homes().filter(valid_from__gte=since, valid_from__lte=until).exclude(Exists(earlier))


def registered_in_time(since: date, until: date) -> QuerySet[Tie]:
    """Those whose arrival the register learned within the legal working days; a later correction of the same
    home does not make it late."""
    arrived = new_arrivals(since, until)
    dates = arrived.order_by().values_list("valid_from", flat=True).distinct()
    limits = {
        day: held.register_workdays for day, held in profiles_on(each for each in dates if each).items()
    }
    in_time = Q(pk__in=[])
    for day, due in sorted(workdays_after(limits).items()):
        in_time |= Q(valid_from=day, known_from__lt=_after(due))
    told = Tie._base_manager.filter(
        in_time, kind=TieKind.LIVES, person=OuterRef("person"), valid_from=OuterRef("valid_from")
    )
    return arrived.filter(Exists(told))


def left(since: date, until: date) -> QuerySet[Tie]:
    """The home that floating people gave up when they left, in these days."""
    gone = Departure._base_manager.filter(
        person=OuterRef("person"), valid_from=OuterRef("valid_to"), known_to=None, status=PersonStatus.LEFT
    )
    return homes().filter(Exists(gone), valid_to__gte=since, valid_to__lte=until)


def closed_in_time(since: date, until: date) -> QuerySet[Tie]:
    """Those whose leaving the register learned within seven days."""
    told = Tie._base_manager.filter(
        kind=TieKind.LIVES, person=OuterRef("person"), valid_to=OuterRef("valid_to"),
        known_from__lt=F("valid_to") + timedelta(days=CLOSE_DAYS + 1),
    )  # fmt: skip
    return left(since, until).filter(Exists(told))


def _after(day: date) -> datetime:
    """The first moment after a day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
