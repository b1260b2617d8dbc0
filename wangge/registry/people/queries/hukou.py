"""Whose hukou lies elsewhere: one rule for ledgers, figures and clocks (spec 2.5)."""

from __future__ import annotations

from django.db.models import Q


def from_elsewhere(own: str, at: str = "person__") -> Q:
    """Hukou is known and not within ``own``; of "440000" (the province, no more known) nobody can say.

    Args:
        own: the first digits of the region code that is not elsewhere: 4 a city, 6 a district.
        at: the way from the rows to the person, "" for persons themselves.
    """
    coarse = {own[:known].ljust(length, "0") for known in (2, 4) if known < len(own) for length in (6, 12)}
    region = f"{at}hukou_region"
    unknown = Q(**{f"{region}__in": ["", *sorted(coarse)]})
    return ~unknown & ~Q(**{f"{region}__gte": own, f"{region}__lt": own + ":"})
