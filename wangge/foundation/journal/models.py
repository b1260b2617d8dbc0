"""The trail: what was done, by whom, where, to what, why. Also the outbox of events."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.journal.enums import State as State
from wangge.lib.scoping import Scoped


class Segment(models.Model):
    """A sealed stretch of the trail. Its root covers its rows and the root before it."""

    personal: dict[str, tuple[str, str]] = {}

    number = models.PositiveBigIntegerField(_("序号"), unique=True)
    from_id = models.BigIntegerField()
    to_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    leaves = models.BinaryField()
    previous = models.CharField(max_length=64, unique=True)
    root = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("封存段")

    def __str__(self) -> str:
        return f"#{self.number} {self.root[:12]}"


class Entry(Scoped):
    """One line of the trail, and the event other parts react to. Written once, never changed."""

    personal: dict[str, tuple[str, str]] = {
        "actor": ("who did it; the law asks for an audit of every user action (GB/T 22239 8.1.4.3)", "trail"),
    }

    at = models.DateTimeField(_("时间"), default=timezone.now)
    kind = models.CharField(_("事项"), max_length=64)
    actor = models.CharField(_("操作人"), max_length=150)
    area_code = models.CharField(_("辖区"), max_length=15)
    subject_type = models.CharField(_("对象类型"), max_length=64, blank=True)
    subject_id = models.CharField(_("对象"), max_length=64, blank=True)
    changes = models.JSONField(_("变化"), default=dict, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    data = models.JSONField(_("附加内容"), default=dict, blank=True)
    digest = models.CharField(max_length=64)
    segment = models.ForeignKey(Segment, models.PROTECT, null=True, blank=True, related_name="entries")

    class Meta:
        ordering = ["-id"]
        verbose_name = _("留痕")
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["area_code", "-id"], name="journal_area"),
            models.Index(fields=["actor", "-id"], name="journal_actor"),
            models.Index(fields=["kind", "-id"], name="journal_kind"),
            models.Index(fields=["at"], name="journal_at"),
            models.Index(fields=["id"], name="journal_unsealed", condition=models.Q(segment=None)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Delivery(models.Model):
    """One reaction still owed, or already paid, to one entry."""

    personal: dict[str, tuple[str, str]] = {}

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="deliveries")
    reaction = models.CharField(_("后续处理"), max_length=120)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    due_at = models.DateTimeField(_("应于"), default=timezone.now)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("错误代码"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("后续处理")
        constraints = [
            models.UniqueConstraint(fields=["entry", "reaction"], name="journal_one_delivery_per_reaction"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="journal_due")]

    def __str__(self) -> str:
        return f"{self.reaction} #{self.entry_id}"
