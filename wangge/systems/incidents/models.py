"""What residents reported, orders of the hotline, what reporters were told. The matters are cases."""

from __future__ import annotations

from django.db import models

from wangge.engines.cases.models import Case, Follower, Step
from wangge.lib.scoping import Scoped

from .enums import BatchState

KEPT = "five years after the case is closed"


class Report(Scoped):
    """随手拍: what one resident sent, once for each ``op``, with the receipt under which she follows it. It
    opened a case, or joined one that somebody had reported in the same words (``joined``)."""

    personal = {"photos": ("what was seen; photos may show people", KEPT)}
    op = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)  # of what was sent with op
    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    area_code = models.CharField(max_length=15)
    receipt = models.CharField(max_length=11, unique=True)
    joined = models.BooleanField(default=False)
    photos = models.JSONField(default=list)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="report_case")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Alike(models.Model):
    """Reports in the same words from the same place: the open case they belong to. The row is locked while
    one of them is taken, so that five hundred at once are one case."""

    personal: dict[str, tuple[str, str]] = {}
    key = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Telling(models.Model):
    """A message about a step that went to a follower; it goes once."""

    personal: dict[str, tuple[str, str]] = {}
    step = models.ForeignKey(Step, models.CASCADE, related_name="+")
    follower = models.ForeignKey(Follower, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "follower"], name="telling_once")]

    def __str__(self) -> str:
        return f"{self.pk}"


class HotlineBatch(Scoped):
    """A file of 12345 orders: read, shown, then written or dropped; its rows are kept sealed until then."""

    personal = {
        "rows_sealed": (
            "orders with callers' names and phones, sealed",
            "until written, a day at most",
        ),
        "made_by": ("account that brought the file", "as long as the trail"),
    }
    area_code = models.CharField(max_length=15)
    title = models.CharField(max_length=120)  # of the file
    columns = models.JSONField(default=dict)  # our column -> its head in the file
    rows_sealed = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.PLANNED)
    made_by = models.CharField(max_length=150)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["area_code", "-at"], name="hotline_batch_area")]

    def __str__(self) -> str:
        return f"{self.pk}"


class HotlineOrder(Scoped):
    """An order of the hotline that is a case here, once for each number of theirs."""

    personal: dict[str, tuple[str, str]] = {}
    number = models.CharField(max_length=40, unique=True)
    digest = models.CharField(max_length=64)  # of its content in the file
    case = models.OneToOneField(Case, models.CASCADE, related_name="hotline_order")
    batch = models.ForeignKey(HotlineBatch, models.PROTECT, related_name="orders")
    area_code = models.CharField(max_length=15)
    wanted_by = models.CharField(max_length=30, blank=True)  # until when the hotline wants the reply, as told
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["area_code", "-at"], name="hotline_order_area")]

    def __str__(self) -> str:
        return f"{self.pk}"
