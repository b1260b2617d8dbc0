"""Where people live: estates, buildings, rooms and the households in them."""

from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import HouseholdKind, RoomState, Source


class Estate(Scoped):
    """小区: a managed group of buildings (S32)."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15, db_index=True)
    area_name: str = ""  # not stored: filled for pages by queries.named
    name = models.CharField(max_length=80)
    property_firm = models.CharField(max_length=80, blank=True)
    owners_committee = models.BooleanField(default=False)
    red_property = models.BooleanField(default=False)
    source = models.SmallIntegerField(choices=Source.choices, db_default=Source.IMPORT)
    confirmed_at = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "name"], name="one_estate_per_name")]

    def __str__(self) -> str:
        return self.name


class Building(Scoped):
    """楼栋. ``community`` (12 digits) and ``key`` name it for ever, also when its ground goes to another
    community; ``area_code`` (its grid, or the community while no grid is known) follows re-division and
    alone says where it is (decision 11)."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    area_name: str = ""  # not stored: filled for pages by queries.named
    community = models.CharField(max_length=12)
    key = models.CharField(max_length=120)
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, blank=True, related_name="buildings")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    floors = models.PositiveSmallIntegerField(null=True, blank=True)
    units = models.PositiveSmallIntegerField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    high_rise = models.BooleanField(default=False)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "key"], name="one_building_per_address")]
        indexes = [
            models.Index(fields=["area_code"], name="building_area"),
            models.Index(fields=["key"], name="building_key"),
        ]

    def __str__(self) -> str:
        return self.name


class Room(Scoped):
    """房屋: a door that can be visited. ``key`` names it inside the building; "" is the whole house."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    building = models.ForeignKey(Building, models.PROTECT, related_name="rooms", db_index=False)
    key = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    floor = models.CharField(max_length=10, blank=True)
    door = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=10, choices=RoomState.choices, blank=True)
    use = models.CharField(max_length=20, blank=True)
    area_m2 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["building", "key"], name="one_room_per_door")]
        indexes = [models.Index(fields=["area_code"], name="room_area")]

    def __str__(self) -> str:
        return f"{self.building.name}{self.label}"

    @property
    def label(self) -> str:
        """Unit and door as people say them, e.g. 2单元501."""
        return f"{self.unit}单元{self.door}" if self.unit else self.door


class Household(Scoped):
    """户: those who live together in a room, or stand in one household book."""

    personal = {"number": ("tells the members of one household book apart", "while any member is registered")}
    area_code = models.CharField(max_length=15)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="households")
    number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=12, choices=HouseholdKind.choices, blank=True)
    head = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="heads")
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["area_code"], name="household_area"),
            models.Index(fields=["number"], name="household_number", condition=~models.Q(number="")),
        ]

    def __str__(self) -> str:
        return f"{self.room}" if self.room_id else self.number
