"""What a meaning says of a row. Facts that ledgers show are read by the ledgers' own readers, so that a table
and a ledger cannot disagree; what ledgers do not show is read here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from wangge.lib import masking
from wangge.registry.ledgers.dictionary import code_lists, facts
from wangge.registry.ledgers.outgoing.columns import values
from wangge.registry.ledgers.outgoing.regions import region_name

from . import conditions
from .meaning import Meaning
from .subject import Subject, Who

Reader = Callable[[Subject], Any]
VALUES = values(in_english=False)  # a table is written in Chinese
_LONG = re.compile(r"\d{5,}")


def reader(meaning: Meaning) -> Reader:
    """What reads a meaning of a row: text, number, date, True or False (marks); "" or None unknown."""
    read = _reader(meaning.kind, meaning.code, meaning.condition)
    if meaning.member == 0:
        return read
    return lambda subject: "" if (one := _member(subject, meaning.member)) is None else read(one)


def masked(meaning: Meaning, value: Any) -> Any:
    """A value as it is given to who may not have it in clear."""
    if not value or not meaning.masked:
        return value
    if meaning.code == "emergency_contact":
        return _LONG.sub(lambda digits: masking.mask_phone(digits[0]), str(value))
    mask = masking.mask_id if facts()[meaning.code].kind == "id_no" else masking.mask_phone
    return "、".join(mask(part) for part in str(value).split("、"))


def code_read(meaning: Meaning) -> Callable[[Subject], str] | None:
    """What reads the stored code of a coded fact, for a drop-down list to choose its own word."""
    read = conditions.CODES.get(meaning.code) if meaning.kind == "fact" else None
    if meaning.code == "person_kind":
        read = _kind
    if read is None or meaning.member == 0:
        return read
    one_read = read
    return lambda subject: "" if (one := _member(subject, meaning.member)) is None else one_read(one)


def _member(subject: Subject, number: int) -> Subject | None:
    """The head (-1), or a member of the household by number."""
    if number < 0:
        return subject.head
    return subject.members[number - 1] if number <= len(subject.members) else None


@lru_cache(maxsize=2048)
def _reader(kind: str, code: str, condition: str) -> Reader:
    if kind == "mark":
        return lambda subject: conditions.holds(condition, subject)
    if kind == "count":
        return lambda subject: _counted(condition, subject)
    if code in _OWN:
        return _OWN[code]
    if code in VALUES:
        read = VALUES[code]
        return lambda subject: read(subject.line) if subject.line is not None else ""
    return lambda subject: _further(code, subject)


def _counted(condition: str, subject: Subject) -> Any:
    """How many of those who live there; unknown as long as one of them is."""
    if not subject.members:
        return ""
    answers = [conditions.holds(condition, member) for member in subject.members]
    return "" if None in answers else sum(map(bool, answers))


def _further(code: str, subject: Subject) -> Any:
    """A fact kept beside the register's own columns, such as one that was admitted later."""
    held = subject.facts.get(code, "")
    fact = facts().get(code)
    if held and fact and fact.codes in code_lists():
        return code_lists()[fact.codes].label(str(held))
    return region_name(str(held)) if held and fact and fact.kind == "region" else held


def _area(level: int) -> Reader:
    """The name of the area at a level: 6, 9, 12 or 15 digits."""

    def name(subject: Subject) -> str:
        code = subject.area_code
        return subject.areas.get(code[:level].ljust(12, "0"), "") if len(code) >= level else ""

    return name


def _residence(subject: Subject) -> str:
    if subject.line is not None and subject.line.home is not None:
        return str(VALUES["residence"](subject.line))
    place = subject.place
    if place is None:
        return ""
    door = f"{place.unit}单元{place.door}" if place.unit else place.door
    return f"{place.address or place.building}{door}"


def _path(subject: Subject) -> str:
    where = _residence(subject)
    names = [_area(level)(subject) for level in (6, 9, 12)]
    return "".join(name for name in names if name and name not in where) + where if where else ""


def _place(name: str) -> Reader:
    return lambda subject: (getattr(subject.place, name) or "") if subject.place else ""


def _number(name: str) -> Reader:
    """A number of a building; 0 is a number too."""
    return lambda subject: getattr(subject.place, name) if subject.place else ""


def _organisation(name: str) -> Reader:
    def value(subject: Subject) -> Any:
        held = getattr(subject.organisation, name) if subject.organisation else ""
        return "" if held is None else held

    return value


def _who(role: str, name: str) -> Reader:
    def value(subject: Subject) -> str:
        people: tuple[Who, ...] = tuple(getattr(subject, role))
        return "、".join(held for one in people if (held := getattr(one, name)))

    return value


def _head(name: str) -> Reader:
    return lambda subject: VALUES[name](subject.head.line) if subject.head and subject.head.line else ""


def _kind(subject: Subject) -> str:
    line = subject.line
    if line is None:
        return ""
    if line.tie.kind == "hukou" and line.home is None:
        return "6"
    if conditions.holds("abroad", subject):
        return "3"
    if conditions.holds("local", subject):
        return "1"
    if conditions.holds("floating", subject):
        return "2"
    return "5" if conditions.region_of(subject) else ""


def _born(part: str) -> Reader:
    return lambda subject: getattr(subject.line.person.birth, part, "") if subject.line else ""


def _band(subject: Subject) -> str:
    age = subject.line.person.age_on(subject.day) if subject.line else None
    if age is None:
        return ""
    bands = (
        (0, 6, "0-6岁"),
        (7, 17, "7-17岁"),
        (18, 59, "18-59岁"),
        (60, 79, "60-79岁"),
        (80, 200, "80岁以上"),
    )
    return next(text for low, high, text in bands if low <= age <= high)


def _use(subject: Subject) -> str:
    held = subject.place.use if subject.place else ""
    return code_lists()["room_use"].label(held) if held else ""


def _state(subject: Subject) -> str:
    if subject.line is not None and subject.line.home is not None:
        return str(VALUES["room_state"](subject.line))
    from wangge.registry.people.enums import RoomState

    return str(RoomState(subject.place.state).label) if subject.place and subject.place.state else ""


def _square(subject: Subject) -> Any:
    held = subject.place.area_m2 if subject.place else None
    return "" if held is None else float(held)


def _household_no(subject: Subject) -> str:
    if subject.household and subject.household.number:
        return subject.household.number
    return str(VALUES["household_no"](subject.line)) if subject.line else ""


_OWN: dict[str, Reader] = {
    "serial": lambda subject: subject.number,
    "community": _area(12),
    "town": _area(9),
    "district": _area(6),
    "grid": lambda subject: subject.areas.get(subject.area_code, "") if len(subject.area_code) == 15 else "",
    "residence": _residence,
    "address_path": _path,
    "estate": _place("estate"),
    "building": _place("building"),
    "unit": _place("unit"),
    "floor": _place("floor"),
    "room_no": _place("door"),
    "room_use": _use,
    "room_state": _state,
    "room_area": _square,
    "household_no": _household_no,
    "head_name": _head("name"),
    "head_id_no": _head("id_no"),
    "owner_name": _who("owners", "name"),
    "owner_id_no": _who("owners", "id_no"),
    "owner_phone": _who("owners", "phone"),
    "renter_name": _who("renters", "name"),
    "renter_id_no": _who("renters", "id_no"),
    "renter_phone": _who("renters", "phone"),
    "org_name": _organisation("name"),
    "org_uscc": _organisation("uscc"),
    "legal_person": _organisation("legal_person"),
    "org_phone": _organisation("phone"),
    "org_address": _organisation("address"),
    "staff_number": _organisation("staff_number"),
    "scope": _organisation("scope"),
    "person_kind": lambda subject: (
        code_lists()["person_kind"].label(kind) if (kind := _kind(subject)) else ""
    ),
    "is_resident": lambda subject: conditions.holds("resident", subject),
    "birth_year": _born("year"),
    "birth_month": _born("month"),
    "age_band": _band,
    "table_date": lambda subject: subject.day,
    "household_size": lambda subject: len(subject.members) or "",
    "people": lambda subject: len(subject.members),
    "rooms": _number("rooms"),
    "rooms_let": _number("let"),
    "rooms_empty": _number("empty"),
    "households": _number("households"),
    "floors": _number("floors"),
    "units": _number("units"),
}
