"""What is kept under an order: values and files."""

from django.db import models
from django.utils import timezone

from wangge.lib.scoping import Scoped

from ..enums import FileKind
from .order import EmergencyOrder

KEPT = "until the order is closed, at the latest retention_days after its end; then erased with a certificate"


class OrderValue(Scoped):
    """One answer of one subject, sealed with the order's own data key. There is no index over it."""

    personal = {
        "value_sealed": ("what the order asks of a person, sealed with a key that dies with the order", KEPT),
        "subject_id": ("whom or what it is about", KEPT),
    }
    sealed_as = {"value_sealed": None}  # by the order's key, never by the house's
    order = models.ForeignKey(EmergencyOrder, models.PROTECT, related_name="values")
    subject_type = models.CharField(max_length=64)  # label of a model, such as "declarations.declaration"
    subject_id = models.CharField(max_length=64)
    area_code = models.CharField(max_length=15)
    key = models.CharField(max_length=30)
    value_sealed = models.TextField()
    kept_by = models.CharField(max_length=150, blank=True)
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "subject_type", "subject_id", "key"], name="order_value_once"
            )
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="order_value_subject"),
            models.Index(fields=["order", "area_code"], name="order_value_area"),
        ]

    def __str__(self) -> str:
        return f"value {self.pk}"


class OrderFile(Scoped):
    """A file that exists only under an order, by its path below HOME: in the order's folder, or an export."""

    area_lookup = "order__area_code"
    personal: dict[str, tuple[str, str]] = {}
    order = models.ForeignKey(EmergencyOrder, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=6, choices=FileKind.choices)
    path = models.CharField(max_length=200)
    made_by = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["order", "path"], name="order_file_once")]

    def __str__(self) -> str:
        return f"file {self.pk}"
