"""What the figures of a month gave to think about."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import Side


class Alert(Scoped):
    """预警: of a street (too many whistles, too few), or of a unit in the district (late too often), once a
    month. ``part`` ÷ ``whole`` as they were, and the ``bound`` in per cent that held."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    month = models.DateField()  # its first day
    side = models.CharField(max_length=4, choices=Side.choices)
    unit = models.ForeignKey("cases.Unit", models.CASCADE, null=True, blank=True, related_name="+")
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    bound = models.FloatField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "month", "side"], condition=Q(unit=None), name="alert_street_once"
            ),
            models.UniqueConstraint(
                fields=["area_code", "month", "side", "unit"], condition=Q(unit__isnull=False),
                name="alert_unit_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["month", "area_code"], name="alert_month")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.month} {self.side}"
