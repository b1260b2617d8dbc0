"""What a system may say of its cases: who is asked, what may not be, what follows, waits, is added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Q
from django.test import Client

from tests import cast
from tests.engines.cases.case_cast import TRIED, a_matter, a_unit, opened, step
from tests.engines.cases.page_cast import shown
from wangge.engines.cases import kinds
from wangge.engines.cases.actions import split_case
from wangge.engines.cases.forms.units import UnitForm
from wangge.engines.cases.models import Case, Step
from wangge.engines.cases.queries.capacity import capacities
from wangge.engines.cases.queries.worklist import waiting_for
from wangge.foundation.access.enums import Role
from wangge.foundation.access.rules import Unacceptable

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand() -> Iterator[None]:
    yield
    kinds._besides.pop("tried", None)


def said(**more: Any) -> None:
    kinds.register(replace(TRIED, **more))


def test_units_of_every_class_where_the_system_asks_any() -> None:
    unit, case = a_unit(classes=["other"]), opened()
    step(case, "file", level="third")
    with pytest.raises(Unacceptable, match="不办这类事项"):
        step(case, "dispatch", unit=unit)
    said(any_unit=True)
    step(case, "dispatch", unit=unit)
    assert case.unit == unit
    assert "rubbish" not in dict(UnitForm().fields["classes"].choices)  # type: ignore[attr-defined]


def test_a_step_the_system_refuses_is_not_taken_and_one_it_takes_is_told() -> None:
    told: list[tuple[str, int]] = []

    def look(_actor: Any, _case: Case, wish: Any) -> None:
        if wish.words == "不行":
            raise Unacceptable("系统不许")

    def follow(case: Case, done: Step) -> None:
        told.append((done.key, case.version))

    case = opened()
    said(look=look, follow=follow)
    with pytest.raises(Unacceptable, match="系统不许"):
        step(case, "file", level="third", words="不行")
    op = uuid4()
    for _again in range(2):
        step(case, "file", level="third", op=op)
    assert told == [("file", 2)]


def test_what_follows_fails_with_the_step() -> None:
    def follow(_case: Case, _step: Step) -> None:
        raise Unacceptable("没成")

    case = opened()
    said(follow=follow)
    with pytest.raises(Unacceptable, match="没成"):
        step(case, "file", level="third")
    case.refresh_from_db()
    assert case.state == "waiting" and case.steps.count() == 1


def test_a_step_with_a_form_of_its_own_is_not_offered_twice(logged_in: Any) -> None:
    case, browser = opened(), logged_in(cast.secretary())
    assert 'id="do-file"' in shown(browser, case)
    said(own_steps=frozenset({"file"}))
    assert 'id="do-file"' not in shown(browser, case)


def test_a_system_says_what_else_waits() -> None:
    user = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    case = opened()
    case.helpers.add(a_unit("协办站", user))
    assert not waiting_for(user).exists()
    said(waiting=lambda actor: Q(pk=case.pk) if actor == user else Q(pk__in=[]))
    assert list(waiting_for(user)) == [case] and not waiting_for(cast.nobody()).exists()


def test_a_helping_units_member_stands_to_the_case_as_helper() -> None:
    user = cast.person_with((Role.DEPARTMENT, cast.DISTRICT))
    case = opened()
    assert "helper" not in capacities(user, case)
    case.helpers.add(a_unit("协办站", user))
    assert capacities(user, case) == {"helper"}


def test_helpers_of_wider_areas_are_named_to_a_community(logged_in: Any) -> None:
    case = opened()
    case.helpers.add(a_unit("全区协办站"))
    assert "全区协办站" in shown(logged_in(cast.secretary()), case)


def test_a_part_beside_is_told_of_the_reader(logged_in: Any) -> None:
    def part(request: Any, case: Case) -> tuple[str, dict[str, Any]] | None:
        if request.user.name != "苏记书":
            return None
        return "cases/_alike.html", {"alike": [], "doing": True}

    case = opened()
    before = {user: _parts(logged_in(user), case) for user in (cast.secretary(), cast.worker())}
    kinds.stand_beside("tried", part)
    more = [_parts(logged_in(user), case) - parts for user, parts in before.items()]
    assert more == [1, 0]


def _parts(browser: Client, case: Case) -> int:
    return len(browser.get(f"/console/cases/{case.number}/").context["besides"])


def test_what_does_not_split_says_so() -> None:
    case = opened()
    said(splits=False)
    with pytest.raises(Unacceptable, match="不能拆分"):
        split_case(actor="test", case=case, matter=a_matter())
    assert Case.objects.count() == 1
