"""上报事件: what a worker found on her way becomes a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.engines.cases.actions import Matter, open_case
from wangge.engines.cases.enums import Source, When
from wangge.engines.cases.models import Case

from ..kinds import EVENT, level_for
from ..reading.topics import kind_of


def open_found(
    *, actor: Any, op: UUID, area: str, topic: str, words: str, at: datetime, patrol: bool,
    place: tuple[float, float] | None = None, photos: Sequence[str] = (), room: Any = None,
    organisation: Any = None,
) -> Case:  # fmt: skip
    """Open a case for what was found; the same ``op`` again is the same case.

    Args:
        actor: the worker, or her account's name where she may open none there any more.
        at: when it was seen, by the phone. place: longitude and latitude. photos: SHA-256 each.
        patrol: found while walking a list, not told besides.
    """
    kind = kind_of(topic, words)
    matter = Matter(
        op=op, system=EVENT, kind=kind, area=area, title=topic, words=words, at=at, place=place,
        level=level_for(EVENT, kind), source=Source.PATROL if patrol else Source.WORKER,
        photos=tuple((digest, When.BEFORE.value) for digest in photos), room=room, organisation=organisation,
    )  # fmt: skip
    return open_case(actor=actor, matter=matter)
