"""Counts of cases by day, place and kind, and by month."""

from __future__ import annotations

from django.db import models

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


class MonthTally(Scoped):
    """The same by whole months and communities: what a district's year is summed from. ``area_code`` has
    twelve digits at most, ``month`` is its first day."""

    personal: dict[str, tuple[str, str]] = {}
    month = models.DateField()
    area_code = models.CharField(max_length=12)
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
                fields=["month", "area_code"], include=["measure", "system", "kind", "rows"],
                name="month_tally_sums",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.area_code} {self.measure}"
