"""An order as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from ..enums import Function, Step
from ..models import Closing, EmergencyOrder, OrderField
from .values import Counted, counts_by_key, counts_by_store, counts_of


@dataclass(frozen=True)
class StepShown:
    """One step of a closing: done, under way, or still to come."""

    label: str
    state: str  # done | now | later


def switched_on(order: EmergencyOrder) -> list[tuple[str, list[tuple[OrderField, int, str]]]]:
    """Function -> its fields, each with how many values there are and the page that opens them."""
    counts, rows = counts_by_key(order), reverse("orders:rows", args=[order.pk])
    found = []
    for function in Function:
        fields = [field for field in order.fields.all() if field.function == function]
        if fields:
            lines = [(field, counts.get(field.key, 0), f"{rows}?key={field.key}") for field in fields]
            found.append((str(function.label), lines))
    return found


def collected(order: EmergencyOrder) -> list[Counted]:
    """The figures of an order; each opens its rows where there are any to open."""
    counts, rows = counts_of(order), reverse("orders:rows", args=[order.pk])
    return [
        Counted("subjects", _("涉及对象"), counts["subjects"], rows),
        Counted("values", _("已登记的值"), counts["values"], rows),
        *counts_by_store(order),
        Counted("files", _("文件"), counts["files"]),
    ]


def steps_of(closing: Closing | None) -> list[StepShown]:
    """Every step of a closing with where it stands."""
    if closing is None:
        return []
    steps = list(Step)[:-1]
    at = list(Step).index(Step(closing.step))
    states = ["done" if place < at else "now" if place == at else "later" for place in range(len(steps))]
    return [StepShown(str(step.label), state) for step, state in zip(steps, states, strict=True)]


def subject_name(label: str) -> str:
    """What rows of this model are called."""
    from django.apps import apps

    try:
        model: type[models.Model] = apps.get_model(label)
    except (LookupError, ValueError):
        return label
    return str(model._meta.verbose_name)
