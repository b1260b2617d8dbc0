"""How often somebody declared in a span of time, as far as the processes told one another."""

from django.db import models


class Tally(models.Model):
    """Hits of one key in one span. ``key`` is a keyed hash of a code, a device or an address."""

    personal = {"key": ("slows floods from one device or address; a keyed hash, not the address", "two days")}
    key = models.CharField(max_length=24)
    begins = models.PositiveBigIntegerField()  # seconds since 1970, where the span begins
    hits = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["begins", "key"], name="one_tally_per_span")]

    def __str__(self) -> str:
        return f"{self.pk}"
