"""A problem is heard at a stop: decided on the spot, or noted to be followed up (S13, S33)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Matter, open_case
from wangge.engines.cases.enums import Source, When
from wangge.engines.cases.models import Case, Unit
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal

from ..enums import SYSTEM, Raised
from ..models import Problem, Stop
from ..queries.places import name_of
from ..rules import may_decide, may_raise


@dataclass(frozen=True)
class Heard:
    """What was heard, and what was decided. A decision names unit and day; without one the community has
    it unless a unit is named. ``photos`` are digests."""

    op: UUID
    stop: Stop
    title: str
    raised: str = str(Raised.DECISION)
    words: str = ""
    decision: str = ""
    unit: Unit | None = None
    due: date | None = None
    level: str = ""
    photos: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether it was decided on the spot."""
        return self.raised == Raised.DECISION

    def matter(self) -> Matter:
        """As the engine opens it; what was decided stands in the words, which the chain of hashes closes."""
        stop = self.stop
        said = _("现场决定：%(words)s") % {"words": self.decision.strip()} if self.decision.strip() else ""
        place = (stop.lon, stop.lat) if stop.lon is not None and stop.lat is not None else None
        return Matter(
            op=self.op, system=SYSTEM, kind=self.raised, area=stop.area_code, title=self.title.strip(),
            source=str(Source.TOUR), words="\n".join(part for part in (self.words.strip(), said) if part),
            level=self.level, place=place, address=name_of(stop), organisation=stop.organisation,
            photos=tuple((digest, str(When.BEFORE)) for digest in self.photos), unit=self.unit,
            until=end_of(self.due), data={"tour": stop.tour_id, "stop": stop.pk},
        )  # fmt: skip


def end_of(day: date | None) -> datetime | None:
    """The last second of a day, by the clock of the place."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


@transaction.atomic
def raise_problem(*, actor: Any, heard: Heard) -> Problem:
    """Make it a matter with an owner and an end; the same op again is the same matter.

    Raises:
        Refused: not hers to raise or to decide there.
        Unacceptable: a decision without words, unit or day, a day that is past, a unit that does not work
            there, or the op came before with other content.
    """
    known = Case._base_manager.filter(op=heard.op).exists()
    _look_at(actor, heard, again=known)
    case = open_case(actor=actor, matter=heard.matter())
    row, new = Problem._base_manager.get_or_create(
        case=case, defaults={"stop": heard.stop, "area_code": case.area_code}
    )
    if new:
        data = {"number": case.number, "kind": heard.raised, "unit": getattr(heard.unit, "key", "")}
        journal.record("tour.raised", actor=actor, area=case.area_code, subject=row, data=data)
    return row


def _look_at(actor: Any, heard: Heard, again: bool) -> None:
    area = heard.stop.area_code
    if not may_raise(actor, area):
        raise Refused(_("您不能在这个调研点提问题。"))
    if heard.decided and not may_decide(actor, area):
        raise Refused(_("您不能现场交办；可以先记下问题。"))
    if heard.due is not None and heard.due < timezone.localdate() and not again:
        raise Unacceptable(_("完成期限已经过去；请选今天或以后的日子。"))
    if heard.decided:
        _whole(heard)


def _whole(heard: Heard) -> None:
    missing = [
        words for there, words in (
            (heard.decision.strip(), _("请写怎么办。")), (heard.unit, _("请选交给哪个单位。")),
            (heard.due, _("请选完成期限。")),
        ) if not there
    ]  # fmt: skip
    if missing:
        raise Unacceptable("".join(missing))
