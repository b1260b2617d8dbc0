"""What others found on their way becomes a hazard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.engines.cases.enums import Source
from wangge.engines.cases.models import Case
from wangge.registry.people.enums import RoomState
from wangge.registry.people.models import Organisation, Room

from ..enums import Kind
from ..queries.about import About
from .opening import Hazard, open_hazard

GAS_WORDS = ("燃气", "煤气", "气瓶", "灶", "热水器")


@dataclass(frozen=True)
class Sighting:
    """A finding of a patrol or a report on the way. ``fixed``: 现场处理."""

    op: UUID
    area: str
    topic: str
    words: str
    at: datetime
    photos: tuple[str, ...] = ()
    place: tuple[float, float] | None = None
    room: Room | None = None
    organisation: Organisation | None = None
    fixed: bool = False
    patrol: bool = False

    @property
    def about(self) -> About | None:
        """What it was found at, when that is known."""
        if self.organisation is not None:
            return About("organisations", self.organisation)
        return About("rooms", self.room) if self.room is not None else None


def take_sighting(*, actor: Any, sighting: Sighting) -> Case:
    """Open it under the finding's own op: however often it is told, it is one hazard. Words and topic stay as
    they came; the level is the procedure's first until the community sets it.

    Raises:
        Refused, Unacceptable: what ``open_case`` raises.
    """
    hazard = Hazard(
        op=sighting.op, kind=kind_of(sighting), area=sighting.area, title=sighting.topic,
        source=str(Source.PATROL if sighting.patrol else Source.WORKER), words=sighting.words,
        about=sighting.about, place=sighting.place, at=sighting.at, photos=sighting.photos,
        fixed=sighting.fixed,
    )  # fmt: skip
    return open_hazard(actor=actor, hazard=hazard)


def kind_of(sighting: Sighting) -> str:
    """Which kind it is, as far as the place and the words say."""
    if any(word in sighting.topic for word in GAS_WORDS):
        return Kind.GAS
    if sighting.organisation is not None:
        return Kind.FIRM
    room = sighting.room
    if room is not None and room.state == RoomState.RENTED:
        return Kind.RENTAL
    return Kind.HIGH_RISE if room is not None and room.building.high_rise else Kind.OTHER
