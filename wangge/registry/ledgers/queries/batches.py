"""Reads of imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.foundation.journal.models import Delivery, State
from wangge.lib.cells import message as cell_message
from wangge.lib.sealing import unseal
from wangge.registry.people.models import Person

from ..enums import BatchState, CaseState, Outcome, Standing
from ..error_workbook import CellError, write_error_workbook
from ..models import Batch, Case
from ..pipeline import store

HIDDEN = "●●●"
MESSAGES: dict[str, str | Promise] = {
    "name_missing": _("没有姓名，无法登记。请补上姓名，或删除该行。"),
    "birth_disagrees_with_id": _("出生日期与身份证号码不一致，已按身份证号码登记。请核对。"),
    "sex_disagrees_with_id": _("性别与身份证号码不一致，已按身份证号码登记。请核对。"),
    "outside_area": _(
        "这一行属于别的村（社区），不在本次导入的范围内。请由该村（社区）导入，或改选上级区域。"
    ),
    "community_unknown": _("看不出属于哪个村（社区）。请填写“社区”列，或在地址中写明社区。"),
}


def message_of(code: str) -> str:
    """The sentence for a problem's code."""
    return str(MESSAGES[code]) if code in MESSAGES else cell_message(code)


def preview_of(batch: Batch) -> dict[str, Any]:
    """Examples of a dry run by outcome, and under "error" the problems with their sentences. What the
    register holds of people outside the reach is not shown: a dry run must not read them out."""
    if not batch.preview_sealed:
        return {}
    preview = json.loads(unseal(batch.preview_sealed))
    _hide_outside([one for outcome in Outcome.values for one in preview.get(outcome, ())])
    for problem in preview.get("error", ()):
        problem["message"] = message_of(problem["code"])
    return preview


ASKED_BY = {BatchState.PLANNING: "ledger.plan_requested", BatchState.WRITING: "ledger.commit_requested"}


def standing_of(batch: Batch) -> Standing:
    """How the worker stands to a batch that was handed to it; one that a command line has is under way."""
    owed = Delivery.objects.filter(
        entry__kind=ASKED_BY[BatchState(batch.state)],
        entry__subject_type=batch._meta.label_lower,
        entry__subject_id=str(batch.pk),
    )
    delivery = owed.order_by("-pk").first()
    if delivery is None:
        return Standing.WORKING
    if delivery.state == State.RUNNING:
        alive = delivery.lease_until is not None and delivery.lease_until > timezone.now()
        return Standing.WORKING if alive else Standing.AGAIN
    if delivery.state == State.WAITING:
        return Standing.AGAIN if delivery.attempts else Standing.QUEUED
    return Standing.STOPPED


def open_cases(batch: Batch) -> int:
    """How many pairs of a batch wait, also those across a border, which the level above decides."""
    return Case._base_manager.filter(batch=batch, state=CaseState.OPEN).count()


def _hide_outside(examples: list[dict[str, Any]]) -> None:
    met = {example["person"] for example in examples if example.get("person")}
    inside = set(Person.objects.filter(pk__in=met).values_list("pk", flat=True)) if met else set()
    for example in examples:
        if example.get("person") not in inside:
            example.pop("person", None)
            for change in example.get("changes", ()):
                change["held"] = HIDDEN if change["held"] else ""


def error_workbook_of(batch: Batch) -> tuple[Path, str] | None:
    """The file of a batch again, in its own layout, with a red column that says what is wrong.

    Returns the path of a temporary file (the caller deletes it) and a name to download it under; None when
    the file was erased or has no errors.
    """
    problems = preview_of(batch).get("error", [])
    if not problems or not batch.stored:
        return None
    marks = [CellError(p["sheet"], p["row"], p["column"], p["code"], p["message"]) for p in problems]
    name = Path(batch.file_name)
    target = store.temporary(".xlsx")
    with store.opened(batch.stored, name.suffix.lower()) as path:
        write_error_workbook(path, marks, target, batch.file_name)
    return target, f"{name.stem}-错误说明.xlsx"
