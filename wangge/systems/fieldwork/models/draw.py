"""The random sample of rooms that is visited again, to know how many the register misses (spec 4.1)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from wangge.lib.scoping import Scoped


class Draw(Scoped):
    """一次抽样 of a month. ``seed`` is drawn when the sample is, so that nobody knows it before and everybody
    can draw the same again; ``rooms`` is how many rooms the register had then."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    month = models.DateField()  # its first day
    seed = models.CharField(max_length=32)
    percent = models.PositiveSmallIntegerField(default=5)
    rooms = models.PositiveIntegerField(default=0)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=timezone.now)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "month"], name="one_draw_per_month")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.month:%Y-%m}"


class DrawnRoom(Scoped):
    """A room of a sample; ``registered`` people lived there by the register when it was drawn."""

    personal: dict[str, tuple[str, str]] = {}
    draw = models.ForeignKey(Draw, models.CASCADE, related_name="drawn", db_index=False)
    room = models.ForeignKey("people.Room", models.CASCADE, related_name="+")
    area_code = models.CharField(max_length=15)
    registered = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "room"], name="one_room_per_draw")]

    def __str__(self) -> str:
        return f"{self.draw_id} {self.room_id}"
