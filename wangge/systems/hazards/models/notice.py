"""What somebody is told in writing to put right."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped


class Notice(Scoped):
    """整改通知书: what is to be put right, how it should be, until when. Issued with the step that tells."""

    personal = {
        "content": ("what is to be put right; may speak of somebody", "as the case"),
        "name": ("who issued it, as the receiver reads it", "as the case"),
        "receiver": ("to whom it is addressed: a firm, a house or a post", "as the case"),
    }
    op = models.UUIDField(unique=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")
    number = models.CharField(max_length=16)  # the case's, and which of its notices
    area_code = models.CharField(max_length=15)
    receiver = models.CharField(max_length=120)
    content = models.CharField(max_length=1000)
    standard = models.CharField(max_length=500)
    until = models.DateField()
    at = models.DateTimeField()
    account = models.CharField(max_length=150)
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="notice_number")]
        indexes = [models.Index(fields=["case"], name="notice_case")]

    def __str__(self) -> str:
        return self.number
