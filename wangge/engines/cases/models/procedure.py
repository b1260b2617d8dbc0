"""The text of a procedure, as it was when a case began."""

from __future__ import annotations

from django.db import models


class ProcedureText(models.Model):
    """规程: one version, known by the hash of its text. A case goes by the version it began with, whatever the
    package says later."""

    personal: dict[str, tuple[str, str]] = {}
    digest = models.CharField(max_length=32, primary_key=True)
    key = models.CharField(max_length=40)
    text = models.TextField()
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.key} {self.digest[:8]}"
