"""The part of a case's page that whistles add: on a whistle its units, on any other how to blow one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.units import units_of
from wangge.engines.cases.queries.worklist import steps_for
from wangge.foundation.access.queries import may

from ..enums import CLOCKS, SYSTEM, What
from ..forms.blowing import ApproveForm, OneMoreForm
from ..forms.reporting import ReportForm, ScoreForm
from ..models import Call, Whistle
from ..models.whistle import DONE_AT
from ..queries.asked import units_asked
from ..queries.calls import lines_of, unscored
from ..queries.terms import bound
from ..queries.whistles import blown_for, whistle_of

Part = tuple[str, dict[str, Any]]


def part_of(request: HttpRequest, case: Case) -> Part | None:
    """Template and context; None where there is nothing to say."""
    if case.system != SYSTEM:
        return _others(request, case)
    row = whistle_of(case)
    return ("whistles/_panel.html", _own(request, row)) if row is not None else None


def _others(request: HttpRequest, case: Case) -> Part | None:
    may_blow = case.closed_at is None and may(request.user, "campaign.manage", case.area_code)
    blown = blown_for(case)
    going = any(row.case.closed_at is None for row in blown)
    if not blown and not may_blow:
        return None
    return "whistles/_blow.html", {"blown": blown, "may_blow": may_blow and not going}


def _own(request: HttpRequest, row: Whistle) -> dict[str, Any]:
    case, calls = row.case, Call._base_manager.filter(whistle=row).select_related("unit")
    open_steps = {rule.key for rule in steps_for(request.user, case)}
    far = bound("whistle.far_metres")
    live = [call for call in calls.order_by("-lead", "pk") if call.ended_at is None]
    doing = {
        "approve": _approve(request, row, open_steps), "reports": _reports(request, live, open_steps),
        "scores": _scores(request, row, open_steps),
    }  # fmt: skip
    return {
        "row": row, "asked": units_asked(row), "lines": lines_of(live, far.number),
        "ended": calls.exclude(ended_at=None).order_by("ended_at"), "far": far,
        "own": case.launcher_id == request.user.pk, "one_more": _one_more(request, row, open_steps),
        "unscored": unscored(row) if case.state == "done" else [], "doing": any(doing.values()), **doing,
    }  # fmt: skip


def sent(request: HttpRequest, what: str) -> Any:
    """What was posted, where it was meant for this form: a second try starts from what was typed."""
    return request.POST if request.method == "POST" and request.POST.get("about") == what else None


def _approve(request: HttpRequest, row: Whistle, open_steps: set[str]) -> ApproveForm | None:
    if "approve" not in open_steps or row.case.launcher_id == request.user.pk:
        return None
    return ApproveForm(row, sent(request, "approve"))


def _one_more(request: HttpRequest, row: Whistle, open_steps: set[str]) -> OneMoreForm | None:
    return OneMoreForm(row, sent(request, "call")) if "call" in open_steps else None


def _reports(request: HttpRequest, calls: list[Call], open_steps: set[str]) -> list[ReportForm]:
    """The next thing each of the reader's units has to say; the lead's stand among the steps of the case."""
    own = units_of(request.user) if "join" in open_steps else set()
    mine = [call for call in calls if call.unit_id in own and not call.lead]
    return [
        ReportForm(call, what, sent(request, f"report-{call.pk}-{what}"))
        for call in mine
        for what in _next(call)
    ]


def _next(call: Call) -> list[str]:
    todo = next((clock for clock in CLOCKS if getattr(call, DONE_AT[clock]) is None), "")
    return [todo, *([What.OBJECT] if todo == What.SIGN else [])] if todo else []


def _scores(request: HttpRequest, row: Whistle, open_steps: set[str]) -> list[ScoreForm]:
    if "score" not in open_steps:
        return []
    own = units_of(request.user)
    calls = [call for call in unscored(row) if call.unit_id not in own]
    return [ScoreForm(call, sent(request, f"score-{call.pk}")) for call in calls]
