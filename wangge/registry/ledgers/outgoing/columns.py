"""What a ledger's columns say of one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from wangge.lib import masking
from wangge.registry.ledgers.dictionary import code_list, fact, facts
from wangge.registry.people.enums import RoomState, TieKind
from wangge.registry.people.models import Person, Tie

from .regions import region_name

EXTRA = {"work_since": "入职日期", "confirmed": "最近核实"}  # columns that are no facts of the dictionary


@dataclass
class Line:
    """One person in one ledger: the tie that puts them there and their other ties in reach."""

    tie: Tie
    day: date
    others: dict[str, Tie] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        return self.tie.person

    def tied(self, kind: str) -> Tie | None:
        """The tie of this kind, this row's own first."""
        return self.tie if self.tie.kind == kind else self.others.get(kind)

    @property
    def confirmed(self) -> date | None:
        """When somebody last confirmed the person or the tie."""
        days = [day for day in (self.tie.confirmed_at, self.person.confirmed_at) if day]
        return max(days) if days else None

    @property
    def masked_id(self) -> str:
        return masking.mask_id(self.person.id_no) if self.person.id_sealed else ""

    @property
    def masked_phone(self) -> str:
        return masking.mask_phone(self.person.phone) if self.person.phone_sealed else ""


def label(code: str) -> str:
    """The Chinese head of a column."""
    return EXTRA[code] if code in EXTRA else fact(code).name


def _home(line: Line) -> Tie | None:
    return line.tied(TieKind.LIVES.value)


def _work(line: Line) -> Tie | None:
    return line.tied(TieKind.WORKS.value)


def _place(line: Line) -> str:
    """The area a row belongs to: of the home, else of the tie itself."""
    return (_home(line) or line.tie).area_code


def residence(line: Line) -> str:
    """The home as it is written on a door: building, unit, room."""
    home = _home(line)
    if home is None or home.room is None:
        return ""
    building = home.room.building
    return f"{building.address or building.name}{home.room.label}"


def _coded(name: str) -> Callable[[Line], str]:
    def value(line: Line) -> str:
        held = getattr(line.person, name, "") or line.person.facts.get(name, "")
        return code_list(name).label(held) if held else ""

    return value


def _of_person(name: str) -> Callable[[Line], object]:
    return lambda line: getattr(line.person, name) or ""


def _of_home(name: str) -> Callable[[Line], object]:
    return lambda line: getattr(_home(line), name, "") or ""


def _home_code(name: str, codes: str) -> Callable[[Line], str]:
    def value(line: Line) -> str:
        held = getattr(_home(line) or line.tie, name, "")
        return code_list(codes).label(held) if held else ""

    return value


def _region(line: Line) -> str:
    return region_name(line.person.hukou_region)


def _hukou_address(line: Line) -> str:
    if line.person.hukou_address:
        return line.person.hukou_address
    hukou = line.tied(TieKind.HUKOU.value)
    return str(hukou.room) if hukou and hukou.room else ""


def _employer(line: Line) -> str:
    work = _work(line)
    return work.organisation.name if work and work.organisation else ""


def _room_state(line: Line) -> str:
    home = _home(line)
    return str(RoomState(home.room.state).label) if home and home.room and home.room.state else ""


def _grid(line: Line) -> str:
    place = _place(line)
    return line.areas.get(place, "") if len(place) == 15 else ""


VALUES: dict[str, Callable[[Line], object]] = {
    "name": _of_person("name"),
    "sex": _coded("sex"),
    "birth": _of_person("birth"),
    "age": lambda line: "" if (age := line.person.age_on(line.day)) is None else age,
    "id_type": _coded("id_type"),
    "id_no": _of_person("id_no"),
    "phone": _of_person("phone"),
    "nationality": _coded("nationality"),
    "hukou_region": _region,
    "hukou_address": _hukou_address,
    "community": lambda line: line.areas.get(_place(line)[:12], ""),
    "grid": _grid,
    "residence": residence,
    "household_no": lambda line: line.tie.household.number if line.tie.household else "",
    "relation": _home_code("relation", "relation"),
    "residence_since": _of_home("valid_from"),
    "arrive_date": _of_home("valid_from"),
    "planned_until": _of_home("planned_until"),
    "residence_way": _home_code("way", "residence_way"),
    "reason_come": _home_code("reason", "reason_come"),
    "room_state": _room_state,
    "education": _coded("education"),
    "marriage": _coded("marriage"),
    "employment": _coded("employment"),
    "occupation": lambda line: (_work(line).job if _work(line) else "") or _coded("occupation")(line),  # type: ignore[union-attr]
    "employer": _employer,
    "employer_uscc": lambda line: (
        (w.organisation.uscc or "") if (w := _work(line)) and w.organisation else ""
    ),
    "work_since": lambda line: (w.valid_from or "") if (w := _work(line)) else "",
    "school": _of_person("school"),
    "residence_code_status": _coded("residence_code_status"),
    "guardian": _of_person("guardian"),
    "confirmed": lambda line: line.confirmed or "",
}


def _masked_birth(value: object) -> str:
    return f"{value:%Y-%m}" if isinstance(value, date) else ""


_BY_KIND: dict[str, Callable[[object], str]] = {
    "name": lambda value: masking.mask_name(str(value)),
    "id_no": lambda value: masking.mask_id(str(value)),
    "phone": lambda value: masking.mask_phone(str(value)),
    "address": lambda value: masking.mask_address(str(value)),
}


def mask_for(code: str) -> Callable[[object], object] | None:
    """How a column is masked, or None when it is shown as it is."""
    if code == "birth":
        return _masked_birth
    known = facts().get(code)
    return _BY_KIND.get(known.kind) if known and known.level > 1 else None


def values_of(line: Line, columns: Iterable[str], *, masked: bool = True) -> list[object]:
    """The cells of a row in the order of ``columns``; empty cells are ""."""
    return [cell(line, code, masked=masked) for code in columns]


def cell(line: Line, code: str, *, masked: bool = True) -> object:
    """One cell of a row."""
    value = VALUES[code](line)
    if not masked or value in ("", None):
        return value
    mask = mask_for(code)
    return mask(value) if mask else value
