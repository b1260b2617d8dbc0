"""Who is gone, since when, and since when we know it."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Reach, Scoped

from ..enums import PersonStatus, Source
from .person import Person


class Departure(Scoped):
    """离开、死亡: the dated story behind ``Person.status``, bitemporal like a tie, so that a ledger as of an
    earlier day names who was here then. It belongs to the row it was said of and stays with it in a merge.
    """

    personal = {"valid_from": ("the day a person left or died", "with the person")}
    person = models.ForeignKey(Person, models.CASCADE, related_name="departures")
    status = models.CharField(max_length=8, choices=PersonStatus.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True, blank=True)
    source = models.SmallIntegerField(choices=Source.choices)

    class Meta:
        indexes = [models.Index(fields=["known_from"], name="departure_known")]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Seen by whoever sees the person."""
        return Q(person__in=Person._base_manager.filter(Person.reach_filter(reach)).values("pk"))

    def __str__(self) -> str:
        return f"{self.person_id} {self.status}"
