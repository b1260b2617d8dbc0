"""What a phone answered to a script, read without trusting it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wangge.lib.cells import clean_phone
from wangge.lib.cells import message as cell_message
from wangge.lib.identifiers import check_identity
from wangge.lib.identifiers.messages import message as id_message
from wangge.registry.ledgers.queries.kept import Kept, kept_facts

MOST = 600  # answers at one door
LONGEST = 500
OF_PERSON, OF_ROOM, OF_ORGANISATION = "person", "room", "organisation"
PLACE_FACTS = {OF_ROOM: ("room_state", "room_use"), OF_ORGANISATION: ("org_phone", "staff_number")}


@dataclass(frozen=True)
class Answer:
    """One answer. about, subject: what it is about, such as ("person", 12); fact: its fact or what else is
    asked of the subject; value: True says "as it is held", None says asked and not told, else the text."""

    key: str
    about: str
    subject: str
    fact: str
    value: str | bool | None

    @property
    def told(self) -> bool:
        """Whether it says something."""
        return self.value is not None

    @property
    def new(self) -> bool:
        """Whether it says something else than "as it is"."""
        return isinstance(self.value, str)


@dataclass(frozen=True)
class Read:
    """The answers by key, and in words what is wrong with others."""

    answers: dict[str, Answer]
    faults: list[str]


def read_answers(raw: Any) -> Read:
    """``raw`` is {key: text | number | true | false | [codes]}; empty ones say nothing and are left out."""
    if not isinstance(raw, Mapping) or len(raw) > MOST:
        return Read({}, [_("答案的格式不对，请更新手机上的应用后重新发送。")])
    kept, found, faults = kept_facts(), {}, []
    for key, value in raw.items():
        if value in ("", None) or value == []:
            continue
        answer = _answer(str(key), value)
        if answer is None:
            continue  # a question of a newer application: kept with the operation, not understood here
        if fault := _fault(answer, kept):
            faults.append(fault)
        else:
            found[answer.key] = _canonical(answer, kept)
    return Read(found, faults)


def _answer(key: str, value: Any) -> Answer | None:
    about, _colon, rest = key.partition(":")
    if about == "duty" or about == "discrepancy":
        subject, fact = rest, ""
    else:
        subject, _colon, fact = rest.partition(":")
    if about != "form" and not (subject.isdecimal() and len(subject) < 19):
        return None
    return Answer(key, about, subject, fact, _text(value))


def _text(value: Any) -> str | bool | None:
    if value is True:
        return True
    if value is False:
        return None
    if isinstance(value, list):
        return " ".join(str(one) for one in value)[:LONGEST]
    return str(value).strip()[:LONGEST]


def _fault(answer: Answer, kept: Mapping[str, Kept]) -> str:
    if not isinstance(answer.value, str):
        return ""
    if answer.about not in (OF_PERSON, OF_ROOM, OF_ORGANISATION):
        return ""
    fact = kept.get(answer.fact)
    if fact is None or (answer.about != OF_PERSON and answer.fact not in PLACE_FACTS[answer.about]):
        return _("没有“%(fact)s”这一项，请更新手机上的资料。") % {"fact": answer.fact[:40]}
    if answer.fact == "residence":
        return "" if answer.value in ("here", "left") else _("“现住址”只能答还住在这里或已经离开。")
    why = _wrong(fact, answer.value)
    return _("%(fact)s：%(why)s") % {"fact": fact.name, "why": why} if why else ""


def _wrong(fact: Kept, text: str) -> str:
    trying = settings.DEMO or settings.TEST
    if fact.kind == "phone":
        error = clean_phone(text, demo=trying).error
        return cell_message(error) if error else ""
    if fact.kind == "id_no":
        error = check_identity(text, demo=trying).error
        return id_message(error) if error else ""
    if fact.kind == "date" and not _is_day(text):
        return _("日期要写成 2026-11-26 这样。")
    if fact.options and text not in dict(fact.options):
        return _("不在可选的项目里。")
    if fact.kind == "number" and not (text.isdecimal() and len(text) < 7):
        return _("请填整数。")
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _canonical(answer: Answer, kept: Mapping[str, Kept]) -> Answer:
    fact = kept.get(answer.fact)
    if not isinstance(answer.value, str) or fact is None or answer.about == "form":
        return answer
    text, trying = answer.value, settings.DEMO or settings.TEST
    if fact.kind == "phone":
        text = str(clean_phone(text, demo=trying).value)
    elif fact.kind == "id_no":
        text = check_identity(text, demo=trying).number
    return Answer(answer.key, answer.about, answer.subject, answer.fact, text)
