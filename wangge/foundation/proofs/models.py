"""Codes that were sent, and how many somebody may still ask for."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = "one day, swept by the clock"


class Proof(models.Model):
    """手机验证: one code for one phone and one purpose; who holds the code in time holds the phone."""

    personal = {
        "phone_sealed": ("where the code goes, sealed", KEPT),
        "phone_index": ("whose phone was proved", KEPT),
        "code_sealed": ("the code until it was sent, sealed", "until sent, five minutes at most"),
        "code_digest": ("tells the right code", KEPT),
        "address_index": ("tells floods from one place", KEPT),
    }
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(_("用途"), max_length=60)
    phone_sealed = models.CharField(max_length=160)
    phone_index = models.CharField(max_length=24)
    address_index = models.CharField(max_length=24, blank=True)
    code_sealed = models.CharField(max_length=160, blank=True)
    code_digest = models.CharField(max_length=24)
    tries = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    made_at = models.DateTimeField(_("请求时间"), default=timezone.now)
    ends_at = models.DateTimeField(_("失效时间"))
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    proved_at = models.DateTimeField(_("验证时间"), null=True, blank=True)
    shown: str = ""  # not stored: the code for the page that asked, in demo mode only

    class Meta:
        verbose_name = _("手机验证")
        indexes = [models.Index(fields=["made_at"], name="proof_made")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Allowance(models.Model):
    """验证码次数: what one phone, or one address, has asked for on one day."""

    personal = {"who": ("counts requests of one phone or address, blinded", "two days")}
    who = models.CharField(max_length=30)  # "p:" phone or "a:" address, then the blind index
    day = models.DateField()
    asked = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("验证码次数")
        constraints = [models.UniqueConstraint(fields=["who", "day"], name="one_allowance_per_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.asked}"
