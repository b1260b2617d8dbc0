"""A case as anyone may read it: step after step."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import Case, Step
from ..reading.procedure import Procedure


def steps_of(case: Case) -> QuerySet[Step]:
    """Its steps in their order, with the units."""
    return case.steps.select_related("unit").order_by("number")


def step_name(procedure: Procedure, key: str) -> str:
    """The words for a step."""
    own = {"open": _("登记"), "clock": _("时限"), "merge": _("并入"), "merged": _("并来一件"),
           "split": _("拆出一件"), "moved": _("随网格调整")}  # fmt: skip
    return own.get(key) or procedure.step(key).label
