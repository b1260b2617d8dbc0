"""A matter opened with its unit and its own day: that day is the end of its clock, and nobody edits it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.engines.cases.case_cast import TRIED, a_matter, a_unit, step
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import open_case
from wangge.engines.cases.actions.sweep import sweep_clocks
from wangge.engines.cases.actions.tallies import recount
from wangge.engines.cases.models import Case
from wangge.engines.cases.queries.worklist import cases_for
from wangge.foundation.access.enums import Role
from wangge.foundation.access.rules import Refused, Unacceptable
from wangge.lib.scoping import EVERYWHERE, within

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ground")]
DECIDED = kinds.System(
    "decided", "试办", "cases:show", {"any": "事"}, {"": "decision"}, opened_with=("decision.make",)
)


@pytest.fixture(autouse=True)
def _systems():
    kinds.register(DECIDED)
    yield
    kinds.forget("decided")


def decided(actor="test", **more):
    given = {"system": "decided", "kind": "any", "op": uuid4(), "until": timezone.now() + timedelta(days=4)}
    with within(EVERYWHERE):
        return open_case(actor=actor, matter=a_matter(**(given | more)))


def test_it_is_with_the_unit_at_once_and_ends_on_the_day_that_was_named():
    unit, until = a_unit(), timezone.now() + timedelta(days=4)
    case = decided(unit=unit, until=until)
    finish = case.clocks.get(key="finish")
    assert case.unit == unit and case.dispatched == 1
    assert case.handle_due == finish.due_at == finish.until == until
    assert case.clocks.get(key="accept").until is None and case.due_at == case.accept_due < until
    assert case.steps.get().unit == unit and case.steps.get().data["until"] == until.isoformat()


def test_the_kept_counts_know_of_it():
    decided(unit=a_unit())
    assert recount() == {}


@pytest.mark.parametrize("key", ["progress", "assist"])
def test_steps_that_grant_no_time_do_not_move_the_end(key):
    case = decided(unit=a_unit())
    end = case.handle_due
    step(case, "accept")
    step(case, key, words="在办", unit=a_unit("协办单位") if key == "assist" else None)
    assert case.handle_due == end == case.due_at


def test_what_was_sent_once_is_not_moved_by_sending_it_again_with_another_day():
    op, unit = uuid4(), a_unit()
    case = decided(op=op, unit=unit, until=timezone.now() + timedelta(days=2))
    with pytest.raises(Unacceptable, match=case.number):
        decided(op=op, unit=unit, until=timezone.now() + timedelta(days=9))
    case.refresh_from_db()
    assert Case._base_manager.count() == 1
    assert case.handle_due < timezone.now() + timedelta(days=3)


def test_only_an_extension_that_is_granted_moves_it():
    case, later = decided(unit=a_unit()), timezone.now() + timedelta(days=20)
    step(case, "accept")
    step(case, "ask_time", words="等材料", until=later)
    assert case.handle_due < later
    step(case, "grant", until=later)
    assert case.handle_due == later and case.extended == 1


def test_it_is_late_the_moment_the_day_is_over_and_not_before():
    case = decided(unit=a_unit())
    step(case, "accept")
    assert sweep_clocks(case.handle_due - timedelta(minutes=1)) == 0
    assert sweep_clocks(case.handle_due) == 1
    case.refresh_from_db()
    assert case.late and [s.data["what"] for s in case.steps.filter(key="clock")] == ["late", "rung"]


def test_the_page_says_that_the_day_was_named_and_not_the_limit_of_the_procedure(logged_in):
    case = decided(unit=a_unit())
    page = logged_in(cast.officer()).get(reverse("cases:show", args=[case.number])).content.decode()
    assert "另定日期" in page and "15 个工作日" not in page.split("看图办事")[0]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"until": timezone.now() - timedelta(hours=1)}, "已经过去"),
        ({"system": "tried", "kind": "rubbish", "procedure": "plain"}, "不能另定"),
    ],
    ids=["past", "a procedure whose limits are fixed"],
)
def test_an_end_that_cannot_be_is_refused(wrong, said, settings, tmp_path):
    kinds.register(TRIED)
    settings.HOME = tmp_path
    folder = tmp_path / "districts" / settings.DISTRICT / "procedures"
    folder.mkdir(parents=True)
    (folder / "plain.toml").write_text(PLAIN, encoding="utf-8")
    with pytest.raises(Unacceptable, match=said):
        decided(**wrong)


@pytest.mark.parametrize("wrong", [{"area_code": cast.OTHER_TOWN}, {"active": False}, {"classes": ["else"]}])
def test_a_unit_that_does_not_do_this_there_is_refused(wrong):
    with pytest.raises(Unacceptable, match="环卫站"):
        decided(unit=a_unit(**wrong))


def test_who_holds_the_right_of_the_system_opens_and_sees_her_own_only():
    leader, other = cast.leader(), cast.person_with((Role.LEADER, cast.DISTRICT))
    own, others = decided(leader, unit=a_unit()), decided(other, unit=a_unit("别的单位"))
    with within(EVERYWHERE):
        assert list(cases_for(leader)) == [own] and list(cases_for(other)) == [others]


def test_who_holds_it_not_opens_nothing():
    with pytest.raises(Refused):
        decided(cast.worker())


PLAIN = """
key = "plain"
name = "不延期"
english = "x"
start = "a"
[[states]]
key = "a"
name = "甲"
english = "x"
[[states]]
key = "b"
name = "乙"
english = "x"
end = true
[[clocks]]
key = "c"
name = "钟"
english = "x"
starts = ["open"]
stops = ["go"]
[[levels]]
key = "one"
name = "一"
english = "x"
limits = { c = "1d" }
[[steps]]
key = "go"
name = "去"
english = "x"
from = ["a"]
to = "b"
roles = ["worker"]
"""
