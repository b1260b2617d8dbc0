"""A firm answers for itself: its link, its pledge."""

from __future__ import annotations

from django.db import models

from wangge.lib.scoping import Scoped


class Link(Scoped):
    """单位自查码: the signed link of a firm, on paper or in a message; whoever holds it speaks for the firm.
    A new ``round`` ends those before it."""

    personal: dict[str, tuple[str, str]] = {}
    organisation = models.OneToOneField("people.Organisation", models.CASCADE, related_name="+")
    area_code = models.CharField(max_length=15)
    number = models.CharField(max_length=10, unique=True)
    round = models.PositiveSmallIntegerField(default=1)
    ends_on = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # when the message of that left

    class Meta:
        indexes = [models.Index(fields=["area_code"], name="link_area")]

    def __str__(self) -> str:
        return self.number


class Pledge(Scoped):
    """承诺书: a firm takes responsibility for its safety, once a year."""

    personal = {
        "name": ("who signed for the firm", "three years after the year it is for"),
        "post": ("as what she signed", "three years after the year it is for"),
    }
    op = models.UUIDField(unique=True)
    organisation = models.ForeignKey("people.Organisation", models.CASCADE, related_name="+")
    area_code = models.CharField(max_length=15)
    year = models.PositiveSmallIntegerField()
    text_version = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="one_pledge_a_year")]
        indexes = [models.Index(fields=["area_code", "year"], name="pledge_area")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"
