"""The fire profile of a building."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped


class FireProfile(Scoped):
    """消防档案: what a building has against fire. ``limited`` is, by floor, how many residents need help
    to get out: counts that somebody on the spot said, never names."""

    personal = {"account": ("who wrote it down; to answer for it", "as long as the trail")}
    building = models.OneToOneField("people.Building", models.CASCADE, related_name="+")
    area_code = models.CharField(max_length=15)
    floors = models.PositiveSmallIntegerField(null=True, blank=True)
    stairs = models.PositiveSmallIntegerField(null=True, blank=True)
    lifts = models.PositiveSmallIntegerField(null=True, blank=True)
    refuge_floors = models.CharField(max_length=60, blank=True)
    hydrants = models.PositiveSmallIntegerField(null=True, blank=True)
    sprinkler = models.BooleanField(null=True, blank=True)
    alarm = models.BooleanField(null=True, blank=True)
    control_room = models.BooleanField(null=True, blank=True)
    staffed = models.BooleanField(null=True, blank=True)  # two people on duty with certificates
    lane_clear = models.BooleanField(null=True, blank=True)
    drilled_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    limited = models.JSONField(default=dict, blank=True)
    confirmed_at = models.DateTimeField()
    account = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="profile_area")]

    def __str__(self) -> str:
        return f"{self.building_id}"
