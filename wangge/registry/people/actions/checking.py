"""The sweep behind the worklist: everybody once, then whoever was touched."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from ..models import Person
from ..queries.touched import people_touched_since
from .discrepancies import check_people

SINCE, CURSOR, BEGUN = (f"people.discrepancies.{name}" for name in ("since", "cursor", "begun"))
SLICE = 20_000  # people of the first pass in one run, so that reactions do not wait for it
OVERLAP = timedelta(minutes=2)  # a transaction that began before the last look may end after it


def check_touched() -> int:
    """Sweep: check whoever was touched since the last run; until everybody was looked at once, the next
    twenty thousand. When the mark in the cache is lost it begins anew, and finds the same.

    Returns:
        How many people were looked at.
    """
    since, now = cache.get(SINCE), timezone.now()
    if since is None:
        return _first_pass()
    people = people_touched_since(since - OVERLAP)
    check_people(people)
    cache.set(SINCE, now, None)
    return len(people)


def _first_pass() -> int:
    after = cache.get(CURSOR, 0)
    if not after:
        cache.set(BEGUN, timezone.now(), None)
    rows = Person._base_manager.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    people = list(rows[:SLICE])
    check_people(people)
    if len(people) < SLICE:
        cache.set(SINCE, cache.get(BEGUN) or timezone.now() - OVERLAP, None)
        cache.delete(CURSOR)
    else:
        cache.set(CURSOR, people[-1], None)
    return len(people)
