"""What a ledger's columns say of one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from wangge.lib import masking
from wangge.registry.ledgers.dictionary import Said, admitted, code_list, english, fact, facts
from wangge.registry.people.enums import RoomState

from .lines import Line, TieRow
from .regions import region_name

EXTRA = {  # columns that are no facts of the dictionary
    "work_since": Said("入职日期", "In this job since"),
    "confirmed": Said("最近核实", "Last confirmed"),
}
Reader = Callable[[Line], object]
SENSITIVE = 4  # level from which a column is hidden whole where others are shown
REMEMBERED = 200_000  # masked texts an export keeps at hand: families share an address, many share a name


def label(code: str) -> str:
    """The head of a column, in the language of the page."""
    return str(EXTRA[code] if code in EXTRA else fact(code).called)


@lru_cache(maxsize=8192)
def _meaning(codes: str, held: str, in_english: bool) -> str:
    said = code_list(codes).called(held)
    return said.en if in_english else said.zh


@lru_cache(maxsize=64)
def _state(held: str, in_english: bool) -> str:
    return str(RoomState(held).label)  # readers are used in the language they were made in


def residence(line: Line) -> str:
    """The home as it is written on a door: building, unit, room."""
    home = line.home
    return f"{home.address or home.building}{home.label}" if home and home.room_id else ""


def _coded(name: str, in_english: bool) -> Reader:
    def value(line: Line) -> str:
        held = getattr(line.person, name)
        return _meaning(name, held, in_english) if held else ""

    return value


def _of_person(name: str) -> Reader:
    return lambda line: getattr(line.person, name) or ""


def _of_home(name: str) -> Reader:
    return lambda line: getattr(line.home, name, "") or ""


def _of_work(name: str) -> Reader:
    return lambda line: getattr(line.work, name, "") or ""


def _home_code(name: str, codes: str, in_english: bool) -> Reader:
    def value(line: Line) -> str:
        held = getattr(line.home or line.tie, name)
        return _meaning(codes, held, in_english) if held else ""

    return value


def _hukou_room(line: Line) -> TieRow | None:
    hukou = None if line.person.hukou_address else line.hukou
    return hukou if hukou and hukou.room_id else None


def _hukou_address(line: Line) -> str:
    hukou = _hukou_room(line)
    return f"{hukou.building}{hukou.label}" if hukou else line.person.hukou_address


def _room_state(in_english: bool) -> Reader:
    def value(line: Line) -> str:
        home = line.home
        return _state(home.room_state, in_english) if home and home.room_state else ""

    return value


def _grid(line: Line) -> str:
    place = line.place
    return line.areas.get(place, "") if len(place) == 15 else ""


def _age(line: Line) -> object:
    age = line.person.age_on(line.day)
    return "" if age is None else age


def _occupation(in_english: bool) -> Reader:
    def value(line: Line) -> str:
        work = line.work
        return (work.job if work else "") or _meaning("occupation", line.person.occupation, in_english)

    return value


_PLAIN: dict[str, Reader] = {
    "name": _of_person("name"),
    "birth": _of_person("birth"),
    "age": _age,
    "id_no": lambda line: line.id_no,
    "phone": lambda line: line.phone,
    "hukou_region": lambda line: region_name(line.person.hukou_region),
    "hukou_address": _hukou_address,
    "community": lambda line: line.areas.get(line.place[:12], ""),
    "grid": _grid,
    "residence": residence,
    "household_no": lambda line: line.tie.household_no or "",
    "residence_since": _of_home("valid_from"),
    "arrive_date": _of_home("valid_from"),
    "planned_until": _of_home("planned_until"),
    "employer": _of_work("employer"),
    "employer_uscc": _of_work("uscc"),
    "work_since": _of_work("valid_from"),
    "school": _of_person("school"),
    "guardian": _of_person("guardian"),
    "confirmed": lambda line: line.confirmed or "",
}
_CODED = (
    "sex",
    "id_type",
    "nationality",
    "education",
    "marriage",
    "employment",
    "residence_code_status",
)
_HOME_CODED = {
    "relation": "relation",
    "residence_way": "way",
    "reason_come": "reason",
}  # fact, also its code list → field of the tie


@cache
def values(in_english: bool) -> dict[str, Reader]:
    """What reads each column of a line; codes as they are called in that language."""
    return {
        **_PLAIN,
        **{name: _coded(name, in_english) for name in _CODED},
        **{name: _home_code(field, name, in_english) for name, field in _HOME_CODED.items()},
        "room_state": _room_state(in_english),
        "occupation": _occupation(in_english),
    }


def _hidden(value: object) -> str:
    return masking.HIDDEN if value not in ("", None) else ""


def _masked_birth(value: object) -> str:
    return f"{value:%Y-%m}" if isinstance(value, date) else ""


def value_of(code: str) -> Reader:
    """What reads a column in the language of the page: of the register's own, or of a field the district
    admitted. Raises KeyError."""
    own = values(english())
    return own[code] if code in own else _further(code)


def _further(code: str) -> Reader:
    kind = admitted().facts[code].kind
    codes = code_list({"code": code, "mark": "mark"}[kind]) if kind in ("code", "mark") else None

    def value(line: Line) -> object:
        held = line.further.of(line.person.pk).get(code) or ""
        return str(codes.called(str(held))) if codes and held else held

    return value


_BY_KIND: dict[str, Callable[[Any], str]] = {
    "name": masking.mask_name,
    "id_no": masking.mask_id,
    "phone": masking.mask_phone,
    "address": masking.mask_address,
}


def mask_for(code: str) -> Callable[[Any], str] | None:
    """How a column is masked, or None when it is shown as it is."""
    if code == "birth":
        return _masked_birth
    known = facts().get(code)
    if known and known.level >= SENSITIVE and known.kind not in _BY_KIND:
        return _hidden
    return _BY_KIND.get(known.kind) if known and known.level > 1 else None


def _remembering(mask: Callable[[Any], str]) -> Callable[[Any], str]:
    """The same mask; what many rows share is masked once. Made anew for every reading."""
    seen: dict[Any, str] = {}

    def remembered(value: Any) -> str:
        found = seen.get(value)
        if found is None:
            if len(seen) >= REMEMBERED:
                seen.clear()
            found = seen[value] = mask(value)
        return found

    return remembered


def _inside(mask: Callable[[Any], str], building: str, room: str) -> str:
    """A room masked: its building as masks leave one, and *** for what lies inside."""
    text = mask(building)
    return text if not room or text.endswith(masking.HIDDEN) else text + masking.HIDDEN


def _masked_residence(mask: Callable[[Any], str]) -> Reader:
    def value(line: Line) -> str:
        home = line.home
        return _inside(mask, home.address or home.building or "", home.label) if home and home.room_id else ""

    return value


def _masked_hukou(mask: Callable[[Any], str]) -> Reader:
    def value(line: Line) -> str:
        hukou = _hukou_room(line)
        return _inside(mask, hukou.building or "", hukou.label) if hukou else mask(line.person.hukou_address)

    return value


_MASKED_PLACES = {"residence": _masked_residence, "hukou_address": _masked_hukou}
_ALL_DIFFERENT = ("id_no", "phone")


def _masked(code: str, read: Reader) -> Reader:
    mask = mask_for(code)
    if mask is None:
        return read
    if code not in _ALL_DIFFERENT:
        mask = _remembering(mask)
    masking_of = mask
    if code in _MASKED_PLACES:
        return _MASKED_PLACES[code](masking_of)
    return lambda line: masking_of(read(line))


def readers(columns: Sequence[str], *, masked: bool = True, in_clear: Iterable[str] = ()) -> list[Reader]:
    """What reads the cells of a line in the order of ``columns``, in the language of the page; empty
    cells are "".

    Args:
        masked: personal values as screens show them, but for the columns ``in_clear``.
    """
    hidden = set(columns) - set(in_clear) if masked else set()
    return [_masked(code, value_of(code)) if code in hidden else value_of(code) for code in columns]
