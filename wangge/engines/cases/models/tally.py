"""Counts of cases by day, place and kind, and by month."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length

from wangge.lib.scoping import Scoped


class Tally(Scoped):
    """How many cases count for a measure on a day in an area. Nothing but a sum over case rows, kept beside
    them: ``queries.tallies.counted`` says which, ``recount`` proves it."""

    personal: dict[str, tuple[str, str]] = {}
    day = models.DateField()
    area_code = models.CharField(max_length=15)
    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=20)
    rows = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "day", "system", "kind", "measure"], name="tally_once"
            )
        ]
        indexes = [  # a few days of everywhere; years of a small area are the constraint's
            models.Index(
                fields=["day", "area_code"], include=["measure", "system", "kind", "rows"], name="tally_days"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.area_code} {self.measure}"


class TownTally(Scoped):
    """The same by day and town (``area_code`` is cut to nine digits): for days that are no whole month."""

    personal: dict[str, tuple[str, str]] = {}
    day = models.DateField()
    area_code = models.CharField(max_length=9)
    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=20)
    rows = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "day", "system", "kind", "measure"], name="town_tally_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["day", "area_code"], include=["measure", "system", "kind", "rows"],
                name="town_tally_days",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.day} {self.area_code} {self.measure}"


class MonthTally(Scoped):
    """The same by whole months, once for each community and once for each town: what a year is summed from.
    ``area_code`` is cut to twelve digits and to nine (``digits``), ``month`` is its first day."""

    personal: dict[str, tuple[str, str]] = {}
    TOWN, COMMUNITY = 9, 12
    month = models.DateField()
    area_code = models.CharField(max_length=15)
    digits = models.GeneratedField(
        expression=Length("area_code"), output_field=models.SmallIntegerField(), db_persist=True
    )
    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    measure = models.CharField(max_length=20)
    rows = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "month", "system", "kind", "measure"], name="month_tally_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["digits", "area_code", "month"], include=["measure", "system", "kind", "rows"],
                name="month_tally_sums",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.area_code} {self.measure}"
