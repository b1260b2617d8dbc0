"""A list is compared with the people of the area: flags go out once, counts stay (S38)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access import actions as access
from wangge.foundation.access.enums import What
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.cells import clean_name, clean_phone
from wangge.lib.identifiers import check_identity
from wangge.lib.sealing import blind_many
from wangge.registry.ledgers.dictionary import code_list
from wangge.registry.people.models import Person

from ..enums import READY, Field, Flag, State
from ..models import Handover, ShareRequest
from ..queries.matching import found_in
from ..reading import Answer, Line, Listed
from ..rules import may_ask

AT_ONCE = 500


@dataclass(frozen=True)
class Done:
    """The receipt; ``answers`` only the first time, they are kept nowhere."""

    handover: Handover
    answers: list[Answer] | None = field(default=None, repr=False)


def compare(*, actor: Any, share: ShareRequest, op: UUID, listed: Listed) -> Done:
    """Compare a list; the same op with the same file again gives the first receipt, without the answers.
    Another file sent from the same form, which a download leaves standing, is another comparison.

    Whoever is found is logged as read, so that she can see it herself.

    Raises:
        Refused: not the actor's area. Unacceptable: not agreed to, ended, or past its day.
    """
    op = uuid5(op, listed.digest)
    known = Handover._base_manager.filter(op=op, share=share.pk).first()
    if known is not None:
        return Done(known)
    try:
        with transaction.atomic():
            return _compared(actor, share, op, listed)
    except IntegrityError:  # the same op at the same moment
        return Done(Handover._base_manager.get(op=op, share=share.pk))


def _compared(actor: Any, share: ShareRequest, op: UUID, listed: Listed) -> Done:
    row = ShareRequest._base_manager.select_for_update().get(pk=share.pk)
    _check(actor, row)
    answers, people = _answers(row, listed.lines)
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        access.note_readings(actor=actor, subjects=some, what=What.SEARCH)
    counts = Counter(answer.flag for answer in answers)
    made = Handover._base_manager.create(
        op=op, share=row, digest=listed.digest, rows=len(answers), here=counts[Flag.HERE],
        differs=counts[Flag.DIFFERS], absent=counts[Flag.ABSENT], invalid=counts[Flag.INVALID],
        by=journal.account_of(actor), at=timezone.now(),
    )  # fmt: skip
    row.state = State.DELIVERED
    row.save(update_fields=["state"])
    data = {"handover": made.pk, "rows": made.rows, **{str(flag): counts[flag] for flag in Flag}}
    journal.record("exchange.delivered", actor=actor, area=row.area_code, subject=row, data=data)
    return Done(made, answers)


def _check(actor: Any, row: ShareRequest) -> None:
    if not may_ask(actor, row.area_code):
        raise Refused(_("这份申请不在您的辖区，不能由您比对。"))
    if row.expires_on < timezone.localdate():
        raise Unacceptable(_("这份申请已过有效期，不能再比对；还需要的话请重新申请。"))
    if row.state not in READY:
        state = row.get_state_display()
        raise Unacceptable(_("这份申请现在是“%(state)s”，同意之后、结束之前才能比对。") % {"state": state})


def _answers(share: ShareRequest, lines: Sequence[Line]) -> tuple[list[Answer], list[Person]]:
    demo = settings.DEMO or settings.TEST
    numbers = [check_identity(line.id_no, demo=demo).number for line in lines]
    indexes = blind_many(numbers)
    ours = found_in(share.area_code, indexes)
    phones = _phones(lines) if Field.PHONE in share.fields else [""] * len(lines)
    answers = [
        _answer(line, number, ours.get(index), phone, share.fields)
        for line, number, index, phone in zip(lines, numbers, indexes, phones, strict=True)
    ]
    return answers, list(ours.values())


def _answer(line: Line, number: str, person: Person | None, phone: str, fields: Sequence[str]) -> Answer:
    if not number:
        return Answer(line.row, Flag.INVALID)
    if person is None:
        return Answer(line.row, Flag.ABSENT)
    differs = _differs(line, person, phone, fields)
    return Answer(line.row, Flag.DIFFERS if differs else Flag.HERE, differs)


def _differs(line: Line, person: Person, phone: str, fields: Sequence[str]) -> tuple[str, ...]:
    """The facts both sides know and say differently."""
    name = str(clean_name(line.told.get("name", "")).value or "")
    code = _code(line.told.get("residence_code_status", ""))
    pairs = {
        Field.NAME: (name, person.name),
        Field.PHONE: (phone, person.phone_index),
        Field.CODE: (code, person.residence_code_status),
    }
    asked = [fact for fact in Field if fact in fields]
    return tuple(str(fact) for fact in asked if all(pairs[fact]) and pairs[fact][0] != pairs[fact][1])


def _phones(lines: Sequence[Line]) -> list[str]:
    demo = settings.DEMO or settings.TEST
    return blind_many([str(clean_phone(line.told.get("phone", ""), demo=demo).value or "") for line in lines])


def _code(text: str) -> str:
    """The status by its words or its code; "" for what is not understood."""
    return (code_list("residence_code_status").find(text) or "") if text else ""
