"""A column the register does not know, and what the district decided about it."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Reach, Scoped

from ..enums import Ruling
from .request import TableRequest


class NewColumn(Scoped):
    """新列: a header of a request, or a question of a form, that waits for admission (准入, S177), or what
    became of it. ``key`` is the header in the form the dictionary compares; one decision answers everything
    with the same key. A question has no request: ``form`` is its form's key, ``asked_by`` what people call
    the form, ``area_code`` whose form it is."""

    personal: dict[str, tuple[str, str]] = {}
    request = models.ForeignKey(
        TableRequest, models.CASCADE, null=True, blank=True, related_name="new_column_rows"
    )
    form = models.CharField(max_length=60, blank=True)
    asked_by = models.CharField(max_length=120, blank=True)
    area_code = models.CharField(max_length=15, blank=True)
    header = models.CharField(max_length=160)
    key = models.CharField(max_length=160, db_index=True)
    state = models.CharField(max_length=8, choices=Ruling.choices, default=Ruling.WAITING)
    fact = models.CharField(max_length=40, blank=True)  # what it became, or is by another name
    reason = models.CharField(max_length=200, blank=True)  # why it was declined
    noted_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "key"], name="one_row_per_new_column"),
            models.UniqueConstraint(
                fields=["form", "key"], condition=Q(request=None), name="one_row_per_new_question"
            ),
        ]
        ordering = ["pk"]

    @classmethod
    def reach_filter(cls, reach: Reach) -> Q:
        """Where the request or the form belongs."""
        return reach.q("request__area_code") | reach.q("area_code")

    @property
    def department(self) -> str:
        """The department that wants the table; "" for a form's question."""
        return self.request.department if self.request else ""

    @property
    def title(self) -> str:
        """What the table or the form is called."""
        return self.request.title if self.request else self.asked_by

    @property
    def asker(self) -> str:
        """Who wants to know: the department, else what the table or the form is called."""
        return self.department or self.title

    def __str__(self) -> str:
        return f"{self.header} {self.state}"
