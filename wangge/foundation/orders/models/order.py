"""An emergency order, where it holds and what it asks."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import Reach, Scoped, prefix_of

from ..enums import FieldKind, Function, Kind, State


def covering(prefix: str) -> list[str]:
    """The codes of the areas that hold the area with this prefix, and its own."""
    steps = [prefix[:6] + "0" * 6, prefix[:9] + "0" * 3 if len(prefix) >= 9 else "", prefix[:12], prefix]
    return [code for code in dict.fromkeys(steps) if code and prefix.startswith(prefix_of(code))]


class EmergencyOrder(Scoped):
    """应急指令: functions and fields that exist for an area and a time (product decision 7, spec 3.8).

    ``area_code`` is the smallest area that holds every area of the scope (``areas``). ``key_sealed`` is the
    order's own data key under the house key; it is destroyed at erasure. ``folder`` names the order's files.
    """

    personal = {"key_sealed": ("opens the order's values; the data key, sealed", "until the order is closed")}
    sealed_as = {"key_sealed": "envelope"}  # lib.sealing.envelope.FIELD
    number = models.CharField(_("文号"), max_length=60, unique=True)
    title = models.CharField(_("事由"), max_length=80)
    kind = models.CharField(_("类别"), max_length=9, choices=Kind.choices, default=Kind.OTHER)
    basis = models.CharField(_("依据"), max_length=200)
    issuer = models.CharField(_("发布机关"), max_length=80)
    area_code = models.CharField(max_length=15, db_index=True)
    starts = models.DateTimeField(_("开始时间"))
    ends = models.DateTimeField(_("到期时间"))
    retention_days = models.PositiveSmallIntegerField(_("结束后保留天数"), default=0)
    state = models.CharField(_("状态"), max_length=6, choices=State.choices, default=State.DRAFT)
    key_sealed = models.CharField(max_length=240, blank=True)
    folder = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    extensions = models.JSONField(default=list)  # [[from, to, reason, by]…]
    drafted_by = models.CharField(max_length=150)
    started_by = models.CharField(max_length=150, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("应急指令")
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="order_ends_later")]
        indexes = [models.Index(fields=["state"], name="order_state")]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """For whoever sees one of its areas, and for whoever works inside one: the order holds there too."""
        above = {code for prefix in reach.prefixes for code in covering(prefix)}
        areas = OrderArea.objects.filter(reach.q("area_code") | Q(area_code__in=above))
        return Q(pk__in=areas.values("order_id"))

    @property
    def erase_after(self) -> datetime:
        """When what was collected is due to be erased."""
        return self.ends + timedelta(days=self.retention_days)

    @property
    def in_force(self) -> bool:
        """Whether its functions and fields exist now."""
        return self.holds_at(timezone.now())

    def holds_at(self, moment: datetime) -> bool:
        """Whether the functions and fields existed at this moment, as far as is known now."""
        return self.state == State.ACTIVE and self.starts <= moment < self.ends

    def covers(self, area_code: str) -> bool:
        """Whether the order holds in this area."""
        own = prefix_of(area_code)
        return bool(own) and any(own.startswith(prefix_of(area.area_code)) for area in self.areas.all())


class OrderArea(models.Model):
    """One area in which an order holds."""

    personal: dict[str, tuple[str, str]] = {}
    order = models.ForeignKey(EmergencyOrder, models.CASCADE, related_name="areas")
    area_code = models.CharField(max_length=15, db_index=True)

    class Meta:
        ordering = ["area_code"]
        constraints = [models.UniqueConstraint(fields=["order", "area_code"], name="order_area_once")]

    def __str__(self) -> str:
        return self.area_code


class OrderField(models.Model):
    """What an order asks in one function. The rows go with the values; the certificate names them."""

    personal: dict[str, tuple[str, str]] = {}
    order = models.ForeignKey(EmergencyOrder, models.CASCADE, related_name="fields")
    function = models.CharField(_("用在哪里"), max_length=11, choices=Function.choices)
    key = models.CharField(max_length=30)
    label = models.CharField(_("名称"), max_length=40)
    kind = models.CharField(_("类型"), max_length=6, choices=FieldKind.choices, default=FieldKind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(_("必填"), default=False)
    note = models.CharField(_("填写说明"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["function", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["order", "key"], name="order_field_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def order_number(self) -> str:
        """The number of the order; read through ``queries.fields_for`` it costs no query."""
        return self.order.number
