"""One declaration beside the register's person, value by value, with those who came along."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.territory import queries as territory
from wangge.lib.masking import mask_id, mask_name, mask_phone
from wangge.lib.scoping import current_reach
from wangge.lib.sealing import unseal
from wangge.registry.people import queries as people
from wangge.registry.people.enums import Sex, TieKind
from wangge.registry.people.models import Person, Tie
from wangge.registry.people.queries.likeness import likely_people
from wangge.registry.people.queries.person import PersonLine

from ..enums import CHECKED, AddressSays, Matched
from ..models import Decision, Declaration


@dataclass(frozen=True)
class Pair:
    """One value as declared and as registered. ``differs`` only where both are known; ``secret`` names the
    field that a reason reveals."""

    label: str
    declared: str
    held: str = ""
    differs: bool = False
    secret: str = ""


@dataclass
class Beside:
    """Everything the right side of the worklist shows."""

    row: Declaration
    pairs: list[Pair]
    person: Person | None
    elsewhere: str  # where the person is registered when that is outside the reader's reach
    place: str
    came_from: str
    companions: list[Declaration]
    residents: list[Tie]
    history: list[Decision]
    candidates: list[PersonLine] = field(default_factory=list)
    candidates_elsewhere: int = 0


def beside(row: Declaration, *, ask: bool = False) -> Beside:
    """The declaration and what the register knows; ``ask`` looks for who it may be."""
    person = Person.objects.filter(pk=row.person_id).first() if row.person_id else None
    home = _home(person) if person else None
    shown = Beside(
        row=row,
        pairs=_pairs(row, person, home),
        person=person,
        elsewhere=_elsewhere(row, person),
        place=territory.area_name_path(row.area_code),
        came_from=territory.area_name_path(row.from_area),
        companions=list(Declaration.objects.filter(report=row.report).exclude(pk=row.pk).order_by("line")),
        residents=_residents(row),
        history=list(history_of(row)),
    )
    if ask or row.matched == Matched.ASK:
        shown.candidates, shown.candidates_elsewhere = candidates_for(row)
    return shown


def history_of(row: Declaration) -> QuerySet[Decision]:
    """What was done to it, the latest first: of one in reach also what was decided where it came from."""
    return Decision._base_manager.filter(declaration=row).order_by("-pk")[:30]


def candidates_for(row: Declaration) -> tuple[list[PersonLine], int]:
    """Who it may be: those in reach with their homes, and how many more are registered elsewhere."""
    likely = likely_people(facts_of(row), row.room)
    keys = [each.person.pk for each in likely[:10]]
    seen = {person.pk: person for person in Person.objects.filter(pk__in=keys)}
    return people.with_homes(seen[pk] for pk in keys if pk in seen), len(keys) - len(seen)


def facts_of(row: Declaration) -> dict[str, Any]:
    """What was declared about who it is, in clear, named as the register names it; for matching only."""
    return {
        "name": row.name,
        "id_no": opened(row.id_sealed),
        "phone": opened(row.phone_sealed),
        "sex": row.sex,
        "birth": row.birth,
    }


def opened(sealed: str) -> str:
    """The value in clear, "" where there is none: for masking, or after its reason was logged."""
    return unseal(sealed) if sealed else ""


def _home(person: Person) -> Tie | None:
    """The present home, wherever it is; of one outside the reach only the community is shown."""
    held = Tie._base_manager.filter(person=person, kind=TieKind.LIVES, known_to=None, valid_to=None)
    return held.select_related("room__building").order_by("-pk").first()


def _home_text(home: Tie | None) -> str:
    if home is None:
        return ""
    if not current_reach().covers(home.area_code):
        return territory.area_name_path(home.area_code[:12])
    return str(home.room) if home.room_id else territory.area_name_path(home.area_code)


def _elsewhere(row: Declaration, person: Person | None) -> str:
    """The community in which a matched person outside the reach is registered; where, not who."""
    if person or not row.person_id:
        return ""
    held = Tie._base_manager.filter(person=row.person_id, known_to=None, valid_to=None)
    code = held.order_by("-pk").values_list("area_code", flat=True).first() or ""
    return territory.area_name_path(code[:12]) or _("别的辖区")


def _residents(row: Declaration) -> list[Tie]:
    return list(people.residents_of(room=row.room_id)[:20]) if row.room_id else []


def _pairs(row: Declaration, person: Person | None, home: Tie | None) -> list[Pair]:
    return [_name(row, person), *_numbers(row, person), *_told(row, person), _address(row, home), *_trip(row)]


def _name(row: Declaration, person: Person | None) -> Pair:
    held = person.name if person else ""
    return Pair(str(CHECKED["name"]), row.name, held, bool(held and held != row.name))


def _numbers(row: Declaration, person: Person | None) -> list[Pair]:
    """Compared by their blind indexes: neither number is opened for more than its mask."""
    id_held, phone_held = (person.id_index or "", person.phone_index) if person else ("", "")
    return [
        Pair(
            str(CHECKED["id_no"]), mask_id(opened(row.id_sealed)), mask_id(person.id_no) if person else "",
            bool(id_held and row.id_index and id_held != row.id_index), "id_no",
        ),
        Pair(
            str(CHECKED["phone"]), mask_phone(opened(row.phone_sealed)),
            mask_phone(person.phone) if person else "",
            bool(phone_held and row.phone_index and phone_held != row.phone_index), "phone",
        ),
    ]  # fmt: skip


def _told(row: Declaration, person: Person | None) -> list[Pair]:
    words = dict(Sex.choices)
    sex, birth = (person.sex, person.birth) if person else ("", None)
    sexes = str(words.get(row.sex, "")), str(words.get(sex, ""))
    return [
        Pair(_("性别"), sexes[0], sexes[1], _other(row.sex, sex)),
        Pair(_("出生日期"), _day(row.birth), _day(birth), _other(row.birth, birth)),
    ]


def _other(declared: Any, held: Any) -> bool:
    return bool(declared and held and declared != held)


def _address(row: Declaration, home: Tie | None) -> Pair:
    declared = str(row.room) if row.room_id else row.stay_address
    other = bool(home and row.room_id and home.room_id and home.room_id != row.room_id)
    differs = other or row.address_says == AddressSays.DIFFERS
    return Pair(str(CHECKED["stay_address"]), declared, _home_text(home), differs)


def _trip(row: Declaration) -> list[Pair]:
    reporter = ""
    if row.reporter_name:
        reporter = f"{row.get_reported_by_display()}：{mask_name(row.reporter_name)}"
    told = [
        (_("来自"), row.from_text),
        (_("到达"), _moment(row.arrive_at)),
        (_("出发"), _moment(row.depart_at)),
        (_("交通"), f"{row.get_transport_display()} {row.trip_no}".strip()),
        (_("住到"), row.stay_until.isoformat() if row.stay_until else ""),
        (_("接待人"), mask_name(row.host_name)),
        (_("来由"), row.purpose),
        (_("代报人"), reporter),
    ]
    return [Pair(label, text) for label, text in told if text]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""
