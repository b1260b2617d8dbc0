"""The closing of an order step by step, and the paper at its end."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import Problem, Step
from .order import EmergencyOrder


class Closing(models.Model):
    """Where the closing of an order stands. ``step`` is what is done next, so that a killed closing goes on.

    ``check_sealed`` and ``check_digests``: the key and the keyed digests of the erased values, by which the
    verification looks for them; both are destroyed after the second verification (decision 17).
    """

    personal = {
        "check_sealed": ("the key of the digests, sealed", "until the second verification"),
        "check_digests": ("keyed digests of erased values: proof that none is left", "as their key"),
    }
    sealed_as = {"check_sealed": "order.check"}
    order = models.OneToOneField(EmergencyOrder, models.PROTECT, related_name="closing")
    asked_by = models.CharField(_("关闭人"), max_length=150)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("关闭时间"), default=timezone.now)
    step = models.CharField(_("步骤"), max_length=9, choices=Step.choices, default=Step.FREEZE)
    moved_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=6, choices=Problem.choices, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True)  # canonical JSON; the certificate's hashes are of these bytes
    touched = models.JSONField(default=list)  # tables whose storage is rewritten
    limits = models.JSONField(default=list)  # codes of what could not be done or looked at
    searched = models.JSONField(default=dict)
    found = models.JSONField(default=list)  # [[place, count]…], never values
    accepted_by = models.CharField(max_length=150, blank=True)
    accepted_why = models.CharField(max_length=200, blank=True)
    check_sealed = models.CharField(max_length=240, blank=True)
    check_digests = models.BinaryField(default=bytes, blank=True)

    def __str__(self) -> str:
        return f"closing {self.pk}"


class Certificate(models.Model):
    """销毁证明: counts, hashes, who, when, and what backups still hold until when."""

    personal: dict[str, tuple[str, str]] = {}
    order = models.OneToOneField(EmergencyOrder, models.PROTECT, related_name="certificate")
    number = models.CharField(_("证明编号"), max_length=20, unique=True)
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    pdf = models.BinaryField()
    issued_by = models.CharField(max_length=150)
    issued_at = models.DateTimeField()
    backups_until = models.DateField()
    second_at = models.DateTimeField(null=True, blank=True)
    second_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number
