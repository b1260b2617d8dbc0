"""What people ask about their own data, and the answer they got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from wangge.lib.scoping import Scoped

from .enums import Ground, Kind, State

KEPT = "three years after the answer (PIPL 56), then erased by the clock"


class RightsRequest(Scoped):
    """个人信息请求: a correction, an erasure, an explanation; or, where the machine cannot tell who she is, a
    look at her papers by the community. ``due_on`` is the last day of the legal clock."""

    personal = {
        "asker_sealed": ("the name given by somebody the register did not find, sealed", KEPT),
        "phone_sealed": ("where the answer is announced, sealed", KEPT),
        "phone_index": ("finds her own requests", KEPT),
        "said_sealed": ("what she asks, sealed", KEPT),
        "wish_sealed": ("the value she wants instead, sealed", KEPT),
        "answer_sealed": ("what she was answered, sealed", KEPT),
    }
    sealed_as = dict.fromkeys(("asker_sealed", "said_sealed", "wish_sealed", "answer_sealed"), "rights")
    number = models.CharField(max_length=12, unique=True)  # random: says nothing and is not guessed
    kind = models.CharField(max_length=8, choices=Kind.choices)
    area_code = models.CharField(max_length=15)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+"
    )  # guardian
    fields = models.JSONField(default=list, blank=True)  # names of facts, never values
    asker_sealed = models.TextField(blank=True)
    phone_sealed = models.CharField(max_length=160)
    phone_index = models.CharField(max_length=24)
    said_sealed = models.TextField(blank=True)
    wish_sealed = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField()
    extended_days = models.PositiveSmallIntegerField(default=0)
    extended_why = models.CharField(max_length=200, blank=True)
    overdue_at = models.DateTimeField(null=True, blank=True)  # when the clock was seen to have run out
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    ground = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    answer_sealed = models.TextField(blank=True)
    done = models.JSONField(default=list, blank=True)  # names of facts corrected or erased
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["area_code", "due_on"], name="rights_open", condition=Q(state=State.OPEN)),
            models.Index(fields=["phone_index"], name="rights_phone"),
            models.Index(fields=["person"], name="rights_person"),
        ]

    def __str__(self) -> str:
        return self.number


class Miss(models.Model):
    """Wrong last digits on one day by one phone: guesses end after a few."""

    personal = {"phone_index": ("counts wrong guesses of one phone", "two days")}
    phone_index = models.CharField(max_length=24)
    day = models.DateField()
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phone_index", "day"], name="one_miss_row_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.count}"
