"""One filling of a requested table."""

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import FillState
from .request import TableRequest


class Fill(Scoped):
    """填表结果: when, as of which day, how many cells, where the file lies until it is erased (24 hours)."""

    area_lookup = "request__area_code"
    personal: dict[str, tuple[str, str]] = {}
    request = models.ForeignKey(TableRequest, models.CASCADE, related_name="fills")
    day = models.DateField()  # as of
    state = models.CharField(max_length=7, choices=FillState.choices, default=FillState.WAITING)
    unmasked = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    cells_filled = models.PositiveIntegerField(default=0)
    cells_masked = models.PositiveIntegerField(default=0)
    cells_empty = models.PositiveIntegerField(default=0)
    cells_absent = models.PositiveIntegerField(default=0)  # of the empty ones: members a home does not have
    notes = models.JSONField(default=list)  # what stayed empty or masked, and why; never values
    stored = models.CharField(max_length=60, blank=True)  # sealed, under uploads/; "" once erased
    file_name = models.CharField(max_length=160, blank=True)
    message = models.CharField(max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    fetched_by = models.CharField(max_length=150, blank=True)  # who fetched it first
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"fill {self.pk}"
