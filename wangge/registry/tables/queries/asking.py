"""What a request asks of the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from wangge.registry.ledgers.outgoing.catalogue import ledger_named
from wangge.registry.ledgers.outgoing.limits import limits_on
from wangge.registry.ledgers.outgoing.selection import Filters, Selection, as_of

from ..meanings import Meaning, parse
from ..meanings.conditions import ages_of


@dataclass(frozen=True)
class Asking:
    """unit: what a row is; ledger: whose people; area_code; day: as of; conditions: all must hold; meanings:
    what is going to be read, which decides what is loaded."""

    unit: str
    ledger: str
    area_code: str
    day: date
    conditions: tuple[str, ...] = ()
    meanings: tuple[Meaning, ...] = field(default=())

    @property
    def selection(self) -> Selection:
        """The ledger's own selection, narrowed where the database can."""
        day = self.day
        moment = as_of(day, None) if day == timezone.localdate() else as_of(day)
        youngest, oldest = self._ages()
        filters = Filters(age_from=youngest, age_to=oldest, sex=self._sex())
        return Selection(ledger_named(self.ledger), self.area_code, moment, limits_on(day), filters)

    def _ages(self) -> tuple[int | None, int | None]:
        ages = [ages_of(condition) for condition in self.conditions]
        youngest = max((low for low, _high in ages if low is not None), default=None)
        oldest = min((high for _low, high in ages if high is not None), default=None)
        return youngest, oldest

    def _sex(self) -> str:
        said = [part[7:] for one in self.conditions for part in one.split("&") if part.startswith("is:sex=")]
        return said[0] if len(set(said)) == 1 and "," not in said[0] else ""

    def needs(self, *kinds: str) -> bool:
        """Whether what is read, or a condition, needs more than the people's own lines."""
        return any(_needs(meaning, kind) for meaning in self._all() for kind in kinds)

    def _all(self) -> Iterable[Meaning]:
        yield from self.meanings
        for condition in self.conditions:
            yield parse(f"mark:{condition}")


_HOUSEHOLD = {"household_size", "people", "head_name", "head_id_no"}
_FACTS = {"former_name", "phone2", "hukou_nature", "emergency_contact", "native_place", "work_address"}
_OWNERS = {"owner_name", "owner_id_no", "owner_phone", "renter_name", "renter_id_no", "renter_phone"}


def _needs(meaning: Meaning, kind: str) -> bool:
    if kind == "household":
        condition = meaning.condition.split("&")
        return bool(
            meaning.member or meaning.kind == "count" or meaning.code in _HOUSEHOLD or "head" in condition
        )
    if kind == "alone":
        return "alone" in meaning.condition.split("&")
    return meaning.code in (_OWNERS if kind == "owners" else _FACTS)
