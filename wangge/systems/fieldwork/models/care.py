"""One-to-one care (S25): who is looked after, by exactly whom, and what was done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import CareClass, Level, Way

KEPT = "while looked after, then three years"


class CarePerson(Scoped):
    """关爱对象: a welfare class only (product decision 1), shown as a code, and only to who looks after."""

    personal = {
        "care_class": ("decides how often to look in", KEPT),
        "level": ("decides how often to look in", KEPT),
        "reason": ("why listed, why no longer", KEPT),
    }
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="care")
    area_code = models.CharField(max_length=15)
    care_class = models.CharField(max_length=12, choices=CareClass.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    reason = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=60, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="care_active", condition=Q(ends_on=None))]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "care_class"], condition=Q(ends_on=None), name="one_active_care_per_class"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class CareContact(Scoped):
    """结对联系人: exactly one at a time for each active care person."""

    personal: dict[str, tuple[str, str]] = {}
    area_lookup = "care__area_code"
    care = models.ForeignKey(CarePerson, models.CASCADE, related_name="contacts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["care"], condition=Q(ends_on=None), name="one_contact_per_care")
        ]

    def __str__(self) -> str:
        return f"{self.care_id} {self.user_id}"


class CareService(Scoped):
    """服务记录: once for each ``op``."""

    personal = {"words": ("how the person is and what is needed", KEPT)}
    area_lookup = "care__area_code"
    op = models.UUIDField(unique=True)
    care = models.ForeignKey(CarePerson, models.CASCADE, related_name="services")
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices)
    safe = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    worker = models.CharField(max_length=60)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.care_id} {self.pk}"
