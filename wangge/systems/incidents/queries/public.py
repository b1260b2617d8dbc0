"""The public map: kind and state of cases, at rounded places, where the district allows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from wangge.engines.cases.kinds import kind_name
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries import procedure_of
from wangge.foundation.territory.queries import setting
from wangge.lib.scoping import EVERYWHERE, within

from ..kinds import NOT_ON_A_MAP, SYSTEMS

QUIET = timedelta(days=3)  # an open case is shown no earlier: by then nobody stands beside it
SHOWN = timedelta(days=90)
DIGITS = 3  # after the point of degrees: about a hundred metres
MOST = 2_000


@dataclass(frozen=True)
class Shown:
    """A case as everybody may see it: no number, no words, no exact place, no day."""

    lon: float
    lat: float
    kind: str
    state: str
    over: bool


def allowed() -> bool:
    """Whether the district shows the map: the setting ``incidents.public_map``, off unless it says so."""
    return setting("incidents.public_map", False) is True


def shown() -> list[Shown]:
    """The newest cases with a place that are closed or three days old; never those about persons."""
    with within(EVERYWHERE):
        return [_shown(case) for case in shown_rows().order_by("-raised_at")[:MOST]]


def shown_rows() -> QuerySet[Case]:
    """The rows of these, in reach."""
    now = timezone.now()
    rows = Case.objects.filter(system__in=SYSTEMS, raised_at__gte=now - SHOWN, lon__isnull=False)
    rows = rows.filter(Q(closed_at__isnull=False) | Q(raised_at__lte=now - QUIET), merged_into=None)
    return rows.exclude(kind__in=NOT_ON_A_MAP).exclude(filed=False)


def _shown(case: Case) -> Shown:
    state = procedure_of(case).state(case.state)
    lon, lat = round(case.lon or 0.0, DIGITS), round(case.lat or 0.0, DIGITS)
    return Shown(lon, lat, kind_name(case), state.label, state.end)
