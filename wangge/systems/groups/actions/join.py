"""Joining by one's own consent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.lib.sealing import blind, seal

from ..enums import EMPLOYS, MOST_MEMBERS, PRESENT, Matching
from ..models import Group, Invitation, Member
from ..queries.terms import terms
from ..rules import Declined, check_open, full
from .create import who_of
from .locking import hand, locked, note, seat_in


@dataclass(frozen=True)
class Newcomer:
    """What somebody says of herself. ``proved``: by a code to the phone; ``as_staff``: she works there."""

    name: str
    phone: str = ""
    id_type: str = ""
    id_no: str = ""
    proved: bool = False
    as_staff: bool = False


def join(*, invitation: Invitation, newcomer: Newcomer, consent: str) -> Member:
    """The newcomer, having read the notice, joins; whoever is in already is answered the same.

    Args:
        consent: the version of the notice that was shown and agreed to.

    Raises:
        Declined: no consent, the invitation is over or used up, the group is full or not in use.
    """
    if consent != terms().notice:
        raise Declined("consent", _("请先阅读并同意个人信息告知。"))
    try:
        with transaction.atomic():
            return _join(invitation, newcomer, consent)
    except IntegrityError as error:  # the database's own limits: a seat, or the same person at this moment
        raise full() from error


def _join(invitation: Invitation, newcomer: Newcomer, consent: str) -> Member:
    group = locked(invitation.group)
    check_open(group)
    held = _already_in(group, newcomer)
    if held is not None:
        return held
    seat = seat_in(group, "seat", MOST_MEMBERS)
    if seat is None:
        raise full()
    _use(invitation)
    member = _write(group, newcomer, consent, seat)
    note("group.member_joined", hand(member), member, invitation=invitation.pk, notice=consent)
    return member


def _already_in(group: Group, newcomer: Newcomer) -> Member | None:
    index = blind(newcomer.id_no) if newcomer.id_no else ""
    same = Q(who=who_of(newcomer.name, newcomer.phone, index))
    if index:
        same |= Q(id_index=index)
    return Member._base_manager.filter(same, group=group, state__in=PRESENT).first()


def _use(invitation: Invitation) -> None:
    """One use more, in the statement that allows it."""
    open_ones = Invitation._base_manager.filter(
        pk=invitation.pk, revoked_at=None, ends_at__gt=timezone.now(), used__lt=F("max_uses")
    )
    if not open_ones.update(used=F("used") + 1):
        raise Declined("invitation", _("邀请已失效。请向团体管理员要新的链接或二维码。"))


def _write(group: Group, newcomer: Newcomer, consent: str, seat: int) -> Member:
    now = timezone.now()
    index = blind(newcomer.id_no) if newcomer.id_no else ""
    staff = newcomer.as_staff and group.type in EMPLOYS
    return Member._base_manager.create(
        group=group, name=newcomer.name, seat=seat, joined_at=now,
        phone_sealed=seal(newcomer.phone) if newcomer.phone else "",
        phone_index=blind(newcomer.phone) if newcomer.phone else "",
        phone_proved=newcomer.proved, id_type=newcomer.id_type,
        id_sealed=seal(newcomer.id_no) if newcomer.id_no else "", id_index=index,
        who=who_of(newcomer.name, newcomer.phone, index), as_staff=staff,
        notice_version=consent, consented_at=now, demo=group.demo,
        matching=Matching.WAITING if staff and group.organisation_id else Matching.NONE,
    )  # fmt: skip
