"""A list of the police beside our register: flags and counts stay, nothing else of it (S38, spec 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.identifiers import check_identity
from wangge.lib.scoping import prefix_filter, prefix_of
from wangge.lib.sealing import blind_many
from wangge.registry.people.rules import Declined

from ..enums import HAS_CODE, CodeStatus, ListSays
from ..models import Exchange, ResidenceCode
from ..queries.residence import due

Ours = dict[str, tuple[int, str, str]]  # blind index -> person, area, status


@transaction.atomic
def compare_list(
    *,
    actor: Any,
    area: str,
    rows: Iterable[tuple[str, str]],
    purpose: str,
    basis: str = "",
    complete: bool = False,
) -> Exchange:
    """Compare id numbers and statuses with who is due in ``area``.

    Args:
        rows: (id number, ``CodeStatus`` or "" for "on the list, so confirmed"); they are not kept.
        complete: the list names everybody, so that whoever is missing on it is flagged too.

    Raises:
        Declined: no purpose, or no row that can be read.
    """
    if len(purpose.strip()) < 4:
        raise Declined("no_purpose", _("请写明比对的目的，例如“核对流动人口粤居码申领情况”。"))
    told, unreadable = _told(rows)
    if not told:
        raise Declined("no_rows", _("名单里没有读得懂的证件号码，请检查列名和内容。"))
    ours = _ours(area)
    flags = {index: _says(ours[index][2], told[index]) for index in told if index in ours}
    if complete:
        flags |= {index: ListSays.ABSENT for index in ours if index not in told}
    counts = {
        "rows": len(told) + unreadable,
        "unreadable": unreadable,
        **{kind.value: sum(1 for each in flags.values() if each == kind) for kind in ListSays},
        "not_here": sum(1 for index in told if index not in ours),
    }
    made = Exchange._base_manager.create(
        area_code=area, purpose=journal.without_personal(purpose)[:200], counts=counts,
        basis=journal.without_personal(basis)[:200], fields=["id_no", "residence_code_status"],
        by=journal.account_of(actor), at=timezone.now(),
    )  # fmt: skip
    _flag(made, [(ours[index], says) for index, says in flags.items()])
    journal.record(
        "residence_code.compared", actor=actor, area=area, subject=made, reason=purpose, data=counts
    )
    return made


def _told(rows: Iterable[tuple[str, str]]) -> tuple[dict[str, str], int]:
    numbers: dict[str, str] = {}
    unreadable = 0
    for number, status in rows:
        checked = check_identity(number, "", demo=settings.DEMO or settings.TEST)
        if checked.error or (status and status not in CodeStatus.values):
            unreadable += 1
        else:
            numbers[checked.number] = status
    return dict(zip(blind_many(list(numbers)), numbers.values(), strict=True)), unreadable


def _ours(area: str) -> Ours:
    held = due().filter(prefix_filter("area_code", prefix_of(area)), person__id_index__isnull=False)
    columns = ("person__id_index", "person_id", "area_code", "person__residence_code_status")
    return {index: (pk, code, status) for index, pk, code, status in held.values_list(*columns)}


def _says(held: str, told: str) -> ListSays:
    same = held in HAS_CODE if not told else held == told
    return ListSays.SAME if same else ListSays.DIFFERS


def _flag(made: Exchange, flags: list[tuple[tuple[int, str, str], ListSays]]) -> None:
    """One flag a person; what an earlier list said gives way to it."""
    people = [person for (person, _area, _status), _says in flags]
    for start in range(0, len(people), 500):
        old = ResidenceCode._base_manager.filter(person__in=people[start : start + 500])
        old.exclude(list_says="").delete()
    ResidenceCode._base_manager.bulk_create(
        [
            ResidenceCode(
                person_id=person, area_code=area, list_says=says, exchange=made, by=made.by, at=made.at
            )
            for (person, area, _status), says in flags
        ],
        batch_size=500,
    )
