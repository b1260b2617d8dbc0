"""A person exists once, whatever ledgers name them."""

from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.db.models.functions import Right
from django.utils.functional import cached_property

from wangge.lib.scoping import Reach, Scoped
from wangge.lib.sealing import unseal

from ..enums import FROM_ABROAD, IdType, PersonStatus, Sex, Source

KEPT = "while registered; erased by retention after leaving"


class Person(Scoped):
    """人口. Personal values that identify alone (id number, phones) are sealed, with a keyed blind index
    for equality. ``source``/``confirmed_at`` hold for every fact of the row except those that
    ``provenance`` names: ``{field: [source, "YYYY-MM-DD"]}`` (spec 5.2 point 5)."""

    personal = {
        "name": ("identifies the person", KEPT),
        "tail": ("finds a person by given name; computed by the database", KEPT),
        "former_name": ("finds people in old ledgers", KEPT),
        "initials": ("finds a person by pinyin initials", KEPT),
        "id_sealed": ("identity check, sealed", KEPT),
        "id_index": ("equality search over sealed ids", KEPT),
        "phone_sealed": ("contact, sealed", KEPT),
        "phone_index": ("equality search over sealed phones", KEPT),
        "phone2_sealed": ("second contact, sealed", KEPT),
        "birth": ("age decides duties of care", KEPT),
        "sex": ("statistics", KEPT),
        "hukou_address": ("tells the four ledgers apart", KEPT),
        "hukou_region": ("tells the four ledgers apart", KEPT),
        "hukou_nature": ("tells the four ledgers apart", KEPT),
        "guardian": ("who answers for a child", KEPT),
        "emergency_contact": ("whom to call", KEPT),
        "facts": ("further dictionary facts, each with its own purpose there", KEPT),
    }
    name = models.CharField(max_length=60)
    tail = models.GeneratedField(
        expression=Right("name", 2),
        output_field=models.CharField(max_length=60),
        db_persist=True,
    )
    former_name = models.CharField(max_length=60, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    id_type = models.CharField(max_length=3, choices=IdType.choices, blank=True)
    id_sealed = models.CharField(max_length=160, blank=True)
    id_index = models.CharField(max_length=24, null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    birth = models.DateField(null=True, blank=True)
    nationality = models.CharField(max_length=3, blank=True)
    education = models.CharField(max_length=2, blank=True)
    marriage = models.CharField(max_length=2, blank=True)
    phone_sealed = models.CharField(max_length=160, blank=True)
    phone_index = models.CharField(max_length=24, blank=True)
    phone2_sealed = models.CharField(max_length=160, blank=True)
    hukou_region = models.CharField(max_length=12, blank=True)
    hukou_address = models.CharField(max_length=200, blank=True)
    hukou_nature = models.CharField(max_length=2, blank=True)
    occupation = models.CharField(max_length=40, blank=True)
    employment = models.CharField(max_length=2, blank=True)
    school = models.CharField(max_length=80, blank=True)
    residence_code_status = models.CharField(max_length=12, blank=True)
    guardian = models.CharField(max_length=60, blank=True)
    emergency_contact = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=8, choices=PersonStatus.choices, default=PersonStatus.ACTIVE)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", db_index=False
    )
    source = models.SmallIntegerField(choices=Source.choices, default=Source.IMPORT)
    confirmed_at = models.DateField(null=True, blank=True)
    provenance = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            # pattern classes: a name is searched by its beginning, whatever the database's collation
            models.Index(
                fields=["name", "birth"],
                name="person_name_birth",
                opclasses=["varchar_pattern_ops", "date_ops"],
            ),
            models.Index(fields=["tail"], name="person_tail"),
            models.Index(fields=["birth"], name="person_birth"),  # the very old, the very young
            models.Index(
                fields=["initials", "birth"],
                name="person_initials_birth",
                opclasses=["varchar_pattern_ops", "date_ops"],
            ),
            models.Index(
                fields=["merged_into"], name="person_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["phone_index"], name="person_phone", condition=~Q(phone_index="")),
            models.Index(
                fields=["phone_index"],
                name="person_without_id",
                condition=Q(id_index=None) & ~Q(phone_index=""),
            ),
            # few among many: the ledger of people from abroad reads this and not the whole register
            models.Index(
                fields=["id"],
                name="person_abroad",
                condition=~Q(nationality__in=["", "CHN"]) | Q(id_type__in=FROM_ABROAD),
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["id_index"], name="one_person_per_id")]

    def __str__(self) -> str:
        return f"{self.pk}"  # names do not leak into logs through str()

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """A person exists for whoever has one of their current ties in reach (decision 5)."""
        from .tie import Tie  # both models name each other

        held = Tie._base_manager.filter(reach.q("area_code"), person=OuterRef("pk"), known_to=None)
        return Q(Exists(held))

    @cached_property
    def area_code(self) -> str:
        """Where this person belongs for the current caller: the home first, else any tie in reach."""
        from .tie import Tie

        held = Tie.objects.filter(person=self, known_to=None)
        home = Case(When(kind="lives", valid_to=None, then=0), When(valid_to=None, then=1), default=2)
        return held.order_by(home, "-id").values_list("area_code", flat=True).first() or ""

    @property
    def id_no(self) -> str:
        """The id number in clear: only for masking and for a reveal that was logged."""
        return unseal(self.id_sealed) if self.id_sealed else ""

    @property
    def phone(self) -> str:
        """The phone in clear: only for masking and for a reveal that was logged."""
        return unseal(self.phone_sealed) if self.phone_sealed else ""

    @property
    def phone2(self) -> str:
        """The second phone in clear: only for masking and for a reveal that was logged."""
        return unseal(self.phone2_sealed) if self.phone2_sealed else ""

    def age_on(self, day: date) -> int | None:
        """Full years of age on ``day``; None while the birth date is not known."""
        if self.birth is None:
            return None
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))

    def told_by(self, field: str) -> tuple[int, str]:
        """Who said ``field`` and when it was last confirmed (ISO date or "")."""
        if field in self.provenance:
            source, day = self.provenance[field]
            return int(source), day
        return self.source, self.confirmed_at.isoformat() if self.confirmed_at else ""
