"""A matter with one number, from found to closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import Source
from .procedure import ProcedureText
from .unit import Unit

REPORTER = "cases.reporter"  # what contacts are sealed for
KEPT = "five years after it is closed, then counts only"


class Case(Scoped):
    """事项: opened once for each ``op``. Its history is its steps; every other column is what the steps made
    of it and is written by steps alone. ``version`` is the number of the last step, ``head`` its hash.

    Columns whose names end in ``_due`` are when a clock ends as things stand; ``next_at`` is when a clock has
    to be looked at again (it warns, ends, or climbs a rung); ``due_at`` the earliest end of a running clock.
    """

    personal = {
        "title": ("what it is about; may speak of somebody", KEPT),
        "words": ("what was reported; may speak of somebody", KEPT),
        "address": ("where it is", KEPT),
        "reporter_sealed": ("whom to answer: name and phone, sealed", KEPT),
        "lon": ("where it is, to find it", KEPT),
        "lat": ("where it is", KEPT),
        "data": ("what its system keeps of it, such as parties of a dispute (sealed there)", KEPT),
    }
    sealed_as = {"reporter_sealed": REPORTER}
    op = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)  # of what was sent with op
    number = models.CharField(max_length=12, unique=True)
    system = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    procedure = models.ForeignKey(ProcedureText, models.PROTECT, related_name="+")
    procedure_key = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    words = models.CharField(max_length=2000, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices)
    level = models.CharField(max_length=20)
    state = models.CharField(max_length=30)
    area_code = models.CharField(max_length=15)
    address = models.CharField(max_length=200, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    room = models.ForeignKey("people.Room", models.SET_NULL, null=True, blank=True, related_name="+")
    building = models.ForeignKey("people.Building", models.SET_NULL, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "people.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    launcher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reporter_sealed = models.TextField(blank=True)
    receipt = models.CharField(max_length=11, blank=True)  # under which a resident follows it
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="cases")
    helpers = models.ManyToManyField(Unit, related_name="helped", blank=True)  # 协办
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    data = models.JSONField(default=dict)
    raised_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True, blank=True)  # 立案
    handled_at = models.DateTimeField(null=True, blank=True)  # the last 反馈
    verified_at = models.DateTimeField(null=True, blank=True)  # the last 核查, of what was handled last
    closed_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # words and steps are gone
    filed = models.BooleanField(null=True, blank=True)  # False: 不予立案
    accept_due = models.DateTimeField(null=True, blank=True)
    handle_due = models.DateTimeField(null=True, blank=True)
    verify_due = models.DateTimeField(null=True, blank=True)
    close_due = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    auto_at = models.DateTimeField(null=True, blank=True)  # the state lasts until then, then a step by itself
    late = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    rung = models.PositiveSmallIntegerField(default=0)  # how far up the ladder it went
    dispatched = models.PositiveSmallIntegerField(default=0)
    reassigned = models.PositiveSmallIntegerField(default=0)
    verified = models.PositiveSmallIntegerField(default=0)
    reworked = models.PositiveSmallIntegerField(default=0)
    extended = models.PositiveSmallIntegerField(default=0)
    hung = models.PositiveSmallIntegerField(default=0)
    reopened = models.PositiveSmallIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 不满意, 2 基本满意, 3 满意
    solved = models.BooleanField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "-raised_at"], name="case_area"),
            models.Index(fields=["area_code", "due_at"], condition=Q(closed_at=None), name="case_open"),
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="case_due"),
            models.Index(fields=["area_code"], condition=Q(closed_at=None, paused=True), name="case_paused"),
            models.Index(  # the map reads nothing else
                fields=["lon", "lat"],
                include=["area_code", "due_at", "id"],
                condition=Q(closed_at=None),
                name="case_open_place",
            ),
            models.Index(fields=["-raised_at", "-id"], name="case_raised"),
            models.Index(fields=["unit", "due_at"], condition=Q(closed_at=None), name="case_unit_open"),
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="case_next"),
            models.Index(fields=["auto_at"], condition=Q(auto_at__isnull=False), name="case_auto"),
            models.Index(fields=["receipt"], condition=~Q(receipt=""), name="case_receipt"),
            models.Index(fields=["closed_at"], condition=Q(forgotten_at=None), name="case_kept"),
            models.Index(  # with what figures of a system ask of each row, so that none has to be fetched
                fields=["system", "area_code", "-raised_at"],
                include=["state", "level", "handled_at", "closed_at"], name="case_system",
            ),
            models.Index(  # figures over what was due, and the rows behind them, however long ago
                fields=["close_due"], include=["system", "area_code", "state", "closed_at"],
                condition=Q(close_due__isnull=False), name="case_close_due",
            ),
            models.Index(
                fields=["handle_due"], include=["system", "area_code", "state", "handled_at"],
                condition=Q(handle_due__isnull=False), name="case_handle_due",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Follower(models.Model):
    """Somebody who is told how it goes: the reporter, and those of cases merged into it."""

    personal = {"contact_sealed": ("whom to answer: name and phone, sealed", KEPT)}
    sealed_as = {"contact_sealed": REPORTER}
    case = models.ForeignKey(Case, models.CASCADE, related_name="followers")
    came_with = models.ForeignKey(Case, models.CASCADE, related_name="+")
    contact_sealed = models.TextField()
    receipt = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        return f"{self.pk}"
