"""A hazard gets its number; what was put right on the spot is closed at once (spec 2.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, Wish, open_case, take_step
from wangge.engines.cases.enums import Source
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused

from ..enums import SYSTEM
from ..queries.about import About
from .major import tell_authority


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
    place: tuple[float, float] | None = None
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
        _fix(actor, case, hazard)
    tell_authority(case=case)
    case.refresh_from_db()
    return case


def _fix(actor: Any, case: Case, hazard: Hazard) -> None:
    after = tuple((digest, "after") for digest in hazard.photos)
    words = hazard.words or _("现场已改好。")
    wish = Wish(
        "fix_now", uuid5(hazard.op, "fix_now"), words=words, photos=after, place=hazard.place,
        told_at=hazard.at,
    )  # fmt: skip
    if case.closed_at is not None:
        return
    try:
        take_step(actor=actor, case=case, wish=wish)
    except Refused:  # of this level, or in this office, others close it
        return
