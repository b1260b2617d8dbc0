"""A department wants a table filled."""

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped

from ..enums import Frequency, RequestState, Unit


class TableRequest(Scoped):
    """报表请求: who wants what, on what basis, for what, by when and how often; with the blank workbook.

    The same blank under the same conditions is the same request: ``key`` is a hash of both.
    """

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15, db_index=True)
    title = models.CharField(max_length=120)
    department = models.CharField(max_length=80, blank=True)  # 要表的部门
    contact = models.CharField(max_length=80, blank=True)  # 联系科室: an office, no person
    basis = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    deadline = models.DateField(null=True, blank=True)
    frequency = models.CharField(max_length=11, choices=Frequency.choices, default=Frequency.ONCE)

    file_name = models.CharField(max_length=120)
    file_hash = models.CharField(max_length=64)  # of all parts but who saved it when
    stored = models.CharField(max_length=60, blank=True)  # the blank, sealed, under uploads/
    size = models.PositiveBigIntegerField(default=0)

    unit = models.CharField(max_length=12, choices=Unit.choices, default=Unit.PERSON)
    ledger = models.CharField(max_length=20, default="resident")
    filters = models.JSONField(default=list)  # codes of conditions, see conditions.py: ["age:80-", "alone"]
    as_of = models.DateField(null=True, blank=True)  # None = the day it is filled
    key = models.CharField(max_length=64)

    sheets = models.JSONField(default=list)  # what was recognised; see queries.requests.Sheet
    mapping = models.JSONField(default=dict)  # {sheet: {column letter: meaning}} as decided
    fields = models.JSONField(default=list)  # facts and derived values the table takes, each once
    unknown = models.JSONField(default=list)  # headers the register does not know, each once
    known_columns = models.PositiveIntegerField(default=0)
    derivable_columns = models.PositiveIntegerField(default=0)
    asked_columns = models.PositiveIntegerField(default=0)
    new_columns = models.PositiveIntegerField(default=0)

    state = models.CharField(max_length=7, choices=RequestState.choices, default=RequestState.READY)
    rows = models.PositiveIntegerField(null=True, blank=True)  # of the last filling, like the cells below
    cells_filled = models.PositiveIntegerField(default=0)
    cells_masked = models.PositiveIntegerField(default=0)
    cells_empty = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "key"], name="one_request_per_blank")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"table request {self.pk}"

    @property
    def columns(self) -> int:
        """How many columns the table has, known or not."""
        return self.known_columns + self.derivable_columns + self.asked_columns + self.new_columns
