"""Counts of cases by day, place and kind."""

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
        indexes = [
            models.Index(fields=["measure", "area_code", "day"], include=["rows"], name="tally_measure")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.area_code} {self.measure}"


class MonthTally(Scoped):
    """The same by month and community: sums of ``Tally``, kept with them, so that a district's year is read
    from thousands of counts instead of millions."""

    personal: dict[str, tuple[str, str]] = {}
    month = models.DateField()  # its first day
    area_code = models.CharField(max_length=15)
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
                fields=["measure", "month", "area_code"],
                include=["system", "kind", "rows"],
                name="month_tally_sums",
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.area_code} {self.measure}"
