"""A firm's staff list beside its group: joined, not joined, not on the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind_many

from ..enums import PRESENT
from ..models import Group, Member, Reconciliation
from ..reading import StaffLine, StaffList

JOINED, OTHER_NAME, NOT_JOINED, NOT_LISTED = "joined", "other_name", "not_joined", "not_listed"
TWICE, UNREADABLE = "twice", "unreadable"


@dataclass(frozen=True)
class Comparison:
    """The counts, which are kept, and the lines for the page that asked, which are not."""

    record: Reconciliation
    not_joined: list[StaffLine] = field(repr=False)
    other_name: list[StaffLine] = field(repr=False)
    not_listed: list[Member] = field(repr=False)


@transaction.atomic
def compare_list(*, actor: Any, group: Group, staff: StaffList) -> Comparison:
    """Match every line by id number, else phone, else (where the list has neither) a name that is unique.

    Of the list only counts are kept, and of each member whether the list names her.
    """
    members = list(Member._base_manager.select_related("person").filter(group=group, state__in=PRESENT))
    found = _Matcher(members).match(staff.lines)
    met = {member.pk for _line, member, _kind in found if member is not None}
    _mark(members, {member.pk for _line, member, kind in found if member is not None and kind == JOINED})
    counts = Counter(kind for _line, _member, kind in found)
    counts |= Counter({NOT_LISTED: len(members) - len(met), UNREADABLE: staff.unreadable})
    listed = len(found) - counts[TWICE]
    record = Reconciliation._base_manager.create(
        group=group, made_by=journal.account_of(actor), listed=listed, counts=dict(counts)
    )
    journal.record(
        "group.reconciled", actor=actor, area=group.area_code, subject=group,
        data={"listed": listed, **dict(counts)},
    )  # fmt: skip
    return Comparison(
        record,
        [line for line, _member, kind in found if kind == NOT_JOINED],
        [line for line, _member, kind in found if kind == OTHER_NAME],
        [member for member in members if member.pk not in met],
    )


def _mark(members: Sequence[Member], on_list: set[int]) -> None:
    for member in members:
        member.on_list = member.pk in on_list
    Member._base_manager.bulk_update(members, ["on_list"])


class _Matcher:
    """Members by their blind indexes; a line of the list meets each member once."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.by_id = {index: member for member in members for index in _ids(member)}
        self.by_phone: dict[str, list[Member]] = {}
        self.by_name: dict[str, list[Member]] = {}
        for member in members:
            self.by_name.setdefault(member.name, []).append(member)
            if member.phone_index:
                self.by_phone.setdefault(member.phone_index, []).append(member)

    def match(self, lines: Sequence[StaffLine]) -> list[tuple[StaffLine, Member | None, str]]:
        """Each line with the member it names and the class of the match."""
        ids, phones = blind_many([line.id_no for line in lines]), blind_many([line.phone for line in lines])
        taken: set[int] = set()
        seen: set[tuple[str, str, str]] = set()
        found: list[tuple[StaffLine, Member | None, str]] = []
        for line, id_index, phone_index in zip(lines, ids, phones, strict=True):
            key = (line.name, id_index, phone_index)
            member, kind = self._one(line, id_index, phone_index)
            if key in seen or (member is not None and member.pk in taken):
                member, kind = None, TWICE
            seen.add(key)
            if member is not None:
                taken.add(member.pk)
            found.append((line, member, kind))
        return found

    def _one(self, line: StaffLine, id_index: str, phone_index: str) -> tuple[Member | None, str]:
        if id_index and id_index in self.by_id:
            return self.by_id[id_index], JOINED
        same_phone = self.by_phone.get(phone_index, []) if phone_index else []
        named = next((member for member in same_phone if member.name == line.name), None)
        if named is not None:
            return named, JOINED
        if same_phone:
            return same_phone[0], OTHER_NAME
        alone = self.by_name.get(line.name, [])
        if not id_index and not phone_index and len(alone) == 1:
            return alone[0], JOINED
        return None, NOT_JOINED


def _ids(member: Member) -> set[str]:
    known = {member.id_index, (member.person.id_index or "") if member.person else ""}
    return known - {""}
