"""An inspection with a checklist, and what was found of each item."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import By, Kind, Level, Outcome
from .drive import Drive

KEPT = "five years, as the case it opened"


class Inspection(Scoped):
    """检查: somebody looked at a room, a building or a firm, once for each ``op``. A monthly self-check of a
    firm is one too, ``by`` self, for the ``month`` whose first day stands here."""

    personal = {
        "words": ("what was seen; may speak of somebody", KEPT),
        "name": ("who looked, as readers know her; a firm's own words for who did", KEPT),
        "lon": ("where it was", KEPT),
        "lat": ("where it was", KEPT),
    }
    op = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)  # of what was sent with op
    by = models.CharField(max_length=6, choices=By.choices, default=By.WORKER)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    version = models.ForeignKey("forms.FormVersion", models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=15)
    room = models.ForeignKey("people.Room", models.SET_NULL, null=True, blank=True, related_name="+")
    building = models.ForeignKey("people.Building", models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    drive = models.ForeignKey(Drive, models.SET_NULL, null=True, blank=True, related_name="inspections")
    month = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    account = models.CharField(max_length=150)
    name = models.CharField(max_length=60, blank=True)
    words = models.CharField(max_length=500, blank=True)
    looked = models.PositiveSmallIntegerField(default=0)  # items that apply
    bad = models.PositiveSmallIntegerField(default=0)  # those put right on the spot among them
    fixed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "-at"], name="inspection_area"),
            models.Index(
                fields=["building", "-at"], name="inspection_building",
                condition=models.Q(building__isnull=False),
            ),
            models.Index(
                fields=["room", "-at"], name="inspection_room", condition=models.Q(room__isnull=False)
            ),
            models.Index(
                fields=["organisation", "month"], name="inspection_organisation",
                condition=models.Q(organisation__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Result(Scoped):
    """One item of an inspection; a bad one is a hazard with a number of its own (``case``)."""

    personal = {"words": ("what was seen; may speak of somebody", KEPT)}
    area_lookup = "inspection__area_code"
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="results")
    item = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    standard = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)
    photos = models.JSONField(default=list)
    case = models.ForeignKey("cases.Case", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.inspection_id} {self.item}"
