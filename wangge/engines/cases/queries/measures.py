"""The measures of kept counts as queries over rows: what ``tallies.counted`` counts, opened (spec 4.2)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from wangge.lib.figures import Period

from ..enums import MAJOR, NO_MATTER
from ..models import Case
from .tallies import OWN

_SEVERAL = Q()


@dataclass(frozen=True)
class Measure:
    """Rows that count on the day of ``day``; each once, or as often as its column ``times`` says."""

    day: str
    where: Q = _SEVERAL
    times: str = ""

    def q(self, period: Period) -> Q:
        """The rows that count in a period."""
        often = Q(**{f"{self.times}__gt": 0}) if self.times else Q()
        return period.during(self.day) & self.where & often


_VALID = Q(merged_into=None) & ~Q(state__in=NO_MATTER)
_STANDS = _VALID & (Q(filed=None) | Q(filed=True))
_ENDED = Q(closed_at__isnull=False) | Q(rating__isnull=False)


def _raised(where: Q = _SEVERAL, times: str = "") -> Measure:
    return Measure("raised_at", where, times)


MEASURES: dict[str, Measure] = {
    "received": _raised(),
    "own": _raised(Q(source__in=[str(source) for source in OWN])),
    "merged": _raised(Q(merged_into__isnull=False)),
    "valid": _raised(_VALID),
    "valid_filed": _raised(_VALID & Q(filed=True)),
    "ended": _raised(_VALID & _ENDED),
    "at_once": _raised(_VALID & Q(closed_at__isnull=False, handled_at=F("closed_at"))),
    "major": _raised(_VALID & Q(level=MAJOR)),
    "major_ended": _raised(_VALID & Q(level=MAJOR) & _ENDED),
    "delayed": _raised(_VALID & Q(extended__gt=0)),
    "shelved": _raised(_VALID & Q(hung__gt=0)),
    "sent_up": _raised(_VALID & Q(dispatched__gt=0)),
    "filed": Measure("filed_at", Q(filed=True)),
    "not_filed": Measure("filed_at", Q(filed=False)),
    "due": Measure("close_due", _STANDS),
    "closed": Measure("close_due", _STANDS & Q(closed_at__isnull=False)),
    "in_time": Measure("close_due", _STANDS & Q(closed_at__lte=F("close_due"))),
    "handle_due": Measure("handle_due", _STANDS),
    "handled": Measure("handle_due", _STANDS & Q(handled_at__isnull=False)),
    "handled_in_time": Measure("handle_due", _STANDS & Q(handled_at__lte=F("handle_due"))),
    "verify_due": Measure("verify_due", _STANDS),
    "verified_in_time": Measure("verify_due", _STANDS & Q(verified_at__lte=F("verify_due"))),
    "closed_then": Measure("closed_at", Q(merged_into=None)),
    "rated": _raised(Q(rating__isnull=False)),
    "content": _raised(Q(rating=3)),
    "rather_content": _raised(Q(rating=2)),
    "score": _raised(times="rating"),
    "asked_solved": _raised(Q(solved__isnull=False)),
    "solved": _raised(Q(solved=True)),
} | {
    name: _raised(times=name)
    for name in ("dispatched", "reassigned", "verified", "reworked", "extended", "hung", "reopened")
}


def number_of(measure: str, period: Period, rows: QuerySet[Case]) -> int:
    """How many the rows count for in a period; the same as the kept counts say."""
    asked = MEASURES[measure]
    what = Sum(asked.times) if asked.times else Count("pk")
    return rows.filter(asked.q(period)).aggregate(n=what)["n"] or 0
