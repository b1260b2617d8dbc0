"""Clocks warn, run out and climb their ladder once each, also after days without a sweep."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.engines.cases.case_cast import a_unit, opened, step
from wangge.engines.cases.actions.sweep import sweep_clocks, take_due_steps
from wangge.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def told(case) -> list[str]:
    return [f"{s.data['what']} {s.data['tell']}" for s in case.steps.filter(key="clock")]


def test_a_clock_warns_then_runs_out_then_climbs():
    case = opened()
    assert sweep_clocks(case.raised_at) == 0
    assert sweep_clocks(case.next_at) == 1 and told(case) == ["warned handler"]
    case.refresh_from_db()
    assert not case.late and case.next_at == case.accept_due
    sweep_clocks(case.accept_due)
    case.refresh_from_db()
    assert case.late and case.rung == 1 and case.next_at is None
    assert told(case) == ["warned handler", "late handler", "rung street"]
    assert Entry.objects.filter(kind="case.warned").count() == 1
    assert Entry.objects.filter(kind="case.late").count() == 2


def test_days_without_a_sweep_are_caught_up_with_once():
    case, later = opened(), timezone.now() + timedelta(days=9)
    assert sweep_clocks(later) == 1 and sweep_clocks(later) == 0
    assert told(case) == ["late handler", "rung street"]


def test_a_closed_case_is_left_alone():
    case = opened()
    step(case, "refuse", words="不属于事件")
    assert sweep_clocks(timezone.now() + timedelta(days=99)) == 0 and case.next_at is None


def test_a_suspended_case_goes_on_by_itself():
    case = opened()
    step(case, "file", level="third")
    step(case, "dispatch", unit=a_unit())
    step(case, "take")
    until = timezone.now() + timedelta(days=3)
    step(case, "suspend", words="等材料", until=until)
    assert take_due_steps(until - timedelta(minutes=1)) == 0
    assert sweep_clocks(until + timedelta(days=9)) == 0, "its clocks stand still"
    assert take_due_steps(until) == 1 and take_due_steps(until) == 0
    case.refresh_from_db()
    assert case.state == "handling" and not case.paused and case.due_at is not None
