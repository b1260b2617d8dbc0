"""An export that is written in the background, and fetched by who asked for it."""

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import ExportState


class Export(Scoped):
    """导出: what was asked, how far it is, and where the file lies until it is erased (24 hours)."""

    personal = {"asked_sealed": ("the conditions, among them a name somebody looked for; sealed", "24 hours")}
    area_code = models.CharField(max_length=15)
    ledger = models.CharField(max_length=20)
    day = models.DateField()
    known_at = models.DateTimeField(null=True, blank=True)
    asked_sealed = models.TextField(blank=True)  # filters and order as JSON, sealed
    form = models.CharField(max_length=4)
    unmasked = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=7, choices=ExportState.choices, default=ExportState.WAITING)
    rows = models.PositiveIntegerField(null=True, blank=True)
    stored = models.CharField(max_length=60, blank=True)  # name under exports/, "" once erased
    file_name = models.CharField(max_length=160, blank=True)
    message = models.CharField(max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"export {self.pk}"
