"""Who may ask, who may agree, who may compare."""

from __future__ import annotations

from typing import Any

from wangge.foundation.access.queries import may, reach_for
from wangge.lib.scoping import prefix_of

from .models import ShareRequest

ASKS, AGREES, SEES = "ledger.import", "ledger.export_unmasked", "ledger.view"
DISTRICT = 6  # digits: nobody stands above


def may_ask(actor: Any, area_code: str) -> bool:
    """Whether she may ask for this area, and compare what was agreed to there."""
    return isinstance(actor, str) or may(actor, ASKS, area_code)


def asks_from(actor: Any, area_code: str) -> str:
    """The prefix of the widest area in which she may ask, of those around ``area_code``."""
    area = prefix_of(area_code)
    if isinstance(actor, str):
        return area
    return min((each for each in reach_for(actor, ASKS).prefixes if area.startswith(each)), key=len)


def may_agree(actor: Any, share: ShareRequest) -> bool:
    """Whoever may export in clear in a wider area than the asker's, the street or the district; a request of
    the district's own, a second hand of the district. Never who asked."""
    if isinstance(actor, str):
        return actor != share.asked_by
    if actor.get_username() == share.asked_by:
        return False
    area, below = prefix_of(share.area_code), len(share.asked_from)
    around = [each for each in reach_for(actor, AGREES).prefixes if area.startswith(each)]
    return any(len(each) < below or below <= DISTRICT for each in around)


def may_close(actor: Any, share: ShareRequest) -> bool:
    """Who may ask there, or agree to it, may end it before its day."""
    return may_ask(actor, share.area_code) or may_agree(actor, share)
