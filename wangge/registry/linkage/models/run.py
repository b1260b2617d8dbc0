"""One run of the matcher over the register."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import Engine, RunState


class LinkRun(Scoped):
    """运行: who asked, over which area, with which engine and thresholds, and what it came to.

    ``token`` and ``beat_at`` say which process runs it and that it lives: a killed run stops beating and is
    taken over. ``counts``: records, persons, rows, pairs, merged, settled, asked, apart, two_numbers,
    withdrawn. ``loads``: [[rule, pairs, largest]…]. ``rates``: chance agreement as measured.
    """

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15, db_index=True)
    engine = models.CharField(max_length=6, choices=Engine.choices, default=Engine.DUCKDB)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    stage = models.CharField(max_length=12, blank=True)
    problem = models.CharField(max_length=12, blank=True)
    asked_by = models.CharField(max_length=150)
    token = models.CharField(max_length=32, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    upper = models.FloatField(null=True, blank=True)
    lower = models.FloatField(null=True, blank=True)
    counts = models.JSONField(default=dict)
    loads = models.JSONField(default=list)
    rates = models.JSONField(default=dict)
    seconds = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=RunState.RUNNING), name="one_link_run_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"link run {self.pk}"
