"""What is given out and shown (S41)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from wangge.engines.forms.models import above
from wangge.lib.scoping import Reach, Scoped

from ..enums import MaterialKind


class Material(Scoped):
    """宣传资料: a leaflet, a poster, a video or a PDF in one version. Made for an area, it is used in all of
    it. ``content`` is the sealed PDF, where there is one."""

    personal: dict[str, tuple[str, str]] = {
        "account": ("who put it in; to answer for it", "as long as the trail")
    }
    sealed_files = ("content",)
    op = models.UUIDField(unique=True)
    area_code = models.CharField(max_length=15)
    title = models.CharField(max_length=80)
    topic = models.CharField(max_length=20)  # a key of queries.topics
    kind = models.CharField(max_length=10, choices=MaterialKind.choices)
    edition = models.CharField(max_length=20)
    link = models.URLField(max_length=300, blank=True)
    content = models.FileField(upload_to="education/%Y/%m/", blank=True)
    size = models.PositiveIntegerField(default=0)  # bytes of the PDF
    digest = models.CharField(max_length=64, blank=True)  # its SHA-256
    since = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    account = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)
    example = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="education_material_area")]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Those of the reach and of the areas it lies in: a community gives out what the street made."""
        codes = {code for prefix in reach.prefixes for code in above(prefix)}
        return reach.q("area_code") | Q(area_code__in=codes)

    def __str__(self) -> str:
        return self.title
