"""Campaigns (行动): a form asked at every door of a chosen set, within a time (S06, S17, S42)."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from wangge.engines.forms.models import Form, above
from wangge.lib.scoping import Reach, Scoped

from ..enums import CampaignKind, CampaignState, TargetKind, TargetState


class Campaign(Scoped):
    """行动. ``scope`` says where: ``{"areas": [codes], "filters": {...}}``; the doors are ``CampaignTarget``
    rows, fixed when it starts and added to while it runs (a room found later is a door too). An area below
    sees it once it has doors there; a neighbour never does."""

    personal: dict[str, tuple[str, str]] = {}
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=CampaignKind.choices)
    area_code = models.CharField(max_length=15)  # whose campaign it is
    form = models.ForeignKey(Form, models.PROTECT, related_name="campaigns")
    target = models.CharField(max_length=14, choices=TargetKind.choices)
    scope = models.JSONField(default=dict)
    begins_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=CampaignState.choices, default=CampaignState.DRAFT)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=200, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")), name="campaign_ends_after_it_begins"
            )
        ]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Campaigns of the reach, and those of the areas it lies in that have doors in it."""
        codes = {code for prefix in reach.prefixes for code in above(prefix)}
        doors = CampaignTarget._base_manager.filter(reach.q("area_code"), campaign=OuterRef("pk"))
        return reach.q("area_code") | (Q(area_code__in=codes) & Q(Exists(doors)))

    @property
    def areas(self) -> list[str]:
        """The codes of the communities and grids it goes to."""
        return list(self.scope.get("areas", []))

    def __str__(self) -> str:
        return self.name


class CampaignTarget(Scoped):
    """One door of a campaign and where it stands."""

    personal: dict[str, tuple[str, str]] = {}
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets", db_index=False)
    area_code = models.CharField(max_length=15)
    room = models.ForeignKey("people.Room", models.CASCADE, null=True, blank=True)
    organisation = models.ForeignKey("people.Organisation", models.CASCADE, null=True, blank=True)
    person = models.ForeignKey("people.Person", models.CASCADE, null=True, blank=True)
    state = models.CharField(max_length=8, choices=TargetState.choices, default=TargetState.OUTSTANDING)
    state_at = models.DateTimeField(null=True, blank=True)
    visit = models.ForeignKey(
        "fieldwork.Visit", models.SET_NULL, null=True, blank=True, related_name="targets"
    )

    class Meta:
        indexes = [
            # all that progress and the curve count by, so that neither reads the rows themselves
            models.Index(fields=["campaign", "area_code", "state", "state_at"], name="campaign_target_count"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "room"], condition=Q(room__isnull=False), name="one_target_per_room"
            ),
            models.UniqueConstraint(
                fields=["campaign", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_target_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["campaign", "person"], condition=Q(person__isnull=False), name="one_target_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.pk}"
