"""One row of a ledger as it is read: plain columns, no model instances: a district is read quickly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple


class TieRow(NamedTuple):
    """A tie with what a ledger says of its room, household and organisation; "" or None where it has none."""

    pk: int
    person_id: int
    kind: str
    area_code: str
    relation: str
    way: str
    reason: str
    job: str
    planned_until: date | None
    valid_from: date | None
    confirmed_at: date | None
    room_id: int | None
    unit: str | None
    door: str | None
    room_state: str | None
    building: str | None
    address: str | None
    household_no: str | None
    employer: str | None
    uscc: str | None

    @property
    def label(self) -> str:
        """Unit and door as people say them, as ``Room.label``."""
        return f"{self.unit}单元{self.door}" if self.unit else self.door or ""


TIE_COLUMNS = (
    *TieRow._fields[:12],
    "room__unit",
    "room__door",
    "room__state",
    "room__building__name",
    "room__building__address",
    "household__number",
    "organisation__name",
    "organisation__uscc",
)


class PersonRow(NamedTuple):
    """What a ledger says of the person."""

    pk: int
    name: str
    sex: str
    birth: date | None
    id_type: str
    id_sealed: str
    phone_sealed: str
    nationality: str
    education: str
    marriage: str
    hukou_region: str
    hukou_address: str
    occupation: str
    employment: str
    school: str
    residence_code_status: str
    guardian: str
    confirmed_at: date | None

    def age_on(self, day: date) -> int | None:
        """Full years of age, as ``Person.age_on``."""
        born = self.birth
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


PERSON_COLUMNS = tuple(f"person__{name}" for name in PersonRow._fields)


ReadFacts = Callable[[Sequence[int]], Mapping[int, Mapping[str, Any]]]


class Further:
    """The admitted facts of the people of some lines: read for all of them once a column asks."""

    def __init__(self, read: ReadFacts, people: Sequence[int]) -> None:
        self._read, self._people = read, people

    @cached_property
    def _held(self) -> Mapping[int, Mapping[str, Any]]:
        return self._read(self._people)

    def of(self, person: int) -> Mapping[str, Any]:
        """What is known of a person beyond the columns of the register."""
        return self._held.get(person, {})


NOTHING = Further(lambda people: {}, ())


@dataclass(slots=True)
class Line:
    """One person in one ledger: the tie that puts them there, and of each kind the tie that speaks for them
    (this row's own first). id_no and phone are in clear: they leave only masked or with a reason that was
    logged."""

    tie: TieRow
    person: PersonRow
    day: date
    home: TieRow | None = None
    hukou: TieRow | None = None
    work: TieRow | None = None
    id_no: str = ""
    phone: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    further: Further = NOTHING

    @property
    def place(self) -> str:
        """The area a row belongs to: of the home, else of the tie itself."""
        return (self.home or self.tie).area_code

    @property
    def confirmed(self) -> date | None:
        """When somebody last confirmed the person or the tie."""
        one, other = self.tie.confirmed_at, self.person.confirmed_at
        return max(one, other) if one and other else one or other
