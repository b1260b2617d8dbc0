"""Somebody in a group."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import Scoped
from wangge.lib.sealing import unseal

from ..enums import MOST_ADMINS, MOST_MEMBERS, PRESENT, Matching, MemberState, Role
from .group import Group

KEPT = "until the group is dissolved and its retention is over, or as long after leaving"


class Member(Scoped):
    """成员. The limits are the database's own: everybody present sits on one of 500 numbered seats and every
    admin on one of five, a seat holds one, and a group has one creator."""

    personal = {
        "name": ("who joined", KEPT),
        "phone_sealed": ("contact, sealed", KEPT),
        "phone_index": ("recognises who proves this phone", KEPT),
        "id_sealed": ("finds the person in the register, sealed", KEPT),
        "id_index": ("equality search over sealed ids", KEPT),
        "who": ("the same person joins once, blinded", KEPT),
        "leave_reason": ("why the member wants to leave", KEPT),
        "decision_reason": ("why leaving was refused", KEPT),
    }
    area_lookup = "group__area_code"
    group = models.ForeignKey(Group, models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("姓名"), max_length=60)
    phone_sealed = models.CharField(max_length=160, blank=True)
    phone_index = models.CharField(max_length=24, blank=True)
    phone_proved = models.BooleanField(default=False)
    id_type = models.CharField(max_length=3, blank=True)
    id_sealed = models.CharField(max_length=160, blank=True)
    id_index = models.CharField(max_length=24, blank=True)
    who = models.CharField(max_length=24)
    as_staff = models.BooleanField(_("在这里工作"), default=False)
    role = models.CharField(_("角色"), max_length=8, choices=Role.choices, default=Role.MEMBER)
    state = models.CharField(_("状态"), max_length=8, choices=MemberState.choices, default=MemberState.ACTIVE)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)
    admin_seat = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_version = models.CharField(max_length=20, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(_("加入时间"))
    leave_asked_at = models.DateTimeField(null=True, blank=True)
    leave_reason = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decision_reason = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    matching = models.CharField(max_length=8, choices=Matching.choices, default=Matching.NONE)
    tie_begun = models.BooleanField(default=False)  # joining told the register where this person works
    on_list = models.BooleanField(null=True, blank=True)  # by the last staff list; None: not compared
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("成员")
        indexes = [
            models.Index(fields=["group", "state"], name="member_group"),
            models.Index(fields=["phone_index"], name="member_phone", condition=~Q(phone_index="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["group", "seat"], name="one_member_per_seat"),
            models.CheckConstraint(
                condition=Q(seat=None) | Q(seat__gte=1, seat__lte=MOST_MEMBERS), name="member_seats"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PRESENT, seat__isnull=False)
                | (~Q(state__in=PRESENT) & Q(seat=None, admin_seat=None)),
                name="present_members_sit",
            ),
            models.UniqueConstraint(fields=["group", "admin_seat"], name="one_admin_per_seat"),
            models.CheckConstraint(
                condition=Q(admin_seat=None) | Q(admin_seat__gte=1, admin_seat__lte=MOST_ADMINS),
                name="member_admin_seats",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.ADMIN, admin_seat__isnull=False)
                | (~Q(role=Role.ADMIN) & Q(admin_seat=None)),
                name="admins_sit",
            ),
            models.UniqueConstraint(
                fields=["group"], condition=Q(role=Role.CREATOR, state__in=PRESENT), name="one_creator"
            ),
            models.UniqueConstraint(
                fields=["group", "who"], condition=Q(state__in=PRESENT), name="joined_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"  # names do not leak into logs through str()

    @property
    def area_code(self) -> str:
        """Where the member's group is; what is said under an order is said there."""
        return self.group.area_code

    @property
    def phone(self) -> str:
        """The phone in clear: for masking and for messages only."""
        return unseal(self.phone_sealed) if self.phone_sealed else ""

    @property
    def id_no(self) -> str:
        """The id number in clear: for finding the person in the register only."""
        return unseal(self.id_sealed) if self.id_sealed else ""
