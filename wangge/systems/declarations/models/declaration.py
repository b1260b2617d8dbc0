"""Codes that hang on places, and what people declared by them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wangge.lib.scoping import Scoped

from ..enums import AddressSays, Channel, Kind, Matched, ReportedBy, Scope, State, Transport

KEPT = "until archived, then erased by the profile's retention"


class ReportCode(Scoped):
    """报备码: hangs on a place; whoever scans it declares there (S22).

    The printed token is signed (``lib.signing``) and carries ``number`` and ``round``: a code that was
    lost or copied is renewed by raising ``round``, and every token of an earlier round is refused.
    """

    personal: dict[str, tuple[str, str]] = {}
    number = models.CharField(max_length=10, unique=True)  # printed under the QR, typed when a camera fails
    round = models.PositiveSmallIntegerField(default=1)
    scope = models.CharField(max_length=10, choices=Scope.choices)
    area_code = models.CharField(max_length=15)
    label = models.CharField(max_length=120)  # the name printed on the poster
    building = models.ForeignKey("people.Building", models.PROTECT, null=True, blank=True)
    room = models.ForeignKey("people.Room", models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_why = models.CharField(max_length=200, blank=True)
    printed_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["area_code", "scope"], name="report_code_area")]
        constraints = [  # one code a place; a lost one is renewed, not doubled
            models.UniqueConstraint(
                fields=["scope", "building"],
                condition=Q(revoked_at=None, building__isnull=False),
                name="one_code_per_building",
            ),
            models.UniqueConstraint(
                fields=["scope", "room"],
                condition=Q(revoked_at=None, room__isnull=False),
                name="one_code_per_room",
            ),
            models.UniqueConstraint(
                fields=["scope", "organisation"],
                condition=Q(revoked_at=None, organisation__isnull=False),
                name="one_code_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["scope", "area_code", "label"],
                condition=Q(revoked_at=None, building=None, room=None, organisation=None),
                name="one_code_per_label",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Declaration(Scoped):
    """报备: one person of one report. A family in one go is one ``report``, several lines, one receipt.

    What was sent is kept whole in ``raw_sealed`` of line 0. ``matched``, ``person`` and ``address_says`` are
    written by matching after the receipt was given; ``verify_by`` is the running clock's end.
    """

    personal = {
        "name": ("who it is about", KEPT),
        "id_sealed": ("finds the person, sealed", KEPT),
        "id_index": ("equality search over sealed ids", KEPT),
        "phone_sealed": ("contact, sealed", KEPT),
        "phone_index": ("equality search over sealed phones", KEPT),
        "birth": ("tells namesakes apart", KEPT),
        "sex": ("tells namesakes apart", KEPT),
        "trip_no": ("the same train or flight", KEPT),
        "stay_address": ("where to verify", KEPT),
        "host_name": ("who receives the person", KEPT),
        "reporter_name": ("who declared for somebody else", KEPT),
        "reporter_phone_sealed": ("contact of who declared for somebody else, sealed", KEPT),
        "address_says": ("whether the home in the register is still right", KEPT),
        "raw_sealed": ("what was sent, whole, sealed", KEPT),
    }
    report = models.UUIDField(default=uuid.uuid4)  # the sender's; a repeat gets the first receipt
    line = models.PositiveSmallIntegerField(default=0)
    receipt = models.CharField(max_length=16)
    code = models.ForeignKey(ReportCode, models.PROTECT, null=True, blank=True, related_name="declarations")
    area_code = models.CharField(max_length=15)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    reported_by = models.CharField(max_length=8, choices=ReportedBy.choices, default=ReportedBy.SELF)
    reporter_name = models.CharField(max_length=60, blank=True)
    reporter_phone_sealed = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=60)
    id_type = models.CharField(max_length=3, blank=True)
    id_sealed = models.CharField(max_length=160, blank=True)
    id_index = models.CharField(max_length=24, blank=True)
    phone_sealed = models.CharField(max_length=160, blank=True)
    phone_index = models.CharField(max_length=24, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    birth = models.DateField(null=True, blank=True)
    from_region = models.CharField(max_length=6, blank=True)  # GB/T 2260
    from_text = models.CharField(max_length=120, blank=True)
    via = models.JSONField(default=list, blank=True)
    depart_at = models.DateTimeField(null=True, blank=True)
    arrive_at = models.DateTimeField(null=True, blank=True)
    transport = models.CharField(max_length=6, choices=Transport.choices, blank=True)
    trip_no = models.CharField(max_length=30, blank=True)
    stay_address = models.CharField(max_length=200, blank=True)
    room = models.ForeignKey("people.Room", models.PROTECT, null=True, blank=True, db_index=False)
    stay_until = models.DateField(null=True, blank=True)
    host_name = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=100, blank=True)
    notice_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField()
    raw_sealed = models.TextField(blank=True)
    order_number = models.CharField(max_length=60, blank=True)  # exists only under this emergency order
    state = models.CharField(max_length=11, choices=State.choices, default=State.SUBMITTED)
    state_at = models.DateTimeField()
    verify_by = models.DateTimeField(null=True, blank=True)
    clock = models.CharField(max_length=8, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    on_time = models.BooleanField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    from_area = models.CharField(max_length=15, blank=True)  # where it was before the last transfer
    matched = models.CharField(max_length=7, choices=Matched.choices, default=Matched.WAITING)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, db_index=False)
    address_says = models.CharField(max_length=9, choices=AddressSays.choices, default=AddressSays.UNKNOWN)
    received_at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("报备")
        constraints = [
            models.UniqueConstraint(fields=["report", "line"], name="one_row_per_line"),
            models.UniqueConstraint(fields=["receipt", "line"], name="one_report_per_receipt"),
        ]
        indexes = [
            models.Index(fields=["area_code", "-id"], name="declaration_newest"),
            models.Index(fields=["id"], name="declaration_unmatched", condition=Q(matched=Matched.WAITING)),
            models.Index(
                fields=["area_code", "verify_by"],
                name="declaration_waiting",
                condition=Q(state__in=[State.SUBMITTED, State.TO_VERIFY, State.TRANSFERRED]),
            ),
            # few among many: the tabs of the worklist count and show these without reading the rest
            models.Index(
                fields=["area_code"], name="declaration_moved", condition=Q(address_says=AddressSays.DIFFERS)
            ),
            models.Index(fields=["area_code"], name="declaration_who", condition=Q(matched=Matched.ASK)),
            models.Index(
                fields=["area_code"],
                name="declaration_problem",
                condition=Q(state__in=[State.WRONG, State.NOT_FOUND]),
            ),
            models.Index(fields=["person"], name="declaration_person", condition=Q(person__isnull=False)),
            models.Index(fields=["id_index"], name="declaration_id", condition=~Q(id_index="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"  # names do not leak into logs through str()


class Amendment(Scoped):
    """更正: what a declaration said before somebody corrected it."""

    personal = {"before_sealed": ("what was declared at first, sealed", KEPT)}
    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="amendments")
    area_code = models.CharField(max_length=15, db_index=True)
    fields = models.JSONField(default=list)
    before_sealed = models.TextField()
    by = models.CharField(max_length=150)  # an account, or "resident"
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.pk}"
