"""Conditions on people and homes, as columns mark them (是否独居), count them and titles name them.

A condition is text: ``age:60-``, ``age:0-17``, ``is:sex=1``, ``alone``; several joined by ``&`` hold
together. It answers yes, no, or None where the register does not know.
"""

from __future__ import annotations

from collections.abc import Callable

from wangge.registry.ledgers.outgoing.conditions import HOME_NATIONALITY
from wangge.registry.ledgers.outgoing.limits import months_before
from wangge.registry.people.enums import FROM_ABROAD, TieKind

from .subject import Subject

Answer = bool | None
JOBLESS, RETIRED, STUDENT = ("70",), ("80",), ("31",)


def holds(condition: str, subject: Subject) -> Answer:
    """Whether all parts of a condition hold; one that does not decides."""
    answers = [_part(part, subject) for part in condition.split("&")]
    return False if False in answers else None if None in answers else True


def valid(condition: str) -> bool:
    """Whether a text is a condition."""
    return bool(condition) and all(_known(part) for part in condition.split("&"))


def _known(part: str) -> bool:
    kind, _, rest = part.partition(":")
    if kind == "age":
        low, dash, high = rest.partition("-")
        return bool(dash and (low or high)) and all(not end or end.isdigit() for end in (low, high))
    if kind == "is":
        return rest.partition("=")[0] in CODES and bool(rest.partition("=")[2])
    return part in _PLAIN


def ages_of(condition: str) -> tuple[int | None, int | None]:
    """The youngest and oldest age a condition allows."""
    for part in condition.split("&"):
        if part.startswith("age:"):
            low, _, high = part[4:].partition("-")
            return (int(low) if low else None), (int(high) if high else None)
    return None, None


def _part(part: str, subject: Subject) -> Answer:
    kind, _, rest = part.partition(":")
    if kind == "age":
        return _aged(part, subject)
    if kind == "is":
        name, _, wanted = rest.partition("=")
        held = CODES[name](subject)
        return held in wanted.split(",") if held else None
    return _PLAIN[part](subject)


def _aged(part: str, subject: Subject) -> Answer:
    age = subject.line.person.age_on(subject.day) if subject.line else None
    low, high = ages_of(part)
    if age is None:
        return None
    return (low is None or age >= low) and (high is None or age <= high)


def _person(name: str) -> Callable[[Subject], str]:
    return lambda subject: str(getattr(subject.line.person, name) or "") if subject.line else ""


def _state(subject: Subject) -> str:
    if subject.place is not None:
        return subject.place.state
    home = subject.line.home if subject.line else None
    return (home.room_state or "") if home else ""


def _way(subject: Subject) -> str:
    home = subject.line.home if subject.line else None
    return home.way if home else ""


CODES: dict[str, Callable[[Subject], str]] = {
    "sex": _person("sex"),
    "education": _person("education"),
    "marriage": _person("marriage"),
    "employment": _person("employment"),
    "occupation": _person("occupation"),
    "residence_code_status": _person("residence_code_status"),
    "hukou_nature": lambda subject: str(subject.facts.get("hukou_nature") or ""),
    "id_type": _person("id_type"),
    "relation": lambda subject: (subject.line.home or subject.line.tie).relation if subject.line else "",
    "reason_come": lambda subject: subject.line.home.reason if subject.line and subject.line.home else "",
    "residence_way": _way,
    "room_state": _state,
    "room_use": lambda subject: subject.place.use if subject.place else "",
}


def region_of(subject: Subject) -> str:
    """The hukou region, "" when unknown or known only as a province or city."""
    region = subject.line.person.hukou_region if subject.line else ""
    own = subject.limits.own_region or subject.limits.district[:6]
    coarse = {own[:known].ljust(6, "0") for known in (2, 4) if known < len(own)}
    return "" if region[:6] in coarse else region


def _local(subject: Subject) -> Answer:
    """Registered in this district: its hukou region, or an address of the district as hukou."""
    region = region_of(subject)
    if region:
        return region.startswith(subject.limits.district[:6])
    return True if subject.line and subject.line.hukou else None


def _floating(subject: Subject) -> Answer:
    """As the ledger 流动人口 (spec 2.5): hukou in another city or province."""
    region = region_of(subject)
    return not region.startswith(subject.limits.city) if region else None


def _outside(subject: Subject) -> Answer:
    """As the ledger 外来人口: hukou outside what the district counts as its own."""
    region = region_of(subject)
    return not region.startswith(subject.limits.own_region) if region else None


def _resident(subject: Subject) -> Answer:
    """Lives here half a year; a home without a first day counts as settled (docs/words.md)."""
    home = subject.line.home if subject.line else None
    if home is None or home.kind != TieKind.LIVES:
        return None
    return home.valid_from is None or home.valid_from <= months_before(
        subject.day, subject.limits.resident_months
    )


def _rented(subject: Subject) -> Answer:
    way, state = _way(subject), _state(subject)
    if way:
        return way == "2"
    return state == "rented" if state else None


def _owned(subject: Subject) -> Answer:
    way, state = _way(subject), _state(subject)
    if way:
        return way == "1"
    return state == "own" if state else None


def _abroad(subject: Subject) -> Answer:
    if subject.line is None:
        return None
    person = subject.line.person
    return person.nationality not in HOME_NATIONALITY or person.id_type in FROM_ABROAD


def _among(*codes: str, negate: bool = False) -> Callable[[Subject], Answer]:
    def answer(subject: Subject) -> Answer:
        held = CODES["employment"](subject)
        return (held in codes) != negate if held else None

    return answer


_PLAIN: dict[str, Callable[[Subject], Answer]] = {
    "alone": lambda subject: subject.alone,
    "local": _local,
    "floating": _floating,
    "outside": _outside,
    "resident": _resident,
    "rented": _rented,
    "owned": _owned,
    "abroad": _abroad,
    "head": lambda subject: subject.is_head if subject.members else None,
    "working": _among(*JOBLESS, *RETIRED, *STUDENT, negate=True),
    "jobless": _among(*JOBLESS),
    "retired": _among(*RETIRED),
    "student": _among(*STUDENT),
}
