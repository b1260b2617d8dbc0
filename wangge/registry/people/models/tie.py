"""Dated relations: what was true when, and since when we know it."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from ..enums import Source, TieKind
from .organisation import Organisation
from .person import Person
from .place import Household, Room


class Tie(Scoped):
    """关系: a person lives in, is registered at, owns, rents, works for, belongs to, or cares for.

    Bitemporal: ``valid_from``..``valid_to`` (days, end exclusive, None = open) is when it held in the world;
    ``known_from``..``known_to`` (moments, None = still believed) is when the register said so. A row is
    never rewritten except to close ``known_to``; a correction is a new row (product.md, peers' lack 7).
    ``area_code`` is the grid (or community) of the target and follows re-division.
    """

    personal = {
        "valid_from": ("when the relation began", "with the person"),
        "valid_to": ("when the relation ended", "with the person"),
        "job": ("post held at the employer", "with the person"),
    }
    person = models.ForeignKey(Person, models.CASCADE, related_name="ties", db_index=False)
    kind = models.CharField(max_length=6, choices=TieKind.choices)
    area_code = models.CharField(max_length=15)
    area_name: str = ""  # not stored: filled for pages by queries.named
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="ties")
    household = (
        models.ForeignKey(  # checked by Django alone: a check a row costs an import a fifth of its time
            Household,
            models.PROTECT,
            null=True,
            blank=True,
            related_name="ties",
            db_index=False,
            db_constraint=False,
        )
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="ties", db_index=False
    )
    other = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="cared_by", db_index=False
    )
    relation = models.CharField(max_length=2, blank=True)  # GB/T 4761, to the head of the household
    way = models.CharField(max_length=12, blank=True)  # 自购/租/借…
    reason = models.CharField(max_length=20, blank=True)
    job = models.CharField(max_length=60, blank=True)
    planned_until = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True, blank=True)
    source = models.SmallIntegerField(choices=Source.choices, default=Source.IMPORT)
    confirmed_at = models.DateField(null=True, blank=True)
    batch = models.BigIntegerField(null=True, blank=True)  # the import that said so; ledgers live upstairs

    class Meta:
        indexes = [
            models.Index(fields=["person", "area_code"], name="tie_person_area"),
            models.Index(fields=["household"], name="tie_household", condition=Q(household__isnull=False)),
            models.Index(
                fields=["organisation"], name="tie_organisation", condition=Q(organisation__isnull=False)
            ),
            models.Index(fields=["other"], name="tie_other", condition=Q(other__isnull=False)),
            models.Index(
                fields=["kind", "area_code", "person"],
                name="tie_current",
                condition=Q(known_to=None, valid_to=None),
            ),
            models.Index(
                fields=["kind", "area_code", "person"],
                name="tie_planned",
                condition=Q(known_to=None, valid_to=None, planned_until__isnull=False),
            ),
            # ties with an end: a ledger as of an earlier day, and those who leave later
            models.Index(
                fields=["kind", "area_code", "valid_to"],
                name="tie_ended",
                condition=Q(known_to=None, valid_to__isnull=False),
            ),
            # what the register learned or gave up in a time: a campaign's difference, records to check again
            models.Index(fields=["known_from"], name="tie_learned"),
            models.Index(fields=["known_to"], name="tie_given_up", condition=Q(known_to__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="tie_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
