"""Open cases that may be the same matter: near in place, time and words. Shown before a number is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians

from django.utils import timezone

from wangge.lib.scoping import prefix_of

from ..models import Case

NEAR_M = 300.0
DAYS = 14
LOOKED_AT = 300
LEAST = 0.35
METRES = 111_320.0  # of one degree of latitude


@dataclass(frozen=True)
class Likeness:
    """A case, how alike it is (0 to 1), and metres between; None where one has no place."""

    case: Case
    score: float
    metres: float | None


def similar(
    *,
    area: str,
    kind: str,
    words: str,
    place: tuple[float, float] | None = None,
    system: str = "",
    most: int = 5,
) -> list[Likeness]:
    """The open cases of the community, of the last fourteen days, that are most like this one.

    Args:
        words: title and description together. place: longitude and latitude.
    """
    since = timezone.now() - timedelta(days=DAYS)
    rows = Case.objects.filter(closed_at=None, raised_at__gte=since)
    rows = rows.filter(area_code__startswith=prefix_of(area)[:12])
    rows = rows.filter(system=system) if system else rows
    own, found = pairs_of(words), []
    for case in rows.order_by("-raised_at")[:LOOKED_AT]:
        metres = metres_between(place, (case.lon, case.lat))
        score = _score(own, pairs_of(case.title + case.words), metres, case.kind == kind)
        if score >= LEAST:
            found.append(Likeness(case, score, metres))
    return sorted(found, key=lambda like: -like.score)[:most]


def pairs_of(words: str) -> set[str]:
    """The pairs of neighbouring characters; Chinese has no blanks between words."""
    text = "".join(letter for letter in words.lower() if letter.isalnum())
    return {text[at : at + 2] for at in range(len(text) - 1)}


def metres_between(
    one: tuple[float | None, float | None] | None, other: tuple[float | None, float | None]
) -> float | None:
    """Flat-earth metres, good for a few kilometres; None where a place is missing."""
    if one is None or None in one or None in other:
        return None
    (x1, y1), (x2, y2) = one, other
    east = (x2 - x1) * METRES * cos(radians(y1))  # type: ignore[operator,arg-type]
    north = (y2 - y1) * METRES  # type: ignore[operator]
    return float((east * east + north * north) ** 0.5)


def _score(own: set[str], other: set[str], metres: float | None, same_kind: bool) -> float:
    """Words count half, nearness three tenths, the kind two tenths; far apart is another matter."""
    if metres is not None and metres > NEAR_M:
        return 0.0
    alike = len(own & other) / len(own | other) if own and other else 0.0
    near = 0.0 if metres is None else 1 - metres / NEAR_M
    return 0.5 * alike + 0.3 * near + 0.2 * same_kind
