"""Who the parties are: written once with the dispute, changed while it is mediated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.engines.cases.actions import Stale
from wangge.engines.cases.models import Case
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind, seal
from wangge.registry.people.models import Organisation, Person

from ..enums import Who
from ..models import Party
from ..models.party import PARTY
from ..queries.agreements import in_force
from ..queries.handlers import handlers_of
from ..queries.parties import is_party, told_of
from ..reading.parties import Told, faults_between, read_party
from ..rules import leads

MOST = 20


def checked(parties: Sequence[Told]) -> list[Told]:
    """The parties in canonical form.

    Raises:
        Unacceptable: with everything that is wrong, by who it is of.
    """
    if len(parties) > MOST:
        raise Unacceptable(
            _("一件纠纷最多写 %(most)d 位当事人；人多的请写代表，再写涉及人数。") % {"most": MOST}
        )
    today, demo, found, faults = timezone.localdate(), settings.DEMO or settings.TEST, [], []
    for at, told in enumerate(parties, 1):
        party, wrong = read_party(told, today, demo=demo)
        found.append(party)
        faults += [_("第 %(at)d 位：%(fault)s") % {"at": at, "fault": fault} for fault in wrong.values()]
    faults += faults_between(found)
    if faults:
        raise Unacceptable("".join(faults))
    return found


def look_at_title(title: str, address: str, parties: Sequence[Told]) -> None:
    """Raises Unacceptable where a party's name stands in what everybody reads."""
    names = {name for party in parties for name in (party.name, party.guardian) if len(name) > 1}
    if any(name in title or name in address for name in names):
        raise Unacceptable(_("标题和地点大家都看得到，不能写当事人的姓名；请改成“楼上漏水”这样的说法。"))


def write_parties(case: Case, parties: Sequence[Told]) -> None:
    """Rows for parties that were checked; known numbers are changed, who is not named is one no more."""
    known = {row.number: row for row in Party._base_manager.filter(case=case)}
    last = max(known, default=0)
    for told in parties:
        row = known.pop(told.number, None) if told.number else None
        if row is None:
            last += 1
            row = Party(case=case, number=last)
        _fill(row, told)
        row.save()
    for row in known.values():
        if row.gone_at is None:
            erase(row)
            row.gone_at = timezone.now()
            row.save()


def _fill(row: Party, told: Told) -> None:
    row.side, row.who, row.minor = told.side, told.who, told.minor
    row.person = Person.objects.filter(pk=told.person).first() if told.person else None
    firm = told.organisation if told.who == Who.FIRM else None
    row.organisation = Organisation.objects.filter(pk=firm).first() if firm else None
    row.id_index = blind(told.id_no) if told.id_no else ""
    values = {"name": told.name, "phone": told.phone, "id": told.id_no, "address": told.address,
              "guardian": told.guardian, "guardian_phone": told.guardian_phone,
              "note": told.note}  # fmt: skip
    for name, value in values.items():
        setattr(row, f"{name}_sealed", seal(value, PARTY) if value else "")


def erase(row: Party) -> None:
    """Take everything about somebody out of the row; it still says that there was a party."""
    for name in Party.sealed_as:
        setattr(row, name, "")
    row.id_index, row.person, row.organisation, row.minor = "", None, None, False


@transaction.atomic
def change_parties(*, actor: Any, case: Case, parties: Sequence[Told], seen: str) -> None:
    """Write down who the parties are now; sending the same again changes nothing.

    Args:
        seen: what ``stamp`` said when she looked.

    Raises:
        Refused: she does not lead it. Stale: somebody changed them meanwhile. Unacceptable: a fault, an
            agreement is in force, the dispute is closed, or somebody who handles it would be a party.
    """
    row = Case._base_manager.select_for_update().get(pk=case.pk)
    if not leads(actor, row):
        raise Refused(_("当事人由承办人填写。"))
    found = checked(parties)
    look_at_title(row.title, row.address, found)
    if stamp(row) != seen:
        if [_plain(each) for each in told_of(row)] == [_plain(each) for each in found]:
            return
        raise Stale(_("刚才有人改过当事人；请看过最新的再改。"))
    if row.closed_at is not None or in_force(row) is not None:
        raise Unacceptable(_("协议已经签订，或纠纷已经结案，当事人不能再改。"))
    write_parties(row, found)
    for handler in handlers_of(row):
        look_at_name(row, handler.user.name)
    data = {"number": row.number, "parties": len(found)}
    journal.record("dispute.parties_changed", actor=actor, area=row.area_code, subject=row, data=data)


def _plain(told: Told) -> tuple[object, ...]:
    return (told.side, told.who, told.name, told.id_no, told.phone, told.address, told.minor, told.guardian,
            told.guardian_phone, told.note)  # fmt: skip


def stamp(case: Case) -> str:
    """What the parties are now, under a key: another once one of them is changed."""
    return blind(repr([(each.number, *_plain(each)) for each in told_of(case)]), "disputes.parties")


def look_at_name(case: Case, name: str) -> None:
    """Raises Unacceptable for somebody who would settle her own dispute."""
    if is_party(case, name):
        raise Unacceptable(
            _("“%(name)s”与当事人或监护人同名；当事人不能调解自己的纠纷，请换一位。") % {"name": name}
        )
