"""The unified ledger standard, its versions, and who is on which (S14, S15)."""

from django.db import models

from wangge.lib.scoping import Scoped


class Standard(models.Model):
    """标准台账: a published version of columns for one ledger."""

    personal: dict[str, tuple[str, str]] = {}
    ledger = models.CharField(max_length=20)
    version = models.CharField(max_length=10)
    columns = models.JSONField()  # fact codes in order
    note = models.CharField(max_length=200, blank=True)
    published_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ledger", "version"], name="one_standard_per_version")]

    def __str__(self) -> str:
        return f"{self.ledger} v{self.version}"


class Adoption(Scoped):
    """A village or community took up a version."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="adoptions")
    adopted_on = models.DateField()
    adopted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "standard"], name="one_adoption")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.standard_id}"


class LedgerCount(Scoped):
    """How many rows a ledger has in one community or grid, counted from rows at ``as_of``."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    ledger = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "ledger"], name="one_count_per_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.ledger}"
