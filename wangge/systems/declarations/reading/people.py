"""Reading the persons of a submission: name, paper, phone; the same checks as in a ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.lib.cells import clean_name, clean_phone, message
from wangge.lib.identifiers import IDENTITY_KINDS, check_identity, disagreement, id_code_of
from wangge.lib.identifiers import message as paper_message

from .values import Faults, choice, day, mapping, text

MOST = 20  # of one household; a coach or a firm declares by list
PAPERS = {code: kind for kind, (code, _form) in IDENTITY_KINDS.items() if code} | {
    "830": "permit",
    "831": "permit",
}
OTHER_PAPER = "990"  # GA/T 517: another paper; only its length is looked at

PAPER_CODES = frozenset({"", OTHER_PAPER, *PAPERS})
SEXES = frozenset({"", "0", "1", "2", "9"})


@dataclass(frozen=True)
class Human:
    """One person as declared, every value canonical."""

    name: str
    id_type: str = ""
    id_no: str = ""
    phone: str = ""
    sex: str = ""
    birth: date | None = None
    emergency: dict[str, Any] = field(default_factory=dict)


def demo() -> bool:
    """Whether invented numbers are accepted (product decision 11)."""
    return bool(settings.DEMO or settings.TEST)


def read_people(faults: Faults, value: Any, today: date) -> tuple[Human, ...]:
    """Everybody of the submission, the declarant or who is declared for first."""
    if not isinstance(value, list) or not value:
        faults["people"] = _("请至少填写一个人。")
        return ()
    if len(value) > MOST:
        faults["people"] = _("一次最多填报 %(number)d 人，请分几次填报。") % {"number": MOST}
        return ()
    people = tuple(_read_one(faults, f"people.{at}", one, today) for at, one in enumerate(value))
    _no_number_twice(faults, people)
    return people


def _read_one(faults: Faults, path: str, value: Any, today: date) -> Human:
    sent = mapping(faults, path, value)
    name = read_name(faults, f"{path}.name", sent.get("name"))
    id_type, id_no, birth, sex = _paper(faults, path, sent, today)
    return Human(
        name,
        id_type,
        id_no,
        read_phone(faults, f"{path}.phone", sent.get("phone")),
        sex,
        birth,
        mapping(faults, f"{path}.emergency", sent.get("emergency")),
    )


def read_name(faults: Faults, path: str, value: Any, *, required: bool = True) -> str:
    """A personal name: Han with · or Latin letters; digits, emoji and placeholders are refused."""
    raw = text(faults, path, value, 60)
    if path in faults:
        return ""
    cell = clean_name(raw)
    if cell.error:
        faults[path] = message(cell.error)
    elif not cell.value and required:
        faults[path] = _("请填写姓名。")
    return str(cell.value or "")


def read_phone(faults: Faults, path: str, value: Any) -> str:
    """One phone number, canonical; empty stays empty."""
    raw = text(faults, path, value, 40)
    if path in faults or not raw:
        return ""
    cell = clean_phone(raw, demo=demo())
    if cell.error:
        faults[path] = message(cell.error)
    return str(cell.value or "")


def _paper(faults: Faults, path: str, sent: dict[str, Any], today: date) -> tuple[str, str, date | None, str]:
    """Type and number of the paper, birth and sex, which the number tells where it can."""
    paper = choice(faults, f"{path}.id_type", sent.get("id_type"), PAPER_CODES)
    written = text(faults, f"{path}.id_no", sent.get("id_no"), 40)
    birth = day(faults, f"{path}.birth", sent.get("birth"), earliest=date(1880, 1, 1), latest=today)
    sex = choice(faults, f"{path}.sex", sent.get("sex"), SEXES)
    if not written or f"{path}.id_no" in faults:
        return paper, "", birth, sex
    if paper == OTHER_PAPER:
        return paper, written.upper(), birth, sex
    identity = check_identity(written, PAPERS.get(paper, ""), demo=demo(), today=today)
    wrong = identity.error or disagreement(identity, birth=birth, sex=sex)
    if wrong:
        faults[f"{path}.id_no"] = paper_message(wrong)
        return paper, "", birth, sex
    told = id_code_of(identity.number) if identity.birth else paper or IDENTITY_KINDS[identity.kind][0]
    return told, identity.number, identity.birth or birth, identity.sex or sex


def _no_number_twice(faults: Faults, people: tuple[Human, ...]) -> None:
    seen: set[str] = set()
    for at, human in enumerate(people):
        if human.id_no and human.id_no in seen:
            faults[f"people.{at}.id_no"] = _("与前面一位的证件号码相同。每人只填一次，请核对。")
        seen.add(human.id_no)
