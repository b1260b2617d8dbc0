"""A hazard gets its number; what was put right on the spot is closed at once (spec 2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, NotNow, Wish, open_case, take_step
from wangge.engines.cases.enums import Source
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused

from ..enums import SYSTEM
from ..queries.about import About
from .major import tell_authority

Place = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Hazard:
    """What was found. ``fixed``: put right on the spot, and ``photos`` show it afterwards."""

    op: UUID
    kind: str
    area: str
    title: str
    source: str = str(Source.WORKER)
    level: str = ""
    words: str = ""
    about: About | None = None
    address: str = ""
    place: Place | None = None
    at: datetime | None = None
    photos: tuple[str, ...] = ()
    fixed: bool = False
    item: str = ""
    standard: str = ""

    def matter(self) -> Matter:
        """As the engine opens it."""
        about, when = self.about, "after" if self.fixed else "before"
        columns = about.columns if about else {}
        known = {"item": self.item, "standard": self.standard}
        return Matter(
            op=self.op, system=SYSTEM, kind=self.kind, area=self.area, title=self.title[:80],
            source=self.source, words=self.words, level=self.level, at=self.at,
            place=self.place or (about.place if about else None),
            address=self.address or (about.address if about else ""),
            photos=tuple((digest, when) for digest in self.photos),
            data={name: value for name, value in known.items() if value}, **columns,
        )  # fmt: skip


def open_hazard(*, actor: Any, hazard: Hazard) -> Case:
    """Open it, and close it when it was put right on the spot by somebody who may; a major one she may not
    close stays open for the street, and its authority hears at once. The same op again is the same case.

    Raises:
        Refused, Unacceptable: what ``open_case`` raises.
    """
    case = open_case(actor=actor, matter=hazard.matter())
    if hazard.fixed and hazard.photos:
        put_right(
            actor=actor, case=case, photos=hazard.photos, words=hazard.words, place=hazard.place, at=hazard.at
        )
    tell_authority(case=case)
    case.refresh_from_db()
    return case


def put_right(
    *, actor: Any, case: Case, photos: tuple[str, ...], words: str = "", place: Place | None = None,
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Close what was put right on the spot, once, with the photos that show it. It stays open where others
    close one of this level, or where somebody has taken it further meanwhile."""
    after = tuple((digest, "after") for digest in photos)
    wish = Wish(
        "fix_now", uuid5(case.op, "fix_now"), words=words or _("现场已改好。"), photos=after, place=place,
        told_at=at,
    )  # fmt: skip
    if case.closed_at is not None:
        return
    try:
        take_step(actor=actor, case=case, wish=wish)
    except (Refused, NotNow):
        return
