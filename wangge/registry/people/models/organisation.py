"""Firms, shops, social organisations, offices and places."""

from django.db import models

from wangge.lib.scoping import Scoped
from wangge.lib.sealing import unseal

from ..enums import OrganisationCategory, OrganisationStatus, Source
from .place import Room


class Organisation(Scoped):
    """企业/场所/组织, once per 统一社会信用代码 (or per name and community while it has none)."""

    personal = {
        "legal_person": ("whom a duty binds", "while the organisation is registered"),
        "phone_sealed": ("contact, sealed", "while the organisation is registered"),
    }
    area_code = models.CharField(max_length=15, db_index=True)
    community = models.CharField(max_length=12)
    uscc = models.CharField(max_length=18, null=True, blank=True, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    category = models.CharField(max_length=8, choices=OrganisationCategory.choices, blank=True)
    industry = models.CharField(max_length=5, blank=True)
    address = models.CharField(max_length=200, blank=True)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="organisations")
    legal_person = models.CharField(max_length=60, blank=True)
    phone_sealed = models.CharField(max_length=160, blank=True)
    staff_number = models.PositiveIntegerField(null=True, blank=True)
    scope = models.CharField(max_length=400, blank=True)
    status = models.CharField(max_length=10, choices=OrganisationStatus.choices, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    source = models.SmallIntegerField(choices=Source.choices, default=Source.IMPORT)
    confirmed_at = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=models.Q(uscc=None),
                name="one_unnumbered_org_per_name",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone(self) -> str:
        """The contact number in clear: only for masking and for a logged reveal."""
        return unseal(self.phone_sealed) if self.phone_sealed else ""
