"""One imported file and what became of each of its rows."""

from django.conf import settings
from django.db import models

from wangge.lib.scoping import Scoped
from wangge.registry.people.enums import Source
from wangge.registry.people.models import Person

from ..enums import BatchState, Outcome


class Batch(Scoped):
    """导入批次: a file given for one area. The same bytes for the same area are the same batch."""

    personal = {"preview_sealed": ("examples of the dry run, masked and sealed", "30 days after the import")}
    area_code = models.CharField(max_length=15, db_index=True)
    file_name = models.CharField(max_length=120)
    file_hash = models.CharField(max_length=64)
    stored = models.CharField(max_length=60, blank=True)  # name under uploads/, "" once erased
    size = models.PositiveBigIntegerField(default=0)
    source = models.SmallIntegerField(choices=Source.choices, default=Source.IMPORT)
    as_of = models.DateField(null=True, blank=True)  # the day the ledger speaks of
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.RECEIVED)
    sheets = models.JSONField(default=list)  # what was read: names, header rows, columns, proposals, skipped
    mapping = models.JSONField(default=dict)  # {sheet: {column index: fact}} as decided
    counts = models.JSONField(default=dict)  # {outcome: rows}
    preview_sealed = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    people_before = models.PositiveIntegerField(null=True, blank=True)
    people_after = models.PositiveIntegerField(null=True, blank=True)
    problem = models.CharField(max_length=40, blank=True)
    message = models.CharField(max_length=400, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "file_hash"], name="one_batch_per_file")]
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Row(Scoped):
    """What became of one row. ``key`` is a keyed hash of the row's cleaned values: the same row again,
    in whatever file, changes nothing. Problems and changes name columns and codes, never values."""

    area_lookup = "batch__area_code"
    personal: dict[str, tuple[str, str]] = {}
    # a log of millions of lines: the database does not check each against its batch and person
    batch = models.ForeignKey(
        Batch, models.CASCADE, related_name="results", db_index=False, db_constraint=False
    )
    sheet = models.CharField(max_length=31)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=24, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="ledger_rows", db_constraint=False
    )
    detail = models.JSONField(
        default=dict
    )  # {"changed": [fact…], "filled": [fact…], "problems": [[column, code]…]}

    class Meta:
        indexes = [
            # one source row may hold several members of a household, so this is no constraint
            models.Index(fields=["batch", "sheet", "number"], name="row_of_batch"),
            models.Index(
                fields=["batch", "outcome"],
                name="row_outcome",
                condition=~models.Q(outcome__in=["new", "unchanged"]),
            ),
            models.Index(fields=["key"], name="row_key", condition=~models.Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.number} {self.outcome}"


class MappingMemory(Scoped):
    """列名记忆: how a unit answered what a column means (spec 5.4)."""

    personal: dict[str, tuple[str, str]] = {}
    area_code = models.CharField(max_length=15)
    header = models.CharField(max_length=120)
    fact = models.CharField(max_length=40, blank=True)  # "" = leave it out
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area_code", "header"], name="one_answer_per_header")]

    def __str__(self) -> str:
        return f"{self.header} → {self.fact}"
