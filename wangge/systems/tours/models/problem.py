"""What was raised at a stop is a case; here stands which (S13, S33)."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped

from .tour import Stop


class Problem(Scoped):
    """问题: the case it became. Everything else of it is the case's."""

    personal: dict[str, tuple[str, str]] = {}
    stop = models.ForeignKey(Stop, models.PROTECT, related_name="problems")
    case = models.OneToOneField("cases.Case", models.CASCADE, related_name="+")
    area_code = models.CharField(max_length=15)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="tour_problem_area")]

    def __str__(self) -> str:
        return f"{self.stop_id} {self.case_id}"
