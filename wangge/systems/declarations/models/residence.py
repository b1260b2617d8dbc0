"""粤居码: what we keep beside the status, which is a fact of the person; and lists that were compared."""

from django.db import models
from django.db.models import Q

from wangge.lib.scoping import Scoped
from wangge.registry.people.models import Person

from ..enums import ListSays

KEPT_WITH = "with the person"


class ResidenceCode(Scoped):
    """One dated mark about a person's 粤居码: guidance given, whether its address agrees, what a list said.

    The status itself stands in one place, ``Person.residence_code_status``, with its source and day. The code
    is the police's (product decision 9): no code, no number and no picture of one is ever kept.
    """

    personal = {
        "code_date": ("when the status was reached", KEPT_WITH),
        "address_agrees": ("whether the code's address is the registered one", KEPT_WITH),
        "guided_by": ("account name of the worker who helped; to answer for it", KEPT_WITH),
        "list_says": ("how a list of the police stood to the register, nothing else of it", KEPT_WITH),
    }
    person = models.ForeignKey(Person, models.CASCADE, related_name="residence_codes")
    area_code = models.CharField(max_length=15)
    code_date = models.DateField(null=True, blank=True)
    guided_by = models.CharField(max_length=150, blank=True)
    address_agrees = models.BooleanField(null=True, blank=True)
    list_says = models.CharField(max_length=8, choices=ListSays.choices, blank=True)
    exchange = models.ForeignKey(
        "declarations.Exchange", models.SET_NULL, null=True, blank=True, related_name="marks"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "-at"], name="residence_code_area"),
            models.Index(
                fields=["area_code", "at"], name="residence_code_guided", condition=~Q(guided_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Exchange(Scoped):
    """数据交换台账 (S38): a list was compared with the register; purpose, who, counts, nothing of it."""

    personal = {"by": ("account name of who compared; to answer for it", "as long as the trail")}
    area_code = models.CharField(max_length=15, db_index=True)
    purpose = models.CharField(max_length=200)
    basis = models.CharField(max_length=200, blank=True)
    fields = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk}"
