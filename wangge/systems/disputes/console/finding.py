"""Looking somebody up in the register from a row of the form: by POST, logged, within reach."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict

from wangge.foundation.access.actions import note_readings
from wangge.foundation.access.enums import What
from wangge.foundation.access.queries import may
from wangge.lib.masking import mask_id, mask_phone
from wangge.registry.people.models import Person
from wangge.registry.people.queries import search_organisations, search_people, with_homes

from ..enums import Who

MOST = 8
CHOSEN = {"choose": ("chosen", str(Who.PERSON)), "firm": ("firm", str(Who.FIRM))}  # button: field, who it is


@dataclass(frozen=True)
class Asked:
    """Which button was pressed: ``do`` save, more, find, choose (somebody), firm (an organisation) or drop;
    ``row`` the party's row; the data with what was chosen."""

    do: str
    row: int
    data: QueryDict


@dataclass(frozen=True)
class Found:
    """Who was found for a row: (key, name, number, phone, home); which firms: (key, name, code, address)."""

    row: int
    people: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    firms: list[tuple[int, str, str, str]] = field(default_factory=list)


def asked_for(request: HttpRequest) -> Asked:
    """What the form asks for; a button of another page saves."""
    do, _dash, rest = request.POST.get("do", "save").partition("-")
    row, _dash, key = rest.partition("-")
    data = request.POST.copy()
    at = int(row) if row.isascii() and row.isdecimal() and len(row) < 3 else 0
    if do in CHOSEN and key.isascii() and key.isdecimal():
        data[f"p{at}-chosen"] = data[f"p{at}-firm"] = data[f"p{at}-find"] = ""
        field, data[f"p{at}-who"] = CHOSEN[do]
        data[f"p{at}-{field}"] = key
    if do == "drop":
        data[f"p{at}-chosen"] = data[f"p{at}-firm"] = ""
    return Asked(do if do in ("save", "more", "find", "drop", *CHOSEN) else "save", at, data)


def find(request: HttpRequest, asked: Asked) -> Found | None:
    """Whom the text of the row may mean; None where nobody is looked for, or she may not."""
    text = asked.data.get(f"p{asked.row}-find", "").strip()
    if asked.do != "find" or not text or not may(request.user, "person.view"):
        return None
    people = list(search_people(text, MOST))
    note_readings(actor=request.user, subjects=people, what=str(What.SEARCH))
    firms = search_organisations(text, MOST) if may(request.user, "organisation.view") else []
    return Found(
        asked.row,
        [_line(line.person, str(line.home.room or "") if line.home else "") for line in with_homes(people)],
        [(firm.pk, firm.name, firm.uscc or "", firm.address) for firm in firms],
    )


def _line(person: Person, home: str) -> tuple[int, str, str, str, str]:
    return person.pk, person.name, mask_id(person.id_no), mask_phone(person.phone), home
