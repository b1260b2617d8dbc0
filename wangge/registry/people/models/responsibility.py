"""Which grid answered for a building, when, and since when we know it."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped

from .place import Building


class BuildingGrid(Scoped):
    """责任网格: a building's grid over time, bitemporal like a tie.

    Only buildings that re-division ever touched have rows; for all others ``Building.area_code`` has
    always held. ``valid_from`` None is "ever since", ``known_from`` None is "from the beginning".
    """

    personal: dict[str, tuple[str, str]] = {}
    building = models.ForeignKey(Building, models.CASCADE, related_name="grids")
    area_code = models.CharField(max_length=15, db_index=True)
    area_name: str = ""  # not stored: filled for pages by queries.named
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    known_from = models.DateTimeField(null=True, blank=True)
    known_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["building"],
                condition=Q(known_to=None, valid_to=None),
                name="one_present_grid_per_building",
            )
        ]

    def __str__(self) -> str:
        return f"{self.building_id} {self.area_code}"
