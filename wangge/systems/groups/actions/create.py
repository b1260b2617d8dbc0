"""A group begins: created, put into use, told which organisation of the register it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.sealing import blind, seal
from wangge.registry.people.models import Organisation

from ..enums import GroupState, Matching, Role
from ..models import Group, Member
from ..queries.terms import terms
from ..rules import Declined, check_move, created
from .locking import hand, locked

WHO = "group.who"  # keeps this index apart from those of phones and numbers


@dataclass(frozen=True)
class Founder:
    """Who will manage the group. ``proved``: the phone was proved by a code a moment ago."""

    name: str
    phone: str
    proved: bool


@transaction.atomic
def create_group(
    *,
    actor: Any,
    facts: Mapping[str, str],
    founder: Founder,
    organisation: Organisation | None = None,
    demo: bool = False,
) -> Group:
    """A new group with its creator. With a proved phone it is in use at once, else a draft that the creator
    puts into use when she proves hers (spec 2.1: 手机号, 短信验证码).

    Args:
        facts: name, type, area_code, address, uscc. organisation: which one it is, as the community confirms.
    """
    group = Group(
        name=facts["name"], type=facts["type"], area_code=facts["area_code"], address=facts["address"],
        uscc=facts.get("uscc", "").upper(), organisation=organisation, demo=demo,
        made_by=journal.account_of(actor),
    )  # fmt: skip
    group.save(force_insert=True)
    creator = _creator(group, founder, demo)
    who = hand(creator) if actor == "visitor" else actor
    journal.record("group.created", actor=who, area=group.area_code, subject=group)
    if founder.proved:
        _activate(who, group, creator)
    return group


def _creator(group: Group, founder: Founder, demo: bool) -> Member:
    now = timezone.now()
    return Member._base_manager.create(
        group=group, name=founder.name, phone_sealed=seal(founder.phone), phone_index=blind(founder.phone),
        who=who_of(founder.name, founder.phone, ""), role=Role.CREATOR, seat=1, joined_at=now, demo=demo,
        phone_proved=founder.proved, as_staff=True,
    )  # fmt: skip


def who_of(name: str, phone: str, id_index: str) -> str:
    """What tells the same person joining twice: name and phone, or the id number where there is none."""
    return blind(f"{name}|{phone}", WHO) if phone else id_index


@transaction.atomic
def activate(*, member: Member) -> Group:
    """The creator, whose phone was just proved, consents and puts a draft into use.

    Raises:
        Declined: not the creator, or no draft.
    """
    group = locked(member.group)
    if not created(member):
        raise Declined("not_creator", _("只有创建人可以启用团体。"))
    _activate(hand(member), group, member)
    return group


def _activate(actor: Any, group: Group, creator: Member) -> None:
    check_move(group, GroupState.ACTIVE)
    now = timezone.now()
    group.state, group.activated_at = GroupState.ACTIVE, now
    group.save(update_fields=["state", "activated_at"])
    creator.notice_version, creator.consented_at = terms().notice, now
    creator.matching = Matching.WAITING if group.organisation_id else Matching.NONE
    creator.phone_proved = True  # by the code that let her in
    creator.save(update_fields=["notice_version", "consented_at", "matching", "phone_proved"])
    journal.record("group.activated", actor=actor, area=group.area_code, subject=group)


@transaction.atomic
def link_organisation(*, actor: Any, group: Group, organisation: Organisation) -> None:
    """The community confirms which organisation of the register this group is; its staff are then matched.

    Raises:
        Declined: another organisation was confirmed already, or the group is over.
    """
    row = locked(group)
    if row.state == GroupState.DISSOLVED:
        raise Declined("state", _("团体已解散。"))
    if row.organisation_id not in (None, organisation.pk):
        raise Declined("linked", _("这个团体已对应另一家单位。"))
    row.organisation = organisation
    row.save(update_fields=["organisation"])
    group.organisation = organisation
    journal.record(
        "group.organisation_linked", actor=actor, area=row.area_code, subject=row,
        changes={"organisation": organisation.pk},
    )  # fmt: skip
