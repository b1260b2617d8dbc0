"""Members become people of the register, and staff of their organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from wangge.foundation.journal.models import Entry
from wangge.registry.people.actions import register_person
from wangge.registry.people.enums import Source, TieKind
from wangge.registry.people.models import Person, Tie

from ..enums import EMPLOYS, PRESENT, GroupState, Matching
from ..models import Member
from .locking import hand, locked, note

Answer = Person | Literal["new"] | None


def match_member(entry: Entry) -> None:
    """On group.member_joined: find the person in the register, or ask the community who it is."""
    _match(Member._base_manager.filter(pk=entry.subject_id))


def match_group(entry: Entry) -> None:
    """On group.activated and group.organisation_linked: match everybody who waits for it."""
    _match(Member._base_manager.filter(group=int(entry.subject_id)))


def _match(members: Any) -> None:
    waiting = members.filter(
        state__in=PRESENT, as_staff=True, person=None, group__organisation__isnull=False,
        group__type__in=EMPLOYS, consented_at__isnull=False,
    )  # fmt: skip
    for member in waiting.select_related("group__organisation").order_by("pk"):
        register_member(member, actor=hand(member))


@transaction.atomic
def settle_member(*, actor: Any, member: Member, answer: Answer) -> None:
    """The community says which person a member is, or that she is new."""
    register_member(member, actor=actor, answer=answer)


@transaction.atomic
def register_member(member: Member, *, actor: Any, answer: Answer = None) -> None:
    """Take the member's own declaration into the register: who she is, and that she works here (spec 2.5).

    A tie the register knew before is confirmed and stays when she leaves; one begun here ends with it.
    """
    group = locked(member.group)
    row = Member._base_manager.select_for_update().get(pk=member.pk)
    organisation = member.group.organisation
    if row.person_id is not None or row.state not in PRESENT or group.state == GroupState.DISSOLVED:
        return
    if organisation is None:
        return
    before = timezone.now()
    done = register_person(
        actor=actor, facts=facts_of(row), source=Source.SELF, kind=TieKind.WORKS, organisation=organisation,
        answer=answer, demo=row.demo,
    )  # fmt: skip
    if done.outcome == "ask" or done.person is None:
        row.matching = Matching.ASK
        row.save(update_fields=["matching"])
        return
    row.person, row.matching = done.person, Matching.DONE
    row.tie_begun = _begun_since(before, done.person, organisation.pk)
    row.save(update_fields=["person", "matching", "tie_begun"])
    note("group.member_matched", actor, row, outcome=done.outcome)


def facts_of(member: Member) -> dict[str, str]:
    """What the member declared of herself, by the register's words."""
    return {
        "name": member.name,
        "phone": member.phone,
        "id_type": member.id_type,
        "id_no": member.id_no,
    }


def _begun_since(before: datetime, person: Person, organisation: int) -> bool:
    """Whether this declaration began the tie; one that was only confirmed is known for longer."""
    ties = Tie._base_manager.filter(
        person=person, organisation=organisation, kind=TieKind.WORKS, known_to=None, valid_to=None
    )
    return ties.filter(known_from__gte=before).exists()
