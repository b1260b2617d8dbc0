"""Where an address lies: the community it names, by the district's own tree of names."""

from __future__ import annotations

import time

from django.conf import settings
from django.utils import timezone

from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.models import Area, valid_on
from wangge.lib.addresses import Gazetteer

FRESH = 300.0  # seconds; names of communities change on a day, not in a minute
_kept: tuple[float, Gazetteer] | None = None


def gazetteer() -> Gazetteer:
    """The towns and communities of the district, read again after some minutes."""
    global _kept
    if settings.TEST or _kept is None or time.monotonic() - _kept[0] > FRESH:
        named = Area._base_manager.filter(
            valid_on(timezone.localdate()), level__in=[Level.TOWN, Level.COMMUNITY]
        )
        _kept = time.monotonic(), Gazetteer(list(named.values_list("name", "code")))
    return _kept[1]


def community_of(address: str) -> str:
    """The code of the community an address names, "" when none or several fit."""
    return gazetteer().find(address) if address else ""


def own_queue() -> str:
    """Where a declaration waits that names no place: the district."""
    return f"{settings.DISTRICT}000000"
