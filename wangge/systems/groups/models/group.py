"""A group and its invitations."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import Scoped

from ..enums import GroupState, GroupType


class Group(Scoped):
    """团体: an organisation, a place or an event whose members joined by their own consent (spec 2.1).

    ``organisation`` is what the community confirmed it to be in the register; ``uscc`` is only what the
    creator said.
    """

    personal: dict[str, tuple[str, str]] = {}
    name = models.CharField(_("团体名称"), max_length=120)
    type = models.CharField(_("团体类型"), max_length=10, choices=GroupType.choices)
    area_code = models.CharField(_("所在社区或网格"), max_length=15)
    address = models.CharField(_("团体地址"), max_length=200)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField(_("状态"), max_length=10, choices=GroupState.choices, default=GroupState.DRAFT)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(_("创建时间"), auto_now_add=True)
    activated_at = models.DateTimeField(null=True, blank=True)
    dissolve_at = models.DateTimeField(null=True, blank=True)  # when a request to dissolve is carried out
    dissolved_at = models.DateTimeField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)  # the retention clock's end
    erased_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("团体")
        indexes = [
            models.Index(fields=["area_code", "-id"], name="group_area"),
            models.Index(
                fields=["organisation"], name="group_organisation", condition=Q(organisation__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(Scoped):
    """邀请: opens the joining page for 24 hours and so many members; a new one ends the ones before."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "group__area_code"
    group = models.ForeignKey(Group, models.CASCADE, related_name="invitations")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField()
    max_uses = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("邀请")
        constraints = [
            models.CheckConstraint(condition=Q(used__lte=F("max_uses")), name="invitation_not_overused")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.pk}"

    def open_at(self, now: datetime) -> bool:
        """Whether it still lets somebody in."""
        return self.revoked_at is None and now < self.ends_at and self.used < self.max_uses
