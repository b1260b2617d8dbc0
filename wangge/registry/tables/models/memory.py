"""How a unit answered what a column of a table means."""

from django.db import models

from wangge.lib.scoping import Scoped


class ColumnMemory(Scoped):
    """报表列名记忆: header → meaning ("" = leave it empty). Beside the importer's memory, whose answers are
    facts only; a table's column may also be computed."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    header = models.CharField(max_length=160)
    meaning = models.CharField(max_length=80, blank=True)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "header"], name="one_meaning_per_header")]

    def __str__(self) -> str:
        return f"{self.header} → {self.meaning}"
