"""Parties as they are typed: names, numbers, who stands twice, who needs a guardian."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from wangge.lib import cells, identifiers

from ..enums import Side, Who

ADULT = 18


@dataclass(frozen=True)
class Told:
    """What is told of one party. ``number``: of the party that it changes, 0 for a new one; ``birth`` is
    known of somebody chosen from the register; ``organisation`` is a firm chosen there."""

    side: str
    name: str
    who: str = Who.PERSON
    id_no: str = ""
    phone: str = ""
    address: str = ""
    minor: bool = False
    guardian: str = ""
    guardian_phone: str = ""
    note: str = ""
    person: int | None = None
    number: int = 0
    birth: date | None = None
    organisation: int | None = None


def read_party(told: Told, today: date, *, demo: bool = False) -> tuple[Told, dict[str, str]]:
    """The party in canonical form, and what is wrong with it in words, by field."""
    faults: dict[str, str] = {}
    name = told.name.strip() if told.who == Who.FIRM else _cell(cells.clean_name(told.name), "name", faults)
    if not name and "name" not in faults:
        faults["name"] = _("请写当事人的姓名或名称。")
    id_no, birth = _number(told, today, demo, faults)
    phone = _cell(cells.clean_phone(told.phone, demo=demo), "phone", faults)
    guardian = _cell(cells.clean_name(told.guardian), "guardian", faults)
    guardian_phone = _cell(cells.clean_phone(told.guardian_phone, demo=demo), "guardian_phone", faults)
    minor = told.who == Who.PERSON and (told.minor or (birth is not None and _age(birth, today) < ADULT))
    if minor and not (guardian and guardian_phone) and not {"guardian", "guardian_phone"} & set(faults):
        faults["guardian"] = _("当事人未满 18 岁，请写监护人的姓名和电话，由监护人代为参加。")
    found = replace(
        told, name=name, id_no=id_no, phone=phone, minor=minor, guardian=guardian,
        guardian_phone=guardian_phone, address=told.address.strip(), note=told.note.strip(),
    )  # fmt: skip
    return found, faults


def _cell(cell: cells.Cell, field: str, faults: dict[str, str]) -> str:
    if cell.error:
        faults[field] = cells.message(cell.error)
    return "" if cell.error else str(cell.value or "")


def _number(told: Told, today: date, demo: bool, faults: dict[str, str]) -> tuple[str, date | None]:
    if not told.id_no.strip():
        return "", told.birth
    if told.who == Who.FIRM:
        firm = identifiers.check_uscc(told.id_no, demo=demo)
        if firm.error:
            faults["id_no"] = identifiers.message(firm.error)
        return firm.number, None
    person = identifiers.check_identity(told.id_no, demo=demo, today=today)
    if person.error:
        faults["id_no"] = identifiers.message(person.error)
    return person.number, person.birth or told.birth


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def faults_between(parties: Sequence[Told]) -> Iterator[str]:
    """What is wrong with them together: a side is empty, or somebody stands there twice."""
    for side in (Side.APPLICANT, Side.RESPONDENT):
        if not any(party.side == side for party in parties):
            yield _("请至少写一位%(side)s。") % {"side": side.label}
    for later, party in enumerate(parties):
        for earlier in range(later):
            if same(parties[earlier], party):
                yield _("第 %(one)d 位和第 %(other)d 位是同一个人；一个人只能站在一边，请改正。") % {
                    "one": earlier + 1, "other": later + 1}  # fmt: skip
    for at, party in enumerate(parties, 1):
        if any(_speaks_for(party, other) for other in parties if other.side != party.side):
            yield _("第 %(one)d 位的监护人是另一方的当事人，请换一位监护人。") % {"one": at}


def same(one: Told, other: Told) -> bool:
    """By number, by the register, or by name and phone."""
    if one.id_no and other.id_no:
        return one.id_no == other.id_no
    if one.person and other.person:
        return one.person == other.person
    if one.organisation and other.organisation:
        return one.organisation == other.organisation
    return bool(one.phone) and (one.name, one.phone) == (other.name, other.phone)


def _speaks_for(party: Told, other: Told) -> bool:
    return bool(party.minor and party.guardian) and (party.guardian, party.guardian_phone) == (
        other.name, other.phone,
    )  # fmt: skip


def letter(at: int) -> str:
    """甲, 乙, … of the parties in their order; numbers beyond the tenth."""
    letters = _("甲乙丙丁戊己庚辛壬癸")
    return letters[at] if at < len(letters) else str(at + 1)
